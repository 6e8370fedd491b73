//! Headers, footers and page numbers: what stands at the edge of pages, and on most of them.

use std::collections::{BTreeMap, BTreeSet};

use super::lines::Line;
use super::order::Block;

/// A page in the order in which it is read.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub blocks: Vec<Block>,
    pub height: f32,
}

/// How many rows at the upper and at the lower edge may be furniture.
const ROWS: usize = 3;

/// Pages of a short document.
const FEW: usize = 5;

/// How much of the page the edge is.
const EDGE: f32 = 0.15;

/// Marks the furniture of all pages.
pub(super) fn mark(pages: &mut [Page]) {
    let edges: Vec<Edge> = pages.iter().map(Edge::of).collect();
    let mut repeats: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
    for (number, (page, edge)) in pages.iter().zip(&edges).enumerate() {
        for line in page.blocks.iter().flat_map(|block| &block.lines).filter(|line| edge.has(line.base)) {
            repeats.entry(key(&line.text)).or_default().insert(number);
        }
    }
    // The first page of a story often has no header.
    let enough = if pages.len() <= FEW { 2 } else { 3 };
    for (number, (page, edge)) in pages.iter_mut().zip(&edges).enumerate() {
        for line in page.blocks.iter_mut().flat_map(|block| &mut block.lines) {
            if edge.has(line.base) {
                let key = key(&line.text);
                let repeated = repeats.get(&key).is_some_and(|pages| pages.len() >= enough);
                let outermost = edge.is_outermost(line.base) && is_number(&key);
                line.furniture = repeated || outermost || number > 0 && edge.is_alone(line);
            }
        }
    }
}

/// The rows at the edges of a page.
struct Edge {
    upper: f32,
    lower: f32,
    highest: f32,
    lowest: f32,
    /// How far the next row is from the highest, and rows usually are.
    gap: f32,
    spacing: f32,
}

/// Words that a header may have at most.
const HEADER: usize = 10;

/// How far the text begins below a header, in distances of lines.
const APART: f32 = 1.6;

/// How far lines are apart at least, in sizes of the font.
const SPACING: f32 = 1.15;

impl Edge {
    fn of(page: &Page) -> Edge {
        let lines = page.blocks.iter().flat_map(|block| &block.lines);
        let mut bases: Vec<f32> = lines.map(|line| line.base).collect();
        bases.sort_by(f32::total_cmp);
        bases.dedup_by(|a, b| (*a - *b).abs() < 2.0);
        let at = |number: usize| bases.get(number).copied().unwrap_or(0.0);
        let last = bases.len().saturating_sub(1);
        let mut spacings: Vec<f32> =
            bases.windows(2).map(|pair| pair.iter().fold(0.0, |a, b| b - a)).collect();
        spacings.sort_by(f32::total_cmp);
        Edge {
            upper: at(last.min(ROWS - 1)).min(EDGE * page.height),
            lower: at(last.saturating_sub(ROWS - 1)).max((1.0 - EDGE) * page.height),
            highest: at(0),
            lowest: at(last),
            gap: at(1) - at(0),
            spacing: spacings.get(spacings.len() / 2).copied().unwrap_or(0.0),
        }
    }

    /// Whether it is a header that no other page has: on all but the first page, what stands alone over the text, in
    /// print that is no larger.
    fn is_alone(&self, line: &Line) -> bool {
        let short =
            line.text.split_whitespace().count() <= HEADER && !line.text.ends_with(['.', '!', '?', '-']);
        short && line.base <= self.highest + 2.0 && self.gap > APART * self.spacing.max(SPACING * line.size)
    }

    fn has(&self, base: f32) -> bool {
        base <= self.upper || base >= self.lower
    }

    fn is_outermost(&self, base: f32) -> bool {
        base <= self.highest + 2.0 || base >= self.lowest - 2.0
    }
}

/// A line as it is on every page: all numbers are one.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            c if c.is_numeric() && key.ends_with('#') => {}
            c if c.is_numeric() => key.push('#'),
            c if c.is_whitespace() => key.push(' '),
            c => key.push(c),
        }
    }
    key
}

/// "12", "– 12 –", "Page 3 of 10", "3/10".
fn is_number(key: &str) -> bool {
    const WORDS: [&str; 13] = [
        "page", "p.", "seite", "página", "pág.", "pagina", "sida", "side", "strona", "of", "de", "von", "sur",
    ];
    let words =
        key.split([' ', '/', '|']).map(|word| word.trim_matches(['-', '–', '—', '•', '[', ']', '(', ')']));
    let mut numbers = 0;
    for word in words.filter(|word| !word.is_empty()) {
        match word {
            "#" => numbers += 1,
            word if WORDS.contains(&word) => {}
            _ => return false,
        }
    }
    (1..=2).contains(&numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known() {
        let check = |text: &str, expected: bool| assert_eq!(is_number(&key(text)), expected, "{text}");
        check("12", true);
        check("– 3 –", true);
        check("Page 3 of 10", true);
        check("2/14", true);
        check("Seite 4", true);
        check("12 dead", false);
        check("", false);
        check("1 2 3", false);
    }
}
