//! What a person chose to lie under the marks, as it is kept from one start of the program to the next.
//! Files are kept by their path and opened anew; nothing of what is in them is kept but a line about them.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::LayerChoice;

/// What lies under the marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Chosen {
    /// The basemap inside the program.
    #[default]
    BuiltIn,
    /// The same without borders, rivers and names.
    Plain,
    /// One of the kept sources, by its number.
    Kept(usize),
}

/// A source of tiles that a person added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// What it is called.
    pub title: String,
    /// What it is, in a line.
    #[serde(default)]
    pub facts: String,
    /// Where its tiles are.
    pub from: Origin,
    /// Whether the map's own names stand over its pictures.
    #[serde(default)]
    pub names: bool,
}

/// Where a source's tiles are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// In a file.
    File(PathBuf),
    /// With a server.
    Online(OnlineTiles),
}

/// A server of tiles.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OnlineTiles {
    /// Where its tiles are, with places for their numbers.
    pub address: String,
    /// Whom they are owed to.
    pub owed: String,
    /// The nearest level that it has tiles of.
    pub nearest: u8,
    /// Whether its tiles are meant to be 512 points wide and not 256.
    #[serde(default)]
    pub wide: bool,
    /// Whether its user has said that tiles may be fetched.
    #[serde(default)]
    pub allowed: bool,
}

/// What lies on the map's ground, and what may.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GroundChoices {
    /// What is shown.
    pub chosen: Chosen,
    /// What was added, in order.
    pub kept: Vec<Kept>,
    /// Files over the map, the last on top.
    pub layers: Vec<LayerChoice>,
}

impl GroundChoices {
    /// Puts right what cannot be.
    pub fn mend(&mut self) {
        if let Chosen::Kept(at) = self.chosen
            && at >= self.kept.len()
        {
            self.chosen = Chosen::BuiltIn;
        }
        if self.asks().is_some() {
            self.chosen = Chosen::BuiltIn;
        }
    }

    /// The server that is shown though nobody has said that tiles may be fetched from it.
    pub fn asks(&self) -> Option<(usize, &OnlineTiles)> {
        match (self.chosen, self.shown()) {
            (Chosen::Kept(at), Some(Kept { from: Origin::Online(tiles), .. })) if !tiles.allowed => {
                Some((at, tiles))
            }
            _ => None,
        }
    }

    /// The source that is shown.
    pub fn shown(&self) -> Option<&Kept> {
        match self.chosen {
            Chosen::Kept(at) => self.kept.get(at),
            Chosen::BuiltIn | Chosen::Plain => None,
        }
    }

    /// Takes one out. What was shown stays so, unless it is gone.
    pub fn remove(&mut self, at: usize) {
        if at >= self.kept.len() {
            return;
        }
        self.kept.remove(at);
        self.chosen = match self.chosen {
            Chosen::Kept(shown) if shown == at => Chosen::BuiltIn,
            Chosen::Kept(shown) if shown > at => Chosen::Kept(shown - 1),
            other => other,
        };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn three(chosen: Chosen) -> GroundChoices {
        let kept = |title: &str| Kept {
            title: title.to_owned(),
            facts: String::new(),
            from: Origin::File(title.into()),
            names: false,
        };
        GroundChoices { chosen, kept: ["a", "b", "c"].map(kept).to_vec(), layers: Vec::new() }
    }

    #[test]
    fn what_is_shown_stays_so_when_another_goes() {
        let check = |chosen: Chosen, gone: usize, expected: Chosen| {
            let mut choices = three(chosen);
            choices.remove(gone);
            assert_eq!(choices.chosen, expected);
        };
        check(Chosen::Kept(1), 0, Chosen::Kept(0));
        check(Chosen::Kept(1), 1, Chosen::BuiltIn);
        check(Chosen::Kept(1), 2, Chosen::Kept(1));
        check(Chosen::Kept(1), 9, Chosen::Kept(1));
        check(Chosen::Plain, 0, Chosen::Plain);
    }

    #[test]
    fn a_number_that_nothing_has_is_put_right() {
        let mut choices = three(Chosen::Kept(3));
        choices.mend();
        assert_eq!(choices.chosen, Chosen::BuiltIn);
    }
}
