//! Fits resolution: how much each feature counts, and how far the first candidate can be trusted.
//! Every figure is of articles that neither was fitted to.

use super::super::recognize::{self, Toponym};
use super::super::resolve::calibrate::{Sign, signs};
use super::super::resolve::features::{Feature, Numbers};
use super::super::resolve::{resolve_with, weights};
use super::super::tokens::Text;
use super::super::{dateline, given, learn::Model, lexicon::Lexicon};
use super::{FOLDS, Gold, Sample, fit_logistic, minimize, read};
use crate::gazetteer::Gazetteer;
use crate::model::{Article, Span};

const CORPORA: [&str; 4] = ["geovirus", "gwn-dev", "lgl", "others"];
/// Times that the weights are fitted to what they make the names tell each other.
const ROUNDS: usize = 3;
/// Bins of scores, of equal count.
const BINS: usize = 10;

/// The candidates of one mention, best first: their numbers, and which of them are right.
struct Choice {
    corpus: usize,
    candidates: Vec<(Vec<f32>, bool)>,
    /// What tells how far the first can be trusted.
    signs: Vec<f32>,
    /// The mention and its first candidate, in words.
    told: String,
}

impl Choice {
    fn right(&self) -> bool {
        self.candidates.first().is_some_and(|first| first.1)
    }
}

fn choices(golds: &[&Gold], gazetteer: &Gazetteer, model: &Model, w: &[f64]) -> Vec<Choice> {
    let (dense, lexicon) = (dense(w), Lexicon::embedded());
    let mut choices = Vec::new();
    for gold in golds {
        let corpus = CORPORA.iter().position(|&c| c == gold.corpus).unwrap_or(3);
        let text = Text::new(&gold.text, &[]);
        let spans: Vec<Span> = gold.toponyms.iter().map(|t| t.0).collect();
        let found = recognize::recognize(&text, gazetteer, &lexicon, model);
        let all = given::toponyms(&text, gazetteer, &spans, found);
        let told: Vec<usize> = (0..all.len()).filter(|&i| all[i].1).collect();
        let mut toponyms: Vec<Toponym> = all.into_iter().map(|(toponym, _)| toponym).collect();
        dateline::mark(&text, &Article::from_text("gold", ""), &mut toponyms);
        let resolved = resolve_with(&dense, &text, gazetteer, &toponyms, &gold.home);
        for (i, (_, point)) in gold.toponyms.iter().enumerate() {
            let Some((lat, lon)) = point else { continue };
            let group = &resolved.groups[resolved.group_of[told[i]]];
            let right = |row| {
                let (a, b) = gazetteer.point(row);
                km(a, b, *lat, *lon) <= 161.0
            };
            let candidates = group.candidates.iter().map(|c| (c.numbers.to_vec(), right(c.row()))).collect();
            let told = group.candidates.first().map_or(String::new(), |c| {
                let place = gazetteer.place(c.row()).unwrap();
                let near = if c.near.is_some() { "near " } else { "" };
                format!(
                    "{near}{} {}{} {:.2}",
                    place.label(),
                    place.feature_class,
                    place.feature_code,
                    c.chance
                )
            });
            let told = format!("{} | {} | {told}", gold.id, gold.toponyms[i].0.of(&gold.text));
            let signs = signs(group, resolved.groups.len()).map_or(Vec::new(), |signs| signs.to_vec());
            choices.push(Choice { corpus, candidates, signs, told });
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

fn dense(w: &[f64]) -> Numbers {
    std::array::from_fn(|i| w[i] as f32)
}

fn bounded(w: &[f64]) -> Vec<f64> {
    weights::bounded(&dense(w)).iter().map(|&w| f64::from(w)).collect()
}

/// The articles of a fold, or all others.
fn part(golds: &[Gold], fold: usize, inside: bool) -> Vec<&Gold> {
    let numbered = golds.iter().enumerate();
    numbered.filter(|(number, _)| (number % FOLDS == fold) == inside).map(|(_, gold)| gold).collect()
}

/// Fits to the articles, of which the weights also decide what the names tell each other.
fn fit(golds: &[&Gold], gazetteer: &Gazetteer, model: &Model) -> Vec<f64> {
    let mut w = bounded(&[0.0; Feature::COUNT]);
    for _ in 0..ROUNDS {
        let choices = choices(golds, gazetteer, model, &w);
        w = bounded(&fit_features(&choices.iter().collect::<Vec<_>>(), &w));
    }
    w
}

/// The weights of features and of signs, with the names that a model finds as witnesses.
pub(super) fn learn(golds: &[&Gold], gazetteer: &Gazetteer, model: &Model) -> (Numbers, Vec<f64>) {
    let w = fit(golds, gazetteer, model);
    let choices = choices(golds, gazetteer, model, &w);
    (dense(&w), fit_trust(&choices.iter().collect::<Vec<_>>()))
}

/// Fits how far a first candidate can be trusted.
fn fit_trust(choices: &[&Choice]) -> Vec<f64> {
    let known = choices.iter().filter(|choice| !choice.signs.is_empty());
    let samples: Vec<Sample> = known
        .map(|choice| Sample { weight: 1.0, place: choice.right(), values: choice.signs.clone() })
        .collect();
    fit_logistic(Sign::COUNT, 1e-5, &samples.iter().collect::<Vec<_>>())
}

pub(super) fn trust(w: &[f64], signs: &[f32]) -> f64 {
    let sum: f64 = signs.iter().zip(w).map(|(&x, w)| f64::from(x) * w).sum();
    if signs.is_empty() { 0.0 } else { 1.0 / (1.0 + (-sum).exp()) }
}

/// Prints how often the first candidate is right, by its score, and what leaving out the low scores costs.
fn print_bins(mut scored: Vec<(f64, bool)>) {
    scored.retain(|&(score, _)| score > 0.0);
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    for bin in scored.chunks(scored.len().div_ceil(BINS).max(1)) {
        let mean = bin.iter().map(|x| x.0).sum::<f64>() / bin.len() as f64;
        let right = bin.iter().filter(|x| x.1).count() as f64 / bin.len() as f64;
        let off = if (mean - right).abs() > 0.05 { "  off" } else { "" };
        println!("{:5} mentions: mean score {mean:.3}, right {right:.3}{off}", bin.len());
    }
    for least in [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7] {
        let kept: Vec<_> = scored.iter().filter(|x| x.0 >= least).collect();
        let right = kept.iter().filter(|x| x.1).count() as f64 / kept.len() as f64;
        let share = kept.len() as f64 / scored.len() as f64;
        println!("scores from {least}: {right:.3} right of {share:.3}");
    }
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_resolution() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let (golds, model) = (read(&gazetteer), Model::embedded());
    let mut held_out: Vec<Vec<Choice>> = Vec::new();
    for fold in 0..FOLDS {
        let fitted = fit(&part(&golds, fold, false), &gazetteer, &model);
        held_out.push(choices(&part(&golds, fold, true), &gazetteer, &model, &fitted));
    }
    for (corpus, name) in CORPORA.iter().enumerate() {
        let of = || held_out.iter().flatten().filter(|choice| choice.corpus == corpus);
        let all = of().count().max(1) as f64;
        let right = of().filter(|choice| choice.right()).count() as f64;
        let best = of().filter(|choice| choice.candidates.iter().any(|x| x.1)).count() as f64;
        println!("{name}, articles not fitted to: acc161 {:.4}, at best {:.4}", right / all, best / all);
    }
    for choice in held_out.iter().flatten().filter(|choice| !choice.right()) {
        let right = choice.candidates.iter().position(|x| x.1);
        println!("! {} | {}", choice.told, right.map_or("none".to_owned(), |i| i.to_string()));
    }
    let mut scored = Vec::new();
    for fold in 0..FOLDS {
        let others = held_out.iter().enumerate().filter(|(other, _)| *other != fold);
        let w = fit_trust(&others.flat_map(|(_, choices)| choices).collect::<Vec<_>>());
        scored.extend(
            held_out[fold].iter().map(|choice| (choice.corpus, trust(&w, &choice.signs), choice.right())),
        );
    }
    print_bins(scored.iter().map(|&(_, score, right)| (score, right)).collect());
    for (corpus, name) in CORPORA.iter().enumerate().take(3) {
        println!("{name}:");
        print_bins(
            scored.iter().filter(|x| x.0 == corpus).map(|&(_, score, right)| (score, right)).collect(),
        );
    }
    let w = fit(&golds.iter().collect::<Vec<_>>(), &gazetteer, &model);
    for (feature, w) in Feature::ALL.iter().zip(&w) {
        println!("    (Feature::{feature:?}, {w:.3}),");
    }
    for (sign, w) in Sign::ALL.iter().zip(fit_trust(&held_out.iter().flatten().collect::<Vec<_>>())) {
        println!("    (Sign::{sign:?}, {w:.3}),");
    }
}
