//! Points on the grids of the UTM zones: “37S CA 12 34”, “37N 500000 4000000”.
//! A letter after a zone is a band of latitude to some and a hemisphere to others; N is both at once, and S is
//! told by what its northing makes of it.

use super::cursor::Cursor;
use super::mercator::{FALSE_NORTHING, meridian, to_degrees};
use super::{Found, says};
use crate::model::mercator::wrapped;

/// The bands of latitude from 80° S, eight degrees each.
pub(super) const BANDS: &str = "CDEFGHJKLMNPQRSTUVWX";
/// The rows of squares of a hundred kilometres from the equator.
pub(super) const ROWS: &str = "ABCDEFGHJKLMNPQRSTUV";
/// The columns, eight to a zone, beginning anew in every third.
pub(super) const COLUMNS: &str = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/// A square of the Military Grid Reference System or the US National Grid, which is written alike: its middle.
/// Fewer than six digits without a space, “37SCA1234”, might be a part's number, so that something before them
/// must speak of a grid.
pub(super) fn square(start: Cursor<'_>) -> Option<Found> {
    let mut c = start;
    let zone = zone(&mut c)?;
    c.space(1);
    let band = letter(&mut c, BANDS)?;
    let spaced = c.space(1);
    let (column, row) = (letter(&mut c, COLUMNS)?, letter(&mut c, ROWS)?);
    c.space(1);
    let (easting, northing, places) = halves(&mut c)?;
    let apart = c.rest().starts_with(char::is_alphanumeric) || ends_in_fraction(c);
    let named = spaced || places >= 3 || says(start, &["mgrs", "usng", "grid", "square", "coordinates"]);
    if apart || !named {
        return None;
    }
    let unit = 10f64.powi(5 - i32::from(places));
    let column = column.checked_sub(usize::from(zone - 1) % 3 * 8).filter(|&column| column < 8)?;
    let easting = (column as f64 + 1.0) * 100_000.0 + (easting + 0.5) * unit;
    let row = if zone.is_multiple_of(2) { (row + 15) % 20 } else { row };
    let northing = row as f64 * 100_000.0 + (northing + 0.5) * unit;
    // Rows are lettered alike every two thousand kilometres, which is more than two bands.
    let (lat, lon) = (-5..5)
        .map(|cycle| to_degrees(zone, easting, northing + f64::from(cycle) * 2_000_000.0))
        .find(|&(lat, _)| is_in_band(lat, band, unit))?;
    is_in_zone(zone, lat, lon, unit).then_some(Found { end: c.at, lat, lon, radius_m: unit / 2.0 })
}

/// A point of Universal Transverse Mercator: “37S 312345 4009876”, “37 N 312345mE 4009876mN”.
pub(super) fn point(start: Cursor<'_>) -> Option<Found> {
    let mut c = start;
    let zone = zone(&mut c)?;
    c.space(1);
    let letter = if let Some(side) = c.eat_word(&["north", "south"]) {
        Zone::Hemisphere(side == 0)
    } else {
        let band = letter(&mut c, BANDS)?;
        match BANDS.as_bytes()[band] {
            b'N' => Zone::Hemisphere(true),
            b'S' => Zone::South(band),
            _ => Zone::Band(band),
        }
    };
    c.eat(|c| c == ',');
    c.space(2).then_some(())?;
    let (easting, fine) = metres(&mut c, 'E', 6..=7)?;
    c.eat(|c| matches!(c, ',' | ';' | '/'));
    c.space(2);
    let (northing, finer) = metres(&mut c, 'N', 6..=8)?;
    if c.rest().starts_with(char::is_alphanumeric) || ends_in_fraction(c) {
        return None;
    }
    let unit = fine.max(finer);
    if !(100_000.0..900_000.0).contains(&easting) || northing >= FALSE_NORTHING {
        return None;
    }
    let (north, south) =
        (to_degrees(zone, easting, northing), to_degrees(zone, easting, northing - FALSE_NORTHING));
    let (lat, lon) = match letter {
        Zone::Hemisphere(true) => north,
        Zone::Hemisphere(false) => south,
        Zone::Band(band) => [north, south].into_iter().find(|&(lat, _)| is_in_band(lat, band, unit))?,
        Zone::South(band) if is_in_band(north.0, band, unit) && !is_patagonia(zone) => north,
        Zone::South(_) => south,
    };
    (-80.5..=84.5).contains(&lat).then_some(Found { end: c.at, lat, lon, radius_m: (unit / 2.0).max(1.0) })
}

/// What the letter after a zone says.
enum Zone {
    /// North or not.
    Hemisphere(bool),
    Band(usize),
    /// The band from 32° to 40° N, or the southern hemisphere. A northing that both allow lies at 50° to 58° S
    /// in the latter, where there is land in three zones only: there is S the hemisphere, elsewhere the band.
    South(usize),
}

fn is_patagonia(zone: u8) -> bool {
    (19..=21).contains(&zone)
}

fn zone(c: &mut Cursor<'_>) -> Option<u8> {
    let zone: u8 = c.digits(1, 2)?.parse().ok()?;
    (1..=60).contains(&zone).then_some(zone)
}

fn letter(c: &mut Cursor<'_>, among: &str) -> Option<usize> {
    let letter = c.eat(|c| c.is_ascii_uppercase())?;
    among.find(letter)
}

/// Easting and northing within a square, and how many digits each has: “12345678”, “1234 5678”.
fn halves(c: &mut Cursor<'_>) -> Option<(f64, f64, u8)> {
    let first = c.digits(1, 10)?;
    let mut after = *c;
    let second = after.space(1).then(|| after.digits(first.len(), first.len())).flatten();
    let (easting, northing) = match second {
        Some(second) if first.len() <= 5 => {
            *c = after;
            (first, second)
        }
        _ if first.len().is_multiple_of(2) => first.split_at(first.len() / 2),
        _ => return None,
    };
    Some((easting.parse().ok()?, northing.parse().ok()?, u8::try_from(easting.len()).ok()?))
}

/// A number of metres, and the unit of its last digit: “312345”, “312345.6 mE”, “E 312345”.
fn metres(c: &mut Cursor<'_>, axis: char, length: std::ops::RangeInclusive<usize>) -> Option<(f64, f64)> {
    if c.eat(|c| c == axis).is_some() {
        c.eat(|c| matches!(c, ':' | '='));
        c.space(1);
    }
    let start = c.at;
    c.digits(*length.start(), *length.end())?;
    let places = c.decimals('.').len();
    let value: f64 = c.text.get(start..c.at)?.parse().ok()?;
    let mut after = *c;
    after.space(1);
    after.eat(|c| c == 'm');
    after.space(1);
    after.eat(|c| c == axis);
    if after.peek().is_none_or(|c| !c.is_alphanumeric()) && after.at > c.at && !ends_white(after) {
        *c = after;
    }
    Some((value, 10f64.powi(-i32::try_from(places).unwrap_or(0))))
}

fn ends_white(c: Cursor<'_>) -> bool {
    c.text[..c.at].ends_with(char::is_whitespace)
}

/// Whether a number goes on after a point: “37SCA12.5” is no square.
fn ends_in_fraction(c: Cursor<'_>) -> bool {
    let mut after = c;
    after.eat(|c| matches!(c, '.' | ',' | '-' | '/')).is_some() && after.digits(1, 1).is_some()
}

/// Whether a latitude lies in a band, or no more than a square of such a side beyond it.
fn is_in_band(lat: f64, band: usize, unit: f64) -> bool {
    let south = band as f64 * 8.0 - 80.0;
    let height = if band == 19 { 12.0 } else { 8.0 };
    let slack = unit / 111_000.0 + 1e-6;
    (south - slack..=south + height + slack).contains(&lat)
}

/// Whether a longitude lies in a zone or a little beyond; Norway's and Svalbard's zones are wider.
fn is_in_zone(zone: u8, lat: f64, lon: f64, unit: f64) -> bool {
    let off = wrapped(lon - meridian(zone)).abs();
    let half = if (31..=37).contains(&zone) && lat > 55.0 { 6.0 } else { 3.0 };
    off <= half + 0.1 + unit / 111_000.0 / lat.to_radians().cos().max(0.1)
}

#[cfg(test)]
mod tests {
    use super::super::mercator::to_metres;
    use super::super::tests::{check, nothing};
    use super::*;

    /// Points as GEOTRANS, by which the grid is defined, writes them.
    #[test]
    fn squares() {
        check("at 37SCA3226907977 near Aleppo", "37SCA3226907977", 36.2021, 37.1343, 0.5);
        check("MGRS 56HLH3436850948.", "56HLH3436850948", -33.8688, 151.2093, 0.5);
        check("32VKN 97353 00648", "32VKN 97353 00648", 60.3913, 5.3221, 0.5);
        check("33X WG 14278 83355", "33X WG 14278 83355", 78.2232, 15.6267, 0.5);
        check("17M QV 8186 8000", "17M QV 8186 8000", -0.1807, -78.4678, 5.0);
        check("grid 18SUJ234064", "18SUJ234064", 38.8895, -77.0353, 50.0);
        check("4Q FJ 1843 5687", "4Q FJ 1843 5687", 21.3099, -157.8581, 5.0);
        check("04QFJ1843556874", "04QFJ1843556874", 21.3099, -157.8581, 0.5);
        check("the grid square 19FEV4427", "19FEV4427", -54.8019, -68.303, 500.0);
        check("37S CA 12 34", "37S CA 12 34", 36.437_88, 36.908_69, 500.0);
        check("37 S CA 1 3", "37 S CA 1 3", 36.447_01, 36.941_35, 5_000.0);
        check("60KXE5249193550", "60KXE5249193550", -18.1416, 178.4415, 0.5);
    }

    #[test]
    fn points() {
        check("UTM 37N 500000 4000000,", "37N 500000 4000000", 36.144_718, 39.0, 1.0);
        check("37 S 332269mE 4007977mN", "37 S 332269mE 4007977mN", 36.2021, 37.1343, 1.0);
        check("zone 56H, 334368 m E, 6250948 m N.", "56H, 334368 m E, 6250948 m N", -33.8688, 151.2093, 1.0);
        check("56S 334368 6250948", "56S 334368 6250948", -33.8688, 151.2093, 1.0);
        check("18S 323478 4306483", "18S 323478 4306483", 38.8895, -77.0353, 1.0);
        check("21S 440773 4272669", "21S 440773 4272669", -51.6938, -57.8569, 1.0);
        check("37 south, E 257634 N 9857079", "37 south, E 257634 N 9857079", -1.2921, 36.8219, 1.0);
        check("48N 368700.2 149479.8", "48N 368700.2 149479.8", 1.3521, 103.8198, 1.0);
    }

    #[test]
    fn what_is_no_grid() {
        for text in [
            "part 37SCA12", "part no. 12ABC1234", "61S CA 12 34", "37S ZA 12 34", "37S CI 12 34",
            "37S CA 123 45", "37S CA 12.5 34", "seat 12A, row 37S", "37N 50 40", "37X 500000 4000000",
            "call 37 N 555 0142", "X37SCA3226907977",
        ] {
            nothing(text);
        }
    }

    /// The square that a point lies in.
    fn written(lat: f64, lon: f64, places: usize) -> String {
        let zone = ((lon + 180.0) / 6.0).floor() as u8 % 60 + 1;
        let band = (((lat + 80.0) / 8.0).floor() as usize).min(19);
        let (east, north) = to_metres(zone, lat, lon);
        let (column, row) =
            ((east / 1e5).floor() as usize - 1, (north / 1e5).floor().rem_euclid(20.0) as usize);
        let row = if zone.is_multiple_of(2) { (row + 5) % 20 } else { row };
        let unit = 10f64.powi(5 - i32::try_from(places).unwrap());
        let part = |metres: f64| (metres.rem_euclid(1e5) / unit).floor();
        format!(
            "{zone}{} {}{} {:0places$} {:0places$}",
            &BANDS[band..=band],
            &COLUMNS[column + usize::from(zone - 1) % 3 * 8..][..1],
            &ROWS[row..=row],
            part(east),
            part(north),
        )
    }

    proptest::proptest! {
        #[test]
        fn squares_are_read_back(lat in -79.9f64..83.9, lon in -179.9f64..179.9, places in 1usize..=5) {
            let text = written(lat, lon, places);
            let found = super::super::find(&text, &[]);
            proptest::prop_assert_eq!(found.len(), 1, "{}", text);
            let off = super::super::tests::metres_between((found[0].lat, found[0].lon), (lat, lon));
            proptest::prop_assert!(off <= found[0].radius_m * 1.45 + 0.01, "{text}: {off} m");
        }

        #[test]
        fn points_are_read_back(lat in -79.9f64..83.9, lon in -179.9f64..179.9) {
            let zone = ((lon + 180.0) / 6.0).floor() as u8 % 60 + 1;
            let (east, north) = to_metres(zone, lat, lon);
            let side = if lat < 0.0 { "south" } else { "north" };
            let north = if lat < 0.0 { north + FALSE_NORTHING } else { north };
            let text = format!("{zone} {side} {east:.0}mE {north:07.0}mN");
            let found = super::super::find(&text, &[]);
            proptest::prop_assert_eq!(found.len(), 1, "{}", text);
            let off = super::super::tests::metres_between((found[0].lat, found[0].lon), (lat, lon));
            proptest::prop_assert!(off <= 1.0, "{text}: {off} m");
        }
    }
}
