//! A place as the gazetteer knows it.

use serde::{Deserialize, Serialize};

/// A box on the globe, WGS 84 degrees. `west > east` means that it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bbox {
    /// Western edge, degrees of longitude.
    pub west: f64,
    /// Southern edge, degrees of latitude.
    pub south: f64,
    /// Eastern edge, degrees of longitude.
    pub east: f64,
    /// Northern edge, degrees of latitude.
    pub north: f64,
}

impl Bbox {
    /// Whether the point lies in the box, edges included.
    ///
    /// ```
    /// use dateline::model::Bbox;
    /// let fiji = Bbox { west: 177.0, south: -21.0, east: -178.0, north: -12.0 };
    /// assert!(fiji.contains(-16.8, 179.9));
    /// assert!(!fiji.contains(-16.8, 0.0));
    /// ```
    pub fn contains(&self, lat: f64, lon: f64) -> bool {
        let within = if self.west <= self.east {
            self.west <= lon && lon <= self.east
        } else {
            lon >= self.west || lon <= self.east
        };
        within && self.south <= lat && lat <= self.north
    }
}

/// How exactly a place says where something is. A country's point is never drawn as an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// A building, a landmark, a coordinate in the text.
    Point,
    /// A town or village, or a part of one.
    Settlement,
    /// A second-level division or a feature of that size.
    District,
    /// A first-level division, a peninsula, a sea's part.
    Region,
    /// A country.
    Country,
    /// Anything larger: a continent, an ocean, "the Middle East".
    Wider,
}

impl Precision {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::Settlement => "settlement",
            Self::District => "district",
            Self::Region => "region",
            Self::Country => "country",
            Self::Wider => "wider",
        }
    }
}

/// A place: what a candidate stands for, and what a marker on the map shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Stable identifier with its gazetteer's prefix: `geonames:360630`, `dateline:sinai-peninsula`. A
    /// place that no gazetteer has begins with `near:` and the one it is near to: `near:geonames:360630/royal-street`.
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Latitude of the representative point, WGS 84 degrees.
    pub lat: f64,
    /// Longitude of the representative point, WGS 84 degrees.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code; empty for what lies in no one country.
    pub country_code: String,
    /// Name of the country; empty likewise.
    pub country: String,
    /// Name of the first-level division; empty where there is none.
    pub admin1: String,
    /// GeoNames feature class: `A` division, `P` town, `H` water, `L` area, `S` spot, `T` terrain …
    pub feature_class: char,
    /// GeoNames feature code: `PPLC`, `ADM1`, `PCLI`, `SEA` …
    pub feature_code: String,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// How exactly it says where.
    pub precision: Precision,
    /// Radius of a circle about the point that covers most of the place, metres.
    pub radius_m: f64,
    /// Extent, where known.
    pub bbox: Option<Bbox>,
}

impl Place {
    /// The place with what it lies in: "Derna, Libya", "Bangor, Maine, United States", "Egypt".
    pub fn label(&self) -> String {
        let mut label = self.name.clone();
        let settled =
            matches!(self.country_code.as_str(), "US" | "CA" | "AU" | "IN" | "BR" | "RU" | "MX" | "GB");
        if settled && !self.admin1.is_empty() && self.admin1 != self.name {
            label.push_str(", ");
            label.push_str(&self.admin1);
        }
        if !self.country.is_empty() && self.country != self.name {
            label.push_str(", ");
            label.push_str(&self.country);
        }
        label
    }
}
