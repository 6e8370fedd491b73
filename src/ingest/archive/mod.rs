//! Archives of any of the other formats, and of each other.
//! Nothing is ever unpacked to a path: an entry is held while it is read, and what is locked, damaged or too large is
//! a problem that names it and loses none of the others.

pub(super) mod entry;
mod gzip;
mod limits;
mod names;
mod tar;
mod zip;

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use crate::ingest::content;
use crate::ingest::format::Format;
use crate::ingest::open::open;
use crate::ingest::source::{Input, Source, Steps, one};
use crate::ingest::walk::because;
use crate::ingest::{Unopened, walk};
use crate::model::Problem;

use limits::{Broken, DEEPEST};
use names::Names;

pub(in crate::ingest) use limits::Allowance;
pub(in crate::ingest) use names::tidied;

pub(super) fn zip(source: Source) -> Steps {
    entered(source, zip::steps)
}

pub(super) fn tar(source: Source) -> Steps {
    entered(source, |source| Ok(tar::steps(source)))
}

pub(super) fn gzip(source: Source) -> Steps {
    entered(source, gzip::steps)
}

/// What is in an archive, unless it lies too deep in others.
fn entered(mut source: Source, steps: impl FnOnce(Source) -> Result<Steps, Problem>) -> Steps {
    if let Err(problem) = admitted(&mut source) {
        return one(Err(problem));
    }
    steps(source).unwrap_or_else(|problem| one(Err(problem)))
}

/// Counts what comes out of a source from now on, if others may lie in it at all.
pub(super) fn admitted(source: &mut Source) -> Result<Arc<Allowance>, Problem> {
    if source.depth >= DEEPEST {
        let reason = format!("it lies in {DEEPEST} archives or messages already: it is not looked into");
        return Err(source.problem(reason));
    }
    counted(source)
}

/// Counts what comes out of a source from now on.
pub(super) fn counted(source: &mut Source) -> Result<Arc<Allowance>, Problem> {
    if let Some(allowance) = &source.allowance {
        return Ok(Arc::clone(allowance));
    }
    let size = source.size().map_err(|error| source.problem(because(&error)))?;
    let allowance = Allowance::of(size);
    source.allowance = Some(Arc::clone(&allowance));
    Ok(allowance)
}

/// An archive's files, one after the other.
struct Files<P> {
    /// The archive itself; its input is with the packed files.
    source: Source,
    packed: P,
    names: Names,
    /// Extensions that were reported already: a thousand films are one problem, not a thousand.
    reported: BTreeSet<String>,
    current: Option<Steps>,
    found_any: bool,
    ended: bool,
}

/// What comes next in an archive.
enum Next {
    /// A file by its path, still packed.
    File(String),
    /// Something that is no file.
    Other,
    /// A file that cannot be read: its path and the reason.
    Locked(String, String),
    /// Nothing more, and why, if more was to be expected.
    End(Option<String>),
}

/// The files of an archive in their order.
trait Packed: Send {
    /// Goes on to the next file.
    fn advance(&mut self) -> Next;

    /// The first bytes of the file that it stands at, which tell what it is.
    fn head(&mut self) -> Vec<u8>;

    /// The bytes of the file that it stands at, as far as they can be had.
    fn unpack(&mut self, format: Format) -> (Box<dyn Input>, Option<Broken>);
}

impl<P: Packed + 'static> Files<P> {
    fn steps(mut source: Source, packed: impl FnOnce(Box<dyn Input>) -> P) -> Steps {
        let input = std::mem::replace(&mut source.input, Box::new(io::Cursor::new(Vec::new())));
        let packed = packed(input);
        let (names, reported) = (Names::default(), BTreeSet::new());
        Box::new(Self { source, packed, names, reported, current: None, found_any: false, ended: false })
    }

    /// What a file gives.
    fn opened(&mut self, path: &str) -> Option<Steps> {
        if names::is_hidden(path) {
            return None;
        }
        let name = self.names.unique(path);
        // A number behind its extension would hide that.
        let format = match Format::of(path.as_ref()) {
            Format::Unsupported => content::document(&self.packed.head()).unwrap_or(Format::Unsupported),
            format => format,
        };
        match format {
            Format::Ignored | Format::Mentions | Format::Project => None,
            Format::Unsupported => self.report(&name).map(|problem| one(Err(problem))),
            format => {
                let (input, broken) = self.packed.unpack(format);
                let Some(broken) = broken else {
                    return Some(open(self.source.within(&name, input), format));
                };
                self.ended |= matches!(broken, Broken::Bomb);
                Some(one(Err(self.problem(&name, broken.reason()))))
            }
        }
    }

    fn report(&mut self, name: &str) -> Option<Problem> {
        let extension = name.rsplit('.').next()?.to_lowercase();
        let reason = walk::unreadable(&extension, "archive");
        self.reported.insert(extension).then(|| self.problem(name, reason))
    }

    fn problem(&self, name: &str, reason: String) -> Problem {
        Problem { place: format!("{}/{name}", self.source.name), reason }
    }

    fn advance(&mut self) -> Option<Steps> {
        match self.packed.advance() {
            Next::File(path) => self.opened(&path),
            Next::Other => None,
            Next::Locked(path, reason) => {
                let hidden = names::is_hidden(&path) || !Format::of(path.as_ref()).is_read_in_folders();
                let name = self.names.unique(&path);
                (!hidden).then(|| one(Err(self.problem(&name, reason))))
            }
            Next::End(reason) => {
                self.ended = true;
                let nothing = || "no file in this archive can be read".to_owned();
                let reason = reason.or_else(|| (!self.found_any).then(nothing))?;
                Some(one(Err(self.source.problem(reason))))
            }
        }
    }
}

impl<P: Packed + 'static> Iterator for Files<P> {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        loop {
            if let Some(step) = self.current.as_mut().and_then(Iterator::next) {
                self.found_any = true;
                return Some(step);
            }
            self.current = None;
            if self.ended {
                return None;
            }
            self.current = self.advance();
        }
    }
}

#[cfg(test)]
mod tests;
