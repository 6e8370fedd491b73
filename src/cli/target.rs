//! Where a command writes: never over what it reads, nor over a project or another database.
//! What is lost so is lost for good, and a slip of the shell's completion is enough.

use std::fs;
use std::path::{Path, PathBuf};

use super::CliError;
use crate::{export, ingest};

/// Refuses to write to one of the files that are read: one that is named, or one of a folder's.
pub(super) fn check<'a>(output: &Path, read: impl IntoIterator<Item = &'a PathBuf>) -> Result<(), CliError> {
    let refused = |why: &str| Err(CliError::Usage(format!("{} {why}", output.display())));
    // What is not there yet, and what is no file, cannot be lost.
    let Some(target) = fs::canonicalize(output).ok().filter(|target| target.is_file()) else { return Ok(()) };
    if read.into_iter().any(|input| is_of(&target, input)) {
        return refused("is read, and would be replaced: write to another file");
    }
    if export::is_kept(&target) {
        return refused("is a project or another database, which no export replaces: write to another file");
    }
    Ok(())
}

/// Whether a file is an input, or is read with one.
fn is_of(target: &Path, input: &Path) -> bool {
    let Ok(input) = fs::canonicalize(input) else { return false };
    match target.strip_prefix(&input) {
        Ok(below) => below.as_os_str().is_empty() || ingest::is_read_in(&input, below),
        Err(_) => false,
    }
}
