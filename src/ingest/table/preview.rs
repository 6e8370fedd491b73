//! What a table looks like before it is read, so that a person can say which column is what.

use std::fs::File;
use std::path::Path;

use super::articles::Sampled;
use super::row::Rows;
use super::{csv, parquet, web, workbook};
use crate::ingest::format::Format;
use crate::ingest::source::{DAMAGED, Input};
use crate::ingest::walk::because;
use crate::ingest::{Column, Options, content};
use crate::model::Problem;

/// Rows that are shown.
const SHOWN: usize = 20;

/// Longest part of a cell that is shown, in characters.
const CELL: usize = 300;

/// The first rows of a table, with what its columns are taken for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preview {
    /// The columns by their names, "column 3" where they have none, with what each is taken for.
    pub columns: Vec<(String, Option<Column>)>,
    /// Whether the file has names for its columns.
    pub named: bool,
    /// The first rows, without the names; each has as many cells as there are columns, long ones cut.
    pub rows: Vec<Vec<String>>,
}

/// Looks at a table: CSV and the like, a workbook (its first sheet with text), Parquet.
///
/// # Errors
///
/// A problem that names the file, where it cannot be read or is no table.
///
/// ```
/// # use std::fs;
/// use dateline::ingest::{Column, Options, table};
/// let folder = tempfile::tempdir()?;
/// let path = folder.path().join("news.csv");
/// fs::write(&path, "Headline;Body\nRain in Oslo;It fell all day, and the river rose.\n")?;
/// let preview = table::preview(&path, &Options::default()).map_err(|problem| problem.reason)?;
/// assert_eq!(preview.columns[1], ("Body".to_owned(), Some(Column::Text)));
/// assert_eq!(preview.rows[0][0], "Rain in Oslo");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn preview(path: &Path, options: &Options) -> Result<Preview, Problem> {
    let look = || look(path, options);
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(look))
        .unwrap_or_else(|_| Err(DAMAGED.to_owned()))
        .map_err(|reason| Problem { place: path.display().to_string(), reason })
}

fn look(path: &Path, options: &Options) -> Result<Preview, String> {
    let because = |error: std::io::Error| because(&error);
    let mut input: Box<dyn Input> = Box::new(File::open(path).map_err(because)?);
    let (names, rows): (Option<Vec<String>>, Rows) =
        match content::format(Format::of(path), &mut *input).map_err(because)? {
            Ok(Format::Csv) => (None, csv::rows(input).map_err(because)?),
            Ok(Format::Spreadsheet) => (None, workbook::first(input, options)?),
            Ok(Format::WebTable) => (None, web::first(input)?),
            Ok(Format::Parquet) => parquet::first(input).map(|(names, rows)| (Some(names), rows))?,
            Ok(_) => return Err("it is no table".to_owned()),
            Err(reason) => return Err(reason),
        };
    let apart = names.is_some();
    let sampled = Sampled::take(rows, names, options)?;
    let layout = &sampled.layout;
    let taken = |at: usize| layout.columns.iter().find(|(_, taken)| **taken == at).map(|(column, _)| *column);
    let columns = layout.names.iter().enumerate().map(|(at, name)| (name.clone(), taken(at)));
    let body = sampled.rows.iter().skip(usize::from(layout.header)).take(SHOWN);
    let width = layout.names.len();
    let rows = body.map(|row| (0..width).map(|at| cut(&row.cell(at).words())).collect());
    Ok(Preview { columns: columns.collect(), named: layout.header || apart, rows: rows.collect() })
}

fn cut(words: &str) -> String {
    match words.char_indices().nth(CELL) {
        Some((end, _)) => format!("{}…", words.get(..end).unwrap_or_default()),
        None => words.to_owned(),
    }
}
