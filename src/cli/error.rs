//! Why a command was not done, and its exit code.
//! A closed pipe is no error: `dateline geoparse … | head` has got what it wanted.

use std::io;
use std::process::ExitCode;

/// Exit code: some inputs could not be read, or the output not be written.
pub(crate) const SOME_FAILED: u8 = 1;
/// Exit code: the command makes no sense.
const USAGE: u8 = 2;

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
                let shown = error.print();
                let code = if error.use_stderr() || shown.is_err() { USAGE } else { 0 };
                ExitCode::from(code)
            }
            Self::Usage(reason) => {
                eprintln!("dateline: {reason}");
                ExitCode::from(USAGE)
            }
            Self::Failed(reason) => {
                eprintln!("dateline: {reason}");
                ExitCode::from(SOME_FAILED)
            }
            Self::PipeClosed => ExitCode::SUCCESS,
        }
    }
}
