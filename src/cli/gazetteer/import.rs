//! `dateline gazetteer import`: other people's lists of places made into a gazetteer.
//! Interrupted, it leaves nothing behind, and what stood under the name of its output is there still.

use std::fmt;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::cli::interrupt;
use crate::cli::progress::Share;
use crate::cli::talk::note;
use crate::cli::terminal::Stdout;
use crate::export::TargetFile;
use crate::gazetteer::import::{At, Field, ImportError, Options, Refused, Report, Told, import};

const EXAMPLES: &str = "\
Examples:
  dateline gazetteer import allCountries.zip alternateNamesV2.zip -o world.gazetteer
  dateline gazetteer import EG.zip hierarchy.zip -o egypt.gazetteer
  dateline gazetteer import sites.csv -o sites.gazetteer --title \"Field sites\"
  dateline gazetteer import orte.csv -o orte.gazetteer --column name=Ort --column lat=Nord
  dateline gazetteer import camps.geojson pleiades.lpf.json -o own.gazetteer --report refused.csv
  dateline gazetteer add sites.gazetteer              uses it from now on
";

const AFTER: &str = "\
Sources, told apart by what is in them, plain or within a .zip:
  GeoNames       allCountries, EG, cities500 …; alternateNamesV2, admin1CodesASCII, admin2Codes, countryInfo,
                 hierarchy (https://download.geonames.org/export/dump/)
  CSV, TSV       with a header; name, lat and lon are enough. Columns are guessed and told; LP-TSV is one
  GeoJSON        a FeatureCollection, or a feature a line
  Linked Places  a FeatureCollection of places (LPF)

Columns for --column: id, name, lat, lon, point (lat and lon in one), country, population, class, feature,
parent, names (others, with | or ; between them), radius (metres), rank (0 to 100).

With --json: an object on one line with \"sources\" (each with \"file\", \"read_as\", \"rows\", \"refused\"), \"rows\",
\"refused\", \"places\", \"names\", \"repeated\", \"orphaned\", \"bytes\" and \"seconds\".

Exit codes: 0 all rows were read, 1 some were refused or nothing was made, 2 the command makes no sense, 130 interrupted.";

/// Refused rows that are told one by one.
const TOLD: u64 = 20;
/// How long an import that is interrupted has to clear up: a step of sorting may take so long.
const GRACE: Duration = Duration::from_secs(60);
/// How to tell what the columns of a table are.
const COLUMNS_HINT: &str = "Columns are told as in `--column name=Ort --column lat=2 --column lon=3`";

/// Makes a gazetteer of GeoNames dumps, tables, GeoJSON and Linked Places
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// Files to import into one gazetteer; where two hold a place with one identifier, the first counts
    #[arg(value_name = "SOURCE", required = true)]
    sources: Vec<PathBuf>,

    /// The gazetteer file to make
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    /// What to call the gazetteer; after its sources unless told
    #[arg(long)]
    title: Option<String>,

    /// Whose data it is and on what terms, as "OpenStreetMap contributors, ODbL"
    #[arg(long, value_name = "TEXT")]
    attribution: Option<String>,

    /// Which column holds what, by heading, or by number where there is no header; repeatable
    #[arg(long = "column", value_name = "WHAT=COLUMN", value_parser = column)]
    columns: Vec<(Field, String)>,

    /// How well known, 0 to 100, places are taken to be whose source tells neither population nor feature
    #[arg(long, value_name = "N", default_value_t = 90, value_parser = clap::value_parser!(u8).range(0..=100))]
    rank: u8,

    /// Writes every refused row to this file, as CSV
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,

    /// Print what became of it as a JSON object
    #[arg(long)]
    json: bool,
}

fn column(text: &str) -> Result<(Field, String), String> {
    let (what, column) = text.split_once('=').ok_or("say which column holds it, as in lat=Breite")?;
    Ok((what.trim().parse()?, column.to_owned()))
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let failed = |error: &dyn fmt::Display| CliError::Failed(error.to_string());
    let started = Instant::now();
    let options = Options {
        title: args.title.clone(),
        attribution: args.attribution.clone(),
        columns: args.columns.clone(),
        rank: args.rank,
    };
    let mut refusals = args.report.as_deref().map(Refusals::create).transpose()?;
    let stop = interrupt::wanted(GRACE);
    let mut progress = Share::start();
    let mut refused_so_far = 0;
    let outcome = import(&args.sources, &args.output, &options, &mut |told| {
        match told {
            Told::Reading { rows, share, .. } => progress.tell("reading", share, Some(rows)),
            Told::Writing(step) => progress.tell(step.doing, step.share, None),
            Told::Refused(refused) => {
                refused_so_far += 1;
                if refused_so_far <= TOLD {
                    progress.problem(&format!("dateline: {refused}"));
                }
                if let Some(refusals) = &mut refusals {
                    refusals.add(refused);
                }
            }
        }
        if stop.load(Ordering::Relaxed) { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    progress.finish();
    // What was refused is worth knowing most where nothing else came of it.
    if !matches!(outcome, Err(ImportError::Gazetteer(_)))
        && let Some(refusals) = refusals
    {
        refusals.commit()?;
    }
    let report = outcome.map_err(|error| match error {
        ImportError::Columns { .. } => CliError::Failed(format!("{error}. {COLUMNS_HINT}")),
        error => failed(&error),
    })?;
    tell_report(&report, started);
    if args.json {
        print_json(&report, started).map_err(|error| CliError::stdout(&error))?;
    }
    Ok(if report.refused_count == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

fn tell_report(report: &Report, started: Instant) {
    let untold = report.refused_count.saturating_sub(TOLD);
    if untold > 0 {
        note(&format!("dateline: {untold} more refused rows; --report FILE gets all of them"));
    }
    for source in &report.sources {
        let refused =
            if source.refused == 0 { String::new() } else { format!(", {} refused", source.refused) };
        note(&format!("{}: {}, {} rows{refused}", source.file, source.read_as, source.rows));
    }
    let written = report.written;
    let mut line = format!("{} places, {} names", written.places, written.names);
    let counts = [
        (report.refused_count, "rows refused"),
        (written.repeated, "places repeated"),
        (written.orphaned, "names of places that are in none of the sources"),
    ];
    for (count, what) in counts.iter().filter(|(count, _)| *count > 0) {
        line.push_str(&format!(", {count} {what}"));
    }
    let megabytes = written.bytes as f64 / 1e6;
    note(&format!("{line}; {megabytes:.1} MB in {:.1} s", started.elapsed().as_secs_f64()));
}

#[derive(Serialize)]
struct Imported<'r> {
    sources: Vec<ImportedSource<'r>>,
    rows: u64,
    refused: u64,
    places: u64,
    names: u64,
    repeated: u64,
    orphaned: u64,
    bytes: u64,
    seconds: f64,
}

#[derive(Serialize)]
struct ImportedSource<'r> {
    file: &'r str,
    read_as: &'r str,
    rows: u64,
    refused: u64,
}

fn print_json(report: &Report, started: Instant) -> io::Result<()> {
    let sources = report.sources.iter().map(|source| ImportedSource {
        file: &source.file,
        read_as: &source.read_as,
        rows: source.rows,
        refused: source.refused,
    });
    let imported = Imported {
        sources: sources.collect(),
        rows: report.rows,
        refused: report.refused_count,
        places: report.written.places,
        names: report.written.names,
        repeated: report.written.repeated,
        orphaned: report.written.orphaned,
        bytes: report.written.bytes,
        seconds: (started.elapsed().as_secs_f64() * 10.0).round() / 10.0,
    };
    let mut out = Stdout::open();
    serde_json::to_writer(&mut out, &imported)?;
    writeln!(out)?;
    out.flush()
}

/// The file of all refused rows.
struct Refusals {
    table: csv::Writer<TargetFile>,
    failed: Option<csv::Error>,
}

impl Refusals {
    fn create(path: &std::path::Path) -> Result<Self, CliError> {
        let file = TargetFile::create(path).map_err(|error| CliError::Failed(error.to_string()))?;
        let mut table = csv::Writer::from_writer(file);
        let failed = table.write_record(["file", "line", "feature", "reason"]).err();
        Ok(Self { table, failed })
    }

    fn add(&mut self, refused: &Refused) {
        let (line, feature) = match refused.at {
            At::Line(number) => (number.to_string(), String::new()),
            At::Feature(number) => (String::new(), number.to_string()),
        };
        let row = [refused.file.as_str(), &line, &feature, &refused.reason];
        if self.failed.is_none() {
            self.failed = self.table.write_record(row).err();
        }
    }

    fn commit(self) -> Result<(), CliError> {
        let failed = |reason: String| CliError::Failed(format!("cannot write the report: {reason}"));
        if let Some(error) = self.failed {
            return Err(failed(error.to_string()));
        }
        let file = self.table.into_inner().map_err(|error| failed(error.error().to_string()))?;
        file.commit().map_err(|error| CliError::Failed(error.to_string()))
    }
}
