//! `dateline gazetteer near`: what lies about a point.
//! Nearest first by the points that stand for places: a country is as near as its middle.

use std::io::Write;
use std::process::ExitCode;

use super::print::{self, Found};
use super::which::Which;
use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::cli::terminal::Stdout;

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer near 30.04 31.24
  dateline gazetteer near -33.87 151.21 --radius 5 --json
";

const AFTER: &str = "\
With --json: an array of places on one line, each with \"distance_m\" in metres.

Exit codes: 0 there is a place, 1 there is none within the radius, 2 the command makes no sense, 130 interrupted.";

/// Prints the places nearest to a point
#[derive(Debug, clap::Args)]
#[command(
    before_help = EXAMPLES,
    after_help = format!("{AFTER}\n\n{}", print::KEYS),
    help_template = crate::cli::TEMPLATE
)]
pub(super) struct Args {
    /// Latitude, degrees
    #[arg(allow_negative_numbers = true, value_parser = latitude)]
    lat: f64,

    /// Longitude, degrees
    #[arg(allow_negative_numbers = true, value_parser = longitude)]
    lon: f64,

    /// Prints so many places at most
    #[arg(long, value_name = "N", default_value_t = 10)]
    limit: usize,

    /// Prints places no farther away than this
    #[arg(long, value_name = "KM")]
    radius: Option<f64>,

    /// Print a JSON array
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    which: Which,
}

fn latitude(text: &str) -> Result<f64, String> {
    degrees(text, 90.0)
}

fn longitude(text: &str) -> Result<f64, String> {
    degrees(text, 180.0)
}

fn degrees(text: &str, most: f64) -> Result<f64, String> {
    let found = text.parse::<f64>().map_err(|_| "it is no number".to_owned())?;
    if found.abs() <= most { Ok(found) } else { Err(format!("it is not between -{most} and {most}")) }
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let gazetteer = args.which.open()?;
    let within = args.radius.map_or(f64::INFINITY, |kilometres| kilometres * 1000.0);
    let nearest = gazetteer.nearest(args.lat, args.lon, args.limit).into_iter();
    let found: Vec<Found> = nearest
        .filter(|&(_, metres)| metres <= within)
        .filter_map(|(row, metres)| Found::at(&gazetteer, row, metres))
        .collect();
    let mut out = Stdout::open();
    print::places(&mut out, &found, args.json)
        .and_then(|()| out.flush())
        .map_err(|error| CliError::stdout(&error))?;
    Ok(if found.is_empty() { ExitCode::from(SOME_FAILED) } else { ExitCode::SUCCESS })
}
