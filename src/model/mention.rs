//! A mention of a place in a text, and the places it may stand for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Decided, How, Place, Span};

/// What sort of words mention the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A place's name: *Aleppo*.
    Name,
    /// A people or an adjective: *Egyptian*, *Muscovites*.
    Demonym,
    /// A name inside another name: the *Moscow* of "The Moscow Times".
    Embedded,
    /// Coordinates in the text.
    Coordinate,
}

impl Kind {
    /// Every kind, in the order that menus show.
    pub const ALL: [Kind; 4] = [Kind::Name, Kind::Demonym, Kind::Embedded, Kind::Coordinate];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Demonym => "demonym",
            Self::Embedded => "embedded",
            Self::Coordinate => "coordinate",
        }
    }
}

/// Whether something is or happens there, or the name stands for a government, a team, a people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sense {
    /// "a bomb in Alexandria".
    Literal,
    /// "Cairo has insisted".
    Associative,
}

impl Sense {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Literal => "literal",
            Self::Associative => "associative",
        }
    }
}

/// What the mention does in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// It stands in the dateline that opens the article, or a part of a round-up: "CAIRO (Reuters) —", both names
    /// of "LEXINGTON, Ky. (AP) —". A given span there, too.
    Dateline,
    /// It means a country, division or town that the article is about: one with a quarter of the evidence for its
    /// level ([`super::Focus`]) or more, and at least half as much as the first.
    Focus,
    /// An event happened there.
    Event,
    /// None of these.
    Mention,
}

impl Role {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Dateline => "dateline",
            Self::Focus => "focus",
            Self::Event => "event",
            Self::Mention => "mention",
        }
    }
}

/// A place that a mention may stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Candidate {
    /// The place.
    #[serde(with = "shared")]
    pub place: Arc<Place>,
    /// How likely it is the one meant, 0 to 1.
    pub score: f32,
    /// Why, in plain words, strongest first.
    pub reasons: Vec<String>,
}

/// Words in an article that mention a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mention {
    /// Where it stands in the article's text, bytes.
    pub span: Span,
    /// What sort of words.
    pub kind: Kind,
    /// Literal or associative.
    pub sense: Sense,
    /// What it does in the article.
    pub role: Role,
    /// Best first; at most five are kept.
    pub candidates: Vec<Candidate>,
    /// Whether the first candidate is good enough to be put on the map.
    pub resolved: bool,
    /// What people said of it; `None` where nobody said anything.
    pub decided: Option<Box<Decided>>,
}

impl Mention {
    /// Who settled it, and how.
    pub fn how(&self) -> How {
        self.decided.as_ref().map_or(How::Auto, |decided| decided.how)
    }

    /// The words by which decisions about it are kept: those where the program found it, or a person added it.
    pub fn key(&self) -> Span {
        self.decided.as_ref().and_then(|decided| decided.found).unwrap_or(self.span)
    }

    /// Whether a person said that it is no mention of a place.
    pub fn is_rejected(&self) -> bool {
        self.how() == How::Rejected
    }

    /// The candidate it was resolved to.
    pub fn chosen(&self) -> Option<&Candidate> {
        self.candidates.first().filter(|_| self.resolved && !self.is_rejected())
    }

    /// The place it was resolved to.
    pub fn place(&self) -> Option<&Arc<Place>> {
        self.chosen().map(|candidate| &candidate.place)
    }
}

/// An area that words describe relative to a place: "12 km north of Derna". Its anchor is a
/// mention of its own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Area {
    /// The whole phrase, bytes.
    pub span: Span,
    /// The anchor's span, bytes.
    pub anchor: Span,
    /// Latitude of the area's centre, degrees.
    pub lat: f64,
    /// Longitude of the area's centre, degrees.
    pub lon: f64,
    /// Radius, metres.
    pub radius_m: f64,
}

/// A place that is shared, written as the place itself.
pub(crate) mod shared {
    use std::sync::Arc;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::Place;

    pub(crate) fn serialize<S: Serializer>(place: &Arc<Place>, serializer: S) -> Result<S::Ok, S::Error> {
        place.as_ref().serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Arc<Place>, D::Error> {
        Place::deserialize(deserializer).map(Arc::new)
    }
}
