//! Where the areas of the window lie: a tree of rows, columns and tabs that a person can rearrange.
//! It knows nothing of what the areas show, so that no widget's identity hangs on where it is drawn.

mod fit;
mod layout;
mod show;

use egui::Id;
use serde::{Deserialize, Serialize};

pub use layout::{Layout, Side};
pub use show::Shown;

use super::command::Command;

/// An area of the window, in the order in which they take what room is left, and give way where there is
/// too little.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Area {
    /// The map.
    Map,
    /// The article, with the candidates of a mention under it.
    Article,
    /// The lists of places and articles.
    Lists,
    /// The timeline.
    Timeline,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 4] = [Self::Map, Self::Article, Self::Lists, Self::Timeline];

    /// What its tab says.
    pub const fn title(self) -> &'static str {
        self.toggle().text()
    }

    /// The command that shows or hides it.
    pub const fn toggle(self) -> Command {
        match self {
            Self::Map => Command::ToggleMap,
            Self::Article => Command::ToggleReader,
            Self::Lists => Command::ToggleLists,
            Self::Timeline => Command::ToggleTimeline,
        }
    }

    /// What it is called within a sentence.
    const fn noun(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Article => "article",
            Self::Lists => "lists",
            Self::Timeline => "timeline",
        }
    }

    /// The identity of everything in it, wherever it lies.
    pub fn id(self) -> Id {
        Id::unique(("area", self))
    }
}
