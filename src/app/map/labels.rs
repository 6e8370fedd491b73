//! Names on the map: of marks first, then of countries and towns, none over another.
//! Country names fade away where the map is near enough for towns to tell the country.

use std::sync::Arc;

use egui::text::{LayoutJob, TextFormat};
use egui::{Align2, Color32, FontId, Galley, Painter, Pos2, Rect, pos2, vec2};

use super::camera::Camera;
use super::towns::Town;
use crate::app::theme::{Tokens, semibold};
use crate::basemap::Basemap;
use crate::basemap::labels::{Area, BESIDE, Sheet, Side, Wanted};
use crate::basemap::mercator;

/// Least distance between two names, points.
const GAP: f32 = 3.0;
/// Side of the square that one town's name has to itself on average, points.
const TOWN_ROOM: f32 = 120.0;

/// The names of one frame as they are placed.
pub(super) struct Names<'a> {
    painter: &'a Painter,
    tokens: &'a Tokens,
    camera: Camera,
    sheet: Sheet,
}

impl<'a> Names<'a> {
    pub fn new(painter: &'a Painter, tokens: &'a Tokens, camera: Camera) -> Names<'a> {
        let sheet = Sheet::new(area(camera.rect.shrink(4.0)), GAP);
        Names { painter, tokens, camera, sheet }
    }

    /// Keeps names off a rectangle.
    pub fn occupy(&mut self, rect: Rect) {
        self.sheet.occupy(area(rect));
    }

    /// Writes a mark's name beside it.
    pub fn beside_mark(&mut self, at: Pos2, radius: f32, name: &str, strong: bool, strength: f32) {
        let font = if strong { semibold(13.0) } else { FontId::proportional(12.5) };
        let galley = self.painter.layout_no_wrap(name.to_owned(), font, Color32::PLACEHOLDER);
        // The ring round a selected mark is wider than the mark.
        let clear = radius + if strong { 7.0 } else { 4.0 };
        self.put(at, clear, &BESIDE, &galley, self.tokens.text.gamma_multiply(strength));
    }

    /// Writes the names of the countries in view, but those that `marked` already names.
    pub fn countries(&mut self, basemap: &Basemap, marked: &[&str]) {
        let zoom = self.camera.zoom;
        for label in basemap.country_labels() {
            if f64::from(label.min_zoom) > zoom + 0.4 || f64::from(label.max_zoom) < zoom - 1.0 {
                continue;
            }
            let at = self.camera.to_screen(mercator::project(label.lat, label.lon));
            if !self.camera.rect.contains(at) || (!label.code.is_empty() && marked.contains(&label.code)) {
                continue;
            }
            let size = if label.min_zoom < 3.0 { 11.5 } else { 10.5 };
            let galley = self.spaced(&label.name.to_uppercase(), size);
            self.put(at, 9.0, &[Side::Middle, Side::Below, Side::Above], &galley, self.tokens.map_label);
        }
    }

    /// Writes the names of towns with a dot at each, the most prominent first: about one to a
    /// square of [`TOWN_ROOM`] points, so that they are ground to the marks and not a crowd round them.
    pub fn towns(&mut self, towns: &[Town]) {
        let size = self.camera.rect.size();
        let mut left = (size.x * size.y / (TOWN_ROOM * TOWN_ROOM)).ceil() as usize;
        for town in towns {
            if left == 0 {
                break;
            }
            let at = self.camera.to_screen(town.at);
            let dot = Rect::from_center_size(at, vec2(5.0, 5.0));
            if !self.camera.rect.contains(at) || !self.sheet.is_clear(&area(dot)) {
                continue;
            }
            let font = FontId::proportional(if town.capital { 12.0 } else { 11.5 });
            let galley = self.painter.layout_no_wrap(town.name.clone(), font, Color32::PLACEHOLDER);
            let radius = if town.capital { 2.2 } else { 1.6 };
            if self.put(at, 4.0, &BESIDE, &galley, self.tokens.map_label) {
                left -= 1;
                self.occupy(dot);
                self.painter.circle_filled(at, radius + 1.0, self.tokens.land);
                self.painter.circle_filled(at, radius, self.tokens.map_label);
            }
        }
    }

    fn put(&mut self, at: Pos2, clear: f32, sides: &[Side], galley: &Arc<Galley>, colour: Color32) -> bool {
        let size = galley.size();
        let wanted = Wanted { anchor: [at.x, at.y], size: [size.x, size.y], clear, sides };
        let Some(area) = self.sheet.place(&wanted) else {
            return false;
        };
        let ppp = self.painter.pixels_per_point();
        let whole = |value: f32| (value * ppp).round() / ppp;
        let corner = pos2(whole(area.min[0]), whole(area.min[1]));
        halo(self.painter, corner, galley, colour, self.tokens.land);
        true
    }

    fn spaced(&self, text: &str, size: f32) -> Arc<Galley> {
        let format = TextFormat {
            font_id: semibold(size),
            extra_letter_spacing: size * 0.12,
            color: Color32::PLACEHOLDER,
            ..TextFormat::default()
        };
        self.painter.layout_job(LayoutJob::single_section(text.to_owned(), format))
    }
}

fn area(rect: Rect) -> Area {
    Area { min: [rect.min.x, rect.min.y], max: [rect.max.x, rect.max.y] }
}

/// Text in its colour over a blur of the land's, so that it can be read on borders and on the sea.
pub(super) fn halo(painter: &Painter, corner: Pos2, galley: &Arc<Galley>, colour: Color32, ground: Color32) {
    let around = ground.gamma_multiply(0.55 * f32::from(colour.a()) / 255.0);
    for (x, y) in
        [(-1.0, 0.0), (1.0, 0.0), (0.0, -1.0), (0.0, 1.0), (-0.7, -0.7), (0.7, -0.7), (-0.7, 0.7), (0.7, 0.7)]
    {
        painter.galley_with_override_text_color(corner + vec2(x, y) * 1.2, galley.clone(), around);
    }
    painter.galley_with_override_text_color(corner, galley.clone(), colour);
}

/// One line of haloed text at an anchor.
pub(super) fn haloed(
    painter: &Painter,
    at: Pos2,
    align: Align2,
    text: &str,
    font: FontId,
    colour: Color32,
    ground: Color32,
) {
    let galley = painter.layout_no_wrap(text.to_owned(), font, Color32::PLACEHOLDER);
    let corner = align.anchor_size(at, galley.size()).min;
    halo(painter, corner, &galley, colour, ground);
}
