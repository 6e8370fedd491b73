//! One paragraph set in type: what egui is to draw, and where its characters stand.
//! Lines with words from right to left are put in order first; there a stretch of text can stand in
//! several places.

use std::ops::Range;
use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Color32, Galley, Pos2, Rangef, Rect, Ui, pos2};

use crate::explore::{Paragraph, ParagraphRole};
use crate::model::{Article, Span};

use super::super::bidi::{self, Letter, Mixed};
use super::super::theme::{self, Tokens, size};
use super::layout::LayoutKey;

/// Words on one line: the box round them, and the baseline.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    pub rect: Rect,
    pub baseline: f32,
}

/// A paragraph set in type.
#[derive(Clone, Debug)]
pub(super) struct Set {
    job: Arc<LayoutJob>,
    mixed: Option<Mixed>,
    /// Whether it begins on the right.
    pub leftward: bool,
}

impl Set {
    pub(super) fn new(
        ui: &Ui,
        article: &Article,
        paragraph: Paragraph,
        key: &LayoutKey,
        tokens: &Tokens,
    ) -> Self {
        let job = job(article, paragraph, key, tokens);
        if !bidi::is_mixed(&job.text) {
            return Self { job: Arc::new(job), mixed: None, leftward: false };
        }
        let leftward = bidi::is_leftward(&job.text);
        let mixed = bidi::paragraph(ui.ctx(), &job, width(paragraph.role, key));
        Self { job: Arc::clone(&mixed.job), mixed: Some(mixed), leftward }
    }

    /// What egui draws, from its cache where it was drawn in the last frame.
    pub(super) fn galley(&self, ui: &Ui) -> Arc<Galley> {
        ui.ctx().fonts_mut(|fonts| fonts.layout_job(LayoutJob::clone(&self.job)))
    }

    /// The boxes round characters of the paragraph, from the galley's corner.
    pub(super) fn pieces(&self, galley: &Galley, chars: Range<usize>) -> Vec<Piece> {
        let rects = match &self.mixed {
            Some(mixed) => mixed.boxes(galley, chars),
            None => plain_boxes(galley, chars),
        };
        rects.into_iter().map(|rect| Piece { rect, baseline: baseline(galley, rect.center().y) }).collect()
    }

    /// The place between characters that is nearest to a point, from the galley's corner.
    pub(super) fn char_at(&self, galley: &Galley, at: Pos2) -> usize {
        if let Some(mixed) = &self.mixed {
            return mixed.char_at(galley, at);
        }
        let mut first = 0;
        let last = galley.rows.len().saturating_sub(1);
        for (number, placed) in galley.rows.iter().enumerate() {
            if at.y < placed.pos.y + placed.row.height() || number == last {
                let letter = |glyph: &egui::epaint::text::Glyph| Letter {
                    x: Rangef::new(placed.pos.x + glyph.pos.x, placed.pos.x + glyph.max_x()),
                    leftward: false,
                };
                let letters: Vec<Letter> = placed.row.glyphs.iter().map(letter).collect();
                return first + bidi::nearest(&letters, at.x).unwrap_or(0);
            }
            first += placed.row.glyphs.len();
        }
        first
    }
}

fn baseline(galley: &Galley, y: f32) -> f32 {
    let within = galley.rows.iter().find(|row| y < row.pos.y + row.row.height());
    let glyph = within.and_then(|row| Some((row.pos.y, row.row.glyphs.first()?)));
    glyph.map_or(y, |(top, glyph)| top + glyph.pos.y)
}

/// Boxes where characters stand in the order they are read in: one a line, without the space at its end.
fn plain_boxes(galley: &Galley, chars: Range<usize>) -> Vec<Rect> {
    let mut boxes = Vec::new();
    let mut at = 0;
    for placed in &galley.rows {
        let count = placed.row.glyphs.len();
        let (from, to) = (chars.start.max(at), chars.end.min(at + count));
        if from < to {
            let glyphs = &placed.row.glyphs[from - at..to - at];
            let last = glyphs.iter().rposition(|glyph| !glyph.chr.is_whitespace());
            if let Some((first, last)) = glyphs.first().zip(last.and_then(|last| glyphs.get(last))) {
                let (left, right) = (placed.pos.x + first.pos.x, placed.pos.x + last.max_x());
                let bottom = placed.pos.y + placed.row.height();
                boxes.push(Rect::from_min_max(pos2(left, placed.pos.y), pos2(right, bottom)));
            }
        }
        at += count;
        if at >= chars.end {
            break;
        }
    }
    boxes
}

/// Type size and leading of a role, points.
pub(super) fn type_of(role: ParagraphRole, type_size: f32) -> (f32, f32) {
    let scale = type_size / size::READING;
    match role {
        ParagraphRole::Headline => ((size::HEADLINE * scale).round(), (32.0 * scale).round()),
        ParagraphRole::Body | ParagraphRole::Item | ParagraphRole::Quote => {
            (type_size, (type_size * 26.0 / 17.0).round())
        }
        ParagraphRole::Boilerplate => (12.5 * scale, (18.0 * scale).round()),
    }
}

/// How far a paragraph stands in from the side on which it begins, points.
pub(super) fn indent(role: ParagraphRole, type_size: f32) -> f32 {
    match role {
        ParagraphRole::Quote => (type_size * 1.1).round(),
        ParagraphRole::Item => (type_size * 0.8).round(),
        ParagraphRole::Headline | ParagraphRole::Body | ParagraphRole::Boilerplate => 0.0,
    }
}

fn width(role: ParagraphRole, key: &LayoutKey) -> f32 {
    key.width - indent(role, key.type_size)
}

fn format(role: ParagraphRole, type_size: f32, colour: Color32) -> TextFormat {
    let (points, leading) = type_of(role, type_size);
    let font = match role {
        ParagraphRole::Headline => theme::serif_semibold(points),
        ParagraphRole::Body | ParagraphRole::Item | ParagraphRole::Quote => theme::serif(points),
        ParagraphRole::Boilerplate => egui::FontId::proportional(points),
    };
    TextFormat { font_id: font, color: colour, line_height: Some(leading), ..TextFormat::default() }
}

/// The paragraph's text with what is not part of the article dimmed.
fn job(article: &Article, paragraph: Paragraph, key: &LayoutKey, tokens: &Tokens) -> LayoutJob {
    let Paragraph { span, role, .. } = paragraph;
    let wrap = TextWrapping::wrap_at_width(width(role, key));
    let mut job = LayoutJob { wrap, ..LayoutJob::default() };
    let mut append = |from: usize, to: usize, colour: Color32, role: ParagraphRole| {
        let text = even(Span::new(from, to).of(&article.text));
        if !text.is_empty() {
            job.append(&text, 0.0, format(role, key.type_size, colour));
        }
    };
    if role == ParagraphRole::Boilerplate {
        append(span.start, span.end, tokens.dimmed, role);
        return job;
    }
    let colour = if role == ParagraphRole::Quote { tokens.quiet } else { tokens.text };
    let mut at = span.start;
    let first = article.boilerplate.partition_point(|noise| noise.end <= span.start);
    for noise in article.boilerplate[first..].iter().take_while(|noise| noise.start < span.end) {
        let (from, to) = (noise.start.max(at), noise.end.min(span.end));
        append(at, from, colour, role);
        append(from, to, tokens.dimmed, ParagraphRole::Boilerplate);
        at = to.max(at);
    }
    append(at, span.end, colour, role);
    job
}

/// White space as spaces. One character stays one character, so that offsets keep their meaning.
fn even(text: &str) -> String {
    let breaks =
        |c: char| matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{1c}'..='\u{1f}');
    text.replace(breaks, " ")
}
