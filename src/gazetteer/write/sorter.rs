//! Sorts more than memory holds: runs of records are sorted and laid down beside the target, then merged.

use std::borrow::Cow;
use std::convert::Infallible;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use grenad::{ChunkCreator, MergeFunction, MergerIter, SorterBuilder};

/// Bytes that a sorter holds before it lays down a run.
const MEMORY: usize = 128 << 20;
/// Runs that are merged at a time; each is an open file.
const RUNS: usize = 64;

/// Takes records in any order. Keys must differ.
pub(super) struct Sorter {
    sorter: grenad::Sorter<First, Folder>,
    count: u64,
}

/// The records in the order of their keys.
pub(super) struct Sorted {
    records: MergerIter<File, First>,
    /// How many there are.
    pub(super) count: u64,
}

/// Keys differ, so there is nothing to merge.
struct First;

impl MergeFunction for First {
    type Error = Infallible;

    fn merge<'a>(&self, _: &[u8], values: &[Cow<'a, [u8]>]) -> Result<Cow<'a, [u8]>, Infallible> {
        Ok(values.first().cloned().unwrap_or_default())
    }
}

/// Makes files that are gone when they are closed.
struct Folder(PathBuf);

impl ChunkCreator for Folder {
    type Chunk = File;
    type Error = io::Error;

    fn create(&self) -> io::Result<File> {
        tempfile::tempfile_in(&self.0)
    }
}

impl Sorter {
    pub(super) fn new(folder: &Path) -> Self {
        let mut builder = SorterBuilder::new(First).chunk_creator(Folder(folder.to_owned()));
        builder.dump_threshold(MEMORY).max_nb_chunks(RUNS);
        Self { sorter: builder.build(), count: 0 }
    }

    pub(super) fn insert(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        self.count += 1;
        self.sorter.insert(key, value).map_err(io_error)
    }

    /// Number of records so far.
    pub(super) fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn sorted(self) -> io::Result<Sorted> {
        let count = self.count;
        Ok(Sorted { records: self.sorter.into_stream_merger_iter().map_err(io_error)?, count })
    }
}

impl Sorted {
    pub(super) fn next(&mut self) -> io::Result<Option<(&[u8], &[u8])>> {
        self.records.next().map_err(io_error)
    }
}

fn io_error(error: grenad::Error<Infallible>) -> io::Error {
    match error {
        grenad::Error::Io(error) => error,
        other => io::Error::other(other.to_string()),
    }
}
