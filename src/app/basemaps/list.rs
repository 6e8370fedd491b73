//! The list of basemaps: the two inside the program, then what was added.
//! One of them is always shown; a row is chosen by a click anywhere on it.

use std::path::PathBuf;

use egui::{RichText, ScrollArea, Sense, Stroke, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use super::{Basemaps, Chosen, Form, GroundChoices, GroundWish, Kept, Origin, Page};
use crate::app::command::{Act, Command};
use crate::app::theme::{self, Tokens, space};
use crate::app::widgets::{self, Asked};

/// Height of a row: title, facts, points.
const ROW: f32 = 50.0;
/// The same with where it comes from below.
const ROW_KEPT: f32 = 68.0;

/// A row as it is drawn.
struct Row<'a> {
    title: &'a str,
    facts: &'a str,
    /// Where it comes from.
    lower: Option<String>,
    /// Width kept at its end for buttons, points.
    buttons: f32,
}

impl Basemaps {
    /// Draws the list.
    pub(super) fn list(
        &mut self,
        ui: &mut Ui,
        high: f32,
        choices: &GroundChoices,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        let tokens = Tokens::of(ui.ctx());
        if let Some(told) = &self.told {
            ui.add(egui::Label::new(RichText::new(told).color(tokens.warning)).wrap());
            ui.add_space(space::S);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(high);
        area.min_scrolled_height(high).show(ui, |ui| {
            built_in(ui, choices, acts);
            for (at, kept) in choices.kept.iter().enumerate() {
                self.kept(ui, at, kept, choices, acts);
            }
        });
        ui.spacing_mut().item_spacing.y = space::XS;
        widgets::hairline(ui);
        ui.add_space(space::S);
        const NAME: &str = "Path of a .pmtiles or .mbtiles file to add";
        match widgets::path_row(ui, NAME, &mut self.path) {
            Some(Asked::Add) => acts.push(Act::Ground(GroundWish::AddFile(self.path.trim().into()))),
            Some(Asked::Choose) => choose(Command::AddTiles),
            None => {}
        }
        widgets::focus_once(ui, NAME, &mut self.asked);
        self.foot(ui, choices, acts);
    }

    fn foot(&mut self, ui: &mut Ui, choices: &GroundChoices, acts: &mut Vec<Act>) {
        let online = choices.kept.iter().any(|kept| matches!(kept.from, Origin::Online(_)));
        let cached = self.counted.filter(|&bytes| bytes > 0 || online);
        widgets::foot(ui, |ui| {
            if widgets::primary_button(ui, "Add online tiles…", true).clicked() {
                self.page = Page::Form(Box::new(Form::new()));
            }
            if let Some(bytes) = cached {
                let text = format!("Clear the cache ({:.1} MB)", bytes as f64 / 1e6);
                let pressed = ui.add_enabled_ui(bytes > 0, |ui| widgets::plain_button(ui, &text)).inner;
                if pressed.on_hover_text("Delete the tiles that were fetched").clicked() {
                    acts.push(Act::Ground(GroundWish::ClearCache));
                }
            }
        });
    }

    fn kept(&mut self, ui: &mut Ui, at: usize, kept: &Kept, choices: &GroundChoices, acts: &mut Vec<Act>) {
        let (lower, buttons) = match &kept.from {
            Origin::File(path) => (path.display().to_string(), 1.0),
            Origin::Online(tiles) => (tiles.address.clone(), 2.0),
        };
        let opening = |path: &PathBuf| self.opening.as_ref().is_some_and(|opening| opening.path == *path);
        let opening = matches!(&kept.from, Origin::File(path) if opening(path));
        let facts = if opening { "Being opened…" } else { &kept.facts };
        let row = Row { title: &kept.title, facts, lower: Some(lower), buttons: buttons * space::ROW };
        let rect = choice(ui, &row, Chosen::Kept(at), choices, acts);
        let corner = pos2(rect.right() - space::ROW, rect.center().y - space::ROW / 2.0);
        let button = egui::Rect::from_min_size(corner, egui::Vec2::splat(space::ROW));
        let mut side = ui.new_child(egui::UiBuilder::new().max_rect(button));
        let name = format!("Remove {}", kept.title);
        let pressed = widgets::icon_button(&mut side, icon::TRASH, &name);
        if pressed.on_hover_text("Remove from this list").clicked() {
            acts.push(Act::Ground(GroundWish::Remove(at)));
        }
        if matches!(kept.from, Origin::Online(_)) {
            let button = button.translate(vec2(-space::ROW, 0.0));
            let mut side = ui.new_child(egui::UiBuilder::new().max_rect(button));
            let pressed =
                widgets::icon_button(&mut side, icon::PENCIL_SIMPLE, &format!("Change {}", kept.title));
            if pressed.on_hover_text("Change").clicked() {
                self.page = Page::Form(Box::new(Form::of(at, kept)));
            }
        }
        if choices.chosen == Chosen::Kept(at) && kept.facts.starts_with("Pictures") {
            ui.horizontal(|ui| {
                ui.add_space(space::XL);
                let name = "Names of countries and towns over its pictures";
                if widgets::switch(ui, kept.names, name).clicked() {
                    acts.push(Act::Ground(GroundWish::Names(at, !kept.names)));
                }
                ui.label(RichText::new(name).color(Tokens::of(ui.ctx()).quiet));
            });
            ui.add_space(space::XS);
        }
    }
}

fn built_in(ui: &mut Ui, choices: &GroundChoices, acts: &mut Vec<Act>) {
    let rows = [
        (Chosen::BuiltIn, "Built in", "Borders, rivers and names; light or dark with the window"),
        (Chosen::Plain, "Built in, plain", "Land and sea alone"),
    ];
    for (chosen, title, facts) in rows {
        let row = Row { title, facts, lower: None, buttons: 0.0 };
        choice(ui, &row, chosen, choices, acts);
    }
}

/// One of the rows to choose from.
fn choice(
    ui: &mut Ui,
    row: &Row<'_>,
    chosen: Chosen,
    choices: &GroundChoices,
    acts: &mut Vec<Act>,
) -> egui::Rect {
    let tokens = Tokens::of(ui.ctx());
    widgets::hairline(ui);
    let high = if row.lower.is_some() { ROW_KEPT } else { ROW };
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), high), Sense::hover());
    let pressable = rect.with_max_x(rect.right() - row.buttons);
    let response = ui.interact(
        pressable,
        ui.scope_id().with(("ground", row.title, row.lower.as_deref())),
        Sense::click(),
    );
    let on = choices.chosen == chosen;
    response
        .widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, ui.is_enabled(), on, row.title));
    if response.hovered() {
        ui.painter().rect_filled(rect, space::CORNER, tokens.hover);
    }
    if response.has_focus() {
        widgets::ring(ui.painter(), rect, space::CORNER);
    }
    let dot = pos2(rect.left() + 16.0, rect.top() + 16.0);
    ui.painter().circle_stroke(dot, 7.0, Stroke::new(1.5, if on { tokens.accent } else { tokens.edge }));
    if on {
        ui.painter().circle_filled(dot, 4.0, tokens.accent);
    }
    let left = rect.left() + space::XL + space::M;
    let wide = pressable.right() - space::S - left;
    let bold = theme::semibold(theme::size::BODY);
    let title = widgets::line(ui, pos2(left, rect.top() + 16.0), wide, row.title, bold, tokens.text);
    let facts =
        widgets::line(ui, pos2(left, rect.top() + 35.0), wide, row.facts, widgets::body(), tokens.quiet);
    let lower = row.lower.as_ref().map_or(0.0, |lower| {
        widgets::line(ui, pos2(left, rect.top() + 54.0), wide, lower, widgets::small(), tokens.quiet)
    });
    if response.clicked() && !on {
        acts.push(Act::Ground(GroundWish::Choose(chosen)));
    }
    if title.max(facts).max(lower) > wide - 8.0 {
        // It may have been cut.
        let whole = [row.title, row.facts, row.lower.as_deref().unwrap_or_default()];
        response.on_hover_text(whole.join("\n"));
    }
    rect
}
