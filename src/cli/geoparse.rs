//! `dateline geoparse`: files in, places out, without a window.
//! Results stream in the order of the inputs; what cannot be read is told and loses nothing else.

use std::io::{self, IsTerminal, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::builder::{PossibleValuesParser, TypedValueParser};

use super::error::SOME_FAILED;
use super::gazetteer::Which;
use super::homes::Told;
use super::narrow::Narrow;
use super::progress::Progress;
use super::reading::Reading;
use super::terminal::Stdout;
use super::{CliError, given_events, interrupt, settled, target};
use crate::export::{Exporter, Format, Options, Rows, Summary, TargetFile, WriteError};
use crate::geoparse::Geoparser;
use crate::jobs::{Finds, Pipeline, inputs, is_project};
use crate::model::{Kind, Problem};
use crate::settings;

const EXAMPLES: &str = "\
Examples:
  dateline geoparse articles/ -o places.geojson
  dateline geoparse article.txt --format csv
  dateline geoparse articles/ --rows events -o events.geojson
  dateline geoparse articles/ --rows places --country LY,EG -o places.kmz
  dateline geoparse articles/ --from 2016-10 --to 2017 --min-score 0.8 -o sure.gpkg
  dateline geoparse articles/ --title 'Unrest in May' -o report.html    a page to read and to send
  dateline geoparse articles/ --kinds all --unresolved -o mentions.csv
  dateline geoparse articles/ --homes homes.tsv -o places.csv
  dateline geoparse articles/ --with-text -o read.jsonl    opens again with `dateline read.jsonl`
  dateline geoparse derna.dateline -o places.geojson       a project, as it was corrected
  cat articles.jsonl | dateline geoparse - --format jsonl
";

const AFTER: &str = "\
Formats out, by the end of the file's name: .geojson, .geojsonl, .csv, .kml, .kmz, .gpkg, .fgb (FlatGeobuf) and .parquet
(GeoParquet) have rows of every sort, and all the same columns. A .gpkg has a table for each sort, with keys between them:
with --rows events the events that are asked for and the mentions of their places, otherwise the mentions that are asked
for and the events that happened there. Rows of articles stand for all articles, those without a place too.

Tables in: a row is an article. Which column holds its text, its title and the rest is guessed by the columns' names and
by what stands in them; --column says otherwise. The same holds for fields of JSON that are not called as below.

JSON Lines in: an object a line with \"id\" and \"text\", optionally \"title\", \"date\", \"source\", \"url\",
and \"toponyms\": [{\"start\", \"end\"}] in code points for --given-spans,
\"event\": {\"start\", \"end\"} for --given-events, which writes {\"id\", \"locations\": [{\"start\", \"end\"}]}.

Projects in: their articles as the window shows them, without those that were left out. A project is read where it is
named, also while it is open; one that lies in a folder is passed over, as is whatever Dateline exported. Every row tells
who settled it: \"status\" is auto, confirmed, corrected or added, \"decided_by\" the program or the person. What was
rejected is written with --with-text alone, as \"rejected\".

Exit codes: 0 all inputs were read, 1 some could not be read, 2 the command makes no sense, 130 interrupted.";

/// How long a run that is interrupted has to end by itself: standard input may have nothing to say for hours.
pub(super) const GRACE: Duration = Duration::from_secs(2);

/// Finds and places the mentions in articles, without a window
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = super::TEMPLATE)]
pub(super) struct Args {
    /// Files and folders of articles, archives, mail and tables, and projects (.dateline); `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Writes to this file; its extension tells the format. `-` is standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// The format, whatever the file's extension; GeoJSON on standard output
    #[arg(long, value_name = "FORMAT", value_parser = format_names())]
    format: Option<Format>,

    /// Kinds of mentions to write, separated by commas: name, demonym, embedded, coordinate, or all
    /// [default: name,coordinate; jsonl: all]
    #[arg(long, value_name = "KINDS", value_parser = kinds)]
    kinds: Option<Kinds>,

    /// What a row stands for: a mention of a place, an event with its place, a place with how often it is mentioned, or an
    /// article with the place that it is about most
    #[arg(long, value_name = "ROWS", value_parser = row_names(), default_value = "mentions")]
    rows: Rows,

    /// Also writes mentions, or events, without a place
    #[arg(long)]
    unresolved: bool,

    /// jsonl: adds the text, so that the file opens again without being geoparsed anew; html: texts to read in it
    #[arg(long)]
    with_text: bool,

    /// html: what stands above the report
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,

    /// csv: begins with a byte order mark, for Excel
    #[arg(long)]
    bom: bool,

    /// Places the spans given as "toponyms" instead of finding mentions
    #[arg(long)]
    given_spans: bool,

    /// Tells for each article's "event" where it happened, and nothing else
    #[arg(long)]
    given_events: bool,

    /// Finds and places everything in the articles of projects anew; what was decided about them holds
    #[arg(long)]
    anew: bool,

    /// Leaves out the dates in the text
    #[arg(long)]
    no_dates: bool,

    /// Leaves out the events in the text
    #[arg(long)]
    no_events: bool,

    #[command(flatten)]
    narrow: Narrow,

    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    homes: Told,

    #[command(flatten)]
    reading: Reading,

    /// Articles to work on at once; all processors unless told
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

/// A list of kinds as one argument.
#[derive(Clone, Debug)]
pub(super) struct Kinds(pub(super) Vec<Kind>);

pub(super) fn kinds(list: &str) -> Result<Kinds, String> {
    settings::kinds(list).map(Kinds)
}

fn format_names() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::as_str)).try_map(|name| name.parse::<Format>())
}

fn row_names() -> impl TypedValueParser<Value = Rows> {
    let named = |name: String| Rows::ALL.into_iter().find(|rows| rows.as_str() == name).ok_or("no such rows");
    PossibleValuesParser::new(Rows::ALL.map(Rows::as_str)).try_map(named)
}

impl Args {
    /// The format: as told, or by the output's name, or GeoJSON.
    fn format(&self) -> Result<Format, CliError> {
        let format = match (self.format, &self.output) {
            (Some(format), _) => format,
            (None, Some(path)) => {
                Format::of_path(path).map_err(|error| CliError::Usage(error.to_string()))?
            }
            (None, None) if self.given_events => Format::JsonLines,
            (None, None) => settled::settings().format.unwrap_or(Format::GeoJson),
        };
        if self.with_text && !matches!(format, Format::JsonLines | Format::Report) {
            return Err(CliError::Usage("--with-text goes with jsonl and html only".to_owned()));
        }
        if self.title.is_some() && format != Format::Report {
            return Err(CliError::Usage("--title goes with html only".to_owned()));
        }
        if self.bom && format != Format::Csv {
            return Err(CliError::Usage("--bom goes with csv only".to_owned()));
        }
        self.check_rows(format)?;
        self.check_unresolved(format)?;
        if format.is_binary() && self.output.is_none() && io::stdout().is_terminal() {
            let why = "is nothing for a terminal: name a file with -o, or lead it to another program";
            return Err(CliError::Usage(format!("{format} {why}")));
        }
        Ok(format)
    }

    /// Refuses rows that the format does not have.
    fn check_rows(&self, format: Format) -> Result<(), CliError> {
        let rows = self.rows.as_str();
        let refused = |why: &str| Err(CliError::Usage(format!("--rows {rows} does not go with {why}")));
        match self.rows {
            Rows::Mentions => Ok(()),
            _ if format == Format::JsonLines => refused("jsonl, a line of which is an article"),
            Rows::Events if self.no_events => refused("--no-events"),
            Rows::Events if matches!(format, Format::WebAnnotation | Format::LinkedPlaces) => {
                refused(&format!("{format}, which has mentions"))
            }
            Rows::Events => Ok(()),
            _ if !format.is_table() => refused(&format!("{format}, which has mentions")),
            // A GeoPackage has mentions and events as well.
            _ if self.unresolved && format != Format::GeoPackage => refused("--unresolved"),
            Rows::Places | Rows::Articles => Ok(()),
        }
    }

    /// Refuses to write what has no place where only what has some place is written.
    fn check_unresolved(&self, format: Format) -> Result<(), CliError> {
        let refused = |why: &str| Err(CliError::Usage(format!("--unresolved does not go with {why}")));
        match self.narrow.of_places().first() {
            _ if !self.unresolved => Ok(()),
            Some(flag) => refused(&format!("{flag}: what has no place has neither a country nor a score")),
            None if format == Format::LinkedPlaces => refused("linked-places, which lists places"),
            None => Ok(()),
        }
    }

    fn finds(&self) -> Finds {
        Finds { dates: !self.no_dates, events: !self.no_events }
    }

    fn options(&self, format: Format) -> Result<Options, CliError> {
        // What is to be opened again is whole, unless it is said here that it is not to be.
        let whole = self.with_text && format == Format::JsonLines;
        let settled = || settled::settings().kinds.clone().filter(|_| !whole);
        Ok(Options {
            rows: self.rows,
            kinds: self.kinds.clone().map(|kinds| kinds.0).or_else(settled),
            only: self.narrow.only()?,
            unresolved: self.unresolved,
            with_text: self.with_text,
            byte_order_mark: self.bom,
            title: self.title.clone(),
            created: None,
        })
    }
}

impl Args {
    /// Refuses what only projects know, or only other articles, where there are none.
    fn check_projects(&self) -> Result<(), CliError> {
        let projects = self.paths.iter().filter(|path| is_project(path)).count();
        if self.anew && projects == 0 {
            return Err(CliError::Usage("--anew goes with projects only, and none is named".to_owned()));
        }
        if self.given_spans && projects == self.paths.len() {
            let why = "which have their mentions already";
            return Err(CliError::Usage(format!("--given-spans does not go with projects, {why}")));
        }
        Ok(())
    }

    /// Says what has no say in projects.
    fn note_projects(&self, progress: &Progress) {
        let told =
            [(!self.which.files().is_empty(), "--gazetteer"), (self.homes.file().is_some(), "--homes")];
        let told: Vec<&str> = told.into_iter().filter(|&(told, _)| told).map(|(_, flag)| flag).collect();
        if !told.is_empty() && !self.anew && self.paths.iter().any(|path| is_project(path)) {
            let told = told.join(" and ");
            progress
                .note(&format!("the places of projects stay as they were found, without {told}: add --anew"));
        }
    }

    /// Refuses what says nothing about the places of given events, which have a form of their own.
    fn check_given_events(&self) -> Result<(), CliError> {
        let beside = [
            (self.given_spans, "--given-spans"),
            (self.kinds.is_some(), "--kinds"),
            (self.rows != Rows::default(), "--rows"),
            (self.unresolved, "--unresolved"),
            (self.with_text, "--with-text"),
            (self.bom, "--bom"),
            (self.no_dates, "--no-dates"),
            (self.no_events, "--no-events"),
        ];
        let beside = beside.into_iter().find(|&(told, _)| told).map(|(_, option)| option);
        if let Some(option) = beside.or(self.narrow.told().first().copied()) {
            return Err(CliError::Usage(format!("--given-events does not go with {option}")));
        }
        match self.format()? {
            Format::JsonLines => Ok(()),
            other => Err(CliError::Usage(format!("--given-events writes jsonl, not {}", other.as_str()))),
        }
    }
}

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    let args = Args { output: args.output.filter(|path| path.as_os_str() != "-"), ..args };
    if args.given_events {
        args.check_given_events()?;
    }
    let format = args.format()?;
    let options = args.options(format)?;
    if let Some(output) = &args.output {
        target::check(output, args.paths.iter().chain(args.which.files()).chain(args.homes.file()))?;
    }
    args.check_projects()?;
    let gazetteer = args.which.open()?;
    args.narrow.check(&gazetteer)?;
    let homes = args.homes.read(&gazetteer)?;
    let geoparser = Geoparser::new(gazetteer).with_homes(homes);
    let output = Output::open(args.output.as_deref())?;
    log::info!("{} at once, written as {}", settled::threads(args.threads), format.as_str());
    let failed = |error: io::Error| write_failed(args.output.as_deref(), &error);
    if args.given_events {
        return given_events(&args, &geoparser, output);
    }
    let mut exporter = Exporter::start(output, format, options).map_err(failed)?;
    let mut progress = Progress::start(args.output.is_none());
    args.note_projects(&progress);
    let unread = geoparse(&args, &geoparser, &mut exporter, &mut progress).map_err(failed)?;
    if interrupt::came() {
        return Err(CliError::Interrupted);
    }
    let (output, summary) = exporter.finish().map_err(failed)?;
    let unread = unread + nothing_found(&args.paths, unread, summary, &mut progress);
    args.narrow.tell(summary.articles > 0 && summary.mentions == 0, &progress);
    // A file from another run is worth more than one without articles.
    if unread == 0 || summary.articles > 0 {
        output.commit()?;
    }
    progress.finish();
    Ok(if unread == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Reads, geoparses and writes everything; the number of inputs that could not be read.
fn geoparse(
    args: &Args,
    geoparser: &Geoparser,
    exporter: &mut Exporter<Output>,
    progress: &mut Progress,
) -> io::Result<usize> {
    let threads = settled::threads(args.threads);
    let pipeline = Pipeline { geoparser, threads, given_spans: args.given_spans, finds: args.finds() };
    let (mut unread, mut kept) = (0, false);
    let meter = Arc::default();
    let inputs = inputs(&args.paths, &args.reading.options(), &meter, geoparser, args.anew);
    let failure = pipeline.run(inputs, interrupt::wanted(GRACE), |outcome| {
        let article = match outcome {
            Ok(article) => article,
            Err(problem) => {
                unread += 1;
                progress.problem(&problem);
                return ControlFlow::Continue(());
            }
        };
        article.problems.iter().for_each(|problem| progress.problem(problem));
        progress.article_in(&article.article);
        if args.given_spans && article.as_read && !std::mem::replace(&mut kept, true) {
            progress.note("what was read with its mentions keeps them, whatever --given-spans says");
        }
        let written = exporter.article(&article);
        // Whoever reads the pipe gets each article as soon as it is done.
        let written = if args.output.is_none() { written.and_then(|()| exporter.flush()) } else { written };
        match written {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => ControlFlow::Break(error),
        }
    });
    progress.passed_over(&meter);
    failure.map_or(Ok(unread), Err)
}

/// Tells where the given events happened.
fn given_events(args: &Args, geoparser: &Geoparser, mut output: Output) -> Result<ExitCode, CliError> {
    let threads = settled::threads(args.threads);
    let mut progress = Progress::start(args.output.is_none());
    let told = given_events::tell(
        geoparser,
        threads,
        &args.paths,
        &args.reading.options(),
        &mut output,
        &mut progress,
    );
    let (answered, unread) = told.map_err(|error| write_failed(args.output.as_deref(), &error))?;
    if interrupt::came() {
        return Err(CliError::Interrupted);
    }
    let summary = Summary { articles: answered, ..Summary::default() };
    let unread = unread + nothing_found(&args.paths, unread, summary, &mut progress);
    if unread == 0 || answered > 0 {
        output.commit()?;
    }
    progress.finish();
    Ok(if unread == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Tells when files and folders held no article at all: 1 problem. Empty standard input is nothing
/// unusual between programs.
pub(super) fn nothing_found(
    paths: &[PathBuf],
    unread: usize,
    summary: Summary,
    progress: &mut Progress,
) -> usize {
    let named: Vec<_> = paths.iter().filter(|path| path.as_os_str() != "-").collect();
    let Some(first) = named.first().filter(|_| summary.articles == 0 && unread == 0) else {
        return 0;
    };
    progress.problem(&Problem {
        place: first.display().to_string(),
        reason: "there are no articles in it".to_owned(),
    });
    1
}

fn write_failed(path: Option<&Path>, error: &io::Error) -> CliError {
    match path {
        Some(path) => CliError::Failed(WriteError::new(path, error).to_string()),
        None => CliError::stdout(error),
    }
}

/// Where the results go.
enum Output {
    Stdout(Stdout),
    File(TargetFile),
}

impl Output {
    fn open(path: Option<&Path>) -> Result<Self, CliError> {
        match path {
            None => Ok(Self::Stdout(Stdout::open())),
            Some(path) => {
                TargetFile::create(path).map(Self::File).map_err(|error| CliError::Failed(error.to_string()))
            }
        }
    }

    fn commit(self) -> Result<(), CliError> {
        match self {
            Self::Stdout(_) => Ok(()),
            Self::File(file) => file.commit().map_err(|error| CliError::Failed(error.to_string())),
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stdout(out) => out.write(bytes),
            Self::File(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stdout(out) => out.flush(),
            Self::File(file) => file.flush(),
        }
    }
}
