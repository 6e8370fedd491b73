//! How well the whole path does on articles that no part of it has seen: recognition, resolution with its scores,
//! and sense are fitted without a fold, then find, place and judge what stands in it.
//! Figures of the weights inside the program stand beside; those have seen the articles.
//!
//! It needs what `recognition` and `sense` need; corpora that are not measured teach recognition alone. The list of
//! outlets' homes is not fitted: it is also left out of what is counted, so that every outlet is guessed at.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Value, json};

use super::super::home::Home;
use super::super::learn::Model;
use super::super::lexicon::Lexicon;
use super::super::recognize::{self, Toponym};
use super::super::resolve::calibrate::{Signs, signs};
use super::super::resolve::features::Numbers;
use super::super::resolve::{resolve_with, weights};
use super::super::sense::evidence::Clue;
use super::super::tokens::Text;
use super::super::{ENOUGH, dateline, given, sense as senses};
use super::recognition::{self, Bench, MEASURED};
use super::{FOLDS, Gold, read, resolution, sense};
use crate::eval::{self, Options, Predictions, Report};
use crate::gazetteer::Gazetteer;
use crate::model::{Article, CharIndex, Sense, Span};

/// Everything that is fitted.
struct Fitted {
    model: Arc<Model>,
    weights: Numbers,
    trust: Box<dyn Fn(&Signs) -> f32 + Send>,
    /// None for the senses of the program.
    senses: Option<sense::Weights>,
}

impl Fitted {
    fn embedded() -> Self {
        let trust = Box::new(weights::trust);
        Self { model: Model::embedded(), weights: *weights::DENSE, trust, senses: None }
    }

    /// What is learnt from all articles but those of a fold.
    fn without(bench: &Bench<'_>, aside: &[Gold], fold: usize) -> Self {
        let model = recognition::fit(bench, &|n| !held_out(&bench.golds[n], n, fold));
        let measured = |(n, gold): &(usize, &Gold)| is_measured(gold) && n % FOLDS != fold;
        let mut golds: Vec<&Gold> =
            bench.golds.iter().enumerate().filter(measured).map(|(_, gold)| gold).collect();
        let (weights, trust) = resolution::learn(&golds, &bench.gazetteer, &model);
        golds.extend(aside);
        let senses = Some(sense::learn(&golds, &bench.gazetteer, &model));
        let trust = Box::new(move |signs: &Signs| resolution::trust(&trust, signs) as f32);
        Self { model: Arc::new(model), weights, trust, senses }
    }

    fn senses(&self, text: &Text<'_>, gazetteer: &Gazetteer, toponyms: &[Toponym]) -> Vec<Sense> {
        let Some(weights) = &self.senses else { return senses::senses(text, gazetteer, toponyms) };
        let score = |clues: &[Clue]| clues.iter().filter_map(|clue| weights.get(clue)).sum();
        senses::senses_with(&score, text, gazetteer, toponyms)
    }

    /// What it makes of an article, as a line of predictions. With `told`, of the annotated spans.
    fn predict(&self, bench: &Bench<'_>, gold: &Gold, home: &Home, told: bool) -> Value {
        let (gazetteer, text) = (&bench.gazetteer, Text::new(&gold.text, &[]));
        let found = recognize::recognize(&text, gazetteer, &bench.lexicon, &self.model);
        let (mut toponyms, told): (Vec<Toponym>, Vec<bool>) = if told {
            let spans: Vec<Span> = gold.toponyms.iter().map(|t| t.0).collect();
            given::toponyms(&text, gazetteer, &spans, found).into_iter().unzip()
        } else {
            found.into_iter().map(|toponym| (toponym, true)).unzip()
        };
        dateline::mark(&text, &Article::from_text("gold", ""), &mut toponyms);
        let resolved = resolve_with(&self.weights, &text, gazetteer, &toponyms, home);
        let senses = self.senses(&text, gazetteer, &toponyms);
        let index = CharIndex::new(&gold.text);
        let mention = |(i, this): (usize, &Toponym)| {
            let group = &resolved.groups[resolved.group_of[i]];
            let sure =
                signs(group, resolved.groups.len()).is_some_and(|signs| (self.trust)(&signs) >= ENOUGH);
            let point = group.candidates.first().filter(|_| sure).map(|first| gazetteer.point(first.row()));
            let span = index.chars(this.span);
            json!({ "start": span.start, "end": span.end, "kind": this.kind, "sense": senses[i],
                    "lat": point.map(|p| p.0), "lon": point.map(|p| p.1) })
        };
        let mentions = toponyms.iter().enumerate().filter(|(i, _)| told[*i]).map(mention);
        json!({ "id": gold.id, "toponyms": mentions.collect::<Vec<_>>() })
    }
}

fn is_measured(gold: &Gold) -> bool {
    MEASURED.contains(&gold.corpus.as_str())
}

fn held_out(gold: &Gold, n: usize, fold: usize) -> bool {
    is_measured(gold) && n % FOLDS == fold
}

/// The predictions for an article with and without the list of homes, each of found and of annotated spans.
fn predict(fitted: &Fitted, bench: &Bench<'_>, gold: &Gold) -> [Value; 4] {
    let with = |home, told| fitted.predict(bench, gold, home, told);
    [with(&gold.home, false), with(&gold.home, true), with(&gold.guessed, false), with(&gold.guessed, true)]
}

fn report(golds: &[Gold], predictions: &[[Value; 4]]) {
    let folder = PathBuf::from(std::env::var("DATELINE_GOLD").unwrap());
    for corpus in MEASURED {
        let text = std::fs::read_to_string(folder.join(format!("{corpus}.jsonl"))).unwrap();
        let gold = eval::Gold::read(corpus, &text).unwrap();
        let figures = |which: usize| {
            let of_corpus = golds.iter().zip(predictions).filter(|(gold, _)| gold.corpus == corpus);
            let lines: String = of_corpus.map(|(_, of)| format!("{}\n", of[which])).collect();
            let drop_kinds = if corpus == "geovirus" { vec!["demonym".to_owned()] } else { Vec::new() };
            let options = Options { given: which % 2 == 1, drop_kinds, worst: 0 };
            Report::new(&gold, &Predictions::read(corpus, &lines).unwrap(), &options).figures
        };
        let acc161 = |which| figures(which).resolution.map_or(0.0, |resolution| resolution.acc161);
        let found = figures(0);
        let exact = found.recognition.exact;
        let sense = found.sense.map_or(String::new(), |sense| format!(" sense {:.4}", sense.accuracy));
        println!("  {corpus}: P {:.4} R {:.4} F {:.4}{sense}", exact.precision, exact.recall, exact.f1);
        for (homes, which) in [("with", 0), ("without", 2)] {
            let end = figures(which).end_to_end.f1;
            let (found, given) = (acc161(which), acc161(which + 1));
            println!("    {homes} homes: end to end F {end:.4}, acc161 found {found:.4}, given {given:.4}");
        }
    }
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_whole() {
    let words = std::env::var("DATELINE_WORDS").expect("DATELINE_WORDS names a folder");
    let gazetteer = Gazetteer::embedded().unwrap();
    let (golds, aside) = (read(&gazetteer), sense::aside(&gazetteer));
    let bench = Bench { golds: &golds, gazetteer, lexicon: Lexicon::embedded(), words: Path::new(&words) };
    let mut predictions: Vec<[Value; 4]> = vec![Default::default(); golds.len()];
    let embedded = Fitted::embedded();
    for n in (0..golds.len()).filter(|&n| is_measured(&golds[n])) {
        predictions[n] = predict(&embedded, &bench, &golds[n]);
    }
    println!("by the weights inside the program:");
    report(&golds, &predictions);
    for pair in (0..FOLDS).collect::<Vec<_>>().chunks(2) {
        let fitted: Vec<Fitted> = std::thread::scope(|scope| {
            let fit = |&fold: &usize| {
                let (bench, aside) = (&bench, &aside);
                scope.spawn(move || Fitted::without(bench, aside, fold))
            };
            pair.iter().map(fit).collect::<Vec<_>>().into_iter().map(|t| t.join().unwrap()).collect()
        });
        for (&fold, fitted) in pair.iter().zip(&fitted) {
            for n in (0..golds.len()).filter(|&n| held_out(&golds[n], n, fold)) {
                predictions[n] = predict(fitted, &bench, &golds[n]);
            }
        }
    }
    println!("by articles that no part was fitted to:");
    report(&golds, &predictions);
}
