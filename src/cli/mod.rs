//! The command line: one file per subcommand.
//! A command returns what became of it; nothing here ends the process, and no panic gets past
//! [`run`].

#[cfg(feature = "assets")]
mod assets;
mod completions;
mod config;
mod error;
mod eval;
mod fault;
mod gazetteer;
mod geoparse;
mod given_events;
mod gold;
mod homes;
mod interrupt;
mod man;
mod map;
mod narrow;
mod open;
mod progress;
mod project;
mod reading;
mod settled;
mod talk;
mod target;
mod terminal;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub use error::CliError;
use reading::Web;
use talk::Talk;

/// Examples before the reference: most people need no more.
const EXAMPLES: &str = "\
Examples:
  dateline                                        explore the sample on the map
  dateline articles/                              explore a folder of articles
  dateline geoparse articles/ -o places.geojson   find the places, without a window
  dateline geoparse article.txt --format csv      the same as a table, to the terminal
  cat articles.jsonl | dateline geoparse - --format jsonl
  dateline map articles/ -o map.png               a picture of the map, for print or the web
  dateline project new derna.dateline articles/   keep them with your corrections, in one file
  dateline gazetteer find Bangor                  what places bear that name
  dateline config set online true                 settle something for every run
";

/// Once for all commands; those that mean something of their own by a code say so in their help.
const AFTER: &str = "\
Results go to standard output, or to the file named by -o; problems, progress and counts to standard error.

Environment: NO_COLOR, CLICOLOR and TERM=dumb take the colours away. RUST_LOG says what is logged, more exactly than -v.

Files: `dateline config path` names the file of settings; `dateline gazetteer list` the gazetteers in use.

Exit codes:
  0    done: every input was read, everything asked for is written
  1    something could not be read, written or found, which standard error names; the rest is done
  2    the command makes no sense: nothing was done
  130  interrupted with Ctrl-C: no half-written file is left";

const TEMPLATE: &str = "{about-with-newline}\n{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

/// Finds the places that news articles mention, decides which places they are, and shows them on
/// a map beside the text.
#[derive(Debug, Parser)]
#[command(
    name = "dateline",
    version,
    before_help = EXAMPLES,
    after_help = AFTER,
    help_template = TEMPLATE,
    override_usage = "dateline [OPTIONS] [PATH]...\n       dateline [OPTIONS] <COMMAND>",
    disable_help_subcommand = true,
    max_term_width = 100
)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    /// Files and folders of articles, archives, mail and tables, or a project (.dateline); the sample where there are none
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    talk: Talk,
}

#[derive(Debug, Subcommand)]
enum Command {
    Open(open::Args),
    Geoparse(geoparse::Args),
    Map(map::Args),
    Eval(eval::Args),
    Project(project::Args),
    Gazetteer(gazetteer::Args),
    Config(config::Args),
    Completions(completions::Args),
    Man(man::Args),
    #[cfg(feature = "assets")]
    Assets(assets::Args),
}

/// Runs the command that the arguments ask for; the first is the program's name.
///
/// # Errors
///
/// What kept the command from being done, as a sentence with its exit code.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Result<ExitCode, CliError> {
    let matches = command().try_get_matches_from(args).map_err(CliError::Arguments)?;
    let cli = Cli::from_arg_matches(&matches).map_err(CliError::Arguments)?;
    cli.talk.begin();
    if let (Some(_), Some(path)) = (&cli.command, cli.paths.first()) {
        return Err(CliError::Usage(format!("the command comes before what it is for: {}", path.display())));
    }
    let command = cli.command.unwrap_or(Command::Open(open::Args { paths: cli.paths, web: Web::default() }));
    if !matches!(command, Command::Open(_)) {
        interrupt::watch();
    }
    let outcome = fault::caught(|| match command {
        Command::Open(args) => open::run(args),
        Command::Geoparse(args) => geoparse::run(args),
        Command::Map(args) => map::run(args),
        Command::Eval(args) => eval::run(args),
        Command::Project(args) => project::run(args),
        Command::Gazetteer(args) => gazetteer::run(args),
        Command::Config(args) => config::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
        #[cfg(feature = "assets")]
        Command::Assets(args) => assets::run(args),
    })
    .unwrap_or_else(|said| Err(CliError::Failed(format!("a fault in Dateline, please report it: {said}"))));
    match outcome {
        outcome if !interrupt::came() => outcome,
        Err(error @ CliError::Failed(_)) => {
            error.report();
            Ok(ExitCode::from(interrupt::INTERRUPTED))
        }
        _ => Ok(ExitCode::from(interrupt::INTERRUPTED)),
    }
}

/// The whole command line, as help, manual and completions show it.
fn command() -> clap::Command {
    whole(Cli::command())
}

/// Says in the help of every command what its exit codes mean, and leaves the lines of its paragraphs to the terminal.
fn whole(command: clap::Command) -> clap::Command {
    let mut after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    if !after.contains("Exit codes:") {
        let gap = if after.is_empty() { "" } else { "\n\n" };
        after = format!("{after}{gap}{}", error::EXIT_CODES);
    }
    command.after_help(filled(&after)).mut_subcommands(whole)
}

/// A text with every paragraph on a line of its own, but for what stands in columns or is indented.
fn filled(text: &str) -> String {
    let in_columns = |line: &str| line.starts_with("  ") || line.trim().contains("   ");
    let paragraphs =
        text.trim_matches('\n').split("\n\n").map(|paragraph| match paragraph.lines().any(in_columns) {
            true => paragraph.to_owned(),
            false => paragraph.lines().map(str::trim).collect::<Vec<_>>().join(" "),
        });
    paragraphs.collect::<Vec<_>>().join("\n\n")
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_arguments_do_not_contradict_each_other() {
        super::command().debug_assert();
    }

    #[test]
    fn every_command_says_what_it_is_for_with_examples_and_exit_codes() {
        fn check(command: &clap::Command) {
            let (name, help) = (command.get_name(), command.clone().render_long_help().to_string());
            assert!(command.get_about().is_some_and(|about| about.to_string().len() > 20), "{name}");
            assert!(help.contains("Examples:\n  dateline"), "{name}: {help}");
            assert_eq!(help.matches("Exit codes:").count(), 1, "{name}: {help}");
            assert!(help.contains("130"), "{name} tells of no interrupt: {help}");
            command.get_arguments().for_each(|arg| assert!(arg.get_help().is_some(), "{name}: {arg}"));
            command.get_subcommands().for_each(check);
        }
        check(&super::command());
    }
}
