//! What becomes of articles in one format: every format is a [`Form`] in a file of its own.
//! A form of tables is handed lines and nothing else; a form of articles the article, with what of it is wanted.

use std::io::{self, Write};

use super::chosen::Chosen;
use super::row::Row;
use super::table::Line;
use super::{
    Format, Options, annotation, csv, flatgeobuf, geojson, geopackage, jsonl, kml, linked_places, parquet,
    report, tei,
};
use crate::model::Geoparsed;

/// An article and what of it is to be written.
pub(crate) struct Wanted<'a> {
    pub article: &'a Geoparsed,
    /// The article's id, made unique in the file.
    pub key: &'a str,
    /// Rows of its mentions, in a format that has rows: without what was rejected, and without what has no place unless
    /// that is asked for.
    pub rows: &'a [Row],
    /// All that is asked for of the article, mentions and events.
    pub chosen: &'a Chosen,
}

/// What was written of an article.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Written {
    pub rows: usize,
    /// Those of them that have a place.
    pub placed: usize,
}

impl Written {
    pub(crate) fn of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Written {
        rows.into_iter().fold(Written::default(), |Written { rows, placed }, row| Written {
            rows: rows + 1,
            placed: placed + usize::from(row.latitude.is_some()),
        })
    }
}

/// A file of some format while it is written.
pub(crate) trait Form<W> {
    /// Writes a line of a table. Only formats of tables are asked to ([`Format::is_table`]).
    fn line(&mut self, _: &Line<'_>) -> io::Result<()> {
        Ok(())
    }

    /// Writes what is wanted of an article. Only formats that are no tables are asked to.
    fn article(&mut self, _: &Wanted<'_>) -> io::Result<Written> {
        Ok(Written::default())
    }

    /// Hands on what was written so far, as far as the format lets it.
    fn flush(&mut self) -> io::Result<()>;

    /// Ends the file and gives back what it was written to.
    fn finish(self: Box<Self>) -> io::Result<W>;
}

/// Begins a file.
pub(crate) fn start<W: Write + 'static>(
    out: W,
    format: Format,
    options: &Options,
) -> io::Result<Box<dyn Form<W>>> {
    Ok(match format {
        Format::GeoJson => Box::new(geojson::Collection::start(out, options)?),
        Format::GeoJsonLines => Box::new(geojson::Lines::new(out)),
        Format::Csv => Box::new(csv::Table::start(out, options.rows, options.byte_order_mark)?),
        Format::JsonLines => Box::new(jsonl::Lines::new(out, options.with_text)),
        Format::Kml => Box::new(kml::Document::start(out, options)?),
        Format::Kmz => Box::new(kml::Packed::start(out, options)?),
        Format::GeoPackage => Box::new(geopackage::Database::start(out, options)?),
        Format::FlatGeobuf => Box::new(flatgeobuf::Features::start(out, options)?),
        Format::GeoParquet => Box::new(parquet::Table::start(out, options)?),
        Format::Report => Box::new(report::Report::start(out, options)?),
        Format::WebAnnotation => Box::new(annotation::Collection::start(out, options)?),
        Format::LinkedPlaces => Box::new(linked_places::Gazetteer::new(out, options)),
        Format::Tei => Box::new(tei::Corpus::start(out, options)?),
    })
}
