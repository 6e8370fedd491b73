//! Rows of a damaged file, page by page, without the trees that lead to them.
//! Every page with rows says where they are and every row how long it is (SQLite's file format, "B-tree Pages" and
//! "Record Format"); that it is whole, its checksum tells whoever takes it.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

/// Pages that hold rows, by their first byte.
const TABLE_LEAF: u8 = 13;
const INDEX_LEAF: u8 = 10;
const INDEX_INNER: u8 = 2;

/// Bytes before the first page's own head.
const FILE_HEAD: usize = 100;

/// A value of a row.
#[derive(Debug, PartialEq)]
pub(super) enum Cell {
    Null,
    Number(i64),
    Bytes(Vec<u8>),
    Text(String),
    /// Of a kind that no row has.
    Other,
}

/// A row and its number, where it is in a table of numbered rows.
pub(super) type Carved = (Option<i64>, Vec<Cell>);

/// A file that is read page by page.
pub(super) struct Pages {
    file: File,
    size: usize,
    count: u64,
}

impl Pages {
    /// The size of pages is what the file says, where that makes sense, or else `usual`.
    pub(super) fn new(mut file: File, usual: usize) -> io::Result<Pages> {
        let mut head = [0; FILE_HEAD];
        let length = file.metadata()?.len();
        file.read_exact(&mut head)?;
        let told = usize::from(u16::from_be_bytes([head[16], head[17]]));
        let size = if told.is_power_of_two() && told >= 512 { told } else { usual };
        Ok(Pages { file, size, count: length / size as u64 })
    }

    /// Every row of every page that has some, as far as they can be made out.
    pub(super) fn rows(&mut self, mut row: impl FnMut(Carved)) {
        for number in 1..=self.count {
            let Some(page) = self.page(number) else { continue };
            let start = if number == 1 { FILE_HEAD } else { 0 };
            let Some((kind, cells)) = cells(&page, start) else { continue };
            for at in cells {
                if let Some(carved) = self.carve(&page, kind, at) {
                    row(carved);
                }
            }
        }
    }

    fn page(&mut self, number: u64) -> Option<Vec<u8>> {
        let number = number.checked_sub(1).filter(|number| *number < self.count)?;
        let mut page = vec![0; self.size];
        self.file.seek(SeekFrom::Start(number * self.size as u64)).ok()?;
        self.file.read_exact(&mut page).ok()?;
        Some(page)
    }

    fn carve(&mut self, page: &[u8], kind: u8, at: usize) -> Option<Carved> {
        let mut rest = page.get(at..)?;
        if kind == INDEX_INNER {
            rest = rest.get(4..)?;
        }
        let length = usize::try_from(varint(&mut rest)?).ok()?;
        let number = if kind == TABLE_LEAF { Some(varint(&mut rest)?) } else { None };
        Some((number, record(&self.payload(rest, length, kind == TABLE_LEAF)?)?))
    }

    /// The bytes of a row: those in its page, and those in the pages that they go on in.
    fn payload(&mut self, rest: &[u8], length: usize, table: bool) -> Option<Vec<u8>> {
        if length as u64 > self.count * self.size as u64 {
            return None;
        }
        let most = if table { self.size - 35 } else { (self.size - 12) * 64 / 255 - 23 };
        if length <= most {
            return rest.get(..length).map(<[u8]>::to_vec);
        }
        let least = (self.size - 12) * 32 / 255 - 23;
        let fitting = least + (length - least) % (self.size - 4);
        let here = if fitting <= most { fitting } else { least };
        let mut bytes = rest.get(..here)?.to_vec();
        let mut next = u32::from_be_bytes(rest.get(here..here + 4)?.try_into().ok()?);
        while bytes.len() < length {
            let page = self.page(u64::from(next))?;
            let (head, more) = page.split_at(4);
            next = u32::from_be_bytes(head.try_into().ok()?);
            bytes.extend_from_slice(&more[..more.len().min(length - bytes.len())]);
        }
        Some(bytes)
    }
}

/// What sort of page it is, and where its rows begin.
fn cells(page: &[u8], start: usize) -> Option<(u8, Vec<usize>)> {
    let kind = *page.get(start)?;
    let head = match kind {
        TABLE_LEAF | INDEX_LEAF => 8,
        INDEX_INNER => 12,
        _ => return None,
    };
    let word = |at: usize| Some(usize::from(u16::from_be_bytes(page.get(at..at + 2)?.try_into().ok()?)));
    let count = word(start + 3)?;
    Some((kind, (0..count).map_while(|number| word(start + head + 2 * number)).collect()))
}

/// The next number of up to nine bytes, seven bits in each but the last.
fn varint(rest: &mut &[u8]) -> Option<i64> {
    let mut value = 0u64;
    for at in 0..9 {
        let byte = *rest.get(at)?;
        if at == 8 {
            value = (value << 8) | u64::from(byte);
        } else {
            value = (value << 7) | u64::from(byte & 0x7f);
        }
        if at == 8 || byte < 0x80 {
            *rest = rest.get(at + 1..)?;
            break;
        }
    }
    Some(value as i64)
}

/// The values of a row: their kinds come first.
fn record(bytes: &[u8]) -> Option<Vec<Cell>> {
    let mut kinds = bytes;
    let head = usize::try_from(varint(&mut kinds)?).ok()?;
    let mut kinds = bytes.get(bytes.len() - kinds.len()..head)?;
    let mut rest = bytes.get(head..)?;
    let mut cells = Vec::new();
    while !kinds.is_empty() {
        let kind = usize::try_from(varint(&mut kinds)?).ok()?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => kind,
            5 => 6,
            6 | 7 => 8,
            12.. => (kind - 12) / 2,
            _ => return None,
        };
        let (value, more) = rest.split_at_checked(length)?;
        rest = more;
        cells.push(match kind {
            0 => Cell::Null,
            8 => Cell::Number(0),
            9 => Cell::Number(1),
            1..=6 => Cell::Number(whole(value)),
            7 => Cell::Other,
            _ if kind % 2 == 0 => Cell::Bytes(value.to_vec()),
            _ => String::from_utf8(value.to_vec()).map_or(Cell::Other, Cell::Text),
        });
    }
    Some(cells)
}

/// A number of up to eight bytes, the first of which has the sign.
fn whole(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|first| *first >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(sign, |value, byte| (value << 8) | i64::from(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_up_to_nine_bytes() {
        let check = |bytes: &[u8], expected: Option<i64>, left: usize| {
            let mut rest = bytes;
            assert_eq!((varint(&mut rest), rest.len()), (expected, left), "{bytes:?}");
        };
        check(&[7, 1], Some(7), 1);
        check(&[0x81, 0], Some(128), 0);
        check(&[0xff; 9], Some(-1), 0);
        check(&[0x81], None, 1);
        check(&[], None, 0);
    }

    #[test]
    fn rows_are_values_after_their_kinds() {
        let check =
            |bytes: &[u8], expected: Option<Vec<Cell>>| assert_eq!(record(bytes), expected, "{bytes:?}");
        let bytes = |bytes: &[u8]| Cell::Bytes(bytes.to_vec());
        check(&[4, 0, 1, 16, 0xff, 5, 6], Some(vec![Cell::Null, Cell::Number(-1), bytes(&[5, 6])]));
        check(&[4, 8, 9, 15, b'a'], Some(vec![Cell::Number(0), Cell::Number(1), Cell::Text("a".to_owned())]));
        check(&[3, 2, 12, 1, 0], Some(vec![Cell::Number(256), bytes(&[])]));
        check(&[2, 16, 1], None);
        check(&[9, 0], None);
        check(&[], None);
    }
}
