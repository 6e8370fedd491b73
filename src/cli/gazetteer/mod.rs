//! `dateline gazetteer`: what the gazetteers know, which of them are in use, and new ones made.
//! One file per subcommand; every one prints JSON with `--json`, in the forms that `--help` describes.

mod children;
mod find;
mod import;
mod info;
mod near;
mod print;
mod shelf;
mod verify;
mod which;

use std::process::ExitCode;

use super::CliError;

pub(super) use which::Which;

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer find Bangor                                what places bear that name
  dateline gazetteer near 30.04 31.24                           what lies there
  dateline gazetteer import allCountries.zip -o world.gazetteer make a gazetteer of one's own
  dateline gazetteer add world.gazetteer                        use it from now on
";

/// Looks places up, and makes gazetteers
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Find(find::Args),
    Near(near::Args),
    Children(children::Args),
    Info(info::Args),
    Import(import::Args),
    List(shelf::ListArgs),
    Add(shelf::AddArgs),
    Remove(shelf::RemoveArgs),
    Verify(verify::Args),
}

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    match args.command {
        Command::Find(args) => find::run(&args),
        Command::Near(args) => near::run(&args),
        Command::Children(args) => children::run(&args),
        Command::Info(args) => info::run(&args),
        Command::Import(args) => import::run(&args),
        Command::List(args) => shelf::list(&args),
        Command::Add(args) => shelf::add(&args),
        Command::Remove(args) => shelf::remove(&args),
        Command::Verify(args) => verify::run(&args),
    }
}
