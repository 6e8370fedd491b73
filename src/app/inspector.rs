//! Why this place: what is known of the selected place, and the candidates of the selected mention
//! with their scores and reasons.

mod decided;
mod head;
pub(super) mod picture;

pub(super) use self::decided::ui as decided;

use std::sync::Arc;

use egui::{Rect, RichText, ScrollArea, Ui, UiBuilder, pos2, vec2};
use egui_phosphor::regular as icon;

use crate::model::{Candidate, Mention, Place};

use self::picture::Picture;
use super::command::Act;
use super::correct::{Around, Correcting, Wish};
use super::project::{Ruling, target};
use super::theme::{self, Tokens, size, space};
use super::widgets;
use super::words;

/// Least width of the pane for which the small map stands beside the candidates, points.
const BESIDE: f32 = 380.0;

/// The pane's own state.
#[derive(Default)]
pub struct Inspector {
    picture: Picture,
    /// The candidate that the pointer was over in the last frame, in the list or on the small map.
    lit: Option<usize>,
}

impl Inspector {
    /// Draws the pane for the selected mention; answers the place of the candidate that the pointer is over.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        around: &Around<'_>,
        correcting: &mut Correcting,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        let &Around { explorer, state, .. } = around;
        let Some(at) = explorer.selected.what.mention() else {
            let text = "Click a mention in the text to see which places it may stand for, and why.";
            widgets::empty(ui, icon::MAP_PIN, "No mention chosen", text, &[], acts);
            return None;
        };
        let article = explorer.collection.article(at.article)?;
        let mention = article.mentions.get(at.mention)?;
        head::ui(ui, mention.span.of(&article.article.text), mention, acts);
        if correcting.pending().is_some() {
            correcting.strip(ui, explorer, acts);
        } else if let Some((target, said)) = target(&explorer.collection, at).zip(mention.decided.as_ref()) {
            decided(ui, said, "Not a place", &target, state, acts);
        }
        let about = correcting.pending().and_then(|pending| pending.place()).map(|place| place.id.clone());
        if correcting.is_looking() {
            let margin = egui::Margin { left: 12, right: 12, top: 4, bottom: 4 };
            egui::Frame::new().inner_margin(margin).show(ui, |ui| correcting.search(ui, around, acts));
            return None;
        }
        let room = ui.available_rect_before_wrap();
        let beside = room.width() >= BESIDE && !mention.candidates.is_empty();
        let wide = if beside { (room.width() * 0.38).clamp(140.0, 260.0) } else { 0.0 };
        let mut over = None;
        if beside {
            let high = (room.height() - space::M).clamp(60.0, wide * 1.1);
            let corner = pos2(room.right() - wide - space::M, room.top() + space::XS);
            over = self.picture(ui, Rect::from_min_size(corner, vec2(wide, high)), mention);
        }
        let list = room.with_max_x(room.right() - if beside { wide + space::M } else { 0.0 });
        let over = ui
            .scope_builder(UiBuilder::new().max_rect(list), |ui| {
                let area = ScrollArea::vertical().id_salt(("inspector", at.article, at.mention));
                area.auto_shrink(false).show(ui, |ui| self.list(ui, mention, (about, !beside), acts)).inner
            })
            .inner
            .or(over);
        if self.lit != over {
            self.lit = over;
            ui.ctx().request_repaint();
        }
        let candidate = mention.candidates.get(over?)?;
        explorer.collection.place_key(&candidate.place.id)
    }

    fn picture(&mut self, ui: &Ui, rect: Rect, mention: &Mention) -> Option<usize> {
        let chosen = mention.chosen().map(|_| 0);
        self.picture.ui(ui, rect, (&mention.candidates, &[]), chosen, self.lit)
    }

    /// What is known of the place, and the candidates; with the small map under them where it has no room
    /// beside. Answers the candidate that the pointer is over.
    fn list(
        &mut self,
        ui: &mut Ui,
        mention: &Mention,
        (about, map): (Option<String>, bool),
        acts: &mut Vec<Act>,
    ) -> Option<usize> {
        let mut over = None;
        let margin = egui::Margin { left: 12, right: 12, top: 0, bottom: 12 };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = space::XS;
            if mention.candidates.is_empty() {
                ui.label("The gazetteer knows no place of this name.");
            }
            for (number, candidate) in mention.candidates.iter().enumerate() {
                let chosen = number == 0 && mention.chosen().is_some();
                let about = about.as_ref() == Some(&candidate.place.id);
                let row = candidate_row(ui, number, candidate, chosen, self.lit == Some(number) || about);
                if row.hovered() || row.has_focus() {
                    over = Some(number);
                }
                if row.clicked() {
                    acts.push(Act::Mend(Wish::Propose(Ruling::Place(Arc::clone(&candidate.place)))));
                }
            }
            if let Some(place) = mention.place() {
                widgets::hairline(ui);
                facts(ui, place);
            }
            if map && !mention.candidates.is_empty() {
                ui.add_space(space::S);
                let size = vec2(ui.available_width(), 140.0);
                let (rect, _) = ui.allocate_exact_size(size, egui::Sense::hover());
                over = over.or(self.picture(ui, rect, mention));
            }
        });
        over
    }
}

/// Type, population, coordinates, identifier, in two columns.
fn facts(ui: &mut Ui, place: &Place) {
    let tokens = Tokens::of(ui.ctx());
    let mut rows = vec![("Type", words::sort_of(place).to_owned())];
    if place.population > 0 {
        rows.push(("Population", words::number(place.population)));
    }
    rows.push(("Position", words::coordinates(place.lat, place.lon)));
    rows.push(("Identifier", place.id.clone()));
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(space::XS);
    for (name, value) in rows {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), egui::Sense::hover());
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name}: {value}")));
        let y = rect.center().y;
        widgets::line(ui, pos2(rect.left(), y), 88.0, name, widgets::body(), tokens.quiet);
        let room = rect.width() - 88.0;
        widgets::line(ui, pos2(rect.left() + 88.0, y), room, &value, widgets::body(), tokens.text);
    }
}

/// A candidate under its number: its label, its score as a bar and a figure, its reasons. All of it can be clicked.
pub(super) fn candidate_row(
    ui: &mut Ui,
    number: usize,
    candidate: &Candidate,
    chosen: bool,
    lit: bool,
) -> egui::Response {
    let tokens = Tokens::of(ui.ctx());
    widgets::hairline(ui);
    let shade = ui.painter().add(egui::Shape::Noop);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), egui::Sense::hover());
    let label = candidate.place.label();
    let y = rect.center().y;
    let figure = format!("{:.2}", candidate.score);
    widgets::line_right(ui, pos2(rect.right(), y), &figure, widgets::small(), tokens.quiet);
    let bar = Rect::from_min_size(pos2(rect.right() - 76.0, y - 2.0), vec2(44.0, 4.0));
    ui.painter().rect_filled(bar, 2.0, tokens.hairline);
    let filled = bar.with_max_x(bar.left() + bar.width() * candidate.score.clamp(0.0, 1.0));
    ui.painter().rect_filled(filled, 2.0, if chosen { tokens.accent } else { tokens.edge });
    let centre = pos2(rect.left() + picture::DOT, y);
    picture::dot(ui.painter(), centre, number, chosen, lit, &tokens);
    let left = rect.left() + 2.0 * picture::DOT + 6.0;
    let font = if chosen { theme::semibold(size::BODY) } else { widgets::body() };
    widgets::line(ui, pos2(left, y), bar.left() - space::S - left, &label, font, tokens.text);
    let reasons = candidate.reasons.join(" · ");
    let mut bottom = rect.bottom();
    if !reasons.is_empty() {
        let margin = egui::Margin { left: (left - rect.left()) as i8, ..egui::Margin::ZERO };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            let text = RichText::new(reasons).size(size::SMALL).color(tokens.quiet);
            bottom = ui.add(egui::Label::new(text).wrap().selectable(false)).rect.bottom();
        });
        ui.add_space(space::XS);
    }
    let whole = rect.with_max_y(bottom).expand2(vec2(space::XS, 2.0));
    let response = ui.interact(whole, ui.scope_id().with(("candidate", number)), egui::Sense::click());
    response.widget_info(|| {
        let text = format!("Candidate {label}, score {:.2}", candidate.score);
        egui::WidgetInfo::selected(egui::Role::Button, true, chosen, text)
    });
    if response.hovered() || lit || response.has_focus() {
        ui.painter().set(shade, egui::Shape::rect_filled(whole, space::CORNER, tokens.hover));
    }
    if response.has_focus() {
        widgets::ring(ui.painter(), whole, space::CORNER);
    }
    let key = if number < 9 { format!("{label}: say that it is this one ({})", number + 1) } else { label };
    response.on_hover_text(key)
}
