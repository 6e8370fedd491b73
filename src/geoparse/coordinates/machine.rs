//! Points as machines write them: ISO 6709, `geo:` URIs, and the bare numbers that somebody types.
//! How many digits the degrees of ISO 6709 have says whether minutes and seconds are among them.

use super::angles::{sixtieths, unit_of};
use super::cursor::Cursor;
use super::{DEGREE, Found};

/// ISO 6709: “+36.20+037.16/”, “+361230+0370900/”.
pub(super) fn iso6709(start: Cursor<'_>) -> Option<Found> {
    let mut c = start;
    let lat = iso_angle(&mut c, 2)?;
    let lon = iso_angle(&mut c, 3)?;
    // Height above the ellipsoid.
    let mut after = c;
    if after.eat(|c| matches!(c, '+' | '-')).is_some() && after.digits(1, 7).is_some() {
        after.decimals('.');
        c = after;
    }
    let closed = c.eat(|c| c == '/').is_some() || c.rest().starts_with("CRS");
    let clear = closed || (lat.2 > 0 && lon.2 > 0 && !c.rest().starts_with(char::is_alphanumeric));
    let radius_m = (lat.1.max(lon.1) * DEGREE / 2.0).max(1.0);
    clear.then_some(Found { end: c.at, lat: lat.0, lon: lon.0, radius_m })
}

/// RFC 5870: “geo:36.2021,37.1343;u=35”.
pub(super) fn uri(start: Cursor<'_>) -> Option<Found> {
    let mut c = start;
    c.eat_str("geo:").then_some(())?;
    let (lat, places) = plain(&mut c)?;
    c.eat(|c| c == ',')?;
    let (lon, _) = plain(&mut c)?;
    let mut after = c;
    if after.eat(|c| c == ',').is_some() && plain(&mut after).is_some() {
        c = after;
    }
    let mut radius_m = (unit_of(places) * DEGREE / 2.0).max(1.0);
    for _ in 0..4 {
        let mut after = c;
        if after.eat(|c| c == ';').is_none() {
            break;
        }
        if after.eat_str("u=") {
            radius_m = plain(&mut after)?.0.max(1.0);
        } else {
            let wanted = |c: char| c.is_ascii_alphanumeric() || matches!(c, '=' | '-' | ':' | '%');
            let length = after.rest().bytes().take(40).take_while(|&b| wanted(char::from(b))).count();
            if length == 0 {
                break;
            }
            after.at += length;
        }
        c = after;
    }
    Some(Found { end: c.at, lat, lon, radius_m })
}

/// A pair of plain numbers that is all there is of a text: what somebody types.
pub(super) fn typed(text: &str) -> Option<Found> {
    let mut c = Cursor::new(text, 0);
    let lat = typed_angle(&mut c)?;
    let before = c.at;
    let comma = {
        c.space(2);
        c.eat(|c| matches!(c, ',' | ';')).is_some()
    };
    c.space(2);
    if !comma && c.at == before {
        return None;
    }
    let lon = typed_angle(&mut c)?;
    let radius_m = (unit_of(lat.1) * DEGREE / 2.0).max(1.0);
    c.rest().is_empty().then_some(Found { end: c.at, lat: lat.0, lon: lon.0, radius_m })
}

fn typed_angle(c: &mut Cursor<'_>) -> Option<(f64, usize)> {
    let angle = plain(c)?;
    c.eat(|c| c == '°');
    Some(angle)
}

/// A number with a sign and decimals, and how many decimals.
fn plain(c: &mut Cursor<'_>) -> Option<(f64, usize)> {
    let negative = c.eat(|c| matches!(c, '-' | '−' | '–')).is_some();
    let whole = c.digits(1, 3)?;
    let decimals = c.decimals('.');
    let value: f64 = format!("{whole}.{decimals}0").parse().ok()?;
    Some((if negative { -value } else { value }, decimals.len()))
}

/// One angle of ISO 6709, by how many digits its degrees have: value, unit, decimals.
fn iso_angle(c: &mut Cursor<'_>, width: usize) -> Option<(f64, f64, usize)> {
    let negative = c.eat(|c| matches!(c, '+' | '-' | '−'))? != '+';
    let whole = c.digits(width, width + 4)?;
    let decimals = c.decimals('.');
    let (degrees, rest) = whole.split_at(width);
    let degrees: f64 = degrees.parse().ok()?;
    let (value, unit) = match rest.len() {
        0 => (degrees + format!("0.{decimals}0").parse::<f64>().ok()?, unit_of(decimals.len())),
        2 | 4 => sixtieths(degrees, rest, decimals)?,
        _ => return None,
    };
    Some((if negative { -value } else { value }, unit, decimals.len()))
}
