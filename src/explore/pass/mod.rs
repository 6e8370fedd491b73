//! The pass over a collection that works out a view: every article, and every mention or event, is looked at once.
//! Articles that follow one another are counted on one thread and others on another; what they add up to hangs
//! on their order alone, not on how many threads there were.

mod events;
mod facets;
mod mentions;

use std::num::NonZeroUsize;
use std::ops::Range;
use std::thread;

use super::sieve::Sieve;
use super::view::{PlaceRow, View};
use super::{Collection, Filter, Hits, Subject, order, stories};

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
    if sieve.filter.counts_stories() {
        stories::learn(collection, stopped)?;
    }
    let view = match sieve.filter.subject {
        Subject::Mentions => {
            let part = |articles| mentions::Count::of(&sieve, collection, articles, stopped);
            let count = counted(collection, &part, mentions::Count::followed_by)?;
            if stopped() {
                return None;
            }
            count.into_view(collection, sieve)
        }
        Subject::Events => {
            let part = |articles| events::Count::of(&sieve, collection, articles, stopped);
            let count = counted(collection, &part, events::Count::followed_by)?;
            if stopped() {
                return None;
            }
            count.into_view(collection, sieve)
        }
    };
    Some(view)
}

/// What all articles add up to, each part of them counted on a thread of its own.
fn counted<C: Send>(
    collection: &Collection,
    part: &(dyn Fn(Range<usize>) -> Option<C> + Sync),
    followed_by: impl Fn(C, C) -> C,
) -> Option<C> {
    let most = thread::available_parallelism().map_or(1, NonZeroUsize::get).min(4);
    let parts = (collection.len() / WORTH_A_THREAD).clamp(1, most);
    let part = |number: usize| {
        let end = |number: usize| collection.len() * number / parts;
        part(end(number)..end(number + 1))
    };
    let counts = thread::scope(|scope| {
        let others: Vec<_> = (1..parts).map(|number| scope.spawn(move || part(number))).collect();
        let first = part(0);
        // A thread that failed counted nothing, and then there is no view.
        let others = others.into_iter().map(|other| other.join().ok().flatten());
        std::iter::once(first).chain(others).collect::<Option<Vec<C>>>()
    })?;
    counts.into_iter().reduce(followed_by)
}

/// Counts articles, or events, each once.
#[derive(Clone, Copy, Debug, Default)]
struct Once {
    count: u32,
    /// One more than the number of the last.
    last: u32,
}

impl Once {
    /// Counts one; answers whether it is another than the last.
    fn count(&mut self, number: u32) -> bool {
        let new = self.last != number + 1;
        self.last = number + 1;
        self.count += u32::from(new);
        new
    }

    /// Whether the last to be counted was this one.
    fn is(&self, number: u32) -> bool {
        self.last == number + 1
    }

    /// Counts the last one no more, where it is this.
    fn uncount(&mut self, number: u32) {
        if self.is(number) {
            *self = Once { count: self.count - 1, last: 0 };
        }
    }

    fn followed_by(self, later: Once) -> Once {
        Once { count: self.count + later.count, ..later }
    }
}

/// Adds what was counted later.
fn add(sums: &mut [Once], later: &[Once]) {
    sums.iter_mut().zip(later).for_each(|(sum, later)| *sum = sum.followed_by(*later));
}

/// The places that are shown.
struct Places {
    listed: Vec<PlaceRow>,
    /// Where each stands in the list, by key.
    rows: Vec<Option<u32>>,
}

impl Places {
    /// Lists the places that have a row, beside something else that is to be done.
    fn beside(
        collection: &Collection,
        sieve: &Sieve,
        row: impl Fn(u32) -> Option<PlaceRow> + Sync,
        other: impl FnOnce(),
    ) -> Places {
        let alone = collection.len().max(collection.place_count()) < WORTH_A_THREAD;
        let list = || Places::of(collection, sieve, &row);
        thread::scope(|scope| {
            let places = (!alone).then(|| scope.spawn(list));
            other();
            places.and_then(|places| places.join().ok()).unwrap_or_else(list)
        })
    }

    fn of(collection: &Collection, sieve: &Sieve, row: impl Fn(u32) -> Option<PlaceRow>) -> Places {
        let count = collection.place_count();
        let names = |key: u32| collection.place(key).map_or(0, |entry| sieve.hits.named(&entry.folded));
        let mut most = 1;
        let mut named = Vec::new();
        let mut listed = Vec::new();
        for row in (0..count as u32).filter_map(row) {
            let names = names(row.key);
            most = most.max(names);
            named.push(names);
            listed.push(row);
        }
        // Of "new york", York is not what was meant where New York is.
        for (row, names) in listed.iter_mut().zip(named) {
            row.matched = names == most;
        }
        order::places(&mut listed, sieve.filter.order.places, collection);
        let mut rows = vec![None; count];
        for (index, row) in (0u32..).zip(&listed) {
            rows[row.key as usize] = Some(index);
        }
        Places { listed, rows }
    }
}
