//! Counts mentions: what is shown of articles, of the places that they mention, and each choice's own counts.

use std::ops::Range;

use crate::model::{How, Kind, Sense};

use super::super::sieve::{Fails, Sieve, sense_index};
use super::super::view::{ArticleRow, Dated, PlaceRow, View};
use super::super::{Collection, MentionRef, Status, years};
use super::{Once, Places, STRIDE, facets};

/// Counts for one place.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    articles: Once,
    mentions: u32,
    /// The mention that speaks best for it so far, and how well.
    best: Option<(i16, MentionRef)>,
    /// How sure they are, in 255 parts each.
    certainty: u64,
    sure: bool,
    literal: bool,
    /// Whether there is one that nobody decided, and one that somebody corrected or added.
    auto: bool,
    corrected: bool,
}

impl Tally {
    fn followed_by(self, later: Tally) -> Tally {
        Tally {
            articles: self.articles.followed_by(later.articles),
            mentions: self.mentions + later.mentions,
            // Of equals the first counts.
            best: match (self.best, later.best) {
                (Some(best), Some(other)) if other.0 > best.0 => Some(other),
                (best, other) => best.or(other),
            },
            certainty: self.certainty + later.certainty,
            sure: self.sure | later.sure,
            literal: self.literal | later.literal,
            auto: self.auto | later.auto,
            corrected: self.corrected | later.corrected,
        }
    }

    /// Who settled where it is: somebody who corrected one of its mentions, or who agreed with all of them.
    fn settled(&self) -> How {
        match (self.corrected, self.auto) {
            (true, _) => How::Corrected,
            (false, false) => How::Confirmed,
            (false, true) => How::Auto,
        }
    }
}

/// What articles that follow one another add up to.
pub(super) struct Count {
    /// Lists in order of arrival.
    view: View,
    tallies: Vec<Tally>,
    /// By place, whatever places are chosen.
    mentioned: Vec<Once>,
    /// By number of the country.
    countries: Vec<Once>,
    /// By number of the outlet.
    sources: Vec<u32>,
    /// By number of the tag.
    tags: Vec<Once>,
    /// Country of each place: all that counting needs of places, and little enough to stay at hand.
    lands: Vec<u32>,
}

impl Count {
    pub fn of(
        sieve: &Sieve,
        collection: &Collection,
        articles: Range<usize>,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Count> {
        let mut count = Count {
            view: View { collection_revision: collection.revision(), ..View::default() },
            tallies: vec![Tally::default(); collection.place_count()],
            mentioned: vec![Once::default(); collection.place_count()],
            countries: vec![Once::default(); collection.countries().len()],
            sources: vec![0; collection.sources().len()],
            tags: vec![Once::default(); collection.tags().len()],
            lands: collection.places().map(|place| place.country).collect(),
        };
        count.view.shown.reserve(articles.len());
        for article in articles {
            if article % STRIDE == 0 && stopped() {
                return None;
            }
            let fails = sieve.article(collection, article);
            let shown = !fails.several() && count.take(sieve, collection, article, fails);
            count.view.shown.push(shown);
        }
        Some(count)
    }

    /// Counts one article in that fails one choice at most; answers whether it is shown.
    fn take(&mut self, sieve: &Sieve, collection: &Collection, article: usize, fails: Fails) -> bool {
        let (mut places, mut passed, mut mentions, mut certainty) = (0, false, 0, 0);
        for (number, glance) in collection.glances(article).iter().enumerate() {
            let mention = sieve.mention(glance);
            passed |= mention.none();
            if let Some(key) = glance.place.filter(|_| mention.none() && fails.none_but(Fails::PLACE)) {
                self.mentioned[key as usize].count(article as u32);
            }
            if !fails.none() {
                continue;
            }
            let view = &mut self.view;
            view.kinds[kind_index(glance.kind)] += usize::from(mention.none_but(Fails::KIND));
            view.senses[sense_index(glance.sense)] += usize::from(mention.none_but(Fails::SENSE));
            view.statuses[glance.status as usize] += usize::from(mention.none_but(Fails::STATUS));
            view.settled[glance.how as usize] += usize::from(mention.none_but(Fails::SETTLED));
            let Some(key) = glance.place else {
                view.unresolved += usize::from(mention.none() && !glance.is_rejected());
                continue;
            };
            if mention.none_but(Fails::COUNTRY) {
                self.countries[self.lands[key as usize] as usize].count(article as u32);
            }
            if !mention.none() {
                continue;
            }
            mentions += 1;
            certainty += u64::from(glance.certainty());
            view.mentions += 1;
            let tally = &mut self.tallies[key as usize];
            places += u32::from(tally.articles.count(article as u32));
            tally.mentions += 1;
            tally.certainty += u64::from(glance.certainty());
            if tally.best.is_none_or(|(most, _)| glance.worth() > most) {
                tally.best = Some((glance.worth(), MentionRef { article, mention: number }));
            }
            tally.sure |= glance.status == Status::Placed;
            tally.literal |= glance.sense == Sense::Literal;
            tally.auto |= glance.how == How::Auto;
            tally.corrected |= matches!(glance.how, How::Corrected | How::Added);
        }
        if sieve.filter.asks_of_mentions() && !passed {
            return false;
        }
        let Some(card) = collection.card(article) else {
            return false;
        };
        if fails.none_but(Fails::SOURCE) {
            self.sources[card.source as usize] += 1;
        }
        if fails.none_but(Fails::TAG) {
            for tag in sieve.tagging.of(collection, article) {
                self.tags[tag as usize].count(article as u32);
            }
        }
        if fails.none_but(Fails::DAYS) {
            match card.days {
                Some(days) => self.view.dated.push(Dated { days, article, class: None }),
                None => self.view.never += 1,
            }
        }
        if !fails.none() {
            return false;
        }
        self.view.unplaced += usize::from(mentions == 0);
        self.view.undated += usize::from(card.days.is_none());
        let certainty = mean(certainty, mentions);
        self.view.articles.push(ArticleRow { article, places, events: 0, certainty, copies: 0 });
        true
    }

    /// The sum with that of the articles that come after.
    pub fn followed_by(mut self, later: Count) -> Count {
        let (view, mut next) = (&mut self.view, later.view);
        view.shown.append(&mut next.shown);
        view.articles.append(&mut next.articles);
        view.dated.append(&mut next.dated);
        view.never += next.never;
        view.undated += next.undated;
        view.unplaced += next.unplaced;
        view.mentions += next.mentions;
        view.unresolved += next.unresolved;
        let add = |sums: &mut [usize], more: &[usize]| {
            sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
        };
        add(&mut view.kinds, &next.kinds);
        add(&mut view.senses, &next.senses);
        add(&mut view.statuses, &next.statuses);
        add(&mut view.settled, &next.settled);
        self.tallies
            .iter_mut()
            .zip(later.tallies)
            .for_each(|(tally, later)| *tally = tally.followed_by(later));
        super::add(&mut self.mentioned, &later.mentioned);
        super::add(&mut self.countries, &later.countries);
        super::add(&mut self.tags, &later.tags);
        self.sources.iter_mut().zip(later.sources).for_each(|(sum, later)| *sum += later);
        self
    }

    pub fn into_view(mut self, collection: &Collection, sieve: Sieve) -> View {
        let tallies = std::mem::take(&mut self.tallies);
        let row = |key: u32| {
            let tally = tallies.get(key as usize)?;
            let (_, best) = tally.best?;
            Some(PlaceRow {
                key,
                articles: tally.articles.count,
                mentions: tally.mentions,
                classes: [0; 6],
                leading: None,
                best,
                event: None,
                uncertain: !tally.sure,
                associative: !tally.literal,
                settled: tally.settled(),
                matched: false,
                certainty: mean(tally.certainty, tally.mentions),
            })
        };
        let places = Places::beside(collection, &sieve, row, || {
            self.list_facets(collection);
            facets::sort_articles(&mut self.view, collection, &sieve);
        });
        (self.view.places, self.view.rows) = (places.listed, places.rows);
        View { sieve, ..self.view }
    }

    fn list_facets(&mut self, collection: &Collection) {
        let view = &mut self.view;
        view.place_counts = facets::places(&self.mentioned, collection);
        view.years = years::years(&view.dated);
        view.countries = facets::countries(&self.countries, collection);
        view.tags = facets::tags(&self.tags, collection);
        view.sources = facets::sources(self.sources.iter().copied(), collection);
    }
}

/// How sure so many are on an average, in 255 parts.
fn mean(certainty: u64, of: u32) -> u8 {
    certainty.checked_div(u64::from(of)).map_or(u8::MAX, |mean| mean.min(255) as u8)
}

fn kind_index(kind: Kind) -> usize {
    Kind::ALL.iter().position(|&other| other == kind).unwrap_or(0)
}
