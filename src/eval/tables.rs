//! The tables of a report, as words and numbers: the terminal and the page set the same ones.

use super::score::{Figures, Rate};
use super::{Calibration, Confusion, Report, Tally};
use crate::model::words::counted;

/// A table: the first column names its rows, the others are numbers.
pub(super) struct Table {
    pub(super) title: &'static str,
    pub(super) head: Vec<&'static str>,
    pub(super) rows: Vec<Vec<String>>,
}

/// Precision, recall and F1.
pub(super) fn rates(figures: &Figures) -> Table {
    let row = |name: &str, rate: &Rate| {
        let shares = [rate.precision, rate.recall, rate.f1].map(|share| format!("{share:.4}"));
        let counts = [rate.hits, rate.predicted, rate.gold].map(|count| count.to_string());
        std::iter::once(name.to_owned()).chain(shares).chain(counts).collect()
    };
    Table {
        title: "Figures",
        head: vec!["", "precision", "recall", "F1", "hits", "found", "gold"],
        rows: vec![
            row("mentions, exact bounds", &figures.recognition.exact),
            row("mentions, any overlap", &figures.recognition.overlapping),
            row("places within 161 km", &figures.end_to_end),
        ],
    }
}

/// Places and senses of what was found, each a sentence.
pub(super) fn sentences(figures: &Figures) -> Vec<String> {
    let resolution = figures.resolution.as_ref().map(|r| {
        format!(
            "Of {} places {:.4} lie within 161 km; they are off by {:.1} km (median), {:.1} km (mean); AUC {:.4}.",
            r.toponyms, r.acc161, r.median_km, r.mean_km, r.auc
        )
    });
    let sense = figures.sense.as_ref().map(|s| {
        format!(
            "Of {} senses {:.4} are right; one answer for all would have {:.4} right.",
            s.toponyms, s.accuracy, s.constant
        )
    });
    resolution.into_iter().chain(sense).collect()
}

/// How much there was to measure, a sentence.
pub(super) fn extent(figures: &Figures) -> String {
    let articles = counted(figures.documents, "article");
    let toponyms = counted(figures.recognition.exact.gold, "toponym");
    let extent = format!("{articles}, {toponyms}, {} of them with a place", figures.end_to_end.gold);
    match figures.documents_missing {
        0 => extent + ".",
        missing => format!("{extent}; nothing was predicted for {}.", counted(missing, "article")),
    }
}

/// Everything of the report that is a table and follows the figures.
pub(super) fn details(report: &Report) -> Vec<Table> {
    let Confusion { by_gold_kind, by_predicted_kind, by_feature, .. } = &report.confusion;
    // Nothing spurious has a marked kind, and nothing missed a predicted one.
    let tallies = [
        ("By sort of place", by_feature, &["found", "missed", "spurious", "right", "wrong", "unplaced"][..]),
        ("By marked kind", by_gold_kind, &["found", "missed", "right", "wrong", "unplaced"]),
        ("By predicted kind", by_predicted_kind, &["found", "spurious", "right", "wrong", "unplaced"]),
    ];
    let tallies = tallies.into_iter().filter(|(_, rows, _)| !rows.is_empty());
    let tables = tallies.map(|(title, rows, counted)| self::tallies(title, rows, counted));
    tables.chain(senses(&report.confusion)).collect()
}

fn tallies(title: &'static str, tallies: &[Tally], counted: &[&'static str]) -> Table {
    let count = |tally: &Tally, name: &str| match name {
        "found" => tally.found,
        "missed" => tally.missed,
        "spurious" => tally.spurious,
        "right" => tally.right,
        "wrong" => tally.wrong,
        _ => tally.unplaced,
    };
    let row = |tally: &Tally| {
        let counts = counted.iter().map(|name| count(tally, name).to_string());
        std::iter::once(tally.name.clone()).chain(counts).collect()
    };
    Table {
        title,
        head: std::iter::once("").chain(counted.iter().copied()).collect(),
        rows: tallies.iter().map(row).collect(),
    }
}

fn senses(confusion: &Confusion) -> Option<Table> {
    let rows = confusion.senses.iter().map(|tally| {
        let counts = [tally.literal, tally.associative, tally.silent].map(|count| count.to_string());
        std::iter::once(tally.gold.clone()).chain(counts).collect()
    });
    (!confusion.senses.is_empty()).then(|| Table {
        title: "Sense: marked (rows), predicted (columns)",
        head: vec!["", "literal", "associative", "none"],
        rows: rows.collect(),
    })
}

/// Scores and how often they are right.
pub(super) fn calibration(calibration: &Calibration) -> Table {
    let row = |bin: &super::Bin| {
        vec![
            format!("{:.4} to {:.4}", bin.from, bin.to),
            bin.mentions.to_string(),
            format!("{:.4}", bin.score),
            format!("{:.4}", bin.right),
            format!("{:+.4}", bin.right - bin.score),
        ]
    };
    Table {
        title: "Calibration",
        head: vec!["score", "mentions", "mean score", "share right", "difference"],
        rows: calibration.bins.iter().map(row).collect(),
    }
}
