//! What a newcomer is told over the map: four things to try, one after the other, and never again.
//! A step is done with once it was used in whatever way; the rest goes with a press of its button.

use egui::{Align2, Area, Context, Frame, Id, Margin, Order, Rect, RichText, Stroke};
use egui_phosphor::regular as icon;
use serde::{Deserialize, Serialize};

use crate::explore::{Explorer, Pane, Selection};

use super::command::{Act, Command};
use super::theme::{Tokens, size, space};
use super::widgets;

/// The steps, in order.
const STEPS: usize = 4;
/// Those that there were before events.
const FIRST: usize = 3;

/// What somebody has tried, and whether they want to be told at all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// Steps that were used.
    pub done: [bool; FIRST],
    /// Whether events were shown.
    pub events: bool,
    /// Whether nothing is to be told.
    pub dismissed: bool,
}

impl Hints {
    /// For somebody who knows the program.
    pub const NONE: Hints = Hints { done: [true; FIRST], events: true, dismissed: true };

    /// Takes note of what was done in a frame.
    pub fn watch(&mut self, acts: &[Act]) {
        if self.dismissed {
            return;
        }
        for act in acts {
            match act {
                Act::SelectPlace(_, Pane::Map) => self.done[0] = true,
                Act::Select(Selection::Mention(_), Pane::Reader) | Act::SelectEvent(_, _, Pane::Reader) => {
                    self.done[1] = true;
                }
                Act::Do(Command::ShowEvents) => self.events = true,
                Act::Do(Command::Palette) => self.done[2] = true,
                _ => {}
            }
        }
        self.dismissed = self.in_order().iter().all(|&done| done);
    }

    fn step(&self) -> Option<usize> {
        if self.dismissed { None } else { self.in_order().iter().position(|&done| !done) }
    }

    /// What was used, in the order of the steps.
    fn in_order(&self) -> [bool; STEPS] {
        let [mark, name, palette] = self.done;
        [mark, name, self.events, palette]
    }

    /// Draws the step that comes next at the foot of a room, `above` points from its end; answers how much of it that
    /// takes.
    pub fn ui(&mut self, ctx: &Context, room: Rect, above: f32, explorer: &Explorer) -> f32 {
        let Some(step) = self.step().filter(|_| !explorer.view.places.is_empty()) else {
            return 0.0;
        };
        let tokens = Tokens::of(ctx);
        let key = Command::Palette.shortcut().map(|key| ctx.format_shortcut(&key)).unwrap_or_default();
        let text = match step {
            0 => "Click a mark to read what is reported there".to_owned(),
            1 => "Click an underlined name to see why it is placed there".to_owned(),
            2 => "Press Events, over the lists, to see what happened where and when".to_owned(),
            _ => format!("Press {key} to find any command by its name"),
        };
        let area = Area::new(Id::unique("first steps")).order(Order::Middle).pivot(Align2::CENTER_BOTTOM);
        let foot = room.center_bottom() - egui::vec2(0.0, above);
        let shown = area.fixed_pos(foot).constrain(true).fade_in(false).show(ctx, |ui| {
            ui.set_max_width((room.width() - 2.0 * space::M).clamp(200.0, 460.0));
            let frame = Frame::new()
                .fill(tokens.raised)
                .stroke(Stroke::new(1.0, tokens.accent))
                .corner_radius(f32::from(space::CORNER))
                .shadow(ui.visuals().popup_shadow)
                .inner_margin(Margin { left: 12, right: 4, top: 4, bottom: 4 });
            frame.show(ui, |ui| {
                ui.horizontal(|ui| {
                    let count = format!("{} of {STEPS}", step + 1);
                    ui.label(RichText::new(count).size(size::SMALL).color(tokens.quiet));
                    let room = (ui.available_width() - space::ROW - space::L).max(80.0);
                    let galley = ui.painter().layout(text.clone(), widgets::body(), tokens.text, room);
                    let label = ui.add(egui::Label::new(galley));
                    label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &text));
                    let close = widgets::icon_button(ui, icon::X, "No more hints");
                    if close.on_hover_text("No more hints").clicked() {
                        self.dismissed = true;
                    }
                });
            });
        });
        shown.response.rect.height() + space::S
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explore::MentionRef;

    #[test]
    fn steps_go_away_as_they_are_used() {
        let mut hints = Hints::default();
        let mut check = |act: Act, expected: Option<usize>| {
            hints.watch(&[act]);
            assert_eq!(hints.step(), expected);
        };
        let mention = Selection::Mention(MentionRef { article: 0, mention: 0 });
        check(Act::SelectPlace(0, Pane::Lists), Some(0));
        check(Act::Select(mention, Pane::Reader), Some(0));
        check(Act::SelectPlace(0, Pane::Map), Some(2));
        check(Act::Do(Command::ShowEvents), Some(3));
        check(Act::Do(Command::Palette), None);
        check(Act::Do(Command::Quit), None);
    }
}
