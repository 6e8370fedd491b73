//! The pin of the place that somebody went to. A drop in the text's colour, because it stands for no
//! article: marks of articles are round and in the accent.

use egui::{Painter, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::camera::Camera;
use crate::app::theme::Tokens;
use crate::basemap::mercator;

/// Radius of the drop's head, points.
const HEAD: f32 = 9.0;
/// From the tip to the middle of the head, points.
const STEM: f32 = 20.0;

/// A place to stick a pin in.
#[derive(Clone, Debug, PartialEq)]
pub struct MapPin {
    /// Latitude, degrees.
    pub lat: f64,
    /// Longitude, degrees.
    pub lon: f64,
    /// Short name, written beside the pin.
    pub name: String,
    /// Full name, for screen readers and on hover.
    pub label: String,
}

/// A pin as it is drawn.
pub(super) struct ShownPin {
    /// Middle of its head, from which its name keeps clear.
    pub head: Pos2,
    /// All of it.
    pub rect: Rect,
}

impl ShownPin {
    /// Radius within which nothing else is written.
    pub const CLEAR: f32 = HEAD + 3.0;
}

/// Draws the pin with its tip on the place; `None` where it lies outside the view.
pub(super) fn show(ui: &Ui, camera: &Camera, pin: &MapPin, tokens: &Tokens) -> Option<ShownPin> {
    let tip = camera.to_screen(mercator::project(pin.lat, pin.lon));
    let head = tip - vec2(0.0, STEM);
    let rect = Rect::from_min_max(head - vec2(HEAD, HEAD), pos2(head.x + HEAD, tip.y));
    if !camera.rect.intersects(rect) {
        return None;
    }
    let painter = ui.painter_at(camera.rect);
    // The tip may stand on a mark, which goes on being clicked: only the head is asked.
    let area = Rect::from_center_size(head, vec2(HEAD, HEAD) * 2.0);
    let response = ui.interact(area, ui.scope_id().with("pin"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Pin: {}", pin.label)));
    response.on_hover_text(&pin.label);
    drop_shape(&painter, head, tip, HEAD + 1.5, tokens.ring);
    drop_shape(&painter, head, tip - vec2(0.0, 1.5), HEAD, tokens.text);
    painter.circle_filled(head, 3.5, tokens.ring);
    Some(ShownPin { head, rect })
}

/// A disc and the triangle that touches it, down to the tip.
fn drop_shape(painter: &Painter, head: Pos2, tip: Pos2, radius: f32, colour: egui::Color32) {
    let down = tip.y - head.y;
    // Where the lines from the tip touch the disc.
    let (sine, cosine) = (radius / down, (1.0 - (radius / down).powi(2)).max(0.0).sqrt());
    let touch = |side: f32| pos2(head.x + side * radius * cosine, head.y + radius * sine);
    painter.circle_filled(head, radius, colour);
    painter.add(Shape::convex_polygon(vec![touch(-1.0), tip, touch(1.0)], colour, Stroke::NONE));
}
