//! The rows of the palette: icon, name, where it belongs, key; greyed with the reason where it cannot be done.

use egui::{Align2, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_phosphor::regular as icon;

use super::{Around, Entry};
use crate::app::theme::{Tokens, size, space};
use crate::app::{widgets, words};

/// Height of a row, points.
pub(super) const ROW: f32 = 34.0;

/// What a row says.
struct Row {
    icon: &'static str,
    text: String,
    /// What it belongs to: a menu, a country, an outlet.
    beside: String,
    /// At the right: a key, or why it cannot be done.
    end: String,
    ready: bool,
}

/// Draws the entries; answers the one that was pressed.
pub(super) fn ui(
    ui: &mut Ui,
    high: f32,
    entries: &[Entry],
    (ahead, follow): (usize, bool),
    around: &Around<'_>,
) -> Option<usize> {
    if entries.is_empty() {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW * 1.5), Sense::hover());
        let text = "No command, place or article begins so";
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
        let at = pos2(rect.left() + space::L, rect.center().y);
        widgets::line(ui, at, rect.width(), text, widgets::body(), Tokens::of(ui.ctx()).quiet);
        return None;
    }
    let mut pressed = None;
    ui.add_space(space::XS);
    let fits = (entries.len() as f32 * ROW).min(high);
    let area = ScrollArea::vertical().max_height(fits).min_scrolled_height(fits).auto_shrink([false, true]);
    area.show(ui, |ui| {
        for (number, entry) in entries.iter().enumerate() {
            let response = row(ui, &told(ui, entry, around), number == ahead);
            if number == ahead && follow {
                response.scroll_to_me(None);
            }
            if response.clicked() {
                pressed = Some(number);
            }
        }
    });
    pressed
}

fn told(ui: &Ui, entry: &Entry, around: &Around<'_>) -> Row {
    match entry {
        Entry::Command(command) => {
            let hindrance = (around.hindrance)(*command);
            let key = command.shortcut().map(|shortcut| ui.ctx().format_shortcut(&shortcut));
            Row {
                icon: command.icon(),
                text: command.text().to_owned(),
                beside: command.menu().map_or(String::new(), |menu| format!("{menu} menu")),
                end: hindrance.map_or_else(|| key.unwrap_or_default(), str::to_owned),
                ready: hindrance.is_none(),
            }
        }
        Entry::Place(offer) => Row {
            icon: icon::MAP_PIN,
            text: format!("Go to {}", offer.place.name),
            beside: [Some(offer.within.clone()), offer.by.clone()]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" · "),
            end: if offer.articles > 0 {
                words::count(offer.articles, "article", "articles")
            } else {
                String::new()
            },
            ready: true,
        },
        Entry::Article(number) => {
            let card = around.collection.card(*number);
            Row {
                icon: icon::ARTICLE,
                text: card.map_or(String::new(), |card| card.heading.clone()),
                beside: around.collection.source(*number).unwrap_or("").to_owned(),
                end: card.and_then(|card| card.date).map(words::date).unwrap_or_default(),
                ready: true,
            }
        }
    }
}

fn row(ui: &mut Ui, row: &Row, ahead: bool) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let parts = [&row.text, &row.beside, &row.end].into_iter().filter(|part| !part.is_empty());
    let name = parts.map(String::as_str).collect::<Vec<_>>().join(", ");
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, row.ready, ahead, &name));
    if !ui.is_rect_visible(rect) {
        return response;
    }
    let inner = rect.shrink2(vec2(space::XS, 1.0));
    if ahead || response.hovered() {
        let fill = if ahead { tokens.chosen } else { tokens.hover };
        ui.painter().rect_filled(inner, space::CORNER, fill);
    }
    if response.has_focus() {
        widgets::ring(ui.painter(), inner, space::CORNER);
    }
    let y = rect.center().y;
    let colour = if row.ready { tokens.text } else { tokens.quiet };
    let at = pos2(rect.left() + 22.0, y);
    widgets::icon_at(ui, at, Align2::CENTER_CENTER, row.icon, size::ICON, tokens.quiet);
    let end = pos2(rect.right() - space::L, y);
    let taken = if row.end.is_empty() {
        0.0
    } else {
        widgets::line_right(ui, end, &row.end, widgets::small(), tokens.quiet)
    };
    let left = rect.left() + 40.0;
    let room = end.x - taken - space::M - left;
    let wide = widgets::line(ui, pos2(left, y), room, &row.text, widgets::body(), colour);
    if room - wide > 40.0 {
        let at = pos2(left + wide + space::S, y + 0.5);
        widgets::line(ui, at, room - wide - space::S, &row.beside, widgets::small(), tokens.quiet);
    }
    response
}
