//! The articles that meet a query, and how well.
//! For those that the index has not come to yet, or knows as they were, their texts are looked at, one by one as they
//! are asked for.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::super::Collection;
use super::page::{Page, needle, occurrences};
use super::query::{Field, Query};

/// The answer to a query.
#[derive(Clone, Debug, Default)]
pub struct Hits {
    query: Query,
    /// What wanted terms look like in the name of a place.
    names: Vec<String>,
    /// How well each article of the index meets it, or [`ABSENT`], or [`UNKNOWN`].
    scores: Arc<Vec<f32>>,
    /// What was found out of the articles beyond.
    looked: Arc<Mutex<HashMap<usize, Option<f32>>>>,
}

/// The score of an article that does not meet a query.
pub(super) const ABSENT: f32 = -1.0;
/// The score of an article that the index knows as it was before it changed.
pub(super) const UNKNOWN: f32 = -2.0;

impl Hits {
    pub(super) fn new(query: Query, scores: Vec<f32>) -> Hits {
        let wanted = query.wanted().filter(|term| term.fields().any(|field| field == Field::Place));
        Hits { names: wanted.map(needle).collect(), scores: Arc::new(scores), looked: Arc::default(), query }
    }

    /// How well an article meets the query, where it does.
    pub(in crate::explore) fn score(&self, collection: &Collection, article: usize) -> Option<f32> {
        if self.query.is_empty() {
            return Some(0.0);
        }
        match self.scores.get(article) {
            Some(&score) if score != UNKNOWN => (score != ABSENT).then_some(score),
            Some(_) | None => self.looked_at(collection, article),
        }
    }

    /// Looks at the text, once: whoever sorts by it asks for it again.
    fn looked_at(&self, collection: &Collection, article: usize) -> Option<f32> {
        let looked = || self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let known = looked().get(&article).copied();
        known.unwrap_or_else(|| {
            let score = self.query.score(&Page::of(collection.article(article)?.as_ref()));
            looked().insert(article, score);
            score
        })
    }

    /// How many articles of the index meet the query, but for those that changed since.
    pub fn count(&self) -> usize {
        self.scores.iter().filter(|&&score| score >= 0.0).count()
    }

    /// How many of these articles meet the query.
    pub fn count_among(&self, collection: &Collection, articles: impl Iterator<Item = usize>) -> usize {
        articles.filter(|&article| self.score(collection, article).is_some()).count()
    }

    /// How many of the words that are wanted stand in a place's name, folded.
    pub(in crate::explore) fn named(&self, folded: &str) -> usize {
        if self.names.is_empty() {
            return 0;
        }
        let whole = |needle: &str| occurrences(&format!(" {folded} "), needle).next().is_some();
        // Few names have the letters at all.
        self.names.iter().filter(|needle| folded.contains(needle.trim()) && whole(needle)).count()
    }
}
