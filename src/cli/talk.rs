//! How much a command says beside its results: problems alone, or what it does step by step.
//! All of it goes to standard error. Colours are left to `NO_COLOR`, `CLICOLOR` and `TERM`, which only help and
//! refused arguments heed, since nothing else is coloured.

use std::ffi::OsStr;
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};

use clap::ArgAction;
use log::LevelFilter;

use super::error::tell;
use super::terminal::shown;

static QUIET: AtomicBool = AtomicBool::new(false);

/// What speaks to a network, and would write the addresses that it asks, with any key in them, into the log.
const NEVER_LOGGED: [&str; 3] = ["ureq", "ureq_proto", "rustls"];

/// The arguments that every command has.
#[derive(Debug, clap::Args)]
pub(super) struct Talk {
    /// Says only what went wrong: no progress, no counts
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = "Everywhere")]
    quiet: bool,

    /// Says what is done with what; given twice, every step
    #[arg(short, long, global = true, action = ArgAction::Count, help_heading = "Everywhere")]
    verbose: u8,
}

impl Talk {
    /// From now on so much is said. `RUST_LOG` says it more exactly, for those who mend the program.
    pub(super) fn begin(&self) {
        QUIET.store(self.quiet, Ordering::Relaxed);
        let level = match (self.quiet, self.verbose) {
            (true, _) => "error",
            (_, 0) => "warn",
            (_, 1) => "info",
            _ => "debug",
        };
        // Other crates' complaints (a clipboard that went away with the display) are nobody's news.
        let wanted = env_logger::Env::default().default_filter_or(format!("dateline={level}"));
        let mut log = env_logger::Builder::from_env(wanted);
        for name in NEVER_LOGGED {
            log.filter_module(name, LevelFilter::Off);
        }
        log.format(|out, record| {
            let level = record.level().as_str().to_lowercase();
            writeln!(out, "dateline: {level}: {}", shown(&record.args().to_string()))
        });
        // A second start in one process, as in a test, goes on with the log that is there.
        let _ = log.try_init();
    }
}

/// Whether only what went wrong is to be said.
pub(super) fn is_quiet() -> bool {
    QUIET.load(Ordering::Relaxed)
}

/// Whether lines on the terminal can be drawn over.
pub(super) fn can_be_drawn_over() -> bool {
    !is_quiet() && std::env::var_os("TERM").as_deref() != Some(OsStr::new("dumb"))
}

/// Something to know that is no problem, on standard error.
pub(super) fn note(line: &str) {
    if !is_quiet() {
        tell(line);
    }
}
