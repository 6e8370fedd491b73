//! The menu of filters: kinds and senses of mention, certainty, countries, each with its count.

use egui::{Popup, RichText, ScrollArea, Ui};
use egui_phosphor::regular as icon;

use crate::explore::{Explorer, Filter};
use crate::model::{Kind, Sense};

use super::command::Act;
use super::theme::{self, Tokens, size, space};
use super::widgets;
use super::words;

/// A chip that opens the menu.
pub fn menu(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    let chip = widgets::chip(ui, &format!("{}  Filters", icon::FUNNEL), false, "Filters");
    let close = egui::PopupCloseBehavior::CloseOnClickOutside;
    Popup::menu(&chip).close_behavior(close).show(|ui| {
        ui.set_width(288.0);
        ui.spacing_mut().item_spacing.y = 2.0;
        kinds(ui, explorer, acts);
        senses(ui, explorer, acts);
        countries(ui, explorer, acts);
    });
    chip.on_hover_text("Choose what is shown by kind, sense, country");
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(space::XS);
    let quiet = Tokens::of(ui.ctx()).quiet;
    ui.label(RichText::new(text).font(theme::semibold(size::SMALL)).color(quiet));
}

/// A line with a tick, a text and a count; answers whether it was pressed.
fn choice(ui: &mut Ui, ticked: bool, text: &str, count: usize) -> bool {
    let response = widgets::row(ui, 26.0, false, false, &format!("{text}, {}", words::number(count as u64)));
    let tokens = Tokens::of(ui.ctx());
    let rect = response.rect.shrink2(egui::vec2(6.0, 0.0));
    let centre = egui::Align2::CENTER_CENTER;
    let (sign, colour) =
        if ticked { (icon::CHECK_SQUARE, tokens.accent) } else { (icon::SQUARE, tokens.quiet) };
    widgets::icon_at(ui, egui::pos2(rect.left() + 8.0, rect.center().y), centre, sign, size::ICON, colour);
    let left = egui::pos2(rect.left() + 24.0, rect.center().y);
    widgets::line(ui, left, rect.width() - 72.0, text, widgets::body(), tokens.text);
    let right = egui::pos2(rect.right() - 2.0, rect.center().y);
    widgets::line_right(ui, right, &words::number(count as u64), widgets::small(), tokens.quiet);
    response.clicked()
}

fn kinds(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    heading(ui, "Kind of mention");
    let filter = &explorer.filter;
    for (number, kind) in Kind::ALL.into_iter().enumerate() {
        let text = match kind {
            Kind::Name => "Names",
            Kind::Demonym => "Peoples and adjectives",
            Kind::Embedded => "Inside other names",
            Kind::Coordinate => "Coordinates",
        };
        if choice(ui, filter.kinds.contains(kind), text, explorer.view.kinds[number]) {
            acts.push(Act::Filter(Filter { kinds: filter.kinds.toggled(kind), ..filter.clone() }));
        }
    }
}

fn senses(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    heading(ui, "Sense");
    let filter = &explorer.filter;
    let [literal, associative] = explorer.view.senses;
    let senses = [
        (Sense::Literal, "Literal: it happens there", literal),
        (Sense::Associative, "Associative: a government, team", associative),
    ];
    for (sense, text, count) in senses {
        let on = filter.sense == Some(sense);
        if choice(ui, on, text, count) {
            acts.push(Act::Filter(Filter { sense: (!on).then_some(sense), ..filter.clone() }));
        }
    }
    if choice(ui, filter.uncertain, "Uncertain or unresolved only", explorer.view.doubtful) {
        acts.push(Act::Filter(Filter { uncertain: !filter.uncertain, ..filter.clone() }));
    }
}

fn countries(ui: &mut Ui, explorer: &Explorer, acts: &mut Vec<Act>) {
    let countries = &explorer.view.countries;
    if countries.is_empty() {
        return;
    }
    heading(ui, "Country");
    let filter = &explorer.filter;
    ScrollArea::vertical().max_height(208.0).auto_shrink([false, true]).show_rows(
        ui,
        26.0,
        countries.len(),
        |ui, range| {
            for country in &countries[range] {
                let on = filter.country.as_ref() == Some(&country.code);
                if choice(ui, on, &country.name, country.articles as usize) {
                    acts.push(Act::Filter(Filter {
                        country: (!on).then(|| country.code.clone()),
                        ..filter.clone()
                    }));
                }
            }
        },
    );
}
