//! The marks of places and of groups of places, as shapes.
//! A mark says by its form what it stands for: a disc a spot, a ring an area, dashes doubt; colour is
//! never the only signal.

use std::f32::consts::TAU;

use egui::{Align2, Color32, FontId, Painter, Pos2, Shape, Stroke, pos2, vec2};

use super::emblems::Emblem;
use crate::app::theme::{Tokens, semibold};
use crate::explore::ScenePoint;
use crate::model::{How, Precision};

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A town or a spot: a disc.
    Disc,
    /// A region, a country or more: a ring.
    Area,
    /// Only ever a stand-in for something else: a hollow circle.
    Hollow,
    /// Several places: a softer, larger disc.
    Group,
}

/// One mark on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub at: Pos2,
    pub form: Form,
    pub uncertain: bool,
    /// The number inside: articles of a place, places of a group.
    pub count: u32,
    pub selected: bool,
    pub hovered: bool,
    /// Whether the search is for its name: it has a second ring.
    pub matched: bool,
    /// Whether another mark is selected.
    pub faded: bool,
    /// Who settled where it is: a tick where people agreed, a dot where they did not.
    pub settled: How,
    /// What happened there, where events are shown.
    pub emblem: Option<Emblem>,
}

impl Mark {
    pub fn of(point: &ScenePoint, at: Pos2) -> Mark {
        let form = if point.associative {
            Form::Hollow
        } else if point.place.precision >= Precision::Region {
            Form::Area
        } else {
            Form::Disc
        };
        Mark {
            at,
            form,
            uncertain: point.uncertain,
            count: point.weight(),
            selected: false,
            hovered: false,
            matched: point.matched,
            faded: false,
            settled: point.settled,
            emblem: Emblem::of(point),
        }
    }

    pub fn group(at: Pos2, places: u32) -> Mark {
        Mark {
            at,
            form: Form::Group,
            uncertain: false,
            count: places,
            selected: false,
            hovered: false,
            matched: false,
            faded: false,
            settled: How::Auto,
            emblem: None,
        }
    }

    /// Radius in points, by the square root of the count.
    pub fn radius(&self) -> f32 {
        let count = self.count.max(1) as f32;
        let of_emblem = self.emblem.map(|emblem| emblem.radius(self.form));
        let radius = of_emblem.unwrap_or(match self.form {
            Form::Group => (13.0 + 1.6 * (count - 1.0).sqrt()).min(28.0),
            Form::Area => (10.0 + 2.0 * (count - 1.0).sqrt()).min(22.0),
            // A dot for a single article; from two up there must be room for the number.
            _ if self.count < 2 => 6.5,
            _ => (9.0 + 1.8 * (count - 1.0).sqrt()).min(22.0),
        });
        if self.hovered { radius + 2.0 } else { radius }
    }

    pub fn draw(&self, painter: &Painter, tokens: &Tokens) {
        let strength = if self.faded { 0.6 } else { 1.0 };
        let accent = tokens.accent.gamma_multiply(strength);
        let ring = tokens.ring.gamma_multiply(strength);
        let radius = self.radius();
        if let Some(emblem) = &self.emblem {
            self.draw_emblem(painter, emblem, strength, tokens);
            return;
        }
        let number = match self.form {
            Form::Disc if self.uncertain => {
                painter.circle(self.at, radius, ground(tokens, strength), Stroke::NONE);
                painter.circle_filled(self.at, radius - 3.0, accent);
                dashed(painter, self.at, radius, Stroke::new(1.5, accent));
                tokens.on_accent
            }
            Form::Disc => {
                painter.circle(self.at, radius, accent, Stroke::new(1.5, ring));
                tokens.on_accent
            }
            Form::Area | Form::Hollow => {
                let width = if self.form == Form::Area { 2.5 } else { 1.5 };
                painter.circle_filled(self.at, radius, ground(tokens, strength));
                if self.uncertain {
                    dashed(painter, self.at, radius, Stroke::new(width, accent));
                } else {
                    painter.circle_stroke(self.at, radius, Stroke::new(width, accent));
                }
                tokens.accent
            }
            Form::Group => {
                painter.circle_filled(self.at, radius + 4.0, tokens.accent.gamma_multiply(0.22 * strength));
                painter.circle(
                    self.at,
                    radius,
                    softer(tokens).gamma_multiply(strength),
                    Stroke::new(1.5, ring),
                );
                tokens.on_accent
            }
        };
        self.rings(painter, radius, strength, tokens);
        if self.count > 1 {
            self.number(painter, number.gamma_multiply(strength));
        }
        self.settled(painter, radius, strength, tokens);
    }

    /// At its lower right what people said of it.
    fn settled(&self, painter: &Painter, radius: f32, strength: f32, tokens: &Tokens) {
        let at = self.at + vec2(radius, radius) * 0.75;
        let (ring, colour) = (tokens.ring.gamma_multiply(strength), tokens.text.gamma_multiply(strength));
        match self.settled {
            How::Confirmed => {
                let tick = vec![at + vec2(-3.5, 0.0), at + vec2(-1.0, 2.5), at + vec2(3.5, -3.0)];
                painter.circle_filled(at, 6.0, ring);
                painter.add(Shape::line(tick, Stroke::new(1.8, colour)));
            }
            How::Corrected | How::Added => {
                painter.circle(at, 3.5, colour, Stroke::new(2.0, ring));
            }
            How::Auto | How::Rejected => {}
        }
    }

    fn draw_emblem(&self, painter: &Painter, emblem: &Emblem, strength: f32, tokens: &Tokens) {
        let radius = self.radius();
        self.rings(painter, radius + 5.0, strength, tokens);
        if self.form == Form::Group {
            emblem.group(painter, self.at, radius, strength, tokens);
        } else {
            emblem.place(painter, self.at, radius, (self.form, self.uncertain, strength), tokens);
        }
    }

    /// Rings that say that a mark is named by the search, or selected.
    fn rings(&self, painter: &Painter, radius: f32, strength: f32, tokens: &Tokens) {
        if self.matched {
            let ring = tokens.ring.gamma_multiply(strength);
            painter.circle_stroke(self.at, radius + 1.5, Stroke::new(2.5, ring));
            let accent = tokens.accent.gamma_multiply(strength);
            painter.circle_stroke(self.at, radius + 3.5, Stroke::new(2.0, accent));
        }
        if self.selected {
            painter.circle_stroke(self.at, radius + 3.5, Stroke::new(3.0, tokens.selected));
        }
    }

    fn number(&self, painter: &Painter, colour: Color32) {
        let text = short(self.count);
        let size = if text.len() > 3 { 10.0 } else { 11.5 };
        let font: FontId = semibold(size);
        painter.text(self.at, Align2::CENTER_CENTER, text, font, colour);
    }
}

/// Land under a hollow mark, so that borders do not run through its number.
fn ground(tokens: &Tokens, strength: f32) -> Color32 {
    tokens.land.gamma_multiply(0.88 * strength)
}

/// The accent on its way to the land.
fn softer(tokens: &Tokens) -> Color32 {
    tokens.accent.lerp_to_gamma(tokens.land, 0.22)
}

fn dashed(painter: &Painter, at: Pos2, radius: f32, stroke: Stroke) {
    // Whole dashes only, or the last one would stick to the first.
    let dashes = (TAU * radius / 6.5).round().max(5.0);
    for dash in 0..dashes as u32 {
        let from = TAU * dash as f32 / dashes;
        let arc = (0..=4).map(|step| {
            let angle = from + TAU / dashes * 0.6 * step as f32 / 4.0;
            pos2(at.x + radius * angle.cos(), at.y + radius * angle.sin())
        });
        painter.add(Shape::line(arc.collect(), stroke));
    }
}

/// A number that fits a disc: 7, 840, 1.2k, 15k.
pub(super) fn short(count: u32) -> String {
    match count {
        0..=999 => count.to_string(),
        1050..=9949 => format!("{:.1}k", f64::from(count) / 1000.0).replace(".0k", "k"),
        _ => format!("{:.0}k", f64::from(count) / 1000.0),
    }
}

/// "1 article", "3 articles".
pub(super) fn counted(count: u32, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_fit_their_discs() {
        let check = |count: u32, expected: &str| assert_eq!(short(count), expected);
        check(2, "2");
        check(999, "999");
        check(1000, "1k");
        check(1234, "1.2k");
        check(5012, "5k");
        check(9999, "10k");
        check(120_000, "120k");
    }

    #[test]
    fn marks_grow_with_their_count_and_stay_in_bounds() {
        for form in [Form::Disc, Form::Area, Form::Hollow, Form::Group] {
            let radius = |count: u32| Mark { form, count, ..Mark::group(Pos2::ZERO, count) }.radius();
            let radii: Vec<f32> = [1, 2, 5, 20, 100, 10_000].map(radius).to_vec();
            assert!(radii.is_sorted(), "{form:?} {radii:?}");
            assert!(radii[0] >= 6.0 && radii[5] <= 28.0, "{form:?} {radii:?}");
        }
    }
}
