//! `dateline gazetteer list`, `add` and `remove`: which gazetteers are in use.
//! The window keeps the same list.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde::Serialize;

use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::cli::terminal::Stdout;
use crate::gazetteer::{Gazetteer, GazetteerError, Kept, Shelf, ShelfError};

const LIST_EXAMPLES: &str = "\
Examples:
  dateline gazetteer list
  dateline gazetteer list --json
";

const LIST_AFTER: &str = "\
With --json: an array on one line, in the order in which they are looked up, each with \"file\" (null for
the one inside the program), \"title\", \"attribution\", \"places\", \"on\" and, where it cannot be read,
\"problem\".

Exit codes: 0 all can be read, 1 some cannot, 2 the command makes no sense, 130 interrupted.";

const ADD_EXAMPLES: &str = "\
Examples:
  dateline gazetteer add world.gazetteer
";

const REMOVE_EXAMPLES: &str = "\
Examples:
  dateline gazetteer remove world.gazetteer
  dateline gazetteer remove \"Field sites\"
";

/// Lists the gazetteers in use
#[derive(Debug, clap::Args)]
#[command(before_help = LIST_EXAMPLES, after_help = LIST_AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct ListArgs {
    /// Print a JSON array
    #[arg(long)]
    json: bool,
}

/// Uses a gazetteer file from now on, before all others
#[derive(Debug, clap::Args)]
#[command(before_help = ADD_EXAMPLES, help_template = crate::cli::TEMPLATE)]
pub(super) struct AddArgs {
    /// A file made by `dateline gazetteer import`; it stays where it is
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,

    /// Print the list afterwards, as `list --json` does
    #[arg(long)]
    json: bool,
}

/// Uses a gazetteer no longer; its file stays
#[derive(Debug, clap::Args)]
#[command(before_help = REMOVE_EXAMPLES, help_template = crate::cli::TEMPLATE)]
pub(super) struct RemoveArgs {
    /// The file, or the title that `list` shows
    #[arg(value_name = "FILE|TITLE")]
    which: PathBuf,

    /// Print the list afterwards, as `list --json` does
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Listed {
    file: Option<String>,
    title: String,
    attribution: String,
    places: Option<usize>,
    on: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    problem: Option<String>,
}

pub(super) fn list(args: &ListArgs) -> Result<ExitCode, CliError> {
    print(&shelf()?, args.json)
}

pub(super) fn add(args: &AddArgs) -> Result<ExitCode, CliError> {
    let mut shelf = shelf()?;
    // Each is put first, so the last of them is added first.
    for file in args.files.iter().rev() {
        shelf.add(file).map_err(failed)?;
    }
    if args.json { print(&shelf, true) } else { Ok(ExitCode::SUCCESS) }
}

pub(super) fn remove(args: &RemoveArgs) -> Result<ExitCode, CliError> {
    let mut shelf = shelf()?;
    let same = |kept: &Kept| is_file(&kept.file, &args.which);
    let titled = |kept: &Kept| Some(kept.title.as_str()) == args.which.to_str();
    let by_file = shelf.kept().iter().position(same);
    let by_title: Vec<usize> = (0..shelf.kept().len()).filter(|&at| titled(&shelf.kept()[at])).collect();
    let at = match (by_file, by_title.as_slice()) {
        (Some(at), _) | (None, &[at]) => at,
        (None, []) => {
            return Err(CliError::Failed(format!("no such gazetteer in use: {}", args.which.display())));
        }
        (None, _) => {
            let reason = "several gazetteers in use have this title; name the file";
            return Err(CliError::Failed(format!("{reason}: {}", args.which.display())));
        }
    };
    shelf.remove(at).map_err(failed)?;
    if args.json { print(&shelf, true) } else { Ok(ExitCode::SUCCESS) }
}

/// Whether a path that was typed is a file on the shelf, which may have gone.
fn is_file(kept: &Path, typed: &Path) -> bool {
    let absolute = std::path::absolute(typed).unwrap_or_else(|_| typed.to_owned());
    kept == absolute
        || fs::canonicalize(typed).is_ok_and(|typed| fs::canonicalize(kept).is_ok_and(|kept| kept == typed))
}

fn shelf() -> Result<Shelf, CliError> {
    Shelf::at_home().map_err(failed)
}

fn failed(error: ShelfError) -> CliError {
    CliError::Failed(error.to_string())
}

fn print(shelf: &Shelf, json: bool) -> Result<ExitCode, CliError> {
    let on_the_shelf = |kept: &Kept| {
        let listed = listed(Some(&kept.file), Gazetteer::open(&kept.file));
        // A file that cannot be read any more is still known by the title it had.
        let title = if listed.title.is_empty() { kept.title.clone() } else { listed.title };
        Listed { title, on: kept.on, ..listed }
    };
    let mut all: Vec<Listed> = shelf.kept().iter().map(on_the_shelf).collect();
    all.push(listed(None, Gazetteer::embedded()));
    let mut out = Stdout::open();
    let printed = if json {
        serde_json::to_writer(&mut out, &all).map_err(io::Error::from).and_then(|()| writeln!(out))
    } else {
        all.iter().try_for_each(|listed| line(&mut out, listed))
    };
    printed.and_then(|()| out.flush()).map_err(|error| CliError::stdout(&error))?;
    let sound = all.iter().all(|listed| listed.problem.is_none());
    Ok(if sound { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

fn listed(file: Option<&Path>, opened: Result<Gazetteer, GazetteerError>) -> Listed {
    let about = |gazetteer: &Gazetteer| gazetteer.about().into_iter().next().unwrap_or_default();
    let about = opened.as_ref().map(about).unwrap_or_default();
    Listed {
        file: file.map(|file| file.display().to_string()),
        title: about.title,
        attribution: about.attribution,
        places: opened.as_ref().ok().map(Gazetteer::len),
        on: true,
        problem: opened.err().map(|error| error.to_string()),
    }
}

fn line(out: &mut impl Write, listed: &Listed) -> io::Result<()> {
    let file = listed.file.as_deref().unwrap_or("(inside the program)");
    let title = if listed.title.is_empty() { "-" } else { &listed.title };
    let state = if listed.on { "on" } else { "off" };
    match (&listed.problem, listed.places) {
        (Some(problem), _) => writeln!(out, "{state:<3}            -  {title}  {problem}"),
        (None, places) => writeln!(out, "{state:<3} {:>12}  {title}  {file}", places.unwrap_or_default()),
    }
}
