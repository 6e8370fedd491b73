//! Whether a mention is of the place itself or of its government, team or people.
//! "talks in Cairo" is literal; "Cairo has insisted" and "Egyptian President" are associative.

use super::recognize::Toponym;
use super::tokens::{Form, Text};
use super::words::{DIRECTIONS, GOVERNMENT_VERBS, LOCATIVES, PLACE_FOLLOWERS, PLACE_NOUNS};
use crate::gazetteer::Gazetteer;
use crate::model::{Kind, Sense};

/// The mention's sense.
pub(crate) fn sense(text: &Text<'_>, gazetteer: &Gazetteer, this: &Toponym) -> Sense {
    match this.kind {
        Kind::Coordinate => return Sense::Literal,
        Kind::Demonym | Kind::Embedded => return Sense::Associative,
        Kind::Name => {}
    }
    if this.dateline || locative_before(text, this) || has_container(text, this) {
        return Sense::Literal;
    }
    let seat =
        this.hits.first().is_some_and(|hit| matches!(gazetteer.feature(hit.row).1, "GOVL" | "PAL" | "ADMF"));
    if seat
        || hyphenated(text, this)
        || acts(text, this)
        || modifier(text, this)
        || governed(text, gazetteer, this)
    {
        Sense::Associative
    } else {
        Sense::Literal
    }
}

/// Whether "and" joins the mention to the one before: "accused Moscow and Syria".
pub(crate) fn joined(text: &Text<'_>, before: &Toponym, this: &Toponym) -> bool {
    let between = || before.end..this.first;
    this.kind == Kind::Name
        && before.end < this.first
        && between().len() <= 3
        && text.tokens[before.first].sentence == text.tokens[this.first].sentence
        && between().all(|i| matches!(text.folded(i), "and" | "or" | "the") || text.str(i) == ",")
        && between().any(|i| matches!(text.folded(i), "and" | "or"))
}

/// "in Derna", "of the Sinai", "across eastern Libya", "the city of Alexandria".
fn locative_before(text: &Text<'_>, this: &Toponym) -> bool {
    let mut at = text.before(this.first);
    for _ in 0..3 {
        let Some(i) = at else { return false };
        let folded = text.folded(i);
        if folded == "of" {
            return text.before(i).is_some_and(|n| PLACE_NOUNS.has(text.folded(n)));
        }
        // "between Cairo and Moscow" is of governments as often as of cities, and "from Cairo" an invitation.
        if LOCATIVES.has(folded) && !matches!(folded, "between" | "to") {
            return !possessive_of_actor(text, this);
        }
        if folded == "to" {
            return !possessive_of_actor(text, this) && !adjective_to(text, i);
        }
        if folded != "the" && !DIRECTIONS.has(folded) {
            return false;
        }
        at = text.before(i);
    }
    false
}

/// "a message to Saudi Arabia", "closer to the United States", "aid to Egypt".
fn adjective_to(text: &Text<'_>, to: usize) -> bool {
    text.before(to).is_some_and(|i| {
        matches!(
            text.folded(i),
            "message"
                | "closer"
                | "aid"
                | "letter"
                | "according"
                | "response"
                | "loyal"
                | "sales"
                | "threat"
                | "up"
                | "ties"
                | "support"
                | "assistance"
                | "weapons"
                | "arms"
                | "pressure"
                | "ambassador"
                | "allied"
        )
    })
}

/// "in Egypt's interest", "from Russia's state tourism agency".
fn possessive_of_actor(text: &Text<'_>, this: &Toponym) -> bool {
    let Some(mark) = text.after(this.end - 1) else { return false };
    if text.tokens[mark].form != Form::Possessive {
        return false;
    }
    !text.after(mark).is_some_and(|i| {
        PLACE_FOLLOWERS.has(text.folded(i))
            || PLACE_NOUNS.has(text.folded(i))
            || DIRECTIONS.has(text.folded(i))
    })
}

fn has_container(text: &Text<'_>, this: &Toponym) -> bool {
    let Some(comma) = text.after(this.end - 1) else { return false };
    text.str(comma) == ","
        && text.after(comma).is_some_and(|i| text.tokens[i].dot && text.tokens[i].is_capital())
}

/// "U.S.-led", "pro-Moscow", "Russia-backed".
fn hyphenated(text: &Text<'_>, this: &Toponym) -> bool {
    let dash =
        |i: Option<usize>| i.is_some_and(|i| matches!(text.str(i), "-" | "‑") && !text.tokens[i].space);
    let after = text.after(this.end - 1);
    let based = after
        .and_then(|i| text.after(i))
        .is_some_and(|i| matches!(text.folded(i), "based" | "born" | "area" | "bound" | "held"));
    dash(text.before(this.first)) || dash(after) && !based
}

/// A verb of governments follows: "Moscow said", "Cairo has insisted", "Egypt this month voted".
fn acts(text: &Text<'_>, this: &Toponym) -> bool {
    let mut at = text.after(this.end - 1);
    for _ in 0..4 {
        let Some(i) = at else { return false };
        let token = &text.tokens[i];
        let folded = token.folded.as_str();
        if token.form == Form::Lower && GOVERNMENT_VERBS.has(folded) {
            return !matches!(folded, "is" | "was" | "will" | "would" | "may" | "could" | "had" | "has")
                || subject_acts(text, i);
        }
        let skipped = matches!(
            folded,
            "also"
                | "yesterday"
                | "today"
                | "this"
                | "last"
                | "month"
                | "week"
                | "year"
                | "earlier"
                | "and"
                | "not"
                | "on"
        ) || matches!(text.str(i), ",")
            || token.form == Form::Capital && folded.ends_with("day");
        if !skipped {
            return false;
        }
        at = text.after(i);
    }
    false
}

/// After an auxiliary, a participle of doing: "has insisted", "is waiting", "would pursue".
fn subject_acts(text: &Text<'_>, auxiliary: usize) -> bool {
    (auxiliary + 1..auxiliary + 4).any(|i| {
        let folded = text.folded(i);
        text.tokens.get(i).is_some_and(|t| t.form == Form::Lower)
            && (GOVERNMENT_VERBS.has(folded)
                || matches!(
                    folded,
                    "fought"
                        | "opened"
                        | "waiting"
                        | "trying"
                        | "seeking"
                        | "ready"
                        | "keen"
                        | "willing"
                        | "facing"
                        | "explicitly"
                        | "accusing"
                ))
    })
}

/// "Russia's role", "the Moscow talks" of governments: a possessive before no place.
fn modifier(text: &Text<'_>, this: &Toponym) -> bool {
    let Some(next) = text.after(this.end - 1) else { return false };
    if text.tokens[next].form == Form::Possessive {
        return possessive_of_actor(text, this);
    }
    matches!(
        text.folded(next),
        "government"
            | "officials"
            | "authorities"
            | "army"
            | "troops"
            | "forces"
            | "president"
            | "team"
            | "allies"
            | "ally"
            | "court"
            | "police"
            | "ministry"
            | "lawmakers"
            | "voters"
            | "fans"
            | "military"
            | "senator"
            | "residents"
            | "resident"
            | "man"
            | "woman"
            | "mayor"
            | "state"
    ) && text.tokens[next].form == Form::Lower
        || matches!(
            text.folded(next),
            "president" | "minister" | "secretary" | "sen" | "rep" | "gov" | "senator" | "ambassador"
        )
}

/// Object of a government's dealings: "ties with Moscow", "accused Moscow and Syria", "tensions between".
fn governed(text: &Text<'_>, gazetteer: &Gazetteer, this: &Toponym) -> bool {
    let Some(best) = this.hits.first() else { return false };
    let (class, code) = gazetteer.feature(best.row);
    let state = class == 'A' && code.starts_with("PCL") || code == "PPLC" || class == 'S';
    state && dealt_with(text, this)
}

/// Whether some mention of the name stands for a government: it acts, or others deal with it.
pub(crate) fn governs(text: &Text<'_>, this: &Toponym) -> bool {
    this.kind == Kind::Name && !locative_before(text, this) && (acts(text, this) || dealt_with(text, this))
}

fn dealt_with(text: &Text<'_>, this: &Toponym) -> bool {
    let Some(before) = text.before(this.first) else { return false };
    let folded = if text.folded(before) == "the" {
        text.before(before).map_or("", |i| text.folded(i))
    } else {
        text.folded(before)
    };
    matches!(
        folded,
        "with"
            | "against"
            | "accused"
            | "prompted"
            | "between"
            | "urged"
            | "told"
            | "by"
            | "asked"
            | "backed"
            | "supports"
            | "supported"
            | "warned"
            | "pressed"
            | "for"
            | "blamed"
            | "to"
            | "than"
            | "as"
    )
}
