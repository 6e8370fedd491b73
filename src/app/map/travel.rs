//! How the map moves: flights, the wheel, double clicks, keys, and the ends of the world.
//! What is asked of it is carried out with the next frame, when the size of the view is known.

use egui::util::IdTypeMap;
use egui::{EventFilter, Id, Key, Modifiers, Response, Ui, Vec2, vec2};
use walkers::lat_lon;

use super::camera::{Bounds, Camera};
use super::flight::Flight;
use super::scene::zoom_for;
use super::{FIT_NEAREST, MARGIN, MapPane};
use crate::basemap::mercator;
use crate::explore::Sight;
use crate::model::{Place, Precision};

/// How far a key moves the map, points.
const STRIDE: f32 = 80.0;

/// Seconds without a move before the map counts as at rest.
const RESTING: f64 = 0.6;

/// Where it is noted whether the map has the keyboard.
fn keyboard_id() -> Id {
    Id::unique("map has the keyboard")
}

/// Whether the map has the keyboard, so that arrows move it and not the lists.
pub fn has_keyboard(data: &IdTypeMap) -> bool {
    data.get_temp(keyboard_id()).unwrap_or(false)
}

impl MapPane {
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
        let all: Vec<[f64; 2]> = self.scene.points.iter().map(|point| point.at).collect();
        if let Some(bounds) = Bounds::around(&all) {
            self.following = true;
            self.bound_for = Some((bounds, FIT_NEAREST));
        }
    }

    /// Flies to where the map looked before.
    pub fn return_to(&mut self, sight: &Sight) {
        self.following = false;
        let at = mercator::project(sight.centre.0, sight.centre.1);
        self.bound_for = Some((Bounds { min: at, max: at }, sight.zoom));
    }

    /// Begins where it looked when the program last ended, as long as there is something to be seen there.
    pub fn restore(&mut self, (lat, lon, zoom): (f64, f64, f64)) {
        let mut camera = Camera { centre: mercator::project(lat, lon), zoom, rect: self.view };
        camera.hold();
        self.look(&camera);
        self.restored = true;
    }

    /// Follows the scene again: other articles are opened.
    pub fn follow_again(&mut self) {
        self.following = true;
    }

    /// Shows everything once all is read, unless somebody has moved the map by then.
    pub fn all_read(&mut self) {
        if self.following {
            self.fit();
        }
    }

    /// Moves the view by shares of a stride.
    pub fn stride(&mut self, by: Vec2) {
        let mut camera = self.camera();
        let world = camera.world();
        let along = |by: f32| f64::from(by * STRIDE) / world;
        camera.centre = [camera.centre[0] + along(by.x), camera.centre[1] + along(by.y)];
        camera.hold();
        (self.flight, self.following) = (None, false);
        self.look(&camera);
    }

    /// Where the map looks.
    pub fn sight(&self) -> Sight {
        let camera = self.camera();
        let width = f64::from(self.view.width()) / camera.world() * 360.0;
        Sight { centre: mercator::unproject(camera.centre), zoom: camera.zoom, width }
    }

    /// Whether the map has come to rest.
    pub fn is_resting(&self) -> bool {
        self.resting && !self.is_flying()
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

    /// Whether the map is on its way somewhere.
    pub fn is_flying(&self) -> bool {
        self.flight.is_some() || self.bound_for.is_some()
    }

    pub(super) fn camera(&self) -> Camera {
        let at = self.memory.detached().unwrap_or_default();
        Camera { centre: mercator::project(at.y(), at.x()), zoom: self.memory.zoom(), rect: self.view }
    }

    pub(super) fn look(&mut self, camera: &Camera) {
        let (lat, lon) = mercator::unproject(camera.centre);
        self.memory.center_at(lat_lon(lat, lon));
        // The camera keeps its zoom within what walkers takes.
        let _ = self.memory.set_zoom(camera.zoom);
    }

    /// Shows all of a scene that has changed: at first sight at once, then by flying.
    pub(super) fn follow(&mut self, first: bool) {
        if std::mem::take(&mut self.restored) {
            let camera = self.camera();
            let seen = |at: [f64; 2]| self.view.contains(camera.to_screen(at));
            self.following = !self.scene.points.iter().any(|point| seen(point.at));
            if !self.following {
                return;
            }
        }
        self.fit();
        if first && let Some((bounds, nearest)) = self.bound_for.take() {
            let camera = self.fitted(&bounds, nearest);
            self.look(&camera);
        }
    }

    /// Flights, the wheel, double clicks, and the ends of the world.
    pub(super) fn travel(&mut self, ui: &Ui, response: &Response) {
        let now = ui.input(|input| input.time);
        let span = f64::from(self.view.width());
        if response.dragged() {
            self.flight = None;
            self.following = false;
        }
        self.keys(ui, response);
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
        if let Some((pointer, by)) = wheel(ui, self.view).or_else(|| self.double_click(ui, response)) {
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
        self.note_rest(ui, response.dragged() || self.memory.animating(), now);
    }

    /// Notes since when the map has stood still.
    fn note_rest(&mut self, ui: &Ui, moving: bool, now: f64) {
        let camera = self.camera();
        if moving || self.is_flying() || (camera.centre, camera.zoom) != self.stood.0 {
            self.stood = ((camera.centre, camera.zoom), now);
        }
        let left = RESTING - (now - self.stood.1);
        self.resting = left <= 0.0;
        if !self.resting {
            ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
        }
    }

    /// Arrows move the map while it has the keyboard.
    fn keys(&mut self, ui: &Ui, response: &Response) {
        let focused = response.has_focus();
        if ui.data(has_keyboard) != focused {
            ui.data_mut(|data| data.insert_temp(keyboard_id(), focused));
        }
        if !focused {
            return;
        }
        let filter = EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
        let pressed = |key: Key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let by = |key: Key| f32::from(u8::from(pressed(key)));
        let way = vec2(by(Key::ArrowRight) - by(Key::ArrowLeft), by(Key::ArrowDown) - by(Key::ArrowUp));
        if way != Vec2::ZERO {
            self.stride(way);
        }
    }

    fn double_click(&self, ui: &Ui, response: &Response) -> Option<(egui::Pos2, f64)> {
        let back = ui.input(|input| input.modifiers.shift);
        let clicked = response.double_clicked() && !self.tools.counts_clicks();
        clicked.then(|| response.interact_pointer_pos())?.map(|at| (at, if back { -1.0 } else { 1.0 }))
    }

    /// Where it looks so that bounds are in view, and no place in them under what lies over the map.
    fn fitted(&self, bounds: &Bounds, nearest: f64) -> Camera {
        let plain = self.camera().fitting(bounds, MARGIN, nearest);
        let Some(over) = self.overlaid else { return plain };
        let under = |at: [f64; 2]| bounds.contains(at) && over.expand(16.0).contains(plain.to_screen(at));
        if !self.scene.points.iter().any(|point| under(point.at)) {
            return plain;
        }
        let beside = |rect: egui::Rect| {
            let part = Camera { rect, ..plain }.fitting(bounds, MARGIN.min(rect.width() / 4.0), nearest);
            let centre = part.to_world(self.view.center());
            let mut whole = Camera { centre, zoom: part.zoom, rect: self.view };
            whole.hold();
            whole
        };
        let right = beside(self.view.with_min_x(over.right()));
        let above = beside(self.view.with_max_y(over.top()));
        if right.zoom > above.zoom { right } else { above }
    }

    fn take_off(&mut self, bounds: &Bounds, nearest: f64, span: f64, now: f64) {
        let from = self.camera();
        let mut to = self.fitted(bounds, nearest);
        to.centre[0] = mercator::nearest(to.centre[0], from.centre[0]);
        if self.reduced_motion {
            self.flight = None;
            self.look(&to);
        } else {
            self.flight = Some(Flight::new((from.centre, from.zoom), (to.centre, to.zoom), span, now));
        }
    }
}

/// Where and by how much the wheel or a pinch zooms. By distance, not by time: walkers' own step grows
/// with the length of the frame.
fn wheel(ui: &Ui, view: egui::Rect) -> Option<(egui::Pos2, f64)> {
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
