//! The part that each word plays in its sentence, roughly: enough to find who does what to whom without a parser.
//! A word that may be a noun or a verb is judged by what stands before it; in headlines, by the word alone.

use super::telling::{
    ADVERBS, CONJUNCTIONS, DETERMINERS, IRREGULAR, PREPOSITIONS, PRONOUNS, RELATIVES, SUBORDINATORS,
};
use crate::geoparse::sense::classes::classes;
use crate::geoparse::tokens::{Case, Form, Text, Token};
use crate::geoparse::words::{CALENDAR, PARTICLES};

/// What a token is in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// "the", "its".
    Determiner,
    /// A noun, an adjective, a number: what noun phrases are made of.
    Noun,
    /// "'s", and the apostrophe after a plural.
    Owner,
    /// Between the parts of one word.
    Hyphen,
    /// A verb, a participle.
    Verb,
    /// "has", "was", "will".
    Auxiliary,
    /// "to".
    To,
    /// "in", "with".
    Preposition,
    /// "and".
    And,
    /// "who", "which", "that".
    Relative,
    /// "after", "while".
    Subordinator,
    /// "not", "already".
    Adverb,
    /// "they".
    Pronoun,
    /// ",".
    Comma,
    /// A quotation mark.
    Quote,
    /// A bracket, a dash, a colon, the sentence's end.
    Stop,
}

/// A text's tags, and the clauses that they tell apart.
pub(super) struct Syntax<'t, 'a> {
    pub(super) text: &'t Text<'a>,
    pub(super) tags: Vec<Tag>,
    /// For each token the number of its clause.
    clauses: Vec<u32>,
    /// Relative clauses with a verb of the main clause behind them: their first tokens, and that verb.
    enclosed: Vec<(usize, usize)>,
}

impl<'t, 'a> Syntax<'t, 'a> {
    pub(super) fn read(text: &'t Text<'a>) -> Self {
        let mut this = Self {
            text,
            tags: Vec::with_capacity(text.tokens.len()),
            clauses: Vec::new(),
            enclosed: Vec::new(),
        };
        for i in 0..text.tokens.len() {
            let tag = this.tag(i);
            this.tags.push(tag);
        }
        this.divide();
        this
    }

    /// The tag of a token; the end of a sentence beyond the text.
    pub(super) fn at(&self, token: usize) -> Tag {
        self.tags.get(token).copied().unwrap_or(Tag::Stop)
    }

    /// The first token of the sentence of a token, and one past its last.
    pub(super) fn sentence(&self, token: usize) -> (usize, usize) {
        let tokens = &self.text.tokens;
        let Some(number) = tokens.get(token).map(|token| token.sentence) else { return (token, token) };
        (
            tokens.partition_point(|token| token.sentence < number),
            tokens.partition_point(|token| token.sentence <= number),
        )
    }

    /// How many clauses begin between two tokens.
    pub(super) fn clauses_between(&self, one: usize, other: usize) -> u32 {
        let of = |token: usize| self.clauses.get(token).copied().unwrap_or(u32::MAX);
        of(one).abs_diff(of(other))
    }

    /// Where the relative clause begins that ends at a verb: "the plane that crashed was found".
    pub(super) fn enclosed_before(&self, verb: usize) -> Option<usize> {
        let at = self.enclosed.binary_search_by_key(&verb, |&(_, end)| end).ok()?;
        Some(self.enclosed[at].0)
    }

    /// Whether a token is in a relative clause and another is behind it, in the main clause.
    pub(super) fn is_enclosed(&self, token: usize, other: usize) -> bool {
        let at = self.enclosed.partition_point(|&(_, end)| end <= token);
        self.enclosed.get(at).is_some_and(|&(start, end)| start <= token && end <= other)
    }

    /// Whether a token is rather a verb than a noun where it stands.
    pub(super) fn is_verb(&self, token: usize) -> bool {
        self.at(token) == Tag::Verb
    }

    fn is_calendar(&self, i: usize) -> bool {
        self.text.tokens.get(i).is_some_and(|token| {
            token.form == Form::Number || token.is_capital() && CALENDAR.has(&token.folded)
        })
    }

    fn tag(&self, i: usize) -> Tag {
        let token = &self.text.tokens[i];
        match token.form {
            Form::Possessive => Tag::Owner,
            Form::Number => Tag::Noun,
            Form::Punct => self.mark(i),
            Form::Capital | Form::Upper | Form::Lower => self.word(i, token),
        }
    }

    fn mark(&self, i: usize) -> Tag {
        let inner = !self.text.tokens[i].space && i > 0 && self.text.tokens[i - 1].is_word();
        match self.text.str(i) {
            // "1,000", "SPLM/A"
            "," if inner_number(self.text, i) => Tag::Noun,
            "/" if inner && self.text.tokens.get(i + 1).is_some_and(|next| !next.space) => Tag::Hyphen,
            "," => Tag::Comma,
            "-" | "‐" | "‑" if inner => Tag::Hyphen,
            // "the rebels' camp"
            "'" | "’"
                if inner && self.text.folded(i - 1).ends_with('s') && self.text.case(i) == Case::Sentence =>
            {
                Tag::Owner
            }
            "\"" | "“" | "”" | "'" | "‘" | "’" | "«" | "»" => Tag::Quote,
            "&" => Tag::And,
            "$" | "€" | "£" | "%" => Tag::Noun,
            _ => Tag::Stop,
        }
    }

    fn word(&self, i: usize, token: &Token) -> Tag {
        let folded = token.folded.as_str();
        let headline = self.text.case(i) != Case::Sentence;
        let opens = token.opens || i > 0 && self.at(i - 1) == Tag::Quote;
        // "Will Smith" is nobody's verb; "US" is no pronoun.
        if token.is_capital() && !headline && !opens
            || token.form == Form::Upper && !headline && folded.len() > 1
        {
            return Tag::Noun;
        }
        if let Some(tag) = self.small(i, folded) {
            return tag;
        }
        if token.is_capital() && !headline {
            return Tag::Noun;
        }
        // "take-off", "stand-off"
        let compound = self.text.tokens.get(i + 1).is_some_and(|next| !next.space)
            && matches!(self.text.str(i + 1), "-" | "‐" | "‑");
        if !compound && self.verbal(i, folded, headline) { Tag::Verb } else { Tag::Noun }
    }

    fn small(&self, i: usize, folded: &str) -> Option<Tag> {
        let before = i.checked_sub(1).map_or(Tag::Stop, |before| self.at(before));
        // "Bashar al-Assad", "Deir ez-Zor"
        let in_name = PARTICLES.has(folded)
            && self.text.tokens.get(i + 1).is_some_and(|next| next.is_capital() || !next.space);
        Some(match folded {
            "to" => Tag::To,
            _ if in_name && self.text.tokens[i].form == Form::Lower => Tag::Noun,
            _ if classes().is_auxiliary(folded) => Tag::Auxiliary,
            _ if DETERMINERS.has(folded) => Tag::Determiner,
            // "that attack", but "said that attacks"
            "that"
                if self.text.folded(i + 1).len() > 2
                    && matches!(before, Tag::Preposition | Tag::Subordinator) =>
            {
                Tag::Determiner
            }
            _ if RELATIVES.has(folded) => Tag::Relative,
            _ if SUBORDINATORS.has(folded) => Tag::Subordinator,
            _ if PREPOSITIONS.has(folded) => Tag::Preposition,
            _ if CONJUNCTIONS.has(folded) => Tag::And,
            _ if PRONOUNS.has(folded) => Tag::Pronoun,
            _ if ADVERBS.has(folded) || folded.ends_with("ly") && folded.len() > 4 => Tag::Adverb,
            _ => return None,
        })
    }

    /// Whether a word that may be a verb is one here.
    fn verbal(&self, i: usize, folded: &str, headline: bool) -> bool {
        let mut before = i.checked_sub(1).filter(|_| !self.text.tokens[i].opens);
        while let Some(at) = before.filter(|&at| self.at(at) == Tag::Adverb) {
            before = self.text.before(at);
        }
        let tag = before.map_or(Tag::Stop, |at| self.at(at));
        let ing = folded.ends_with("ing") && folded.len() > 4;
        let ed = folded.ends_with("ed") && folded.len() > 3;
        let sure = classes().is_verb(folded) || ed || IRREGULAR.has(folded);
        let next = self.text.tokens.get(i + 1).map(|next| (next.folded.as_str(), next.is_capital()));
        let object = next.is_some_and(|(word, capital)| {
            DETERMINERS.has(word) || capital && !headline || PRONOUNS.has(word)
        });
        // "…, sending troops"
        let gerund = ing && (object || !classes().is_noun(folded));
        let plural = before.is_some_and(|at| self.text.folded(at).ends_with('s'));
        match tag {
            Tag::Determiner | Tag::Owner => false,
            // "their troops have", "Russian-backed rebels"
            Tag::Hyphen => false,
            Tag::To => classes().may_be_verb(folded) || !classes().is_noun(folded),
            // "had killed", "will meet", "was in talks" is a preposition's case
            Tag::Auxiliary => ing || sure || classes().may_be_verb(folded) && !classes().is_adjective(folded),
            Tag::Pronoun | Tag::Relative => sure || ing || classes().may_be_verb(folded),
            // "by killing nine", "in fighting"
            Tag::Preposition => ing && object,
            Tag::Subordinator => ing || sure,
            Tag::And => sure || object && classes().may_be_verb(folded),
            Tag::Noun if headline => classes().may_be_verb(folded) && (sure || folded.ends_with('s') && !ing),
            Tag::Noun => {
                // "the Port Said resort on": what agrees with no subject is no verb.
                let bare = !(ed || ing || folded.ends_with('s') || IRREGULAR.has(folded));
                let several =
                    plural || (i.saturating_sub(4)..i).any(|at| matches!(self.at(at), Tag::And | Tag::Comma));
                if bare && !several && !object {
                    return false;
                }
                // "raids hit a depot", "Iran bombs the harbour"
                let agrees = folded.ends_with('s') != plural;
                sure || ing && object || object && classes().may_be_verb(folded) && agrees
            }
            Tag::Comma | Tag::Quote | Tag::Stop => sure || gerund,
            Tag::Verb | Tag::Adverb => ed && !object || ing && object,
        }
    }

    /// Numbers the clauses.
    fn divide(&mut self) {
        let mut clause = 0u32;
        // Where a relative clause began, and its verbs so far: the second is the main clause's again.
        let mut relative: Option<(usize, u32)> = None;
        self.clauses = Vec::with_capacity(self.tags.len());
        for i in 0..self.tags.len() {
            let before = i.checked_sub(1).map_or(Tag::Stop, |before| self.at(before));
            let opens = match self.tags[i] {
                _ if self.text.tokens[i].opens => true,
                Tag::Relative => true,
                // "since 2011", "until the 1970s"
                Tag::Subordinator => !(i + 1..i + 3).any(|next| self.is_calendar(next)),
                Tag::Stop => !matches!(self.text.str(i), "."),
                // "…, killing nine", "… and left the city"
                Tag::Verb => matches!(before, Tag::Comma | Tag::And),
                Tag::Auxiliary => before == Tag::And,
                _ => false,
            };
            let verb = matches!(self.tags[i], Tag::Verb | Tag::Auxiliary)
                && !matches!(
                    before,
                    Tag::Verb | Tag::Auxiliary | Tag::Adverb | Tag::To | Tag::Preposition | Tag::Hyphen
                );
            let returns = verb && !opens && relative.is_some_and(|(_, verbs)| verbs > 0);
            if let Some((start, _)) = relative.filter(|_| returns) {
                self.enclosed.push((start, i));
            }
            relative = match (self.tags[i], relative) {
                (Tag::Relative, _) => Some((i, 0)),
                // "that crashed after take-off was found"
                (Tag::Subordinator, within) => within,
                (_, Some(_)) if opens || returns => None,
                (_, within) => within.map(|(start, verbs)| (start, verbs + u32::from(verb))),
            };
            clause += u32::from(opens || returns);
            self.clauses.push(clause);
        }
    }
}

fn inner_number(text: &Text<'_>, i: usize) -> bool {
    let number = |i: usize| text.tokens.get(i).is_some_and(|token| token.form == Form::Number);
    i > 0 && number(i - 1) && number(i + 1) && !text.tokens[i].space && !text.tokens[i + 1].space
}
