//! What lists, filter and map need of some articles that follow one another, each sort of it in a list of its own.
//! Copies share every list, so that a change copies what it touches and no more.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::events::stories::{Report, Sketch};
use crate::explore::happening::Taking;
use crate::explore::happenings::Stand;
use crate::explore::{Card, Glance, Happening};

/// Articles to a sheaf.
pub(super) const SHEAF: usize = 256;

/// What one article after the other has of something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Rows<T> {
    list: Vec<T>,
    /// Where each article's end.
    ends: Vec<u32>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { list: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Rows<T> {
    fn range(&self, article: usize) -> Option<std::ops::Range<usize>> {
        let start = article.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        Some(start as usize..*self.ends.get(article)? as usize)
    }

    /// An article's own.
    pub fn of(&self, article: usize) -> &[T] {
        self.range(article).and_then(|own| self.list.get(own)).unwrap_or(&[])
    }

    /// The same, to be changed.
    pub fn of_mut(&mut self, article: usize) -> &mut [T] {
        self.range(article).and_then(|own| self.list.get_mut(own)).unwrap_or(&mut [])
    }

    /// Those of all articles.
    pub fn all(&self) -> &[T] {
        &self.list
    }

    /// Whether it is of so many articles, and whole.
    pub fn is_of(&self, articles: usize) -> bool {
        self.ends.len() == articles
            && self.ends.is_sorted()
            && self.ends.last().map_or(0, |&end| end as usize) == self.list.len()
    }

    fn push(&mut self, mut own: Vec<T>) {
        self.list.append(&mut own);
        self.ends.push(self.list.len() as u32);
    }

    fn put(&mut self, article: usize, own: Vec<T>) {
        let Some(range) = self.range(article) else { return };
        let (before, now) = (range.len(), own.len());
        if before == now {
            self.list[range].iter_mut().zip(own).for_each(|(known, own)| *known = own);
            return;
        }
        self.list.splice(range, own);
        for end in &mut self.ends[article..] {
            *end = (*end as usize - before + now) as u32;
        }
    }
}

/// What one article has of everything, with the collection's numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Leaf {
    pub card: Card,
    pub glances: Vec<Glance>,
    pub happenings: Vec<Happening>,
    pub takings: Vec<Taking>,
    pub stands: Vec<Stand>,
    pub reports: Vec<Report>,
    pub sketch: Option<Sketch>,
}

/// Some articles that follow one another.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheaf {
    pub cards: Arc<Vec<Card>>,
    pub glances: Arc<Rows<Glance>>,
    pub happenings: Arc<Rows<Happening>>,
    /// Who takes part in them.
    pub takings: Arc<Rows<Taking>>,
    /// At which mentions each event happened.
    pub stands: Arc<Rows<Stand>>,
    /// What tells which events are the same, event by event.
    pub reports: Arc<Rows<Report>>,
    /// By which each article's text is known again.
    pub sketches: Arc<Vec<Option<Sketch>>>,
}

impl Sheaf {
    /// Adds an article at the end.
    pub fn push(&mut self, leaf: Leaf) {
        Arc::make_mut(&mut self.cards).push(leaf.card);
        Arc::make_mut(&mut self.glances).push(leaf.glances);
        Arc::make_mut(&mut self.happenings).push(leaf.happenings);
        Arc::make_mut(&mut self.takings).push(leaf.takings);
        Arc::make_mut(&mut self.stands).push(leaf.stands);
        Arc::make_mut(&mut self.reports).push(leaf.reports);
        Arc::make_mut(&mut self.sketches).push(leaf.sketch);
    }

    /// Puts an article in the place of what was.
    pub fn put(&mut self, article: usize, leaf: Leaf) {
        if self.cards.get(article) != Some(&leaf.card)
            && let Some(card) = Arc::make_mut(&mut self.cards).get_mut(article)
        {
            *card = leaf.card;
        }
        put(&mut self.glances, article, leaf.glances);
        put(&mut self.happenings, article, leaf.happenings);
        put(&mut self.takings, article, leaf.takings);
        put(&mut self.stands, article, leaf.stands);
        put(&mut self.reports, article, leaf.reports);
        if self.sketches.get(article) != Some(&leaf.sketch)
            && let Some(sketch) = Arc::make_mut(&mut self.sketches).get_mut(article)
        {
            *sketch = leaf.sketch;
        }
    }
}

/// Puts an article's own in the place of what was; what is the same is not copied for it.
pub(super) fn put<T: Clone + PartialEq>(rows: &mut Arc<Rows<T>>, article: usize, own: Vec<T>) {
    if rows.of(article) != own {
        Arc::make_mut(rows).put(article, own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_article_has_gives_way_to_more_and_to_less() {
        let mut rows: Rows<u8> = Rows::default();
        for own in [vec![1, 2], vec![], vec![3]] {
            rows.push(own);
        }
        for (article, own) in [(1, vec![7, 8]), (0, vec![]), (2, vec![9]), (0, vec![4, 5, 6])] {
            rows.put(article, own.clone());
            assert_eq!(rows.of(article), own);
            assert!(rows.is_of(3));
        }
        assert_eq!(rows.all(), [4, 5, 6, 7, 8, 9]);
        assert!(rows.of(3).is_empty());
    }
}
