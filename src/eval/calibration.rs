//! Whether a score of 0.8 is right eight times in ten: bins of equal count over the best candidate's score.
//! It is measured over found marks that have a place, whether or not the score was enough to place them.

use serde::Serialize;

use super::judge::{Judged, is_near};
use super::numbers::{rounded, share, sum};

/// Fewest mentions of a bin where there are enough for two.
const LEAST: usize = 200;
/// Most bins: more would show chance.
const MOST: usize = 10;

/// Scores held against how often they are right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Calibration {
    /// From the lowest scores to the highest, of equal count.
    pub bins: Vec<Bin>,
    /// Expected calibration error: the mean distance between score and share right, each bin by its count.
    pub error: f64,
}

/// Mentions with scores next to one another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// Number of mentions.
    pub mentions: usize,
    /// Lowest score among them.
    pub from: f64,
    /// Highest score among them.
    pub to: f64,
    /// Mean score.
    pub score: f64,
    /// Share whose best candidate lies within 161 km of the marked place.
    pub right: f64,
}

/// `None` where the predictions tell no scores.
pub(super) fn calibration(articles: &[Judged<'_>]) -> Option<Calibration> {
    let mut scored: Vec<(f64, bool)> = articles.iter().flat_map(scored).collect();
    // Equal scores stay in the order of the gold, so that each bin among them is a fair sample.
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let number = scored.len();
    let bins = (number / LEAST).clamp(1, MOST);
    let cut = |bin: usize| bin * number / bins;
    let bins: Vec<Bin> = (0..bins).filter_map(|i| Bin::of(scored.get(cut(i)..cut(i + 1))?)).collect();
    let off = |bin: &Bin| bin.mentions as f64 * (bin.score - bin.right).abs();
    (number > 0).then(|| Calibration {
        error: rounded(sum(bins.iter().map(off)) / number as f64, 4),
        bins: bins.into_iter().map(Bin::rounded).collect(),
    })
}

/// The best candidate's score for each found mark with a place, and whether the candidate is right.
fn scored(article: &Judged<'_>) -> Vec<(f64, bool)> {
    let judge = |&(i, j): &(usize, usize)| {
        let (point, score) = article.found[j].best?;
        Some((score, is_near(article.gold[i].point?.km(point))))
    };
    article.pairs.iter().filter_map(judge).collect()
}

impl Bin {
    fn of(scored: &[(f64, bool)]) -> Option<Self> {
        let (first, last) = (scored.first()?, scored.last()?);
        let right = scored.iter().filter(|(_, right)| *right).count();
        Some(Self {
            mentions: scored.len(),
            from: first.0,
            to: last.0,
            score: sum(scored.iter().map(|(score, _)| *score)) / scored.len() as f64,
            right: share(right, scored.len()),
        })
    }

    fn rounded(self) -> Self {
        Self { score: rounded(self.score, 4), right: rounded(self.right, 4), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::super::judge::judge;
    use super::super::{Gold, Options, Predictions};
    use super::*;

    /// One mark in each of `number` articles, scored from low to high, of which every other is right.
    fn measured(number: usize) -> Option<Calibration> {
        let mark = |more: &str| format!("[{{\"start\":0,\"end\":1,\"lat\":0,\"lon\":0{more}}}]");
        let (mut gold, mut found) = (String::new(), String::new());
        for i in 0..number {
            gold += &format!("{{\"id\":{i},\"text\":\"x\",\"toponyms\":{}}}\n", mark(""));
            let (lon, score) = (90 * (i % 2), i as f64 / number as f64);
            let more = format!(",\"candidates\":[{{\"lat\":0,\"lon\":{lon},\"score\":{score}}}]");
            found += &format!("{{\"id\":{i},\"toponyms\":{}}}\n", mark(&more));
        }
        let (gold, found) = (Gold::read("g", &gold).unwrap(), Predictions::read("p", &found).unwrap());
        calibration(&judge(&gold, &found, &Options::default()))
    }

    #[test]
    fn bins_are_of_equal_count_and_never_small() {
        let check = |number, expected: &[usize]| {
            let bins = measured(number).unwrap().bins;
            assert_eq!(bins.iter().map(|bin| bin.mentions).collect::<Vec<_>>(), expected, "{number}");
        };
        check(3, &[3]);
        check(399, &[399]);
        check(500, &[250, 250]);
        check(2600, &[260; 10]);
    }

    #[test]
    fn half_right_at_every_score_is_off_by_a_quarter() {
        let calibration = measured(2000).unwrap();
        assert_eq!(calibration.bins[0].right, 0.5);
        assert_eq!((calibration.bins[0].from, calibration.bins[9].to), (0.0, 0.9995));
        assert!((calibration.error - 0.25).abs() < 0.01, "{}", calibration.error);
    }
}
