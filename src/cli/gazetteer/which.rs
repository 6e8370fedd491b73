//! Which gazetteers a command looks places up in: those on the shelf, those named, or the one inside the
//! program alone.
//! A gazetteer of the shelf that cannot be read is told of and stops nothing; one that is named must be there.

use std::path::PathBuf;

use crate::cli::CliError;
use crate::cli::error::tell;
use crate::gazetteer::{Gazetteer, GazetteerError, Shelf};

/// The arguments that choose.
#[derive(Debug, clap::Args)]
pub(crate) struct Which {
    /// Uses this gazetteer file, before the one inside the program, instead of those in use; repeatable, the
    /// first counts most
    #[arg(long = "gazetteer", value_name = "FILE", conflicts_with = "no_shelf")]
    files: Vec<PathBuf>,

    /// Uses the gazetteer inside the program only, whatever `dateline gazetteer list` shows
    #[arg(long)]
    no_shelf: bool,
}

impl Which {
    /// The files that are named.
    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    pub(crate) fn open(&self) -> Result<Gazetteer, CliError> {
        let gazetteer = self.stacked()?;
        for about in gazetteer.about() {
            log::info!("names are looked up in {}", about.title);
        }
        Ok(gazetteer)
    }

    fn stacked(&self) -> Result<Gazetteer, CliError> {
        let failed = |error: GazetteerError| CliError::Failed(error.to_string());
        if self.files.is_empty() && !self.no_shelf {
            return shelved().map_err(failed);
        }
        let opened: Result<Vec<_>, _> = self.files.iter().map(|file| Gazetteer::open(file)).collect();
        let mut stack = opened.map_err(failed)?;
        stack.push(Gazetteer::embedded().map_err(failed)?);
        Gazetteer::stack(stack).map_err(failed)
    }
}

fn shelved() -> Result<Gazetteer, GazetteerError> {
    let (gazetteer, problems) = match Shelf::at_home() {
        Ok(shelf) => shelf.load()?,
        Err(error) => (Gazetteer::embedded()?, vec![error.to_string()]),
    };
    for problem in problems {
        tell(&format!("dateline: {problem}"));
    }
    Ok(gazetteer)
}
