//! A row of a table, wherever it comes from.
//! Only so many of its columns are looked at, whatever there are: nobody has a table of news with more.

use std::borrow::Cow;

use crate::ingest::dates::{self, Order};
use crate::model::PartialDate;

/// How many columns of a table are looked at.
pub(super) const WIDEST: usize = 1000;

/// What stands in one place of a table.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Cell {
    #[default]
    Empty,
    Text(String),
    Number(f64),
    /// A date that the file knows for one.
    Date(PartialDate),
}

impl Cell {
    pub(super) fn of(words: impl Into<String>) -> Cell {
        let words = words.into();
        match words.trim() {
            // As databases write what is not there.
            "" | "\\N" => Cell::Empty,
            _ => Cell::Text(words),
        }
    }

    /// What it says; nothing where it is empty.
    pub(super) fn words(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(words) => Cow::Borrowed(words),
            Cell::Number(number) => Cow::Owned(number.to_string()),
            Cell::Date(date) => Cow::Owned(date.to_string()),
        }
    }

    pub(super) fn date(&self, order: Order) -> Option<PartialDate> {
        match self {
            Cell::Empty => None,
            Cell::Text(words) => dates::read(words, order),
            Cell::Number(number) => dates::of_number(*number),
            Cell::Date(date) => Some(*date),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        matches!(self, Cell::Empty)
    }

    /// About how many bytes it holds.
    pub(super) fn weight(&self) -> usize {
        match self {
            Cell::Text(words) => 32 + words.len(),
            _ => 32,
        }
    }
}

/// A row with its number in the file, from 1; where there is a header, it has number 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Row {
    pub number: u64,
    pub cells: Vec<Cell>,
}

impl Row {
    pub(super) fn cell(&self, at: usize) -> &Cell {
        static EMPTY: Cell = Cell::Empty;
        self.cells.get(at).unwrap_or(&EMPTY)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.cells.iter().all(Cell::is_empty)
    }
}

/// The rows of a table as they come; a reason ends them.
pub(super) type Rows = Box<dyn Iterator<Item = Result<Row, String>> + Send>;
