//! The articles that are open, and the places they mention, each place once.
//! Numbers given out (article, place, outlet, country) stay what they are while articles keep arriving, and what is
//! kept is only ever added to: a view is worked out of a copy that shares it all.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::model::{Archive, Chunks, Geoparsed, Place, Problem};

use super::arrival::{Arrival, Arriving};
use super::{Card, Glance};

/// Articles to a sheaf.
const SHEAF: usize = 256;

/// One mention in one article of a [`Collection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionRef {
    /// Number of the article, in order of arrival.
    pub article: usize,
    /// Number of the mention in its article, in text order.
    pub mention: usize,
}

/// A place that is mentioned.
#[derive(Clone, Debug)]
pub struct PlaceEntry {
    /// The place.
    pub place: Arc<Place>,
    /// Where it lies on the Mercator unit square.
    pub at: [f64; 2],
    /// Which of [`Collection::countries`] it lies in; the first is none at all.
    pub country: u32,
    /// Its label with what it lies in, folded for search.
    pub folded: String,
}

/// Who mentions a place, from the end.
#[derive(Clone, Copy, Debug, Default)]
struct Mentioned {
    /// One more than the number of the last article that does; the articles before it are found from glance to
    /// glance.
    last: u32,
    articles: u32,
}

/// What lists, filter and map need of some articles that follow one another.
#[derive(Clone, Debug, Default)]
struct Sheaf {
    cards: Vec<Card>,
    glances: Vec<Glance>,
    /// Where each article's mentions end among them.
    ends: Vec<u32>,
}

impl Sheaf {
    fn glances(&self, article: usize) -> Option<&[Glance]> {
        let start = article.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
        self.glances.get(start as usize..*self.ends.get(article)? as usize)
    }
}

/// Names that are kept once, each under the number it was first met with. The first is the empty one.
#[derive(Clone, Debug)]
struct Register<T> {
    entries: Arc<Vec<T>>,
    numbers: Arc<HashMap<String, u32>>,
}

impl<T: Default> Default for Register<T> {
    fn default() -> Self {
        Self { entries: Arc::new(vec![T::default()]), numbers: Arc::new(HashMap::from([(String::new(), 0)])) }
    }
}

impl<T: Clone> Register<T> {
    fn number(&mut self, name: &str, entry: impl FnOnce() -> T) -> u32 {
        if let Some(&number) = self.numbers.get(name) {
            return number;
        }
        let number = self.entries.len() as u32;
        Arc::make_mut(&mut self.numbers).insert(name.to_owned(), number);
        Arc::make_mut(&mut self.entries).push(entry());
        number
    }
}

/// A country as places name it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    countries: Register<Country>,
    /// By place. Not in a [`Collection::snapshot`], as what follows.
    mentioned: Vec<Mentioned>,
    by_id: HashMap<String, u32>,
    problems: Vec<Problem>,
    mention_count: usize,
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
        self.problems.splice(0..0, other.problems.iter().cloned());
    }

    /// What it holds now, for another thread: articles, glances, places and names, shared. It knows no place by its
    /// identifier, nor who mentions it.
    pub(super) fn snapshot(&self) -> Collection {
        Collection {
            archive: self.archive.clone(),
            sheaves: self.sheaves.clone(),
            sources: self.sources.clone(),
            places: self.places.clone(),
            alphabet: Arc::clone(&self.alphabet),
            countries: self.countries.clone(),
            mentioned: Vec::new(),
            by_id: HashMap::new(),
            problems: Vec::new(),
            mention_count: self.mention_count,
            found_here: self.found_here,
            revision: self.revision,
        }
    }

    /// Adds an article at the end.
    pub fn add(&mut self, geoparsed: Arc<Geoparsed>) {
        self.take_in(Arrival::new(&geoparsed));
    }

    /// Adds an article at the end that was made ready for it.
    pub fn take_in(&mut self, arrival: Arrival) {
        let Arrival { packed, mut card, source, mut glances, places, problems, as_read } = arrival;
        let article = self.len() as u32;
        let keys: Vec<Option<u32>> = places.into_iter().map(|place| self.key_of(place)).collect();
        for glance in &mut glances {
            glance.place = glance.place.and_then(|number| keys.get(number as usize).copied().flatten());
            if let Some(mentioned) = glance.place.and_then(|key| self.mentioned.get_mut(key as usize))
                && mentioned.last != article + 1
            {
                (glance.before, mentioned.last) = (mentioned.last, article + 1);
                mentioned.articles += 1;
            }
        }
        card.source = self.sources.number(&source, || source.clone());
        self.mention_count += glances.len();
        if self.sheaves.last().is_none_or(|sheaf| sheaf.cards.len() == SHEAF) {
            self.sheaves.push(Arc::default());
        }
        if let Some(sheaf) = self.sheaves.last_mut() {
            let sheaf = Arc::make_mut(sheaf);
            sheaf.cards.push(card);
            sheaf.glances.append(&mut glances);
            sheaf.ends.push(sheaf.glances.len() as u32);
        }
        self.problems.extend(problems);
        self.found_here += usize::from(!as_read);
        self.archive.push_packed(&packed);
        self.revision += 1;
    }

    fn key_of(&mut self, arriving: Arriving) -> Option<u32> {
        let Arriving { place, at, folded } = arriving;
        if let Some(&key) = self.by_id.get(&place.id) {
            return Some(key);
        }
        let key = u32::try_from(self.places.len()).ok()?;
        let country = || Country { code: place.country_code.clone(), name: place.country.clone() };
        let country = self.countries.number(&place.country_code, country);
        self.by_id.insert(place.id.clone(), key);
        self.mentioned.push(Mentioned::default());
        self.alphabet = Arc::default();
        self.places.push(PlaceEntry { place, at, country, folded });
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
        self.sheaves.iter().flat_map(|sheaf| &sheaf.cards)
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

    /// Where each place stands among all by name, where that is known.
    pub(super) fn alphabet(&self) -> &OnceLock<Vec<u32>> {
        &self.alphabet
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
        self.mentioned.get(key as usize).map_or(0, |mentioned| mentioned.articles)
    }

    /// Every mention of a place, by article in order of arrival and then in text order.
    pub fn mentions_of(&self, key: u32) -> Vec<MentionRef> {
        let mut mentions = Vec::new();
        let mut next = self.mentioned.get(key as usize).map_or(0, |mentioned| mentioned.last);
        while let Some(article) = (next as usize).checked_sub(1) {
            next = 0;
            for (mention, glance) in self.glances(article).iter().enumerate().rev() {
                if glance.place == Some(key) {
                    mentions.push(MentionRef { article, mention });
                    next = glance.before;
                }
            }
        }
        mentions.reverse();
        mentions
    }

    /// An article's mentions at a glance, in text order.
    pub fn glances(&self, article: usize) -> &[Glance] {
        self.sheaf(article).and_then(|sheaf| sheaf.glances(article % SHEAF)).unwrap_or(&[])
    }

    /// One mention at a glance.
    pub fn glance(&self, at: MentionRef) -> Option<&Glance> {
        self.glances(at.article).get(at.mention)
    }

    /// The place that a mention was resolved to.
    pub fn place_of(&self, at: MentionRef) -> Option<u32> {
        self.glance(at)?.place
    }

    /// What could not be read or worked out.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Number of mentions, of every kind.
    pub fn mention_count(&self) -> usize {
        self.mention_count
    }
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
        let at = |article, mention| MentionRef { article, mention };
        assert_eq!(collection.place_count(), 1);
        assert_eq!(collection.mentions_of(0), [at(0, 0), at(0, 1), at(1, 0), at(1, 1)]);
        assert_eq!(collection.articles_of(0), 2);
        assert_eq!(collection.mention_count(), 4);
        assert_eq!(collection.place_of(MentionRef { article: 1, mention: 0 }), Some(0));
        assert_eq!(collection.glances(1).len(), 2);
        assert!(collection.glances(2).is_empty());
    }

    #[test]
    fn a_snapshot_stays_as_it_was() {
        let mut collection = Collection::default();
        let mut snapshots = Vec::new();
        for number in 0..600 {
            snapshots.push(collection.snapshot());
            let town = place(&format!("own:{}", number / 2), "Town", "LY", 32.0, 22.0);
            collection.add(Arc::new(story(&number.to_string(), "Rain in [Town].", &[&town])));
        }
        for (number, snapshot) in snapshots.iter().enumerate() {
            assert_eq!((snapshot.len(), snapshot.mention_count()), (number, number));
            assert_eq!(snapshot.place_count(), number.div_ceil(2));
            assert!(snapshot.glances(number).is_empty() && snapshot.card(number).is_none());
        }
        assert_eq!(snapshots[599].place_of(MentionRef { article: 598, mention: 0 }), Some(299));
        assert_eq!(collection.articles_of(299), 2);
    }
}
