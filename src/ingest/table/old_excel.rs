//! Workbooks of Excel from before 2007, looked over before their reader believes what they say.
//! It takes a sheet for the rectangle around its cells, and reads as many sheets as the workbook lists, even if all are
//! one.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{Data, Reader, Xls};

use super::compound::{self, u16_at, u32_at};
use super::row::Cell;

/// Most places in the rectangles around the cells of all sheets.
const MOST_PLACES: u64 = 4_000_000;

/// Most characters in the cells of all sheets.
const MOST_TEXT: u64 = 64 << 20;

/// Kinds of records: the ones that have cells, and those that tell of sheets.
const CELLS: [u16; 9] = [0x0006, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x0205, 0x0207, 0x027E];
const SHEET: u16 = 0x0085;
const DIMENSIONS: u16 = 0x0200;
const STRINGS: u16 = 0x00FC;
const MORE: u16 = 0x003C;
const STRING: u16 = 0x00FD;
const LOCKED: u16 = 0x002F;
const END: u16 = 0x000A;

const BROKEN: &str = "it is damaged: no workbook can be read in it";
const LARGE: &str = "too large: save its sheets as CSV, which may be of any length";

/// A workbook that is open.
pub(super) type Book = Xls<Cursor<Vec<u8>>>;

/// Opens a workbook.
pub(super) fn open(bytes: &[u8]) -> Result<Book, String> {
    let stream = compound::stream(bytes, &["Workbook", "Book"]).ok_or(BROKEN)?;
    look_over(&stream)?;
    Xls::new(Cursor::new(compound::file("Workbook", &stream))).map_err(|_| BROKEN.to_owned())
}

/// The cells of a sheet, by row and column from 0.
pub(super) fn read(
    book: &mut Book,
    name: &str,
    put: &mut dyn FnMut(u32, u32, Cell) -> Result<(), String>,
) -> Result<(), String> {
    let range = book.worksheet_range(name).map_err(|_| BROKEN.to_owned())?;
    let (first_row, first_column) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let cell = match value {
            Data::String(words) | Data::DateTimeIso(words) | Data::DurationIso(words) => {
                Cell::of(words.as_str())
            }
            Data::Int(number) => Cell::Number(*number as f64),
            Data::Float(number) => Cell::Number(*number),
            Data::Bool(value) => Cell::of(value.to_string()),
            Data::DateTime(moment) => super::workbook::of_moment(moment),
            Data::Error(_) | Data::Empty => Cell::Empty,
        };
        put(first_row + row as u32, first_column + column as u32, cell)?;
    }
    Ok(())
}

/// Fails where the sheets would be taken for more than can be held.
fn look_over(stream: &[u8]) -> Result<(), String> {
    let (mut sheets, mut strings, mut last) = (BTreeSet::new(), Vec::new(), 0);
    for (kind, data) in records(stream, 0) {
        let before = std::mem::replace(&mut last, kind);
        match kind {
            STRINGS => strings = vec![data],
            MORE if matches!(before, STRINGS | MORE) && !strings.is_empty() => {
                strings.push(data);
            }
            LOCKED => return Err("it is locked with a password".to_owned()),
            SHEET => {
                let start = u32_at(data, 0).map(|start| start as usize).filter(|&start| start < stream.len());
                // Sheets that are one are many all the same to who reads them.
                if !sheets.insert(start.ok_or(BROKEN)?) {
                    return Err(BROKEN.to_owned());
                }
            }
            END => break,
            _ => {}
        }
    }
    let lengths = lengths(&strings).ok_or(BROKEN)?;
    let mut ends: Vec<usize> = sheets.iter().copied().skip(1).collect();
    ends.push(stream.len());
    let (mut places, mut text) = (0, 0);
    for (&start, &end) in sheets.iter().zip(&ends) {
        // A sheet that ran on into the next would be read twice, by one reader after the other.
        let own = stream.get(..end).unwrap_or(stream);
        places += extent(own, start)?;
        // One long text may stand in every cell.
        for (_, data) in records(own, start).filter(|(kind, _)| *kind == STRING) {
            let number = u32_at(data, 6).and_then(|number| usize::try_from(number).ok());
            text += number.and_then(|number| lengths.get(number)).map_or(0, |&length| u64::from(length));
        }
        if places > MOST_PLACES || text > MOST_TEXT {
            return Err(LARGE.to_owned());
        }
    }
    Ok(())
}

/// How many characters each of the texts has that cells share. They go on from record to record, and say at the
/// beginning of each whether their characters have one byte or two.
fn lengths(pieces: &[&[u8]]) -> Option<Vec<u16>> {
    let Some(first) = pieces.first() else { return Some(Vec::new()) };
    let count = u32_at(first, 4)?;
    let (mut piece, mut at) = (0, 8);
    let mut lengths = Vec::new();
    for _ in 0..count {
        // Never begins at the very end of a record.
        if pieces.get(piece).is_some_and(|bytes| at >= bytes.len()) {
            (piece, at) = (piece + 1, 0);
        }
        // What is missing is missing for its reader, too.
        let Some(bytes) = pieces.get(piece) else { break };
        let length = u16_at(bytes, at)?;
        let mut flags = *bytes.get(at + 2)?;
        at += 3;
        let mut behind = 0usize;
        if flags & 8 != 0 {
            behind += usize::from(u16_at(bytes, at)?) * 4;
            at += 2;
        }
        if flags & 4 != 0 {
            behind = behind.checked_add(usize::try_from(u32_at(bytes, at)?).ok()?)?;
            at += 4;
        }
        let mut left = usize::from(length);
        while left > 0 {
            let bytes = pieces.get(piece)?;
            let width = usize::from(flags & 1) + 1;
            let here = left.min(bytes.len().saturating_sub(at) / width);
            left -= here;
            at += here * width;
            if left > 0 {
                piece += 1;
                flags = *pieces.get(piece)?.first()?;
                at = 1;
            }
        }
        while behind > 0 {
            let bytes = pieces.get(piece)?;
            let here = behind.min(bytes.len().saturating_sub(at));
            behind -= here;
            at += here;
            if behind > 0 {
                (piece, at) = (piece + 1, 0);
            }
        }
        lengths.push(length);
    }
    Some(lengths)
}

/// How many places the rectangle around the cells of a sheet has, that which it says and that which is so.
fn extent(stream: &[u8], start: usize) -> Result<u64, String> {
    let (mut rows, mut columns, mut said) = (0, 0, 0);
    let (mut depth, mut ended) = (0, false);
    for (kind, data) in records(stream, start) {
        match kind {
            0x0809 => depth += 1,
            END => {
                depth -= 1;
                ended = depth == 0;
                if ended {
                    break;
                }
            }
            DIMENSIONS => said += dimensions(data).ok_or(BROKEN)?,
            kind if CELLS.contains(&kind) => {
                // Those of several cells end with the number of the last.
                let last = if kind == 0x00BD { u16_at(data, data.len().saturating_sub(2)) } else { None };
                let column = u16_at(data, 2).max(last).unwrap_or(0);
                rows = rows.max(u64::from(u16_at(data, 0).unwrap_or(0)) + 1);
                columns = columns.max(u64::from(column) + 1);
            }
            _ => {}
        }
    }
    if !ended {
        return Err(BROKEN.to_owned());
    }
    Ok(said.max(rows * columns))
}

/// How many places a sheet says it has.
fn dimensions(data: &[u8]) -> Option<u64> {
    let (first_row, last_row, columns) = match data.len() {
        10 => (u64::from(u16_at(data, 0)?), u64::from(u16_at(data, 2)?), u16_at(data, 6)?),
        14 | 16 => (u64::from(u32_at(data, 0)?), u64::from(u32_at(data, 4)?), u16_at(data, 10)?),
        _ => return None,
    };
    if last_row == 0 || columns == 0 {
        return Some(1);
    }
    Some(last_row.checked_sub(first_row)?.saturating_mul(u64::from(columns)))
}

/// The records of a stream from a place on, as far as they are whole.
fn records(stream: &[u8], start: usize) -> impl Iterator<Item = (u16, &[u8])> {
    let mut at = start;
    std::iter::from_fn(move || {
        let (kind, length) = (u16_at(stream, at)?, usize::from(u16_at(stream, at + 2)?));
        let data = stream.get(at + 4..at + 4 + length)?;
        at += 4 + length;
        Some((kind, data))
    })
}
