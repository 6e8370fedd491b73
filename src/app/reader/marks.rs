//! How a mention looks in the text: the line under it says what is known of its place.
//! Solid: placed. Dashed: uncertain. Dotted: no place found. Two thin lines: associative.

use egui::{Color32, CursorIcon, Id, Pos2, Role, Sense, Shape, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::explore::{MentionRef, Status};
use crate::model::{How, Kind, Mention, Sense as MentionSense};

use super::super::theme::Tokens;
use super::super::words;
use super::paragraph::Piece;

/// What is known of the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Placed,
    Associative,
    Uncertain,
    Unresolved,
    /// A person said that it is none.
    Rejected,
}

/// How one mention is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    state: State,
    /// Peoples and names in other names speak more softly.
    soft: bool,
    how: How,
    selected: bool,
    hovered: bool,
}

impl Look {
    pub(super) fn of(mention: &Mention, selected: bool, hovered: bool) -> Self {
        let state = match mention.chosen() {
            _ if mention.is_rejected() => State::Rejected,
            None => State::Unresolved,
            Some(_) if Status::of(mention) == Status::Uncertain => State::Uncertain,
            Some(_) if mention.sense == MentionSense::Associative => State::Associative,
            Some(_) => State::Placed,
        };
        let soft = matches!(mention.kind, Kind::Demonym | Kind::Embedded);
        Self { state, soft, how: mention.how(), selected, hovered }
    }

    /// The same where something else speaks loudest.
    pub(super) fn softer(self) -> Self {
        Self { soft: !(self.selected || self.hovered), ..self }
    }

    /// One of each, with what it means.
    pub(super) fn legend() -> [(Look, &'static str); 9] {
        let plain =
            Look { state: State::Placed, soft: false, how: How::Auto, selected: false, hovered: false };
        [
            (plain, "Its place is known"),
            (Look { state: State::Uncertain, ..plain }, "Its place is uncertain"),
            (Look { state: State::Unresolved, ..plain }, "No place was found"),
            (Look { state: State::Associative, ..plain }, "Stands for a government or team"),
            (Look { soft: true, ..plain }, "A people, or inside another name"),
            (Look { selected: true, ..plain }, "Selected"),
            (Look { how: How::Confirmed, ..plain }, "Somebody confirmed it"),
            (Look { how: How::Corrected, ..plain }, "Somebody corrected or added it"),
            (Look { state: State::Rejected, how: How::Rejected, ..plain }, "Not a place, somebody said"),
        ]
    }
}

/// What the pointer does with a mention.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Over {
    pub hovered: bool,
    pub clicked: bool,
}

/// Makes a mention something to click, with a name for screen readers on its first line.
pub(super) fn interact(ui: &Ui, at: MentionRef, mention: &Mention, pieces: &[Piece], text: &str) -> Over {
    let mut over = Over::default();
    for (number, piece) in pieces.iter().enumerate() {
        if !ui.is_rect_visible(piece.rect) {
            continue;
        }
        let id = Id::unique(("mention", at.article, at.mention, number));
        let response = ui.interact(piece.rect.expand2(vec2(1.0, 0.0)), id, Sense::click());
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if number == 0 {
            response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name(mention, text)));
        }
        over.hovered |= response.hovered() || response.has_focus();
        over.clicked |= response.clicked();
        response.on_hover_ui(|ui| tooltip(ui, mention));
    }
    over
}

fn name(mention: &Mention, text: &str) -> String {
    let words = mention.span.of(text);
    let said = match mention.how() {
        How::Auto => "",
        How::Confirmed => ", confirmed",
        How::Corrected => ", corrected",
        How::Added => ", added",
        How::Rejected => return format!("{words}: not a place"),
    };
    match mention.place() {
        Some(place) => format!("{}: mention{said}", place.label()),
        None => format!("{words}: mention without a place{said}"),
    }
}

fn tooltip(ui: &mut Ui, mention: &Mention) {
    let tokens = Tokens::of(ui.ctx());
    let Some(chosen) = mention.chosen() else {
        let said = if mention.is_rejected() { "Not a place" } else { "No place found for these words" };
        ui.label(said);
        return;
    };
    ui.label(chosen.place.label());
    let mut facts = vec![words::sort_of(&chosen.place).to_owned()];
    match mention.kind {
        Kind::Demonym => facts.push("a people or adjective".to_owned()),
        Kind::Embedded => facts.push("inside another name".to_owned()),
        Kind::Name | Kind::Coordinate => {}
    }
    if mention.sense == MentionSense::Associative {
        facts.push("associative".to_owned());
    }
    match mention.how() {
        How::Auto | How::Rejected => facts.push(format!("score {:.2}", chosen.score)),
        how => facts.push(how.as_str().to_owned()),
    }
    ui.label(egui::RichText::new(facts.join(" · ")).color(tokens.quiet));
}

/// The tint behind a mention that is selected or that the pointer is over.
pub(super) fn ground(ui: &Ui, pieces: &[Piece], look: Look, tokens: &Tokens) {
    let colour = match (look.selected, look.hovered) {
        (true, _) => tokens.mention_selected,
        (false, true) => tokens.mention_hover,
        (false, false) => return,
    };
    for piece in pieces {
        ui.painter().rect_filled(piece.rect.expand2(vec2(2.0, -1.0)), 3.0, colour);
    }
}

/// The line under a mention.
pub(super) fn underline(ui: &Ui, pieces: &[Piece], look: Look, tokens: &Tokens) {
    let colour = match (look.selected, look.state) {
        (true, _) => tokens.selected,
        (false, State::Unresolved | State::Rejected) => tokens.quiet,
        (false, _) if look.soft => tokens.accent.gamma_multiply(0.55),
        (false, _) => tokens.accent,
    };
    let wide = if look.soft { 1.0 } else { 2.0 };
    let pixel = 1.0 / ui.pixels_per_point();
    let snap = |y: f32| (y / pixel).round() * pixel;
    for piece in pieces {
        let y = snap(piece.baseline + 4.0);
        let x = piece.rect.x_range();
        let ends = [pos2(x.min, y), pos2(x.max, y)];
        match look.state {
            State::Placed => {
                ui.painter().line_segment(ends, Stroke::new(wide, colour));
            }
            State::Associative => {
                for dy in [-1.5, 1.5] {
                    ui.painter().hline(x, snap(y + dy), Stroke::new(1.0, colour));
                }
            }
            State::Uncertain => {
                ui.painter().extend(Shape::dashed_line(&ends, Stroke::new(wide, colour), 6.0, 3.0));
            }
            State::Rejected => {
                let middle = snap(piece.baseline - piece.rect.height() * 0.17);
                ui.painter().hline(x, middle, Stroke::new(1.5, colour));
            }
            State::Unresolved => {
                ui.painter().extend(Shape::dotted_line(&ends, colour, 4.0, wide * 0.6));
            }
        }
    }
    if let Some(last) = pieces.last() {
        sign(ui, pos2(last.rect.right(), snap(last.baseline + 4.0)), look.how, colour, tokens);
    }
}

/// What a person said of a mention, at the end of its line: a tick where they agreed, a dot where they did not.
fn sign(ui: &Ui, end: Pos2, how: How, colour: Color32, tokens: &Tokens) {
    let painter = ui.painter();
    match how {
        How::Confirmed => {
            let tick = vec![end + vec2(-5.0, -1.0), end + vec2(-2.5, 2.0), end + vec2(2.5, -4.0)];
            painter.add(Shape::line(tick.clone(), Stroke::new(4.5, tokens.panel)));
            painter.add(Shape::line(tick, Stroke::new(1.8, colour)));
        }
        How::Corrected | How::Added => {
            painter.circle(end, 3.0, colour, Stroke::new(1.5, tokens.panel));
        }
        How::Auto | How::Rejected => {}
    }
}
