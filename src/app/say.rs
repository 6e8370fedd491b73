//! What the window says over its panes: in passing, to newcomers, of problems, and of what a drop will do.

use egui::{Context, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

use super::command::{Act, Command};
use super::drop::{self, Use};
use super::events;
use super::theme::{Tokens, space};
use super::window::DatelineApp;
use super::{map, widgets, words};
use crate::explore::Subject;
use crate::ingest::table;

impl DatelineApp {
    /// Says it, over the foot of the map where there is one.
    pub(super) fn say(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        if self.dialogs.problems {
            self.toasts.answer(Command::Problems);
        }
        let copied = self.problems.ui(ctx, &self.explorer, &mut self.dialogs.problems, acts);
        if let Some(copied) = copied {
            self.toasts.tell(copied);
        }
        self.session.hints.watch(acts);
        let mut room = self.map_room;
        if self.explorer.filter.subject == Subject::Events {
            room = events::beside_legend(room, self.session.legend);
        }
        let covered = self.dialogs.any() || !self.map_shown;
        let foot = map::foot(self.session.sighting.heat);
        let taken = if covered { 0.0 } else { self.session.hints.ui(ctx, room, foot, &self.explorer) };
        self.toasts.ui(ctx, room, foot + taken, acts);
        drop::hint(ctx, ctx.content_rect(), self.use_of_drop());
    }

    /// What becomes of what is dropped on the window now.
    pub(super) fn use_of_drop(&self) -> Use {
        let open = !self.explorer.collection.is_empty();
        if self.dialogs.gazetteers { Use::Import } else { Use::Read { open } }
    }

    /// Tells, when reading has ended, how many problems there were.
    pub(super) fn tell_problems(&mut self) {
        let problems = self.explorer.collection.problems();
        let Some(first) = problems.first() else { return };
        let text = match problems.len() {
            1 => format!("{}: {}", first.place, first.reason),
            many => format!("{} could not be read or placed", words::count(many, "thing", "things")),
        };
        let way = match (problems.len(), table::concerned(first)) {
            (1, Some(path)) => ("Choose columns…", Act::ChooseColumns(path)),
            _ => ("Show", Act::Do(Command::Problems)),
        };
        self.toasts.fail(text, Some(way));
    }
}

/// Says on a map without a mark why there is none, `foot` points from its end.
pub(super) fn empty_map(ui: &Ui, rect: Rect, foot: f32, text: &str) {
    let tokens = Tokens::of(ui.ctx());
    let room = (rect.width() - 2.0 * space::XL).max(80.0);
    let galley = ui.painter().layout(text.to_owned(), widgets::body(), tokens.text, room);
    let size = galley.size() + vec2(2.0 * space::M, 2.0 * space::S);
    let area = Rect::from_center_size(pos2(rect.center().x, rect.bottom() - foot - size.y / 2.0), size);
    let response = ui.interact(area, ui.scope_id().with("empty map"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().rect_filled(area, f32::from(space::CORNER), tokens.raised.gamma_multiply(0.92));
    ui.painter().galley(area.min + vec2(space::M, space::S), galley, tokens.text);
}
