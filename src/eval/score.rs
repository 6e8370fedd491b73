//! The figures that the toponym literature tells, each by its usual definition.
//! Precision, recall and F1 of spans and of places; how far places are off; how often the sense is right.

use serde::Serialize;

use super::judge::{Judged, is_near, kilometres};
use super::numbers::{ANTIPODE_KM, median, rounded, share, sum};

/// Figures over all articles, rounded: shares to four decimals, kilometres to one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Articles of the gold.
    pub documents: usize,
    /// Those of them that no prediction is for.
    pub documents_missing: usize,
    /// How well mentions are found.
    pub recognition: Recognition,
    /// Mentions found and placed within 161 km, out of those found and placed and those marked with a place.
    pub end_to_end: Rate,
    /// How often the sense is right; `None` where the gold or the predictions do not tell senses.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sense: Option<SenseFigures>,
    /// How far places are off; `None` where no mark with a place was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Resolution>,
}

/// How well mentions are found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recognition {
    /// With the very same bounds.
    pub exact: Rate,
    /// With any overlap.
    pub overlapping: Rate,
}

/// Hits out of what was found and out of what was to be found.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// Share of what was found that is a hit.
    pub precision: f64,
    /// Share of what was to be found that is a hit.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Number of hits.
    pub hits: usize,
    /// Number of mentions found.
    pub predicted: usize,
    /// Number of mentions to be found.
    pub gold: usize,
}

/// How often the sense is right, over found marks whose kind tells it; none predicted is wrong.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct SenseFigures {
    /// Number of such marks.
    pub toponyms: usize,
    /// Share that is right.
    pub accuracy: f64,
    /// Share that one answer for all would have right.
    pub constant: f64,
}

/// How far places are off.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Resolution {
    /// Number of marks with a place that were found and placed. With bare spans given: of all marks with a place,
    /// one without an answer being as wrong as can be.
    pub toponyms: usize,
    /// Share within 161 km.
    pub acc161: f64,
    /// Median distance, kilometres.
    pub median_km: f64,
    /// Mean distance, kilometres.
    pub mean_km: f64,
    /// Area under the curve of log distances, 0 best, 1 worst (Jurgens et al. 2015).
    pub auc: f64,
}

impl Rate {
    pub(super) fn new(hits: usize, predicted: usize, gold: usize) -> Self {
        let (p, r) = (share(hits, predicted), share(hits, gold));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Self { precision: rounded(p, 4), recall: rounded(r, 4), f1: rounded(f1, 4), hits, predicted, gold }
    }
}

pub(super) fn figures(articles: &[Judged<'_>], given: bool) -> Figures {
    let over = |count: fn(&Judged<'_>) -> usize| articles.iter().map(count).sum::<usize>();
    let (gold, found) = (over(|a| a.gold.len()), over(|a| a.found.len()));
    let exact = over(|a| a.pairs.iter().filter(|&&(i, j)| a.gold[i].span == a.found[j].span).count());
    let placed: Vec<_> = articles.iter().map(Judged::placed).collect();
    Figures {
        documents: articles.len(),
        documents_missing: over(|a| usize::from(a.missing)),
        recognition: Recognition {
            exact: Rate::new(exact, found, gold),
            overlapping: Rate::new(over(|a| a.pairs.len()), found, gold),
        },
        end_to_end: Rate::new(
            placed.iter().map(|p| p.hits).sum(),
            placed.iter().map(|p| p.found).sum(),
            placed.iter().map(|p| p.gold).sum(),
        ),
        sense: senses(articles),
        resolution: resolution(articles.iter().flat_map(|article| errors(article, given)).collect()),
    }
}

/// Kilometres by which each placed mark was missed.
fn errors(article: &Judged<'_>, given: bool) -> Vec<f64> {
    let marks = article.gold.iter().zip(article.found_by()).filter(|(mark, _)| mark.point.is_some());
    let unanswered = given.then_some(ANTIPODE_KM);
    marks.filter_map(|(mark, by)| by.and_then(|by| kilometres(mark, by)).or(unanswered)).collect()
}

fn resolution(mut errors: Vec<f64>) -> Option<Resolution> {
    if errors.is_empty() {
        return None;
    }
    let number = errors.len();
    let near = errors.iter().filter(|&&km| is_near(km)).count();
    let logarithms = sum(errors.iter().map(|km| (km + 1.0).ln()));
    Some(Resolution {
        toponyms: number,
        acc161: rounded(share(near, number), 4),
        mean_km: rounded(sum(errors.iter().copied()) / number as f64, 1),
        auc: rounded(logarithms / (number as f64 * ANTIPODE_KM.ln()), 4),
        median_km: rounded(median(&mut errors), 1),
    })
}

/// What gold and prediction say of the sense of each found mark that tells it; articles in which the prediction
/// tells no sense at all are left out.
pub(super) fn told_senses<'a>(
    articles: &'a [Judged<'a>],
) -> impl Iterator<Item = (&'static str, Option<&'a str>)> {
    let telling = articles.iter().filter(|article| article.found.iter().any(|p| p.sense.is_some()));
    telling.flat_map(|article| {
        article.pairs.iter().filter_map(|&(i, j)| {
            let said = article.found[j].sense.as_ref().and_then(Option::as_deref);
            Some((article.gold[i].sense()?, said))
        })
    })
}

fn senses(articles: &[Judged<'_>]) -> Option<SenseFigures> {
    let told: Vec<_> = told_senses(articles).collect();
    if told.is_empty() {
        return None;
    }
    let literal = share(told.iter().filter(|(gold, _)| *gold == "literal").count(), told.len());
    let right = told.iter().filter(|(gold, said)| Some(*gold) == *said).count();
    Some(SenseFigures {
        toponyms: told.len(),
        accuracy: rounded(share(right, told.len()), 4),
        constant: rounded(literal.max(1.0 - literal), 4),
    })
}
