//! `dateline project`: collections with their corrections in one file, made, looked into and brought together.
//! One file per subcommand. What only reads leaves the file as it is, to the byte, and reads it while it is open elsewhere.

mod check;
mod corrections;
mod history;
mod info;
mod merge;
mod new;
mod print;
mod rescue;
mod step;
mod taking;
mod who;

use std::process::ExitCode;

use super::CliError;

const EXAMPLES: &str = "\
Examples:
  dateline project new derna.dateline articles/       read articles into a project
  dateline open derna.dateline                        correct it in the window
  dateline geoparse derna.dateline -o places.geojson  write it, as it was corrected
  dateline project merge ann.dateline ben.dateline -o both.dateline
  dateline project info derna.dateline                what is in it, and who decided how much
";

/// Makes projects and looks into them: collections with their corrections, in one file each
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    New(new::Args),
    Info(info::Args),
    Check(check::Args),
    Rescue(rescue::Args),
    History(history::Args),
    Undo(step::UndoArgs),
    Redo(step::RedoArgs),
    Corrections(corrections::Args),
    Merge(merge::Args),
}

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    match args.command {
        Command::New(args) => new::run(&args),
        Command::Info(args) => info::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Rescue(args) => rescue::run(&args),
        Command::History(args) => history::run(&args),
        Command::Undo(args) => step::undo(&args),
        Command::Redo(args) => step::redo(&args),
        Command::Corrections(args) => corrections::run(&args),
        Command::Merge(args) => merge::run(&args),
    }
}
