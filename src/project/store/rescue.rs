//! What can still be read of a damaged project, written into a new one.
//! Every row that is whole goes over as it is; which table it is of, its checksum tells.

use std::fs::File;
use std::path::{Path, PathBuf};

use rusqlite::params;

use super::carve::{Carved, Cell, Pages};
use super::lines::line_sum;
use super::pack::{Of, sum, sum_named};
use super::{Change, Store, schema};
use crate::project::about::About;
use crate::project::error::{ProjectError, plain};

impl Store {
    /// A new project with every row of a damaged one that is whole.
    pub(in crate::project) fn rescue(from: &Path, to: &Path) -> Result<Store, ProjectError> {
        let failed =
            |error: std::io::Error| ProjectError::Open { path: from.to_owned(), reason: plain(&error) };
        let file = File::open(from).map_err(failed)?;
        let mut pages =
            Pages::new(file, schema::PAGE as usize).map_err(|_| ProjectError::Foreign(from.to_owned()))?;
        let mut store = Store::create(to, &About::default())?;
        let written = store.write(|to| {
            let mut first = Ok(0);
            pages.rows(|row| {
                first = match (&first, write(to, &row)) {
                    (Ok(count), Ok(written)) => Ok(count + written),
                    (_, Err(error)) => Err(error),
                    (Err(_), _) => return,
                }
            });
            first
        })?;
        let path: PathBuf = store.path.clone();
        drop(store);
        if written == 0 {
            std::fs::remove_file(&path).ok();
            let reason = "nothing in it can be read".to_owned();
            return Err(ProjectError::Damaged { path: from.to_owned(), reason });
        }
        Store::open(&path)
    }
}

/// Writes a row that is whole into the table that it is of: how many.
fn write(to: &Change<'_>, (number, cells): &Carved) -> rusqlite::Result<usize> {
    use Cell::{Bytes, Null, Number, Text};
    match (number, cells.as_slice()) {
        (Some(number), [Null, Number(words), Bytes(bytes), Number(written)]) => {
            let table = if sum(Of::Text, *number, bytes) == *written {
                "INSERT OR REPLACE INTO text (number, words, bytes, sum) VALUES (?1, ?2, ?3, ?4)"
            } else if sum(Of::Results, *number, bytes) == *written {
                "INSERT OR REPLACE INTO results (number, accepted, bytes, sum) VALUES (?1, ?2, ?3, ?4)"
            } else {
                return Ok(0);
            };
            to.prepare_cached(table)?.execute(params![number, words, bytes, written])
        }
        (Some(number), [Null, Bytes(bytes), Number(written)])
            if sum(Of::Found, *number, bytes) == *written =>
        {
            let table = "INSERT OR REPLACE INTO found (number, bytes, sum) VALUES (?1, ?2, ?3)";
            to.prepare_cached(table)?.execute(params![number, bytes, written])
        }
        (Some(number), [Null, Bytes(head), Bytes(sets), Number(written)])
            if line_sum(*number, head, sets) == *written =>
        {
            let table = "INSERT OR REPLACE INTO journal (number, head, sets, sum) VALUES (?1, ?2, ?3, ?4)";
            to.prepare_cached(table)?.execute(params![number, head, sets, written])
        }
        (None, [Text(name), Bytes(bytes), Number(written)])
            if sum_named(Of::Fact, name, bytes) == *written =>
        {
            let table = "INSERT OR REPLACE INTO fact (name, bytes, sum) VALUES (?1, ?2, ?3)";
            to.prepare_cached(table)?.execute(params![name, bytes, written])
        }
        _ => Ok(0),
    }
}
