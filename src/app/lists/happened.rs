//! The rows of the list of events: symbol, what and where over when, who says so, and whether it happened.
//! The sentence is looked up when the pointer rests on a row, and kept while the view is the same.

use std::collections::HashMap;

use egui::{Ui, pos2, vec2};
use egui_phosphor::regular as icon;

use super::marked::{self, laid_out};
use crate::app::theme::{Tokens, space};
use crate::app::{events, widgets, words};
use crate::explore::{EventRef, EventRow, Explorer, Happening, whole_sentence};
use crate::model::Polarity;

/// Height of a row, points.
pub(super) const HEIGHT: f32 = 46.0;

/// What the rows tell when the pointer rests on them.
#[derive(Default)]
pub(super) struct Tellings {
    revision: u64,
    sentences: HashMap<EventRef, String>,
}

impl Tellings {
    /// Draws the row of an event.
    pub fn row(&mut self, ui: &mut Ui, explorer: &Explorer, row: &EventRow, chosen: bool) -> egui::Response {
        let Some(happening) = explorer.collection.happening(row.at) else {
            return widgets::row(ui, HEIGHT, false, false, "");
        };
        let told = Told::of(explorer, row, happening);
        let linked = row.place.is_some() && explorer.hovered == row.place;
        let response = widgets::row(ui, HEIGHT, chosen, linked && !chosen, &told.spoken());
        if !ui.is_rect_visible(response.rect) {
            return response;
        }
        told.draw(ui, response.rect, happening, &explorer.filter.query);
        if self.revision != explorer.view.revision {
            self.revision = explorer.view.revision;
            self.sentences.clear();
        }
        let sentence = |at: EventRef| {
            let geoparsed = explorer.collection.article(at.article)?;
            Some(whole_sentence(&geoparsed.article.text, geoparsed.events.get(at.event)?.trigger))
        };
        response.on_hover_ui(|ui| {
            let kept = self.sentences.entry(row.at).or_insert_with(|| sentence(row.at).unwrap_or_default());
            ui.set_max_width(340.0);
            ui.label([told.title.as_str(), &told.place].join(" · "));
            ui.label(kept.as_str());
            ui.weak(&told.rest);
        })
    }
}

/// What a row says.
struct Told {
    title: String,
    place: String,
    /// Whether it happened, and whether it is news.
    doubts: Vec<(&'static str, &'static str)>,
    /// When, and who says so.
    rest: String,
    reports: u32,
}

impl Told {
    fn of(explorer: &Explorer, row: &EventRow, happening: &Happening) -> Told {
        let collection = &explorer.collection;
        let place = row.place.and_then(|key| collection.place(key));
        let polarity = happening.polarity;
        let mut doubts = Vec::new();
        if polarity != Polarity::Happened {
            doubts.push((events::polarity_icon(polarity), events::polarity(polarity)));
        }
        if happening.background {
            doubts.push((icon::CLOCK_COUNTER_CLOCKWISE, "Background"));
        }
        let source = collection.source(row.at.article).map(str::to_owned);
        let heading = || collection.card(row.at.article).map(|card| card.heading.clone());
        let rest =
            [Some(happening.days().map_or("no date".to_owned(), words::days)), source.or_else(heading)];
        Told {
            title: events::titled(happening.kind, collection.subtype(happening)),
            place: place.map_or("no place".to_owned(), |entry| entry.place.label()),
            doubts,
            rest: rest.into_iter().flatten().collect::<Vec<_>>().join(" · "),
            reports: row.reports,
        }
    }

    /// What a screen reader hears.
    fn spoken(&self) -> String {
        let mut said = vec![self.title.clone(), self.place.clone(), self.rest.replace(" · ", ", ")];
        said.extend(self.doubts.iter().map(|(_, word)| word.to_lowercase()));
        if self.reports > 1 {
            said.push(words::count(self.reports as usize, "report", "reports"));
        }
        said.join(", ")
    }

    fn draw(&self, ui: &Ui, row: egui::Rect, happening: &Happening, query: &str) {
        let tokens = Tokens::of(ui.ctx());
        let rect = row.shrink2(vec2(space::M, 0.0));
        let (first, second) = (rect.top() + 14.0, rect.top() + 32.0);
        let strength = if happening.background { 0.6 } else { 1.0 };
        let at = pos2(rect.left() + 9.0, rect.center().y);
        events::faded(ui.painter(), at, 9.0, happening.kind, &tokens, strength);
        let left = rect.left() + 28.0;
        let mut right = rect.right() - 2.0;
        if self.reports > 1 {
            let text = format!("{}×", words::number(u64::from(self.reports)));
            right -= widgets::line_right(ui, pos2(right, first), &text, widgets::small(), tokens.quiet) + 6.0;
        }
        let text = if happening.background { tokens.quiet } else { tokens.text };
        let title = laid_out(ui, (right - left, 1), &self.title, query, (widgets::body(), text));
        let (wide, _) = marked::paint(ui, pos2(left, first), title);
        let room = right - left - wide - 6.0;
        if room > 20.0 {
            let place = laid_out(ui, (room, 1), &self.place, query, (widgets::body(), tokens.quiet));
            marked::paint(ui, pos2(left + wide + 6.0, first), place);
        }
        let mut x = left;
        for (sign, word) in &self.doubts {
            let text = format!("{sign} {word}");
            x += widgets::line(ui, pos2(x, second), rect.right() - x, &text, widgets::small(), tokens.text)
                + 8.0;
        }
        let rest = laid_out(
            ui,
            ((rect.right() - x).max(0.0), 1),
            &self.rest,
            query,
            (widgets::small(), tokens.quiet),
        );
        marked::paint(ui, pos2(x, second), rest);
    }
}
