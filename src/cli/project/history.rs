//! `dateline project history`: who changed what, and when.

use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use super::print;
use crate::cli::CliError;
use crate::model::one_line;
use crate::project::Head;

const EXAMPLES: &str = "\
Examples:
  dateline project history derna.dateline
  dateline project history derna.dateline --json
";

const AFTER: &str = "\
The last edit comes first. Those in brackets were undone; `dateline project undo --to NUMBER` goes to any of them.

With --json: an object a line with \"number\", \"id\", \"at\" (UTC), \"who\", \"why\" (null where nobody said so), \"title\",
\"values\" (how many it put in the place of others) and \"in_force\".";

/// Prints what was changed, by whom and when
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, after_help = AFTER, help_template = crate::cli::TEMPLATE)]
pub(super) struct Args {
    /// The project
    #[arg(value_name = "PROJECT")]
    project: PathBuf,

    /// Print JSON Lines
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Line<'a> {
    number: usize,
    id: String,
    at: String,
    who: &'a str,
    why: Option<&'a str>,
    title: &'a str,
    values: usize,
    in_force: bool,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let (project, _) = print::read(&args.project)?;
    let history: Vec<(usize, (&Head, bool))> = (1..).zip(project.journal().history()).collect();
    print::print(|out| {
        history.iter().rev().try_for_each(|&(number, (head, in_force))| {
            if args.json { object(out, number, head, in_force) } else { line(out, number, head, in_force) }
        })
    })?;
    Ok(ExitCode::SUCCESS)
}

fn object(out: &mut impl Write, number: usize, head: &Head, in_force: bool) -> io::Result<()> {
    let line = Line {
        number,
        id: format!("{:016x}", head.id.0),
        at: print::moment(head.at),
        who: &head.who,
        why: head.why.as_deref(),
        title: &head.title,
        values: head.count,
        in_force,
    };
    print::json(out, &line)
}

fn line(out: &mut impl Write, number: usize, head: &Head, in_force: bool) -> io::Result<()> {
    let (title, who) = (one_line(&head.title), one_line(&head.who));
    let title = if in_force { title } else { format!("({title})") };
    let why = head.why.as_deref().map(|why| format!(": {}", one_line(why))).unwrap_or_default();
    writeln!(out, "{number:>5}  {}  {who}  {title}{why}", print::local(head.at))
}
