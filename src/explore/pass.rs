//! The pass over a collection that works out a view: every article and mention is looked at once.
//! Articles that follow one another are counted on one thread and others on another; what they add up to hangs
//! on their order alone, not on how many threads there were.

use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;

use crate::model::{Kind, Sense};

use super::sieve::{Fails, Sieve, sense_index};
use super::view::{ArticleRow, CountryCount, Dated, PlaceCount, PlaceRow, SourceCount, View};
use super::{Collection, Filter, Hits, MentionRef, Status, order, years};

/// Articles, or places, for which a thread of their own is worth its while.
pub(super) const WORTH_A_THREAD: usize = 4096;
/// Articles from one look at whether the view is still wanted to the next.
const STRIDE: usize = 512;

/// Works out the view of a filter, the query of which has these hits, but for its revision and scene; `None` where it
/// was stopped.
pub(super) fn view(
    collection: &Collection,
    filter: Filter,
    hits: Hits,
    stopped: &(dyn Fn() -> bool + Sync),
) -> Option<View> {
    let sieve = Sieve::new(collection, filter, hits);
    let most = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(4);
    let parts = (collection.len() / WORTH_A_THREAD).clamp(1, most);
    let part = |number: usize| {
        let end = |number: usize| collection.len() * number / parts;
        Count::of(&sieve, collection, end(number)..end(number + 1), stopped)
    };
    let mut counts = thread::scope(|scope| {
        let others: Vec<_> = (1..parts).map(|number| scope.spawn(move || part(number))).collect();
        let first = part(0);
        // A thread that failed counted nothing, and then there is no view.
        let others = others.into_iter().map(|other| other.join().ok().flatten());
        std::iter::once(first).chain(others).collect::<Option<Vec<Count>>>()
    })?
    .into_iter();
    let count = counts.next()?;
    let count = counts.fold(count, Count::followed_by);
    if stopped() {
        return None;
    }
    Some(count.into_view(collection, sieve))
}

/// Counts for one place.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    articles: Articles,
    mentions: u32,
    /// The mention that speaks best for it so far, and how well.
    best: Option<(i16, MentionRef)>,
    sure: bool,
    literal: bool,
}

impl Tally {
    fn followed_by(self, later: Tally) -> Tally {
        Tally {
            articles: Articles { count: self.articles.count + later.articles.count, ..later.articles },
            mentions: self.mentions + later.mentions,
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

/// Counts articles, each once.
#[derive(Clone, Copy, Debug, Default)]
struct Articles {
    count: u32,
    /// One more than the number of the last.
    last: u32,
}

impl Articles {
    /// Counts an article; answers whether it is a new one.
    fn count(&mut self, article: usize) -> bool {
        let number = article as u32 + 1;
        let new = self.last != number;
        self.last = number;
        self.count += u32::from(new);
        new
    }
}

/// What articles that follow one another add up to.
struct Count {
    /// Lists in order of arrival.
    view: View,
    tallies: Vec<Tally>,
    /// By place, whatever places are chosen.
    mentioned: Vec<Articles>,
    /// By number of the country.
    countries: Vec<Articles>,
    /// By number of the outlet.
    sources: Vec<u32>,
    /// Country of each place: all that counting needs of places, and little enough to stay at hand.
    lands: Vec<u32>,
}

impl Count {
    fn of(
        sieve: &Sieve,
        collection: &Collection,
        articles: Range<usize>,
        stopped: &(dyn Fn() -> bool + Sync),
    ) -> Option<Count> {
        let mut count = Count {
            view: View { collection_revision: collection.revision(), ..View::default() },
            tallies: vec![Tally::default(); collection.place_count()],
            mentioned: vec![Articles::default(); collection.place_count()],
            countries: vec![Articles::default(); collection.countries().len()],
            sources: vec![0; collection.sources().len()],
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
        let (mut places, mut passed, mut resolved) = (0, false, false);
        for (number, glance) in collection.glances(article).iter().enumerate() {
            let mention = sieve.mention(glance);
            passed |= mention.none();
            if let Some(key) = glance.place.filter(|_| mention.none() && fails.none_but(Fails::PLACE)) {
                self.mentioned[key as usize].count(article);
            }
            if !fails.none() {
                continue;
            }
            let view = &mut self.view;
            view.kinds[kind_index(glance.kind)] += usize::from(mention.none_but(Fails::KIND));
            view.senses[sense_index(glance.sense)] += usize::from(mention.none_but(Fails::SENSE));
            view.statuses[glance.status as usize] += usize::from(mention.none_but(Fails::STATUS));
            let Some(key) = glance.place else {
                view.unresolved += usize::from(mention.none());
                continue;
            };
            if mention.none_but(Fails::COUNTRY) {
                self.countries[self.lands[key as usize] as usize].count(article);
            }
            if !mention.none() {
                continue;
            }
            resolved = true;
            view.mentions += 1;
            let tally = &mut self.tallies[key as usize];
            places += u32::from(tally.articles.count(article));
            tally.mentions += 1;
            if tally.best.is_none_or(|(most, _)| glance.worth > most) {
                tally.best = Some((glance.worth, MentionRef { article, mention: number }));
            }
            tally.sure |= glance.status == Status::Placed;
            tally.literal |= glance.sense == Sense::Literal;
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
        if fails.none_but(Fails::DAYS) {
            match card.days {
                Some(days) => self.view.dated.push(Dated { days, article }),
                None => self.view.never += 1,
            }
        }
        if !fails.none() {
            return false;
        }
        self.view.unplaced += usize::from(!resolved);
        self.view.undated += usize::from(card.days.is_none());
        self.view.articles.push(ArticleRow { article, places });
        true
    }

    /// The sum with that of the articles that come after.
    fn followed_by(mut self, later: Count) -> Count {
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
        self.tallies
            .iter_mut()
            .zip(later.tallies)
            .for_each(|(tally, later)| *tally = tally.followed_by(later));
        for (sums, more) in [(&mut self.mentioned, &later.mentioned), (&mut self.countries, &later.countries)]
        {
            sums.iter_mut().zip(more).for_each(|(sum, more)| sum.count += more.count);
        }
        self.sources.iter_mut().zip(later.sources).for_each(|(sum, later)| *sum += later);
        self
    }

    fn into_view(mut self, collection: &Collection, sieve: Sieve) -> View {
        let tallies = std::mem::take(&mut self.tallies);
        let alone = collection.len().max(tallies.len()) < WORTH_A_THREAD;
        let list = || Places::of(&tallies, collection, &sieve);
        let places = thread::scope(|scope| {
            let places = (!alone).then(|| scope.spawn(list));
            self.list_facets(collection);
            self.sort_articles(collection, &sieve);
            places.and_then(|places| places.join().ok()).unwrap_or_else(list)
        });
        (self.view.places, self.view.rows) = (places.listed, places.rows);
        View { sieve, ..self.view }
    }

    fn list_facets(&mut self, collection: &Collection) {
        let mentioned = (0u32..).zip(&self.mentioned).filter(|(_, tally)| tally.count > 0);
        self.view.place_counts =
            mentioned.map(|(key, tally)| PlaceCount { key, articles: tally.count }).collect();
        order::place_counts(&mut self.view.place_counts, collection);
        self.view.years = years::years(&self.view.dated);
        let countries = self.countries.iter().zip(collection.countries());
        let counted = countries.skip(1).filter(|(tally, _)| tally.count > 0);
        self.view.countries = counted
            .map(|(tally, country)| CountryCount {
                code: country.code.clone(),
                name: country.name.clone(),
                articles: tally.count,
            })
            .collect();
        self.view.countries.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
        let sources = self.sources.iter().zip(collection.sources());
        let counted = sources.filter(|&(&articles, _)| articles > 0);
        self.view.sources =
            counted.map(|(&articles, name)| SourceCount { name: name.clone(), articles }).collect();
        self.view.sources.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
    }

    fn sort_articles(&mut self, collection: &Collection, sieve: &Sieve) {
        let searched = !sieve.filter.query.trim().is_empty();
        let order = sieve.filter.order.articles;
        order::articles(&mut self.view.articles, order, collection, &sieve.hits, searched);
    }
}

/// The places that are shown.
struct Places {
    listed: Vec<PlaceRow>,
    /// Where each stands in the list, by key.
    rows: Vec<Option<u32>>,
}

impl Places {
    fn of(tallies: &[Tally], collection: &Collection, sieve: &Sieve) -> Places {
        let names = |key: u32| collection.place(key).map_or(0, |entry| sieve.hits.named(&entry.folded));
        let mut most = 1;
        let mut named = Vec::new();
        let mut listed = Vec::new();
        for (key, tally) in (0u32..).zip(tallies) {
            let Some((_, best)) = tally.best else { continue };
            let names = names(key);
            most = most.max(names);
            named.push(names);
            listed.push(PlaceRow {
                key,
                articles: tally.articles.count,
                mentions: tally.mentions,
                best,
                uncertain: !tally.sure,
                associative: !tally.literal,
                matched: false,
            });
        }
        // Of "new york", York is not what was meant where New York is.
        for (row, names) in listed.iter_mut().zip(named) {
            row.matched = names == most;
        }
        order::places(&mut listed, sieve.filter.order.places, collection);
        let mut rows = vec![None; tallies.len()];
        for (index, row) in (0u32..).zip(&listed) {
            rows[row.key as usize] = Some(index);
        }
        Places { listed, rows }
    }
}

fn kind_index(kind: Kind) -> usize {
    Kind::ALL.iter().position(|&other| other == kind).unwrap_or(0)
}
