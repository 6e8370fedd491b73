//! How wide a word is, and where each of its letters stands in it, as egui shapes it.
//! A word from right to left comes back as its shapes from left to right, some for several letters; which
//! letters a shape stands for is worked out from the end of the word.

use egui::epaint::text::Glyph;
use egui::text::{LayoutJob, TextFormat, TextWrapping};
use egui::{Context, Rangef};
use unicode_bidi::{BidiClass, bidi_class};

/// A word as it is shaped.
#[derive(Clone, Debug)]
pub(super) struct Measured {
    pub width: f32,
    /// Where each letter stands, from the left end of the word.
    pub letters: Vec<Rangef>,
}

/// Shapes a word to see how wide it is.
pub(super) fn measured(ctx: &Context, text: &str, format: &TextFormat, leftward: bool) -> Measured {
    let mut job = LayoutJob::single_section(text.to_owned(), format.clone());
    job.wrap = TextWrapping::no_max_width();
    job.round_output_to_gui = false;
    let galley = ctx.fonts_mut(|fonts| fonts.layout_job(job));
    let width = galley.intrinsic_size().x;
    let glyphs = galley.rows.first().map_or(&[][..], |row| &row.row.glyphs);
    let chars: Vec<char> = text.chars().collect();
    let letters = if leftward { from_the_end(&chars, glyphs) } else { in_order(&chars, glyphs) };
    Measured { width, letters: letters.unwrap_or_else(|| evenly(&chars, width, leftward)) }
}

/// One shape a letter, in order.
fn in_order(chars: &[char], glyphs: &[Glyph]) -> Option<Vec<Rangef>> {
    let mut x = 0.0;
    let letters = glyphs.iter().map(|glyph| {
        x += glyph.advance_width;
        Rangef::new(x - glyph.advance_width, x)
    });
    (glyphs.len() == chars.len()).then(|| letters.collect())
}

/// Shapes from left to right against letters from the last to the first. A shape is called by the first of
/// its letters; shapes without a width are marks on another.
fn from_the_end(chars: &[char], glyphs: &[Glyph]) -> Option<Vec<Rangef>> {
    let mut letters = vec![Rangef::new(0.0, 0.0); chars.len()];
    let (mut end, mut x) = (chars.len(), 0.0);
    for glyph in glyphs {
        if end == 0 {
            break;
        }
        if glyph.advance_width == 0.0 {
            continue;
        }
        let first = chars[..end].iter().rposition(|&c| c == glyph.chr)?;
        share(&chars[first..end], Rangef::new(x, x + glyph.advance_width), &mut letters[first..end]);
        x += glyph.advance_width;
        end = first;
    }
    (end == 0).then_some(letters)
}

/// Letters of one shape, the first at its right end; marks stand where their letter does.
fn share(chars: &[char], shape: Rangef, letters: &mut [Rangef]) {
    let marks = |c: char| bidi_class(c) == BidiClass::NSM || matches!(c, '\u{200c}' | '\u{200d}');
    let bases = chars.iter().filter(|&&c| !marks(c)).count().max(1);
    let wide = shape.span() / bases as f32;
    let mut right = shape.max;
    for (number, (&c, letter)) in chars.iter().zip(letters).enumerate() {
        if number > 0 && !marks(c) {
            right -= wide;
        }
        *letter = Rangef::new(right - wide, right);
    }
}

/// Where the shapes cannot be told apart, each letter has its share.
fn evenly(chars: &[char], width: f32, leftward: bool) -> Vec<Rangef> {
    let count = chars.len();
    let wide = width / count.max(1) as f32;
    let slot = |at: usize| if leftward { count - 1 - at } else { at };
    (0..count).map(|at| Rangef::new(slot(at) as f32 * wide, (slot(at) + 1) as f32 * wide)).collect()
}
