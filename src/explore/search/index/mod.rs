//! The index of the words of a collection, made on a thread of its own while articles arrive.
//! It is a cache: without it, and for what it has not come to yet, a search looks at the texts.
//!
//! **Architecture invariant:** the index holds the first articles of the collection, without a gap, some of them
//! perhaps as they were before they changed, and whatever is answered out of it a look at the texts answers, too.

mod columns;
mod desk;
mod kept;
mod worker;

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use self::desk::Searchable;
use self::worker::Worker;
use super::hits::{Hits, UNKNOWN};
use super::lookup;
use super::query::Query;
use crate::explore::Collection;
use crate::model::Archive;

pub(super) use self::columns::NUMBER;
pub use self::kept::{Kept, Room};

/// Fewest articles for which an index is made: as many are looked through in no time.
const FEWEST: usize = 256;
/// Articles that arrive before the index is told of them.
const STRIDE: usize = 64;
/// What the index may hold in memory before it writes to its folder, bytes.
const BUDGET: usize = 32_000_000;

/// The index of a collection. A copy is the same index, asked about the articles as they were when it was made.
#[derive(Clone, Default)]
pub struct Index {
    room: Option<Room>,
    worker: Option<Arc<Worker>>,
    /// Articles it was told of.
    told: usize,
    /// The last change it was told of.
    version: i64,
}

impl fmt::Debug for Index {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Index").field("told", &self.told).finish_non_exhaustive()
    }
}

impl Index {
    /// An index of nothing yet that will be kept in a folder of its own.
    pub fn kept_in(room: Room) -> Index {
        Index { room: Some(room), ..Index::default() }
    }

    /// Becomes an index of nothing yet, for another collection; hands back what it was.
    pub fn begin_anew(&mut self) -> Index {
        let anew = Index { room: self.room.clone(), ..Index::default() };
        std::mem::replace(self, anew)
    }

    /// Becomes the index of another collection that outlives the program: what was kept of it is taken up again, and
    /// what has changed since is taken in anew. Hands back what it was. Does not wait for it.
    pub fn begin_kept(&mut self, kept: Kept, collection: &Collection) -> Index {
        let before = self.begin_anew();
        if collection.len() >= FEWEST {
            self.told = collection.len();
            let worker = Worker::start(self.room.clone(), Some((kept, collection.snapshot())));
            worker.desk.tell(collection.archive().clone(), &[]);
            self.worker = Some(Arc::new(worker));
        }
        before
    }

    /// Tells it what there is to index: the articles that it knows and more. Does not wait for it.
    pub fn follow(&mut self, archive: &Archive) {
        if archive.len() < (self.told + STRIDE).max(FEWEST) {
            return;
        }
        self.told = archive.len();
        let room = self.room.clone();
        let worker = self.worker.get_or_insert_with(|| Arc::new(Worker::start(room, None)));
        worker.desk.tell(archive.clone(), &[]);
    }

    /// Tells it which articles may have other words now in their headlines, outlets or places. Until it has taken them in
    /// they are looked at. Does not wait for it.
    pub fn changed(&mut self, archive: &Archive, articles: &[usize]) {
        // Before the first articles are told, they are as they are.
        if let Some(worker) = &self.worker {
            self.told = archive.len();
            self.version = worker.desk.tell(archive.clone(), articles);
        }
    }

    /// How many articles it answers for.
    pub fn reach(&self) -> usize {
        self.searchable().map_or(0, |searchable| searchable.searcher.num_docs() as usize)
    }

    /// How many of them it has yet to take in anew.
    pub fn outdated(&self) -> usize {
        let Some((worker, searchable)) = self.worker.as_ref().zip(self.searchable()) else { return 0 };
        worker.desk.changed_after(searchable.version).len()
    }

    /// The articles that meet a query. Takes some milliseconds: not for a thread that draws.
    pub fn hits(&self, query: &str) -> Hits {
        let query = Query::new(query);
        let searchable = self.searchable().filter(|_| !query.is_empty());
        let scores = searchable.map(|searchable| self.scores(&searchable, &query));
        let scores = scores.transpose().unwrap_or_else(|error| {
            log::warn!("the index of words cannot be read: {error}");
            None
        });
        Hits::new(query, scores.unwrap_or_default())
    }

    fn scores(&self, searchable: &Searchable, query: &Query) -> tantivy::Result<Vec<f32>> {
        let mut scores = lookup::scores(&searchable.searcher, query)?;
        // What changed after this copy was made is not asked about, and may be in the index all the same.
        let since = searchable.version.min(self.version);
        for article in self.worker.iter().flat_map(|worker| worker.desk.changed_after(since)) {
            if let Some(score) = scores.get_mut(article) {
                *score = UNKNOWN;
            }
        }
        Ok(scores)
    }

    fn searchable(&self) -> Option<Searchable> {
        self.worker.as_ref()?.desk.searchable()
    }
}
