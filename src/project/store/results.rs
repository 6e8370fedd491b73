//! Results of a later geoparser beside the first ones, until somebody accepts them, and after.
//! Of an article that they find the same in there is no row: the first results are read.

use rusqlite::{OptionalExtension, params};

use super::Store;
use super::articles::{on_all_processors, write_found};
use super::pack::{Of, sum};
use super::shelf::{FOUND, one, row};
use super::{Change, found};
use crate::model::Geoparsed;
use crate::project::about::Made;
use crate::project::edit::{Entry, Field, Target, Value, What};
use crate::project::error::ProjectError;

impl Store {
    /// The number of results that are to be put in. Those that nobody ever accepted are dropped.
    pub(in crate::project) fn begin_results(&mut self, made: &Made) -> Result<u32, ProjectError> {
        let bytes = serde_json::to_vec(made).unwrap_or_default();
        self.write(|to| {
            to.execute(
                "DELETE FROM found WHERE number >= 1 << 32 AND number >> 32 IN \
                 (SELECT number FROM results WHERE accepted = 0)",
                [],
            )?;
            to.execute("DELETE FROM results WHERE accepted = 0", [])?;
            let next = "SELECT coalesce(max(number), 0) + 1 FROM results";
            let number: u32 = to.query_row(next, [], |row| row.get(0))?;
            let sum = sum(Of::Results, i64::from(number), &bytes);
            to.execute(
                "INSERT INTO results (number, accepted, bytes, sum) VALUES (?1, 0, ?2, ?3)",
                params![number, bytes, sum],
            )?;
            Ok(number)
        })
    }

    /// Puts in what was found, where it is something else than at first: in how many articles.
    pub(in crate::project) fn put_results(
        &mut self,
        results: u32,
        articles: &[(u32, &Geoparsed)],
    ) -> Result<usize, ProjectError> {
        let packers = self.shelf.packers();
        let first = |number: u32| {
            let bytes = one(&self.connection, FOUND, row(0, number)).ok().flatten()?;
            packers.found.unpack(&bytes)
        };
        let firsts: Vec<_> =
            articles.iter().map(|(number, article)| (*number, *article, first(*number))).collect();
        let rows = on_all_processors(&firsts, |(number, article, first)| {
            let now = found::write(article).ok()?;
            let differs = first.as_ref() != Some(&now);
            Some(if differs { Some((*number, packers.found.pack(&now).ok()?)) } else { None })
        });
        let rows: Vec<_> = rows.ok_or_else(|| self.unpacked())?.into_iter().flatten().collect();
        self.write(|to| {
            rows.iter().try_for_each(|(number, bytes)| write_found(to, row(results, *number), bytes))
        })?;
        Ok(rows.len())
    }

    /// What made results.
    pub(in crate::project) fn made(&self, results: u32) -> Option<Made> {
        let row =
            self.connection.query_row("SELECT bytes, sum FROM results WHERE number = ?1", [results], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
            });
        let (bytes, written) = row.optional().ok()??;
        serde_json::from_slice(&bytes)
            .ok()
            .filter(|_| sum(Of::Results, i64::from(results), &bytes) == written)
    }
}

/// Results that an edit has hold are kept from then on: it can be undone and done again.
pub(super) fn accept(to: &Change<'_>, entry: &Entry) -> rusqlite::Result<()> {
    let What::Edit(edit) = &entry.what else { return Ok(()) };
    for set in &edit.sets {
        if let (Target::Collection, Field::Results, Some(Value::Number(number))) =
            (&set.target, set.field, &set.after)
        {
            to.execute("UPDATE results SET accepted = 1 WHERE number = ?1", [number])?;
        }
    }
    Ok(())
}
