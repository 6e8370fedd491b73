//! A place of one's own: a name, a point, how exactly it says where, and a note.
//! The point is typed, or shown on the map, for which the window steps aside.

use egui::{Context, RichText};

use super::Wish;
use super::form::Around;
use crate::app::command::Act;
use crate::app::project::Ruling;
use crate::app::theme::{Tokens, space};
use crate::app::{dialog, widgets};
use crate::geoparse;
use crate::model::Precision;
use crate::project::change::{Pin, pin};

const NAME: &str = "Name of the place";

/// How exactly a point may be meant: what it is called, and the radius of a circle that covers it, kilometres.
const EXACT: [(Precision, &str, f64); 4] = [
    (Precision::Point, "Spot", 0.2),
    (Precision::Settlement, "Town", 3.0),
    (Precision::District, "District", 25.0),
    (Precision::Region, "Region", 100.0),
];

/// A point that is being set.
#[derive(Clone, Debug)]
pub struct PinForm {
    name: String,
    position: String,
    precision: usize,
    radius: String,
    note: String,
    error: Option<&'static str>,
    asked: bool,
}

impl PinForm {
    /// One for something of this name, here where it is known where, `(latitude, longitude)`.
    pub fn new(name: String, at: Option<(f64, f64)>) -> PinForm {
        let mut form = PinForm {
            name,
            position: String::new(),
            precision: 1,
            radius: String::new(),
            note: String::new(),
            error: None,
            asked: false,
        };
        form.exactly(1);
        if let Some(at) = at {
            form.point(at);
        }
        form
    }

    /// Puts it at a point, `(latitude, longitude)`.
    pub fn point(&mut self, (lat, lon): (f64, f64)) {
        self.position = format!("{lat:.5}, {lon:.5}");
        (self.error, self.asked) = (None, false);
    }

    fn exactly(&mut self, number: usize) {
        self.precision = number;
        self.radius = EXACT[number].2.to_string();
    }

    /// Draws it; answers whether it stays open.
    pub fn ui(&mut self, ctx: &Context, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        let (mut open, mut done) = (true, false);
        dialog::window("Put on the map", &mut open).show(ctx, |ui| {
            ui.set_width(420.0);
            let tokens = Tokens::of(ctx);
            ui.spacing_mut().item_spacing.y = space::S;
            widgets::focus_once(ui, NAME, &mut self.asked);
            widgets::named_field(ui, NAME, "Camp Zero", &mut self.name);
            widgets::named_field(ui, "Position", "36.2, 37.16, or degrees, or MGRS", &mut self.position);
            ui.horizontal(|ui| {
                for (number, (_, name, _)) in EXACT.iter().enumerate() {
                    if widgets::chip(ui, name, self.precision == number, name).clicked() {
                        self.exactly(number);
                    }
                }
            });
            widgets::named_field(ui, "Radius, km", "3", &mut self.radius);
            widgets::named_field(ui, "Note", "How it is known where this is", &mut self.note);
            if let Some(error) = self.error {
                ui.label(RichText::new(error).color(tokens.warning));
            }
            let ready = !self.name.trim().is_empty() && !self.position.trim().is_empty();
            let (put, pick) = widgets::foot(ui, |ui| {
                let put = widgets::primary_button(ui, "Put here", ready).clicked();
                (put, widgets::plain_button(ui, "Show on the map…").clicked())
            });
            let entered = ui.input(|input| input.key_pressed(egui::Key::Enter)) && ctx.text_edit_focused();
            if pick {
                acts.push(Act::Mend(Wish::Pick(Box::new(self.clone()))));
                done = true;
            } else if ready && (put || entered) {
                done = self.put(around, acts);
            }
        });
        open && !done
    }

    /// Hands on the place, where it is one.
    fn put(&mut self, around: &Around<'_>, acts: &mut Vec<Act>) -> bool {
        let Some(at) = geoparse::point(self.position.trim(), around.gazetteer) else {
            self.error = Some("These are no coordinates");
            return false;
        };
        let Some(radius) = self.radius.trim().replace(',', ".").parse().ok().filter(|km: &f64| *km >= 0.0)
        else {
            self.error = Some("The radius is to be a number of kilometres");
            return false;
        };
        let near = around.gazetteer.nearest(at.lat, at.lon, 1);
        let near = near.first().and_then(|(row, _)| around.gazetteer.place(*row));
        let set = Pin {
            name: self.name.clone(),
            lat: at.lat,
            lon: at.lon,
            precision: EXACT[self.precision].0,
            radius_m: radius * 1000.0,
        };
        let Some(place) = pin(&set, near.as_ref()) else {
            self.error = Some("There is no such point on Earth");
            return false;
        };
        acts.push(Act::Mend(Wish::ProposeNoted(Ruling::Place(place.into()), self.note.clone())));
        true
    }
}
