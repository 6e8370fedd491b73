//! Decisions about events, laid over those that the program found; where they happened follows the mentions.
//! A mention that is none is the place of no event.

use super::super::edit::{Field, Value};
use super::super::state::{Said, State};
use super::mentions::Moved;
use super::voice::{Voice, fits};
use crate::model::{Event, Focus, Geoparsed, How, Mention, Polarity, Role, Span, When, sentence_starts};

/// What settles an event, the most telling first.
const SETTLING: [Field; 5] = [Field::Told, Field::Type, Field::Scene, Field::When, Field::Polarity];

/// Lays what is said about events over those that were found. `moved` tells where mentions are now.
pub(super) fn lay(found: &mut Geoparsed, said: &Said, state: &State, moved: &Moved) {
    let mut events = std::mem::take(&mut found.events);
    let mut before = Vec::new();
    for event in &mut events {
        event.places.retain(|&place| place < moved.len());
        let now = || event.places.iter().filter_map(|&place| moved.get(place).copied().flatten());
        before.extend(now());
        event.places = standing(now(), &found.mentions);
    }
    for voice in Voice::all(&said.events) {
        let mut missing = missing(&voice, &found.article.text);
        let event = events.iter_mut().find(|event| event.trigger == voice.key);
        let new = event.is_none();
        let Some(event) = event.or(missing.as_mut()) else { continue };
        let how = hear(event, &voice, &found.mentions);
        let how = if new && how != How::Rejected { How::Added } else { how };
        event.decided = Some(Box::new(voice.decided(how, &SETTLING, state)));
        if new {
            events.extend(missing);
        }
    }
    events.sort_by_key(|event| event.trigger);
    found.events = events;
    if !said.mentions.is_empty() || !said.events.is_empty() {
        roles(found, &before);
    }
}

/// The mentions among these at which something can have happened, each once.
fn standing(places: impl Iterator<Item = usize>, mentions: &[Mention]) -> Vec<usize> {
    let mut standing = Vec::new();
    for place in places {
        let mention = mentions.get(place).is_some_and(|mention| !mention.is_rejected());
        if mention && !standing.contains(&place) {
            standing.push(place);
        }
    }
    standing
}

/// Does what is said, and tells how it was settled.
fn hear(event: &mut Event, voice: &Voice<'_>, mentions: &[Mention]) -> How {
    let mut corrected = false;
    if let Some(&Value::Type(kind)) = voice.value(Field::Type) {
        corrected |= event.kind != kind;
        if event.kind != kind {
            event.subtype = None;
        }
        event.kind = kind;
    }
    if let Some(&Value::Polarity(polarity)) = voice.value(Field::Polarity) {
        corrected |= event.polarity != polarity;
        event.polarity = polarity;
    }
    if let Some(Value::Scene(keys)) = voice.value(Field::Scene) {
        let number = |key: &Span| mentions.iter().position(|mention| mention.key() == *key);
        let places = standing(keys.iter().filter_map(number), mentions);
        corrected |= event.places != places;
        event.places = places;
    }
    if let Some(&Value::Date(date)) = voice.value(Field::When) {
        event.when = date.map_or(When::Unknown, When::Set);
        corrected = true;
    }
    match voice.value(Field::Told) {
        Some(Value::Rejected) => How::Rejected,
        _ if corrected => How::Corrected,
        Some(Value::Yes) => How::Confirmed,
        _ => How::Auto,
    }
}

/// An event that the program does not find and a person tells of, if they say what sort it is.
fn missing(voice: &Voice<'_>, text: &str) -> Option<Event> {
    let Some(&Value::Type(kind)) = voice.value(Field::Type) else { return None };
    let trigger = voice.key;
    if !fits(trigger, text) {
        return None;
    }
    let starts = sentence_starts(text);
    let next = starts.partition_point(|&start| start <= trigger.start);
    let start = next.checked_sub(1).and_then(|last| starts.get(last)).copied().unwrap_or(0);
    let end = starts.iter().skip(next).copied().find(|&end| end >= trigger.end).unwrap_or(text.len());
    let sentence = text.get(start..end).map_or(end, |sentence| start + sentence.trim_end().len());
    Some(Event {
        trigger,
        kind,
        subtype: None,
        polarity: Polarity::Happened,
        background: false,
        places: Vec::new(),
        when: When::Unknown,
        actors: Vec::new(),
        quote: Span::new(start, sentence.max(trigger.end)),
        score: 1.0,
        decided: None,
    })
}

/// Marks the mentions where something happens, and no longer those where something did `before` and now does not.
fn roles(found: &mut Geoparsed, before: &[usize]) {
    let told = found.events.iter().filter(|event| !event.is_rejected());
    let places: Vec<usize> = told.flat_map(|event| event.places.iter().copied()).collect();
    for (number, mention) in found.mentions.iter_mut().enumerate() {
        if mention.role == Role::Dateline {
            continue;
        }
        if places.contains(&number) {
            mention.role = Role::Event;
        } else if mention.role == Role::Event && before.contains(&number) {
            mention.role = if about(&found.focus, mention) { Role::Focus } else { Role::Mention };
        }
    }
}

/// Whether an article is about what a mention means ([`Role::Focus`]).
fn about(focus: &Focus, mention: &Mention) -> bool {
    let Some(place) = mention.place() else { return false };
    [&focus.countries, &focus.divisions, &focus.places].iter().any(|level| {
        let first = level.first().map_or(0.0, |(.., share)| *share);
        let share = level.iter().find(|(id, ..)| *id == place.id).map_or(0.0, |(.., share)| *share);
        share >= 0.25 && share >= first / 2.0
    })
}
