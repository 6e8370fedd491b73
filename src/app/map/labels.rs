//! Names as the window lays them out, each over a blur of its ground.
//! Laying text out is left to the toolkit, which keeps what it laid out in the last frame.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, vec2};

use crate::app::bidi;
use crate::app::theme::{Tokens, semibold};
use crate::basemap::Hand;

/// The colours of a name and of the blur around it.
pub(super) fn ink(hand: Hand, tokens: &Tokens) -> (Color32, Color32) {
    match hand {
        Hand::Mark { .. } => (tokens.text, tokens.land),
        Hand::Sea { .. } => (tokens.sea_label, tokens.sea),
        Hand::Lake => (tokens.sea_label, tokens.land),
        _ => (tokens.map_label, tokens.land),
    }
}

/// The name, laid out; its colour is given when it is painted.
pub(super) fn set(hand: Hand, painter: &Painter, name: &str) -> Arc<Galley> {
    let manner = hand.manner();
    let format = TextFormat {
        font_id: if manner.semibold { semibold(manner.points) } else { FontId::proportional(manner.points) },
        extra_letter_spacing: manner.apart(name),
        color: Color32::PLACEHOLDER,
        italics: manner.slanted,
        ..TextFormat::default()
    };
    let job = LayoutJob::single_section(manner.written(name), format);
    painter.layout_job(bidi::in_order(painter.ctx(), job))
}

/// Text in its colour over a blur of the ground's, so that it can be read on borders and on coasts.
pub(super) fn halo(painter: &Painter, corner: Pos2, galley: &Arc<Galley>, colour: Color32, ground: Color32) {
    // Four copies at the corners of a point blur as well as eight around it.
    let around = ground.gamma_multiply(0.62 * f32::from(colour.a()) / 255.0);
    for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (-1.0, 1.0), (1.0, 1.0)] {
        painter.galley_with_override_text_color(corner + vec2(x, y) * 0.95, galley.clone(), around);
    }
    painter.galley_with_override_text_color(corner, galley.clone(), colour);
}

/// One line of haloed text at an anchor.
pub(super) fn haloed(
    painter: &Painter,
    at: Pos2,
    align: Align2,
    text: &str,
    font: FontId,
    colour: Color32,
    ground: Color32,
) {
    let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    let corner = align.anchor_size(at, galley.size()).min;
    halo(painter, corner, &galley, colour, ground);
}
