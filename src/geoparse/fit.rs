//! Fits the weights of recognition, resolution and sense to annotated articles, and says how well they do on
//! articles that they were not fitted to.
//!
//! `DATELINE_GOLD=DIR cargo test --no-default-features fit_ -- --ignored --nocapture` reads every
//! `.jsonl` in the folder (an article a line: `id`, `text`, `source`, `url`, `toponyms` with `start`,
//! `end` in code points, `kind`, `lat`, `lon`) and prints the tables of the three `weights.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use serde_json::Value;

use super::lexicon::Lexicon;
use super::recognize::clues::Clue;
use super::resolve::features::Feature;
use super::resolve::{Home, resolve_with, weights};
use super::sense::cues::{self, Cue};
use super::tokens::Text;
use super::{given, recognize, sense};
use crate::gazetteer::{Gazetteer, NameKind};
use crate::model::{CharIndex, CharSpan, Kind, Span};

const FOLDS: usize = 5;
const NEUTRAL: [&str; 6] =
    ["Demonym", "Language", "Homonym", "Non_Toponym", "Literal_Expression", "Non_Lit_Expression"];

const LITERAL: [&str; 5] = ["Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"];
const ASSOCIATIVE: [&str; 2] = ["Non_Literal_Modifier", "Metonymic"];

struct Gold {
    corpus: String,
    text: String,
    home: Home,
    toponyms: Vec<(Span, Option<(f64, f64)>)>,
    neutral: Vec<Span>,
    /// Mentions whose sense is annotated, and whether it is the literal one.
    senses: Vec<(Span, bool)>,
}

fn read() -> Vec<Gold> {
    let folder = PathBuf::from(std::env::var("DATELINE_GOLD").expect("DATELINE_GOLD names a folder"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let corpus = file.file_stem().unwrap().to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            all.push(article(&corpus, &serde_json::from_str(line).unwrap()));
        }
    }
    all
}

fn article(corpus: &str, value: &Value) -> Gold {
    let text = value["text"].as_str().unwrap().to_owned();
    let index = CharIndex::new(&text);
    let (mut toponyms, mut neutral, mut senses) = (Vec::new(), Vec::new(), Vec::new());
    for t in value["toponyms"].as_array().unwrap() {
        let at = |key: &str| t[key].as_u64().unwrap() as usize;
        let span = index.bytes(CharSpan { start: at("start"), end: at("end") }).unwrap();
        let kind = t["kind"].as_str().unwrap_or("");
        if LITERAL.contains(&kind) || ASSOCIATIVE.contains(&kind) {
            senses.push((span, LITERAL.contains(&kind)));
        }
        if NEUTRAL.contains(&kind) {
            neutral.push(span);
        } else {
            toponyms.push((span, t["lat"].as_f64().zip(t["lon"].as_f64())));
        }
    }
    let home = Home::read(value["source"].as_str(), value["url"].as_str());
    Gold { corpus: corpus.to_owned(), text, home, toponyms, neutral, senses }
}

/// Adam on a function that adds its gradient and returns its loss.
fn minimize(
    size: usize,
    start: &[f64],
    steps: usize,
    mut loss: impl FnMut(&[f64], &mut [f64]) -> f64,
) -> Vec<f64> {
    let mut w = start.to_vec();
    let (mut m, mut v) = (vec![0.0; size], vec![0.0; size]);
    for step in 1..=steps {
        let mut gradient = vec![0.0; size];
        loss(&w, &mut gradient);
        let rate = 0.05 * (1.0 - 0.9 * step as f64 / steps as f64);
        for i in 0..size {
            m[i] = 0.9 * m[i] + 0.1 * gradient[i];
            v[i] = 0.999 * v[i] + 0.001 * gradient[i] * gradient[i];
            let (mh, vh) =
                (m[i] / (1.0 - 0.9f64.powi(step as i32)), v[i] / (1.0 - 0.999f64.powi(step as i32)));
            w[i] -= rate * mh / (vh.sqrt() + 1e-9);
        }
    }
    w
}

struct Sample {
    fold: usize,
    corpus: usize,
    weight: f64,
    place: bool,
    values: Vec<f32>,
}

fn samples(golds: &[Gold], gazetteer: &Gazetteer) -> Vec<Sample> {
    let lexicon = Lexicon::embedded();
    let mut samples = Vec::new();
    for (number, gold) in golds.iter().enumerate() {
        let corpus = ["geovirus", "gwn-dev", "lgl"].iter().position(|&c| c == gold.corpus).unwrap_or(3);
        let text = Text::new(&gold.text, &[]);
        for w in recognize::weigh(&text, gazetteer, &lexicon) {
            let span = w.found.span;
            let place = gold.toponyms.iter().any(|(s, _)| *s == span);
            let touches = gold.toponyms.iter().any(|(s, _)| s.overlaps(span));
            if !touches && gold.neutral.iter().any(|s| s.overlaps(span)) {
                continue;
            }
            let demonym = w.found.hits.first().is_some_and(|hit| hit.name == NameKind::Demonym);
            let nested =
                w.clues.get(Clue::OrgAfter) + w.clues.get(Clue::OrgInRun) + w.clues.get(Clue::OpenerBefore)
                    > 0.0;
            // GeoVirus leaves adjectives and names in names out.
            if corpus == 0 && (demonym || nested) {
                continue;
            }
            let weight = [1.5, 3.0, 0.7, 1.0][corpus];
            samples.push(Sample { fold: number % FOLDS, corpus, weight, place, values: w.clues.0.to_vec() });
        }
    }
    samples
}

fn fit_logistic(size: usize, decay: f64, samples: &[&Sample]) -> Vec<f64> {
    let total: f64 = samples.iter().map(|s| s.weight).sum();
    minimize(size, &vec![0.0; size], 400, |w, gradient| {
        let mut loss = 0.0;
        for sample in samples {
            let sum: f64 = sample.values.iter().zip(w).map(|(&x, w)| f64::from(x) * w).sum();
            let chance = 1.0 / (1.0 + (-sum).exp());
            let error = chance - f64::from(u8::from(sample.place));
            loss -= sample.weight
                * if sample.place { chance.max(1e-9).ln() } else { (1.0 - chance).max(1e-9).ln() };
            for (g, &x) in gradient.iter_mut().zip(&sample.values) {
                *g += sample.weight * error * f64::from(x) / total;
            }
        }
        for (g, w) in gradient.iter_mut().zip(w) {
            *g += decay * w;
        }
        loss / total
    })
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_recognition() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let samples = samples(&read(), &gazetteer);
    println!("{} names, {} places", samples.len(), samples.iter().filter(|s| s.place).count());
    let mut counts = [[0.0f64; 3]; 4];
    for fold in 0..FOLDS {
        let train: Vec<&Sample> = samples.iter().filter(|s| s.fold != fold).collect();
        let w = fit_logistic(Clue::COUNT, 2e-5, &train);
        for s in samples.iter().filter(|s| s.fold == fold) {
            let sum: f64 = s.values.iter().zip(&w).map(|(&x, w)| f64::from(x) * w).sum();
            let said = 1.0 / (1.0 + (-sum).exp()) >= f64::from(recognize::ENOUGH);
            counts[s.corpus][0] += f64::from(u8::from(said && s.place));
            counts[s.corpus][1] += f64::from(u8::from(said));
            counts[s.corpus][2] += f64::from(u8::from(s.place));
        }
    }
    for c in counts.iter().take(3) {
        println!(
            "by articles not fitted to: P {:.3} R {:.3} F {:.3}",
            c[0] / c[1],
            c[0] / c[2],
            2.0 * c[0] / (c[1] + c[2])
        );
    }
    let all: Vec<&Sample> = samples.iter().collect();
    for (clue, w) in Clue::ALL.iter().zip(fit_logistic(Clue::COUNT, 2e-5, &all)) {
        println!("    (Clue::{clue:?}, {w:.3}),");
    }
}

/// The candidates of one mention: their numbers, and which of them are right.
struct Choice {
    fold: usize,
    corpus: usize,
    candidates: Vec<(Vec<f32>, bool)>,
}

fn choices(golds: &[Gold], gazetteer: &Gazetteer, w: &[f64]) -> Vec<Choice> {
    let mut dense = [0.0; Feature::COUNT];
    dense.iter_mut().zip(w).for_each(|(d, &w)| *d = w as f32);
    let mut choices = Vec::new();
    for (number, gold) in golds.iter().enumerate() {
        let corpus = ["geovirus", "gwn-dev", "lgl"].iter().position(|&c| c == gold.corpus).unwrap_or(3);
        let text = Text::new(&gold.text, &[]);
        let spans: Vec<Span> = gold.toponyms.iter().map(|t| t.0).collect();
        let toponyms = given::toponyms(&text, gazetteer, &spans);
        let resolved = resolve_with(&dense, &text, gazetteer, &toponyms, &gold.home);
        for (i, (_, point)) in gold.toponyms.iter().enumerate() {
            let Some((lat, lon)) = point else { continue };
            let group = &resolved.groups[resolved.group_of[i]];
            let right = |row| {
                let (a, b) = gazetteer.point(row);
                km(a, b, *lat, *lon) <= 161.0
            };
            let candidates = group.candidates.iter().map(|c| (c.numbers.to_vec(), right(c.row()))).collect();
            choices.push(Choice { fold: number % FOLDS, corpus, candidates });
        }
    }
    choices
}

fn km(a: f64, b: f64, c: f64, d: f64) -> f64 {
    let (p, q, r) = (a.to_radians(), c.to_radians(), (d - b).to_radians());
    let h = ((q - p) / 2.0).sin().powi(2) + p.cos() * q.cos() * (r / 2.0).sin().powi(2);
    2.0 * 6371.0 * h.min(1.0).sqrt().asin()
}

fn fit_features(choices: &[&Choice], start: &[f64]) -> Vec<f64> {
    let usable: Vec<&&Choice> =
        choices.iter().filter(|c| c.candidates.len() > 1 && c.candidates.iter().any(|x| x.1)).collect();
    let total = usable.len() as f64;
    minimize(Feature::COUNT, start, 250, |w, gradient| {
        let mut loss = 0.0;
        for choice in &usable {
            let sums: Vec<f64> = choice
                .candidates
                .iter()
                .map(|(x, _)| x.iter().zip(w).map(|(&x, w)| f64::from(x) * w).sum())
                .collect();
            let top = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            let all: f64 = sums.iter().map(|s| (s - top).exp()).sum();
            let good: f64 =
                sums.iter().zip(&choice.candidates).filter(|(_, c)| c.1).map(|(s, _)| (s - top).exp()).sum();
            loss -= (good / all).max(1e-12).ln();
            for (s, (x, right)) in sums.iter().zip(&choice.candidates) {
                let e = (s - top).exp();
                let push = e / all - if *right { e / good } else { 0.0 };
                for (g, &x) in gradient.iter_mut().zip(x) {
                    *g += push * f64::from(x) / total;
                }
            }
        }
        for (g, w) in gradient.iter_mut().zip(w) {
            *g += 2e-4 * w;
        }
        loss / total
    })
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_resolution() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let golds = read();
    let mut w: Vec<f64> = weights::DENSE.iter().map(|&w| f64::from(w)).collect();
    for _round in 0..3 {
        let choices = choices(&golds, &gazetteer, &w);
        let mut counts = [[0.0f64; 3]; 4];
        for fold in 0..FOLDS {
            let train: Vec<&Choice> = choices.iter().filter(|c| c.fold != fold).collect();
            let fitted = fit_features(&train, &w);
            for c in choices.iter().filter(|c| c.fold == fold) {
                let sum = |x: &[f32]| -> f64 { x.iter().zip(&fitted).map(|(&x, w)| f64::from(x) * w).sum() };
                let best = c.candidates.iter().max_by(|a, b| sum(&a.0).total_cmp(&sum(&b.0)));
                counts[c.corpus][0] += f64::from(u8::from(best.is_some_and(|b| b.1)));
                counts[c.corpus][1] += 1.0;
                counts[c.corpus][2] += f64::from(u8::from(c.candidates.iter().any(|x| x.1)));
            }
        }
        for c in counts.iter().take(3) {
            println!("by articles not fitted to: acc161 {:.3}, at best {:.3}", c[0] / c[1], c[2] / c[1]);
        }
        w = fit_features(&choices.iter().collect::<Vec<_>>(), &w);
    }
    for (feature, w) in Feature::ALL.iter().zip(&w) {
        println!("    (Feature::{feature:?}, {w:.3}),");
    }
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_sense() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let lexicon = Lexicon::embedded();
    let mut samples = Vec::new();
    let mut shown = Vec::new();
    for (number, gold) in read().iter().enumerate().filter(|(_, gold)| !gold.senses.is_empty()) {
        let text = Text::new(&gold.text, &[]);
        let toponyms = recognize::recognize(&text, &gazetteer, &lexicon);
        let groups = sense::joined_groups(&text, &toponyms);
        for (this, &(first, end)) in toponyms.iter().zip(&groups) {
            let Some(&(_, place)) = gold.senses.iter().find(|(span, _)| span.overlaps(this.span)) else {
                continue;
            };
            if this.dateline || this.kind == Kind::Embedded {
                continue;
            }
            let values = cues::read(&text, &gazetteer, this, first, end).0.to_vec();
            samples.push(Sample { fold: number % FOLDS, corpus: 0, weight: 1.0, place, values });
            let (from, to) = (this.first.saturating_sub(8), (this.end + 6).min(text.tokens.len()));
            let words = |r: std::ops::Range<usize>| r.map(|i| text.str(i)).collect::<Vec<_>>().join(" ");
            shown.push(format!(
                "{} [{}] {}",
                words(from..this.first),
                words(this.first..this.end),
                words(this.end..to)
            ));
        }
    }
    let mut right = 0;
    for fold in 0..FOLDS {
        let train: Vec<&Sample> = samples.iter().filter(|s| s.fold != fold).collect();
        let w = fit_logistic(Cue::COUNT, 5e-4, &train);
        for (s, shown) in samples.iter().zip(&shown).filter(|(s, _)| s.fold == fold) {
            let sum: f64 = s.values.iter().zip(&w).map(|(&x, w)| f64::from(x) * w).sum();
            right += usize::from((sum >= 0.0) == s.place);
            if (sum >= 0.0) != s.place {
                println!("{} {sum:.1} {shown}", if s.place { "literal" } else { "associative" });
            }
        }
    }
    println!("by articles not fitted to: {right} of {}", samples.len());
    let all: Vec<&Sample> = samples.iter().collect();
    for (cue, w) in Cue::ALL.iter().zip(fit_logistic(Cue::COUNT, 5e-4, &all)) {
        println!("    (Cue::{cue:?}, {w:.3}),");
    }
}
