//! What the lines under mentions mean, shown by the button over the article.

use egui::{Popup, PopupCloseBehavior, Rect, RichText, Sense, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use super::super::theme::{self, Tokens, size, space};
use super::super::widgets;
use super::links::{self, Manner};
use super::marks::{self, Look};
use super::paragraph::Piece;

/// The button, and what opens under it.
pub(super) fn button(ui: &mut Ui, events: bool) {
    let name = "What the underlines mean";
    let button = widgets::icon_button(ui, icon::QUESTION, name).on_hover_text(name);
    Popup::menu(&button).close_behavior(PopupCloseBehavior::CloseOnClick).show(|ui| {
        ui.set_width(300.0);
        ui.label(RichText::new("Places in the text").font(theme::semibold(size::BODY)));
        for (look, means) in Look::legend() {
            let draw = |ui: &Ui, piece: &[Piece], tokens: &Tokens| {
                marks::ground(ui, piece, look, tokens);
                marks::underline(ui, piece, look, tokens);
            };
            sample(ui, "Aleppo", means, draw);
        }
        if events {
            ui.add_space(space::XS);
            ui.label(RichText::new("Events in the text").font(theme::semibold(size::BODY)));
            for (manner, look, means) in Manner::legend() {
                let draw = |ui: &Ui, piece: &[Piece], tokens: &Tokens| {
                    links::ground(ui, piece, manner, look, tokens);
                    links::underline(ui, piece, manner, look, tokens);
                };
                sample(ui, "bombing", means, draw);
            }
        }
        let tokens = Tokens::of(ui.ctx());
        ui.add_space(space::XS);
        let text = if events {
            "A click shows the event on the map, and who reports it."
        } else {
            "A click shows the place on the map, and why it is that one."
        };
        ui.label(RichText::new(text).size(size::SMALL).color(tokens.quiet));
    });
}

/// A sample of a word and its line, and what that means.
fn sample(ui: &mut Ui, word: &str, means: &str, draw: impl Fn(&Ui, &[Piece], &Tokens)) {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, means));
    let left = egui::Align2::LEFT_CENTER;
    let galley = ui.painter().layout_no_wrap(word.to_owned(), theme::serif(15.0), tokens.text);
    let word = left.anchor_size(rect.left_center(), galley.size());
    let piece = Piece {
        rect: Rect::from_min_max(word.min, pos2(word.right(), word.bottom())),
        baseline: word.bottom() - 5.0,
    };
    draw(ui, &[piece], &tokens);
    ui.painter().galley(word.min, galley, tokens.text);
    let at = pos2(rect.left() + 76.0, rect.center().y);
    widgets::line(ui, at, rect.width() - 76.0, means, widgets::body(), tokens.text);
}
