//! What lists, map, timeline and filter need of every event, in a few bytes, as a [`Glance`](super::Glance) is of a
//! mention. An event stands at each of its places: one that happened at two has two happenings, one after the other.

use serde::{Deserialize, Serialize};

use crate::model::{Days, Event, EventType, Geoparsed, Part, Polarity};

use super::EventRef;

/// Of a number that is not there.
const NONE: u32 = u32::MAX;

/// An event at one of its places, or at none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Happening {
    event: u32,
    place: u32,
    mention: u32,
    /// The last day comes before the first where it has no date.
    days: Days,
    /// Where its actors begin among those of its article.
    pub(super) actors: u32,
    pub(super) actor_count: u8,
    score: u8,
    /// Which of [`Collection::subtypes`](super::Collection::subtypes); the first is none.
    pub(super) subtype: u16,
    /// What sort of event.
    pub kind: EventType,
    /// Whether the text says that it happened.
    pub polarity: Polarity,
    /// Whether it is told to explain the news.
    pub background: bool,
}

impl Happening {
    /// What there is to see of an event, by its number, at no place yet.
    pub(super) fn of(geoparsed: &Geoparsed, number: usize, event: &Event) -> Happening {
        Happening {
            event: number as u32,
            place: NONE,
            mention: NONE,
            days: geoparsed.days_of(event).unwrap_or(Days { first: 0, last: -1 }),
            actors: 0,
            actor_count: 0,
            score: (event.score.clamp(0.0, 1.0) * 255.0).round() as u8,
            subtype: 0,
            kind: event.kind,
            polarity: event.polarity,
            background: event.background,
        }
    }

    /// The same event at the place that one of its mentions has, both by number, or at none.
    pub(super) fn at(self, place: Option<u32>, mention: Option<u32>) -> Happening {
        Happening { place: place.unwrap_or(NONE), mention: mention.unwrap_or(NONE), ..self }
    }

    /// Its number among the events of its article.
    pub fn event(&self) -> usize {
        self.event as usize
    }

    /// The event, in this article.
    pub fn of_article(&self, article: usize) -> EventRef {
        EventRef { article, event: self.event() }
    }

    /// Key of its place, where it has one.
    pub fn place(&self) -> Option<u32> {
        (self.place != NONE).then_some(self.place)
    }

    pub(super) fn set_place(&mut self, key: Option<u32>) {
        self.place = key.unwrap_or(NONE);
    }

    /// The mention that says where, by its number in the article.
    pub fn mention(&self) -> Option<usize> {
        (self.mention != NONE).then_some(self.mention as usize)
    }

    /// The days on which it may have happened, where the year is known.
    pub fn days(&self) -> Option<Days> {
        (self.days.first <= self.days.last).then_some(self.days)
    }

    /// How likely the words tell an event of its type, 0 to 1.
    pub fn score(&self) -> f32 {
        f32::from(self.score) / 255.0
    }

    /// The same as a number that sorts.
    pub(super) fn rank(&self) -> u8 {
        self.score
    }
}

/// Somebody who takes part in events, by the name that texts call them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The name as it was first met, without titles.
    pub name: String,
    /// The same, folded: what a filter knows them by.
    pub folded: String,
}

/// Somebody's part in an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taking {
    /// Which of [`Collection::actors`](super::Collection::actors).
    pub who: u32,
    /// Which of [`Collection::nations`](super::Collection::nations) they are of; the first is none.
    pub nation: u16,
    /// What they do in it.
    pub part: Part,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_at_a_glance_is_small() {
        assert_eq!((size_of::<Happening>(), size_of::<Taking>()), (32, 8));
    }
}
