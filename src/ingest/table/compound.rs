//! Compound files, in which Excel kept its workbooks before 2007: a small file system of sectors.
//! One stream is taken out, and put into a new file by itself: whoever reads that sees what was looked over, and nothing
//! else.

use std::collections::HashSet;

const SECTOR: usize = 512;

/// Numbers of sectors that are none.
const FREE: u32 = 0xFFFF_FFFF;
const END: u32 = 0xFFFF_FFFE;
const TABLE: u32 = 0xFFFF_FFFD;

/// Streams of fewer bytes lie in sectors of 64 bytes.
const SMALL: usize = 4096;

/// The bytes of the first stream that has one of these names; `None` where the file is damaged or has none.
pub(super) fn stream(bytes: &[u8], names: &[&str]) -> Option<Vec<u8>> {
    let size = match u16_at(bytes, 30)? {
        9 => 512,
        12 => 4096,
        _ => return None,
    };
    let sectors = Sectors { bytes, size };
    let table = table(&sectors)?;
    let directory = sectors.chain(u32_at(bytes, 48)?, &table, bytes.len())?;
    let entries: Vec<&[u8]> = directory.chunks_exact(128).collect();
    let entry = names.iter().find_map(|name| entries.iter().find(|entry| is_called(entry, name)))?;
    let (start, length) = (u32_at(entry, 116)?, usize::try_from(u32_at(entry, 120)?).ok()?);
    if length >= SMALL {
        return sectors.chain(start, &table, length);
    }
    let root = entries.first()?;
    let held = sectors.chain(u32_at(root, 116)?, &table, usize::try_from(u32_at(root, 120)?).ok()?)?;
    let small = sectors.chain(u32_at(bytes, 60)?, &table, bytes.len())?;
    let small: Vec<u32> = small.chunks_exact(4).filter_map(|number| u32_at(number, 0)).collect();
    // The first of the small sectors has no header before it.
    let before = [vec![0; 64], held].concat();
    Sectors { bytes: &before, size: 64 }.chain(start, &small, length)
}

/// A compound file with nothing but a stream of this name.
pub(super) fn file(name: &str, stream: &[u8]) -> Vec<u8> {
    let length = stream.len().max(SMALL);
    let used = length.div_ceil(SECTOR);
    // The table lists itself, the directory, and the stream.
    let mut tables = 1;
    while tables * (SECTOR / 4) < tables + 1 + used {
        tables += 1;
    }
    let listed = tables.saturating_sub(109).div_ceil(SECTOR / 4 - 1);
    let total = listed + tables + 1 + used;
    let tables = tables.max(total.div_ceil(SECTOR / 4));
    let (first_table, directory) = (listed, listed + tables);
    let mut out = vec![0; SECTOR];
    put(&mut out, 0, b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    for (at, value) in [(24, 0x3Eu16), (26, 3), (28, 0xFFFE), (30, 9), (32, 6)] {
        put(&mut out, at, &value.to_le_bytes());
    }
    let first_list = if listed > 0 { 0 } else { END };
    let heads = [
        (44, tables as u32),
        (48, directory as u32),
        (56, SMALL as u32),
        (60, END),
        (68, first_list),
        (72, listed as u32),
    ];
    for (at, value) in heads {
        put(&mut out, at, &value.to_le_bytes());
    }
    let numbers: Vec<u32> = (first_table..first_table + tables).map(|number| number as u32).collect();
    let numbered = |at: usize| numbers.get(at).copied().unwrap_or(FREE);
    (0..109).for_each(|at| put(&mut out, 76 + at * 4, &numbered(at).to_le_bytes()));
    for list in 0..listed {
        (0..127).for_each(|at| out.extend(numbered(109 + list * 127 + at).to_le_bytes()));
        out.extend((if list + 1 < listed { list as u32 + 1 } else { END }).to_le_bytes());
    }
    let first = directory + 1;
    for number in 0..tables * (SECTOR / 4) {
        let next = match number {
            number if number < first_table => 0xFFFF_FFFC,
            number if number < directory => TABLE,
            number if number == directory || number + 1 == first + used => END,
            number if number < first + used => number as u32 + 1,
            _ => FREE,
        };
        out.extend(next.to_le_bytes());
    }
    for (name, kind, child, start, length) in
        [("Root Entry", 5u8, 1, END, 0), (name, 2, FREE, first as u32, length)]
    {
        let mut entry = vec![0; 128];
        let wide: Vec<u8> = name.encode_utf16().take(31).flat_map(u16::to_le_bytes).collect();
        put(&mut entry, 0, &wide);
        put(&mut entry, 64, &(wide.len() as u16 + 2).to_le_bytes());
        put(&mut entry, 66, &[kind, 1]);
        for (at, value) in [(68, FREE), (72, FREE), (76, child), (116, start), (120, length as u32)] {
            put(&mut entry, at, &value.to_le_bytes());
        }
        out.extend(entry);
    }
    out.extend([0; 256]);
    out.extend(stream);
    out.resize(SECTOR * (1 + first + used), 0);
    out
}

fn put(out: &mut [u8], at: usize, bytes: &[u8]) {
    if let Some(place) = out.get_mut(at..at + bytes.len()) {
        place.copy_from_slice(bytes);
    }
}

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn is_called(entry: &[u8], name: &str) -> bool {
    let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    entry.get(64..66) == Some(&(wide.len() as u16 + 2).to_le_bytes()) && entry.starts_with(&wide)
}

/// Which sector follows which.
fn table(sectors: &Sectors<'_>) -> Option<Vec<u32>> {
    let mut numbers: Vec<u32> = (0..109).filter_map(|at| u32_at(sectors.bytes, 76 + at * 4)).collect();
    let (mut list, mut seen) = (u32_at(sectors.bytes, 68)?, HashSet::new());
    while list < TABLE - 1 && seen.insert(list) {
        let sector = sectors.get(list)?;
        let last = sectors.size - 4;
        numbers.extend(sector.get(..last)?.chunks_exact(4).filter_map(|number| u32_at(number, 0)));
        list = u32_at(sector, last)?;
    }
    let mut table = Vec::new();
    for number in numbers.into_iter().filter(|&number| number < TABLE - 1) {
        let sector = sectors.get(number)?;
        table.extend(sector.chunks_exact(4).filter_map(|number| u32_at(number, 0)));
        // No more than there are sectors.
        if table.len() > sectors.bytes.len() / sectors.size + sectors.size {
            break;
        }
    }
    Some(table)
}

struct Sectors<'a> {
    bytes: &'a [u8],
    size: usize,
}

impl<'a> Sectors<'a> {
    fn get(&self, number: u32) -> Option<&'a [u8]> {
        let start = usize::try_from(number).ok()?.checked_add(1)?.checked_mul(self.size)?;
        // The last may be cut.
        self.bytes.get(start..self.bytes.len().min(start + self.size))
    }

    /// The sectors that follow each other, at most so many bytes of them.
    fn chain(&self, mut number: u32, table: &[u32], most: usize) -> Option<Vec<u8>> {
        let mut out = Vec::new();
        while number < TABLE - 1 && out.len() < most {
            // A ring would never end.
            if out.len() > self.bytes.len() {
                return None;
            }
            out.extend_from_slice(self.get(number)?);
            number = *table.get(usize::try_from(number).ok()?)?;
        }
        out.truncate(most);
        Some(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_that_is_put_in_comes_out() {
        for length in [4096, 4097, 60_000, 66_000, 9_000_000] {
            let stream: Vec<u8> = (0..length).map(|at: u32| (at % 251) as u8).collect();
            assert!(
                super::stream(&file("Workbook", &stream), &["Book", "Workbook"]) == Some(stream),
                "{length}"
            );
        }
        assert_eq!(stream(&file("Workbook", b"short"), &["Other"]), None);
        assert_eq!(stream(b"", &["Workbook"]), None);
    }
}
