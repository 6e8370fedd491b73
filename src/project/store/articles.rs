//! Articles going into the file, packed on all processors.
//! A collection that grows large gets dictionaries, made of its first articles; these are then packed anew.

use std::num::NonZero;
use std::thread;

use rusqlite::{Connection, params};
use xxhash_rust::xxh3::Xxh3Default;

use super::pack::{Dictionary, Of, sum};
use super::shelf::{self, FOUND, Packers, row};
use super::{Change, Extent, Store, found, write_fact};
use crate::model::{Article, Geoparsed};
use crate::project::error::ProjectError;

/// Articles from which dictionaries are made; a smaller collection has none.
const SAMPLES: usize = 500;
/// Articles that are worth a thread of their own.
const SHARE: usize = 16;

/// An article as its rows have it.
struct Rows {
    number: u32,
    words: i64,
    text: Vec<u8>,
    found: Vec<u8>,
}

impl Rows {
    fn of(number: u32, article: &Geoparsed) -> Option<Rows> {
        let text = article.article.text.clone().into_bytes();
        Some(Rows { number, words: words(&article.article), text, found: found::write(article).ok()? })
    }

    fn packed(&self, packers: &Packers) -> Option<Rows> {
        let (text, found) = (packers.text.pack(&self.text).ok()?, packers.found.pack(&self.found).ok()?);
        Some(Rows { text, found, ..*self })
    }

    fn clear(&self, to: &Change<'_>) -> rusqlite::Result<()> {
        to.prepare_cached("DELETE FROM text WHERE number = ?1")?.execute([self.number])?;
        to.prepare_cached("DELETE FROM found WHERE number = ?1")?.execute([row(0, self.number)])?;
        Ok(())
    }

    fn write(&self, to: &Change<'_>) -> rusqlite::Result<()> {
        let mut statement =
            to.prepare_cached("INSERT INTO text (number, words, bytes, sum) VALUES (?1, ?2, ?3, ?4)")?;
        let number = i64::from(self.number);
        statement.execute(params![number, self.words, self.text, sum(Of::Text, number, &self.text)])?;
        write_found(to, row(0, self.number), &self.found)
    }
}

/// What was found in an article, under the number of its row.
pub(super) fn write_found(to: &Change<'_>, number: i64, bytes: &[u8]) -> rusqlite::Result<()> {
    let mut statement =
        to.prepare_cached("INSERT OR REPLACE INTO found (number, bytes, sum) VALUES (?1, ?2, ?3)")?;
    statement.execute(params![number, bytes, sum(Of::Found, number, bytes)]).map(drop)
}

impl Store {
    /// Puts articles in, all or none.
    pub(in crate::project) fn add(&mut self, articles: &[(u32, &Geoparsed)]) -> Result<(), ProjectError> {
        let all = on_all_processors(articles, |(number, article)| Rows::of(*number, article));
        let mut rows = all.ok_or_else(|| self.unpacked())?;
        let trained = self.trained(&mut rows)?;
        // In order, rows fill their pages.
        rows.sort_unstable_by_key(|rows| rows.number);
        let packers = trained.clone().unwrap_or_else(|| self.shelf.packers());
        let packed = on_all_processors(&rows, |rows| rows.packed(&packers));
        let packed = packed.ok_or_else(|| self.unpacked())?;
        for (number, _) in articles {
            if self.has(*number)? {
                return Err(ProjectError::Twice { path: self.path.clone(), number: *number });
            }
        }
        let end = articles.iter().map(|(number, _)| number.saturating_add(1)).max().unwrap_or(0);
        let extent = Extent { articles: self.extent.articles.max(end), ..self.extent };
        self.write(|to| {
            if trained.is_some() {
                write_dictionaries(to, &packers)?;
                // All that is packed anew goes first, so that no page stays half empty.
                packed.iter().try_for_each(|rows| rows.clear(to))?;
            }
            packed.iter().try_for_each(|rows| rows.write(to))?;
            extent.write(to)
        })?;
        if let Some(packers) = trained {
            self.shelf.set_packers(packers);
        }
        self.extent = extent;
        Ok(())
    }

    fn has(&self, number: u32) -> Result<bool, ProjectError> {
        let there = || {
            let mut statement = self.connection.prepare_cached("SELECT 1 FROM text WHERE number = ?1")?;
            statement.exists([number])
        };
        there().map_err(|error| ProjectError::reading(&self.path, &error))
    }

    /// Dictionaries for a collection that becomes large with these articles. Those that it has already come to them,
    /// to be packed anew.
    fn trained(&self, rows: &mut Vec<Rows>) -> Result<Option<Packers>, ProjectError> {
        let packers = self.shelf.packers();
        if packers.found.0.is_some() || self.extent.articles as usize + rows.len() < SAMPLES {
            return Ok(None);
        }
        for number in 0..self.extent.articles {
            // What is damaged stays as it is.
            let first = || -> Option<Rows> {
                let text = shelf::text(&self.connection, &packers, number).ok()??;
                let found = shelf::one(&self.connection, FOUND, row(0, number)).ok()??;
                let found = packers.found.unpack(&found)?;
                let article = Article::from_text("", text);
                Some(Rows { number, words: words(&article), text: article.text.into_bytes(), found })
            };
            rows.extend(first());
        }
        let samples = |part: fn(&Rows) -> &[u8]| {
            let samples: Vec<&[u8]> = rows.iter().map(part).take(SAMPLES).collect();
            Dictionary::trained(&samples)
        };
        Ok(Some(Packers::new(samples(|rows| &rows.text), samples(|rows| &rows.found))))
    }

    /// How many articles below the last are not there.
    pub(in crate::project) fn missing(&self) -> u32 {
        let count = self.connection.query_row("SELECT count(*) FROM text", [], |row| row.get::<_, u32>(0));
        self.extent.articles.saturating_sub(count.unwrap_or(0))
    }
}

/// One more than the number of the last article that is whole: a number that makes no sense must not be taken for one.
pub(super) fn count(connection: &Connection) -> rusqlite::Result<u32> {
    let mut last = connection.prepare("SELECT number, bytes, sum FROM text ORDER BY number DESC")?;
    let mut rows = last.query([])?;
    while let Some(row) = rows.next()? {
        let (number, bytes) = (row.get::<_, i64>(0)?, row.get_ref(1)?.as_blob().unwrap_or_default());
        if let Some(count) = u32::try_from(number).ok().and_then(|number| number.checked_add(1))
            && sum(Of::Text, number, bytes) == row.get::<_, i64>(2)?
        {
            return Ok(count);
        }
    }
    Ok(0)
}

/// Each dictionary twice, since every article hangs on them.
fn write_dictionaries(to: &Connection, packers: &Packers) -> rusqlite::Result<()> {
    for (name, packer) in [(super::OF_TEXTS, &packers.text), (super::OF_FINDINGS, &packers.found)] {
        if let Some(dictionary) = &packer.0 {
            for name in name {
                write_fact(to, name, &dictionary.bytes)?;
            }
        }
    }
    Ok(())
}

/// The answers in the order of the questions, if there is one to each.
pub(super) fn on_all_processors<T: Sync, A: Send>(
    all: &[T],
    answer: impl Fn(&T) -> Option<A> + Sync,
) -> Option<Vec<A>> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let share = all.len().div_ceil(threads).max(SHARE);
    if all.len() <= share {
        return all.iter().map(answer).collect();
    }
    thread::scope(|scope| {
        let answer = &answer;
        let parts: Vec<_> = all
            .chunks(share)
            .map(|part| scope.spawn(move || part.iter().map(answer).collect::<Option<Vec<A>>>()))
            .collect();
        let mut answers = Vec::with_capacity(all.len());
        for part in parts {
            answers.extend(part.join().ok()??);
        }
        Some(answers)
    })
}

/// Checksum of a text's words, whatever stands between them.
pub(super) fn words(article: &Article) -> i64 {
    let mut sum = Xxh3Default::new();
    for word in article.text.split_whitespace() {
        sum.update(word.as_bytes());
        sum.update(b" ");
    }
    sum.digest() as i64
}
