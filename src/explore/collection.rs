//! The articles that are open, and the places they mention, each place once.
//! Numbers given out (article, place, outlet, country) stay what they are while articles keep arriving and change: a
//! view is worked out of a copy that shares it all and stays as it was.

mod change;
mod digest;
mod faults;
mod intake;
mod register;
mod sheaf;

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::events::stories::{Report, Sketch};
use crate::model::{Archive, Chunks, Geoparsed, Lens, Place, Problem, Shelf, shared};

use super::happening::Taking;
use super::stories::Grouped;
use super::tags::{Tagged, Tags};
use super::{Card, Glance, Happening, Who};
use faults::Faults;
use register::Register;
use sheaf::{SHEAF, Sheaf};

pub use change::Replaced;
pub use digest::{Digested, Written};

/// One mention in one article of a [`Collection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionRef {
    /// Number of the article, in order of arrival.
    pub article: usize,
    /// Number of the mention in its article, in text order.
    pub mention: usize,
}

/// One event in one article of a [`Collection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventRef {
    /// Number of the article, in order of arrival.
    pub article: usize,
    /// Number of the event in its article, in text order.
    pub event: usize,
}

/// A place that is mentioned.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PlaceEntry {
    /// The place.
    #[serde(with = "shared")]
    pub place: Arc<Place>,
    /// Where it lies on the Mercator unit square.
    pub at: [f64; 2],
    /// Which of [`Collection::countries`] it lies in; the first is none at all.
    pub country: u32,
    /// Its label with what it lies in, folded for search.
    pub folded: String,
}

/// A country as places name it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2 code.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// The open articles with their mentions and places.
#[derive(Debug, Default)]
pub struct Collection {
    archive: Archive,
    /// All full but the last.
    sheaves: Vec<Arc<Sheaf>>,
    sources: Register<String>,
    places: Chunks<PlaceEntry, 512>,
    /// Where each place stands by name, once somebody has found out; of these places, and anew with another.
    alphabet: Arc<OnceLock<Vec<u32>>>,
    /// Which events are the same, once somebody has found out; of these articles, and anew with another.
    stories: Arc<OnceLock<Grouped>>,
    /// For each article the first with the same text, likewise.
    copies: Arc<OnceLock<Vec<u32>>>,
    countries: Register<Country>,
    subtypes: Register<String>,
    nations: Register<String>,
    actors: Chunks<Who, 512>,
    /// What mentions call places, folded.
    names: Chunks<Arc<str>, 512>,
    /// By place the articles that mention it, ascending. Not in a [`Collection::snapshot`], as what follows.
    mentioned: Vec<Vec<u32>>,
    by_id: HashMap<String, u32>,
    /// Actors by folded name.
    by_name: HashMap<String, u32>,
    /// Names of places.
    by_words: HashMap<Arc<str>, u32>,
    faults: Arc<Faults>,
    tags: Arc<Tags>,
    /// Articles that may have other headlines, outlets or places since somebody asked. Not in a copy, either.
    reworded: Vec<usize>,
    mention_count: usize,
    event_count: usize,
    /// Articles whose mentions were not read with them.
    found_here: usize,
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
        Arc::make_mut(&mut self.faults).follow(&other.faults);
    }

    /// A collection of articles that are kept already: an arrival that was made of an article where it is kept
    /// ([`Arrival::again`](super::Arrival::again)) is of the first of them that is not known yet.
    pub fn over(archive: Archive) -> Collection {
        Collection { archive, ..Collection::default() }
    }

    /// What it holds now, for another thread: articles, glances, places and names, shared. It knows no place by its
    /// identifier, nor who mentions it.
    pub fn snapshot(&self) -> Collection {
        Collection {
            archive: self.archive.clone(),
            sheaves: self.sheaves.clone(),
            sources: self.sources.clone(),
            places: self.places.clone(),
            alphabet: Arc::clone(&self.alphabet),
            stories: Arc::clone(&self.stories),
            copies: Arc::clone(&self.copies),
            countries: self.countries.clone(),
            subtypes: self.subtypes.clone(),
            nations: self.nations.clone(),
            actors: self.actors.clone(),
            names: self.names.clone(),
            mentioned: Vec::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            by_words: HashMap::new(),
            faults: Arc::clone(&self.faults),
            tags: Arc::clone(&self.tags),
            reworded: Vec::new(),
            mention_count: self.mention_count,
            event_count: self.event_count,
            found_here: self.found_here,
            revision: self.revision,
        }
    }

    /// Notes something that could not be read.
    pub fn add_problem(&mut self, problem: Problem) {
        Arc::make_mut(&mut self.faults).add(problem, None);
        self.revision += 1;
    }

    /// Puts tags in the place of those that something bore, known to the collection or not.
    pub fn tag(&mut self, what: Tagged, tags: &[String]) {
        Arc::make_mut(&mut self.tags).set(what, tags);
        self.revision += 1;
    }

    /// Every tag, in order of first use.
    pub fn tags(&self) -> &[String] {
        self.tags.names()
    }

    /// The tags that something bears itself.
    pub fn tags_of(&self, what: &Tagged) -> Vec<&str> {
        let name = |&number: &u32| self.tags.names().get(number as usize).map(String::as_str);
        self.tags.of(what).iter().filter_map(name).collect()
    }

    /// The articles that may have other headlines, outlets or places since this was asked last.
    pub(super) fn take_reworded(&mut self) -> Vec<usize> {
        std::mem::take(&mut self.reworded)
    }

    pub(super) fn tags_borne(&self) -> &Tags {
        &self.tags
    }

    /// Grows with every change.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Number of articles.
    pub fn len(&self) -> usize {
        let Some(last) = self.sheaves.last() else { return 0 };
        (self.sheaves.len() - 1) * SHEAF + last.cards.len()
    }

    /// Whether no article is open.
    pub fn is_empty(&self) -> bool {
        self.sheaves.is_empty()
    }

    /// The articles, in order of arrival, to take along.
    pub fn archive(&self) -> &Archive {
        &self.archive
    }

    /// Keeps an article as it came, whatever was put in its place.
    pub fn restore(&mut self, number: usize) {
        self.archive.restore(number);
        self.reworded.push(number);
    }

    /// Shows every article through a lens from now on: what lists and map show of them is changed apart.
    pub fn see_through(&mut self, lens: Option<Arc<dyn Lens>>) {
        self.archive.see_through(lens);
        self.revision += 1;
    }

    /// Goes on with its first articles on a shelf, which has been given them.
    pub fn shelve(&mut self, shelf: Arc<dyn Shelf>, count: usize) {
        self.archive.shelve(shelf, count);
    }

    /// Whether every article was read with its mentions, so that no other gazetteer places it anew.
    pub fn is_as_read(&self) -> bool {
        self.found_here == 0
    }

    /// One article, whole. For a single one: whoever looks at many looks at cards and glances.
    pub fn article(&self, number: usize) -> Option<Arc<Geoparsed>> {
        self.archive.get(number)
    }

    fn sheaf(&self, article: usize) -> Option<&Sheaf> {
        self.sheaves.get(article / SHEAF).map(Arc::as_ref)
    }

    /// What a list shows of an article.
    pub fn card(&self, number: usize) -> Option<&Card> {
        self.sheaf(number)?.cards.get(number % SHEAF)
    }

    /// What a list shows of each article, in order of arrival.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        self.sheaves.iter().flat_map(|sheaf| sheaf.cards.iter())
    }

    /// The outlets, in order of first article; the first is no outlet.
    pub fn sources(&self) -> &[String] {
        &self.sources.entries
    }

    /// The outlet of an article, where it has one.
    pub fn source(&self, article: usize) -> Option<&str> {
        let source = self.sources.entries.get(self.card(article)?.source as usize)?;
        Some(source.as_str()).filter(|source| !source.is_empty())
    }

    /// The countries of places, in order of first mention; the first is none at all.
    pub fn countries(&self) -> &[Country] {
        &self.countries.entries
    }

    /// The places that are mentioned, in order of first mention.
    pub fn places(&self) -> impl Iterator<Item = &PlaceEntry> {
        self.places.iter()
    }

    /// Whether another copy has the very same places: where one came in since, what is found out of them is of no
    /// more use.
    pub(super) fn has_places_in_use(&self) -> bool {
        Arc::strong_count(&self.alphabet) > 1
    }

    /// Where each place stands among all by name, where that is known.
    pub(super) fn alphabet(&self) -> &OnceLock<Vec<u32>> {
        &self.alphabet
    }

    /// What mentions call places, folded ([`fold`](crate::gazetteer::fold)), in order of first mention.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(AsRef::as_ref)
    }

    /// How many names there are.
    pub fn name_count(&self) -> usize {
        self.names.len()
    }

    /// One of them.
    pub fn name(&self, number: u32) -> Option<&str> {
        self.names.get(number as usize).map(AsRef::as_ref)
    }

    /// The number of a folded name.
    pub fn name_key(&self, name: &str) -> Option<u32> {
        self.by_words.get(name).copied()
    }

    /// How many places are mentioned.
    pub fn place_count(&self) -> usize {
        self.places.len()
    }

    /// One place.
    pub fn place(&self, key: u32) -> Option<&PlaceEntry> {
        self.places.get(key as usize)
    }

    /// The key of the place with this identifier.
    pub fn place_key(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// How many articles mention a place.
    pub fn articles_of(&self, key: u32) -> u32 {
        self.mentioned.get(key as usize).map_or(0, |articles| articles.len() as u32)
    }

    /// Every mention of a place, by article in order of arrival and then in text order.
    pub fn mentions_of(&self, key: u32) -> Vec<MentionRef> {
        let articles = self.mentioned.get(key as usize).map_or(&[][..], Vec::as_slice);
        let here = articles.iter().flat_map(|&article| {
            let glances = self.glances(article as usize).iter().enumerate();
            let here = glances.filter(move |(_, glance)| glance.place == Some(key));
            here.map(move |(mention, _)| MentionRef { article: article as usize, mention })
        });
        here.collect()
    }

    /// An article's mentions at a glance, in text order.
    pub fn glances(&self, article: usize) -> &[Glance] {
        self.sheaf(article).map_or(&[], |sheaf| sheaf.glances.of(article % SHEAF))
    }

    /// One mention at a glance.
    pub fn glance(&self, at: MentionRef) -> Option<&Glance> {
        self.glances(at.article).get(at.mention)
    }

    /// The place that a mention was resolved to.
    pub fn place_of(&self, at: MentionRef) -> Option<u32> {
        self.glance(at)?.place
    }

    /// An article's events at a glance, in text order; one that happened at several places has a happening for each,
    /// one after the other.
    pub fn happenings(&self, article: usize) -> &[Happening] {
        self.sheaf(article).map_or(&[], |sheaf| sheaf.happenings.of(article % SHEAF))
    }

    /// An event at each of its places, the main one first.
    pub fn happenings_of(&self, at: EventRef) -> &[Happening] {
        let all = self.happenings(at.article);
        let start = all.partition_point(|happening| happening.event() < at.event);
        let end = all.partition_point(|happening| happening.event() <= at.event);
        &all[start..end]
    }

    /// An event at its main place.
    pub fn happening(&self, at: EventRef) -> Option<&Happening> {
        self.happenings_of(at).first()
    }

    /// Every event at a place, by article in order of arrival and then in text order.
    pub fn events_of(&self, key: u32) -> Vec<EventRef> {
        let mut events = Vec::new();
        let mut last = None;
        for MentionRef { article, .. } in self.mentions_of(key) {
            if last.replace(article) != Some(article) {
                let here = self.happenings(article).iter().filter(|happening| happening.place() == Some(key));
                events.extend(here.map(|happening| happening.of_article(article)));
            }
        }
        events
    }

    /// What tells which events of an article are the same as others.
    pub(super) fn reports(&self, article: usize) -> &[Report] {
        self.sheaf(article).map_or(&[], |sheaf| sheaf.reports.of(article % SHEAF))
    }

    /// By which an article's text is known again.
    pub(super) fn sketch(&self, article: usize) -> Option<Sketch> {
        self.sheaf(article)?.sketches.get(article % SHEAF).copied().flatten()
    }

    /// Which articles have the same text, where that is known.
    pub(super) fn copies(&self) -> &OnceLock<Vec<u32>> {
        &self.copies
    }

    /// The first article with the text of this one, once a view has found out; never waits.
    pub fn text_of(&self, article: usize) -> Option<usize> {
        Some(*self.copies.get()?.get(article)? as usize)
    }

    /// The articles with the text of this one, itself among them, in order of arrival; none while nobody has found out.
    pub fn copies_of(&self, article: usize) -> Vec<usize> {
        let (Some(copies), Some(text)) = (self.copies.get(), self.text_of(article)) else {
            return Vec::new();
        };
        (0..copies.len()).filter(|&other| copies[other] as usize == text).collect()
    }

    /// Which events are the same, where that is known.
    pub(super) fn stories(&self) -> &OnceLock<Grouped> {
        &self.stories
    }

    /// Number of events, without those that were rejected.
    pub fn event_count(&self) -> usize {
        self.event_count
    }

    /// The more exact sorts of events, in order of first event; the first is none.
    pub fn subtypes(&self) -> &[String] {
        &self.subtypes.entries
    }

    /// What sort of event more exactly, where the words tell it.
    pub fn subtype(&self, happening: &Happening) -> Option<&str> {
        let name = self.subtypes.entries.get(usize::from(happening.subtype))?;
        Some(name.as_str()).filter(|name| !name.is_empty())
    }

    /// Codes of the countries of actors, in order of first event; the first is none.
    pub fn nations(&self) -> &[String] {
        &self.nations.entries
    }

    /// Who takes part in events, in order of first event.
    pub fn actors(&self) -> impl Iterator<Item = &Who> {
        self.actors.iter()
    }

    /// How many they are.
    pub fn actor_count(&self) -> usize {
        self.actors.len()
    }

    /// One of them.
    pub fn actor(&self, number: u32) -> Option<&Who> {
        self.actors.get(number as usize)
    }

    /// Who takes part in an event of an article, in text order.
    pub fn takings(&self, article: usize, happening: &Happening) -> &[Taking] {
        let begin = happening.actors as usize;
        let own = begin..begin + usize::from(happening.actor_count);
        self.sheaf(article).and_then(|sheaf| sheaf.takings.of(article % SHEAF).get(own)).unwrap_or(&[])
    }

    /// The name of a country by its code, where a place of it is mentioned.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        let country = &self.countries.entries[*self.countries.numbers.get(code)? as usize];
        Some(country.name.as_str()).filter(|name| !name.is_empty())
    }

    /// What could not be read or worked out.
    pub fn problems(&self) -> &[Problem] {
        self.faults.all()
    }

    /// Number of mentions, of every kind, without those that were rejected.
    pub fn mention_count(&self) -> usize {
        self.mention_count
    }
}

#[cfg(test)]
mod tests;
