//! A name and the words of an event: how far apart they stand, and what lies between.

use std::ops::Range;

use super::lists::CLAUSES;
use super::site::Site;
use super::words::Words;
use crate::geoparse::tokens::Form;

/// The tokens of an event's words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trigger {
    pub(super) first: usize,
    pub(super) end: usize,
}

impl Trigger {
    pub(super) fn has(self, token: Option<usize>) -> bool {
        token.is_some_and(|token| (self.first..self.end).contains(&token))
    }
}

/// A name and a trigger.
#[derive(Debug)]
pub(super) struct Pair {
    /// Whether the name stands after the trigger, or is a part of it.
    pub(super) after: bool,
    pub(super) inside: bool,
    /// The tokens between them.
    pub(super) between: Range<usize>,
    /// How many of those are commas, ends of sentences, quotation marks and brackets, verbs, openers of clauses.
    pub(super) commas: usize,
    pub(super) stops: usize,
    pub(super) quotes: usize,
    pub(super) verbs: usize,
    pub(super) links: usize,
    pub(super) prepositions: Vec<usize>,
    /// The first and the last verb between them, auxiliaries not counted.
    pub(super) first_verb: Option<usize>,
    pub(super) last_verb: Option<usize>,
    /// How many other names lie between them, and how many of those are meant as places.
    pub(super) named: usize,
    pub(super) literal: usize,
    /// How many names stand on the same side of the trigger, and how many are nearer to it.
    pub(super) same_side: usize,
    pub(super) nearer: usize,
    /// How many sentences further down the name stands.
    pub(super) apart: isize,
}

impl Pair {
    /// A site and a trigger among the rivals that may be the event's place.
    pub(super) fn new(words: &Words<'_>, site: &Site<'_>, trigger: Trigger, rivals: &[&Site<'_>]) -> Self {
        let text = words.text;
        let after = site.first >= trigger.end;
        let inside = !after && site.end > trigger.first;
        let (from, to) = if after { (trigger.end, site.first) } else { (site.end, trigger.first) };
        let between = from..to.max(from);
        let count = |holds: &dyn Fn(usize) -> bool| between.clone().filter(|&i| holds(i)).count();
        let mut verbs = between.clone().filter(|&i| words.verbs[i] && !words.auxiliaries[i]);
        let first_verb = verbs.next();
        let others = || rivals.iter().filter(|s| s.end <= site.first || s.first >= site.end);
        let among = |s: &&&Site<'_>| s.first >= between.start && s.end <= between.end;
        let sentence = |token: usize| text.tokens[token].sentence as isize;
        Self {
            after,
            inside,
            commas: count(&|i| text.str(i) == ","),
            stops: count(&|i| matches!(text.str(i), "." | "!" | "?" | ";" | ":")),
            quotes: count(&|i| matches!(text.str(i), "\"" | "“" | "”" | "(" | ")")),
            verbs: count(&|i| words.verbs[i]),
            links: count(&|i| text.tokens[i].form == Form::Lower && CLAUSES.has(text.folded(i))),
            prepositions: between.clone().filter(|&i| words.prepositions[i]).collect(),
            last_verb: verbs.next_back().or(first_verb),
            first_verb,
            named: others().filter(among).count(),
            literal: others().filter(among).filter(|s| s.literal()).count(),
            same_side: others().filter(|s| (s.first >= trigger.end) == after).count(),
            nearer: others().filter(|s| gap(s, trigger) < gap(site, trigger)).count(),
            apart: sentence(site.first) - sentence(trigger.first),
            between,
        }
    }

    /// Before, after, or within.
    pub(super) fn side(&self) -> u64 {
        if self.inside { 2 } else { u64::from(self.after) }
    }

    /// The distance in steps that grow.
    pub(super) fn near(&self) -> u64 {
        match self.between.len() {
            near @ 0..=6 => near as u64,
            7..=9 => 7,
            10..=14 => 8,
            15..=25 => 9,
            26..=50 => 10,
            _ => 11,
        }
    }
}

/// How many tokens lie between a site and a trigger.
fn gap(site: &Site<'_>, trigger: Trigger) -> usize {
    if site.first >= trigger.end { site.first - trigger.end } else { trigger.first.saturating_sub(site.end) }
}
