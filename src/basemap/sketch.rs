//! The lines of the basemap that a rectangle of it shows, clipped to it.
//! Tiles draw them as pixels, pictures write them as text: what a line is drawn onto is a [`Path`].

use super::clip::{self, Rect, Xy};
use super::pack::{Basemap, Feature, LEVEL, Layer, Level, to_world};

/// How far beyond a rectangle's sides geometry is kept, in its own units: more than half of any line's width.
const MARGIN: f64 = 8.0;
/// The same for dashed lines, whose dashes would not meet across tiles if they began at each side.
const DASH_MARGIN: f64 = 8192.0;

/// What lines are drawn onto.
pub(crate) trait Path {
    /// Draws along the points.
    fn trace(&mut self, points: &[Xy], closed: bool);
}

/// Whether a line leaves a point straight along an axis, for longer than `least`: along the side of a cell it goes out
/// and comes back on itself, and a point that is left out there would open a gap between the two.
pub(crate) fn leaves_straight(points: &[Xy], index: usize, closed: bool, least: f64) -> bool {
    let next = points.get(index + 1).or(points.first().filter(|_| closed));
    points.get(index).zip(next).is_some_and(|(from, to)| {
        let step = [0, 1].map(|axis| (to[axis] - from[axis]).abs());
        step.contains(&0.0) && step[0].max(step[1]) > least
    })
}

/// A rectangle of the map, and what it takes to draw it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Frame {
    /// Which scale of the source.
    pub level: usize,
    /// Width and height, in the units that are drawn in.
    pub sides: Xy,
    /// North-western corner on the unit square; x may lie beyond it where the map wraps.
    pub origin: Xy,
    /// Units along the world's side.
    pub world: f64,
    /// Zoom of a map whose world is 256 points wide at 0.
    pub zoom: f32,
}

impl Frame {
    /// The scale of the source for a world of so many pixels, at so many pixels to a point. Each stays sharp up to
    /// about its size of the world: the coarsest in points, for it is only a glance at the whole; the middle one in
    /// pixels.
    pub fn level(world_pixels: f64, scale: f64) -> usize {
        if world_pixels <= 640.0 * scale {
            0
        } else if world_pixels <= 8192.0 {
            1
        } else {
            2
        }
    }

    /// The frame for each copy of the world that it shows a part of.
    fn copies(self) -> impl Iterator<Item = Frame> {
        let [west, north] = self.origin;
        let last = west + self.sides[0] / self.world;
        // A frame that ends on the antimeridian does not reach over it.
        let copies = west.floor() as i32..=(last - 1e-9).floor() as i32;
        copies.map(move |copy| Frame { origin: [west - f64::from(copy), north], ..self })
    }

    /// Cells of the level that the frame covers on one copy of the world.
    fn cells(&self) -> impl Iterator<Item = (u32, u32)> + use<> {
        let grid = f64::from(LEVEL[self.level].grid);
        let last = LEVEL[self.level].grid - 1;
        let range = |from: f64, length: f64| {
            let first = ((from * grid).max(0.0) as u32).min(last);
            // A tile that ends on a cell's side does not cover the next cell.
            let end = (((from + length / self.world) * grid - 1e-9) as u32).min(last);
            first..=end.max(first)
        };
        let (columns, rows) = (range(self.origin[0], self.sides[0]), range(self.origin[1], self.sides[1]));
        rows.flat_map(move |row| columns.clone().map(move |column| (column, row)))
    }

    fn to_units(self, world: Xy) -> Xy {
        [(world[0] - self.origin[0]) * self.world, (world[1] - self.origin[1]) * self.world]
    }

    fn rect(&self, margin: f64) -> Rect {
        Rect { min: [-margin; 2], max: self.sides.map(|side| side + margin) }
    }
}

/// One path for each thing that is painted in one go.
#[derive(Default)]
pub(crate) struct Sketch<P> {
    pub land: P,
    pub coast: P,
    pub lakes: P,
    pub rivers: P,
    pub divisions: P,
    pub borders: P,
    pub disputed: P,
}

impl<P: Path> Sketch<P> {
    /// Draws everything that the frame shows.
    pub fn draw(&mut self, basemap: &Basemap, frame: &Frame) {
        for frame in frame.copies() {
            for (column, row) in frame.cells() {
                for feature in basemap.cell(frame.level, column, row) {
                    if feature.min_zoom <= frame.zoom {
                        self.add(&frame, column, row, &feature);
                    }
                }
            }
        }
    }

    fn add(&mut self, frame: &Frame, column: u32, row: u32, feature: &Feature) {
        let level = &LEVEL[frame.level];
        let points: Vec<Xy> =
            feature.points.iter().map(|&point| frame.to_units(to_world(level, column, row, point))).collect();
        let margin = if feature.layer == Layer::Disputed { DASH_MARGIN } else { MARGIN };
        let near = frame.rect(margin);
        let extent = Rect::of(&points);
        if !extent.touches(&near) {
            return;
        }
        let path = match feature.layer {
            Layer::Land => {
                add_coast(&mut self.coast, frame, level, column, &feature.points, &points);
                &mut self.land
            }
            Layer::Lake => &mut self.lakes,
            Layer::River => &mut self.rivers,
            Layer::Division => &mut self.divisions,
            Layer::Border => &mut self.borders,
            Layer::Disputed => &mut self.disputed,
        };
        let closed = matches!(feature.layer, Layer::Land | Layer::Lake);
        match (closed, extent.within(&near)) {
            (true, true) => path.trace(&points, true),
            (true, false) => path.trace(&clip::ring(&points, &near), true),
            (false, true) => path.trace(&points, false),
            (false, false) => {
                clip::line(&points, &near).iter().for_each(|stretch| path.trace(stretch, false))
            }
        }
    }
}

/// The shore of a land ring: its edges less those that only follow a cell's side or the antimeridian.
fn add_coast<P: Path>(
    path: &mut P,
    frame: &Frame,
    level: &Level,
    column: u32,
    cell: &[[i32; 2]],
    points: &[Xy],
) {
    let (low, high) = (-level.buffer, level.units + level.buffer);
    let seam = if column == 0 {
        Some(0)
    } else if column == level.grid - 1 {
        Some(level.units)
    } else {
        None
    };
    let artificial = |a: [i32; 2], b: [i32; 2]| {
        (0..2).any(|axis| a[axis] == b[axis] && (a[axis] == low || a[axis] == high))
            || (a[0] == b[0] && Some(a[0]) == seam)
            || (level.grid == 1 && a[0] == b[0] && (a[0] == 0 || a[0] == level.units))
    };
    let near = frame.rect(MARGIN);
    let mut stretch: Vec<Xy> = Vec::new();
    for index in 0..cell.len() {
        let next = (index + 1) % cell.len();
        let edge = [points[index], points[next]];
        if artificial(cell[index], cell[next]) || !Rect::of(&edge).touches(&near) {
            path.trace(&stretch, false);
            stretch.clear();
            continue;
        }
        if stretch.is_empty() {
            stretch.push(edge[0]);
        }
        stretch.push(edge[1]);
    }
    path.trace(&stretch, false);
}
