//! Which part of the world a picture shows.
//! Web Mercator, as in the window; what crosses the antimeridian is shown the short way round.

use super::marks::Mark;
use crate::basemap::{Bounds, mercator};
use crate::model::Bbox;

/// Nearest that a view comes by itself: a town and its surroundings.
const NEAREST: f64 = 9.0;
/// Nearest at all: a few houses.
const LAST: f64 = 17.0;
/// What is larger is shown as its point: a continent, an ocean. Metres.
const WIDEST: f64 = 2_500_000.0;

/// The middle of a map of the whole world on the unit square, 11° east: its sides then go through the Bering Strait,
/// and cut nothing but water.
const MIDDLE: f64 = 0.5 + 11.0 / 360.0;

/// Where there are no marks: all land but the ice.
const WORLD: Bounds = Bounds { min: [0.0, 0.2], max: [1.0, 0.68] };
/// Share of the way round the globe beyond which marks lie on all sides of it.
const ROUND: f64 = 0.75;

/// What to show.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum View {
    /// All marks, with a margin.
    #[default]
    Fit,
    /// A box, whole.
    Box(Bbox),
    /// What lies around a place.
    Centre {
        /// Latitude of the middle, degrees.
        lat: f64,
        /// Longitude of the middle, degrees.
        lon: f64,
        /// Zoom of a map whose world is 256 points wide at 0.
        zoom: f64,
    },
}

/// The map on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Left upper corner on the page, points.
    pub corner: [f64; 2],
    /// Width and height, points.
    pub size: [f64; 2],
    /// Middle on the unit square; x may lie beyond it where the map wraps.
    pub centre: [f64; 2],
    /// Points along the world's side.
    pub world: f64,
}

impl Frame {
    /// The map that shows what is wanted, in a room on the page. It fills the room unless that would show a part of
    /// the world twice.
    pub fn new(view: &View, marks: &[Mark], corner: [f64; 2], room: [f64; 2]) -> Frame {
        let (bounds, margin, nearest) = match *view {
            View::Fit => (bounds(marks).unwrap_or(WORLD), (room[0].min(room[1]) * 0.09).min(64.0), NEAREST),
            View::Box(bbox) => (Bounds::of(&bbox), 0.0, LAST),
            View::Centre { lat, lon, .. } => {
                let at = mercator::project(lat, lon);
                (Bounds { min: at, max: at }, 0.0, LAST)
            }
        };
        let centre = [0, 1].map(|axis| (bounds.min[axis] + bounds.max[axis]) / 2.0);
        let zoom = match *view {
            View::Centre { zoom, .. } => zoom,
            _ => fitted(&bounds, room, margin, nearest),
        };
        let zoom = if zoom.is_nan() { 0.0 } else { zoom.clamp(0.0, LAST) };
        let mut world = 256.0 * zoom.exp2();
        // What lies on all sides of the globe is shown on the whole of it, as wide as the room if it is then still
        // high enough: the widest gap between marks may be an ocean, and nobody knows a map that begins in Ireland.
        let round = world < room[0] || *view == View::Fit && bounds.max[0] - bounds.min[0] > ROUND;
        if round && !matches!(view, View::Centre { .. }) {
            let high = bounds.max[1] - bounds.min[1];
            world = if high * room[0] <= room[1] * 0.94 { room[0] } else { world.min(room[0]) };
        }
        let size = room.map(|side| side.min(world));
        let middle = if size[0] >= world { MIDDLE } else { centre[0] };
        let corner = [0, 1].map(|axis| corner[axis] + (room[axis] - size[axis]) / 2.0);
        let half = size[1] / 2.0 / world;
        Frame { corner, size, centre: [middle, centre[1].clamp(half, 1.0 - half)], world }
    }

    /// The zoom of a map whose world is 256 points wide at 0.
    pub fn zoom(&self) -> f64 {
        (self.world / 256.0).log2()
    }

    /// Where a place lies on the page: the copy nearest to the middle.
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let middle = self.middle();
        let x = mercator::nearest(x, self.centre[0]);
        [middle[0] + (x - self.centre[0]) * self.world, middle[1] + (y - self.centre[1]) * self.world]
    }

    /// Whether a point of the page lies in the map, `margin` points from its sides or more.
    pub fn shows(&self, at: [f64; 2], margin: f64) -> bool {
        (0..2).all(|axis| {
            let from = at[axis] - self.corner[axis];
            from >= margin && from <= self.size[axis] - margin
        })
    }

    /// North-western corner on the unit square.
    pub fn origin(&self) -> [f64; 2] {
        [0, 1].map(|axis| self.centre[axis] - self.size[axis] / 2.0 / self.world)
    }

    /// What it shows.
    pub fn bbox(&self) -> Bbox {
        let ([west, north], [across, down]) = (self.origin(), self.size.map(|side| side / self.world));
        let (top, left) = mercator::unproject([west, north.clamp(0.0, 1.0)]);
        let (bottom, right) = mercator::unproject([west + across, (north + down).clamp(0.0, 1.0)]);
        if right - left >= 359.999 {
            Bbox { west: -180.0, south: bottom, east: 180.0, north: top }
        } else {
            Bbox { west: mercator::wrapped(left), south: bottom, east: mercator::wrapped(right), north: top }
        }
    }

    fn middle(&self) -> [f64; 2] {
        [0, 1].map(|axis| self.corner[axis] + self.size[axis] / 2.0)
    }
}

/// The box around all marks. What has an extent comes with it, but for countries and more beside what lies in them:
/// one "Russia" among the towns of Syria would make all of them one spot.
fn bounds(marks: &[Mark]) -> Option<Bounds> {
    let narrow = marks.iter().any(|mark| !mark.wide);
    let corners = marks.iter().flat_map(|mark| {
        if mark.wide && narrow || mark.radius_m > WIDEST {
            return vec![mark.at];
        }
        let (lat, lon) = mercator::unproject(mark.at);
        let around = Bounds::circle(lat, lon, mark.radius_m);
        vec![around.min, around.max]
    });
    Bounds::around(&corners.collect::<Vec<_>>())
}

/// Zoom of a view of a box, `margin` points from the room's sides.
fn fitted(bounds: &Bounds, room: [f64; 2], margin: f64, nearest: f64) -> f64 {
    let fit = |axis: usize| {
        let room = (room[axis] - 2.0 * margin).max(16.0);
        (room / 256.0 / (bounds.max[axis] - bounds.min[axis]).max(1e-9)).log2()
    };
    fit(0).min(fit(1)).min(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(lat: f64, lon: f64) -> Mark {
        Mark { at: mercator::project(lat, lon), count: 1, radius_m: 1000.0, ..Mark::default() }
    }

    fn frame(view: View, marks: &[Mark], room: [f64; 2]) -> Frame {
        Frame::new(&view, marks, [20.0, 30.0], room)
    }

    #[test]
    fn every_mark_is_shown_within_the_margin() {
        let check = |places: &[(f64, f64)], room: [f64; 2]| {
            let marks: Vec<Mark> = places.iter().map(|&(lat, lon)| mark(lat, lon)).collect();
            let frame = frame(View::Fit, &marks, room);
            for mark in &marks {
                let at = frame.place(mark.at);
                let whole = frame.size[0] >= frame.world;
                assert!(
                    frame.shows(at, if whole { 0.0 } else { 12.0 }),
                    "{places:?} in {room:?}: {at:?} of {frame:?}"
                );
            }
        };
        for room in [[1552.0, 800.0], [360.0, 200.0], [300.0, 900.0]] {
            check(&[(33.5, 36.3)], room);
            check(&[(33.5, 36.3), (36.2, 37.1), (30.0, 31.2)], room);
            check(&[(-18.1, 178.4), (-13.8, -171.7)], room);
            check(&[(60.0, 10.0), (-33.9, 151.2), (40.7, -74.0), (-34.6, -58.4)], room);
            check(&[(70.0, 25.0), (-53.0, -70.9), (-45.9, 170.5)], room);
        }
    }

    #[test]
    fn fiji_is_whole() {
        let frame = frame(View::Fit, &[mark(-18.1, 178.4), mark(-16.8, -179.9)], [800.0, 500.0]);
        let bbox = frame.bbox();
        assert!(bbox.west > bbox.east && frame.zoom() > 6.0, "{bbox:?}, {}", frame.zoom());
    }

    #[test]
    fn the_world_is_shown_once() {
        for room in [[1552.0, 800.0], [300.0, 900.0], [800.0, 200.0]] {
            let world = [mark(64.0, -21.0), mark(-41.0, 174.0), mark(35.0, 139.0), mark(0.0, -78.0)];
            let frame = frame(View::Fit, &world, room);
            assert!(frame.size[0] <= frame.world + 1e-6 && frame.size[1] <= frame.world + 1e-6, "{frame:?}");
        }
        let nothing = frame(View::Fit, &[], [1552.0, 800.0]);
        assert_eq!(nothing.size, [1552.0, 800.0]);
        assert_eq!(nothing.bbox().east, 180.0);
    }

    #[test]
    fn what_makes_no_sense_is_some_part_of_the_world() {
        for zoom in [f64::NAN, f64::INFINITY, -5.0, 99.0] {
            let frame = frame(View::Centre { lat: f64::NAN, lon: 1e300, zoom }, &[], [800.0, 500.0]);
            assert!(frame.world >= 256.0 && frame.size[0] > 0.0, "{frame:?}");
        }
    }

    #[test]
    fn a_box_is_shown_whole() {
        let check = |bbox: Bbox| {
            let shown = frame(View::Box(bbox), &[], [800.0, 500.0]).bbox();
            for (lat, lon) in [(bbox.south, bbox.west), (bbox.north, bbox.east)] {
                let near = |lat: f64| lat.clamp(shown.south, shown.north);
                assert!((near(lat) - lat).abs() < 1e-6, "{lat} of {bbox:?} in {shown:?}");
                assert!(
                    shown.contains(lat.clamp(shown.south, shown.north), lon),
                    "{lon} of {bbox:?} in {shown:?}"
                );
            }
        };
        check(Bbox { west: 34.0, south: 29.0, east: 43.0, north: 38.0 });
        check(Bbox { west: 176.0, south: -21.0, east: -177.0, north: -12.0 });
        check(Bbox { west: -180.0, south: -60.0, east: 180.0, north: 75.0 });
        check(Bbox { west: 10.0, south: 50.0, east: 10.0, north: 50.0 });
    }
}
