//! CSV, TSV and their like, LP-TSV among them, read row by row.
//! The first rows are kept until they have shown what the columns are; then they are read like the rest.

use std::borrow::Cow;
use std::io::{BufRead, BufReader, Read};

use csv::{ReaderBuilder, StringRecord};

use super::Options;
use super::columns::Fields;
use super::guess::Layout;
use super::intake::{At, ImportError, Intake};
use super::row::Rows;
use super::source::Limited;

/// Rows that columns are guessed from, and bytes of them.
const SAMPLE: (usize, usize) = (100, 1 << 20);
/// Longest row, bytes. A quotation mark that is never closed makes the rest of a file one row.
const LONGEST: u64 = 16 << 20;
/// Bytes that the delimiter is looked for in; a header is shorter.
const HEAD: usize = 1 << 16;

pub(super) fn read(
    reader: &mut dyn Read,
    options: &Options,
    stem: String,
    intake: &mut Intake<'_>,
) -> Result<(), ImportError> {
    let (limit, limited) = Limited::new(reader, LONGEST);
    let mut reader = BufReader::with_capacity(HEAD, limited);
    let delimiter = delimiter(reader.fill_buf().map_err(|error| intake.failed(error))?);
    let mut table = ReaderBuilder::new()
        .delimiter(delimiter)
        // A quotation mark in a table of tabs is an inch or a nickname.
        .quoting(delimiter != b'\t')
        .has_headers(false)
        .flexible(true)
        .from_reader(reader);
    let mut next = |intake: &Intake<'_>, row: &mut StringRecord| {
        limit.set(0);
        table.read_record(row).map_err(|error| intake.failed(reason(&error)))
    };
    let (mut sample, mut bytes) = (Vec::new(), 0);
    let mut row = StringRecord::new();
    while sample.len() < SAMPLE.0 && bytes < SAMPLE.1 && next(intake, &mut row)? {
        bytes += row.as_slice().len();
        sample.push(row.clone());
    }
    let cells: Vec<Vec<String>> = sample
        .iter()
        .map(|row| row.iter().map(|cell| unquoted(cell, delimiter).into_owned()).collect())
        .collect();
    let layout = Layout::find(&cells, &options.columns).map_err(|reason| intake.unclear(reason))?;
    intake.reads_as(layout.describe(&cells));
    let mut rows = Rows::new(stem, |field| layout.column(field).is_some(), options)
        .with_geonames_ids(layout.geonames_ids)
        .with_radius_unit(layout.radius_unit)
        .with_decimal_comma(delimiter != b',');
    let mut number = 0;
    let mut take = |row: &StringRecord, intake: &mut Intake<'_>| {
        number += 1;
        intake.row()?;
        let line = row.position().map_or(number, csv::Position::line);
        let mut fields = Fields::default();
        for (field, column) in layout.columns() {
            fields.set(field, unquoted(row.get(column).unwrap_or_default(), delimiter));
        }
        match rows.place(&fields, None, number) {
            Ok(place) => intake.place(place),
            Err(reason) => intake.refuse(At::Line(line), reason),
        }
    };
    for row in sample.iter().skip(usize::from(layout.header)) {
        take(row, intake)?;
    }
    while next(intake, &mut row)? {
        take(&row, intake)?;
    }
    Ok(())
}

/// What stands between the columns: of the usual marks the one that stands oftenest in the first line, outside
/// quotation marks.
fn delimiter(head: &[u8]) -> u8 {
    let line = head.split(|&b| b == b'\n').find(|line| !line.trim_ascii().is_empty()).unwrap_or_default();
    let count = |mark: u8| {
        let mut quoted = false;
        line.iter()
            .filter(|&&b| (b == b'"').then(|| quoted = !quoted).is_none() && b == mark && !quoted)
            .count()
    };
    // Of equals the last counts: a comma may stand within a heading, a tab hardly.
    [b'|', b',', b';', b'\t'].into_iter().max_by_key(|&mark| count(mark)).unwrap_or(b',')
}

/// A cell without blanks around it, and in a table of tabs without the marks that some programs put.
fn unquoted(cell: &str, delimiter: u8) -> Cow<'_, str> {
    let cell = cell.trim();
    let marked = (delimiter == b'\t').then(|| cell.strip_prefix('"')?.strip_suffix('"')).flatten();
    match marked {
        Some(within) if within.contains("\"\"") => Cow::Owned(within.replace("\"\"", "\"").trim().to_owned()),
        Some(within) => Cow::Borrowed(within.trim()),
        None => Cow::Borrowed(cell),
    }
}

fn reason(error: &csv::Error) -> String {
    match (error.kind(), error.position()) {
        (csv::ErrorKind::Io(error), _) => error.to_string(),
        (_, Some(position)) => format!("{error} (line {})", position.line()),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_told_from_the_header() {
        let check = |head: &str, expected: char| {
            assert_eq!(char::from(delimiter(head.as_bytes())), expected, "{head}");
        };
        check("name,lat,lon\nA;B;C;D,1,2", ',');
        check("\nOrt;Breite;Länge\n", ';');
        check("name\tlat\tlon\n", '\t');
        check("name|lat|lon", '|');
        check("\"name, in full, with all\";lat;lon", ';');
        check("name", '\t');
        check("", '\t');
    }

    #[test]
    fn cells_lose_their_blanks_and_marks() {
        let check = |cell: &str, delimiter: u8, expected: &str| {
            assert_eq!(unquoted(cell, delimiter), expected);
        };
        check(" Cairo ", b',', "Cairo");
        check("\"Cairo\"", b'\t', "Cairo");
        check("\"the \"\"Old Town\"\"\"", b'\t', "the \"Old Town\"");
        check("\"Cairo\"", b',', "\"Cairo\"");
        check("5\" pipe", b'\t', "5\" pipe");
        check("\"", b'\t', "\"");
    }
}
