//! Areas that words describe relative to places: "12 km north of Derna", "between Homs and Hama".
//! The anchor stays a mention of its own.

use super::tokens::{Form, Text};
use crate::model::{Area, Mention, Span};

/// The areas of an article, by its resolved mentions in text order.
pub(crate) fn areas(text: &Text<'_>, mentions: &[Mention]) -> Vec<Area> {
    let mut areas = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        let Some(place) = mention.place() else { continue };
        let first = text.token_at(mention.span.start);
        if let Some((start, metres, bearing)) = distance_before(text, first) {
            let (lat, lon, radius_m) = offset(place.lat, place.lon, metres, bearing);
            let span = Span::new(start, mention.span.end);
            areas.push(Area { span, anchor: mention.span, lat, lon, radius_m });
        } else if let Some(next) = mentions.get(i + 1) {
            areas.extend(between(text, first, mention, next));
        }
    }
    areas
}

/// "12 km north of", "about 30 miles outside": start byte, metres, bearing in degrees if one is given.
fn distance_before(text: &Text<'_>, first: usize) -> Option<(usize, f64, Option<f64>)> {
    let mut at = text.before(first)?;
    if text.folded(at) == "the" {
        at = text.before(at)?;
    }
    if !matches!(text.folded(at), "of" | "from" | "outside" | "off") {
        return None;
    }
    let mut bearing = None;
    if text.folded(at) != "outside" {
        at = text.before(at)?;
        if matches!(text.folded(at), "coast" | "city" | "away") {
            at = text.before(at)?;
        }
        bearing = compass(text.folded(at));
        if bearing.is_some() {
            at = text.before(at)?;
            while matches!(text.folded(at), "to" | "the" | "-") || text.str(at) == "-" {
                at = text.before(at)?;
            }
        }
    } else {
        at = text.before(at)?;
    }
    if text.str(at) == ")" {
        while text.str(at) != "(" {
            at = text.before(at)?;
        }
        at = text.before(at)?;
    }
    let unit = unit(text.folded(at))?;
    let mut number = text.before(at)?;
    if text.str(number) == "-" {
        number = text.before(number)?;
    }
    let (value, start) = value(text, number)?;
    Some((start, value * unit, bearing))
}

/// The number that ends at the token: "12", "1,200", "12.5".
fn value(text: &Text<'_>, last: usize) -> Option<(f64, usize)> {
    if text.tokens.get(last)?.form != Form::Number {
        let words = [
            "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
        ];
        let n = words.iter().position(|&word| word == text.folded(last))?;
        return Some((n as f64 + 1.0, text.tokens[last].span.start));
    }
    let mut from = last;
    while from >= 2
        && matches!(text.str(from - 1), "." | ",")
        && !text.tokens[from].space
        && text.tokens[from - 2].form == Form::Number
    {
        from -= 2;
    }
    let span = Span::new(text.tokens[from].span.start, text.tokens[last].span.end);
    let digits: String = span.of(text.text).chars().filter(|&c| c != ',').collect();
    Some((digits.parse().ok()?, span.start))
}

fn unit(word: &str) -> Option<f64> {
    Some(match word {
        "km" | "kms" | "kilometer" | "kilometers" | "kilometre" | "kilometres" => 1_000.0,
        "mile" | "miles" | "mi" => 1_609.344,
        "metre" | "metres" | "meter" | "meters" => 1.0,
        _ => return None,
    })
}

fn compass(word: &str) -> Option<f64> {
    Some(match word {
        "north" => 0.0,
        "northeast" => 45.0,
        "east" => 90.0,
        "southeast" => 135.0,
        "south" => 180.0,
        "southwest" => 225.0,
        "west" => 270.0,
        "northwest" => 315.0,
        _ => return None,
    })
}

/// Centre and radius: a sixth of the distance where a bearing is given, the whole of it where none is.
fn offset(lat: f64, lon: f64, metres: f64, bearing: Option<f64>) -> (f64, f64, f64) {
    let Some(bearing) = bearing else { return (lat, lon, metres.max(100.0)) };
    let (lat, lon) = destination(lat, lon, metres, bearing);
    (lat, lon, (metres / 6.0).max(500.0))
}

/// The point so many metres away on a great circle.
fn destination(lat: f64, lon: f64, metres: f64, bearing: f64) -> (f64, f64) {
    let (phi, angle, theta) = (lat.to_radians(), metres / 6_371_008.8, bearing.to_radians());
    let there = (phi.sin() * angle.cos() + phi.cos() * angle.sin() * theta.cos()).clamp(-1.0, 1.0).asin();
    let east = (theta.sin() * angle.sin() * phi.cos()).atan2(angle.cos() - phi.sin() * there.sin());
    let lon = (lon + east.to_degrees() + 540.0).rem_euclid(360.0) - 180.0;
    (there.to_degrees(), lon)
}

/// "the road between Homs and Hama": their middle.
fn between(text: &Text<'_>, first: usize, a: &Mention, b: &Mention) -> Option<Area> {
    let before = text.before(first)?;
    let next = text.token_at(b.span.start);
    let joined = text.folded(before) == "between"
        && next
            .checked_sub(1)
            .is_some_and(|i| text.folded(i) == "and" && text.tokens[i].span.start >= a.span.end)
        && next.saturating_sub(text.token_at(a.span.start)) <= 6;
    // Talks between Cairo and Moscow are nowhere between them.
    let around = text.before(before).map_or("", |i| text.folded(i));
    let path = matches!(
        around,
        "road"
            | "highway"
            | "border"
            | "midway"
            | "halfway"
            | "area"
            | "located"
            | "lies"
            | "railway"
            | "route"
            | "motorway"
            | "pass"
    );
    if !joined || !path {
        return None;
    }
    let (p, q) = (a.place()?, b.place()?);
    let metres = distance(p.lat, p.lon, q.lat, q.lon);
    let (lat, lon) = middle(p.lat, p.lon, q.lat, q.lon);
    let span = Span::new(text.tokens[before].span.start, b.span.end);
    Some(Area { span, anchor: a.span, lat, lon, radius_m: (metres / 2.0).max(500.0) })
}

fn distance(lat: f64, lon: f64, lat2: f64, lon2: f64) -> f64 {
    let (p, q, d) = (lat.to_radians(), lat2.to_radians(), (lon2 - lon).to_radians());
    let h = ((q - p) / 2.0).sin().powi(2) + p.cos() * q.cos() * (d / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * h.min(1.0).sqrt().asin()
}

fn middle(lat: f64, lon: f64, lat2: f64, lon2: f64) -> (f64, f64) {
    let (p, q, d) = (lat.to_radians(), lat2.to_radians(), (lon2 - lon).to_radians());
    let (x, y) = (q.cos() * d.cos(), q.cos() * d.sin());
    let mid = (p.sin() + q.sin()).atan2(((p.cos() + x).powi(2) + y * y).sqrt());
    let east = y.atan2(p.cos() + x).to_degrees();
    (mid.to_degrees(), (lon + east + 540.0).rem_euclid(360.0) - 180.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_before_a_place() {
        let check = |words: &str, expected: Option<(f64, Option<f64>)>| {
            let text = Text::new(words, &[]);
            let found = distance_before(&text, text.tokens.len() - 1)
                .map(|(_, metres, bearing)| (metres.round(), bearing));
            assert_eq!(found, expected, "{words}");
        };
        check("a camp 12 km north of Derna", Some((12_000.0, Some(0.0))));
        check("some 1,200 kilometres south-west of Derna", None);
        check("about 30 miles (48 km) southwest of Derna", Some((48_280.0, Some(225.0))));
        check("a 30-kilometer drive north of Derna", None);
        check("five miles outside Derna", Some((8_047.0, None)));
        check("2.5 km from Derna", Some((2_500.0, None)));
        check("the north of Derna", None);
    }

    #[test]
    fn points_on_the_globe() {
        let (lat, lon) = destination(32.76, 22.64, 111_195.0, 0.0);
        assert!((lat - 33.76).abs() < 0.01 && (lon - 22.64).abs() < 0.01);
        let (_, lon) = destination(0.0, 179.9, 50_000.0, 90.0);
        assert!(lon < -179.0);
    }
}
