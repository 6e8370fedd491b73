//! The words that tell a name's sense, each by its part in the phrase: what governs the name, what it stands
//! before as an adjective or owner, what it does, what longer name it is part of.
//! There is no parser: a noun phrase ends at the first word that cannot be part of one.

use super::super::recognize::Toponym;
use super::super::tokens::{Case, Form, Text};
use super::super::words::{DIRECTIONS, FUNCTION_WORDS, LOCATIVES, TITLES};
use super::classes::classes;

macro_rules! slots {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// The part that a word plays for a name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) enum Slot { $($(#[$doc])* $name,)* }

        impl Slot {
            /// Every slot.
            pub(crate) const ALL: &'static [Slot] = &[$(Slot::$name,)*];
        }
    };
}

slots! {
    /// The word before, and the word before that.
    Before, Before2,
    /// The word that governs the name, articles and adjectives skipped; the word before that.
    Governor, Attached,
    /// The words after the name or its row.
    After, After2, After3,
    /// The words of the noun phrase that the name is an adjective in: the first, the last.
    AttrFirst, AttrHead,
    /// The same for what the name owns: "Egypt's coast".
    PossFirst, PossHead,
    /// "Berlin-based"
    HyphenAfter,
    /// The longer name that it begins, "Paris Police Department": its last word.
    RunLast,
    /// The word after the longer name or the noun phrase.
    AfterPhrase,
    /// The longer name that it ends: "University of Maine".
    RunBefore,
    /// The verb that it is the subject of; the auxiliary before the verb.
    Verb, Auxiliary,
    /// What governs the names that it is one of: "between" in "between NATO and Tunis".
    Shared,
    /// The mention itself.
    Itself,
}

/// A word in its part.
pub(crate) type Filled = (Slot, usize);

/// The words around a name with their parts.
#[derive(Debug, Default)]
pub(crate) struct Phrase {
    pub(crate) filled: Vec<Filled>,
}

/// No token: beyond the sentence.
pub(crate) const NONE: usize = usize::MAX;

/// Reads the phrase of a mention in the row of names of tokens `first..end`.
pub(crate) fn read(text: &Text<'_>, this: &Toponym, first: usize, end: usize) -> Phrase {
    let mut phrase = Phrase { filled: Vec::with_capacity(24) };
    phrase.before(text, first);
    phrase.after(text, this, end);
    phrase
}

impl Slot {
    /// Whether the word is what the phrase is about.
    pub(super) fn is_head(self) -> bool {
        matches!(self, Self::AttrFirst | Self::AttrHead | Self::PossHead | Self::Verb | Self::RunLast)
    }
}

impl Phrase {
    /// The word that governs the mention, across the names that it is one of.
    pub(crate) fn governor(&self) -> usize {
        let of = |slot: Slot| self.filled.iter().find(|&&(other, _)| other == slot).map(|&(_, token)| token);
        of(Slot::Shared).or_else(|| of(Slot::Governor)).unwrap_or(NONE)
    }

    fn fill(&mut self, slot: Slot, token: Option<usize>) {
        self.filled.push((slot, token.unwrap_or(NONE)));
    }

    fn before(&mut self, text: &Text<'_>, first: usize) {
        let before = text.before(first);
        self.fill(Slot::Before, before);
        self.fill(Slot::Before2, before.and_then(|i| text.before(i)));
        self.run_before(text, before);
        let mut governor = before;
        for _ in 0..4 {
            match governor.filter(|&i| is_skipped(text, i)) {
                Some(i) => governor = text.before(i),
                None => break,
            }
        }
        self.fill(Slot::Governor, governor);
        let shared = governor.and_then(|i| beyond_names(text, i));
        if shared.is_some() {
            self.fill(Slot::Shared, shared);
        }
        let governor = shared.or(governor);
        self.fill(Slot::Attached, governor.and_then(|i| text.before(i)));
    }

    /// "University of", "Bank of", "Air", "FrontCounter".
    fn run_before(&mut self, text: &Text<'_>, before: Option<usize>) {
        if text.case(before.unwrap_or_default()) != Case::Sentence {
            return;
        }
        let connects = before.filter(|&i| matches!(text.str(i), "of" | "for" | "and" | "&" | "the"));
        let mut at = before;
        for _ in 0..2 {
            at = match at
                .filter(|&i| connects.is_some() && matches!(text.str(i), "of" | "for" | "and" | "&" | "the"))
            {
                Some(i) => text.before(i),
                None => at,
            };
        }
        let capital = |i: &usize| {
            let token = &text.tokens[*i];
            token.is_capital() && !(token.opens && FUNCTION_WORDS.has(&token.folded))
        };
        if let Some(word) = at.filter(capital) {
            self.fill(Slot::RunBefore, Some(word));
        }
    }

    fn after(&mut self, text: &Text<'_>, this: &Toponym, end: usize) {
        let own = this.end.checked_sub(1).and_then(|last| text.after(last));
        if let Some(mark) =
            own.filter(|&i| text.tokens[i].form == Form::Possessive || is_plural_owner(text, i))
        {
            let words = noun_phrase(text, mark + 1, false);
            self.phrase(&words, [Slot::PossFirst, Slot::PossHead]);
            self.after_phrase(text, words.last().map_or(mark, |&last| last));
            return;
        }
        let hyphen = own.filter(|&i| is_hyphen(text, i) && !text.tokens[i].space);
        if let Some(word) = hyphen.and_then(|i| text.after(i)).filter(|&i| !text.tokens[i].space) {
            self.fill(Slot::HyphenAfter, Some(word));
            return;
        }
        let next = end.checked_sub(1).and_then(|last| text.after(last));
        self.fill(Slot::After, next);
        let second = next.and_then(|i| text.after(i));
        self.fill(Slot::After2, second);
        self.fill(Slot::After3, second.and_then(|i| text.after(i)));
        self.verb(text, end);
        let Some(next) = next else { return };
        let run = if text.case(next) == Case::Sentence { capital_run(text, next) } else { next };
        if run > next {
            self.fill(Slot::RunLast, Some(run - 1));
            self.after_phrase(text, run - 1);
        }
        let words = noun_phrase(text, run, true);
        if !words.is_empty() {
            self.phrase(&words, [Slot::AttrFirst, Slot::AttrHead]);
            self.after_phrase(text, words.last().map_or(next, |&last| last));
        }
    }

    fn phrase(&mut self, words: &[usize], slots: [Slot; 2]) {
        if let (Some(&first), Some(&last)) = (words.first(), words.last()) {
            self.fill(slots[0], Some(first));
            self.fill(slots[1], Some(last));
        }
    }

    fn after_phrase(&mut self, text: &Text<'_>, last: usize) {
        self.fill(Slot::AfterPhrase, text.after(last));
    }

    /// The verb of a subject that ends at `end`, adverbs and a relative pronoun skipped.
    fn verb(&mut self, text: &Text<'_>, end: usize) {
        let known = classes();
        let mut at = end.checked_sub(1).and_then(|last| text.after(last));
        // "Montana and CoreCivic are at an impasse"
        let joined = at.is_some_and(|i| text.folded(i) == "and");
        let mut auxiliary = false;
        for _ in 0..7 {
            let Some(i) = at else { return };
            let folded = text.folded(i);
            let lower = text.tokens[i].form == Form::Lower;
            if known.is_auxiliary(folded) {
                if !auxiliary {
                    self.fill(Slot::Auxiliary, Some(i));
                }
                auxiliary = true;
            } else if lower && (known.is_verb(folded) || auxiliary && !known.is_negation(folded)) {
                if !(auxiliary && FUNCTION_WORDS.has(folded)) {
                    self.fill(Slot::Verb, Some(i));
                }
                return;
            } else if !(known.is_passed_over(folded) || joined && is_joined(text, i) || is_aside(text, i)) {
                return;
            }
            at = text.after(i);
        }
    }
}

/// "and some European states"
fn is_joined(text: &Text<'_>, token: usize) -> bool {
    let folded = text.folded(token);
    matches!(folded, "and" | "the" | "some" | "other" | "its")
        || text.tokens[token].is_capital()
        || folded.ends_with('s')
}

/// "on Saturday", ", which"
fn is_aside(text: &Text<'_>, token: usize) -> bool {
    let day = |i: usize| text.tokens[i].is_capital() && text.folded(i).ends_with("day");
    matches!(text.str(token), "," | "which" | "who" | "that")
        || day(token)
        || text.folded(token) == "on" && text.after(token).is_some_and(day)
}

/// What stands before the names and the "and" or comma that end at `joint`.
fn beyond_names(text: &Text<'_>, joint: usize) -> Option<usize> {
    let joins =
        |i: usize| matches!(text.str(i), "," | "&") || matches!(text.folded(i), "and" | "or" | "nor" | "the");
    if !joins(joint) || text.folded(joint) == "the" || text.case(joint) != Case::Sentence {
        return None;
    }
    let mut at = text.before(joint).filter(|&i| text.tokens[i].is_capital())?;
    for _ in 0..10 {
        at = text.before(at)?;
        if !(text.tokens[at].is_capital() || joins(at)) {
            return Some(at);
        }
    }
    None
}

fn is_hyphen(text: &Text<'_>, token: usize) -> bool {
    matches!(text.str(token), "-" | "‐" | "‑")
}

/// "the United States' lowest jobless rate"
fn is_plural_owner(text: &Text<'_>, token: usize) -> bool {
    matches!(text.str(token), "'" | "’")
        && !text.tokens[token].space
        && token > 0
        && text.folded(token - 1).ends_with('s')
        && text.tokens.get(token + 1).is_some_and(|next| next.space && next.form == Form::Lower)
}

/// Words between the name and what governs it.
fn is_skipped(text: &Text<'_>, token: usize) -> bool {
    let this = &text.tokens[token];
    let folded = this.folded.as_str();
    matches!(
        folded,
        "the" | "a" | "an" | "this" | "its" | "their" | "his" | "both" | "some" | "today" | "all"
    ) || DIRECTIONS.has(folded)
        || this.form == Form::Lower && !FUNCTION_WORDS.has(folded) && classes().is_adjective(folded)
}

fn is_verb(text: &Text<'_>, token: usize) -> bool {
    let this = &text.tokens[token];
    this.form == Form::Lower && classes().is_verb(&this.folded)
}

/// One past the last capitalised word of the name that goes on at `from`: "Police Department",
/// "Institute of Technology".
fn capital_run(text: &Text<'_>, from: usize) -> usize {
    let mut end = from;
    let mut at = Some(from);
    while let Some(i) = at.filter(|&i| i < from + 7) {
        let token = &text.tokens[i];
        if !token.is_capital() {
            let joins = matches!(text.str(i), "of" | "for" | "and" | "&" | "the") && end > from
                || token.form == Form::Possessive
                || is_hyphen(text, i) && !token.space;
            if !joins {
                break;
            }
        } else if TITLES.has(&token.folded) && (i == from || end == i) {
            // "U.S. President Donald Trump": the title ends what the name belongs to.
            if i == from {
                return from;
            }
            break;
        } else {
            end = i + 1;
        }
        at = text.after(i);
    }
    end
}

/// The words from `from` on that can be of one noun phrase: "feed industry", "market access procedures".
fn noun_phrase(text: &Text<'_>, from: usize, attributive: bool) -> Vec<usize> {
    let mut words: Vec<usize> = Vec::new();
    let mut at = from.checked_sub(1).and_then(|before| text.after(before));
    while let Some(i) = at.filter(|&i| i < from + 7) {
        let token = &text.tokens[i];
        let word = token.is_word() && !FUNCTION_WORDS.has(&token.folded) && !LOCATIVES.has(&token.folded);
        let joins = token.form == Form::Number || is_hyphen(text, i) && !token.space && !words.is_empty();
        if !(word || joins) || (attributive || !words.is_empty()) && is_verb(text, i) {
            break;
        }
        if word {
            let capital = token.is_capital() && text.case(i) == Case::Sentence;
            // "Russian double agent Sergei Skripal"
            if capital && words.last().is_some_and(|&last| !text.tokens[last].is_capital()) {
                break;
            }
            words.push(i);
            // "U.S. President Donald Trump"
            if TITLES.has(&token.folded) && text.after(i).is_some_and(|next| text.tokens[next].is_capital()) {
                break;
            }
        }
        at = text.after(i);
    }
    words
}
