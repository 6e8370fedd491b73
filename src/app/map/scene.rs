//! What the map is given to show, and what it tells of a frame.
//! It knows places and counts, nothing of articles: whoever owns those makes the scene.

use crate::model::{Bbox, Precision};

/// A place on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPoint {
    /// The caller's number for the place; unique in a scene.
    pub key: u32,
    /// Latitude, degrees.
    pub lat: f64,
    /// Longitude, degrees.
    pub lon: f64,
    /// How many articles mention it.
    pub articles: u32,
    /// How many mentions there are of it.
    pub mentions: u32,
    /// How exactly it says where: areas are never drawn as discs.
    pub precision: Precision,
    /// Radius of a circle that covers most of it, metres.
    pub radius_m: f64,
    /// Short name, written beside the mark: "Derna".
    pub name: String,
    /// Full name, for the card and for screen readers: "Derna, Libya".
    pub label: String,
    /// Whether its placing is in doubt.
    pub uncertain: bool,
    /// Whether it only stands for something else throughout, as "Washington" for a government.
    pub associative_only: bool,
    /// ISO 3166-1 alpha-2 code; empty for what lies in no one country.
    pub country_code: String,
    /// Extent, where known.
    pub bbox: Option<Bbox>,
}

/// Everything the map shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapScene {
    /// The places, in any order.
    pub points: Vec<MapPoint>,
    /// Changes whenever the points do: what is worked out from them is kept until then.
    pub revision: u64,
}

/// The best sentence about a place, for the card.
#[derive(Clone, Debug, PartialEq)]
pub struct MapQuote {
    /// The sentence with its mention.
    pub text: String,
    /// Where it is from: "BBC News, 17 Oct 2016".
    pub source: String,
}

/// What happened on the map in a frame.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MapResponse {
    /// The place that was clicked.
    pub clicked: Option<u32>,
    /// A click that hit no mark.
    pub background_clicked: bool,
    /// The place under the pointer.
    pub hovered: Option<u32>,
    /// `(latitude, longitude)` under the pointer.
    pub pointer: Option<(f64, f64)>,
}

/// How near the map goes for a place of this precision, where its extent is unknown.
pub(super) fn zoom_for(precision: Precision) -> f64 {
    match precision {
        Precision::Point => 13.0,
        Precision::Settlement => 9.0,
        Precision::District => 8.0,
        Precision::Region => 6.0,
        Precision::Country => 4.5,
        Precision::Wider => 3.0,
    }
}
