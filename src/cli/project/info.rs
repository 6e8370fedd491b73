//! `dateline project info`: what a project holds, what made it, and who decided how much.
//! Every article is read, and ranked as the window ranks it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use serde::Serialize;

use super::print;
use crate::cli::CliError;
use crate::cli::error::{SOME_FAILED, tell};
use crate::cli::gazetteer::Which;
use crate::geoparse::Geoparser;
use crate::jobs::{Finds, Pipeline, Reading, all_threads};
use crate::model::{Geoparsed, How, Mention};
use crate::project::{Field, Held, Made, Project, State, Value};

const EXAMPLES: &str = "\
Examples:
  dateline project info derna.dateline
  dateline project info derna.dateline --json
";

const AFTER: &str = "\
With --json: an object on one line with \"file\", \"bytes\", \"id\", \"created\" (UTC), \"author\", \"read\" (what its articles
were read from), \"made\" (\"program\", \"model\" and \"gazetteers\" of its first results), \"articles\", \"left_out\" (articles
that people left out), \"damaged\", \"mentions\", \"placed\", \"events\", \"status\" (mentions by who settled them), \"edits\",
\"undone\", \"decisions\" (what people said, by what it is about) and \"people\" (the same by person).";

/// Prints what a project holds, what made it, and who decided how much
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    /// Print a JSON object
    #[arg(long)]
    json: bool,

    #[command(flatten)]
    which: Which,
}

#[derive(Default, Serialize)]
struct Info {
    file: String,
    bytes: u64,
    id: String,
    created: String,
    author: String,
    read: String,
    made: Made,
    #[serde(flatten)]
    sums: Sums,
    edits: usize,
    undone: usize,
    decisions: BTreeMap<&'static str, usize>,
    people: BTreeMap<String, BTreeMap<&'static str, usize>>,
    #[serde(skip)]
    begun: i64,
}

/// What is in the articles.
#[derive(Default, Serialize)]
struct Sums {
    articles: usize,
    left_out: usize,
    damaged: usize,
    mentions: usize,
    placed: usize,
    events: usize,
    status: BTreeMap<&'static str, usize>,
}

impl Sums {
    fn add(&mut self, article: &Geoparsed) {
        for mention in &article.mentions {
            *self.status.entry(mention.how().as_str()).or_default() += 1;
        }
        let mentions = || article.mentions.iter().filter(|mention| !mention.is_rejected());
        self.articles += 1;
        self.mentions += mentions().count();
        self.placed += mentions().filter_map(Mention::place).count();
        self.events += article.events.iter().filter(|event| !event.is_rejected()).count();
    }
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let (project, damaged) = print::read(&args.project)?;
    let mut info = told(args, &project);
    info.sums = sums(&project, &Geoparser::new(args.which.open()?));
    print::print(|out| if args.json { print::json(out, &info) } else { write(out, &info) })?;
    let whole = damaged == 0 && info.sums.damaged == 0;
    Ok(if whole { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// All but what is in the articles.
fn told(args: &Args, project: &Project) -> Info {
    let about = project.about();
    let edits = project.journal().in_force().count();
    let mut info = Info {
        file: args.project.display().to_string(),
        bytes: fs::metadata(project.path()).map_or(0, |metadata| metadata.len()),
        id: about.id.clone(),
        begun: about.created,
        created: print::moment(about.created),
        author: about.author.clone(),
        read: about.read.clone(),
        made: about.made.clone(),
        edits,
        undone: project.journal().len() - edits,
        ..Info::default()
    };
    each(project.state(), |sort, held| {
        let who = project.state().author(held.entry).map(|author| author.who.clone()).unwrap_or_default();
        *info.decisions.entry(sort).or_default() += 1;
        *info.people.entry(who).or_default().entry(sort).or_default() += 1;
    });
    info
}

/// Every value that people put, with the sort of thing that it says.
fn each(state: &State, mut tell: impl FnMut(&'static str, &Held)) {
    for said in state.articles().into_iter().filter_map(|number| state.article(number)) {
        said.article.values().for_each(|held| tell("articles", held));
        said.mentions.iter().for_each(|((_, field), held)| tell(of_mention(*field, &held.value), held));
        said.events.values().for_each(|held| tell("events", held));
    }
    state.places().values().for_each(|held| tell("places", held));
    state.names().values().for_each(|held| tell("names", held));
    state.collection().values().for_each(|held| tell("collection", held));
}

fn of_mention(field: Field, value: &Value) -> &'static str {
    match (field, value) {
        (Field::Place, Value::Rejected) => How::Rejected.as_str(),
        (Field::Place, Value::Confirmed(_)) => How::Confirmed.as_str(),
        (Field::Added, _) => How::Added.as_str(),
        (Field::Note | Field::Tags, _) => "notes and tags",
        _ => How::Corrected.as_str(),
    }
}

fn sums(project: &Project, geoparser: &Geoparser) -> Sums {
    let reading = Reading::new(project, geoparser.clone());
    let pipeline = Pipeline { geoparser, threads: all_threads(), given_spans: false, finds: Finds::ALL };
    let inputs = reading.inputs(&project.path().display().to_string());
    let mut sums = Sums::default();
    let count = |article: Box<Geoparsed>| {
        let mut sums = Sums::default();
        sums.add(&article);
        sums
    };
    let broken: Option<()> = pipeline.run_with(inputs, &AtomicBool::new(false), count, |outcome| {
        match outcome {
            Ok(one) => sums.take(one),
            Err(problem) => {
                sums.damaged += 1;
                tell(&format!("dateline: {}: {}", problem.place, problem.reason));
            }
        }
        ControlFlow::Continue(())
    });
    debug_assert!(broken.is_none());
    sums.left_out = project.len().saturating_sub(sums.articles + sums.damaged);
    sums
}

impl Sums {
    fn take(&mut self, other: Sums) {
        self.articles += other.articles;
        self.mentions += other.mentions;
        self.placed += other.placed;
        self.events += other.events;
        for (status, count) in other.status {
            *self.status.entry(status).or_default() += count;
        }
    }
}

fn write(out: &mut impl Write, info: &Info) -> io::Result<()> {
    let Info { sums, made, .. } = info;
    let mut line = |name: &str, value: String| match value.is_empty() {
        true => Ok(()),
        false => writeln!(out, "{name:<12}{value}"),
    };
    let listed = |counts: &BTreeMap<&'static str, usize>| {
        counts.iter().map(|(sort, count)| format!("{count} {sort}")).collect::<Vec<_>>().join(", ")
    };
    line("file", format!("{}, {}", info.file, size(info.bytes)))?;
    line("begun", format!("{} by {}", print::local(info.begun), info.author))?;
    line("read from", info.read.clone())?;
    if !made.program.is_empty() {
        line("made by", format!("Dateline {}, model {}", made.program, made.model))?;
    }
    line("gazetteers", made.gazetteers.join(", "))?;
    let left_out = if sums.left_out > 0 { format!(", {} left out", sums.left_out) } else { String::new() };
    let damaged = if sums.damaged > 0 { format!(", {} damaged", sums.damaged) } else { String::new() };
    line("articles", format!("{}{left_out}{damaged}", sums.articles))?;
    line("mentions", format!("{}, {} of them with a place", sums.mentions, sums.placed))?;
    line("", listed(&sums.status))?;
    line("events", sums.events.to_string())?;
    let undone = if info.undone > 0 { format!(", {} undone", info.undone) } else { String::new() };
    line("edits", format!("{}{undone}", info.edits))?;
    line("decisions", listed(&info.decisions))?;
    info.people.iter().try_for_each(|(who, counts)| line("", format!("{who}: {}", listed(counts))))
}

/// "640 kB", "1.2 MB".
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes.div_ceil(1000)),
        bytes => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}
