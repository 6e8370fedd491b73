//! Every key and what it does, to be read and searched.
//! Made of the list of commands; what the areas do with the keys that are theirs stands beside it.

use egui::{Context, RichText, ScrollArea, Ui, pos2, vec2};

use super::command::{Command, MENUS};
use super::dialog;
use super::theme::{self, Tokens, size, space};
use super::widgets;
use crate::explore::fold;

/// Height of a line, points.
const LINE: f32 = 24.0;
/// Width of a column, points.
const COLUMN: f32 = 320.0;

/// Keys that belong to whatever has the keyboard.
const FIXED: &[(&str, &[(&str, &str)])] = &[
    (
        "Everywhere",
        &[
            ("To the next control", "Tab"),
            ("To the one before", "Shift+Tab"),
            ("Press what has the keyboard", "Enter"),
            ("Close what is in front", "Esc"),
            ("Search", "/"),
        ],
    ),
    (
        "On the map",
        &[
            ("Move the map", "Arrow keys"),
            ("To the marks, the largest first", "Tab"),
            ("Open a mark", "Enter"),
        ],
    ),
    ("In the article", &[("Scroll it", "Up, Down")]),
    (
        "While something is about to be said",
        &[("Say it of fewer mentions, of more", "Left, Right"), ("Say it", "Enter"), ("Let go", "Esc")],
    ),
    (
        "On the timeline",
        &[
            ("Move the chosen days", "Left, Right"),
            ("Choose more days", "Shift+Left, Shift+Right"),
            ("Choose fewer", "Ctrl+Shift+Left, Ctrl+Shift+Right"),
            ("To the first days, the last", "Home, End"),
        ],
    ),
    (
        "In a review",
        &[
            ("Choose a candidate", "1 to 9"),
            ("Confirm what is shown", "Enter"),
            ("Say that it is not a place", "X"),
            ("Go on without an answer", "S"),
            ("Take the last answer back", "U"),
            ("Look for another place", "/"),
            ("All of this name in the article, or one", "A"),
            ("Open the article there", "O"),
            ("Look back, forth", "Left, Right"),
        ],
    ),
    ("On a line between areas", &[("Move the line", "Arrow keys")]),
    ("In a list of offers", &[("Go through it", "Up, Down"), ("Take what is marked", "Enter")]),
];

/// A key of the help: what it does, and how it is written.
struct Line {
    text: String,
    key: String,
}

/// What was typed into the help.
#[derive(Default)]
pub struct Keys {
    words: String,
    open: bool,
}

impl Keys {
    /// Draws the help while it is open.
    pub fn ui(&mut self, ctx: &Context, open: &mut bool) {
        let first = *open && !std::mem::replace(&mut self.open, *open);
        self.open = *open;
        if first {
            self.words.clear();
        }
        let room = ctx.content_rect().size();
        let columns = if room.x > 2.0 * COLUMN + 120.0 { 2 } else { 1 };
        let wide = (columns as f32 * COLUMN + (columns - 1) as f32 * space::XL).min(room.x - 64.0);
        dialog::window("Keyboard shortcuts", open).show(ctx, |ui| {
            ui.set_width(wide);
            widgets::text_field(ui, "Find a key", "Find a key or what it does", &mut self.words);
            if first {
                ui.memory_mut(|memory| memory.request_focus(widgets::field_id("Find a key")));
            }
            ui.add_space(space::S);
            let groups = groups(ctx, &self.words);
            let high = (room.y - 220.0).clamp(120.0, 640.0);
            if groups.is_empty() {
                ui.label(RichText::new("No key does that").color(Tokens::of(ctx).quiet));
            }
            // A window without a height of its own gives a scrolled area little; it may have all of this.
            ScrollArea::vertical().max_height(high).min_scrolled_height(high).show(ui, |ui| {
                in_columns(ui, &groups, columns);
            });
        });
    }
}

/// The lines that answer to what was typed, by menu.
fn groups(ctx: &Context, typed: &str) -> Vec<(&'static str, Vec<Line>)> {
    let words = fold(typed);
    let answers = |group: &str, line: &Line| {
        let text = fold(&format!("{group} {} {}", line.text, line.key));
        words.split_whitespace().all(|word| text.contains(word))
    };
    let command = |command: &Command| {
        let key = ctx.format_shortcut(&command.shortcut()?);
        Some(Line { text: command.text().trim_end_matches('…').to_owned(), key })
    };
    let menus = MENUS
        .iter()
        .map(|(menu, commands)| (*menu, commands.iter().flatten().filter_map(command).collect::<Vec<_>>()));
    let fixed = FIXED.iter().map(|(name, keys)| {
        let line = |(text, key): &(&str, &str)| Line { text: (*text).to_owned(), key: (*key).to_owned() };
        (*name, keys.iter().map(line).collect())
    });
    let kept = menus.chain(fixed).map(|(name, mut lines)| {
        lines.retain(|line| answers(name, line));
        (name, lines)
    });
    kept.filter(|(_, lines)| !lines.is_empty()).collect()
}

/// The groups in columns of about the same height, in their order.
fn in_columns(ui: &mut Ui, groups: &[(&str, Vec<Line>)], columns: usize) {
    let lines = |group: &(&str, Vec<Line>)| group.1.len() + 2;
    let all: usize = groups.iter().map(lines).sum();
    ui.spacing_mut().item_spacing = vec2(space::XL, 0.0);
    ui.columns(columns, |uis| {
        let mut done = 0;
        for group in groups {
            let column = (done * columns / all.max(1)).min(columns - 1);
            draw(&mut uis[column], group.0, &group.1);
            done += lines(group);
        }
    });
}

fn draw(ui: &mut Ui, name: &str, lines: &[Line]) {
    let tokens = Tokens::of(ui.ctx());
    ui.label(RichText::new(name).font(theme::semibold(size::BODY)).color(tokens.quiet));
    ui.add_space(space::XS);
    for line in lines {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), egui::Sense::hover());
        let said = format!("{}: {}", line.text, line.key);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &said));
        let y = rect.center().y;
        let end = pos2(rect.right() - space::M, y);
        let taken = widgets::line_right(ui, end, &line.key, widgets::body(), tokens.quiet);
        let room = end.x - taken - space::S - rect.left();
        widgets::line(ui, pos2(rect.left(), y), room, &line.text, widgets::body(), tokens.text);
    }
    ui.add_space(space::L);
}
