//! What stands in each area of the window, wherever the area lies.
//! The panes are drawn here and nowhere else; where, `dock` says.

use egui::{Key, Modifiers, Rect, Ui, UiBuilder};

use super::command::Act;
use super::correct::{self, Around};
use super::dock::{Area, Layout};
use super::events;
use super::focus::Focus;
use super::map;
use super::reader;
use super::say;
use super::theme::Tokens;
use super::widgets;
use super::window::{DatelineApp, pane};
use crate::explore::Subject;

impl DatelineApp {
    /// Draws the areas; answers the place that the pointer is over.
    pub(super) fn areas(&mut self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) -> Option<u32> {
        let reading = self.is_reading_first();
        let wanted = Area::ALL.map(|area| (area, self.wants(area)));
        let is_wanted = |area: Area| wanted.contains(&(area, true));
        let mut shown = self.session.layout.fitted(rect.size(), is_wanted, reading);
        let (mut hovered, mut own) = (None, Vec::new());
        let mut draw = |ui: &mut Ui, area: Area| hovered = hovered.or(self.area(ui, area, acts));
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| shown.ui(ui, &mut draw, &mut own));
        acts.append(&mut own);
        let drawn = |area: Area| shown.drawn.iter().any(|&(other, _)| other == area);
        let sides = [Area::Lists, Area::Article];
        self.narrow = shown.narrow && sides.into_iter().all(is_wanted) && !sides.into_iter().all(drawn);
        self.wide = rect.width();
        self.map_shown = drawn(Area::Map);
        let map = shown.drawn.iter().find(|&&(area, _)| area == Area::Map);
        self.map_room = map.map_or(rect, |&(_, map)| map);
        self.focus.drawn.clone_from(&shown.drawn);
        self.session.layout.keep(shown);
        hovered
    }

    /// Whether the article matters more than the lists, where there is room for one.
    fn is_reading_first(&self) -> bool {
        !self.lists_in_front && self.explorer.selected.what.article().is_some()
    }

    /// Shows an area that something is about to happen in, before others that have its place.
    pub(super) fn show(&mut self, area: Area) {
        match area {
            Area::Map => self.session.map = true,
            Area::Article => (self.session.reader, self.lists_in_front) = (true, false),
            Area::Lists => (self.session.lists, self.lists_in_front) = (true, true),
            Area::Timeline => self.session.timeline.shown = true,
        }
        let reading = self.is_reading_first();
        if area == Area::Map && !Layout::has_room(area, self.wide, |area| self.wants(area), reading) {
            (self.session.lists, self.session.reader) = (false, false);
        }
        self.session.layout.bring(area);
    }

    /// Whether a person wants to see an area.
    fn wants(&self, area: Area) -> bool {
        match area {
            Area::Map => self.session.map,
            Area::Article => self.session.reader,
            Area::Lists => self.session.lists,
            Area::Timeline => self.session.timeline.shown,
        }
    }

    fn area(&mut self, ui: &mut Ui, area: Area, acts: &mut Vec<Act>) -> Option<u32> {
        let framed = self.focus.begin(ui, area);
        let hovered = self.within(ui, area, acts);
        if framed {
            Focus::ring(ui);
            if area == Area::Article {
                self.scroll_by_arrows(ui);
            }
        }
        hovered
    }

    /// While the whole article has the keyboard, the arrows scroll it.
    fn scroll_by_arrows(&mut self, ui: &Ui) {
        let [down, up] = [Key::ArrowDown, Key::ArrowUp]
            .map(|key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32);
        if down != up {
            self.reader.turn((down - up) * 0.12);
            ui.ctx().request_repaint();
        }
    }

    fn within(&mut self, ui: &mut Ui, area: Area, acts: &mut Vec<Act>) -> Option<u32> {
        let (rect, tokens) = (ui.max_rect(), Tokens::of(ui.ctx()));
        self.watch.did("areas");
        let hovered = match area {
            Area::Map => self.map(ui, rect, acts),
            Area::Article => self.article(ui, rect, acts),
            Area::Lists => pane(ui, rect, tokens.panel, |ui| {
                self.lists.ui(ui, &self.explorer, &mut self.session, self.loading.is_reading(), acts)
            }),
            Area::Timeline => {
                pane(ui, rect, tokens.panel, |ui| {
                    self.timeline.ui(ui, &self.explorer, &mut self.session, acts);
                });
                None
            }
        };
        self.watch.did(match area {
            Area::Map => "map",
            Area::Article => "article",
            Area::Lists => "lists",
            Area::Timeline => "timeline",
        });
        hovered
    }

    /// The map, with the search for places over it.
    fn map(&mut self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) -> Option<u32> {
        let sea = Tokens::of(ui.ctx()).sea;
        pane(ui, rect, sea, |ui| {
            let events =
                self.explorer.filter.subject == Subject::Events && !self.explorer.collection.is_empty();
            self.atlas.overlay(events.then(|| events::legend_room(rect, self.session.legend)).flatten());
            self.atlas.cover(self.finder.is_open());
            let pending = self.correcting.pending();
            let from = pending.and_then(|pending| pending.from.as_deref());
            self.atlas.preview(from, pending.and_then(|pending| pending.place()).map(|place| &**place));
            let hovered = self.atlas.ui(ui, &self.explorer, &self.session, acts);
            let view = &self.explorer.view;
            let foot = map::foot(self.session.sighting.heat);
            if !self.toasts.is_empty() {
                // They stand in its place.
            } else if self.explorer.collection.is_empty() && !self.loading.is_reading() {
                say::empty_map(ui, rect, foot, "Open articles, and their places appear here");
            } else if view.places.is_empty() && self.explorer.filter.subject == Subject::Events {
                say::empty_map(ui, rect, foot, events::nowhere(&self.explorer));
            } else if view.places.is_empty() && !self.explorer.filter.is_default() {
                say::empty_map(ui, rect, foot, "The search and the filters leave no place");
            }
            if events {
                events::legend(ui, rect, &self.explorer, self.session.legend, acts);
            }
            if let Some(room) = self.atlas.search_room() {
                let pinned = self.atlas.pinned().is_some();
                self.finder.ui(ui, room, rect.bottom(), pinned, &self.explorer.collection, acts);
            }
            hovered
        })
    }

    /// What can be made of words that are chosen in the article, over its foot.
    fn offer(&mut self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) {
        let Some(words) = self.reader.chosen_words() else { return };
        let retakes = self.explorer.selected.what.mention().is_some();
        let foot = rect.with_min_y(rect.bottom() - reader::OFFER);
        pane(ui, foot, Tokens::of(ui.ctx()).raised, |ui| reader::offer(ui, &words, retakes, acts));
    }

    /// The article, with the candidates of the selected mention under it.
    fn article(&mut self, ui: &mut Ui, rect: Rect, acts: &mut Vec<Act>) -> Option<u32> {
        let tokens = Tokens::of(ui.ctx());
        let what = self.explorer.selected.what;
        let event = what.event();
        let inspects = self.session.inspector && (what.mention().is_some() || event.is_some());
        let wished = match event {
            Some(_) => &mut self.session.card_height,
            None => &mut self.session.inspector_height,
        };
        // What is about to be said takes no room from the candidates.
        let more = if event.is_none() && self.correcting.pending().is_some() { correct::STRIP } else { 0.0 };
        let most = (rect.height() * if more > 0.0 { 0.6 } else { 0.45 }).max(0.0);
        let high = if inspects { (*wished + more).min(most).max(96.0_f32.min(most)) } else { 0.0 };
        let y = rect.bottom() - high;
        let mut hovered = pane(ui, rect.with_max_y(y), tokens.panel, |ui| {
            self.reader.ui(ui, &self.explorer, self.session.type_size, acts)
        });
        if high > 0.0 {
            let (explorer, state) = (&self.explorer, self.keeping.state());
            let around = Around { explorer, state, gazetteer: self.finder.gazetteer() };
            let over = pane(ui, rect.with_min_y(y), tokens.panel, |ui| match event {
                Some(event) => self.event_card.ui(ui, (explorer, state), event, acts),
                None => self.inspector.ui(ui, &around, &mut self.correcting, acts),
            });
            hovered = hovered.or(over);
            let line = Rect::from_x_y_ranges(rect.x_range(), y - 0.5..=y + 0.5);
            let id = Area::Article.id().with("candidates");
            let name =
                if event.is_some() { "Height of the event's card" } else { "Height of the candidates" };
            let moved = widgets::splitter(ui, id, line, false, name);
            if moved != 0.0 {
                *wished = high - more - moved;
            }
        }
        self.offer(ui, rect.with_max_y(y), acts);
        hovered
    }
}
