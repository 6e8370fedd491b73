//! `dateline gazetteer children`: what lies immediately in a place.
//! A town lies in its county, not in its state: the counties come first, and their towns when asked for.

use std::io::Write;
use std::process::ExitCode;

use super::print::{self, Found};
use super::which::Which;
use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::cli::terminal::Stdout;

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer children geonames:6252001
  dateline gazetteer children geonames:4971068 --limit 5 --json
";

const AFTER: &str = "\
With --json: an array of places on one line.

Exit codes: 0 there is a place in it, 1 there is none, 2 the command makes no sense, 130 interrupted.";

/// Prints the places that lie immediately in a place, best known first
#[derive(Debug, clap::Args)]
#[command(
    before_help = EXAMPLES,
    after_help = format!("{AFTER}\n\n{}", print::KEYS),
    help_template = crate::cli::TEMPLATE
)]
pub(super) struct Args {
    /// Identifier of the place, as `find` prints it
    id: String,

    /// Prints so many places at most
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: usize,

    /// Print a JSON array
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let gazetteer = args.which.open()?;
    let Some(around) = gazetteer.by_id(&args.id) else {
        return Err(CliError::Failed(format!("no place has this identifier: {}", args.id)));
    };
    let rows = gazetteer.children(around, args.limit).into_iter();
    let found: Vec<Found> = rows.filter_map(|row| Found::of(&gazetteer, row)).collect();
    let mut out = Stdout::open();
    print::places(&mut out, &found, args.json)
        .and_then(|()| out.flush())
        .map_err(|error| CliError::stdout(&error))?;
    Ok(if found.is_empty() { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}
