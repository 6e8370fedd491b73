//! Why a command was not done, and its exit code.
//! A closed pipe is no error: `dateline geoparse … | head` has got what it wanted.

use std::borrow::Cow;
use std::io::{self, Write};
use std::process::ExitCode;

use super::terminal::shown;

/// Exit code: some inputs could not be read, or the output not be written.
pub(crate) const SOME_FAILED: u8 = 1;
/// Exit code: the command makes no sense.
const USAGE: u8 = 2;

/// What the exit codes mean, for the help of every command that does not say it in its own words.
pub(super) const EXIT_CODES: &str = "\
Exit codes: 0 done, 1 something could not be read, written or found, 2 the command makes no sense, 130 interrupted.";

/// What keeps a command from being done.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// What clap answers instead of arguments: an error, or the help or version asked for.
    #[error(transparent)]
    Arguments(clap::Error),
    /// Arguments that contradict each other.
    #[error("{0}")]
    Usage(String),
    /// It could not be done.
    #[error("{0}")]
    Failed(String),
    /// Ctrl-C was pressed.
    #[error("interrupted")]
    Interrupted,
    /// Whoever reads the output has had enough.
    #[error("the pipe was closed")]
    PipeClosed,
}

impl CliError {
    /// A failure to write to standard output. Rust ignores SIGPIPE, so that a closed pipe arrives
    /// here as an error of writing, and ending quietly is ours to do.
    pub(crate) fn stdout(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::PipeClosed,
            _ => Self::Failed(format!("cannot write to standard output: {error}")),
        }
    }

    /// Tells the user, and gives the exit code.
    pub fn report(&self) -> ExitCode {
        match self {
            // Help and version go to standard output and are a success.
            Self::Arguments(error) => {
                if error.use_stderr() {
                    refuse(error);
                    return ExitCode::from(USAGE);
                }
                error.print().map_or_else(|error| Self::stdout(&error).report(), |()| ExitCode::SUCCESS)
            }
            Self::Usage(reason) => {
                tell(&format!("dateline: {reason}"));
                ExitCode::from(USAGE)
            }
            Self::Failed(reason) => {
                tell(&format!("dateline: {reason}"));
                ExitCode::from(SOME_FAILED)
            }
            Self::Interrupted => ExitCode::from(super::interrupt::INTERRUPTED),
            Self::PipeClosed => ExitCode::SUCCESS,
        }
    }
}

/// What clap says of arguments, which may be names of files.
fn refuse(error: &clap::Error) {
    let acts = |argument: std::ffi::OsString| matches!(shown(&argument.to_string_lossy()), Cow::Owned(_));
    if std::env::args_os().any(acts) {
        error.render().to_string().lines().for_each(tell);
    } else {
        let _ = error.print();
    }
}

/// A line on standard error, whatever is in the names and words of it. Where that is closed or full nobody is left to be told, and the work goes
/// on: `eprintln!` would panic at `dateline geoparse … 2>&1 | head -1`.
pub(crate) fn tell(line: &str) {
    let _ = writeln!(io::stderr(), "{}", shown(line));
}
