//! The noun phrases of a sentence, from either end, and whether somebody can be meant by them.
//! A phrase has no article before it and no relative clause behind it, and eight words at most.

use super::super::syntax::{Syntax, Tag};
use super::super::telling::{ACTING_BODIES, REPORTING};
use super::super::when::{Place, place};
use super::nominal;
use crate::geoparse::sense::classes::classes;
use crate::geoparse::tokens::{Case, Form};
use crate::geoparse::words::{CALENDAR, FOLLOWERS, TITLES};
use crate::model::{EventClass, EventType, Geoparsed, Kind, Sense, Span};

/// Words in a phrase.
const LONGEST: usize = 8;

/// The phrases of the sentence of a trigger.
pub(super) struct Phrases<'r, 't, 'a> {
    pub(super) syntax: &'r Syntax<'t, 'a>,
    geoparsed: &'r Geoparsed,
    /// The sentence.
    pub(super) first: usize,
    pub(super) end: usize,
    /// The dates in it.
    dates: Vec<Place>,
    /// Whether the event is of violence, or an accident or a disaster.
    violent: bool,
}

impl<'r, 't, 'a> Phrases<'r, 't, 'a> {
    pub(super) fn new(
        syntax: &'r Syntax<'t, 'a>,
        geoparsed: &'r Geoparsed,
        trigger: Place,
        kind: EventType,
    ) -> Self {
        let violent = matches!(kind.class(), EventClass::Violence | EventClass::Misfortune);
        let (first, end) = syntax.sentence(trigger.first);
        let byte = |token: usize| syntax.text.tokens.get(token).map_or(usize::MAX, |token| token.span.start);
        let from = geoparsed.dates.partition_point(|date| date.span.start < byte(first));
        let here = geoparsed.dates[from..].iter().take_while(|date| date.span.start < byte(end));
        let dates = here.map(|date| place(syntax, date.span)).collect();
        Self { syntax, geoparsed, first, end, dates, violent }
    }

    /// The tag of a token of the sentence; its end outside.
    pub(super) fn at(&self, token: usize) -> Tag {
        if (self.first..self.end).contains(&token) { self.syntax.at(token) } else { Tag::Stop }
    }

    pub(super) fn folded(&self, token: usize) -> &str {
        if (self.first..self.end).contains(&token) { self.syntax.text.folded(token) } else { "" }
    }

    /// The bytes of a phrase.
    pub(super) fn span(&self, phrase: Place) -> Span {
        let tokens = &self.syntax.text.tokens;
        let of = |i: usize| tokens.get(i).map_or(Span::new(0, 0), |token| token.span);
        Span::new(of(phrase.first).start, of(phrase.end.saturating_sub(1)).end)
    }

    /// Whether a token is of a date.
    pub(super) fn is_date(&self, token: usize) -> bool {
        self.dates.iter().any(|date| (date.first..date.end).contains(&token))
            || CALENDAR.has(self.folded(token)) && self.syntax.text.tokens[token].is_capital()
    }

    /// The token before that is no adverb, no quotation mark, and not of a date with its preposition.
    pub(super) fn back(&self, token: usize) -> Option<usize> {
        let mut at = token.checked_sub(1).filter(|&at| at >= self.first)?;
        loop {
            // "the Workers' Union (SSS) stopped"
            if self.at(at) == Tag::Stop && self.syntax.text.str(at) == ")" {
                let open = (self.first..at).rev().take(6).find(|&i| self.syntax.text.str(i) == "(")?;
                at = open.checked_sub(1).filter(|&at| at >= self.first)?;
            }
            let date = self.is_date(at);
            let skipped = matches!(self.at(at), Tag::Adverb | Tag::Quote) || date;
            if !skipped {
                return Some(at);
            }
            let before = at.checked_sub(1).filter(|&before| before >= self.first)?;
            let on = date && self.at(before) == Tag::Preposition && !self.is_date(before);
            at = if on { before.checked_sub(1).filter(|&at| at >= self.first)? } else { before };
        }
    }

    /// The same onwards.
    pub(super) fn on(&self, token: usize) -> Option<usize> {
        let mut at = token + 1;
        while at < self.end {
            let date = |at: usize| at < self.end && self.is_date(at);
            let dated = self.at(at) == Tag::Preposition && date(at + 1);
            if !(matches!(self.at(at), Tag::Adverb | Tag::Quote) || date(at) || dated) {
                return Some(at);
            }
            at += 1;
        }
        None
    }

    /// The phrase that ends at a token.
    pub(super) fn ending(&self, last: usize) -> Option<Place> {
        let mut first = last + 1;
        while first > self.first && nominal(self.at(first - 1)) && !self.is_date(first - 1) {
            first -= 1;
        }
        self.trimmed(Place { first, end: last + 1 })
    }

    /// The phrase that begins at a token, its articles skipped.
    pub(super) fn starting(&self, from: usize) -> Option<Place> {
        let mut first = from;
        // "thousands of refugees"
        if self.at(from) == Tag::Determiner && self.folded(from + 1) == "of" {
            first += 2;
        }
        while matches!(self.at(first), Tag::Determiner | Tag::Adverb | Tag::Quote)
            || self.at(first) == Tag::Preposition && matches!(self.folded(first), "about" | "around" | "over")
        {
            first += 1;
        }
        let mut end = first;
        while nominal(self.at(end)) && !self.is_date(end) {
            end += 1;
        }
        // "the country's south" goes on behind its article; "Egypt's the …" does not occur.
        self.trimmed(Place { first, end })
    }

    fn trimmed(&self, mut phrase: Place) -> Option<Place> {
        let loose = |i: usize| matches!(self.at(i), Tag::Owner | Tag::Hyphen);
        while phrase.first < phrase.end && loose(phrase.first) {
            phrase.first += 1;
        }
        while phrase.first < phrase.end && loose(phrase.end - 1) {
            phrase.end -= 1;
        }
        let words = |phrase: Place| (phrase.first..phrase.end).filter(|&i| !loose(i)).count();
        while words(phrase) > LONGEST {
            phrase.first += 1;
        }
        while phrase.first < phrase.end && loose(phrase.first) {
            phrase.first += 1;
        }
        (phrase.first < phrase.end).then_some(phrase)
    }

    /// Whether somebody can be meant: a name, people, a body that acts. "The Syrian conflict" is nobody.
    pub(super) fn is_somebody(&self, phrase: Place) -> bool {
        let text = self.syntax.text;
        let known = classes();
        let acts = |folded: &str| {
            TITLES.has(folded)
                || FOLLOWERS.has(folded)
                || ACTING_BODIES.has(folded)
                || known.is_somebody(folded)
        };
        let head = &text.tokens[phrase.end - 1];
        if acts(&head.folded) {
            return true;
        }
        if head.form == Form::Lower && !known.is_unknown(&head.folded) && !known.is_adjective(&head.folded) {
            return false;
        }
        let span = self.span(phrase);
        let from = self.geoparsed.mentions.partition_point(|mention| mention.span.end <= span.start);
        let mentioned =
            self.geoparsed.mentions.get(from).is_some_and(|mention| mention.span.start < span.end);
        let named = (phrase.first..phrase.end).any(|i| {
            let token = &text.tokens[i];
            // "Lavrov also met": no word that opens a sentence but a name.
            let telling = !token.opens && text.case(i) == Case::Sentence;
            let name = token.is_capital() && (telling || known.is_unknown(&token.folded));
            name || TITLES.has(&token.folded) || FOLLOWERS.has(&token.folded)
        });
        mentioned || named
    }

    /// Whether a deed can be done to what is meant: to somebody, and where it is a violent one to a building.
    pub(super) fn is_struck(&self, phrase: Place) -> bool {
        self.is_somebody(phrase) || self.violent && classes().is_thing(self.folded(phrase.end - 1))
    }

    /// Whose it is, of a phrase that somebody owns: "Russia's role".
    pub(super) fn owner(&self, phrase: Place) -> Option<Place> {
        let mark = (phrase.first..phrase.end).rev().find(|&i| self.at(i) == Tag::Owner)?;
        let owner = self.trimmed(Place { first: phrase.first, end: mark })?;
        self.is_somebody(owner).then_some(owner)
    }

    /// Whether a phrase is nothing but a place where something is.
    pub(super) fn is_place(&self, phrase: Place) -> bool {
        let span = self.span(phrase);
        let from = self.geoparsed.mentions.partition_point(|mention| mention.span.end <= span.start);
        self.geoparsed.mentions.get(from).is_some_and(|mention| {
            mention.span.end >= span.end && mention.kind == Kind::Name && mention.sense == Sense::Literal
        })
    }

    /// Whether a token is of a people, or of a place that stands for its government.
    pub(super) fn is_people(&self, token: usize) -> bool {
        let span = self.span(Place { first: token, end: token + 1 });
        let from = self.geoparsed.mentions.partition_point(|mention| mention.span.end <= span.start);
        self.geoparsed.mentions.get(from).is_some_and(|mention| {
            mention.span.start < span.end
                && (mention.kind == Kind::Demonym || mention.sense == Sense::Associative)
        })
    }

    /// All phrases of a row that ends with one: "Jordan and Britain".
    pub(super) fn row_before(&self, last: Place) -> Vec<Place> {
        let mut row = vec![last];
        let mut joined = false;
        while row.len() < 5 {
            let Some(mut joint) = row[row.len() - 1].first.checked_sub(1) else { break };
            while joint > self.first && self.at(joint) == Tag::Determiner {
                joint -= 1;
            }
            let and = self.at(joint) == Tag::And;
            // "Putin, Sisi agree" heads an article.
            let comma = self.at(joint) == Tag::Comma && (joined || self.first == 0);
            if !(and || comma) || joint <= self.first {
                break;
            }
            joined = true;
            let before = if self.at(joint - 1) == Tag::Comma { joint - 1 } else { joint };
            let Some(phrase) = before.checked_sub(1).and_then(|at| self.ending(at)) else { break };
            if !self.is_somebody(phrase) {
                break;
            }
            row.push(phrase);
        }
        row.reverse();
        row
    }

    /// All phrases of a row that begins with one: "Iran, Libya and Cuba". Of the sides of something, all are meant,
    /// whatever follows: "talks between Chad and Sudan failed".
    pub(super) fn row_after(&self, first: Place, sides: bool) -> Vec<Place> {
        let mut row = vec![first];
        while row.len() < 8 {
            let joint = row[row.len() - 1].end;
            let comma = self.at(joint) == Tag::Comma;
            let and = self.at(joint + usize::from(comma)) == Tag::And;
            if !(comma || and) {
                break;
            }
            let from = joint + usize::from(comma) + usize::from(and);
            let Some(phrase) = self.starting(from) else { break };
            // "Russia's foreign and defense ministers"
            let last = row.len() - 1;
            let adjective = row[last].end - 1;
            if and && classes().is_adjective(self.folded(adjective)) && !self.is_people(adjective) {
                row[last].end = phrase.end;
                break;
            }
            let next = self.at(phrase.end);
            // "met the king and the queen left": what has a verb of its own is no part of the row. A comma alone
            // goes on only to names with an "and" to come.
            let own = !sides && matches!(next, Tag::Verb | Tag::Auxiliary);
            let goes_on = and || sides || matches!(next, Tag::Comma | Tag::And);
            if own || !goes_on || !self.is_somebody(phrase) {
                break;
            }
            row.push(phrase);
        }
        row
    }

    /// The phrase and what its "of" leads to, when that makes it long enough to be known: "the head of the army".
    pub(super) fn with_of(&self, head: Place) -> Place {
        let next = self.folded(head.end + 1);
        // "accused the West of abetting"
        let deed = next.ends_with("ing") && !classes().is_noun(next);
        if self.folded(head.end) != "of" || deed {
            return head;
        }
        let whole = self.starting(head.end + 1).map(|of| Place { first: head.first, end: of.end });
        whole.filter(|whole| whole.end - whole.first <= LONGEST).unwrap_or(head)
    }

    /// The verb of a report that a clause depends on: "he said that they …".
    pub(super) fn report_before(&self, token: usize) -> Option<usize> {
        (self.first..token).rev().find(|&i| self.at(i) == Tag::Verb && REPORTING.has(self.folded(i)))
    }
}
