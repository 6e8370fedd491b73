//! What is asked of events, where they are what is shown.
//! It knows types, sub-types and actors by the words that files have for them, so that it means the same in every
//! collection and can be kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::model::{EventClass, EventType, Polarity};

/// What lists, map and timeline show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Subject {
    /// Where articles mention places.
    #[default]
    Mentions,
    /// What happened there.
    Events,
}

/// A set of polarities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "Vec<Polarity>", into = "Vec<Polarity>")]
pub struct PolaritySet(u8);

impl PolaritySet {
    /// What happened and what is to happen: what is shown unless someone asks for more.
    pub const DEFAULT: PolaritySet =
        PolaritySet(Self::bit(Polarity::Happened) | Self::bit(Polarity::Planned));
    /// Every polarity.
    pub const ALL: PolaritySet = PolaritySet(0b11111);

    const fn bit(polarity: Polarity) -> u8 {
        1 << polarity as u8
    }

    /// Whether the polarity is in the set.
    pub const fn contains(self, polarity: Polarity) -> bool {
        self.0 & Self::bit(polarity) != 0
    }

    /// The set with the polarity put in, or taken out where it was in.
    #[must_use]
    pub const fn toggled(self, polarity: Polarity) -> PolaritySet {
        PolaritySet(self.0 ^ Self::bit(polarity))
    }
}

impl Default for PolaritySet {
    fn default() -> Self {
        Self::DEFAULT
    }
}

impl From<Vec<Polarity>> for PolaritySet {
    fn from(polarities: Vec<Polarity>) -> Self {
        polarities.into_iter().fold(Self(0), |set, polarity| Self(set.0 | Self::bit(polarity)))
    }
}

impl From<PolaritySet> for Vec<Polarity> {
    fn from(set: PolaritySet) -> Self {
        Polarity::ALL.into_iter().filter(|&polarity| set.contains(polarity)).collect()
    }
}

/// What becomes of events that are told to explain the news.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Background {
    /// They are shown with the news.
    #[default]
    Shown,
    /// They alone are shown.
    Only,
    /// The news alone is shown.
    Hidden,
}

/// How the list of events is ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum EventOrder {
    /// By the day on which they happened, the latest first.
    #[default]
    Newest,
    /// By that day, the earliest first.
    Oldest,
    /// By the name of the place, those of one by day.
    Place,
    /// By type, in the order of [`EventType::ALL`], those of one by day.
    Type,
    /// By how likely the words tell an event.
    Score,
}

/// What is asked of events. A choice of several is met by any of them; different choices are all to be met.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct EventFilter {
    /// Only these types, where any is chosen.
    pub types: BTreeSet<EventType>,
    /// Only these sub-types, where any is chosen; the empty one is none.
    pub subtypes: BTreeSet<String>,
    /// What the text says of their having happened.
    pub polarities: PolaritySet,
    /// What becomes of background.
    pub background: Background,
    /// Only events in which one of these takes part, where any is chosen: folded names.
    pub actors: BTreeSet<String>,
    /// Only events in which somebody of one of these countries (ISO 3166-1 alpha-2) takes part, where any is chosen.
    pub nations: BTreeSet<String>,
    /// Whether an event that several articles report counts once, which leaves nothing out.
    pub once: bool,
}

impl EventFilter {
    /// Nothing left out, counted the same way.
    #[must_use]
    pub fn cleared(&self) -> EventFilter {
        EventFilter { once: self.once, ..EventFilter::default() }
    }

    /// With all types of a class put into the choice of types, or taken out where they all were in.
    ///
    /// ```
    /// use dateline::explore::EventFilter;
    /// use dateline::model::{EventClass, EventType};
    /// let violence = EventFilter::default().with_class_toggled(EventClass::Violence);
    /// assert!(violence.types.contains(&EventType::Assault) && violence.has_class(EventClass::Violence));
    /// assert!(violence.with_class_toggled(EventClass::Violence).types.is_empty());
    /// ```
    #[must_use]
    pub fn with_class_toggled(&self, class: EventClass) -> EventFilter {
        let mut filter = self.clone();
        let all = self.has_class(class);
        for kind in of_class(class) {
            if all {
                filter.types.remove(&kind);
            } else {
                filter.types.insert(kind);
            }
        }
        filter
    }

    /// Whether all types of a class are chosen.
    pub fn has_class(&self, class: EventClass) -> bool {
        of_class(class).all(|kind| self.types.contains(&kind))
    }
}

fn of_class(class: EventClass) -> impl Iterator<Item = EventType> {
    EventType::ALL.into_iter().filter(move |kind| kind.class() == class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn polarities_toggle_and_come_back_from_their_text() {
        let set = PolaritySet::default();
        assert!(set.contains(Polarity::Happened) && set.contains(Polarity::Planned));
        assert!(!set.contains(Polarity::Denied) && set.toggled(Polarity::Denied).contains(Polarity::Denied));
        let all = Polarity::ALL.into_iter().filter(|&polarity| !set.contains(polarity));
        assert_eq!(all.fold(set, PolaritySet::toggled), PolaritySet::ALL);
        let text = serde_json::to_string(&set).unwrap();
        assert_eq!(text, r#"["happened","planned"]"#);
        assert_eq!(serde_json::from_str::<PolaritySet>(&text).unwrap(), set);
    }
}
