//! Coordinates written in a text: "36°12′N 37°09′E", "31.2, 29.9", "N 48.85 E 2.35".
//! A bare pair of decimals counts only with three digits after each point, or every football score
//! would be a place in the Gulf of Guinea.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::gazetteer::Gazetteer;
use crate::model::{Place, Precision, Span};

/// A point written in the text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Written {
    pub(crate) span: Span,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// How exactly it is written, metres.
    pub(crate) radius_m: f64,
}

/// Degrees, minutes and seconds with the hemisphere after them, twice.
static DEGREES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let angle = r"(\d{1,3}(?:\.\d+)?)\s?[°º˚]\s?(?:(\d{1,2}(?:\.\d+)?)\s?['′’ʹ]\s?)?(?:(\d{1,2}(?:\.\d+)?)\s?(?:''|[″”ʺ\x22])\s?)?";
    Regex::new(&format!(r"{angle}([NS])[,;/]?\s{{0,2}}{angle}([EW])\b")).ok()
});

/// Decimal degrees with hemispheres: "36.2 N, 37.15 E".
static HEMISPHERES: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(\d{1,2}\.\d+)\s?([NS])[,;]?\s{0,2}(\d{1,3}\.\d+)\s?([EW])\b").ok());

/// Decimal degrees: "36.2021, 37.1343".
static DECIMALS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[\s(\[])([-−–]?\d{1,2}\.\d{3,})\s?[,;]\s?([-−–]?\d{1,3}\.\d{3,})\b").ok()
});

/// Decimal degrees that are all there is of a text.
static ALONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s*[(\[]?([-−–]?\d{1,2}(?:\.\d+)?)°?(?:\s*[,;]\s*|\s+)([-−–]?\d{1,3}(?:\.\d+)?)°?[)\]]?\s*$",
    )
    .ok()
});

type Reader = fn(&Captures<'_>) -> Option<Written>;

/// Every point written in the text, in order, not overlapping.
pub(crate) fn find(text: &str) -> Vec<Written> {
    let mut found: Vec<Written> = Vec::new();
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return found;
    }
    let readers: [(&LazyLock<Option<Regex>>, Reader); 3] =
        [(&DEGREES, degrees), (&HEMISPHERES, hemispheres), (&DECIMALS, decimals)];
    for (pattern, read) in readers {
        let Some(pattern) = LazyLock::force(pattern) else { continue };
        for captures in pattern.captures_iter(text) {
            let written = read(&captures).filter(Written::is_on_earth);
            found.extend(written.filter(|w| !found.iter().any(|other| other.span.overlaps(w.span))));
        }
    }
    found.sort_by_key(|written| written.span);
    found
}

/// The point that a text is, and nothing else: what somebody types to go there. Here “36.2, 37.16” counts
/// however few digits it has, since it cannot be a football score.
pub(crate) fn alone(text: &str) -> Option<Written> {
    let pattern = LazyLock::force(&ALONE).as_ref();
    let plain = pattern.and_then(|pattern| pattern.captures(text)).and_then(|captures| decimals(&captures));
    let whole = |written: &Written| written.span.of(text).len() == text.trim().len();
    plain.or_else(|| find(text).into_iter().next().filter(whole)).filter(Written::is_on_earth)
}

impl Written {
    fn is_on_earth(&self) -> bool {
        self.lat.abs() <= 90.0 && self.lon.abs() <= 180.0
    }

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
            precision: Precision::Point,
            radius_m: self.radius_m,
            bbox: None,
        }
    }
}

fn number(captures: &Captures<'_>, group: usize) -> Option<f64> {
    captures.get(group)?.as_str().replace(['−', '–'], "-").parse().ok()
}

fn signed(value: f64, hemisphere: &str) -> f64 {
    if matches!(hemisphere, "S" | "W") { -value } else { value }
}

fn span(captures: &Captures<'_>, first: usize, last: usize) -> Option<Span> {
    Some(Span::new(captures.get(first)?.start(), captures.get(last)?.end()))
}

fn degrees(captures: &Captures<'_>) -> Option<Written> {
    let angle = |from: usize| -> Option<f64> {
        let part = |group: usize| number(captures, group).unwrap_or(0.0);
        let (minutes, seconds) = (part(from + 1), part(from + 2));
        (minutes < 60.0 && seconds < 60.0)
            .then_some(number(captures, from)? + minutes / 60.0 + seconds / 3600.0)
    };
    let radius_m = if captures.get(3).is_some() {
        50.0
    } else if captures.get(2).is_some() {
        1_000.0
    } else {
        decimal_radius(captures.get(1)?.as_str())
    };
    Some(Written {
        span: span(captures, 1, 8)?,
        lat: signed(angle(1)?, captures.get(4)?.as_str()),
        lon: signed(angle(5)?, captures.get(8)?.as_str()),
        radius_m,
    })
}

fn hemispheres(captures: &Captures<'_>) -> Option<Written> {
    Some(Written {
        span: span(captures, 1, 4)?,
        lat: signed(number(captures, 1)?, captures.get(2)?.as_str()),
        lon: signed(number(captures, 3)?, captures.get(4)?.as_str()),
        radius_m: decimal_radius(captures.get(1)?.as_str()),
    })
}

fn decimals(captures: &Captures<'_>) -> Option<Written> {
    Some(Written {
        span: span(captures, 1, 2)?,
        lat: number(captures, 1)?,
        lon: number(captures, 2)?,
        radius_m: decimal_radius(captures.get(1)?.as_str()),
    })
}

/// Half a unit of the last digit, in metres on the meridian.
fn decimal_radius(digits: &str) -> f64 {
    let decimals = digits.split_once('.').map_or(0, |(_, decimals)| decimals.len().min(6));
    (111_000.0 / 2.0 / 10f64.powi(i32::try_from(decimals).unwrap_or(0))).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, f64, f64)]) {
        let found = find(text);
        assert_eq!(found.len(), expected.len(), "{text}: {found:?}");
        for (written, (words, lat, lon)) in found.iter().zip(expected) {
            assert_eq!(written.span.of(text), *words);
            assert!((written.lat - lat).abs() < 1e-3 && (written.lon - lon).abs() < 1e-3, "{written:?}");
        }
    }

    #[test]
    fn pairs() {
        check("at 36°12′N 37°09′E, near", &[("36°12′N 37°09′E", 36.2, 37.15)]);
        check("at 36° 12' 30\" S, 37° 9' 0\" W.", &[("36° 12' 30\" S, 37° 9' 0\" W", -36.2083, -37.15)]);
        check("(36.2021, 37.1343)", &[("36.2021, 37.1343", 36.2021, 37.1343)]);
        check("-33.865, 151.209", &[("-33.865, 151.209", -33.865, 151.209)]);
        check("36.2 N, 37.15 E", &[("36.2 N, 37.15 E", 36.2, 37.15)]);
        check("58.5°N 31.3°E", &[("58.5°N 31.3°E", 58.5, 31.3)]);
        check("shares at 12.50, 13.75 and 3.125 points, 99.999, 1.5", &[]);
        check("95.123, 200.456", &[]);
        check("won 3-2, 4.5, 6.7", &[]);
    }

    #[test]
    fn points_that_are_typed() {
        let check = |text: &str, expected: Option<(f64, f64)>| {
            assert_eq!(alone(text).map(|written| (written.lat, written.lon)), expected, "{text}");
        };
        check("36.2, 37.16", Some((36.2, 37.16)));
        check(" (-12 -77.04) ", Some((-12.0, -77.04)));
        check("36.2° 37.16°", Some((36.2, 37.16)));
        check("36.2 N, 37.16 W", Some((36.2, -37.16)));
        check("36°12′N 37°E", Some((36.2, 37.0)));
        check("near 36.2021, 37.1343", None);
        check("95, 12", None);
        check("1984", None);
        check("", None);
    }
}
