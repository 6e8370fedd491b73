//! The letters of a page, where they stand.
//! The interpreter of a page cannot be told to stop: past its share of work it is unwound, and the document refused.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};
use unicode_normalization::UnicodeNormalization;

/// A letter on a page, in points from its left upper corner, once the page is turned so that the letter stands upright.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Letter {
    pub letter: char,
    /// Where it begins, and where the next one would.
    pub left: f32,
    pub right: f32,
    /// The line that it stands on, downwards.
    pub base: f32,
    /// The height of its font.
    pub size: f32,
    /// How far the page is turned for it, in steps of five degrees.
    pub turn: i16,
}

/// What a page shows.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub letters: Vec<Letter>,
    pub height: f32,
    /// Letters of which the document does not tell what they mean.
    pub unknown: usize,
    /// Whether there are pictures on it.
    pub pictures: bool,
}

/// How much may still be done for a document.
#[derive(Clone, Copy, Debug)]
pub(super) struct Share {
    pub steps: u64,
    pub letters: u64,
}

/// Told where the share is used up.
struct Spent;

/// Reads a page; `None` where there is more on it than the document's share.
pub(super) fn read<'a>(page: &Page<'a>, cache: &InterpreterCache<'a>, share: &mut Share) -> Option<Sheet> {
    let (width, height) = page.render_dimensions();
    let transform = page.initial_transform(true).to_kurbo();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let mut reader = Reader { sheet: Sheet { height, ..Sheet::default() }, bounds, share: *share };
    let mut context = Context::new(transform, bounds, cache, page.xref(), InterpreterSettings::default());
    let done = catch_unwind(AssertUnwindSafe(|| interpret_page(page, &mut context, &mut reader)));
    *share = reader.share;
    match done {
        Err(told) if told.is::<Spent>() => None,
        // A page that is damaged beyond reading has what was read of it so far.
        _ => Some(reader.sheet),
    }
}

struct Reader {
    sheet: Sheet,
    bounds: Rect,
    share: Share,
}

impl Reader {
    fn step(&mut self) {
        self.share.steps = self.share.steps.saturating_sub(1);
        if self.share.steps == 0 || self.share.letters == 0 {
            resume_unwind(Box::new(Spent));
        }
    }

    fn glyph(&mut self, glyph: &Glyph<'_>, placed: Affine, down: bool) {
        self.step();
        self.share.letters = self.share.letters.saturating_sub(1);
        let origin = placed * Point::ZERO;
        // What lies beside the page is not seen.
        if !self.bounds.inflate(2.0, 2.0).contains(origin) {
            return;
        }
        let across = placed * Point::new(EM, 0.0) - origin;
        let size = (placed * Point::new(0.0, EM) - origin).hypot() as f32;
        let width = advance(glyph).map_or(0.5, |width| f64::from(width) / EM) * across.hypot();
        let degrees = if down { 90.0 } else { across.y.atan2(across.x).to_degrees() };
        let turn = ((degrees / 5.0).round() as i16 * 5).rem_euclid(360);
        let (sin, cos) = f64::from(turn).to_radians().sin_cos();
        let left = (origin.x * cos + origin.y * sin) as f32;
        let base = (origin.y * cos - origin.x * sin) as f32;
        let width = if down { size } else { width as f32 };
        if !(size > 0.5 && size < 2000.0 && width.is_finite() && left.is_finite() && base.is_finite()) {
            return;
        }
        let letters = meaning(glyph);
        self.sheet.unknown += usize::from(letters.is_empty());
        let each = width.clamp(0.0, size * 4.0) / letters.len().max(1) as f32;
        for (at, letter) in letters.into_iter().enumerate() {
            let left = left + each * at as f32;
            self.sheet.letters.push(Letter { letter, left, right: left + each, base, size, turn });
        }
    }
}

/// Units in which glyphs are measured.
const EM: f64 = 1000.0;

fn advance(glyph: &Glyph<'_>) -> Option<f32> {
    match glyph {
        Glyph::Outline(outline) => outline.advance_width(),
        Glyph::Type3(_) => None,
    }
}

/// The letters that a glyph stands for, from left to right: ligatures are taken apart, and the forms that Arabic
/// letters take within words are the letters.
fn meaning(glyph: &Glyph<'_>) -> Vec<char> {
    let told = match glyph.as_unicode() {
        Some(BfString::Char(letter)) => vec![letter],
        Some(BfString::String(letters)) => letters.chars().take(8).collect(),
        None => Vec::new(),
    };
    let plain = |letter: char| match letter {
        '\u{fb00}'..='\u{fb4f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' => {
            std::iter::once(letter).nfkc().collect()
        }
        // Bullets of fonts that have signs for letters.
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' => vec!['•'],
        '\u{a0}' | '\t' | '\u{2002}'..='\u{200a}' => vec![' '],
        letter if letter.is_control() || letter == '\u{fffd}' => Vec::new(),
        letter => vec![letter],
    };
    let mut letters: Vec<char> = told.into_iter().flat_map(plain).collect();
    if letters.first().copied().is_some_and(is_right_to_left) {
        letters.reverse();
    }
    letters
}

/// Hebrew, Arabic and their neighbours.
pub(super) fn is_right_to_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

impl<'a> Device<'a> for Reader {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let down = matches!(run.writing_mode(), WritingMode::Vertical);
        let first = self.sheet.letters.len();
        for glyph in run.glyphs() {
            self.glyph(glyph, props.transform * glyph.transform(), down);
        }
        if let Some(run) = self.sheet.letters.get_mut(first..) {
            close_up(run);
        }
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.step();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.step();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.step();
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.step();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.step();
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.step();
        self.sheet.pictures = true;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}

/// Letters that are s p a c e d  o u t reach to the next one, so that only wider gaps part words; and none reaches
/// beyond it.
fn close_up(run: &mut [Letter]) {
    let gap = |pair: &[Letter]| match pair {
        [a, b] if a.turn == b.turn && (a.base - b.base).abs() < 0.1 * a.size => Some(b.left - a.right),
        _ => None,
    };
    let mut gaps: Vec<f32> = run.windows(2).filter_map(gap).collect();
    gaps.sort_by(f32::total_cmp);
    let size = run.first().map_or(0.0, |letter| letter.size);
    let spacing = gaps.get(gaps.len() / 2).copied().unwrap_or(0.0);
    let spaced = gaps.len() >= 5 && spacing > 0.1 * size && spacing < size;
    for at in 0..run.len() {
        let next = run.get(at + 1).copied();
        let Some(letter) = run.get_mut(at) else { return };
        if spaced {
            letter.right += spacing;
        }
        if let Some(next) = next.filter(|next| next.left > letter.left && next.base == letter.base) {
            letter.right = letter.right.min(next.left);
        }
    }
}
