//! The rows of the lists: a place with its mark and count, an article with its outlet and date.

use egui::{Ui, pos2, vec2};

use crate::explore::{ArticleRow, Explorer, Filter, Lacking, PlaceRow};
use crate::model::Precision;

use super::command::Act;
use super::theme::{Tokens, space};
use super::widgets;
use super::words;

/// Height of an article's row: two lines of headline, and outlet with date, points.
pub(super) const ARTICLE: f32 = 64.0;

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
    let count = words::count(row.articles as usize, "article", "articles");
    let name = format!("{}, {count}", place.label());
    let response = widgets::row(ui, space::ROW, chosen, linked, &name);
    if ui.is_rect_visible(response.rect) {
        let tokens = Tokens::of(ui.ctx());
        let rect = response.rect.shrink2(vec2(space::M, 0.0));
        mark(ui, pos2(rect.left() + 5.0, rect.center().y), row, place.precision, &tokens);
        let number = words::number(u64::from(row.articles));
        let end = pos2(rect.right() - 2.0, rect.center().y);
        let taken = widgets::line_right(ui, end, &number, widgets::body(), tokens.quiet);
        let left = pos2(rect.left() + 18.0, rect.center().y);
        let room = rect.right() - taken - space::M - left.x;
        let wide = widgets::line(ui, left, room, &place.name, widgets::body(), tokens.text);
        let beside = room - wide - 6.0;
        if beside > 24.0 && !place.country.is_empty() && place.country != place.name {
            let at = left + vec2(wide + 6.0, 0.5);
            widgets::line(ui, at, beside, &place.country, widgets::small(), tokens.quiet);
        }
    }
    response
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
    let response = widgets::row(ui, height, false, false, text);
    let tokens = Tokens::of(ui.ctx());
    let at = pos2(response.rect.left() + space::M, response.rect.center().y);
    let wide = response.rect.width() - space::XL;
    widgets::line(ui, at, wide, text, widgets::body(), tokens.quiet);
    if response.clicked() {
        acts.push(Act::Filter(Filter { lacking: (!on).then_some(lacking), ..filter.clone() }));
    }
}

/// An article: headline over outlet, date and number of places.
pub(super) fn article(ui: &mut Ui, explorer: &Explorer, row: &ArticleRow, chosen: bool) -> egui::Response {
    let Some(geoparsed) = explorer.collection.article(row.article) else {
        return widgets::row(ui, ARTICLE, false, false, "");
    };
    let article = &geoparsed.article;
    let date = article.date.map(words::date);
    let meta = [article.source.clone(), date, Some(words::count(row.places as usize, "place", "places"))];
    let meta = meta.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let name = format!("{}, {meta}", article.heading());
    let response = widgets::row(ui, ARTICLE, chosen, false, &name);
    if ui.is_rect_visible(response.rect) {
        let tokens = Tokens::of(ui.ctx());
        let rect = response.rect.shrink2(vec2(space::M, 0.0));
        let headline = widgets::two_lines(ui, rect.width(), article.heading(), tokens.text);
        let high = headline.size().y;
        let top = rect.center().y - (high + 18.0) / 2.0;
        ui.painter().galley(pos2(rect.left(), top), headline, tokens.text);
        let below = pos2(rect.left(), top + high + 10.0);
        widgets::line(ui, below, rect.width(), &meta, widgets::small(), tokens.quiet);
    }
    response
}
