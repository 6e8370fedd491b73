//! What the map is told beside its scene, and what it tells of a frame.
//! It knows places and counts, nothing of articles.

use crate::model::{Bbox, EventType, Place, Precision};

/// The best sentence about a place, for the card.
#[derive(Clone, Debug, PartialEq)]
pub struct MapQuote {
    /// The sentence with its mention.
    pub text: String,
    /// Where it is from: "BBC News, 17 Oct 2016".
    pub source: String,
    /// The event that it tells, where events are shown.
    pub event: Option<MapEvent>,
}

/// The event that a sentence tells, for the card.
#[derive(Clone, Debug, PartialEq)]
pub struct MapEvent {
    /// Its type.
    pub kind: EventType,
    /// What it is: "Plane crash".
    pub title: String,
    /// When it happened, and whether: "Sat 31 Oct 2015", "planned".
    pub facts: String,
}

/// What is asked for on the map beyond a selection.
#[derive(Clone, Debug, PartialEq)]
pub enum MapWish {
    /// Show only what lies in a box, or everywhere again.
    Area(Option<Bbox>),
    /// Show the articles that speak of what lies in a box.
    Report(Bbox),
    /// Show only what is in view.
    InView,
    /// Copy coordinates.
    Copy(String),
    /// Go to a place of the gazetteer.
    GoTo(Box<Place>),
    /// Measure from a point, `(latitude, longitude)`.
    MeasureFrom((f64, f64)),
    /// Put the selected mention at a point, `(latitude, longitude)`.
    Put((f64, f64)),
    /// Write coordinates in the next notation.
    Renotate,
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
    /// What else was asked for.
    pub wish: Option<MapWish>,
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
