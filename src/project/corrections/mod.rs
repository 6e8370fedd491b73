//! Corrections as a small file of JSON, to be shared, kept as a gold set, or applied to another copy.
//! Articles are known by their content, words by code points and by themselves, places are written whole: what a file
//! says holds without the project that it came from.

mod read;
mod record;
#[cfg(test)]
mod tests;
mod write;

pub use record::{
    ArticleValues, Corrections, EditRecord, NameValues, PlaceRecord, PlaceValues, Said, ValueRecord, Words,
    WordsValues,
};

use std::collections::{HashMap, HashSet};

use xxhash_rust::xxh3::xxh3_128;

use super::edit::{EntryId, Field, Held, Target};
use crate::model::{Article, Problem};

/// The version of the format that is written.
pub const VERSION: u32 = 1;
/// What the file says it is.
const FORMAT: &str = "dateline corrections";

/// Why a file of corrections cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionsError {
    /// It is something else.
    #[error("it holds no corrections of Dateline")]
    Foreign,
    /// A later version made it.
    #[error("a newer version of Dateline made it (form {0}; this one reads up to form {VERSION})")]
    Newer(u32),
    /// It is not as it was written.
    #[error("it is damaged: {0}")]
    Damaged(String),
}

/// The articles of a collection, for finding those that corrections are about.
#[derive(Clone, Copy)]
pub struct Texts<'a> {
    /// How many there are.
    pub count: u32,
    /// One of them. Only its text is looked at, and its identifier where corrections are written.
    pub get: &'a dyn Fn(u32) -> Option<Article>,
}

/// An edit that put a value which holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// When, seconds since 1970.
    pub at: i64,
    /// Who.
    pub who: String,
    /// Why, where they said so.
    pub why: Option<String>,
    /// What it is called.
    pub title: String,
}

/// What a file of corrections says of a collection.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Theirs {
    /// Every value that holds there.
    pub values: Vec<(Target, Field, Held)>,
    /// The edits that put them.
    pub made: HashMap<EntryId, Made>,
    /// Every edit that was ever made there, those that were undone among them, but for such as the file has in part.
    pub known: HashSet<EntryId>,
    /// The edits of which not all that holds there is among the values.
    pub in_part: HashSet<EntryId>,
    /// Identifiers of articles that are not here, and how many values were said of each.
    pub unknown: Vec<(String, usize)>,
    /// Values that do not fit their article.
    pub problems: Vec<Problem>,
}

/// What an article is known by: its text alone.
fn content(text: &str) -> String {
    format!("{:032x}", xxh3_128(text.as_bytes()))
}
