//! Why this place: what is known of the selected place, and the candidates of the selected mention
//! with their scores and reasons.

use egui::{RichText, ScrollArea, Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use crate::explore::Explorer;
use crate::model::{Candidate, Kind, Mention, Place, Sense};

use super::command::{Act, Command};
use super::theme::{self, Tokens, size, space};
use super::widgets;
use super::words;

/// Draws the pane for the selected mention.
pub fn ui(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    let Some(at) = explorer.selected.what.mention() else {
        let text = "Click a mention in the text to see which places it may stand for, and why.";
        widgets::empty(ui, icon::MAP_PIN, "No mention chosen", text, &[], acts);
        return;
    };
    let (Some(mention), Some(article)) =
        (explorer.collection.mention(at), explorer.collection.article(at.article))
    else {
        return;
    };
    head(ui, mention.span.of(&article.article.text), mention, acts);
    ScrollArea::vertical().id_salt(("inspector", at.article, at.mention)).auto_shrink(false).show(ui, |ui| {
        egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 12, top: 0, bottom: 12 }).show(
            ui,
            |ui| {
                ui.spacing_mut().item_spacing.y = space::XS;
                if mention.candidates.is_empty() {
                    ui.label("The gazetteer knows no place of this name.");
                }
                if let Some(place) = mention.place() {
                    facts(ui, place);
                }
                for (number, candidate) in mention.candidates.iter().enumerate() {
                    let chosen = number == 0 && mention.resolved;
                    candidate_row(ui, candidate, chosen);
                }
            },
        );
    });
}

fn head(ui: &mut Ui, words: &str, mention: &Mention, acts: &mut Vec<Act>) {
    let tokens = Tokens::of(ui.ctx());
    egui::Frame::new().inner_margin(egui::Margin { left: 12, right: 8, top: 4, bottom: 2 }).show(ui, |ui| {
        ui.horizontal(|ui| {
            let title = words.split_whitespace().collect::<Vec<_>>().join(" ");
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 2.0;
                widgets::command_icon(ui, Command::ToggleInspector, acts);
                if mention.resolved {
                    widgets::command_icon(ui, Command::CopyCoordinates, acts);
                    widgets::command_icon(ui, Command::OnlyThisPlace, acts);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    ui.spacing_mut().item_spacing.x = space::S;
                    ui.label(RichText::new(format!("“{title}”")).font(theme::semibold(size::HEADING)));
                    ui.add(egui::Label::new(RichText::new(sort(mention)).color(tokens.quiet)).truncate());
                });
            });
        });
    });
}

/// "name, literal".
fn sort(mention: &Mention) -> String {
    let kind = match mention.kind {
        Kind::Name => "name",
        Kind::Demonym => "people or adjective",
        Kind::Embedded => "inside another name",
        Kind::Coordinate => "coordinates",
    };
    let sense = match mention.sense {
        Sense::Literal => "literal",
        Sense::Associative => "associative",
    };
    format!("{kind}, {sense}")
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
    for (name, value) in rows {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 18.0), egui::Sense::hover());
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{name}: {value}")));
        let y = rect.center().y;
        widgets::line(ui, pos2(rect.left(), y), 88.0, name, widgets::body(), tokens.quiet);
        let room = rect.width() - 88.0;
        widgets::line(ui, pos2(rect.left() + 88.0, y), room, &value, widgets::body(), tokens.text);
    }
    ui.add_space(space::S);
}

/// A candidate: its label, its score as a bar and a figure, its reasons.
fn candidate_row(ui: &mut Ui, candidate: &Candidate, chosen: bool) {
    let tokens = Tokens::of(ui.ctx());
    widgets::hairline(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), egui::Sense::hover());
    let label = candidate.place.label();
    response.widget_info(|| {
        let text = format!("Candidate {label}, score {:.2}", candidate.score);
        egui::WidgetInfo::labeled(egui::Role::Label, true, text)
    });
    let y = rect.center().y;
    let figure = format!("{:.2}", candidate.score);
    widgets::line_right(ui, pos2(rect.right(), y), &figure, widgets::small(), tokens.quiet);
    let bar = egui::Rect::from_min_size(pos2(rect.right() - 92.0, y - 2.0), vec2(56.0, 4.0));
    ui.painter().rect_filled(bar, 2.0, tokens.hairline);
    let filled = bar.with_max_x(bar.left() + bar.width() * candidate.score.clamp(0.0, 1.0));
    ui.painter().rect_filled(filled, 2.0, if chosen { tokens.accent } else { tokens.edge });
    let font = if chosen { theme::semibold(size::BODY) } else { widgets::body() };
    let mut left = rect.left();
    if chosen {
        let anchor = egui::Align2::LEFT_CENTER;
        left = widgets::icon_at(ui, pos2(left, y), anchor, icon::CHECK, 13.0, tokens.accent).right() + 5.0;
    }
    widgets::line(ui, pos2(left, y), bar.left() - space::M - left, &label, font, tokens.text);
    let reasons = candidate.reasons.join(" · ");
    if !reasons.is_empty() {
        let text = RichText::new(reasons).size(size::SMALL).color(tokens.quiet);
        ui.add(egui::Label::new(text).wrap());
        ui.add_space(space::XS);
    }
}
