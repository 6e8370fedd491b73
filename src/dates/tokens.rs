//! A text as words, numbers and marks, with what the language knows of each word.
//! Letters and digits part even without a space: "Oct2" and "1970s" are two tokens each.

use super::language::Language;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// Digits, and their value where it is below a hundred million.
    Number(Option<i32>),
    /// One mark; dashes are `-`, apostrophes `'`, whatever else is no ASCII is `~`.
    Mark(u8),
}

/// A word, a number or a mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub start: u32,
    pub end: u32,
    pub kind: Kind,
    /// The word's number in the language, 0 where it has none.
    pub word: u16,
    /// Whether nothing stands between it and the token before.
    pub glued: bool,
    /// Whether a line or paragraph ends before it.
    pub breaks: bool,
    pub capital: bool,
}

impl Token {
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(super) const fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    pub(super) const fn is_mark(&self, mark: u8) -> bool {
        matches!(self.kind, Kind::Mark(own) if own == mark)
    }

    pub(super) const fn number(&self) -> Option<i32> {
        match self.kind {
            Kind::Number(value) => value,
            _ => None,
        }
    }

    pub(super) const fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Number(_))
    }
}

/// A line shorter than this ends what stands on it; a longer one may have been wrapped.
const WRAPPED: usize = 50;

/// The tokens of a text into `tokens`.
pub(super) fn split(text: &str, language: &Language, tokens: &mut Vec<Token>) {
    tokens.clear();
    let bytes = text.as_bytes();
    let (mut at, mut line) = (0, 0);
    let (mut glued, mut breaks) = (false, true);
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let (kind, word) = match byte {
            b' ' | b'\t' | b'\r' => {
                at += 1;
                glued = false;
                continue;
            }
            b'\n' => {
                breaks |= at - line < WRAPPED || bytes.get(line..at).is_some_and(<[u8]>::is_empty);
                at += 1;
                line = at;
                glued = false;
                continue;
            }
            b'0'..=b'9' => {
                while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                    at += 1;
                }
                let value = (at - start < 9).then(|| text[start..at].parse().ok()).flatten();
                (Kind::Number(value), 0)
            }
            b'a'..=b'z' | b'A'..=b'Z' => {
                at = end_of_word(text, at);
                (Kind::Word, language.word(&bytes[start..at]))
            }
            0..=127 => {
                at += 1;
                (Kind::Mark(byte), 0)
            }
            _ => {
                let c = text[at..].chars().next().unwrap_or(' ');
                if c.is_whitespace() {
                    at += c.len_utf8();
                    glued = false;
                    continue;
                }
                if c.is_alphabetic() {
                    at = end_of_word(text, at);
                    (Kind::Word, language.word(&bytes[start..at]))
                } else {
                    at += c.len_utf8();
                    (Kind::Mark(mark(c)), 0)
                }
            }
        };
        let capital = kind == Kind::Word && text[start..].starts_with(char::is_uppercase);
        let (from, to) = (start as u32, at as u32);
        tokens.push(Token { start: from, end: to, kind, word, glued, breaks, capital });
        (glued, breaks) = (true, false);
    }
}

fn end_of_word(text: &str, mut at: usize) -> usize {
    let bytes = text.as_bytes();
    loop {
        match bytes.get(at) {
            Some(byte) if byte.is_ascii_alphabetic() => at += 1,
            Some(128..) => match text[at..].chars().next() {
                Some(c) if c.is_alphabetic() => at += c.len_utf8(),
                _ => return at,
            },
            _ => return at,
        }
    }
}

/// The mark that stands for a character beyond ASCII.
const fn mark(c: char) -> u8 {
    match c {
        '‐' | '‑' | '‒' | '–' | '−' => b'-',
        '’' | '‘' | 'ʼ' => b'\'',
        '“' | '”' | '«' | '»' => b'"',
        '…' => b'.',
        '€' | '£' | '¥' | '₹' => b'$',
        // A dash that parts a sentence joins no dates.
        _ => b'^',
    }
}
