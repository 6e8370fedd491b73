//! How files are to be read, where their own words leave that open.

use std::collections::BTreeMap;

/// What the columns of tables are: by the names of all of a table's columns, the number of each that is something, from 0.
pub type Tables = BTreeMap<Vec<String>, BTreeMap<Column, usize>>;

/// How files are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which columns of tables are what; those that are not named are guessed.
    pub columns: BTreeMap<Column, String>,
    /// What the columns of tables are of which somebody said all: by the names of all columns, as a
    /// [`Preview`](super::table::Preview) has them, the number of each column that is something, from 0. The others are
    /// not used, and nothing is guessed. It holds for every table with these columns, and before `columns`.
    pub tables: Tables,
    /// Whether addresses on the web may be read. Nothing that is read is ever asked of a network without.
    pub online: bool,
}

/// What a column of a table may hold of its articles: a row is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Its name, unique in the table.
    Id,
    /// Its words.
    Text,
    /// Its headline.
    Title,
    /// When it was published.
    Date,
    /// Its outlet.
    Source,
    /// Where it stands on the web.
    Url,
    /// Its language, BCP 47.
    Language,
}

impl Column {
    /// Every one.
    pub const ALL: [Column; 7] = [
        Column::Id,
        Column::Text,
        Column::Title,
        Column::Date,
        Column::Source,
        Column::Url,
        Column::Language,
    ];

    /// The word on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Text => "text",
            Self::Title => "title",
            Self::Date => "date",
            Self::Source => "source",
            Self::Url => "url",
            Self::Language => "language",
        }
    }
}
