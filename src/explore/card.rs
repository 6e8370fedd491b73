//! What a list shows of an article, kept apart from its text.
//! It is small: a million of them are kept at hand.

use crate::model::{Article, Days, PartialDate};

/// An article as a list shows it.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Card {
    /// Its title, or its first words.
    pub heading: String,
    /// Which of [`Collection::sources`](super::Collection::sources) it is from; the first is none at all.
    pub source: u32,
    /// Its date as it is printed.
    pub date: Option<PartialDate>,
    /// The days it may be from, where the year is known.
    pub days: Option<Days>,
    /// Whether it was left out of the collection: it keeps its number, and is shown nowhere.
    pub removed: bool,
    /// Whether its mentions were read with it.
    pub as_read: bool,
}

impl Card {
    pub(super) fn of(article: &Article, source: u32) -> Card {
        Card {
            heading: article.heading().to_owned(),
            source,
            date: article.date,
            days: article.date.and_then(Days::of),
            removed: false,
            as_read: false,
        }
    }
}
