//! What stands over the article: the walk through mentions or events, the walk through articles.

use egui::{Align, Layout, Margin, RichText, Ui};

use crate::explore::{Among, Explorer, Selection, Subject};

use super::super::command::{Act, Command};
use super::super::theme::Tokens;
use super::super::widgets;
use super::super::words;
use super::{Listed, copies, legend};

/// Least room for the words about mentions, points; with less only the buttons are shown.
const ROOM: f32 = 60.0;

/// "2 of 7 mentions of Aleppo" on the left, "3 of 17" articles on the right, each between its buttons.
pub(super) fn ui(ui: &mut Ui, explorer: &Explorer, article: usize, listed: &Listed, acts: &mut Vec<Act>) {
    let quiet = Tokens::of(ui.ctx()).quiet;
    let frame = egui::Frame::new().inner_margin(Margin { left: 8, right: 8, top: 4, bottom: 4 });
    frame.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.add_enabled_ui(explorer.stops() > 0, |ui| {
                let events = explorer.walks_events();
                for (command, event) in
                    [(Command::PreviousMention, "Previous event"), (Command::NextMention, "Next event")]
                {
                    if !events {
                        widgets::command_icon(ui, command, acts);
                    } else if widgets::icon_button(ui, command.icon(), event)
                        .on_hover_ui(|ui| widgets::tooltip(ui, command))
                        .clicked()
                    {
                        acts.push(Act::Do(command));
                    }
                }
            });
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                legend::button(ui, explorer.filter.subject == Subject::Events);
                widgets::command_icon(ui, Command::FindInArticle, acts);
                widgets::command_icon(ui, Command::EditArticle, acts);
                articles(ui, explorer, listed.row, acts);
                copies::button(ui, explorer, article, &listed.copies, acts);
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
    let total = explorer.stops();
    let named = |key: u32| explorer.collection.place(key).map(|entry| entry.place.name.clone());
    let of = match explorer.selected.what {
        Selection::Place { place, .. } => named(place).map(|name| format!(" of {name}")),
        Selection::Event { among: Among::Place, place: Some(place), .. } => {
            named(place).map(|name| format!(" in {name}"))
        }
        Selection::Event { among: Among::List, .. } => Some(" in the list".to_owned()),
        _ => None,
    };
    let of = of.as_deref().unwrap_or(" in this article");
    let (one, many) = if explorer.walks_events() { ("event", "events") } else { ("mention", "mentions") };
    let all = words::count(total, one, many);
    match (explorer.position(), total) {
        (_, 0) => format!("No {many} shown"),
        (Some(position), _) => {
            format!("{} of {all}{of}", words::number(position as u64 + 1))
        }
        (None, _) => format!("{all}{of}"),
    }
}
