//! GeoJSON to shapes. What has no place, or one off the globe, is counted and left out.
//! Colours are taken as the simplestyle specification names them; everything else is shown as it stands.

use std::sync::Arc;

use geojson::{GeoJson, Geometry, GeometryValue, JsonValue, Position};

use super::boxes::Boxes;
use super::{About, Feature, Kind, Overlay, Parts};
use crate::basemap::Rgb;
use crate::basemap::clip::{Rect, Xy};
use crate::model::mercator;

/// Properties kept of a shape, and the characters of each.
const KEPT: (usize, usize) = (40, 400);
/// Properties that say how to draw a shape and nothing of it.
const LOOK: [&str; 7] =
    ["stroke", "stroke-width", "stroke-opacity", "fill", "fill-opacity", "marker-color", "marker-size"];

impl Overlay {
    /// Reads a file's bytes; says why it has no shapes, where it has none.
    pub fn read(bytes: &[u8]) -> Result<Overlay, String> {
        let text = str::from_utf8(bytes).map_err(|_| "it is not text in UTF-8".to_owned())?;
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let json: GeoJson = text.parse().map_err(|error| format!("it is no GeoJSON: {error}"))?;
        let mut overlay = Overlay::default();
        match json {
            GeoJson::Geometry(geometry) => overlay.add(&geometry, &Arc::default()),
            GeoJson::Feature(feature) => overlay.take(feature),
            GeoJson::FeatureCollection(all) => {
                all.features.into_iter().for_each(|feature| overlay.take(feature))
            }
        }
        if overlay.is_empty() {
            return Err("there is nothing in it that has a place".to_owned());
        }
        let boxes: Vec<Rect> = overlay.features.iter().map(|feature| feature.bounds).collect();
        overlay.boxes = Boxes::of(&boxes);
        Ok(overlay)
    }

    fn take(&mut self, feature: geojson::Feature) {
        let about = Arc::new(about(feature.properties.unwrap_or_default()));
        match &feature.geometry {
            Some(geometry) => self.add(geometry, &about),
            None => self.left_out += 1,
        }
    }

    fn add(&mut self, geometry: &Geometry, about: &Arc<About>) {
        let (kind, parts) = match &geometry.value {
            GeometryValue::Point { coordinates } => {
                (Kind::Points, vec![points(std::slice::from_ref(coordinates))])
            }
            GeometryValue::MultiPoint { coordinates } => (Kind::Points, vec![points(coordinates)]),
            GeometryValue::LineString { coordinates } => (Kind::Lines, vec![unwrapped(points(coordinates))]),
            GeometryValue::MultiLineString { coordinates } => {
                (Kind::Lines, coordinates.iter().map(|line| unwrapped(points(line))).collect())
            }
            GeometryValue::Polygon { coordinates } => (Kind::Area, rings(coordinates)),
            GeometryValue::MultiPolygon { coordinates } => {
                // Each with bounds of its own, so that a far island does not make all of it near.
                for polygon in coordinates {
                    self.put(Kind::Area, rings(polygon), about);
                }
                return;
            }
            GeometryValue::GeometryCollection { geometries } => {
                return geometries.iter().for_each(|geometry| self.add(geometry, about));
            }
        };
        self.put(kind, parts, about);
    }

    fn put(&mut self, kind: Kind, mut parts: Parts, about: &Arc<About>) {
        let least = match kind {
            Kind::Points => 1,
            Kind::Lines => 2,
            Kind::Area => 3,
        };
        parts.retain(|part| part.len() >= least);
        if parts.is_empty() {
            self.left_out += 1;
        } else {
            self.features.push(Feature::new(kind, parts, Arc::clone(about)));
        }
    }
}

/// Points that are on the globe.
fn points(positions: &[Position]) -> Vec<Xy> {
    let point = |position: &Position| {
        let (lon, lat) = (*position.as_slice().first()?, *position.as_slice().get(1)?);
        let sound = (-360.0..=360.0).contains(&lon) && (-90.0..=90.0).contains(&lat);
        sound.then(|| mercator::project(lat, lon))
    };
    positions.iter().filter_map(point).collect()
}

/// The rings of an area, side by side.
fn rings(polygon: &[Vec<Position>]) -> Parts {
    let mut rings: Parts = polygon.iter().map(|ring| unwrapped(points(ring))).collect();
    let Some(first) = rings.first().and_then(|ring| ring.first()).copied() else {
        return rings;
    };
    for hole in rings.iter_mut().skip(1) {
        let Some(at) = hole.first() else { continue };
        let shift = mercator::nearest(at[0], first[0]) - at[0];
        hole.iter_mut().for_each(|point| point[0] += shift);
    }
    rings
}

/// A line that goes the short way round from each point to the next.
fn unwrapped(mut line: Vec<Xy>) -> Vec<Xy> {
    for index in 1..line.len() {
        line[index][0] = mercator::nearest(line[index][0], line[index - 1][0]);
    }
    line
}

fn about(properties: geojson::JsonObject) -> About {
    let colour = |key: &str| properties.get(key).and_then(JsonValue::as_str).and_then(hex);
    let (stroke, fill) = (colour("stroke").or_else(|| colour("marker-color")), colour("fill"));
    let shown =
        properties.into_iter().filter(|(key, value)| !LOOK.contains(&key.as_str()) && !value.is_null());
    let text = |(key, value): (String, JsonValue)| {
        let value = if let JsonValue::String(text) = value { text } else { value.to_string() };
        (key, value.chars().take(KEPT.1).collect())
    };
    About { properties: shown.take(KEPT.0).map(text).collect(), stroke, fill }
}

/// `#1b9e77` or `#1b7`.
fn hex(text: &str) -> Option<Rgb> {
    let digits: Vec<u8> = text
        .trim()
        .trim_start_matches('#')
        .chars()
        .map(|sign| sign.to_digit(16).map(|digit| digit as u8))
        .collect::<Option<_>>()?;
    match digits.as_slice() {
        [r, g, b] => Some([r * 17, g * 17, b * 17]),
        [r, r2, g, g2, b, b2] => Some([r * 16 + r2, g * 16 + g2, b * 16 + b2]),
        _ => None,
    }
}
