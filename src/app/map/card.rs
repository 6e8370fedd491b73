//! The card beside a mark that the pointer rests on: name, counts, best sentence.
//! It comes after 150 ms, so that a pointer on its way across the map does not leave a trail of cards.

use egui::{
    Align2, Area, Context, CornerRadius, Frame, Id, Margin, Order, Pos2, Rect, RichText, Sense, Shadow,
    Stroke, Ui, pos2, vec2,
};

use egui::text::LayoutJob;

use super::marks::counted;
use super::scene::{MapEvent, MapQuote};
use crate::app::bidi;
use crate::app::events;
use crate::app::theme::{Tokens, semibold, serif, size, space};
use crate::app::widgets;
use crate::explore::ScenePoint;
use crate::model::{How, Precision};

/// Seconds before the card shows.
pub(super) const DELAY: f64 = 0.15;
/// Widest card, points.
const WIDTH: f32 = 300.0;

/// Shows a card beside the mark, on whichever side there is more room.
pub(super) fn show(
    ctx: &Context,
    view: Rect,
    at: Pos2,
    radius: f32,
    tokens: &Tokens,
    add: impl FnOnce(&mut Ui),
) {
    let left = at.x > view.center().x;
    let below = at.y < view.center().y;
    let shift = radius * 0.7 + 8.0;
    let corner =
        pos2(if left { at.x - shift } else { at.x + shift }, if below { at.y + shift } else { at.y - shift });
    let pivot = match (left, below) {
        (false, true) => Align2::LEFT_TOP,
        (false, false) => Align2::LEFT_BOTTOM,
        (true, true) => Align2::RIGHT_TOP,
        (true, false) => Align2::RIGHT_BOTTOM,
    };
    let area = Area::new(Id::unique("map card")).order(Order::Tooltip).interactable(false).fade_in(false);
    area.fixed_pos(corner).pivot(pivot).constrain_to(view.shrink(4.0)).show(ctx, |ui| {
        let frame = Frame::new()
            .fill(tokens.raised)
            .stroke(Stroke::new(1.0, tokens.hairline))
            .corner_radius(CornerRadius::same(space::CORNER))
            .inner_margin(Margin::same(12))
            .shadow(Shadow { offset: [0, 4], blur: 16, spread: 0, color: tokens.shadow });
        frame.show(ui, |ui| {
            ui.set_max_width(WIDTH.min(view.width() - 40.0));
            ui.spacing_mut().item_spacing.y = space::XS;
            add(ui);
        });
    });
}

/// The card of a place.
pub(super) fn place(ui: &mut Ui, point: &ScenePoint, quote: Option<MapQuote>, tokens: &Tokens) {
    ui.label(RichText::new(point.place.label()).font(semibold(size::HEADING)).color(tokens.text));
    let mut facts = match point.leading {
        Some(_) => format!("{} · {}", counted(point.events(), "event"), counted(point.articles, "article")),
        None => format!("{} · {}", counted(point.articles, "article"), counted(point.mentions, "mention")),
    };
    let kind = match point.place.precision {
        Precision::Region => Some("region"),
        Precision::Country => Some("country"),
        Precision::Wider => Some("wider area"),
        _ => None,
    };
    let doubts = [
        kind,
        point.uncertain.then_some("uncertain"),
        point.associative.then_some("stands for something else"),
        told_of(point.settled),
    ];
    for said in doubts.into_iter().flatten() {
        facts.push_str(" · ");
        facts.push_str(said);
    }
    ui.label(RichText::new(facts).size(size::SMALL).color(tokens.quiet));
    if let Some(quote) = quote {
        ui.add_space(space::XS);
        if let Some(event) = &quote.event {
            what_happened(ui, event, tokens);
        }
        let quoted = format!("“{}”", quote.text.trim());
        let job = LayoutJob::simple(quoted, serif(15.0), tokens.text, ui.available_width());
        ui.label(bidi::in_order(ui.ctx(), job));
        ui.label(RichText::new(quote.source).size(size::SMALL).color(tokens.quiet));
    }
}

/// What people said of where a place is, in words.
pub(super) const fn told_of(settled: How) -> Option<&'static str> {
    match settled {
        How::Confirmed => Some("confirmed"),
        How::Corrected | How::Added => Some("corrected by hand"),
        How::Auto | How::Rejected => None,
    }
}

/// The symbol of an event, what it is, and when it happened.
fn what_happened(ui: &mut Ui, event: &MapEvent, tokens: &Tokens) {
    let room = ui.available_width() - 26.0;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let (y, left) = (rect.center().y, rect.left());
    events::symbol(ui.painter(), pos2(left + 10.0, y), 8.5, event.kind, tokens);
    let at = pos2(left + 26.0, y);
    let wide = widgets::line(ui, at, room, &event.title, semibold(size::BODY), tokens.text);
    let facts = pos2(at.x + wide + space::S, y + 0.5);
    widgets::line(ui, facts, room - wide - space::S, &event.facts, widgets::small(), tokens.quiet);
}

/// The card of a group: how many places, and the first of them.
pub(super) fn group(ui: &mut Ui, points: &[&ScenePoint], total: u32, tokens: &Tokens) {
    let title = match points.first() {
        Some(first) => {
            format!("{} and {}", first.place.name, counted(total.saturating_sub(1), "other place"))
        }
        None => counted(total, "place"),
    };
    ui.label(RichText::new(title).font(semibold(size::HEADING)).color(tokens.text));
    for point in points {
        ui.label(RichText::new(format!("{} — {}", point.place.name, weighed(point))).color(tokens.text));
    }
    let more = total as usize - points.len().min(total as usize);
    let hint = if more > 0 {
        format!("and {more} more. Click to look closer")
    } else {
        "Click to look closer".to_owned()
    };
    ui.label(RichText::new(hint).size(size::SMALL).color(tokens.quiet));
}

/// What a place of a group weighs: "3 articles", "5 events".
fn weighed(point: &ScenePoint) -> String {
    counted(point.weight(), if point.leading.is_some() { "event" } else { "article" })
}
