//! An index that outlives the program: a folder beside a project, taken up again where it is that of the same articles.
//! Whatever is odd about it is a reason to make it anew: it is a cache, and nobody loses anything.

#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, RamDirectory};
use tantivy::store::Compressor;
use tantivy::{IndexMeta, IndexSettings, IndexWriter, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use super::BUDGET;
use super::columns::{Columns, Folding, NUMBER, SUM, WORDS};
use super::desk::Taken;
use crate::explore::Collection;
use crate::explore::search::page::sum_in;
use crate::model::Archive;

/// What an index looks like inside. The way that words are folded is a part of it, so that each version of the program
/// makes its own.
const FORMAT: &str = concat!(env!("CARGO_PKG_VERSION"), "/1");

/// Where an index is kept; none for memory.
pub type Room = Arc<dyn Fn() -> Option<Box<dyn Directory>> + Send + Sync>;

/// A folder for an index that outlives the program. It is for one program at a time: another that finds it in use makes
/// an index of its own.
#[derive(Clone)]
pub struct Kept {
    /// Opens the folder with what lies there.
    pub folder: Room,
    /// Opens the folder with nothing in it.
    pub emptied: Room,
    /// By which the collection is known again.
    pub of: String,
}

impl fmt::Debug for Kept {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Kept").field("of", &self.of).finish_non_exhaustive()
    }
}

/// What an index says of itself, written with every commit.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    format: String,
    of: String,
    articles: usize,
    /// What the last of them is known by.
    last: u64,
}

impl Stamp {
    /// The stamp of the first articles of an archive.
    pub fn new(of: &str, articles: usize, archive: &Archive) -> Stamp {
        let last = last(archive, articles);
        Stamp { format: FORMAT.to_owned(), of: of.to_owned(), articles, last }
    }

    pub fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// Why it is not that of the first articles of an archive.
    fn oddity(&self, of: &str, archive: &Archive) -> Option<&'static str> {
        if self.format != FORMAT {
            Some("it is of another version")
        } else if self.of != of || self.articles > archive.len() || self.last != last(archive, self.articles)
        {
            Some("it is of other articles")
        } else {
            None
        }
    }
}

/// What the last of so many articles is known by. Articles are only ever added, and neither their identifiers nor their
/// texts change, so that the last tells for all.
fn last(archive: &Archive, articles: usize) -> u64 {
    let last = articles.checked_sub(1).and_then(|last| archive.unpacked(last));
    last.map_or(0, |last| xxh3_64(format!("{}\n{}", last.article.id, last.article.text).as_bytes()))
}

/// An index that is open, and how much is in it.
pub(super) struct Opened {
    pub index: tantivy::Index,
    pub writer: IndexWriter,
    pub taken: Taken,
    /// What the words of each article in it are known by.
    pub sums: Vec<u64>,
    /// Articles that are otherwise in it than they are now.
    pub changed: Vec<usize>,
    /// Whether it is the one that outlives the program.
    pub kept: bool,
}

impl Opened {
    /// The index that was kept, where it is that of these articles; else one of nothing yet.
    pub fn new(
        room: Option<Room>,
        kept: Option<&(Kept, Collection)>,
        columns: &Columns,
    ) -> tantivy::Result<Opened> {
        if let Some((kept, collection)) = kept {
            match Opened::again(kept, collection, columns) {
                Ok(opened) => return Ok(opened),
                Err(Odd::InUse) => log::info!("the index of words is in use: another one is made"),
                Err(Odd::Useless(reason)) => {
                    log::info!("the index of words is made anew: {reason}");
                    if let Some(folder) = (kept.emptied)()
                        && let Ok(opened) = Opened::empty(folder, columns)
                    {
                        return Ok(Opened { kept: true, ..opened });
                    }
                }
            }
        }
        let folder = room.and_then(|room| room()).unwrap_or_else(|| Box::new(RamDirectory::create()));
        Opened::empty(folder, columns)
    }

    fn empty(folder: Box<dyn Directory>, columns: &Columns) -> tantivy::Result<Opened> {
        let settings = IndexSettings {
            docstore_compression: Compressor::None,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let index = tantivy::Index::create(folder, columns.schema.clone(), settings)?;
        index.tokenizers().register(WORDS, Folding);
        let writer = index.writer_with_num_threads(1, BUDGET)?;
        Ok(Opened {
            index,
            writer,
            taken: Taken::default(),
            sums: Vec::new(),
            changed: Vec::new(),
            kept: false,
        })
    }

    fn again(kept: &Kept, collection: &Collection, columns: &Columns) -> Result<Opened, Odd> {
        let folder = (kept.folder)().ok_or("there is no folder for it")?;
        if !tantivy::Index::exists(&*folder).map_err(|error| error.to_string())? {
            return Err("there is none".into());
        }
        let index = tantivy::Index::open(folder)?;
        if index.schema() != columns.schema {
            return Err("it has other columns".into());
        }
        index.tokenizers().register(WORDS, Folding);
        // Whoever writes to it may do so until it is ours.
        let writer = index.writer_with_num_threads(1, BUDGET)?;
        let metas = index.load_metas()?;
        let stamp = metas.payload.as_deref().and_then(|text| serde_json::from_str::<Stamp>(text).ok());
        let stamp = stamp.ok_or("it says nothing of itself")?;
        if let Some(oddity) = stamp.oddity(&kept.of, collection.archive()) {
            return Err(oddity.into());
        }
        if !is_whole(&index, &metas)? {
            return Err("it is damaged".into());
        }
        let sums = sums(&index, stamp.articles)?.ok_or("it has gaps")?;
        let changed = (0..).zip(&sums).filter(|&(article, &sum)| sum != sum_in(collection, article));
        let changed = changed.map(|(article, _)| article).collect();
        let taken = Taken { articles: stamp.articles, version: 0 };
        Ok(Opened { index, writer, taken, sums, changed, kept: true })
    }
}

/// Why an index is not taken up again.
enum Odd {
    InUse,
    Useless(String),
}

impl From<tantivy::TantivyError> for Odd {
    fn from(error: tantivy::TantivyError) -> Odd {
        match error {
            tantivy::TantivyError::LockFailure(..) => Odd::InUse,
            error => Odd::Useless(error.to_string()),
        }
    }
}

impl From<&str> for Odd {
    fn from(reason: &str) -> Odd {
        Odd::Useless(reason.to_owned())
    }
}

impl From<String> for Odd {
    fn from(reason: String) -> Odd {
        Odd::Useless(reason)
    }
}

/// Whether every file is as it was written.
fn is_whole(index: &tantivy::Index, metas: &IndexMeta) -> tantivy::Result<bool> {
    for path in metas.list_segment_files() {
        if index.directory().exists(&path)? && !index.directory().validate_checksum(&path)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// What the words of each of so many articles are known by; `None` where not each is there once.
fn sums(index: &tantivy::Index, articles: usize) -> tantivy::Result<Option<Vec<u64>>> {
    let mut sums = vec![None; articles];
    for segment in index.searchable_segments()? {
        let segment = SegmentReader::open(&segment)?;
        let (numbers, own) = (segment.fast_fields().u64(NUMBER)?, segment.fast_fields().u64(SUM)?);
        if numbers.num_docs() != segment.max_doc() || own.num_docs() != segment.max_doc() {
            return Ok(None);
        }
        for document in segment.doc_ids_alive() {
            let number = numbers.first(document).and_then(|number| usize::try_from(number).ok());
            match number.and_then(|number| sums.get_mut(number)) {
                Some(sum @ None) => *sum = own.first(document),
                _ => return Ok(None),
            }
        }
    }
    Ok(sums.into_iter().collect())
}
