//! Measuring accuracy as it is seen: how many to draw, and what they tell.

use egui::{Label, Rect, RichText, Role, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use super::page::{Around, answer};
use super::{COUNTS, Page, Review, Wish, told};
use crate::app::asking::quiet;
use crate::app::command::Act;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{widgets, words};
use crate::explore::{Accuracy, wilson};

/// Width of the column, points.
const COLUMN: f32 = 520.0;

impl Review {
    /// How many to draw.
    pub(super) fn setup(&self, ui: &mut Ui, around: &Around<'_>, acts: &mut Vec<Act>) {
        column(ui, |ui| {
            heading(ui, "How often are the places right?");
            let whole = around.explorer.filter.is_default();
            let from = if whole { "this collection" } else { "what search and filters leave" };
            let text = format!(
                "Mentions are drawn at random from {from}, and you judge each: the place that is shown is the right \
                 one, or it is not. What you say is kept as a correction like any other. You can leave at any time \
                 and go on later."
            );
            quiet(ui, &text);
            ui.add_space(space::M);
            self.counts(ui, acts);
            ui.add_space(space::XS);
            let (low, high) = wilson(self.count * 9 / 10, self.count);
            let about = format!(
                "Where 9 in 10 are right, {} tell that it is between {:.0} % and {:.0} %.",
                self.count,
                low * 100.0,
                high * 100.0
            );
            quiet(ui, &about);
            ui.add_space(space::L);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                self.beginnings(ui, acts);
            });
            if self.sampling.is_some() {
                quiet(ui, "Drawing…");
            } else if let Some(last) = self.last.as_deref().filter(|_| self.measuring.is_none()) {
                quiet(ui, last);
            }
        });
    }

    fn counts(&self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let wide = vec2((ui.available_width() / COUNTS.len() as f32).min(120.0), 32.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 0.0;
            for (number, count) in COUNTS.into_iter().enumerate() {
                let edges = [number == 0, number + 1 == COUNTS.len()];
                let text = format!("Draw {count}");
                let on = self.count == count;
                if widgets::segment(ui, wide, ("", &text), on, edges).clicked() {
                    acts.push(Act::Review(Wish::Count(count)));
                }
            }
        });
    }

    /// What can be begun: to go on with what was drawn, or to draw others.
    fn beginnings(&self, ui: &mut Ui, acts: &mut Vec<Act>) {
        let left = self.measuring.as_ref().map(|measuring| measuring.walk.stand());
        let ready = self.sampling.is_none();
        match left {
            Some(stand) if stand.left > 0 => {
                let text = format!("Go on: {} of {} judged", stand.done, stand.all());
                if answer(ui, (&text, "Enter", "Judge those that are left"), true, ready) {
                    acts.push(Act::Review(Wish::Turn(Page::Sample)));
                }
                if widgets::plain_button(ui, "Draw others").clicked() && ready {
                    acts.push(Act::Review(Wish::Draw));
                }
            }
            _ => {
                if answer(ui, ("Begin", "Enter", "Draw them, and judge the first"), true, ready) {
                    acts.push(Act::Review(Wish::Draw));
                }
            }
        }
        if left.is_some_and(|stand| stand.done > 0) && widgets::plain_button(ui, "Result").clicked() {
            acts.push(Act::Review(Wish::Turn(Page::Result)));
        }
    }

    /// What a sample tells.
    pub(super) fn outcome(&self, ui: &mut Ui, around: &Around<'_>, acts: &mut Vec<Act>) {
        let Some(measuring) = &self.measuring else { return };
        let Some(sample) = measuring.walk.sample() else { return };
        let (judged, frame) = (sample.judged(&around.explorer.collection), measuring.frame());
        let tokens = Tokens::of(ui.ctx());
        column(ui, |ui| {
            let figure =
                RichText::new(told::share(judged.all)).font(theme::semibold(40.0)).color(tokens.text);
            ui.label(figure);
            if !told::is_whole(&judged, frame) {
                band(ui, judged.all, &tokens);
            }
            ui.add_space(space::S);
            let sentence = told::sentence(&judged, frame);
            let text = RichText::new(&sentence).size(size::HEADING).color(tokens.text);
            ui.add(Label::new(text).wrap());
            for (kind, accuracy) in told::kinds(&judged) {
                ui.add_space(space::S);
                let (low, high) = told::between(*accuracy);
                let text = format!(
                    "{}: {}, between {low} and {high} ({} of {})",
                    words::kind(*kind),
                    told::share(*accuracy),
                    accuracy.right,
                    accuracy.of
                );
                ui.add(Label::new(RichText::new(text).color(tokens.text)).wrap());
                band(ui, *accuracy, &tokens);
            }
            ui.add_space(space::M);
            quiet(ui, &told::method(frame, &judged));
            ui.add_space(space::L);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::S, space::S);
                if widgets::primary_button(ui, "Copy", true).clicked() {
                    acts.push(Act::Review(Wish::Copy));
                }
                if judged.left > 0 && widgets::plain_button(ui, "Judge the rest").clicked() {
                    acts.push(Act::Review(Wish::Turn(Page::Sample)));
                }
                if widgets::plain_button(ui, "Draw others…").clicked() {
                    acts.push(Act::Review(Wish::Turn(Page::Setup)));
                }
            });
        });
    }
}

/// Where the true share may lie, as a band on a line from none to all, with a mark where it was found.
fn band(ui: &mut Ui, accuracy: Accuracy, tokens: &Tokens) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let (low, high) = told::between(accuracy);
    let told = format!("Between {low} and {high}");
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &told));
    let x = |share: f64| rect.left() + rect.width() * share as f32;
    let y = rect.center().y;
    let line = Rect::from_x_y_ranges(rect.x_range(), y - 1.0..=y + 1.0);
    ui.painter().rect_filled(line, 1.0, tokens.hairline);
    let (from, to) = accuracy.interval();
    let band = Rect::from_x_y_ranges(x(from)..=x(to), y - 4.0..=y + 4.0);
    ui.painter().rect_filled(band, 4.0, tokens.accent.gamma_multiply(0.35));
    if let Some(share) = accuracy.share() {
        let mark = Rect::from_x_y_ranges(x(share) - 1.5..=x(share) + 1.5, y - 7.0..=y + 7.0);
        ui.painter().rect_filled(mark, 1.5, tokens.accent);
    }
    response.on_hover_text(told);
}

/// A column in the middle that scrolls where it is higher than its room.
fn column(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let wide = COLUMN.min(room.width() - 2.0 * space::L);
    let inside = Rect::from_center_size(room.center(), vec2(wide, room.height()));
    ui.scope_builder(egui::UiBuilder::new().max_rect(inside), |ui| {
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            ui.add_space((room.height() * 0.12).clamp(space::M, 96.0));
            ui.set_max_width(wide);
            add(ui);
        });
    });
}

fn heading(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui.ctx());
    let label = ui.label(RichText::new(text).font(theme::serif_semibold(22.0)).color(tokens.text));
    label.widget_info(|| WidgetInfo::labeled(Role::Heading, true, text));
    ui.add_space(space::XS);
}
