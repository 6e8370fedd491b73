//! Maps the outcome of the command line to an exit code.
//! 0: all done; 1: some of it could not be read or written; 2: the command makes no sense.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Other crates' complaints (a clipboard that went away with the display) are nobody's news.
    env_logger::Builder::from_env(env_logger::Env::default().default_filter_or("dateline=warn")).init();
    match dateline::cli::run(std::env::args_os()) {
        Ok(code) => code,
        Err(error) => error.report(),
    }
}
