//! The strip over the candidates: what is about to be said of a mention, and how far it goes.
//! It takes Enter, Escape and the arrows from whatever else would have them while it is there.

use egui::{
    Align, Context, FocusDirection, Key, Layout, Margin, Modifiers, Role, Ui, WidgetInfo, pos2, vec2,
};
use egui::{Rect, RichText, Stroke, StrokeKind};

use super::pending::Pending;
use super::{Wish, said_of};
use crate::app::command::Act;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{widgets, words};
use crate::explore::{Collection, Reach, Scope};

/// Height of all of it, points.
pub const HIGH: f32 = 124.0;
/// Height of a scope, points.
const SCOPE: f32 = 40.0;
/// Headlines that are shown of what a scope reaches.
const HEADLINES: usize = 5;

/// What the keys that are the strip's mean, before anything else hears them.
pub(super) fn keys(ctx: &Context, pending: &Pending, own_button: bool, acts: &mut Vec<Act>) {
    if ctx.text_edit_focused() || egui::Popup::is_any_open(ctx) {
        return;
    }
    let taken = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let narrower = taken(Key::ArrowLeft);
    let wider = taken(Key::ArrowRight);
    if narrower || wider {
        // The arrows would also take the keyboard to what lies in their way.
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        let at = Scope::ALL.iter().position(|scope| *scope == pending.scope).unwrap_or(0);
        let next = if wider { (at + 1).min(Scope::ALL.len() - 1) } else { at.saturating_sub(1) };
        acts.push(Act::Mend(Wish::Reach(Scope::ALL[next])));
    }
    if !own_button && taken(Key::Enter) {
        acts.push(Act::Mend(Wish::Apply));
    }
}

/// Draws it; answers whether one of its buttons has the keyboard.
pub(super) fn ui(ui: &mut Ui, pending: &Pending, collection: &Collection, acts: &mut Vec<Act>) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let margin = Margin { left: 12, right: 12, top: 6, bottom: 8 };
    let frame = egui::Frame::new().fill(tokens.chosen).inner_margin(margin);
    let inner = frame.show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::XS + 2.0;
        let said = pending.said();
        let (rect, title) = ui.allocate_exact_size(vec2(ui.available_width(), 20.0), egui::Sense::hover());
        title.widget_info(|| WidgetInfo::labeled(Role::Heading, true, format!("About to say: {said}")));
        let font = theme::semibold(size::BODY);
        widgets::line(ui, rect.left_center(), rect.width(), &said, font, tokens.text);
        title.on_hover_text(said);
        scopes(ui, pending, collection, acts);
        foot(ui, pending, acts)
    });
    widgets::hairline(ui);
    inner.inner
}

fn scopes(ui: &mut Ui, pending: &Pending, collection: &Collection, acts: &mut Vec<Act>) {
    let wide = ui.available_width() / Scope::ALL.len() as f32;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        for (number, scope) in Scope::ALL.into_iter().enumerate() {
            let reach = pending.reaches().map(|reaches| &reaches[number]);
            let edges = [number == 0, number + 1 == Scope::ALL.len()];
            let said = reach.map(|reach| said_of(reach, pending.lets_go()));
            let count = reach.map(|reach| words::number(reach.mentions.len() as u64));
            let shown =
                [name(scope), said.as_deref().unwrap_or("being counted"), count.as_deref().unwrap_or("…")];
            let response = segment(ui, wide, shown, pending.scope == scope, edges);
            if response.clicked() {
                acts.push(Act::Mend(Wish::Reach(scope)));
            }
            response.on_hover_ui(|ui| told(ui, scope, said.as_deref().zip(reach), collection));
        }
    });
}

/// A scope with the number of mentions that it reaches above its name: its name, what it reaches in words, and in
/// figures.
fn segment(
    ui: &mut Ui,
    wide: f32,
    [name, said, count]: [&str; 3],
    on: bool,
    edges: [bool; 2],
) -> egui::Response {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(wide, SCOPE), egui::Sense::click());
    let spoken = format!("{name}: {said}");
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, &spoken));
    let fill = match (on, response.hovered()) {
        (true, _) => tokens.accent,
        (false, true) => tokens.hover,
        (false, false) => tokens.field,
    };
    let round = |edge: bool| if edge { space::CORNER } else { 0 };
    let [first, last] = edges.map(round);
    let corners = egui::CornerRadius { nw: first, sw: first, ne: last, se: last };
    let edge = Stroke::new(1.0, if on { tokens.accent } else { tokens.edge });
    ui.painter().rect(rect, corners, fill, edge, StrokeKind::Inside);
    let (strong, quiet) = if on { (tokens.on_accent, tokens.on_accent) } else { (tokens.text, tokens.quiet) };
    let line = |text: &str, font, colour, y: f32| {
        let galley = widgets::cut(ui.painter(), text, font, colour, rect.width() - 6.0);
        let at = pos2(rect.center().x - galley.size().x / 2.0, y - galley.size().y / 2.0);
        ui.painter().galley(at, galley, colour);
    };
    line(count, theme::semibold(size::BODY), strong, rect.top() + 13.0);
    line(name, widgets::small(), quiet, rect.top() + 28.0);
    if response.has_focus() {
        let ring = Stroke::new(1.5, if on { tokens.on_accent } else { tokens.accent });
        ui.painter().rect_stroke(rect.shrink(2.0), corners, ring, StrokeKind::Inside);
    }
    response
}

/// What a scope reaches: how much, and the first headlines of it.
fn told(ui: &mut Ui, scope: Scope, reach: Option<(&str, &Reach)>, collection: &Collection) {
    let tokens = Tokens::of(ui.ctx());
    ui.set_max_width(320.0);
    ui.label(means(scope));
    let Some((said, reach)) = reach else { return };
    ui.label(RichText::new(said).color(tokens.quiet));
    let mut articles: Vec<usize> = reach.mentions.iter().map(|at| at.article).take(400).collect();
    articles.dedup();
    for &article in articles.iter().take(HEADLINES) {
        let Some(card) = collection.card(article) else { continue };
        let headline = RichText::new(format!("· {}", card.heading)).size(size::SMALL).color(tokens.quiet);
        ui.add(egui::Label::new(headline).truncate());
    }
    if reach.articles > HEADLINES {
        let more = format!("and {} more", words::number((reach.articles - HEADLINES) as u64));
        ui.label(RichText::new(more).size(size::SMALL).color(tokens.quiet));
    }
}

/// What it reaches in a line, and the buttons; answers whether one of them has the keyboard.
fn foot(ui: &mut Ui, pending: &Pending, acts: &mut Vec<Act>) -> bool {
    let tokens = Tokens::of(ui.ctx());
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let apply = widgets::primary_button(ui, "Apply", true).on_hover_text("Enter");
            if apply.clicked() {
                acts.push(Act::Mend(Wish::Apply));
            }
            let leave = widgets::plain_button(ui, "Let go").on_hover_text("Esc");
            if leave.clicked() {
                acts.push(Act::Mend(Wish::LetGo));
            }
            let at = Scope::ALL.iter().position(|scope| *scope == pending.scope).unwrap_or(0);
            let said = match pending.reaches().map(|reaches| &reaches[at]) {
                Some(reach) => said_of(reach, pending.lets_go()),
                None => "Counting…".to_owned(),
            };
            let room = (ui.available_width() - space::XS).max(0.0);
            let (rect, response) = ui.allocate_exact_size(vec2(room, space::ROW), egui::Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
            lines(ui, rect, &said, &tokens);
            response.on_hover_text(said);
            apply.has_focus() || leave.has_focus()
        })
        .inner
    })
    .inner
}

/// Small words in a rectangle, on two lines where one has no room for them.
fn lines(ui: &Ui, rect: Rect, text: &str, tokens: &Tokens) {
    let mut job =
        egui::text::LayoutJob::simple(text.to_owned(), widgets::small(), tokens.quiet, rect.width());
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    let at = pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, tokens.quiet);
}

/// What a scope is called.
const fn name(scope: Scope) -> &'static str {
    match scope {
        Scope::Mention => "This mention",
        Scope::Article => "This article",
        Scope::SameChoice => "Same choice",
        Scope::Everywhere => "Everywhere",
    }
}

const fn means(scope: Scope) -> &'static str {
    match scope {
        Scope::Mention => "This mention alone",
        Scope::Article => "This name in this article",
        Scope::SameChoice => "This name wherever the program chose the same place for it",
        Scope::Everywhere => "This name in all articles",
    }
}
