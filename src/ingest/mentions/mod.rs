//! Mentions that Dateline exported, read back: GeoJSON, Web Annotations, and tables with the columns of either.
//! No such file has the articles' texts. Each is rebuilt of its quotes, every one of which stands where it stood, so that
//! offsets stay true; what lies between them is blank lines. Who reads such a file reads it as it is: nothing is found or
//! placed anew.

mod anew;
mod elements;
mod gather;
mod rebuild;
mod row;

use std::io::{BufReader, Seek, SeekFrom};
use std::sync::Arc;

use super::source::{Source, Steps, one};
use elements::{Elements, Lines};
use gather::Gathering;
use row::Raw;

/// What tells a table of ours from any other.
const COLUMNS: [&str; 8] =
    ["id", "mention", "quote", "char_start", "char_end", "doc_id", "latitude", "longitude"];

/// A map, or annotations: an object, or one a line.
pub(super) fn steps(mut source: Source) -> Steps {
    let begun = elements::is_lines(&mut source.input);
    let lines = match begun.and_then(|lines| source.input.seek(SeekFrom::Start(0)).map(|_| lines)) {
        Ok(lines) => lines,
        Err(error) => return one(Err(source.problem(super::walk::because(&error)))),
    };
    let input = BufReader::with_capacity(1 << 16, source.input);
    match lines {
        true => Box::new(Gathering::new(source.name, Lines::new(input))),
        false => Box::new(Gathering::new(source.name, Elements::new(input))),
    }
}

/// Whether these are the columns of mentions, or of events, that Dateline exported; there may be others, in any order.
pub(super) fn is_ours(header: &[String]) -> bool {
    COLUMNS.iter().all(|column| header.iter().any(|name| name == column))
}

/// A table with those columns.
pub(super) fn table(
    name: String,
    header: Vec<String>,
    records: impl Iterator<Item = Result<Vec<String>, String>> + Send + 'static,
) -> Steps {
    let header = Arc::new(header);
    let rows =
        records.map(move |record| record.map(|cells| Raw::Cells { header: Arc::clone(&header), cells }));
    Box::new(Gathering::new(name, rows))
}

/// A table that is ours, or the source as it was.
pub(super) fn csv(mut source: Source) -> Result<Steps, Source> {
    let header = elements::first_line(&mut source.input).ok().map(|line| {
        let line = String::from_utf8_lossy(&line).trim_start_matches('\u{feff}').to_owned();
        [b',', b';', b'\t'].map(|delimiter| (delimiter, columns(&line, delimiter)))
    });
    let rewound = source.input.seek(SeekFrom::Start(0));
    let ours = header.into_iter().flatten().find(|(_, header)| is_ours(header));
    match (ours, rewound) {
        (Some((delimiter, header)), Ok(_)) => {
            let input = BufReader::with_capacity(1 << 16, source.input);
            let reader = csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(input);
            let records = reader.into_records().map(|record| match record {
                Ok(record) => Ok(record.iter().map(str::to_owned).collect()),
                Err(error) => Err(told(&error)),
            });
            Ok(table(source.name, header, records))
        }
        _ => Err(source),
    }
}

fn columns(line: &str, delimiter: u8) -> Vec<String> {
    let reader =
        csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(line.as_bytes());
    let header = reader.into_records().next().and_then(Result::ok).unwrap_or_default();
    header.iter().map(str::to_owned).collect()
}

fn told(error: &csv::Error) -> String {
    let line = error.position().map_or(0, |position| position.line());
    match error.kind() {
        csv::ErrorKind::Io(error) => super::walk::because(error),
        csv::ErrorKind::Utf8 { .. } => format!("line {line} is not UTF-8"),
        _ => format!("line {line} is no row of a table"),
    }
}
