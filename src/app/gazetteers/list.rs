//! The list of gazetteers: in the order in which they are looked up, the user's own before the one inside
//! the program, which neither moves nor goes.

use egui::{RichText, ScrollArea, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use super::shelf::Entry;
use super::{Change, Gazetteers, Page, report};
use crate::app::command::{Act, Command};
use crate::app::theme::{self, Tokens, size, space};
use crate::app::widgets::{self, Asked};
use crate::app::words;

/// Height of a row: title, facts, file, points.
const ROW: f32 = 68.0;
/// Width of the buttons at a row's end, points.
const BUTTONS: f32 = 4.0 * space::ROW;

impl Gazetteers {
    /// Draws the list; answers the page to turn to.
    pub(super) fn list(
        &mut self,
        ui: &mut Ui,
        high: f32,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) -> Option<Page> {
        let tokens = Tokens::of(ui.ctx());
        let quiet = |text: &str| egui::Label::new(RichText::new(text).color(tokens.quiet)).wrap();
        let mut next = None;
        if self.importing.is_some() {
            self.progress_row(ui, acts);
        } else if let Some((_, imported)) = &self.imported {
            ui.horizontal_wrapped(|ui| {
                ui.add(quiet(&report::summary(imported)));
                if widgets::ringed(ui, |ui| ui.link("Show the report")).clicked() {
                    next = Some(Page::Report);
                }
            });
        }
        if let Some(told) = &self.told {
            ui.add(egui::Label::new(RichText::new(told).color(tokens.warning)).wrap());
            ui.add_space(space::S);
        }
        ui.add(quiet("Where two know the same place, the upper one counts."));
        ui.add_space(space::S);
        self.rows(ui, high, acts);
        widgets::hairline(ui);
        ui.add_space(space::S);
        if self.shelf.is_ok() {
            self.adding(ui, choose, acts);
        }
        widgets::foot(ui, |ui| {
            let ready = self.shelf.is_ok() && self.importing.is_none();
            if widgets::primary_button(ui, Command::ImportPlaces.text(), ready).clicked() {
                next = Some(Page::Import);
            }
        });
        next
    }

    fn rows(&self, ui: &mut Ui, high: f32, acts: &mut Vec<Act>) {
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(high);
        area.min_scrolled_height(high).show(ui, |ui| {
            for (at, entry) in self.entries.iter().enumerate() {
                widgets::hairline(ui);
                let verifying = matches!(self.change, Some((Change::Verify(number), _)) if number == at);
                row(ui, at, entry, self.entries.len() - 1, verifying, acts);
            }
        });
        ui.spacing_mut().item_spacing.y = space::XS;
    }

    fn progress_row(&self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let Some(importing) = &self.importing else { return };
        let tokens = Tokens::of(ui.ctx());
        ui.horizontal(|ui| {
            ui.label(RichText::new(importing.words()).font(theme::semibold(size::BODY)));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if widgets::plain_button(ui, Command::Cancel.text()).clicked() {
                    acts.push(Act::Do(Command::Cancel));
                }
                let doing = RichText::new(&importing.doing).size(size::SMALL).color(tokens.quiet);
                ui.add(egui::Label::new(doing).truncate());
            });
        });
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 4.0), egui::Sense::hover());
        response.widget_info(|| {
            let said = format!("{:.0} % of the import", importing.share * 100.0);
            egui::WidgetInfo::labeled(egui::Role::ProgressIndicator, true, said)
        });
        ui.painter().rect_filled(rect, 2.0, tokens.hairline);
        let done = rect.width() * (importing.share as f32).clamp(0.0, 1.0);
        ui.painter().rect_filled(rect.with_max_x(rect.left() + done), 2.0, tokens.accent);
        ui.add_space(space::S);
    }

    fn adding(&mut self, ui: &mut Ui, choose: &mut dyn FnMut(Command), acts: &mut Vec<Act>) {
        const NAME: &str = "Path of a gazetteer file to add";
        match widgets::path_row(ui, NAME, &mut self.path) {
            Some(Asked::Add) => {
                let path = std::mem::take(&mut self.path);
                acts.push(Act::Gazetteers(Change::Add(path.trim().into())));
            }
            Some(Asked::Choose) => choose(Command::AddGazetteer),
            None => {}
        }
        widgets::focus_once(ui, NAME, &mut self.asked);
    }
}

/// One gazetteer; `last` is the number of the one inside the program.
fn row(ui: &mut Ui, at: usize, entry: &Entry, last: usize, verifying: bool, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    let facts = if verifying { "Being read from beginning to end…".to_owned() } else { facts(entry) };
    let file = entry.file.as_ref().map(|file| file.display().to_string());
    let lower = file.as_deref().unwrap_or("Inside the program");
    response.widget_info(|| {
        let said = format!("{}: {facts}, {lower}", entry.title);
        egui::WidgetInfo::labeled(egui::Role::ListItem, true, said)
    });
    let own = entry.file.is_some();
    let left = rect.left() + space::XL + space::L;
    let wide = rect.right() - if own { BUTTONS } else { 0.0 } - space::M - left;
    let bold = theme::semibold(size::BODY);
    let colour = if entry.on { tokens.text } else { tokens.quiet };
    let title_wide = widgets::line(ui, pos2(left, rect.top() + 15.0), wide, &entry.title, bold, colour);
    let told = if entry.problem.is_some() { tokens.warning } else { tokens.quiet };
    let facts_wide = widgets::line(ui, pos2(left, rect.top() + 34.0), wide, &facts, widgets::body(), told);
    let file_wide =
        widgets::line(ui, pos2(left, rect.top() + 53.0), wide, lower, widgets::small(), tokens.quiet);
    if title_wide.max(facts_wide).max(file_wide) > wide - 8.0 {
        // It may have been cut.
        response.on_hover_text(format!("{}\n{facts}\n{lower}", entry.title));
    }
    if !own {
        // In the place of a switch: it is always looked up in.
        let at = pos2(rect.left() + 16.0, rect.top() + 15.0);
        widgets::icon_at(ui, at, egui::Align2::CENTER_CENTER, icon::GLOBE, size::ICON, tokens.quiet);
        return;
    }
    let mut ask = |change: Change| acts.push(Act::Gazetteers(change));
    let switch = egui::Rect::from_min_size(pos2(rect.left(), rect.top()), vec2(space::XL + space::S, 30.0));
    let mut side = ui.new_child(egui::UiBuilder::new().max_rect(switch));
    if widgets::switch(&mut side, entry.on, &format!("Use {}", entry.title)).clicked() {
        ask(Change::Switch(at, !entry.on));
    }
    let buttons = egui::Rect::from_min_size(
        pos2(rect.right() - BUTTONS, rect.center().y - space::ROW / 2.0),
        vec2(BUTTONS, space::ROW),
    );
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    let mut side = ui.new_child(egui::UiBuilder::new().max_rect(buttons).layout(layout));
    side.spacing_mut().item_spacing.x = 0.0;
    let mut button = |enabled: bool, sign: &str, verb: &str, change: Change| {
        let name = format!("{verb} {}", entry.title);
        let pressed = side.add_enabled_ui(enabled, |ui| widgets::icon_button(ui, sign, &name)).inner;
        if pressed.on_hover_text(verb).clicked() {
            ask(change);
        }
    };
    button(at > 0, icon::ARROW_UP, "Move up", Change::Move(at, at.saturating_sub(1)));
    button(at + 1 < last, icon::ARROW_DOWN, "Move down", Change::Move(at, at + 1));
    button(true, icon::SEAL_CHECK, "Verify", Change::Verify(at));
    button(true, icon::TRASH, "Remove", Change::Remove(at));
}

/// "3 places · Field office, CC0 · verified", or why it cannot be used.
fn facts(entry: &Entry) -> String {
    if let Some(problem) = &entry.problem {
        return problem.clone();
    }
    let mut parts = vec![words::count(entry.places, "place", "places")];
    if !entry.attribution.is_empty() {
        parts.push(entry.attribution.clone());
    }
    if entry.verified {
        parts.push("whole and undamaged".to_owned());
    }
    parts.join(" · ")
}
