//! The map among the other panes: what is shown becomes a scene, clicks become selections, and a
//! selection made elsewhere moves the map.

use std::sync::Arc;

use egui::{Context, Ui};

use crate::basemap::Basemap;
use crate::explore::{Explorer, Pane, Selection, sentence};
use crate::gazetteer::Gazetteer;
use crate::model::Place;

use super::AppError;
use super::command::{Act, Command};
use super::map::{MapPane, MapPin, MapPoint, MapQuote, MapScene};
use super::words;

/// The map with the scene it shows.
pub struct Atlas {
    pane: MapPane,
    scene: MapScene,
    followed: u64,
    place: Option<u32>,
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
        Ok(Self { pane, scene: MapScene::default(), followed: 0, place: None })
    }

    /// `(latitude, longitude)` of the view's middle, degrees.
    pub fn centre(&self) -> (f64, f64) {
        self.pane.centre()
    }

    /// Zoom: the world is `256 · 2^zoom` points wide.
    pub fn zoom(&self) -> f64 {
        self.pane.zoom()
    }

    /// Flies so that every place shown is in view.
    pub fn fit(&mut self) {
        self.pane.fit();
    }

    /// Names towns from another gazetteer from now on.
    pub fn name_towns_from(&mut self, gazetteer: Gazetteer) {
        self.pane.name_towns_from(gazetteer);
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

    /// Holds back what is told of the place under the pointer while a list lies over the map.
    pub fn cover(&mut self, covered: bool) {
        self.pane.covered = covered;
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
            _ => {}
        }
    }

    /// Draws the map; answers the place that the pointer is over.
    pub fn ui(
        &mut self,
        ui: &mut Ui,
        explorer: &Explorer,
        reduced_motion: bool,
        acts: &mut Vec<Act>,
    ) -> Option<u32> {
        if self.scene.revision != explorer.view.revision {
            self.scene = scene(explorer);
        }
        self.pane.reduced_motion = reduced_motion;
        self.follow(explorer);
        let selected = explorer.selected.what.place(&explorer.collection);
        let quote = |key: u32| quote(explorer, key);
        let response = self.pane.show(ui, &self.scene, selected, explorer.hovered, &quote);
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

/// The view's places as the map wants them.
fn scene(explorer: &Explorer) -> MapScene {
    let rows = explorer.view.places.iter();
    let points = rows.filter_map(|row| {
        let place = &explorer.collection.place(row.key)?.place;
        Some(MapPoint {
            key: row.key,
            lat: place.lat,
            lon: place.lon,
            articles: row.articles,
            mentions: row.mentions,
            precision: place.precision,
            radius_m: place.radius_m,
            name: place.name.clone(),
            label: place.label(),
            uncertain: row.uncertain,
            associative_only: row.associative,
            country_code: place.country_code.clone(),
            bbox: place.bbox,
        })
    });
    MapScene { points: points.collect(), revision: explorer.view.revision }
}

/// The best sentence about a place, for the card at its mark.
fn quote(explorer: &Explorer, key: u32) -> Option<MapQuote> {
    let at = explorer.view.row(key)?.best;
    let geoparsed = explorer.collection.article(at.article)?;
    let quote = sentence(geoparsed, explorer.collection.mention(at)?);
    let article = &geoparsed.article;
    let date = article.date.map(words::date);
    let source: Vec<String> = [article.source.clone(), date].into_iter().flatten().collect();
    let source = if source.is_empty() { article.heading().to_owned() } else { source.join(", ") };
    Some(MapQuote { text: format!("{}{}{}", quote.before, quote.words, quote.after), source })
}
