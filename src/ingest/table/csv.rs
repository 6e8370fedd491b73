//! Tables of text: commas, tabs or semicolons, in any encoding, of any length.
//! A quotation mark that nobody closes would make one row of a whole file: a row may be only so long.

use std::io::{self, Read, SeekFrom};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use csv::ByteRecord;

use super::dialect::Dialect;
use super::row::{Cell, Row, Rows, WIDEST};
use crate::ingest::source::Input;
use crate::ingest::transcode::Transcoded;
use crate::ingest::walk::because;

/// Longest row, in bytes.
const LONGEST: u64 = 16 << 20;

/// Bytes by which the dialect is known.
const HEAD: usize = 64 << 10;

/// The rows of a table of text.
pub(super) fn rows(mut input: Box<dyn Input>) -> io::Result<Rows> {
    let mut head = Vec::new();
    Transcoded::new(&mut input).take(HEAD as u64).read_to_end(&mut head)?;
    input.seek(SeekFrom::Start(0))?;
    let whole = head.len() < HEAD;
    let dialect = Dialect::of(&String::from_utf8_lossy(&head), whole);
    let taken = Arc::new(AtomicU64::new(0));
    let leash = Leash { input: Transcoded::new(input), taken: Arc::clone(&taken) };
    let reader = dialect.reader().from_reader(leash);
    let skipped = usize::from(dialect.told);
    Ok(Box::new(Lines { reader, record: ByteRecord::new(), taken, number: 0, ended: false }.skip(skipped)))
}

struct Lines {
    reader: csv::Reader<Leash<Transcoded<Box<dyn Input>>>>,
    record: ByteRecord,
    taken: Arc<AtomicU64>,
    number: u64,
    ended: bool,
}

impl Iterator for Lines {
    type Item = Result<Row, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        self.taken.store(0, Ordering::Relaxed);
        self.number += 1;
        match self.reader.read_byte_record(&mut self.record) {
            Ok(true) => {
                let cells =
                    self.record.iter().take(WIDEST).map(|cell| Cell::of(String::from_utf8_lossy(cell)));
                Some(Ok(Row { number: self.number, cells: cells.collect() }))
            }
            Ok(false) => None,
            Err(error) => {
                self.ended = true;
                Some(Err(match error.into_kind() {
                    csv::ErrorKind::Io(error)
                        if error.get_ref().is_some_and(|inner| inner.is::<TooLong>()) =>
                    {
                        format!(
                            "row {} is longer than {} MiB; a quotation mark may never be closed; the rest is not read",
                            self.number,
                            LONGEST >> 20
                        )
                    }
                    csv::ErrorKind::Io(error) => because(&error),
                    _ => format!("row {} is damaged; the rest is not read", self.number),
                }))
            }
        }
    }
}

#[derive(Debug, thiserror::Error)]
#[error("the row is too long")]
struct TooLong;

/// An input of which only so much may be read for one row.
struct Leash<R> {
    input: R,
    taken: Arc<AtomicU64>,
}

impl<R: Read> Read for Leash<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let before = self.taken.fetch_add(read as u64, Ordering::Relaxed);
        if before > LONGEST {
            return Err(io::Error::other(TooLong));
        }
        Ok(read)
    }
}
