//! Some mentions of a place mean another: its names and articles to be ticked, and the place that they mean.

use std::collections::BTreeSet;
use std::sync::Arc;

use egui::{Context, RichText, ScrollArea, Ui, vec2};

use super::form::Around;
use super::search::PlaceSearch;
use crate::app::command::Act;
use crate::app::project::{Correction, Ruling};
use crate::app::theme::{Tokens, space};
use crate::app::{dialog, widgets, words};
use crate::explore::{AtPlace, Collection, MentionRef, at_place};
use crate::jobs::{Answer, Task};
use crate::model::Place;

/// Articles that are listed.
const LISTED: usize = 300;

/// What stands for a place, to be ticked.
pub struct SplitForm {
    place: Arc<Place>,
    counted: Counted,
    by_article: bool,
    names: BTreeSet<u32>,
    articles: BTreeSet<usize>,
    other: Option<Arc<Place>>,
    search: PlaceSearch,
}

/// The mentions of the place, or the work on them.
enum Counted {
    Awaited(Task<AtPlace>),
    Here(AtPlace),
}

impl SplitForm {
    /// Which mentions of the place with this key mean another.
    pub fn new(ctx: &Context, collection: &Collection, key: u32) -> Option<SplitForm> {
        let place = Arc::clone(&collection.place(key)?.place);
        let (copy, ctx) = (collection.snapshot(), ctx.clone());
        let task = Task::start(move || ctx.request_repaint(), move || at_place(&copy, key));
        let search = PlaceSearch::new("The place that they mean", place.name.clone()).unasked();
        Some(SplitForm {
            place,
            counted: Counted::Awaited(task),
            by_article: false,
            names: BTreeSet::new(),
            articles: BTreeSet::new(),
            other: None,
            search,
        })
    }

    /// Whether its mentions are still being looked for.
    pub fn is_busy(&self) -> bool {
        matches!(self.counted, Counted::Awaited(_))
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        if let Counted::Awaited(task) = &self.counted {
            match task.poll() {
                Answer::Awaited => {}
                Answer::Here(found) => self.counted = Counted::Here(found),
                Answer::Lost => self.counted = Counted::Here(AtPlace::default()),
            }
        }
        let (mut open, mut done) = (true, false);
        dialog::window("Some of them mean another place", &mut open).show(ctx, |ui| {
            ui.set_width(440.0);
            ui.spacing_mut().item_spacing.y = space::S;
            let collection = &around.explorer.collection;
            let what = format!("Tick what does not mean {}", self.place.label());
            ui.label(RichText::new(what).color(Tokens::of(ctx).quiet));
            ui.horizontal(|ui| {
                for (name, by_article) in [("By name", false), ("By article", true)] {
                    if widgets::chip(ui, name, self.by_article == by_article, name).clicked() {
                        self.by_article = by_article;
                    }
                }
            });
            self.ticks(ui, collection);
            if let Some(place) = self.search.ui(ui, around.gazetteer, collection, 140.0) {
                self.other = Some(place);
            }
            ui.spacing_mut().item_spacing.y = space::S;
            let mentions = self.mentions(collection);
            let other = self.other.clone().filter(|other| other.id != self.place.id && !mentions.is_empty());
            let count = words::count(mentions.len(), "mention", "mentions");
            let said = match &other {
                Some(other) => format!("{count} → {}", other.label()),
                None => format!("{count} ticked"),
            };
            ui.add(egui::Label::new(said).wrap());
            let pressed = widgets::foot(ui, |ui| self.search.button(ui, "Say so", other.is_some()));
            if let Some(other) = other.filter(|_| pressed) {
                let ruling = Ruling::Place(other);
                let name = self.place.name.clone();
                let split = Correction::rule_all(name, collection, mentions, ruling);
                acts.push(Act::Correct(Box::new(split)));
                done = true;
            }
        });
        open && !done
    }

    /// The names or the articles, each with how many mentions there are.
    fn ticks(&mut self, ui: &mut Ui, collection: &Collection) {
        let Counted::Here(found) = &self.counted else {
            ui.label("Looking for its mentions…");
            return;
        };
        let high = 160.0;
        ScrollArea::vertical().id_salt("ticks").max_height(high).min_scrolled_height(high).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if self.by_article {
                let own = |one: &MentionRef, next: &MentionRef| one.article == next.article;
                for own in found.all.mentions.chunk_by(own).take(LISTED) {
                    let article = own[0].article;
                    let heading = collection.card(article).map_or("", |card| card.heading.as_str());
                    if tick(ui, heading, own.len(), self.articles.contains(&article)) {
                        toggle(&mut self.articles, article);
                    }
                }
            } else {
                for (name, reach) in &found.names {
                    let words = collection.name(*name).unwrap_or_default();
                    if tick(ui, &format!("“{words}”"), reach.mentions.len(), self.names.contains(name)) {
                        toggle(&mut self.names, *name);
                    }
                }
            }
        });
    }

    /// The mentions that are ticked.
    fn mentions(&self, collection: &Collection) -> Vec<MentionRef> {
        let Counted::Here(found) = &self.counted else { return Vec::new() };
        let ticked = |at: &&MentionRef| {
            if self.by_article {
                return self.articles.contains(&at.article);
            }
            collection.glance(**at).is_some_and(|glance| self.names.contains(&glance.name))
        };
        if self.by_article && self.articles.is_empty() || !self.by_article && self.names.is_empty() {
            return Vec::new();
        }
        found.all.mentions.iter().filter(ticked).copied().collect()
    }
}

/// A line to be ticked; answers whether it was clicked.
fn tick(ui: &mut Ui, text: &str, count: usize, on: bool) -> bool {
    let tokens = Tokens::of(ui.ctx());
    let count = words::count(count, "mention", "mentions");
    let mut ticked = on;
    let row = ui.horizontal(|ui| {
        let checkbox = ui.checkbox(&mut ticked, "");
        let name = format!("{text}: {count}");
        checkbox.widget_info(|| egui::WidgetInfo::selected(egui::Role::CheckBox, true, on, name.as_str()));
        let wide = vec2(ui.available_width(), space::ROW - 2.0);
        let (rect, response) = ui.allocate_exact_size(wide, egui::Sense::click());
        let taken = widgets::line_right(ui, rect.right_center(), &count, widgets::small(), tokens.quiet);
        let room = rect.width() - taken - space::S;
        widgets::line(ui, rect.left_center(), room, text, widgets::body(), tokens.text);
        response.on_hover_text(text).clicked() || checkbox.clicked()
    });
    row.inner
}

fn toggle<T: Ord>(set: &mut BTreeSet<T>, one: T) {
    if let Some(one) = set.take(&one).map_or(Some(one), |_| None) {
        set.insert(one);
    }
}
