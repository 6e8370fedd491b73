//! Measuring: mentions held against articles in which people marked them, by the figures of the toponym literature.
//! It is pure: gold and predictions in, a report out; who reads the files and geoparses the texts is not its affair.
//!
//! ```
//! use dateline::eval::{Gold, Options, Predictions, Report};
//!
//! let gold = r#"{"id": "a", "text": "From Oslo to Bergen.", "toponyms": [
//!     {"start": 5, "end": 9, "lat": 59.91, "lon": 10.75},
//!     {"start": 13, "end": 19, "lat": 60.39, "lon": 5.32}]}"#;
//! let found = r#"{"id": "a", "toponyms": [
//!     {"start": 5, "end": 9, "lat": 59.91273, "lon": 10.74609},
//!     {"start": 13, "end": 19, "lat": 53.49, "lon": 10.22, "name": "Bergen"}]}"#;
//! # let (gold, found) = (&gold.replace('\n', " "), &found.replace('\n', " "));
//!
//! let gold = Gold::read("mine.jsonl", gold)?;
//! let report = Report::new(&gold, &Predictions::read("found.jsonl", found)?, &Options::default());
//! assert_eq!(report.figures.recognition.exact.f1, 1.0);
//! assert_eq!(report.figures.end_to_end.f1, 0.5);
//! # Ok::<(), dateline::eval::EvalError>(())
//! ```

mod calibration;
mod confusion;
mod gold;
mod html;
mod judge;
mod lines;
mod numbers;
mod predicted;
mod score;
mod tables;
mod text;
mod worst;

use serde::Serialize;

pub use calibration::{Bin, Calibration};
pub use confusion::{Confusion, SenseTally, Tally};
pub use gold::{Gold, GoldArticle, GoldToponym, UNDECIDED};
pub use lines::EvalError;
pub use predicted::Predictions;
pub use score::{Figures, Rate, Recognition, Resolution, SenseFigures};
pub use worst::{JudgedMention, Verdict, WorstArticle};

/// How to measure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The predictions are of bare spans that were given: a mark without an answer is as wrong as can be.
    pub given: bool,
    /// Predicted kinds that do not count, where the gold does not mark them: `demonym`.
    pub drop_kinds: Vec<String>,
    /// How many of the worst articles to report on.
    pub worst: usize,
}

/// How well mentions agree with the gold, and where they do not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Report {
    /// The figures of the literature.
    pub figures: Figures,
    /// Where it goes wrong.
    pub confusion: Confusion,
    /// Whether scores say how often they are right; `None` where there are none.
    pub calibration: Option<Calibration>,
    /// The articles with most mistakes, worst first.
    pub worst: Vec<WorstArticle>,
}

impl Report {
    /// Holds predictions against the gold.
    pub fn new(gold: &Gold, predictions: &Predictions, options: &Options) -> Self {
        let articles = judge::judge(gold, predictions, options);
        Self {
            figures: score::figures(&articles, options.given),
            confusion: confusion::confusion(&articles),
            calibration: calibration::calibration(&articles),
            worst: worst::worst(&articles, options.worst),
        }
    }

    /// A page to look at, whole in one file: figures, calibration, confusion, and the worst articles with every
    /// mention marked. `title` heads it.
    ///
    /// ```
    /// # use dateline::eval::{Gold, Options, Predictions, Report};
    /// # let gold = r#"{"id":"a","text":"In Oslo.","toponyms":[{"start":3,"end":7}]}"#;
    /// # let gold = Gold::read("mine.jsonl", gold)?;
    /// let report = Report::new(&gold, &Predictions::default(), &Options { worst: 5, ..Options::default() });
    /// assert!(report.html("R&D").contains("<h1>R&amp;D</h1>"));
    /// # Ok::<(), dateline::eval::EvalError>(())
    /// ```
    pub fn html(&self, title: &str) -> String {
        html::page(self, title)
    }
}
