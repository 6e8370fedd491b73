//! Which towns the map names in a view: the most prominent of the gazetteer, by zoom.
//! A wider box than the view is asked for and kept until the view leaves it, so that panning costs
//! nothing and the same towns keep their names.

use super::camera::Camera;
use crate::basemap::mercator;
use crate::gazetteer::Gazetteer;
use crate::model::Bbox;

/// Names asked for at once: about four times what fits a view.
const ASKED: usize = 400;

/// A town to name.
#[derive(Clone, Debug)]
pub(super) struct Town {
    /// Place on the unit square.
    pub at: [f64; 2],
    pub name: String,
    /// Whether it is a country's capital.
    pub capital: bool,
}

/// The towns around the view.
#[derive(Default)]
pub(super) struct Towns {
    gazetteer: Option<Gazetteer>,
    /// What the towns were asked for: half zooms, and a box on the unit square.
    asked: Option<(i32, [f64; 4])>,
    towns: Vec<Town>,
}

impl Towns {
    pub fn new(gazetteer: Option<Gazetteer>) -> Towns {
        Towns { gazetteer, ..Towns::default() }
    }

    /// The towns for the view, the most prominent first.
    pub fn around(&mut self, camera: &Camera) -> &[Town] {
        let Some(gazetteer) = &self.gazetteer else {
            return &[];
        };
        let step = (camera.zoom * 2.0).floor() as i32;
        let (low, high) = (camera.to_world(camera.rect.min), camera.to_world(camera.rect.max));
        let inside = |kept: &[f64; 4]| {
            low[0] >= kept[0] && low[1] >= kept[1] && high[0] <= kept[2] && high[1] <= kept[3]
        };
        if !self.asked.is_some_and(|(at, kept)| at == step && inside(&kept)) {
            let margin = [0, 1].map(|axis| (high[axis] - low[axis]) * 0.5);
            let kept = [low[0] - margin[0], low[1] - margin[1], high[0] + margin[0], high[1] + margin[1]];
            self.asked = Some((step, kept));
            self.towns = ask(gazetteer, kept, f64::from(step) / 2.0);
        }
        &self.towns
    }
}

fn ask(gazetteer: &Gazetteer, [west, north, east, south]: [f64; 4], zoom: f64) -> Vec<Town> {
    let (top, left) = mercator::unproject([west, north.clamp(0.0, 1.0)]);
    let (bottom, right) = mercator::unproject([east, south.clamp(0.0, 1.0)]);
    let wrap = |lon: f64| (lon + 180.0).rem_euclid(360.0) - 180.0;
    let bbox = if right - left >= 360.0 {
        Bbox { west: -180.0, south: bottom, east: 180.0, north: top }
    } else {
        Bbox { west: wrap(left), south: bottom, east: wrap(right), north: top }
    };
    let least = least_population(zoom);
    let mut towns = Vec::new();
    for row in gazetteer.within(bbox, ASKED) {
        let (class, code) = gazetteer.feature(row);
        let capital = code == "PPLC";
        let population = gazetteer.population(row);
        // Sections of a town (PPLX) say nothing on a map of the region around it.
        if class != 'P' || code == "PPLX" || population < if capital { least / 20 } else { least } {
            continue;
        }
        let (lat, lon) = gazetteer.point(row);
        towns.push(Town { at: mercator::project(lat, lon), name: gazetteer.name(row).to_owned(), capital });
    }
    towns
}

/// Towns smaller than this are not named at a zoom, however much room there is.
fn least_population(zoom: f64) -> u64 {
    match zoom {
        zoom if zoom < 3.0 => u64::MAX / 20,
        zoom if zoom < 4.0 => 4_000_000,
        zoom if zoom < 5.0 => 1_500_000,
        zoom if zoom < 6.0 => 400_000,
        zoom if zoom < 7.0 => 120_000,
        zoom if zoom < 8.0 => 40_000,
        zoom if zoom < 9.0 => 12_000,
        zoom if zoom < 10.0 => 3_000,
        _ => 0,
    }
}
