//! Which articles of a collection are in its project's file already.
//! They are kept in order, but for those that an edit speaks of, which come before.

use std::collections::BTreeSet;

use crate::model::Archive;
use crate::project::{Project, ProjectError};

/// Articles that are written at once.
const BATCH: usize = 128;

/// How far it has come.
pub(super) struct Following {
    /// All before this one are kept.
    next: usize,
    /// And these.
    early: BTreeSet<u32>,
    /// Whether it was given up: the disk is full, or the file has gone.
    given_up: bool,
}

impl Following {
    /// The first so many are kept.
    pub fn from(kept: usize) -> Self {
        Self { next: kept, early: BTreeSet::new(), given_up: false }
    }

    /// The next article to be kept.
    pub fn next(&self, articles: &Archive) -> Option<usize> {
        (self.next < articles.len() && !self.given_up).then_some(self.next)
    }

    /// Keeps no more until somebody asks for something.
    pub fn give_up(&mut self) {
        self.given_up = true;
    }

    /// Keeps on where it was given up: somebody asked for something.
    pub fn try_again(&mut self) {
        self.given_up = false;
    }

    /// How many articles are kept, without a gap before them.
    pub fn kept(&self) -> usize {
        self.next
    }

    /// Keeps some more.
    pub fn step(&mut self, articles: &Archive, project: &mut Project) -> Result<(), ProjectError> {
        let Some(next) = self.next(articles) else { return Ok(()) };
        let end = articles.len().min(next + BATCH);
        let numbers = (next as u32..end as u32).filter(|number| !self.early.contains(number));
        write(numbers, articles, project)?;
        self.next = end;
        self.early = self.early.split_off(&(end as u32));
        Ok(())
    }

    /// Keeps these at once.
    pub fn keep(
        &mut self,
        wanted: impl Iterator<Item = u32>,
        articles: &Archive,
        project: &mut Project,
    ) -> Result<(), ProjectError> {
        self.try_again();
        let mut new: Vec<u32> = wanted
            .filter(|number| *number as usize >= self.next && (*number as usize) < articles.len())
            .filter(|number| !self.early.contains(number))
            .collect();
        new.sort_unstable();
        new.dedup();
        for part in new.chunks(BATCH) {
            write(part.iter().copied(), articles, project)?;
            self.early.extend(part);
        }
        Ok(())
    }
}

fn write(
    numbers: impl Iterator<Item = u32>,
    articles: &Archive,
    project: &mut Project,
) -> Result<(), ProjectError> {
    let found: Vec<_> =
        numbers.filter_map(|number| Some((number, articles.found(number as usize)?))).collect();
    let borrowed: Vec<_> = found.iter().map(|(number, article)| (*number, article)).collect();
    project.add(&borrowed)
}
