//! Country outlines and label points, read from the packed basemap.
//! An outline is what a map tints when a whole country is meant; borders are drawn from other lines.

use super::clip::Xy;
use super::mercator;
use super::pack::{Basemap, LEVELS, read_points, read_u32};

/// Steps along the world's side that an outline's points are counted in.
pub(crate) const OUTLINE_UNITS: f64 = (1 << 18) as f64;
/// Bytes of a country's fixed record.
pub(crate) const RECORD: usize = 28;

/// Where and from which zoom to write a country's name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CountryLabel<'a> {
    /// ISO 3166-1 alpha-2, empty where there is none.
    pub code: &'a str,
    /// The name to show, short form.
    pub name: &'a str,
    /// Latitude of the label's middle, degrees.
    pub lat: f64,
    /// Longitude of the label's middle, degrees.
    pub lon: f64,
    /// Zoom (world 256 points wide at 0) from which there is room for it.
    pub min_zoom: f32,
    /// Zoom beyond which it says nothing any more.
    pub max_zoom: f32,
}

/// The rings of a country on the Mercator unit square, first point not repeated. Outer rings run
/// clockwise as seen on the map, holes the other way.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// Rings in the order of the source.
    pub rings: Vec<Vec<Xy>>,
}

impl Basemap {
    /// Every country's label, the most important first.
    pub fn country_labels(&self) -> impl Iterator<Item = CountryLabel<'_>> {
        let section = self.section(LEVELS);
        let count = read_u32(section, 0).unwrap_or(0) as usize;
        (0..count).filter_map(move |index| record(section, index).map(|record| record.label))
    }

    /// The outline of a country by its ISO 3166-1 alpha-2 code; `None` for codes without land here.
    pub fn outline(&self, code: &str) -> Option<Outline> {
        if code.len() != 2 {
            return None;
        }
        let section = self.section(LEVELS);
        let count = read_u32(section, 0)? as usize;
        let found =
            (0..count).filter_map(|index| record(section, index)).find(|record| record.label.code == code)?;
        let mut bytes = section.get(found.rings..)?;
        let mut rings = Vec::new();
        for _ in 0..found.ring_count {
            let points = read_points(&mut bytes)?;
            rings
                .push(points.iter().map(|point| point.map(|axis| f64::from(axis) / OUTLINE_UNITS)).collect());
        }
        Some(Outline { rings })
    }
}

struct Record<'a> {
    label: CountryLabel<'a>,
    ring_count: u32,
    rings: usize,
}

/// Record: code (2), zooms from and to in tenths (2), label x and y, name's place and length,
/// rings' place and count; all places count from the section's start.
fn record(section: &[u8], index: usize) -> Option<Record<'_>> {
    let bytes = section.get(4 + index * RECORD..4 + (index + 1) * RECORD)?;
    let word = |at: usize| read_u32(bytes, at);
    let code = std::str::from_utf8(bytes.get(..2)?).ok()?.trim_end_matches('-');
    let name = word(12)? as usize;
    let name = std::str::from_utf8(section.get(name..name.checked_add(word(16)? as usize)?)?).ok()?;
    let at = [word(4)?, word(8)?].map(|axis| f64::from(axis) / f64::from(u32::MAX));
    let (lat, lon) = mercator::unproject(at);
    let (min_zoom, max_zoom) = (f32::from(bytes[2]) / 10.0, f32::from(bytes[3]) / 10.0);
    let label = CountryLabel { code, name, lat, lon, min_zoom, max_zoom };
    Some(Record { label, rings: word(20)? as usize, ring_count: word(24)? })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basemap::mercator::project;

    fn basemap() -> Basemap {
        match Basemap::embedded() {
            Ok(basemap) => basemap,
            Err(error) => panic!("{error}"),
        }
    }

    /// Even–odd rule over all rings.
    fn covers(outline: &Outline, lat: f64, lon: f64) -> bool {
        let [x, y] = project(lat, lon);
        let mut inside = false;
        for ring in &outline.rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                if (a[1] > y) != (b[1] > y) && x < a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]) {
                    inside = !inside;
                }
            }
        }
        inside
    }

    #[test]
    fn a_country_covers_its_towns_and_not_its_neighbours() {
        let basemap = basemap();
        let check = |code: &str, lat: f64, lon: f64, expected: bool| {
            let Some(outline) = basemap.outline(code) else { panic!("no outline for {code}") };
            assert_eq!(covers(&outline, lat, lon), expected, "{code} at {lat}, {lon}");
        };
        check("EG", 30.05, 31.25, true);
        check("EG", 32.1, 20.1, false);
        check("FR", 48.86, 2.35, true);
        check("NO", 61.0, 10.0, true);
        check("RU", 66.0, 175.0, true);
        check("RU", 66.1, -169.9, true);
        check("ZA", -29.3, 27.5, false);
        check("LS", -29.3, 27.5, true);
        check("FJ", -17.8, 178.0, true);
    }

    #[test]
    fn unknown_codes_have_no_outline() {
        let basemap = basemap();
        assert!(basemap.outline("").is_none());
        assert!(basemap.outline("ZZ").is_none());
        assert!(basemap.outline("--").is_none());
    }

    #[test]
    fn labels_lie_in_their_countries_and_the_great_come_first() {
        let basemap = basemap();
        let labels: Vec<_> = basemap.country_labels().collect();
        assert!(labels.len() > 200, "{}", labels.len());
        assert!(labels.windows(2).all(|pair| pair[0].min_zoom <= pair[1].min_zoom));
        for name in ["Syria", "Egypt", "Kazakhstan", "Côte d'Ivoire", "Switzerland"] {
            let Some(label) = labels.iter().find(|label| label.name == name) else {
                panic!("no label {name}")
            };
            let Some(outline) = basemap.outline(label.code) else { panic!("no outline {name}") };
            assert!(covers(&outline, label.lat, label.lon), "{name}");
        }
    }
}
