//! The homes of outlets that a command is told: a file beside the list inside the program.
//! It is read whole before anything else is done, so that a mistyped line stops a long run at its beginning.

use std::path::PathBuf;

use super::CliError;
use crate::gazetteer::Gazetteer;
use crate::geoparse::Homes;

/// The arguments that tell.
#[derive(Debug, clap::Args)]
pub(crate) struct Told {
    /// Uses the homes of outlets in this file before those inside the program: an outlet's domain or name, a
    /// tab, and `international`, a country's code, a place's id, `lat,lon` or a name (“Alexandria, Louisiana”);
    /// or one JSON object of them
    #[arg(id = "homes", long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Told {
    /// The file, where one is told.
    pub(crate) fn file(&self) -> Option<&PathBuf> {
        self.file.as_ref()
    }

    /// The homes, over those inside the program. Fails with the file's name and the reason.
    pub(crate) fn read(&self, gazetteer: &Gazetteer) -> Result<Homes, CliError> {
        let Some(file) = &self.file else { return Ok(Homes::default()) };
        let failed = |reason: String| CliError::Failed(format!("{}: {reason}", file.display()));
        let text = std::fs::read_to_string(file).map_err(|error| failed(error.to_string()))?;
        Homes::read(&text, gazetteer).map_err(|error| failed(error.to_string()))
    }
}
