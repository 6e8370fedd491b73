//! A review as it is seen: a head that says how far it has come, a mention in its paragraph, its candidates with a small
//! map, and a foot with what can be answered.

use std::sync::Arc;

use egui::text::{CCursor, LayoutJob, TextFormat};
use egui::{
    Align, Color32, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, pos2, vec2,
};
use egui_phosphor::regular as icon;

use super::passage::Passage;
use super::walk::{Stand, Walk};
use super::{Page, Review, Wish};
use crate::app::command::{Act, Command};
use crate::app::correct::PlaceSearch;
use crate::app::inspector::candidate_row;
use crate::app::inspector::picture::Picture;
use crate::app::project::Ruling;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::window::pane;
use crate::app::{bidi, widgets, words};
use crate::explore::Explorer;
use crate::gazetteer::Gazetteer;

/// Height of the head, points.
const HEAD: f32 = 44.0;
/// Height of the bar under it.
const BAR: f32 = 3.0;
/// Height of a row of the foot.
const FOOT: f32 = 40.0;
/// Width from which on the candidates stand beside the text.
const BESIDE: f32 = 700.0;
/// Widest that text and candidates become together: 70 characters to a line, and a small map.
const WIDEST: f32 = 1140.0;

/// What a review is shown with.
pub struct Around<'a> {
    /// What is open.
    pub explorer: &'a Explorer,
    /// Where places are looked for.
    pub gazetteer: &'a Gazetteer,
    /// Why nothing can be answered.
    pub read_only: Option<&'a str>,
    /// What would be undone.
    pub undo: Option<&'a str>,
    /// Whether articles are still being read.
    pub reading: bool,
    /// Size of an article's type, points.
    pub type_size: f32,
}

/// What the page keeps from one frame to the next.
#[derive(Default)]
pub(super) struct View {
    picture: Picture,
    /// The candidate that the pointer was over in the last frame.
    lit: Option<usize>,
    /// The search for another place.
    pub search: Option<PlaceSearch>,
    /// Whether the mention was brought into sight.
    placed: bool,
}

impl View {
    /// Something else is looked at.
    pub fn begin(&mut self) {
        (self.lit, self.search, self.placed) = (None, None, false);
    }
}

/// A search for the place of these words.
pub(super) fn search_for(words: String) -> PlaceSearch {
    PlaceSearch::new("Another place", words)
}

impl Review {
    /// Draws it over a rectangle.
    pub fn ui(&mut self, ui: &mut Ui, rect: Rect, around: &Around<'_>, acts: &mut Vec<Act>) {
        let Some(page) = self.page else { return };
        let tokens = Tokens::of(ui.ctx());
        let head = rect.with_max_y(rect.top() + HEAD);
        pane(ui, head, tokens.panel, |ui| self.head(ui, page, around, acts));
        let bar = Rect::from_min_size(head.left_bottom(), vec2(rect.width(), BAR));
        progress(ui, bar, self.stand(), &tokens);
        let body = rect.with_min_y(bar.bottom());
        let walks = matches!(page, Page::Queue | Page::Sample);
        if let Some(reason) = around.read_only.filter(|_| walks) {
            let text = format!("{}. Save it under another name to go on.", words::sentence(reason));
            pane(ui, body, tokens.panel, |ui| {
                let next = [Command::SaveAs];
                widgets::empty(ui, icon::LOCK_SIMPLE, "This project can only be read", &text, &next, acts);
            });
            return;
        }
        match page {
            Page::Setup => pane(ui, body, tokens.panel, |ui| self.setup(ui, around, acts)),
            Page::Result => pane(ui, body, tokens.panel, |ui| self.outcome(ui, around, acts)),
            Page::Queue | Page::Sample if self.passage.is_some() => self.walking(ui, body, around, acts),
            Page::Queue | Page::Sample => pane(ui, body, tokens.panel, |ui| self.nothing(ui, around, acts)),
        }
    }

    /// Where there is room for what is said in passing: over the foot.
    pub fn room(&self, rect: Rect) -> Rect {
        rect.with_max_y(rect.bottom() - foot(rect.width()))
    }

    fn stand(&self) -> Option<Stand> {
        self.walk().map(Walk::stand)
    }

    fn head(&self, ui: &mut Ui, page: Page, around: &Around<'_>, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let (title, note) = match page {
            Page::Queue if around.explorer.filter.is_default() => ("Review", "the least certain first"),
            Page::Queue => ("Review", "the least certain first, within search and filters"),
            Page::Setup | Page::Sample | Page::Result => ("Accuracy", "judged from a few at random"),
        };
        let wide = ui.available_width() >= BESIDE;
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::S;
            ui.add_space(space::S);
            let leave = widgets::icon_button(ui, icon::X, "Leave the review");
            if leave.on_hover_text("Leave the review (Esc)").clicked() {
                acts.push(Act::Review(Wish::Leave));
            }
            let (verb, command) = match page {
                Page::Queue => (Command::MeasureAccuracy.text(), Command::MeasureAccuracy),
                _ => (Command::Review.text(), Command::Review),
            };
            let turn = widgets::plain_button(ui, verb);
            if turn.on_hover_ui(|ui| widgets::tooltip(ui, command)).clicked() {
                acts.push(Act::Do(command));
            }
            ui.add_space(space::S);
            let quiet = |text: String| RichText::new(text).color(tokens.quiet);
            if let Some(walk) = self.walk() {
                let stand = walk.stand();
                let mut told = format!(
                    "{} of {} · {} %",
                    words::number(stand.done as u64),
                    words::number(stand.all() as u64),
                    stand.percent()
                );
                if wide && walk.answers() > 0 {
                    told = format!("{}   ·   {told}", pace(walk));
                }
                ui.label(RichText::new(told).color(tokens.text));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add_space(space::L);
                let name = RichText::new(title).font(theme::semibold(size::HEADING)).color(tokens.text);
                ui.add(Label::new(name));
                if wide {
                    ui.add(Label::new(quiet(note.to_owned())).truncate());
                }
            });
        });
    }

    fn walking(&mut self, ui: &mut Ui, body: Rect, around: &Around<'_>, acts: &mut Vec<Act>) {
        let tokens = Tokens::of(ui.ctx());
        let foot = body.with_min_y(body.bottom() - foot(body.width()));
        let body = body.with_max_y(foot.top());
        ui.painter().rect_filled(body, 0.0, tokens.panel);
        let within = inside(body);
        let (text, side) = if body.width() >= BESIDE {
            let wide = (within.width() * 0.40).clamp(320.0, 440.0);
            within.split_left_right_at_x(within.right() - wide)
        } else {
            body.split_top_bottom_at_y(body.top() + body.height() * 0.4)
        };
        self.text(ui, text.shrink2(vec2(space::L, 0.0)), around);
        self.side(ui, side.shrink2(vec2(space::M, space::M)), around, acts);
        pane(ui, foot, tokens.ground, |ui| self.foot(ui, foot, around, acts));
        let line = Rect::from_x_y_ranges(foot.x_range(), foot.top()..=foot.top() + 1.0);
        ui.painter().rect_filled(line, 0.0, tokens.hairline);
    }

    /// The paragraph, under its article's headline.
    fn text(&mut self, ui: &mut Ui, rect: Rect, around: &Around<'_>) {
        let Some(passage) = &self.passage else { return };
        let tokens = Tokens::of(ui.ctx());
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            let area = ScrollArea::vertical().id_salt(("review", passage.at.article, passage.at.mention));
            area.auto_shrink(false).show(ui, |ui| {
                ui.add_space(space::XL);
                let wide = (ui.available_width() - space::S).min(660.0);
                ui.set_max_width(wide);
                ui.spacing_mut().item_spacing.y = space::XS;
                if !passage.meta.is_empty() {
                    let meta = RichText::new(&passage.meta).color(tokens.quiet);
                    ui.add(Label::new(meta).truncate());
                }
                let font = theme::serif_semibold(20.0);
                let mut heading = LayoutJob::simple(passage.heading.clone(), font, tokens.text, wide);
                heading.wrap.max_rows = 3;
                let heading = ui.label(bidi::in_order(ui.ctx(), heading));
                heading.widget_info(|| WidgetInfo::labeled(Role::Heading, true, &passage.heading));
                ui.add_space(space::M);
                let at = paragraph(ui, passage, around.type_size, wide, &tokens);
                if !std::mem::replace(&mut self.view.placed, true) {
                    ui.scroll_to_rect(at, Some(Align::Center));
                }
                if let Some(said) = passage.said() {
                    ui.add_space(space::M);
                    let text = RichText::new(format!("{}  {said}", icon::CHECK)).color(tokens.accent);
                    ui.label(text).widget_info(|| WidgetInfo::labeled(Role::Label, true, &said));
                }
                ui.add_space(space::XL);
            });
        });
    }

    /// The small map, and the candidates or the search under it.
    fn side(&mut self, ui: &mut Ui, rect: Rect, around: &Around<'_>, acts: &mut Vec<Act>) {
        let Some(passage) = &self.passage else { return };
        let tokens = Tokens::of(ui.ctx());
        let candidates = passage.candidates();
        let chosen = passage.mention.chosen().map(|_| 0);
        let mut over = None;
        let mut list = rect;
        if !candidates.is_empty() && rect.height() > 240.0 {
            let map = rect.with_max_y(rect.top() + (rect.height() * 0.4).clamp(100.0, 240.0));
            let places = (candidates, passage.others.as_slice());
            over = self.view.picture.ui(ui, map, places, chosen, self.view.lit);
            list.min.y = map.bottom() + space::S;
            if !passage.others.is_empty() {
                let others = words::count(passage.others.len(), "other place", "other places");
                let told = format!("{others} of the article as dots");
                let line = list.with_max_y(list.top() + 14.0);
                let response = ui.interact(line, ui.scope_id().with("others"), Sense::hover());
                response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
                let at = line.left_center();
                widgets::line(ui, at, line.width(), &told, widgets::small(), tokens.quiet);
                list.min.y = line.bottom() + space::XS;
            }
        }
        let search = self.view.search.as_mut();
        let lit = self.view.lit;
        let found = ui.scope_builder(UiBuilder::new().max_rect(list), |ui| match search {
            Some(search) => {
                let high = ui.available_height() - space::XL - space::ROW;
                let taken = search.ui(ui, around.gazetteer, &around.explorer.collection, high);
                acts.extend(taken.map(|place| Act::Review(Wish::Answer(Ruling::Place(place)))));
                if ui.input(|input| input.key_pressed(egui::Key::Escape)) {
                    acts.push(Act::Review(Wish::Search(false)));
                }
                None
            }
            None => {
                let area = ScrollArea::vertical().id_salt(("review candidates", passage.at));
                area.auto_shrink(false).show(ui, |ui| listed(ui, passage, chosen, lit, acts)).inner
            }
        });
        let over = found.inner.or(over);
        if self.view.lit != over {
            self.view.lit = over;
            ui.ctx().request_repaint();
        }
    }

    fn foot(&self, ui: &mut Ui, rect: Rect, around: &Around<'_>, acts: &mut Vec<Act>) {
        let Some(passage) = &self.passage else { return };
        let tokens = Tokens::of(ui.ctx());
        let inside = inside(rect).shrink2(vec2(space::L, space::XS));
        let row = inside.with_max_y(inside.top() + FOOT);
        ui.scope_builder(UiBuilder::new().max_rect(row), |ui| {
            ui.horizontal_centered(|ui| {
                ui.spacing_mut().item_spacing.x = space::S;
                if self.page == Some(Page::Queue) && passage.more() > 0 {
                    let others = match passage.more() {
                        1 => "the other one".to_owned(),
                        more => format!("the {} others", words::number(more as u64)),
                    };
                    let text = format!("Also {others} of this name in the article");
                    let switch = widgets::switch(ui, self.wide, &text).on_hover_text(format!("{text} (A)"));
                    // The switch bears the name already; its words can be clicked all the same.
                    let words =
                        widgets::cut(ui.painter(), &text, widgets::body(), tokens.text, f32::INFINITY);
                    let (place, label) = ui.allocate_exact_size(words.size(), Sense::CLICK);
                    ui.painter().galley(place.min, words, tokens.text);
                    cap(ui, "A", &tokens);
                    if switch.clicked() || label.clicked() {
                        acts.push(Act::Review(Wish::Widen));
                    }
                } else {
                    let text = "An answer is about this one mention";
                    ui.add(Label::new(RichText::new(text).color(tokens.quiet)).truncate());
                }
                if let Some(last) = &self.last {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        let said = RichText::new(last).color(tokens.quiet);
                        let label = ui.add(Label::new(said).truncate());
                        ui.ctx().accesskit_node_builder(label.id, |node| {
                            node.set_live(egui::accesskit::Live::Polite);
                        });
                        label.on_hover_text(last);
                    });
                }
            });
        });
        let row = inside.with_min_y(row.bottom());
        ui.scope_builder(UiBuilder::new().max_rect(row), |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                self.buttons(ui, passage, around, acts);
            });
        });
    }

    fn buttons(&self, ui: &mut Ui, passage: &Passage, around: &Around<'_>, acts: &mut Vec<Act>) {
        let agrees = passage.mention.chosen().is_some();
        let settled = passage.said().is_some();
        let confirm = if settled { "Go on" } else { "Confirm" };
        let others = [
            (
                (confirm, "Enter", "The place that is shown is the right one"),
                Wish::Confirm,
                agrees || settled,
            ),
            (("Not a place", "X", "These words mention no place"), Wish::Answer(Ruling::Rejected), true),
            (("Skip", "S", "Go on without an answer"), Wish::Skip, true),
        ];
        for (number, (said, wish, ready)) in others.into_iter().enumerate() {
            if answer(ui, said, number == 0, ready) {
                acts.push(Act::Review(wish));
            }
        }
        let undo =
            around.undo.map_or("Take the last answer back".to_owned(), |title| format!("Undo “{title}”"));
        if answer(ui, ("Undo", "U", &undo), false, around.undo.is_some()) {
            acts.push(Act::Do(Command::Undo));
        }
        let more = [
            (("Another place…", "/", "Look for the right place in the gazetteer"), Wish::Search(true)),
            (("Open", "O", "Open the article at this mention"), Wish::Open),
        ];
        for (said, wish) in more {
            if answer(ui, said, false, true) {
                acts.push(Act::Review(wish));
            }
        }
        let [back, forth] = self.walk().map_or([false; 2], Walk::ways);
        let ways = [
            (icon::ARROW_LEFT, "The one before", "Left", Wish::Back, back),
            (icon::ARROW_RIGHT, "The one after", "Right", Wish::Forth, forth),
        ];
        for (sign, name, key, wish, ready) in ways {
            let pressed = ui.add_enabled_ui(ready, |ui| widgets::icon_button(ui, sign, name)).inner;
            if pressed.on_hover_text(format!("{name} ({key})")).clicked() {
                acts.push(Act::Review(wish));
            }
        }
    }

    /// What is said where there is nothing to look at.
    fn nothing(&self, ui: &mut Ui, around: &Around<'_>, acts: &mut Vec<Act>) {
        let Some(walk) = self.walk() else {
            let text = "What nobody has decided is being put in order, the least certain first.";
            widgets::empty(ui, icon::EXAM, "One moment", text, &[], acts);
            return;
        };
        if walk.is_waiting() {
            let text = "The last answers are being written down.";
            widgets::empty(ui, icon::EXAM, "One moment", text, &[], acts);
            return;
        }
        let whole = around.explorer.filter.is_default();
        let left = if whole {
            "Nothing is left that nobody has decided"
        } else {
            "Nothing that search and filters leave is undecided"
        };
        let answers = match walk.answers() {
            0 => String::new(),
            1 => ": you gave 1 answer".to_owned(),
            more => format!(": you gave {} answers", words::number(more as u64)),
        };
        let arriving = if around.reading { " Articles are still being read; theirs follow." } else { "" };
        let text = format!("{left}{answers}.{arriving}");
        let mut next = vec![Command::MeasureAccuracy];
        if around.undo.is_some() {
            next.push(Command::Undo);
        }
        widgets::empty(ui, icon::SEAL_CHECK, "All reviewed", &text, &next, acts);
    }
}

/// The part of a rectangle that text and candidates take.
fn inside(rect: Rect) -> Rect {
    rect.shrink2(vec2(((rect.width() - WIDEST) / 2.0).max(0.0), 0.0))
}

/// Height of the foot in a room so wide.
fn foot(wide: f32) -> f32 {
    let rows = if wide >= BESIDE { 2.0 } else { 3.0 };
    rows * FOOT + space::S
}

/// "12 answers · 9 a minute".
fn pace(walk: &Walk) -> String {
    let answers = words::count(walk.answers(), "answer", "answers");
    match walk.pace() {
        Some(pace) => format!("{answers} · {:.0} a minute", pace.max(1.0)),
        None => answers,
    }
}

/// A thin line as long as the share that is done.
fn progress(ui: &Ui, rect: Rect, stand: Option<Stand>, tokens: &Tokens) {
    ui.painter().rect_filled(rect, 0.0, tokens.hairline);
    let Some(stand) = stand else { return };
    let response = ui.interact(rect, ui.scope_id().with("reviewed"), Sense::hover());
    let told = format!("Reviewed: {} %", stand.percent());
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &told));
    let share = stand.done as f32 / stand.all().max(1) as f32;
    ui.painter().rect_filled(rect.with_max_x(rect.left() + rect.width() * share), 0.0, tokens.accent);
}

/// Draws the paragraph, all quiet but its sentence; answers where the mention stands.
fn paragraph(ui: &mut Ui, passage: &Passage, type_size: f32, wide: f32, tokens: &Tokens) -> Rect {
    let parts = &passage.parts;
    let format = |colour: Color32| TextFormat {
        font_id: theme::serif(type_size),
        color: colour,
        line_height: Some((type_size * 26.0 / 17.0).round()),
        ..TextFormat::default()
    };
    let mention = TextFormat {
        background: tokens.mention_selected,
        underline: Stroke::new(2.0, tokens.selected),
        ..format(tokens.text)
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = wide;
    job.append(&parts.before, 0.0, format(tokens.dimmed));
    job.append(&parts.head, 0.0, format(tokens.text));
    let first = job.text.chars().count();
    job.append(&parts.words, 0.0, mention);
    job.append(&parts.tail, 0.0, format(tokens.text));
    job.append(&parts.after, 0.0, format(tokens.dimmed));
    let galley = ui.painter().layout_job(bidi::in_order(ui.ctx(), job));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    let sentence = parts.sentence();
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sentence));
    let place = galley.pos_from_cursor(CCursor::new(first));
    ui.painter().galley(rect.min, galley, tokens.text);
    place.translate(rect.min.to_vec2())
}

/// The candidates; answers the one that the pointer is over.
fn listed(
    ui: &mut Ui,
    passage: &Passage,
    chosen: Option<usize>,
    lit: Option<usize>,
    acts: &mut Vec<Act>,
) -> Option<usize> {
    let mut over = None;
    ui.spacing_mut().item_spacing.y = space::XS;
    if passage.candidates().is_empty() {
        let text =
            "The gazetteer knows no place of this name. Look for another one, or say that it is not a place.";
        let text = RichText::new(text).color(Tokens::of(ui.ctx()).quiet);
        ui.add_space(space::S);
        ui.add(Label::new(text).wrap());
    }
    for (number, candidate) in passage.candidates().iter().enumerate() {
        let row = candidate_row(ui, number, candidate, chosen == Some(number), lit == Some(number));
        if row.hovered() || row.has_focus() {
            over = Some(number);
        }
        if row.clicked() {
            acts.push(Act::Review(Wish::Answer(Ruling::Place(Arc::clone(&candidate.place)))));
        }
    }
    over
}

/// A key as it is written on a keyboard.
fn cap(ui: &mut Ui, key: &str, tokens: &Tokens) {
    let galley = widgets::cut(ui.painter(), key, widgets::small(), tokens.quiet, f32::INFINITY);
    let size = vec2(galley.size().x.max(8.0) + 8.0, 18.0);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let edge = Stroke::new(1.0, tokens.edge);
    ui.painter().rect_stroke(rect, 4.0, edge, StrokeKind::Inside);
    ui.painter().galley(rect.center() - galley.size() / 2.0, galley, tokens.quiet);
}

/// A button with its key; answers whether it was pressed. `said` is what it is called, its key, and what it does.
pub(super) fn answer(ui: &mut Ui, (text, key, does): (&str, &str, &str), primary: bool, ready: bool) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let ink = match (primary && ready, ready) {
        (true, _) => tokens.on_accent,
        (false, true) => tokens.text,
        (false, false) => tokens.dimmed,
    };
    let quiet = if primary && ready { tokens.on_accent } else { tokens.quiet };
    let font = if primary { theme::semibold(size::BODY) } else { widgets::body() };
    let name = widgets::cut(ui.painter(), text, font, ink, f32::INFINITY);
    let sign = widgets::cut(ui.painter(), key, widgets::small(), quiet, f32::INFINITY);
    let wide = sign.size().x.max(8.0) + 8.0;
    let size = vec2(name.size().x + wide + space::S + 2.0 * 10.0, space::ROW + 2.0);
    let sense = if ready { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(size, sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ready, text));
    let fill = match (primary && ready, response.hovered() && ready) {
        (true, _) => tokens.accent,
        (false, true) => tokens.hover,
        (false, false) => tokens.panel,
    };
    let edge = if primary && ready { tokens.accent } else { tokens.edge };
    let edge = if ready { edge } else { tokens.hairline };
    ui.painter().rect(rect, space::CORNER, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    let y = rect.center().y;
    ui.painter().galley(pos2(rect.left() + 10.0, y - name.size().y / 2.0), name, ink);
    let cap = Rect::from_center_size(pos2(rect.right() - 7.0 - wide / 2.0, y), vec2(wide, 18.0));
    ui.painter().rect_stroke(cap, 4.0, Stroke::new(1.0, quiet.gamma_multiply(0.6)), StrokeKind::Inside);
    ui.painter().galley(cap.center() - sign.size() / 2.0, sign, quiet);
    if response.has_focus() {
        widgets::ring(ui.painter(), rect.expand(2.0), space::CORNER + 2);
    }
    response.on_hover_text(format!("{does} ({key})")).clicked()
}
