//! The one selection that every pane shares.
//! It remembers the pane it came from: only the others move.

use super::{Collection, EventRef, MentionRef};

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
