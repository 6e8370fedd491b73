//! The container of gazetteer files: named sections behind a checked header.
//! Everything is little-endian and read in place; nothing is parsed or copied when a file is opened.

use std::ops::Range;
use std::sync::Arc;

use super::GazetteerError;

const MAGIC: [u8; 8] = *b"DATELINE";
const VERSION: u32 = 1;
const HEADER: usize = 40;
const ENTRY: usize = 24;

/// The bytes of an opened file.
pub(super) enum Bytes {
    /// Part of the program.
    Embedded(&'static [u8]),
    /// A mapped file.
    Mapped(memmap2::Mmap),
    /// Made in memory.
    Owned(Vec<u8>),
}

impl Bytes {
    fn get(&self) -> &[u8] {
        match self {
            Self::Embedded(bytes) => bytes,
            Self::Mapped(map) => map,
            Self::Owned(bytes) => bytes,
        }
    }
}

impl std::fmt::Debug for Bytes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} bytes", self.get().len())
    }
}

/// A section of an opened file. Cloning is cheap.
#[derive(Clone, Debug)]
pub(super) struct Section {
    bytes: Arc<Bytes>,
    range: Range<usize>,
}

impl AsRef<[u8]> for Section {
    fn as_ref(&self) -> &[u8] {
        self.bytes.get().get(self.range.clone()).unwrap_or(&[])
    }
}

impl Section {
    /// Number of whole values of `width` bytes.
    pub(super) fn count(&self, width: usize) -> usize {
        self.range.len() / width
    }

    /// Value number `at` of a column of four-byte values; 0 past its end.
    pub(super) fn u32(&self, at: usize) -> u32 {
        self.array(at).map_or(0, u32::from_le_bytes)
    }

    /// Value number `at` of a column of signed four-byte values; 0 past its end.
    pub(super) fn i32(&self, at: usize) -> i32 {
        self.array(at).map_or(0, i32::from_le_bytes)
    }

    /// Value number `at` of a column of two-byte values; 0 past its end.
    pub(super) fn u16(&self, at: usize) -> u16 {
        self.array(at).map_or(0, u16::from_le_bytes)
    }

    /// Value number `at` of a column of bytes; 0 past its end.
    pub(super) fn u8(&self, at: usize) -> u8 {
        self.array::<1>(at).map_or(0, |[byte]| byte)
    }

    /// Text between two byte offsets; empty where they do not fit.
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.as_ref().get(range).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// Value number `at` of a column of `N`-byte values.
    pub(super) fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let start = at.checked_mul(N)?;
        self.as_ref().get(start..start.checked_add(N)?)?.try_into().ok()
    }
}

/// An opened file.
pub(super) struct Sections {
    bytes: Arc<Bytes>,
    table: Vec<([u8; 4], Range<usize>)>,
}

impl Sections {
    /// Checks the header, that every section lies within the file, and, where `trusted` is not set, that
    /// no bit of the rest has changed since the file was written.
    pub(super) fn open(bytes: Bytes, kind: [u8; 4], trusted: bool) -> Result<Self, GazetteerError> {
        let format = |reason: &str| GazetteerError::Format(reason.to_owned());
        let all = bytes.get();
        if all.len() < HEADER || all[..8] != MAGIC {
            return Err(format("the file does not begin as one"));
        }
        let word = |at: usize| all[at..at + 4].try_into().map_or(0, u32::from_le_bytes);
        let long = |at: usize| all[at..at + 8].try_into().map_or(0, u64::from_le_bytes);
        if all[8..12] != kind {
            return Err(format("the file holds something else"));
        }
        if word(12) != VERSION {
            return Err(GazetteerError::Format(format!(
                "the file has version {}, and this program reads version {VERSION}",
                word(12)
            )));
        }
        if long(16) != all.len() as u64 {
            return Err(format("the file is cut short"));
        }
        if !trusted && long(24) != checksum(&all[32..]) {
            return Err(format("the file is damaged"));
        }
        let mut table = Vec::new();
        for number in 0..word(32) as usize {
            let at = HEADER + number * ENTRY;
            let Some(entry) = all.get(at..at + ENTRY) else {
                return Err(format("the file's table of sections is cut short"));
            };
            let mut name = [0; 4];
            name.copy_from_slice(&entry[..4]);
            let (start, len) = (long(at + 8), long(at + 16));
            match start.checked_add(len) {
                Some(end) if end <= all.len() as u64 => table.push((name, start as usize..end as usize)),
                _ => return Err(format("a section lies outside the file")),
            }
        }
        Ok(Self { bytes: Arc::new(bytes), table })
    }

    /// The section with this name; empty where the file has none.
    pub(super) fn section(&self, name: &[u8; 4]) -> Section {
        let range = self.table.iter().find(|(tag, _)| tag == name).map_or(0..0, |(_, range)| range.clone());
        Section { bytes: Arc::clone(&self.bytes), range }
    }
}

/// Lays the sections out as a file.
pub(super) fn assemble(kind: [u8; 4], sections: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let mut file = vec![0; HEADER + sections.len() * ENTRY];
    for (number, (name, bytes)) in sections.iter().enumerate() {
        file.resize(file.len().next_multiple_of(8), 0);
        let at = HEADER + number * ENTRY;
        let start = file.len() as u64;
        file[at..at + 4].copy_from_slice(name);
        file[at + 8..at + 16].copy_from_slice(&start.to_le_bytes());
        file[at + 16..at + 24].copy_from_slice(&(bytes.len() as u64).to_le_bytes());
        file.extend_from_slice(bytes);
    }
    let len = file.len() as u64;
    file[..8].copy_from_slice(&MAGIC);
    file[8..12].copy_from_slice(&kind);
    file[12..16].copy_from_slice(&VERSION.to_le_bytes());
    file[16..24].copy_from_slice(&len.to_le_bytes());
    file[32..36].copy_from_slice(&(sections.len() as u32).to_le_bytes());
    let sum = checksum(&file[32..]);
    file[24..32].copy_from_slice(&sum.to_le_bytes());
    file
}

/// A quick checksum that any single changed bit changes: every step is invertible in the word it takes in.
/// It guards against damage, not against forgery.
fn checksum(bytes: &[u8]) -> u64 {
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut sums = [1u64, 2, 3, 4];
    let mix = |sum: u64, word: u64| (sum ^ word).wrapping_mul(ODD).rotate_left(29);
    let mut blocks = bytes.chunks_exact(32);
    for block in &mut blocks {
        for (sum, word) in sums.iter_mut().zip(block.chunks_exact(8)) {
            *sum = mix(*sum, word.try_into().map_or(0, u64::from_le_bytes));
        }
    }
    let tail = blocks.remainder().iter().fold(bytes.len() as u64, |sum, &byte| mix(sum, u64::from(byte)));
    sums.iter().fold(tail, |sum, &word| mix(sum, word))
}
