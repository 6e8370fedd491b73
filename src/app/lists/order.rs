//! The line over a list: in which order it stands, with the choice of another.

use egui::{Popup, RichText, Role, Sense, Ui, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use crate::app::command::Act;
use crate::app::session::ListTab;
use crate::app::theme::{Tokens, size, space};
use crate::app::widgets;
use crate::explore::{ArticleOrder, EventOrder, Explorer, Filter, Order, PlaceOrder, Subject};

const PLACES: [(PlaceOrder, &str); 5] = [
    (PlaceOrder::Articles, "Most articles"),
    (PlaceOrder::Mentions, "Most mentions"),
    (PlaceOrder::Name, "Name"),
    (PlaceOrder::Country, "Country"),
    (PlaceOrder::LeastCertain, "Least certain first"),
];

/// Where events are explored, they are what is counted of a place.
const EVENT_PLACES: [(PlaceOrder, &str); 4] = [
    (PlaceOrder::Articles, "Most events"),
    (PlaceOrder::Mentions, "Most articles"),
    (PlaceOrder::Name, "Name"),
    (PlaceOrder::Country, "Country"),
];

const ARTICLES: [(ArticleOrder, &str); 6] = [
    (ArticleOrder::Newest, "Newest first"),
    (ArticleOrder::Oldest, "Oldest first"),
    (ArticleOrder::Source, "Source"),
    (ArticleOrder::Title, "Headline"),
    (ArticleOrder::Relevance, "Best match"),
    (ArticleOrder::LeastCertain, "Least certain first"),
];

const EVENTS: [(EventOrder, &str); 5] = [
    (EventOrder::Newest, "Newest first"),
    (EventOrder::Oldest, "Oldest first"),
    (EventOrder::Type, "Type"),
    (EventOrder::Place, "Place"),
    (EventOrder::Score, "Most certain first"),
];

/// Draws the line.
pub(super) fn ui(ui: &mut Ui, explorer: &Explorer, tab: ListTab, acts: &mut Vec<Act>) {
    let order = explorer.filter.order;
    let events = explorer.filter.subject == Subject::Events;
    let searched = !explorer.filter.query.trim().is_empty();
    let orders: Vec<(Order, &str)> = match tab {
        ListTab::Places if events => {
            EVENT_PLACES.map(|(places, text)| (Order { places, ..order }, text)).into()
        }
        ListTab::Places => PLACES.map(|(places, text)| (Order { places, ..order }, text)).into(),
        ListTab::Events => EVENTS.map(|(events, text)| (Order { events, ..order }, text)).into(),
        _ => {
            let offered = ARTICLES.into_iter().filter(|(order, _)| match order {
                ArticleOrder::Relevance => searched,
                ArticleOrder::LeastCertain => !events,
                _ => true,
            });
            offered.map(|(articles, text)| (Order { articles, ..order }, text)).collect()
        }
    };
    // Without a search the best match is the newest.
    let current = orders.iter().find(|(other, _)| *other == order).or(orders.first());
    let current = current.map_or("", |(_, text)| *text);
    ui.horizontal(|ui| {
        let what = match tab {
            ListTab::Places => "places",
            ListTab::Events => "events",
            _ => "articles",
        };
        let button = opener(ui, current, &format!("Order of {what}: {current}"));
        Popup::menu(&button).show(|ui| {
            ui.set_width(168.0);
            for (other, text) in &orders {
                let on = *text == current;
                let sign = RichText::new(if on { icon::CHECK } else { " " }).size(size::ICON);
                let button = egui::Button::new((sign, *text)).min_size(vec2(160.0, space::ROW));
                let response = ui.add(button);
                let name = format!("Order: {text}");
                response.widget_info(|| WidgetInfo::selected(Role::MenuItem, true, on, &name));
                if response.clicked() {
                    acts.push(Act::Filter(Filter { order: *other, ..explorer.filter.clone() }));
                    ui.close();
                }
            }
        });
        button.on_hover_text("Choose the order of the list");
        if explorer.is_behind() && !explorer.view.answers(&explorer.filter) {
            let quiet = Tokens::of(ui.ctx()).quiet;
            let right = egui::Layout::right_to_left(egui::Align::Center);
            ui.with_layout(right, |ui| ui.label(RichText::new("Searching…").size(size::SMALL).color(quiet)));
        }
    });
}

/// A word with an arrow that opens a menu.
fn opener(ui: &mut Ui, text: &str, name: &str) -> egui::Response {
    let tokens = Tokens::of(ui.ctx());
    let font = widgets::small();
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, tokens.quiet);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 36.0, 24.0), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    let colour = if response.hovered() { tokens.text } else { tokens.quiet };
    if response.has_focus() {
        widgets::ring(ui.painter(), rect, space::CORNER);
    }
    let middle = |x: f32| egui::pos2(x, rect.center().y);
    let centre = egui::Align2::CENTER_CENTER;
    widgets::icon_at(ui, middle(rect.left() + 7.0), centre, icon::SORT_ASCENDING, 14.0, colour);
    widgets::line(ui, middle(rect.left() + 19.0), galley.size().x + 1.0, text, widgets::small(), colour);
    widgets::icon_at(ui, middle(rect.right() - 9.0), centre, icon::CARET_DOWN, 10.0, colour);
    response
}
