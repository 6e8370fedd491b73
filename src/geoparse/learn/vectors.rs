//! Vectors of English words: words that are used alike lie near each other.
//! They are the principal components of a sentence encoder's table of word pieces, for the pieces that are
//! whole words; a word that it lacks has none.

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::Table;

/// Components of a vector.
pub(crate) const WIDTH: usize = 16;
/// The row of a word that has no vector.
pub(crate) const NONE: u32 = u32::MAX;

/// Vectors by folded word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vectors {
    /// Hashes of the words, ascending.
    hashes: Vec<u32>,
    /// [`WIDTH`] numbers for each.
    values: Vec<f32>,
}

/// The vectors as they are stored.
#[derive(Debug, Deserialize, Serialize)]
pub(crate) struct Packed<'a> {
    hashes: Vec<u32>,
    #[serde(borrow)]
    values: Table<'a>,
}

/// The hash of a folded word.
pub(crate) fn hash(folded: &str) -> u64 {
    xxh3_64(folded.as_bytes())
}

impl Vectors {
    /// Vectors from pairs of word and values; of words with one hash the first stays.
    #[cfg(test)]
    pub(crate) fn new(mut words: Vec<(u32, [f32; WIDTH])>) -> Self {
        words.sort_by_key(|&(hash, _)| hash);
        words.dedup_by_key(|&mut (hash, _)| hash);
        let values = words.iter().flat_map(|(_, values)| *values).collect();
        Self { hashes: words.into_iter().map(|(hash, _)| hash).collect(), values }
    }

    pub(super) fn unpack(packed: &Packed<'_>) -> Self {
        Self { hashes: packed.hashes.clone(), values: packed.values.unpacked() }
    }

    #[cfg(test)]
    pub(super) fn packed<'a>(&self, values: Table<'a>) -> Packed<'a> {
        Packed { hashes: self.hashes.clone(), values }
    }

    #[cfg(test)]
    pub(super) fn values(&self) -> &[f32] {
        &self.values
    }

    /// The row of a word by its [`hash`].
    pub(crate) fn row(&self, hash: u64) -> u32 {
        self.hashes.binary_search(&(hash as u32)).map_or(NONE, |row| row as u32)
    }

    /// The numbers of a row.
    pub(crate) fn vector(&self, row: u32) -> Option<&[f32]> {
        let from = (row as usize).checked_mul(WIDTH)?;
        self.values.get(from..from.checked_add(WIDTH)?)
    }
}
