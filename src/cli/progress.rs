//! What a person sees while a command runs: a line of progress, and problems, on standard error.
//! The line is drawn on a terminal only, and not beside results on that same terminal.

use std::fmt;
use std::io::{IsTerminal, stderr, stdout};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressState, ProgressStyle};

use super::error::tell;
use super::talk::{self, can_be_drawn_over};
use crate::geoparse::Foreign;
use crate::ingest::Meter;
use crate::model::{Article, Problem};

/// Counts articles and problems as they come.
pub(super) struct Progress {
    bar: ProgressBar,
    problems: usize,
    foreign: Foreign,
}

impl Progress {
    pub(super) fn start(results_on_stdout: bool) -> Self {
        let bar = if can_be_drawn_over()
            && stderr().is_terminal()
            && !(results_on_stdout && stdout().is_terminal())
        {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {pos} articles, {rate}, {elapsed}") {
                bar.set_style(style.with_key("rate", rate));
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        } else {
            ProgressBar::hidden()
        };
        Self { bar, problems: 0, foreign: Foreign::default() }
    }

    pub(super) fn article(&mut self) {
        self.bar.inc(1);
    }

    /// The same, with a word at the end on languages that are not read well.
    pub(super) fn article_in(&mut self, article: &Article) {
        self.article();
        self.foreign.note(article.language.as_deref());
    }

    /// One problem, one line, whatever is in a file's name.
    pub(super) fn problem(&mut self, problem: &Problem) {
        self.problems += 1;
        self.say(tell, &format!("{}: {}", problem.place, problem.reason));
    }

    /// Names the projects and exports that lay in folders and were not read. That is no problem.
    pub(super) fn passed_over(&self, meter: &Meter) {
        for (name, what) in meter.passed_over() {
            self.note(&format!("{name}: {what} in a folder is passed over; name it to read it"));
        }
    }

    /// Something to know, on a line of its own.
    pub(super) fn note(&self, line: &str) {
        self.say(talk::note, line);
    }

    fn say(&self, say: fn(&str), line: &str) {
        self.bar.suspend(|| say(&format!("dateline: {line}")));
    }

    /// Takes the line away and tells how many problems there were, and what was read in languages that are not known well.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
        if let Some(told) = self.foreign.told() {
            talk::note(&format!("dateline: {told}"));
        }
        match self.problems {
            0 => {}
            1 => talk::note("dateline: 1 problem"),
            count => talk::note(&format!("dateline: {count} problems")),
        }
    }
}

/// How far a long piece of work has come, as a bar.
pub(super) struct Share {
    bar: ProgressBar,
}

/// Parts of the bar.
const PARTS: u64 = 1000;

impl Share {
    pub(super) fn start() -> Self {
        if !(can_be_drawn_over() && stderr().is_terminal()) {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new(PARTS);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {bar:30} {percent:>3} %  {msg}, {elapsed}")
        {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        Self { bar }
    }

    /// What is being done, the share of it that is done, and the rows read, where rows are read.
    pub(super) fn tell(&mut self, doing: &str, share: f64, rows: Option<u64>) {
        if self.bar.is_hidden() {
            return;
        }
        self.bar.set_position((share.clamp(0.0, 1.0) * PARTS as f64) as u64);
        let rate = |rows: u64| rows as f64 / self.bar.elapsed().as_secs_f64().max(0.001);
        self.bar.set_message(match rows {
            Some(rows) => format!("{doing}, {rows} rows, {:.0} a second", rate(rows)),
            None => doing.to_owned(),
        });
    }

    /// A problem, on a line of its own.
    pub(super) fn problem(&self, line: &str) {
        self.bar.suspend(|| tell(line));
    }

    /// Takes the line away.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}

fn rate(state: &ProgressState, out: &mut dyn fmt::Write) {
    // A line that cannot be drawn is not worth an error.
    let _ = write!(out, "{:.0} a second", state.per_sec());
}
