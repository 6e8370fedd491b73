//! The parties of a verb: its subject does it, its object has it done, and the other way round where it is passive.
//! The subject is found from the verb backwards, over adverbs, asides between commas and what a preposition adds.

use super::super::syntax::Tag;
use super::super::telling::{LEADING_ON, PASSIVE, PLACING, SUFFERS, TO_TARGETS};
use super::super::when::Place;
use super::phrase::Phrases;
use super::{Parties, all, noun};
use crate::geoparse::sense::classes::classes;
use crate::model::{EventType, Part};

/// How many verbs and asides are gone back over for a subject.
const STEPS: usize = 6;

/// The parties of the verb of a trigger.
pub(super) fn parties(
    phrases: &Phrases<'_, '_, '_>,
    verb: usize,
    trigger: Place,
    kind: EventType,
) -> Parties {
    let group = group(phrases, verb);
    let passive = is_passive(phrases, verb, group);
    let subject = subject(phrases, group, STEPS);
    let mut parties: Parties = Vec::new();
    if passive {
        parties.extend(all(subject, Part::Target));
        parties.extend(all(by(phrases, trigger.end), Part::Source));
        return parties;
    }
    let suffers = SUFFERS.has(phrases.folded(verb));
    parties.extend(all(subject, if suffers { Part::Target } else { Part::Source }));
    let object = object(phrases, verb + 1);
    // "held talks between": what follows the noun is of the noun.
    let noun = (verb + 1..trigger.end).rev().find(|&i| phrases.at(i) == Tag::Noun);
    match noun.filter(|_| object.is_empty()) {
        Some(last) => parties.extend(noun::objects(phrases, last + 1)),
        None => parties.extend(all(object, Part::Target)),
    }
    if kind == EventType::Demand && !parties.iter().any(|&(_, part)| part == Part::Target) {
        parties.extend(all(asked(phrases, trigger.end), Part::Target));
    }
    parties
}

/// The first token of a verb's group: "has been", "will".
fn group(phrases: &Phrases<'_, '_, '_>, verb: usize) -> usize {
    let mut first = verb;
    while first > phrases.first && matches!(phrases.at(first - 1), Tag::Auxiliary | Tag::Adverb) {
        first -= 1;
    }
    first
}

fn is_passive(phrases: &Phrases<'_, '_, '_>, verb: usize, group: usize) -> bool {
    let word = phrases.folded(verb);
    if word.ends_with("ing") {
        return false;
    }
    let auxiliary = (group..verb).rev().find(|&i| phrases.at(i) == Tag::Auxiliary);
    match auxiliary {
        Some(i) => PASSIVE.has(phrases.folded(i)),
        // "flights suspended by Moscow"
        None => {
            phrases.on(verb).is_some_and(|next| phrases.folded(next) == "by")
                && !by(phrases, verb + 1).is_empty()
        }
    }
}

/// The phrases behind "by" in the clause that goes on at a token.
pub(super) fn by(phrases: &Phrases<'_, '_, '_>, from: usize) -> Vec<Place> {
    let stops =
        |i: usize| matches!(phrases.at(i), Tag::Relative | Tag::Subordinator | Tag::Stop | Tag::Comma);
    let at = (from..phrases.end).take_while(|&i| !stops(i)).find(|&i| phrases.folded(i) == "by");
    let phrase = at.and_then(|at| phrases.starting(at + 1)).filter(|&phrase| phrases.is_somebody(phrase));
    phrase.map_or_else(Vec::new, |phrase| phrases.row_after(phrases.with_of(phrase), false))
}

/// The subject of the verb whose group begins at a token.
pub(super) fn subject(phrases: &Phrases<'_, '_, '_>, group: usize, steps: usize) -> Vec<Place> {
    if steps == 0 {
        return Vec::new();
    }
    // "the plane that crashed was destroyed": what the clause between adds to.
    let back = match phrases.syntax.enclosed_before(group) {
        Some(relative) => phrases.back(relative).filter(|&i| phrases.at(i) == Tag::Noun),
        None => phrases.back(group),
    };
    let Some(at) = back else { return Vec::new() };
    match phrases.at(at) {
        Tag::Noun | Tag::Owner => phrase_before(phrases, at, steps),
        Tag::Comma => beyond_comma(phrases, at, steps),
        // "who", "which": what stands before it.
        Tag::Relative => {
            let Some(mut before) = phrases.back(at) else { return Vec::new() };
            if phrases.at(before) == Tag::Verb {
                return subject_of(phrases, before, steps);
            }
            if phrases.at(before) == Tag::Comma {
                let Some(noun) = phrases.back(before) else { return Vec::new() };
                before = noun;
            }
            // "Egypt and Chad, which backs": the nearer.
            let mut row = phrase_before(phrases, before, steps);
            row.split_off(row.len().saturating_sub(1))
        }
        Tag::To => infinitive(phrases, at, steps),
        // "… and left", "agreed to …", "by bombing"
        Tag::And | Tag::Verb | Tag::Preposition | Tag::Subordinator => {
            let verb = (phrases.first..=at).rev().find(|&i| phrases.at(i) == Tag::Verb);
            verb.map_or_else(Vec::new, |verb| subject_of(phrases, verb, steps))
        }
        // "Lavrov said that he met …"
        Tag::Pronoun if matches!(phrases.folded(at), "he" | "she" | "it" | "they") => {
            let said = phrases.report_before(at);
            said.map_or_else(Vec::new, |verb| subject_of(phrases, verb, steps))
        }
        _ => Vec::new(),
    }
}

fn subject_of(phrases: &Phrases<'_, '_, '_>, verb: usize, steps: usize) -> Vec<Place> {
    subject(phrases, group(phrases, verb), steps - 1)
}

/// "urged rebels to stop" is the rebels' affair, "agreed to stop" that of whoever agreed.
fn infinitive(phrases: &Phrases<'_, '_, '_>, to: usize, steps: usize) -> Vec<Place> {
    let Some(at) = phrases.back(to) else { return Vec::new() };
    if phrases.at(at) == Tag::Noun
        && let Some(phrase) = phrases.ending(at).filter(|&phrase| phrases.is_somebody(phrase))
    {
        return phrases.row_before(phrase);
    }
    let verb = (phrases.first..=at).rev().find(|&i| phrases.at(i) == Tag::Verb);
    verb.map_or_else(Vec::new, |verb| subject_of(phrases, verb, steps))
}

/// The phrase that ends at a token, or what its preposition adds to: "the ministry in Cairo".
fn phrase_before(phrases: &Phrases<'_, '_, '_>, last: usize, steps: usize) -> Vec<Place> {
    let Some(mut phrase) = phrases.ending(last) else { return Vec::new() };
    let mut whole = phrase;
    for _ in 0..steps {
        let mut before = phrase.first;
        while before > phrases.first && phrases.at(before - 1) == Tag::Determiner {
            before -= 1;
        }
        let Some(mut joint) = before.checked_sub(1).filter(|&joint| joint >= phrases.first) else { break };
        // "workers affiliated with the union", "jets using bombs"
        let loyal = |i: usize| classes().is_adjective(phrases.folded(i));
        let participle = match phrases.at(joint) {
            // "forces loyal to the general"
            Tag::To if loyal(joint.saturating_sub(1)) => None,
            Tag::Verb => Some(joint),
            Tag::Preposition => joint.checked_sub(1).filter(|&i| phrases.at(i) == Tag::Verb),
            _ => break,
        };
        if let Some(verb) = participle {
            let word = phrases.folded(verb);
            let bare = phrases.at(verb.saturating_sub(1)) == Tag::Noun;
            if !bare || !(word.ends_with("ing") || word.ends_with("ed") && verb < joint) {
                break;
            }
            joint = verb;
        }
        let above = phrases.back(joint).filter(|&i| phrases.at(i) == Tag::Noun);
        let Some(mut above) = above.and_then(|i| phrases.ending(i)) else { break };
        if phrases.at(joint) == Tag::To && above.end - above.first > 1 {
            above.end -= 1;
        }
        let of = phrases.folded(joint) == "of" && whole.end - above.first <= 8;
        whole = if of { Place { first: above.first, end: whole.end } } else { above };
        phrase = above;
    }
    // "helicopters and tanks": somebody among them will do.
    let row = phrases.row_before(whole);
    if row.len() > 1 || phrases.is_somebody(whole) { row } else { Vec::new() }
}

/// "Putin, making his first visit, said": over the aside; "…, killing nine": the verb before.
fn beyond_comma(phrases: &Phrases<'_, '_, '_>, comma: usize, steps: usize) -> Vec<Place> {
    let opening = (phrases.first..comma).rev().take(16).find(|&i| phrases.at(i) == Tag::Comma);
    if let Some(opening) = opening
        && phrases.back(opening).is_some_and(|i| phrases.at(i) == Tag::Noun)
        && phrases.at(opening + 1) != Tag::And
    {
        return phrases.back(opening).map_or_else(Vec::new, |i| phrase_before(phrases, i, steps - 1));
    }
    let verb = (phrases.first..comma).rev().find(|&i| phrases.at(i) == Tag::Verb);
    verb.map_or_else(Vec::new, |verb| subject_of(phrases, verb, steps))
}

/// Whom the verb before a token is done to: its object, what stands behind a preposition, or the object of what it
/// leads to: "threatened to cut off power to the town".
fn object(phrases: &Phrases<'_, '_, '_>, from: usize) -> Vec<Place> {
    let Some(mut at) = from.checked_sub(1).and_then(|last| phrases.on(last)) else { return Vec::new() };
    for _ in 0..7 {
        let tag = phrases.at(at);
        let next = at + 1;
        let phrase = match tag {
            Tag::To if phrases.at(next) == Tag::Verb => match phrases.on(next) {
                Some(after) => {
                    at = after;
                    continue;
                }
                None => return Vec::new(),
            },
            Tag::Noun | Tag::Determiner => phrases.starting(at),
            Tag::To | Tag::Preposition => phrases.starting(next),
            _ => None,
        };
        let Some(phrase) = phrase else { return Vec::new() };
        let word = phrases.folded(at);
        let direct = matches!(tag, Tag::Noun | Tag::Determiner | Tag::To) || TO_TARGETS.has(word);
        let leads = LEADING_ON.has(word) && (word == "of" || !phrases.is_place(phrase));
        if (direct || leads) && phrases.is_struck(phrase) {
            return phrases.row_after(phrases.with_of(phrase), false);
        }
        if let Some(owner) = phrases.owner(phrase).filter(|_| direct) {
            return vec![owner];
        }
        // "met in Cairo with": over the place; "resigned without returning to" leads nowhere.
        if !(direct || leads || PLACING.has(word)) {
            return Vec::new();
        }
        match phrases.on(phrase.end - 1) {
            Some(next) if matches!(phrases.at(next), Tag::Preposition | Tag::To) => at = next,
            _ => return Vec::new(),
        }
    }
    Vec::new()
}

/// Who is asked to do something: the subject of the clause behind "that", or behind a report at once.
fn asked(phrases: &Phrases<'_, '_, '_>, from: usize) -> Vec<Place> {
    let stops = |i: usize| matches!(phrases.at(i), Tag::Comma | Tag::Stop | Tag::Verb | Tag::Auxiliary);
    let that = (from..phrases.end).take_while(|&i| !stops(i)).find(|&i| phrases.at(i) == Tag::Relative);
    let phrase = that.and_then(|that| phrases.starting(that + 1));
    phrase
        .filter(|&phrase| phrases.is_somebody(phrase))
        .map_or_else(Vec::new, |phrase| phrases.row_after(phrase, true))
}
