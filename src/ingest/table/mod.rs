//! Tables: a row is an article.
//! Which column is what, their names tell, or what stands in them; [`preview`] shows both to whoever wants to say
//! otherwise, with [`Options::columns`](crate::ingest::Options).

mod articles;
pub(super) mod columns;
mod compound;
mod csv;
mod dialect;
mod found;
mod layout;
mod ods;
mod old_excel;
mod parquet;
mod preview;
mod row;
mod thrift;
mod web;
mod workbook;

use std::io::Cursor;

use crate::ingest::source::{Source, Steps, one};
use crate::ingest::walk::because;

use articles::Table;

pub use found::{Found, concerned, found};
pub use preview::{Preview, preview};

pub(super) fn csv(source: Source) -> Steps {
    match csv::rows(source.input) {
        Ok(rows) => {
            let table = Table { name: source.name, id: format!("{}#", source.id), names: None, rows };
            table.steps(&source.options)
        }
        Err(error) => one(Err(crate::model::Problem { place: source.name, reason: because(&error) })),
    }
}

/// A table in a web page; where there is none with words, the page.
pub(super) fn web(source: Source) -> Steps {
    web::steps(source)
}

pub(super) fn spreadsheet(source: Source) -> Steps {
    workbook::steps(source)
}

pub(super) fn parquet(mut source: Source) -> Steps {
    let input = std::mem::replace(&mut source.input, Box::new(Cursor::new(Vec::new())));
    match parquet::rows(input, &source.options) {
        Ok((names, rows)) => {
            let table = Table { name: source.name, id: format!("{}#", source.id), names: Some(names), rows };
            table.steps(&source.options)
        }
        Err(reason) => one(Err(source.problem(reason))),
    }
}

/// Whether a text of no known format begins as a table does: with the names of its columns.
pub(super) fn begins_as_table(text: &str) -> bool {
    layout::is_header_line(text.lines().next().unwrap_or(""))
}

#[cfg(test)]
mod tests;
