//! Workbooks of Excel and of LibreOffice: each sheet with text is a table.
//! Sheets are read cell by cell: a sheet of two cells, one in its first corner and one in its last, would be a hundred
//! billion if it were taken as a rectangle.

use std::io::{Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsb, Xlsx};

use super::articles::Table;
use super::row::{Cell, Row, Rows, WIDEST};
use super::{ods, old_excel};
use crate::ingest::archive::entry;
use crate::ingest::source::{DAMAGED, Input, LARGEST, Source, Steps, one};
use crate::ingest::walk::because;
use crate::ingest::{Options, Unopened};
use crate::model::{PartialDate, Problem};

/// Most sheets of a workbook that are read.
const MOST_SHEETS: usize = 1000;

/// Most cells of a sheet.
const MOST_CELLS: usize = 4_000_000;

/// Most bytes of text in the cells of a sheet.
const MOST_TEXT: usize = 128 << 20;

/// How far the parts of a workbook may grow in all when they are unpacked.
const LIMITS: entry::Limits = entry::Limits { largest: 1 << 30, ratio: 100, free: 48 << 20 };

/// Everything in a workbook.
pub(super) fn steps(mut source: Source) -> Steps {
    let book = match source.whole().map_err(|problem| problem.reason).and_then(Book::open) {
        Ok(book) => book,
        Err(reason) => return one(Err(source.problem(reason))),
    };
    Box::new(Sheets {
        source,
        book,
        next: 0,
        unread: Vec::new(),
        found_any: false,
        current: None,
        ended: false,
    })
}

/// The rows of the first sheet with text, or of the first.
pub(super) fn first(input: Box<dyn Input>, options: &Options) -> Result<Rows, String> {
    let mut bytes = Vec::new();
    input.take(LARGEST).read_to_end(&mut bytes).map_err(|error| because(&error))?;
    let mut book = Book::open(bytes)?;
    for number in 0..book.names.len() {
        let rows = book.rows(number)?;
        let sample: Vec<Row> = rows.iter().take(200).cloned().collect();
        if super::layout::Layout::guess(&sample, None, options).is_ok_and(|layout| layout.has_words()) {
            return Ok(Box::new(rows.into_iter().map(Ok)));
        }
    }
    Ok(Box::new(book.rows(0)?.into_iter().map(Ok)))
}

enum Kind {
    Xlsx(Box<Xlsx<Cursor<Vec<u8>>>>),
    Xlsb(Box<Xlsb<Cursor<Vec<u8>>>>),
    Xls(Box<old_excel::Book>),
    Ods(Cursor<Vec<u8>>),
}

/// A workbook that is open.
struct Book {
    kind: Kind,
    names: Vec<String>,
}

impl Book {
    fn open(bytes: Vec<u8>) -> Result<Book, String> {
        guarded(|| Self::opened(bytes))
    }

    fn opened(bytes: Vec<u8>) -> Result<Book, String> {
        if !bytes.starts_with(b"PK") {
            let book = old_excel::open(&bytes)?;
            return Ok(Book { names: book.sheet_names(), kind: Kind::Xls(Box::new(book)) });
        }
        let mut archive = entry::directory(Cursor::new(bytes.as_slice()))?;
        entry::check(&mut archive, bytes.len() as u64, LIMITS)?;
        let has = |name: &str| archive.index_for_name(name).is_some();
        let (xlsb, ods) = (has("xl/workbook.bin"), has("content.xml"));
        drop(archive);
        let input = Cursor::new(bytes);
        let mut book = if ods {
            let mut input = input;
            let names = ods::sheets(&mut input)?;
            Book { kind: Kind::Ods(input), names }
        } else if xlsb {
            let book = Xlsb::new(input).map_err(|error| reason(&error))?;
            Book { names: book.sheet_names(), kind: Kind::Xlsb(Box::new(book)) }
        } else {
            let book = Xlsx::new(input).map_err(|error| reason(&error))?;
            Book { names: book.sheet_names(), kind: Kind::Xlsx(Box::new(book)) }
        };
        book.names.truncate(MOST_SHEETS);
        if book.names.is_empty() {
            return Err("empty: there is no sheet in it".to_owned());
        }
        Ok(book)
    }

    /// The rows of a sheet that are not empty.
    fn rows(&mut self, number: usize) -> Result<Vec<Row>, String> {
        let name = self.names.get(number).cloned().unwrap_or_default();
        guarded(|| {
            let mut sheet = Sheet::default();
            match &mut self.kind {
                Kind::Ods(input) => {
                    ods::read(input, number, &mut |row, column, cell| sheet.put(row, column, cell))?
                }
                Kind::Xls(book) => {
                    old_excel::read(book, &name, &mut |row, column, cell| sheet.put(row, column, cell))?
                }
                Kind::Xlsx(book) => {
                    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| reason(&error))?;
                    while let Some(cell) = cells.next_cell().map_err(|error| reason(&error))? {
                        let (row, column) = cell.get_position();
                        sheet.put(row, column, of_ref(cell.get_value()))?;
                    }
                }
                Kind::Xlsb(book) => {
                    let mut cells = book.worksheet_cells_reader(&name).map_err(|error| reason(&error))?;
                    while let Some(cell) = cells.next_cell().map_err(|error| reason(&error))? {
                        let (row, column) = cell.get_position();
                        sheet.put(row, column, of_ref(cell.get_value()))?;
                    }
                }
            }
            Ok(sheet.rows())
        })
    }
}

/// The cells of a sheet as they come.
#[derive(Default)]
struct Sheet {
    rows: std::collections::BTreeMap<u32, Vec<Cell>>,
    cells: usize,
    text: usize,
}

impl Sheet {
    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), String> {
        let column = column as usize;
        if cell.is_empty() || column >= WIDEST {
            return Ok(());
        }
        let cells = self.rows.entry(row).or_default();
        let more = (column + 1).saturating_sub(cells.len());
        self.cells += more;
        self.text += cell.weight();
        if self.cells > MOST_CELLS || self.text > MOST_TEXT {
            return Err("too large: save its sheets as CSV, which may be of any length".to_owned());
        }
        if more > 0 {
            cells.resize(column + 1, Cell::Empty);
        }
        if let Some(place) = cells.get_mut(column) {
            *place = cell;
        }
        Ok(())
    }

    fn rows(self) -> Vec<Row> {
        self.rows.into_iter().map(|(number, cells)| Row { number: u64::from(number) + 1, cells }).collect()
    }
}

fn of_ref(value: &DataRef<'_>) -> Cell {
    match value {
        DataRef::SharedString(words) => Cell::of(*words),
        DataRef::String(words) | DataRef::DateTimeIso(words) | DataRef::DurationIso(words) => {
            Cell::of(words.as_str())
        }
        DataRef::Int(number) => Cell::Number(*number as f64),
        DataRef::Float(number) => Cell::Number(*number),
        DataRef::Bool(value) => Cell::of(value.to_string()),
        DataRef::DateTime(moment) => of_moment(moment),
        DataRef::Error(_) | DataRef::Empty => Cell::Empty,
    }
}

pub(super) fn of_moment(moment: &ExcelDateTime) -> Cell {
    // A duration, or a time of day, is no date.
    if !moment.is_datetime() || !(1.0..2_958_466.0).contains(&moment.as_f64()) {
        return Cell::Number(moment.as_f64());
    }
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    i16::try_from(year).map_or(Cell::Empty, |year| Cell::Date(PartialDate::ymd(year, month, day)))
}

fn guarded<T>(read: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(DAMAGED.to_owned()))
}

fn reason(error: &impl std::fmt::Display) -> String {
    log::debug!("a workbook: {error}");
    let said = error.to_string().to_lowercase();
    match said.contains("password") || said.contains("encrypted") {
        true => "it is locked with a password".to_owned(),
        false => "it is damaged: no workbook can be read in it".to_owned(),
    }
}

/// The sheets of a workbook, one after the other.
struct Sheets {
    source: Source,
    book: Book,
    next: usize,
    /// Why sheets gave nothing.
    unread: Vec<Problem>,
    found_any: bool,
    current: Option<Steps>,
    ended: bool,
}

impl Sheets {
    fn sheet(&mut self, number: usize) -> Result<Steps, Problem> {
        let name = self.book.names.get(number).cloned().unwrap_or_default();
        let place = format!("{}#{name}", self.source.name);
        let rows = self.book.rows(number).map_err(|reason| Problem { place: place.clone(), reason })?;
        // As a workbook calls the places in it: Sheet1!A3.
        let (name, id) = (place, format!("{}#{name}!", self.source.id));
        let table = Table { name, id, names: None, rows: Box::new(rows.into_iter().map(Ok)) };
        table.articles(&self.source.options)
    }
}

impl Iterator for Sheets {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        loop {
            if let Some(step) = self.current.as_mut().and_then(Iterator::next) {
                self.found_any = true;
                return Some(step);
            }
            self.current = None;
            if self.next < self.book.names.len() {
                self.next += 1;
                match self.sheet(self.next - 1) {
                    Ok(steps) => self.current = Some(steps),
                    Err(problem) => self.unread.push(problem),
                }
                continue;
            }
            // A sheet of figures beside one of news is nothing unusual; a workbook without news is.
            if self.found_any || self.ended {
                return None;
            }
            self.ended = true;
            self.current = Some(Box::new(
                std::mem::take(&mut self.unread).into_iter().map(|problem| Err(problem).into()),
            ));
        }
    }
}
