//! What lies between an index and the thread that makes it.
//! Every change of an article has a number of its own, so that each side knows which ones the other has seen.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tantivy::Searcher;

use crate::model::Archive;

/// What can be searched, and the last change that is in it.
#[derive(Clone)]
pub(super) struct Searchable {
    pub searcher: Searcher,
    pub version: i64,
}

/// How much of what the desk tells somebody has seen to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    /// The first so many articles.
    pub articles: usize,
    /// The changes up to this one.
    pub version: i64,
}

/// What there is to be taken in.
pub(super) struct Work {
    pub archive: Archive,
    pub version: i64,
    /// Articles that changed since, by the number of their last change.
    pub changed: Vec<(i64, usize)>,
}

#[derive(Default)]
struct Told {
    archive: Archive,
    version: i64,
    /// The last change of each article that was told to have changed.
    changed: HashMap<usize, i64>,
}

#[derive(Default)]
pub(super) struct Desk {
    told: Mutex<Told>,
    more: Condvar,
    ends: AtomicBool,
    searchable: Mutex<Option<Searchable>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Desk {
    /// Tells what articles there are, and which of them have changed; answers with the number of the last change.
    pub fn tell(&self, archive: Archive, changed: &[usize]) -> i64 {
        let mut told = lock(&self.told);
        told.archive = archive;
        for &article in changed {
            told.version += 1;
            let version = told.version;
            told.changed.insert(article, version);
        }
        let version = told.version;
        drop(told);
        self.more.notify_all();
        version
    }

    /// Puts articles among the changed that had changed before anything was told; answers with the number of the last
    /// change before theirs.
    pub fn put_before(&self, changed: &[usize]) -> i64 {
        let mut told = lock(&self.told);
        for (&article, version) in changed.iter().rev().zip(0i64..) {
            told.changed.entry(article).or_insert(-version);
        }
        -(changed.len() as i64)
    }

    /// What there is to do for somebody who has seen to so much, once there is anything or when the time is up; `None`
    /// at the end.
    pub fn wait(&self, taken: Taken, time: Option<Duration>) -> Option<Work> {
        let idle = |told: &mut Told| {
            told.archive.len() <= taken.articles && told.version <= taken.version && !self.ends()
        };
        let told = lock(&self.told);
        let told = match time {
            None => self.more.wait_while(told, idle).unwrap_or_else(PoisonError::into_inner),
            Some(time) => {
                let waited = self.more.wait_timeout_while(told, time, idle);
                waited.unwrap_or_else(PoisonError::into_inner).0
            }
        };
        if self.ends() {
            return None;
        }
        let since = told.changed.iter().map(|(&article, &version)| (version, article));
        let mut changed: Vec<_> = since.filter(|&(version, _)| version > taken.version).collect();
        changed.sort_unstable();
        Some(Work { archive: told.archive.clone(), version: told.version, changed })
    }

    /// The articles whose last change came after this one.
    pub fn changed_after(&self, version: i64) -> Vec<usize> {
        let told = lock(&self.told);
        told.changed.iter().filter(|&(_, &last)| last > version).map(|(&article, _)| article).collect()
    }

    pub fn ends(&self) -> bool {
        self.ends.load(Ordering::Acquire)
    }

    /// Tells whoever waits that nothing more will come.
    pub fn end(&self) {
        {
            let _told = lock(&self.told);
            self.ends.store(true, Ordering::Release);
        }
        self.more.notify_all();
    }

    pub fn searchable(&self) -> Option<Searchable> {
        lock(&self.searchable).clone()
    }

    pub fn show(&self, searchable: Option<Searchable>) {
        *lock(&self.searchable) = searchable;
    }
}
