//! Articles in, bytes of any format out, one article at a time.
//! What is written depends on the articles and the options alone: no clock, no path.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::row::{ArticleRows, Row};
use super::{Format, csv, geojson};
use crate::model::record::{ArticleRecord, ToponymRecord};
use crate::model::{Geoparsed, How, Kind, Mention};

/// What a row stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rows {
    /// A mention of a place, with the event that happened there.
    #[default]
    Mentions,
    /// An event, with its place; one that happened at several has a row for each.
    Events,
}

impl Rows {
    /// Every choice.
    pub const ALL: [Rows; 2] = [Rows::Mentions, Rows::Events];

    /// The word on the command line, and a file's own name for its rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::Events => "events",
        }
    }
}

/// What to write of the articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// What a row stands for. A line of JSON Lines is an article.
    pub rows: Rows,
    /// The kinds of mentions to write. Unless told: names and coordinates in the formats that map
    /// mentions, every kind in JSON Lines and for the places of events.
    pub kinds: Option<Vec<Kind>>,
    /// Whether mentions and events without a place are written too. JSON Lines always has them.
    pub unresolved: bool,
    /// JSON Lines: whether to add the text, which lets the file be opened again, and what people rejected.
    pub with_text: bool,
    /// CSV: whether to begin with a byte order mark, which Excel wants.
    pub byte_order_mark: bool,
    /// GeoJSON: when the file was made, as a timestamp. Left out where it is not given, so that the
    /// same articles give the same bytes.
    pub created: Option<String>,
}

/// The kinds that the map and the formats for maps show unless told otherwise.
pub const DEFAULT_KINDS: [Kind; 2] = [Kind::Name, Kind::Coordinate];

impl Options {
    /// Whether mentions of this kind are written in this format.
    pub fn keeps(&self, format: Format, kind: Kind) -> bool {
        match &self.kinds {
            Some(kinds) => kinds.contains(&kind),
            None => {
                let all = format == Format::JsonLines || self.rows == Rows::Events;
                all || DEFAULT_KINDS.contains(&kind)
            }
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were taken in, with or without mentions.
    pub articles: usize,
    /// What the rows stand for.
    pub rows: Rows,
    /// Mentions that were written, or events.
    pub mentions: usize,
    /// Those of them that have a place.
    pub placed: usize,
}

/// Writes articles to `out`; nothing is kept of an article but its id.
#[derive(Debug)]
pub struct Exporter<W> {
    out: W,
    format: Format,
    options: Options,
    collection: geojson::Collection,
    /// How often each article id came, for ids of rows that are unique even where those are not.
    times: HashMap<String, usize>,
    /// What row ids begin with so far.
    keys: HashSet<String>,
    summary: Summary,
}

impl<W: Write> Exporter<W> {
    /// Begins a file: writes what stands before the first article.
    ///
    /// # Errors
    ///
    /// Those of `out`, here and below.
    pub fn start(mut out: W, format: Format, options: Options) -> io::Result<Self> {
        let collection = geojson::Collection::default();
        match format {
            Format::GeoJson => collection.start(&mut out, options.rows, options.created.as_deref())?,
            Format::Csv => csv::start(&mut out, options.byte_order_mark)?,
            Format::GeoJsonLines | Format::JsonLines => {}
        }
        let summary = Summary { rows: options.rows, ..Summary::default() };
        let (times, keys) = (HashMap::new(), HashSet::new());
        Ok(Self { out, format, options, collection, times, keys, summary })
    }

    /// Writes an article's mentions of the kinds asked for, or its events.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn article(&mut self, article: &Geoparsed) -> io::Result<()> {
        self.article_where(article, |_| true)
    }

    /// Writes those of an article's mentions that `keep` says, by number, among the kinds asked for; or those of its
    /// events.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn article_where(&mut self, article: &Geoparsed, keep: impl Fn(usize) -> bool) -> io::Result<()> {
        self.summary.articles += 1;
        let keeps = |mention: &Mention| self.options.keeps(self.format, mention.kind);
        let mentions = || article.mentions.iter().enumerate();
        if self.format == Format::JsonLines {
            // What was rejected is there for whoever opens the file again, and for nobody else.
            let wanted = |number, mention: &Mention| match mention.is_rejected() {
                true => self.options.with_text,
                false => keep(number),
            };
            let wanted: Vec<bool> =
                mentions().map(|(number, mention)| keeps(mention) && wanted(number, mention)).collect();
            return self.line(article, &wanted);
        }
        let wanted: Vec<usize> = match self.options.rows {
            Rows::Mentions => {
                let wanted = mentions().filter(|&(number, mention)| keeps(mention) && keep(number));
                wanted.map(|(number, _)| number).collect()
            }
            Rows::Events => (0..article.events.len()).filter(|&number| keep(number)).collect(),
        };
        let key = self.key(&article.article.id);
        if wanted.is_empty() {
            return Ok(());
        }
        let rows = ArticleRows::new(article, &key);
        for number in wanted {
            let mut rows = match self.options.rows {
                Rows::Mentions => rows.mention(number).into_iter().collect(),
                Rows::Events => rows.event(number),
            };
            let kept = |row: &Row| row.kind.is_none_or(|kind| self.options.keeps(self.format, kind));
            rows.retain(kept);
            rows.iter().try_for_each(|row| self.row(row))?;
        }
        Ok(())
    }

    /// Hands on what was written so far.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    /// Ends the file and hands back what it was written to.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn finish(mut self) -> io::Result<(W, Summary)> {
        if self.format == Format::GeoJson {
            self.collection.finish(&mut self.out)?;
        }
        self.out.flush()?;
        Ok((self.out, self.summary))
    }

    fn line(&mut self, article: &Geoparsed, wanted: &[bool]) -> io::Result<()> {
        let mut record = ArticleRecord::new(article, self.options.with_text);
        let mut wanted = wanted.iter();
        record.toponyms.retain(|_| wanted.next() == Some(&true));
        record.events.retain(|event| self.options.with_text || event.status != How::Rejected);
        // An event lies only at toponyms that the line has.
        let listed: HashSet<usize> = record.toponyms.iter().map(|toponym| toponym.start).collect();
        for event in &mut record.events {
            event.locations.retain(|location| listed.contains(&location.start));
        }
        let rejected = |toponym: &&ToponymRecord| toponym.status == How::Rejected;
        let rejected = record.toponyms.iter().filter(rejected).count();
        self.summary.mentions += record.toponyms.len() - rejected;
        self.summary.placed += record.toponyms.iter().filter(|toponym| toponym.lat.is_some()).count();
        serde_json::to_writer(&mut self.out, &record)?;
        self.out.write_all(b"\n")
    }

    fn row(&mut self, row: &Row) -> io::Result<()> {
        let placed = row.latitude.is_some();
        if !placed && !self.options.unresolved {
            return Ok(());
        }
        self.summary.mentions += 1;
        self.summary.placed += usize::from(placed);
        match self.format {
            Format::GeoJson => self.collection.row(&mut self.out, row),
            Format::Csv => csv::row(&mut self.out, row),
            Format::GeoJsonLines | Format::JsonLines => {
                geojson::feature(&mut self.out, row)?;
                self.out.write_all(b"\n")
            }
        }
    }

    /// What the ids of an article's rows begin with: its id, numbered from the second time on, past
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
