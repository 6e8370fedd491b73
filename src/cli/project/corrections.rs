//! `dateline project corrections`: what people said, as a small file to share, and taken in from one.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use super::print;
use super::taking::{self, Choice};
use super::who::Who;
use crate::cli::CliError;
use crate::cli::error::SOME_FAILED;
use crate::cli::target;
use crate::export::{TargetFile, WriteError};
use crate::project::corrections::Corrections;

const EXAMPLES: &str = "\
Examples:
  dateline project corrections export derna.dateline -o derna.json
  dateline project corrections import derna.dateline from-ben.json
  dateline project corrections import derna.dateline from-ben.json --theirs
";

const EXPORT_EXAMPLES: &str = "\
Examples:
  dateline project corrections export derna.dateline -o derna.json
";

const IMPORT_EXAMPLES: &str = "\
Examples:
  dateline project corrections import derna.dateline from-ben.json --only-tell
  dateline project corrections import derna.dateline from-ben.json --theirs
";

const AFTER: &str = "\
A file holds what people said, by whom and when, and nothing of the articles but what tells them apart: it can be handed
to whoever has a copy of them, and taken in any number of times. assets/schema/corrections.schema.json describes it.";

const IMPORT_AFTER: &str = "\
Articles are known by their text, whatever they are called. What is newer is taken; what both changed, neither knowing of
the other, stays as it is here and is listed, unless --theirs or --mine settles it. Every edit can be undone.

Exit codes: 0 all is settled, 1 conflicts are left, or something could not be read, 2 the command makes no sense, 130 interrupted.";

/// Hands corrections out as a small file, and takes them in
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, clap::Subcommand)]
enum Command {
    Export(ExportArgs),
    Import(ImportArgs),
}

/// Writes what people said in a project as JSON
#[derive(Debug, clap::Args)]
#[command(before_help = EXPORT_EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
struct ExportArgs {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    /// Writes to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Takes in what others said of the same articles
#[derive(Debug, clap::Args)]
#[command(before_help = IMPORT_EXAMPLES, after_help = format!("{}\n\n{IMPORT_AFTER}", taking::KEYS), help_template = crate::cli::TEMPLATE)]
struct ImportArgs {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    /// A file of corrections
    #[arg(value_name = "FILE")]
    file: PathBuf,

    #[command(flatten)]
    choice: Choice,

    /// Tells what would be taken, and changes nothing
    #[arg(long)]
    only_tell: bool,

    #[command(flatten)]
    who: Who,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    match &args.command {
        Command::Export(args) => export(args),
        Command::Import(args) => import(args),
    }
}

fn export(args: &ExportArgs) -> Result<ExitCode, CliError> {
    let output = args.output.as_ref().filter(|path| path.as_os_str() != "-");
    if let Some(path) = output {
        target::check(path, [&args.project])?;
    }
    let (project, damaged) = print::read(&args.project)?;
    let (corrections, unread) = taking::of(&project);
    let json = corrections.to_json();
    match output {
        Some(path) => write(path, &json)?,
        None => print::print(|out| out.write_all(json.as_bytes()))?,
    }
    Ok(if damaged + unread == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}

fn write(path: &std::path::Path, json: &str) -> Result<(), CliError> {
    let failed = |error: WriteError| CliError::Failed(error.to_string());
    let mut file = TargetFile::create(path).map_err(failed)?;
    file.write_all(json.as_bytes()).map_err(|error| failed(WriteError::new(path, &error)))?;
    file.commit().map_err(failed)
}

fn import(args: &ImportArgs) -> Result<ExitCode, CliError> {
    let text = crate::cli::eval::read(&args.file)?;
    let corrections = Corrections::from_json(text.as_bytes())
        .map_err(|error| CliError::Failed(format!("{}: {error}", args.file.display())))?;
    let mut project =
        if args.only_tell { print::read(&args.project)?.0 } else { print::open(&args.project)? };
    let left = taking::take(
        &mut project,
        (&args.file, &corrections),
        &args.choice,
        &args.who.name(),
        args.only_tell,
    )?;
    Ok(if left == 0 { ExitCode::SUCCESS } else { ExitCode::from(SOME_FAILED) })
}
