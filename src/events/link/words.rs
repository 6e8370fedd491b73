//! The words of an article as the linker sees them: each with its hash and a coarse sort, worked out once for all
//! events. What governs a name is found without a parser: the first preposition, verb or mark before its phrase.

use crate::geoparse::learn::vectors;
use crate::geoparse::sense::classes::{Class, Classes, classes};
use crate::geoparse::tokens::{Form, Text};
use crate::geoparse::words::DIRECTIONS;

/// What a hash is of that is no word.
pub(super) const NOTHING: u64 = 1;

/// The classes that are prepositions.
const PREPOSITIONS: [&str; 18] = [
    "in", "at", "of", "to", "from", "for", "with", "against", "between", "by", "on", "than", "as", "like",
    "into", "near", "over", "including",
];
/// The classes that end the phrase of a name, seen from the name.
const STOPS: [&str; 8] = ["and", "but", "that", "which", "be", "have", "modal", "do"];
/// How far back a name's governor is looked for, in tokens.
const REACH: usize = 9;

/// The words of an article.
pub(super) struct Words<'a> {
    pub(super) text: &'a Text<'a>,
    /// For each token, the hash of its word or mark.
    pub(super) hashes: Vec<u64>,
    /// For each token, its coarse sort.
    pub(super) sorts: Vec<u64>,
    /// Whether each token is rather a verb.
    pub(super) verbs: Vec<bool>,
    /// Whether each is an auxiliary: "was", "has", "will".
    pub(super) auxiliaries: Vec<bool>,
    /// Whether each is a preposition.
    pub(super) prepositions: Vec<bool>,
    stops: Vec<bool>,
}

/// What governs a name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Governor {
    /// The token, if the phrase does not begin the text.
    pub(super) token: Option<usize>,
    /// Hash of its word, told apart by whether it is a preposition or a verb.
    pub(super) hash: u64,
    /// How many tokens lie between it and the name.
    pub(super) steps: usize,
    /// The noun nearest to the name that has it as its "of": the village of "village of Malha".
    pub(super) head: Option<usize>,
}

impl<'a> Words<'a> {
    pub(super) fn new(text: &'a Text<'a>) -> Self {
        let classes = classes();
        let numbers = |names: &[&str]| -> Vec<Class> { names.iter().map(|n| classes.number(n)).collect() };
        let (prepositions, stops) = (numbers(&PREPOSITIONS), numbers(&STOPS));
        let auxiliary = numbers(&["be", "have", "modal", "do"]);
        let n = text.tokens.len();
        let mut this = Self {
            text,
            hashes: Vec::with_capacity(n),
            sorts: Vec::with_capacity(n),
            verbs: Vec::with_capacity(n),
            auxiliaries: Vec::with_capacity(n),
            prepositions: Vec::with_capacity(n),
            stops: Vec::with_capacity(n),
        };
        for (i, token) in text.tokens.iter().enumerate() {
            let hash = match token.form {
                Form::Number => vectors::hash("0"),
                Form::Possessive => vectors::hash("'s"),
                Form::Punct => vectors::hash(text.str(i)),
                _ => vectors::hash(&token.folded),
            };
            let lower = token.form == Form::Lower;
            let of: &[Class] = if token.is_word() { classes.of_word(&token.folded) } else { &[] };
            let is = |list: &[Class]| of.iter().any(|class| list.contains(class));
            let helps = lower && is(&auxiliary);
            let verb = lower && (helps || is_verb(classes, &token.folded));
            this.prepositions.push(
                lower && is(&prepositions) || !lower && opens_as_preposition(text, i, of, &prepositions),
            );
            this.stops.push(lower && is(&stops));
            this.auxiliaries.push(helps);
            this.verbs.push(verb);
            this.sorts.push(sort(classes, text, i, of, hash));
            this.hashes.push(hash);
        }
        this
    }

    pub(super) fn hash(&self, token: Option<usize>) -> u64 {
        token.map_or(NOTHING, |i| self.hashes[i])
    }

    /// The hash of the word `by` tokens from another, unless the text ends before.
    pub(super) fn near(&self, token: usize, by: isize) -> u64 {
        token.checked_add_signed(by).and_then(|i| self.hashes.get(i)).copied().unwrap_or(NOTHING)
    }

    /// The sort of the word `by` tokens from another.
    pub(super) fn sort_near(&self, token: usize, by: isize) -> u64 {
        token.checked_add_signed(by).and_then(|i| self.sorts.get(i)).copied().unwrap_or(NOTHING)
    }

    /// What governs the name that begins at a token.
    pub(super) fn governor(&self, first: usize) -> Governor {
        let (mut at, mut steps, mut head) = (first, 0, None);
        let text = self.text;
        let found = |token: Option<usize>, hash: u64, steps: usize, head: Option<usize>| Governor {
            token,
            hash,
            steps,
            head,
        };
        while let Some(i) = at.checked_sub(1) {
            let token = &text.tokens[i];
            if steps >= REACH || token.sentence != text.tokens[first].sentence {
                return found(None, 3, steps, head);
            }
            (at, steps) = (i, steps + 1);
            if token.form == Form::Punct {
                if matches!(text.str(i), "\"" | "“" | "”" | "'" | "-" | "‘" | "’" | "(" | "#" | "[") {
                    continue;
                }
                return found(Some(i), self.hashes[i], steps, head);
            }
            if token.folded == "of" && i > 0 && text.tokens[i - 1].is_word() {
                head = head.or(Some(i - 1));
                (at, steps) = (i - 1, steps + 1);
                continue;
            }
            if self.prepositions[i] || self.stops[i] {
                return found(Some(i), self.hashes[i], steps, head);
            }
            if self.verbs[i] && !DIRECTIONS.has(&token.folded) && !classes().is_adjective(&token.folded) {
                return found(Some(i), self.hashes[i] ^ 5, steps, head);
            }
        }
        found(None, 2, steps, head)
    }

    /// The nearest verb before a token, auxiliaries not counted, up to so many tokens off.
    pub(super) fn verb_before(&self, token: usize, reach: usize) -> Option<usize> {
        let from = token.saturating_sub(reach);
        (from..token).rev().find(|&i| self.verbs[i] && !self.auxiliaries[i])
    }

    /// The nearest verb from a token on.
    pub(super) fn verb_after(&self, token: usize, reach: usize) -> Option<usize> {
        (token..(token + reach).min(self.verbs.len())).find(|&i| self.verbs[i])
    }
}

/// "In Cairo": a preposition at the head of a sentence.
fn opens_as_preposition(text: &Text<'_>, i: usize, of: &[Class], prepositions: &[Class]) -> bool {
    text.tokens[i].opens && of.iter().any(|class| prepositions.contains(class))
}

fn is_verb(classes: &Classes, folded: &str) -> bool {
    folded.ends_with("ed") || folded.ends_with("ing") || classes.is_verb(folded)
}

/// What a word is, coarsely: a mark or small word is itself, the rest is a verb, a noun, a name …
fn sort(classes: &Classes, text: &Text<'_>, i: usize, of: &[Class], hash: u64) -> u64 {
    let token = &text.tokens[i];
    match token.form {
        Form::Punct => hash,
        Form::Number => 10,
        Form::Possessive => 11,
        Form::Capital | Form::Upper if !token.opens => 12,
        _ => {
            if let Some(&small) = of.iter().find(|&&class| classes.is_small(class)) {
                return 100 + u64::from(small);
            }
            let named = |start: &str| of.iter().any(|&c| classes.names()[usize::from(c)].starts_with(start));
            match () {
                () if token.folded.ends_with("ed") => 13,
                () if token.folded.ends_with("ing") => 14,
                () if named("verb.") && !named("noun.") => 15,
                () if named("noun.") && named("verb.") => 16,
                () if named("noun.") => 17,
                () if named("adj") => 18,
                () if named("adv") => 19,
                () if token.folded.ends_with('s') => 20,
                () => 21,
            }
        }
    }
}
