//! The parties of an event noun: "Russian bombing of Aleppo", "talks between Chad and Sudan", "the king's visit".
//! Whoever owns it does it, or has it done to them in an arrest or a death; the rest stands behind prepositions, or
//! is the subject of the verb that the noun is done with.

use super::super::syntax::Tag;
use super::super::telling::{LEADING_ON, LIGHT, OWN_DEEDS, OWN_FATES, TO_TARGETS};
use super::super::when::Place;
use super::phrase::Phrases;
use super::{Parties, all, nominal, verb};
use crate::model::Part;

/// The parties of the noun of a trigger.
pub(super) fn parties(phrases: &Phrases<'_, '_, '_>, trigger: Place) -> Parties {
    let mut last = trigger.end;
    // "peace talks", "bomb attack": the phrase goes on to its last noun.
    while phrases.at(last) == Tag::Noun && !phrases.is_date(last) {
        last += 1;
    }
    let head = phrases.folded(last - 1);
    // "the army's overthrow of the king" is the king's fate.
    let of = phrases.folded(last) == "of";
    let fate = !of && (OWN_FATES.has(head) || OWN_FATES.has(phrases.folded(trigger.end - 1)));
    let mut found: Parties = Vec::new();
    found.extend(
        owner(phrases, trigger.first)
            .into_iter()
            .map(|owner| (owner, if fate { Part::Target } else { Part::Source })),
    );
    found.extend(objects(phrases, last).into_iter().map(|(phrase, part)| {
        let of = phrase.first > 0 && part == Part::Target && follows_of(phrases, phrase.first);
        (phrase, if of && OWN_DEEDS.has(head) { Part::Source } else { part })
    }));
    if !found.iter().any(|&(_, part)| part == Part::Source) {
        found.extend(all(governed(phrases, trigger.first), Part::Source));
    }
    if !found.iter().any(|&(_, part)| part == Part::Source) {
        found.extend(all(verb::by(phrases, last), Part::Source));
    }
    found
}

fn follows_of(phrases: &Phrases<'_, '_, '_>, first: usize) -> bool {
    let mut before = first - 1;
    while before > phrases.first && matches!(phrases.at(before), Tag::Determiner | Tag::Adverb) {
        before -= 1;
    }
    phrases.folded(before) == "of"
}

/// Whoever stands before the noun: "Egypt's", "Russian".
fn owner(phrases: &Phrases<'_, '_, '_>, noun: usize) -> Option<Place> {
    let mut first = noun;
    while first > phrases.first && nominal(phrases.at(first - 1)) && !phrases.is_date(first - 1) {
        first -= 1;
    }
    let mark = (first..noun).rev().find(|&i| phrases.at(i) == Tag::Owner);
    match mark {
        Some(mark) => phrases.ending(mark.checked_sub(1)?).filter(|&owner| phrases.is_somebody(owner)),
        // "Russian air strikes", but "the Cairo talks" are at Cairo.
        None => {
            // "Maria Lopez meeting with farmers"
            let name = noun.checked_sub(1).filter(|&i| {
                phrases.at(i) == Tag::Noun
                    && phrases.syntax.text.tokens[i].is_capital()
                    && !phrases.syntax.text.tokens[noun].is_capital()
                    && !phrases.is_people(i)
            });
            if let Some(name) = name.and_then(|i| phrases.ending(i)) {
                return Some(name).filter(|&name| phrases.is_somebody(name) && !phrases.is_place(name));
            }
            let people = (first..noun).rev().find(|&i| phrases.is_people(i))?;
            phrases.ending(people)
        }
    }
}

/// Whom the prepositions behind an event noun name.
pub(super) fn objects(phrases: &Phrases<'_, '_, '_>, from: usize) -> Parties {
    let mut found: Parties = Vec::new();
    let mut at = from.checked_sub(1).and_then(|last| phrases.on(last));
    for _ in 0..4 {
        let Some(i) = at.filter(|&i| matches!(phrases.at(i), Tag::Preposition | Tag::To)) else { break };
        let Some(phrase) = phrases.starting(i + 1) else { break };
        let word = phrases.folded(i);
        let somebody = phrases.is_struck(phrase);
        let sides = matches!(word, "between" | "among");
        let row = if somebody { phrases.row_after(phrases.with_of(phrase), sides) } else { vec![phrase] };
        let end = row.last().map_or(phrase.end, |last| last.end);
        match word {
            _ if !somebody => {}
            "by" => found.extend(all(row, Part::Source)),
            _ if sides => {
                let sides = row.into_iter().enumerate();
                found.extend(sides.map(|(i, side)| (side, if i == 0 { Part::Source } else { Part::Target })));
            }
            "of" => found.extend(all(row, Part::Target)),
            _ if TO_TARGETS.has(word) || LEADING_ON.has(word) && !phrases.is_place(phrase) => {
                found.extend(all(row, Part::Target))
            }
            _ => {}
        }
        at = phrases.on(end - 1);
    }
    found
}

/// The subject of the verb that an event noun is done with: "launched an attack", "took part in the strikes".
fn governed(phrases: &Phrases<'_, '_, '_>, noun: usize) -> Vec<Place> {
    let mut at = noun;
    while at > phrases.first && (nominal(phrases.at(at - 1)) || phrases.at(at - 1) == Tag::Determiner) {
        at -= 1;
    }
    let Some(before) = phrases.back(at) else { return Vec::new() };
    let verb = match phrases.at(before) {
        Tag::Verb => Some(before),
        Tag::Preposition => (phrases.first..before).rev().take(3).find(|&i| phrases.at(i) == Tag::Verb),
        _ => None,
    };
    let Some(verb) = verb.filter(|&verb| LIGHT.has(phrases.folded(verb))) else { return Vec::new() };
    let mut group = verb;
    while group > phrases.first && matches!(phrases.at(group - 1), Tag::Auxiliary | Tag::Adverb) {
        group -= 1;
    }
    verb::subject(phrases, group, 5)
}
