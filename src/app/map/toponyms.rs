//! What the map could name around a view: towns and quarters of the gazetteer by zoom, and divisions, seas and
//! landforms everywhere.
//! Both are gathered behind the window. A wider box than the view is asked for and kept until the view leaves
//! it, so that panning costs nothing and the same towns keep their names.

use egui::{Context, Vec2};

use super::camera::Camera;
use crate::basemap::mercator;
use crate::gazetteer::{Gazetteer, Row};
use crate::jobs::{Answer, Task};
use crate::model::Bbox;

/// Names asked for at once: several times what fits a view, since divisions are among them.
const ASKED: usize = 1500;
/// Towns named at least, however few live there.
const ANYWAY: usize = 24;
/// Rows looked through for areas; a lower row is a better known place.
const LOOKED_THROUGH: usize = 1_000_000;
/// Areas kept.
const AREAS: usize = 20_000;

/// What a name is of, which is how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// A first-level division.
    Division,
    /// A second-level one.
    District,
    /// An ocean, a sea, a gulf, a strait.
    Sea,
    /// A lake.
    Lake,
    /// An island, a range, a desert, a peninsula.
    Land,
    /// A country's capital.
    Capital,
    /// A town.
    Town,
    /// A part of a town.
    Quarter,
    /// A building, an airport, a park.
    Site,
}

impl Sort {
    /// Whether it is written over what it names, and only where that is large enough.
    pub fn is_area(self) -> bool {
        matches!(self, Sort::Division | Sort::District | Sort::Sea | Sort::Lake | Sort::Land)
    }

    /// Of a GeoNames feature; `None` for what a map does not name.
    fn of(class: char, code: &str) -> Option<Sort> {
        Some(match (class, code) {
            ('A', "ADM1" | "TERR") => Sort::Division,
            ('A', "ADM2") => Sort::District,
            ('H', "OCN" | "SEA" | "GULF" | "BAY" | "BGHT" | "STRT" | "CHN" | "SD" | "FJD") => Sort::Sea,
            ('H', "LK" | "LKS" | "LKN" | "RSV" | "LGN") => Sort::Lake,
            ('T', "ISL" | "ISLS" | "MTS" | "DSRT" | "PEN" | "PLAT" | "PLN") => Sort::Land,
            ('P', "PPLC") => Sort::Capital,
            ('P', "PPLX") => Sort::Quarter,
            ('P', "PPLH" | "PPLQ" | "PPLW" | "PPLCH") => return None,
            ('P', _) => Sort::Town,
            ('S', "COORD") => return None,
            ('S', _) | ('L', "PRK") | ('R', "ST") => Sort::Site,
            _ => return None,
        })
    }
}

/// Something to name.
#[derive(Clone, Debug)]
pub(super) struct Toponym {
    /// Its number in the gazetteer: the lower, the better known.
    pub row: Row,
    /// Place on the unit square.
    pub at: [f64; 2],
    pub name: String,
    pub sort: Sort,
    pub population: u64,
    /// Across what it names, on the unit square.
    pub width: f64,
    /// Size of its name as it is set, once that was measured.
    pub size: Option<Vec2>,
}

impl Toponym {
    fn read(gazetteer: &Gazetteer, row: Row, sort: Sort) -> Toponym {
        let (lat, lon) = gazetteer.point(row);
        let around = mercator::EQUATOR_METRES * lat.to_radians().cos().max(0.01);
        Toponym {
            row,
            at: mercator::project(lat, lon),
            name: gazetteer.name(row).to_owned(),
            sort,
            population: gazetteer.population(row),
            width: 2.0 * gazetteer.radius_m(row) / around,
            size: None,
        }
    }
}

/// What was asked for: half zooms, and a box on the unit square.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Asked {
    step: i32,
    kept: [f64; 4],
}

impl Asked {
    /// What to ask for a view.
    fn of(camera: &Camera) -> Asked {
        let (low, high) = (camera.to_world(camera.rect.min), camera.to_world(camera.rect.max));
        let margin = [0, 1].map(|axis| (high[axis] - low[axis]) * 0.6);
        let kept = [low[0] - margin[0], low[1] - margin[1], high[0] + margin[0], high[1] + margin[1]];
        Asked { step: (camera.zoom * 2.0).floor() as i32, kept }
    }

    /// Whether it answers for a view.
    fn covers(&self, camera: &Camera) -> bool {
        let shift = self.shift(camera);
        let (low, high) = (camera.to_world(camera.rect.min), camera.to_world(camera.rect.max));
        let [west, north, east, south] = self.kept;
        self.step == (camera.zoom * 2.0).floor() as i32
            && low[0] >= west + shift
            && low[1] >= north
            && high[0] <= east + shift
            && high[1] <= south
    }

    /// Whole worlds between it and the view.
    fn shift(&self, camera: &Camera) -> f64 {
        (camera.centre[0] - (self.kept[0] + self.kept[2]) / 2.0).round()
    }

    fn bbox(&self) -> Bbox {
        let [west, north, east, south] = self.kept;
        let (top, left) = mercator::unproject([west, north.clamp(0.0, 1.0)]);
        let (bottom, right) = mercator::unproject([east, south.clamp(0.0, 1.0)]);
        if right - left >= 360.0 {
            Bbox { west: -180.0, south: bottom, east: 180.0, north: top }
        } else {
            Bbox { west: mercator::wrapped(left), south: bottom, east: mercator::wrapped(right), north: top }
        }
    }
}

/// The toponyms around the view.
#[derive(Default)]
pub(super) struct Toponyms {
    gazetteer: Option<Gazetteer>,
    /// Whether work is done behind the window.
    threads: bool,
    /// Everywhere, the best known first.
    pub areas: Vec<Toponym>,
    gathering: Option<Task<Vec<Toponym>>>,
    answered: Option<Asked>,
    asking: Option<(Asked, Task<Vec<Toponym>>)>,
    /// Around the view, the best known first.
    pub near: Vec<Toponym>,
    /// Grows with every answer.
    pub revision: u64,
}

impl Toponyms {
    pub fn new(gazetteer: Option<Gazetteer>, threads: bool, ctx: &Context) -> Toponyms {
        let mut toponyms = Toponyms { gazetteer, threads, ..Toponyms::default() };
        if let Some(gazetteer) = toponyms.gazetteer.clone() {
            if threads {
                let ctx = ctx.clone();
                toponyms.gathering =
                    Some(Task::start(move || ctx.request_repaint(), move || areas(&gazetteer)));
            } else {
                toponyms.areas = areas(&gazetteer);
            }
        }
        toponyms
    }

    /// The gazetteer that is asked.
    pub fn gazetteer(&self) -> Option<&Gazetteer> {
        self.gazetteer.as_ref()
    }

    /// Takes in what was found, and asks for what the view lacks.
    pub fn look(&mut self, ctx: &Context, camera: &Camera) {
        match self.gathering.as_ref().map(Task::poll) {
            Some(Answer::Here(areas)) => {
                (self.areas, self.gathering) = (areas, None);
                self.revision += 1;
            }
            Some(Answer::Lost) => self.gathering = None,
            _ => {}
        }
        match self.asking.as_ref().map(|(asked, task)| (*asked, task.poll())) {
            Some((asked, Answer::Here(near))) => self.take(asked, near),
            Some((_, Answer::Lost)) => self.asking = None,
            _ => {}
        }
        let Some(gazetteer) = &self.gazetteer else {
            return;
        };
        if self.asking.is_some() || self.answered.is_some_and(|asked| asked.covers(camera)) {
            return;
        }
        let asked = Asked::of(camera);
        let (gazetteer, bbox, zoom) = (gazetteer.clone(), asked.bbox(), f64::from(asked.step) / 2.0);
        if self.threads {
            let ctx = ctx.clone();
            let work = move || ask(&gazetteer, bbox, zoom);
            self.asking = Some((asked, Task::start(move || ctx.request_repaint(), work)));
        } else {
            let near = ask(&gazetteer, bbox, zoom);
            self.take(asked, near);
        }
    }

    fn take(&mut self, asked: Asked, near: Vec<Toponym>) {
        self.asking = None;
        self.answered = Some(asked);
        self.near = near;
        self.revision += 1;
    }
}

/// Divisions, waters and landforms of the whole world.
fn areas(gazetteer: &Gazetteer) -> Vec<Toponym> {
    let rows = (0..gazetteer.len().min(LOOKED_THROUGH)).filter_map(|row| u32::try_from(row).ok().map(Row));
    let area = |row: Row| {
        let (class, code) = gazetteer.feature(row);
        let sort = Sort::of(class, code).filter(|&sort| sort.is_area() && sort != Sort::District)?;
        let radius = gazetteer.radius_m(row);
        // The passages round the north of continents are ways and no waters.
        let is_way = code == "CHN" && radius > 600_000.0;
        (radius > 0.0 && !is_way).then(|| Toponym::read(gazetteer, row, sort))
    };
    rows.filter_map(area).take(AREAS).collect()
}

fn ask(gazetteer: &Gazetteer, bbox: Bbox, zoom: f64) -> Vec<Toponym> {
    let mut towns = 0;
    let wanted = |row: Row| {
        let (class, code) = gazetteer.feature(row);
        let sort = Sort::of(class, code)?;
        // In a desert a village is what there is.
        towns += usize::from(sort == Sort::Town);
        let known = match sort {
            Sort::Capital => gazetteer.population(row) >= least_population(zoom) / 20,
            Sort::Town => {
                gazetteer.population(row) >= least_population(zoom) || zoom >= 4.0 && towns <= ANYWAY
            }
            Sort::District => zoom >= 7.5,
            Sort::Quarter => zoom >= 10.5,
            Sort::Site => zoom >= if code == "AIRP" { 10.0 } else { 12.0 },
            // They are gathered once, for the whole world.
            _ => false,
        };
        known.then(|| Toponym::read(gazetteer, row, sort))
    };
    gazetteer.within(bbox, ASKED).into_iter().filter_map(wanted).collect()
}

/// Towns smaller than this are not named at a zoom, however much room there is.
pub(super) fn least_population(zoom: f64) -> u64 {
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
