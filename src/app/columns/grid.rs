//! The first rows of a table, under a menu for each column.
//! Every menu is laid out, so that the keyboard finds those out of sight; of the cells only those in sight are.

use egui::{Align2, Popup, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_phosphor::regular as icon;

use super::table::{Table, flat};
use crate::app::asking::quiet;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::widgets;
use crate::ingest::Column;

/// Least width of a column, points.
const WIDTH: f32 = 168.0;
/// Height of a row of cells.
const CELL: f32 = 24.0;
/// Most rows that are shown, and least.
const ROWS: (usize, usize) = (8, 2);
/// What of the window's height is taken by all that stands around the cells.
const AROUND: f32 = 344.0;

/// What a column may be, in the order of the menu, with its name.
const WHATS: [(Option<Column>, &str); 8] = [
    (Some(Column::Text), "Text"),
    (Some(Column::Title), "Title"),
    (Some(Column::Date), "Date"),
    (Some(Column::Source), "Outlet"),
    (Some(Column::Url), "Address"),
    (Some(Column::Language), "Language"),
    (Some(Column::Id), "Name (id)"),
    (None, "Not used"),
];

fn title(what: Option<Column>) -> &'static str {
    WHATS.iter().find(|(column, _)| *column == what).map_or("Not used", |(_, title)| title)
}

/// Draws the rows as far as a window of this height has room for them, and takes in what is chosen.
pub(super) fn ui(ui: &mut Ui, table: &mut Table, high: f32) {
    let room = ((high - AROUND) / CELL) as usize;
    let shown = room.clamp(ROWS.1, ROWS.0).min(table.rows.len());
    let count = table.titles.len();
    let wide = (ui.available_width() / count.max(1) as f32).floor().max(WIDTH);
    let height = space::ROW + 2.0 * space::XS + CELL * (shown + 1) as f32;
    ScrollArea::horizontal().auto_shrink([false, true]).show(ui, |ui| {
        let (all, _) = ui.allocate_exact_size(vec2(wide * count as f32, height + space::M), Sense::hover());
        let lines = [space::ROW + 2.0 * space::XS + CELL, height];
        for y in lines {
            let hairline = Tokens::of(ui.ctx()).hairline;
            ui.painter().hline(all.x_range(), all.top() + y, egui::Stroke::new(1.0, hairline));
        }
        for at in 0..count {
            let corner = all.min + vec2(wide * at as f32, 0.0);
            let column = Rect::from_min_size(corner, vec2(wide, height));
            if let Some(what) = menu(ui, table, at, column) {
                table.set(at, what);
            }
            if ui.is_rect_visible(column) {
                cells(ui, table, at, shown, column);
            }
        }
    });
    if table.names.len() > count {
        let told = format!("The first {count} of {} columns.", table.names.len());
        quiet(ui, &told);
    }
}

/// The menu over a column; answers what was chosen.
fn menu(ui: &mut Ui, table: &Table, at: usize, column: Rect) -> Option<Option<Column>> {
    let what = table.what(at);
    let tokens = Tokens::of(ui.ctx());
    let colour = if what.is_some() { tokens.text } else { tokens.quiet };
    let spoken = format!("Column {}: {}", table.spoken[at], title(what));
    let place =
        Rect::from_min_size(column.min + vec2(2.0, space::XS), vec2(column.width() - space::S, space::ROW));
    let button = button(ui, place, (&spoken, title(what)), colour, what.is_some());
    if button.gained_focus() {
        ui.scroll_to_rect(column, None);
    }
    let mut chosen = None;
    Popup::menu(&button).show(|ui| {
        ui.set_width(WIDTH);
        for (other, title) in WHATS {
            let sign = if other == what { icon::CHECK } else { "" };
            if widgets::menu_item(ui, sign, title, title).clicked() {
                chosen = Some(other);
            }
        }
    });
    chosen
}

/// What opens the menu: as a field, with what is chosen in it.
fn button(
    ui: &mut Ui,
    place: Rect,
    (spoken, text): (&str, &str),
    colour: egui::Color32,
    used: bool,
) -> egui::Response {
    let tokens = Tokens::of(ui.ctx());
    let response = ui.allocate_rect(place, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), spoken));
    if !ui.is_rect_visible(place) {
        return response;
    }
    let fill = if response.hovered() { tokens.hover } else { tokens.field };
    let edge = egui::Stroke::new(1.0, if used { tokens.accent } else { tokens.edge });
    ui.painter().rect(place, f32::from(space::CORNER), fill, edge, egui::StrokeKind::Inside);
    if response.has_focus() {
        widgets::ring(ui.painter(), place.expand(2.0), space::CORNER + 2);
    }
    let font = if used { theme::semibold(size::BODY) } else { widgets::body() };
    let left = place.left_center() + vec2(10.0, 0.0);
    widgets::line(ui, left, place.width() - 36.0, text, font, colour);
    let right = place.right_center() - vec2(10.0, 0.0);
    widgets::icon_at(ui, right, Align2::RIGHT_CENTER, icon::CARET_DOWN, size::SMALL, tokens.quiet);
    response
}

/// A column's name and its first cells.
fn cells(ui: &mut Ui, table: &Table, at: usize, shown: usize, column: Rect) {
    let tokens = Tokens::of(ui.ctx());
    let (left, wide) = (column.left() + space::M, column.width() - space::XL);
    let top = column.top() + space::ROW + 2.0 * space::XS;
    let heading = theme::semibold(size::SMALL);
    let middle = |row: usize| pos2(left, top + CELL * (row as f32 + 0.5));
    let name = &table.titles[at];
    let taken = widgets::line(ui, middle(0), wide, name, heading, tokens.text);
    let place = |row: usize| {
        Rect::from_min_size(pos2(column.left(), top + CELL * row as f32), vec2(column.width(), CELL))
    };
    told(ui, place(0), name, taken > wide - space::S);
    for (row, cells) in table.rows.iter().take(shown).enumerate() {
        let Some(words) = cells.get(at).filter(|words| !words.is_empty()) else { continue };
        let line = flat(words, 120);
        let taken = widgets::line(ui, middle(row + 1), wide, &line, widgets::body(), tokens.quiet);
        told(ui, place(row + 1), words, taken > wide - space::S || line != *words);
    }
}

/// What one hears of a cell, and sees under the pointer where it may have been cut.
fn told(ui: &Ui, place: Rect, words: &str, cut: bool) {
    let response = ui.interact(
        place,
        ui.scope_id().with(("cell", place.min.x as i32, place.min.y as i32)),
        Sense::hover(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    if cut {
        response.on_hover_text(words);
    }
}
