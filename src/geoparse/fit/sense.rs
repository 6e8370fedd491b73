//! Fits sense, and writes the table of its weights where `DATELINE_WEIGHTS` names a file.
//! The annotated articles of `DATELINE_GOLD` tell the sense of some mentions by their kind; `sense.tsv`, beside this
//! file, tells it of mentions in other articles, those of `DATELINE_TRAIN/event_location.jsonl` among them.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use super::super::learn::Model;
use super::super::lexicon::Lexicon;
use super::super::recognize::Toponym;
use super::super::sense::classes::classes;
use super::super::sense::evidence::Clue;
use super::super::tokens::Text;
use super::super::{given, recognize, sense};
use super::{Gold, article, minimize, read};
use crate::gazetteer::Gazetteer;
use crate::model::Span;

/// What a mention counts that recognition misses, or that is of another corpus, against one that it finds.
const ASIDE: f64 = 0.5;
/// How strongly weights are held to zero.
const DECAY: f64 = 0.006;
/// Least number of mentions that a clue must have to be given a weight.
const SEEN: usize = 3;

/// A mention of known or unknown sense.
struct Mention {
    clues: Vec<Clue>,
    /// Whether it is literal, where that is known.
    place: Option<bool>,
    weight: f64,
    shown: String,
}

/// An article's mentions: those that recognition finds, and after them those that it misses.
struct Article {
    mentions: Vec<Mention>,
    found: Vec<Toponym>,
    rows: Vec<(usize, usize)>,
    /// Whether it is of the corpus that the program is measured by.
    measured: bool,
}

#[test]
#[ignore = "needs annotated articles"]
fn fit_sense() {
    let gazetteer = Gazetteer::embedded().unwrap();
    let (golds, aside) = (read(&gazetteer), aside(&gazetteer));
    let golds: Vec<&Gold> = golds.iter().chain(&aside).collect();
    let articles = articles(&golds, &gazetteer, &Model::embedded());
    let all: Vec<&Mention> = articles.iter().flat_map(|article| &article.mentions).collect();
    println!("{} mentions of known sense", all.iter().filter(|mention| mention.place.is_some()).count());
    let measured: Vec<usize> = (0..articles.len()).filter(|&i| articles[i].measured).collect();
    for folds in [5, 10] {
        let mut shares = Vec::new();
        for assignment in 0..3 {
            let (mut right, mut of) = (0, 0);
            for fold in 0..folds {
                // Another multiplier deals the articles out in another way.
                let held =
                    |i: usize| (i * [1, 7919, 104_729][assignment] / [1, 11, 13][assignment]) % folds == fold;
                let train = |i: usize| !articles[i].measured || !held(i);
                let mentions: Vec<&Mention> =
                    (0..articles.len()).filter(|&i| train(i)).flat_map(|i| &articles[i].mentions).collect();
                let weights = fit(&mentions);
                for &i in measured.iter().filter(|&&i| held(i)) {
                    let (r, o) = count(&articles[i], &weights, folds == 10 && assignment == 0);
                    (right, of) = (right + r, of + o);
                }
            }
            shares.push(format!("{:.4}", right as f64 / of as f64));
        }
        println!("{folds} folds, dealt out in three ways: {}", shares.join(", "));
    }
    let weights = fit(&all);
    let within = measured.iter().map(|&i| count(&articles[i], &weights, false));
    let (right, of) = within.fold((0, 0), |sum, add| (sum.0 + add.0, sum.1 + add.1));
    println!("by articles fitted to: {:.4}", right as f64 / of as f64);
    if let Ok(file) = std::env::var("DATELINE_WEIGHTS") {
        std::fs::write(file, table(&weights)).unwrap();
    }
}

/// The sentences that are judged beside the annotated articles; none where no folder is named.
pub(super) fn aside(gazetteer: &Gazetteer) -> Vec<Gold> {
    let Ok(folder) = std::env::var("DATELINE_TRAIN") else { return Vec::new() };
    let events = std::fs::read_to_string(PathBuf::from(folder).join("event_location.jsonl")).unwrap();
    let event = |line| article(gazetteer, "event_location", &serde_json::from_str(line).unwrap());
    events.lines().map(event).collect()
}

/// Those of the articles in which a sense is known.
fn articles(golds: &[&Gold], gazetteer: &Gazetteer, model: &Model) -> Vec<Article> {
    let mut judged: HashMap<(&str, &str), Vec<(Span, bool)>> = HashMap::new();
    for line in include_str!("sense.tsv").lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let span = Span::new(cells[2].parse().unwrap(), cells[3].parse().unwrap());
        judged.entry((cells[0], cells[1])).or_default().push((span, cells[4] == "l"));
    }
    let known = |gold: &Gold| {
        let judged = judged.get(&(gold.corpus.as_str(), gold.id.as_str()));
        gold.senses.iter().chain(judged.into_iter().flatten()).copied().collect::<Vec<_>>()
    };
    let with_senses = golds.iter().map(|&gold| (gold, known(gold))).filter(|(_, senses)| !senses.is_empty());
    with_senses.map(|(gold, senses)| read_article(gold, &senses, gazetteer, model)).collect()
}

/// The weights, with the names that a model finds.
pub(super) fn learn(golds: &[&Gold], gazetteer: &Gazetteer, model: &Model) -> Weights {
    let articles = articles(golds, gazetteer, model);
    fit(&articles.iter().flat_map(|article| &article.mentions).collect::<Vec<_>>())
}

fn read_article(gold: &Gold, senses: &[(Span, bool)], gazetteer: &Gazetteer, model: &Model) -> Article {
    let text = Text::new(&gold.text, &[]);
    let found = recognize::recognize(&text, gazetteer, &Lexicon::embedded(), model);
    let missed: Vec<Span> = senses
        .iter()
        .map(|&(span, _)| span)
        .filter(|span| !found.iter().any(|toponym| toponym.span.overlaps(*span)))
        .collect();
    let missed = given::toponyms(&text, gazetteer, &missed, Vec::new());
    let missed: Vec<Toponym> = missed.into_iter().map(|(toponym, _)| toponym).collect();
    let measured = !gold.senses.is_empty();
    let mut mentions = Vec::new();
    let mut found_rows = Vec::new();
    for (toponyms, weight) in [(&found, if measured { 1.0 } else { ASIDE }), (&missed, ASIDE)] {
        let rows = sense::joined_groups(&text, toponyms);
        let covered = sense::covered(&text, toponyms);
        for (this, &row) in toponyms.iter().zip(&rows) {
            let place = senses.iter().find(|(span, _)| span.overlaps(this.span)).map(|known| known.1);
            let clues = sense::see(&text, gazetteer, this, row).clues(&covered);
            let place = place.filter(|_| !this.dateline);
            mentions.push(Mention { clues, place, weight, shown: shown(&text, this) });
        }
        if found_rows.is_empty() {
            found_rows = rows;
        }
    }
    Article { mentions, found, rows: found_rows, measured }
}

fn shown(text: &Text<'_>, this: &Toponym) -> String {
    let (from, to) = (this.first.saturating_sub(10), (this.end + 7).min(text.tokens.len()));
    let words = |r: std::ops::Range<usize>| r.map(|i| text.str(i)).collect::<Vec<_>>().join(" ");
    format!("{} [{}] {}", words(from..this.first), words(this.first..this.end), words(this.end..to))
}

pub(super) type Weights = BTreeMap<Clue, f64>;

fn fit(mentions: &[&Mention]) -> Weights {
    let samples: Vec<(&Mention, bool)> =
        mentions.iter().filter_map(|mention| Some((*mention, mention.place?))).collect();
    let mut seen: BTreeMap<Clue, usize> = BTreeMap::new();
    samples.iter().flat_map(|(mention, _)| &mention.clues).for_each(|&c| *seen.entry(c).or_default() += 1);
    let clues: Vec<Clue> =
        seen.into_iter().filter(|&(_, times)| times >= SEEN).map(|(clue, _)| clue).collect();
    let number: BTreeMap<Clue, usize> = clues.iter().enumerate().map(|(i, &clue)| (clue, i)).collect();
    let sparse: Vec<(Vec<usize>, f64, f64)> = samples
        .iter()
        .map(|(mention, place)| {
            let numbers = mention.clues.iter().filter_map(|clue| number.get(clue).copied()).collect();
            (numbers, f64::from(u8::from(*place)), mention.weight)
        })
        .collect();
    let total: f64 = sparse.iter().map(|(.., weight)| weight).sum();
    let fitted = minimize(clues.len(), &vec![0.0; clues.len()], 300, |w, gradient| {
        let mut loss = 0.0;
        for (numbers, place, weight) in &sparse {
            let chance = 1.0 / (1.0 + (-numbers.iter().map(|&i| w[i]).sum::<f64>()).exp());
            loss -= weight * (1.0 - (chance - place).abs()).max(1e-9).ln();
            numbers.iter().for_each(|&i| gradient[i] += weight * (chance - place) / total);
        }
        gradient.iter_mut().zip(w).for_each(|(g, w)| *g += DECAY * w);
        loss / total
    });
    clues.into_iter().zip(fitted).collect()
}

/// How many mentions that recognition finds have the right sense, of how many of known sense.
fn count(article: &Article, weights: &Weights, tell: bool) -> (usize, usize) {
    let found = &article.mentions[..article.found.len()];
    let alone: Vec<f64> =
        found.iter().map(|m| m.clues.iter().filter_map(|clue| weights.get(clue)).sum()).collect();
    let scores = sense::counsel(&article.found, &article.rows, &alone);
    let mut right = (0, 0);
    for (mention, score) in found.iter().zip(scores) {
        let Some(place) = mention.place else { continue };
        right = (right.0 + usize::from((score >= 0.0) == place), right.1 + 1);
        if tell && (score >= 0.0) != place {
            println!("{} {score:.1} {}", if place { "literal" } else { "associative" }, mention.shown);
        }
    }
    right
}

/// The table of weights: a slot, a class, and the circumstances with what each counts.
fn table(weights: &Weights) -> String {
    let mut lines: BTreeMap<(String, &str), Vec<String>> = BTreeMap::new();
    for (&(when, slot, class), weight) in weights.iter().filter(|(_, weight)| weight.abs() >= 0.0005) {
        let class = classes().names()[usize::from(class)];
        lines.entry((format!("{slot:?}"), class)).or_default().push(format!("{}={weight:.3}", when.name()));
    }
    let mut table =
        "# What each class of word in each part counts for the literal sense, under each circumstance.\n\
                     # Fitted by `fit_sense` (CONTRIBUTING.md says how); what is left out counts nothing.\n"
            .to_owned();
    for ((slot, class), weights) in lines {
        table.push_str(&format!("{slot} {class} {}\n", weights.join(" ")));
    }
    table
}
