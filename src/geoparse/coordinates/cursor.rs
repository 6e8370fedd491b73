//! A place in a text that is read forwards, piece by piece.
//! It is copied before an attempt and kept if the attempt succeeds; every piece has a greatest length, so that
//! no attempt costs more than a line.

/// Where reading stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// The next byte, on a character boundary.
    pub(super) at: usize,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str, at: usize) -> Self {
        Self { text, at }
    }

    pub(super) fn rest(self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// The next character, if it is wanted.
    pub(super) fn eat(&mut self, wanted: impl Fn(char) -> bool) -> Option<char> {
        let c = self.peek().filter(|&c| wanted(c))?;
        self.at += c.len_utf8();
        Some(c)
    }

    /// The next characters, if they are these, in whatever case.
    pub(super) fn eat_str(&mut self, wanted: &str) -> bool {
        let here = self.rest().get(..wanted.len());
        let found = here.is_some_and(|here| here.eq_ignore_ascii_case(wanted));
        if found {
            self.at += wanted.len();
        }
        found
    }

    /// The first of these words that stands here with no letter or digit after it.
    pub(super) fn eat_word(&mut self, wanted: &[&str]) -> Option<usize> {
        let found = wanted.iter().position(|word| {
            let mut after = *self;
            after.eat_str(word) && !after.peek().is_some_and(char::is_alphanumeric)
        })?;
        self.at += wanted[found].len();
        Some(found)
    }

    /// Up to so many white characters.
    pub(super) fn space(&mut self, most: usize) -> bool {
        let start = self.at;
        for _ in 0..most {
            if self.eat(char::is_whitespace).is_none() {
                break;
            }
        }
        self.at > start
    }

    /// A run of digits that is so long, all of it.
    pub(super) fn digits(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let len = self.rest().bytes().take(most + 1).take_while(u8::is_ascii_digit).count();
        let found = (least..=most).contains(&len).then(|| self.rest().get(..len)).flatten()?;
        self.at += len;
        Some(found)
    }

    /// A point with digits after it; empty where none follow.
    pub(super) fn decimals(&mut self, point: char) -> &'a str {
        let mut after = *self;
        if after.eat(|c| c == point).is_none() {
            return "";
        }
        let Some(digits) = after.digits(1, 15) else { return "" };
        self.at = after.at;
        digits
    }
}
