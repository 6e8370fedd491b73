//! What the map could name around a view, and everywhere.
//! Both are gathered behind the window. A wider box than the view is asked for and kept until the view leaves
//! it, so that panning costs nothing and the same towns keep their names.

use egui::Context;

use super::camera::Camera;
use crate::basemap::mercator;
use crate::basemap::toponyms::{self, Toponym};
use crate::gazetteer::Gazetteer;
use crate::jobs::{Answer, Task};
use crate::model::Bbox;

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
                    Some(Task::start(move || ctx.request_repaint(), move || toponyms::areas(&gazetteer)));
            } else {
                toponyms.areas = toponyms::areas(&gazetteer);
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
            let work = move || toponyms::near(&gazetteer, bbox, zoom);
            self.asking = Some((asked, Task::start(move || ctx.request_repaint(), work)));
        } else {
            let near = toponyms::near(&gazetteer, bbox, zoom);
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
