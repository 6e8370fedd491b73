//! The bins as bars with the axis under them, the window over them, and the pointer and keys that move it.
//! Dates without a day lie as lines under the bars, from the first day they may mean to the last.

use egui::{
    Align2, Color32, CursorIcon, EventFilter, Rect, Response, RichText, Role, Sense, Shape, Stroke, Tooltip,
    Ui, WidgetInfo, pos2, vec2,
};

use crate::explore::{Bin, Bins, Explorer, LAYERS, Layer, Marks, Stack, Subject};
use crate::model::Days;

use super::brush::{self, Drag, Grip};
use super::head::{layer_colour, layer_name, shown, swatch};
use super::scale::Scale;
use super::{Timeline, took_escape};
use crate::app::command::{Act, Command};
use crate::app::session::Session;
use crate::app::theme::{Tokens, semibold, size};
use crate::app::{widgets, words};

/// Height of the axis with its labels, points.
const AXIS: f32 = 20.0;
/// Height of a line for dates without a day, with the gap above it, points.
const LANE: f32 = 7.0;
/// Widest bar, points.
const WIDEST: f32 = 28.0;
/// How far from the window's edge it can be taken hold of, points.
const EDGE: f32 = 6.0;

/// What one frame draws from.
pub(super) struct Frame<'a> {
    pub scale: Scale,
    pub bins: &'a Bins,
    pub span: Days,
    pub explorer: &'a Explorer,
    pub session: &'a Session,
}

/// Where things stand in the pane.
struct Room {
    bars: Rect,
    /// Top of the lines of months and of years, where there are any.
    lanes: [Option<f32>; 2],
    axis: f32,
}

impl Room {
    fn of(body: Rect, bins: &Bins) -> Room {
        let mut y = body.bottom() - AXIS;
        let axis = y;
        let lanes = [bins.vague_years, bins.vague_months].map(|there| {
            there.then(|| {
                y -= LANE;
                y
            })
        });
        Room { bars: body.with_max_y(y).with_min_y(body.top() + 4.0), lanes: [lanes[1], lanes[0]], axis }
    }
}

impl Timeline {
    pub(super) fn plot(&mut self, ui: &mut Ui, body: Rect, frame: &Frame, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let room = Room::of(body, frame.bins);
        let area = body.with_max_y(room.axis);
        let response = ui.interact(area, super::keyboard_id(), Sense::click_and_drag());
        self.name(ui, &response, frame);
        ui.shrink_clip_rect(body.expand2(vec2(4.0, 0.0)));
        axis(ui, &room, frame, &tokens);
        self.window_ground(ui, &room, frame, &tokens);
        self.bars(ui, &room, frame, &tokens, acts);
        self.lines(ui, &room, frame, &tokens, acts);
        open_article(ui, &room, frame, &tokens);
        self.window_edges(ui, &room, frame, &tokens);
        self.choose(ui, &response, frame, acts);
        self.keys(ui, &response, frame, acts);
        self.pointed &= response.has_focus();
        if response.has_focus() && !self.pointed {
            widgets::ring(ui.painter(), area.expand(2.0), 4.0);
        }
    }

    /// What a screen reader hears of the whole: which days are chosen, and how many articles they have.
    fn name(&self, ui: &Ui, response: &Response, frame: &Frame) {
        response.widget_info(|| WidgetInfo::labeled(Role::Slider, true, "Days"));
        let value = || {
            let days = frame.explorer.filter.days?;
            Some(format!("{}, {}", words::days(days), shown(frame.explorer)))
        };
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(value().unwrap_or_else(|| "All days".to_owned()));
        });
    }

    fn bars(&mut self, ui: &mut Ui, room: &Room, frame: &Frame, tokens: &Tokens, acts: &mut Vec<Act>) {
        let bins = frame.bins.within(frame.scale.days());
        let most = bins.iter().map(Bin::total).max().unwrap_or(0).max(1);
        if room.bars.height() > 36.0 {
            let at = pos2(room.bars.left(), room.bars.top() - 2.0);
            let text = words::number(u64::from(most));
            ui.painter().text(at, Align2::LEFT_TOP, text, widgets::small(), tokens.quiet);
        }
        let tall = (room.bars.height() - 2.0).max(1.0) / most as f32;
        let mut shapes: Vec<Shape> = Vec::with_capacity(bins.len() * 2);
        for bin in bins {
            let slot = slot(frame.scale, bin.days);
            let wide = (slot.1 - slot.0 - 1.0).clamp(1.0, WIDEST);
            let middle = (slot.0 + slot.1) / 2.0;
            let within = frame.explorer.filter.days.is_none_or(|days| days.overlaps(bin.days));
            let mut y = room.bars.bottom();
            for (layer, &count) in bin.counts.iter().enumerate().filter(|&(_, &count)| count > 0) {
                let high = (count as f32 * tall).max(1.0);
                let bar =
                    Rect::from_min_max(pos2(middle - wide / 2.0, y - high), pos2(middle + wide / 2.0, y));
                y -= high;
                // A gap tells layers apart where their colours do not.
                let bar = if high > 3.0 { bar.with_min_y(bar.top() + 1.0) } else { bar };
                shapes.push(Shape::rect_filled(bar, 1.0, self.colour(layer, within, tokens)));
            }
            let column = Rect::from_x_y_ranges(slot.0..=slot.1, room.bars.y_range());
            self.bin(ui, column, bin, frame, None, acts);
        }
        ui.painter().extend(shapes);
    }

    fn colour(&self, layer: usize, within: bool, tokens: &Tokens) -> Color32 {
        let layer_at = layer.min(LAYERS - 1);
        let colour = layer_colour(layer_at, self.chronicle.layers.get(layer), tokens);
        match (self.lit, within) {
            (Some(lit), _) if lit != layer => colour.gamma_multiply(0.18),
            (_, false) => colour.gamma_multiply(0.32),
            _ => colour,
        }
    }

    /// Makes a bin known to the pointer and to screen readers. It takes no part in the order of Tab, which would
    /// have to be pressed a hundred times.
    fn bin(
        &mut self,
        ui: &mut Ui,
        area: Rect,
        bin: &Bin,
        frame: &Frame,
        doubt: Option<&str>,
        acts: &mut Vec<Act>,
    ) {
        let id = ui.scope_id().with((bin.days.first, bin.days.last, doubt.is_some()));
        let response = ui.interact(area, id, Sense::CLICK);
        response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, told(bin, frame, doubt)));
        if response.double_clicked() {
            acts.push(Act::Do(Command::ClearDays));
        } else if response.clicked() {
            self.take_keyboard(ui);
            acts.push(Act::Days(Some(bin.days)));
        }
        if self.drag.is_some() || !response.contains_pointer() {
            return;
        }
        let tokens = Tokens::of(ui.ctx());
        if doubt.is_none() {
            ui.painter().rect_filled(area, 0.0, tokens.text.gamma_multiply(0.05));
        }
        let tip = Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, area);
        tip.gap(6.0).width(280.0).show(|ui| {
            let title = format!("{}{}", words::days(bin.days), doubt.unwrap_or(""));
            ui.label(RichText::new(title).font(semibold(size::BODY)).color(tokens.text));
            ui.label(RichText::new(counted(bin, frame)).color(tokens.quiet));
            // The legend says the same of one layer.
            if self.chronicle.layers.len() > 1 {
                for (number, layer) in self.chronicle.layers.iter().enumerate().rev() {
                    if bin.counts[number] > 0 {
                        layer_line(ui, number, layer, bin.counts[number], &tokens);
                    }
                }
            }
        });
    }

    /// Dates without a day, each over the days it may mean; two rows where months and years are among them.
    fn lines(&mut self, ui: &mut Ui, room: &Room, frame: &Frame, tokens: &Tokens, acts: &mut Vec<Act>) {
        for bin in frame.bins.vague(frame.scale.days()) {
            let Some(top) = room.lanes[usize::from(bin.is_year())] else {
                continue;
            };
            let (x1, x2) = (frame.scale.x(bin.days.first), frame.scale.x(bin.days.last + 1));
            let area =
                Rect::from_min_max(pos2(x1 + 1.0, top + 2.0), pos2((x2 - 1.0).max(x1 + 3.0), top + LANE));
            let within = frame.explorer.filter.days.is_none_or(|days| days.overlaps(bin.days));
            let colour = tokens.edge.gamma_multiply(if within { 1.0 } else { 0.4 });
            let line = Rect::from_center_size(area.center(), vec2(area.width(), 3.0));
            ui.painter().rect_filled(line, 1.5, colour);
            let doubt = if bin.is_year() { ", month unknown" } else { ", day unknown" };
            self.bin(ui, area, bin, frame, Some(doubt), acts);
        }
    }

    /// Where the window is, in points; it glides while it is played.
    fn window(&self, ui: &Ui, frame: &Frame) -> Option<(f32, f32)> {
        let days = frame.explorer.filter.days?;
        let (mut first, mut last) = (days.first as f32, days.last as f32 + 1.0);
        if self.is_playing() && !frame.session.reduced_motion {
            let glide =
                |name: &str, day: f32| ui.ctx().animate_value_with_time(ui.scope_id().with(name), day, 0.15);
            (first, last) = (glide("first", first), glide("last", last));
        }
        Some((frame.scale.x_of(f64::from(first)), frame.scale.x_of(f64::from(last))))
    }

    fn window_ground(&self, ui: &Ui, room: &Room, frame: &Frame, tokens: &Tokens) {
        if let Some((x1, x2)) = self.window(ui, frame) {
            let area = Rect::from_min_max(pos2(x1, room.bars.top() - 4.0), pos2(x2, room.axis));
            ui.painter().rect_filled(area, 0.0, tokens.chosen);
        }
    }

    fn window_edges(&self, ui: &Ui, room: &Room, frame: &Frame, tokens: &Tokens) {
        let Some((x1, x2)) = self.window(ui, frame) else { return };
        let (top, middle) = (room.bars.top() - 4.0, (room.bars.top() + room.axis) / 2.0);
        for x in [x1, x2] {
            ui.painter().vline(x, top..=room.axis, Stroke::new(1.5, tokens.accent));
            let knob = Rect::from_center_size(pos2(x, middle), vec2(5.0, 16.0));
            ui.painter().rect_filled(knob, 2.5, tokens.accent);
        }
    }

    /// What the pointer does: draws a window, or moves it, or one of its edges.
    fn choose(&mut self, ui: &Ui, response: &Response, frame: &Frame, acts: &mut Vec<Act>) {
        let chosen = frame.explorer.filter.days;
        let pointer = ui.input(|input| input.pointer.latest_pos());
        if let Some(drag) = self.drag {
            if took_escape(acts) {
                self.drag = None;
                acts.push(Act::Days(drag.before));
            } else if let Some(pointer) = pointer.filter(|_| response.dragged()) {
                let days = drag.days(frame.bins.unit, frame.scale.day(pointer.x));
                if chosen != Some(days) {
                    acts.push(Act::Days(Some(days)));
                }
            } else {
                self.drag = None;
            }
        } else if response.drag_started_by(egui::PointerButton::Primary) {
            let origin = ui.input(|input| input.pointer.press_origin());
            if let Some(origin) = origin.or(pointer) {
                let grip = grip(frame.scale, chosen, origin.x);
                self.drag = Some(Drag { grip, before: chosen });
                self.take_keyboard(ui);
            }
        } else if response.double_clicked() {
            acts.push(Act::Do(Command::ClearDays));
        }
        let at = pointer.filter(|_| response.contains_pointer() && !response.is_pointer_button_down_on());
        let grip = self.drag.map(|drag| drag.grip).or(at.map(|at| grip(frame.scale, chosen, at.x)));
        match grip {
            Some(Grip::First | Grip::Last) => ui.set_cursor_icon(CursorIcon::ResizeHorizontal),
            Some(Grip::Middle(_)) if self.drag.is_some() => ui.set_cursor_icon(CursorIcon::Grabbing),
            Some(Grip::Middle(_)) => ui.set_cursor_icon(CursorIcon::Grab),
            _ => {}
        }
    }

    /// The keys go on where the pointer began.
    fn take_keyboard(&mut self, ui: &Ui) {
        ui.memory_mut(|memory| memory.request_focus(super::keyboard_id()));
        (self.pointed, self.play) = (true, None);
    }

    /// What the keys do while the keyboard is here.
    fn keys(&mut self, ui: &Ui, response: &Response, frame: &Frame, acts: &mut Vec<Act>) {
        if !response.has_focus() {
            return;
        }
        let chosen = frame.explorer.filter.days;
        let filter =
            EventFilter { horizontal_arrows: true, escape: chosen.is_some(), ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        // Escape takes the days away before anything else.
        if chosen.is_some() && took_escape(acts) {
            acts.push(Act::Do(Command::ClearDays));
            self.play = None;
        }
        let mut days = chosen;
        for nudge in brush::nudges(ui) {
            days = Some(brush::nudged(days, nudge, frame.bins, frame.span));
        }
        if days != chosen {
            self.play = None;
            acts.push(Act::Days(days));
            if let Some(days) = days {
                let all = Scale::all(frame.span, response.rect.left(), response.rect.width());
                let shown = frame.scale.showing(all, days);
                self.range = (shown != all).then(|| shown.range());
            }
        }
    }
}

/// Where the window is taken hold of at a place.
fn grip(scale: Scale, chosen: Option<Days>, x: f32) -> Grip {
    let day = scale.day(x);
    let Some(days) = chosen else {
        return Grip::New(day);
    };
    let (x1, x2) = (scale.x(days.first), scale.x(days.last + 1));
    // Of a narrow window the middle third can still be taken.
    let reach = EDGE.min(((x2 - x1) / 3.0).max(2.0));
    match x {
        x if (x1 - EDGE..=x1 + reach).contains(&x) => Grip::First,
        x if (x2 - reach..=x2 + EDGE).contains(&x) => Grip::Last,
        x if x > x1 && x < x2 => Grip::Middle(day),
        _ => Grip::New(day),
    }
}

fn slot(scale: Scale, days: Days) -> (f32, f32) {
    (scale.x(days.first), scale.x(days.last + 1))
}

/// "12 articles", "12 articles, 40 mentions".
fn counted(bin: &Bin, frame: &Frame) -> String {
    let view = &frame.explorer.view;
    if view.subject() == Subject::Events {
        return words::count(bin.count as usize, "event", "events");
    }
    let articles = words::count(bin.count as usize, "article", "articles");
    match frame.session.timeline.stack_of(view.subject()) {
        Stack::Sources | Stack::Classes => articles,
        Stack::Kinds => format!("{articles}, {}", words::count(bin.total() as usize, "mention", "mentions")),
    }
}

/// "Oct 2016: 12 articles".
fn told(bin: &Bin, frame: &Frame, doubt: Option<&str>) -> String {
    format!("{}{}: {}", words::days(bin.days), doubt.unwrap_or(""), counted(bin, frame))
}

fn layer_line(ui: &mut Ui, number: usize, layer: &Layer, count: u32, tokens: &Tokens) {
    let name = layer_name(layer);
    ui.spacing_mut().interact_size.y = 0.0;
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(8.0, 14.0), Sense::HOVER);
        swatch(ui, rect.center(), number, layer, tokens);
        ui.label(RichText::new(format!("{}  {name}", words::number(u64::from(count)))).size(size::SMALL));
    });
}

/// The axis: a line, and labels as many as there is room for.
fn axis(ui: &Ui, room: &Room, frame: &Frame, tokens: &Tokens) {
    let painter = ui.painter();
    painter.hline(room.bars.x_range(), room.axis, Stroke::new(1.0, tokens.hairline));
    let days = frame.scale.days();
    let marks = Marks::fitting(frame.scale.per_day(), 56.0, frame.bins.unit);
    let (mut free, mut year) = (f32::NEG_INFINITY, None);
    for mark in marks.between(days.first, days.last) {
        let x = frame.scale.x(mark);
        if x < room.bars.left() - 0.5 || x > room.bars.right() {
            continue;
        }
        painter.vline(x, room.axis..=room.axis + 4.0, Stroke::new(1.0, tokens.edge));
        let own = Days::date(mark).map(|date| date.year());
        let text = words::mark(marks.unit, mark, own != year);
        let galley = painter.layout_no_wrap(text, widgets::small(), tokens.quiet);
        if x < free || x + galley.size().x > room.bars.right() + 4.0 {
            continue;
        }
        free = x + galley.size().x + 12.0;
        year = own;
        painter.galley(pos2(x, room.axis + 4.0), galley, tokens.quiet);
    }
}

/// A sign at the date of the event that is selected, or of the article that is open.
fn open_article(ui: &Ui, room: &Room, frame: &Frame, tokens: &Tokens) {
    let (collection, what) = (&frame.explorer.collection, frame.explorer.selected.what);
    let event = what.event().and_then(|at| collection.happening(at)?.days());
    let card = what.article().and_then(|article| collection.card(article));
    let Some(days) = event.or(card.and_then(|card| card.days)) else {
        return;
    };
    let x = frame.scale.x_of(f64::from(days.first + days.last + 1) / 2.0);
    if room.bars.x_range().contains(x) {
        let (y, side) = (room.axis, 4.5);
        let tip = vec![pos2(x, y - side), pos2(x + side, y + side * 0.6), pos2(x - side, y + side * 0.6)];
        ui.painter().add(Shape::convex_polygon(tip, tokens.selected, Stroke::new(1.0, tokens.panel)));
    }
}
