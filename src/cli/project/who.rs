//! Who makes an edit from the command line.

use crate::jobs::keeper::Person;

/// The argument that tells.
#[derive(Debug, clap::Args)]
pub(super) struct Who {
    /// In whose name; whoever is at this computer unless told
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
}

impl Who {
    /// The person.
    pub(super) fn name(&self) -> String {
        self.who.clone().filter(|who| !who.trim().is_empty()).unwrap_or_else(|| Person::here().0)
    }
}
