//! `dateline man`: the manual, a page for every command.
//! Made of the help texts: examples and exit codes have sections of their own, and what is written in columns there
//! stays in columns.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Roff, bold, roman};

use super::CliError;
use super::talk::note;
use crate::export::{TargetFile, WriteError};

const EXAMPLES: &str = "\
Examples:
  dateline man | man -l -                              read the first page
  dateline man ~/.local/share/man/man1                 write all pages where `man dateline-geoparse` finds them
";

/// Prints the first page of the manual, or writes every page into a folder
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
pub(super) struct Args {
    /// The folder to write the pages into: dateline.1, dateline-geoparse.1 and so on; made where it is missing
    #[arg(value_name = "FOLDER")]
    folder: Option<PathBuf>,
}

pub(super) fn run(args: &Args) -> Result<ExitCode, CliError> {
    let mut command = super::command();
    command.build();
    match &args.folder {
        None => {
            let page = page(&command).map_err(|error| CliError::Failed(error.to_string()))?;
            let mut out = io::stdout().lock();
            out.write_all(&page).and_then(|()| out.flush()).map_err(|error| CliError::stdout(&error))?;
        }
        Some(folder) => {
            let failed = |error: io::Error| CliError::Failed(WriteError::new(folder, &error).to_string());
            fs::create_dir_all(folder).map_err(failed)?;
            let pages = write(&command, folder)?;
            note(&format!("{pages} pages in {}", folder.display()));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes the pages of a command and of those below it; how many.
fn write(command: &Command, folder: &Path) -> Result<usize, CliError> {
    let failed = |error: WriteError| CliError::Failed(error.to_string());
    let path = folder.join(format!("{}.1", name(command)));
    let unwritten = |error: io::Error| failed(WriteError::new(&path, &error));
    let mut file = TargetFile::create(&path).map_err(failed)?;
    file.write_all(&page(command).map_err(unwritten)?).map_err(unwritten)?;
    file.commit().map_err(failed)?;
    command
        .get_subcommands()
        .filter(|below| has_page(below))
        .try_fold(1, |pages, below| Ok(pages + write(below, folder)?))
}

fn has_page(command: &Command) -> bool {
    !command.is_hide_set() && command.get_name() != "help"
}

fn name(command: &Command) -> &str {
    command.get_display_name().unwrap_or_else(|| command.get_name())
}

/// A page of the manual.
fn page(command: &Command) -> io::Result<Vec<u8>> {
    let man = Man::new(command.clone())
        .source(concat!("Dateline ", env!("CARGO_PKG_VERSION")))
        .manual("Dateline")
        .title(name(command).to_uppercase());
    let mut out = Vec::new();
    man.render_title(&mut out)?;
    man.render_name_section(&mut out)?;
    man.render_synopsis_section(&mut out)?;
    man.render_description_section(&mut out)?;
    man.render_options_section(&mut out)?;
    if command.get_subcommands().any(has_page) {
        man.render_subcommands_section(&mut out)?;
    }
    let mut roff = Roff::new();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let (notes, codes) = after.split_once("Exit codes:").unwrap_or((&after, ""));
    section(&mut roff, "NOTES", notes);
    section(&mut roff, "EXIT STATUS", codes);
    let examples = command.get_before_help().map(ToString::to_string).unwrap_or_default();
    section(&mut roff, "EXAMPLES", examples.trim_start_matches("Examples:\n"));
    if let Some((above, _)) = name(command).rsplit_once('-') {
        roff.control("SH", ["SEE ALSO"]);
        roff.text([bold(above), roman("(1)")]);
    }
    roff.to_writer(&mut out)?;
    Ok(out)
}

/// A section of the paragraphs of a help text.
fn section(roff: &mut Roff, heading: &str, text: &str) {
    if text.trim().is_empty() {
        return;
    }
    roff.control("SH", [heading]);
    for (number, paragraph) in text.trim_matches('\n').split("\n\n").enumerate() {
        if number > 0 {
            roff.control("PP", []);
        }
        let kept = paragraph.starts_with("  ") || paragraph.contains('\n');
        if kept {
            roff.control("nf", []);
        }
        for line in paragraph.lines() {
            roff.text([roman(line)]);
        }
        if kept {
            roff.control("fi", []);
        }
    }
}
