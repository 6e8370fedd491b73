//! The articles that were left out, to be put back.

use egui::{Context, Label, RichText, ScrollArea};

use super::Correction;
use crate::app::command::Act;
use crate::app::theme::{Tokens, space};
use crate::app::{dialog, widgets};
use crate::explore::Collection;
use crate::project::{Field, State, Target, change};

/// Draws the dialog while `open`.
pub fn ui(ctx: &Context, open: &mut bool, (collection, state): (&Collection, &State), acts: &mut Vec<Act>) {
    let room = ctx.content_rect().size();
    dialog::window("Removed articles", open).show(ctx, |ui| {
        ui.set_width((room.x - 96.0).clamp(280.0, 520.0));
        let quiet = Tokens::of(ui.ctx()).quiet;
        let is_removed = |number: &u32| state.get(&Target::Article(*number), Field::Removed).is_some();
        let removed: Vec<u32> = state.articles().into_iter().filter(is_removed).collect();
        if removed.is_empty() {
            let text = "No article is left out. “Remove article” leaves one out of lists, map and exports; it stays \
                        in the project, and stands here to be put back.";
            ui.add(Label::new(RichText::new(text).color(quiet)).wrap());
            return;
        }
        let high = (room.y - 180.0).clamp(120.0, 420.0);
        ScrollArea::vertical().auto_shrink([false, true]).max_height(high).show_rows(
            ui,
            space::ROW,
            removed.len(),
            |ui, range| {
                for &number in removed.get(range).unwrap_or(&[]) {
                    let heading = collection.card(number as usize).map(|card| card.heading.clone());
                    let heading = heading.unwrap_or_default();
                    ui.horizontal(|ui| {
                        if widgets::plain_button(ui, "Put back").clicked() {
                            let name = heading.clone();
                            let put_back = move |state: &State| change::put_back(state, &name, &[number]);
                            acts.push(Act::Correct(Box::new(Correction::new(put_back))));
                        }
                        ui.add(Label::new(&heading).truncate()).on_hover_text(&heading);
                    });
                }
            },
        );
    });
}
