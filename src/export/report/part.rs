//! An article as the page's script reads it: arrays in place of objects, numbers in place of what is said often.
//! `data.js` reads what is written here; the two change together.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::known::{Shared, thousandths};
use super::telling::{Mentioned, Telling, Told, reasons};
use crate::export::row::Row;
use crate::model::{EventClass, EventType, Mention, Polarity};

/// `[heading, outlet, date, [first day, last day], address, language, sentences, decisions, mentions, events, text]`.
///
/// A mention is `[sentence, at, length, decision, kind, sense, role, status, who, note, tags, start, end, page]`:
/// its words in the sentence are counted in UTF-16 units, in the text in code points. A decision is
/// `[placed, [place, score in thousandths, reasons] …]`, best first. An event is `[sentence, at, length, type,
/// sub-type, polarity, background, date, [first, last], score, sources, targets, mentions, status, who, note]`. What is
/// one of a few is told by its number in the order of the enum, for which [`words`] has the words.
pub(super) fn article(telling: &Telling<'_>, shared: &mut Shared) -> Value {
    let mut said = Said::default();
    let mentions: Vec<Value> =
        telling.mentions.iter().map(|mentioned| mention(mentioned, &mut said, shared)).collect();
    let events: Vec<Value> = telling.events.iter().map(|told| event(told, &mut said, shared)).collect();
    json!([
        telling.heading,
        shared.outlet(telling.outlet.as_deref()),
        telling.date,
        telling.days.map(|days| [days.first, days.last]),
        telling.address,
        telling.language,
        said.sentences,
        said.decisions,
        mentions,
        events,
        telling.text,
    ])
}

/// What an article says more than once: two places in one sentence, one name in many.
#[derive(Default)]
struct Said {
    sentence_numbers: HashMap<String, usize>,
    sentences: Vec<String>,
    decision_numbers: HashMap<String, usize>,
    decisions: Vec<Value>,
}

impl Said {
    /// The sentence of a row, where its words begin in it, and their length.
    fn sentence(&mut self, row: &Row) -> [usize; 3] {
        let sentence = Telling::sentence(row);
        let [at, length] = [&row.quote_before, &row.quote].map(|text| text.encode_utf16().count());
        let number = *self.sentence_numbers.entry(sentence).or_insert_with_key(|sentence| {
            self.sentences.push(sentence.clone());
            self.sentences.len() - 1
        });
        [number, at, length]
    }

    fn decision(&mut self, mention: &Mention, shared: &mut Shared) -> usize {
        let mut decision = vec![json!(u8::from(mention.chosen().is_some()))];
        for candidate in &mention.candidates {
            let place = shared.place(&candidate.place, mention.kind);
            let reasons: Vec<Value> = reasons(candidate).map(|reason| shared.reasons.told(&reason)).collect();
            decision.push(json!([place, thousandths(candidate.score), reasons]));
        }
        let decision = Value::Array(decision);
        *self.decision_numbers.entry(decision.to_string()).or_insert_with(|| {
            self.decisions.push(decision);
            self.decisions.len() - 1
        })
    }
}

fn mention(mentioned: &Mentioned<'_>, said: &mut Said, shared: &mut Shared) -> Value {
    let Mentioned { row, mention } = mentioned;
    let [sentence, at, length] = said.sentence(row);
    json!([
        sentence,
        at,
        length,
        said.decision(mention, shared),
        mention.kind as u8,
        mention.sense as u8,
        mention.role as u8,
        row.status as u8,
        who(row, shared),
        row.note,
        row.tags,
        row.char_start,
        row.char_end,
        row.page,
    ])
}

fn event(told: &Told<'_>, said: &mut Said, shared: &mut Shared) -> Value {
    let Told { row, event, days, places } = told;
    let [sentence, at, length] = said.sentence(row);
    json!([
        sentence,
        at,
        length,
        event.kind as u8,
        row.event_subtype,
        event.polarity as u8,
        u8::from(event.background),
        row.event_date,
        days.map(|days| [days.first, days.last]),
        thousandths(event.score),
        row.event_actors,
        row.event_targets,
        places,
        row.status as u8,
        who(row, shared),
        row.note,
    ])
}

/// Who settled it, by number; null where that is not known.
fn who(row: &Row, shared: &mut Shared) -> Value {
    row.decided_by.as_deref().map_or(Value::Null, |by| shared.people.told(by))
}

/// What the numbers of types, kinds and the like mean, in plain words.
pub(super) fn words() -> Value {
    let kinds = ["", "people or adjective", "within another name", "coordinates"];
    json!({
        "kinds": kinds,
        "classes": EventClass::ALL.map(EventClass::title),
        "events": EventType::ALL.map(|kind| json!([kind.title(), kind.class() as u8])),
        "polarities": Polarity::ALL.map(Polarity::title),
    })
}
