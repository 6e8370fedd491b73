//! Fits recognition: the weights of the clues, then the network that sees them with everything else.
//!
//! `DATELINE_WORDS=DIR` names the folder of the encoder that the word vectors are made of;
//! `DATELINE_MODEL=FILE`, with the feature `assets`, has the model that was trained on everything written
//! there. Corpora other than the three that are measured are trained on and not counted.

use std::path::Path;

use super::super::learn::Model;
use super::super::learn::train::{self, Dice, Plan};
use super::super::lexicon::Lexicon;
use super::super::recognize::clues::Clue;
use super::super::recognize::signs::SignReader;
use super::super::recognize::{self, Studied};
use super::super::tokens::Text;
use super::rough::roughen;
use super::{FOLDS, Gold, Sample, fit_logistic, read, vectors};
use crate::gazetteer::{Gazetteer, NameKind};
use crate::model::{Kind, Span};

/// The corpora that are measured.
pub(super) const MEASURED: [&str; 3] = ["lgl", "geovirus", "gwn-dev"];
const PLAN: Plan = Plan { seed: 1, rounds: 2, rate: 0.03, hide: 0.4, unnamed: 0.2, decay: 1e-6 };
/// What the log-odds are raised by: a missed place costs more than a false one that a person strikes out.
const RAISED: f32 = 0.3;
/// Weight of an article as a scan or in capitals, of which every fourth is trained on.
const ROUGH: f32 = 0.3;

pub(super) struct Bench<'a> {
    pub(super) golds: &'a [Gold],
    pub(super) gazetteer: Gazetteer,
    pub(super) lexicon: Lexicon,
    pub(super) words: &'a Path,
}

/// What a corpus says of a name: a place or none; nothing where it does not annotate such names.
fn answer(gold: &Gold, studied: &Studied, i: usize) -> Option<bool> {
    let m = &studied.matches[i];
    let place = gold.toponyms.iter().any(|(s, _)| *s == m.span);
    let touches = gold.toponyms.iter().any(|(s, _)| s.overlaps(m.span));
    if place {
        return Some(true);
    }
    if !touches && gold.neutral.iter().any(|s| s.overlaps(m.span)) {
        return None;
    }
    let whole = MEASURED.contains(&gold.corpus.as_str());
    let demonym = m.hits.first().is_some_and(|hit| hit.name == NameKind::Demonym);
    if demonym && (gold.corpus == "geovirus" || !whole) {
        return None;
    }
    // GeoVirus leaves names in names out: "the Texas Department of Health".
    let clues = &studied.clues[i];
    let nested = clues.get(Clue::OrgAfter) + clues.get(Clue::OrgInRun) + clues.get(Clue::OpenerBefore) > 0.0;
    if nested && gold.corpus == "geovirus" {
        return None;
    }
    let other = gold.others.iter().find(|s| s.overlaps(m.span));
    if gold.partial && !touches && other.is_none() {
        return None;
    }
    // "the Boston Red Sox": whether Boston counts is not said.
    let inside = |s: &&Span| s.start <= m.span.start && m.span.end <= s.end && **s != m.span;
    if other.as_ref().is_some_and(inside) {
        return None;
    }
    Some(false)
}

fn weight(gold: &Gold) -> f32 {
    match gold.corpus.as_str() {
        "geovirus" => 1.0,
        "gwn-dev" => 2.0,
        "lgl" => 0.8,
        _ => 0.3,
    }
}

fn clue_samples(bench: &Bench<'_>, gold: &Gold, start: &[f32]) -> Vec<Sample> {
    let text = Text::new(&gold.text, &[]);
    let studied = recognize::study(&text, &bench.gazetteer, &bench.lexicon, start);
    let sample = |i: usize| {
        let values = studied.clues[i].0.to_vec();
        Some(Sample { weight: f64::from(weight(gold)), place: answer(gold, &studied, i)?, values })
    };
    (0..studied.matches.len()).filter_map(sample).collect()
}

fn sign_samples(bench: &Bench<'_>, gold: &Gold, model: &Model, text: &str, share: f32) -> Vec<train::Sample> {
    let text = Text::new(text, &[]);
    let studied = recognize::study(&text, &bench.gazetteer, &bench.lexicon, &model.clues);
    let reader = SignReader::new(&text, &bench.gazetteer, &model.vectors, &studied.matches, &studied.first);
    let sample = |i: usize| {
        let yes = answer(gold, &studied, i)?;
        let signs = reader.read(i, &studied.clues[i]);
        Some(train::Sample { signs, yes, weight: weight(gold) * share })
    };
    (0..studied.matches.len()).filter_map(sample).collect()
}

/// A model trained on the articles for which `trained` holds.
pub(super) fn fit(bench: &Bench<'_>, trained: &(dyn Fn(usize) -> bool + Sync)) -> Model {
    let golds: Vec<(usize, &Gold)> = bench.golds.iter().enumerate().filter(|(n, _)| trained(*n)).collect();
    let mut model = Model { vectors: vectors::read(bench.words).unwrap(), ..Model::default() };
    // What supports a name depends on the weights, so that they are fitted twice.
    model.clues = vec![0.0; Clue::COUNT];
    for _ in 0..2 {
        let samples: Vec<Sample> =
            golds.iter().flat_map(|(_, gold)| clue_samples(bench, gold, &model.clues)).collect();
        let fitted = fit_logistic(Clue::COUNT, 2e-5, &samples.iter().collect::<Vec<_>>());
        model.clues = fitted.into_iter().map(|w| w as f32).collect();
    }
    let mut samples: Vec<train::Sample> =
        golds.iter().flat_map(|(_, gold)| sign_samples(bench, gold, &model, &gold.text, 1.0)).collect();
    let mut dice = Dice(7);
    for (_, gold) in golds.iter().filter(|(n, gold)| n % 4 == 0 && MEASURED.contains(&gold.corpus.as_str())) {
        samples.extend(sign_samples(bench, gold, &model, &roughen(&gold.text, &mut dice), ROUGH));
    }
    let net = train::train(&samples.iter().collect::<Vec<_>>(), &model.vectors, &PLAN);
    model.places = Some(net.raised(RAISED));
    model
}

/// Hits, predictions and gold names as `score.py` counts them.
fn count(bench: &Bench<'_>, gold: &Gold, model: &Model) -> [f64; 3] {
    let text = Text::new(&gold.text, &[]);
    let found = recognize::recognize(&text, &bench.gazetteer, &bench.lexicon, model);
    let neutral = |span: Span| {
        !gold.toponyms.iter().any(|(s, _)| s.overlaps(span)) && gold.neutral.iter().any(|s| s.overlaps(span))
    };
    let spans: Vec<Span> = found
        .iter()
        .filter(|t| gold.corpus != "geovirus" || t.kind != Kind::Demonym)
        .map(|t| t.span)
        .filter(|&span| !neutral(span))
        .collect();
    let hits = spans.iter().filter(|span| gold.toponyms.iter().any(|(s, _)| s == *span)).count();
    [hits as f64, spans.len() as f64, gold.toponyms.len() as f64]
}

fn report(golds: &[Gold], counts: &[[f64; 3]]) {
    for corpus in MEASURED {
        let mut sum = [0.0; 3];
        for (_, counts) in golds.iter().zip(counts).filter(|(gold, _)| gold.corpus == corpus) {
            sum.iter_mut().zip(counts).for_each(|(s, c)| *s += c);
        }
        let (p, r) = (sum[0] / sum[1], sum[0] / sum[2]);
        println!("  {corpus}: P {p:.4} R {r:.4} F {:.4}", 2.0 * p * r / (p + r));
    }
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_recognition() {
    let words = std::env::var("DATELINE_WORDS").expect("DATELINE_WORDS names a folder");
    let gazetteer = Gazetteer::embedded().unwrap();
    let golds = read(&gazetteer);
    let bench = Bench { golds: &golds, gazetteer, lexicon: Lexicon::embedded(), words: Path::new(&words) };
    let corpus = |n: usize| MEASURED.iter().position(|&c| c == golds[n].corpus);
    // The first rounds leave a fold of the articles out each, the others a corpus, the last nothing.
    let left_out = |round: usize, n: usize| match round.checked_sub(FOLDS) {
        None => corpus(n).is_some() && n % FOLDS == round,
        Some(this) => corpus(n) == Some(this),
    };
    let (mut folds, mut corpora) = (vec![[0.0; 3]; golds.len()], vec![[0.0; 3]; golds.len()]);
    let rounds: Vec<usize> = (0..FOLDS + MEASURED.len() + 1).collect();
    for pair in rounds.chunks(2) {
        let models: Vec<Model> = std::thread::scope(|scope| {
            let fit = |&round: &usize| {
                let bench = &bench;
                scope.spawn(move || fit(bench, &move |n| !left_out(round, n)))
            };
            pair.iter().map(fit).collect::<Vec<_>>().into_iter().map(|t| t.join().unwrap()).collect()
        });
        for (&round, model) in pair.iter().zip(&models) {
            for n in (0..golds.len()).filter(|&n| left_out(round, n)) {
                let counts = if round < FOLDS { &mut folds } else { &mut corpora };
                counts[n] = count(&bench, &golds[n], model);
            }
            if round + 1 == rounds.len() {
                write(model);
            }
        }
    }
    println!("by articles not trained on:");
    report(&golds, &folds);
    println!("by corpora not trained on:");
    report(&golds, &corpora);
}

#[cfg(feature = "assets")]
fn write(model: &Model) {
    let Ok(path) = std::env::var("DATELINE_MODEL") else { return };
    let bytes = model.pack().unwrap();
    let packed = zstd::encode_all(bytes.as_slice(), 22).unwrap();
    std::fs::write(&path, &packed).unwrap();
    println!("{path}: {} bytes, {} unpacked", packed.len(), bytes.len());
}

#[cfg(not(feature = "assets"))]
fn write(_: &Model) {}
