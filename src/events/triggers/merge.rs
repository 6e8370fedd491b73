//! One trigger for one happening.
//! "Killed in an air strike", "an attack killing eight", "launched an attack" are one each: the first word of the pair
//! stays, with the type and the sub-type of the more telling one. Deeds of other types are events of their own.

use super::draft::Draft;
use super::line::Line;
use super::words::{AFTER, CLAUSE, JOINT, LIGHT, OUTCOME, WITHIN};
use crate::model::{EventClass, EventType};

/// How far apart two words for one happening may stand.
const REACH: usize = 12;

/// Takes the verb that carries the noun into the trigger: "launched an attack".
pub(super) fn widen(line: &Line<'_>, draft: &mut Draft) {
    if !draft.noun {
        return;
    }
    let mut at = draft.first;
    for _ in 0..4 {
        let Some(before) = line.before(at) else { return };
        if line.is_mark(before) || line.in_place(before) {
            return;
        }
        if LIGHT.has(line.word(before)) {
            draft.first = before;
            return;
        }
        at = before;
    }
}

/// Joins what tells one happening twice, in text order.
pub(super) fn join(line: &Line<'_>, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut kept: Vec<Draft> = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let same = kept.iter_mut().rev().find(|earlier| one(line, earlier, &draft));
        match same {
            Some(earlier) => absorb(earlier, &draft),
            None => kept.push(draft),
        }
    }
    kept
}

fn is_outcome(draft: &Draft) -> bool {
    let verb = !draft.noun && (draft.outcome || draft.subtype == Some("explosion"));
    verb || draft.subtype == Some("wounding")
}

fn is_harm(kind: EventType) -> bool {
    matches!(kind.class(), EventClass::Violence | EventClass::Misfortune)
}

fn one(line: &Line<'_>, earlier: &Draft, later: &Draft) -> bool {
    let between = earlier.last + 1..later.first;
    if between.start > between.end || between.len() > REACH || earlier.polarity != later.polarity {
        return later.last <= earlier.last && is_harm(earlier.kind) == is_harm(later.kind);
    }
    let parted = |i: usize| {
        CLAUSE.has(line.word(i))
            && !OUTCOME.has(line.word(i))
            && !JOINT.has(line.word(i))
            && !WITHIN.has(line.word(i))
    };
    if between.clone().any(|i| parted(i) || AFTER.has(line.word(i))) {
        return false;
    }
    if between.clone().any(|i| line.is_stop(i)) {
        return false;
    }
    let linked = between.clone().any(|i| WITHIN.has(line.word(i)));
    let harm = is_harm(earlier.kind) && is_harm(later.kind);
    // "Killed in an attack", "shot dead during a raid"
    if harm && later.noun && linked && (is_outcome(earlier) || earlier.subtype == Some("shooting")) {
        return true;
    }
    // "The raids hit a village", "a bomb destroyed the bus"
    if harm && earlier.noun && !later.noun && between.len() <= 3 && !between.clone().any(|i| line.is_mark(i))
    {
        return true;
    }
    // "An attack that killed", "bombed the town, wounding nine", "killed three and wounded two"
    if harm && is_outcome(later) {
        let told = OUTCOME.has(line.word(later.head)) || between.clone().any(|i| OUTCOME.has(line.word(i)));
        return told || earlier.noun || is_outcome(earlier);
    }
    // "Met … at a meeting", "protested in a march"
    let verb_and_noun =
        !earlier.noun && later.noun && linked && !between.clone().any(|i| AFTER.has(line.word(i)));
    earlier.kind == later.kind && verb_and_noun && between.len() < 8 && earlier.kind == EventType::Consult
}

fn absorb(earlier: &mut Draft, later: &Draft) {
    let vague = |draft: &Draft| {
        is_outcome(draft) || matches!(draft.subtype, None | Some("attack" | "crash" | "shooting"))
    };
    if vague(earlier) && (!vague(later) || is_outcome(earlier)) && is_harm(later.kind) && !is_outcome(later) {
        earlier.kind = later.kind;
        if !vague(later) {
            earlier.subtype = later.subtype;
        }
    }
    earlier.score = earlier.score.max(later.score);
}
