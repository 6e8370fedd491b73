//! Mail: one message, or a mailbox of them; a page that a browser saved as one is the page.
//! The subject stands first in the text, as a reader of mail shows it; what is quoted and signed is marked. Documents
//! that are attached are articles of their own.

mod mbox;
mod message;
mod nesting;
mod quoted;

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::archive::admitted;
use super::format::Format;
use super::open::open;
use super::source::{DAMAGED, Source, Steps, as_step, later, one};
use super::{Unopened, archive, content, walk};
use crate::model::Problem;

use message::{Attached, Message};

pub(super) use mbox::{is_postmark, steps as mbox};

/// Everything in a message.
pub(super) fn message(mut source: Source) -> Steps {
    match source.whole() {
        Ok(bytes) => opened(source, &bytes),
        Err(problem) => one(Err(problem)),
    }
}

/// The message itself, then what is attached to it.
fn opened(source: Source, bytes: &[u8]) -> Steps {
    let read = catch_unwind(AssertUnwindSafe(|| Message::read(bytes)));
    let Message { letter, attached } = match read.unwrap_or_else(|_| Err(DAMAGED.to_owned())) {
        Ok(message) => message,
        Err(reason) => return one(Err(source.problem(reason))),
    };
    let own = letter.map(|letter| {
        let (id, name) = (source.id.clone(), source.name.clone());
        later(name.clone(), move || {
            let article = letter.article(&id).map(as_step);
            vec![article.map_err(|reason| Problem { place: name, reason })]
        })
    });
    if own.is_none() && attached.is_empty() {
        return one(Err(source.problem("empty: there is no text in it")));
    }
    let attachments = Attachments {
        source,
        left: attached.into_iter(),
        names: HashSet::new(),
        reported: HashSet::new(),
        current: None,
    };
    Box::new(own.into_iter().flatten().chain(attachments))
}

/// What is attached to a message, one after the other.
struct Attachments {
    /// The message; its input was read.
    source: Source,
    left: std::vec::IntoIter<Attached>,
    names: HashSet<String>,
    /// Extensions that were reported already.
    reported: HashSet<String>,
    current: Option<Steps>,
}

impl Attachments {
    fn opened(&mut self, attached: Attached) -> Option<Steps> {
        let named = match Format::of(attached.name.as_ref()) {
            Format::Unsupported => content::document(&attached.bytes).unwrap_or(Format::Unsupported),
            format => format,
        };
        match named {
            Format::Unsupported => return self.report(&attached.name).map(|problem| one(Err(problem))),
            named if !named.is_read_in_folders() => return None,
            _ => {}
        }
        if let Err(problem) = admitted(&mut self.source) {
            return Some(one(Err(problem)));
        }
        let tidy = archive::tidied(&attached.name);
        let mut name = tidy.clone();
        let mut number = 1;
        while !self.names.insert(name.clone()) {
            number += 1;
            name = format!("{tidy}#{number}");
        }
        Some(open(self.source.inner(&name, attached.bytes), named))
    }

    fn report(&mut self, name: &str) -> Option<Problem> {
        let name = archive::tidied(name);
        let extension = name.rsplit('.').next()?.to_lowercase();
        let reason = walk::unreadable(&extension, "message");
        let place = format!("{}/{name}", self.source.name);
        self.reported.insert(extension).then_some(Problem { place, reason })
    }
}

impl Iterator for Attachments {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        loop {
            if let Some(step) = self.current.as_mut().and_then(Iterator::next) {
                return Some(step);
            }
            let attached = self.left.next()?;
            self.current = self.opened(attached);
        }
    }
}

#[cfg(test)]
mod tests;
