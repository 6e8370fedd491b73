//! What the lines under mentions mean, shown by the button over the article.

use egui::{Popup, PopupCloseBehavior, Rect, RichText, Sense, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use super::super::theme::{self, Tokens, size, space};
use super::super::widgets;
use super::marks::{self, Look};
use super::paragraph::Piece;

/// The button, and what opens under it.
pub(super) fn button(ui: &mut Ui) {
    let name = "What the underlines mean";
    let button = widgets::icon_button(ui, icon::QUESTION, name).on_hover_text(name);
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClick).show(|ui| {
        ui.set_width(300.0);
        ui.label(RichText::new("Places in the text").font(theme::semibold(size::BODY)));
        for (look, means) in Look::legend() {
            row(ui, look, means);
        }
        let tokens = Tokens::of(ui.ctx());
        ui.add_space(space::XS);
        let text = "A click shows the place on the map, and why it is that one.";
        ui.label(RichText::new(text).size(size::SMALL).color(tokens.quiet));
    });
}

/// A sample of the line, and what it means.
fn row(ui: &mut Ui, look: Look, means: &str) {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, means));
    let left = egui::Align2::LEFT_CENTER;
    let galley = ui.painter().layout_no_wrap("Aleppo".to_owned(), theme::serif(15.0), tokens.text);
    let word = left.anchor_size(rect.left_center(), galley.size());
    let piece = Piece {
        rect: Rect::from_min_max(word.min, pos2(word.right(), word.bottom())),
        baseline: word.bottom() - 5.0,
    };
    marks::ground(ui, &[piece], look, &tokens);
    ui.painter().galley(word.min, galley, tokens.text);
    marks::underline(ui, &[piece], look, &tokens);
    let at = pos2(rect.left() + 72.0, rect.center().y);
    widgets::line(ui, at, rect.width() - 72.0, means, widgets::body(), tokens.text);
}
