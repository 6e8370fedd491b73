//! Words of files on a terminal: nothing in them moves the cursor, colours, hides or turns what a person reads.
//! A file's name, a headline, a place from somebody's list may hold any signs; what would act is shown instead.

use std::borrow::Cow;
use std::io::{self, BufWriter, IsTerminal, StdoutLock, Write};

/// The longest sign of UTF-8, bytes.
const LONGEST_SIGN: usize = 4;

/// A line as it may be printed: signs that steer a terminal as `\x1b`, those that turn the direction of what
/// follows as `\u{202e}`, and ends of lines as spaces.
pub(super) fn shown(line: &str) -> Cow<'_, str> {
    if !line.contains(acts) {
        return Cow::Borrowed(line);
    }
    let mut out = String::with_capacity(line.len() + 16);
    for sign in line.chars() {
        match sign {
            '\t' | '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            sign if sign.is_control() => out.push_str(&format!("\\x{:02x}", u32::from(sign))),
            sign if acts(sign) => out.push_str(&format!("\\u{{{:x}}}", u32::from(sign))),
            sign => out.push(sign),
        }
    }
    Cow::Owned(out)
}

/// Whether a sign does something else than stand in its place. Marks that tell which way one sign reads (U+200E)
/// are part of many languages' texts; those that turn everything after them are what hides an extension.
fn acts(sign: char) -> bool {
    sign.is_control() || matches!(sign, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Standard output: exact where it goes into a file or a pipe, and harmless on a terminal.
pub(super) enum Stdout {
    Exact(BufWriter<StdoutLock<'static>>),
    Terminal(Clean<BufWriter<StdoutLock<'static>>>),
}

impl Stdout {
    pub(super) fn open() -> Self {
        let out = io::stdout().lock();
        match out.is_terminal() {
            true => Self::Terminal(Clean::new(BufWriter::new(out))),
            false => Self::Exact(BufWriter::new(out)),
        }
    }
}

impl Write for Stdout {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Exact(out) => out.write(bytes),
            Self::Terminal(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Exact(out) => out.flush(),
            Self::Terminal(out) => out.flush(),
        }
    }
}

/// Writes text for a person: what would act is shown, and lines stay lines.
pub(super) struct Clean<W> {
    out: W,
    /// The beginning of a sign whose end is not there yet.
    cut: Vec<u8>,
}

impl<W: Write> Clean<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, cut: Vec::new() }
    }

    fn put(&mut self, text: &str) -> io::Result<()> {
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                self.out.write_all(b"\n")?;
            }
            // A terminal may turn the end of a line into two signs, and tables have tabs between their columns.
            for (number, column) in line.strip_suffix('\r').unwrap_or(line).split('\t').enumerate() {
                if number > 0 {
                    self.out.write_all(b"\t")?;
                }
                self.out.write_all(shown(column).as_bytes())?;
            }
        }
        Ok(())
    }
}

impl<W: Write> Write for Clean<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.cut.extend_from_slice(bytes);
        let all = std::mem::take(&mut self.cut);
        let mut rest = all.as_slice();
        while !rest.is_empty() {
            match std::str::from_utf8(rest) {
                Ok(text) => {
                    self.put(text)?;
                    rest = &[];
                }
                Err(error) => {
                    let (whole, after) = rest.split_at(error.valid_up_to());
                    self.put(&String::from_utf8_lossy(whole))?;
                    rest = match error.error_len() {
                        Some(length) => {
                            self.put("\u{fffd}")?;
                            &after[length..]
                        }
                        None => {
                            self.cut = after[..after.len().min(LONGEST_SIGN)].to_vec();
                            &[]
                        }
                    };
                }
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_would_act_is_shown() {
        let check = |line: &str, expected: &str| assert_eq!(shown(line), expected);
        check("Derna, Libya", "Derna, Libya");
        check("\x1b]0;owned\x07.txt", "\\x1b]0;owned\\x07.txt");
        check("\u{9b}2J", "\\x9b2J");
        check("a\nb\tc", "a b c");
        check("report\u{202e}fdp.exe", "report\\u{202e}fdp.exe");
        check("a\u{2066}b\u{2069}", "a\\u{2066}b\\u{2069}");
        check("درنة\u{200f}، ليبيا", "درنة\u{200f}، ليبيا");
        check("\x7f\0", "\\x7f\\x00");
    }

    fn cleaned(chunks: &[&[u8]]) -> String {
        let mut out = Vec::new();
        let mut clean = Clean::new(&mut out);
        chunks.iter().for_each(|chunk| clean.write_all(chunk).unwrap());
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_and_columns_stay() {
        assert_eq!(cleaned(&[b"a\tb\r\nc\x1b[31m\n"]), "a\tb\nc\\x1b[31m\n");
        assert_eq!(cleaned(&["Đ".as_bytes(), b"\xff", b"x"]), "Đ\u{fffd}x");
    }

    proptest! {
        #[test]
        fn nothing_acts_however_it_is_cut(text in any::<String>(), at in 0usize..40) {
            let (one, other) = text.as_bytes().split_at(at.min(text.len()));
            let whole = cleaned(&[text.as_bytes()]);
            prop_assert_eq!(&cleaned(&[one, other]), &whole);
            prop_assert!(!whole.chars().any(|sign| acts(sign) && !matches!(sign, '\n' | '\t')));
        }
    }
}
