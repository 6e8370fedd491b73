//! What files say of a place: names that are not empty, numbers rounded to what they mean.
//! A place whose coordinates are nowhere on Earth is none.

use crate::model::record::{known, rounded_metres, rounded_point};
use crate::model::{Kind, Mention, Place, Precision};

/// The place of a mention, as rows of every sort have it.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    pub(super) name: Option<String>,
    pub(super) id: Option<String>,
    /// What the identifier begins with: `geonames`.
    pub(super) gazetteer: Option<String>,
    pub(super) country_code: Option<String>,
    pub(super) country: Option<String>,
    pub(super) admin1: Option<String>,
    pub(super) feature_class: String,
    pub(super) feature_code: Option<String>,
    pub(super) precision: Precision,
    pub(super) radius_m: u64,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
}

impl Spot {
    /// `None` where the mention was resolved to none.
    pub(super) fn of(mention: &Mention) -> Option<Self> {
        let place = mention.place()?;
        let (latitude, longitude) = rounded_point(place.lat, place.lon, mention.kind)?;
        Some(Self {
            name: known(&place.name),
            id: known(&place.id),
            gazetteer: place.id.split_once(':').map(|(gazetteer, _)| gazetteer.to_owned()),
            country_code: known(&place.country_code),
            country: known(&place.country),
            admin1: known(&place.admin1),
            feature_class: place.feature_class.to_string(),
            feature_code: known(&place.feature_code),
            precision: place.precision,
            radius_m: rounded_metres(place.radius_m),
            latitude,
            longitude,
        })
    }

    /// What tells the place from others: its identifier, or of one without, its point as a URI (RFC 5870).
    pub(super) fn key(&self) -> String {
        key(self.id.as_deref(), (self.latitude, self.longitude))
    }
}

/// The same of a row.
pub(super) fn key(id: Option<&str>, (latitude, longitude): (f64, f64)) -> String {
    id.map_or_else(|| format!("geo:{latitude},{longitude}"), str::to_owned)
}

/// The same of a place that a mention of this kind stands, or may stand, for; one that is nowhere on Earth is told by its
/// name alone.
pub(crate) fn same_place(place: &Place, kind: Kind) -> String {
    match (known(&place.id), rounded_point(place.lat, place.lon, kind)) {
        (None, None) => place.name.clone(),
        (id, point) => key(id.as_deref(), point.unwrap_or_default()),
    }
}
