//! The map pane: tiles of the basemap, marks of places, names, and moving about in it.
//! It owns where it looks and nothing else: what it shows is given to it every frame, and what was
//! clicked is given back.

mod camera;
mod card;
mod flight;
mod furniture;
mod ground;
mod labels;
mod marks;
mod pin;
mod places;
mod scene;
#[cfg(test)]
mod tests;
mod tiles;
mod tint;
mod towns;

use std::sync::Arc;

use egui::{Context, Rect, Response, Role, Ui, WidgetInfo};
use walkers::{Map, MapMemory, lat_lon};

use crate::app::theme::Tokens;
use crate::basemap::{Basemap, Style, mercator};
use crate::gazetteer::Gazetteer;
use crate::model::{Place, Precision};

use camera::{Bounds, Camera};
use flight::Flight;
use furniture::Press;
pub use pin::MapPin;
use places::{Frame, Places};
use scene::zoom_for;
pub use scene::{MapPoint, MapQuote, MapResponse, MapScene};
use tiles::BasemapTiles;
use tint::Tints;
use towns::Towns;

/// Room left around what the view is fitted to, points.
const MARGIN: f32 = 64.0;
/// Nearest that fitting a whole scene goes.
const FIT_NEAREST: f64 = 9.0;
/// Seconds without a change of zoom before tiles are drawn anew at just the size they are shown at.
const REST: f64 = 0.12;

/// The map pane. Lives as long as the window: it holds the tiles and where the map looks.
pub struct MapPane {
    memory: MapMemory,
    basemap: Arc<Basemap>,
    tiles: BasemapTiles,
    towns: Towns,
    tints: Tints,
    places: Places,
    flight: Option<Flight>,
    /// Where to fly once the size of the view is known.
    bound_for: Option<(Bounds, f64)>,
    /// Whether the view follows the scene, so that all of it stays in view; ends when somebody moves it.
    following: bool,
    view: Rect,
    /// Whom what it shows is owed to, and where that last stood.
    credit: String,
    credit_area: Rect,
    /// The last zoom, and since when it has been the same.
    rest: (f64, f64),
    /// Whether the map jumps where it would fly.
    pub reduced_motion: bool,
    /// The place that somebody went to.
    pub pin: Option<MapPin>,
    /// Whether a list lies over the map, which no card may hide.
    pub covered: bool,
}

impl MapPane {
    /// A map of the whole world; towns are named from the gazetteer, if there is one.
    pub fn new(ctx: &Context, basemap: Arc<Basemap>, gazetteer: Option<Gazetteer>) -> MapPane {
        let threads = std::thread::available_parallelism().map_or(1, |count| count.get().div_ceil(2).min(4));
        MapPane::with_workers(ctx, basemap, gazetteer, threads)
    }

    /// The same without threads: every tile is there in the frame that shows it. For tests.
    pub fn synchronous(ctx: &Context, basemap: Arc<Basemap>, gazetteer: Option<Gazetteer>) -> MapPane {
        MapPane::with_workers(ctx, basemap, gazetteer, 0)
    }

    fn with_workers(
        ctx: &Context,
        basemap: Arc<Basemap>,
        gazetteer: Option<Gazetteer>,
        workers: usize,
    ) -> MapPane {
        let mut memory = MapMemory::default();
        memory.center_at(lat_lon(25.0, 15.0));
        // Within the range that walkers takes.
        let _ = memory.set_zoom(2.0);
        let about = gazetteer.as_ref().map(Gazetteer::about).unwrap_or_default();
        MapPane {
            memory,
            credit: furniture::credit(&about),
            credit_area: Rect::NOTHING,
            tiles: BasemapTiles::new(ctx, basemap.clone(), workers),
            basemap,
            towns: Towns::new(gazetteer),
            tints: Tints::default(),
            places: Places::default(),
            flight: None,
            bound_for: None,
            following: true,
            view: Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(800.0, 600.0)),
            rest: (0.0, 0.0),
            reduced_motion: false,
            pin: None,
            covered: false,
        }
    }

    /// `(latitude, longitude)` of the view's middle, degrees.
    pub fn centre(&self) -> (f64, f64) {
        mercator::unproject(self.camera().centre)
    }

    /// Zoom: the world is `256 · 2^zoom` points wide.
    pub fn zoom(&self) -> f64 {
        self.memory.zoom()
    }

    /// Jumps to a view.
    #[cfg(test)]
    fn set_view(&mut self, lat: f64, lon: f64, zoom: f64) {
        self.following = false;
        self.flight = None;
        let mut camera = Camera { centre: mercator::project(lat, lon), zoom, rect: self.view };
        camera.hold();
        self.look(&camera);
    }

    /// Flies to a place: to its extent where that is known, else as near as its precision is worth.
    pub fn fly_to(&mut self, place: &Place) {
        self.following = false;
        let Place { lat, lon, precision, radius_m, .. } = *place;
        let at = mercator::project(lat, lon);
        let extent = || match &place.bbox {
            Some(bbox) => Some(Bounds::of(bbox)),
            None => (radius_m > 0.0).then(|| Bounds::circle(lat, lon, radius_m)),
        };
        let bounds = (precision >= Precision::District).then(extent).flatten();
        let nearest = zoom_for(precision);
        // A little nearer than its precision is worth where the extent allows.
        let wanted = bounds.map_or((Bounds { min: at, max: at }, nearest), |bounds| (bounds, nearest + 2.5));
        self.bound_for = Some(wanted);
    }

    /// Flies so that all these points, `(latitude, longitude)`, are in view.
    pub fn fly_to_all(&mut self, points: &[(f64, f64)]) {
        let points: Vec<[f64; 2]> = points.iter().map(|&(lat, lon)| mercator::project(lat, lon)).collect();
        if let Some(bounds) = Bounds::around(&points) {
            self.following = false;
            self.bound_for = Some((bounds, FIT_NEAREST));
        }
    }

    /// Flies so that all places of the scene are in view, and keeps them so until somebody moves the map.
    pub fn fit(&mut self) {
        if let Some(bounds) = Bounds::around(self.places.all()) {
            self.following = true;
            self.bound_for = Some((bounds, FIT_NEAREST));
        }
    }

    /// Zooms in by one about the middle.
    pub fn zoom_in(&mut self) {
        self.zoom_by(1.0);
    }

    /// Zooms out by one about the middle.
    pub fn zoom_out(&mut self) {
        self.zoom_by(-1.0);
    }

    fn zoom_by(&mut self, by: f64) {
        let camera = self.camera();
        self.bound_for = Some((Bounds { min: camera.centre, max: camera.centre }, self.zoom() + by));
    }

    /// Names towns from another gazetteer from now on, and whom it is owed to.
    pub fn name_towns_from(&mut self, gazetteer: Gazetteer) {
        self.credit = furniture::credit(&gazetteer.about());
        self.towns = Towns::new(Some(gazetteer));
    }

    /// Where in the view there is room for a search box; `None` on a map too narrow for one.
    pub fn search_room(&self) -> Option<Rect> {
        furniture::search_room(self.view)
    }

    /// Whether the map is on its way somewhere.
    pub fn is_flying(&self) -> bool {
        self.flight.is_some() || self.bound_for.is_some()
    }

    fn camera(&self) -> Camera {
        let at = self.memory.detached().unwrap_or_default();
        Camera { centre: mercator::project(at.y(), at.x()), zoom: self.memory.zoom(), rect: self.view }
    }

    fn look(&mut self, camera: &Camera) {
        let (lat, lon) = mercator::unproject(camera.centre);
        self.memory.center_at(lat_lon(lat, lon));
        // The camera keeps its zoom within what walkers takes.
        let _ = self.memory.set_zoom(camera.zoom);
    }

    /// Shows the map in all the room there is. `quote` gives the best sentence about a place.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        scene: &MapScene,
        selected: Option<u32>,
        hovered: Option<u32>,
        quote: &dyn Fn(u32) -> Option<MapQuote>,
    ) -> MapResponse {
        let tokens = Tokens::of(ui.ctx());
        self.view = ui.available_rect_before_wrap();
        let first = self.places.all().is_empty();
        if self.places.refresh(scene) && self.following && !scene.points.is_empty() {
            self.follow(first);
        }
        let map = Map::new(None, &mut self.memory, lat_lon(25.0, 15.0));
        let response = map
            .zoom_gesture(false)
            .double_click_to_zoom(false)
            .panning(false)
            .show(ui, |_, _, _, _| ())
            .response;
        response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, "Map"));
        self.travel(ui, &response);

        let camera = self.camera();
        let mut answer = MapResponse { background_clicked: response.clicked(), ..MapResponse::default() };
        let pointer =
            ui.input(|input| input.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(self.view));
        answer.pointer = pointer.map(|pointer| mercator::unproject(camera.to_world(pointer)));
        self.draw_ground(ui, &camera, &tokens);
        self.draw_tints(ui, &camera, scene, [selected, hovered], &tokens);
        let frame = Frame { ui, camera: &camera, scene, tokens: &tokens };
        let shown = self.places.show(&frame, [selected, hovered]);
        let pin = self.pin.as_ref().and_then(|pin| pin::show(ui, &camera, pin, &tokens));
        self.draw_names(ui, &camera, scene, (&shown, pin), &tokens);
        // After the marks, so that they lie over them and are clicked first.
        let pressed = furniture::buttons(ui, self.view, &tokens);
        self.credit_area = furniture::legend(ui, &camera, pointer, &self.credit, &tokens);
        if !self.covered {
            self.places.card(&frame, quote);
        }

        answer.clicked = shown.clicked;
        answer.hovered = shown.hovered;
        if let Some(bounds) = shown.opened {
            self.following = false;
            self.bound_for = Some((bounds, camera.zoom + 4.0));
        }
        match pressed {
            Some(Press::In) => self.zoom_in(),
            Some(Press::Out) => self.zoom_out(),
            Some(Press::Fit) => self.fit(),
            None => {}
        }
        if self.is_flying() {
            ui.ctx().request_repaint();
        }
        answer
    }

    /// Shows all of a scene that has changed: at first sight at once, then by flying.
    fn follow(&mut self, first: bool) {
        self.fit();
        if first && let Some((bounds, nearest)) = self.bound_for.take() {
            let camera = self.camera().fitting(&bounds, MARGIN, nearest);
            self.look(&camera);
        }
    }

    /// Flights, the wheel, double clicks, and the ends of the world.
    fn travel(&mut self, ui: &Ui, response: &Response) {
        let now = ui.input(|input| input.time);
        let span = f64::from(self.view.width());
        if response.dragged() {
            self.flight = None;
            self.following = false;
        }
        if let Some((bounds, nearest)) = self.bound_for.take() {
            self.take_off(&bounds, nearest, span, now);
        }
        if let Some(flight) = self.flight {
            let (centre, zoom, arrived) = flight.at(now, span);
            self.look(&Camera { centre, zoom, rect: self.view });
            if arrived {
                self.flight = None;
            }
        }
        let mut camera = self.camera();
        let before = (camera.centre, camera.zoom);
        if let Some((pointer, by)) = wheel(ui, self.view).or_else(|| double_click(ui, response)) {
            self.flight = None;
            self.following = false;
            camera.zoom_about(pointer, camera.zoom + by);
        }
        if self.flight.is_none() {
            camera.hold();
        }
        // Only when at rest: moving the middle to another copy of the world would stop the momentum.
        if !response.dragged() && !self.memory.animating() && self.flight.is_none() {
            camera.centre[0] = camera.centre[0].rem_euclid(1.0);
        }
        if (camera.centre, camera.zoom) != before {
            self.look(&camera);
        }
    }

    fn take_off(&mut self, bounds: &Bounds, nearest: f64, span: f64, now: f64) {
        let from = self.camera();
        let mut to = from.fitting(bounds, MARGIN, nearest);
        to.centre[0] = mercator::nearest(to.centre[0], from.centre[0]);
        if self.reduced_motion {
            self.flight = None;
            self.look(&to);
        } else {
            self.flight = Some(Flight::new((from.centre, from.zoom), (to.centre, to.zoom), span, now));
        }
    }

    fn draw_ground(&mut self, ui: &Ui, camera: &Camera, tokens: &Tokens) {
        let painter = ui.painter_at(self.view);
        painter.rect_filled(self.view, 0.0, tokens.sea);
        let now = ui.input(|input| input.time);
        if self.rest.0 != camera.zoom {
            self.rest = (camera.zoom, now);
        }
        let scale = ui.pixels_per_point();
        let waited = now - self.rest.1;
        let pixels = if waited >= REST { ground::tile_pixels(camera, scale) } else { (512.0 * scale) as u32 };
        self.tiles.begin(style(tokens), pixels, scale, waited >= REST);
        ground::draw(&painter, camera, &mut self.tiles);
        self.tiles.end();
        if waited < REST {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(REST - waited));
        }
    }

    fn draw_tints(
        &mut self,
        ui: &Ui,
        camera: &Camera,
        scene: &MapScene,
        keys: [Option<u32>; 2],
        tokens: &Tokens,
    ) {
        let painter = ui.painter_at(self.view);
        let mut tinted: Vec<&str> = Vec::new();
        for key in keys.into_iter().flatten().chain(self.places.hovered()) {
            let Some(point) = self.places.point(scene, key) else {
                continue;
            };
            let code = point.country_code.as_str();
            if point.precision == Precision::Country && !tinted.contains(&code) {
                tinted.push(code);
                self.tints.draw(&painter, camera, &self.basemap, code, tokens);
            }
        }
    }

    fn draw_names(
        &mut self,
        ui: &Ui,
        camera: &Camera,
        scene: &MapScene,
        (shown, pin): (&places::Shown, Option<pin::ShownPin>),
        tokens: &Tokens,
    ) {
        let painter = ui.painter_at(self.view);
        let mut names = labels::Names::new(&painter, tokens, *camera);
        for corner in furniture::kept_clear(self.view, self.credit_area) {
            names.occupy(corner);
        }
        if let Some((shown, pin)) = pin.zip(self.pin.as_ref()) {
            names.occupy(shown.rect);
            names.beside_mark(shown.head, pin::ShownPin::CLEAR, &pin.name, true, 1.0);
        }
        let round =
            |mark: &places::ShownMark| Rect::from_center_size(mark.at, egui::Vec2::splat(mark.radius * 2.0));
        let strong = shown.marks.iter().filter(|mark| mark.strong).count();
        for mark in &shown.marks[..strong] {
            names.occupy(round(mark));
        }
        let mut countries: Vec<&str> = Vec::new();
        for (order, mark) in shown.marks.iter().enumerate() {
            // What is selected keeps its name even over the group that it is part of.
            if order == strong {
                shown.marks[strong..].iter().for_each(|mark| names.occupy(round(mark)));
            }
            let Some(point) = mark.point.and_then(|index| scene.points.get(index)) else {
                continue;
            };
            names.beside_mark(mark.at, mark.radius, &point.name, mark.strong, mark.strength);
            if point.precision == Precision::Country {
                countries.push(&point.country_code);
            }
        }
        names.countries(&self.basemap, &countries);
        names.towns(self.towns.around(camera));
    }
}

/// The basemap in the theme's colours.
fn style(tokens: &Tokens) -> Style {
    let rgb = |colour: egui::Color32| [colour.r(), colour.g(), colour.b()];
    Style {
        sea: rgb(tokens.sea),
        land: rgb(tokens.land),
        coast: if tokens.dark { Style::DARK.coast } else { Style::LIGHT.coast },
        water: rgb(tokens.water),
        border: rgb(tokens.border),
        division: rgb(tokens.division),
    }
}

/// Where and by how much the wheel or a pinch zooms. By distance, not by time: walkers' own step grows
/// with the length of the frame.
fn wheel(ui: &Ui, view: Rect) -> Option<(egui::Pos2, f64)> {
    if !ui.rect_contains_pointer(view) {
        return None;
    }
    ui.input_mut(|input| {
        let pointer = input.pointer.hover_pos()?;
        let pinch = f64::from(input.zoom_delta()).max(1e-3).log2();
        let scroll = f64::from(std::mem::take(&mut input.smooth_scroll_delta).y);
        let by = if pinch == 0.0 { scroll / 100.0 } else { pinch };
        (by != 0.0).then_some((pointer, by))
    })
}

fn double_click(ui: &Ui, response: &Response) -> Option<(egui::Pos2, f64)> {
    let back = ui.input(|input| input.modifiers.shift);
    response
        .double_clicked()
        .then(|| response.interact_pointer_pos())?
        .map(|at| (at, if back { -1.0 } else { 1.0 }))
}
