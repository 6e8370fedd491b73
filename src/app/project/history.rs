//! The history: every edit, when, by whom and of how much, those that were taken back among them; a press leads to how
//! it all was right after it.
//! Only the rows in sight are drawn, so that a thousand edits cost what ten do.

use egui::{Align2, Context, RichText, ScrollArea, Ui, pos2};
use egui_phosphor::regular as icon;

use super::{Wish, when};
use crate::app::command::Act;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{dialog, widgets, words};
use crate::project::{EntryId, Head};

/// Height of a row of two lines, points.
const ROW: f32 = 46.0;
/// The accessible name of the search.
const SEARCH: &str = "Search the history";

/// The dialog's own state.
#[derive(Default)]
pub struct History {
    /// The first entry first, each with whether it is in force.
    entries: Vec<(Head, bool)>,
    /// The last entry in force.
    now: Option<EntryId>,
    query: String,
    /// Rows that answer to the search, the last entry first; `None` is how it all began.
    rows: Vec<Option<usize>>,
    asked: bool,
}

impl History {
    /// Begins anew, with an empty search.
    pub fn begin(&mut self) {
        *self = Self::default();
    }

    /// Takes in the entries, the first first.
    pub fn take(&mut self, entries: Vec<(Head, bool)>, now: Option<EntryId>) {
        (self.entries, self.now) = (entries, now);
        self.lay();
    }

    fn lay(&mut self) {
        let query = self.query.trim().to_lowercase();
        let answers = |head: &Head| {
            let why = head.why.as_deref().unwrap_or_default();
            [head.title.as_str(), &head.who, why].iter().any(|text| text.to_lowercase().contains(&query))
        };
        let found = self.entries.iter().enumerate().rev().filter(|(_, (head, _))| answers(head));
        self.rows = found.map(|(number, _)| Some(number)).collect();
        if query.is_empty() && !self.entries.is_empty() {
            self.rows.push(None);
        }
    }

    /// Draws it while `open`.
    pub fn ui(&mut self, ctx: &Context, open: &mut bool, acts: &mut Vec<Act>) {
        let room = ctx.content_rect().size();
        dialog::window("History", open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 600.0));
            if self.entries.is_empty() {
                let text = "Nothing was corrected yet. Every correction will be listed here, and each can be gone \
                            back to.";
                ui.add(egui::Label::new(RichText::new(text).color(Tokens::of(ui.ctx()).quiet)).wrap());
                return;
            }
            let before = self.query.clone();
            widgets::text_field(ui, SEARCH, "What was corrected, or who did it", &mut self.query);
            widgets::focus_once(ui, SEARCH, &mut self.asked);
            if before != self.query {
                self.lay();
            }
            ui.add_space(space::S);
            if self.rows.is_empty() {
                ui.label(RichText::new("No edit says so.").color(Tokens::of(ui.ctx()).quiet));
                return;
            }
            let high = (room.y - 220.0).clamp(120.0, 460.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            widgets::hairline(ui);
            let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(high);
            area.show_rows(ui, ROW, self.rows.len(), |ui, range| {
                for row in self.rows.get(range).unwrap_or(&[]) {
                    self.row(ui, *row, acts);
                }
            });
        });
    }

    fn row(&self, ui: &mut Ui, row: Option<usize>, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let entry = row.and_then(|number| self.entries.get(number));
        let id = entry.map(|(head, _)| head.id);
        let here = id == self.now;
        let in_force = entry.is_none_or(|(_, in_force)| *in_force);
        let (title, below) = match entry {
            Some((head, _)) => (head.title.clone(), told(head)),
            None => ("As it was found".to_owned(), "Before the first correction".to_owned()),
        };
        let state = match (here, in_force) {
            (true, _) => "now",
            (false, true) => "",
            (false, false) => "taken back",
        };
        let spoken =
            if state.is_empty() { format!("{title}, {below}") } else { format!("{title}, {below}, {state}") };
        let response = widgets::row(ui, ROW, here, false, &spoken);
        let rect = response.rect;
        let (sign, colour) = match (here, in_force) {
            (true, _) => (icon::CHECK_CIRCLE, tokens.accent),
            (false, true) => (icon::CHECK, tokens.quiet),
            (false, false) => (icon::ARROW_COUNTER_CLOCKWISE, tokens.quiet),
        };
        let y = rect.top() + 15.0;
        widgets::icon_at(ui, pos2(rect.left() + space::S, y), Align2::LEFT_CENTER, sign, size::ICON, colour);
        let left = rect.left() + space::XL + space::XS;
        let end = pos2(rect.right() - space::M, y);
        let shown = widgets::line_right(ui, end, state, widgets::small(), tokens.quiet);
        let room = rect.right() - space::M - left;
        let ink = if in_force { tokens.text } else { tokens.quiet };
        let font = if here { theme::semibold(size::BODY) } else { widgets::body() };
        widgets::line(ui, pos2(left, y), room - shown - space::S, &title, font, ink);
        widgets::line(ui, pos2(left, rect.top() + 33.0), room, &below, widgets::small(), tokens.quiet);
        let hint = if here { "This is how it is now".to_owned() } else { format!("Go to here: {title}") };
        if response.on_hover_text(hint).clicked() && !here {
            acts.push(Act::Project(Wish::GoTo(id)));
        }
    }
}

/// "today 12:03 · Ann · 214 values · checked by telephone".
fn told(head: &Head) -> String {
    let count = words::count(head.count, "value", "values");
    let why = head.why.clone().filter(|why| !why.trim().is_empty());
    let parts = [Some(when(head.at)), Some(head.who.clone()), Some(count), why];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
