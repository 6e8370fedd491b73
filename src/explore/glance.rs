//! What lists, map and filter need of every mention, in a few bytes: a filter looks at a million of them.
//! The rest of a mention stays with its article, which is opened one at a time.

use crate::model::{Geoparsed, Kind, Mention, Role, Sense};

use super::quote;

/// How sure it is where a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It has a place that is more likely than not.
    Placed,
    /// It has a place that is not.
    Uncertain,
    /// It has none.
    Unresolved,
}

impl Status {
    /// Every status, in the order that menus show.
    pub const ALL: [Status; 3] = [Status::Placed, Status::Uncertain, Status::Unresolved];

    /// Below this score a place is called uncertain.
    pub const UNCERTAIN: f32 = 0.5;

    /// The status of a mention.
    pub fn of(mention: &Mention) -> Status {
        match mention.chosen() {
            None => Status::Unresolved,
            Some(chosen) if chosen.score < Self::UNCERTAIN => Status::Uncertain,
            Some(_) => Status::Placed,
        }
    }
}

/// A mention at a glance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glance {
    /// Key of its place, where it has one.
    pub place: Option<u32>,
    /// What sort of words.
    pub kind: Kind,
    /// Literal or associative.
    pub sense: Sense,
    /// What it does in the article.
    pub role: Role,
    /// How sure its place is.
    pub status: Status,
    /// How well it speaks for its place; see [`sentence`](super::sentence).
    pub(super) worth: i16,
    /// Of the first mention of its place in an article: one more than the number of the last article before that
    /// mentions it.
    pub(super) before: u32,
}

impl Glance {
    /// What there is to see of a mention whose place has this key.
    pub(super) fn of(geoparsed: &Geoparsed, mention: &Mention, place: Option<u32>) -> Glance {
        Glance {
            place,
            kind: mention.kind,
            sense: mention.sense,
            role: mention.role,
            status: Status::of(mention),
            worth: quote::worth(geoparsed, mention),
            before: 0,
        }
    }
}
