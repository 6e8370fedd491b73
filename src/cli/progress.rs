//! What a person sees while a command runs: a line of progress, and problems, on standard error.
//! The line is drawn on a terminal only, and not beside results on that same terminal.

use std::fmt;
use std::io::{IsTerminal, stderr, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::error::tell;
use crate::model::Problem;

/// Counts articles and problems as they come.
pub(super) struct Progress {
    bar: ProgressBar,
    problems: usize,
}

impl Progress {
    pub(super) fn start(results_on_stdout: bool) -> Self {
        let bar = if stderr().is_terminal() && !(results_on_stdout && stdout().is_terminal()) {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {rate}, {elapsed}") {
                bar.set_style(style.with_key("rate", rate));
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        } else {
            ProgressBar::hidden()
        };
        Self { bar, problems: 0 }
    }

    pub(super) fn article(&mut self) {
        self.bar.inc(1);
    }

    /// One problem, one line, whatever is in a file's name.
    pub(super) fn problem(&mut self, problem: &Problem) {
        self.problems += 1;
        let line = format!("dateline: {}: {}", problem.place, problem.reason);
        let line: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        self.bar.suspend(|| tell(&line));
    }

    /// Takes the line away and tells how many problems there were.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
        match self.problems {
            0 => {}
            1 => tell("dateline: 1 problem"),
            count => tell(&format!("dateline: {count} problems")),
        }
    }
}

fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    // A line that cannot be drawn is not worth an error.
    let _ = write!(out, "{:.0} a second", state.per_sec());
}
