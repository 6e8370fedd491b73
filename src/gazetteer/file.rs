//! The container of gazetteer files: named sections behind a checked header.
//! Everything is little-endian and read in place; nothing is parsed or copied when a file is opened. The header
//! and its table carry a checksum that is looked at then; each section has one of its own, which only
//! [`Sections::verify`] looks at, as it would take reading the whole file.
//!
//! Eight bytes `DATELINE`, four for the kind, the version, the length of the file, the checksum of the rest of
//! the header, the number of sections; then for each its name, where it begins, its length, its checksum.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::Arc;

use xxhash_rust::xxh3::{Xxh3, xxh3_64};

use super::GazetteerError;

const MAGIC: [u8; 8] = *b"DATELINE";
const VERSION: u32 = 2;
/// Magic, kind, version, length, checksum, count, padding.
const HEADER: usize = 40;
/// Name, padding, start, length, checksum.
const ENTRY: usize = 32;
/// Where what the checksum covers begins.
const CHECKED: usize = 32;

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
    #[inline]
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
    #[inline]
    fn as_ref(&self) -> &[u8] {
        self.bytes.get().get(self.range.clone()).unwrap_or(&[])
    }
}

impl Section {
    /// A section that is all of these bytes.
    #[cfg(test)]
    pub(super) fn of(bytes: Vec<u8>) -> Self {
        Self { range: 0..bytes.len(), bytes: Arc::new(Bytes::Owned(bytes)) }
    }

    /// Number of whole values of `width` bytes.
    pub(super) fn count(&self, width: usize) -> usize {
        self.range.len() / width
    }

    /// Value number `at` of a column of four-byte values; 0 past its end.
    #[inline]
    pub(super) fn u32(&self, at: usize) -> u32 {
        self.array(at).map_or(0, u32::from_le_bytes)
    }

    /// Value number `at` of a column of signed four-byte values; 0 past its end.
    #[inline]
    pub(super) fn i32(&self, at: usize) -> i32 {
        self.array(at).map_or(0, i32::from_le_bytes)
    }

    /// Value number `at` of a column of two-byte values; 0 past its end.
    #[inline]
    pub(super) fn u16(&self, at: usize) -> u16 {
        self.array(at).map_or(0, u16::from_le_bytes)
    }

    /// Value number `at` of a column of bytes; 0 past its end.
    #[inline]
    pub(super) fn u8(&self, at: usize) -> u8 {
        self.array::<1>(at).map_or(0, |[byte]| byte)
    }

    /// Text between two byte offsets; empty where they do not fit.
    pub(super) fn text(&self, range: Range<usize>) -> &str {
        self.as_ref().get(range).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("")
    }

    /// Value number `at` of a column of `N`-byte values.
    #[inline]
    pub(super) fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let start = at.checked_mul(N)?;
        self.as_ref().get(start..start.checked_add(N)?)?.try_into().ok()
    }
}

/// An opened file.
#[derive(Debug)]
pub(super) struct Sections {
    bytes: Arc<Bytes>,
    table: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    name: [u8; 4],
    range: Range<usize>,
    checksum: u64,
}

impl Sections {
    /// Checks the header, that the file has its length, and that every section lies within it.
    pub(super) fn open(bytes: Bytes, kind: [u8; 4]) -> Result<Self, GazetteerError> {
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
        let count = word(32) as usize;
        let end = count.checked_mul(ENTRY).and_then(|size| size.checked_add(HEADER));
        let Some(checked) = end.and_then(|end| all.get(CHECKED..end)) else {
            return Err(format("the file's table of sections is cut short"));
        };
        if long(24) != xxh3_64(checked) {
            return Err(format("the file's header is damaged"));
        }
        let mut table = Vec::with_capacity(count);
        for at in (0..count).map(|number| HEADER + number * ENTRY) {
            let name = [all[at], all[at + 1], all[at + 2], all[at + 3]];
            let (start, len) = (long(at + 8), long(at + 16));
            match start.checked_add(len) {
                Some(end) if end <= all.len() as u64 => {
                    table.push(Entry { name, range: start as usize..end as usize, checksum: long(at + 24) });
                }
                _ => return Err(format("a section lies outside the file")),
            }
        }
        Ok(Self { bytes: Arc::new(bytes), table })
    }

    /// The section with this name; empty where the file has none.
    pub(super) fn section(&self, name: &[u8; 4]) -> Section {
        let entry = self.table.iter().find(|entry| entry.name == *name);
        Section { bytes: Arc::clone(&self.bytes), range: entry.map_or(0..0, |entry| entry.range.clone()) }
    }

    /// Reads everything and fails where a bit has changed since the file was written.
    pub(super) fn verify(&self) -> Result<(), GazetteerError> {
        for Entry { name, range, checksum } in &self.table {
            if self.bytes.get().get(range.clone()).is_none_or(|bytes| xxh3_64(bytes) != *checksum) {
                let name = String::from_utf8_lossy(name).trim_end().to_owned();
                return Err(GazetteerError::Format(format!("its section “{name}” is damaged")));
            }
        }
        Ok(())
    }
}

/// Writes sections, which lie in files of their own, as one file.
pub(super) fn assemble(
    kind: [u8; 4],
    sections: Vec<([u8; 4], File)>,
    out: &mut (impl Write + Seek),
) -> io::Result<u64> {
    let mut at = (HEADER + sections.len() * ENTRY) as u64;
    out.seek(SeekFrom::Start(at))?;
    let mut table = (sections.len() as u64).to_le_bytes().to_vec();
    let mut buffer = vec![0; 1 << 18];
    for (name, mut section) in sections {
        let padding = at.next_multiple_of(8) - at;
        out.write_all(&[0; 8][..padding as usize])?;
        at += padding;
        section.rewind()?;
        let (mut len, mut sum) = (0, Xxh3::new());
        loop {
            let read = section.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            out.write_all(&buffer[..read])?;
            sum.update(&buffer[..read]);
            len += read as u64;
        }
        table.extend(name);
        table.extend([0; 4]);
        [at, len, sum.digest()].iter().for_each(|number| table.extend(number.to_le_bytes()));
        at += len;
    }
    let mut header = MAGIC.to_vec();
    header.extend(kind);
    header.extend(VERSION.to_le_bytes());
    header.extend(at.to_le_bytes());
    header.extend(xxh3_64(&table).to_le_bytes());
    header.extend(table);
    out.seek(SeekFrom::Start(0))?;
    out.write_all(&header)?;
    out.flush()?;
    Ok(at)
}
