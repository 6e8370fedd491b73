//! A text read backwards word by word, within its sentence.
//! It is copied before an attempt and kept if the attempt succeeds.

use crate::geoparse::tokens::Text;

/// Where reading stands.
#[derive(Clone, Copy)]
pub(super) struct Back<'a> {
    pub(super) text: &'a Text<'a>,
    /// The next word to the left.
    pub(super) at: Option<usize>,
    /// The last one that was passed.
    first: usize,
}

impl<'a> Back<'a> {
    /// From a word on, without it.
    pub(super) fn from(text: &'a Text<'a>, token: usize) -> Self {
        Self { text, at: text.before(token), first: token }
    }

    /// The word, folded, or the mark; empty at the beginning.
    pub(super) fn peek(&self) -> &'a str {
        let Some(at) = self.at else { return "" };
        let folded = self.text.folded(at);
        if folded.is_empty() { self.text.str(at) } else { folded }
    }

    pub(super) fn step(&mut self) {
        if let Some(at) = self.at {
            self.first = at;
            self.at = self.text.before(at);
        }
    }

    /// Passes one of these words.
    pub(super) fn eat(&mut self, words: &[&str]) -> bool {
        let found = self.at.is_some() && words.contains(&self.peek());
        if found {
            self.step();
        }
        found
    }

    /// Whether a word stands here, and no number or mark.
    pub(super) fn is_word(&self) -> bool {
        self.at.is_some_and(|at| self.text.tokens[at].is_word())
    }

    /// The byte where the words begin that were passed.
    pub(super) fn start(&self) -> usize {
        self.text.tokens.get(self.first).map_or(0, |token| token.span.start)
    }
}
