//! Parquet: tables column by column, a group of rows at a time; only columns of plain values are looked at.
//! What a file says of itself is looked over before Parquet's own reader believes it.

use std::io::{self, BufReader, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use flate2::read::MultiGzDecoder;
use parquet::basic::{Compression, Repetition};
use parquet::errors::ParquetError;
use parquet::file::metadata::ColumnChunkMetaData;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::Field;
use parquet::record::reader::{ReaderIter, TreeBuilder};
use parquet::schema::types::{SchemaDescPtr, SchemaDescriptor, Type};

use super::layout::Layout;
use super::row::{Cell, Row, Rows, WIDEST};
use super::thrift::{STRUCT, Thrift, Value};
use crate::ingest::Options;
use crate::ingest::source::{DAMAGED, Input};

/// Longest description of a file by itself.
const LONGEST_FOOTER: u64 = 64 << 20;

/// Deepest columns within columns.
const DEEPEST: usize = 30;

/// Most columns, with those within others.
const MOST_COLUMNS: usize = 10_000;

/// Most bytes that come out of a page, once it is unpacked.
const LARGEST_PAGE: i64 = 128 << 20;

/// Most bytes of a column in a group of rows, packed.
const LARGEST_CHUNK: u64 = 256 << 20;

/// Rows by which columns are known.
const SAMPLED: usize = 200;

const BROKEN: &str = "it is damaged: no table can be read in it";

/// The names of the columns that are looked at, and the rows.
pub(super) fn rows(input: Box<dyn Input>, options: &Options) -> Result<(Vec<String>, Rows), String> {
    let file = looked_over(input)?;
    guarded(|| opened(file, options)).and_then(|opened| opened)
}

/// The names of the columns that are looked at, and the first rows, in which all of them are filled.
pub(super) fn first(input: Box<dyn Input>) -> Result<(Vec<String>, Rows), String> {
    let file = looked_over(input)?;
    let (columns, rows) = guarded(|| sampled(&file)).and_then(|sampled| sampled)?;
    Ok((names(&columns), Box::new(rows.into_iter().map(Ok))))
}

fn looked_over(input: Box<dyn Input>) -> Result<Shared, String> {
    let file = Shared::new(input).map_err(|_| BROKEN.to_owned())?;
    look_over(&file).ok_or(BROKEN)?;
    Ok(file)
}

/// The columns of plain values, and the first rows of all of them.
fn sampled(file: &Shared) -> Result<(Vec<Arc<Type>>, Vec<Row>), String> {
    let reader = SerializedFileReader::new(file.clone()).map_err(|error| reason(&error))?;
    let schema = reader.metadata().file_metadata().schema_descr().root_schema().clone();
    let plain: Vec<_> =
        schema.get_fields().iter().filter(|field| is_plain(field)).take(WIDEST).cloned().collect();
    if plain.is_empty() {
        return Err("there is no column of text or figures in it".to_owned());
    }
    let rows = Groups::new(file.clone(), &plain)?.take(SAMPLED).collect::<Result<Vec<_>, _>>()?;
    Ok((plain, rows))
}

fn names(columns: &[Arc<Type>]) -> Vec<String> {
    columns.iter().map(|field| field.name().to_owned()).collect()
}

fn opened(file: Shared, options: &Options) -> Result<(Vec<String>, Rows), String> {
    // Which columns are wanted, the first rows tell; the others are never unpacked.
    let (plain, sampled) = sampled(&file)?;
    let names = names(&plain);
    let layout = Layout::guess(&sampled, Some(names.clone()), options)?;
    let wanted: Vec<_> = layout.columns.values().copied().collect();
    let kept: Vec<_> = plain
        .iter()
        .enumerate()
        .filter(|(at, _)| wanted.contains(at))
        .map(|(_, field)| field.clone())
        .collect();
    if kept.is_empty() {
        return Ok((names, Box::new(sampled.into_iter().map(Ok))));
    }
    // They keep their places, so that a column that was told by its number is the same.
    let places = wanted_places(&wanted, plain.len());
    let rows = Groups::new(file, &kept)?.map(move |row| row.map(|row| spread(row, &places)));
    Ok((names, Box::new(rows)))
}

/// Where the cells of the columns that were kept belong.
fn wanted_places(wanted: &[usize], width: usize) -> Vec<usize> {
    (0..width).filter(|at| wanted.contains(at)).collect()
}

fn spread(row: Row, places: &[usize]) -> Row {
    let mut cells = vec![Cell::Empty; places.last().map_or(0, |last| last + 1)];
    for (cell, &place) in row.cells.into_iter().zip(places) {
        if let Some(kept) = cells.get_mut(place) {
            *kept = cell;
        }
    }
    Row { number: row.number, cells }
}

/// Whether a column is one value a row.
fn is_plain(field: &Type) -> bool {
    field.is_primitive() && field.get_basic_info().repetition() != Repetition::REPEATED
}

/// The rows of a file, group by group.
struct Groups {
    file: Shared,
    reader: SerializedFileReader<Shared>,
    wanted: SchemaDescPtr,
    /// Names of the wanted columns, as they stand in the file.
    paths: Vec<String>,
    next: usize,
    number: u64,
    rows: Option<ReaderIter>,
    ended: bool,
}

impl Groups {
    fn new(file: Shared, wanted: &[Arc<Type>]) -> Result<Groups, String> {
        let reader = SerializedFileReader::new(file.clone()).map_err(|error| reason(&error))?;
        let root = reader.metadata().file_metadata().schema_descr().root_schema().name().to_owned();
        let paths = wanted.iter().map(|field| field.name().to_owned()).collect();
        let wanted = Type::group_type_builder(&root).with_fields(wanted.to_vec()).build();
        let wanted = wanted.map_err(|error| reason(&error))?;
        let wanted = Arc::new(SchemaDescriptor::new(Arc::new(wanted)));
        Ok(Groups { file, reader, wanted, paths, next: 0, number: 0, rows: None, ended: false })
    }

    /// Goes on to the next group; whether there is one.
    fn advance(&mut self) -> Result<bool, String> {
        if self.next >= self.reader.num_row_groups() {
            return Ok(false);
        }
        let group = self.reader.get_row_group(self.next).map_err(|error| reason(&error))?;
        self.next += 1;
        for column in group.metadata().columns() {
            if self.paths.contains(&column.column_path().string()) {
                let (start, length) = bytes_of(column).ok_or(BROKEN)?;
                check_pages(&self.file, start, length, column.compression())?;
            }
        }
        let rows = TreeBuilder::new().as_iter(Arc::clone(&self.wanted), &*group);
        self.rows = Some(rows.map_err(|error| reason(&error))?);
        Ok(true)
    }

    fn read(&mut self) -> Result<Option<Row>, String> {
        loop {
            if let Some(row) = self.rows.as_mut().and_then(Iterator::next) {
                let row = row.map_err(|error| reason(&error))?;
                self.number += 1;
                let cells = row.into_columns().into_iter().map(|(_, field)| cell(field)).collect();
                return Ok(Some(Row { number: self.number, cells }));
            }
            if !self.advance()? {
                return Ok(None);
            }
        }
    }
}

impl Iterator for Groups {
    type Item = Result<Row, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let read = guarded(|| self.read()).and_then(|read| read).transpose();
        self.ended = !matches!(read, Some(Ok(_)));
        read
    }
}

fn cell(field: Field) -> Cell {
    match field {
        Field::Str(words) => Cell::of(words),
        Field::Bytes(bytes) => Cell::of(String::from_utf8_lossy(bytes.data())),
        Field::Date(days) => crate::ingest::dates::of_days(i64::from(days)).map_or(Cell::Empty, Cell::Date),
        Field::TimestampMillis(number) | Field::TimestampMicros(number) => {
            crate::ingest::dates::of_epoch(number).map_or(Cell::Empty, Cell::Date)
        }
        Field::Null | Field::Group(_) | Field::ListInternal(_) | Field::MapInternal(_) => Cell::Empty,
        Field::Long(number) => Cell::Number(number as f64),
        number => number.to_string().parse().map_or(Cell::Empty, Cell::Number),
    }
}

/// Where the pages of a column begin and how many bytes they are; `None` where either is below nothing, which the library
/// takes to be impossible.
fn bytes_of(column: &ColumnChunkMetaData) -> Option<(u64, u64)> {
    let start = column.dictionary_page_offset().unwrap_or(column.data_page_offset());
    Some((u64::try_from(start).ok()?, u64::try_from(column.compressed_size()).ok()?))
}

fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| DAMAGED.to_owned())
}

fn reason(error: &ParquetError) -> String {
    let said = error.to_string();
    if said.contains("ncrypt") {
        return "it is locked with a password".to_owned();
    }
    match error {
        ParquetError::NYI(_) => "it is packed in a way that cannot be unpacked".to_owned(),
        _ => BROKEN.to_owned(),
    }
}

/// Looks over what the file says of its columns; `None` where that could not be believed.
fn look_over(file: &Shared) -> Option<()> {
    let length = file.len();
    let tail = file.get_bytes(length.checked_sub(8)?, 8).ok()?;
    let footer = u64::from(u32::from_le_bytes(tail.get(..4)?.try_into().ok()?));
    if footer > LONGEST_FOOTER || footer + 8 > length {
        return None;
    }
    let footer = file.get_bytes(length - 8 - footer, usize::try_from(footer).ok()?).ok()?;
    let mut thrift = Thrift::new(&footer);
    let mut last = 0;
    while let Some((number, value)) = thrift.field(&mut last)? {
        match (number, value) {
            (2, Value::List(count, STRUCT)) => columns(&mut thrift, count)?,
            (_, value) => thrift.skip(value, 0)?,
        }
    }
    Some(())
}

/// Looks over the list of columns, of which each says how many of those after it lie in it.
fn columns(thrift: &mut Thrift<'_>, count: usize) -> Option<()> {
    if count > MOST_COLUMNS {
        return None;
    }
    // How many are still to come at each level.
    let mut open: Vec<i64> = Vec::new();
    for at in 0..count {
        let (mut children, mut last) = (0, 0);
        while let Some((number, value)) = thrift.field(&mut last)? {
            match (number, value) {
                (5, Value::Number(number)) => children = number,
                (_, value) => thrift.skip(value, 0)?,
            }
        }
        if !(0..=MOST_COLUMNS as i64).contains(&children) || at > 0 && open.is_empty() {
            return None;
        }
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        if children > 0 {
            open.push(children);
        }
        while open.last() == Some(&0) {
            open.pop();
        }
        if open.len() > DEEPEST {
            return None;
        }
    }
    open.is_empty().then_some(())
}

/// Looks over the pages of a column in a group of rows: none may come out larger than it says, or than any should be.
fn check_pages(file: &Shared, start: u64, length: u64, packed: Compression) -> Result<(), String> {
    let large = || "it unpacks to more than any page of a table should, as bombs do".to_owned();
    if length > LARGEST_CHUNK {
        return Err("its groups of rows are too large to be read".to_owned());
    }
    let chunk = file
        .get_bytes(start, usize::try_from(length).unwrap_or(usize::MAX))
        .map_err(|_| BROKEN.to_owned())?;
    let mut rest: &[u8] = &chunk;
    while !rest.is_empty() {
        let page = page(rest).ok_or(BROKEN)?;
        let end = page.header.checked_add(page.packed).ok_or(BROKEN)?;
        let body = rest.get(page.header..end).ok_or(BROKEN)?;
        if page.unpacked > LARGEST_PAGE {
            return Err(large());
        }
        let most = (page.unpacked as u64).saturating_add(1);
        let out = |from: &mut dyn Read| io::copy(&mut from.take(most), &mut io::sink()).unwrap_or(0);
        // Levels before the values are not packed in pages of the second kind, and are no bomb.
        let unpacked = match packed {
            _ if page.second => 0,
            Compression::GZIP(_) => out(&mut MultiGzDecoder::new(body)),
            Compression::ZSTD(_) => zstd::Decoder::new(body).map_or(0, |mut decoder| out(&mut decoder)),
            _ => 0,
        };
        let bomb = page.second && page.unpacked > (page.packed as i64).saturating_mul(2000).max(1 << 20);
        if bomb || unpacked >= most {
            return Err(large());
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    Ok(())
}

/// What a page says of itself.
struct Page {
    header: usize,
    packed: usize,
    unpacked: i64,
    second: bool,
}

fn page(bytes: &[u8]) -> Option<Page> {
    let mut thrift = Thrift::new(bytes);
    let (mut unpacked, mut packed, mut second, mut last) = (None, None, false, 0);
    while let Some((number, value)) = thrift.field(&mut last)? {
        match (number, value) {
            (2, Value::Number(number)) => unpacked = Some(number),
            (3, Value::Number(number)) => packed = usize::try_from(number).ok(),
            (number, value) => {
                second |= number == 8;
                thrift.skip(value, 0)?;
            }
        }
    }
    Some(Page {
        header: thrift.read(),
        packed: packed?,
        unpacked: unpacked.filter(|&size| size >= 0)?,
        second,
    })
}

/// A file that several readers share, each with a place of its own.
#[derive(Clone)]
struct Shared {
    input: Arc<Mutex<Box<dyn Input>>>,
    length: u64,
}

impl Shared {
    fn new(mut input: Box<dyn Input>) -> io::Result<Shared> {
        let length = input.seek(SeekFrom::End(0))?;
        Ok(Shared { input: Arc::new(Mutex::new(input)), length })
    }
}

impl Length for Shared {
    fn len(&self) -> u64 {
        self.length
    }
}

impl ChunkReader for Shared {
    type T = BufReader<Place>;

    fn get_read(&self, start: u64) -> Result<Self::T, ParquetError> {
        Ok(BufReader::new(Place { file: self.clone(), at: start }))
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        let cut = || ParquetError::EOF("the file ends before".to_owned());
        if start.checked_add(length as u64).is_none_or(|end| end > self.length) {
            return Err(cut());
        }
        let mut bytes = Vec::with_capacity(length);
        let mut input = self.input.lock().unwrap_or_else(PoisonError::into_inner);
        input.seek(SeekFrom::Start(start))?;
        input.as_mut().take(length as u64).read_to_end(&mut bytes)?;
        if bytes.len() == length { Ok(bytes.into()) } else { Err(cut()) }
    }
}

/// A place in a file that is shared.
struct Place {
    file: Shared,
    at: u64,
}

impl Read for Place {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut input = self.file.input.lock().unwrap_or_else(PoisonError::into_inner);
        input.seek(SeekFrom::Start(self.at))?;
        let read = input.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}
