//! How names are set on the map: by what they name, as in an atlas, each over a blur of its ground.
//! Laying text out is left to the toolkit, which keeps what it laid out in the last frame.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, vec2};

use super::toponyms::{Sort, Toponym};
use crate::app::bidi;
use crate::app::theme::{Tokens, semibold};

/// How a name is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Hand {
    /// Beside a mark; strong for what is selected or under the pointer.
    Mark { strong: bool },
    /// Beside a group of marks.
    Group,
    /// Over a country, wider the larger it is.
    Country { large: bool },
    /// Over a division.
    Division,
    /// Over a division of a division.
    District,
    /// On the sea.
    Sea { large: bool },
    /// On a lake.
    Lake,
    /// Over a range, an island, a desert.
    Land,
    /// Beside a town's dot; larger for one of more people, semibold for a capital.
    Town { points: f32, capital: bool },
    /// Over a part of a town, or beside a site's dot.
    Quarter,
}

impl Hand {
    pub fn of(toponym: &Toponym, across: f32) -> Hand {
        let people = (toponym.population.max(1) as f32).log10();
        let points = 11.0 + (people - 4.0).clamp(0.0, 3.0) * 0.6;
        match toponym.sort {
            Sort::Division => Hand::Division,
            Sort::District => Hand::District,
            Sort::Sea => Hand::Sea { large: across > 420.0 },
            Sort::Lake => Hand::Lake,
            Sort::Land => Hand::Land,
            Sort::Capital => Hand::Town { points: points.max(12.0), capital: true },
            Sort::Town => Hand::Town { points, capital: false },
            Sort::Quarter | Sort::Site => Hand::Quarter,
        }
    }

    /// Points, share of them between letters, whether semibold, whether in capitals, whether slanted.
    fn form(self) -> (f32, f32, bool, bool, bool) {
        match self {
            Hand::Mark { strong: true } => (13.0, 0.0, true, false, false),
            Hand::Mark { strong: false } => (12.5, 0.0, false, false, false),
            Hand::Group => (12.0, 0.0, false, false, false),
            Hand::Country { large: true } => (12.0, 0.2, true, true, false),
            Hand::Country { large: false } => (10.5, 0.12, true, true, false),
            Hand::Division => (10.0, 0.14, false, true, false),
            Hand::District => (10.5, 0.06, false, false, false),
            Hand::Sea { large: true } => (13.0, 0.24, false, false, true),
            Hand::Sea { large: false } => (11.5, 0.08, false, false, true),
            Hand::Lake => (11.0, 0.03, false, false, true),
            Hand::Land => (10.5, 0.16, false, false, true),
            Hand::Town { points, capital } => (points, 0.0, capital, false, false),
            Hand::Quarter => (10.5, 0.04, false, false, false),
        }
    }

    /// The colours of a name and of the blur around it.
    pub fn ink(self, tokens: &Tokens) -> (Color32, Color32) {
        match self {
            Hand::Mark { .. } => (tokens.text, tokens.land),
            Hand::Sea { .. } => (tokens.sea_label, tokens.sea),
            Hand::Lake => (tokens.sea_label, tokens.land),
            _ => (tokens.map_label, tokens.land),
        }
    }

    /// The name, laid out; its colour is given when it is painted.
    pub fn set(self, painter: &Painter, name: &str) -> Arc<Galley> {
        let (points, spacing, bold, capitals, italics) = self.form();
        // Letters that are joined, and signs that stand for words, are not set apart.
        let apart = name.chars().all(|c| u32::from(c) < 0x530 || ('\u{1e00}'..'\u{2100}').contains(&c));
        let spacing = if apart { spacing } else { 0.0 };
        let text = if capitals { name.to_uppercase() } else { name.to_owned() };
        let format = TextFormat {
            font_id: if bold { semibold(points) } else { FontId::proportional(points) },
            extra_letter_spacing: points * spacing,
            color: Color32::PLACEHOLDER,
            italics,
            ..TextFormat::default()
        };
        let job = LayoutJob::single_section(text, format);
        painter.layout_job(bidi::in_order(painter.ctx(), job))
    }
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
