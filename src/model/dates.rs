//! Words in a text that say when, or for how long.
//! What is not known stays unknown: "31 October" without a year has a value and no days.

use serde::{Deserialize, Serialize};

use super::{Days, Span};

/// What sort of time the words give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DateKind {
    /// A day, a month, a year, a decade: "on Tuesday", "October 31", "the 1970s".
    Date,
    /// From one date to another, either of which may be open: "from 26 to 30 October", "since 2011".
    Range,
    /// A length of time that stands nowhere on the calendar: "for three days".
    Duration,
}

impl DateKind {
    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Range => "range",
            Self::Duration => "duration",
        }
    }
}

/// Words in an article that say when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// Where they stand in the article's text, bytes.
    pub span: Span,
    /// What sort of time.
    pub kind: DateKind,
    /// The value as EDTF (ISO 8601-2): `2015-10-31`, `2004`, `197X`, `XXXX-10-31`, `2011/..`,
    /// `2015-10-26/2015-10-30`; of a duration as ISO 8601: `P3D`.
    pub edtf: String,
    /// The days it may mean, in local calendar terms; an open range ends on the article's own day. `None` where the
    /// year is unknown, and of a duration.
    pub days: Option<Days>,
}
