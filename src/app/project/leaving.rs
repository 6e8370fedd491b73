//! What is said before the program ends while corrections are kept that nobody has saved: nothing is lost.

use egui::{Context, Label, RichText};

use super::Wish;
use crate::app::command::{Act, Command};
use crate::app::theme::Tokens;
use crate::app::{dialog, widgets};

/// Draws the dialog while `open`.
pub fn ui(ctx: &Context, open: &mut bool, acts: &mut Vec<Act>) {
    dialog::window("Your corrections are kept", open).show(ctx, |ui| {
        ui.set_width((ctx.content_rect().width() - 96.0).clamp(280.0, 420.0));
        let text = "They are offered when you open the same articles again, and stand under “Open recent…”. Save \
                    them as a project to give them a name, or to pass them on.";
        ui.add(Label::new(RichText::new(text).color(Tokens::of(ui.ctx()).quiet)).wrap());
        widgets::foot(ui, |ui| {
            if widgets::primary_button(ui, "Quit", true).clicked() {
                acts.push(Act::Project(Wish::Leave));
            }
            if widgets::plain_button(ui, Command::SaveAs.text()).clicked() {
                acts.push(Act::Do(Command::SaveAs));
            }
        });
    });
}
