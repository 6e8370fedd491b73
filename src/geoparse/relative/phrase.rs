//! What the words before a place's name say about where something is: “12 km north of the city of Derna”.
//! They are read backwards from the name, since that is where a phrase is sure to end.

use super::back::Back;
use super::measure::{Length, length};
use crate::model::mercator::wrapped;

/// Where something is, seen from a place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Relation {
    /// So far away, towards a bearing in degrees if one is said.
    Away { length: Length, bearing: Option<f64> },
    /// Beyond its edge: “north of Syria”, “just north of Derna”.
    Beyond { bearing: f64, just: bool },
    /// In a part of it: “northern Syria”; `None` is its middle.
    Part(Option<f64>),
    /// At the end of it: “the southern tip of India”.
    Tip(f64),
    /// On its edge: “the southern outskirts of Derna”.
    Edge(Option<f64>),
    /// “near Derna”, “just outside Derna”.
    Near { just: bool },
    /// “off the coast of Yemen”, “off the eastern coast of Yemen”, “12 miles off Yemen”.
    Off { length: Option<Length>, bearing: Option<f64> },
}

/// Nouns that stand before the name of their own place: “the city of Derna”.
const SORTS: &[&str] = &[
    "city", "town", "village", "port", "hamlet", "suburb", "district", "province", "governorate", "region",
    "state", "island", "settlement", "municipality", "resort", "oasis", "camp", "county", "township",
    "neighbourhood", "neighborhood", "commune", "archipelago", "capital",
];
const SHORES: &[&str] = &["coast", "coastline", "shore", "shores", "coasts", "shoreline"];
const EDGES: &[&str] =
    &["outskirts", "suburbs", "edge", "edges", "fringes", "fringe", "periphery", "outskirt", "approaches"];
const AROUND: &[&str] = &["vicinity", "environs", "surroundings", "neighbourhood", "neighborhood"];
const TIPS: &[&str] = &["tip", "corner", "end", "point"];
const PARTS: &[&str] = &[
    "part", "parts", "half", "area", "areas", "region", "regions", "side", "districts", "neighbourhoods",
    "neighborhoods", "quarter", "quarters", "reaches", "provinces", "section", "third", "interior",
];
/// Nouns between a length and what it is measured from.
const WAYS: &[&str] = &[
    "drive", "walk", "ride", "march", "trek", "journey", "stretch", "trip", "away", "distance", "inland",
    "offshore", "upstream", "downstream", "upriver", "downriver", "up", "down", "further", "farther", "due",
    "out",
];
/// What is told in time is not measured: “two hours' drive north of Derna”.
const TIMES: &[&str] = &[
    "hour", "hours", "minute", "minutes", "day", "days", "week", "weeks", "drive", "walk", "ride", "flight",
    "march", "journey", "trip",
];
/// Verbs whose meaning “off” ends: “cut off Yemen”, “took off”.
const PHRASAL: &[&str] = &[
    "cut", "cuts", "cutting", "wipe", "wiped", "hold", "held", "holding", "ward", "warded", "fend", "fended",
    "pay", "paid", "sell", "sold", "selling", "break", "broke", "broken", "breaking", "seal", "sealed",
    "sealing", "write", "wrote", "written", "shut", "shutting", "finish", "finished", "see", "saw", "show",
    "showed", "showing", "kick", "kicked", "turn", "turned", "close", "closed", "closing", "fight", "fought",
    "beat", "lay", "laid", "spin", "split", "take", "took", "taken", "taking", "set", "block", "blocked",
    "blocking", "hive", "carve", "carved", "mark", "marked", "call", "called", "round", "rounded", "keep",
    "kept", "buy", "bought", "face", "faced", "edge", "edged", "scare", "scared", "live", "lives", "living",
    "better", "worse", "well", "stave", "staved", "day", "days", "brush", "brushed", "trade", "traded",
    "spun", "tip", "tipped", "play", "played", "half", "percent", "top",
];

/// The relation that the words before a name state, and the byte where they begin.
pub(super) fn before(name: Back<'_>, has_shore: bool) -> Option<(usize, Relation)> {
    let mut back = name;
    if has_shore {
        back.eat(&["the"]);
        return off(back, None);
    }
    approach(&mut back);
    preposition(back).or_else(|| part(name))
}

/// Passes what stands between a preposition and the name: “the Libyan city of”, “the Syrian capital,”.
fn approach(back: &mut Back<'_>) {
    let mut here = *back;
    here.eat(&["of", ","]);
    if here.eat(SORTS) {
        for _ in 0..5 {
            let open =
                here.is_word() && !matches!(here.peek(), "of" | "from" | "near" | "outside" | "the" | "off");
            if !open && here.peek() != "-" {
                break;
            }
            here.step();
        }
        if here.eat(&["the", "a"]) {
            *back = here;
            return;
        }
    }
    back.eat(&["central", "downtown"]);
    back.eat(&["the"]);
}

fn preposition(mut back: Back<'_>) -> Option<(usize, Relation)> {
    let word = back.peek();
    back.step();
    match word {
        "of" => of(back),
        "from" => {
            if back.eat(&["far"]) {
                return back.eat(&["not"]).then(|| (back.start(), Relation::Near { just: false }));
            }
            let bearing = compass(&mut back);
            away(back, bearing)
        }
        "outside" | "beyond" | "past" => {
            if let Some(found) = away(back, None) {
                return Some(found);
            }
            let just = back.eat(&["just", "immediately", "right", "directly"]);
            (word == "outside").then(|| (back.start(), Relation::Near { just }))
        }
        "off" => off_bare(back),
        "near" | "nearby" | "around" => Some((back.start(), Relation::Near { just: false })),
        "to" => {
            let mut here = back;
            if here.eat(&["close", "closer", "next", "nearer", "adjacent"]) {
                return Some((here.start(), Relation::Near { just: false }));
            }
            None
        }
        _ => None,
    }
}

/// What may stand before “of”.
fn of(back: Back<'_>) -> Option<(usize, Relation)> {
    let mut here = back;
    if here.eat(SHORES) {
        return off(here, None);
    }
    if here.eat(EDGES) {
        let bearing = adjective(&mut here);
        here.eat(&["the"]);
        return Some((here.start(), Relation::Edge(bearing)));
    }
    if here.eat(AROUND) {
        here.eat(&["the"]);
        return Some((here.start(), Relation::Near { just: false }));
    }
    if here.eat(PARTS) {
        let bearing = adjective(&mut here)?;
        here.eat(&["the"]);
        return Some((here.start(), Relation::Part(Some(bearing))));
    }
    if here.eat(TIPS) {
        let bearing = adjective(&mut here)?;
        here.eat(&["the"]);
        return Some((here.start(), Relation::Tip(bearing)));
    }
    if here.eat(&["centre", "center", "heart", "middle"]) {
        return here.eat(&["the"]).then(|| (here.start(), Relation::Part(None)));
    }
    if here.eat(&["upstream", "downstream", "upriver", "downriver"]) {
        return away(here, None).or_else(|| Some((here.start(), Relation::Near { just: false })));
    }
    if here.eat(&["short", "shy"]) {
        return away(here, None);
    }
    let mut here = back;
    if here.eat(&["radius"]) || here.peek() == "within" {
        return within(here);
    }
    let Some(bearing) = compass(&mut here) else { return within(back) };
    let mut just = false;
    if here.eat(&["the"]) {
        if !here.eat(&["to"]) {
            return Some((here.start(), Relation::Part(Some(bearing))));
        }
    } else {
        let mut far = here;
        // “in the far north of Mali”
        if far.eat(&["far", "extreme", "deep", "remote"]) && far.eat(&["the"]) {
            return Some((far.start(), Relation::Part(Some(bearing))));
        }
        just = here.eat(&["just", "immediately", "directly", "slightly", "right"]);
    }
    if let Some(found) = away(here, Some(bearing)) {
        return Some(found);
    }
    // “two hours' drive north of”, and “10 seconds north of” likewise.
    let mut time = here;
    time.eat(&["'", "’"]);
    (!TIMES.contains(&time.peek())).then(|| (here.start(), Relation::Beyond { bearing, just }))
}

/// “within 20 km of”, “within a 20-kilometre radius of”.
fn within(mut back: Back<'_>) -> Option<(usize, Relation)> {
    let length = length(&mut back)?;
    back.eat(&["a"]);
    for _ in 0..3 {
        if back.eat(&["within", "inside"]) {
            let length = Length { least: 0.0, most: length.most };
            return Some((back.start(), Relation::Away { length, bearing: None }));
        }
        back.eat(&["about", "some", "roughly", "around", "approximately"]).then_some(())?;
    }
    None
}

/// A length, with the words that may follow it: “12 km (7 miles) away”, “a 12-kilometre drive”.
fn away(mut back: Back<'_>, bearing: Option<f64>) -> Option<(usize, Relation)> {
    for _ in 0..3 {
        back.eat(WAYS);
    }
    back.eat(&["directly", "just"]);
    let mut paren = back;
    if paren.eat(&[")"]) {
        for _ in 0..12 {
            if paren.eat(&["("]) {
                back = paren;
                break;
            }
            paren.step();
        }
    }
    let length = length(&mut back)?;
    Some((back.start(), Relation::Away { length, bearing }))
}

/// “off the northern coast of”, “off the coast of”: reading stands before the shore's noun.
fn off(mut back: Back<'_>, bearing: Option<f64>) -> Option<(usize, Relation)> {
    let bearing = bearing.or_else(|| adjective(&mut back)).or_else(|| compass(&mut back));
    back.eat(&["the"]);
    back.eat(&["off"]).then_some(())?;
    let start = back.start();
    let mut far = back;
    far.eat(&["just"]);
    match away(far, None) {
        Some((start, Relation::Away { length, .. })) => {
            Some((start, Relation::Off { length: Some(length), bearing }))
        }
        _ => Some((start, Relation::Off { length: None, bearing })),
    }
}

/// “12 miles off”, “off”, with “off” already passed.
fn off_bare(back: Back<'_>) -> Option<(usize, Relation)> {
    if let Some((start, Relation::Away { length, .. })) = away(back, None) {
        return Some((start, Relation::Off { length: Some(length), bearing: None }));
    }
    let start = back.start();
    (!PHRASAL.contains(&back.peek())).then_some((start, Relation::Off { length: None, bearing: None }))
}

/// “northern Syria”, “central Damascus”, “north-east Syria”.
fn part(mut back: Back<'_>) -> Option<(usize, Relation)> {
    if back.eat(&["central", "downtown"]) {
        // “north-central Ohio”, “north central Texas”
        let mut side = back;
        side.eat(&["-", "‑"]);
        let bearing = compass(&mut side);
        let start = if bearing.is_some() { side.start() } else { back.start() };
        return Some((start, Relation::Part(bearing)));
    }
    let bearing = adjective(&mut back).or_else(|| compass(&mut back))?;
    Some((back.start(), Relation::Part(Some(bearing))))
}

/// “northern”, “north-western”, “southeastern”.
pub(super) fn adjective(back: &mut Back<'_>) -> Option<f64> {
    let stem = back.peek().strip_suffix("ern")?;
    let bearing = bearing_of(stem)?;
    back.step();
    Some(joined(back, bearing))
}

/// “north”, “north-east”, “southeast”, “north-northwest”.
fn compass(back: &mut Back<'_>) -> Option<f64> {
    let bearing = bearing_of(back.peek())?;
    back.step();
    Some(joined(back, bearing))
}

/// The first part of “north-east” before its second, “north and east” apart.
fn joined(back: &mut Back<'_>, bearing: f64) -> f64 {
    let mut here = *back;
    if !here.eat(&["-", "‑", "–"]) {
        return bearing;
    }
    let Some(first) = bearing_of(here.peek()) else { return bearing };
    here.step();
    *back = here;
    // Half-way between the two, the short way round.
    let turn = wrapped(bearing - first);
    (first + turn / 2.0).rem_euclid(360.0)
}

/// Degrees from north, clockwise.
pub(super) fn bearing_of(word: &str) -> Option<f64> {
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
