//! Coordinates written in a text: degrees, ISO 6709, `geo:` URIs, MGRS, UTM.
//! A notation says by its digits how exactly it means its point, and that is the point's radius: “36°N 37°E” is
//! no address.

mod angles;
mod cursor;
mod grids;
mod machine;
mod mercator;
mod pairs;
mod write;

use crate::gazetteer::Gazetteer;
use crate::model::{Place, Precision, Span};
use cursor::Cursor;
pub use write::Notation;

/// Metres in a degree of the meridian.
const DEGREE: f64 = 111_195.0;

/// A point written in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) span: Span,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// How exactly it is written: half a unit of the last digit, metres.
    pub(crate) radius_m: f64,
}

/// A point that ends before byte `end`.
#[derive(Clone, Copy, Debug)]
struct Found {
    end: usize,
    lat: f64,
    lon: f64,
    radius_m: f64,
}

/// Every point written in the text outside its boilerplate, in order, not overlapping.
pub(crate) fn find(text: &str, boilerplate: &[Span]) -> Vec<Written> {
    let mut found = Vec::new();
    let mut hidden = boilerplate.iter().peekable();
    let mut at = 0;
    while at < text.len() {
        while hidden.next_if(|span| span.end <= at).is_some() {}
        if let Some(span) = hidden.peek().filter(|span| span.start <= at) {
            at = span.end.max(at + 1);
            continue;
        }
        let Some(point) = starts(text, at).then(|| read(text, at)).flatten() else {
            at += 1;
            continue;
        };
        let span = Span::new(at, point.end);
        at = point.end;
        if hidden.peek().is_none_or(|hidden| !hidden.overlaps(span)) {
            found.push(Written { span, lat: point.lat, lon: point.lon, radius_m: point.radius_m });
        }
    }
    found
}

/// The point that a text is, and nothing else: what somebody types to go there. Here “36.2, 37.16” counts
/// however few digits it has, since it cannot be a football score.
pub(crate) fn alone(text: &str) -> Option<Written> {
    let within = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']).trim();
    if let Some(Found { lat, lon, radius_m, .. }) = machine::typed(within).filter(Found::is_on_earth) {
        let start = text.find(within).unwrap_or(0);
        return Some(Written { span: Span::new(start, start + within.len()), lat, lon, radius_m });
    }
    find(text, &[]).into_iter().next().filter(|written| written.span.of(text) == within)
}

/// Whether a notation may start at a byte: with a digit, a sign, a hemisphere or a label, where no word or
/// number goes on.
fn starts(text: &str, at: usize) -> bool {
    let opens = match text.as_bytes().get(at) {
        Some(b'0'..=b'9' | b'+' | b'-' | b'N' | b'S' | b'E' | b'W' | b'l' | b'L' | b'g' | b'G') => true,
        // The first byte of “−” and “–”.
        Some(0xe2) => text.get(at..).is_some_and(|rest| rest.starts_with(['−', '–'])),
        _ => false,
    };
    if !opens {
        return false;
    }
    let mut before = text[..at].chars().rev();
    match before.next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '-' | '−' | '–' | '+' | '_' | '°') => false,
        // “1,234.5678” and “1.2.3” go on.
        Some('.' | ',' | ':') => !before.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

fn read(text: &str, at: usize) -> Option<Found> {
    let start = Cursor::new(text, at);
    let digit = text.as_bytes()[at].is_ascii_digit();
    let readers: &[fn(Cursor<'_>) -> Option<Found>] = match text.as_bytes()[at] {
        b'g' | b'G' => &[machine::uri],
        b'+' | b'-' => &[machine::iso6709, pairs::pair],
        _ if digit => &[grids::square, grids::point, pairs::pair],
        _ => &[pairs::pair],
    };
    readers.iter().find_map(|reader| reader(start).filter(Found::is_on_earth))
}

/// Whether one of these words, in small letters, stands in the same line shortly before a notation.
fn says(start: Cursor<'_>, words: &[&str]) -> bool {
    let before = line_before(start);
    words.iter().any(|word| {
        before.match_indices(word).any(|(at, _)| !before[..at].ends_with(|c: char| c.is_alphanumeric()))
    })
}

/// Whether this word, in small letters, stands right before a notation.
fn follows(start: Cursor<'_>, word: &str) -> bool {
    let before = line_before(start);
    let left = before.trim_end().strip_suffix(word);
    left.is_some_and(|left| !left.ends_with(|c: char| c.is_alphanumeric()))
}

fn line_before(start: Cursor<'_>) -> String {
    let mut from = start.at.saturating_sub(48);
    while !start.text.is_char_boundary(from) {
        from += 1;
    }
    let before = &start.text[from..start.at];
    before.rsplit('\n').next().unwrap_or(before).to_lowercase()
}

impl Found {
    fn is_on_earth(&self) -> bool {
        self.lat.abs() <= 90.0 && self.lon.abs() <= 180.0
    }
}

impl Written {
    /// The point as a place, in the country of the nearest place that the gazetteer knows.
    pub(crate) fn place(&self, gazetteer: &Gazetteer) -> Place {
        let near = gazetteer.nearest(self.lat, self.lon, 1);
        let near = near.first().and_then(|&(row, _)| gazetteer.place(row));
        let (country_code, country, admin1) =
            near.map_or_else(Default::default, |p| (p.country_code, p.country, p.admin1));
        Place {
            id: format!("coordinate:{:.6},{:.6}", self.lat, self.lon),
            name: format!("{:.4}, {:.4}", self.lat, self.lon),
            lat: self.lat,
            lon: self.lon,
            country_code,
            country,
            admin1,
            feature_class: 'S',
            feature_code: "COORD".to_owned(),
            population: 0,
            precision: precision(self.radius_m),
            radius_m: self.radius_m,
            bbox: None,
        }
    }
}

/// What such a radius is as large as: minutes are a point, tenths of a degree a district.
fn precision(radius_m: f64) -> Precision {
    match radius_m {
        ..=1_000.0 => Precision::Point,
        ..=3_000.0 => Precision::Settlement,
        ..=20_000.0 => Precision::District,
        _ => Precision::Region,
    }
}

#[cfg(test)]
mod tests;
