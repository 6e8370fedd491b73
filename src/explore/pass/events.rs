//! Counts events: what is shown of them, of the places where they happened and the articles that tell them, and each
//! choice's own counts. Where an event that several articles report counts once, articles are gone through as ever,
//! and then what they told story by story.

use std::ops::Range;

use crate::model::{EventClass, EventType, How, Polarity, Sense};

use super::super::sieve::{Fails, Sieve};
use super::super::tags::Tagging;
use super::super::view::{ArticleRow, Dated, EventRow, PlaceRow, View};
use super::super::{Collection, EventRef, Happening, MentionRef, Status, order, years};
use super::{Once, Places, STRIDE, add, facets};

/// Events by type.
type Types = [u32; EventType::ALL.len()];

/// Counts for one place.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    articles: Once,
    events: Once,
    /// The event that is told best so far: how well, its number and the mention that says where.
    best: Option<(u8, u32, MentionRef)>,
    sure: bool,
    literal: bool,
}

impl Tally {
    fn followed_by(self, later: Tally) -> Tally {
        Tally {
            articles: self.articles.followed_by(later.articles),
            events: self.events.followed_by(later.events),
            // Of equals the first counts.
            best: match (self.best, later.best) {
                (Some(best), Some(other)) if other.0 > best.0 => Some(other),
                (best, other) => best.or(other),
            },
            sure: self.sure | later.sure,
            literal: self.literal | later.literal,
        }
    }
}

/// What the events of articles that follow one another add up to.
pub(super) struct Count {
    /// Lists in order of arrival.
    view: View,
    tallies: Vec<Tally>,
    /// By place.
    types_of: Vec<Types>,
    /// By place, whatever places are chosen.
    happened: Vec<Once>,
    /// By number of the country, the outlet, the sub-type, the actor, the actor's country.
    countries: Vec<Once>,
    sources: Vec<Once>,
    subtypes: Vec<Once>,
    actors: Vec<Once>,
    nations: Vec<Once>,
    /// By number of the tag.
    tags: Vec<Once>,
    tagging: Tagging,
    types: [Once; EventType::ALL.len()],
    polarities: [Once; Polarity::ALL.len()],
    background: [Once; 2],
    dated: Once,
    never: Once,
    listed: Once,
    /// The report that was counted last.
    reported: Option<EventRef>,
    /// Events so far.
    number: u32,
    /// What is to be counted story by story, where that is wanted.
    kept: Vec<Kept>,
}

/// An event at one of its places, and what it fails of the filter.
#[derive(Clone, Copy)]
struct Told<'a> {
    article: usize,
    /// Of the event among all, or of its story.
    number: u32,
    happening: &'a Happening,
    fails: Fails,
}

/// The same until the stories are gone through.
#[derive(Clone, Copy)]
struct Kept {
    story: u32,
    article: u32,
    /// Among the happenings of its article.
    happening: u32,
    fails: Fails,
}

impl Count {
    pub fn of(
        sieve: &Sieve,
        collection: &Collection,
        articles: Range<usize>,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Count> {
        let places = collection.place_count();
        let mut count = Count {
            view: View { collection_revision: collection.revision(), ..View::default() },
            tallies: vec![Tally::default(); places],
            types_of: vec![Types::default(); places],
            happened: vec![Once::default(); places],
            countries: vec![Once::default(); collection.countries().len()],
            sources: vec![Once::default(); collection.sources().len()],
            subtypes: vec![Once::default(); collection.subtypes().len()],
            actors: vec![Once::default(); collection.actor_count()],
            nations: vec![Once::default(); collection.nations().len()],
            tags: vec![Once::default(); collection.tags().len()],
            tagging: sieve.tagging.clone(),
            types: Default::default(),
            polarities: Default::default(),
            background: Default::default(),
            dated: Once::default(),
            never: Once::default(),
            listed: Once::default(),
            reported: None,
            number: 0,
            kept: Vec::new(),
        };
        count.view.shown.reserve(articles.len());
        for article in articles {
            if article % STRIDE == 0 && stopped() {
                return None;
            }
            let shown = count.take_article(sieve, collection, article);
            count.view.shown.push(shown);
        }
        Some(count)
    }

    /// Counts the events of an article; answers whether one is shown.
    fn take_article(&mut self, sieve: &Sieve, collection: &Collection, article: usize) -> bool {
        let happenings = collection.happenings(article);
        if happenings.is_empty() {
            return false;
        }
        let stories = collection.stories().get().filter(|_| sieve.filter.counts_stories());
        let telling = sieve.telling(collection, article);
        let (mut row, mut last, mut shown) =
            (ArticleRow { article, places: 0, events: 0, certainty: u8::MAX, copies: 0 }, None, None);
        for (index, happening) in (0u32..).zip(happenings) {
            self.number += u32::from(last.replace(happening.event()) != Some(happening.event()));
            let fails = telling.and(sieve.happening(happening, collection.takings(article, happening)));
            if fails.several() {
                continue;
            }
            let at = happening.of_article(article);
            match stories.and_then(|stories| stories.story_of(at)) {
                Some(story) => {
                    self.kept.push(Kept { story, article: article as u32, happening: index, fails });
                }
                None => self.take(collection, Told { article, number: self.number, happening, fails }),
            }
            if fails.none() {
                row.events += u32::from(shown.replace(at) != Some(at));
                row.places += u32::from(self.take_scene(collection, article, happening));
            }
        }
        if row.events > 0 {
            self.view.articles.push(row);
        }
        row.events > 0
    }

    /// Counts an article at a place where one of its events shown happened; answers whether it is new there.
    fn take_scene(&mut self, collection: &Collection, article: usize, happening: &Happening) -> bool {
        let Some(key) = happening.place() else { return false };
        let tally = &mut self.tallies[key as usize];
        if let Some(mention) = happening.mention() {
            let at = MentionRef { article, mention };
            if tally.best.is_none_or(|(most, ..)| happening.rank() > most) {
                tally.best = Some((happening.rank(), happening.event() as u32, at));
            }
            let glance = collection.glance(at);
            tally.sure |= glance.is_some_and(|glance| glance.status == Status::Placed);
            tally.literal |= glance.is_some_and(|glance| glance.sense == Sense::Literal);
        }
        tally.articles.count(article as u32)
    }

    /// Counts an event at a place. Those of one number come one after the other.
    fn take(&mut self, collection: &Collection, told: Told) {
        let Told { article, number, happening, fails } = told;
        let place = happening.place();
        self.take_facets(collection, told);
        if fails.none_but(Fails::DAYS) {
            self.take_days(told);
        }
        if !fails.none() {
            return;
        }
        let at = happening.of_article(article);
        let row = EventRow { at, place, reports: 1 };
        match self.view.events.last_mut().filter(|_| self.listed.is(number)) {
            None => {
                self.listed.count(number);
                self.view.events.push(row);
            }
            Some(first) if first.at != at && self.reported != Some(at) => {
                first.reports += 1;
                // Of reports, one that tells where stands for those that do not.
                if first.place.is_none() && place.is_some() {
                    *first = EventRow { reports: first.reports, ..row };
                }
            }
            Some(_) => {}
        }
        self.reported = Some(at);
        if let Some(key) = place
            && self.tallies[key as usize].events.count(number)
        {
            self.types_of[key as usize][happening.kind as usize] += 1;
        }
    }

    /// Counts when an event happened: of one with several reports, as the most exact tells it.
    fn take_days(&mut self, told: Told) {
        let Told { article, number, happening, .. } = told;
        let Some(days) = happening.days() else {
            if !self.dated.is(number) {
                self.never.count(number);
            }
            return;
        };
        let dated = Dated { days, article, class: Some(happening.kind.class()) };
        match self.view.dated.last_mut().filter(|_| self.dated.is(number)) {
            Some(last) if days.last - days.first < last.days.last - last.days.first => *last = dated,
            Some(_) => {}
            None => {
                self.dated.count(number);
                self.never.uncount(number);
                self.view.dated.push(dated);
            }
        }
    }

    /// Counts what was kept, story by story.
    fn take_stories(&mut self, collection: &Collection) {
        let mut kept = std::mem::take(&mut self.kept);
        kept.sort_unstable_by_key(|kept| (kept.story, kept.article, kept.happening));
        for Kept { story, article, happening, fails } in kept {
            let article = article as usize;
            if let Some(happening) = collection.happenings(article).get(happening as usize) {
                self.take(collection, Told { article, number: story, happening, fails });
            }
        }
    }

    fn take_facets(&mut self, collection: &Collection, told: Told) {
        let Told { article, number, happening, fails } = told;
        if fails.none_but(Fails::TYPE) {
            self.types[happening.kind as usize].count(number);
        }
        if fails.none_but(Fails::SUBTYPE) {
            self.subtypes[usize::from(happening.subtype)].count(number);
        }
        if fails.none_but(Fails::POLARITY) {
            self.polarities[happening.polarity as usize].count(number);
        }
        if fails.none_but(Fails::BACKGROUND) {
            self.background[usize::from(happening.background)].count(number);
        }
        if fails.none_but(Fails::SOURCE)
            && let Some(card) = collection.card(article)
        {
            self.sources[card.source as usize].count(number);
        }
        if fails.none_but(Fails::TAG) {
            for tag in self.tagging.of(collection, article) {
                self.tags[tag as usize].count(number);
            }
        }
        if let Some(key) = happening.place() {
            if fails.none_but(Fails::PLACE) {
                self.happened[key as usize].count(number);
            }
            if fails.none_but(Fails::COUNTRY)
                && let Some(place) = collection.place(key)
            {
                self.countries[place.country as usize].count(number);
            }
        }
        let (actors, nations) = (fails.none_but(Fails::ACTOR), fails.none_but(Fails::NATION));
        if !actors && !nations {
            return;
        }
        for taking in collection.takings(article, happening) {
            if actors {
                self.actors[taking.who as usize].count(number);
            }
            if nations {
                self.nations[usize::from(taking.nation)].count(number);
            }
        }
    }

    /// The sum with that of the articles that come after.
    pub fn followed_by(mut self, later: Count) -> Count {
        let (view, mut next) = (&mut self.view, later.view);
        view.shown.append(&mut next.shown);
        view.articles.append(&mut next.articles);
        view.events.append(&mut next.events);
        view.dated.append(&mut next.dated);
        self.never = self.never.followed_by(later.never);
        self.kept.extend(later.kept);
        for (tally, later) in self.tallies.iter_mut().zip(later.tallies) {
            *tally = tally.followed_by(later);
        }
        for (types, later) in self.types_of.iter_mut().zip(later.types_of) {
            types.iter_mut().zip(later).for_each(|(sum, later)| *sum += later);
        }
        add(&mut self.happened, &later.happened);
        add(&mut self.countries, &later.countries);
        add(&mut self.sources, &later.sources);
        add(&mut self.subtypes, &later.subtypes);
        add(&mut self.actors, &later.actors);
        add(&mut self.nations, &later.nations);
        add(&mut self.tags, &later.tags);
        add(&mut self.types, &later.types);
        add(&mut self.polarities, &later.polarities);
        add(&mut self.background, &later.background);
        self
    }

    pub fn into_view(mut self, collection: &Collection, sieve: Sieve) -> View {
        self.take_stories(collection);
        let tallies = std::mem::take(&mut self.tallies);
        let types = std::mem::take(&mut self.types_of);
        let row = |key: u32| {
            let tally = tallies.get(key as usize)?;
            let (_, event, best) = tally.best?;
            let types = types.get(key as usize)?;
            Some(PlaceRow {
                key,
                articles: tally.articles.count,
                mentions: 0,
                classes: classes(types),
                leading: leading(types),
                best,
                event: Some(event as usize),
                uncertain: !tally.sure,
                associative: !tally.literal,
                settled: How::Auto,
                matched: false,
                certainty: u8::MAX,
            })
        };
        let places = Places::beside(collection, &sieve, row, || {
            self.list_facets(collection);
            facets::sort_articles(&mut self.view, collection, &sieve);
            order::events(&mut self.view.events, sieve.filter.order.events, collection);
        });
        (self.view.places, self.view.rows) = (places.listed, places.rows);
        View { sieve, ..self.view }
    }

    fn list_facets(&mut self, collection: &Collection) {
        let view = &mut self.view;
        let undated =
            |row: &&EventRow| collection.happening(row.at).is_none_or(|happening| happening.days().is_none());
        view.undated = view.events.iter().filter(undated).count();
        view.unplaced = view.events.iter().filter(|row| row.place.is_none()).count();
        view.reports = view.events.iter().map(|row| row.reports as usize).sum();
        view.never = self.never.count as usize;
        view.types = self.types.map(|once| once.count as usize);
        view.polarities = self.polarities.map(|once| once.count as usize);
        view.background = self.background.map(|once| once.count as usize);
        view.place_counts = facets::places(&self.happened, collection);
        view.countries = facets::countries(&self.countries, collection);
        view.sources = facets::sources(self.sources.iter().map(|once| once.count), collection);
        view.subtypes = facets::subtypes(&self.subtypes, collection);
        view.tags = facets::tags(&self.tags, collection);
        view.actors = facets::actors(&self.actors);
        view.nations = facets::nations(&self.nations, collection);
        view.years = years::years(&view.dated);
    }
}

/// Events by class.
fn classes(types: &Types) -> [u32; EventClass::ALL.len()] {
    let mut classes = [0; EventClass::ALL.len()];
    for (kind, count) in EventType::ALL.into_iter().zip(types) {
        classes[kind.class() as usize] += count;
    }
    classes
}

/// The type that most events are of; of equals, the first.
fn leading(types: &Types) -> Option<EventType> {
    let (kind, &count) = EventType::ALL.into_iter().zip(types).rev().max_by_key(|(_, count)| **count)?;
    (count > 0).then_some(kind)
}

#[cfg(test)]
mod tests;
