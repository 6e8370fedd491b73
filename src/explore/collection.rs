//! The articles that are open, and the places they mention, each place once.
//! Numbers given out (article, place, outlet, country) stay what they are while articles keep arriving, and what is
//! kept is only ever added to: a view is worked out of a copy that shares it all.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use crate::events::stories::{Report, Sketch};
use crate::model::{Archive, Chunks, Geoparsed, Place, Problem};

use super::arrival::{Arrival, Arriving};
use super::happening::Taking;
use super::happenings::Happenings;
use super::stories::Grouped;
use super::{Card, Glance, Happening, Who};

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

/// One event in one article of a [`Collection`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventRef {
    /// Number of the article, in order of arrival.
    pub article: usize,
    /// Number of the event in its article, in text order.
    pub event: usize,
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
    happenings: Vec<Happening>,
    /// Where each article's happenings end among them.
    happened: Vec<u32>,
    /// Who takes part in them.
    takings: Vec<Taking>,
    /// What tells which events are the same, event by event.
    reports: Vec<Report>,
    /// Where each article's events end among them.
    reported: Vec<u32>,
    /// By which each article's text is known again.
    sketches: Vec<Option<Sketch>>,
}

impl Sheaf {
    fn glances(&self, article: usize) -> Option<&[Glance]> {
        own(&self.glances, &self.ends, article)
    }

    fn happenings(&self, article: usize) -> Option<&[Happening]> {
        own(&self.happenings, &self.happened, article)
    }
}

/// What is an article's of a list that goes through several.
fn own<'a, T>(list: &'a [T], ends: &[u32], article: usize) -> Option<&'a [T]> {
    let start = article.checked_sub(1).map_or(Some(0), |before| ends.get(before).copied())?;
    list.get(start as usize..*ends.get(article)? as usize)
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

/// The numbers of names in a register. More names than have a number are none.
fn numbers(register: &mut Register<String>, names: &[String]) -> Vec<u16> {
    let number = |name: &String| u16::try_from(register.number(name, || name.clone())).unwrap_or(0);
    names.iter().map(number).collect()
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
    /// Which events are the same, once somebody has found out; of these articles, and anew with another.
    stories: Arc<OnceLock<Grouped>>,
    countries: Register<Country>,
    subtypes: Register<String>,
    nations: Register<String>,
    actors: Chunks<Who, 512>,
    /// By place. Not in a [`Collection::snapshot`], as what follows.
    mentioned: Vec<Mentioned>,
    by_id: HashMap<String, u32>,
    /// Actors by folded name.
    by_name: HashMap<String, u32>,
    problems: Vec<Problem>,
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
            stories: Arc::clone(&self.stories),
            countries: self.countries.clone(),
            subtypes: self.subtypes.clone(),
            nations: self.nations.clone(),
            actors: self.actors.clone(),
            mentioned: Vec::new(),
            by_id: HashMap::new(),
            by_name: HashMap::new(),
            problems: Vec::new(),
            mention_count: self.mention_count,
            event_count: self.event_count,
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
        let Arrival { packed, mut card, source, mut glances, places, mut happenings, problems, as_read } =
            arrival;
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
        let sketch = happenings.sketch;
        let mut reports = std::mem::take(&mut happenings.reports);
        reports.iter_mut().for_each(|report| report.article = article);
        self.event_count += reports.len();
        self.stories = Arc::default();
        let (mut happenings, mut takings) = self.numbered(happenings, &keys);
        if self.sheaves.last().is_none_or(|sheaf| sheaf.cards.len() == SHEAF) {
            self.sheaves.push(Arc::default());
        }
        if let Some(sheaf) = self.sheaves.last_mut() {
            let sheaf = Arc::make_mut(sheaf);
            sheaf.cards.push(card);
            sheaf.glances.append(&mut glances);
            sheaf.ends.push(sheaf.glances.len() as u32);
            let before = sheaf.takings.len() as u32;
            happenings.iter_mut().for_each(|happening| happening.actors += before);
            sheaf.takings.append(&mut takings);
            sheaf.happenings.append(&mut happenings);
            sheaf.reports.append(&mut reports);
            sheaf.reported.push(sheaf.reports.len() as u32);
            sheaf.sketches.push(sketch);
            sheaf.happened.push(sheaf.happenings.len() as u32);
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

    /// What happened, with the collection's numbers in place of the article's own.
    fn numbered(&mut self, arrived: Happenings, keys: &[Option<u32>]) -> (Vec<Happening>, Vec<Taking>) {
        let Happenings { mut list, mut takings, actors, nations, subtypes, .. } = arrived;
        let actors: Vec<u32> = actors.into_iter().map(|who| self.actor_number(who)).collect();
        let nations = numbers(&mut self.nations, &nations);
        let subtypes = numbers(&mut self.subtypes, &subtypes);
        for happening in &mut list {
            let key = happening.place().and_then(|number| keys.get(number as usize).copied().flatten());
            happening.set_place(key);
            happening.subtype = subtypes.get(usize::from(happening.subtype)).copied().unwrap_or(0);
        }
        takings.retain_mut(|taking| {
            let who = actors.get(taking.who as usize);
            (taking.who, taking.nation) =
                (who.copied().unwrap_or(0), nations.get(usize::from(taking.nation)).copied().unwrap_or(0));
            who.is_some()
        });
        (list, takings)
    }

    fn actor_number(&mut self, who: Who) -> u32 {
        let next = self.actors.len() as u32;
        let number = *self.by_name.entry(who.folded.clone()).or_insert(next);
        if number == next {
            self.actors.push(who);
        }
        number
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

    /// Whether another copy has the very same places: where one came in since, what is found out of them is of no
    /// more use.
    pub(super) fn has_places_in_use(&self) -> bool {
        Arc::strong_count(&self.alphabet) > 1
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

    /// An article's events at a glance, in text order; one that happened at several places has a happening for each,
    /// one after the other.
    pub fn happenings(&self, article: usize) -> &[Happening] {
        self.sheaf(article).and_then(|sheaf| sheaf.happenings(article % SHEAF)).unwrap_or(&[])
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
        let sheaf = self.sheaf(article);
        sheaf.and_then(|sheaf| own(&sheaf.reports, &sheaf.reported, article % SHEAF)).unwrap_or(&[])
    }

    /// By which an article's text is known again.
    pub(super) fn sketch(&self, article: usize) -> Option<Sketch> {
        self.sheaf(article)?.sketches.get(article % SHEAF).copied().flatten()
    }

    /// Which events are the same, where that is known.
    pub(super) fn stories(&self) -> &OnceLock<Grouped> {
        &self.stories
    }

    /// Number of events.
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
        self.sheaf(article).and_then(|sheaf| sheaf.takings.get(own)).unwrap_or(&[])
    }

    /// The name of a country by its code, where a place of it is mentioned.
    pub fn country_name(&self, code: &str) -> Option<&str> {
        let country = &self.countries.entries[*self.countries.numbers.get(code)? as usize];
        Some(country.name.as_str()).filter(|name| !name.is_empty())
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
