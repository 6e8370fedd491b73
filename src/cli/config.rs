//! `dateline config`: what is settled for every run, and where that comes from.
//! The file may be written by hand as well: comments in it stay.

use std::io::{self, Write};
use std::process::ExitCode;

use serde::Serialize;

use super::CliError;
use super::error::{SOME_FAILED, tell};
use super::terminal::Stdout;
use crate::export::{DEFAULT_KINDS, Format};
use crate::jobs::all_threads;
use crate::settings::{Key, Settings, SettingsError, SettingsFile};

const EXAMPLES: &str = "\
Examples:
  dateline config                          all settings, with where each comes from
  dateline config set online true          web addresses may be read from now on
  dateline config set kinds name,demonym
  dateline config unset kinds
  dateline config get threads
";

const AFTER: &str = "\
Settings, each with its default:
  online   false            whether web addresses may be read; nothing is asked of a network without
  threads  all processors   articles to work on at once, as -j
  format   geojson          the format where neither --format nor the name of a file tells it
  kinds    name,coordinate  kinds of mentions to write, as --kinds; of jsonl all of them

They are kept in a TOML file, `config.toml`, which may be edited. What a flag says comes before it. A name in it that is
no setting is told of, and stays.

With --json: an object a line with \"key\", \"value\" (a string), \"from\" (default or file) and \"means\".";

const GET_EXAMPLES: &str = "Examples:\n  dateline config get online\n";
const SET_EXAMPLES: &str = "Examples:\n  dateline config set online true\n  dateline config set threads 4\n";
const UNSET_EXAMPLES: &str = "Examples:\n  dateline config unset threads\n";
const PATH_EXAMPLES: &str = "Examples:\n  dateline config path\n";

/// Shows and changes what is settled for every run
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = super::TEMPLATE)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Option<Command>,

    /// Print a JSON object for each setting, one a line
    #[arg(long, global = true)]
    json: bool,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    /// Prints what one setting is
    #[command(before_help = GET_EXAMPLES, help_template = super::TEMPLATE)]
    Get {
        /// The setting
        key: Key,
    },
    /// Settles something for every run from now on
    #[command(before_help = SET_EXAMPLES, help_template = super::TEMPLATE)]
    Set {
        /// The setting
        key: Key,
        /// What it is to be
        value: String,
    },
    /// Goes back to the default of a setting
    #[command(before_help = UNSET_EXAMPLES, help_template = super::TEMPLATE)]
    Unset {
        /// The setting
        key: Key,
    },
    /// Prints where the file of settings is, whether or not it is there
    #[command(before_help = PATH_EXAMPLES, help_template = super::TEMPLATE)]
    Path,
}

#[derive(Serialize)]
struct Shown {
    key: &'static str,
    value: String,
    from: &'static str,
    means: &'static str,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    match &args.command {
        None => show(args.json),
        Some(Command::Get { key }) => {
            let file = file()?;
            let shown = shown(&file, *key);
            print(|out| if args.json { object(out, &shown) } else { writeln!(out, "{}", shown.value) })
        }
        Some(Command::Set { key, value }) => {
            let mut file = file()?;
            file.set(*key, value).map_err(|error| CliError::Usage(error.to_string()))?;
            file.save().map_err(failed)?;
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Unset { key }) => {
            let mut file = file()?;
            if file.unset(*key) {
                file.save().map_err(failed)?;
            }
            Ok(ExitCode::SUCCESS)
        }
        Some(Command::Path) => {
            let path = SettingsFile::place().map_err(failed)?;
            print(|out| writeln!(out, "{}", path.display()))
        }
    }
}

fn show(json: bool) -> Result<ExitCode, CliError> {
    let file = file()?;
    print(|out| {
        Key::ALL.map(|key| shown(&file, key)).iter().try_for_each(|shown| match json {
            true => object(out, shown),
            false => writeln!(out, "{:<8} {:<16} {:<8} {}", shown.key, shown.value, shown.from, shown.means),
        })
    })?;
    let (_, problems) = file.settings();
    for problem in &problems {
        tell(&format!("dateline: {}: {}", problem.place, problem.reason));
    }
    Ok(if problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

fn shown(file: &SettingsFile, key: Key) -> Shown {
    let from = if file.says(key) { "file" } else { "default" };
    Shown { key: key.as_str(), value: value(&file.settings().0, key), from, means: key.means() }
}

fn object(out: &mut dyn Write, shown: &Shown) -> io::Result<()> {
    serde_json::to_writer(&mut *out, shown)?;
    writeln!(out)
}

/// What a setting is, whoever said so.
fn value(settings: &Settings, key: Key) -> String {
    settings.told(key).unwrap_or_else(|| match key {
        Key::Online => "false".to_owned(),
        Key::Threads => all_threads().to_string(),
        Key::Format => Format::GeoJson.as_str().to_owned(),
        Key::Kinds => DEFAULT_KINDS.map(|kind| kind.as_str()).join(","),
    })
}

fn file() -> Result<SettingsFile, CliError> {
    SettingsFile::at_home().map_err(failed)
}

fn failed(error: SettingsError) -> CliError {
    CliError::Failed(error.to_string())
}

fn print(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<ExitCode, CliError> {
    let mut out = Stdout::open();
    write(&mut out).and_then(|()| out.flush()).map_err(|error| CliError::stdout(&error))?;
    Ok(ExitCode::SUCCESS)
}
