//! `dateline eval`: how well the geoparser does on articles in which people marked the places.
//! The geoparser sees the texts alone, or the texts and bare spans; everything else of the gold is held back.

use std::fs;
use std::io::{self, Cursor, ErrorKind, Write};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use serde::Serialize;
use serde_json::ser::{PrettyFormatter, Serializer};

use super::error::SOME_FAILED;
use super::gazetteer::Which;
use super::homes::Told;
use super::progress::Progress;
use super::settled;
use super::talk::note;
use super::terminal::Stdout;
use super::{CliError, gold, target};
use crate::eval::{EvalError, Gold, Options, Predictions, Report};
use crate::export::{TargetFile, WriteError};
use crate::geoparse::Geoparser;
use crate::ingest;
use crate::jobs::{Finds, Pipeline, is_project};
use crate::model::Kind;

const EXAMPLES: &str = "\
Examples:
  dateline eval gold.jsonl                       measure on articles whose places you have marked
  dateline eval gold.jsonl --html report.html    and a page with every mistake in its text
  dateline eval gold.jsonl --given               how well places are told, the mentions being given
  dateline eval gold.jsonl --homes homes.tsv     where the articles' outlets are at home being told
  dateline eval derna.dateline                   measure on a project that you have corrected
  dateline eval gold.jsonl --predicted other.jsonl --figures --json
";

const AFTER: &str = "\
The gold, an article a line, offsets in code points, without lat and lon where nobody knows the place:
  {\"id\": \"a1\", \"text\": \"In Oslo.\", \"toponyms\": [{\"start\": 3, \"end\": 7, \"lat\": 59.91, \"lon\": 10.75}]}
An article may have \"title\", \"date\", \"source\" and \"url\", which the geoparser sees too; a toponym \
\"kind\", \"text\" (its words, as a check), \"name\", \"place_id\" or \"geonameid\", \"feature_class\", \
\"feature_code\". What `dateline geoparse --format jsonl --with-text` writes is such a file: put right by \
hand what is wrong in it, and measure.

Kinds are your own, or those of GeoWebNews, some of which mean something:
  not counted  Demonym, Language, Homonym, Non_Toponym, Literal_Expression, Non_Lit_Expression, Undecided
  literal      Literal, Literal_Modifier, Mixed, Coercion, Embedded_Literal
  associative  Metonymic, Non_Literal_Modifier, Embedded_Non_Lit

Of a project the gold is what people confirmed, corrected or added. What they rejected is wrong where it is found
again; what nobody decided counts neither way, and articles without a decision are left out.

The figures: precision, recall and F1 of mentions with exact bounds, with any overlap, and of mentions \
placed within 161 km; of found mentions, the share within 161 km, median and mean distance, and the area \
under the curve of log distances (0 best, 1 worst). With --json one object of \"figures\", \"confusion\", \
\"calibration\" and \"worst\"; with --figures too, the figures alone.

Exit codes: 0 measured, 1 something could not be read, or written, 2 the command makes no sense, 130 interrupted.";

/// Measures the geoparser on articles in which people marked the places
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = super::TEMPLATE)]
pub(super) struct Args {
    /// Articles with their toponyms, as JSON Lines; or a project, by its corrections
    #[arg(value_name = "GOLD")]
    gold: PathBuf,

    /// Hands the geoparser the marked spans, to measure the choice of places alone
    #[arg(long)]
    given: bool,

    /// Leaves predictions of these kinds out, where the gold does not mark them; separated by commas
    #[arg(long, value_name = "KINDS", value_delimiter = ',')]
    drop_kinds: Vec<String>,

    /// Measures these predictions, as JSON Lines with the ids of the gold or as a project, instead of geoparsing
    #[arg(long, value_name = "FILE", conflicts_with_all = ["threads", "homes"])]
    predicted: Option<PathBuf>,

    /// Also writes the report as a page to look at
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,

    /// How many of the worst articles to show
    #[arg(long, value_name = "N", default_value_t = 10)]
    worst: usize,

    /// Prints the figures only
    #[arg(long)]
    figures: bool,

    /// Prints JSON
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    homes: Told,

    /// Articles to work on at once; all processors unless told
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,
}

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    args.check_kinds()?;
    if let Some(page) = &args.html {
        target::check(page, args.predicted.iter().chain([&args.gold]))?;
    }
    let name = args.gold.display().to_string();
    let gazetteer = args.which.open()?;
    let homes = args.homes.read(&gazetteer)?;
    let geoparser = Geoparser::new(gazetteer.clone()).with_homes(homes);
    let mut gold = match is_project(&args.gold) {
        true => gold::gold(&args.gold, &geoparser)?,
        false => Gold::read(&name, &read(&args.gold)?).map_err(failed)?,
    };
    gold.notes.iter().for_each(|said| note(&format!("dateline: {said}")));
    gold.articles.iter_mut().flat_map(|article| &mut article.toponyms).for_each(|toponym| {
        toponym.know(|id| gazetteer.place(gazetteer.by_id(id)?));
    });
    // A folder that is not there is told before the work, not after it.
    let page = args.html.as_deref().map(|path| TargetFile::create(path).map(|file| (path, file)));
    let page = page.transpose().map_err(|error| CliError::Failed(error.to_string()))?;
    let (predictions, lost) = match &args.predicted {
        Some(path) if is_project(path) => (gold::predictions(path, &geoparser)?, 0),
        Some(path) => (Predictions::read(&path.display().to_string(), &read(path)?).map_err(failed)?, 0),
        None => geoparse(&args, &name, &gold, &geoparser)?,
    };
    let options = Options { given: args.given, drop_kinds: args.drop_kinds.clone(), worst: args.worst };
    let report = Report::new(&gold, &predictions, &options);
    if let Some((path, file)) = page {
        write_page(path, file, &report.html(&args.title(&name)))?;
    }
    let mut out = Stdout::open();
    out.write_all(args.printed(&report)?.as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| CliError::stdout(&error))?;
    Ok(if lost == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

impl Args {
    /// The geoparser's own kinds are known, and a slip of the pen would leave out nothing.
    fn check_kinds(&self) -> Result<(), CliError> {
        let own = |name: &String| Kind::ALL.into_iter().any(|kind| kind.as_str() == name);
        match self.drop_kinds.iter().find(|name| self.predicted.is_none() && !own(name)) {
            Some(name) => Err(CliError::Usage(format!(
                "“{name}” is no kind that is predicted: choose name, demonym, embedded or coordinate"
            ))),
            None => Ok(()),
        }
    }

    /// What heads the page.
    fn title(&self, gold: &str) -> String {
        let predicted = self.predicted.as_ref().map(|path| format!("{} on ", path.display()));
        let given = if self.given { ", spans given" } else { "" };
        format!("{}{gold}{given}", predicted.unwrap_or_default())
    }

    fn printed(&self, report: &Report) -> Result<String, CliError> {
        match (self.json, self.figures) {
            (true, true) => json(&report.figures),
            (true, false) => json(report),
            (false, true) => Ok(report.figures.to_string()),
            (false, false) => Ok(report.to_string()),
        }
    }
}

/// Geoparses what may be seen of the gold; also the number of articles that were lost.
fn geoparse(
    args: &Args,
    name: &str,
    gold: &Gold,
    geoparser: &Geoparser,
) -> Result<(Predictions, usize), CliError> {
    let threads = settled::threads(args.threads);
    let pipeline = Pipeline { geoparser, threads, given_spans: args.given, finds: Finds::PLACES };
    let articles = ingest::json_lines(name, Cursor::new(gold.blind(args.given)));
    let (mut predictions, mut measured) = (Predictions::default(), 0);
    let mut progress = Progress::start(true);
    let failure = pipeline.run(articles, &AtomicBool::new(false), |outcome| {
        match outcome {
            Ok(article) => {
                article.problems.iter().for_each(|problem| progress.problem(problem));
                progress.article();
                measured += 1;
                if let Err(error) = predictions.add(&article) {
                    return ControlFlow::Break(error);
                }
            }
            Err(problem) => progress.problem(&problem),
        }
        ControlFlow::Continue(())
    });
    progress.finish();
    match failure {
        Some(error) => Err(failed(error)),
        None => Ok((predictions, gold.articles.len() - measured)),
    }
}

/// The text of a file.
pub(super) fn read(path: &Path) -> Result<String, CliError> {
    fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            ErrorKind::NotFound => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => "it may not be read: permission denied".to_owned(),
            ErrorKind::IsADirectory => "it is a folder".to_owned(),
            ErrorKind::InvalidData => "it is not UTF-8".to_owned(),
            _ => format!("it could not be read: {error}"),
        };
        CliError::Failed(format!("{}: {reason}", path.display()))
    })
}

fn failed(error: EvalError) -> CliError {
    CliError::Failed(error.to_string())
}

fn write_page(path: &Path, mut file: TargetFile, page: &str) -> Result<(), CliError> {
    let unwritten = |error: io::Error| WriteError::new(path, &error);
    let written = file.write_all(page.as_bytes()).map_err(unwritten).and_then(|()| file.commit());
    written.map_err(|error| CliError::Failed(error.to_string()))
}

/// JSON with an indent of one space, as other scorers print theirs.
fn json(value: &impl Serialize) -> Result<String, CliError> {
    let mut out = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut out, PrettyFormatter::with_indent(b" "));
    value.serialize(&mut serializer).map_err(|error| CliError::Failed(error.to_string()))?;
    out.push(b'\n');
    String::from_utf8(out).map_err(|error| CliError::Failed(error.to_string()))
}
