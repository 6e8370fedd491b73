//! The lines of a source, one at a time in one buffer.
//! A line longer than any honest one is passed over in pieces, so that a file without line ends takes no
//! memory.

use std::io::{self, BufRead, BufReader, Read};

/// Bytes that are asked for at once.
const BUFFER: usize = 1 << 18;

/// A line without its end.
pub(super) enum Line<'l> {
    Bytes(&'l [u8]),
    TooLong,
}

pub(super) struct Lines<R> {
    reader: BufReader<R>,
    line: Vec<u8>,
    longest: usize,
    number: u64,
}

impl<R: Read> Lines<R> {
    /// Lines of at most `longest` bytes.
    pub(super) fn new(reader: R, longest: usize) -> Self {
        Self { reader: BufReader::with_capacity(BUFFER, reader), line: Vec::new(), longest, number: 0 }
    }

    /// The next line and its number, from 1. Empty ones count and are passed over.
    pub(super) fn next(&mut self) -> io::Result<Option<(u64, Line<'_>)>> {
        loop {
            self.line.clear();
            self.number += 1;
            let count =
                self.reader.by_ref().take(self.longest as u64 + 1).read_until(b'\n', &mut self.line)?;
            if count == 0 {
                return Ok(None);
            }
            if self.line.last() == Some(&b'\n') {
                self.line.pop();
            } else if count > self.longest {
                self.pass_over()?;
                return Ok(Some((self.number, Line::TooLong)));
            }
            if self.line.last() == Some(&b'\r') {
                self.line.pop();
            }
            if self.number == 1 && self.line.starts_with(b"\xEF\xBB\xBF") {
                self.line.drain(..3);
            }
            if !self.line.is_empty() {
                break;
            }
        }
        Ok(Some((self.number, Line::Bytes(&self.line))))
    }

    fn pass_over(&mut self) -> io::Result<()> {
        self.line = Vec::new();
        self.reader.skip_until(b'\n').map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_with_their_numbers() {
        let check = |text: &str, expected: &[(u64, Option<&str>)]| {
            let mut lines = Lines::new(text.as_bytes(), 5);
            let mut found = Vec::new();
            while let Some((number, line)) = lines.next().unwrap() {
                let line = match line {
                    Line::Bytes(bytes) => Some(std::str::from_utf8(bytes).unwrap().to_owned()),
                    Line::TooLong => None,
                };
                found.push((number, line));
            }
            let found: Vec<_> = found.iter().map(|(number, line)| (*number, line.as_deref())).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("", &[]);
        check("a\nb", &[(1, Some("a")), (2, Some("b"))]);
        check("\u{feff}a\r\n\r\n\nb\n", &[(1, Some("a")), (4, Some("b"))]);
        check("12345\n123456\n1\n", &[(1, Some("12345")), (2, None), (3, Some("1"))]);
        check("1234567890123", &[(1, None)]);
    }
}
