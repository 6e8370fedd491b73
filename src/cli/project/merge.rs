//! `dateline project merge`: what several people made of the same articles, as one project.
//! None of the projects is changed: the first is copied, and the others are taken into the copy.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::print;
use super::taking::{self, Choice};
use super::who::Who;
use crate::cli::CliError;
use crate::cli::error::{SOME_FAILED, tell};
use crate::model::Geoparsed;
use crate::project::{Project, ProjectError};

const EXAMPLES: &str = "\
Examples:
  dateline project merge ann.dateline ben.dateline -o both.dateline
  dateline project merge ann.dateline ben.dateline cem.dateline -o all.dateline --mine
";

const AFTER: &str = "\
Articles that the first has not are added, and every edit keeps its author. What two of them changed, neither knowing of
the other's, stays as it is in the earlier project and is listed, unless --theirs or --mine settles it; merging again
lists it again.

Exit codes: 0 all is settled, 1 conflicts are left, or something could not be read, 2 the command makes no sense, 130 interrupted.";

/// Articles that are written at once.
const BATCH: usize = 256;

/// Brings together what several people made of the same articles
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = format!("{}\n\n{AFTER}", taking::KEYS), help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// The project that the others are taken into; it stays as it is
    #[arg(value_name = "PROJECT")]
    first: PathBuf,

    /// The others
    #[arg(value_name = "OTHER", required = true)]
    others: Vec<PathBuf>,

    /// The new project
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,

    #[command(flatten)]
    choice: Choice,

    #[command(flatten)]
    who: Who,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    if args.output.exists() {
        return Err(print::failed(ProjectError::Exists(args.output.clone())));
    }
    // All of them are there before anything is made.
    let (mut project, mut bad) = print::read(&args.first)?;
    let mut others = Vec::new();
    for path in &args.others {
        let (other, damaged) = print::read(path)?;
        bad += damaged;
        others.push(other);
    }
    project.save_as(&args.output).map_err(print::failed)?;
    for (other, path) in others.iter().zip(&args.others) {
        bad += add(&mut project, other).map_err(|error| taking::clear(&args.output, error))?;
        bad += take(&mut project, other, path, args)?;
    }
    Ok(if bad == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

/// Adds the articles that the project has not; how many could not be read.
fn add(project: &mut Project, other: &Project) -> Result<usize, ProjectError> {
    let (shelf, mut unread, mut new) = (other.shelf(), 0, Vec::new());
    for number in 0..other.len() as u32 {
        match shelf.read(number) {
            Ok(Some(found)) if project.knows(&found.article).is_none() => new.push(found),
            Ok(_) => {}
            Err(problem) => {
                unread += 1;
                tell(&format!("dateline: {}: {}", problem.place, problem.reason));
            }
        }
        if new.len() == BATCH {
            keep(project, &mut new)?;
        }
    }
    keep(project, &mut new)?;
    Ok(unread)
}

fn keep(project: &mut Project, new: &mut Vec<Geoparsed>) -> Result<(), ProjectError> {
    let articles: Vec<(u32, &Geoparsed)> = (project.len() as u32..).zip(new.iter()).collect();
    project.add(&articles)?;
    new.clear();
    Ok(())
}

/// Takes in what is said there; how much of it is left open.
fn take(project: &mut Project, other: &Project, path: &Path, args: &Args) -> Result<usize, CliError> {
    if !args.choice.json {
        print::print(|out| writeln!(out, "{}", path.display()))?;
    }
    let (corrections, unread) = taking::of(other);
    Ok(unread + taking::take(project, (path, &corrections), &args.choice, &args.who.name(), false)?)
}
