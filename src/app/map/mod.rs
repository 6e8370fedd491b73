//! The map pane: tiles of the basemap, marks of places, names, and moving about in it.
//! It owns where it looks and nothing else: what it shows is given to it every frame, and what was
//! clicked is given back.

mod area;
mod camera;
mod card;
mod emblems;
mod flight;
mod furniture;
mod ghost;
mod globe;
mod ground;
mod heat;
mod labels;
mod lettering;
mod marks;
mod measure;
mod menu;
mod pin;
mod places;
mod scene;
#[cfg(test)]
mod tests;
mod tiles;
mod tint;
mod title;
mod tools;
mod toponyms;
mod travel;
mod trouble;
mod under;

use std::sync::Arc;

use egui::{Context, DragPanButtons, Rect, Role, Stroke, StrokeKind, Ui, WidgetInfo};
use walkers::{Map, MapMemory, lat_lon};

use crate::app::theme::{Tokens, space};
use crate::basemap::{Basemap, Ground, Style, mercator};
use crate::explore::Scene;
use crate::gazetteer::Gazetteer;
use crate::geoparse::Notation;
use crate::model::{Bbox, Precision};

use camera::{Bounds, Camera};
use flight::Flight;
use furniture::{Legend, Press};
pub use ghost::MapGhost;
use heat::Heat;
use lettering::{Lettering, Named};
pub use pin::MapPin;
use places::{Frame, Places};
pub use scene::{MapEvent, MapQuote, MapResponse, MapWish};
use tiles::GroundTiles;
use tint::Tints;
use tools::Tools;
use toponyms::Toponyms;
pub use travel::has_keyboard;
pub use under::Under;

/// Room left around what the view is fitted to, points.
const MARGIN: f32 = 64.0;
/// Nearest that fitting a whole scene goes.
const FIT_NEAREST: f64 = 9.0;
/// Seconds without a change of zoom before tiles are drawn anew at just the size they are shown at.
const REST: f64 = 0.12;

/// Height at the map's foot that its scale and its coordinates take, and what explains the heat map where it is
/// shown, points.
pub(super) fn foot(heat: bool) -> f32 {
    44.0 + if heat { heat::HIGH + space::XS } else { 0.0 }
}

/// The map pane. Lives as long as the window: it holds the tiles and where the map looks.
pub struct MapPane {
    memory: MapMemory,
    basemap: Arc<Basemap>,
    tiles: GroundTiles,
    toponyms: Toponyms,
    lettering: Lettering,
    under: Under,
    tints: Tints,
    /// What was shown in the last frame.
    scene: Arc<Scene>,
    places: Places,
    flight: Option<Flight>,
    /// Where to fly once the size of the view is known.
    bound_for: Option<(Bounds, f64)>,
    /// Whether the view follows the scene, so that all of it stays in view; ends when somebody moves it.
    following: bool,
    /// Whether it begins where it was left, which goes before following.
    restored: bool,
    /// Where it last stood still, since when, and whether for long enough to be at rest.
    stood: (([f64; 2], f64), f64),
    resting: bool,
    tools: Tools,
    heat: Heat,
    view: Rect,
    /// Whom what it shows is owed to.
    credit: String,
    /// How coordinates are written.
    pub notation: Notation,
    /// The last zoom, and since when it has been the same.
    rest: (f64, f64),
    /// Whether countries are called as they call themselves.
    pub local_names: bool,
    /// Whether the map jumps where it would fly.
    pub reduced_motion: bool,
    /// The place that somebody went to.
    pub pin: Option<MapPin>,
    /// What a correction would do.
    pub ghost: Option<MapGhost>,
    /// Whether something is selected that may be put somewhere.
    pub puts: bool,
    /// What lies over the lower left corner of the map.
    pub overlaid: Option<Rect>,
    /// Whether a list lies over the map, which no card may hide.
    pub covered: bool,
    /// What it is a map of, where that is not everything.
    pub title: Option<String>,
}

/// What the map is to show.
pub struct MapContent<'a> {
    /// The places.
    pub scene: &'a Arc<Scene>,
    /// The place that is selected.
    pub selected: Option<u32>,
    /// The place that the pointer is over in another pane.
    pub hovered: Option<u32>,
    /// Whether what is reported glows in place of its marks.
    pub heat: bool,
    /// The box that nothing is shown beyond.
    pub area: Option<Bbox>,
    /// The best sentence about a place.
    pub quote: &'a dyn Fn(u32) -> Option<MapQuote>,
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
            notation: Notation::default(),
            tiles: GroundTiles::new(ctx, Ground::new(basemap.clone(), None), workers),
            basemap,
            toponyms: Toponyms::new(gazetteer, workers > 0, ctx),
            lettering: Lettering::default(),
            under: Under::default(),
            tints: Tints::default(),
            scene: Arc::default(),
            places: Places::default(),
            flight: None,
            bound_for: None,
            following: true,
            restored: false,
            stood: (([0.0; 2], 0.0), 0.0),
            resting: false,
            tools: Tools::default(),
            heat: Heat::default(),
            view: Rect::from_min_size(egui::Pos2::ZERO, egui::vec2(800.0, 600.0)),
            rest: (0.0, 0.0),
            local_names: false,
            reduced_motion: false,
            pin: None,
            ghost: None,
            puts: false,
            overlaid: None,
            covered: false,
            title: None,
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

    /// Names towns from another gazetteer from now on, and whom it is owed to.
    pub fn name_towns_from(&mut self, ctx: &Context, gazetteer: Gazetteer) {
        self.credit = furniture::credit(&gazetteer.about());
        self.toponyms = Toponyms::new(Some(gazetteer), self.tiles.has_workers(), ctx);
    }

    /// Where in the view there is room for a search box; `None` on a map too narrow for one.
    pub fn search_room(&self) -> Option<Rect> {
        furniture::search_room(self.view)
    }

    /// Shows the map in all the room there is.
    pub fn show(&mut self, ui: &mut Ui, content: &MapContent<'_>) -> MapResponse {
        let &MapContent { scene, selected, hovered, .. } = content;
        let tokens = Tokens::of(ui.ctx());
        self.view = ui.available_rect_before_wrap();
        let before = std::mem::replace(&mut self.scene, Arc::clone(scene));
        if self.places.refresh(scene) && self.following && !scene.points.is_empty() {
            self.follow(before.points.is_empty());
        }
        let still = self.tools.holds_still(ui);
        let held = if still { DragPanButtons::empty() } else { DragPanButtons::PRIMARY };
        let map = Map::new(None, &mut self.memory, lat_lon(25.0, 15.0));
        let response = map
            .zoom_gesture(false)
            .double_click_to_zoom(false)
            .panning(false)
            .drag_pan_buttons(held)
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
        if content.heat {
            let threads = self.tiles.has_workers();
            self.heat.show(ui, &camera, scene, threads, &tokens);
        }
        let frame = Frame { ui, camera: &camera, scene, tokens: &tokens, sparse: content.heat };
        let mut shown = self.places.show(&frame, [selected, hovered]);
        let pin = self.pin.as_ref().and_then(|pin| pin::show(ui, &camera, pin, &tokens));
        self.draw_names(ui, &camera, (selected, &shown, pin), &tokens);
        if let Some(about) = &self.ghost {
            ghost::show(ui, &camera, about, &tokens);
        }
        if let Some(title) = &self.title {
            title::show(ui, self.view, title, &tokens);
        }
        // After the marks, so that they lie over them and are clicked first.
        let unboxed = content.area.is_some_and(|area| area::show(ui, &camera, &area, &tokens));
        let pressed = furniture::buttons(ui, self.view, &tokens);
        if content.heat {
            self.heat.legend(ui, &camera, &tokens);
        }
        let renotated = self.legend(ui, &camera, answer.pointer, &tokens);
        if !self.covered {
            self.places.card(&frame, content.quote);
        }
        if shown.hovered.is_none() {
            self.tell_of_layers(&response, &camera);
        }
        if let Some((told, again)) = self.tiles.problem()
            && trouble::show(ui, self.above_legend(content.heat), &told, again, &tokens)
        {
            self.tiles.again();
        }
        let drawn = self.work(ui, (&response, pointer), &camera, &mut shown, &tokens);
        let chosen = self.menu(ui, pointer, &camera);
        let unboxed = unboxed.then_some(MapWish::Area(None));
        answer.wish = chosen.or(drawn).or(unboxed).or(renotated.then_some(MapWish::Renotate));

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
        if response.has_focus() {
            let ring = Stroke::new(2.0, tokens.accent);
            ui.painter_at(self.view).rect_stroke(self.view, 0.0, ring, StrokeKind::Inside);
        }
        answer
    }

    /// The view without what is taken at its foot by what explains the heat map, where it is shown.
    fn above_legend(&self, heat: bool) -> Rect {
        let taken = if heat { heat::HIGH + space::S } else { 0.0 };
        self.view.with_max_y((self.view.bottom() - taken).max(self.view.top()))
    }

    /// What lies in the lower corners; whether another notation of coordinates is asked for.
    fn legend(&self, ui: &Ui, camera: &Camera, pointer: Option<(f64, f64)>, tokens: &Tokens) -> bool {
        // No more decimals than a point of the screen is worth.
        let places = (self.zoom() / 3.4).floor().clamp(1.0, 5.0) as usize;
        let coordinates = pointer.map(|(lat, lon)| match self.notation {
            Notation::Decimal => format!("{lat:.places$}, {:.places$}", mercator::wrapped(lon)),
            notation => notation.write(lat, lon),
        });
        let legend = Legend {
            coordinates: coordinates.as_deref(),
            notation: self.notation.name(),
            credit: &self.owed(),
        };
        furniture::legend(ui, camera, &legend, tokens)
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
        self.tiles.begin(Style { plain: self.under.plain, ..style(tokens) }, pixels, scale, waited >= REST);
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
        scene: &Scene,
        keys: [Option<u32>; 2],
        tokens: &Tokens,
    ) {
        let painter = ui.painter_at(self.view);
        let mut tinted: Vec<&str> = Vec::new();
        for key in keys.into_iter().flatten().chain(self.places.hovered()) {
            let Some(point) = scene.point(key) else {
                continue;
            };
            let code = point.place.country_code.as_str();
            let precision = point.place.precision;
            if precision >= Precision::District && precision != Precision::Country {
                Tints::ring(&painter, camera, &point.place, tokens);
            } else if precision == Precision::Country && !tinted.contains(&code) {
                tinted.push(code);
                self.tints.draw(&painter, camera, &self.basemap, code, tokens);
            }
        }
    }

    fn draw_names(
        &mut self,
        ui: &Ui,
        camera: &Camera,
        (selected, shown, pin): (Option<u32>, &places::Shown, Option<pin::ShownPin>),
        tokens: &Tokens,
    ) {
        let scene = Arc::clone(&self.scene);
        let painter = ui.painter_at(self.view);
        let mut covered = furniture::covered(&painter, self.view, &self.owed()).to_vec();
        covered.extend(self.overlaid);
        let mut named = Named {
            basemap: &self.basemap,
            toponyms: &mut self.toponyms,
            scene: &scene,
            shown,
            pin: pin.zip(self.pin.as_ref()),
            selected: selected.and_then(|key| scene.index(key)),
            local: self.local_names,
            tiles: self.under.of_tiles.then(|| self.tiles.labels()).filter(|(_, labels)| !labels.is_empty()),
            covered: &covered,
            plain: !self.under.names,
        };
        self.lettering.show(&painter, camera, &mut named, tokens);
    }
}

/// The basemap in the theme's colours.
pub(super) fn style(tokens: &Tokens) -> Style {
    if tokens.dark { Style::DARK } else { Style::LIGHT }
}
