//! Whether what a trigger tells happened, is to happen, may happen, or did not.
//! Read from the verbs and small words before it, as far as its clause goes.

use super::inflect::{BASE, ING, NOUN};
use super::line::Line;
use super::matching::Match;
use super::table::{Part, TABLE};
use super::words::{
    ADVERB, ASKING, ATTENDING, AVERTED, BE, CANCELLED, CLAIM, CONSIDERING, COULD, DECIDING, DENY, DENYING,
    DO, DUE, FAILING, HAVE, IF, JOINT, LIGHT, MANAGING, MAY, MUST, NO, NOT, PLANNED, PLANNING, POSSIBLE,
    RELATIVE, SAYING, SELF, THREATENED, THREATENING, TO, WILL, WISHING, WITHIN, WOULD,
};
use crate::model::Polarity;

/// What is read around a trigger.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    pub(super) polarity: Polarity,
    /// The "will" or "would" before the verb, where there is one.
    pub(super) will: Option<usize>,
    /// The "must" or "should" before the verb.
    pub(super) must: Option<usize>,
    /// Whether "not" stands with the verb.
    pub(super) negated: bool,
    /// Whether another verb governs it: "refused to attend", "called for talks".
    pub(super) governed: bool,
}

impl Sight {
    pub(super) const PLAIN: Self =
        Self { polarity: Polarity::Happened, will: None, must: None, negated: false, governed: false };

    fn of(polarity: Polarity) -> Self {
        Self { polarity, ..Self::PLAIN }
    }

    fn governed(polarity: Polarity) -> Self {
        Self { polarity, governed: true, ..Self::PLAIN }
    }
}

/// What the text says of the happening of a trigger's event.
pub(super) fn sight(line: &Line<'_>, found: &Match) -> Sight {
    let nominal = match found.item.part {
        Part::Noun => true,
        Part::Verb | Part::Words => false,
    };
    let sight = if nominal { of_noun(line, found) } else { of_verb(line, found.head) };
    if sight.polarity == Polarity::Happened {
        if denied_before(line, found.first()) {
            return Sight { polarity: Polarity::Denied, governed: true, ..sight };
        }
        if conditional(line, found.first()) {
            return Sight { polarity: Polarity::Hypothetical, ..sight };
        }
    }
    sight
}

fn of_verb(line: &Line<'_>, verb: usize) -> Sight {
    let mut sight = Sight::PLAIN;
    let mut passive = false;
    let mut at = verb;
    for _ in 0..8 {
        let Some(before) = line.before(at) else { break };
        let word = line.word(before);
        if NOT.has(word) {
            sight.negated = true;
        }
        if WILL.has(word) {
            sight.will = Some(before);
            sight.polarity = Polarity::Planned;
            break;
        } else if MAY.has(word) && !line.is_month(before) {
            return modal(line, before, sight);
        } else if TO.has(word) {
            return infinitive(line, before, sight);
        } else if BE.has(word) || HAVE.has(word) || DO.has(word) {
            passive |= BE.has(word);
        } else if !(line.is_adverb(before) || ADVERB.has(word) || NOT.has(word)) {
            if at == verb || passive {
                if let Some(other) = joined(line, verb, before) {
                    return other;
                }
                if let Some(other) = gerund(line, verb) {
                    return other;
                }
            }
            break;
        }
        at = before;
    }
    if sight.negated {
        sight.polarity = Polarity::Denied;
    }
    sight
}

/// "Would" after what somebody said is a "will"; the others only say that it might.
fn modal(line: &Line<'_>, modal: usize, mut sight: Sight) -> Sight {
    let word = line.word(modal);
    let said = || (line.from..modal).any(|i| SAYING.has(line.word(i))) || said_after(line, modal);
    if MUST.has(word) {
        sight.must = Some(modal);
        sight.polarity = Polarity::Hypothetical;
    } else if WOULD.has(word) && said() {
        sight.will = Some(modal);
        sight.polarity = if sight.negated { Polarity::Denied } else { Polarity::Planned };
    } else if COULD.has(word) && sight.negated {
        sight.polarity = Polarity::Denied;
    } else {
        // "The bloc said it could impose sanctions": its word, if the deed only may follow.
        sight.will = (!sight.negated && said_before(line, modal)).then_some(modal);
        sight.polarity = Polarity::Hypothetical;
    }
    sight
}

/// Whether somebody said what follows, himself or itself: "said it could".
fn said_before(line: &Line<'_>, modal: usize) -> bool {
    let Some(subject) = line.before(modal).filter(|&i| SELF.has(line.word(i))) else { return false };
    line.back(subject).take(2).any(|i| SAYING.has(line.word(i)))
}

/// Whether the sentence ends in ", he said".
pub(super) fn said_after(line: &Line<'_>, from: usize) -> bool {
    (from..line.to).any(|i| SAYING.has(line.word(i)))
}

/// "Plans to", "refused to", "called on the rebels to", "is to".
fn infinitive(line: &Line<'_>, to: usize, sight: Sight) -> Sight {
    let mut governor = None;
    for (step, i) in line.back(to).take(9).enumerate() {
        let word = line.word(i);
        if step == 0 && BE.has(word) {
            return Sight { polarity: Polarity::Planned, ..sight };
        }
        if step > 0 && line.is_mark(i) {
            break;
        }
        if DECIDING.has(word) {
            return Sight { polarity: Polarity::Planned, ..sight };
        }
        let polarity = if FAILING.has(word) {
            Some(Polarity::Denied)
        } else if THREATENING.has(word) {
            Some(Polarity::Threatened)
        } else if WISHING.has(word) {
            Some(Polarity::Hypothetical)
        } else if PLANNING.has(word) {
            Some(Polarity::Planned)
        } else if MANAGING.has(word) {
            Some(Polarity::Happened)
        } else {
            None
        };
        if let Some(polarity) = polarity {
            governor = Some((i, polarity));
            break;
        }
    }
    let Some((at, polarity)) = governor else {
        // "Egypt, Russia to sign deal" is to happen; "sent troops to quell a rebellion" is meant to.
        return Sight { governed: !line.is_headline(), ..Sight::of(Polarity::Planned) };
    };
    if polarity == Polarity::Happened {
        return of_verb(line, at);
    }
    let polarity = match (polarity, line.before(at).is_some_and(|i| NOT.has(line.word(i)))) {
        (Polarity::Planned, true) => Polarity::Denied,
        (polarity, _) => polarity,
    };
    Sight::governed(polarity)
}

/// "Will meet Sisi and visit Giza": the second verb goes with the first.
fn joined(line: &Line<'_>, verb: usize, before: usize) -> Option<Sight> {
    let bare = TABLE.forms(line.word(verb)) & BASE != 0;
    if !bare || !JOINT.has(line.word(before)) {
        return None;
    }
    for i in line.back(before).take(12) {
        let word = line.word(i);
        if line.is_stop(i) || RELATIVE.has(word) {
            break;
        }
        if WILL.has(word) {
            return Some(Sight { polarity: Polarity::Planned, will: Some(i), ..Sight::PLAIN });
        }
        if MAY.has(word) {
            return Some(modal(line, i, Sight::PLAIN));
        }
        if TO.has(word) && line.after(i).is_some_and(|next| TABLE.forms(line.word(next)) & BASE != 0) {
            return Some(infinitive(line, i, Sight::PLAIN));
        }
    }
    None
}

/// "Denied shelling the town", "consider bombing", "without killing".
fn gerund(line: &Line<'_>, verb: usize) -> Option<Sight> {
    if TABLE.forms(line.word(verb)) & ING == 0 {
        return None;
    }
    let near = line.back(verb).take(2).map(|i| line.word(i));
    for word in near {
        if DENYING.has(word) || AVERTED.has(word) || NO.has(word) {
            return Some(Sight::governed(Polarity::Denied));
        }
        if THREATENING.has(word) {
            return Some(Sight::governed(Polarity::Threatened));
        }
        if CONSIDERING.has(word) {
            return Some(Sight::governed(Polarity::Hypothetical));
        }
        if PLANNING.has(word) {
            return Some(Sight::governed(Polarity::Planned));
        }
    }
    None
}

fn of_noun(line: &Line<'_>, found: &Match) -> Sight {
    if let Some(sight) = before_noun(line, found.first()) {
        return sight;
    }
    if let Some(polarity) = after_noun(line, found.last()) {
        return Sight::of(polarity);
    }
    Sight::PLAIN
}

fn before_noun(line: &Line<'_>, noun: usize) -> Option<Sight> {
    let mut at = noun;
    for step in 0..7 {
        let before = line.before(at)?;
        let word = line.word(before);
        if step < 5 {
            if NO.has(word) {
                return Some(Sight::of(Polarity::Denied));
            }
            if PLANNED.has(word) {
                return Some(Sight::of(Polarity::Planned));
            }
            if POSSIBLE.has(word) {
                return Some(Sight::of(Polarity::Hypothetical));
            }
            if THREATENED.has(word) && step < 2 {
                return Some(Sight::of(Polarity::Threatened));
            }
        }
        if AVERTED.has(word) || FAILING.has(word) {
            return Some(Sight::governed(Polarity::Denied));
        }
        if DENYING.has(word) {
            return Some(Sight::governed(Polarity::Denied));
        }
        if ASKING.has(word) {
            return Some(Sight::governed(Polarity::Hypothetical));
        }
        if LIGHT.has(word) && TABLE.forms(word) & NOUN == 0 || ATTENDING.has(word) {
            let sight = of_verb(line, before);
            return (sight.polarity != Polarity::Happened).then_some(sight);
        }
        if line.is_mark(before) || SAYING.has(word) || (RELATIVE.has(word) || WITHIN.has(word)) {
            return None;
        }
        at = before;
    }
    None
}

/// "Talks will be held", "a summit due in May", "the visit was cancelled".
fn after_noun(line: &Line<'_>, noun: usize) -> Option<Polarity> {
    let mut at = noun;
    for step in 0..9 {
        at = line.after(at)?;
        let word = line.word(at);
        let next = line.after(at).map_or("", |next| line.word(next));
        if WILL.has(word) {
            return Some(Polarity::Planned);
        }
        if MAY.has(word) {
            return Some(Polarity::Hypothetical);
        }
        if BE.has(word) {
            if TO.has(next) || DUE.has(next) {
                return Some(Polarity::Planned);
            }
            if NOT.has(next) || NOT.has(word) {
                return Some(Polarity::Denied);
            }
            let then = line.after(at).and_then(|i| line.after(i)).map_or("", |i| line.word(i));
            return (CANCELLED.has(next) || CANCELLED.has(then)).then_some(Polarity::Denied);
        }
        if DUE.has(word) && step < 2 {
            return Some(Polarity::Planned);
        }
        if HAVE.has(word)
            && CANCELLED.has(line.after(at).and_then(|i| line.after(i)).map_or("", |i| line.word(i)))
        {
            return Some(Polarity::Denied);
        }
        let verb = TABLE.forms(word) & !NOUN != 0 && TABLE.forms(word) & NOUN == 0;
        if line.is_mark(at) || verb || SAYING.has(word) || (RELATIVE.has(word) || WITHIN.has(word)) {
            return None;
        }
    }
    None
}

/// "Denied that its jets bombed", "denies reports of a raid".
fn denied_before(line: &Line<'_>, trigger: usize) -> bool {
    for (step, i) in line.back(trigger).take(14).enumerate() {
        let word = line.word(i);
        if line.is_mark(i) || (JOINT.has(word) && step > 4) {
            return false;
        }
        if DENY.has(word) {
            return true;
        }
        if DENYING.has(word) {
            // "Rejected claims that", but not "rejected a plan after the attack".
            return (i..trigger).any(|j| CLAIM.has(line.word(j)));
        }
    }
    false
}

/// "If troops entered the town".
fn conditional(line: &Line<'_>, trigger: usize) -> bool {
    for i in line.back(trigger).take(12) {
        if line.is_mark(i) {
            return false;
        }
        let word = line.word(i);
        if IF.has(word) {
            return true;
        }
        if SAYING.has(word) {
            return false;
        }
    }
    false
}
