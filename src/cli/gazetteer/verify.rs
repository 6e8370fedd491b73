//! `dateline gazetteer verify`: whether gazetteer files are whole and undamaged.
//! Opening a file checks its frame; this reads all of it.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::cli::CliError;
use crate::cli::error::{SOME_FAILED, tell};
use crate::cli::terminal::Stdout;
use crate::gazetteer::Gazetteer;

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer verify world.gazetteer
";

const AFTER: &str = "\
With --json: an object a line with \"file\", \"sound\" and, where it is not, \"problem\".

Exit codes: 0 all are sound, 1 some are not, 2 the command makes no sense, 130 interrupted.";

/// Reads gazetteer files whole and says what is wrong with them
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// Gazetteer files
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Print a JSON object for each file, one a line
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Verified {
    file: String,
    sound: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let mut out = Stdout::open();
    let mut sound = true;
    for file in &args.files {
        let problem = Gazetteer::verify(file).err().map(|error| error.to_string());
        sound &= problem.is_none();
        let verified = Verified { file: file.display().to_string(), sound: problem.is_none(), problem };
        let printed = match &verified.problem {
            _ if args.json => serde_json::to_writer(&mut out, &verified)
                .map_err(io::Error::from)
                .and_then(|()| writeln!(out)),
            Some(problem) => {
                tell(&format!("dateline: {problem}"));
                Ok(())
            }
            None => writeln!(out, "{}: sound", verified.file),
        };
        printed.and_then(|()| out.flush()).map_err(|error| CliError::stdout(&error))?;
    }
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}
