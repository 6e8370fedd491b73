//! `dateline project rescue`: what can still be read of a damaged project, in a new file.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::{check, print};
use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::model::words::counted;
use crate::project::Project;

const EXAMPLES: &str = "\
Examples:
  dateline project rescue broken.dateline rescued.dateline
";

const AFTER: &str = "\
Every article and every edit that is whole goes into the new file; what is lost is named on standard error. The damaged
file stays as it is.

Exit codes: 0 nothing was lost, 1 something was, or nothing can be read, 2 the command makes no sense, 130 interrupted.";

/// Writes what can still be read of a damaged project into a new file
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// The damaged project
    #[arg(value_name = "DAMAGED")]
    damaged: PathBuf,

    /// The new project
    #[arg(value_name = "NEW")]
    new: PathBuf,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let (project, problems) = Project::rescue(&args.damaged, &args.new).map_err(print::failed)?;
    problems.iter().for_each(print::complain);
    let lost = problems.len() + check::articles(&project);
    let articles = counted(project.len(), "article");
    let edits = counted(project.journal().len(), "edit");
    print::print(|out| writeln!(out, "rescued {articles}, {edits}"))?;
    Ok(if lost == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}
