//! Events in the text: a tint and a line of the class's colour under the words that tell one, its symbol in the
//! margin, and from the event in hand lines to the words that say where and when.
//! A dashed line is under what has not happened, a thin one under what the filter leaves out.

use egui::{CursorIcon, Id, Pos2, Role, Sense, Shape, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::explore::EventRef;
use crate::model::{DateMention, Event, EventClass, Geoparsed, Polarity};

use super::super::events;
use super::super::theme::{Tokens, size};
use super::marks::Over;
use super::paragraph::Piece;
use super::wires;

/// Largest symbol in the margin, its radius, points.
const SYMBOL: f32 = 8.0;
/// Symbols of one line that are shown.
const STACKED: usize = 3;

/// How the words that tell an event are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct EventLook {
    pub selected: bool,
    pub hovered: bool,
    /// Whether the filter shows it.
    pub shown: bool,
}

/// What of an event shows in its line and its tint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manner {
    pub class: EventClass,
    pub happened: bool,
    pub background: bool,
}

impl Manner {
    pub(super) fn of(event: &Event) -> Self {
        let happened = event.polarity == Polarity::Happened;
        Self { class: event.kind.class(), happened, background: event.background }
    }

    /// One of each, with what it means.
    pub(super) fn legend() -> [(Manner, EventLook, &'static str); 4] {
        let plain = Manner { class: EventClass::Violence, happened: true, background: false };
        let look = EventLook { selected: false, hovered: false, shown: true };
        [
            (plain, look, "Tells an event; the colour is its class"),
            (Manner { happened: false, ..plain }, look, "Has not happened, or not yet"),
            (Manner { background: true, ..plain }, look, "Explains the news"),
            (plain, EventLook { selected: true, ..look }, "Selected: lines lead to where and when"),
        ]
    }
}

impl EventLook {
    /// Whether lines lead from it to where and when.
    pub(super) fn in_hand(self) -> bool {
        self.selected || self.hovered
    }
}

/// What the text says of an event in a line: "Plane crash: event in Sinai, Egypt, Sat 31 Oct 2015, planned".
pub(super) fn name(geoparsed: &Geoparsed, event: &Event) -> String {
    format!("{}: event{}", events::title(event), told(geoparsed, event))
}

/// Where, when, and whether it happened, as far as that is not what anybody would think.
fn told(geoparsed: &Geoparsed, event: &Event) -> String {
    let scene = geoparsed.scene_of(event);
    let place = scene.map(|mention| match mention.place() {
        Some(place) => format!(" in {}", place.label()),
        None => format!(" in {}", mention.span.of(&geoparsed.article.text)),
    });
    let facts = events::facts(geoparsed, event);
    let place = place.unwrap_or_default();
    if facts.is_empty() { place } else { format!("{place}, {}", facts.replace(" · ", ", ")) }
}

/// Makes the words that tell an event something to click, with a name for screen readers on their first line.
pub(super) fn interact(
    ui: &Ui,
    at: EventRef,
    geoparsed: &Geoparsed,
    event: &Event,
    pieces: &[Piece],
) -> Over {
    let mut over = Over::default();
    for (number, piece) in pieces.iter().enumerate() {
        if !ui.is_rect_visible(piece.rect) {
            continue;
        }
        let id = Id::unique(("event", at.article, at.event, number));
        let sense = if number == 0 { Sense::click() } else { Sense::CLICK };
        let response = ui.interact(piece.rect.expand2(vec2(1.0, 0.0)), id, sense);
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if number == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name(geoparsed, event)));
        }
        over.hovered |= response.hovered() || response.has_focus();
        over.clicked |= response.clicked();
        response.on_hover_ui(|ui| tooltip(ui, geoparsed, event));
    }
    over
}

fn tooltip(ui: &mut Ui, geoparsed: &Geoparsed, event: &Event) {
    let tokens = Tokens::of(ui.ctx());
    ui.label(events::title(event));
    let class = events::class(event.kind.class());
    let text = format!("{class}{}", told(geoparsed, event));
    ui.label(egui::RichText::new(text).size(size::SMALL).color(tokens.quiet));
}

/// The tint behind the words that tell an event.
pub(super) fn ground(ui: &Ui, pieces: &[Piece], manner: Manner, look: EventLook, tokens: &Tokens) {
    if !look.shown && !look.in_hand() {
        return;
    }
    let colour = tokens.event(manner.class);
    let strength = match (look.in_hand(), manner.background) {
        (true, _) => 0.24,
        (false, false) => 0.11,
        (false, true) => 0.0,
    };
    for piece in pieces {
        let rect = piece.rect.expand2(vec2(2.0, -1.5));
        ui.painter().rect_filled(rect, 3.0, colour.gamma_multiply(strength));
        if look.selected {
            ui.painter().rect_stroke(rect, 3.0, Stroke::new(1.5, colour), StrokeKind::Inside);
        }
    }
}

/// The line under the words that tell an event.
pub(super) fn underline(ui: &Ui, pieces: &[Piece], manner: Manner, look: EventLook, tokens: &Tokens) {
    let full = tokens.event(manner.class);
    let (wide, colour) = match look.in_hand() || look.shown && !manner.background {
        true => (2.0, full),
        false => (1.0, full.gamma_multiply(0.7)),
    };
    for ends in lines(ui, pieces) {
        line(ui, ends, manner.happened, Stroke::new(wide, colour));
    }
}

/// Lines under words that stand in for something of the event in hand: solid for a place, dashed for a date.
pub(super) fn tie(ui: &Ui, pieces: &[Piece], event: &Event, solid: bool, tokens: &Tokens) {
    for ends in lines(ui, pieces) {
        line(ui, ends, solid, Stroke::new(2.5, tokens.event(event.kind.class())));
    }
}

/// A dotted line under words that say when.
pub(super) fn date(
    ui: &Ui,
    article: usize,
    number: usize,
    date: &DateMention,
    pieces: &[Piece],
    tokens: &Tokens,
) {
    for (part, piece) in pieces.iter().enumerate().filter(|(_, piece)| ui.is_rect_visible(piece.rect)) {
        let response = ui.interact(piece.rect, Id::unique(("date", article, number, part)), Sense::hover());
        let told = events::date(date);
        if part == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Date: {told}")));
        }
        response.on_hover_text(told);
    }
    for ends in lines(ui, pieces) {
        ui.painter().extend(Shape::dotted_line(&ends, tokens.dimmed, 4.0, 0.7));
    }
}

/// The symbols of the events that are told in one line of text, one over the other in the margin.
pub(super) fn symbols(ui: &Ui, middle: Pos2, room: f32, told: &[(&Event, EventLook)], tokens: &Tokens) {
    let count = told.len().min(STACKED);
    let radius = SYMBOL.min(room).min(13.0 / count.max(1) as f32);
    for (number, (event, look)) in told.iter().take(count).enumerate() {
        let down = (number as f32 - (count as f32 - 1.0) / 2.0) * (2.0 * radius + 0.5);
        let at = pos2(middle.x, middle.y + down);
        let strength = if event.background && !look.in_hand() { 0.55 } else { 1.0 };
        events::faded(ui.painter(), at, radius - 1.0, event.kind, tokens, strength);
        if look.selected {
            let ring = Stroke::new(1.5, tokens.selected);
            ui.painter().circle_stroke(at, radius + 1.5, ring);
        }
    }
}

/// A line from the words that tell an event to those that say where, or dashed to those that say when.
pub(super) fn wire(
    ui: &Ui,
    (from, to): (&Piece, &Piece),
    event: &Event,
    margin: f32,
    solid: bool,
    tokens: &Tokens,
) {
    // Both may run between the same rows.
    let down = if solid { 0.0 } else { 2.5 };
    let way = wires::rounded(&wires::way(from, to, margin, down));
    // Softer than the lines under words, so that it is none of them.
    let stroke = Stroke::new(1.0, tokens.event(event.kind.class()).gamma_multiply(0.75));
    if let Some(&end) = way.last() {
        ui.painter().circle_filled(end, 2.5, stroke.color);
    }
    if solid {
        ui.painter().add(Shape::line(way, stroke));
    } else {
        ui.painter().extend(Shape::dashed_line(&way, stroke, 4.0, 3.0));
    }
}

fn line(ui: &Ui, ends: [Pos2; 2], solid: bool, stroke: Stroke) {
    if solid {
        ui.painter().line_segment(ends, stroke);
    } else {
        ui.painter().extend(Shape::dashed_line(&ends, stroke, 5.0, 3.0));
    }
}

/// Where lines under words run, on whole pixels.
fn lines(ui: &Ui, pieces: &[Piece]) -> impl Iterator<Item = [Pos2; 2]> {
    let pixel = 1.0 / ui.pixels_per_point();
    pieces.iter().map(move |piece| {
        let y = ((piece.baseline + 4.0) / pixel).round() * pixel;
        [pos2(piece.rect.left(), y), pos2(piece.rect.right(), y)]
    })
}
