//! The rows of the lists: a place with its mark and count, an article with its outlet and date.
//! While a search is on, an article's row shows the sentence in which the words were found.

use egui::{Ui, pos2, vec2};

use super::marked::{self, laid_out};
use crate::app::command::Act;
use crate::app::theme::{Tokens, space};
use crate::app::{events, widgets, words};
use crate::explore::{ArticleRow, Explorer, Filter, Lacking, PlaceRow, Subject};
use crate::model::Precision;

/// Height of an article's row: two lines of headline, and outlet with date, points.
const ARTICLE: f32 = 64.0;
/// Height of the line with the words that were found.
const PASSAGE: f32 = 18.0;

/// Height of an article's row.
pub(super) fn article_height(explorer: &Explorer) -> f32 {
    if explorer.filter.query.trim().is_empty() { ARTICLE } else { ARTICLE + PASSAGE }
}

/// A place: mark, name, country, number of articles.
pub(super) fn place(
    ui: &mut Ui,
    explorer: &Explorer,
    row: &PlaceRow,
    chosen: bool,
    linked: bool,
) -> egui::Response {
    let Some(entry) = explorer.collection.place(row.key) else {
        return widgets::row(ui, space::ROW, false, false, "");
    };
    let place = &entry.place;
    let of_events = row.leading.is_some();
    let articles = words::count(row.articles as usize, "article", "articles");
    let count =
        if of_events { words::count(row.events() as usize, "event", "events") } else { articles.clone() };
    let name = format!("{}, {count}", place.label());
    let response = widgets::row(ui, space::ROW, chosen, linked, &name);
    if !ui.is_rect_visible(response.rect) {
        return response;
    }
    let tokens = Tokens::of(ui.ctx());
    let rect = response.rect.shrink2(vec2(space::M, 0.0));
    let at = pos2(rect.left() + 5.0, rect.center().y);
    match row.leading {
        Some(kind) => {
            let colour = tokens.event(kind.class());
            events::form(ui.painter(), at, 5.0, kind.class(), colour, egui::Stroke::NONE);
        }
        None => mark(ui, at, row, place.precision, &tokens),
    }
    let number = words::number(u64::from(if of_events { row.events() } else { row.articles }));
    let end = pos2(rect.right() - 2.0, rect.center().y);
    let taken = widgets::line_right(ui, end, &number, widgets::body(), tokens.quiet);
    let left = pos2(rect.left() + 18.0, rect.center().y);
    let room = rect.right() - taken - space::M - left.x;
    let query = if row.matched { explorer.filter.query.as_str() } else { "" };
    let name = laid_out(ui, (room, 1), &place.name, query, (widgets::body(), tokens.text));
    let (wide, mut cut) = marked::paint(ui, left, name);
    let beside = room - wide - 6.0;
    if beside > 24.0 && !place.country.is_empty() && place.country != place.name {
        let at = left + vec2(wide + 6.0, 0.5);
        let country = laid_out(ui, (beside, 1), &place.country, query, (widgets::small(), tokens.quiet));
        cut |= marked::paint(ui, at, country).1;
    } else {
        cut |= place.country != place.name;
    }
    let mentions = words::count(row.mentions as usize, "mention", "mentions");
    let told = if cut { format!("{} · ", place.label()) } else { String::new() };
    match of_events {
        true => response.on_hover_text(format!("{told}{count} in {articles}")),
        false => response.on_hover_text(format!("{told}{mentions} in {count}")),
    }
}

/// The place's mark as the map draws it, small: disc, or ring for what is larger than a town.
fn mark(ui: &Ui, centre: egui::Pos2, row: &PlaceRow, precision: Precision, tokens: &Tokens) {
    let ring = row.associative || precision >= Precision::Region;
    if ring {
        ui.painter().circle_stroke(centre, 4.0, egui::Stroke::new(1.5, tokens.accent));
    } else if row.uncertain {
        let stroke = egui::Stroke::new(1.5, tokens.accent);
        let points: Vec<_> = (0..=24)
            .map(|n| centre + 4.0 * egui::Vec2::angled(n as f32 / 24.0 * std::f32::consts::TAU))
            .collect();
        ui.painter().extend(egui::Shape::dashed_line(&points, stroke, 2.5, 2.0));
    } else {
        ui.painter().circle_filled(centre, 4.5, tokens.accent);
    }
}

/// What has no place and what has no date keeps a row of its own; a click shows nothing else.
pub(super) fn lacking(
    ui: &mut Ui,
    height: f32,
    text: &str,
    lacking: Lacking,
    explorer: &Explorer,
    acts: &mut Vec<Act>,
) {
    let filter = &explorer.filter;
    let on = filter.lacking == Some(lacking);
    let response = widgets::row(ui, height, on, false, text);
    let tokens = Tokens::of(ui.ctx());
    let indent = if lacking == Lacking::Place { space::M + 18.0 } else { space::M };
    let at = pos2(response.rect.left() + indent, response.rect.center().y);
    widgets::line(ui, at, response.rect.right() - space::M - at.x, text, widgets::body(), tokens.quiet);
    let tip = if on { "Show the others again" } else { "Show only these" };
    if response.on_hover_text(tip).clicked() {
        acts.push(Act::Filter(Filter { lacking: (!on).then_some(lacking), ..filter.clone() }));
    }
}

/// An article: headline over outlet, date and number of places; between them, while a search is on, what it found.
pub(super) fn article(
    ui: &mut Ui,
    explorer: &Explorer,
    row: &ArticleRow,
    chosen: bool,
    passage: Option<&str>,
) -> egui::Response {
    let height = article_height(explorer);
    let Some(card) = explorer.collection.card(row.article) else {
        return widgets::row(ui, height, false, false, "");
    };
    let date = card.date.map(words::date);
    let source = explorer.collection.source(row.article).map(str::to_owned);
    let places = match row.places {
        _ if explorer.view.subject() == Subject::Events => {
            words::count(row.events as usize, "event", "events")
        }
        0 => "no place".to_owned(),
        places => words::count(places as usize, "place", "places"),
    };
    let copies = (row.copies > 0).then(|| words::count(row.copies as usize, "copy", "copies"));
    let meta = [source, date, Some(places), copies].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let name = format!("{}, {meta}", card.heading);
    let response = widgets::row(ui, height, chosen, false, &name);
    if !ui.is_rect_visible(response.rect) {
        return response;
    }
    let tokens = Tokens::of(ui.ctx());
    let query = explorer.filter.query.as_str();
    let rect = response.rect.shrink2(vec2(space::M, 0.0));
    let small = |text: &str| laid_out(ui, (rect.width(), 1), text, query, (widgets::small(), tokens.quiet));
    let headline = laid_out(ui, (rect.width(), 2), &card.heading, query, (widgets::body(), tokens.text));
    let found = passage
        .map(|passage| laid_out(ui, (rect.width(), 1), passage, query, (widgets::small(), tokens.text)));
    let (high, between) = (headline.size().y, if found.is_some() { PASSAGE } else { 0.0 });
    let mut at = pos2(rect.left(), rect.center().y - (high + between + PASSAGE) / 2.0 + high / 2.0);
    let (_, mut cut) = marked::paint(ui, at, headline);
    at.y += high / 2.0 + 10.0;
    if let Some(found) = found {
        marked::paint(ui, at, found);
        at.y += PASSAGE;
    }
    cut |= marked::paint(ui, at, small(&meta)).1;
    if cut {
        return response.on_hover_text(format!("{}\n{meta}", card.heading));
    }
    response
}
