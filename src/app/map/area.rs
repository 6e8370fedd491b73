//! The box that narrows what is shown: drawn with the pointer, kept on the map while it is in force.
//! While it is drawn it is two corners that may lie beyond 180°; in force it is a box of degrees, whose western
//! side may lie east of its eastern one.

use egui::{Align2, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use super::camera::{Bounds, Camera};
use crate::app::theme::{Tokens, size, space};
use crate::app::widgets;
use crate::basemap::mercator;
use crate::model::Bbox;

/// Least side of a box that somebody meant to draw, points.
const LEAST: f32 = 6.0;

/// A box being drawn: where it began, on the unit square.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Drawn {
    from: [f64; 2],
}

impl Drawn {
    pub fn begin(camera: &Camera, at: Pos2) -> Drawn {
        Drawn { from: camera.to_world(at) }
    }

    fn rect(&self, camera: &Camera, to: Pos2) -> Rect {
        Rect::from_two_pos(camera.to_screen_exact(self.from), to.clamp(camera.rect.min, camera.rect.max))
    }

    /// The box with its other corner at the pointer; `None` where that is hardly away.
    pub fn end(&self, camera: &Camera, to: Pos2) -> Option<Bbox> {
        let rect = self.rect(camera, to);
        (rect.width() >= LEAST && rect.height() >= LEAST).then(|| within(camera, rect))
    }

    pub fn draw(&self, painter: &Painter, camera: &Camera, to: Pos2, tokens: &Tokens) {
        outline(painter, self.rect(camera, to), tokens);
    }
}

/// The box of degrees that a rectangle of the screen covers.
pub(super) fn within(camera: &Camera, rect: Rect) -> Bbox {
    let (low, high) = (camera.to_world(rect.min), camera.to_world(rect.max));
    let (north, left) = mercator::unproject([low[0], low[1].clamp(0.0, 1.0)]);
    let (south, right) = mercator::unproject([high[0], high[1].clamp(0.0, 1.0)]);
    // The square of the map ends short of the poles; a box that reaches its end reaches them.
    let north = if low[1] <= 0.0 { 90.0 } else { north };
    let south = if high[1] >= 1.0 { -90.0 } else { south };
    if right - left >= 360.0 {
        return Bbox { west: -180.0, south, east: 180.0, north };
    }
    Bbox { west: mercator::wrapped(left), south, east: mercator::wrapped(right), north }
}

/// A square box around a point with sides of twice `metres`.
pub(super) fn around((lat, lon): (f64, f64), metres: f64) -> Bbox {
    let high = metres / 111_195.0;
    let wide = (high / lat.to_radians().cos().max(0.01)).min(180.0);
    Bbox {
        west: mercator::wrapped(lon - wide),
        south: (lat - high).max(-90.0),
        east: mercator::wrapped(lon + wide),
        north: (lat + high).min(90.0),
    }
}

/// Draws the box in force, with a button at its corner; whether that was pressed.
pub(super) fn show(ui: &Ui, camera: &Camera, area: &Bbox, tokens: &Tokens) -> bool {
    let bounds = Bounds::of(area);
    let middle = (bounds.min[0] + bounds.max[0]) / 2.0;
    let shift = mercator::nearest(middle, camera.centre[0]) - middle;
    let corner = |[x, y]: [f64; 2]| camera.to_screen_exact([x + shift, y]);
    let rect = Rect::from_two_pos(corner(bounds.min), corner(bounds.max));
    let painter = ui.painter_at(camera.rect);
    outline(&painter, rect, tokens);
    let seen = rect.intersect(camera.rect.shrink(space::S));
    if !seen.is_positive() {
        return false;
    }
    let at = Rect::from_center_size(seen.right_top(), Vec2::splat(20.0));
    // Not under the buttons at the edge.
    let at = at.translate(vec2((camera.rect.right() - 64.0 - at.right()).min(0.0), 0.0));
    let name = "Remove the box";
    let response = ui.interact(at.expand(4.0), ui.scope_id().with("remove box"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let (fill, edge) = if response.hovered() || response.has_focus() {
        (tokens.hover, tokens.accent)
    } else {
        (tokens.raised, tokens.accent)
    };
    painter.rect(at, 10.0, fill, Stroke::new(1.5, edge), StrokeKind::Inside);
    widgets::icon_at(ui, at.center(), Align2::CENTER_CENTER, icon::X, size::SMALL, tokens.text);
    response.on_hover_text(name).clicked()
}

fn outline(painter: &Painter, rect: Rect, tokens: &Tokens) {
    let fill = tokens.accent.gamma_multiply(0.07);
    painter.rect(rect, 2.0, fill, Stroke::new(3.5, tokens.ring.gamma_multiply(0.7)), StrokeKind::Middle);
    painter.rect_stroke(rect, 2.0, Stroke::new(1.5, tokens.accent), StrokeKind::Middle);
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    fn camera(lon: f64, zoom: f64) -> Camera {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        Camera { centre: mercator::project(0.0, lon), zoom, rect }
    }

    #[test]
    fn a_box_is_drawn_from_any_corner_and_over_the_date_line() {
        let check = |lon: f64, from: Pos2, to: Pos2, west: f64, east: f64| {
            let camera = camera(lon, 4.0);
            let Some(bbox) = Drawn::begin(&camera, from).end(&camera, to) else { panic!("a box") };
            assert!((bbox.west - west).abs() < 0.01 && (bbox.east - east).abs() < 0.01, "{bbox:?}");
            assert!(bbox.south < 0.0 && bbox.north > 0.0);
        };
        // At zoom 4 a degree is 11.4 points wide.
        let (left, right) = (pos2(286.22, 200.0), pos2(513.78, 400.0));
        check(20.0, left, right, 10.0, 30.0);
        check(20.0, right, left, 10.0, 30.0);
        check(180.0, left, right, 170.0, -170.0);
        check(-175.0, right, left, 175.0, -165.0);
    }

    #[test]
    fn a_slip_of_the_hand_is_no_box() {
        let camera = camera(0.0, 4.0);
        assert_eq!(Drawn::begin(&camera, pos2(10.0, 10.0)).end(&camera, pos2(12.0, 200.0)), None);
    }

    #[test]
    fn a_view_of_the_world_is_the_world() {
        let rect = Rect::from_min_size(Pos2::ZERO, vec2(800.0, 600.0));
        let world = Camera { centre: [0.5, 0.5], zoom: 1.0, rect };
        let all = Bbox { west: -180.0, south: -90.0, east: 180.0, north: 90.0 };
        assert_eq!(within(&world, rect), all);
    }

    #[test]
    fn a_box_around_a_point_goes_over_the_date_line() {
        let fiji = around((-17.0, 179.9), 50_000.0);
        assert!(fiji.west > 179.0 && fiji.east < -179.0, "{fiji:?}");
        assert!(fiji.contains(-17.0, -179.8) && !fiji.contains(-17.0, 0.0));
    }
}
