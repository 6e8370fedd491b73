//! Words about deeds: who agrees, refuses, threatens or is asked to do something has not done it.
//! Both are events: the word as it was given, and the deed as planned, threatened, denied or wished for.

use super::draft::Draft;
use super::guard;
use super::line::Line;
use super::matching::Match;
use super::polarity::{Sight, said_after};
use super::table::Tells;
use super::words::{
    BE, HAVE, MUST, NOT, OF, RELATIVE, REMARK, SAYING, SELF, STOPPING, SUBORDINATE, WILL, WOULD,
};
use crate::model::{EventClass, EventType, Polarity};

/// How far ahead the deed may stand of the word that is given.
const REACH: usize = 14;
/// What a deed counts that a word governs.
const GOVERNED: f32 = 0.72;
/// What a deed counts behind a word that is said of it.
const SPOKEN: f32 = 0.84;
/// What an event counts in a clause that hangs on another.
const ASIDE: f32 = 0.92;

/// Whether to be told of such a deed beforehand is a threat.
fn is_hostile(kind: EventType) -> bool {
    use EventType::{Assault, Coerce, Disapprove, Fight, Mobilize, Protest, Reject, Sanction};
    matches!(kind, Assault | Coerce | Disapprove | Fight | Mobilize | Protest | Reject | Sanction)
}

fn is_friendly(kind: EventType) -> bool {
    use EventType::{Aid, Concede, Cooperate, Retreat, Support};
    matches!(kind, Aid | Concede | Cooperate | Retreat | Support)
}

/// The events of "vowed to", "plans to", by the deed that follows.
pub(super) fn intents(line: &Line<'_>, matches: &[Match], drafts: &[Draft], sights: &[Sight]) -> Vec<Draft> {
    let mut intents = Vec::new();
    for (found, sight) in matches.iter().zip(sights) {
        let plan = match found.item.tells {
            Tells::Intent | Tells::Promise => false,
            Tells::Plan => true,
            Tells::Event(_) | Tells::Nothing => continue,
        };
        // "Pledged to find those who shelled": what others did is not what is pledged.
        let open = |to: usize| !(found.last() + 2..to).any(|i| RELATIVE.has(line.word(i)));
        let deed = drafts.iter().find(|draft| {
            draft.first > found.last() && draft.first - found.last() <= REACH && open(draft.first)
        });
        let blow = |deed: &Draft| deed.kind.class() == EventClass::Violence;
        let kind = match deed {
            // "Promised to expel smugglers" is meant kindly.
            Some(deed) if found.item.tells == Tells::Promise && !blow(deed) => EventType::Agree,
            Some(deed) if is_hostile(deed.kind) && !(plan && deed.kind == EventType::Protest) => {
                EventType::Threaten
            }
            Some(deed) if plan && !is_friendly(deed.kind) => continue,
            Some(_) => EventType::Agree,
            None if plan || found.item.score < 0.7 => continue,
            None => EventType::Agree,
        };
        let mut draft = Draft::new(line, found, kind, *sight);
        if deed.is_none() {
            draft.score *= 0.75;
        }
        if sight.negated {
            draft.kind = EventType::Reject;
            draft.polarity = Polarity::Happened;
        }
        intents.push(draft);
    }
    intents
}

/// The events of "said it would withdraw", "announced that it will not attend", "must stop, he said".
pub(super) fn announced(line: &Line<'_>, drafts: &[Draft]) -> Vec<Draft> {
    let mut events: Vec<Draft> = Vec::new();
    let add = |events: &mut Vec<Draft>, at: usize, kind: EventType, score: f32, sight: Sight| {
        if !events.iter().any(|event| event.first == at) {
            events.push(Draft::at(at, kind, score, sight));
        }
    };
    let first = (line.from..line.to).find(|&i| MUST.has(line.word(i)));
    let after = |must: usize| {
        let comma = (must..line.to).find(|&i| line.str(i) == ",").unwrap_or(line.to);
        (comma..line.to).any(|i| REMARK.has(line.word(i)))
    };
    let remarked = |must: usize| (line.from..must).any(|i| REMARK.has(line.word(i))) || after(must);
    if let Some(must) = first.filter(|&must| remarked(must)) {
        add(&mut events, must, EventType::Demand, 0.78, Sight::PLAIN);
    }
    // "Zimbabwe has not admitted observers"
    for draft in drafts.iter().filter(|draft| !draft.noun && draft.sight.will.is_none()) {
        let withheld = draft.sight.negated && !draft.sight.governed && draft.polarity == Polarity::Denied;
        if withheld && is_friendly(draft.kind) && draft.kind != EventType::Support {
            add(&mut events, draft.first, EventType::Reject, 0.8, draft.sight);
        }
    }
    if drafts.is_empty()
        && let Some((will, negated)) = own_word(line)
    {
        let kind = if negated { EventType::Reject } else { EventType::Agree };
        add(&mut events, will, kind, 0.45, Sight::PLAIN);
    }
    for draft in drafts.iter().filter(|draft| !draft.noun) {
        let said = |i: usize| said_before(line, i) || said_after(line, i);
        let Some(will) = draft.sight.will.filter(|&will| draft.sight.negated || said(will)) else { continue };
        if draft.sight.negated
            && (is_friendly(draft.kind) || matches!(draft.kind, EventType::Consult | EventType::Agree))
        {
            add(&mut events, will, EventType::Reject, 0.7, draft.sight);
            // "Would not bow" reads as one.
            if let Some(event) = events.iter_mut().find(|event| event.first == will && draft.last - will < 5)
            {
                event.last = draft.last;
            }
        } else if draft.sight.negated {
            continue;
        } else if is_friendly(draft.kind) || draft.kind == EventType::Consult {
            add(&mut events, will, EventType::Agree, 0.7, draft.sight);
        } else if is_hostile(draft.kind) {
            add(&mut events, will, EventType::Threaten, 0.7, draft.sight);
        }
    }
    events
}

/// "Stopped sharing intelligence", "ceased shelling": the contrary of the deed.
pub(super) fn stopped(line: &Line<'_>, drafts: &mut [Draft]) {
    use EventType::{Aid, Assault, Coerce, Concede, Consult, Cooperate, Fight, Retreat, Sanction};
    for draft in drafts.iter_mut().filter(|draft| !draft.noun) {
        let Some(stop) = line.before(draft.first).filter(|&i| STOPPING.has(line.word(i))) else { continue };
        let contrary = match draft.kind {
            Aid | Cooperate | Consult => Sanction,
            Fight | Assault | Sanction => Retreat,
            Coerce => Concede,
            _ => continue,
        };
        (draft.first, draft.kind, draft.subtype) = (stop, contrary, None);
    }
}

/// "The ministry said it would publish the names": where nothing else is told, the word that somebody gives.
fn own_word(line: &Line<'_>) -> Option<(usize, bool)> {
    let said = (line.from..line.to).find(|&i| SAYING.has(line.word(i)))?;
    if !(line.from..said).any(|i| guard::is_public(line.word(i)) || line.in_place(i)) {
        return None;
    }
    let pronoun = (said + 1..line.to).take(3).find(|&i| SELF.has(line.word(i)))?;
    let will = line.after(pronoun).filter(|&i| WILL.has(line.word(i)) || WOULD.has(line.word(i)))?;
    let next = line.after(will)?;
    let negated = NOT.has(line.word(will)) || NOT.has(line.word(next));
    let bare = !BE.has(line.word(next)) && !HAVE.has(line.word(next));
    bare.then_some((will, negated))
}

fn said_before(line: &Line<'_>, at: usize) -> bool {
    (line.from..at).any(|i| SAYING.has(line.word(i)))
}

/// What is said of a deed outweighs the deed: "condemned the attack", "investigates the killing"; so does the clause
/// that others hang on.
pub(super) fn subordinate(line: &Line<'_>, drafts: &mut [Draft]) {
    // "An inquiry into the riots"
    let leads = |draft: &Draft| {
        let linked =
            |i: usize| OF.has(line.word(i)) || OF.has(line.after(i).map_or("", |next| line.word(next)));
        is_word(draft.kind) && (!draft.noun || linked(draft.last))
    };
    let heads: Vec<(usize, bool)> = drafts.iter().map(|draft| (draft.last, leads(draft))).collect();
    for draft in drafts.iter_mut().filter(|draft| !draft.sight.governed) {
        let open = |from: usize| !(from + 1..draft.first).any(|i| line.is_stop(i));
        let said = heads
            .iter()
            .any(|&(last, word)| word && last < draft.first && draft.first - last <= REACH && open(last));
        if said {
            draft.score *= SPOKEN;
        } else if line.back(draft.first).take(10).any(|i| SUBORDINATE.has(line.word(i))) {
            draft.score *= ASIDE;
        }
    }
}

/// Whether an event is what somebody says of deeds.
fn is_word(kind: EventType) -> bool {
    use EventType::{Agree, Demand, Disapprove, Investigate, Reject, Support, Threaten};
    matches!(kind, Agree | Demand | Disapprove | Investigate | Reject | Support | Threaten)
}

/// Deeds that are only spoken of count for less than the word that is given.
pub(super) fn weigh(draft: &mut Draft) {
    if draft.sight.governed {
        draft.score *= GOVERNED;
    } else if draft.polarity != Polarity::Happened {
        draft.score *= 0.9;
    }
}
