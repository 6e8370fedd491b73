//! The bar at the bottom: what is shown in figures, how far reading has come, what went wrong.

use egui::{RichText, Ui};
use egui_phosphor::regular as icon;

use crate::explore::Explorer;

use super::command::{Act, Command};
use super::theme::{Tokens, size, space};
use super::widgets;
use super::words;

/// Draws the bar.
pub fn ui(
    ui: &mut Ui,
    explorer: &Explorer,
    progress: Option<String>,
    notice: Option<&str>,
    acts: &mut Vec<Act>,
) {
    let tokens = Tokens::of(ui.ctx());
    let quiet = |text: String| RichText::new(text).size(size::SMALL).color(tokens.quiet);
    ui.horizontal_centered(|ui| {
        ui.add_space(space::M);
        if let Some(progress) = progress {
            ui.add(egui::Spinner::new().size(12.0).color(tokens.accent));
            ui.label(quiet(progress));
            let cancel = ui.add(egui::Button::new(quiet("Cancel".to_owned()).color(tokens.accent)).small());
            if cancel.on_hover_ui(|ui| widgets::tooltip(ui, Command::Cancel)).clicked() {
                acts.push(Act::Do(Command::Cancel));
            }
        } else {
            ui.label(quiet(summary(explorer)));
        }
        if let Some(notice) = notice {
            ui.label(quiet(notice.to_owned()).color(tokens.text));
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            ui.add_space(space::M);
            let problems = explorer.collection.problems().len();
            if problems > 0 {
                let text = format!("{}  {}", icon::WARNING, words::count(problems, "problem", "problems"));
                let button = ui.add(egui::Button::new(quiet(text).color(tokens.warning)).small());
                if button.on_hover_ui(|ui| widgets::tooltip(ui, Command::Problems)).clicked() {
                    acts.push(Act::Do(Command::Problems));
                }
            }
        });
    });
}

fn summary(explorer: &Explorer) -> String {
    let view = &explorer.view;
    if explorer.collection.articles().is_empty() {
        return "Nothing open".to_owned();
    }
    let mut parts = vec![
        words::count(view.articles.len(), "article", "articles"),
        words::count(view.places.len(), "place", "places"),
        words::count(view.mentions, "mention", "mentions"),
    ];
    if view.unresolved > 0 {
        parts.push(format!("{} not placed", words::number(view.unresolved as u64)));
    }
    if !explorer.filter.is_default() {
        parts.push(format!(
            "filtered from {}",
            words::count(explorer.collection.articles().len(), "article", "articles")
        ));
    }
    parts.join("  ·  ")
}
