//! Writes a point in a notation that [`find`](super::find) reads back: decimal degrees, degrees with minutes and
//! seconds, MGRS.
//! A square of MGRS is named by the corner at its south-west: digits are cut off and not rounded.

use super::grids::{BANDS, COLUMNS, ROWS};
use super::mercator::to_metres;
use crate::model::mercator::wrapped;

/// How a point is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Notation {
    /// `36.20210, 37.13430`
    #[default]
    Decimal,
    /// `36°12′07.6″N 37°08′03.5″E`
    Sexagesimal,
    /// `37S CA 32269 07977`
    Mgrs,
}

impl Notation {
    /// The one after it, and after the last the first.
    #[must_use]
    pub fn next(self) -> Notation {
        match self {
            Notation::Decimal => Notation::Sexagesimal,
            Notation::Sexagesimal => Notation::Mgrs,
            Notation::Mgrs => Notation::Decimal,
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Notation::Decimal => "decimal degrees",
            Notation::Sexagesimal => "degrees, minutes and seconds",
            Notation::Mgrs => "MGRS",
        }
    }

    /// A point, exact to a few metres; longitudes beyond 180° go round. Near the poles, where MGRS has other
    /// grids, in decimal degrees.
    ///
    /// ```
    /// use dateline::geoparse::Notation;
    /// let aleppo = (36.2021, 37.1343);
    /// let check = |notation: Notation, expected: &str| {
    ///     assert_eq!(notation.write(aleppo.0, aleppo.1), expected);
    /// };
    /// check(Notation::Decimal, "36.20210, 37.13430");
    /// check(Notation::Sexagesimal, "36°12′07.6″N 37°08′03.5″E");
    /// check(Notation::Mgrs, "37S CA 32269 07977");
    /// ```
    pub fn write(self, lat: f64, lon: f64) -> String {
        let lon = wrapped(lon);
        let decimal = || format!("{lat:.5}, {lon:.5}");
        match self {
            Notation::Decimal => decimal(),
            Notation::Sexagesimal => format!("{} {}", sexagesimal(lat, "NS"), sexagesimal(lon, "EW")),
            Notation::Mgrs => mgrs(lat, lon).unwrap_or_else(decimal),
        }
    }
}

fn sexagesimal(degrees: f64, sides: &str) -> String {
    // In tenths of a second, or sixty of them would be written.
    let tenths = (degrees.abs() * 36_000.0).round() as u64;
    let (seconds, rest) = (tenths / 10, tenths % 10);
    let side = &sides[usize::from(degrees < 0.0)..][..1];
    format!("{}°{:02}′{:02}.{rest}″{side}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// The square of a metre's side that a point lies in; `None` beyond 80° S and 84° N.
fn mgrs(lat: f64, lon: f64) -> Option<String> {
    if !(-80.0..84.0).contains(&lat) {
        return None;
    }
    let zone = zone(lat, lon);
    let band = (((lat + 80.0) / 8.0) as usize).min(BANDS.len() - 1);
    let (east, north) = to_metres(zone, lat, lon);
    let column = (east / 1e5).floor() as usize;
    let column = column.checked_sub(1)? + usize::from(zone - 1) % 3 * 8;
    let row = (north / 1e5).floor().rem_euclid(20.0) as usize;
    // Even zones begin with F, so that like squares lie apart.
    let row = if zone.is_multiple_of(2) { (row + 5) % 20 } else { row };
    let letter = |letters: &'static str, at: usize| letters.get(at..=at);
    let metres = |value: f64| value.rem_euclid(1e5).floor();
    Some(format!(
        "{zone}{} {}{} {:05} {:05}",
        letter(BANDS, band)?,
        letter(COLUMNS, column)?,
        letter(ROWS, row)?,
        metres(east),
        metres(north)
    ))
}

/// The zone of a point; in the south of Norway and in Svalbard they are wider and narrower.
fn zone(lat: f64, lon: f64) -> u8 {
    match lat {
        lat if (56.0..64.0).contains(&lat) && (3.0..12.0).contains(&lon) => 32,
        lat if lat >= 72.0 && (0.0..42.0).contains(&lon) => match lon {
            lon if lon < 9.0 => 31,
            lon if lon < 21.0 => 33,
            lon if lon < 33.0 => 35,
            _ => 37,
        },
        _ => ((lon + 180.0) / 6.0) as u8 % 60 + 1,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::metres_between;
    use super::*;

    /// As GEOTRANS, by which the grid is defined, writes them.
    #[test]
    fn squares() {
        let check = |lat: f64, lon: f64, expected: &str| {
            assert_eq!(Notation::Mgrs.write(lat, lon), expected);
        };
        check(-33.8688, 151.2093, "56H LH 34368 50948");
        check(60.3913, 5.3221, "32V KN 97353 00648");
        check(78.2232, 15.6267, "33X WG 14278 83355");
        check(21.3099, -157.8581, "4Q FJ 18435 56874");
        check(-18.1416, 178.4415, "60K XE 52491 93550");
        check(-54.8019, -68.303, "19F EV 44805 27029");
        check(89.0, 10.0, "89.00000, 10.00000");
    }

    #[test]
    fn degrees() {
        let check = |notation: Notation, lat: f64, lon: f64, expected: &str| {
            assert_eq!(notation.write(lat, lon), expected);
        };
        check(Notation::Sexagesimal, -12.05, -77.0333, "12°03′00.0″S 77°01′59.9″W");
        check(Notation::Sexagesimal, 59.999_999, 0.0, "60°00′00.0″N 0°00′00.0″E");
        check(Notation::Decimal, 10.0, 190.0, "10.00000, -170.00000");
    }

    #[test]
    fn notations_go_round() {
        let all = [Notation::Decimal, Notation::Sexagesimal, Notation::Mgrs];
        for (at, notation) in all.into_iter().enumerate() {
            assert_eq!(notation.next(), all[(at + 1) % 3]);
        }
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_back(lat in -79.9f64..83.9, lon in -180.0f64..180.0) {
            for notation in [Notation::Decimal, Notation::Sexagesimal, Notation::Mgrs] {
                let text = notation.write(lat, lon);
                let found = super::super::alone(&text);
                let Some(found) = found else { panic!("{text}") };
                let off = metres_between((found.lat, found.lon), (lat, lon));
                proptest::prop_assert!(off <= 2.3, "{}: {} m", text, off);
            }
        }
    }
}
