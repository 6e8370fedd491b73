//! The symbol of an event: a form for its class with a sign for its type on it.
//! Forms are drawn as shapes, so that they are told apart where the sign is too small to read.

use egui::{Align2, Color32, FontFamily, FontId, Painter, Pos2, Shape, Stroke, pos2, vec2};
use egui_phosphor::regular as icon;

use crate::app::theme::Tokens;
use crate::basemap::corners;
use crate::model::{EventClass, EventType};

/// Radius from which on the sign of a type can be read, points.
const READABLE: f32 = 7.5;

/// The sign of a type.
pub(in crate::app) const fn icon(kind: EventType) -> &'static str {
    match kind {
        EventType::Agree => icon::HANDSHAKE,
        EventType::Consult => icon::CHATS_CIRCLE,
        EventType::Support => icon::THUMBS_UP,
        EventType::Cooperate => icon::USERS_THREE,
        EventType::Aid => icon::HAND_HEART,
        EventType::Concede => icon::FLAG,
        EventType::Retreat => icon::ARROW_U_UP_LEFT,
        EventType::Investigate => icon::MAGNIFYING_GLASS,
        EventType::Demand => icon::MEGAPHONE,
        EventType::Disapprove => icon::THUMBS_DOWN,
        EventType::Reject => icon::PROHIBIT,
        EventType::Threaten => icon::WARNING,
        EventType::Protest => icon::HAND_FIST,
        EventType::Sanction => icon::LINK_BREAK,
        EventType::Mobilize => icon::SHIELD,
        EventType::Coerce => icon::LOCK,
        EventType::Assault => icon::CROSSHAIR,
        EventType::Fight => icon::SWORD,
        EventType::Accident => icon::FIRE,
        EventType::Disaster => icon::WAVES,
    }
}

/// Where the sign stands in a form: the middle of a triangle lies low.
fn middle(class: EventClass) -> f32 {
    if class == EventClass::Misfortune { 0.12 } else { 0.0 }
}

/// Draws the form of a class, filled, with a line around it.
pub(in crate::app) fn form(
    painter: &Painter,
    at: Pos2,
    radius: f32,
    class: EventClass,
    fill: Color32,
    stroke: Stroke,
) {
    match corners(class) {
        None => {
            painter.circle(at, radius, fill, stroke);
        }
        Some(corners) => {
            let points = corners.into_iter().map(|[x, y]| at + vec2(x, y) * radius).collect();
            painter.add(Shape::convex_polygon(points, fill, stroke));
        }
    }
}

/// Draws the symbol of a type: the form of its class in its colour, and its sign where there is room for it.
pub(in crate::app) fn symbol(painter: &Painter, at: Pos2, radius: f32, kind: EventType, tokens: &Tokens) {
    faded(painter, at, radius, kind, tokens, 1.0);
}

/// The same at a strength of its colours, from 0 to 1.
pub(in crate::app) fn faded(
    painter: &Painter,
    at: Pos2,
    radius: f32,
    kind: EventType,
    tokens: &Tokens,
    strength: f32,
) {
    let class = kind.class();
    let fill = tokens.event(class).gamma_multiply(strength);
    form(painter, at, radius, class, fill, Stroke::NONE);
    sign(painter, at, radius, kind, tokens.on_event.gamma_multiply(strength));
}

/// Draws the sign of a type alone, in the middle of its form, where that is large enough.
pub(in crate::app) fn sign(painter: &Painter, at: Pos2, radius: f32, kind: EventType, colour: Color32) {
    if radius < READABLE {
        return;
    }
    let share = if kind.class() == EventClass::Misfortune { 1.15 } else { 1.36 };
    let font = FontId::new((radius * share).round(), FontFamily::Proportional);
    let at = pos2(at.x, at.y + radius * middle(kind.class()));
    painter.text(at, Align2::CENTER_CENTER, icon(kind), font, colour);
}
