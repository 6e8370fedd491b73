//! Rows brought together by article.
//! In a file as it was written the rows of an article stand together. In a table that somebody sorted they do not: rows
//! wait for the others of their article as long as there is room, and the article that came first goes first.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use super::elements::NOT_OURS;
use super::row::Raw;
use super::{anew, rebuild};
use crate::ingest::Unopened;
use crate::ingest::source::later;
use crate::model::Problem;

/// As many bytes of rows may wait.
const ROOM: usize = 32 << 20;

/// What is known of an article while its rows come.
struct Group {
    key: Arc<str>,
    rows: Vec<Raw>,
    bytes: usize,
    /// One past the last code point that a row speaks of.
    end: usize,
}

/// Reads rows and hands out articles.
pub(super) struct Gathering<I> {
    /// What problems call the file.
    name: String,
    rows: I,
    groups: VecDeque<Group>,
    /// The number of the first of them among all, and of each by its key.
    first: usize,
    numbers: std::collections::HashMap<Arc<str>, usize>,
    bytes: usize,
    /// Keys of articles that were handed out already.
    gone: HashSet<u64>,
    waiting: VecDeque<Unopened>,
    /// Rows that are not ours.
    strange: usize,
    /// Whether an article came a second time.
    parted: bool,
    /// How many blanks the articles may still have between their quotes.
    blanks: usize,
    ended: bool,
}

impl<I: Iterator<Item = Result<Raw, String>>> Gathering<I> {
    pub(super) fn new(name: String, rows: I) -> Self {
        Self {
            name,
            rows,
            groups: VecDeque::new(),
            first: 0,
            numbers: Default::default(),
            bytes: 0,
            gone: HashSet::new(),
            waiting: VecDeque::new(),
            strange: 0,
            parted: false,
            blanks: rebuild::LONGEST,
            ended: false,
        }
    }

    fn problem(&mut self, reason: impl Into<String>) {
        let problem = Problem { place: self.name.clone(), reason: reason.into() };
        self.waiting.push_back(Err(problem).into());
    }

    /// Takes in a row.
    fn take(&mut self, row: Raw) {
        let Some((key, end)) = row.place() else {
            self.strange += 1;
            return;
        };
        let bytes = row.len();
        let (first, next) = (self.first, self.first + self.groups.len());
        let number = *self.numbers.entry(Arc::clone(&key)).or_insert(next);
        if number == next {
            let again = self.gone.contains(&hash(&key));
            if again && !self.parted {
                self.parted = true;
                self.problem(format!(
                    "the rows of “{key}” stand too far from one another: sort the table by “doc_id”, or it opens in parts"
                ));
            }
            self.groups.push_back(Group { key, rows: Vec::new(), bytes: 0, end: 0 });
        }
        if let Some(group) = self.groups.get_mut(number - first) {
            group.rows.push(row);
            group.bytes += bytes;
            group.end = group.end.max(end);
            self.bytes += bytes;
        }
        while self.bytes > ROOM && self.groups.len() > 1 {
            self.hand_out();
        }
        // An article of its own that leaves no room for others.
        if self.bytes > 2 * ROOM {
            self.hand_out();
        }
    }

    /// Hands out the article that came first.
    fn hand_out(&mut self) {
        let Some(group) = self.groups.pop_front() else { return };
        self.first += 1;
        self.numbers.remove(&group.key);
        self.gone.insert(hash(&group.key));
        self.bytes -= group.bytes;
        let Group { key, rows, bytes, end: blanks } = group;
        // Rows say where they stand; a row of a few bytes must not make a text of millions.
        self.blanks = self.blanks.saturating_add(bytes.saturating_mul(rebuild::BLANKS_A_BYTE));
        if blanks > rebuild::LONGEST || blanks > self.blanks {
            let most = rebuild::LONGEST >> 20;
            return self
                .problem(format!("“{key}” is left out: it would have more than {most} million letters"));
        }
        self.blanks -= blanks;
        let name = self.name.clone();
        self.waiting.extend(later(format!("{name}, {key}"), move || anew::article(&name, rows)));
    }

    fn advance(&mut self) {
        match self.rows.next() {
            Some(Ok(row)) => self.take(row),
            Some(Err(reason)) => {
                // Nothing to read at all, or nothing behind it.
                if reason == NOT_OURS {
                    self.ended = true;
                }
                self.problem(reason);
            }
            None => {
                self.ended = true;
                let known = !self.groups.is_empty() || !self.gone.is_empty();
                while !self.groups.is_empty() {
                    self.hand_out();
                }
                match self.strange {
                    0 => {}
                    _ if !known => self.problem(NOT_OURS),
                    1 => self.problem("one row in it is no mention or event that Dateline exported"),
                    n => self
                        .problem(format!("{n} rows in it are no mentions or events that Dateline exported")),
                }
            }
        }
    }
}

impl<I: Iterator<Item = Result<Raw, String>>> Iterator for Gathering<I> {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        loop {
            if let Some(unopened) = self.waiting.pop_front() {
                return Some(unopened);
            }
            if self.ended {
                return None;
            }
            self.advance();
        }
    }
}

fn hash(key: &str) -> u64 {
    xxhash_rust::xxh3::xxh3_64(key.as_bytes())
}
