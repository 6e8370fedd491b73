//! What lies over the map's corners: zoom buttons, scale bar, coordinates, attribution.
//! Buttons are drawn, not typed: their icons need no font.

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, Color32, FontId, Painter, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo,
    pos2, vec2,
};

use super::camera::Camera;
use crate::app::theme::{Tokens, size, space};
use crate::basemap::mercator;
use crate::gazetteer::About;

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
    let corner = pos2(rect.right() - space::M - side, rect.top() + space::M);
    let stack = Rect::from_min_size(corner, vec2(side, side * 3.0 + space::S));
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

/// Room for the place search at the upper left; `None` on a map too narrow for it.
pub(super) fn search_room(rect: Rect) -> Option<Rect> {
    let wide = (rect.width() - space::ROW - space::M * 3.0).min(320.0);
    let corner = rect.min + Vec2::splat(space::M);
    (wide >= 160.0).then(|| Rect::from_min_size(corner, vec2(wide, 32.0)))
}

/// Where no name may stand: the search, the buttons, the scale bar, and `credit`, the attribution.
pub(super) fn kept_clear(rect: Rect, credit: Rect) -> [Rect; 4] {
    let side = space::ROW + space::M + space::XS;
    [
        search_room(rect).map_or(Rect::NOTHING, |room| room.expand(space::XS)),
        Rect::from_min_size(pos2(rect.right() - side, rect.top()), vec2(side, side * 3.0)),
        Rect::from_min_size(pos2(rect.left(), rect.bottom() - 34.0), vec2(290.0, 34.0)),
        credit.expand(space::XS),
    ]
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

/// Draws the scale bar with the coordinates under the pointer, and the attribution: what does not fit of it
/// is told on hover. Answers where the attribution stands.
pub(super) fn legend(ui: &Ui, camera: &Camera, pointer: Option<Pos2>, credit: &str, tokens: &Tokens) -> Rect {
    let painter = &ui.painter_at(camera.rect);
    let font = FontId::proportional(size::SMALL);
    let base = camera.rect.left_bottom() + vec2(space::M, -space::M);
    let (lat, _) = mercator::unproject(camera.centre);
    let metres_per_point = mercator::EQUATOR_METRES * lat.to_radians().cos() / camera.world();
    let (length, name) = scale_bar(metres_per_point);
    let stroke = Stroke::new(1.5, tokens.map_label);
    let bar = [base, base + vec2(0.0, 0.0), base + vec2(length, 0.0)];
    for halo in [true, false] {
        let stroke = if halo { Stroke::new(3.5, tokens.land.gamma_multiply(0.7)) } else { stroke };
        painter.line(vec![bar[0] - vec2(0.0, 5.0), bar[1], bar[2], bar[2] - vec2(0.0, 5.0)], stroke);
    }
    super::labels::haloed(
        painter,
        base + vec2(length / 2.0, -4.0),
        Align2::CENTER_BOTTOM,
        &name,
        font.clone(),
        tokens.map_label,
        tokens.land,
    );
    let free = camera.rect.width() - length - space::M - space::S - space::L;
    let mut job =
        LayoutJob::simple_singleline(credit.to_owned(), FontId::proportional(10.5), Color32::PLACEHOLDER);
    job.wrap = TextWrapping::truncate_at_width(free.max(0.0));
    let galley = painter.layout_job(job);
    let corner = camera.rect.right_bottom() - vec2(space::S, space::S - 2.0);
    let area = Align2::RIGHT_BOTTOM.anchor_size(corner, galley.size());
    let response = ui.interact(area, ui.scope_id().with("credit"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, credit));
    if galley.elided {
        response.on_hover_text(credit);
    }
    // Room for "89.99° N, 179.99° W" beside the credit, which a narrow map does not have.
    let room = free - area.width() - space::L;
    if let Some(pointer) = pointer.filter(|_| room > 140.0) {
        let place = coordinates(mercator::unproject(camera.to_world(pointer)));
        let at = base + vec2(length + space::L, 2.0);
        super::labels::haloed(
            painter,
            at,
            Align2::LEFT_BOTTOM,
            &place,
            font.clone(),
            tokens.map_label,
            tokens.land,
        );
    }
    super::labels::halo(painter, area.min, &galley, tokens.map_label, tokens.land);
    area
}

/// The longest round distance that is at most 110 points long: its length and its name.
fn scale_bar(metres_per_point: f64) -> (f32, String) {
    let most = metres_per_point * 110.0;
    let power = 10f64.powf(most.max(1e-3).log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= most).unwrap_or(1.0);
    let metres = step * power;
    let name = if metres >= 1000.0 { format!("{:.0} km", metres / 1000.0) } else { format!("{metres:.0} m") };
    ((metres / metres_per_point) as f32, name)
}

/// "36.20° N, 37.16° E".
fn coordinates((lat, lon): (f64, f64)) -> String {
    let lon = (lon + 180.0).rem_euclid(360.0) - 180.0;
    let (ns, ew) = (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
    format!("{:.2}° {ns}, {:.2}° {ew}", lat.abs(), lon.abs())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_bar_is_round_and_fits() {
        let check = |metres_per_point: f64, expected: &str| {
            let (length, name) = scale_bar(metres_per_point);
            assert_eq!(name, expected);
            assert!((40.0..=110.0).contains(&length), "{length}");
        };
        check(1.0, "100 m");
        check(9.5, "1 km");
        check(156_543.0 / 4.0, "2000 km");
        check(40.0, "2 km");
    }

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

    #[test]
    fn coordinates_are_told_with_their_hemispheres() {
        let check = |at: (f64, f64), expected: &str| assert_eq!(coordinates(at), expected);
        check((36.2, 37.16), "36.20° N, 37.16° E");
        check((-12.05, -77.03), "12.05° S, 77.03° W");
        check((10.0, 190.0), "10.00° N, 170.00° W");
    }
}
