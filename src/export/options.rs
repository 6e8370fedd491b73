//! What to write of the articles.
//! The choices are the same for every format; one that has no place for a choice passes it over.

use super::{Format, Only};
use crate::model::Kind;

/// What a row stands for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rows {
    /// A mention of a place, with the event that happened there.
    #[default]
    Mentions,
    /// An event, with its place; one that happened at several has a row for each.
    Events,
    /// A place, with how often and where it is mentioned; they come in the order in which they are first mentioned.
    Places,
    /// An article, with the place that it is about most. One that is about none is written, too.
    Articles,
}

impl Rows {
    /// Every choice.
    pub const ALL: [Rows; 4] = [Rows::Mentions, Rows::Events, Rows::Places, Rows::Articles];

    /// The word on the command line, and a file's own name for its rows.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mentions => "mentions",
            Self::Events => "events",
            Self::Places => "places",
            Self::Articles => "articles",
        }
    }
}

/// What to write of the articles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// What a row stands for. A line of JSON Lines is an article; a GeoPackage has a table for each, and this tells what
    /// the choice is made by: mentions with the events that happened there, or events with the mentions where they did.
    pub rows: Rows,
    /// The kinds of mentions to write. Unless told: names and coordinates in the formats that map
    /// mentions, every kind in JSON Lines and for the places of events.
    pub kinds: Option<Vec<Kind>>,
    /// What to write and nothing else.
    pub only: Only,
    /// Whether mentions and events without a place are written too. JSON Lines always has them.
    pub unresolved: bool,
    /// JSON Lines: whether to add the text, which lets the file be opened again, and what people rejected. HTML report:
    /// whether the articles' texts can be read in it.
    pub with_text: bool,
    /// CSV: whether to begin with a byte order mark, which Excel wants.
    pub byte_order_mark: bool,
    /// HTML report: what stands above it; "Places in the news" unless told.
    pub title: Option<String>,
    /// When the file was made, as a timestamp, in the formats that say so. Left out where it is not given, so that the
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

    /// The kinds of mentions that are left out of a format, in words; `None` where all are there.
    pub(crate) fn kinds_left_out(&self, format: Format) -> Option<String> {
        let left_out = Kind::ALL.into_iter().filter(|&kind| !self.keeps(format, kind));
        let words: Vec<&str> = left_out
            .map(|kind| match kind {
                Kind::Name => "names of places",
                Kind::Demonym => "names of peoples and adjectives",
                Kind::Embedded => "names within other names",
                Kind::Coordinate => "coordinates",
            })
            .collect();
        (!words.is_empty()).then(|| format!("without {}", words.join(", ")))
    }

    /// What is left out because somebody asked for it, as a sentence for whoever gets the file; `None` where nothing is.
    pub(crate) fn narrowed(&self, format: Format) -> Option<String> {
        let kinds = self.kinds.as_ref().and_then(|_| self.kinds_left_out(format));
        let told: Vec<String> = self.only.told(self.rows).into_iter().chain(kinds).collect();
        (!told.is_empty()).then(|| sentence(&told.join("; ")))
    }
}

/// With a capital at its beginning and a full stop at its end.
pub(crate) fn sentence(words: &str) -> String {
    let mut told = format!("{words}.");
    if let Some(first) = told.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    told
}
