//! JSON cut into its values without looking into them: a list of a million articles is never held whole.
//! Only brackets and quotation marks count here; what a value holds, its reader finds wanting.

use std::io::{self, BufRead};

/// Why there is no value.
#[derive(Debug)]
pub(super) enum Fault {
    Io(io::Error),
    /// The input ends within it.
    Cut,
    /// It is longer than it may be, and was passed over.
    TooLong,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Fault::Io(error)
    }
}

/// Reads values.
pub(super) struct Scanner<R> {
    input: R,
}

impl<R: BufRead> Scanner<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input }
    }

    /// The next byte that is no blank, which stays where it is; `None` at the end.
    pub(super) fn peek(&mut self) -> io::Result<Option<u8>> {
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(None);
            }
            // A mark at the beginning is none of JSON's, and harmless.
            let blank = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, 0xEF | 0xBB | 0xBF);
            let blanks = buffer.iter().take_while(|byte| blank(byte)).count();
            let next = buffer.get(blanks).copied();
            self.input.consume(blanks);
            if next.is_some() {
                return Ok(next);
            }
        }
    }

    /// Passes over a byte that was looked at.
    pub(super) fn skip(&mut self) {
        self.input.consume(1);
    }

    /// The bytes of the next value, at most so many.
    pub(super) fn value(&mut self, most: usize) -> Result<Vec<u8>, Fault> {
        self.rest_of(Vec::new(), 0, most)
    }

    /// The rest of a list whose bracket was passed over.
    pub(super) fn rest_of_list(&mut self, most: usize) -> Result<Vec<u8>, Fault> {
        self.rest_of(b"[".to_vec(), 1, most)
    }

    fn rest_of(&mut self, mut value: Vec<u8>, mut depth: usize, most: usize) -> Result<Vec<u8>, Fault> {
        let (mut within, mut escaped, mut long) = (false, false, false);
        let mut begun = depth > 0;
        if !begun {
            self.peek()?;
        }
        loop {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                // A number may end with the input.
                return if depth == 0 && !within && begun && !long { Ok(value) } else { Err(Fault::Cut) };
            }
            let mut end = None;
            for (at, &byte) in buffer.iter().enumerate() {
                if within {
                    within = escaped || byte != b'"';
                    escaped = !escaped && byte == b'\\';
                    if !within && depth == 0 {
                        end = Some(at + 1);
                    }
                } else {
                    match byte {
                        b'"' => within = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' if depth > 1 => depth -= 1,
                        b'}' | b']' if depth == 1 => end = Some(at + 1),
                        // What ends a bare word is not its own.
                        b'}' | b']' | b',' | b':' if depth == 0 => {
                            end = Some(if begun { at } else { at + 1 })
                        }
                        _ if depth == 0 && begun && byte.is_ascii_whitespace() => end = Some(at),
                        _ => {}
                    }
                }
                begun = true;
                if end.is_some() {
                    break;
                }
            }
            let taken = end.unwrap_or(buffer.len());
            if value.len() + taken > most {
                long = true;
                value = Vec::new();
            }
            if !long && let Some(bytes) = buffer.get(..taken) {
                value.extend_from_slice(bytes);
            }
            self.input.consume(taken);
            if end.is_some() {
                return if long { Err(Fault::TooLong) } else { Ok(value) };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Values as they are cut, one after the other.
    fn values(json: &str) -> Vec<String> {
        let mut scanner = Scanner::new(io::BufReader::with_capacity(3, json.as_bytes()));
        let mut values = Vec::new();
        while scanner.peek().unwrap().is_some() {
            match scanner.value(20) {
                Ok(value) => values.push(String::from_utf8(value).unwrap()),
                Err(fault) => values.push(format!("!{fault:?}")),
            }
        }
        values
    }

    #[test]
    fn values_are_cut_at_their_ends() {
        let check = |json: &str, expected: &[&str]| assert_eq!(values(json), expected);
        check(" {\"a\": [1, \"]\"]} 12 true", &["{\"a\": [1, \"]\"]}", "12", "true"]);
        check("\"a\\\"b\" \"\\\\\"", &["\"a\\\"b\"", "\"\\\\\""]);
        check("{\"a\": 1", &["!Cut"]);
        check("\"aaaaaaaaaaaaaaaaaaaaaaaaaaa\" 1", &["!TooLong", "1"]);
        check("", &[]);
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(json in "[\\[\\]{}\",:\\\\a1 \n]{0,200}") {
            values(&json);
        }
    }
}
