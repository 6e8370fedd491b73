//! Articles in, bytes of any format out, one article at a time.
//! What is written depends on the articles and the options alone: no clock, no path.

use std::collections::{HashMap, HashSet};
use std::io::{self, Write};

use super::row::ArticleRows;
use super::{Format, csv, geojson};
use crate::model::record::ArticleRecord;
use crate::model::{Geoparsed, Kind, Mention};

/// What to write of the articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The kinds of mentions to write. Unless told: names and coordinates in the formats that map
    /// mentions, every kind in JSON Lines.
    pub kinds: Option<Vec<Kind>>,
    /// Whether mentions without a place are written too. JSON Lines always has them.
    pub unresolved: bool,
    /// JSON Lines: whether to add the text, which lets the file be opened again.
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
            None => format == Format::JsonLines || DEFAULT_KINDS.contains(&kind),
        }
    }
}

/// What was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Articles that were taken in, with or without mentions.
    pub articles: usize,
    /// Mentions that were written.
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
            Format::GeoJson => collection.start(&mut out, options.created.as_deref())?,
            Format::Csv => csv::start(&mut out, options.byte_order_mark)?,
            Format::GeoJsonLines | Format::JsonLines => {}
        }
        Ok(Self {
            out,
            format,
            options,
            collection,
            times: HashMap::new(),
            keys: HashSet::new(),
            summary: Summary::default(),
        })
    }

    /// Writes an article's mentions of the kinds asked for.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn article(&mut self, article: &Geoparsed) -> io::Result<()> {
        self.article_where(article, |_, _| true)
    }

    /// Writes those of an article's mentions that `keep` says, by number, among the kinds asked for.
    ///
    /// # Errors
    ///
    /// Those of `out`.
    pub fn article_where(
        &mut self,
        article: &Geoparsed,
        keep: impl Fn(usize, &Mention) -> bool,
    ) -> io::Result<()> {
        self.summary.articles += 1;
        let wanted: Vec<bool> = article
            .mentions
            .iter()
            .enumerate()
            .map(|(number, mention)| self.options.keeps(self.format, mention.kind) && keep(number, mention))
            .collect();
        if self.format == Format::JsonLines {
            self.line(article, &wanted)
        } else {
            self.rows(article, &wanted)
        }
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
        self.summary.mentions += record.toponyms.len();
        self.summary.placed += record.toponyms.iter().filter(|toponym| toponym.lat.is_some()).count();
        serde_json::to_writer(&mut self.out, &record)?;
        self.out.write_all(b"\n")
    }

    fn rows(&mut self, article: &Geoparsed, wanted: &[bool]) -> io::Result<()> {
        let key = self.key(&article.article.id);
        if !wanted.contains(&true) {
            return Ok(());
        }
        let rows = ArticleRows::new(&article.article, &key);
        for (mention, _) in article.mentions.iter().zip(wanted).filter(|&(_, &wanted)| wanted) {
            let row = rows.row(mention);
            let placed = row.latitude.is_some();
            if !placed && !self.options.unresolved {
                continue;
            }
            self.summary.mentions += 1;
            self.summary.placed += usize::from(placed);
            match self.format {
                Format::GeoJson => self.collection.row(&mut self.out, &row)?,
                Format::Csv => csv::row(&mut self.out, &row)?,
                Format::GeoJsonLines | Format::JsonLines => {
                    geojson::feature(&mut self.out, &row)?;
                    self.out.write_all(b"\n")?;
                }
            }
        }
        Ok(())
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
