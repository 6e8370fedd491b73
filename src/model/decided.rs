//! What a person decided about a mention or an event that the program found, or did not find.

use serde::{Deserialize, Serialize};

use super::Span;

/// Who settled something, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// The program; nobody has said anything against it.
    #[default]
    Auto,
    /// A person agreed with the program.
    Confirmed,
    /// A person put something else in the place of what the program said.
    Corrected,
    /// A person added what the program had not found.
    Added,
    /// A person said that it is none. It is kept, and neither shown on the map nor written.
    Rejected,
}

impl How {
    /// Every way, in the order that menus show.
    pub const ALL: [How; 5] = [How::Auto, How::Confirmed, How::Corrected, How::Added, How::Rejected];

    /// The word used in files.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Confirmed => "confirmed",
            Self::Corrected => "corrected",
            Self::Added => "added",
            Self::Rejected => "rejected",
        }
    }
}

/// What people said about a mention or an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decided {
    /// How it was settled.
    pub how: How,
    /// Who settled it; empty where the program did.
    pub by: String,
    /// What they noted.
    pub note: Option<String>,
    /// Their tags, sorted.
    pub tags: Vec<String>,
    /// Where the program found the mention, bytes, where a person chose other words.
    pub found: Option<Span>,
}
