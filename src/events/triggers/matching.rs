//! The items of the table in a sentence.
//! The longest item that fits wins, an item that tells nothing too: "strike a balance" is no strike.

use super::inflect::{BASE, ING, NOUN, PARTICIPLE, THIRD};
use super::line::{Line, Reading};
use super::table::{GAP, Item, Part, Step, TABLE, Tells};
use super::words::{AWAY, BE, PREPOSITION, RELATIVE, Set};
use crate::geoparse::tokens::Form;
use crate::model::{EventClass, EventType};

/// An item in a sentence.
#[derive(Clone, Debug)]
pub(super) struct Match {
    pub(super) item: &'static Item,
    /// The token of its first word in the item's order: the verb, where there is one.
    pub(super) head: usize,
    /// Every token that is one of its words, in text order.
    pub(super) tokens: Vec<usize>,
    /// An item that says more of it.
    pub(super) detail: Option<&'static Item>,
}

impl Match {
    pub(super) fn first(&self) -> usize {
        self.tokens.first().copied().unwrap_or(self.head)
    }

    pub(super) fn last(&self) -> usize {
        self.tokens.last().copied().unwrap_or(self.head)
    }
}

/// The items of a sentence, in text order, without overlaps.
pub(super) fn find(line: &Line<'_>) -> Vec<Match> {
    let mut found: Vec<Match> = Vec::new();
    for i in line.from..line.to {
        if let Some(best) = best_at(line, i) {
            found.push(best);
        }
    }
    // Longer ones first; what shares a word with a better one goes.
    let mut order: Vec<usize> = (0..found.len()).collect();
    order.sort_by_key(|&i| (usize::MAX - found[i].tokens.len(), found[i].first()));
    let mut kept: Vec<Match> = Vec::new();
    for i in order {
        let this = &found[i];
        let taken = |other: &&mut Match| other.tokens.iter().any(|token| this.tokens.contains(token));
        match kept.iter_mut().find(taken) {
            None => kept.push(this.clone()),
            Some(other) if is_topic(other, this) => {
                other.tokens.retain(|token| !this.tokens.contains(token));
                kept.push(this.clone());
            }
            Some(other) if is_deed(other, this) => kept.push(this.clone()),
            Some(other) if is_detail(other, this) => other.detail = Some(this.item),
            Some(_) => {}
        }
    }
    kept.sort_by_key(|found| (found.first(), found.last()));
    kept
}

fn harm(found: &Match) -> bool {
    matches!(found.item.tells, Tells::Event(kind) if matches!(kind.class(), EventClass::Violence | EventClass::Misfortune))
}

/// "Stop bombing", "ban the protest": the object is a deed of its own.
fn is_deed(verb: &Match, object: &Match) -> bool {
    let called_off = matches!(verb.item.tells, Tells::Event(EventType::Sanction | EventType::Reject))
        && matches!(object.item.tells, Tells::Event(EventType::Consult));
    let deed = called_off || harm(object) || matches!(object.item.tells, Tells::Event(EventType::Protest));
    let other = matches!(verb.item.tells, Tells::Event(_))
        && !harm(verb)
        && !matches!(verb.item.tells, Tells::Event(EventType::Protest));
    deed && other
        && !object.tokens.contains(&verb.head)
        && verb.item.part == Part::Verb
        && verb.tokens.len() == 2
}

/// "Called for talks": the word as it is given, and what it is about.
fn is_topic(verb: &Match, object: &Match) -> bool {
    matches!(verb.item.tells, Tells::Event(EventType::Demand))
        && matches!(object.item.tells, Tells::Event(_))
        && object.item.part == Part::Noun
        && verb.item.part == Part::Verb
        && !object.tokens.contains(&verb.head)
}

/// "Launched a suicide attack": the object says more closely what was done.
fn is_detail(verb: &Match, object: &Match) -> bool {
    verb.item.object().is_some()
        && harm(verb)
        && harm(object)
        && !object.tokens.contains(&verb.head)
        && object.item.part == Part::Noun
}

fn best_at(line: &Line<'_>, i: usize) -> Option<Match> {
    let word = line.word(i);
    if word.is_empty() || line.in_place(i) || line.is_month(i) {
        return None;
    }
    let mut reading = None;
    let mut best: Option<Match> = None;
    for item in TABLE.of(word) {
        if item.part != Part::Words && item.words() == 1 || item.part == Part::Verb {
            let reading = *reading.get_or_insert_with(|| line.reading(i));
            let forms = TABLE.forms(word);
            if item.part == Part::Verb && (line.describes(i) || line.commands(i)) {
                continue;
            }
            let plain = forms & (BASE | THIRD | ING) != 0;
            // "Plans to", as a noun too.
            let meant = matches!(item.tells, Tells::Intent | Tells::Promise | Tells::Plan);
            if plain && item.part == Part::Verb && reading == Reading::Noun && !meant {
                continue;
            }
            if plain && forms & NOUN != 0 && item.part == Part::Noun && reading == Reading::Verb {
                continue;
            }
        }
        let Some(found) = active(line, item, i).or_else(|| passive(line, item, i)) else { continue };
        // "Opened fire in the school": words that stand together are surer than what a gap parts.
        let rank = |found: &Match| {
            (found.tokens.len(), found.item.words() == found.item.steps.len(), found.item.score)
        };
        let better = best.as_ref().is_none_or(|best| rank(&found) > rank(best));
        if better {
            best = Some(found);
        }
    }
    best
}

fn active(line: &Line<'_>, item: &'static Item, i: usize) -> Option<Match> {
    let mut tokens = vec![i];
    let mut at = i;
    let mut steps = item.steps.iter().skip(1);
    while let Some(step) = steps.next() {
        match step {
            Step::Word(words) => at = next_word(line, at, words)?,
            Step::Gap => {
                let Some(Step::Word(words)) = steps.next() else { return None };
                at = within_gap(line, at, words)?;
            }
        }
        tokens.push(at);
    }
    Some(Match { item, head: i, tokens, detail: None })
}

fn next_word(line: &Line<'_>, at: usize, words: &Set) -> Option<usize> {
    let next = line.after(at)?;
    words.contains(line.word(next)).then_some(next)
}

/// The word past up to [`GAP`] others of the same clause.
fn within_gap(line: &Line<'_>, at: usize, words: &Set) -> Option<usize> {
    let mut at = at;
    for _ in 0..=GAP {
        at = line.after(at)?;
        let word = line.word(at);
        if words.contains(word) && !owns(line, at) {
            return Some(at);
        }
        let leads_away = AWAY.has(word);
        if line.parts(at) || leads_away {
            return None;
        }
    }
    None
}

/// "The president's statement", "President Smith's": not the object, but whose it is.
fn owns(line: &Line<'_>, at: usize) -> bool {
    let mut next = at + 1;
    while next < at + 4 && line.is_name(next) {
        next += 1;
    }
    line.form(next) == Some(Form::Possessive)
}

/// "Sanctions were imposed", "the talks, held in Cairo", "a curfew imposed on".
fn passive(line: &Line<'_>, item: &'static Item, i: usize) -> Option<Match> {
    let object = item.object()?;
    if TABLE.forms(line.word(i)) & PARTICIPLE == 0 {
        return None;
    }
    let mut auxiliary = false;
    for (step, j) in line.back(i).take(GAP + 2).enumerate() {
        let word = line.word(j);
        if object.contains(word) {
            let closed =
                line.after(i).is_none_or(|next| line.parts(next) || PREPOSITION.has(line.word(next)));
            let near = auxiliary || (step < 1 && closed);
            return near.then(|| Match { item, head: i, tokens: vec![j, i], detail: None });
        }
        auxiliary |= BE.has(word);
        let relative = RELATIVE.has(word) || line.str(j) == ",";
        if line.parts(j) && !relative || (!auxiliary && PREPOSITION.has(word)) {
            return None;
        }
    }
    None
}
