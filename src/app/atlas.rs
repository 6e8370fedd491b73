//! The map among the other panes: what is shown becomes a scene, clicks become selections, and a
//! selection made elsewhere moves the map.

use std::sync::Arc;

use egui::{Context, Ui};

use crate::basemap::source::Source;
use crate::basemap::{Basemap, mercator};
use crate::explore::{Explorer, Pane, Selection, Sight, sentence, whole_sentence};
use crate::gazetteer::Gazetteer;
use crate::model::{Bbox, Days, Place};

use super::AppError;
use super::command::{Act, Command};
use super::events;
use super::map::{MapContent, MapEvent, MapGhost, MapPane, MapPin, MapQuote, Under};
use super::session::{Session, Sighting};
use super::words;

/// The map with the scene it shows.
pub struct Atlas {
    pane: MapPane,
    followed: u64,
    place: Option<u32>,
    /// The days that the title names.
    days: Option<Days>,
    /// What the pointer was over in the last frame, `(latitude, longitude)`.
    pointer: Option<(f64, f64)>,
}

impl Atlas {
    /// A map of the whole world. With `threads` tiles are drawn behind the window; without, each is
    /// there in the frame that shows it.
    pub fn new(ctx: &Context, gazetteer: Gazetteer, threads: bool) -> Result<Self, AppError> {
        let basemap = Basemap::embedded().map_err(|error| AppError::Assets(error.to_string()))?;
        let (basemap, gazetteer) = (Arc::new(basemap), Some(gazetteer));
        let pane = if threads {
            MapPane::new(ctx, basemap, gazetteer)
        } else {
            MapPane::synchronous(ctx, basemap, gazetteer)
        };
        Ok(Self { pane, followed: 0, place: None, pointer: None, days: None })
    }

    /// `(latitude, longitude)` of the view's middle, degrees.
    pub fn centre(&self) -> (f64, f64) {
        self.pane.centre()
    }

    /// Zoom: the world is `256 · 2^zoom` points wide.
    pub fn zoom(&self) -> f64 {
        self.pane.zoom()
    }

    /// Names towns from another gazetteer from now on.
    pub fn name_towns_from(&mut self, ctx: &Context, gazetteer: Gazetteer) {
        self.pane.name_towns_from(ctx, gazetteer);
    }

    /// Flies so that a box of the unit square is in view.
    pub fn show_box(&mut self, corners: [[f64; 2]; 2]) {
        // Points all along it, so that the way round the world that it takes is plain.
        let [min, max] = corners;
        let along = |step: i32| min[0] + (max[0] - min[0]) * f64::from(step) / 8.0;
        let points = (0..=8).flat_map(|step| [[along(step), min[1]], [along(step), max[1]]]);
        self.pane.fly_to_all(&points.map(mercator::unproject).collect::<Vec<_>>());
    }

    /// Draws the map of a source's tiles from now on, or of the basemap inside the program.
    pub fn lay(&mut self, source: Option<Arc<Source>>, under: Under) {
        self.pane.lay(source, under);
    }

    /// Flies to a place.
    pub fn fly_to(&mut self, place: &Place) {
        self.pane.fly_to(place);
    }

    /// Flies to a place that somebody asked for, and sticks a pin in it.
    pub fn go_to(&mut self, place: &Place) {
        let Place { lat, lon, .. } = *place;
        self.pane.pin = Some(MapPin { lat, lon, name: place.name.clone(), label: place.label() });
        self.pane.fly_to(place);
    }

    /// Takes the pin out again; answers whether there was one.
    pub fn unpin(&mut self) -> bool {
        self.pane.pin.take().is_some()
    }

    /// The full name of the place that the pin is stuck in.
    pub fn pinned(&self) -> Option<&str> {
        self.pane.pin.as_ref().map(|pin| pin.label.as_str())
    }

    /// Asks for a point of the map.
    pub fn pick(&mut self) {
        self.pane.pick();
    }

    /// Shows what a correction would do, or nothing of the kind; flies so that it is seen where it is new.
    pub fn preview(&mut self, from: Option<&Place>, to: Option<&Place>) {
        let ghost = to.map(|to| MapGhost {
            from: from.map(|from| (from.lat, from.lon)),
            to: MapPin { lat: to.lat, lon: to.lon, name: to.name.clone(), label: to.label() },
        });
        if self.pane.ghost == ghost {
            return;
        }
        if let Some(MapGhost { from, to }) = &ghost {
            let points: Vec<_> = from.iter().copied().chain([(to.lat, to.lon)]).collect();
            let view = self.pane.in_view();
            if points.iter().any(|&(lat, lon)| !view.contains(lat, lon)) {
                self.pane.fly_to_all(&points);
            }
        }
        self.pane.ghost = ghost;
    }

    /// Holds back what is told of the place under the pointer while a list lies over the map.
    pub fn cover(&mut self, covered: bool) {
        self.pane.covered = covered;
    }

    /// What lies over the map's lower left corner from now on, and hides places there.
    pub fn overlay(&mut self, over: Option<egui::Rect>) {
        self.pane.overlaid = over;
    }

    /// Where in the view there is room for a search box.
    pub fn search_room(&self) -> Option<egui::Rect> {
        self.pane.search_room()
    }

    /// Carries out a command that is about the map.
    pub fn execute(&mut self, command: Command) {
        match command {
            Command::FitMap => self.pane.fit(),
            Command::ZoomIn => self.pane.zoom_in(),
            Command::ZoomOut => self.pane.zoom_out(),
            Command::PanWest => self.pane.stride(egui::vec2(-1.0, 0.0)),
            Command::PanEast => self.pane.stride(egui::vec2(1.0, 0.0)),
            Command::PanNorth => self.pane.stride(egui::vec2(0.0, -1.0)),
            Command::PanSouth => self.pane.stride(egui::vec2(0.0, 1.0)),
            Command::SelectBox => self.pane.toggle_box(),
            Command::Measure => self.pane.toggle_measure(),
            Command::MapMenu => self.pane.ask_here(),
            _ => {}
        }
    }

    /// Puts the map's tool away; answers whether there was one.
    pub fn put_away(&mut self) -> bool {
        self.pane.put_away()
    }

    /// Looks where it did when the program last ended.
    pub fn restore(&mut self, sighting: &Sighting) {
        if let Some(camera) = sighting.camera {
            self.pane.restore(camera);
        }
    }

    /// Shows everything that will be opened.
    pub fn follow_again(&mut self) {
        self.pane.follow_again();
    }

    /// Shows everything that was read, unless somebody has moved the map.
    pub fn all_read(&mut self) {
        self.pane.all_read();
    }

    /// Where it looks.
    pub fn sight(&self) -> Sight {
        self.pane.sight()
    }

    /// Flies to where it looked before.
    pub fn return_to(&mut self, sight: &Sight) {
        self.pane.return_to(sight);
    }

    /// Whether it stands still.
    pub fn is_resting(&self) -> bool {
        self.pane.is_resting()
    }

    /// The box that is in view.
    pub fn in_view(&self) -> Bbox {
        self.pane.in_view()
    }

    /// `(latitude, longitude)` under the pointer, or where it is not over the map, in the middle.
    pub fn pointed_at(&self) -> (f64, f64) {
        self.pointer.unwrap_or_else(|| self.pane.centre())
    }

    /// Draws the map; answers the place that the pointer is over.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        explorer: &Explorer,
        session: &Session,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        self.pane.reduced_motion = session.reduced_motion;
        self.pane.notation = session.sighting.notation;
        if self.days != explorer.filter.days {
            self.days = explorer.filter.days;
            self.pane.title = self.days.map(words::days);
        }
        self.pane.local_names = session.sighting.local_names;
        self.pane.puts = explorer.selected.what.mention().is_some();
        self.follow(explorer);
        let selected = explorer.selected.what.place(&explorer.collection);
        let quote = |key: u32| quote(explorer, key);
        let content = MapContent {
            scene: &explorer.view.scene,
            selected,
            hovered: explorer.hovered,
            heat: session.sighting.heat,
            area: explorer.filter.area,
            quote: &quote,
        };
        let response = self.pane.show(ui, &content);
        self.pointer = response.pointer;
        acts.extend(response.wish.map(Act::Map));
        if let Some(place) = response.clicked {
            acts.push(Act::SelectPlace(place, Pane::Map));
        }
        response.hovered
    }

    /// Flies to the selected place, or to all places of the selected article, unless it was selected here or is the one flown to last.
    fn follow(&mut self, explorer: &Explorer) {
        let selected = explorer.selected;
        if self.followed == selected.serial {
            return;
        }
        self.followed = selected.serial;
        let place = selected.what.place(&explorer.collection);
        if let Selection::Article(article) = selected.what
            && selected.from != Pane::Map
        {
            self.pane.fly_to_all(&points(explorer, article));
        }
        let moved = place != self.place;
        self.place = place;
        if let Some(entry) = place.and_then(|key| explorer.collection.place(key))
            && moved
            && selected.from != Pane::Map
        {
            self.pane.fly_to(&entry.place);
        }
    }
}

/// Where the places are that an article mentions, `(latitude, longitude)`.
fn points(explorer: &Explorer, article: usize) -> Vec<(f64, f64)> {
    let collection = &explorer.collection;
    let mentions = explorer.view.mentions_in(collection, article);
    let keys = mentions.into_iter().filter_map(|at| collection.place_of(at));
    keys.filter_map(|key| collection.place(key)).map(|entry| (entry.place.lat, entry.place.lon)).collect()
}

/// The best sentence about a place, for the card at its mark.
fn quote(explorer: &Explorer, key: u32) -> Option<MapQuote> {
    let row = explorer.view.row(key)?;
    let at = row.best;
    let geoparsed = explorer.collection.article(at.article)?;
    let event = row.event.and_then(|number| geoparsed.events.get(number));
    let text = match event {
        Some(event) => whole_sentence(&geoparsed.article.text, event.trigger),
        None => {
            let quote = sentence(&geoparsed, geoparsed.mentions.get(at.mention)?);
            format!("{}{}{}", quote.before, quote.words, quote.after)
        }
    };
    let article = &geoparsed.article;
    let date = article.date.map(words::date);
    let source: Vec<String> = [article.source.clone(), date].into_iter().flatten().collect();
    let source = if source.is_empty() { article.heading().to_owned() } else { source.join(", ") };
    let event = event.map(|event| MapEvent {
        kind: event.kind,
        title: events::title(event),
        facts: events::facts(&geoparsed, event),
    });
    Some(MapQuote { text, source, event })
}
