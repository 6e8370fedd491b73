//! Areas that words describe relative to places: “12 km north of Derna”, “between Homs and Hama”.
//! The anchor stays a mention of its own, and an area never moves it.

mod back;
mod measure;
mod phrase;
mod shape;
#[cfg(test)]
mod tests;

use super::tokens::{Form, Text};
use crate::gazetteer::Gazetteer;
use crate::model::{Area, Kind, Mention, Precision, Sense, Span};
use back::Back;
use phrase::Relation;
use shape::{Circle, Shapes};

const BORDERS: &[&str] = &["border", "borders", "frontier", "boundary", "borderlands"];
const WAYS: &[&str] = &[
    "road", "highway", "railway", "route", "motorway", "expressway", "corridor", "track", "tracks",
    "pipeline", "freeway", "roads",
];
/// What stands before “between” where it says a place.
const SITES: &[&str] = &[
    "area", "located", "lies", "lying", "lie", "lay", "situated", "pass", "midway", "halfway", "somewhere",
    "village", "villages", "town", "desert", "valley", "region", "stretch", "strait", "channel", "sea",
    "waters", "plain", "mountains", "hills", "land", "territory", "zone", "sandwiched", "point", "way",
    "coast", "space", "half",
];
/// What is between two places without being anywhere.
const TIES: &[&str] = &[
    "talks", "relations", "ties", "agreement", "agreements", "deal", "deals", "war", "match", "game",
    "tension", "tensions", "dispute", "trade", "flight", "flights", "conflict", "difference", "differences",
    "cooperation", "rivalry", "meeting", "exchange", "call", "split", "choose", "choice", "divided",
    "shuttle", "shuttled", "final", "friendship", "dialogue", "treaty", "distance", "comparison", "contacts",
    "summit", "negotiations", "fixture", "series", "clash", "derby", "draw", "time", "partnership", "link",
    "links", "differ", "hostilities", "alliance", "gap", "torn", "rift", "row", "visits", "communication",
    "competition", "contest", "feud", "commute", "commutes",
];
/// Metres between two towns that an event between them still tells something of, and a road.
const REACH: f64 = 300_000.0;
const ROAD: f64 = 1_500_000.0;

/// The areas of an article, by its resolved mentions in text order.
pub(crate) fn areas(text: &Text<'_>, gazetteer: &Gazetteer, mentions: &[Mention]) -> Vec<Area> {
    let mut areas = Vec::new();
    let mut shapes = Shapes::new(gazetteer);
    let mut joined = None;
    for (i, mention) in mentions.iter().enumerate() {
        if mention.place().is_none() {
            continue;
        }
        // The second of a pair has been told with the first.
        if joined == Some(i) {
            continue;
        }
        let next = mentions.get(i + 1).filter(|next| next.place().is_some());
        let pair = next.and_then(|next| {
            border(text, &mut shapes, mention, next).or_else(|| between(text, mention, next))
        });
        if let Some(area) = pair {
            joined = Some(i + 1);
            areas.push(area);
        } else {
            areas.extend(single(text, &mut shapes, mention));
        }
    }
    areas
}

fn area(span: Span, anchor: &Mention, circle: Circle) -> Area {
    let (lat, lon) = (circle.centre.y(), circle.centre.x());
    Area { span, anchor: anchor.span, lat, lon, radius_m: circle.radius_m }
}

/// The area of the words about one name.
fn single(text: &Text<'_>, shapes: &mut Shapes<'_>, mention: &Mention) -> Option<Area> {
    let place = mention.place()?;
    let first = text.token_at(mention.span.start);
    let last = last_token(text, mention);
    let mut after = last.and_then(|last| text.after(last));
    if after.is_some_and(|at| text.tokens[at].form == Form::Possessive) {
        after = after.and_then(|at| text.after(at));
    }
    let noun = after.map_or("", |at| text.folded(at));
    let shore = matches!(noun, "coast" | "shore" | "shores" | "coastline");
    // “off U.S. 95” is a road.
    if after.is_some_and(|at| text.tokens[at].form == Form::Number) {
        return None;
    }
    // “12 km from the Turkish border” is not measured from Turkey, nor “12 km from the Syrian camp”.
    if !shore && (BORDERS.contains(&noun) || mention.kind == Kind::Demonym) {
        return None;
    }
    let (start, relation) = phrase::before(Back::from(text, first), shore)?;
    // “a stage of 109 miles from Palencia to Burgos” is no distance from either.
    if noun == "to" && matches!(relation, Relation::Away { bearing: None, .. }) {
        return None;
    }
    // The Paris of “north Paris Police Department” has no north.
    if mention.kind == Kind::Embedded && matches!(relation, Relation::Part(_)) {
        return None;
    }
    let end = after.filter(|_| shore).map_or(mention.span.end, |at| text.tokens[at].span.end);
    let circle = shapes.area(relation, place)?;
    Some(area(Span::new(start, end), mention, circle))
}

/// “the Syrian-Turkish border”, “the border between Syria and Turkey”, “Syria's border with Turkey”.
fn border(text: &Text<'_>, shapes: &mut Shapes<'_>, a: &Mention, b: &Mention) -> Option<Area> {
    let (first, second) = (last_token(text, a)?, text.token_at(b.span.start));
    let gap = gap(text, first, second)?;
    let before = Back::from(text, text.token_at(a.span.start));
    let after = last_token(text, b).and_then(|at| text.after(at));
    let is_border = |word: &str| BORDERS.contains(&word);
    let span = match gap.as_slice() {
        ["-" | "–" | "—" | "/" | "and" | "‑"] if after.is_some_and(|at| is_border(text.folded(at))) => {
            Span::new(a.span.start, after.map_or(b.span.end, |at| text.tokens[at].span.end))
        }
        ["and"] | ["and", "the"] => {
            let mut back = before;
            back.eat(&["the"]);
            let told = back.eat(&["between", "of", "dividing", "separating"]) && is_border(back.peek());
            told.then(|| back.step())?;
            Span::new(back.start(), b.span.end)
        }
        [.., word, "with"] | [.., word, "with", "the"] if is_border(word) => {
            Span::new(a.span.start, b.span.end)
        }
        _ => return None,
    };
    let circle = shapes.border(a.place()?, b.place()?)?;
    Some(area(span, a, circle))
}

/// “the road between Homs and Hama”, “halfway between Homs and Hama”, “on the road from Homs to Hama”, “the
/// Homs-Hama highway”.
fn between(text: &Text<'_>, a: &Mention, b: &Mention) -> Option<Area> {
    let gap = gap(text, last_token(text, a)?, text.token_at(b.span.start))?;
    let mut back = Back::from(text, text.token_at(a.span.start));
    back.eat(&["the"]);
    let after = last_token(text, b).and_then(|at| text.after(at));
    let way_after = after.filter(|&at| WAYS.contains(&text.folded(at)));
    let (mut start, mut end) = (a.span.start, b.span.end);
    let mut halfway = false;
    match gap.first().copied()? {
        "and" if back.eat(&["between"]) => {
            start = back.start();
            let noun = back.peek();
            halfway = matches!(noun, "halfway" | "midway") || (noun == "way" && is_halved(back));
            if !(WAYS.contains(&noun) || SITES.contains(&noun) || happens_between(back, a, b)) {
                return None;
            }
            if halfway || WAYS.contains(&noun) {
                back.step();
                start = back.start();
            }
        }
        "to" | "and" if back.eat(&["from"]) => {
            WAYS.contains(&back.peek()).then(|| back.step())?;
            start = back.start();
        }
        "-" | "–" | "—" | "to" | "/" if gap.len() == 1 => {
            end = text.tokens[way_after?].span.end;
        }
        _ => return None,
    }
    let (p, q) = (a.place()?, b.place()?);
    let circle = shape::between(p, q, halfway);
    if shape::distance(p, q) > ROAD {
        return None;
    }
    Some(area(Span::new(start, end), a, circle))
}

fn is_halved(mut back: Back<'_>) -> bool {
    back.step();
    back.eat(&["-"]);
    back.peek() == "half"
}

/// Whether something happens between two towns and not between what they stand for: talks between Cairo and
/// Moscow are nowhere.
fn happens_between(mut back: Back<'_>, a: &Mention, b: &Mention) -> bool {
    let (Some(p), Some(q)) = (a.place(), b.place()) else { return false };
    let towns = [p, q].iter().all(|place| place.precision <= Precision::Settlement)
        && [a, b].iter().all(|mention| mention.sense == Sense::Literal && mention.kind == Kind::Name);
    if !towns || shape::distance(p, q) > REACH {
        return false;
    }
    for _ in 0..8 {
        if TIES.contains(&back.peek()) {
            return false;
        }
        back.step();
    }
    true
}

/// The words between two mentions: at most six, in one sentence.
fn gap<'a>(text: &'a Text<'_>, last: usize, next: usize) -> Option<Vec<&'a str>> {
    let (from, to) = (text.tokens.get(last)?.sentence, text.tokens.get(next)?.sentence);
    let words = last + 1..next;
    (from == to && (1..=6).contains(&words.len())).then_some(())?;
    let word =
        |at: usize| Some(text.folded(at)).filter(|folded| !folded.is_empty()).unwrap_or_else(|| text.str(at));
    Some(words.map(word).collect())
}

/// The last token of a mention.
fn last_token(text: &Text<'_>, mention: &Mention) -> Option<usize> {
    text.token_at(mention.span.end.checked_sub(1)?).into()
}
