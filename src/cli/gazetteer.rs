//! `dateline gazetteer find`: what the gazetteer knows by a name.
//! Candidates come in order of prominence under that name, not in the order an article would call for.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::CliError;
use super::error::SOME_FAILED;
use crate::gazetteer::Gazetteer;
use crate::model::Place;

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer find Bangor
  dateline gazetteer find Cairo \"Deir ez-Zor\" --json
";

/// Looks names up in the gazetteer
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Find(FindArgs),
}

/// Prints the places that bear each name, best known first
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
struct FindArgs {
    /// Names of places, in any spelling or script
    #[arg(value_name = "NAME", required = true)]
    names: Vec<String>,

    /// Print a JSON array for each name, one a line
    #[arg(long)]
    json: bool,

    /// Look names up in this gazetteer file instead of the one inside the program
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

/// A candidate as `--json` prints it.
#[derive(Serialize)]
struct Found<'p> {
    name: &'p str,
    place_id: &'p str,
    lat: f64,
    lon: f64,
    country_code: &'p str,
    feature_code: &'p str,
    population: u64,
}

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    let Command::Find(args) = args.command;
    let gazetteer = match &args.gazetteer {
        Some(path) => Gazetteer::open(path),
        None => Gazetteer::embedded(),
    }
    .map_err(|error| CliError::Failed(error.to_string()))?;
    let mut out = BufWriter::new(io::stdout().lock());
    let mut missing = 0;
    for name in &args.names {
        let hits = gazetteer.lookup(name);
        let places: Vec<Place> = hits.iter().filter_map(|hit| gazetteer.place(hit.row)).collect();
        if args.json { write_json(&mut out, &places) } else { write_table(&mut out, name, &places) }
            .map_err(|error| CliError::stdout(&error))?;
        missing += usize::from(places.is_empty());
    }
    out.flush().map_err(|error| CliError::stdout(&error))?;
    Ok(if missing == args.names.len() { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}

fn write_json(out: &mut impl Write, places: &[Place]) -> io::Result<()> {
    let found: Vec<Found<'_>> = places
        .iter()
        .map(|place| Found {
            name: &place.name,
            place_id: &place.id,
            lat: place.lat,
            lon: place.lon,
            country_code: &place.country_code,
            feature_code: &place.feature_code,
            population: place.population,
        })
        .collect();
    serde_json::to_writer(&mut *out, &found)?;
    writeln!(out)
}

fn write_table(out: &mut impl Write, name: &str, places: &[Place]) -> io::Result<()> {
    if places.is_empty() {
        return writeln!(out, "{name}: no place of this name");
    }
    writeln!(out, "{name}")?;
    for place in places {
        let code = format!("{}/{}", place.feature_class, place.feature_code);
        let (lat, lon) = (place.lat, place.lon);
        writeln!(
            out,
            "  {lat:9.4} {lon:10.4}  {code:<8} {:>11}  {}  {}",
            place.population,
            place.label(),
            place.id,
        )?;
    }
    Ok(())
}
