//! Whether a clause speaks of what is to come: "will meet on Friday", "is to be held on 3 May".
//! The nearest word that tells decides; what tells nothing is news, of what has been.

use super::classes::Trait;
use super::language::Language;
use super::tokens::{Kind, Token};

/// How many tokens before and after a date are asked.
const REACH: usize = 14;

/// A date among the tokens of its text.
pub(super) struct Clause<'a> {
    pub language: &'a Language,
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub first: usize,
    pub end: usize,
}

impl Clause<'_> {
    /// Whether the words around a date speak of what is to come, or of what has been; `None` where nothing tells.
    pub(super) fn told(&self) -> Option<bool> {
        if let Some(future) = self.told_before() {
            return Some(future);
        }
        // "meets on Monday to discuss"
        if let [to, verb, ..] = self.tokens.get(self.end..).unwrap_or(&[])
            && self.is(to, Trait::Purpose)
            && verb.kind == Kind::Word
            && !verb.capital
        {
            return Some(true);
        }
        self.told_after()
    }

    fn is(&self, token: &Token, which: Trait) -> bool {
        self.language.is(token, which)
    }

    /// What the words before tell, back to the beginning of the sentence.
    pub(super) fn told_before(&self) -> Option<bool> {
        let mut at = self.first;
        for _ in 0..REACH {
            if self.tokens.get(at).is_none_or(|token| token.breaks) {
                return None;
            }
            at = at.checked_sub(1)?;
            if self.ends_sentence(at) {
                return None;
            }
            match self.of_word(at) {
                Told::Nothing => {}
                Told::Future => return Some(true),
                Told::Past => return Some(false),
                Told::Neither => return None,
            }
        }
        None
    }

    /// What the words after tell, to the end of the clause. One that does not open its clause has it before.
    fn told_after(&self) -> Option<bool> {
        let opens =
            self.tokens.get(self.end).is_some_and(|token| token.is_mark(b',')) && self.opens_sentence();
        let from = self.end + usize::from(opens);
        for at in from..(from + REACH).min(self.tokens.len()) {
            if self.tokens[at].breaks || self.ends_sentence(at) || self.tokens[at].is_mark(b',') {
                return None;
            }
            match self.of_word(at) {
                Told::Nothing => {}
                Told::Future => return Some(true),
                Told::Past => return Some(false),
                Told::Neither => return None,
            }
        }
        None
    }

    /// "On Friday, police said": with no more than a preposition before it.
    fn opens_sentence(&self) -> bool {
        let opens = |at: usize| self.tokens[at].breaks || at == 0 || self.ends_sentence(at - 1);
        opens(self.first) || self.first > 0 && opens(self.first - 1)
    }

    fn ends_sentence(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        let stop = [b'.', b'!', b'?', b';'].iter().any(|mark| token.is_mark(*mark));
        // "U.S." and "Oct." end none.
        let short = at.checked_sub(1).is_some_and(|before| {
            let word = &self.tokens[before];
            word.capital && word.len() <= 1 || self.is(word, Trait::Dotted)
        });
        stop && !short && self.tokens.get(at + 1).is_none_or(|next| next.capital || !next.glued)
    }

    /// What one word tells.
    fn of_word(&self, at: usize) -> Told {
        let token = &self.tokens[at];
        if token.kind != Kind::Word {
            return Told::Nothing;
        }
        if self.is(token, Trait::Future) {
            // "may have been killed on Friday"
            let perfect = self.tokens.get(at + 1).is_some_and(|next| self.is(next, Trait::Perfect));
            return if perfect { Told::Past } else { Told::Future };
        }
        let before = at.checked_sub(1).and_then(|before| self.tokens.get(before));
        // "agreed to meet again in May", "is to be sworn in"
        if self.is(token, Trait::Purpose) && before.is_some_and(|before| self.is(before, Trait::Intends)) {
            let verb = self.tokens.get(at + 1).is_some_and(|verb| {
                verb.kind == Kind::Word && !verb.capital && !self.is(verb, Trait::Determiner)
            });
            return if verb { Told::Future } else { Told::Nothing };
        }
        let word = self.text.get(token.range()).unwrap_or("");
        let ends = |ending: &String| word.ends_with(ending.as_str());
        let past =
            self.is(token, Trait::Past) || word.len() > 4 && self.language.past_endings.iter().any(ends);
        if past { self.of_past(at) } else { Told::Nothing }
    }

    /// What a word in the past tells after the words before it: "will be held", "is to be held", "are closed".
    fn of_past(&self, mut at: usize) -> Told {
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1) else { break };
            at = before;
            let token = &self.tokens[at];
            if self.is(token, Trait::Future) {
                return Told::Future;
            }
            if self.is(token, Trait::Purpose) {
                return self.of_word(at).or(Told::Past);
            }
            if self.is(token, Trait::Present) {
                return Told::Neither;
            }
            if !self.is(token, Trait::Linking) {
                break;
            }
        }
        Told::Past
    }
}

/// What a word tells of the time of its clause.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Told {
    Nothing,
    Future,
    Past,
    /// A present that may be either: "is closed".
    Neither,
}

impl Told {
    fn or(self, other: Self) -> Self {
        if self == Self::Nothing { other } else { self }
    }
}
