//! Fits the weights of recognition, resolution and sense to annotated articles, and says how well they do on
//! articles that they were not fitted to.
//!
//! `DATELINE_GOLD=DIR cargo test --no-default-features fit_ -- --ignored --nocapture` reads every
//! `.jsonl` in the folder (an article a line: `id`, `text`, `source`, `url`, `toponyms` with `start`,
//! `end` in code points, `kind`, `lat`, `lon`) and prints the tables of the three `weights.rs`.
#![allow(clippy::unwrap_used, clippy::expect_used)]

pub(crate) mod folds;
mod recognition;
mod resolution;
mod rough;
mod sense;
mod told;
mod vectors;
mod whole;

use std::path::PathBuf;

use serde_json::Value;

use super::home::Home;
use super::homes::Homes;
use crate::gazetteer::Gazetteer;
use crate::model::{CharIndex, CharSpan, Span};

const FOLDS: usize = 5;
const NEUTRAL: [&str; 6] =
    ["Demonym", "Language", "Homonym", "Non_Toponym", "Literal_Expression", "Non_Lit_Expression"];

const LITERAL: [&str; 5] = ["Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"];
const ASSOCIATIVE: [&str; 3] = ["Non_Literal_Modifier", "Metonymic", "Embedded_Non_Lit"];

struct Gold {
    corpus: String,
    id: String,
    text: String,
    home: Home,
    /// What is guessed of its outlet where no list has it.
    guessed: Home,
    toponyms: Vec<(Span, Option<(f64, f64)>)>,
    neutral: Vec<Span>,
    /// Names that are no places; what lies inside them is not annotated.
    others: Vec<Span>,
    /// Whether only some of its names are annotated.
    partial: bool,
    /// Mentions whose sense is annotated, and whether it is the literal one.
    senses: Vec<(Span, bool)>,
}

fn read(gazetteer: &Gazetteer) -> Vec<Gold> {
    let folder = PathBuf::from(std::env::var("DATELINE_GOLD").expect("DATELINE_GOLD names a folder"));
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|e| e == "jsonl"));
    files.sort();
    let mut all = Vec::new();
    for file in files {
        let corpus = file.file_stem().unwrap().to_string_lossy().into_owned();
        for line in std::fs::read_to_string(&file).unwrap().lines() {
            all.push(article(gazetteer, &corpus, &serde_json::from_str(line).unwrap()));
        }
    }
    all
}

fn article(gazetteer: &Gazetteer, corpus: &str, value: &Value) -> Gold {
    let text = value["text"].as_str().unwrap().to_owned();
    let index = CharIndex::new(&text);
    let (mut toponyms, mut neutral, mut senses) = (Vec::new(), Vec::new(), Vec::new());
    let mut others = Vec::new();
    for t in value["toponyms"].as_array().into_iter().flatten() {
        let at = |key: &str| t[key].as_u64().unwrap() as usize;
        let span = index.bytes(CharSpan { start: at("start"), end: at("end") }).unwrap();
        let kind = t["kind"].as_str().unwrap_or("");
        if LITERAL.contains(&kind) || ASSOCIATIVE.contains(&kind) {
            senses.push((span, LITERAL.contains(&kind)));
        }
        if kind == "Other" {
            others.push(span);
        } else if NEUTRAL.contains(&kind) {
            neutral.push(span);
        } else {
            toponyms.push((span, t["lat"].as_f64().zip(t["lon"].as_f64())));
        }
    }
    let (source, url) = (value["source"].as_str(), value["url"].as_str());
    let home = Homes::default().home(gazetteer, source, url);
    let guessed = Home::guessed(gazetteer, source, url);
    let partial = value["partial"].as_bool().unwrap_or(false);
    let id = value["id"].as_str().map_or_else(|| value["id"].to_string(), str::to_owned);
    Gold { corpus: corpus.to_owned(), id, text, home, guessed, toponyms, neutral, others, partial, senses }
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
    weight: f64,
    place: bool,
    values: Vec<f32>,
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
