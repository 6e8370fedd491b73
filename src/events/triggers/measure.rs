//! How well types are told on PLOVER's gold records, and how many of the words that others call events are found.
//!
//! `DATELINE_PLOVER=FILE cargo test --lib --no-default-features measure_types -- --ignored --nocapture` counts a record
//! as right where the best event whose trigger lies on its marked words has its type, or, where none lies there, the
//! best event of all; "without a hint" takes the best event of all at once. A third of the records, by a hash of their
//! names, may be looked at, and their errors are printed; the other two thirds are only counted.
//! `DATELINE_TRAIN=DIR … measure_recall` reads `event_location.jsonl`: a word, and whether an event's trigger lies on
//! it, or any event is told in its sentence. `DATELINE_ARTICLES=FILE,FILE … show_events` prints what is found in texts
//! and in the `text` of JSON Lines, to be read by a person.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::model::{Article, CharIndex, CharSpan, Event, Geoparsed, Span};

struct Record {
    id: String,
    kind: String,
    text: String,
    marked: Vec<Span>,
}

impl Record {
    fn may_be_seen(&self) -> bool {
        let hash = self.id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        (hash >> 7).is_multiple_of(3)
    }
}

/// The string behind a key, wherever it stands: the file is not quite JSON.
fn field(record: &str, key: &str) -> Option<String> {
    let at = record.find(&format!("\"{key}\""))? + key.len() + 2;
    let rest = record[at..].trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
    let (mut value, mut chars) = (String::new(), rest.chars());
    loop {
        match chars.next()? {
            '"' => return Some(value),
            '\\' => value.push(chars.next()?),
            c => value.push(c),
        }
    }
}

/// A text without its "(EVT: …)", and where the events' marks stood in it.
fn unmark(markup: &str) -> (String, Vec<Span>) {
    let (mut text, mut spans, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = markup;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let tag = rest.find(|c: char| !c.is_ascii_uppercase() && c != '/').unwrap_or(0);
        match c {
            '(' if tag > 2 && rest[tag..].starts_with(':') => {
                open.push(Some((text.len(), rest[..tag].contains("EVT"))));
                rest = rest[tag + 1..].trim_start_matches(' ');
            }
            '(' => {
                open.push(None);
                text.push(c);
            }
            ')' => match open.pop() {
                Some(Some((start, event))) => spans.extend(event.then_some(Span::new(start, text.len()))),
                _ => text.push(c),
            },
            '{' | '}' => {}
            c => text.push(c),
        }
    }
    (text, spans)
}

fn records() -> Vec<Record> {
    let path = std::env::var("DATELINE_PLOVER").expect("DATELINE_PLOVER names a file");
    let file = std::fs::read_to_string(path).unwrap();
    let mut records = Vec::new();
    for part in file.split("\"id\"").skip(1) {
        let part = format!("\"id\"{part}");
        let (Some(id), Some(kind), Some(text)) =
            (field(&part, "id"), field(&part, "event"), field(&part, "text"))
        else {
            continue;
        };
        let (text, marked) = field(&part, "markup").map_or((text, Vec::new()), |markup| unmark(&markup));
        records.push(Record { id, kind: kind.to_lowercase(), text, marked });
    }
    records
}

fn events(geoparser: &Geoparser, text: &str) -> Geoparsed {
    let mut geoparsed = geoparser.geoparse(Article::from_text("text", text));
    crate::events::read(&mut geoparsed);
    geoparsed
}

fn best<'a>(events: impl Iterator<Item = &'a Event>) -> Option<&'a Event> {
    // The first of those that score alike.
    events.fold(None, |best: Option<&Event>, event| match best {
        Some(best) if best.score >= event.score => Some(best),
        _ => Some(event),
    })
}

#[derive(Default)]
struct Count {
    all: usize,
    hinted: usize,
    plain: usize,
}

#[test]
#[ignore = "needs PLOVER's gold records"]
fn measure_types() {
    let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
    let (mut seen, mut unseen) = (Count::default(), Count::default());
    let mut confusion: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut by_kind: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for record in records() {
        let found = events(&geoparser, &record.text);
        let on = |event: &&Event| {
            record.marked.iter().any(|mark| mark.start < event.trigger.end && event.trigger.start < mark.end)
        };
        let main = best(found.events.iter());
        let hinted = best(found.events.iter().filter(on)).or(main);
        let name = |event: Option<&Event>| event.map_or("none", |event| event.kind.as_str());
        let count = if record.may_be_seen() { &mut seen } else { &mut unseen };
        count.all += 1;
        count.plain += usize::from(name(main) == record.kind);
        let kinds = by_kind.entry(record.kind.clone()).or_default();
        kinds.1 += 1;
        if name(hinted) == record.kind {
            count.hinted += 1;
            kinds.0 += 1;
        } else {
            *confusion.entry((record.kind.clone(), name(hinted).to_owned())).or_default() += 1;
        }
        if record.may_be_seen() && (name(hinted) != record.kind || name(main) != record.kind) {
            println!("{} | {}", record.id, record.text);
            println!(
                "    marked {:?}",
                record.marked.iter().map(|mark| mark.of(&record.text)).collect::<Vec<_>>()
            );
            for event in &found.events {
                println!("    {}", line(&record.text, event));
            }
        }
    }
    println!("\ngold → told");
    for ((gold, told), count) in &confusion {
        println!("{gold:12} {told:12} {count}");
    }
    for (kind, (right, all)) in &by_kind {
        println!("{kind:12} {right} of {all}");
    }
    let both = Count {
        all: seen.all + unseen.all,
        hinted: seen.hinted + unseen.hinted,
        plain: seen.plain + unseen.plain,
    };
    for (name, count) in [("looked at", &seen), ("never looked at", &unseen), ("all", &both)] {
        let share = |right: usize| right as f64 / count.all as f64;
        println!(
            "{name}: {} records, with the marked words {:.3}, without a hint {:.3}",
            count.all,
            share(count.hinted),
            share(count.plain)
        );
    }
}

fn line(text: &str, event: &Event) -> String {
    format!(
        "{:.2} {} {} {:?} «{}»",
        event.score,
        event.kind.as_str(),
        event.subtype.as_deref().unwrap_or("-"),
        event.polarity,
        event.trigger.of(text)
    )
}

#[test]
#[ignore = "needs event_location.jsonl"]
fn measure_recall() {
    let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
    let folder = std::env::var("DATELINE_TRAIN").expect("DATELINE_TRAIN names a folder");
    let file = std::fs::read_to_string(format!("{folder}/event_location.jsonl")).unwrap();
    let (mut all, mut on, mut told) = (0, 0, 0);
    let mut missed: BTreeMap<String, (usize, usize, String)> = BTreeMap::new();
    for row in file.lines() {
        let value: Value = serde_json::from_str(row).unwrap();
        let text = value["text"].as_str().unwrap();
        let at = |key: &str| value["event"][key].as_u64().unwrap() as usize;
        let span = CharSpan { start: at("start"), end: at("end") };
        let Some(span) = CharIndex::new(text).bytes(span) else { continue };
        let found = events(&geoparser, text);
        let lies =
            found.events.iter().any(|event| event.trigger.start < span.end && span.start < event.trigger.end);
        all += 1;
        on += usize::from(lies);
        told += usize::from(!found.events.is_empty());
        let word = missed.entry(span.of(text).to_lowercase()).or_default();
        word.1 += 1;
        if !lies {
            word.0 += 1;
            text.clone_into(&mut word.2);
        }
    }
    let mut words: Vec<_> = missed.into_iter().filter(|(_, (missed, ..))| *missed > 0).collect();
    words.sort_by_key(|(_, (missed, ..))| usize::MAX - missed);
    for (word, (missed, all, text)) in words.iter().take(70) {
        println!("{missed:4} of {all:4} {word:14} {}", text.chars().take(170).collect::<String>());
    }
    println!("{all} triggers, {on} with an event on them, {told} sentences with one");
}

#[test]
#[ignore = "prints what is found in the texts that DATELINE_ARTICLES names"]
fn show_events() {
    let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
    for path in std::env::var("DATELINE_ARTICLES").expect("DATELINE_ARTICLES names files").split(',') {
        let file = std::fs::read_to_string(path).unwrap();
        let texts: Vec<String> = match path.ends_with(".jsonl") {
            true => file
                .lines()
                .map(|row| serde_json::from_str::<Value>(row).unwrap()["text"].as_str().unwrap().to_owned())
                .collect(),
            false => vec![file],
        };
        for (number, text) in texts.iter().enumerate() {
            println!("== {path} {number}");
            let found = events(&geoparser, text);
            let mut quote = Span::new(0, 0);
            for event in &found.events {
                if event.quote != quote {
                    quote = event.quote;
                    println!("  {}", quote.of(text).replace('\n', " "));
                }
                println!("      {}", line(text, event));
            }
        }
    }
}
