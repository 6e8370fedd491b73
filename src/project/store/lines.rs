//! The journal in the file, a row for each entry.
//! What is damaged is left out and told; the other entries hold.

use std::ops::Range;

use rusqlite::{OptionalExtension, Row, params};

use super::pack::{Of, Packer, sum};
use super::{Extent, Store, results, sets};
use crate::model::Problem;
use crate::project::edit::{Entry, EntryId, Set};
use crate::project::error::{ProjectError, told};

/// An entry as it was read: without its values, with the number of its row, how many values it has, and the last edit
/// in force before it.
pub(in crate::project) struct Line {
    pub(in crate::project) row: i64,
    pub(in crate::project) entry: Entry,
    pub(in crate::project) count: usize,
    pub(in crate::project) upon: Option<EntryId>,
}

impl Store {
    /// Every entry of the journal without its values; damaged ones are left out and told. A journal that cannot be
    /// read to its end is not written any more: what would be added might not be found again.
    pub(in crate::project) fn lines(&mut self) -> Result<(Vec<Line>, Vec<Problem>), ProjectError> {
        let (mut lines, mut problems) = (Vec::new(), Vec::new());
        let last = self.read_lines(&mut lines, &mut problems)?;
        match last {
            Ok(last) if last >= self.extent.edits => self.extent.edits = last,
            Ok(last) => {
                let lost = self.extent.edits - last;
                problems.push(self.problem(last + 1, &format!("the last {lost} edits are lost")));
            }
            Err(problem) => {
                problems.push(problem);
                self.only_read("its journal cannot be read to the end");
            }
        }
        Ok((lines, problems))
    }

    /// The number of the last one, or why there may be more.
    fn read_lines(
        &self,
        lines: &mut Vec<Line>,
        problems: &mut Vec<Problem>,
    ) -> Result<Result<i64, Problem>, ProjectError> {
        let failed = |error: rusqlite::Error| ProjectError::reading(&self.path, &error);
        let all = "SELECT number, head, sets, sum FROM journal ORDER BY number";
        let mut statement = self.connection.prepare(all).map_err(failed)?;
        let mut rows = statement.query([]).map_err(failed)?;
        let mut last = 0;
        loop {
            let row = match rows.next() {
                Ok(Some(row)) => row,
                Ok(None) => return Ok(Ok(last)),
                Err(error) => {
                    let reason = format!("it and those after it cannot be read: {}", told(&error));
                    return Ok(Err(self.problem(last + 1, &reason)));
                }
            };
            let number: i64 = row.get(0).unwrap_or(last);
            if number <= last {
                return Ok(Err(self.problem(last + 1, "it and those after it are in disorder")));
            }
            let Some(line) = line(row) else {
                // Its number, too, may be wrong.
                problems.push(self.problem(last + 1, "it is damaged, and is left out"));
                last += 1;
                continue;
            };
            if number > last + 1 {
                problems.push(self.problem(last + 1, &format!("{} edits are lost", number - last - 1)));
            }
            last = number;
            lines.push(line);
        }
    }

    /// A problem with an entry.
    pub(in crate::project) fn problem(&self, row: i64, reason: &str) -> Problem {
        Problem { place: format!("{}, edit {row}", self.path.display()), reason: reason.to_owned() }
    }

    /// The values of an edit, by the number of its row.
    pub(in crate::project) fn sets(&self, number: i64) -> Result<Vec<Set>, ProjectError> {
        let read = || -> rusqlite::Result<Option<Vec<Set>>> {
            let one = "SELECT head, sets, sum FROM journal WHERE number = ?1";
            let mut statement = self.connection.prepare_cached(one)?;
            let row = statement.query_row([number], |row| {
                Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?))
            });
            let Some((head, sets, written)) = row.optional()? else { return Ok(None) };
            let whole = line_sum(number, &head, &sets) == written;
            let plain = whole.then(|| Packer::default().unpack(&sets)).flatten();
            Ok(plain.and_then(|plain| sets::read_sets(&plain)))
        };
        read().map_err(|error| ProjectError::reading(&self.path, &error))?.ok_or_else(|| {
            ProjectError::Damaged { path: self.path.clone(), reason: format!("edit {number} makes no sense") }
        })
    }

    /// Writes an entry, made when an edit was the last in force; the number of its row.
    pub(in crate::project) fn append(
        &mut self,
        entry: &Entry,
        upon: Option<EntryId>,
    ) -> Result<i64, ProjectError> {
        self.append_all(&[(entry, upon)]).map(|last| last.start)
    }

    /// Writes entries, all or none; the numbers of their rows.
    pub(in crate::project) fn append_all(
        &mut self,
        entries: &[(&Entry, Option<EntryId>)],
    ) -> Result<Range<i64>, ProjectError> {
        let unwritten = |reason: String| ProjectError::Write { path: self.path.clone(), reason };
        let mut rows = Vec::with_capacity(entries.len());
        for (entry, upon) in entries {
            let (head, sets) = sets::write(entry, *upon).map_err(|error| unwritten(error.to_string()))?;
            let sets = Packer::default().pack(&sets).map_err(|error| unwritten(error.to_string()))?;
            rows.push((*entry, head, sets));
        }
        let first = self.extent.edits + 1;
        let numbers = first..first + rows.len() as i64;
        let extent = Extent { edits: numbers.end - 1, ..self.extent };
        self.write(|to| {
            let line = "INSERT INTO journal (number, head, sets, sum) VALUES (?1, ?2, ?3, ?4)";
            let mut line = to.prepare_cached(line)?;
            for (number, (entry, head, sets)) in (first..).zip(&rows) {
                line.execute(params![number, head, sets, line_sum(number, head, sets)])?;
                results::accept(to, entry)?;
            }
            drop(line);
            extent.write(to)
        })?;
        self.extent = extent;
        Ok(numbers)
    }
}

fn line(row: &Row<'_>) -> Option<Line> {
    let number = row.get(0).ok()?;
    let head = row.get_ref(1).ok()?.as_blob().ok()?;
    let sets = row.get_ref(2).ok()?.as_blob().ok()?;
    let whole = line_sum(number, head, sets) == row.get::<_, i64>(3).ok()?;
    let (entry, count, upon) = whole.then(|| sets::read(head)).flatten()?;
    Some(Line { row: number, entry, count, upon })
}

/// Checksum of an entry.
pub(super) fn line_sum(number: i64, head: &[u8], sets: &[u8]) -> i64 {
    sum(Of::Journal, sum(Of::Journal, number, head), sets)
}
