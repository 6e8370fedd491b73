//! Maps the outcome of the command line to an exit code.
//! 0: all done; 1: some of it could not be read or written; 2: the command makes no sense; 130: interrupted.

use std::process::ExitCode;

fn main() -> ExitCode {
    match dateline::cli::run(std::env::args_os()) {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}
