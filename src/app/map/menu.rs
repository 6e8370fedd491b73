//! What a right click on the map, or a key, asks about a point: its coordinates, what lies around it, what is
//! reported there.
//! What it says is found out when it opens, and stands while the map moves beneath.

use egui::containers::menu::menu_style;
use egui::{Align, Button, Id, Layout, Popup, PopupKind, Pos2, RichText, Role, Ui, WidgetInfo, vec2};
use egui_phosphor::regular as icon;

use super::area;
use super::camera::Camera;
use super::globe::{self, LatLon};
use super::scene::MapWish;
use crate::app::theme::{Tokens, size, space};
use crate::app::{widgets, words};
use crate::basemap::mercator;
use crate::explore::Scene;
use crate::gazetteer::Gazetteer;
use crate::geoparse::Notation;
use crate::model::{Bbox, Place};

/// Places of the gazetteer that are told.
const NEAREST: usize = 4;
/// Places that are asked for, since some are no towns.
const ASKED: usize = 40;
/// What is reported “here” lies this near on the screen, points.
const HERE: f64 = 48.0;
/// The same on the globe at most and at least, metres.
const HERE_METRES: std::ops::RangeInclusive<f64> = 1_000.0..=300_000.0;

/// What is asked about.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    at: LatLon,
    screen: Pos2,
    nearest: Vec<(Place, String)>,
    /// What counts as here, its half side in metres, and how many places are shown there.
    here: (Bbox, f64, usize),
    /// Whether there is something to put there.
    puts: bool,
    /// Whether it is to take the keyboard.
    fresh: bool,
}

impl Spot {
    /// The same, where there may be something to put there.
    pub fn putting(self, puts: bool) -> Spot {
        Spot { puts, ..self }
    }

    /// Finds out what is to be told of a point of the screen.
    pub fn at(camera: &Camera, screen: Pos2, scene: &Scene, gazetteer: Option<&Gazetteer>) -> Spot {
        let (lat, lon) = mercator::unproject(camera.to_world(screen));
        let at = (lat, mercator::wrapped(lon));
        let found = gazetteer.map_or(Vec::new(), |gazetteer| {
            let towns = gazetteer.nearest(at.0, at.1, ASKED).into_iter().map(|(row, _)| row);
            towns
                .filter(|&row| gazetteer.feature(row).0 == 'P')
                .filter_map(|row| gazetteer.place(row))
                .collect()
        });
        let nearest = found.into_iter().take(NEAREST).map(|place: Place| {
            let there = (place.lat, place.lon);
            let away = globe::metres(there, at);
            let said = format!("{} {}", globe::length(away), globe::direction(at, there));
            (place, said)
        });
        let around = mercator::EQUATOR_METRES * at.0.to_radians().cos().max(0.01);
        let radius = (HERE / camera.world() * around).clamp(*HERE_METRES.start(), *HERE_METRES.end());
        let bbox = area::around(at, radius);
        let inside = |place: &Place| bbox.contains(place.lat, place.lon);
        let places = scene.points.iter().filter(|point| inside(&point.place)).count();
        Spot {
            at,
            screen,
            nearest: nearest.collect(),
            here: (bbox, radius, places),
            puts: false,
            fresh: true,
        }
    }
}

fn id() -> Id {
    Id::unique("map menu")
}

/// Opens it.
pub(super) fn open(ui: &Ui) {
    Popup::open_id(ui.ctx(), id());
}

/// Shows it where it is open; what was chosen.
pub(super) fn show(ui: &Ui, spot: &mut Spot, notation: Notation) -> Option<MapWish> {
    let popup = Popup::new(id(), ui.ctx().clone(), spot.screen, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .style(menu_style)
        .open_memory(None)
        .accessible_name("What is here");
    popup.show(|ui| contents(ui, spot, notation)).and_then(|shown| shown.inner)
}

fn contents(ui: &mut Ui, spot: &mut Spot, notation: Notation) -> Option<MapWish> {
    ui.set_min_width(292.0);
    ui.set_max_width(292.0);
    let mut wish = None;
    let mut choose = |chosen: bool, what: MapWish| {
        if chosen {
            wish = Some(what);
        }
    };
    let text = notation.write(spot.at.0, spot.at.1);
    let first = item(ui, icon::COPY, &text, "Copy", &format!("Copy {text}"));
    if std::mem::take(&mut spot.fresh) {
        first.request_focus();
    }
    choose(first.on_hover_text("Copy these coordinates").clicked(), MapWish::Copy(text));
    line(ui);
    let (bbox, metres, places) = spot.here;
    let here = format!("What is reported within {}", globe::length(metres));
    let count = words::count(places, "place", "places");
    let reported = item(ui, icon::LIST_MAGNIFYING_GLASS, &here, &count, &format!("{here}: {count}"));
    choose(
        reported.on_hover_text("Show only the articles that speak of places here").clicked(),
        MapWish::Report(bbox),
    );
    let view = item(ui, icon::FRAME_CORNERS, "Only what is in view", "", "Only what is in view");
    choose(view.clicked(), MapWish::InView);
    let measure = item(ui, icon::RULER, "Measure from here", "", "Measure from here");
    choose(measure.clicked(), MapWish::MeasureFrom(spot.at));
    if spot.puts {
        let put = "Put the selected mention here…";
        let put = item(ui, icon::MAP_PIN_PLUS, put, "", put);
        choose(put.on_hover_text("Say that this is the place it means").clicked(), MapWish::Put(spot.at));
    }
    if spot.nearest.is_empty() {
        return wish;
    }
    line(ui);
    let tokens = Tokens::of(ui.ctx());
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        ui.add_space(space::S);
        ui.label(RichText::new("Nearest places").size(size::SMALL).color(tokens.quiet));
    });
    for (place, said) in &spot.nearest {
        let name = format!("Go to {}, {said}", place.label());
        let row = item(ui, icon::MAP_PIN, &place.name, said, &name);
        choose(row.on_hover_text(place.label()).clicked(), MapWish::GoTo(Box::new(place.clone())));
    }
    wish
}

fn line(ui: &mut Ui) {
    ui.add_space(space::XS);
    widgets::hairline(ui);
    ui.add_space(space::XS);
}

/// A row: what it does at the left, what there is to know of it at the right.
fn item(ui: &mut Ui, glyph: &str, text: &str, beside: &str, name: &str) -> egui::Response {
    let quiet = Tokens::of(ui.ctx()).quiet;
    let glyph = RichText::new(glyph).size(size::ICON).color(quiet);
    let beside = RichText::new(beside).size(size::SMALL).color(quiet);
    let button = Button::new((glyph, text)).right_text(beside).truncate().min_size(vec2(280.0, space::ROW));
    let response = ui.add(button);
    response.widget_info(|| WidgetInfo::labeled(Role::MenuItem, true, name));
    if response.clicked() {
        ui.close();
    }
    response
}
