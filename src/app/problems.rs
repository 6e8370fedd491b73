//! What could not be read or placed, each with its file and its reason, to look through and to copy.
//! Where many have one reason they stand under it, folded away; only the rows in sight are drawn.

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;

use egui::{Context, Event, Rect, RichText, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use egui_phosphor::regular as icon;

use crate::explore::Explorer;
use crate::ingest::table;
use crate::model::Problem;

use super::command::Act;
use super::theme::{self, Tokens, size, space};
use super::{widgets, words};

/// Height of a row with a place over what is wrong there, points.
const TWO_LINES: f32 = 44.0;
/// As many with one reason stand under it.
const MANY: usize = 8;

/// A row of the list.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Row {
    /// The reason of a group.
    Reason(usize),
    /// A problem.
    One(usize),
}

/// Problems with one reason, in order.
#[derive(Debug, Default)]
struct Group {
    numbers: Vec<usize>,
    open: bool,
}

/// The list's own state.
#[derive(Default)]
pub struct Problems {
    groups: Vec<Group>,
    by_reason: HashMap<String, usize>,
    /// How many problems are in the groups, and the last of them.
    taken: usize,
    last: Option<Problem>,
    rows: Vec<Row>,
    chosen: BTreeSet<usize>,
    /// Where a choice of several begins.
    anchor: usize,
}

impl Problems {
    /// Draws the window while `open`; answers what was copied, in words.
    pub fn ui(
        &mut self,
        ctx: &Context,
        explorer: &Explorer,
        open: &mut bool,
        acts: &mut Vec<Act>,
    ) -> Option<String> {
        if !*open {
            return None;
        }
        let problems = explorer.collection.problems();
        self.take(problems);
        let mut copied = None;
        super::dialog::window("Problems", open).show(ctx, |ui| {
            let room = ctx.content_rect().size();
            ui.set_width((room.x - 96.0).clamp(280.0, 680.0));
            if problems.is_empty() {
                let quiet = Tokens::of(ctx).quiet;
                ui.label(RichText::new("Everything was read.").color(quiet));
                return;
            }
            self.list(ui, (room.y - 240.0).clamp(2.0 * space::ROW, 480.0), problems, acts);
            copied = self.foot(ui, problems);
        });
        copied
    }

    /// Takes in problems that are new since the last frame.
    fn take(&mut self, problems: &[Problem]) {
        let before = self.taken.checked_sub(1).and_then(|last| problems.get(last));
        if before != self.last.as_ref() {
            *self = Self::default();
        }
        if self.taken == problems.len() {
            return;
        }
        for (number, problem) in problems.iter().enumerate().skip(self.taken) {
            let next = self.groups.len();
            let group = *self.by_reason.entry(problem.reason.clone()).or_insert(next);
            if group == next {
                self.groups.push(Group::default());
            }
            self.groups[group].numbers.push(number);
        }
        (self.taken, self.last) = (problems.len(), problems.last().cloned());
        self.lay();
    }

    fn lay(&mut self) {
        self.rows.clear();
        let (many, few): (Vec<_>, Vec<_>) =
            self.groups.iter().enumerate().partition(|(_, group)| group.numbers.len() >= MANY);
        for (number, group) in many {
            self.rows.push(Row::Reason(number));
            if group.open {
                self.rows.extend(group.numbers.iter().map(|&number| Row::One(number)));
            }
        }
        let mut single: Vec<usize> = few.into_iter().flat_map(|(_, group)| group.numbers.clone()).collect();
        single.sort_unstable();
        self.rows.extend(single.into_iter().map(Row::One));
    }

    fn list(&mut self, ui: &mut Ui, most: f32, problems: &[Problem], acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let wide = ui.available_width();
        let (head, _) = ui.allocate_exact_size(vec2(wide, 20.0), Sense::hover());
        for (x, text) in [(0.0, "File"), (file_width(wide), "Reason")] {
            let font = theme::semibold(size::SMALL);
            widgets::line(ui, head.left_center() + vec2(x + space::S, 0.0), wide, text, font, tokens.quiet);
        }
        ui.spacing_mut().item_spacing.y = 0.0;
        widgets::hairline(ui);
        let (mut turned, mut pressed) = (None, None);
        let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(most);
        area.min_scrolled_height(most).show_rows(ui, space::ROW, self.rows.len(), |ui, range| {
            for row in self.rows.get(range).unwrap_or(&[]) {
                match *row {
                    Row::Reason(group) if self.reason(ui, group, problems) => turned = Some(group),
                    Row::One(number) if self.one(ui, number, problems, acts) => pressed = Some(number),
                    _ => {}
                }
            }
        });
        ui.spacing_mut().item_spacing.y = space::XS;
        if let Some(group) = turned {
            self.groups[group].open = !self.groups[group].open;
            self.lay();
        }
        if let Some(number) = pressed {
            self.choose(number, ui.input(|input| input.modifiers));
        }
    }

    /// The reason of many; answers whether it was pressed.
    fn reason(&self, ui: &mut Ui, group: usize, problems: &[Problem]) -> bool {
        let group = &self.groups[group];
        let Some(problem) = group.numbers.first().and_then(|&first| problems.get(first)) else {
            return false;
        };
        let count = words::count(group.numbers.len(), "file", "files");
        let reason = words::sentence(&problem.reason);
        let response = widgets::row(ui, space::ROW, false, false, &format!("{reason}: {count}"));
        let (rect, tokens) = (response.rect, Tokens::of(ui.ctx()));
        let sign = if group.open { icon::CARET_DOWN } else { icon::CARET_RIGHT };
        let at = rect.left_center() + vec2(14.0, 0.0);
        widgets::icon_at(ui, at, egui::Align2::CENTER_CENTER, sign, 12.0, tokens.quiet);
        let right = rect.right_center() - vec2(space::S, 0.0);
        let taken = widgets::line_right(ui, right, &count, widgets::body(), tokens.quiet);
        let room = rect.width() - taken - 48.0;
        let font = theme::semibold(size::BODY);
        widgets::line(ui, rect.left_center() + vec2(26.0, 0.0), room, &reason, font, tokens.text);
        response.on_hover_text(reason).clicked()
    }

    /// One problem; answers whether it was pressed.
    fn one(&self, ui: &mut Ui, number: usize, problems: &[Problem], acts: &mut Vec<Act>) -> bool {
        let Some(Problem { place, reason }) = problems.get(number) else {
            return false;
        };
        let name = format!("{place}: {reason}");
        let response = widgets::row(ui, space::ROW, self.chosen.contains(&number), false, &name);
        let (rect, tokens) = (response.rect, Tokens::of(ui.ctx()));
        let file = file_width(rect.width());
        let (left, body) = (rect.left_center() + vec2(space::S, 0.0), widgets::body());
        widgets::line(ui, left, file - 2.0 * space::S, place, body.clone(), tokens.text);
        let offered = problems.get(number).and_then(table::concerned);
        let taken = offered.map_or(0.0, |path| choose_columns(ui, rect, (number, place), path, acts));
        let room = rect.width() - file - space::L - taken;
        widgets::line(ui, left + vec2(file, 0.0), room, &words::sentence(reason), body, tokens.quiet);
        response.on_hover_text(name).clicked()
    }

    fn choose(&mut self, number: usize, held: egui::Modifiers) {
        if held.shift {
            let (first, last) = (self.anchor.min(number), self.anchor.max(number));
            let between = self.rows.iter().filter_map(|row| match row {
                Row::One(one) if (first..=last).contains(one) => Some(*one),
                _ => None,
            });
            self.chosen = between.collect();
            return;
        }
        self.anchor = number;
        let was = self.chosen.contains(&number);
        if !held.command {
            self.chosen.clear();
        }
        if was {
            self.chosen.remove(&number);
        } else {
            self.chosen.insert(number);
        }
    }

    /// The buttons; answers what was copied, in words.
    fn foot(&self, ui: &mut Ui, problems: &[Problem]) -> Option<String> {
        let asked = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
        let copy = |ui: &Ui, numbers: &mut dyn Iterator<Item = usize>| {
            let mut text = String::new();
            let mut count = 0;
            for problem in numbers.filter_map(|number| problems.get(number)) {
                text.push_str(&format!("{}\t{}\n", problem.place, problem.reason));
                count += 1;
            }
            ui.ctx().copy_text(text);
            Some(format!("Copied {}", words::count(count, "problem", "problems")))
        };
        widgets::foot(ui, |ui| {
            let all = widgets::plain_button(ui, "Copy all").on_hover_text("Copy every problem as a table");
            if all.clicked() || (asked && self.chosen.is_empty()) {
                return copy(ui, &mut (0..problems.len()));
            }
            let one = (!self.chosen.is_empty()).then(|| widgets::plain_button(ui, "Copy selected"));
            if one.is_some_and(|one| one.clicked()) || (asked && !self.chosen.is_empty()) {
                return copy(ui, &mut self.chosen.iter().copied());
            }
            None
        })
    }
}

/// At the end of the row of a table: the way to its columns; answers how wide that is.
fn choose_columns(
    ui: &Ui,
    row: Rect,
    (number, place): (usize, &str),
    path: PathBuf,
    acts: &mut Vec<Act>,
) -> f32 {
    const WIDE: f32 = 128.0;
    let (right, high) = (row.right_center() - vec2(space::XS, 0.0), vec2(WIDE, space::ROW - space::XS));
    let button = Rect::from_min_size(right - vec2(WIDE, high.y / 2.0), high);
    let response = ui.interact(button, ui.scope_id().with(("columns", number)), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Choose columns of {place}…")));
    let tokens = Tokens::of(ui.ctx());
    let fill = if response.hovered() { tokens.hover } else { tokens.field };
    let edge = Stroke::new(1.0, tokens.edge);
    ui.painter().rect(button, f32::from(space::CORNER), fill, edge, egui::StrokeKind::Inside);
    if response.has_focus() {
        widgets::ring(ui.painter(), button, space::CORNER);
    }
    let (middle, font) = (button.center(), widgets::body());
    let words = widgets::cut(ui.painter(), "Choose columns…", font, tokens.text, WIDE);
    ui.painter().galley(middle - words.size() / 2.0, words, tokens.text);
    if response.clicked() {
        acts.push(Act::ChooseColumns(path));
    }
    WIDE + space::S
}

/// Width of the files' column.
fn file_width(wide: f32) -> f32 {
    (wide * 0.42).round()
}

/// A list of places in files, each over what is wrong there, at most `most` points high.
pub(super) fn list(ui: &mut Ui, most: f32, count: usize, told: impl Fn(usize) -> (String, String)) {
    let tokens = Tokens::of(ui.ctx());
    ui.spacing_mut().item_spacing.y = 0.0;
    let most = most.max(TWO_LINES);
    let area = ScrollArea::vertical().auto_shrink([false, true]).max_height(most);
    area.min_scrolled_height(most).show_rows(ui, TWO_LINES, count, |ui, range| {
        for number in range {
            let (place, reason) = told(number);
            let (rect, response) =
                ui.allocate_exact_size([ui.available_width(), TWO_LINES].into(), Sense::hover());
            let name = format!("{place}: {reason}");
            response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, &name));
            let at = |y: f32| pos2(rect.left(), rect.top() + y);
            let bold = theme::semibold(size::BODY);
            let (wide, body) = (rect.width(), widgets::body());
            let place = widgets::line(ui, at(13.0), wide, &place, bold, tokens.text);
            let reason = widgets::line(ui, at(30.0), wide, &reason, body, tokens.quiet);
            if place.max(reason) > wide - 8.0 {
                // It may have been cut.
                response.on_hover_text(name);
            }
        }
    });
    ui.spacing_mut().item_spacing.y = space::XS;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(place: usize, reason: &str) -> Problem {
        Problem { place: format!("{place}.txt"), reason: reason.to_owned() }
    }

    #[test]
    fn many_with_one_reason_are_folded_under_it() {
        let mut problems: Vec<Problem> = (0..MANY).map(|number| problem(number, "it is empty")).collect();
        problems.insert(3, problem(99, "it is no text"));
        let mut list = Problems::default();
        list.take(&problems);
        assert_eq!(list.rows, [Row::Reason(0), Row::One(3)]);
        // More of them come, and others take their place.
        problems.push(problem(100, "it is empty"));
        list.take(&problems);
        assert_eq!(list.groups[0].numbers.len(), MANY + 1);
        list.take(&problems[3..5]);
        assert_eq!(list.rows, [Row::One(0), Row::One(1)]);
        list.take(&[]);
        assert!(list.rows.is_empty());
    }

    #[test]
    fn rows_are_chosen_alone_together_and_from_to() {
        let problems: Vec<Problem> = (0..6).map(|number| problem(number, &number.to_string())).collect();
        let mut list = Problems::default();
        list.take(&problems);
        let (plain, shift, command) =
            (egui::Modifiers::NONE, egui::Modifiers::SHIFT, egui::Modifiers::COMMAND);
        let mut check = |number, held, expected: &[usize]| {
            list.choose(number, held);
            assert_eq!(list.chosen.iter().copied().collect::<Vec<_>>(), expected);
        };
        check(1, plain, &[1]);
        check(3, command, &[1, 3]);
        check(5, shift, &[3, 4, 5]);
        check(2, plain, &[2]);
        check(2, plain, &[]);
    }
}
