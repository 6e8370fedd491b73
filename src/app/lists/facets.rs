//! The tab of filters: one long list of facets with their choices, each with what it would leave.
//! Its lines are worked out when the view or a choice of what to see changes, and only those in sight are drawn.

use std::collections::BTreeSet;

use egui::{Role, ScrollArea, Sense as Senses, Ui, WidgetInfo, pos2, vec2};
use egui_phosphor::regular as icon;

use super::choices::{Choice, Facet, choices};
use super::saved::{Finding, Saving};
use crate::app::command::{Act, Command};
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{events, widgets, words};
use crate::explore::{Explorer, Filter};
use crate::model::{EventClass, EventType};

/// Choices of a facet that are shown before all of them are asked for.
const FEW: usize = 5;
/// From so many choices on, a facet has a field to find one.
const MANY: usize = 12;

/// The tab's own state.
#[derive(Default)]
pub(super) struct Facets {
    /// Facets of which nothing but the name is shown.
    closed: BTreeSet<Facet>,
    /// Facets of which everything is.
    whole: BTreeSet<Facet>,
    /// Classes of events whose types are shown.
    opened: BTreeSet<EventClass>,
    /// What is typed into the field of each facet.
    typed: [String; Facet::COUNT],
    choices: [Vec<Choice>; Facet::COUNT],
    lines: Vec<Line>,
    /// What the lines were made of.
    made_of: Option<(u64, Filter, usize)>,
}

#[derive(Clone, Copy, Debug)]
enum Line {
    SavedHead,
    Saved(usize),
    /// Keeps what is in force, or says what this is for.
    Save,
    Head(Facet),
    Field(Facet),
    Choice(Facet, usize),
    /// Shows so many choices more, or fewer again.
    More(Facet, usize),
    Gap,
}

impl Facets {
    /// Draws the tab.
    pub fn ui(&mut self, ui: &mut Ui, explorer: &Explorer, finding: &Finding, acts: &mut Vec<Act>) {
        self.make(explorer, finding);
        let mut changed = false;
        let area = ScrollArea::vertical().id_salt("filters").auto_shrink(false);
        area.show_rows(ui, space::ROW, self.lines.len(), |ui, range| {
            for index in range {
                if let Some(&line) = self.lines.get(index) {
                    changed |= self.line(ui, line, explorer, finding, acts);
                }
            }
        });
        if changed {
            self.made_of = None;
            ui.ctx().request_repaint();
        }
    }

    fn make(&mut self, explorer: &Explorer, finding: &Finding) {
        let made_of = (explorer.view.revision, explorer.filter.clone(), finding.saved.len());
        if self.made_of.as_ref() == Some(&made_of) {
            return;
        }
        self.made_of = Some(made_of);
        self.lines = vec![Line::SavedHead];
        self.lines.extend((0..finding.saved.len()).map(Line::Saved));
        let kept = finding.position(&explorer.filter).is_some();
        if finding.saved.is_empty() || !(kept || explorer.filter.is_default()) {
            self.lines.push(Line::Save);
        }
        self.lines.push(Line::Gap);
        for &facet in Facet::of(explorer.filter.subject) {
            let all = choices(explorer, facet);
            if facet == Facet::Type {
                self.types(all);
                continue;
            }
            let (count, chosen) = (all.len(), all.iter().filter(|choice| choice.on).count());
            let typed = self.typed[facet as usize].trim();
            let found: Vec<Choice> = match typed {
                "" => all,
                typed => all.into_iter().filter(|choice| choice.is_found(explorer, typed)).collect(),
            };
            if count == 0 {
                continue;
            }
            self.lines.push(Line::Head(facet));
            if !self.closed.contains(&facet) {
                let whole = self.whole.contains(&facet);
                let searched = !typed.is_empty();
                if count >= MANY && (whole || searched) {
                    self.lines.push(Line::Field(facet));
                }
                let few = FEW.max(chosen);
                // For one more there is room where the line would be that offers it.
                let shown = if whole || searched || found.len() <= few + 1 { found.len() } else { few };
                self.lines.extend((0..shown).map(|index| Line::Choice(facet, index)));
                let more = found.len() - shown;
                if more > 0 || (whole && count > few + 1) {
                    self.lines.push(Line::More(facet, more));
                }
            }
            self.lines.push(Line::Gap);
            self.choices[facet as usize] = found;
        }
    }

    /// The lines of types: each class, and under it its types where it is opened or one of them is chosen.
    fn types(&mut self, all: Vec<Choice>) {
        let facet = Facet::Type;
        self.lines.push(Line::Head(facet));
        if !self.closed.contains(&facet) {
            for (index, choice) in all.iter().enumerate() {
                let class = choice.kind().map(EventType::class);
                if class.is_none_or(|class| self.opened.contains(&class)) {
                    self.lines.push(Line::Choice(facet, index));
                }
            }
        }
        self.lines.push(Line::Gap);
        self.choices[facet as usize] = all;
    }

    /// Draws a line; answers whether the lines have to be made anew.
    fn line(
        &mut self,
        ui: &mut Ui,
        line: Line,
        explorer: &Explorer,
        finding: &Finding,
        acts: &mut Vec<Act>,
    ) -> bool {
        match line {
            Line::Gap => {
                let (rect, _) =
                    ui.allocate_exact_size(vec2(ui.available_width(), space::ROW), Senses::hover());
                let line = egui::Rect::from_x_y_ranges(
                    rect.x_range().shrink(space::M),
                    rect.center().y - 0.5..=rect.center().y + 0.5,
                );
                ui.painter().rect_filled(line, 0.0, Tokens::of(ui.ctx()).hairline);
            }
            Line::SavedHead => heading(ui, "Saved filters"),
            Line::Saved(index) => saved(ui, index, explorer, finding, acts),
            Line::Save => save(ui, explorer, acts),
            Line::Head(facet) => return self.head(ui, facet),
            Line::Field(facet) => return self.field(ui, facet),
            Line::Choice(facet, index) => {
                if let Some(choice) = self.choices[facet as usize].get(index) {
                    let class = choice.class();
                    if choose(ui, facet, choice, explorer) {
                        acts.push(Act::Filter(choice.toggled(explorer)));
                    }
                    return class.is_some_and(|class| self.unfold(ui, class));
                }
            }
            Line::More(facet, more) => {
                let text = match more {
                    0 => "Show fewer".to_owned(),
                    more => format!("Show {} more", words::number(more as u64)),
                };
                let name = format!("{}: {}", facet.name(), text.to_lowercase());
                if quiet_row(ui, icon::DOTS_THREE, &text, &name).clicked() {
                    if more == 0 {
                        self.whole.remove(&facet);
                        self.typed[facet as usize].clear();
                    } else {
                        self.whole.insert(facet);
                    }
                    return true;
                }
            }
        }
        false
    }

    /// The button at the end of a class's line, which shows its types or hides them. Whether it was pressed.
    fn unfold(&mut self, ui: &mut Ui, class: EventClass) -> bool {
        let open = self.opened.contains(&class);
        let line = egui::Rect::from_min_max(
            pos2(ui.max_rect().right() - space::ROW - 4.0, ui.cursor().top() - space::ROW),
            pos2(ui.max_rect().right() - 4.0, ui.cursor().top()),
        );
        let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(line).id_salt(("unfold", class)));
        let sign = if open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
        let verb = if open { "hide" } else { "show" };
        let name = format!("Types of {}: {verb}", events::class(class).to_lowercase());
        let pressed = widgets::icon_button(&mut corner, sign, &name).on_hover_text(&name).clicked();
        if pressed && !self.opened.remove(&class) {
            self.opened.insert(class);
        }
        pressed
    }

    fn head(&mut self, ui: &mut Ui, facet: Facet) -> bool {
        let closed = self.closed.contains(&facet);
        let verb = if closed { "show" } else { "hide" };
        let response = widgets::row(ui, space::ROW, false, false, &format!("{}: {verb}", facet.name()));
        let tokens = Tokens::of(ui.ctx());
        let middle = response.rect.left_center();
        let sign = if closed { icon::CARET_RIGHT } else { icon::CARET_DOWN };
        let at = middle + vec2(space::M + 6.0, 0.0);
        widgets::icon_at(ui, at, egui::Align2::CENTER_CENTER, sign, 12.0, tokens.quiet);
        let at = middle + vec2(space::M + 20.0, 0.0);
        let font = theme::semibold(size::BODY);
        widgets::line(ui, at, response.rect.width() - 60.0, facet.name(), font, tokens.text);
        if response.clicked() && !self.closed.remove(&facet) {
            return self.closed.insert(facet);
        }
        response.clicked()
    }

    fn field(&mut self, ui: &mut Ui, facet: Facet) -> bool {
        let text = &mut self.typed[facet as usize];
        let before = text.len();
        let name = format!("Find in {}", facet.name().to_lowercase());
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), space::ROW), Senses::hover());
        let rect = rect.shrink2(vec2(space::M, 1.0));
        let edit = egui::TextEdit::singleline(text)
            .id(widgets::field_id(&name))
            .hint_text(&name)
            .margin(egui::Margin::symmetric(8, 4))
            .desired_width(rect.width());
        let response = ui.put(rect, edit);
        response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, &name));
        response.changed() || before != self.typed[facet as usize].len()
    }
}

fn heading(ui: &mut Ui, text: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), space::ROW), Senses::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    let at = rect.left_center() + vec2(space::M, 0.0);
    let colour = Tokens::of(ui.ctx()).text;
    widgets::line(ui, at, rect.width(), text, theme::semibold(size::BODY), colour);
}

/// A line with a tick, a text and a count; answers whether it was pressed. A class of events has its form before its
/// name, and its types stand in from it.
fn choose(ui: &mut Ui, facet: Facet, choice: &Choice, explorer: &Explorer) -> bool {
    let (text, ticked, count) = (choice.text(explorer), choice.on, choice.count);
    let number = words::number(count as u64);
    let response = widgets::row(ui, space::ROW, false, false, "");
    let name = format!("{}: {text}, {number}", facet.name());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), ticked, &name));
    let tokens = Tokens::of(ui.ctx());
    let inset = if choice.kind().is_some() { 22.0 } else { 0.0 };
    let mut rect = response.rect.shrink2(vec2(space::M, 0.0));
    rect.min.x += inset;
    let y = rect.center().y;
    if facet == Facet::Type {
        // Room for the buttons that show the types of classes.
        rect.max.x -= space::ROW - 8.0;
    }
    let centre = egui::Align2::CENTER_CENTER;
    let (sign, colour) =
        if ticked { (icon::CHECK_SQUARE, tokens.accent) } else { (icon::SQUARE, tokens.quiet) };
    widgets::icon_at(ui, pos2(rect.left() + 7.0, y), centre, sign, size::ICON, colour);
    let taken = widgets::line_right(ui, pos2(rect.right() - 2.0, y), &number, widgets::small(), tokens.quiet);
    let mut left = rect.left() + 22.0;
    if let Some(class) = choice.class() {
        let at = pos2(left + 7.0, y);
        events::form(ui.painter(), at, 5.5, class, tokens.event(class), egui::Stroke::NONE);
        left += 20.0;
    } else if let Some(kind) = choice.kind() {
        widgets::icon_at(
            ui,
            pos2(left + 7.0, y),
            centre,
            events::icon(kind),
            14.0,
            tokens.event(kind.class()),
        );
        left += 20.0;
    }
    let room = rect.right() - left - taken - space::S;
    // What would leave nothing steps back, but can be chosen.
    let colour = if count == 0 && !ticked { tokens.quiet } else { tokens.text };
    let wide = widgets::line(ui, pos2(left, y), room, &text, widgets::body(), colour);
    let clicked = response.clicked();
    if wide > room - 12.0 {
        response.on_hover_text(text);
    }
    clicked
}

/// A line that does something.
fn quiet_row(ui: &mut Ui, sign: &str, text: &str, name: &str) -> egui::Response {
    let response = widgets::row(ui, space::ROW, false, false, name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let tokens = Tokens::of(ui.ctx());
    let at = response.rect.left_center() + vec2(space::M + 7.0, 0.0);
    widgets::icon_at(ui, at, egui::Align2::CENTER_CENTER, sign, size::ICON, tokens.quiet);
    let at = response.rect.left_center() + vec2(space::M + 22.0, 0.0);
    widgets::line(ui, at, response.rect.width() - 46.0, text, widgets::body(), tokens.accent);
    response
}

fn save(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    if explorer.filter.is_default() {
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), space::ROW), Senses::hover());
        let at = rect.left_center() + vec2(space::M, 0.0);
        let quiet = Tokens::of(ui.ctx()).quiet;
        let text = "Search or choose below, then save it";
        widgets::line(ui, at, rect.width() - space::XL, text, widgets::small(), quiet);
        return;
    }
    let command = Command::SaveFilter;
    let row = quiet_row(ui, command.icon(), command.text(), command.text());
    if row.on_hover_ui(|ui| widgets::tooltip(ui, command)).clicked() {
        acts.push(Act::Do(command));
    }
}

/// A saved filter, with buttons to rename it and to keep it no longer.
fn saved(ui: &mut Ui, index: usize, explorer: &Explorer, finding: &Finding, acts: &mut Vec<Act>) {
    let Some(saved) = finding.saved.get(index) else { return };
    let on = finding.position(&explorer.filter) == Some(index);
    let response = widgets::row(ui, space::ROW, on, false, &format!("Saved filter: {}", saved.name));
    let tokens = Tokens::of(ui.ctx());
    let rect = response.rect.shrink2(vec2(space::M, 0.0));
    let sign = Command::SaveFilter.icon();
    let at = pos2(rect.left() + 7.0, rect.center().y);
    widgets::icon_at(ui, at, egui::Align2::CENTER_CENTER, sign, size::ICON, tokens.quiet);
    let left = pos2(rect.left() + 22.0, rect.center().y);
    let room = rect.width() - 22.0 - 2.0 * space::ROW;
    let wide = widgets::line(ui, left, room, &saved.name, widgets::body(), tokens.text);
    let mut right = response.rect.with_min_x(rect.right() - 2.0 * space::ROW + 6.0);
    for (sign, verb, saving) in [
        (icon::PENCIL_SIMPLE, "Rename", Saving::AskName(index)),
        (icon::TRASH, "Delete", Saving::Delete(index)),
    ] {
        let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(right));
        let name = format!("{verb} {}", saved.name);
        if widgets::icon_button(&mut corner, sign, &name).on_hover_text(verb).clicked() {
            acts.push(Act::Saving(saving));
        }
        right.min.x += space::ROW;
    }
    if response.clicked() {
        acts.push(Act::Filter(Filter { order: explorer.filter.order, ..saved.filter.clone() }));
    }
    let whole = if wide > room - 12.0 { saved.name.as_str() } else { "Show what this filter shows" };
    response.on_hover_text(whole);
}
