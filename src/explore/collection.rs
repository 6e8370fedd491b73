//! The articles that are open, and the places they mention, each place once.
//! Numbers given out (article, place) stay what they are while articles keep arriving.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Geoparsed, Mention, Place, Problem};

use super::search::fold;

/// One mention in one article of a [`Collection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionRef {
    /// Number of the article, in order of arrival.
    pub article: usize,
    /// Number of the mention in its article, in text order.
    pub mention: usize,
}

/// A place, and everywhere it is mentioned.
#[derive(Clone, Debug)]
pub struct PlaceEntry {
    /// The place.
    pub place: Arc<Place>,
    /// Its label with what it lies in, folded for search.
    pub folded: String,
    /// Its mentions, by article and then in text order.
    pub mentions: Vec<MentionRef>,
}

/// The open articles with their mentions and places.
#[derive(Debug, Default)]
pub struct Collection {
    articles: Vec<Arc<Geoparsed>>,
    folded: Vec<String>,
    keys: Vec<Vec<Option<u32>>>,
    places: Vec<PlaceEntry>,
    by_id: HashMap<String, u32>,
    problems: Vec<Problem>,
    mentions: usize,
    revision: u64,
}

impl Collection {
    /// An empty collection that takes over from another: whoever knows the other's revision sees
    /// that this is not it.
    pub(super) fn starting_at(revision: u64) -> Self {
        Self { revision, ..Self::default() }
    }

    /// Takes over from another that held the same articles, geoparsed with another gazetteer: what could not
    /// be read then still could not.
    pub(super) fn succeed(&mut self, other: &Collection) {
        self.revision = self.revision.max(other.revision) + 1;
        self.problems.splice(0..0, other.problems.iter().cloned());
    }

    /// Adds an article at the end.
    pub fn add(&mut self, geoparsed: Arc<Geoparsed>) {
        let article = self.articles.len();
        let keys: Vec<Option<u32>> = geoparsed.mentions.iter().map(|mention| self.key_of(mention)).collect();
        for (mention, key) in keys.iter().enumerate() {
            if let Some(key) = key {
                self.places[*key as usize].mentions.push(MentionRef { article, mention });
            }
        }
        self.mentions += keys.len();
        self.keys.push(keys);
        self.folded.push(searchable(&geoparsed));
        self.problems.extend(geoparsed.problems.iter().cloned());
        self.articles.push(geoparsed);
        self.revision += 1;
    }

    fn key_of(&mut self, mention: &Mention) -> Option<u32> {
        let place = mention.place()?;
        if let Some(&key) = self.by_id.get(&place.id) {
            return Some(key);
        }
        let key = u32::try_from(self.places.len()).ok()?;
        self.by_id.insert(place.id.clone(), key);
        self.places.push(PlaceEntry {
            place: Arc::clone(place),
            folded: fold(&place.label()),
            mentions: Vec::new(),
        });
        Some(key)
    }

    /// Notes something that could not be read.
    pub fn add_problem(&mut self, problem: Problem) {
        self.problems.push(problem);
        self.revision += 1;
    }

    /// Grows with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The articles, in order of arrival.
    pub fn articles(&self) -> &[Arc<Geoparsed>] {
        &self.articles
    }

    /// One article.
    pub fn article(&self, index: usize) -> Option<&Arc<Geoparsed>> {
        self.articles.get(index)
    }

    /// The places that are mentioned, in order of first mention.
    pub fn places(&self) -> &[PlaceEntry] {
        &self.places
    }

    /// One place.
    pub fn place(&self, key: u32) -> Option<&PlaceEntry> {
        self.places.get(key as usize)
    }

    /// The key of the place with this identifier.
    pub fn place_key(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// One mention.
    pub fn mention(&self, at: MentionRef) -> Option<&Mention> {
        self.articles.get(at.article)?.mentions.get(at.mention)
    }

    /// The place that a mention was resolved to.
    pub fn place_of(&self, at: MentionRef) -> Option<u32> {
        self.keys.get(at.article)?.get(at.mention).copied().flatten()
    }

    /// What could not be read or worked out.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Number of mentions, of every kind.
    pub fn mention_count(&self) -> usize {
        self.mentions
    }

    /// Whether nothing is open and nothing went wrong.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.problems.is_empty()
    }

    pub(super) fn folded(&self, article: usize) -> &str {
        self.folded.get(article).map_or("", String::as_str)
    }
}

/// What a search looks at in an article: headline, outlet and text.
fn searchable(geoparsed: &Geoparsed) -> String {
    let article = &geoparsed.article;
    let mut text = fold(article.heading());
    for part in [article.source.as_deref().unwrap_or(""), &article.text] {
        text.push('\n');
        text.push_str(&fold(part));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{place, story};
    use super::*;

    #[test]
    fn a_place_is_kept_once_however_often_it_is_named() {
        let mut collection = Collection::default();
        let derna = place("geonames:87205", "Derna", "LY", 32.76, 22.64);
        for id in ["a", "b"] {
            collection.add(Arc::new(story(id, "Water reached [Derna]. [Derna] waits.", &[&derna, &derna])));
        }
        assert_eq!(collection.places().len(), 1);
        assert_eq!(collection.places()[0].mentions.len(), 4);
        assert_eq!(collection.mention_count(), 4);
        assert_eq!(collection.place_of(MentionRef { article: 1, mention: 0 }), Some(0));
    }
}
