//! What lists, map and filter need of every mention, in a few bytes: a filter looks at a million of them.
//! The rest of a mention stays with its article, which is opened one at a time.

use crate::model::{Geoparsed, How, Kind, Mention, Role, Sense, Span};

use super::quote;

/// How sure it is where a mention is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It has a place that is more likely than not, or that a person gave it.
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
            Some(chosen) if mention.how() == How::Auto && chosen.score < Self::UNCERTAIN => Status::Uncertain,
            Some(_) => Status::Placed,
        }
    }
}

/// A mention at a glance.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
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
    /// Who settled it, and how. One that is rejected is shown only where that is asked for.
    pub how: How,
    score: u8,
    /// How well it speaks for its place, whatever its score; see [`sentence`](super::sentence).
    worth: i16,
    /// Which of [`Collection::names`](super::Collection::names) its words are.
    pub name: u32,
    /// Key of the place that the program gave it, whatever people say.
    pub(super) found: u32,
    start: u32,
    len: u16,
}

/// Of a key that is not there.
pub(super) const NONE: u32 = u32::MAX;

impl Glance {
    /// What there is to see of a mention whose place has this key, and its words this number.
    /// `found` is what the program made of the mention, with the key of its place.
    pub(super) fn of(
        geoparsed: &Geoparsed,
        mention: &Mention,
        (place, name): (Option<u32>, u32),
        found: (Option<&Mention>, Option<u32>),
    ) -> Glance {
        // Of one that a person decided, what the program says again when they take it back.
        let told = if mention.how() == How::Auto { Some(mention) } else { found.0 };
        let score = told.and_then(Mention::chosen).map_or(0.0, |chosen| chosen.score);
        let key = mention.key();
        Glance {
            place,
            kind: mention.kind,
            sense: mention.sense,
            role: mention.role,
            status: Status::of(mention),
            how: mention.how(),
            score: part(score),
            worth: quote::worth(geoparsed, mention),
            name,
            found: found.1.unwrap_or(NONE),
            start: key.start as u32,
            len: key.len().min(usize::from(u16::MAX)) as u16,
        }
    }

    /// How likely its place is the one meant, 0 to 1: 1 where a person decided, 0 where it has none.
    pub fn score(&self) -> f32 {
        f32::from(self.certainty()) / 255.0
    }

    /// The same in 255 parts.
    pub(super) fn certainty(&self) -> u8 {
        match self.how {
            How::Auto => self.score,
            _ if self.place.is_some() => u8::MAX,
            _ => 0,
        }
    }

    /// Key of the place that the program gave it, where it gave it one, whatever people say.
    pub fn found(&self) -> Option<u32> {
        (self.found != NONE).then_some(self.found)
    }

    /// The words by which decisions about it are kept, bytes of the text ([`Mention::key`]).
    pub fn key(&self) -> Span {
        let start = self.start as usize;
        Span::new(start, start + usize::from(self.len))
    }

    /// What there is to see of its place.
    pub(super) fn stance(&self) -> Stance {
        Stance { place: self.place, how: self.how, status: self.status }
    }

    /// What there will be to see, once it has this place, or none, by this decision; or none any more, and the
    /// program's word holds.
    pub(super) fn stance_at(&self, place: Option<u32>, how: How) -> Stance {
        let doubtful =
            how == How::Auto && place == self.found() && f32::from(self.score) < Status::UNCERTAIN * 255.0;
        let status = match place {
            None => Status::Unresolved,
            Some(_) if doubtful => Status::Uncertain,
            Some(_) => Status::Placed,
        };
        Stance { place, how, status }
    }

    /// Puts another place, or none, in the place of its own.
    pub(super) fn take(&mut self, Stance { place, how, status }: Stance) {
        (self.place, self.how, self.status) = (place, how, status);
    }

    /// Whether a person said that it is no mention of a place.
    pub fn is_rejected(&self) -> bool {
        self.how == How::Rejected
    }

    /// How well it speaks for its place.
    pub(super) fn worth(&self) -> i16 {
        self.worth + (self.score() * 10.0) as i16
    }
}

/// What there is to see of a mention's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stance {
    pub place: Option<u32>,
    pub how: How,
    status: Status,
}

/// A share in 255 parts.
fn part(share: f32) -> u8 {
    (share.clamp(0.0, 1.0) * 255.0).round() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mention_at_a_glance_is_small() {
        assert_eq!(size_of::<Glance>(), 32);
    }
}
