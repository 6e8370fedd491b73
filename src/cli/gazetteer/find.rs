//! `dateline gazetteer find`: what the gazetteers know by a name.
//! Candidates come in order of prominence under that name, not in the order an article would call for.

use std::io::{self, BufRead, Write};
use std::process::ExitCode;

use super::print::{self, Found};
use super::which::Which;
use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::cli::terminal::Stdout;
use crate::gazetteer::{Gazetteer, Hit};

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer find Bangor
  dateline gazetteer find Cairo \"Deir ez-Zor\" --json
  dateline gazetteer find --prefix Alepp --limit 5
  dateline gazetteer find - < names.txt               a name a line
";

/// How the places of one name are found.
const AFTER: &str = "\
With --json: for each name an array of places on a line of its own, each with \"grade\" (exact, folded,
loose, fuzzy, part: how closely the name matched), \"matched\" (primary, alternate, demonym,
abbreviation: which sort of name it was) and \"score\" from 0 to 1, how well known it is by it.

Exit codes: 0 there is a place for one name at least, 1 for none, 2 the command makes no sense, 130 interrupted.";

/// Places that begin with what was typed, where no limit is given.
const OFFERED: usize = 20;

/// Prints the places that bear each name, best known first
#[derive(Debug, clap::Args)]
#[command(
    before_help = EXAMPLES,
    after_help = format!("{AFTER}\n\n{}", print::KEYS),
    help_template = crate::cli::TEMPLATE
)]
pub(super) struct Args {
    /// Names of places, in any spelling or script; `-` reads them from standard input, one a line
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,

    /// Print a JSON array for each name, one a line
    #[arg(long)]
    json: bool,

    /// Finds names that begin so
    #[arg(long)]
    prefix: bool,

    /// Prints so many places of each name at most; all unless told, of a beginning 20
    #[arg(long, value_name = "N")]
    limit: Option<usize>,

    #[command(flatten)]
    which: Which,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let gazetteer = args.which.open()?;
    let mut out = Stdout::open();
    let mut any = false;
    for name in &args.names {
        if name == "-" {
            // Whoever asks name by name through a pipe waits for each answer.
            for line in io::stdin().lock().lines() {
                let line = line.map_err(|error| CliError::Failed(format!("cannot read names: {error}")))?;
                if !line.trim().is_empty() {
                    any |= answer(args, &gazetteer, line.trim(), &mut out)?;
                    out.flush().map_err(|error| CliError::stdout(&error))?;
                }
            }
        } else {
            any |= answer(args, &gazetteer, name, &mut out)?;
        }
    }
    out.flush().map_err(|error| CliError::stdout(&error))?;
    Ok(if any { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Prints the places of one name; whether there is any.
fn answer(args: &Args, gazetteer: &Gazetteer, name: &str, out: &mut impl Write) -> Result<bool, CliError> {
    let mut hits: Vec<Hit> = if args.prefix {
        gazetteer.prefix(name, args.limit.unwrap_or(OFFERED))
    } else {
        gazetteer.lookup(name)
    };
    hits.truncate(args.limit.unwrap_or(usize::MAX));
    let found: Vec<Found> = hits.iter().filter_map(|hit| Found::by_name(gazetteer, hit)).collect();
    let heading = |out: &mut dyn Write| match (args.json, found.is_empty()) {
        (true, _) => Ok(()),
        (false, true) => writeln!(out, "{name}: no place of this name"),
        (false, false) => writeln!(out, "{name}"),
    };
    heading(out)
        .and_then(|()| print::places(out, &found, args.json))
        .map_err(|error| CliError::stdout(&error))?;
    Ok(!found.is_empty())
}
