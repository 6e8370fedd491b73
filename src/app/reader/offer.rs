//! What can be made of words that are chosen in the text, at the foot of the article while they are.

use egui::{Align, Layout, Rect, Role, Ui, WidgetInfo, vec2};

use super::super::command::{Act, Command};
use super::super::theme::{self, Tokens, size, space};
use super::super::widgets;

/// Height of the bar, points.
pub(in super::super) const HIGH: f32 = 40.0;

/// Draws it over the foot of the article; `retakes` says whether a mention is selected that may have these words.
pub(in super::super) fn ui(ui: &mut Ui, words: &str, retakes: bool, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let rect = ui.max_rect();
    ui.painter().hline(rect.x_range(), rect.top(), egui::Stroke::new(1.0, tokens.hairline));
    ui.scope_builder(egui::UiBuilder::new().max_rect(rect.shrink2(vec2(space::M, 0.0))), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::XS;
            widgets::command_icon(ui, Command::NameMeans, acts);
            widgets::command_icon(ui, Command::CopyQuote, acts);
            if retakes {
                button(ui, Command::TakeWords, acts);
            }
            button(ui, Command::AddMention, acts);
            let room = ui.available_width() - space::S;
            let (place, label) = ui.allocate_exact_size(vec2(room.max(0.0), HIGH), egui::Sense::hover());
            said(ui, place, words, &tokens);
            label.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Chosen: {words}")));
            label.on_hover_text(words);
        });
    });
}

fn said(ui: &Ui, rect: Rect, words: &str, tokens: &Tokens) {
    let text = format!("“{words}”");
    widgets::line(ui, rect.left_center(), rect.width(), &text, theme::serif(size::BODY + 1.0), tokens.text);
}

fn button(ui: &mut Ui, command: Command, acts: &mut Vec<Act>) {
    let pressed = widgets::plain_button(ui, command.text()).on_hover_ui(|ui| widgets::tooltip(ui, command));
    if pressed.clicked() {
        acts.push(Act::Do(command));
    }
}
