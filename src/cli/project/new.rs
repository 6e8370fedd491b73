//! `dateline project new`: articles read, geoparsed and kept in a project, or in one that is there already.
//! What is read is in the file a little later, so that a run that was broken off goes on with `--add`.

use std::fs;
use std::io::Write;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use super::print;
use super::who::Who;
use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::cli::gazetteer::Which;
use crate::cli::homes::Told;
use crate::cli::progress::Progress;
use crate::cli::reading::Reading;
use crate::cli::settled;
use crate::geoparse::Geoparser;
use crate::jobs::adding::{self, News, Words};
use crate::jobs::{inputs, made};
use crate::model::Geoparsed;
use crate::model::words::counted;
use crate::project::{About, EXTENSION, Project, ProjectError};

const EXAMPLES: &str = "\
Examples:
  dateline project new derna.dateline articles/ more.jsonl
  dateline project new derna.dateline --add july/            more articles, later
";

const AFTER: &str = "\
The files that are read stay as they are. An article with the words of another is kept once, whatever its name; JSON
Lines that were written with --with-text keep what they say. A run that was broken off goes on with --add.

With --json: an object on one line with \"file\", \"added\", \"known\" (left out, since their words were there already) and
\"unread\".

Exit codes: 0 all inputs were read, 1 some could not be read, 2 the command makes no sense, 130 interrupted.";

/// Articles that are written at once.
const BATCH: usize = 256;

/// Reads articles into a project
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// The project's file; its name ends in .dateline
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    /// Files and folders of articles, archives, mail and tables, and other projects; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Adds to a project that is there
    #[arg(long)]
    add: bool,

    #[command(flatten)]
    who: Who,

    #[command(flatten)]
    which: Which,

    #[command(flatten)]
    homes: Told,

    #[command(flatten)]
    reading: Reading,

    /// Articles to work on at once; all processors unless told
    #[arg(short = 'j', long, value_name = "N")]
    threads: Option<NonZeroUsize>,

    /// Print what became of it as a JSON object
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Taken {
    file: String,
    added: usize,
    known: usize,
    unread: usize,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    if args.project.extension().is_none_or(|extension| extension != EXTENSION) {
        let name = args.project.display();
        return Err(CliError::Usage(format!(
            "a project's name ends in .{EXTENSION}, and comes first: {name}"
        )));
    }
    let gazetteer = args.which.open()?;
    let homes = args.homes.read(&gazetteer)?;
    let geoparser = Geoparser::new(gazetteer).with_homes(homes);
    let mut progress = Progress::start(false);
    let mut intake = Intake::new(if args.add { args.opened()? } else { args.created(&geoparser)? });
    let read = intake.read(args, &geoparser, &mut progress);
    progress.finish();
    read.map_err(print::failed)?;
    let Intake { project, added, known, unread, .. } = intake;
    let project = project.into_inner().unwrap_or_else(PoisonError::into_inner);
    let (path, empty) = (project.path().to_owned(), project.is_empty());
    drop(project);
    if empty && !args.add {
        // Nobody wants a project without articles for a mistyped name.
        fs::remove_file(path).ok();
    }
    print::print(|out| {
        if args.json {
            let file = args.project.display().to_string();
            return print::json(out, &Taken { file, added, known, unread });
        }
        let known = match known {
            0 => String::new(),
            1 => ", and left out 1 that was there already".to_owned(),
            known => format!(", and left out {known} that were there already"),
        };
        writeln!(out, "added {}{known}", counted(added, "article"))
    })?;
    Ok(if unread == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

impl Args {
    fn read_from(&self) -> String {
        self.paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
    }

    fn created(&self, geoparser: &Geoparser) -> Result<Project, CliError> {
        let about = About { made: made(geoparser), ..About::new(self.read_from(), self.who.name()) };
        Project::create(&self.project, about).map_err(|error| match error {
            ProjectError::Exists(_) => CliError::Failed(format!("{error}; --add puts articles into it")),
            error => print::failed(error),
        })
    }

    fn opened(&self) -> Result<Project, CliError> {
        let mut project = print::open(&self.project)?;
        let (mut about, read) = (project.about().clone(), self.read_from());
        if !about.read.split(", ").any(|other| other == read) {
            about.read = format!("{}, {read}", about.read);
            project.set_about(about).map_err(print::failed)?;
        }
        Ok(project)
    }
}

/// Articles on their way into a project.
struct Intake {
    project: Mutex<Project>,
    waiting: Vec<Geoparsed>,
    added: usize,
    known: usize,
    unread: usize,
}

impl Intake {
    fn new(project: Project) -> Self {
        Self { project: Mutex::new(project), waiting: Vec::new(), added: 0, known: 0, unread: 0 }
    }

    fn read(
        &mut self,
        args: &Args,
        geoparser: &Geoparser,
        progress: &mut Progress,
    ) -> Result<(), ProjectError> {
        let meter = Arc::default();
        let inputs = inputs(&args.paths, &args.reading.options(), &meter, geoparser, false);
        let threads = settled::threads(args.threads);
        let Self { project, waiting, added, known, unread } = self;
        let project = &*project;
        let asked =
            |article: &_| project.lock().unwrap_or_else(PoisonError::into_inner).knows(article).is_some();
        let cancel = AtomicBool::new(false);
        let broken = adding::add(
            (geoparser, threads),
            inputs,
            &cancel,
            (asked, &Words::default()),
            |geoparsed| *geoparsed,
            |news| {
                match news {
                    News::New(article) => {
                        article.problems.iter().for_each(|problem| progress.problem(problem));
                        progress.article_in(&article.article);
                        *added += 1;
                        waiting.push(article);
                    }
                    News::Known(_) => *known += 1,
                    News::Problem(problem) => {
                        progress.problem(&problem);
                        *unread += 1;
                    }
                    News::Progress(_) | News::Finished { .. } => {}
                }
                match waiting.len() == BATCH {
                    true => keep(project, waiting),
                    false => ControlFlow::Continue(()),
                }
            },
        );
        progress.passed_over(&meter);
        match broken {
            Some(error) => Err(error),
            None => keep(project, waiting).break_value().map_or(Ok(()), Err),
        }
    }
}

/// Writes what waits.
fn keep(project: &Mutex<Project>, waiting: &mut Vec<Geoparsed>) -> ControlFlow<ProjectError> {
    let mut project = project.lock().unwrap_or_else(PoisonError::into_inner);
    let articles: Vec<(u32, &Geoparsed)> = (project.len() as u32..).zip(waiting.iter()).collect();
    match project.add(&articles) {
        Ok(()) => {
            waiting.clear();
            ControlFlow::Continue(())
        }
        Err(error) => ControlFlow::Break(error),
    }
}
