//! What lies over the map's corners: zoom buttons, scale bar, coordinates, attribution.
//! Buttons are drawn, not typed: their icons need no font.

use egui::{
    Align2, FontId, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::camera::Camera;
use crate::app::theme::{Tokens, size, space};
use crate::app::widgets;
use crate::basemap::{mercator, scale_bar};
use crate::gazetteer::About;

/// From the lower edge to what is said at the foot, points.
pub(super) const FOOT: f32 = 44.0;

/// Size of the attribution's letters, points.
const CREDIT: f32 = 10.5;
/// Longest that the scale bar becomes, points.
const LONGEST: f32 = 110.0;

/// Who the map is owed to.
const OWED: [&str; 2] = ["Natural Earth", "GeoNames, CC BY 4.0"];

/// Who the map is owed to, with whom the gazetteers in use are owed to: each once, a title for want of an
/// attribution. The last of them is the one inside the program.
pub(super) fn credit(gazetteers: &[About]) -> String {
    let mut owed: Vec<&str> = OWED.to_vec();
    for About { title, attribution, .. } in gazetteers.split_last().map_or(&[][..], |(_, own)| own) {
        let name = if attribution.is_empty() { title } else { attribution };
        if !name.is_empty() && !owed.contains(&name.as_str()) {
            owed.push(name);
        }
    }
    owed.join(" · ")
}

/// A button over the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Press {
    In,
    Out,
    Fit,
}

/// Draws the buttons at the right edge; which one was pressed.
pub(super) fn buttons(ui: &Ui, rect: Rect, tokens: &Tokens) -> Option<Press> {
    let side = space::ROW;
    let mut pressed = None;
    let stack = stack(rect);
    let corner = stack.min;
    if !rect.contains_rect(stack) {
        return None;
    }
    let all = [
        (Press::In, "Zoom in", 0.0),
        (Press::Out, "Zoom out", side),
        (Press::Fit, "Show all places", side * 2.0 + space::S),
    ];
    for (press, name, down) in all {
        let area = Rect::from_min_size(corner + vec2(0.0, down), Vec2::splat(side));
        let response = ui.interact(area, ui.scope_id().with(name), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let fill = if response.hovered() || response.has_focus() { tokens.hover } else { tokens.raised };
        let edge = if response.has_focus() { tokens.accent } else { tokens.hairline };
        ui.painter().rect(
            area.shrink(0.5),
            f32::from(space::CORNER),
            fill,
            Stroke::new(1.0, edge),
            StrokeKind::Inside,
        );
        icon(ui.painter(), press, area.center(), Stroke::new(1.5, tokens.text));
        if response.on_hover_text(name).clicked() {
            pressed = Some(press);
        }
    }
    pressed
}

/// Room for the buttons at the upper right.
fn stack(rect: Rect) -> Rect {
    let side = space::ROW;
    let corner = pos2(rect.right() - space::M - side, rect.top() + space::M);
    Rect::from_min_size(corner, vec2(side, side * 3.0 + space::S))
}

/// Room for the place search at the upper left; `None` on a map too narrow for it.
pub(super) fn search_room(rect: Rect) -> Option<Rect> {
    let wide = (rect.width() - space::ROW - space::M * 3.0).min(320.0);
    let corner = rect.min + Vec2::splat(space::M);
    (wide >= 160.0).then(|| Rect::from_min_size(corner, vec2(wide, 32.0)))
}

fn icon(painter: &Painter, press: Press, at: Pos2, stroke: Stroke) {
    let arm = 5.0;
    let line = |from: Vec2, to: Vec2| {
        painter.line_segment([at + from, at + to], stroke);
    };
    match press {
        Press::In | Press::Out => {
            line(vec2(-arm, 0.0), vec2(arm, 0.0));
            if press == Press::In {
                line(vec2(0.0, -arm), vec2(0.0, arm));
            }
        }
        Press::Fit => {
            for (x, y) in [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)] {
                let tip = vec2(x * (arm + 0.5), y * (arm + 0.5));
                line(tip, vec2(tip.x - x * 4.0, tip.y));
                line(tip, vec2(tip.x, tip.y - y * 4.0));
            }
        }
    }
}

/// What lies over the map's marks and names, as far as that is always there.
pub(super) fn covered(painter: &Painter, rect: Rect, credit: &str) -> [Rect; 4] {
    let foot = rect.left_bottom() + vec2(space::M, -space::M);
    let scale = Rect::from_min_max(foot - vec2(5.0, 20.0), foot + vec2(LONGEST + 5.0, 4.0));
    let font = FontId::proportional(CREDIT);
    let credit = painter.layout_no_wrap(credit.to_owned(), font, egui::Color32::PLACEHOLDER).size();
    let credit = credit.min(vec2(rect.width() - LONGEST, credit.y));
    let corner = rect.right_bottom() - vec2(space::S, space::S - 2.0);
    let credit = Align2::RIGHT_BOTTOM.anchor_size(corner, credit).expand2(vec2(4.0, 2.0));
    [search_room(rect).unwrap_or(Rect::NOTHING), stack(rect), scale, credit]
}

/// What is under the pointer, and what became of it.
pub(super) struct Legend<'a> {
    /// The coordinates under the pointer, as they are to be written.
    pub coordinates: Option<&'a str>,
    /// How they are written.
    pub notation: &'a str,
    pub credit: &'a str,
}

/// Draws the scale bar, the coordinates under the pointer, and the attribution: what does not fit of it is told on
/// hover. Answers whether the coordinates were clicked.
pub(super) fn legend(ui: &Ui, camera: &Camera, legend: &Legend<'_>, tokens: &Tokens) -> bool {
    let painter = &ui.painter_at(camera.rect);
    let font = FontId::proportional(size::SMALL);
    let base = camera.rect.left_bottom() + vec2(space::M, -space::M);
    // Names slide under it as the map pans.
    let ground = |rect: Rect| {
        painter.rect_filled(rect, 4.0, tokens.land.gamma_multiply(0.8));
    };
    let length = scale(painter, camera, base, &ground, tokens);
    let free = camera.rect.width() - length - space::M - space::S - space::L;
    let small = FontId::proportional(CREDIT);
    let galley = widgets::cut(painter, legend.credit, small, tokens.map_label, free);
    let corner = camera.rect.right_bottom() - vec2(space::S, space::S - 2.0);
    let area = Align2::RIGHT_BOTTOM.anchor_size(corner, galley.size());
    let response = ui.interact(area, ui.scope_id().with("credit"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, legend.credit));
    if galley.elided {
        response.on_hover_text(legend.credit);
    }
    ground(area.expand2(vec2(4.0, 2.0)));
    painter.galley(area.min, galley, tokens.map_label);
    let Some(text) = legend.coordinates else {
        return false;
    };
    let galley = painter.layout_no_wrap(text.to_owned(), font, tokens.map_label);
    // A narrow map has no room for them beside the credit.
    if free - area.width() - space::L < galley.size().x + space::M {
        return false;
    }
    let at = Align2::LEFT_BOTTOM.anchor_size(base + vec2(length + space::L, 2.0), galley.size());
    let response = ui.interact(at.expand2(vec2(4.0, 3.0)), ui.scope_id().with("coordinates"), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Coordinates: {text}")));
    ground(at.expand2(vec2(4.0, 2.0)));
    painter.galley(at.min, galley, tokens.map_label);
    if response.has_focus() {
        widgets::ring(painter, at.expand2(vec2(4.0, 3.0)), 4.0);
    }
    let told = format!("In {}. Click for the next notation", legend.notation);
    response.on_hover_text(told).clicked()
}

/// Draws the scale bar; answers its length, points.
fn scale(painter: &Painter, camera: &Camera, base: Pos2, ground: &dyn Fn(Rect), tokens: &Tokens) -> f32 {
    let metres_per_point = mercator::metres(camera.centre[1]) / camera.world();
    let (length, name) = scale_bar(metres_per_point, LONGEST);
    ground(Rect::from_min_max(base - vec2(5.0, 20.0), base + vec2(length + 5.0, 4.0)));
    let up = vec2(0.0, 5.0);
    let bar = vec![base - up, base, base + vec2(length, 0.0), base + vec2(length, 0.0) - up];
    painter.line(bar, Stroke::new(1.5, tokens.map_label));
    let at = base + vec2(length / 2.0, -4.0);
    painter.text(at, Align2::CENTER_BOTTOM, name, FontId::proportional(size::SMALL), tokens.map_label);
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everybody_is_named_once_whom_the_map_is_owed_to() {
        let check = |own: &[(&str, &str)], expected: &str| {
            let about = |&(title, attribution): &(&str, &str)| About {
                title: title.to_owned(),
                attribution: attribution.to_owned(),
                ..About::default()
            };
            let inside = ("Dateline", "GeoNames, Natural Earth and others");
            let gazetteers: Vec<About> = own.iter().chain([&inside]).map(about).collect();
            assert_eq!(credit(&gazetteers), format!("Natural Earth · GeoNames, CC BY 4.0{expected}"));
        };
        check(&[], "");
        check(&[("Wells", "Field office, CC0"), ("Camps", "")], " · Field office, CC0 · Camps");
        check(&[("GeoNames SY", "GeoNames, CC BY 4.0"), ("", "")], "");
    }
}
