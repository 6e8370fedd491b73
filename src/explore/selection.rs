//! The one selection that every pane shares.
//! It remembers the pane it came from: only the others move.

use super::{Collection, EventRef, MentionRef};
use crate::model::Span;

/// What is selected.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Selection {
    /// Nothing.
    #[default]
    None,
    /// An article.
    Article(usize),
    /// A mention; next and previous walk its article.
    Mention(MentionRef),
    /// A place, and the one of its mentions that the reader shows; next and previous walk the
    /// place's mentions through all articles.
    Place {
        /// The place.
        place: u32,
        /// The mention shown.
        at: MentionRef,
    },
    /// An event, and at which of its places.
    Event {
        /// The event.
        at: EventRef,
        /// Key of the place; `None` where it has none.
        place: Option<u32>,
        /// What next and previous walk.
        among: Among,
    },
}

/// Among which events next and previous go on from one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Among {
    /// Those of its article, in text order.
    #[default]
    Article,
    /// Those at its place, through all articles.
    Place,
    /// All that are shown, as they are ordered.
    List,
}

impl Selection {
    /// The article that the reader shows.
    pub fn article(self) -> Option<usize> {
        match self {
            Self::None => None,
            Self::Article(article) => Some(article),
            Self::Mention(at) | Self::Place { at, .. } => Some(at.article),
            Self::Event { at, .. } => Some(at.article),
        }
    }

    /// The event that the reader highlights.
    pub fn event(self) -> Option<EventRef> {
        match self {
            Self::Event { at, .. } => Some(at),
            _ => None,
        }
    }

    /// The mention that the reader highlights.
    pub fn mention(self) -> Option<MentionRef> {
        match self {
            Self::None | Self::Article(_) | Self::Event { .. } => None,
            Self::Mention(at) | Self::Place { at, .. } => Some(at),
        }
    }

    /// The words by which its mention is known again when the article's mentions have other numbers
    /// ([`Glance::key`](super::Glance::key)).
    pub fn words(self, collection: &Collection) -> Option<Span> {
        collection.glance(self.mention()?).map(super::Glance::key)
    }

    /// What it is now that its article may have changed: the same words, or else their article; of a mention that is
    /// at another place by now, that place; nothing where the article was left out.
    pub fn now(self, collection: &Collection, words: Option<Span>) -> Selection {
        let at = |was: MentionRef| {
            let (glances, words) = (collection.glances(was.article), words?);
            let same = |number: &usize| glances.get(*number).is_some_and(|glance| glance.key() == words);
            let mention = Some(was.mention).filter(same).or_else(|| (0..glances.len()).find(same))?;
            Some(MentionRef { article: was.article, mention })
        };
        let card = self.article().and_then(|article| collection.card(article));
        match self {
            _ if card.is_some_and(|card| card.removed) => Self::None,
            Self::None | Self::Article(_) => self,
            Self::Mention(was) => at(was).map_or(Self::Article(was.article), Self::Mention),
            Self::Place { at: was, .. } => match at(was) {
                Some(at) => {
                    collection.place_of(at).map_or(Self::Mention(at), |place| Self::Place { place, at })
                }
                None => Self::Article(was.article),
            },
            Self::Event { at, place, among } => {
                let here = collection.happenings_of(at);
                match here.iter().find(|happening| happening.place() == place).or(here.first()) {
                    Some(happening) => Self::Event { at, place: happening.place(), among },
                    None => Self::Article(at.article),
                }
            }
        }
    }

    /// The place that the map rings.
    pub fn place(self, collection: &Collection) -> Option<u32> {
        match self {
            Self::None | Self::Article(_) => None,
            Self::Mention(at) => collection.place_of(at),
            Self::Place { place, .. } => Some(place),
            Self::Event { place, .. } => place,
        }
    }
}

/// Where a selection was made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// A key or a menu: every pane moves.
    #[default]
    None,
    /// The map.
    Map,
    /// The lists of places and articles.
    Lists,
    /// The article's text.
    Reader,
    /// The candidates of a mention.
    Inspector,
}

/// A selection with its origin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selected {
    /// What is selected.
    pub what: Selection,
    /// The pane where it was made.
    pub from: Pane,
    /// Grows with every selection made, so that a pane knows which it has already followed.
    pub serial: u64,
}

impl Selected {
    /// Selects something.
    pub fn set(&mut self, what: Selection, from: Pane) {
        *self = Selected { what, from, serial: self.serial + 1 };
    }
}

/// What is selected, in words that stay the same when mentions get other numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Anchor {
    what: Selection,
    words: Option<Span>,
    /// The collection's revision that it is of.
    revision: u64,
}

impl Anchor {
    /// What is selected now, where this was before.
    pub fn follow(&mut self, collection: &Collection, what: Selection) -> Selection {
        if (what, collection.revision()) == (self.what, self.revision) {
            return what;
        }
        let what = if what == self.what { what.now(collection, self.words) } else { what };
        *self = Anchor { what, words: what.words(collection), revision: collection.revision() };
        what
    }
}
