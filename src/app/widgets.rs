//! The few controls that egui does not have in our shape: icon buttons, chips, tabs, list rows,
//! hairlines, and what a pane says when it is empty.

use std::sync::Arc;

use egui::text::{LayoutJob, TextWrapping};
use egui::{
    Align2, AtomExt as _, Button, Color32, CornerRadius, FontFamily, FontId, Galley, Id, Painter, Rect,
    Response, RichText, Role, Sense, Stroke, Ui, Vec2, WidgetInfo, pos2, vec2,
};

use super::bidi;
use super::command::{Act, Command};
use super::theme::{self, Tokens, size, space};

/// Least width of a button with words, points.
const BUTTON: f32 = 76.0;
/// Width of the ring round what has the keyboard, points.
const RING: f32 = 1.5;

/// An icon with a tooltip that names its key; hands back the command when pressed.
pub fn command_icon(ui: &mut Ui, command: Command, acts: &mut Vec<Act>) -> Response {
    let response = icon_button(ui, command.icon(), command.text()).on_hover_ui(|ui| tooltip(ui, command));
    if response.clicked() {
        acts.push(Act::Do(command));
    }
    response
}

/// What a command does, with its key.
pub fn tooltip(ui: &mut Ui, command: Command) {
    ui.label(command.tooltip());
    if let Some(shortcut) = command.shortcut() {
        ui.weak(ui.ctx().format_shortcut(&shortcut));
    }
}

/// A square button of 28 points with an icon and an accessible name.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    let response = ui.allocate_response(Vec2::splat(space::ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let tokens = Tokens::of(ui.ctx());
    let colour = if response.hovered() { tokens.text } else { tokens.quiet };
    ground(ui, &response, Color32::TRANSPARENT);
    icon_at(ui, response.rect.center(), Align2::CENTER_CENTER, icon, size::ICON, colour);
    response
}

/// Paints an icon.
pub fn icon_at(ui: &Ui, at: egui::Pos2, anchor: Align2, icon: &str, points: f32, colour: Color32) -> Rect {
    ui.painter().text(at, anchor, icon, FontId::new(points, FontFamily::Proportional), colour)
}

/// The ground behind something that can be pressed.
fn ground(ui: &Ui, response: &Response, resting: Color32) {
    let tokens = Tokens::of(ui.ctx());
    let fill = if response.is_pointer_button_down_on() {
        tokens.chosen
    } else if response.hovered() {
        tokens.hover
    } else {
        resting
    };
    let stroke = if response.has_focus() { Stroke::new(RING, tokens.accent) } else { Stroke::NONE };
    ui.painter().rect(response.rect, space::CORNER, fill, stroke, egui::StrokeKind::Inside);
}

/// The button that does what a dialog is for.
pub fn primary_button(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let label = RichText::new(text).font(theme::semibold(size::BODY)).color(tokens.on_accent);
    let button = Button::new(label).fill(tokens.accent).min_size(vec2(BUTTON, space::ROW));
    ringed(ui, |ui| ui.add_enabled(enabled, button))
}

/// A button with a hairline round it.
pub fn plain_button(ui: &mut Ui, text: &str) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let button = Button::new(text).stroke(Stroke::new(1.0, tokens.edge)).min_size(vec2(BUTTON, space::ROW));
    ringed(ui, |ui| ui.add(button))
}

/// Shows that what stands in a rectangle has the keyboard.
pub fn ring(painter: &Painter, rect: Rect, round: impl Into<CornerRadius>) {
    let ring = Stroke::new(RING, Tokens::of(painter.ctx()).accent);
    painter.rect_stroke(rect, round, ring, egui::StrokeKind::Inside);
}

/// Something that shows by a ring around it that the keyboard is there.
pub fn ringed(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> Response) -> Response {
    let response = add(ui);
    if response.has_focus() {
        let ring = Stroke::new(RING, Tokens::of(ui.ctx()).accent);
        ui.painter().rect_stroke(
            response.rect.expand(2.0),
            space::CORNER + 2,
            ring,
            egui::StrokeKind::Outside,
        );
    }
    response
}

/// What was asked for beside a field for a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// To take the path that stands there.
    Add,
    /// To choose a file with the system's own dialog.
    Choose,
}

/// A field for the path of a file to add to a list, with its buttons, in the order in which the keyboard goes
/// through them. `name` is what the field is called, and what it says while it is empty.
pub fn path_row(ui: &mut Ui, name: &str, path: &mut String) -> Option<Asked> {
    let mut asked = None;
    ui.horizontal(|ui| {
        let field = (ui.available_width() - 2.0 * (BUTTON + space::S)).max(BUTTON);
        let sized = |ui: &mut Ui| text_field(ui, name, name, path);
        let entered = ui.allocate_ui(vec2(field, space::ROW), sized).inner;
        let ready = !path.trim().is_empty();
        let pressed = ui.add_enabled_ui(ready, |ui| plain_button(ui, "Add")).inner.clicked();
        if ready && (entered || pressed) {
            asked = Some(Asked::Add);
        }
        if plain_button(ui, "Choose…").clicked() {
            asked = Some(Asked::Choose);
        }
    });
    asked
}

/// A line to type into with its name before it, for one whose text does not tell what it is.
pub fn named_field(ui: &mut Ui, name: &str, hint: &str, text: &mut String) {
    ui.horizontal(|ui| {
        let wide = vec2(BUTTON, space::ROW);
        let (rect, _) = ui.allocate_exact_size(wide, Sense::hover());
        line(ui, rect.left_center(), wide.x, name, body(), Tokens::of(ui.ctx()).quiet);
        text_field(ui, name, hint, text);
    });
}

/// A line to type into, over the room that is left; answers whether it was left with Enter. `name` is its
/// accessible name, `hint` what it says while it is empty.
pub fn text_field(ui: &mut Ui, name: &str, hint: &str, text: &mut String) -> bool {
    let edit = egui::TextEdit::singleline(text)
        .id(field_id(name))
        .hint_text(hint)
        .margin(egui::Margin::symmetric(10, 6))
        .desired_width(ui.available_width());
    let response = ui.add(edit);
    response.widget_info(|| WidgetInfo::labeled(Role::TextInput, ui.is_enabled(), name));
    response.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter))
}

/// The identity of the field with this accessible name, for putting the cursor into it.
pub fn field_id(name: &str) -> Id {
    Id::unique(("field", name))
}

/// Puts the cursor into the field with this accessible name, once. To be called after the field: one that is only
/// being measured would give the focus away again.
pub fn focus_once(ui: &Ui, name: &str, asked: &mut bool) {
    if !std::mem::replace(asked, true) {
        ui.memory_mut(|memory| memory.request_focus(field_id(name)));
    }
}

/// The buttons at the foot of a dialog, from the right.
pub fn foot<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) -> R {
    ui.add_space(space::S);
    let right = egui::Layout::right_to_left(egui::Align::Center);
    ui.horizontal(|ui| ui.with_layout(right, add).inner).inner
}

/// Something that is on or off.
pub fn switch(ui: &mut Ui, on: bool, name: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(32.0, space::ROW), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, ui.is_enabled(), on, name));
    let tokens = Tokens::of(ui.ctx());
    let pill = Rect::from_center_size(rect.center(), vec2(28.0, 16.0));
    let (fill, edge) = if on { (tokens.accent, tokens.accent) } else { (tokens.field, tokens.edge) };
    ui.painter().rect(pill, 8.0, fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
    let x = if on { pill.right() - 8.0 } else { pill.left() + 8.0 };
    let knob = if on { tokens.on_accent } else { tokens.edge };
    ui.painter().circle_filled(pos2(x, pill.center().y), 5.0, knob);
    if response.has_focus() {
        ring(ui.painter(), pill.expand(2.5), 10.0);
    }
    response
}

/// A filter in force, or one to put in force. `active` fills it.
pub fn chip(ui: &mut Ui, text: &str, active: bool, name: &str) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let font = FontId::new(size::SMALL, FontFamily::Proportional);
    let galley = cut(ui.painter(), text, font, tokens.text, f32::INFINITY);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 14.0, 22.0), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Button, ui.is_enabled(), active, name));
    let fill = match (active, response.hovered()) {
        (true, _) => tokens.chosen,
        (false, true) => tokens.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    let edge = if active { tokens.accent } else { tokens.hairline };
    ui.painter().rect(rect, 11.0, fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
    if response.has_focus() {
        ring(ui.painter(), rect.expand(2.0), 13.0);
    }
    let at = rect.center() - galley.size() / 2.0;
    ui.painter().galley(at, galley, tokens.text);
    response
}

/// One of a few choices that stand side by side: an icon, where it has one, a text, and whether it is the one. `edges` says whether it
/// is the first and the last.
pub fn segment(ui: &mut Ui, size: Vec2, (icon, text): (&str, &str), on: bool, edges: [bool; 2]) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, ui.is_enabled(), on, text));
    let fill = match (on, response.hovered()) {
        (true, _) => tokens.chosen,
        (false, true) => tokens.hover,
        (false, false) => tokens.field,
    };
    let round = |edge: bool| if edge { space::CORNER } else { 0 };
    let [first, last] = edges.map(round);
    let corners = egui::CornerRadius { nw: first, sw: first, ne: last, se: last };
    let edge = if on { tokens.accent } else { tokens.hairline };
    ui.painter().rect(rect, corners, fill, Stroke::new(1.0, edge), egui::StrokeKind::Inside);
    let (font, colour) = if on { (theme::semibold(size::BODY), tokens.text) } else { (body(), tokens.quiet) };
    let name = ui.painter().layout_no_wrap(text.to_owned(), font, colour);
    let before = if icon.is_empty() { 0.0 } else { 6.0 + size::ICON };
    let left = rect.center().x - (name.size().x + before) / 2.0;
    let sign = if on { tokens.accent } else { tokens.quiet };
    icon_at(
        ui,
        pos2(left + size::ICON / 2.0, rect.center().y),
        Align2::CENTER_CENTER,
        icon,
        size::ICON,
        sign,
    );
    let at = pos2(left + before, rect.center().y - name.size().y / 2.0);
    ui.painter().galley(at, name, colour);
    if response.has_focus() {
        let ring = Stroke::new(1.5, tokens.accent);
        ui.painter().rect_stroke(rect.expand(2.0), corners, ring, egui::StrokeKind::Inside);
    }
    response
}

/// Words that lead somewhere, cut at the room there is; `name` says where.
pub fn link(ui: &mut Ui, text: &str, name: &str) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let mut job = egui::text::LayoutJob::simple_singleline(text.to_owned(), body(), tokens.accent);
    job.wrap = egui::text::TextWrapping::truncate_at_width(ui.available_width().max(24.0));
    let galley = ui.painter().layout_job(bidi::in_order(ui.ctx(), job));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, ui.is_enabled(), name));
    if response.hovered() || response.has_focus() {
        let line = Stroke::new(1.0, tokens.accent);
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    if response.has_focus() {
        let ring = Stroke::new(1.5, tokens.accent);
        let round = rect.expand2(vec2(3.0, 1.0));
        ui.painter().rect_stroke(round, 4.0, ring, egui::StrokeKind::Outside);
    }
    ui.painter().galley(rect.min, galley, tokens.accent);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The head of one of the areas that share a place, to be pressed or dragged.
pub fn area_tab(ui: &mut Ui, id: Id, text: &str, active: bool) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let (font, colour) =
        if active { (theme::semibold(size::BODY), tokens.text) } else { (body(), tokens.quiet) };
    let name = ui.painter().layout_no_wrap(text.to_owned(), font, colour);
    let (_, rect) = ui.allocate_space(vec2(name.size().x + 2.0 * space::M, ui.available_height()));
    let response = ui.interact(rect, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), active, text));
    let at = rect.center() - name.size() / 2.0;
    ui.painter().galley(at, name, colour);
    let ring = response.has_focus();
    if active || response.hovered() || ring {
        let colour = if active || ring { tokens.accent } else { tokens.hairline };
        let under = rect.shrink2(vec2(space::M, 0.0));
        ui.painter().hline(under.x_range(), rect.bottom() - 1.0, Stroke::new(2.0, colour));
    }
    response
}

/// One of the heads of a stack of lists, with its count.
pub fn tab(ui: &mut Ui, text: &str, count: &str, active: bool) -> Response {
    headed(ui, text, Some((count, true)), active)
}

/// One that is told its count and does not show it.
pub fn narrow_tab(ui: &mut Ui, text: &str, count: &str, active: bool) -> Response {
    headed(ui, text, Some((count, active)), active)
}

/// One without a count.
pub fn plain_tab(ui: &mut Ui, text: &str, active: bool) -> Response {
    headed(ui, text, None, active)
}

fn headed(ui: &mut Ui, text: &str, count: Option<(&str, bool)>, active: bool) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let colour = if active { tokens.text } else { tokens.quiet };
    let font =
        if active { theme::semibold(size::BODY) } else { FontId::new(size::BODY, FontFamily::Proportional) };
    let name = ui.painter().layout_no_wrap(text.to_owned(), font, colour);
    let shown = count.filter(|&(_, shown)| shown);
    let number = shown.map(|(count, _)| ui.painter().layout_no_wrap(count.to_owned(), small(), tokens.quiet));
    let wide = name.size().x + number.as_ref().map_or(0.0, |number| 6.0 + number.size().x);
    let (rect, response) = ui.allocate_exact_size(vec2(wide, 32.0), Sense::click());
    let spoken = count.map_or(text.to_owned(), |(count, _)| format!("{text} ({count})"));
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), active, &spoken));
    let y = rect.center().y;
    ui.painter().galley(pos2(rect.left(), y - name.size().y / 2.0), name.clone(), colour);
    if let Some(number) = number {
        let at = pos2(rect.right() - number.size().x, y - number.size().y / 2.0 + 0.5);
        ui.painter().galley(at, number, tokens.quiet);
    }
    if active || response.hovered() {
        let line = Stroke::new(2.0, if active { tokens.accent } else { tokens.hairline });
        ui.painter().hline(rect.x_range(), rect.bottom() - 1.0, line);
    }
    if response.has_focus() {
        let round = rect.expand2(vec2(5.0, -3.0));
        ring(ui.painter(), round, space::CORNER);
    }
    response
}

/// Reserves a row of a list over the whole width and paints its ground; `name` is its accessible name.
pub fn row(ui: &mut Ui, height: f32, chosen: bool, linked: bool, name: &str) -> Response {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListItem, ui.is_enabled(), chosen, name));
    let fill = match (chosen, response.hovered() || linked) {
        (true, _) => tokens.chosen,
        (false, true) => tokens.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, 0.0, fill);
    if chosen {
        let bar = Rect::from_min_size(rect.min, vec2(3.0, height));
        ui.painter().rect_filled(bar, 0.0, tokens.accent);
    }
    if response.has_focus() {
        ring(ui.painter(), rect, 0.0);
    }
    response
}

/// Text on one line, cut with an ellipsis at `width`; answers its width.
pub fn line(ui: &Ui, at: egui::Pos2, width: f32, text: &str, font: FontId, colour: Color32) -> f32 {
    let galley = cut(ui.painter(), text, font, colour, width);
    let wide = galley.size().x;
    ui.painter().galley(pos2(at.x, at.y - galley.size().y / 2.0), galley, colour);
    wide
}

/// Text on one line that ends at `at`; answers its width.
pub fn line_right(ui: &Ui, at: egui::Pos2, text: &str, font: FontId, colour: Color32) -> f32 {
    let galley = cut(ui.painter(), text, font, colour, f32::INFINITY);
    let size = galley.size();
    ui.painter().galley(pos2(at.x - size.x, at.y - size.y / 2.0), galley, colour);
    size.x
}

/// Text of whatever script laid out on one line, cut with an ellipsis at `width`.
pub fn cut(painter: &Painter, text: &str, font: FontId, colour: Color32, width: f32) -> Arc<Galley> {
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, colour);
    job.wrap = TextWrapping::truncate_at_width(width.max(0.0));
    painter.layout_job(bidi::in_order(painter.ctx(), job))
}

/// The interface's font.
pub fn body() -> FontId {
    FontId::new(size::BODY, FontFamily::Proportional)
}

/// The interface's small font.
pub fn small() -> FontId {
    FontId::new(size::SMALL, FontFamily::Proportional)
}

/// A line across the pane.
pub fn hairline(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, Tokens::of(ui.ctx()).hairline);
}

/// What a pane with nothing in it is for, and the one next step.
pub fn empty(ui: &mut Ui, icon: &str, title: &str, text: &str, next: &[Command], acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    let height = ui.available_height();
    ui.vertical_centered(|ui| {
        ui.add_space((height * 0.30).clamp(space::L, 180.0));
        ui.label(RichText::new(icon).size(32.0).color(tokens.edge));
        ui.add_space(space::S);
        ui.label(RichText::new(title).font(theme::semibold(size::HEADING)).color(tokens.text));
        ui.add_space(space::XS);
        ui.scope(|ui| {
            ui.set_max_width(300.0_f32.min(ui.available_width() - space::XL));
            ui.label(RichText::new(text).color(tokens.quiet));
        });
        ui.add_space(space::M);
        for (number, &command) in next.iter().enumerate() {
            let pressed = if number == 0 {
                primary_button(ui, command.text(), true)
            } else {
                plain_button(ui, command.text())
            };
            if pressed.on_hover_ui(|ui| tooltip(ui, command)).clicked() {
                acts.push(Act::Do(command));
            }
            ui.add_space(space::XS);
        }
    });
}

/// A line between two panes that can be dragged, or moved with the arrow keys; answers how far it is to go.
pub fn splitter(ui: &mut Ui, id: Id, rect: Rect, vertical: bool, name: &str) -> f32 {
    let tokens = Tokens::of(ui.ctx());
    let across = |points: f32| if vertical { vec2(points, 0.0) } else { vec2(0.0, points) };
    let response = ui.interact(rect.expand2(across(4.0)), id, Sense::drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Splitter, true, name));
    let active = response.hovered() || response.dragged() || response.has_focus();
    let colour = if active { tokens.accent } else { tokens.hairline };
    let line = if active { rect.expand2(across(0.5)) } else { rect };
    ui.painter().rect_filled(line, 0.0, colour);
    let mut by = 0.0;
    if response.has_focus() {
        by = arrows(ui, id, vertical) * 16.0;
    }
    // By where the pointer is and not by how it moved: past the least size of a pane the line waits for it.
    if response.dragged()
        && let Some(pointer) = response.interact_pointer_pos()
    {
        let off = pointer - rect.center();
        by = if vertical { off.x } else { off.y }.round();
    }
    let cursor = if vertical { egui::CursorIcon::ResizeHorizontal } else { egui::CursorIcon::ResizeVertical };
    response.on_hover_and_drag_cursor(cursor);
    by
}

/// How often the arrow keys across a line were pressed while it has the focus, which they would move on.
fn arrows(ui: &Ui, id: Id, vertical: bool) -> f32 {
    let filter = egui::EventFilter {
        horizontal_arrows: vertical,
        vertical_arrows: !vertical,
        ..egui::EventFilter::default()
    };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
    use egui::Key::{ArrowDown, ArrowLeft, ArrowRight, ArrowUp};
    let (less, more) = if vertical { (ArrowLeft, ArrowRight) } else { (ArrowUp, ArrowDown) };
    ui.input_mut(|input| {
        let mut count = |key| input.count_and_consume_key(egui::Modifiers::NONE, key) as f32;
        count(more) - count(less)
    })
}

/// A line of a menu that is no command: icon and text; `name` is its accessible name.
pub fn menu_item(ui: &mut Ui, icon: &str, text: &str, name: &str) -> Response {
    let icon = RichText::new(icon).size(size::ICON).color(Tokens::of(ui.ctx()).quiet);
    // Without an icon its room stays, so that the lines of a menu begin below one another.
    let icon = icon.atom_size(vec2(size::ICON, size::ICON));
    let button = Button::new((icon, text)).min_size(vec2(ui.available_width(), space::ROW));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, ui.is_enabled(), name));
    response
}

/// A line between groups of a menu.
pub fn menu_line(ui: &mut Ui) {
    ui.add_space(space::XS);
    hairline(ui);
    ui.add_space(space::XS);
}
