//! A strip over the panes that stays until it is answered: the project can only be read, or there are corrections of
//! these articles to go on with.

use egui::{Align, Label, Layout, Rect, RichText, Ui};
use egui_phosphor::regular as icon;

use super::{Leftover, Wish, when};
use crate::app::command::{Act, Command};
use crate::app::theme::{Tokens, size, space};
use crate::app::{widgets, words};

/// Height of the strip, points.
pub const HEIGHT: f32 = 40.0;

/// What it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Banner {
    /// Nothing can be corrected, for this reason.
    ReadOnly(String),
    /// There are corrections of these articles that were not saved.
    GoOn(Leftover),
}

impl Banner {
    fn text(&self) -> String {
        match self {
            Self::ReadOnly(reason) => format!("Read-only: {reason}. Corrections cannot be kept here"),
            Self::GoOn(leftover) => {
                let edits = words::count(leftover.edits, "edit", "edits");
                format!("You corrected these articles before: {edits}, the last {}", when(leftover.at))
            }
        }
    }

    /// Draws it over a rectangle as high as [`HEIGHT`].
    pub fn ui(&self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let (sign, colour) = match self {
            Self::ReadOnly(_) => (icon::LOCK_SIMPLE, tokens.warning),
            Self::GoOn(_) => (icon::ARROW_COUNTER_CLOCKWISE, tokens.accent),
        };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.add_space(space::M);
            match self {
                Self::ReadOnly(_) => {
                    if widgets::plain_button(ui, "Try again").clicked() {
                        acts.push(Act::Project(Wish::TryAgain));
                    }
                    if widgets::plain_button(ui, "Save as…").clicked() {
                        acts.push(Act::Do(Command::SaveAs));
                    }
                }
                Self::GoOn(leftover) => {
                    if widgets::plain_button(ui, "Not now").clicked() {
                        acts.push(Act::Project(Wish::NotNow));
                    }
                    if widgets::primary_button(ui, "Go on", true).clicked() {
                        acts.push(Act::Project(Wish::GoOn(leftover.path.clone())));
                    }
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(space::M);
                ui.label(RichText::new(sign).size(size::ICON).color(colour));
                let text = self.text();
                let label = ui.add(Label::new(RichText::new(&text).color(tokens.text)).truncate());
                ui.ctx().accesskit_node_builder(label.id, |node| {
                    node.set_live(egui::accesskit::Live::Polite);
                });
                label.on_hover_text(text);
            });
        });
        let line = Rect::from_x_y_ranges(rect.x_range(), rect.bottom() - 1.0..=rect.bottom());
        ui.painter().rect_filled(line, 0.0, tokens.hairline);
    }
}
