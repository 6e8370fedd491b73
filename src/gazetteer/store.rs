//! One opened gazetteer: its columns, its names, and what lies where.
//! Opening looks at the header alone; every read checks its bounds, so that a damaged file is never a panic.

use super::columns::Columns;
use super::file::{Bytes, Sections};
use super::names::Names;
use super::space::Tree;
use super::{About, GazetteerError};

/// What the header of a gazetteer says it is.
pub(super) const KIND: [u8; 4] = *b"GAZ1";

#[derive(Debug)]
pub(super) struct Store {
    sections: Sections,
    pub(super) columns: Columns,
    pub(super) names: Names,
    pub(super) tree: Tree,
}

impl Store {
    pub(super) fn open(bytes: Bytes) -> Result<Self, GazetteerError> {
        let sections = Sections::open(bytes, KIND)?;
        Ok(Self {
            columns: Columns::open(&sections)?,
            names: Names::open(&sections),
            tree: Tree::open(&sections),
            sections,
        })
    }

    /// Where the places come from; nothing where the file does not say it readably.
    pub(super) fn about(&self) -> About {
        serde_json::from_slice(self.sections.section(b"abou").as_ref()).unwrap_or_default()
    }

    /// Reads everything and says what is wrong with it, if anything is.
    pub(super) fn verify(&self) -> Result<(), GazetteerError> {
        self.sections.verify()
    }
}
