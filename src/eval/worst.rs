//! The articles with most mistakes, mention by mention.
//! Number and not share of mistakes makes an article bad: that is what it costs the figures of the whole.

use std::collections::HashMap;

use serde::Serialize;

use super::gold::GoldToponym;
use super::judge::{Judged, is_near, kilometres};
use super::numbers::{Point, rounded};
use super::predicted::Predicted;
use super::score::Rate;
use crate::model::{CharIndex, CharSpan};

/// What became of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// Found, and nothing is wrong with it.
    Found,
    /// Found with other bounds, and nothing else is wrong with it.
    Bounds,
    /// Found, and not placed though its place is known.
    Unplaced,
    /// Found, and placed more than 161 km from its place.
    Wrong,
    /// Marked, and not found.
    Missed,
    /// Found, and not marked.
    Spurious,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Verdict; 6] =
        [Self::Found, Self::Bounds, Self::Unplaced, Self::Wrong, Self::Missed, Self::Spurious];

    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Bounds => "bounds",
            Self::Unplaced => "unplaced",
            Self::Wrong => "wrong",
            Self::Missed => "missed",
            Self::Spurious => "spurious",
        }
    }
}

/// A mention, marked or found or both.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct JudgedMention {
    /// Where the mark stands, or, without one, the mention; code points.
    #[serde(flatten)]
    pub span: CharSpan,
    /// The words there.
    pub words: String,
    /// What became of it.
    pub verdict: Verdict,
    /// The words that were found instead, where the bounds differ.
    pub found_as: Option<String>,
    /// The place that is meant: its name, or where it lies.
    pub meant: Option<String>,
    /// The place that was predicted, likewise.
    pub predicted: Option<String>,
    /// Kilometres from the one to the other.
    pub km: Option<f64>,
    /// The sense that the gold tells, where another was predicted.
    pub sense: Option<&'static str>,
    /// Why that place was predicted, in the geoparser's words.
    pub reasons: Vec<String>,
}

/// An article with its mistakes.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WorstArticle {
    /// The article's id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// Number of mentions whose verdict is not “found”.
    pub mistakes: usize,
    /// F1 of places within 161 km in this article alone.
    pub f1: f64,
    /// Every mention, marked or found, in text order.
    pub mentions: Vec<JudgedMention>,
    /// The whole text.
    #[serde(skip)]
    pub text: String,
}

impl WorstArticle {
    /// The numbers of mentions that are mistakes, each with how often it is made: nine times the same words for
    /// the same wrong place are one mistake to read of.
    pub(super) fn mistakes(&self) -> Vec<(usize, usize)> {
        let (mut mistakes, mut first) = (Vec::new(), HashMap::new());
        for (at, mention) in self.mentions.iter().enumerate() {
            if mention.verdict == Verdict::Found {
                continue;
            }
            let alike = (mention.verdict, &mention.words, &mention.found_as, mention.details());
            let next = mistakes.len();
            match first.entry(alike).or_insert(next) {
                new if *new == next => mistakes.push((at, 1)),
                known => mistakes[*known].1 += 1,
            }
        }
        mistakes
    }
}

impl JudgedMention {
    /// What is to be said beside the words: places, distance, sense, and reasons for what is wrong.
    pub(super) fn details(&self) -> Option<String> {
        let places = match (&self.predicted, &self.meant, self.km) {
            (Some(predicted), Some(meant), Some(km)) if self.verdict == Verdict::Wrong => {
                Some(format!("{predicted}, {km:.0} km from {meant}"))
            }
            (Some(predicted), ..) if self.verdict != Verdict::Bounds => Some(predicted.clone()),
            (None, Some(meant), _) => Some(format!("means {meant}")),
            _ => None,
        };
        let sense = self.sense.map(|sense| format!("its sense is {sense}"));
        let explained = matches!(self.verdict, Verdict::Wrong | Verdict::Spurious);
        let reasons = (explained && !self.reasons.is_empty()).then(|| self.reasons.join("; "));
        let parts: Vec<String> = places.into_iter().chain(reasons).chain(sense).collect();
        (!parts.is_empty()).then(|| parts.join(" – "))
    }
}

/// The articles with most mistakes; of equal ones that with the lower F1 first, then in the order of the gold.
pub(super) fn worst(articles: &[Judged<'_>], number: usize) -> Vec<WorstArticle> {
    let with_mistakes = articles.iter().map(|judged| {
        let placed = judged.placed();
        let mentions = mentions(judged);
        let mistakes = mentions.iter().filter(|mention| mention.verdict != Verdict::Found).count();
        (mistakes, Rate::new(placed.hits, placed.found, placed.gold).f1, mentions, judged.article)
    });
    let mut worst: Vec<_> = with_mistakes.filter(|(mistakes, ..)| *mistakes > 0).collect();
    worst.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.total_cmp(&b.1)));
    worst.truncate(number);
    let article =
        |(mistakes, f1, mentions, article): (usize, f64, Vec<_>, &super::GoldArticle)| WorstArticle {
            id: article.id.clone(),
            title: article.title().map(str::to_owned),
            mistakes,
            f1,
            mentions,
            text: article.text.clone(),
        };
    worst.into_iter().map(article).collect()
}

fn mentions(judged: &Judged<'_>) -> Vec<JudgedMention> {
    let index = &CharIndex::new(&judged.article.text);
    let words = |span| index.bytes(span).map_or("", |span| span.of(&judged.article.text)).to_owned();
    let marked = judged.gold.iter().zip(judged.found_by()).map(|(mark, by)| JudgedMention {
        span: mark.span,
        words: words(mark.span),
        verdict: verdict(mark, by),
        found_as: by.filter(|by| by.span != mark.span).map(|by| words(by.span)),
        meant: mark.place.clone().or_else(|| mark.point.map(shown)),
        predicted: by.and_then(place),
        km: by.and_then(|by| kilometres(mark, by)).map(|km| rounded(km, 1)),
        sense: by.and_then(|by| wrong_sense(mark, by)),
        reasons: by.map(|by| by.reasons.clone()).unwrap_or_default(),
    });
    let spurious = judged.spurious().map(|mention| JudgedMention {
        span: mention.span,
        words: words(mention.span),
        verdict: Verdict::Spurious,
        found_as: None,
        meant: None,
        predicted: place(mention),
        km: None,
        sense: None,
        reasons: mention.reasons.clone(),
    });
    let mut mentions: Vec<_> = marked.chain(spurious).collect();
    mentions.sort_by_key(|mention| (mention.span.start, mention.span.end));
    mentions
}

fn verdict(mark: &GoldToponym, by: Option<&Predicted>) -> Verdict {
    let Some(by) = by else { return Verdict::Missed };
    match kilometres(mark, by) {
        Some(km) if !is_near(km) => Verdict::Wrong,
        None if mark.point.is_some() => Verdict::Unplaced,
        _ if by.span != mark.span => Verdict::Bounds,
        _ => Verdict::Found,
    }
}

fn wrong_sense(mark: &GoldToponym, by: &Predicted) -> Option<&'static str> {
    let told = by.sense.as_ref()?;
    mark.sense().filter(|sense| told.as_deref() != Some(sense))
}

fn place(mention: &Predicted) -> Option<String> {
    let point = mention.point?;
    Some(mention.place.clone().unwrap_or_else(|| shown(point)))
}

fn shown(point: Point) -> String {
    format!("{:.2}, {:.2}", point.lat, point.lon)
}
