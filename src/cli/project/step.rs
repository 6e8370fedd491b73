//! `dateline project undo` and `redo`: the last edit taken back, or done again; or any point of the history.
//! To undo is to go on: nothing is ever taken out of the history.

use std::path::PathBuf;
use std::process::ExitCode;

use super::print;
use super::who::Who;
use crate::cli::CliError;
use crate::model::one_line;
use crate::model::words::counted;
use crate::project::{Done, Project, ProjectError};

const UNDO_EXAMPLES: &str = "\
Examples:
  dateline project undo derna.dateline             take the last edit back
  dateline project undo derna.dateline --to 12     as it was right after edit 12 of `dateline project history`
  dateline project undo derna.dateline --to 0      as it was before the first
";

const REDO_EXAMPLES: &str = "\
Examples:
  dateline project redo derna.dateline
";

/// Takes the last edit of a project back, or goes to a point of its history
#[derive(Debug, clap::Args)]
#[command(before_help = UNDO_EXAMPLES, help_template = crate::cli::TEMPLATE)]
pub(super) struct UndoArgs {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    /// Undoes, and does again, until all is as it was right after the edit of this number; 0: before the first
    #[arg(long, value_name = "NUMBER")]
    to: Option<usize>,

    #[command(flatten)]
    who: Who,
}

/// Does again what was undone last
#[derive(Debug, clap::Args)]
#[command(before_help = REDO_EXAMPLES, help_template = crate::cli::TEMPLATE)]
pub(super) struct RedoArgs {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    #[command(flatten)]
    who: Who,
}

pub(super) fn undo(args: &UndoArgs) -> Result<ExitCode, CliError> {
    let mut project = print::open(&args.project)?;
    let who = args.who.name();
    let done = match args.to {
        None => project.undo(&who).map(|done| done.into_iter().collect()),
        Some(0) => project.go_to(None, &who),
        Some(number) => {
            let head = project.journal().history().nth(number - 1).map(|(head, _)| head.id);
            let Some(id) = head else {
                let all = counted(project.journal().len(), "edit");
                return Err(CliError::Usage(format!("there is no edit {number}: the history has {all}")));
            };
            project.go_to(Some(id), &who)
        }
    };
    tell(&project, done, "there is nothing to undo")
}

pub(super) fn redo(args: &RedoArgs) -> Result<ExitCode, CliError> {
    let mut project = print::open(&args.project)?;
    let done = project.redo(&args.who.name()).map(|done| done.into_iter().collect());
    tell(&project, done, "there is nothing to do again")
}

/// Prints what was undone and done again.
fn tell(
    project: &Project,
    done: Result<Vec<Done>, ProjectError>,
    nothing: &str,
) -> Result<ExitCode, CliError> {
    let done = done.map_err(print::failed)?;
    print::print(|out| {
        use std::io::Write;
        if done.is_empty() {
            return writeln!(out, "{nothing}");
        }
        done.iter().try_for_each(|Done { head, .. }| {
            let in_force = project.journal().in_force().any(|other| other.id == head.id);
            let what = if in_force { "done again" } else { "undone" };
            writeln!(out, "{what}: {}", one_line(&head.title))
        })
    })?;
    Ok(ExitCode::SUCCESS)
}
