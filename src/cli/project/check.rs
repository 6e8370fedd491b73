//! `dateline project check`: reads everything that is in a project.
//! Every row has a checksum, so that what is read is what was written, or is told as damage.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::print;
use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::model::Problem;
use crate::model::words::counted;
use crate::project::Project;

const EXAMPLES: &str = "\
Examples:
  dateline project check derna.dateline
  dateline project check derna.dateline --json
";

const AFTER: &str = "\
What is damaged is named on standard error, line by line. `dateline project rescue` writes what is whole into a new file.

With --json: an object on one line with \"file\", \"whole\", \"damaged\" (in how many places), \"articles\" and \"edits\".

Exit codes: 0 all of it is whole, 1 some of it is damaged, or it does not open, 2 the command makes no sense, 130 interrupted.";

/// Reads all of a project, and names what is damaged
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    /// Print a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Checked {
    file: String,
    whole: bool,
    damaged: usize,
    articles: usize,
    edits: usize,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let (project, damaged) = print::read(&args.project)?;
    let damaged = damaged + articles(&project);
    if args.json {
        let checked = Checked {
            file: args.project.display().to_string(),
            whole: damaged == 0,
            damaged,
            articles: project.len(),
            edits: project.journal().len(),
        };
        print::print(|out| print::json(out, &checked))?;
        return Ok(if damaged == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) });
    }
    let articles = counted(project.len(), "article");
    let edits = counted(project.journal().len(), "edit");
    print::print(|out| match damaged {
        0 => writeln!(out, "whole: {articles}, {edits}"),
        1 => writeln!(out, "damaged in 1 place: {articles}, {edits}"),
        count => writeln!(out, "damaged in {count} places: {articles}, {edits}"),
    })?;
    Ok(if damaged == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Reads every article, and names those that are damaged or missing: how many are damaged. How many are missing was told
/// when the project was opened.
pub(super) fn articles(project: &Project) -> usize {
    let (shelf, mut damaged) = (project.shelf(), 0);
    for number in 0..project.len() as u32 {
        match shelf.read(number) {
            Ok(Some(_)) => {}
            Ok(None) => {
                let place = format!("{}, article {}", project.path().display(), number + 1);
                print::complain(&Problem { place, reason: "it is missing".to_owned() });
            }
            Err(problem) => {
                damaged += 1;
                print::complain(&problem);
            }
        }
    }
    damaged
}
