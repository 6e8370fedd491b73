//! An article set in type: paragraphs with their jobs, heights and places of mentions.
//! Paragraphs out of sight are known by an estimated height until they are laid out, so that an
//! article of ten megabytes opens as fast as one of ten lines.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Galley, Rect, Ui, pos2};

use crate::explore::{ParagraphRole, paragraphs};
use crate::model::{Geoparsed, Span};

use super::super::theme::{self, Tokens, size};

/// What a layout depends on; another value, another layout.
#[derive(Clone, Debug)]
pub(super) struct LayoutKey {
    pub article: usize,
    /// Kept, so that no other article can come to lie at its address.
    pub geoparsed: Arc<Geoparsed>,
    pub width: f32,
    pub type_size: f32,
    pub dark: bool,
    pub pixels_per_point: f32,
}

impl PartialEq for LayoutKey {
    fn eq(&self, other: &Self) -> bool {
        let sizes = |key: &Self| (key.article, key.width, key.type_size, key.dark, key.pixels_per_point);
        Arc::ptr_eq(&self.geoparsed, &other.geoparsed) && sizes(self) == sizes(other)
    }
}

/// A paragraph set in type.
pub(super) struct SetParagraph {
    pub span: Span,
    pub role: ParagraphRole,
    /// Numbers of the mentions that begin in it.
    pub mentions: Range<usize>,
    job: Arc<LayoutJob>,
    /// From the top of the text, points; follows from the heights above.
    pub top: f32,
    /// Without the gap below it.
    pub height: f32,
    exact: bool,
}

/// An article set in type.
pub(super) struct Typeset {
    pub key: LayoutKey,
    pub paragraphs: Vec<SetParagraph>,
    /// Whether most of its letters belong to a script that runs from right to left.
    pub leftward: bool,
    /// Height of everything, points.
    pub height: f32,
}

/// Words of a mention on one line: the box round them, and the baseline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub rect: Rect,
    pub baseline: f32,
}

impl Typeset {
    pub(super) fn new(key: LayoutKey, tokens: &Tokens) -> Self {
        let geoparsed = Arc::clone(&key.geoparsed);
        let mut set: Vec<SetParagraph> = Vec::new();
        for paragraph in paragraphs(&geoparsed.article) {
            let starts =
                |span: Span| geoparsed.mentions.partition_point(|mention| mention.span.start < span.start);
            let first = starts(paragraph.span);
            let last = starts(Span::new(paragraph.span.end, paragraph.span.end));
            let job = job(&geoparsed, paragraph.span, paragraph.role, &key, tokens);
            set.push(SetParagraph {
                span: paragraph.span,
                role: paragraph.role,
                mentions: first..last,
                height: estimate(&job, &key, paragraph.role),
                job: Arc::new(job),
                top: 0.0,
                exact: false,
            });
        }
        let leftward = runs_leftward(&geoparsed.article.text);
        let mut typeset = Self { key, paragraphs: set, leftward, height: 0.0 };
        typeset.stack();
        typeset
    }

    /// Works the tops out from the heights.
    fn stack(&mut self) {
        let mut top = 0.0;
        let mut before: Option<ParagraphRole> = None;
        for paragraph in &mut self.paragraphs {
            if let Some(before) = before {
                top += gap(before, paragraph.role, self.key.type_size);
            }
            paragraph.top = top;
            top += paragraph.height;
            before = Some(paragraph.role);
        }
        self.height = top;
    }

    /// The paragraphs that show between two heights.
    pub(super) fn between(&self, top: f32, bottom: f32) -> Range<usize> {
        let first = self.paragraphs.partition_point(|paragraph| paragraph.top + paragraph.height < top);
        let last = self.paragraphs.partition_point(|paragraph| paragraph.top <= bottom);
        first..last.max(first)
    }

    /// Lays out the paragraphs between two heights; answers how far the text above `top` moved down.
    pub(super) fn settle(&mut self, ui: &Ui, top: f32, bottom: f32) -> f32 {
        let mut moved = 0.0;
        for _ in 0..4 {
            let range = self.between(top + moved, bottom + moved);
            let mut changed = false;
            for index in range {
                changed |= !self.paragraphs[index].exact;
                moved += self.measure(ui, index, top + moved);
            }
            if !changed {
                break;
            }
            self.stack();
        }
        moved
    }

    /// Lays out one paragraph; answers by how much it grew where it lies above `top`.
    fn measure(&mut self, ui: &Ui, index: usize, top: f32) -> f32 {
        let galley = self.galley(ui, index);
        let paragraph = &mut self.paragraphs[index];
        let grown = galley.size().y - paragraph.height;
        paragraph.height = galley.size().y;
        paragraph.exact = true;
        if paragraph.top + paragraph.height < top { grown } else { 0.0 }
    }

    /// The paragraph's galley, from egui's cache where it was drawn in the last frame.
    pub(super) fn galley(&self, ui: &Ui, index: usize) -> Arc<Galley> {
        let job = &self.paragraphs[index].job;
        ui.ctx().fonts_mut(|fonts| fonts.layout_job(LayoutJob::clone(job)))
    }

    /// Where the mention begins: paragraph and height from the top of the text.
    pub(super) fn find(&self, at: usize) -> Option<usize> {
        self.paragraphs.iter().position(|paragraph| paragraph.span.start <= at && at < paragraph.span.end)
    }
}

fn gap(above: ParagraphRole, below: ParagraphRole, type_size: f32) -> f32 {
    use ParagraphRole::{Boilerplate, Headline};
    match (above, below) {
        (Headline, _) => type_size * 1.1,
        (Boilerplate, Boilerplate) => 2.0,
        _ => (type_size * 0.7).round(),
    }
}

/// Height before anything is laid out, from the number of characters.
fn estimate(job: &LayoutJob, key: &LayoutKey, role: ParagraphRole) -> f32 {
    let (points, leading) = type_of(role, key.type_size);
    let per_line = (key.width / (points * 0.47)).max(8.0);
    (job.text.chars().count() as f32 / per_line).ceil().max(1.0) * leading
}

/// Type size and leading, points.
fn type_of(role: ParagraphRole, type_size: f32) -> (f32, f32) {
    let scale = type_size / size::READING;
    match role {
        ParagraphRole::Headline => ((size::HEADLINE * scale).round(), (32.0 * scale).round()),
        ParagraphRole::Body => (type_size, (type_size * 26.0 / 17.0).round()),
        ParagraphRole::Boilerplate => (12.5 * scale, (18.0 * scale).round()),
    }
}

fn format(role: ParagraphRole, type_size: f32, colour: Color32) -> TextFormat {
    let (points, leading) = type_of(role, type_size);
    let font = match role {
        ParagraphRole::Headline => theme::serif_semibold(points),
        ParagraphRole::Body => theme::serif(points),
        ParagraphRole::Boilerplate => egui::FontId::proportional(points),
    };
    TextFormat { font_id: font, color: colour, line_height: Some(leading), ..TextFormat::default() }
}

/// The paragraph's text with what is not part of the article dimmed.
fn job(
    geoparsed: &Geoparsed,
    span: Span,
    role: ParagraphRole,
    key: &LayoutKey,
    tokens: &Tokens,
) -> LayoutJob {
    let article = &geoparsed.article;
    let mut job = LayoutJob { wrap: TextWrapping::wrap_at_width(key.width), ..LayoutJob::default() };
    let mut append = |from: usize, to: usize, colour: Color32, role: ParagraphRole| {
        // One character stays one character, so that offsets keep their meaning.
        let text = Span::new(from, to).of(&article.text).replace(['\n', '\r', '\t'], " ");
        if !text.is_empty() {
            job.append(&text, 0.0, format(role, key.type_size, colour));
        }
    };
    if role == ParagraphRole::Boilerplate {
        append(span.start, span.end, tokens.dimmed, role);
        return job;
    }
    let mut at = span.start;
    let first = article.boilerplate.partition_point(|noise| noise.end <= span.start);
    for noise in article.boilerplate[first..].iter().take_while(|noise| noise.start < span.end) {
        let (from, to) = (noise.start.max(at), noise.end.min(span.end));
        append(at, from, tokens.text, role);
        append(from, to, tokens.dimmed, ParagraphRole::Boilerplate);
        at = to.max(at);
    }
    append(at, span.end, tokens.text, role);
    job
}

/// The boxes round a span of a paragraph, one a line, from the galley's corner.
pub(super) fn pieces(galley: &Galley, text: &str, paragraph: Span, span: Span) -> Vec<Piece> {
    let chars = |from: usize, to: usize| Span::new(from, to).of(text).chars().count();
    let first = chars(paragraph.start, span.start);
    let last = first + chars(span.start, span.end.min(paragraph.end));
    let mut pieces = Vec::new();
    let mut at = 0;
    for placed in &galley.rows {
        let count = placed.row.glyphs.len();
        let (from, to) = (first.max(at), last.min(at + count));
        if from < to {
            let glyphs = &placed.row.glyphs[from - at..to - at];
            let mut rect = Rect::NOTHING;
            for glyph in glyphs.iter().filter(|glyph| !glyph.chr.is_whitespace()) {
                rect.extend_with_x(glyph.pos.x);
                rect.extend_with_x(glyph.max_x());
            }
            if rect.min.x <= rect.max.x {
                let top = placed.pos.y;
                let baseline = top + glyphs[0].pos.y;
                let rect = Rect::from_min_max(
                    pos2(placed.pos.x + rect.min.x, top),
                    pos2(placed.pos.x + rect.max.x, top + placed.row.height()),
                );
                pieces.push(Piece { rect, baseline });
            }
        }
        at += count;
        if at >= last {
            break;
        }
    }
    pieces
}

/// Whether most letters of the text are Hebrew, Arabic or of their kin. The start tells enough.
fn runs_leftward(text: &str) -> bool {
    let (mut all, mut leftward) = (0, 0);
    for letter in text.chars().filter(|c| c.is_alphabetic()).take(2000) {
        all += 1;
        let kin = matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}');
        leftward += usize::from(kin);
    }
    leftward * 2 > all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_that_run_leftward_are_known() {
        let check = |text: &str, expected: bool| assert_eq!(runs_leftward(text), expected, "{text}");
        check("القاهرة تستضيف محادثات", true);
        check("שיחות בירושלים Tel", true);
        check("Talks in Jerusalem (القدس)", false);
        check("", false);
    }
}
