//! Fits the linker to annotated event locations, and says how well it does on sentences that neither it nor the
//! recognition before it was fitted to.
//!
//! `DATELINE_EVENTS=FILE` names the sentences: a line each, `text`, `event` and `locations` with `start`, `end` in code
//! points. Folds are by text, so that no sentence is in training and test: neither of what is measured, nor of what the
//! trees are grown on, which are answers of networks to sentences that were held back from them. `DATELINE_LINKER=FILE`
//! has the weights that were fitted to all of them written there.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use serde_json::Value;
use xxhash_rust::xxh3::xxh3_64;

use super::weights::{Nets, Said};
use super::*;
use crate::geoparse::Geoparser;
use crate::geoparse::fit::folds;
use crate::geoparse::learn::rates::Rates;
use crate::geoparse::learn::train::{Plan, Sample, train};
use crate::geoparse::learn::trees::{Trees, grow};
use crate::geoparse::learn::vectors::Vectors;
use crate::geoparse::learn::{Net, chance};
use crate::model::{Article, CharIndex, CharSpan};

const FOLDS: usize = 5;
/// Parts of what is trained on, each of which is weighed by what was fitted to the others.
const PARTS: usize = 4;

fn fold_of(text: &str) -> usize {
    (xxh3_64(text.trim().as_bytes()) % FOLDS as u64) as usize
}

/// One sentence's event: every rival with its signs and whether it is a place of the event.
struct Case {
    fold: usize,
    text: u64,
    gold: Vec<Span>,
    spans: Vec<Span>,
    signs: Vec<Signs>,
    right: Vec<bool>,
    company: Company,
}

fn half(a: Span, b: Span) -> bool {
    let both = a.end.min(b.end).saturating_sub(a.start.max(b.start)) as f64;
    let all = (a.end.max(b.end) - a.start.min(b.start)) as f64;
    both / all >= 0.5
}

fn cases() -> Vec<Case> {
    let geoparsers = folds::geoparsers(FOLDS, &fold_of);
    let file = std::env::var("DATELINE_EVENTS").expect("DATELINE_EVENTS names a file");
    let lines = std::fs::read_to_string(file).unwrap();
    lines.lines().map(|line| case(&geoparsers, &serde_json::from_str(line).unwrap())).collect()
}

fn span(index: &CharIndex, value: &Value) -> Span {
    let at = |key: &str| value[key].as_u64().unwrap() as usize;
    index.bytes(CharSpan { start: at("start"), end: at("end") }).unwrap()
}

fn case(geoparsers: &[Geoparser], value: &Value) -> Case {
    let words = value["text"].as_str().unwrap();
    let fold = fold_of(words);
    let index = CharIndex::new(words);
    let gold: Vec<Span> =
        value["locations"].as_array().unwrap().iter().map(|value| span(&index, value)).collect();
    let geoparsed = geoparsers[fold].geoparse(Article::from_text("", words));
    let text = Text::new(words, &[]);
    let doubts = geoparsers[fold].doubts(&text, &geoparsed);
    let Scenery { reader, model, .. } = Scenery::new(&text, &geoparsed, &doubts);
    let trigger = trigger(&text, span(&index, &value["event"])).unwrap();
    let rivals = near(&text, &reader.sites, trigger);
    let signs: Vec<Signs> =
        rivals.iter().map(|&i| reader.read(i, trigger, &rivals, &model.vectors)).collect();
    let spans: Vec<Span> = rivals.iter().map(|&i| reader.sites[i].span).collect();
    let right = spans.iter().map(|&span| gold.iter().any(|&gold| half(gold, span))).collect();
    let company = Company::new(&reader.sites, &rivals);
    Case { fold, text: xxh3_64(words.trim().as_bytes()), gold, spans, signs, right, company }
}

/// How both networks are trained: gently, since the sentences are few and those who annotated them disagree.
const PLAN: Plan = Plan { seed: 1, rounds: 12, rate: 0.03, hide: 0.5, unnamed: 0.4, decay: 1e-4 };

fn fit(cases: &[&Case], vectors: &Vectors, compared: Option<&[Vec<f32>]>) -> Net {
    let mut samples = Vec::new();
    for (n, case) in cases.iter().enumerate() {
        for (this, signs) in case.signs.iter().enumerate() {
            let mut signs = signs.clone();
            if let Some(odds) = compared {
                case.company.add(&mut signs, &odds[n], this);
            }
            samples.push(Sample { signs, yes: case.right[this], weight: 1.0 });
        }
    }
    let plan = Plan { seed: if compared.is_some() { 2 } else { 1 }, ..PLAN };
    train(&samples.iter().collect::<Vec<_>>(), vectors, &plan)
}

fn odds(net: &Net, case: &Case, vectors: &Vectors) -> Vec<f32> {
    case.signs.iter().map(|signs| net.odds(signs, vectors)).collect()
}

fn both_nets(cases: &[&Case], vectors: &Vectors) -> Nets {
    let alone = fit(cases, vectors, None);
    let mut blind: Vec<Vec<f32>> = vec![Vec::new(); cases.len()];
    let part = |case: &Case| (case.text >> 20) as usize % PARTS;
    for held in 0..PARTS {
        let seen: Vec<&Case> = cases.iter().copied().filter(|case| part(case) != held).collect();
        let net = fit(&seen, vectors, None);
        for (n, case) in cases.iter().enumerate().filter(|(_, case)| part(case) == held) {
            blind[n] = odds(&net, case, vectors);
        }
    }
    let among = fit(cases, vectors, Some(&blind));
    Nets { alone, among }
}

/// How the trees are grown.
const TREES: grow::Plan =
    grow::Plan { seed: 3, trees: 250, rate: 0.04, rows: 0.8, numbers: 0.4, fewest: 30, ridge: 5.0 };

/// Networks by what was held back from them: nothing, one fold, or two.
struct Bench<'a> {
    cases: &'a [Case],
    vectors: &'a Vectors,
    nets: Vec<(Vec<usize>, Nets)>,
}

/// What is held back, in order and once.
fn held(folds: &[usize]) -> Vec<usize> {
    let mut held = folds.to_vec();
    held.sort_unstable();
    held.dedup();
    held
}

impl<'a> Bench<'a> {
    fn new(cases: &'a [Case], vectors: &'a Vectors) -> Self {
        let pairs = (0..FOLDS).flat_map(|a| (a..FOLDS).map(move |b| held(&[a, b])));
        let jobs: Vec<Vec<usize>> = std::iter::once(Vec::new()).chain(pairs).collect();
        let nets = |held: &Vec<usize>| {
            let seen: Vec<&Case> = cases.iter().filter(|case| !held.contains(&case.fold)).collect();
            (held.clone(), both_nets(&seen, vectors))
        };
        Self { cases, vectors, nets: side_by_side(&jobs, nets) }
    }

    /// What networks say of a case that were trained without these folds.
    fn said(&self, without: &[usize], case: &Case) -> Said {
        let (_, nets) = self.nets.iter().find(|(held_back, _)| *held_back == held(without)).unwrap();
        nets.weigh(case.signs.clone(), &case.company, self.vectors)
    }

    /// Rates and trees from all cases but one fold's. What the trees learn of a case comes from networks and rates that
    /// have not seen it, as will be so of every article.
    fn trees(&self, without: Option<usize>) -> (Rates, Trees) {
        let seen: Vec<(&Case, Said)> = self
            .cases
            .iter()
            .filter(|case| Some(case.fold) != without)
            .map(|case| {
                let held: Vec<usize> = without.into_iter().chain([case.fold]).collect();
                (case, self.said(&held, case))
            })
            .collect();
        let rates = |held: Option<usize>| {
            let counted = seen.iter().filter(|(case, _)| Some(case.fold) != held);
            Rates::count(counted.flat_map(|(case, said)| {
                case.right.iter().enumerate().map(|(this, &right)| (said.rated(this), right))
            }))
        };
        let blind: Vec<Rates> = (0..FOLDS).map(|fold| rates(Some(fold))).collect();
        let numbers = seen.iter().flat_map(|(case, said)| {
            (0..case.right.len()).map(|this| said.numbers(this, &blind[case.fold], self.vectors))
        });
        let right: Vec<bool> = seen.iter().flat_map(|(case, _)| case.right.iter().copied()).collect();
        (rates(None), grow::grow(&numbers.collect::<Vec<_>>(), &right, &TREES))
    }
}

/// Two at a time, answers in order.
fn side_by_side<T: Sync, A: Send>(jobs: &[T], work: impl Fn(&T) -> A + Sync) -> Vec<A> {
    let work = &work;
    let pair = |pair: &[T]| {
        std::thread::scope(|scope| {
            let threads: Vec<_> = pair.iter().map(|job| scope.spawn(move || work(job))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        })
    };
    jobs.chunks(2).flat_map(pair).collect()
}

#[derive(Default)]
struct Count {
    hit: usize,
    told: usize,
    gold: usize,
    right: usize,
    all: usize,
}

impl Count {
    fn add(&mut self, case: &Case, taken: &[usize]) {
        let mut open = case.gold.clone();
        let mut hit = 0;
        for &i in taken {
            if let Some(at) = open.iter().position(|&gold| half(gold, case.spans[i])) {
                open.remove(at);
                hit += 1;
            }
        }
        self.hit += hit;
        self.told += taken.len();
        self.gold += case.gold.len();
        self.right += usize::from(hit == taken.len() && hit == case.gold.len());
        self.all += 1;
    }

    fn show(&self) -> String {
        let (p, r) = (self.hit as f64 / self.told as f64, self.hit as f64 / self.gold as f64);
        format!(
            "P {p:.4} R {r:.4} F {:.4} exactly right {:.4}",
            2.0 * p * r / (p + r),
            self.right as f64 / self.all as f64
        )
    }
}

#[test]
#[ignore = "needs annotated event locations"]
fn fit_linker() {
    let cases = cases();
    let vectors = &Model::embedded().vectors;
    let found = cases.iter().flat_map(|c| c.gold.iter().map(|&g| c.spans.iter().any(|&s| half(g, s))));
    let found: Vec<bool> = found.collect();
    println!(
        "{} rivals; of {} places {:.4} are among them",
        cases.iter().map(|c| c.spans.len()).sum::<usize>(),
        found.len(),
        found.iter().filter(|&&f| f).count() as f64 / found.len() as f64
    );
    let bench = Bench::new(&cases, vectors);
    let jobs: Vec<Option<usize>> = std::iter::once(None).chain((0..FOLDS).map(Some)).collect();
    let mut trees = side_by_side(&jobs, |&without| bench.trees(without));
    let chances = |case: &Case| -> Vec<f32> {
        let (rates, trees) = &trees[case.fold + 1];
        let said = bench.said(&[case.fold], case);
        (0..case.spans.len()).map(|i| chance(trees.odds(&said.numbers(i, rates, vectors)))).collect()
    };
    let scored: Vec<Vec<f32>> = cases.iter().map(chances).collect();
    for first in [0.34, FIRST, 0.42] {
        for further in [FURTHER, 0.6] {
            let mut count = Count::default();
            for (case, scored) in cases.iter().zip(&scored) {
                count.add(case, &taken(scored, &case.spans, first, further));
            }
            println!("{first} {further}: {}", count.show());
        }
    }
    let (rates, trees) = trees.swap_remove(0);
    let (_, nets) = bench.nets.into_iter().next().unwrap();
    write(&Weights { nets, rates, trees });
}

/// Writes the weights, which `zstd --ultra -22` packs.
fn write(weights: &Weights) {
    let Ok(path) = std::env::var("DATELINE_LINKER") else { return };
    let bytes = weights.pack().unwrap();
    std::fs::write(&path, &bytes).unwrap();
    println!("{path}: {} bytes", bytes.len());
}
