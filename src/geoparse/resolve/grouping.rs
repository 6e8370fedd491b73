//! Which mentions are of one name, and what the article says of that name as a whole.
//! A name without a place in the gazetteer is looked up once more here: in other spellings, and in its parts.

use std::collections::HashMap;

use super::super::tokens::{Form, Text};
use super::super::words::{FUNCTION_WORDS, LOCATIVES, SAYINGS};
use super::super::{given, recognize::Toponym, sense};
use super::Group;
use super::evidence::{Evidence, Link};
use super::told::Decisions;
use crate::gazetteer::{Gazetteer, Row};

/// How many names on either side of a mention count as beside it.
const BESIDE: usize = 4;
/// Names that are kept as beside one.
const MOST_BESIDE: usize = 32;
/// What the vote of a name counts that the gazetteer has only in another spelling or in part.
const UNKNOWN: f32 = 0.3;

/// Puts mentions of one name together, apart where their containers contradict each other: the
/// Springfield of "Springfield, Ill." and that of "Springfield, Mass."
pub(super) fn group(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    evidence: &[Evidence],
) -> (Vec<Group>, Vec<usize>) {
    let container = |i: usize| {
        let comma = evidence[i].containers.iter().find(|(_, link)| *link == Link::Comma)?;
        let toponym = &toponyms[comma.0];
        let told = toponym.told.as_ref().and_then(|meant| gazetteer.by_id(&meant.place.id));
        let row = told.or_else(|| toponym.hits.first().map(|best| best.row))?;
        let (class, code) = gazetteer.feature(row);
        let holds = class == 'A' && (code == "ADM1" || code.starts_with("PCL"));
        holds.then_some(row)
    };
    let mut containers: HashMap<&str, Vec<Row>> = HashMap::new();
    for (i, toponym) in toponyms.iter().enumerate() {
        let seen = containers.entry(toponym.name.as_str()).or_default();
        if let Some(row) = container(i).filter(|row| !seen.contains(row)) {
            seen.push(row);
        }
    }
    let split = |i: usize| {
        let seen = containers.get(toponyms[i].name.as_str()).map_or(&[][..], Vec::as_slice);
        if seen.len() > 1 { container(i).or_else(|| seen.first().copied()) } else { None }
    };
    let mut decisions: HashMap<(&str, Option<Row>), Decisions<'_>> = HashMap::new();
    for (i, toponym) in toponyms.iter().enumerate().filter(|(_, toponym)| toponym.told.is_some()) {
        let key = (toponym.name.as_str(), split(i));
        decisions.entry(key).or_insert_with(|| Decisions::new(gazetteer)).add(i, toponym);
    }
    let place = |i: usize| match &toponyms[i].told {
        Some(meant) => Some(&meant.place),
        None => decisions.get(&(toponyms[i].name.as_str(), split(i)))?.followed(i, container(i)),
    };
    let mut numbers: HashMap<(&str, Option<Row>, Option<&str>), usize> = HashMap::new();
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of = Vec::with_capacity(toponyms.len());
    for (i, toponym) in toponyms.iter().enumerate() {
        let place = place(i);
        let key = (toponym.name.as_str(), split(i), place.map(|place| place.id.as_str()));
        let number = *numbers.entry(key).or_insert_with(|| {
            let mut group = new_group(text, gazetteer, toponym);
            place.into_iter().for_each(|place| group.tell(gazetteer, place));
            groups.push(group);
            groups.len() - 1
        });
        let group = &mut groups[number];
        group.mentions.push(i);
        group.dateline |= toponym.dateline;
        group.acts |= sense::governs(text, gazetteer, toponym);
        group.adjective |= is_adjective(text, toponym);
        group.wanted = group.wanted.or(evidence[i].wanted);
        group_of.push(number);
    }
    for (i, evidence) in evidence.iter().enumerate() {
        for &(j, link) in &evidence.containers {
            let pair = (group_of[j], link);
            let group = &mut groups[group_of[i]];
            if pair.0 != group_of[i] && !group.containers.contains(&pair) {
                group.containers.push(pair);
            }
        }
    }
    for group in &mut groups {
        let known = group.is_known() || group.candidates.is_empty();
        group.weight = (1.0 + group.mentions.len() as f32).ln() * if known { 1.0 } else { UNKNOWN };
    }
    beside(&mut groups, &group_of);
    (groups, group_of)
}

fn new_group(text: &Text<'_>, gazetteer: &Gazetteer, toponym: &Toponym) -> Group {
    if !toponym.hits.is_empty() {
        return Group::new(gazetteer, toponym.name.clone(), toponym.kind, &toponym.hits);
    }
    let hits = given::otherwise(text, gazetteer, toponym.first, toponym.end);
    Group::new(gazetteer, toponym.name.clone(), toponym.kind, &hits)
}

/// Whether a noun follows without a word of place before: "Arab governments", but not "in Reading people".
fn is_adjective(text: &Text<'_>, toponym: &Toponym) -> bool {
    let next = text.after(toponym.end.saturating_sub(1));
    let noun = next.is_some_and(|i| {
        text.tokens[i].form == Form::Lower
            && !FUNCTION_WORDS.has(text.folded(i))
            && !SAYINGS.has(text.folded(i))
    });
    noun && text.before(toponym.first).is_none_or(|i| !LOCATIVES.has(text.folded(i)))
}

/// Notes for each name which others the text mentions right beside it.
fn beside(groups: &mut [Group], group_of: &[usize]) {
    for (i, &this) in group_of.iter().enumerate() {
        for distance in 1..=BESIDE {
            let nearness = 1.0 / distance as f32;
            let around = [i.checked_sub(distance), i.checked_add(distance)];
            for other in around.into_iter().flatten().filter_map(|j| group_of.get(j).copied()) {
                if other != this {
                    note(&mut groups[this].beside, other, nearness);
                }
            }
        }
    }
}

fn note(beside: &mut Vec<(usize, f32)>, other: usize, nearness: f32) {
    if let Some(known) = beside.iter_mut().find(|known| known.0 == other) {
        known.1 = known.1.max(nearness);
    } else if beside.len() < MOST_BESIDE {
        beside.push((other, nearness));
    }
}
