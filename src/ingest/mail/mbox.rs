//! Mailboxes: messages one after the other, each below the postman's line "From ann@example.org Mon Oct 17 …".
//! Programs differ in how they keep a "From " at the beginning of a line from being taken for one (mboxo, mboxrd);
//! what all of them write is read.

use std::io::{self, BufRead, BufReader, Cursor, Read};

use super::opened;
use crate::ingest::Unopened;
use crate::ingest::archive::counted;
use crate::ingest::content::header;
use crate::ingest::source::{Input, Source, Steps, one};
use crate::ingest::walk::because;

/// Longest message.
const LONGEST: usize = 64 << 20;

/// Bytes of a line that are held at once.
const LONGEST_LINE: u64 = 1 << 20;

/// Whether a line is the postman's: an address, a day and a time of some year.
pub(in crate::ingest) fn is_postmark(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("From ") else { return false };
    let mut words = rest.split_ascii_whitespace().skip(1);
    let (mut time, mut year) = (false, false);
    for word in words.by_ref().take(10) {
        time |= word.len() >= 5
            && word.get(1..3).is_some_and(|part| part.contains(':'))
            && word.starts_with(|c: char| c.is_ascii_digit());
        year |=
            word.len() == 4 && word.starts_with(['1', '2']) && word.bytes().all(|byte| byte.is_ascii_digit());
    }
    time && year
}

/// Whether it is as the standard has it: "From ann@example.org Mon Oct 17 23:30:00 2016".
fn is_whole_postmark(line: &str) -> bool {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let mut words = line.split_ascii_whitespace().skip(1);
    words.next().is_some_and(|who| who.contains('@') || matches!(who, "MAILER-DAEMON" | "-"))
        && words.next().is_some_and(|day| DAYS.contains(&day))
}

/// Everything in a mailbox.
pub(in crate::ingest) fn steps(mut source: Source) -> Steps {
    // What is attached to all its messages counts together.
    if let Err(problem) = counted(&mut source) {
        return one(Err(problem));
    }
    let input = std::mem::replace(&mut source.input, Box::new(Cursor::new(Vec::new())));
    let lines = Lines { input: BufReader::new(input), ahead: None };
    Box::new(Mailbox { source, lines, number: 0, begun: false, current: None, ended: false })
}

struct Mailbox {
    /// The mailbox; its input is `lines`.
    source: Source,
    lines: Lines,
    /// Number of the message read last, from 1.
    number: u64,
    /// Whether the postman's line of the next message was read.
    begun: bool,
    current: Option<Steps>,
    ended: bool,
}

/// A message, or what is left where it is too long.
struct Cut {
    bytes: Vec<u8>,
    long: bool,
}

/// Lines, the longest of them in pieces.
struct Lines {
    input: BufReader<Box<dyn Input>>,
    /// The line after the one read last, where somebody looked at it.
    ahead: Option<Vec<u8>>,
}

impl Lines {
    /// The next line; nothing at the end.
    fn next(&mut self) -> io::Result<Vec<u8>> {
        if let Some(line) = self.ahead.take() {
            return Ok(line);
        }
        let mut line = Vec::new();
        (&mut self.input).take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        Ok(line)
    }

    /// The line after the one read last.
    fn ahead(&mut self) -> io::Result<&[u8]> {
        let line = self.next()?;
        Ok(self.ahead.insert(line))
    }
}

impl Mailbox {
    /// The next message; `None` at the end.
    fn message(&mut self) -> io::Result<Option<Cut>> {
        let mut cut = Cut { bytes: Vec::new(), long: false };
        // A message begins after nothing, or after a line of nothing.
        let (mut above_empty, mut whole_line) = (true, true);
        loop {
            let line = self.lines.next()?;
            if line.is_empty() {
                self.ended = true;
                return Ok((self.begun && !cut.bytes.is_empty() || cut.long).then_some(cut));
            }
            let beginning = whole_line;
            whole_line = line.ends_with(b"\n");
            if beginning && line.starts_with(b"From ") && self.is_between(&line, above_empty)? {
                if self.begun && !cut.bytes.trim_ascii().is_empty() {
                    return Ok(Some(cut));
                }
                self.begun = true;
                cut.bytes.clear();
                continue;
            }
            above_empty = beginning && line.trim_ascii().is_empty();
            if !self.begun {
                // What stands before the first postman's line is no message, but for a file without any.
                self.begun = !above_empty;
            }
            cut.long |= cut.bytes.len() + line.len() > LONGEST;
            if !cut.long {
                cut.bytes.extend_from_slice(unescaped(&line, beginning));
            }
        }
    }

    /// Whether a line stands between two messages. Some programs leave no line of nothing above it; then all of it has to
    /// be there, and a header below.
    fn is_between(&mut self, line: &[u8], above_empty: bool) -> io::Result<bool> {
        let line = String::from_utf8_lossy(line);
        if above_empty || !is_postmark(&line) {
            return Ok(above_empty && is_postmark(&line));
        }
        Ok(is_whole_postmark(&line) && header(&String::from_utf8_lossy(self.lines.ahead()?)).is_some())
    }

    fn opened(&mut self, cut: Cut) -> Steps {
        self.number += 1;
        let numbered = |name: &str| format!("{name}#{}", self.number);
        let (id, name) = (numbered(&self.source.id), numbered(&self.source.name));
        let message = Source {
            id,
            name,
            input: Box::new(Cursor::new(Vec::new())),
            depth: self.source.depth,
            named: false,
            options: self.source.options.clone(),
            allowance: self.source.allowance.clone(),
        };
        match cut.long {
            true => one(Err(
                message.problem(format!("longer than {} MiB: too long for a message", LONGEST >> 20))
            )),
            false => opened(message, &cut.bytes),
        }
    }
}

/// A line without the mark that keeps it from being taken for the postman's: ">From the shore", ">>From the shore".
fn unescaped(line: &[u8], beginning: bool) -> &[u8] {
    let marks = line.iter().take_while(|&&byte| byte == b'>').count();
    let escaped = beginning && marks > 0 && line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "));
    line.get(usize::from(escaped)..).unwrap_or_default()
}

impl Iterator for Mailbox {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        loop {
            if let Some(step) = self.current.as_mut().and_then(Iterator::next) {
                return Some(step);
            }
            self.current = None;
            if self.ended {
                return None;
            }
            match self.message() {
                Ok(Some(cut)) => self.current = Some(self.opened(cut)),
                Ok(None) if self.number == 0 => {
                    return Some(Err(self.source.problem("empty: there is no message in it")).into());
                }
                Ok(None) => return None,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(self.source.problem(because(&error))).into());
                }
            }
        }
    }
}
