//! Which of the found mentions are the marked ones: greedy, one to one, best overlap first.
//! The order among equal overlaps is part of the definition: the earlier mark, then the earlier mention.

use std::collections::BTreeMap;

use super::gold::{GoldArticle, GoldToponym};
use super::numbers::NEAR_KM;
use super::predicted::{Predicted, Predictions};
use super::{Gold, Options};
use crate::model::CharSpan;

/// An article with what counts of its marks and of the mentions found in it.
pub(super) struct Judged<'a> {
    pub(super) article: &'a GoldArticle,
    /// Marks that are not neutral.
    pub(super) gold: Vec<&'a GoldToponym>,
    /// Mentions of kinds that count, without those that touch neutral marks and no others.
    pub(super) found: Vec<&'a Predicted>,
    /// Numbers of a mark and of the mention that found it; each stands in one pair at most.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Whether no prediction has the article's id.
    pub(super) missing: bool,
}

/// How many hits there are within 161 km, and out of what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) hits: usize,
    pub(super) found: usize,
    pub(super) gold: usize,
}

/// Judges every article, in the order of the gold.
pub(super) fn judge<'a>(gold: &'a Gold, predictions: &'a Predictions, options: &Options) -> Vec<Judged<'a>> {
    gold.articles.iter().map(|article| Judged::new(article, predictions.of(&article.id), options)).collect()
}

impl<'a> Judged<'a> {
    fn new(article: &'a GoldArticle, found: Option<&'a [Predicted]>, options: &Options) -> Self {
        let (neutral, gold): (Vec<_>, Vec<_>) = article.toponyms.iter().partition(|t| t.is_neutral());
        let (around, beside) = (Spans::of_gold(&gold), Spans::of_gold(&neutral));
        let counts = |mention: &&Predicted| {
            let dropped = mention.kind.as_ref().is_some_and(|kind| options.drop_kinds.contains(kind));
            !dropped && (around.touch(mention.span) || !beside.touch(mention.span))
        };
        let missing = found.is_none();
        let found: Vec<_> = found.unwrap_or_default().iter().filter(counts).collect();
        let pairs = pairs(&gold, &found, |_, _| true);
        Self { article, gold, found, pairs, missing }
    }

    /// The mention that found each mark, by the marks' numbers.
    pub(super) fn found_by(&self) -> Vec<Option<&'a Predicted>> {
        let mut by = vec![None; self.gold.len()];
        for &(mark, mention) in &self.pairs {
            by[mark] = Some(self.found[mention]);
        }
        by
    }

    /// The mentions that found no mark, in their order.
    pub(super) fn spurious(&self) -> impl Iterator<Item = &'a Predicted> {
        let mut found_one = vec![false; self.found.len()];
        self.pairs.iter().for_each(|&(_, mention)| found_one[mention] = true);
        self.found.iter().copied().zip(found_one).filter(|(_, hit)| !hit).map(|(mention, _)| mention)
    }

    /// Hits that also need the place within 161 km. Marks that nobody could place are left out, with what
    /// touches them alone.
    pub(super) fn placed(&self) -> Placed {
        let (placed, unplaced): (Vec<_>, Vec<_>) = self.gold.iter().partition(|mark| mark.point.is_some());
        let (around, beside) = (Spans::of_gold(&placed), Spans::of_gold(&unplaced));
        let counts = |mention: &&Predicted| {
            mention.point.is_some() && (around.touch(mention.span) || !beside.touch(mention.span))
        };
        let found: Vec<_> = self.found.iter().copied().filter(counts).collect();
        let near = |mark: &GoldToponym, mention: &Predicted| kilometres(mark, mention).is_some_and(is_near);
        Placed { hits: pairs(&placed, &found, near).len(), found: found.len(), gold: placed.len() }
    }
}

/// How far the mention was placed from the mark, kilometres; `None` where either has no place.
pub(super) fn kilometres(mark: &GoldToponym, mention: &Predicted) -> Option<f64> {
    Some(mark.point?.km(mention.point?))
}

/// Whether so many kilometres make a place right.
pub(super) fn is_near(km: f64) -> bool {
    km <= NEAR_KM
}

/// Pairs of a mark and a mention that overlap and may belong together, greedily by the share that they have in
/// common of what they cover.
fn pairs(
    gold: &[&GoldToponym],
    found: &[&Predicted],
    may: impl Fn(&GoldToponym, &Predicted) -> bool,
) -> Vec<(usize, usize)> {
    let spans = Spans::new(found.iter().map(|mention| mention.span).collect());
    let mut possible = Vec::new();
    for (i, mark) in gold.iter().enumerate() {
        for j in spans.touching(mark.span) {
            if may(mark, found[j]) {
                possible.push((-common(mark.span, found[j].span), i, j));
            }
        }
    }
    possible.sort_by(|a, b| a.0.total_cmp(&b.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut marks, mut mentions) = (vec![false; gold.len()], vec![false; found.len()]);
    possible.retain(|&(_, i, j)| {
        let free = !marks[i] && !mentions[j];
        if free {
            (marks[i], mentions[j]) = (true, true);
        }
        free
    });
    possible.into_iter().map(|(_, i, j)| (i, j)).collect()
}

/// Code points that two spans share.
fn shared(a: CharSpan, b: CharSpan) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// What two spans share of what they cover together, from 0 to 1.
fn common(a: CharSpan, b: CharSpan) -> f64 {
    shared(a, b) as f64 / (a.end.max(b.end) - a.start.min(b.start)) as f64
}

/// Spans by where they begin, so that an article of a hundred thousand mentions is not compared with itself.
struct Spans {
    spans: Vec<CharSpan>,
    /// Starts with the numbers of their spans, in order.
    starts: BTreeMap<usize, Vec<usize>>,
    longest: usize,
}

impl Spans {
    fn new(spans: Vec<CharSpan>) -> Self {
        let mut starts: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (number, span) in spans.iter().enumerate() {
            starts.entry(span.start).or_default().push(number);
        }
        let longest = spans.iter().map(|span| span.end.saturating_sub(span.start)).max().unwrap_or(0);
        Self { spans, starts, longest }
    }

    fn of_gold(gold: &[&GoldToponym]) -> Self {
        Self::new(gold.iter().map(|mark| mark.span).collect())
    }

    /// The numbers of those that share a code point with `span`.
    fn touching(&self, span: CharSpan) -> impl Iterator<Item = usize> {
        let from = span.start.saturating_sub(self.longest);
        let near = self.starts.range(from..span.end.max(from)).flat_map(|(_, numbers)| numbers);
        near.copied().filter(move |&number| shared(self.spans[number], span) > 0)
    }

    fn touch(&self, span: CharSpan) -> bool {
        self.touching(span).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn gold(spans: &[(usize, usize)]) -> Gold {
        let marks: Vec<_> = spans.iter().map(|(a, b)| serde_json::json!({"start": a, "end": b})).collect();
        let line = serde_json::json!({"id": "a", "text": "x".repeat(60), "toponyms": marks});
        Gold::read("g", &line.to_string()).unwrap()
    }

    fn predictions(spans: &[(usize, usize)]) -> Predictions {
        let marks: Vec<_> = spans.iter().map(|(a, b)| serde_json::json!({"start": a, "end": b})).collect();
        Predictions::read("p", &serde_json::json!({"id": "a", "toponyms": marks}).to_string()).unwrap()
    }

    #[test]
    fn the_best_overlap_counts_first_and_each_counts_once() {
        let check = |marks: &[(usize, usize)], mentions: &[(usize, usize)], expected: &[(usize, usize)]| {
            let (gold, predictions) = (gold(marks), predictions(mentions));
            assert_eq!(judge(&gold, &predictions, &Options::default())[0].pairs, expected);
        };
        check(&[(0, 4), (5, 9)], &[(5, 9), (0, 4)], &[(0, 1), (1, 0)]);
        // One long mention over two marks finds the one that it covers more of.
        check(&[(0, 4), (5, 11)], &[(0, 11)], &[(1, 0)]);
        // Of equal overlaps the earlier mark counts, then the earlier mention.
        check(&[(0, 4), (4, 8)], &[(2, 6)], &[(0, 0)]);
        check(&[(0, 8)], &[(4, 8), (0, 4)], &[(0, 0)]);
        check(&[(0, 4)], &[(4, 8), (2, 2), (3, 1)], &[]);
    }

    fn spans() -> impl Strategy<Value = Vec<(usize, usize)>> {
        proptest::collection::vec((0usize..50, 1usize..8).prop_map(|(a, n)| (a, a + n)), 1..20)
    }

    proptest! {
        #[test]
        fn pairs_are_the_greedy_ones_of_all_that_overlap(marks in spans(), mentions in spans()) {
            let (gold, predictions) = (gold(&marks), predictions(&mentions));
            let judged = &judge(&gold, &predictions, &Options::default())[0];
            let mut possible = Vec::new();
            for (i, &(a, b)) in marks.iter().enumerate() {
                for (j, &(c, d)) in mentions.iter().enumerate() {
                    if b.min(d) > a.max(c) {
                        let union = b.max(d) - a.min(c);
                        possible.push(((b.min(d) - a.max(c)) as f64 / union as f64, i, j));
                    }
                }
            }
            possible.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
            let mut expected: Vec<(usize, usize)> = Vec::new();
            for (_, i, j) in possible {
                if !expected.iter().any(|&(a, b)| a == i || b == j) {
                    expected.push((i, j));
                }
            }
            prop_assert_eq!(&judged.pairs, &expected);
        }
    }
}
