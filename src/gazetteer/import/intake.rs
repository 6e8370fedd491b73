//! What an import has read so far, on its way to the writer: counts, refusals, progress.
//! Of refusals only the first few hundred are kept, as a file may be nothing else; all of them are told.

use std::cell::Cell;
use std::fmt;
use std::ops::ControlFlow;
use std::rc::Rc;

use super::recognise::Kind;
use super::source::Source;
use crate::gazetteer::{GazetteerError, NewName, NewPlace, Step, Writer, Written};

/// Refusals that a report keeps.
const KEPT: usize = 200;
/// Rows from one telling of progress to the next.
const STRIDE: u64 = 8192;

/// Where in a source something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// A line, from 1.
    Line(u64),
    /// A feature of a collection, from 1.
    Feature(u64),
}

/// A row that did not become a place, a name or a parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The file, and the file within it where it is an archive.
    pub file: String,
    /// Where in it.
    pub at: At,
    /// Why, as the end of a sentence.
    pub reason: String,
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at {
            At::Line(number) => write!(f, "{}:{number}: {}", self.file, self.reason),
            At::Feature(number) => write!(f, "{}, feature {number}: {}", self.file, self.reason),
        }
    }
}

/// What an import tells while it goes on.
#[derive(Debug)]
pub enum Told<'t> {
    /// It reads.
    Reading {
        /// The file it is at.
        file: &'t str,
        /// Rows read so far of all files.
        rows: u64,
        /// Share read of all files, 0 to 1.
        share: f64,
    },
    /// It has refused a row.
    Refused(&'t Refused),
    /// All is read, and the file is being made.
    Writing(Step),
}

/// What was read from one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRead {
    /// The file, and the file within it where it is an archive.
    pub file: String,
    /// What it was read as: `GeoNames places`, `table: name “Ort”, lat “Breite”, lon “Länge”`.
    pub read_as: String,
    /// Rows or features in it.
    pub rows: u64,
    /// Those of them that were refused.
    pub refused: u64,
}

/// What became of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// The sources, in order.
    pub sources: Vec<SourceRead>,
    /// Rows or features read in all.
    pub rows: u64,
    /// Places among them.
    pub places: u64,
    /// The first few hundred rows that were refused.
    pub refused: Vec<Refused>,
    /// How many were refused in all.
    pub refused_count: u64,
    /// What the file holds.
    pub written: Written,
}

/// Why no gazetteer was made.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// A source cannot be read.
    #[error("cannot import {path}: {reason}")]
    Source {
        /// The file, and the file within it where it is an archive.
        path: String,
        /// Why.
        reason: String,
    },
    /// The columns of a table are not clear, or not those that were told.
    #[error("cannot import {path}: {reason}")]
    Columns {
        /// The file, and the file within it where it is an archive.
        path: String,
        /// What is not clear, and which columns there are.
        reason: String,
    },
    /// The sources hold names, codes or refused rows only.
    #[error("there is no place in {sources}{}", refusals(*.refused))]
    NoPlaces {
        /// The sources.
        sources: String,
        /// Rows that were refused.
        refused: u64,
    },
    /// The file could not be made, or its making was broken off.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
}

fn refusals(count: u64) -> String {
    match count {
        0 => String::new(),
        1 => "; 1 row was refused".to_owned(),
        count => format!("; {count} rows were refused"),
    }
}

type Teller<'a> = &'a mut dyn FnMut(Told<'_>) -> ControlFlow<()>;

/// Takes in what the readers of sources find.
pub(super) struct Intake<'a> {
    writer: &'a mut Writer,
    told: Teller<'a>,
    report: Report,
    /// Bytes read of all files, counted where they are read.
    position: Rc<Cell<u64>>,
    length: u64,
}

impl<'a> Intake<'a> {
    pub(super) fn new(writer: &'a mut Writer, told: Teller<'a>, sources: &[Source]) -> Self {
        let length = sources.iter().map(Source::length).sum();
        Self { writer, told, report: Report::default(), position: Rc::default(), length }
    }

    pub(super) fn position(&self) -> Rc<Cell<u64>> {
        Rc::clone(&self.position)
    }

    /// The rows to come are of this source.
    pub(super) fn begin(&mut self, source: &Source) {
        let read_as = match source.kind {
            Kind::Places => "GeoNames places",
            Kind::AlternateNames => "GeoNames alternate names",
            Kind::DivisionCodes => "GeoNames codes of divisions",
            Kind::CountryCodes => "GeoNames countries",
            Kind::Hierarchy => "GeoNames hierarchy",
            Kind::Table => "table",
            Kind::GeoJson => "GeoJSON",
            Kind::GeoJsonLines => "GeoJSON, a feature a line",
        };
        self.report.sources.push(SourceRead {
            file: source.name.clone(),
            read_as: read_as.to_owned(),
            rows: 0,
            refused: 0,
        });
    }

    /// Says more exactly what the source is read as.
    pub(super) fn reads_as(&mut self, what: String) {
        if let Some(source) = self.report.sources.last_mut() {
            source.read_as = what;
        }
    }

    /// One more row has been read.
    pub(super) fn row(&mut self) -> Result<(), ImportError> {
        self.report.rows += 1;
        let Some(source) = self.report.sources.last_mut() else {
            return Ok(());
        };
        source.rows += 1;
        if self.report.rows % STRIDE == 1 {
            let share = (self.position.get() as f64 / self.length.max(1) as f64).min(1.0);
            let going_on = (self.told)(Told::Reading { file: &source.file, rows: self.report.rows, share });
            return go_on(going_on);
        }
        Ok(())
    }

    pub(super) fn place(&mut self, place: NewPlace) -> Result<(), ImportError> {
        self.report.places += 1;
        Ok(self.writer.place(place)?)
    }

    pub(super) fn name(&mut self, id: &str, name: NewName) -> Result<(), ImportError> {
        Ok(self.writer.name(id, name)?)
    }

    pub(super) fn parent(&mut self, id: &str, parent: &str) -> Result<(), ImportError> {
        Ok(self.writer.parent(id, parent)?)
    }

    pub(super) fn code(&mut self, code: &str, id: &str) {
        self.writer.code(code, id);
    }

    pub(super) fn refuse(&mut self, at: At, reason: String) -> Result<(), ImportError> {
        self.report.refused_count += 1;
        let Some(source) = self.report.sources.last_mut() else {
            return Ok(());
        };
        source.refused += 1;
        let refused = Refused { file: source.file.clone(), at, reason };
        let going_on = (self.told)(Told::Refused(&refused));
        if self.report.refused.len() < KEPT {
            self.report.refused.push(refused);
        }
        go_on(going_on)
    }

    /// Why the source that is being read cannot be read on.
    pub(super) fn failed(&self, reason: impl fmt::Display) -> ImportError {
        ImportError::Source { path: self.file(), reason: reason.to_string() }
    }

    /// The columns of the source at hand cannot be told apart.
    pub(super) fn unclear(&self, reason: String) -> ImportError {
        ImportError::Columns { path: self.file(), reason }
    }

    fn file(&self) -> String {
        self.report.sources.last().map(|source| source.file.clone()).unwrap_or_default()
    }

    /// What was read, if there was a place in it.
    pub(super) fn finish(self) -> Result<Report, ImportError> {
        if self.report.places > 0 {
            return Ok(self.report);
        }
        let sources: Vec<&str> = self.report.sources.iter().map(|source| source.file.as_str()).collect();
        Err(ImportError::NoPlaces { sources: sources.join(", "), refused: self.report.refused_count })
    }
}

fn go_on(going_on: ControlFlow<()>) -> Result<(), ImportError> {
    match going_on {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(GazetteerError::Cancelled.into()),
    }
}
