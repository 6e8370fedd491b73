//! `dateline open`: the window.
//! Where no window can be shown, one sentence says so and names the command that needs none.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::CliError;
use super::reading::Web;
use crate::ingest::Options;

const EXAMPLES: &str = "\
Examples:
  dateline open                      the sample
  dateline open articles/ more.jsonl
  dateline open derna.dateline       a project with its corrections
";

/// Opens the window on files and folders of articles, or on a project
#[derive(Debug, clap::Args)]
#[command(before_help = EXAMPLES, help_template = super::TEMPLATE)]
pub(super) struct Args {
    /// Files and folders of articles, archives, mail and tables, or one project (.dateline); the sample where there are none
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(super) web: Web,
}

/// Whether it is no file: standard input, or an address on the web.
fn is_elsewhere(path: &Path) -> bool {
    path.as_os_str() == "-"
        || path.to_str().is_some_and(|path| path.starts_with("http://") || path.starts_with("https://"))
}

/// What to do instead.
const INSTEAD: &str = "`dateline geoparse PATH…` does the work without a window";

pub(super) fn run(args: Args) -> Result<ExitCode, CliError> {
    // A mistyped subcommand arrives here as a path; a window with nothing in it would not say so.
    let missing = |path: &PathBuf| !is_elsewhere(path) && !path.exists();
    if let Some(path) = args.paths.first().filter(|_| args.paths.iter().all(missing)) {
        return Err(CliError::Failed(format!("no such file or folder: {}", path.display())));
    }
    window(args.paths, &args.web.options())
}

#[cfg(not(feature = "gui"))]
fn window(_paths: Vec<PathBuf>, _options: &Options) -> Result<ExitCode, CliError> {
    Err(CliError::Failed(format!("the window is not part of this build; {INSTEAD}")))
}

#[cfg(feature = "gui")]
fn window(paths: Vec<PathBuf>, options: &Options) -> Result<ExitCode, CliError> {
    if !display() {
        return Err(CliError::Failed(format!("there is no display to open a window on; {INSTEAD}")));
    }
    // The window's libraries are looked for at run time, and some that are missing are a panic.
    match super::fault::caught(|| crate::app::run(paths, options)) {
        Ok(Ok(())) => Ok(ExitCode::SUCCESS),
        Ok(Err(error)) => {
            let error = without_source_lines(&error.to_string());
            Err(CliError::Failed(format!("{error}; {INSTEAD}")))
        }
        Err(said) => Err(CliError::Failed(format!(
            "the window failed: {said}; it needs OpenGL and the system's libraries for X11 or Wayland \
             (libX11, libxkbcommon, libxkbcommon-x11, libwayland-client, libEGL or libGL); {INSTEAD}"
        ))),
    }
}

/// winit begins its reasons with lines of its own source, which are nobody's business here:
/// "os error at /…/mod.rs:788: Failed to open connection to X server".
#[cfg(feature = "gui")]
fn without_source_lines(error: &str) -> String {
    let reason = error.rsplit_once(".rs:").and_then(|(_, rest)| rest.split_once(": "));
    reason.map_or(error.to_owned(), |(_, reason)| format!("the window could not be opened: {reason}"))
}

/// Whether there is a display server to ask. Everywhere but on these systems there always is one.
#[cfg(feature = "gui")]
fn display() -> bool {
    if !cfg!(all(unix, not(any(target_os = "macos", target_os = "ios", target_os = "android")))) {
        return true;
    }
    ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}
