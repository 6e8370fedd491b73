//! The marks of places where something happened, as shapes: the form of the leading class with the sign of the
//! leading type, a ring that other classes share, and how many events there are.
//! A group of places is a ring of all its classes around their number.

use std::f32::consts::TAU;

use egui::{Align2, Color32, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, vec2};

use super::marks::{Form, short};
use crate::app::events;
use crate::app::theme::{Tokens, semibold};
use crate::explore::ScenePoint;
use crate::explore::clusters::Node;
use crate::model::{EventClass, EventType};

/// Widest gap between the parts of a ring, points.
const GAP: f32 = 1.5;

/// What happened at a place, or at a group of places.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Emblem {
    /// The type of most of the events.
    pub kind: EventType,
    /// The share of each class, 0 to 1, in the order of [`EventClass::ALL`].
    pub shares: [f32; 6],
    /// All of them.
    pub count: u32,
}

impl Emblem {
    /// What happened at a place, where events are shown.
    pub fn of(point: &ScenePoint) -> Option<Emblem> {
        let count = point.events();
        let shares = point.classes.map(|own| own as f32 / count.max(1) as f32);
        Some(Emblem { kind: point.leading?, shares, count })
    }

    /// What happened at the places of a group, of which `leader` is the weightiest.
    pub fn of_group(node: &Node, leader: &ScenePoint) -> Option<Emblem> {
        Some(Emblem { kind: leader.leading?, shares: node.shares(), count: node.weight as u32 })
    }

    /// Radius in points, by the square root of the count.
    pub fn radius(&self, form: Form) -> f32 {
        let count = self.count.max(1) as f32;
        match form {
            Form::Group => (14.0 + 1.4 * (count - 1.0).sqrt()).min(28.0),
            _ => (10.5 + 1.1 * (count - 1.0).sqrt()).min(19.0),
        }
    }

    /// Draws the mark of a place.
    pub fn place(
        &self,
        painter: &Painter,
        at: Pos2,
        radius: f32,
        (form, uncertain, strength): (Form, bool, f32),
        tokens: &Tokens,
    ) {
        let class = self.kind.class();
        let colour = tokens.event(class).gamma_multiply(strength);
        let ring = tokens.ring.gamma_multiply(strength);
        if self.is_mixed() {
            let around = radius + 5.0;
            painter.circle_filled(at, around + 2.5, ring);
            self.parts(painter, at, around, 3.0, strength, tokens);
        }
        // A hollow form for what is larger than a town, as among places.
        let hollow = matches!(form, Form::Area | Form::Hollow);
        events::form(painter, at, radius + 1.75, class, ring, Stroke::NONE);
        if hollow {
            let ground = tokens.land.gamma_multiply(strength);
            events::form(painter, at, radius - 0.5, class, ground, Stroke::new(2.25, colour));
            events::sign(painter, at, radius * 0.92, self.kind, colour);
        } else {
            events::form(painter, at, radius, class, colour, Stroke::NONE);
            events::sign(painter, at, radius, self.kind, tokens.on_event.gamma_multiply(strength));
        }
        if uncertain {
            dashes(painter, at, radius + if self.is_mixed() { 9.5 } else { 5.5 }, Stroke::new(1.5, colour));
        }
        if self.count > 1 {
            let out = radius + if self.is_mixed() { 5.0 } else { 0.0 };
            self.badge(painter, at + vec2(out * 0.85, -out * 0.85), strength, tokens);
        }
    }

    /// Draws the mark of a group.
    pub fn group(&self, painter: &Painter, at: Pos2, radius: f32, strength: f32, tokens: &Tokens) {
        painter.circle_filled(at, radius + 1.5, tokens.ring.gamma_multiply(strength));
        painter.circle_filled(at, radius - 3.0, tokens.raised.gamma_multiply(strength));
        self.parts(painter, at, radius - 2.0, 4.5, strength, tokens);
        let text = short(self.count);
        let font = semibold(if text.len() > 3 { 10.0 } else { 11.5 });
        painter.text(at, Align2::CENTER_CENTER, text, font, tokens.text.gamma_multiply(strength));
    }

    fn is_mixed(&self) -> bool {
        self.shares.iter().filter(|&&share| share > 0.0).count() > 1
    }

    /// A ring that the classes divide between them, clockwise from the top, the largest share first.
    fn parts(&self, painter: &Painter, at: Pos2, radius: f32, wide: f32, strength: f32, tokens: &Tokens) {
        let mut shares: Vec<(EventClass, f32)> = EventClass::ALL.into_iter().zip(self.shares).collect();
        shares.retain(|&(_, share)| share > 0.0);
        shares.sort_by(|a, b| b.1.total_cmp(&a.1));
        let gap = if shares.len() > 1 { GAP / radius } else { 0.0 };
        let mut from = -TAU / 4.0;
        for (class, share) in shares {
            let to = from + TAU * share;
            let stroke = Stroke::new(wide, tokens.event(class).gamma_multiply(strength));
            // A share too small to be seen is seen all the same.
            let end = (to - gap).max(from + 0.06);
            painter.add(Shape::line(arc(at, radius, from, end), stroke));
            from = to;
        }
    }

    fn badge(&self, painter: &Painter, at: Pos2, strength: f32, tokens: &Tokens) {
        let colour = tokens.text.gamma_multiply(strength);
        let galley = painter.layout_no_wrap(short(self.count), semibold(10.0), colour);
        let rect = Rect::from_center_size(at, vec2((galley.size().x + 7.0).max(14.0), 14.0));
        let edge = Stroke::new(1.0, tokens.event(self.kind.class()).gamma_multiply(strength));
        painter.rect(rect, 7.0, tokens.raised.gamma_multiply(strength), edge, StrokeKind::Inside);
        painter.galley(rect.center() - galley.size() / 2.0, galley, Color32::PLACEHOLDER);
    }
}

fn arc(at: Pos2, radius: f32, from: f32, to: f32) -> Vec<Pos2> {
    let steps = ((to - from) * radius / 3.0).ceil().clamp(2.0, 64.0) as u32;
    let angle = |step: u32| from + (to - from) * step as f32 / steps as f32;
    (0..=steps).map(|step| at + radius * vec2(angle(step).cos(), angle(step).sin())).collect()
}

fn dashes(painter: &Painter, at: Pos2, radius: f32, stroke: Stroke) {
    let count = (TAU * radius / 7.0).round().max(6.0);
    for dash in 0..count as u32 {
        let from = TAU * dash as f32 / count;
        painter.add(Shape::line(arc(at, radius, from, from + TAU / count * 0.55), stroke));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn emblems_grow_with_their_count_and_stay_in_bounds() {
        for form in [Form::Disc, Form::Area, Form::Group] {
            let radius = |count: u32| {
                Emblem { kind: EventType::Fight, shares: [0.0, 0.0, 0.0, 0.0, 1.0, 0.0], count }.radius(form)
            };
            let radii = [1, 2, 5, 20, 100, 10_000].map(radius);
            assert!(radii.is_sorted(), "{form:?} {radii:?}");
            assert!(radii[0] >= 10.0 && radii[5] <= 28.0, "{form:?} {radii:?}");
        }
    }

    #[test]
    fn an_arc_begins_and_ends_where_it_should() {
        let arc = arc(pos2(0.0, 0.0), 10.0, 0.0, TAU / 4.0);
        let (first, last) = (arc[0], arc[arc.len() - 1]);
        assert!((first - pos2(10.0, 0.0)).length() < 1e-3 && (last - pos2(0.0, 10.0)).length() < 1e-3);
    }
}
