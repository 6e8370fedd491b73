//! What looks like an event and is none: names, games, nouns that only describe the next one.
//! Set phrases ("strike a balance") stand in the table itself.

use super::draft::Draft;
use super::line::Line;
use super::words::{
    AIR, ANNULLING, CROWD, MILITANTS, MILITARY, PLACED, POLICE, PROPER, PUBLIC, REBELS, SPORT,
};
use crate::geoparse::tokens::{Form, Text};
use crate::model::{EventClass, EventType};

/// What an article is about, as far as it decides what its words tell.
#[derive(Clone, Copy, Debug)]
pub(super) struct Matter {
    /// The share of words of games.
    sport: f32,
    /// The share of words of public life.
    public: f32,
    /// Whether it is long enough for few such words to mean something.
    long: bool,
}

/// Words of a text that is long.
const LONG: usize = 100;

/// Fewer words of games than these say nothing: "the Arab League".
const FEW: usize = 6;

impl Matter {
    pub(super) fn of(text: &Text<'_>) -> Self {
        let (mut all, mut sport, mut public) = (1_usize, 0_usize, 0_usize);
        for token in text.tokens.iter().filter(|token| token.is_word()) {
            all += 1;
            sport += usize::from(SPORT.has(&token.folded));
            public += usize::from(is_public(&token.folded));
        }
        let share = |count: usize| count as f32 / all as f32;
        Self { sport: if sport < FEW { 0.0 } else { share(sport) }, public: share(public), long: all > LONG }
    }
}

pub(super) fn is_public(word: &str) -> bool {
    PUBLIC.has(word) || MILITARY.has(word) || REBELS.has(word) || POLICE.has(word) || CROWD.has(word)
}

/// How far a draft is to be believed, 0 to 1.
pub(super) fn belief(line: &Line<'_>, draft: &Draft, matter: Matter) -> f32 {
    named(line, draft)
        * described(line, draft)
        * struck(line, draft)
        * game(line, draft, matter.sport)
        * public(line, draft, matter)
}

/// "They met the neighbours", "it offers a view": of public life it would be an event.
fn public(line: &Line<'_>, draft: &Draft, matter: Matter) -> f32 {
    let violent =
        matches!(draft.kind.class(), EventClass::Violence | EventClass::Misfortune | EventClass::Pressure);
    if violent && !draft.common {
        return 1.0;
    }
    // Initials in capitals are mostly bodies: "the IAEA".
    let body = |i: usize| line.form(i) == Some(Form::Upper) && line.str(i).len() > 2 && !line.is_headline();
    let named = (line.from..line.to)
        .any(|i| is_public(line.word(i)) || body(i) || (line.in_place(i) && i.abs_diff(draft.head) < 9));
    match (matter.public, draft.common) {
        _ if named => 1.0,
        (0.04.., _) => 0.9,
        (0.02.., true) => 0.65,
        (0.02.., false) => 0.75,
        (_, true) => 0.35,
        (_, false) if matter.long => 0.4,
        (_, false) => 0.75,
    }
}

/// A capital in the middle of a sentence makes it a name: "the Clash", "Strike Force".
fn named(line: &Line<'_>, draft: &Draft) -> f32 {
    if !(line.is_name(draft.head) || draft.noun && line.is_name(draft.last)) {
        return 1.0;
    }
    let shout = line.form(draft.head) == Some(Form::Upper);
    if shout || !draft.noun {
        return 0.0;
    }
    if PROPER.has(line.word(draft.last)) { 0.85 } else { 0.0 }
}

/// "The law targets offices": a bare blow needs somebody who strikes.
fn struck(line: &Line<'_>, draft: &Draft) -> f32 {
    let bare = draft.common && draft.subtype == Some("attack");
    let armed = |word: &str| {
        MILITARY.has(word) || REBELS.has(word) || MILITANTS.has(word) || POLICE.has(word) || AIR.has(word)
    };
    if !bare || (line.from..line.to).any(|i| armed(line.word(i))) { 1.0 } else { 0.5 }
}

/// "Attack helicopters", "the strike zone".
fn described(line: &Line<'_>, draft: &Draft) -> f32 {
    if !draft.noun {
        return 1.0;
    }
    let placed = |i: usize| line.before(i).is_some_and(|before| line.in_place(before));
    if draft.words == 1 && PLACED.has(line.word(draft.head)) && !placed(draft.head) {
        return 0.0;
    }
    let Some(next) = line.after(draft.last) else { return 1.0 };
    if ANNULLING.has(line.word(next)) { 0.0 } else { 1.0 }
}

fn game(line: &Line<'_>, draft: &Draft, sportiness: f32) -> f32 {
    let hard = matches!(draft.kind, EventType::Accident | EventType::Disaster | EventType::Coerce)
        || matches!(
            draft.subtype,
            Some("killing" | "assassination" | "massacre" | "suicide bombing" | "abduction" | "rescue")
        );
    if hard {
        return 1.0;
    }
    let here = (line.from..line.to).filter(|&i| SPORT.has(line.word(i))).count();
    if sportiness > 0.05 || here >= 3 {
        0.3
    } else if sportiness > 0.03 || here == 2 {
        0.6
    } else {
        1.0
    }
}
