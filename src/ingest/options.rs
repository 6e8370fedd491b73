//! How files are to be read, where their own words leave that open.

use std::collections::BTreeMap;

/// How files are to be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// Which columns of tables are what; those that are not named are guessed.
    pub columns: BTreeMap<Column, String>,
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
