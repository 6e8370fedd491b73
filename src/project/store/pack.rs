//! Bytes made small, with what rows have in common kept once: a dictionary.
//! A row says whether it needs the dictionary. Nothing is unpacked to more than a limit, whatever it claims.

use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64_with_seed;
use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// zstd's level: each above takes twice the time for a hundredth less.
const LEVEL: i32 = 3;
/// Bytes of a dictionary, at most.
const DICTIONARY: usize = 112 * 1024;
/// Bytes that a row may unpack to.
const LIMIT: u64 = 1 << 28;

/// First byte of a row: how it is packed.
const PLAIN: u8 = 0;
const WITH_DICTIONARY: u8 = 1;

/// What rows have in common.
pub(super) struct Dictionary {
    pub(super) bytes: Vec<u8>,
    encoder: EncoderDictionary<'static>,
    decoder: DecoderDictionary<'static>,
}

impl Dictionary {
    pub(super) fn new(bytes: Vec<u8>) -> Dictionary {
        let encoder = EncoderDictionary::copy(&bytes, LEVEL);
        let decoder = DecoderDictionary::copy(&bytes);
        Dictionary { bytes, encoder, decoder }
    }

    /// Of what samples have in common; `None` where they are too few or have nothing.
    pub(super) fn trained(samples: &[&[u8]]) -> Option<Dictionary> {
        let bytes = zstd::dict::from_samples(samples, DICTIONARY).ok()?;
        (!bytes.is_empty()).then(|| Dictionary::new(bytes))
    }
}

/// Packs rows.
#[derive(Clone, Default)]
pub(super) struct Packer(pub(super) Option<Arc<Dictionary>>);

impl Packer {
    pub(super) fn pack(&self, plain: &[u8]) -> std::io::Result<Vec<u8>> {
        let (mut compressor, how) = match &self.0 {
            Some(dictionary) => (Compressor::with_prepared_dictionary(&dictionary.encoder)?, WITH_DICTIONARY),
            None => (Compressor::new(LEVEL)?, PLAIN),
        };
        let mut packed = compressor.compress(plain)?;
        packed.insert(0, how);
        Ok(packed)
    }

    /// What was packed; `None` where it makes no sense.
    pub(super) fn unpack(&self, packed: &[u8]) -> Option<Vec<u8>> {
        let (&how, frame) = packed.split_first()?;
        let mut decompressor = match (how, &self.0) {
            (PLAIN, _) => Decompressor::new().ok()?,
            (WITH_DICTIONARY, Some(dictionary)) => {
                Decompressor::with_prepared_dictionary(&dictionary.decoder).ok()?
            }
            _ => return None,
        };
        let size = zstd::zstd_safe::get_frame_content_size(frame).ok()??;
        let size = usize::try_from(size).ok().filter(|_| size <= LIMIT)?;
        decompressor.decompress(frame, size).ok()
    }
}

/// The tables that rows are of.
#[derive(Clone, Copy)]
pub(super) enum Of {
    Fact = 1,
    Text,
    Found,
    Results,
    Journal,
    Kept,
}

/// Checksum of a row, under its table and its own number, so that rows that have changed places are told.
pub(super) fn sum(of: Of, number: i64, bytes: &[u8]) -> i64 {
    // The golden ratio's bits: a number of one table is none of another's.
    let seed = (number as u64) ^ (of as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    xxh3_64_with_seed(bytes, seed) as i64
}

/// The same for a row that has a name.
pub(super) fn sum_named(of: Of, name: &str, bytes: &[u8]) -> i64 {
    sum(of, sum(of, 0, name.as_bytes()), bytes)
}
