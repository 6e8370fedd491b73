//! The rows under the place search: name, what it lies in, what it is, and whether the articles mention it.

use egui::{ScrollArea, Ui, pos2, vec2};

use super::offers::Offer;
use crate::app::theme::{self, Tokens, size, space};
use crate::app::{widgets, words};
use crate::model::Place;

/// Height of a row, points: a finger's breadth.
const ROW: f32 = 44.0;

/// What became of the list in a frame.
#[derive(Default)]
pub struct Shown {
    /// The offer that was chosen.
    pub taken: Option<usize>,
    /// Whether the keyboard is in the list.
    pub focused: bool,
}

/// Draws what is said above the offers, and the offers; `ahead` is the one that Enter takes.
pub fn ui(ui: &mut Ui, said: Option<&str>, offers: &[Offer], ahead: usize, room: f32) -> Shown {
    let mut shown = Shown::default();
    if said.is_none() && offers.is_empty() {
        return shown;
    }
    widgets::hairline(ui);
    if let Some(said) = said {
        line(ui, said);
    }
    let high = (room - space::XL).max(ROW);
    ScrollArea::vertical().max_height(high).min_scrolled_height(high).show(ui, |ui| {
        for (number, offer) in offers.iter().enumerate() {
            let response = row(ui, offer, number == ahead);
            shown.focused |= response.has_focus();
            if response.clicked() {
                shown.taken = Some(number);
            }
        }
    });
    shown
}

fn line(ui: &mut Ui, text: &str) {
    let tokens = Tokens::of(ui.ctx());
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 32.0), egui::Sense::hover());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, text));
    let at = pos2(rect.left() + space::M, rect.center().y);
    widgets::line(ui, at, rect.width() - space::XL, text, widgets::small(), tokens.quiet);
}

fn row(ui: &mut Ui, offer: &Offer, ahead: bool) -> egui::Response {
    let place = &offer.place;
    let facts = facts(offer);
    let mentioned = (offer.articles > 0).then(|| words::count(offer.articles, "article", "articles"));
    let within = if offer.within.is_empty() { String::new() } else { format!(", {}", offer.within) };
    let told = mentioned.as_ref().map_or(String::new(), |count| format!(" · {count}"));
    let name = format!("{}{within}: {facts}{told}", place.name);
    let response = widgets::row(ui, ROW, ahead, false, &name);
    if ahead && !response.has_focus() {
        response.scroll_to_me(None);
    }
    let tokens = Tokens::of(ui.ctx());
    let rect = response.rect.shrink2(vec2(space::M, 0.0));
    let (upper, lower) = (rect.top() + 14.0, rect.top() + 31.0);
    let bold = theme::semibold(size::BODY);
    let wide = widgets::line(ui, pos2(rect.left(), upper), rect.width(), &place.name, bold, tokens.text);
    let at = pos2(rect.left() + wide + 6.0, upper + 0.5);
    let left = rect.right() - at.x;
    if left > 24.0 {
        widgets::line(ui, at, left, &offer.within, widgets::small(), tokens.quiet);
    }
    let mut end = rect.right();
    if let Some(count) = &mentioned {
        let taken = widgets::line_right(ui, pos2(end, lower), count, widgets::small(), tokens.text);
        end -= taken + space::M;
        ui.painter().circle_filled(pos2(end + 4.0, lower), 3.5, tokens.accent);
        end -= space::S;
    }
    widgets::line(ui, pos2(rect.left(), lower), end - rect.left(), &facts, widgets::small(), tokens.quiet);
    response
}

/// "City · as “Alep” · 1 602 264 people".
fn facts(offer: &Offer) -> String {
    let Place { population, .. } = offer.place;
    let people = (population > 0).then(|| format!("{} people", words::number(population)));
    let parts = [Some(words::sort_of(&offer.place).to_owned()), offer.by.clone(), people];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
