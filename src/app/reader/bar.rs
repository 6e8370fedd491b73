//! What stands over the article: the walk through mentions, the walk through articles.

use egui::{Align, Layout, Margin, RichText, Ui};

use crate::explore::{Explorer, Selection};

use super::super::command::{Act, Command};
use super::super::theme::Tokens;
use super::super::widgets;
use super::super::words;
use super::legend;

/// Least room for the words about mentions, points; with less only the buttons are shown.
const ROOM: f32 = 60.0;

/// "2 of 7 mentions of Aleppo" on the left, "3 of 17" articles on the right, each between its buttons.
pub(super) fn ui(ui: &mut Ui, explorer: &Explorer, place: Option<usize>, acts: &mut Vec<Act>) {
    let quiet = Tokens::of(ui.ctx()).quiet;
    let frame = egui::Frame::new().inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 4 });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.add_enabled_ui(!explorer.trail().is_empty(), |ui| {
                widgets::command_icon(ui, Command::PreviousMention, acts);
                widgets::command_icon(ui, Command::NextMention, acts);
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                legend::button(ui);
                widgets::command_icon(ui, Command::FindInArticle, acts);
                articles(ui, explorer, place, acts);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add_space(6.0);
                    if ui.available_width() > ROOM {
                        let text = RichText::new(where_in_trail(explorer)).color(quiet);
                        ui.add(egui::Label::new(text).truncate());
                    }
                });
            });
        });
    });
}

/// Previous and next article of the list, from the right.
fn articles(ui: &mut Ui, explorer: &Explorer, place: Option<usize>, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let count = explorer.view.articles.len();
    ui.add_enabled_ui(place.is_none_or(|place| place + 1 < count) && count > 0, |ui| {
        widgets::command_icon(ui, Command::NextArticle, acts);
    });
    if let Some(place) = place {
        let text = format!("{} of {}", words::number(place as u64 + 1), words::number(count as u64));
        let label = ui.label(RichText::new(text).color(tokens.quiet));
        label.on_hover_text("Which article of the list this is");
    }
    ui.add_enabled_ui(place.is_some_and(|place| place > 0), |ui| {
        widgets::command_icon(ui, Command::PreviousArticle, acts);
    });
}

fn where_in_trail(explorer: &Explorer) -> String {
    let total = explorer.trail().len();
    let of = match explorer.selected.what {
        Selection::Place { place, .. } => {
            explorer.collection.place(place).map(|entry| format!(" of {}", entry.place.name))
        }
        _ => None,
    };
    let of = of.as_deref().unwrap_or(" in this article");
    let mentions = words::count(total, "mention", "mentions");
    match (explorer.position(), total) {
        (_, 0) => "No mentions shown".to_owned(),
        (Some(position), _) => {
            format!("{} of {mentions}{of}", words::number(position as u64 + 1))
        }
        (None, _) => format!("{mentions}{of}"),
    }
}
