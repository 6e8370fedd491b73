//! A person's own shapes over the ground: points, lines and areas of a GeoJSON file, on the unit square.
//! They are painted into the tiles, so that a frame costs the same with a million points as with none; a shape that
//! crosses 180° goes on past the square's side.

mod boxes;
mod paint;
mod read;

use std::sync::Arc;

use self::boxes::Boxes;
use super::clip::{Rect, Xy};

pub(crate) use paint::paint;

/// How far apart the points of the coarser copies are, as powers of half the world's side: fine enough for zooms
/// 1, 4 and 7.
const COARSE: [i32; 3] = [10, 13, 16];
/// Copies are kept of shapes with at least so many points.
const WORTH_COPIES: usize = 64;

/// The shapes of a file.
#[derive(Debug, Default)]
pub struct Overlay {
    features: Vec<Feature>,
    /// The boxes around them.
    boxes: Boxes,
    /// Things that had no place, or none that makes sense.
    left_out: usize,
}

/// A shape with what its file says of it.
#[derive(Debug)]
struct Feature {
    kind: Kind,
    bounds: Rect,
    parts: Parts,
    /// The same with fewer points, the coarsest first: distance between points, points.
    coarse: Vec<(f64, Parts)>,
    about: Arc<About>,
}

/// Points, lines or rings.
type Parts = Vec<Vec<Xy>>;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Points,
    Lines,
    Area,
}

/// What a file says of a shape.
#[derive(Debug, Default, PartialEq)]
pub struct About {
    /// Its properties, in order, as text.
    pub properties: Vec<(String, String)>,
    stroke: Option<super::Rgb>,
    fill: Option<super::Rgb>,
}

impl About {
    /// What it is called, if a property says so.
    pub fn title(&self) -> Option<&str> {
        let named = |key: &&str| self.properties.iter().find(|(name, _)| name.eq_ignore_ascii_case(key));
        ["title", "name", "label"].iter().find_map(named).map(|(_, value)| value.as_str())
    }
}

impl Overlay {
    /// Shapes that there are.
    pub fn len(&self) -> usize {
        self.features.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.features.is_empty()
    }

    /// Things of the file that are not shown for want of a sound place.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// The box around everything: least and greatest point on the unit square.
    pub fn bounds(&self) -> Option<[Xy; 2]> {
        let Rect { min, max } = self.boxes.bounds();
        (!self.is_empty()).then_some([min, max])
    }

    /// What lies at a point, the topmost first: within `reach` of it, on the unit square.
    pub fn at(&self, point: Xy, reach: f64) -> Option<&About> {
        let points = [-1.0, 0.0, 1.0].map(|shift| [point[0].rem_euclid(1.0) + shift, point[1]]);
        let mut near = Vec::new();
        points.iter().for_each(|&point| self.boxes.touching(&around(point, reach), &mut near));
        near.sort_unstable();
        let mut topmost = near.into_iter().rev().filter_map(|number| self.features.get(number));
        let found = topmost.find(|feature| points.iter().any(|&point| feature.is_at(point, reach)));
        found.map(|feature| feature.about.as_ref())
    }
}

impl Feature {
    fn new(kind: Kind, parts: Parts, about: Arc<About>) -> Feature {
        let bounds =
            parts.iter().map(|part| Rect::of(part)).reduce(|a, b| Rect::of(&[a.min, a.max, b.min, b.max]));
        let bounds = bounds.unwrap_or_else(|| Rect::of(&[]));
        let count: usize = parts.iter().map(Vec::len).sum();
        let mut coarse = Vec::new();
        if kind != Kind::Points && count >= WORTH_COPIES {
            coarse = COARSE.map(|power| thinned(&parts, 0.5f64.powi(power))).into();
        }
        Feature { kind, bounds, parts, coarse, about }
    }

    /// Its points, no finer than is seen where this length is half a pixel.
    fn parts(&self, length: f64) -> &Parts {
        let enough = self.coarse.iter().find(|(apart, _)| *apart <= length);
        enough.map_or(&self.parts, |(_, parts)| parts)
    }

    fn is_at(&self, point: Xy, reach: f64) -> bool {
        if !self.bounds.touches(&around(point, reach)) {
            return false;
        }
        // No finer than the reach: a coast of a million points is still told of in no time.
        let parts = self.parts(reach);
        let segments = || parts.iter().flat_map(|part| part.windows(2));
        match self.kind {
            Kind::Points => {
                parts.iter().flatten().any(|at| (at[0] - point[0]).hypot(at[1] - point[1]) <= reach)
            }
            Kind::Lines => segments().any(|pair| distance(point, pair[0], pair[1]) <= reach),
            Kind::Area => parts.iter().filter(|ring| is_inside(ring, point)).count() % 2 == 1,
        }
    }
}

fn around(point: Xy, reach: f64) -> Rect {
    Rect { min: point.map(|axis| axis - reach), max: point.map(|axis| axis + reach) }
}

/// The parts with points at least `apart` from one another; what is smaller than that goes.
fn thinned(parts: &Parts, apart: f64) -> (f64, Parts) {
    let thin = |part: &Vec<Xy>| {
        let mut kept: Vec<Xy> = Vec::new();
        for (index, point) in part.iter().enumerate() {
            let far = |last: &Xy| (last[0] - point[0]).abs().max((last[1] - point[1]).abs()) >= apart;
            if index + 1 == part.len() || kept.last().is_none_or(far) {
                kept.push(*point);
            }
        }
        kept
    };
    (apart, parts.iter().map(thin).collect())
}

fn distance(point: Xy, from: Xy, to: Xy) -> f64 {
    let step = [to[0] - from[0], to[1] - from[1]];
    let long = step[0] * step[0] + step[1] * step[1];
    let along = (point[0] - from[0]) * step[0] + (point[1] - from[1]) * step[1];
    let share = if long > 0.0 { (along / long).clamp(0.0, 1.0) } else { 0.0 };
    (from[0] + share * step[0] - point[0]).hypot(from[1] + share * step[1] - point[1])
}

fn is_inside(ring: &[Xy], [x, y]: Xy) -> bool {
    let next = ring.iter().cycle().skip(1);
    let crossed = |(a, b): &(&Xy, &Xy)| {
        (a[1] > y) != (b[1] > y) && x < (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]) + a[0]
    };
    ring.iter().zip(next).filter(crossed).count() % 2 == 1
}

#[cfg(test)]
mod tests;
