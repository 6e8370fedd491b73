//! The filter made ready for one state of the collection: names become numbers, choices become tables.
//! It tells what an article or a mention fails, not only whether it does: a facet counts what would be shown
//! without its own choice.

use super::happening::Taking;
use super::tags::Tagging;
use super::{Background, Collection, Filter, Glance, Happening, Hits, Lacking, Status};
use crate::model::{EventType, How, Sense};

/// What an article, a mention or an event does not meet, a bit for each choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fails(u32);

impl Fails {
    /// Articles.
    pub const QUERY: Fails = Fails(1);
    pub const SOURCE: Fails = Fails(1 << 1);
    /// Articles, or events.
    pub const DAYS: Fails = Fails(1 << 2);
    pub const PLACE: Fails = Fails(1 << 3);
    pub const LACKING: Fails = Fails(1 << 4);
    /// Mentions.
    pub const KIND: Fails = Fails(1 << 5);
    pub const SENSE: Fails = Fails(1 << 6);
    pub const STATUS: Fails = Fails(1 << 7);
    /// Mentions, or events.
    pub const COUNTRY: Fails = Fails(1 << 8);
    pub const AREA: Fails = Fails(1 << 9);
    /// Events.
    pub const TYPE: Fails = Fails(1 << 10);
    pub const SUBTYPE: Fails = Fails(1 << 11);
    pub const POLARITY: Fails = Fails(1 << 12);
    pub const BACKGROUND: Fails = Fails(1 << 13);
    pub const ACTOR: Fails = Fails(1 << 14);
    pub const NATION: Fails = Fails(1 << 15);

    /// Articles.
    pub const TAG: Fails = Fails(1 << 16);
    /// Mentions.
    pub const SETTLED: Fails = Fails(1 << 17);

    /// What is shown and counted nowhere, whatever is chosen.
    const ALL: Fails = Fails(u32::MAX);

    /// Whether nothing failed.
    pub fn none(self) -> bool {
        self.0 == 0
    }

    /// Whether nothing failed but, perhaps, this.
    pub fn none_but(self, choice: Fails) -> bool {
        self.0 & !choice.0 == 0
    }

    /// Whether more than one choice is not met, so that no facet counts it.
    pub fn several(self) -> bool {
        self.0.count_ones() > 1
    }

    /// What is not met by either.
    pub fn and(self, other: Fails) -> Fails {
        Fails(self.0 | other.0)
    }

    fn add(&mut self, choice: Fails, failed: bool) {
        self.0 |= if failed { choice.0 } else { 0 };
    }
}

/// A filter over one state of a collection. Numbers that are given out later pass no choice.
#[derive(Clone, Debug, Default)]
pub(super) struct Sieve {
    pub filter: Filter,
    pub hits: Hits,
    statuses: Option<[bool; Status::ALL.len()]>,
    /// By how a mention was settled.
    settled: [bool; How::ALL.len()],
    pub tagging: Tagging,
    /// What each place fails of country and area, where any is chosen.
    lands: Option<Vec<Fails>>,
    /// Keys of the places of which an article must mention one, sorted.
    places: Option<Vec<u32>>,
    /// By number of the outlet.
    sources: Option<Vec<bool>>,
    /// By number of the type.
    types: Option<[bool; EventType::ALL.len()]>,
    /// By number of the sub-type.
    subtypes: Option<Vec<bool>>,
    /// By number of the actor.
    actors: Option<Vec<bool>>,
    /// By number of the actor's country.
    nations: Option<Vec<bool>>,
}

impl Sieve {
    /// `hits` answer the filter's query.
    pub fn new(collection: &Collection, filter: Filter, hits: Hits) -> Sieve {
        let chosen = |source: &String| filter.sources.contains(source);
        Sieve {
            statuses: (!filter.statuses.is_empty())
                .then(|| Status::ALL.map(|status| filter.statuses.contains(&status))),
            settled: How::ALL.map(|how| match filter.settled.is_empty() {
                true => how != How::Rejected,
                false => filter.settled.contains(how),
            }),
            tagging: Tagging::new(collection, &filter.tags),
            sources: (!filter.sources.is_empty()).then(|| collection.sources().iter().map(chosen).collect()),
            places: (!filter.places.is_empty()).then(|| keys(collection, &filter)),
            lands: lands(collection, &filter),
            types: (!filter.events.types.is_empty())
                .then(|| EventType::ALL.map(|kind| filter.events.types.contains(&kind))),
            subtypes: (!filter.events.subtypes.is_empty()).then(|| {
                collection.subtypes().iter().map(|name| filter.events.subtypes.contains(name)).collect()
            }),
            actors: (!filter.events.actors.is_empty())
                .then(|| collection.actors().map(|who| filter.events.actors.contains(&who.folded)).collect()),
            nations: (!filter.events.nations.is_empty()).then(|| {
                collection.nations().iter().map(|code| filter.events.nations.contains(code)).collect()
            }),
            hits,
            filter,
        }
    }

    /// What an article does not meet.
    pub fn article(&self, collection: &Collection, article: usize) -> Fails {
        let mut fails = Fails::default();
        let Some(card) = collection.card(article).filter(|card| !card.removed) else {
            return Fails::ALL;
        };
        let glances = collection.glances(article);
        fails.add(Fails::SOURCE, self.sources.as_ref().is_some_and(|table| !listed(table, card.source)));
        let days = |days| card.days.is_some_and(|own| own.overlaps(days));
        fails.add(Fails::DAYS, self.filter.days.is_some_and(|wanted| !days(wanted)));
        let wanted = |keys: &Vec<u32>, glance: &Glance| {
            glance.place.is_some_and(|key| keys.binary_search(&key).is_ok())
        };
        let there = |keys| glances.iter().any(|glance| wanted(keys, glance));
        fails.add(Fails::PLACE, self.places.as_ref().is_some_and(|keys| !there(keys)));
        let lacks = match self.filter.lacking {
            None => true,
            Some(Lacking::Date) => card.days.is_none(),
            Some(Lacking::Place) => {
                !glances.iter().any(|glance| glance.place.is_some() && self.mention(glance).none())
            }
        };
        fails.add(Fails::LACKING, !lacks);
        fails.add(Fails::TAG, self.tagging.fails(collection, article));
        // The words come last: it may take a look at the text.
        fails.add(Fails::QUERY, !fails.several() && self.hits.score(collection, article).is_none());
        fails
    }

    /// What an article does not meet, whatever its events.
    pub fn telling(&self, collection: &Collection, article: usize) -> Fails {
        let mut fails = Fails::default();
        let Some(card) = collection.card(article).filter(|card| !card.removed) else {
            return Fails::ALL;
        };
        fails.add(Fails::SOURCE, self.sources.as_ref().is_some_and(|table| !listed(table, card.source)));
        fails.add(Fails::TAG, self.tagging.fails(collection, article));
        fails.add(Fails::QUERY, self.hits.score(collection, article).is_none());
        fails
    }

    /// What an event at a place does not meet, whatever its article; `takings` are its own.
    pub fn happening(&self, happening: &Happening, takings: &[Taking]) -> Fails {
        let mut fails = Fails::default();
        let filter = &self.filter;
        let (place, days) = (happening.place(), happening.days());
        fails.add(Fails::TYPE, self.types.is_some_and(|table| !table[happening.kind as usize]));
        let subtype = u32::from(happening.subtype);
        fails.add(Fails::SUBTYPE, self.subtypes.as_ref().is_some_and(|table| !listed(table, subtype)));
        fails.add(Fails::POLARITY, !filter.events.polarities.contains(happening.polarity));
        let unwanted = match filter.events.background {
            Background::Shown => false,
            Background::Only => !happening.background,
            Background::Hidden => happening.background,
        };
        fails.add(Fails::BACKGROUND, unwanted);
        let nobody = |table: &Vec<bool>| !takings.iter().any(|taking| listed(table, taking.who));
        fails.add(Fails::ACTOR, self.actors.as_ref().is_some_and(nobody));
        let nobody = |table: &Vec<bool>| !takings.iter().any(|taking| listed(table, taking.nation.into()));
        fails.add(Fails::NATION, self.nations.as_ref().is_some_and(nobody));
        let dated = |wanted| days.is_some_and(|own| own.overlaps(wanted));
        fails.add(Fails::DAYS, filter.days.is_some_and(|wanted| !dated(wanted)));
        let chosen = |keys: &Vec<u32>| place.is_some_and(|key| keys.binary_search(&key).is_ok());
        fails.add(Fails::PLACE, self.places.as_ref().is_some_and(|keys| !chosen(keys)));
        let lacks = match filter.lacking {
            None => true,
            Some(Lacking::Date) => days.is_none(),
            Some(Lacking::Place) => place.is_none(),
        };
        fails.add(Fails::LACKING, !lacks);
        fails.and(self.land(place))
    }

    /// What a place, or none, does not meet of country and area.
    fn land(&self, place: Option<u32>) -> Fails {
        let Some(lands) = &self.lands else { return Fails::default() };
        let own = place.and_then(|key| lands.get(key as usize).copied());
        own.unwrap_or_else(|| nowhere(&self.filter))
    }

    /// What a mention does not meet, whatever its article.
    pub fn mention(&self, glance: &Glance) -> Fails {
        let mut fails = Fails::default();
        let filter = &self.filter;
        fails.add(Fails::KIND, !filter.kinds.contains(glance.kind));
        fails.add(Fails::SENSE, filter.sense.is_some_and(|sense| sense != glance.sense));
        fails.add(Fails::STATUS, self.statuses.is_some_and(|table| !table[glance.status as usize]));
        fails.add(Fails::SETTLED, !self.settled[glance.how as usize]);
        fails.and(self.land(glance.place))
    }
}

/// The keys of the chosen places that this collection has.
fn keys(collection: &Collection, filter: &Filter) -> Vec<u32> {
    let chosen =
        (0u32..).zip(collection.places()).filter(|(_, entry)| filter.places.contains_key(&entry.place.id));
    chosen.map(|(key, _)| key).collect()
}

/// What every place fails of country and area; `None` where neither is chosen.
fn lands(collection: &Collection, filter: &Filter) -> Option<Vec<Fails>> {
    if filter.countries.is_empty() && filter.area.is_none() {
        return None;
    }
    let chosen = |code: &str| filter.countries.is_empty() || filter.countries.contains(code);
    let countries: Vec<bool> = collection.countries().iter().map(|country| chosen(&country.code)).collect();
    let fails = collection.places().map(|entry| {
        let mut fails = Fails::default();
        let inside = filter.area.is_none_or(|area| area.contains(entry.place.lat, entry.place.lon));
        fails.add(Fails::COUNTRY, !listed(&countries, entry.country));
        fails.add(Fails::AREA, !inside);
        fails
    });
    Some(fails.collect())
}

/// What a mention without a place fails.
fn nowhere(filter: &Filter) -> Fails {
    let mut fails = Fails::default();
    fails.add(Fails::COUNTRY, !filter.countries.is_empty());
    fails.add(Fails::AREA, filter.area.is_some());
    fails
}

fn listed(table: &[bool], number: u32) -> bool {
    table.get(number as usize).copied().unwrap_or(false)
}

/// Which of two a sense is.
pub(super) fn sense_index(sense: Sense) -> usize {
    usize::from(sense == Sense::Associative)
}
