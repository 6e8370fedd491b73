//! A report for the terminal.

use crate::model::words::counted;
use std::fmt;

use super::tables::{self, Table};
use super::{Figures, JudgedMention, Report, WorstArticle};

/// Columns of a table's numbers.
const GAP: &str = "  ";

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\n", tables::extent(self))?;
        rows(f, &tables::rates(self))?;
        let sentences = tables::sentences(self);
        if !sentences.is_empty() {
            writeln!(f)?;
        }
        sentences.iter().try_for_each(|sentence| writeln!(f, "{sentence}"))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.figures)?;
        if let Some(calibration) = &self.calibration {
            table(f, &tables::calibration(calibration))?;
            writeln!(f, "Expected calibration error {:.4}.", calibration.error)?;
        }
        tables::details(self).iter().try_for_each(|details| table(f, details))?;
        if !self.worst.is_empty() {
            writeln!(f, "\nWorst articles")?;
        }
        self.worst.iter().try_for_each(|worst| article(f, worst))
    }
}

fn table(f: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    writeln!(f, "\n{}\n", table.title)?;
    rows(f, table)
}

/// The first column to the left, numbers to the right.
fn rows(f: &mut fmt::Formatter<'_>, table: &Table) -> fmt::Result {
    let width = |column: usize| {
        let cells = table.rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(table.head.get(column).map(|cell| cell.chars().count())).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..table.head.len()).map(width).collect();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (column, (cell, &width)) in cells.zip(&widths).enumerate() {
            match column {
                0 => write!(f, "{GAP}{cell:width$}")?,
                _ => write!(f, "{GAP}{cell:>width$}")?,
            }
        }
        writeln!(f)
    };
    line(&mut table.head.iter().copied())?;
    table.rows.iter().try_for_each(|row| line(&mut row.iter().map(String::as_str)))
}

fn article(f: &mut fmt::Formatter<'_>, article: &WorstArticle) -> fmt::Result {
    let title = article.title.as_deref().map(|title| format!(" “{}”", one_line(title))).unwrap_or_default();
    let mistakes = counted(article.mistakes, "mistake");
    writeln!(f, "\n  {}{title}: {mistakes}, F1 of places {:.2}", one_line(&article.id), article.f1)?;
    article.mistakes().into_iter().try_for_each(|(at, times)| {
        let mention = &article.mentions[at];
        writeln!(f, "    {:8}  {}", mention.verdict.as_str(), one_line(&said(mention, times)))
    })
}

/// What became of a mention, in a line: *Paris (at 120): Paris, France, 7931 km from Paris, Texas – the most
/// populous of 7 places called Paris*.
fn said(mention: &JudgedMention, times: usize) -> String {
    let mut said = format!("{} (at {}", mention.words, mention.span.start);
    if times > 1 {
        said += &format!(", {times} times");
    }
    said += ")";
    if let Some(found) = &mention.found_as {
        said += &format!(", found as “{found}”");
    }
    if let Some(details) = mention.details() {
        said += ": ";
        said += &details;
    }
    said
}

/// Words with runs of white space made one space, as a line of a terminal wants them.
fn one_line(words: &str) -> String {
    words
        .split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}
