//! Articles in, bytes of any format out, one article at a time.
//! What is written depends on the articles and the options alone: no clock, no path.

use std::cell::LazyCell;
use std::collections::{HashMap, HashSet};
use std::io::{self, Write};
use std::ops::Deref;

use super::article_row::ArticleRow;
use super::chosen::Chosen;
use super::form::{Form, Wanted, Written};
use super::place_row::Places;
use super::row::{ArticleRows, Row};
use super::table::{Line, clean};
use super::{Format, Options, Rows, form};
use crate::model::Geoparsed;

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were taken in, with or without mentions, whatever was left of them.
    pub articles: usize,
    /// What the rows stand for.
    pub rows: Rows,
    /// Rows that were written: mentions, or what else they stand for.
    pub mentions: usize,
    /// Those of them that have a place.
    pub placed: usize,
}

/// Writes articles to `out`; nothing is kept of an article but its id, and for rows of places what they sum up.
pub struct Exporter<W> {
    form: Box<dyn Form<W>>,
    format: Format,
    options: Options,
    /// How often each article id came, for ids of rows that are unique even where those are not.
    times: HashMap<String, usize>,
    /// What articles are called in rows so far.
    keys: HashSet<String>,
    places: Places,
    summary: Summary,
}

impl<W: Write + 'static> Exporter<W> {
    /// Begins a file: writes what stands before the first article.
    ///
    /// # Errors
    ///
    /// Those of `out`, here and below.
    pub fn start(out: W, format: Format, options: Options) -> io::Result<Self> {
        let form = form::start(out, format, &options)?;
        let summary = Summary { rows: options.rows, ..Summary::default() };
        let (times, keys, places) = (HashMap::new(), HashSet::new(), Places::default());
        Ok(Self { form, format, options, times, keys, places, summary })
    }

    /// Writes what is asked for of an article.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn article(&mut self, article: &Geoparsed) -> io::Result<()> {
        self.article_where(article, |_| true)
    }

    /// Writes what is asked for of those of an article's mentions that `keep` says, by number; or of its events, where
    /// the rows are events. Rows of places and of articles count those alone.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn article_where(&mut self, article: &Geoparsed, keep: impl Fn(usize) -> bool) -> io::Result<()> {
        self.summary.articles += 1;
        let key = self.key(&clean(&article.article.id));
        let Some(chosen) = Chosen::of(article, self.format, &self.options, keep) else {
            return Ok(());
        };
        if !self.format.is_table() {
            return self.whole(article, &key, &chosen);
        }
        let made = LazyCell::new(|| ArticleRows::new(article, &key));
        for &table in self.format.tables(self.options.rows) {
            match table {
                Rows::Mentions => self.mentions(&made, &chosen)?,
                Rows::Events => self.events(&made, &chosen)?,
                Rows::Articles => {
                    let row = ArticleRow::new(article, &key, &chosen);
                    self.line(&row.line(Rows::Articles))?;
                }
                Rows::Places => self.places.add(article, &chosen),
            }
        }
        Ok(())
    }

    /// Hands an article to a format of articles.
    fn whole(&mut self, article: &Geoparsed, key: &str, chosen: &Chosen) -> io::Result<()> {
        let rows: Vec<Row> = if self.format.has_rows() {
            let made = ArticleRows::new(article, key);
            let rows = chosen.mentions.iter().filter_map(|&number| made.mention(number));
            rows.filter(|row| self.shows(row)).collect()
        } else {
            Vec::new()
        };
        let written = self.form.article(&Wanted { article, key, rows: &rows, chosen })?;
        self.count(written);
        Ok(())
    }

    fn mentions<'a>(
        &mut self,
        made: &impl Deref<Target = ArticleRows<'a>>,
        chosen: &Chosen,
    ) -> io::Result<()> {
        for &number in &chosen.mentions {
            if let Some(row) = made.mention(number).filter(|row| self.shows(row)) {
                self.line(&Line { mention: Some(number), ..row.line(Rows::Mentions) })?;
            }
        }
        Ok(())
    }

    fn events<'a>(&mut self, made: &impl Deref<Target = ArticleRows<'a>>, chosen: &Chosen) -> io::Result<()> {
        for &number in &chosen.events {
            for (mention, row) in made.event(number, chosen) {
                if self.shows(&row) {
                    self.line(&Line { mention, ..row.line(Rows::Events) })?;
                }
            }
        }
        Ok(())
    }

    /// Whether a row is written, where what has no place may not be asked for.
    fn shows(&self, row: &Row) -> bool {
        self.options.unresolved || row.latitude.is_some()
    }

    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.form.line(line)?;
        if line.rows == self.options.rows {
            self.count(Written { rows: 1, placed: usize::from(line.point().is_some()) });
        }
        Ok(())
    }

    fn count(&mut self, written: Written) {
        self.summary.mentions += written.rows;
        self.summary.placed += written.placed;
    }

    /// Hands on what was written so far.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn flush(&mut self) -> io::Result<()> {
        self.form.flush()
    }

    /// Ends the file and hands back what it was written to.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn finish(mut self) -> io::Result<(W, Summary)> {
        for row in std::mem::take(&mut self.places).rows() {
            self.line(&row.line(Rows::Places))?;
        }
        let mut out = self.form.finish()?;
        out.flush()?;
        Ok((out, self.summary))
    }

    /// What an article is called in its rows: its id, numbered from the second time on, past
    /// the numbers that an article bears as its own: "a", "a~2", "a" become "a", "a~2", "a~3".
    fn key(&mut self, id: &str) -> String {
        let times = self.times.entry(id.to_owned()).or_insert(0);
        loop {
            *times += 1;
            let key = if *times == 1 { id.to_owned() } else { format!("{id}~{times}") };
            if self.keys.insert(key.clone()) {
                return key;
            }
        }
    }
}
