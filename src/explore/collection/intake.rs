//! How articles come in: what they call places, outlets and people gets the collection's numbers.

use std::sync::Arc;

use crate::model::{Geoparsed, Packed, Problem};

use super::register::numbers;
use super::sheaf::{Leaf, SHEAF};
use super::{Collection, Country, PlaceEntry};
use crate::explore::arrival::{Arrival, Arriving};
use crate::explore::happenings::Happenings;
use crate::explore::{Glance, Who, glance};

/// An article with the collection's numbers, and what else comes with it.
pub(super) struct Settled {
    pub leaf: Leaf,
    pub packed: Option<Packed>,
    pub problems: Vec<Problem>,
}

impl Collection {
    /// Adds an article at the end.
    pub fn add(&mut self, geoparsed: Arc<Geoparsed>) {
        self.take_in(Arrival::new(&geoparsed));
    }

    /// Adds an article at the end that was made ready for it.
    pub fn take_in(&mut self, arrival: Arrival) {
        let article = self.len() as u32;
        let Settled { leaf, packed, problems } = self.settle(article, arrival);
        for key in places_of(&leaf.glances) {
            if let Some(articles) = self.mentioned.get_mut(key as usize) {
                articles.push(article);
            }
        }
        self.count(&leaf, 1);
        self.stories = Arc::default();
        self.copies = Arc::default();
        self.revision += 1;
        if self.sheaves.last().is_none_or(|sheaf| sheaf.cards.len() == SHEAF) {
            self.sheaves.push(Arc::default());
        }
        if let Some(sheaf) = self.sheaves.last_mut() {
            Arc::make_mut(sheaf).push(leaf);
        }
        if !problems.is_empty() {
            Arc::make_mut(&mut self.faults).put(article, problems);
        }
        if let Some(packed) = packed {
            if (article as usize) < self.archive.len() {
                self.archive.change(article as usize, packed);
            } else {
                self.archive.push_packed(&packed);
            }
        }
    }

    /// Counts an article in (`1`), or out again (`-1`).
    pub(super) fn count(&mut self, leaf: &Leaf, sign: isize) {
        let mentions = leaf.glances.iter().filter(|glance| !glance.is_rejected()).count();
        self.mention_count = self.mention_count.wrapping_add_signed(sign * mentions as isize);
        let events = leaf.happenings.chunk_by(|one, next| one.event() == next.event()).count();
        self.event_count = self.event_count.wrapping_add_signed(sign * events as isize);
        self.found_here = self.found_here.wrapping_add_signed(sign * isize::from(!leaf.card.as_read));
    }

    /// Gives what comes with an article the collection's numbers.
    pub(super) fn settle(&mut self, article: u32, arrival: Arrival) -> Settled {
        let Arrival { packed, mut card, source, mut glances, names, places, happenings, problems, .. } =
            arrival;
        let names: Vec<u32> = names.iter().map(|name| self.name_number(name)).collect();
        let keys: Vec<Option<u32>> = places.into_iter().map(|place| self.key_of(place)).collect();
        for glance in &mut glances {
            let key = |number: u32| keys.get(number as usize).copied().flatten();
            glance.place = glance.place.and_then(key);
            glance.found = glance.found().and_then(key).unwrap_or(glance::NONE);
            glance.name = names.get(glance.name as usize).copied().unwrap_or(0);
        }
        card.source = self.sources.number(&source, || source.clone());
        let Happenings { mut list, mut takings, stands, actors, nations, subtypes, mut reports, sketch } =
            happenings;
        reports.iter_mut().for_each(|report| report.article = article);
        let actors: Vec<u32> = actors.into_iter().map(|who| self.actor_number(who)).collect();
        let nations = numbers(&mut self.nations, &nations);
        let subtypes = numbers(&mut self.subtypes, &subtypes);
        for happening in &mut list {
            let key = happening.place().and_then(|number| keys.get(number as usize).copied().flatten());
            happening.set_place(key);
            happening.subtype = subtypes.get(usize::from(happening.subtype)).copied().unwrap_or(0);
        }
        for taking in &mut takings {
            taking.who = actors.get(taking.who as usize).copied().unwrap_or(0);
            taking.nation = nations.get(usize::from(taking.nation)).copied().unwrap_or(0);
        }
        let leaf = Leaf { card, glances, happenings: list, takings, stands, reports, sketch };
        Settled { leaf, packed, problems }
    }

    pub(super) fn key_of(&mut self, arriving: Arriving) -> Option<u32> {
        let Arriving { place, at, folded } = arriving;
        if let Some(&key) = self.by_id.get(&place.id) {
            return Some(key);
        }
        let key = u32::try_from(self.places.len()).ok()?;
        let country = || Country { code: place.country_code.clone(), name: place.country.clone() };
        let country = self.countries.number(&place.country_code, country);
        self.by_id.insert(place.id.clone(), key);
        self.mentioned.push(Vec::new());
        self.alphabet = Arc::default();
        self.places.push(PlaceEntry { place, at, country, folded });
        Some(key)
    }

    fn name_number(&mut self, name: &str) -> u32 {
        if let Some(&number) = self.by_words.get(name) {
            return number;
        }
        let (number, name) = (self.names.len() as u32, Arc::<str>::from(name));
        self.by_words.insert(Arc::clone(&name), number);
        self.names.push(name);
        number
    }

    fn actor_number(&mut self, who: Who) -> u32 {
        let next = self.actors.len() as u32;
        let number = *self.by_name.entry(who.folded.clone()).or_insert(next);
        if number == next {
            self.actors.push(who);
        }
        number
    }
}

/// The places that an article mentions, ascending, each once.
pub(super) fn places_of(glances: &[Glance]) -> Vec<u32> {
    let mut keys: Vec<u32> = glances.iter().filter_map(|glance| glance.place).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}
