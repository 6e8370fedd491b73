//! Who settled a mention or an event, as files tell it.
//! What the program settled bears the program's name and version; a line that an older version wrote keeps that one's.

use crate::model::{Decided, How};

/// The program and its version.
const PROGRAM: &str = concat!("dateline ", env!("CARGO_PKG_VERSION"));

/// Who settled something, how, and what they said beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Settled {
    pub(crate) status: How,
    /// `None` where that is not known.
    pub(crate) decided_by: Option<String>,
    pub(crate) note: Option<String>,
    pub(crate) tags: Vec<String>,
}

impl Settled {
    /// What is told of a decision, or of none.
    pub(crate) fn of(decided: Option<&Decided>) -> Self {
        let nobody = Decided::default();
        let Decided { how, by, note, tags, .. } = decided.unwrap_or(&nobody);
        let by = if by.is_empty() && *how == How::Auto { PROGRAM } else { by };
        Self {
            status: *how,
            decided_by: (!by.is_empty()).then(|| by.to_owned()),
            note: note.clone(),
            tags: tags.clone(),
        }
    }

    /// The decision, where anybody but this program said anything.
    pub(crate) fn decided(self) -> Option<Box<Decided>> {
        let by = self.decided_by.filter(|by| self.status != How::Auto || by != PROGRAM).unwrap_or_default();
        let decided = Decided { how: self.status, by, note: self.note, tags: self.tags, found: None };
        (decided != Decided::default()).then(|| Box::new(decided))
    }
}
