//! Letters to lines: what stands on one height, parted where a gutter runs between columns.
//! A gutter is known by its height: no letter stands in it for many lines. Cells of tables are short, and stay together.

use super::letters::{Letter, is_right_to_left};

/// A line of a column.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub text: String,
    pub left: f32,
    pub right: f32,
    pub base: f32,
    pub size: f32,
    /// The width of its first word.
    pub first: f32,
    /// Lines of the same number stand on one height.
    pub row: usize,
    /// A header, a footer, a page number.
    pub furniture: bool,
}

/// Letters that were written side by side.
struct Chunk {
    letters: Vec<Letter>,
    left: f32,
    right: f32,
    base: f32,
    size: f32,
}

/// Gap between words, in sizes of the font.
const WORD: f32 = 0.2;

/// Gap below which letters are side by side even with a space between.
const TOUCHING: f32 = 0.09;

/// Gap between cells of a table.
const CELL: f32 = 1.6;

/// Chunks beyond which a page is no page, and is not looked at for columns.
const MOST_CHUNKS: usize = 20_000;

/// The lines of letters that are turned one way, from above.
pub(super) fn lines(letters: &[Letter]) -> Vec<Line> {
    let chunks = chunks(letters);
    let gutters = if chunks.len() <= MOST_CHUNKS { Gutters::of(&chunks) } else { Gutters::default() };
    let mut lines = Vec::new();
    for (row, mut chunks) in rows(chunks).into_iter().enumerate() {
        chunks.sort_by(|a, b| a.left.total_cmp(&b.left));
        let mut column: Vec<Chunk> = Vec::new();
        for chunk in chunks {
            if let Some(last) = column.last() {
                if is_double(last, &chunk) {
                    continue;
                }
                if gutters.part(last, &chunk) {
                    lines.extend(line(std::mem::take(&mut column), row));
                }
            }
            column.push(chunk);
        }
        lines.extend(line(column, row));
    }
    lines
}

fn chunks(letters: &[Letter]) -> Vec<Chunk> {
    let mut chunks: Vec<Chunk> = Vec::new();
    for &letter in letters {
        let gap = chunks.last().map(|chunk| (letter.left - chunk.right) / letter.size);
        match chunks.last_mut() {
            Some(chunk)
                if gap.is_some_and(|gap| (-0.3..WORD).contains(&gap))
                    && (letter.base - chunk.base).abs() < 0.1 * chunk.size
                    && (letter.size - chunk.size).abs() < 0.05 * chunk.size
                    && !(letter.letter == ' ' && letter.right - letter.left > letter.size) =>
            {
                chunk.right = chunk.right.max(letter.right);
                chunk.letters.push(letter);
            }
            _ if letter.letter == ' ' => {}
            _ => chunks.push(Chunk {
                letters: vec![letter],
                left: letter.left,
                right: letter.right,
                base: letter.base,
                size: letter.size,
            }),
        }
    }
    for chunk in &mut chunks {
        while chunk.letters.last().is_some_and(|letter| letter.letter == ' ') {
            chunk.letters.pop();
        }
        chunk.right = chunk.letters.last().map_or(chunk.right, |letter| letter.right);
    }
    chunks
}

/// Bold print that is made by printing twice.
fn is_double(a: &Chunk, b: &Chunk) -> bool {
    (a.left - b.left).abs() < 0.2 * a.size
        && (a.base - b.base).abs() < 0.2 * a.size
        && a.letters.iter().map(|letter| letter.letter).eq(b.letters.iter().map(|letter| letter.letter))
}

/// Chunks by the height on which they stand: a small figure above the line belongs to it.
fn rows(mut chunks: Vec<Chunk>) -> Vec<Vec<Chunk>> {
    chunks.sort_by(|a, b| a.base.total_cmp(&b.base));
    let mut rows: Vec<Vec<Chunk>> = Vec::new();
    let (mut base, mut size) = (0.0f32, 0.0f32);
    for chunk in chunks {
        let overlap = (base + 0.2 * size).min(chunk.base + 0.2 * chunk.size)
            - (base - 0.7 * size).max(chunk.base - 0.7 * chunk.size);
        let same = overlap > 0.5 * 0.9 * chunk.size.min(size);
        match rows.last_mut().filter(|_| same) {
            Some(row) => {
                if chunk.size > size {
                    (base, size) = (chunk.base, chunk.size);
                }
                row.push(chunk);
            }
            None => {
                (base, size) = (chunk.base, chunk.size);
                rows.push(vec![chunk]);
            }
        }
    }
    rows
}

fn line(chunks: Vec<Chunk>, row: usize) -> Option<Line> {
    let largest = chunks.iter().max_by(|a, b| weight(a).total_cmp(&weight(b)))?;
    let (base, size) = (largest.base, largest.size);
    let left = chunks.first()?.left;
    let right = chunks.iter().fold(left, |right, chunk| right.max(chunk.right));
    let mut text = String::new();
    let mut end = None;
    let mut first = None;
    let mut spaced = false;
    for letter in chunks.iter().flat_map(|chunk| &chunk.letters) {
        if letter.letter == ' ' {
            spaced = true;
            continue;
        }
        let gap = end.map_or(0.0, |end: f32| letter.left - end);
        // Some programs move letters closer with a space that has no width.
        let least = if std::mem::take(&mut spaced) { TOUCHING } else { WORD };
        if end.is_some() && gap > least * letter.size.min(size) {
            first = first.or(end.map(|end| end - left));
            text.push(if gap > CELL * size { '\t' } else { ' ' });
        }
        let raised = letter.size < 0.8 * size && base - letter.base > 0.15 * size;
        text.push(if raised { superscript(letter.letter) } else { letter.letter });
        end = Some(letter.right);
    }
    let text = logical(&text);
    let line =
        Line { text, left, right, base, size, first: first.unwrap_or(right - left), row, furniture: false };
    (!line.text.is_empty()).then_some(line)
}

/// A figure above the line: "said.¹" is not "said.1", and "km²" not "km2".
fn superscript(letter: char) -> char {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    letter.to_digit(10).and_then(|digit| FIGURES.get(digit as usize).copied()).unwrap_or(letter)
}

fn weight(chunk: &Chunk) -> f32 {
    chunk.size * chunk.letters.len() as f32
}

/// Whether most letters are written from right to left.
pub(super) fn runs_left(text: &str) -> bool {
    let from_right = text.chars().filter(|&c| is_right_to_left(c)).count();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    from_right * 2 > letters
}

/// Text as it stands, from left to right, as it is read: where most is read from the right, all is turned, and then
/// names in Latin letters, and numbers, are turned back.
fn logical(text: &str) -> String {
    if !runs_left(text) {
        return text.to_owned();
    }
    let onward = |c: char| c.is_alphanumeric() && !is_right_to_left(c);
    let mut out = String::with_capacity(text.len());
    let mut kept: Vec<char> = Vec::new();
    let mut pending: Vec<char> = Vec::new();
    for c in text.chars().rev() {
        match c {
            c if onward(c) => {
                kept.append(&mut pending);
                kept.push(c);
            }
            // What stands within a name or a number, if more of it follows.
            '.' | ',' | ':' | '/' | '-' | ' ' | '\'' if !kept.is_empty() && pending.is_empty() => {
                pending.push(c)
            }
            _ => {
                out.extend(kept.drain(..).rev());
                out.extend(pending.drain(..));
                out.push(c);
            }
        }
    }
    out.extend(kept.drain(..).rev());
    out.extend(pending);
    out
}

/// The gutters of a page: for each step across it, the heights at which nothing stands.
#[derive(Default)]
struct Gutters {
    step: f32,
    start: f32,
    empty: Vec<Vec<(f32, f32)>>,
}

/// How wide a gutter is at least, in steps of a quarter of the usual size.
const WIDTH: usize = 3;

/// How high a gutter is at least, in usual sizes: five lines.
const HEIGHT: f32 = 6.0;

/// How wide columns are at least, on the average, in usual sizes: cells of tables are shorter.
const COLUMN: f32 = 8.0;

/// Most steps across a page.
const MOST_STEPS: usize = 1000;

impl Gutters {
    fn of(chunks: &[Chunk]) -> Self {
        let mut sizes: Vec<f32> = chunks.iter().map(|chunk| chunk.size).collect();
        sizes.sort_by(f32::total_cmp);
        let Some(&usual) = sizes.get(sizes.len() / 2) else { return Self::default() };
        let start = chunks.iter().fold(f32::MAX, |start, chunk| start.min(chunk.left));
        let end = chunks.iter().fold(f32::MIN, |end, chunk| end.max(chunk.right));
        let step = (usual / 4.0).max((end - start) / MOST_STEPS as f32);
        let count = ((end - start) / step) as usize + 1;
        let mut crossing: Vec<Vec<(f32, f32)>> = vec![Vec::new(); count];
        for chunk in chunks {
            let from = ((chunk.left - start) / step) as usize;
            let to = ((chunk.right - start) / step) as usize;
            for heights in crossing.iter_mut().take(to + 1).skip(from) {
                heights.push((chunk.base - 0.7 * chunk.size, chunk.base + 0.2 * chunk.size));
            }
        }
        let empty =
            (0..count).map(|at| empty(crossing.get(at..at + WIDTH).unwrap_or_default(), HEIGHT * usual));
        let mut gutters = Gutters { step, start, empty: empty.collect() };
        gutters.keep_columns(chunks, usual);
        gutters
    }

    /// Drops what has tables beside it, or the margin.
    fn keep_columns(&mut self, chunks: &[Chunk], usual: f32) {
        let reach = 30.0 * usual;
        for (at, heights) in self.empty.iter_mut().enumerate() {
            let x = self.start + self.step * at as f32;
            heights.retain(|&(top, bottom)| {
                let (mut left, mut right) = (0.0, 0.0);
                let (mut tops, mut last) = (0usize, f32::MIN);
                let mut bases: Vec<f32> = Vec::new();
                for chunk in chunks.iter().filter(|chunk| chunk.base > top && chunk.base <= bottom) {
                    let width = chunk.right - chunk.left;
                    if chunk.right <= x + self.step && chunk.right > x - reach {
                        left += width;
                    } else if chunk.left >= x && chunk.left < x + reach {
                        right += width;
                    } else {
                        continue;
                    }
                    bases.push(chunk.base);
                }
                bases.sort_by(f32::total_cmp);
                for base in bases {
                    if base - last > 0.5 * usual {
                        tops += 1;
                        last = base;
                    }
                }
                let least = COLUMN * usual * (tops as f32).max(1.0) * 0.5;
                left > least && right > least
            });
        }
    }

    /// Whether a gutter runs between two neighbours on a line.
    fn part(&self, a: &Chunk, b: &Chunk) -> bool {
        if self.step <= 0.0 || b.left <= a.right {
            return false;
        }
        let from = ((a.right - self.start) / self.step).max(0.0) as usize;
        let to = ((b.left - self.start) / self.step) as usize;
        let base = a.base.min(b.base) - 0.2 * a.size.min(b.size);
        let strip = self.empty.get(from..=to.min(self.empty.len().saturating_sub(1))).unwrap_or_default();
        strip.iter().any(|heights| heights.iter().any(|&(top, bottom)| top <= base && base <= bottom))
    }
}

/// The heights, at least so high, that nothing crosses.
fn empty(crossing: &[Vec<(f32, f32)>], least: f32) -> Vec<(f32, f32)> {
    if crossing.len() < WIDTH {
        return Vec::new();
    }
    let mut heights: Vec<(f32, f32)> = crossing.iter().flatten().copied().collect();
    heights.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut found = Vec::new();
    let mut from = f32::MIN / 4.0;
    for (top, bottom) in heights {
        if top - from >= least {
            found.push((from, top));
        }
        from = from.max(bottom);
    }
    found.push((from, f32::MAX / 4.0));
    found
}
