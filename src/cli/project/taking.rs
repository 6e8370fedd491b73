//! What others said, taken into a project: what is news, what is known, and what both changed.

use std::io::{self, Write};
use std::path::Path;

use serde::Serialize;

use super::print;
use crate::cli::CliError;
use crate::cli::error::tell;
use crate::model::one_line;
use crate::model::words::counted;
use crate::project::corrections::Corrections;
use crate::project::merge::{Conflict, Merged};
use crate::project::{Project, ProjectError, What};

/// What to do where both changed the same thing.
#[derive(Debug, clap::Args)]
pub(super) struct Choice {
    /// Takes theirs wherever both changed the same thing
    #[arg(long, conflicts_with = "mine")]
    theirs: bool,

    /// Keeps what is here wherever both changed the same thing, and asks no more
    #[arg(long)]
    mine: bool,

    /// Print what was taken as a JSON object
    #[arg(long)]
    pub(super) json: bool,
}

/// What the keys of that object are, for `--help`.
pub(super) const KEYS: &str = "\
With --json: an object on one line for each that is taken in, with \"from\", \"new\" (values) in so many \"edits\", \"let_go\" (values
taken back there, and here), \"known\", \"both_changed\" (an array of sentences) and \"settled\" (theirs, mine, or null).";

#[derive(Serialize)]
struct Taken<'a> {
    from: &'a str,
    new: usize,
    edits: usize,
    let_go: usize,
    known: usize,
    both_changed: &'a [String],
    settled: Option<&'static str>,
}

/// Takes corrections in, or only tells what that would do; how many conflicts are left.
pub(super) fn take(
    project: &mut Project,
    (from, corrections): (&Path, &Corrections),
    choice: &Choice,
    who: &str,
    only_tell: bool,
) -> Result<usize, CliError> {
    let theirs = project.theirs(corrections);
    for (id, values) in &theirs.unknown {
        let said = counted(*values, "correction");
        tell(&format!("dateline: {}: it is not in this project; {said} left out", one_line(id)));
    }
    for problem in &theirs.problems {
        tell(&format!("dateline: {}: {}", problem.place, problem.reason));
    }
    let merged = project.merge(&theirs);
    let settles = choice.theirs || choice.mine;
    let lines: Vec<String> = merged.conflicts.iter().map(|conflict| line(project, conflict)).collect();
    if !only_tell {
        project.take(&merged, who).map_err(print::failed)?;
        if settles && !merged.conflicts.is_empty() {
            let choices: Vec<(&Conflict, bool)> =
                merged.conflicts.iter().map(|conflict| (conflict, choice.mine)).collect();
            project.settle(&theirs, &merged, &choices, who).map_err(print::failed)?;
        }
    }
    let from = from.display().to_string();
    print::print(|out| match choice.json {
        true => object(out, &from, &merged, choice, &lines),
        false => told(out, &merged, choice, &lines),
    })?;
    Ok(if settles { 0 } else { merged.conflicts.len() })
}

/// Values that are new.
fn new_values(merged: &Merged) -> usize {
    let values = |what: &What| if let What::Edit(edit) = what { edit.sets.len() } else { 0 };
    merged.entries.iter().map(|entry| values(&entry.what)).sum()
}

fn object(
    out: &mut impl Write,
    from: &str,
    merged: &Merged,
    choice: &Choice,
    conflicts: &[String],
) -> io::Result<()> {
    let taken = Taken {
        from,
        new: new_values(merged),
        edits: merged.entries.len(),
        let_go: merged.let_go.sets.len(),
        known: merged.known,
        both_changed: conflicts,
        settled: match (choice.theirs, choice.mine) {
            (true, _) => Some("theirs"),
            (_, true) => Some("mine"),
            _ => None,
        },
    };
    print::json(out, &taken)
}

fn told(out: &mut impl Write, merged: &Merged, choice: &Choice, conflicts: &[String]) -> io::Result<()> {
    let taken = new_values(merged);
    writeln!(out, "new: {} in {}", counted(taken, "value"), counted(merged.entries.len(), "edit"))?;
    let gone = merged.let_go.sets.len();
    if gone > 0 {
        writeln!(out, "taken back there, and here: {}", counted(gone, "value"))?;
    }
    writeln!(out, "known: {}", counted(merged.known, "value"))?;
    if !conflicts.is_empty() {
        let settled = match (choice.theirs, choice.mine) {
            (true, _) => "theirs is taken",
            (_, true) => "what was here is kept",
            _ => "what is here stays; --theirs or --mine settles them",
        };
        writeln!(out, "both changed: {}; {settled}", counted(conflicts.len(), "value"))?;
    }
    conflicts.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

/// "“Derna” in a.txt, place: Darnah, Libya (Ann) here, none (Ben) there".
fn line(project: &Project, conflict: &Conflict) -> String {
    let found = conflict.target.article().and_then(|number| project.shelf().get(number));
    let article = found.as_ref().map(|found| &found.article);
    let said = |value: String, who: &str| if who.is_empty() { value } else { format!("{value} ({who})") };
    let head = project.journal().get(conflict.mine.entry);
    let mine = said(conflict.mine.value.in_words(article), head.map_or("", |head| &head.who));
    let who = conflict.made.as_ref().map_or("", |made| &made.who);
    let theirs = said(conflict.theirs.value.in_words(article), who);
    let thing = conflict.target.in_words(article);
    one_line(&format!("{thing}, {}: {mine} here, {theirs} there", conflict.field.in_words()))
}

/// The corrections of a project, and how many articles of it could not be read: that has been told.
pub(super) fn of(project: &Project) -> (Corrections, usize) {
    let (corrections, problems) = project.corrections();
    for problem in &problems {
        tell(&format!("dateline: {}, {}: {}", project.path().display(), problem.place, problem.reason));
    }
    (corrections, problems.len())
}

/// Nothing is left of a project that could not be made whole.
pub(super) fn clear(path: &Path, error: ProjectError) -> CliError {
    std::fs::remove_file(path).ok();
    print::failed(error)
}
