//! The command palette: a few letters to a command, a place or an article, without the pointer.
//! It runs nothing by itself: what is chosen is handed back like what a pane asks for.

mod rank;
mod rows;
mod titles;

use egui::{Align2, Context, Id, Key, Modifiers, TextEdit, Ui};
use egui_phosphor::regular as icon;

use crate::explore::{Collection, Pane, Selection};
use crate::gazetteer::Gazetteer;

use super::command::{Act, Command};
use super::dialog;
use super::finder::{Offer, Reach, offers};
use super::theme::{Tokens, size};
use super::widgets;
use super::window::DatelineApp;
use rank::Wanted;
use titles::Titles;

/// What a screen reader calls the field.
const NAME: &str = "Command, place or article";
/// Places that are offered.
const PLACES: usize = 4;

/// What can be chosen.
enum Entry {
    Command(Command),
    Place(Box<Offer>),
    Article(usize),
}

/// The palette's own state.
#[derive(Default)]
pub struct Palette {
    words: String,
    entries: Vec<Entry>,
    titles: Titles,
    /// The entry that Enter takes.
    ahead: usize,
    /// The entry that was brought into sight last.
    seen: usize,
    /// Whether it was open in the last frame.
    open: bool,
}

/// What the palette needs to know of the window.
struct Around<'a> {
    /// The open articles.
    pub collection: &'a Collection,
    /// Where places are looked up.
    pub gazetteer: &'a Gazetteer,
    /// What keeps a command from being carried out.
    pub hindrance: &'a dyn Fn(Command) -> Option<&'static str>,
    /// Commands chosen here before, the last first.
    pub recent: &'a [Command],
}

impl DatelineApp {
    /// Draws the palette while it is open, and remembers what was chosen in it.
    pub(super) fn palette(&mut self, ctx: &Context, acts: &mut Vec<Act>) {
        let mut palette = std::mem::take(&mut self.palette);
        let mut open = self.dialogs.palette;
        let recent = if open { self.session.recent_commands() } else { Vec::new() };
        let around = Around {
            collection: &self.explorer.collection,
            gazetteer: self.finder.gazetteer(),
            hindrance: &|command| self.hindrance(command),
            recent: &recent,
        };
        let chosen = palette.ui(ctx, &mut open, &around, acts);
        if let Some(command) = chosen {
            self.session.remember(command);
        }
        (self.palette, self.dialogs.palette) = (palette, open);
    }
}

impl Palette {
    /// Draws the palette while it is open; answers the command that was chosen in it.
    fn ui(
        &mut self,
        ctx: &Context,
        open: &mut bool,
        around: &Around<'_>,
        acts: &mut Vec<Act>,
    ) -> Option<Command> {
        if !*open {
            self.open = false;
            return None;
        }
        let first = !std::mem::replace(&mut self.open, true);
        if first {
            self.words.clear();
            self.look(around);
        }
        let room = ctx.content_rect();
        let wide = (room.width() - 32.0).clamp(200.0, 560.0);
        let top = (room.height() * 0.12).min(96.0);
        let mut chosen = None;
        let palette = dialog::bare("Command palette", Align2::CENTER_TOP, [0.0, top]);
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(0);
        palette.frame(frame).show(ctx, |ui| {
            ui.set_width(wide);
            ui.spacing_mut().item_spacing.y = 0.0;
            self.field(ui, first, around);
            if self.titles.look(around.collection.len(), |number| around.collection.card(number)) {
                ui.ctx().request_repaint();
            }
            self.gather(around);
            widgets::hairline(ui);
            let high = (room.height() - top - 120.0).clamp(rows::ROW, 420.0);
            let follow = std::mem::replace(&mut self.seen, self.ahead) != self.ahead;
            let clicked = rows::ui(ui, high, &self.entries, (self.ahead, follow), around);
            let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            chosen = clicked.or(entered.then_some(self.ahead));
        });
        let entry = chosen.and_then(|number| self.entries.get(number))?;
        let command = take(entry, around, acts)?;
        *open = false;
        command
    }

    /// The line to type into; up and down go through the entries and never reach it.
    fn field(&mut self, ui: &mut Ui, first: bool, around: &Around<'_>) {
        self.walk(ui);
        let id = Id::unique("palette field");
        let tokens = Tokens::of(ui.ctx());
        let edit = TextEdit::singleline(&mut self.words)
            .id(id)
            .hint_text(NAME)
            .return_key(None)
            .font(egui::FontId::new(size::HEADING, egui::FontFamily::Proportional))
            .frame(egui::Frame::NONE.inner_margin(egui::Margin { left: 40, right: 16, top: 12, bottom: 12 }))
            .desired_width(ui.available_width());
        let response = ui.add(edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SearchInput, true, NAME));
        let at = egui::pos2(response.rect.left() + 22.0, response.rect.center().y);
        widgets::icon_at(ui, at, Align2::CENTER_CENTER, icon::COMMAND, size::ICON, tokens.quiet);
        if first {
            response.request_focus();
        }
        if response.changed() {
            self.look(around);
        }
    }

    fn walk(&mut self, ui: &Ui) {
        let last = self.entries.len().saturating_sub(1);
        ui.input_mut(|input| {
            let mut count = |key| input.count_and_consume_key(Modifiers::NONE, key);
            let down = count(Key::ArrowDown) + 8 * count(Key::PageDown);
            let up = count(Key::ArrowUp) + 8 * count(Key::PageUp);
            self.ahead = (self.ahead + down).min(last).saturating_sub(up);
        });
    }

    /// Looks for what was typed, from the beginning.
    fn look(&mut self, around: &Around<'_>) {
        self.ahead = 0;
        self.titles = Titles::new(&self.words);
        self.entries = commands(&self.words, around).into_iter().map(Entry::Command).collect();
        if self.words.trim().chars().count() > 1 {
            let found = offers(around.gazetteer, around.collection, &self.words, Reach::Beginning);
            self.entries.extend(found.into_iter().take(PLACES).map(|offer| Entry::Place(Box::new(offer))));
        }
    }

    /// Lists the articles that were found since.
    fn gather(&mut self, around: &Around<'_>) {
        let listed = self.entries.iter().filter(|entry| matches!(entry, Entry::Article(_))).count();
        let found = self.titles.found.iter().copied().filter(|&number| number < around.collection.len());
        self.entries.extend(found.skip(listed).map(Entry::Article));
    }
}

/// Hands back what an entry stands for, and the command where it is one; none where it cannot be done.
fn take(entry: &Entry, around: &Around<'_>, acts: &mut Vec<Act>) -> Option<Option<Command>> {
    match entry {
        Entry::Command(command) if (around.hindrance)(*command).is_some() => None,
        Entry::Command(command) => {
            acts.push(Act::Do(*command));
            Some(Some(*command))
        }
        Entry::Place(offer) => {
            acts.push(Act::GoTo(Box::new(offer.place.clone())));
            Some(None)
        }
        Entry::Article(number) => {
            acts.push(Act::Select(Selection::Article(*number), Pane::None));
            Some(None)
        }
    }
}

/// The commands that answer, the best first: those that were chosen here before where nothing was typed, and
/// among equals.
fn commands(typed: &str, around: &Around<'_>) -> Vec<Command> {
    let wanted = Wanted::new(typed);
    let rank =
        |command: Command| around.recent.iter().position(|&recent| recent == command).unwrap_or(usize::MAX);
    let known = Command::all().filter(|&command| command != Command::Palette);
    let mut found: Vec<(i32, usize, Command)> = known
        .filter_map(|command| {
            let worth =
                if wanted.is_empty() { 0 } else { wanted.of(command, command.menu().unwrap_or(""))? };
            Some((worth, rank(command), command))
        })
        .collect();
    // Stable: the order of the menus stands among equals.
    found.sort_by_key(|&(worth, recent, command)| {
        let hindered = !wanted.is_empty() && (around.hindrance)(command).is_some();
        (hindered && worth < 100, std::cmp::Reverse(worth), recent)
    });
    found.into_iter().map(|(_, _, command)| command).collect()
}
