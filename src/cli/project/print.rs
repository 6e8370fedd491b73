//! What the subcommands print: text for a person, JSON for a program, and what went wrong on standard error.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use crate::cli::CliError;
use crate::cli::error::tell;
use crate::cli::terminal::Stdout;
use crate::model::Problem;
use crate::project::{Project, ProjectError};

/// A project to be read, and how much of it is damaged: that has been told.
pub(super) fn read(path: &Path) -> Result<(Project, usize), CliError> {
    let (project, problems) = Project::read(path).map_err(failed)?;
    problems.iter().for_each(complain);
    Ok((project, problems.len()))
}

/// A project to be changed. Damage is told, and one that can only be read is refused.
pub(super) fn open(path: &Path) -> Result<Project, CliError> {
    let (project, problems) = Project::open(path).map_err(failed)?;
    problems.iter().for_each(complain);
    match project.read_only() {
        Some(reason) => {
            let (path, reason) = (project.path().to_owned(), reason.to_owned());
            Err(failed(ProjectError::ReadOnly { path, reason }))
        }
        None => Ok(project),
    }
}

pub(super) fn failed(error: ProjectError) -> CliError {
    CliError::Failed(error.to_string())
}

/// A problem on standard error.
pub(super) fn complain(problem: &Problem) {
    tell(&format!("dateline: {}: {}", problem.place, problem.reason));
}

/// Prints to standard output.
pub(super) fn print(write: impl FnOnce(&mut Stdout) -> io::Result<()>) -> Result<(), CliError> {
    let mut out = Stdout::open();
    write(&mut out).and_then(|()| out.flush()).map_err(|error| CliError::stdout(&error))
}

/// An object on one line.
pub(super) fn json(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

/// A moment, in seconds since 1970, as ISO 8601 in UTC.
pub(super) fn moment(seconds: i64) -> String {
    jiff::Timestamp::from_second(seconds).map(|moment| moment.to_string()).unwrap_or_default()
}

/// A moment as a person at this computer reads it.
pub(super) fn local(seconds: i64) -> String {
    let moment = jiff::Timestamp::from_second(seconds).unwrap_or_default();
    moment.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
