//! How well sources and targets are found on PLOVER's gold records.
//!
//! `DATELINE_PLOVER=FILE cargo test --profile quick --no-default-features --lib measure_actors -- --ignored --nocapture`
//! gives every record's first marked event as the trigger. A phrase is right where it overlaps a marked one by half of
//! their union, or, in the second row, of the shorter one (marks are often of one word of a phrase: "senior
//! (Hungarian) officials"). A phrase that is marked as both may be either. The errors of a third of the records, by a
//! hash of their names, are printed; the other two thirds are only counted.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;

use super::super::syntax::Syntax;
use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::geoparse::tokens::Text;
use crate::model::{Article, Event, EventType, Part, Polarity, Span, When};

/// A record's text without its marks, and the marks.
fn unmark(markup: &str) -> (String, Vec<(Span, String)>) {
    let (mut text, mut marks, mut open) = (String::new(), Vec::new(), Vec::new());
    let mut rest = markup;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let label: String = rest.chars().take_while(|c| c.is_ascii_uppercase() || *c == '/').collect();
        if c == '(' && label.len() > 2 && rest[label.len()..].starts_with(':') {
            rest = rest[label.len() + 1..].trim_start_matches(' ');
            open.push(Some((text.len(), label)));
        } else if c == '(' {
            open.push(None);
            text.push(c);
        } else if c == ')' && !open.is_empty() {
            match open.pop().flatten() {
                Some((start, label)) => marks.push((Span::new(start, text.len()), label)),
                None => text.push(c),
            }
        } else {
            text.push(c);
        }
    }
    (text, marks)
}

#[derive(Default)]
struct Count {
    found: usize,
    told: usize,
    marked: usize,
}

impl Count {
    fn show(&self, what: &str) {
        let (p, r) = (self.found as f64 / self.told as f64, self.found as f64 / self.marked as f64);
        println!(
            "{what:24} precision {p:.3} recall {r:.3} F1 {:.3} of {}",
            2.0 * p * r / (p + r),
            self.marked
        );
    }
}

fn overlap(a: Span, b: Span, union: bool) -> f64 {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start)) as f64;
    let of =
        if union { (a.end.max(b.end) - a.start.min(b.start)) as f64 } else { a.len().min(b.len()) as f64 };
    both / of
}

#[test]
#[ignore = "needs PLOVER's gold records"]
fn measure_actors() {
    let file = std::fs::read_to_string(std::env::var("DATELINE_PLOVER").unwrap()).unwrap();
    let records: Vec<Value> = serde_json::from_str(&file).unwrap();
    let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
    let mut counts: [[Count; 3]; 2] = Default::default();
    for record in &records {
        let Some(markup) = record["textInfo"]["markup"].as_str() else { continue };
        let (text, marks) = unmark(markup);
        let Some((trigger, _)) = marks.iter().find(|(_, label)| label.contains("EVT")) else { continue };
        let gold: Vec<(Span, &str)> = marks
            .iter()
            .filter(|(_, label)| label.contains("SRC") || label.contains("TAR"))
            .map(|(span, label)| (*span, label.as_str()))
            .collect();
        let geoparsed = geoparser.geoparse(Article::from_text("a", &text));
        let tokens = Text::new(&text, &[]);
        let syntax = Syntax::read(&tokens);
        let kind = record["event"].as_str().unwrap().to_lowercase();
        let kind = EventType::ALL.into_iter().find(|of| of.as_str() == kind).unwrap();
        let event = Event {
            trigger: *trigger,
            kind,
            subtype: None,
            polarity: Polarity::Happened,
            background: false,
            places: Vec::new(),
            when: When::Unknown,
            actors: Vec::new(),
            quote: Span::new(0, text.len()),
            score: 1.0,
            decided: None,
        };
        let told = super::of(&syntax, &geoparsed, &event);
        let id = record["id"].as_str().unwrap();
        let hash = id.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)
        });
        let mut wrong = false;
        for (row, union) in [true, false].into_iter().enumerate() {
            for (column, part) in [Some(Part::Source), Some(Part::Target), None].into_iter().enumerate() {
                let of = |label: &str| match part {
                    Some(Part::Source) => label.contains("SRC"),
                    Some(Part::Target) => label == "TAR",
                    None => true,
                };
                let wanted: Vec<Span> =
                    gold.iter().filter(|(_, label)| of(label)).map(|(span, _)| *span).collect();
                let may: Vec<Span> = gold
                    .iter()
                    .filter(|(_, label)| label.contains('/') && part == Some(Part::Target))
                    .map(|(span, _)| *span)
                    .collect();
                let given: Vec<Span> = told
                    .iter()
                    .filter(|actor| part.is_none_or(|part| actor.part == part))
                    .map(|actor| actor.span)
                    .filter(|&span| !may.iter().any(|&mark| overlap(span, mark, union) >= 0.5))
                    .collect();
                // A side that is marked as both and told as a target is found as a source.
                let both: Vec<Span> = told
                    .iter()
                    .filter(|actor| part == Some(Part::Source) && actor.part == Part::Target)
                    .map(|actor| actor.span)
                    .filter(|&span| {
                        gold.iter()
                            .any(|(mark, label)| label.contains('/') && overlap(span, *mark, union) >= 0.5)
                    })
                    .collect();
                let given: Vec<Span> = given.into_iter().chain(both).collect();
                let mut free = given.clone();
                let mut found = 0;
                for mark in &wanted {
                    if let Some(at) = free.iter().position(|&span| overlap(span, *mark, union) >= 0.5) {
                        free.remove(at);
                        found += 1;
                    }
                }
                let count = &mut counts[row][column];
                count.found += found;
                count.told += given.len();
                count.marked += wanted.len();
                wrong |= !union && part.is_some() && (found < wanted.len() || !free.is_empty());
            }
        }
        if wrong && (hash >> 7).is_multiple_of(3) {
            println!("{id} {markup}");
            for actor in told {
                println!("      {:?} {} {:?}", actor.part, actor.span.of(&text), actor.country);
            }
        }
    }
    for (rule, row) in ["half of the union", "half of the shorter"].into_iter().zip(&counts) {
        println!("{rule}");
        for (what, count) in ["sources", "targets", "either"].into_iter().zip(row) {
            count.show(what);
        }
    }
}
