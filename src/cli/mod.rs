//! The command line: one file per subcommand.
//! A command returns what became of it; nothing here ends the process, and no panic gets past
//! [`run`].

#[cfg(feature = "assets")]
mod assets;
mod error;
mod eval;
mod fault;
mod gazetteer;
mod geoparse;
mod given_events;
mod gold;
mod homes;
mod open;
mod progress;
mod project;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub use error::CliError;

/// Examples before the reference: most people need no more.
const EXAMPLES: &str = "\
Examples:
  dateline                                        explore the sample on the map
  dateline articles/                              explore a folder of articles
  dateline geoparse articles/ -o places.geojson   find the places, without a window
  dateline geoparse article.txt --format csv      the same as a table, to the terminal
  cat articles.jsonl | dateline geoparse - --format jsonl
  dateline project new derna.dateline articles/   keep them with your corrections, in one file
  dateline gazetteer find Bangor                  what places bear that name
";

const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Finds the places that news articles mention, decides which places they are, and shows them on
/// a map beside the text.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    before_help = EXAMPLES,
    help_template = TEMPLATE,
    args_conflicts_with_subcommands = true,
    disable_help_subcommand = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Files and folders of articles (.txt, .md, .jsonl), or a project (.dateline); the sample where there are none
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    Open(open::Args),
    Geoparse(geoparse::Args),
    Eval(eval::Args),
    Project(project::Args),
    Gazetteer(gazetteer::Args),
    #[cfg(feature = "assets")]
    Assets(assets::Args),
}

/// Runs the command that the arguments ask for; the first is the program's name.
///
/// # Errors
///
/// What kept the command from being done, as a sentence with its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<ExitCode, CliError> {
    let cli = Cli::try_parse_from(args).map_err(CliError::Arguments)?;
    let command = cli.command.unwrap_or(Command::Open(open::Args { paths: cli.paths }));
    fault::caught(|| match command {
        Command::Open(args) => open::run(args),
        Command::Geoparse(args) => geoparse::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Project(args) => project::run(args),
        Command::Gazetteer(args) => gazetteer::run(args),
        #[cfg(feature = "assets")]
        Command::Assets(args) => assets::run(args),
    })
    .unwrap_or_else(|said| Err(CliError::Failed(format!("a fault in Dateline, please report it: {said}"))))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        super::Cli::command().debug_assert();
    }
}
