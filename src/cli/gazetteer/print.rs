//! Places as the subcommands print them: a line for a person, an object for a program.
//! The keys of the objects are stable; new ones may be added.

use std::io::{self, Write};

use serde::Serialize;

use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, Row};
use crate::model::Place;

/// What the keys of a place mean, for `--help`.
pub(super) const KEYS: &str = "\
Places in JSON: \"name\", \"place_id\", \"lat\" and \"lon\" in degrees, \"country_code\", \"country\", \"admin1\",
\"feature_class\" and \"feature_code\" of GeoNames, \"population\", \"radius_m\", \"prominence\" from 0 to 1.";

/// A place, and how it was found.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    name: String,
    place_id: String,
    lat: f64,
    lon: f64,
    country_code: String,
    country: String,
    admin1: String,
    feature_class: char,
    feature_code: String,
    population: u64,
    radius_m: f64,
    prominence: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    grade: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    matched: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_m: Option<f64>,
    #[serde(skip)]
    label: String,
}

impl Found {
    pub(super) fn of(gazetteer: &Gazetteer, row: Row) -> Option<Self> {
        let place: Place = gazetteer.place(row)?;
        Some(Self {
            label: place.label(),
            name: place.name,
            place_id: place.id,
            lat: rounded(place.lat, 1e5),
            lon: rounded(place.lon, 1e5),
            country_code: place.country_code,
            country: place.country,
            admin1: place.admin1,
            feature_class: place.feature_class,
            feature_code: place.feature_code,
            population: place.population,
            radius_m: place.radius_m.round(),
            prominence: (gazetteer.prominence(row) * 1e4).round() / 1e4,
            grade: None,
            matched: None,
            score: None,
            distance_m: None,
        })
    }

    pub(super) fn by_name(gazetteer: &Gazetteer, hit: &Hit) -> Option<Self> {
        let found = Self::of(gazetteer, hit.row)?;
        let score = (hit.score * 1e4).round() / 1e4;
        Some(Self {
            grade: Some(grade(hit.grade)),
            matched: Some(matched(hit.name)),
            score: Some(score),
            ..found
        })
    }

    pub(super) fn at(gazetteer: &Gazetteer, row: Row, metres: f64) -> Option<Self> {
        Some(Self { distance_m: Some(metres.round()), ..Self::of(gazetteer, row)? })
    }

    /// One line, without its end.
    pub(super) fn line(&self, out: &mut impl Write) -> io::Result<()> {
        let code = format!("{}/{}", self.feature_class, self.feature_code);
        write!(out, "  {:9.4} {:10.4}  {code:<8} {:>11}  ", self.lat, self.lon, self.population)?;
        if let Some(grade) = self.grade {
            write!(out, "{grade:<6}  ")?;
        }
        if let Some(metres) = self.distance_m {
            write!(out, "{:>7.1} km  ", metres / 1000.0)?;
        }
        write!(out, "{}  {}", self.label, self.place_id)
    }
}

/// Five decimals of a degree are a metre.
fn rounded(value: f64, parts: f64) -> f64 {
    (value * parts).round() / parts
}

fn grade(grade: Grade) -> &'static str {
    match grade {
        Grade::Exact => "exact",
        Grade::Folded => "folded",
        Grade::Loose => "loose",
        Grade::Fuzzy => "fuzzy",
        Grade::Part => "part",
    }
}

fn matched(kind: NameKind) -> &'static str {
    match kind {
        NameKind::Primary => "primary",
        NameKind::Alternate => "alternate",
        NameKind::Demonym => "demonym",
        NameKind::Abbreviation => "abbreviation",
    }
}

/// Places one a line, or all as one JSON array on a line.
pub(super) fn places(out: &mut impl Write, places: &[Found], json: bool) -> io::Result<()> {
    if json {
        serde_json::to_writer(&mut *out, places)?;
        return writeln!(out);
    }
    for place in places {
        place.line(out)?;
        writeln!(out)?;
    }
    Ok(())
}
