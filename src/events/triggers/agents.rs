//! Who does it decides what it is: soldiers fight, gunmen assault, police coerce, storms are nobody's deed.
//! The doer is looked for before an active verb, behind "by" after a passive one or a noun.

use super::draft::Draft;
use super::inflect::PARTICIPLE;
use super::line::Line;
use super::table::TABLE;
use super::words::{
    AGAINST, AIR, BE, BY, CARS, CIVILIANS, CLAUSE, CROWD, FORCES, LIGHT, MARCHING, MILITANTS, MILITARY,
    MISHAPS, PEACEKEEPERS, PLANES, POLICE, PREPOSITION, RAID, REBELS, RELIEF, SECURITY, SHIPS, STRIKE,
    TRAINS, WHEN, WITHIN, WORKERS, Words,
};
use crate::model::EventType;

/// Who does a deed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Doer {
    Military,
    Rebels,
    Militants,
    Police,
    Crowd,
    State,
    Unknown,
}

/// Makes of a draft what its doer, its victims and its cause say it is.
pub(super) fn settle(line: &Line<'_>, draft: &mut Draft) {
    use EventType::{Accident, Assault, Coerce, Consult, Fight, Mobilize, Protest};
    match (draft.kind, draft.subtype) {
        (Assault, Some("killing" | "wounding")) => {
            if let Some(cause) = mishap(line, draft) {
                draft.become_(cause, None);
                draft.subtype = None;
                return;
            }
            blow(line, draft);
        }
        (
            Assault,
            Some("attack" | "shooting" | "remote explosive" | "explosion" | "massacre" | "torture"),
        ) => blow(line, draft),
        (Assault, Some("beating")) if doer(line, draft) == Doer::Police && near(line, draft, &CROWD, 8) => {
            draft.become_(Coerce, Some("repression"));
        }
        (Fight, Some("air strike")) => bombs(line, draft),
        (Fight, Some("offensive")) => strikes(line, draft),
        (Fight, Some("armed clash")) if near(line, draft, &CROWD, 8) && near(line, draft, &POLICE, 8) => {
            draft.become_(Protest, Some("riot"));
        }
        (Fight, Some("territory taken")) if doer(line, draft) == Doer::Police => {
            draft.become_(Coerce, Some("arrest"))
        }
        (Protest, Some("demonstration")) => match doer(line, draft) {
            Doer::Military | Doer::Rebels if MARCHING.has(line.word(draft.head)) => {
                draft.become_(Mobilize, Some("troop movement"));
            }
            _ if !draft.noun && remarked(line, draft) => {
                draft.kind = EventType::Disapprove;
                draft.subtype = None;
            }
            _ => {}
        },
        // "Students seized the office": what a state coerces with, a crowd protests with.
        (Coerce, None | Some("seizure" | "blockade")) if !draft.noun && doer(line, draft) == Doer::Crowd => {
            draft.kind = Protest;
            draft.subtype = None;
        }
        (Consult, Some("visit")) if !draft.noun => arrival(line, draft),
        (Accident, subtype) => wreck(line, draft, subtype),
        _ => {}
    }
}

/// "The camps are too small, a relief agency protested on Monday": said, and no march.
fn remarked(line: &Line<'_>, draft: &Draft) -> bool {
    let Some(comma) = line.back(draft.head).take(7).find(|&i| line.str(i) == ",") else { return false };
    let opening = line.word(line.from);
    let clause = comma - line.from > 4 && !PREPOSITION.has(opening) && !CLAUSE.has(opening);
    let aimed = line.after(draft.last).is_some_and(|next| AGAINST.has(line.word(next)));
    clause && !aimed
}

/// A blow struck by an army, by the police, or by others.
fn blow(line: &Line<'_>, draft: &mut Draft) {
    use EventType::{Coerce, Fight};
    let explosive = matches!(draft.subtype, Some("remote explosive" | "explosion"));
    let civilians = after(line, draft.last, &CIVILIANS, 5);
    match doer(line, draft) {
        Doer::Military if after(line, draft.last, &CROWD, 6) => draft.become_(Coerce, Some("repression")),
        Doer::Rebels if draft.subtype == Some("killing") && after(line, draft.last, &MILITARY, 5) => {
            draft.become_(Fight, None);
        }
        Doer::Rebels if draft.subtype == Some("killing") => {}
        Doer::Military | Doer::State => {
            let subtype = match draft.subtype {
                Some("attack" | "wounding" | "torture") if near(line, draft, &AIR, 12) => Some("air strike"),
                Some("remote explosive") if near(line, draft, &AIR, 12) => Some("air strike"),
                _ => None,
            };
            if draft.subtype != Some("torture") && !(explosive && subtype.is_none()) {
                draft.become_(Fight, subtype);
            }
        }
        Doer::Rebels if !explosive && !civilians && draft.subtype != Some("torture") => {
            draft.become_(Fight, None)
        }
        Doer::Police if near(line, draft, &CROWD, 10) && draft.subtype != Some("torture") => {
            draft.become_(Coerce, Some("repression"))
        }
        Doer::Unknown | Doer::Militants
            if draft.subtype == Some("attack") && (after(line, draft.last, &MILITARY, 5)) =>
        {
            draft.become_(Fight, Some("armed clash"));
        }
        _ => {}
    }
}

/// "Bombed": from the air by an army or a state, with a bomb laid by anybody else.
fn bombs(line: &Line<'_>, draft: &mut Draft) {
    if draft.noun {
        return;
    }
    let laid = match doer(line, draft) {
        Doer::Military | Doer::State => false,
        Doer::Militants => true,
        Doer::Rebels => !near(line, draft, &AIR, 12),
        _ => passive(line, draft) && !within(line, &AIR) && !within(line, &MILITARY),
    };
    if laid {
        draft.become_(EventType::Assault, Some("remote explosive"));
    }
}

/// "Strike" and "raid": of soldiers, of workers, of police.
fn strikes(line: &Line<'_>, draft: &mut Draft) {
    use EventType::{Coerce, Fight, Protest};
    let word = line.word(draft.head);
    let strike = draft.noun && STRIKE.has(word) && draft.first == draft.last;
    if strike && within(line, &WORKERS) && !within(line, &AIR) && !within(line, &MILITARY) {
        draft.become_(Protest, Some("strike"));
    } else if strike && (within(line, &AIR) || within(line, &MILITARY)) {
        let air = within(line, &AIR);
        draft.become_(Fight, air.then_some("air strike"));
    } else if strike {
        draft.score *= 0.75;
    } else if RAID.has(word) {
        match doer(line, draft) {
            Doer::Police => draft.become_(Coerce, Some("police raid")),
            Doer::Militants => draft.become_(EventType::Assault, Some("attack")),
            _ if within(line, &AIR) => draft.become_(Fight, Some("air strike")),
            _ if within(line, &POLICE) && !within(line, &MILITARY) => {
                draft.become_(Coerce, Some("police raid"))
            }
            _ => {}
        }
    }
}

/// Who or what arrived: peacekeepers that are let in, help, troops; others visit.
fn arrival(line: &Line<'_>, draft: &mut Draft) {
    let comes = |words: &Words| {
        line.back(draft.head).take(9).take_while(|&i| !line.is_mark(i)).any(|i| words.has(line.word(i)))
    };
    if comes(&PEACEKEEPERS) {
        draft.kind = EventType::Retreat;
    } else if comes(&RELIEF) {
        draft.kind = EventType::Aid;
    } else if comes(&MILITARY) {
        draft.kind = EventType::Mobilize;
    } else {
        return;
    }
    draft.subtype = None;
}

/// What crashed.
fn wreck(line: &Line<'_>, draft: &mut Draft, subtype: Option<&'static str>) {
    let vehicle = || {
        let kinds: [(&Words, &str); 4] =
            [(&PLANES, "plane crash"), (&TRAINS, "train crash"), (&SHIPS, "shipwreck"), (&CARS, "car crash")];
        let far = |words: &Words| {
            (line.from..line.to)
                .filter(|&i| words.has(line.word(i)))
                .map(|i| i.abs_diff(draft.head))
                .min()
                .unwrap_or(usize::MAX)
        };
        kinds.into_iter().map(|(words, name)| (far(words), name)).min_by_key(|&(far, _)| far)
    };
    match subtype {
        Some("crash") => {
            if let Some((far, name)) = vehicle()
                && far < usize::MAX
            {
                draft.subtype = Some(name);
            }
        }
        // Only what floats sinks.
        Some("shipwreck") if !within(line, &SHIPS) => draft.score = 0.0,
        _ => {}
    }
}

/// "Killed in a crash", "the flood killed": what nobody did.
fn mishap(line: &Line<'_>, draft: &Draft) -> Option<EventType> {
    use super::table::Tells;
    let kind = |i: usize| {
        let word = line.word(i);
        MISHAPS.has(word).then(|| {
            let tells = TABLE.of(word).find_map(|item| match item.tells {
                Tells::Event(kind @ (EventType::Accident | EventType::Disaster)) if item.words() == 1 => {
                    Some(kind)
                }
                _ => None,
            });
            tells.unwrap_or(EventType::Accident)
        })
    };
    let mut linked = false;
    for i in (draft.last + 1..line.to).take(12) {
        linked |= WITHIN.has(line.word(i));
        if linked && let Some(kind) = kind(i) {
            return Some(kind);
        }
        if line.is_stop(i) {
            break;
        }
    }
    line.back(draft.head).take(10).take_while(|&i| !line.is_stop(i)).find_map(kind)
}

fn passive(line: &Line<'_>, draft: &Draft) -> bool {
    !draft.noun
        && TABLE.forms(line.word(draft.head)) & PARTICIPLE != 0
        && line.back(draft.head).take(2).any(|i| BE.has(line.word(i)))
}

fn doer(line: &Line<'_>, draft: &Draft) -> Doer {
    if passive(line, draft) || draft.noun {
        let by = (draft.last + 1..line.to).take(12).find(|&i| BY.has(line.word(i)));
        if let Some(by) = by {
            return (by + 1..line.to)
                .take(7)
                .take_while(|&i| !line.parts(i))
                .map(|i| sort(line, i))
                .find(|doer| *doer != Doer::Unknown)
                .unwrap_or(Doer::Unknown);
        }
        if !draft.noun {
            return Doer::Unknown;
        }
    }
    let mut step = 0;
    // "Israel launched an attack": who launched it.
    let carried = line.back(draft.head).take(5).find(|&i| draft.noun && LIGHT.has(line.word(i)));
    for i in line.back(carried.unwrap_or(draft.head)) {
        step += 1;
        let doer = sort(line, i);
        // "The Paris attack" was none by Paris; "the Israeli attack" was.
        let there = draft.noun && carried.is_none() && !line.is_people(i) && !line.is_owner(i);
        if doer == Doer::State && (step > 2 || there) {
            continue;
        }
        if doer != Doer::Unknown {
            return doer;
        }
        if step > 14 || line.is_stop(i) || WHEN.has(line.word(i)) {
            break;
        }
    }
    Doer::Unknown
}

fn sort(line: &Line<'_>, i: usize) -> Doer {
    let word = line.word(i);
    let followed = |words: &Words| line.after(i).is_some_and(|next| words.has(line.word(next)));
    if FORCES.has(word) {
        let police = line.before(i).is_some_and(|before| POLICE.has(line.word(before)));
        return if police { Doer::Police } else { Doer::Military };
    }
    if REBELS.has(word) {
        Doer::Rebels
    } else if MILITARY.has(word) {
        Doer::Military
    } else if POLICE.has(word) && !followed(&MILITANTS) && (!SECURITY.has(word) || followed(&POLICE)) {
        Doer::Police
    } else if MILITANTS.has(word) {
        Doer::Militants
    } else if CROWD.has(word) {
        Doer::Crowd
    } else if line.in_place(i) {
        Doer::State
    } else {
        Doer::Unknown
    }
}

fn near(line: &Line<'_>, draft: &Draft, words: &Words, reach: usize) -> bool {
    let from = draft.first.saturating_sub(reach).max(line.from);
    let to = (draft.last + 1 + reach).min(line.to);
    (from..to).any(|i| words.has(line.word(i)))
}

fn after(line: &Line<'_>, last: usize, words: &Words, reach: usize) -> bool {
    (last + 1..line.to).take(reach).any(|i| words.has(line.word(i)))
}

fn within(line: &Line<'_>, words: &Words) -> bool {
    (line.from..line.to).any(|i| words.has(line.word(i)))
}
