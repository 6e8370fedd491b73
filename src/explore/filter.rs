//! The one filter that every pane and the export obey.
//! It narrows articles by their words, and mentions by kind, sense, country and certainty.

use crate::model::{Kind, Mention, Sense};

/// A set of kinds of mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct KindSet(u8);

impl KindSet {
    /// Names and coordinates: what is shown unless someone asks for more.
    pub const DEFAULT: KindSet = KindSet(Self::bit(Kind::Name) | Self::bit(Kind::Coordinate));
    /// Every kind.
    pub const ALL: KindSet = KindSet(0b1111);

    const fn bit(kind: Kind) -> u8 {
        match kind {
            Kind::Name => 1,
            Kind::Demonym => 2,
            Kind::Embedded => 4,
            Kind::Coordinate => 8,
        }
    }

    /// Whether the kind is in the set.
    pub const fn contains(self, kind: Kind) -> bool {
        self.0 & Self::bit(kind) != 0
    }

    /// The set with the kind put in, or taken out where it was in.
    #[must_use]
    pub const fn toggled(self, kind: Kind) -> KindSet {
        KindSet(self.0 ^ Self::bit(kind))
    }
}

impl Default for KindSet {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// What an article may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Lacking {
    /// A place for any of its mentions.
    Place,
    /// A date.
    Date,
}

/// What is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that an article, its headline, its outlet or one of its places must have.
    pub query: String,
    /// Kinds of mention.
    pub kinds: KindSet,
    /// Only this sense, where one is chosen.
    pub sense: Option<Sense>,
    /// Only places of this country (ISO 3166-1 alpha-2), where one is chosen.
    pub country: Option<String>,
    /// Only articles that mention this place (its key), where one is chosen.
    pub place: Option<u32>,
    /// Only mentions whose place is doubtful.
    pub uncertain: bool,
    /// Only articles that lack this, where something is chosen.
    pub lacking: Option<Lacking>,
}

impl Filter {
    /// Below this score a place is called uncertain.
    pub const UNCERTAIN: f32 = 0.5;

    /// Whether it leaves everything that is shown by default.
    pub fn is_default(&self) -> bool {
        *self == Filter::default()
    }

    /// Whether the mention's place is uncertain, or was not found.
    pub fn doubts(mention: &Mention) -> bool {
        mention.chosen().is_none_or(|chosen| chosen.score < Self::UNCERTAIN)
    }

    /// Whether the mention passes, whatever its article.
    pub fn admits(&self, mention: &Mention) -> bool {
        self.kinds.contains(mention.kind)
            && self.sense.is_none_or(|sense| sense == mention.sense)
            && (!self.uncertain || Self::doubts(mention))
            && self
                .country
                .as_ref()
                .is_none_or(|code| mention.place().is_some_and(|place| place.country_code == *code))
    }

    /// Whether it asks for anything of mentions beyond their kind: then an article without one
    /// that passes is not shown.
    pub(super) fn asks_of_mentions(&self) -> bool {
        self.sense.is_some() || self.uncertain || self.country.is_some() || self.place.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_toggle() {
        let set = KindSet::default();
        assert!(set.contains(Kind::Name) && set.contains(Kind::Coordinate));
        assert!(!set.contains(Kind::Demonym) && !set.contains(Kind::Embedded));
        assert!(set.toggled(Kind::Demonym).contains(Kind::Demonym));
        assert_eq!(set.toggled(Kind::Demonym).toggled(Kind::Embedded), KindSet::ALL);
        assert_eq!(set.toggled(Kind::Name).toggled(Kind::Name), set);
    }
}
