//! What the colours and forms of events on the map stand for, with how many there are of each class.
//! A class is pressed to show it alone, or with others that are chosen. Folded, it is a line of the forms alone.

use egui::{Rect, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use egui_phosphor::regular as icon;

use super::{names, symbol};
use crate::app::command::{Act, Command};
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{widgets, words};
use crate::explore::{Explorer, Filter};
use crate::model::EventClass;

/// Width of the legend, points.
const WIDE: f32 = 216.0;
/// Height of a line, points.
const LINE: f32 = 22.0;
/// Least map in which it unfolds without being asked, points.
const ROOMY: egui::Vec2 = vec2(500.0, 440.0);

/// How many events of a class are shown when no type is chosen.
fn count(explorer: &Explorer, class: EventClass) -> usize {
    names::types_of(class).map(|kind| explorer.view.types[kind as usize]).sum()
}

/// Whether it is unfolded in a map, as somebody has wished or as there is room.
pub(in crate::app) fn is_open(map: Rect, wished: Option<bool>) -> bool {
    let roomy = map.width() >= ROOMY.x && map.height() >= ROOMY.y;
    wished.unwrap_or(roomy) && holds(map, place(map, true))
}

/// Whether a map has room for it, and for the search for places over it.
fn holds(map: Rect, legend: Rect) -> bool {
    map.with_min_y(map.top() + 52.0).contains_rect(legend)
}

/// Where the legend lies in a map.
fn place(map: Rect, open: bool) -> Rect {
    let lines = if open { EventClass::ALL.len() as f32 * LINE + 6.0 } else { 0.0 };
    let size = vec2(if open { WIDE } else { 150.0 }, 26.0 + lines);
    Rect::from_min_size(pos2(map.left() + space::M, map.bottom() - 40.0 - size.y), size)
}

/// The room of a map for what is said at its foot: beside the legend, or over it where that is too narrow.
pub(in crate::app) fn beside(map: Rect, wished: Option<bool>) -> Rect {
    let Some(legend) = room(map, wished) else { return map };
    if map.right() - legend.right() > 340.0 {
        map.with_min_x(legend.right())
    } else {
        map.with_max_y(legend.top() + 32.0)
    }
}

/// Where the legend lies in a map that has room for it.
pub(in crate::app) fn room(map: Rect, wished: Option<bool>) -> Option<Rect> {
    Some(place(map, is_open(map, wished))).filter(|&legend| holds(map, legend))
}

/// Draws the legend in the lower left corner of the map.
pub(in crate::app) fn ui(
    ui: &mut Ui,
    map: Rect,
    explorer: &Explorer,
    wished: Option<bool>,
    acts: &mut Vec<Act>,
) {
    let Some(rect) = room(map, wished) else { return };
    let open = is_open(map, wished);
    let tokens = Tokens::of(ui.ctx());
    let edge = Stroke::new(1.0, tokens.hairline);
    ui.painter().rect(rect, f32::from(space::CORNER), tokens.raised, edge, StrokeKind::Inside);
    // What lies under it is not meant by a press beside its lines.
    ui.interact(rect, ui.scope_id().with("legend of events"), Sense::CLICK);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink2(vec2(1.0, 0.0))), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if head(ui, open, holds(map, place(map, true))) {
            acts.push(Act::Do(Command::EventLegend));
        }
        if open {
            for (class, count) in EventClass::ALL.into_iter().map(|class| (class, count(explorer, class))) {
                if line(ui, class, count, explorer) {
                    let events = explorer.filter.events.with_class_toggled(class);
                    acts.push(Act::Filter(Filter { events, ..explorer.filter.clone() }));
                }
            }
        }
    });
}

fn head(ui: &mut Ui, open: bool, foldable: bool) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let sense = if foldable { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 26.0), sense);
    let name = if open { "Legend of events: hide" } else { "Legend of events: show" };
    response.widget_info(|| WidgetInfo::selected(Role::Button, foldable, open, name));
    if response.hovered() && foldable {
        ui.painter().rect_filled(rect.shrink(1.0), f32::from(space::CORNER), tokens.hover);
    }
    if open {
        let at = pos2(rect.left() + space::S + 2.0, rect.center().y);
        widgets::line(ui, at, rect.width(), "Events", theme::semibold(size::BODY), tokens.text);
    } else {
        for (number, class) in EventClass::ALL.into_iter().enumerate() {
            let at = pos2(rect.left() + 16.0 + number as f32 * 19.0, rect.center().y);
            symbol::form(ui.painter(), at, 5.5, class, tokens.event(class), Stroke::NONE);
        }
    }
    if foldable {
        let sign = if open { icon::CARET_DOWN } else { icon::CARET_UP };
        let at = pos2(rect.right() - 13.0, rect.center().y);
        widgets::icon_at(ui, at, egui::Align2::CENTER_CENTER, sign, 12.0, tokens.quiet);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, tokens.accent);
        ui.painter().rect_stroke(rect, f32::from(space::CORNER), ring, StrokeKind::Inside);
    }
    let clicked = response.clicked();
    response.on_hover_ui(|ui| widgets::tooltip(ui, Command::EventLegend));
    clicked
}

/// A class with its form, its name and its count. Whether it was pressed.
fn line(ui: &mut Ui, class: EventClass, count: usize, explorer: &Explorer) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), LINE), Sense::click());
    let name = names::class(class);
    let chosen = explorer.filter.events.has_class(class);
    let any = !explorer.filter.events.types.is_empty();
    let told = format!("{name}: {}", words::count(count, "event", "events"));
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, chosen, &told));
    let fill = match (chosen, response.hovered()) {
        (true, _) => tokens.chosen,
        (false, true) => tokens.hover,
        (false, false) => egui::Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect.shrink2(vec2(3.0, 0.5)), 4.0, fill);
    let strength = if count == 0 || any && !chosen { 0.5 } else { 1.0 };
    let at = pos2(rect.left() + 16.0, rect.center().y);
    symbol::form(ui.painter(), at, 6.0, class, tokens.event(class).gamma_multiply(strength), Stroke::NONE);
    let colour = if count == 0 { tokens.quiet } else { tokens.text };
    let number = words::number(count as u64);
    let right = pos2(rect.right() - 10.0, rect.center().y);
    let taken = widgets::line_right(ui, right, &number, widgets::small(), tokens.quiet);
    let left = pos2(rect.left() + 30.0, rect.center().y);
    widgets::line(ui, left, rect.width() - 44.0 - taken, name, widgets::body(), colour);
    if response.has_focus() {
        let ring = Stroke::new(1.5, tokens.accent);
        ui.painter().rect_stroke(rect.shrink(1.0), 4.0, ring, StrokeKind::Inside);
    }
    let types: Vec<&str> = names::types_of(class).map(names::kind).collect();
    let clicked = response.clicked();
    let verb = if chosen { "Click to leave it out again" } else { "Click to show only this class" };
    response.on_hover_ui(|ui| {
        ui.label(types.join(", "));
        ui.weak(verb);
    });
    clicked
}
