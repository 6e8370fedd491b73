//! An event in the making: what an item of the table found, and what the words around have made of it.

use super::line::Line;
use super::matching::Match;
use super::polarity::Sight;
use super::table::{Part, Tells};
use super::words::TRAILING;
use crate::model::{EventType, Polarity};

/// An event in the making.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    /// First and last token of the trigger.
    pub(super) first: usize,
    pub(super) last: usize,
    /// The verb, or the noun's first word.
    pub(super) head: usize,
    pub(super) noun: bool,
    /// Whether it tells what came of a blow or a mishap.
    pub(super) outcome: bool,
    /// Whether the item is a verb of every day.
    pub(super) common: bool,
    /// How many words its item has.
    pub(super) words: usize,
    pub(super) kind: EventType,
    pub(super) subtype: Option<&'static str>,
    pub(super) polarity: Polarity,
    pub(super) sight: Sight,
    pub(super) score: f32,
}

/// More words than these between its parts, and a trigger is its first part alone.
const SPREAD: usize = 4;

impl Draft {
    pub(super) fn new(line: &Line<'_>, found: &Match, kind: EventType, sight: Sight) -> Self {
        let (first, last) = (found.first(), found.last());
        let spread = last - first > SPREAD;
        let (first, mut last) = if spread { (found.head, found.head) } else { (first, last) };
        while last > found.head && TRAILING.has(line.word(last)) {
            last = line.before(last).unwrap_or(found.head);
        }
        let (kind, subtype) = match found.detail.map(|item| (item.tells, item.subtype)) {
            Some((Tells::Event(kind), subtype)) => (kind, subtype),
            _ => (kind, found.item.subtype),
        };
        Self {
            first,
            last,
            head: found.head,
            noun: found.item.part == Part::Noun,
            outcome: matches!(subtype, Some("killing" | "wounding")),
            common: found.item.common,
            words: found.item.words(),
            kind,
            subtype,
            polarity: sight.polarity,
            sight,
            score: found.item.score,
        }
    }

    /// An event that a single word tells.
    pub(super) fn at(token: usize, kind: EventType, score: f32, sight: Sight) -> Self {
        let (first, last, head) = (token, token, token);
        let (noun, outcome, common, words, subtype) = (false, false, false, 1, None);
        Self {
            first,
            last,
            head,
            noun,
            outcome,
            common,
            words,
            kind,
            subtype,
            polarity: Polarity::Happened,
            sight,
            score,
        }
    }

    pub(super) fn become_(&mut self, kind: EventType, subtype: Option<&'static str>) {
        self.kind = kind;
        self.subtype = subtype.or(self.subtype);
    }
}
