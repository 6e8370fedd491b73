//! The rows of a table to articles, one by one.
//! The first rows are held until it is known which column is what, the others pass by.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::layout::Layout;
use super::row::{Row, Rows};
use crate::ingest::parts::{self, Parts};
use crate::ingest::source::{Steps, as_step, guarded, one};
use crate::ingest::{Column, Options, Unopened, language, page};
use crate::model::{PartialDate, Problem};

/// Rows by which columns are known, and how many bytes of them.
const SAMPLED: (usize, usize) = (200, 8 << 20);

/// Characters of a date that a problem shows.
const SHOWN: usize = 40;

/// Rows as RFC 7111 counts them: from 1, the names of the columns with them.
const ROW: &str = "row=";

/// What a problem says of a table whose text is empty throughout.
pub(super) const NO_TEXT: &str = "none of its rows has any text";

/// A table that is about to be read.
pub(super) struct Table {
    /// What problems call it.
    pub name: String,
    /// What the ids of its articles begin with: "news.csv#", "news.ods#Sheet1!".
    pub id: String,
    /// The names of its columns where they do not stand in the first row.
    pub names: Option<Vec<String>>,
    pub rows: Rows,
}

/// The first rows of a table, and what they tell of its columns.
pub(super) struct Sampled {
    pub layout: Layout,
    pub rows: Vec<Row>,
    /// What comes after them.
    pub rest: Rows,
    /// Why nothing comes after them.
    broken: Option<String>,
}

impl Sampled {
    pub(super) fn take(
        mut rest: Rows,
        names: Option<Vec<String>>,
        options: &Options,
    ) -> Result<Sampled, String> {
        let (mut rows, mut broken, mut weight) = (Vec::new(), None, 0);
        while rows.len() < SAMPLED.0 && weight < SAMPLED.1 {
            match rest.next() {
                Some(Ok(row)) if row.is_empty() => {}
                Some(Ok(row)) => {
                    weight += row.cells.iter().map(|cell| cell.weight()).sum::<usize>();
                    rows.push(row);
                }
                Some(Err(reason)) => {
                    broken = Some(reason);
                    break;
                }
                None => break,
            }
        }
        if let (true, Some(reason)) = (rows.is_empty(), &broken) {
            return Err(reason.clone());
        }
        let layout = Layout::guess(&rows, names, options)?;
        Ok(Sampled { layout, rows, rest, broken })
    }
}

impl Table {
    /// Its articles; why there are none, where it has no words.
    pub(super) fn articles(self, options: &Options) -> Result<Steps, Problem> {
        let Table { name, id, names, rows } = self;
        let problem = |reason: String| Problem { place: name.clone(), reason };
        let sampled = Sampled::take(rows, names, options).map_err(problem)?;
        if sampled.rows.is_empty() {
            return Err(problem("empty: there is no row in it".to_owned()));
        }
        if !sampled.layout.has_words() {
            return Err(problem(sampled.layout.no_words()));
        }
        let Sampled { layout, rows, rest, broken } = sampled;
        let first = rows.into_iter().skip(usize::from(layout.header)).map(Ok);
        let rows: Rows = match broken {
            Some(reason) => Box::new(first.chain([Err(reason)])),
            None => Box::new(first.chain(rest)),
        };
        let layout = Arc::new(layout);
        Ok(Box::new(Articles {
            name,
            id,
            layout,
            rows,
            taken: HashSet::new(),
            all: 0,
            without: 0,
            undated: None,
            dates: 0,
            last: VecDeque::new(),
        }))
    }

    /// The same, with a problem in the place of what there is not.
    pub(super) fn steps(self, options: &Options) -> Steps {
        self.articles(options).unwrap_or_else(|problem| one(Err(problem)))
    }
}

struct Articles {
    name: String,
    id: String,
    layout: Arc<Layout>,
    rows: Rows,
    /// Hashes of the ids that rows gave themselves.
    taken: HashSet<u64>,
    all: u64,
    without: u64,
    /// Dates that were not understood: how many, and the first.
    undated: Option<(u64, String)>,
    dates: u64,
    /// What is told after all rows.
    last: VecDeque<Unopened>,
}

impl Articles {
    /// What a row is, if it has words.
    fn opened(&mut self, row: Row) -> Option<Unopened> {
        self.all += 1;
        let at = |column: Column| self.layout.columns.get(&column).copied();
        let words = at(Column::Text).or(at(Column::Title)).map(|at| row.cell(at));
        if words.is_none_or(|words| words.is_empty()) {
            self.without += 1;
            return None;
        }
        let own = at(Column::Id).map(|at| row.cell(at).words().trim().to_owned());
        let own = own
            .filter(|own| !own.is_empty() && own.len() <= 400 && self.taken.insert(xxh3_64(own.as_bytes())));
        let number = format!("{ROW}{}", row.number);
        let place = format!("{}#{number}", self.name);
        let id = match own {
            Some(own) => format!("{}{own}", self.id),
            None => format!("{}{number}", self.id),
        };
        let (layout, date) = (Arc::clone(&self.layout), self.date(&row));
        let open = guarded(place.clone(), move || {
            let parts = Parts { date, ..parts(&row, &layout) };
            vec![Ok(as_step(parts.article(&id, page::Trust::Verbatim)))]
        });
        Some(Unopened::elsewhere(place, open))
    }

    /// When a row was published; counts where it tells and is not understood.
    fn date(&mut self, row: &Row) -> Option<PartialDate> {
        let cell = row.cell(*self.layout.columns.get(&Column::Date)?);
        let date = cell.date(self.layout.order);
        let words = cell.words();
        // "n/a" is no date that was not understood.
        if words.contains(|c: char| c.is_ascii_digit()) {
            self.dates += 1;
            if date.is_none() {
                let first = || (0, words.trim().chars().take(SHOWN).collect());
                self.undated.get_or_insert_with(first).0 += 1;
            }
        }
        date
    }

    /// What is told of all rows at once.
    fn end(&mut self) {
        let (without, all) = (self.without, self.all);
        let empty = match (without, all) {
            (0, _) => None,
            (without, all) if without == all => Some(NO_TEXT.to_owned()),
            (1, all) => Some(format!("1 of {all} rows has no text")),
            (without, all) => Some(format!("{without} of {all} rows have no text")),
        };
        let undated = self.undated.take().map(|(count, first)| {
            let were = if count == 1 { "was" } else { "were" };
            format!("{count} of {} dates {were} not understood: “{first}”", self.dates)
        });
        self.last = empty.into_iter().chain(undated).map(|reason| self.problem(reason)).collect();
    }

    fn problem(&self, reason: String) -> Unopened {
        Err(Problem { place: self.name.clone(), reason }).into()
    }
}

/// What a row says beside its date.
fn parts(row: &Row, layout: &Layout) -> Parts {
    let cell = |column: Column| layout.columns.get(&column).map(|&at| row.cell(at));
    let words = |column: Column| {
        let words = cell(column).map(|cell| parts::plain(&cell.words()).trim().to_owned());
        words.filter(|words| !words.is_empty())
    };
    Parts {
        title: words(Column::Title),
        text: words(Column::Text).unwrap_or_default(),
        date: None,
        source: words(Column::Source),
        url: words(Column::Url),
        language: words(Column::Language).and_then(|language| language::named(&language)),
        furniture: Vec::new(),
    }
}

impl Iterator for Articles {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        loop {
            match self.rows.next() {
                Some(Ok(row)) if row.is_empty() => {}
                Some(Ok(row)) => {
                    if let Some(article) = self.opened(row) {
                        return Some(article);
                    }
                }
                Some(Err(reason)) => {
                    // What was counted before it is told after it.
                    self.rows = Box::new(std::iter::empty());
                    return Some(self.problem(reason));
                }
                None if self.all > 0 => {
                    self.end();
                    self.all = 0;
                }
                None => return self.last.pop_front(),
            }
        }
    }
}
