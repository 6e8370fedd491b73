//! Lines to paragraphs, and pages to one text.
//! A sentence may run over a column's end, and over a page's: what parts pages is then all that stands between its
//! words, and the page's furniture stands before the paragraph that runs on.

use std::collections::BTreeSet;

use super::furniture::Page;
use super::lines::Line;
use super::order::Block;
use crate::model::Span;

/// A document's text.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub text: String,
    /// Headers, footers, page numbers.
    pub furniture: Vec<Span>,
    /// The largest print on the first page.
    pub headline: Option<Span>,
}

/// A paragraph, or what of it stands in one column.
#[derive(Debug)]
struct Paragraph {
    text: String,
    size: f32,
}

/// The text of all pages.
pub(super) fn of(pages: Vec<Page>) -> Prose {
    let compounds = compounds(&pages);
    let usual = usual_size(&pages);
    let mut prose = Prose::default();
    let mut largest = 1.15 * usual;
    let mut open: Option<Paragraph> = None;
    for (number, page) in pages.into_iter().enumerate() {
        let furniture: Vec<String> = furniture(&page);
        let mut paragraphs = paragraphs(page, &compounds);
        if number > 0 {
            let first =
                paragraphs.first_mut().filter(|first| open.as_ref().is_some_and(|open| runs_on(open, first)));
            turn_page(&mut prose.text, first, &compounds);
        }
        paragraphs.retain(|paragraph| !paragraph.text.is_empty());
        let last = paragraphs.pop();
        for paragraph in paragraphs {
            prose.add(&paragraph, number == 0, &mut largest);
        }
        let runs_over = last.as_ref().is_some_and(|last| !ends(&last.text));
        if runs_over {
            prose.add_furniture(&furniture);
        }
        if let Some(last) = &last {
            prose.add(last, number == 0, &mut largest);
        }
        if !runs_over {
            prose.add_furniture(&furniture);
        }
        open = last;
    }
    prose
}

impl Prose {
    fn append(&mut self, words: &str) -> Span {
        if !self.text.is_empty() && !self.text.ends_with('\u{c}') {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.text.push_str(words);
        Span::new(start, self.text.len())
    }

    fn add(&mut self, paragraph: &Paragraph, may_be_headline: bool, largest: &mut f32) {
        let span = self.append(&paragraph.text);
        let words = paragraph.text.split_whitespace().count();
        if may_be_headline && paragraph.size > *largest && (3..=40).contains(&words) {
            *largest = paragraph.size;
            self.headline = Some(span);
        }
    }

    fn add_furniture(&mut self, lines: &[String]) {
        for line in lines {
            let span = self.append(line);
            self.furniture.push(span);
        }
    }
}

/// Ends a page. A paragraph that runs on has nothing but the end of the page in it, and a word that is divided there is
/// put together before it.
fn turn_page(text: &mut String, continued: Option<&mut Paragraph>, compounds: &BTreeSet<String>) {
    let Some(next) = continued else {
        text.push_str("\n\n\u{c}");
        return;
    };
    if is_divided(text, &next.text) {
        let end = next.text.find(char::is_whitespace).unwrap_or(next.text.len());
        let rest = next.text.split_off(end);
        join(text, &std::mem::replace(&mut next.text, rest.trim_start().to_owned()), compounds);
    }
    text.push('\u{c}');
}

/// What of a page is furniture, as it stands from above.
fn furniture(page: &Page) -> Vec<String> {
    let lines = page.blocks.iter().flat_map(|block| &block.lines).filter(|line| line.furniture);
    lines.map(|line| line.text.clone()).collect()
}

/// The paragraphs of a page, those that run from one column on to the next put together.
fn paragraphs(page: Page, compounds: &BTreeSet<String>) -> Vec<Paragraph> {
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    for block in page.blocks {
        for (at, paragraph) in parted(block, compounds).into_iter().enumerate() {
            match paragraphs.last_mut().filter(|last| at == 0 && runs_on(last, &paragraph)) {
                Some(last) => join(&mut last.text, &paragraph.text, compounds),
                None => paragraphs.push(paragraph),
            }
        }
    }
    paragraphs
}

/// Whether a paragraph goes on in what follows it in another column, or on another page.
fn runs_on(a: &Paragraph, b: &Paragraph) -> bool {
    let alike = (0.92..1.09).contains(&(a.size / b.size));
    let inside = b.text.starts_with(|c: char| c.is_lowercase() || c.is_alphabetic() && !c.is_uppercase());
    let named = a.text.ends_with(|c: char| c.is_lowercase() || matches!(c, ',' | ';'))
        && a.text.len() > 60
        && b.text.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '“' | '"' | '('));
    alike && !ends(&a.text) && (inside || named || is_divided(&a.text, &b.text)) && a.text.len() > 20
}

/// Whether a text ends as a sentence does.
fn ends(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '”', '’', '\'', '»', ')', ']', '」', '』']);
    bare.ends_with(['.', '!', '?', '…', ':', '。', '！', '？', '।', '؟', '۔'])
}

/// The paragraphs of a block.
fn parted(block: Block, compounds: &BTreeSet<String>) -> Vec<Paragraph> {
    let mut lines: Vec<Line> = block.lines.into_iter().filter(|line| !line.furniture).collect();
    let shape = Shape::of(&lines);
    let items: Vec<bool> = lines.iter_mut().map(take_mark).collect();
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut in_list = false;
    for (at, line) in lines.iter().enumerate() {
        let item = items.get(at).copied().unwrap_or(false);
        let before = at.checked_sub(1).and_then(|before| lines.get(before));
        let anew = before.is_none_or(|before| item || shape.parts(before, line));
        // Items of a list, and rows of a table, stay one below the other.
        let close = before.is_some_and(|before| item && in_list || is_row(before, line));
        match paragraphs.last_mut() {
            Some(last) if anew && close => {
                last.text.push('\n');
                last.text.push_str(&line.text);
            }
            Some(last) if !anew => join(&mut last.text, &line.text, compounds),
            _ => paragraphs.push(Paragraph { text: line.text.clone(), size: line.size }),
        }
        in_list = item || in_list && !anew;
    }
    paragraphs
}

/// Takes the mark of an item from a line; whether there was one.
fn take_mark(line: &mut Line) -> bool {
    let Some(item) = line.text.strip_prefix(['•', '▪', '◦', '‣', '·']) else { return false };
    line.text = item.trim_start().to_owned();
    true
}

fn is_row(a: &Line, b: &Line) -> bool {
    a.text.contains('\t') && b.text.contains('\t')
}

/// How the lines of a block stand.
struct Shape {
    left: f32,
    right: f32,
    spacing: f32,
}

impl Shape {
    fn of(lines: &[Line]) -> Shape {
        let mut spacings: Vec<f32> =
            lines.windows(2).map(|pair| distance(pair.first(), pair.last())).collect();
        spacings.sort_by(f32::total_cmp);
        Shape {
            left: lines.iter().fold(f32::MAX, |left, line| left.min(line.left)),
            right: lines.iter().fold(f32::MIN, |right, line| right.max(line.right)),
            // Lines within paragraphs are as near as lines get, but for a chance.
            spacing: spacings.get(spacings.len() / 4).copied().unwrap_or(0.0),
        }
    }

    /// Whether a paragraph ends between two lines.
    fn parts(&self, a: &Line, b: &Line) -> bool {
        let gap = b.base - a.base > 1.3 * self.spacing && b.base - a.base > 1.35 * b.size;
        let indented = b.left > self.left + 0.7 * b.size && b.left - a.left > 0.5 * b.size;
        let room = self.right - a.right;
        let short = room > b.first + 0.8 * a.size && (ends(&a.text) || !is_inside(&b.text));
        gap || indented || short || a.text.contains('\t') || b.text.contains('\t')
    }
}

fn distance(a: Option<&Line>, b: Option<&Line>) -> f32 {
    a.zip(b).map_or(0.0, |(a, b)| b.base - a.base)
}

fn is_inside(text: &str) -> bool {
    text.starts_with(char::is_lowercase)
}

/// Whether the last word of a text goes on in the next.
fn is_divided(text: &str, next: &str) -> bool {
    let mut before = text.chars().rev();
    before.next().is_some_and(|c| matches!(c, '-' | '\u{ad}' | '‐'))
        && before.next().is_some_and(char::is_alphabetic)
        && next.starts_with(char::is_alphabetic)
}

/// Adds a line to a paragraph. A hyphen at the end of a line is the printer's, unless a capital follows it, or the
/// document has the word with a hyphen within a line.
fn join(text: &mut String, next: &str, compounds: &BTreeSet<String>) {
    if is_divided(text, next) {
        let soft = text.ends_with('\u{ad}');
        let head = text.rsplit(char::is_whitespace).next().unwrap_or("");
        let tail = next.split(|c: char| !c.is_alphanumeric() && c != '-').next().unwrap_or("");
        let compound = format!("{head}{tail}").to_lowercase();
        if soft || next.starts_with(char::is_lowercase) && !compounds.contains(&compound) {
            text.pop();
        }
        text.push_str(next);
        return;
    }
    // Chinese and Japanese have no spaces between words.
    let wide = |c: Option<char>| {
        c.is_some_and(
            |c| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}'),
        )
    };
    if !(text.is_empty() || wide(text.chars().next_back()) && wide(next.chars().next())) {
        text.push(' ');
    }
    text.push_str(next);
}

/// Words with a hyphen that stand within a line somewhere.
fn compounds(pages: &[Page]) -> BTreeSet<String> {
    let lines = pages.iter().flat_map(|page| &page.blocks).flat_map(|block| &block.lines);
    let words = lines.flat_map(|line| line.text.split_whitespace());
    let bare = words.map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
    bare.filter(|word| word.contains('-')).map(str::to_lowercase).collect()
}

/// The size of most letters.
fn usual_size(pages: &[Page]) -> f32 {
    let lines = pages.iter().flat_map(|page| &page.blocks).flat_map(|block| &block.lines);
    let mut sizes: Vec<(f32, usize)> = lines.map(|line| (line.size, line.text.len())).collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, length)| length).sum::<usize>() / 2;
    let mut passed = 0;
    let middle = sizes.iter().find(|(_, length)| {
        passed += length;
        passed > half
    });
    middle.map_or(10.0, |(size, _)| *size)
}
