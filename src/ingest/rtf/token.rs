//! RTF cut into its smallest parts.
//! Nothing here fails: what is no control word is text, and what is cut short ends.

/// A part of the file.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Open,
    Close,
    /// `\par`, `\u8211`: letters, and a number where there is one.
    Word(&'a str, Option<i32>),
    /// `\~`, `\{`: one other character.
    Symbol(u8),
    /// `\'e9`: a byte in the code page of the font.
    Byte(u8),
    /// Bytes as they stand, in the code page of the font; ends of lines are none of the text.
    Text(&'a [u8]),
}

/// Longest control word; a longer one is none.
const LONGEST: usize = 32;

/// Cuts a file into parts.
pub(super) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    pub fn new(bytes: &'a [u8]) -> Self {
        Tokens { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// After a backslash.
    fn control(&mut self) -> Option<Token<'a>> {
        let letters = self.rest.iter().take(LONGEST).take_while(|byte| byte.is_ascii_alphabetic()).count();
        if letters > 0 {
            let word = std::str::from_utf8(self.take(letters)).unwrap_or_default();
            let number = self.number();
            if self.rest.first() == Some(&b' ') {
                self.take(1);
            }
            if word == "bin" {
                // As many bytes of a picture, which may look like anything.
                self.take(number.unwrap_or(0).max(0) as usize);
            }
            return Some(Token::Word(word, number));
        }
        let symbol = *self.take(1).first()?;
        if symbol == b'\'' {
            let digit = |at: usize| self.rest.get(at).and_then(|&byte| char::from(byte).to_digit(16));
            if let (Some(high), Some(low)) = (digit(0), digit(1)) {
                self.take(2);
                return Some(Token::Byte((high * 16 + low) as u8));
            }
        }
        Some(Token::Symbol(symbol))
    }

    fn number(&mut self) -> Option<i32> {
        let sign = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest.iter().skip(sign).take(10).take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            return None;
        }
        std::str::from_utf8(self.take(sign + digits)).ok()?.parse().ok()
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let special = |byte: &u8| matches!(byte, b'{' | b'}' | b'\\' | b'\r' | b'\n');
            let text = self.rest.iter().position(special).unwrap_or(self.rest.len());
            if text > 0 {
                return Some(Token::Text(self.take(text)));
            }
            return Some(match self.take(1).first()? {
                b'{' => Token::Open,
                b'}' => Token::Close,
                b'\\' => return self.control(),
                _ => continue,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Token::*;
    use super::*;

    #[test]
    fn a_file_is_cut_into_parts() {
        let check = |source: &[u8], expected: &[Token<'_>]| {
            assert_eq!(Tokens::new(source).collect::<Vec<_>>(), expected);
        };
        check(
            b"{\\b Oslo\\par\r\nx}",
            &[Open, Word("b", None), Text(b"Oslo"), Word("par", None), Text(b"x"), Close],
        );
        check(b"\\u-4?\\'e9\\~", &[Word("u", Some(-4)), Text(b"?"), Byte(0xE9), Symbol(b'~')]);
        check(b"\\bin3 {{}x", &[Word("bin", Some(3)), Text(b"x")]);
        check(b"\\bin999999999 {", &[Word("bin", Some(999_999_999))]);
        check(b"\\'g1", &[Symbol(b'\''), Text(b"g1")]);
        check(b"\\", &[]);
        check(b"\\u99999999999", &[Word("u", None), Text(b"9")]);
    }
}
