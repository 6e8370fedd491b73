//! What a correction would do on the map: a line from where something is shown to where it is about to be, and a ring
//! there.

use egui::{Painter, Role, Sense, Shape, Stroke, Ui, WidgetInfo};

use super::camera::Camera;
use super::pin::MapPin;
use crate::app::theme::{Tokens, size};
use crate::basemap::mercator;

/// Radius of the ring, points.
const RING: f32 = 11.0;

/// A place that something is about to mean.
#[derive(Clone, Debug, PartialEq)]
pub struct MapGhost {
    /// Where it is shown now, `(latitude, longitude)`, degrees.
    pub from: Option<(f64, f64)>,
    /// Where it is about to be shown.
    pub to: MapPin,
}

/// Draws it.
pub(super) fn show(ui: &Ui, camera: &Camera, ghost: &MapGhost, tokens: &Tokens) {
    let painter = ui.painter_at(camera.rect);
    let to = camera.to_screen(mercator::project(ghost.to.lat, ghost.to.lon));
    if let Some((lat, lon)) = ghost.from {
        let from = camera.to_screen(mercator::project(lat, lon));
        let way = to - from;
        if way.length() > 2.0 * RING {
            let end = to - way.normalized() * RING;
            line(&painter, from, end, Stroke::new(5.0, tokens.ring), Stroke::new(2.5, tokens.selected));
        }
    }
    painter.circle(to, RING, tokens.ring.gamma_multiply(0.6), Stroke::new(5.0, tokens.ring));
    painter.circle_stroke(to, RING, Stroke::new(3.0, tokens.selected));
    painter.circle_filled(to, 3.5, tokens.selected);
    let label = &ghost.to.label;
    let font = crate::app::theme::semibold(size::BODY);
    let galley = crate::app::widgets::cut(&painter, &ghost.to.name, font, tokens.text, 220.0);
    // On the side where there is room for it.
    let beyond = to.x + RING + 10.0 + galley.size().x > camera.rect.right();
    let aside = if beyond { -RING - 6.0 - galley.size().x } else { RING + 6.0 };
    let at = to + egui::vec2(aside, -galley.size().y / 2.0);
    let ground = egui::Rect::from_min_size(at, galley.size()).expand2(egui::vec2(4.0, 2.0));
    painter.rect_filled(ground, 4.0, tokens.raised.gamma_multiply(0.92));
    painter.galley(at, galley, tokens.text);
    if camera.rect.contains(to) {
        let area = egui::Rect::from_center_size(to, egui::Vec2::splat(2.0 * RING));
        let response = ui.interact(area, ui.scope_id().with("about to be"), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("About to be: {label}")));
        response.on_hover_text(format!("It is about to be {label}"));
    }
}

/// A dashed line with a lighter edge, so that it is seen over land and sea.
fn line(painter: &Painter, from: egui::Pos2, to: egui::Pos2, edge: Stroke, stroke: Stroke) {
    painter.line_segment([from, to], Stroke::new(edge.width, edge.color.gamma_multiply(0.5)));
    painter.extend(Shape::dashed_line(&[from, to], stroke, 8.0, 5.0));
}
