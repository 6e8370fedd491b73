//! The filter made ready for one state of the collection: names become numbers, choices become tables.
//! It tells what an article or a mention fails, not only whether it does: a facet counts what would be shown
//! without its own choice.

use super::{Collection, Filter, Glance, Hits, Lacking, Status};
use crate::model::Sense;

/// What an article or a mention does not meet, a bit for each choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fails(u8);

impl Fails {
    /// Articles.
    pub const QUERY: Fails = Fails(1);
    pub const SOURCE: Fails = Fails(2);
    pub const DAYS: Fails = Fails(4);
    pub const PLACE: Fails = Fails(8);
    pub const LACKING: Fails = Fails(16);
    /// Mentions.
    pub const KIND: Fails = Fails(1);
    pub const SENSE: Fails = Fails(2);
    pub const STATUS: Fails = Fails(4);
    pub const COUNTRY: Fails = Fails(8);
    pub const AREA: Fails = Fails(16);

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
    /// What each place fails of country and area, where any is chosen.
    lands: Option<Vec<Fails>>,
    /// Keys of the places of which an article must mention one, sorted.
    places: Option<Vec<u32>>,
    /// By number of the outlet.
    sources: Option<Vec<bool>>,
}

impl Sieve {
    /// `hits` answer the filter's query.
    pub fn new(collection: &Collection, filter: Filter, hits: Hits) -> Sieve {
        let chosen = |source: &String| filter.sources.contains(source);
        Sieve {
            statuses: (!filter.statuses.is_empty())
                .then(|| Status::ALL.map(|status| filter.statuses.contains(&status))),
            sources: (!filter.sources.is_empty()).then(|| collection.sources().iter().map(chosen).collect()),
            places: (!filter.places.is_empty()).then(|| keys(collection, &filter)),
            lands: lands(collection, &filter),
            hits,
            filter,
        }
    }

    /// What an article does not meet.
    pub fn article(&self, collection: &Collection, article: usize) -> Fails {
        let mut fails = Fails::default();
        let Some(card) = collection.card(article) else {
            return Fails::QUERY;
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
        // The words come last: it may take a look at the text.
        fails.add(Fails::QUERY, !fails.several() && self.hits.score(collection, article).is_none());
        fails
    }

    /// What a mention does not meet, whatever its article.
    pub fn mention(&self, glance: &Glance) -> Fails {
        let mut fails = Fails::default();
        let filter = &self.filter;
        fails.add(Fails::KIND, !filter.kinds.contains(glance.kind));
        fails.add(Fails::SENSE, filter.sense.is_some_and(|sense| sense != glance.sense));
        fails.add(Fails::STATUS, self.statuses.is_some_and(|table| !table[glance.status as usize]));
        if let Some(lands) = &self.lands {
            let place = glance.place.and_then(|key| lands.get(key as usize).copied());
            fails.0 |= place.unwrap_or_else(|| nowhere(filter)).0;
        }
        fails
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
