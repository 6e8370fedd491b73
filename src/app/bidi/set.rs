//! A paragraph broken into lines and each line put in order.
//! Lines are filled in the order of reading and only then put in order, as the algorithm demands: what
//! stands last in a line is seldom at its end.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{ByteIndex, LayoutJob, LayoutSection, TextFormat, TextWrapping};
use egui::{Galley, Pos2, Rangef, Rect, pos2};
use unicode_bidi::Level;

use super::measure::Measured;
use super::order::{Atom, atoms, visual};

/// What measures a word: text, type, whether it runs from right to left.
pub(super) type Measure<'a> = dyn FnMut(&str, &TextFormat, bool) -> Measured + 'a;

/// Where a letter stands on its line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Letter {
    /// From the left edge of the column, points.
    pub x: Rangef,
    /// Whether it runs from right to left.
    pub leftward: bool,
}

/// A paragraph in lines, words where they are read.
#[derive(Clone, Debug)]
pub(crate) struct Mixed {
    /// What egui is to draw: the words of each line from left to right.
    pub job: Arc<LayoutJob>,
    /// Of each line, its characters in the paragraph.
    lines: Vec<Range<usize>>,
    /// Of each character of the paragraph.
    letters: Vec<Letter>,
}

/// An atom with its type and its measures.
struct Word<'a> {
    atom: Atom,
    format: &'a TextFormat,
    measured: Measured,
    /// Its characters in the paragraph.
    chars: Range<usize>,
}

impl Mixed {
    /// Sets a paragraph at this width, in at most so many lines; `sides`: from the side on which it begins.
    pub(super) fn set(
        job: &LayoutJob,
        width: f32,
        most: usize,
        sides: bool,
        measure: &mut Measure<'_>,
    ) -> Mixed {
        let text = &job.text;
        let cuts: Vec<usize> = job.sections.iter().map(|section| section.byte_range.start.0).collect();
        let (atoms, base) = atoms(text, &cuts);
        let mut words: Vec<Word<'_>> = Vec::with_capacity(atoms.len());
        for atom in atoms {
            for atom in fitting(text, atom, width, job, measure) {
                let Some(format) = format_at(job, atom.bytes.start) else { continue };
                let measured = measure(&atom.shown(text), format, atom.leftward());
                let first = words.last().map_or(0, |word| word.chars.end);
                let chars = first..first + text[atom.bytes.clone()].chars().count();
                words.push(Word { atom, format, measured, chars });
            }
        }
        let mut lines = broken(&words, width);
        let cut = (lines.len() > most).then(|| shortened(&words, &mut lines, most, width, measure));
        let mut setter = Setter::new(text, base, width, sides);
        for (number, line) in lines.iter().enumerate() {
            let ellipsis = cut.as_ref().filter(|_| number + 1 == lines.len());
            setter.line(&words[line.clone()], ellipsis);
        }
        setter.finish()
    }

    /// Of each line its number and its characters.
    pub(crate) fn lines(&self) -> impl Iterator<Item = (usize, Range<usize>)> + '_ {
        self.lines.iter().cloned().enumerate()
    }

    /// Where the characters of a line stand.
    pub(crate) fn letters(&self, chars: Range<usize>) -> &[Letter] {
        self.letters.get(chars).unwrap_or(&[])
    }

    /// The boxes round characters of the paragraph, from the galley's corner: where directions mix, one stretch
    /// of text can stand in several places of a line.
    pub(crate) fn boxes(&self, galley: &Galley, chars: Range<usize>) -> Vec<Rect> {
        let mut boxes = Vec::new();
        for (number, line) in self.lines() {
            let (from, to) = (line.start.max(chars.start), line.end.min(chars.end));
            let Some(row) = galley.rows.get(number).filter(|_| from < to) else { continue };
            let mut stretches: Vec<Rangef> = self.letters(from..to).iter().map(|letter| letter.x).collect();
            stretches.sort_by(|a, b| a.min.total_cmp(&b.min));
            let mut joined: Vec<Rangef> = Vec::new();
            for stretch in stretches {
                match joined.last_mut().filter(|last| stretch.min < last.max + 0.5) {
                    Some(last) => last.max = last.max.max(stretch.max),
                    None => joined.push(stretch),
                }
            }
            let (top, bottom) = (row.pos.y, row.pos.y + row.row.height());
            let place = |x: Rangef| Rect::from_min_max(pos2(x.min, top), pos2(x.max, bottom));
            boxes.extend(joined.into_iter().filter(|x| x.span() > 0.0).map(place));
        }
        boxes
    }

    /// The place between characters that is nearest to a point, from the galley's corner.
    pub(crate) fn char_at(&self, galley: &Galley, at: Pos2) -> usize {
        let below = |(number, _): &(usize, Range<usize>)| {
            galley.rows.get(*number).is_some_and(|row| at.y < row.pos.y + row.row.height())
        };
        let Some((_, line)) = self.lines().find(below).or_else(|| self.lines().last()) else {
            return 0;
        };
        nearest(self.letters(line.clone()), at.x).map_or(line.start, |offset| line.start + offset)
    }
}

/// Before which of the letters of a line a click at `x` goes.
pub(crate) fn nearest(letters: &[Letter], x: f32) -> Option<usize> {
    let gap = |letter: &Letter| (letter.x.min - x).max(x - letter.x.max).max(0.0);
    let wide = letters.iter().enumerate().filter(|(_, letter)| letter.x.span() > 0.0);
    let (number, letter) = wide.min_by(|(_, a), (_, b)| gap(a).total_cmp(&gap(b)))?;
    // Past the middle, in the direction of reading, it goes behind the letter.
    let behind = (x > letter.x.center()) != letter.leftward;
    Some(number + usize::from(behind))
}

fn format_at(job: &LayoutJob, byte: usize) -> Option<&TextFormat> {
    let after = job.sections.partition_point(|section| section.byte_range.start.0 <= byte);
    job.sections.get(after.checked_sub(1)?).map(|section| &section.format)
}

/// The atom, in pieces where it is wider than a line.
fn fitting(text: &str, atom: Atom, width: f32, job: &LayoutJob, measure: &mut Measure<'_>) -> Vec<Atom> {
    let words = &text[atom.bytes.clone()];
    let long = words.chars().nth(12).is_some() && !atom.space;
    let Some(format) = format_at(job, atom.bytes.start).filter(|_| long) else { return vec![atom] };
    let wide = measure(&atom.shown(text), format, atom.leftward()).width;
    if wide <= width || width <= 0.0 {
        return vec![atom];
    }
    let count = words.chars().count();
    let each = ((count as f32 * width / wide * 0.9) as usize).max(1);
    let mut pieces = Vec::new();
    let mut start = 0;
    while start < words.len() {
        let end = words[start..].char_indices().nth(each).map_or(words.len(), |(at, _)| start + at);
        let bytes = atom.bytes.start + start..atom.bytes.start + end;
        pieces.push(Atom { bytes, breaks: end < words.len() || atom.breaks, ..atom.clone() });
        start = end;
    }
    pieces
}

/// The words of each line, filled as far as they go; spaces hang over its end.
fn broken(words: &[Word<'_>], width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut wide) = (0, 0.0);
    // The last place where the line may end, and how wide it is from there on.
    let (mut end, mut after) = (0, 0.0);
    for (at, word) in words.iter().enumerate() {
        wide += word.measured.width;
        after += word.measured.width;
        if wide > width && !word.atom.space && end > start {
            lines.push(start..end);
            (start, wide) = (end, after);
        }
        if word.atom.space || word.atom.breaks {
            (end, after) = (at + 1, 0.0);
        }
    }
    if start < words.len() || lines.is_empty() {
        lines.push(start..words.len());
    }
    lines
}

/// Cuts what is more than so many lines; answers the ellipsis, which the last of them has room for.
fn shortened(
    words: &[Word<'_>],
    lines: &mut Vec<Range<usize>>,
    most: usize,
    width: f32,
    measure: &mut Measure<'_>,
) -> (Measured, TextFormat) {
    lines.truncate(most.max(1));
    let format = words.first().map_or_else(TextFormat::default, |word| word.format.clone());
    let ellipsis = measure("…", &format, false);
    if let Some(last) = lines.last_mut() {
        let room = width - ellipsis.width;
        let wide =
            |line: &Range<usize>| -> f32 { words[line.clone()].iter().map(|word| word.measured.width).sum() };
        while last.len() > 1 && (wide(last) > room || words[last.end - 1].atom.space) {
            last.end -= 1;
        }
    }
    (ellipsis, format)
}

/// Writes lines into a job, and down where their letters stand.
struct Setter<'a> {
    text: &'a str,
    base: Level,
    width: f32,
    sides: bool,
    job: LayoutJob,
    lines: Vec<Range<usize>>,
    letters: Vec<Letter>,
    /// Where the next word begins, from the left edge of the column.
    x: f32,
    /// Room before the next word that no word fills.
    lead: f32,
}

impl<'a> Setter<'a> {
    fn new(text: &'a str, base: Level, width: f32, sides: bool) -> Self {
        let job = LayoutJob { wrap: TextWrapping::no_max_width(), ..LayoutJob::default() };
        let nowhere = Letter { x: Rangef::new(0.0, 0.0), leftward: false };
        let letters = vec![nowhere; text.chars().count()];
        Self { text, base, width, sides, job, lines: Vec::new(), letters, x: 0.0, lead: 0.0 }
    }

    fn line(&mut self, words: &[Word<'_>], ellipsis: Option<&(Measured, TextFormat)>) {
        if let Some(section) = self.job.sections.last_mut() {
            self.job.text.push('\n');
            section.byte_range.end = ByteIndex(self.job.text.len());
        }
        let seen = words.iter().rposition(|word| !word.atom.space).map_or(0, |last| last + 1);
        let (seen, hanging) = words.split_at(seen);
        let leads = self.base.is_rtl();
        let wide: f32 = seen.iter().map(|word| word.measured.width).sum();
        let wide = wide + ellipsis.map_or(0.0, |(ellipsis, _)| ellipsis.width);
        self.lead = if leads && self.sides { (self.width - wide).max(0.0) } else { 0.0 };
        self.x = self.lead;
        if let Some((ellipsis, format)) = ellipsis.filter(|_| leads) {
            self.write("…", format, ellipsis.width);
        }
        let atoms: Vec<Atom> = seen.iter().map(|word| word.atom.clone()).collect();
        for word in visual(&atoms, self.base).into_iter().filter_map(|number| seen.get(number)) {
            self.note(word, self.x);
            let shown = word.atom.shown(self.text);
            self.write(&shown, word.format, word.measured.width);
        }
        if let Some((ellipsis, format)) = ellipsis.filter(|_| !leads) {
            self.write("…", format, ellipsis.width);
        }
        // Spaces at the end have no width, so that a line on the right ends in its margin.
        let end = if leads { self.width - wide } else { self.x };
        for word in hanging {
            let letter = Letter { x: Rangef::new(end, end), leftward: leads };
            self.letters[word.chars.clone()].fill(letter);
        }
        let chars = |word: Option<&Word<'_>>| word.map(|word| word.chars.clone()).unwrap_or_default();
        self.lines.push(chars(words.first()).start..chars(words.last()).end);
    }

    /// A word in a section of its own: shapes are fitted to one another within a section.
    fn write(&mut self, text: &str, format: &TextFormat, width: f32) {
        let start = ByteIndex(self.job.text.len());
        self.job.text.push_str(text);
        let byte_range = start..ByteIndex(self.job.text.len());
        let leading_space = std::mem::take(&mut self.lead);
        self.job.sections.push(LayoutSection { leading_space, byte_range, format: format.clone() });
        self.x += width;
    }

    fn note(&mut self, word: &Word<'_>, left: f32) {
        let places = self.letters[word.chars.clone()].iter_mut();
        for (letter, &x) in places.zip(&word.measured.letters) {
            let x = Rangef::new(left + x.min, left + x.max);
            *letter = Letter { x, leftward: word.atom.leftward() };
        }
    }

    fn finish(self) -> Mixed {
        Mixed { job: Arc::new(self.job), lines: self.lines, letters: self.letters }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every letter ten points wide.
    fn set(text: &str, width: f32, most: usize) -> Mixed {
        let job = LayoutJob::single_section(text.to_owned(), TextFormat::default());
        Mixed::set(&job, width, most, true, &mut |text, _, leftward| {
            let count = text.chars().count();
            let slot = |at: usize| (if leftward { count - 1 - at } else { at }) as f32 * 10.0;
            let letters = (0..count).map(|at| Rangef::new(slot(at), slot(at) + 10.0)).collect();
            Measured { width: count as f32 * 10.0, letters }
        })
    }

    #[test]
    fn lines_are_filled_in_order_of_reading_and_then_put_in_order() {
        let check = |text: &str, width: f32, most: usize, expected: &str| {
            assert_eq!(set(text, width, most).job.text, expected, "{text}");
        };
        check("אב גד הו", 300.0, 9, "הו גד אב");
        // The first word of an LTR name stays on the line where it is read.
        check("אב Tel Aviv גד", 70.0, 9, "Tel אב\nגד Aviv");
        check("אב (גד) הו", 70.0, 9, "(גד) אב\nהו");
        check("Tel אב גד Aviv", 60.0, 9, "Tel אב\nגד\nAviv");
        check("אב גד הו זח", 65.0, 1, "…גד אב");
        check("Tel אב גד הו", 75.0, 1, "Tel אב…");
        check("", 60.0, 9, "");
    }

    #[test]
    fn every_letter_has_its_place() {
        let mixed = set("אב TA, גד", 100.0, 9);
        // From the left: דג ,TA בא, against the right edge.
        let lefts: Vec<f32> = mixed.letters(0..9).iter().map(|letter| letter.x.min).collect();
        assert_eq!(lefts, [90.0, 80.0, 70.0, 50.0, 60.0, 40.0, 30.0, 20.0, 10.0]);
        let near = |x: f32| nearest(mixed.letters(0..9), x);
        assert_eq!((near(99.0), near(81.0), near(51.0), near(69.0)), (Some(0), Some(2), Some(3), Some(5)));
        assert_eq!(near(-40.0), Some(9));
    }

    #[test]
    fn what_is_wider_than_a_line_is_broken() {
        let mixed = set("א https://example.org/a/very/long/address ב", 120.0, 9);
        let widest = mixed.letters.iter().map(|letter| letter.x.max).fold(0.0, f32::max);
        assert!(widest <= 121.0, "{widest}");
        assert_eq!(mixed.lines.last().map(|line| line.end), Some(43));
    }
}
