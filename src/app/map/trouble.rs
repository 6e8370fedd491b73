//! What is wrong with the tiles, said in the map's lower left corner, where nothing else is hidden by it.
//! A sentence and no window over the map: the rest of the map goes on.

use egui::{Label, Rect, RichText, Ui, UiBuilder, vec2};

use crate::app::theme::{Tokens, size, space};
use crate::app::widgets;

/// Greatest width, points.
const WIDE: f32 = 340.0;
/// Room left below for the scale bar, points.
const BELOW: f32 = 36.0;

/// Says what is wrong, with a button where trying again may help; answers whether it was pressed.
pub(super) fn show(ui: &mut Ui, view: Rect, told: &str, again: bool, tokens: &Tokens) -> bool {
    let wide = WIDE.min(view.width() - 2.0 * space::M);
    if wide < 120.0 {
        return false;
    }
    let corner = view.left_bottom() + vec2(space::M, -BELOW);
    let room = Rect::from_min_max(corner - vec2(0.0, view.height() / 2.0), corner + vec2(wide, 0.0));
    let layout = egui::Layout::bottom_up(egui::Align::LEFT);
    let mut side = ui.new_child(UiBuilder::new().max_rect(room).layout(layout));
    let frame = egui::Frame::new()
        .fill(tokens.raised)
        .stroke(egui::Stroke::new(1.0, tokens.hairline))
        .corner_radius(space::CORNER)
        .inner_margin(egui::Margin::symmetric(space::S as i8, space::S as i8));
    let inside = |ui: &mut Ui| {
        ui.set_max_width(wide - 2.0 * space::S);
        ui.with_layout(egui::Layout::top_down(egui::Align::LEFT), |ui| {
            ui.add(Label::new(RichText::new(told).size(size::SMALL).color(tokens.text)).wrap());
            again && widgets::plain_button(ui, "Try again").clicked()
        })
        .inner
    };
    frame.show(&mut side, inside).inner
}
