//! Latitude and longitude side by side: “36°12′N 37°09′E”, “31.2021, 29.9187”, “lat 36.2 lon 37.1”.
//! A bare pair of decimals counts only with three digits after each point and no list about it, or every
//! football score would be a place in the Gulf of Guinea.

use super::angles::{Angle, Axis, angle};
use super::cursor::Cursor;
use super::{DEGREE, Found, follows, says};

/// A pair of angles that starts here.
pub(super) fn pair(start: Cursor<'_>) -> Option<Found> {
    let mut c = start;
    let first = angle(&mut c)?;
    let parted = separator(&mut c)?;
    let second = angle(&mut c)?;
    let number_follows =
        c.rest().starts_with(|c: char| c.is_alphanumeric() || c == '°') || fraction_follows(c);
    if number_follows {
        return None;
    }
    let meant = match (first.axis, second.axis) {
        (Some(a), Some(b)) => a != b && are_alike(&first, &second, a == Axis::Lat),
        (None, None) => parted != Parted::Word && are_bare(start, c, &first, &second, parted),
        _ => false,
    };
    let (lat, lon) = if first.axis == Some(Axis::Lon) { (second, first) } else { (first, second) };
    let radius_m = (first.unit.max(second.unit) * DEGREE / 2.0).max(1.0);
    meant.then_some(Found { end: c.at, lat: lat.value, lon: lon.value, radius_m })
}

/// Whether two angles that say which they are are written alike, as a point's are.
fn are_alike(first: &Angle, second: &Angle, lat_first: bool) -> bool {
    let sure = |angle: &Angle| angle.marked || angle.labelled;
    // “E40, N7” are roads, “3.5 W, 4.2 N” watts and newtons; “50 N 75 W” is a street corner in Utah.
    let plain_roads = |angle: &Angle| angle.letter_first && angle.places == 0 && angle.unit >= 1.0;
    if first.letter_first != second.letter_first {
        // “N 36° E 37 feet” is a surveyor's bearing.
        return sure(first) && sure(second);
    }
    (sure(first) && sure(second))
        || (lat_first
            && first.marked == second.marked
            && ![first, second].into_iter().any(|angle| plain_roads(angle) || angle.loose))
        || (lat_first && !first.loose && !second.loose && first.places > 0 && second.places > 0)
}

/// Whether two plain numbers are meant as a point.
fn are_bare(start: Cursor<'_>, end: Cursor<'_>, first: &Angle, second: &Angle, parted: Parted) -> bool {
    let named =
        says(start, &["coordinates", "coordinate", "coords", "gps", "lat/lon", "lat/long", "lat/lng"])
            || says(
                start,
                &["lat,lon", "lat, lon", "lat, long", "latlong", "latlon", "latitude and longitude"],
            );
    let (least, most) = (first.places.min(second.places), first.places.max(second.places));
    if named && least >= 1 && parted != Parted::Nothing {
        return true;
    }
    let before = start.text[..start.at].chars().next_back();
    let inner = start.text[..start.at].trim_end_matches([' ', '\t']);
    // “1.125, 36.2021, 37.1343” is a list, and “$36.202, 37.134” are prices.
    let listed = inner.len() + 2 > start.at
        && inner.ends_with([',', ';', '/'])
        && inner.trim_end_matches([',', ';', '/', ' ']).ends_with(|c: char| c.is_ascii_digit());
    if listed || before.is_some_and(is_currency) || measures(end) {
        return false;
    }
    let bracketed = before.is_some_and(|c| matches!(c, '(' | '[' | '@' | '='));
    // “12.345, 23.456” are thousands where points part them.
    let thousands = most == 3 && !first.negative && !second.negative && !bracketed && !follows(start, "at");
    match parted {
        Parted::Comma => least >= 3 && !thousands,
        Parted::Space => least >= 4,
        Parted::Nothing | Parted::Word => false,
    }
}

fn is_currency(c: char) -> bool {
    matches!(c, '$' | '€' | '£' | '¥' | '₹' | '₽' | '₺' | '₩' | '₦' | '¢' | '#')
}

/// Whether what follows makes the numbers a measure or a list: “ seconds”, “%”, “, 5.125”.
fn measures(end: Cursor<'_>) -> bool {
    let mut c = end;
    if c.eat(|c| matches!(c, '%' | '‰' | '€' | '£' | '$')).is_some() {
        return true;
    }
    let mut list = c;
    list.space(1);
    if list.eat(|c| matches!(c, ',' | ';')).is_some() {
        list.space(1);
        list.eat(|c| matches!(c, '-' | '−' | '–'));
        // “@36.2021,37.1343,12z” is how maps on the web write where they look.
        if list.digits(1, 9).is_some() && (!list.decimals('.').is_empty() || list.peek() != Some('z')) {
            return true;
        }
    }
    c.space(1);
    let units = [
        "s", "sec", "secs", "seconds", "ms", "m", "km", "kg", "g", "points", "point", "percent", "per cent",
        "million", "billion", "euros", "dollars", "pounds", "and", "or", "mm", "cm", "miles", "ft", "x", "×",
    ];
    c.eat_word(&units).is_some_and(|unit| {
        let more = !matches!(units[unit], "and" | "or" | "x" | "×");
        more || (c.space(1) && c.digits(1, 9).is_some())
    })
}

/// What stands between the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Parted {
    Nothing,
    Space,
    Comma,
    Word,
}

fn separator(c: &mut Cursor<'_>) -> Option<Parted> {
    let space = c.space(3);
    if c.eat(|c| matches!(c, ',' | ';' | '/' | '|' | '·' | '،')).is_some() {
        c.space(2);
        c.eat_word(&["and"]).is_some().then(|| c.space(2));
        return Some(Parted::Comma);
    }
    if space && c.eat_word(&["and", "by", "&"]).is_some() {
        return c.space(2).then_some(Parted::Word);
    }
    Some(if space { Parted::Space } else { Parted::Nothing })
}

fn fraction_follows(c: Cursor<'_>) -> bool {
    let mut after = c;
    after.eat(|c| matches!(c, '.' | ':')).is_some() && after.digits(1, 1).is_some()
}
