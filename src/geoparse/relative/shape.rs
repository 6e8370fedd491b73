//! Where a relation to a place is on the globe, as a circle.
//! What is only said by its side is wide: an area that claims more than the words do would lie.

use std::collections::HashMap;

use geo::{Destination, Distance, Haversine, InterpolatePoint, Point};

use super::phrase::Relation;
use crate::gazetteer::{Gazetteer, Row};
use crate::model::mercator::wrapped;
use crate::model::{Bbox, Place, Precision};

/// A circle on the globe.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Circle {
    pub(super) centre: Point,
    pub(super) radius_m: f64,
}

/// Least radius of an area, metres.
const LEAST: f64 = 500.0;

/// The shapes of one article. What takes a search of the gazetteer is searched for once.
pub(super) struct Shapes<'a> {
    gazetteer: &'a Gazetteer,
    inland: HashMap<(String, u64), Point>,
    borders: HashMap<(String, String), Option<Circle>>,
}

impl<'a> Shapes<'a> {
    pub(super) fn new(gazetteer: &'a Gazetteer) -> Self {
        Self { gazetteer, inland: HashMap::new(), borders: HashMap::new() }
    }

    /// The area of a relation to a place; `None` where the words say nothing of such a place, as “near Asia”.
    pub(super) fn area(&mut self, relation: Relation, place: &Place) -> Option<Circle> {
        let mut circle = area(relation, place)?;
        if let Relation::Part(Some(bearing)) | Relation::Tip(bearing) = relation {
            let tip = u64::from(matches!(relation, Relation::Tip(_)));
            let key = (place.id.clone(), (bearing * 16.0) as u64 * 2 + tip);
            let gazetteer = self.gazetteer;
            let inland = || within(circle.centre, place, gazetteer);
            circle.centre = *self.inland.entry(key).or_insert_with(inland);
        }
        Some(circle)
    }

    /// Where two countries or divisions meet.
    pub(super) fn border(&mut self, a: &Place, b: &Place) -> Option<Circle> {
        let gazetteer = self.gazetteer;
        *self.borders.entry((a.id.clone(), b.id.clone())).or_insert_with(|| border(a, b, gazetteer))
    }
}

fn area(relation: Relation, place: &Place) -> Option<Circle> {
    let frame = Frame::of(place);
    let wide = place.precision >= Precision::Region;
    let circle = |centre: Point, radius_m: f64| Some(Circle { centre, radius_m: radius_m.max(LEAST) });
    match relation {
        Relation::Away { length, bearing: Some(bearing) } => {
            // A town is measured from its middle, a land from its edge.
            let from = if wide { frame.edge(bearing) } else { 0.0 };
            let spread = (length.most - length.least) / 2.0;
            let side = if wide { frame.across(bearing) / 2.0 } else { 0.0 };
            circle(
                frame.towards(bearing, from + length.middle()),
                (length.middle() / 6.0).max(spread).max(side),
            )
        }
        Relation::Away { length, bearing: None } => {
            circle(frame.centre, length.most + if wide { frame.size() } else { 0.0 })
        }
        Relation::Beyond { bearing, just } => {
            let gap = if just { 5_000.0 } else { (frame.size() / 2.0).clamp(15_000.0, 200_000.0) };
            circle(frame.towards(bearing, frame.edge(bearing) + gap), gap.max(frame.across(bearing) / 2.0))
        }
        Relation::Part(Some(bearing)) => {
            let (along, across) = (frame.edge(bearing) / 2.0, frame.across(bearing));
            circle(frame.towards(bearing, along), (along * across).sqrt())
        }
        Relation::Tip(bearing) => {
            circle(frame.towards(bearing, frame.edge(bearing) * 0.8), frame.size() / 4.0)
        }
        Relation::Part(None) => circle(frame.centre, frame.size() / 2.0),
        Relation::Edge(_) if wide => None,
        Relation::Edge(Some(bearing)) => {
            circle(frame.towards(bearing, frame.edge(bearing)), (frame.size() / 2.0).max(1_000.0))
        }
        Relation::Edge(None) => circle(frame.centre, frame.size() * 1.25 + 1_000.0),
        // Nothing is near a country, and outside the United States is the rest of the world.
        Relation::Near { .. } if wide => None,
        Relation::Near { just } => circle(frame.centre, frame.size() + if just { 3_000.0 } else { 10_000.0 }),
        Relation::Off { length, bearing } => {
            let out = length.map_or(if wide { 100_000.0 } else { 40_000.0 }, |length| length.most);
            match bearing {
                Some(bearing) => {
                    let side = if wide { frame.across(bearing) / 2.0 } else { 0.0 };
                    circle(frame.towards(bearing, frame.edge(bearing) + out / 2.0), (out / 2.0).max(side))
                }
                None => circle(frame.centre, frame.size() + out),
            }
        }
    }
}

/// The middle of the way between two places, and half of it; an eighth for “halfway”.
pub(super) fn between(a: &Place, b: &Place, halfway: bool) -> Circle {
    let (p, q) = (Point::new(a.lon, a.lat), Point::new(b.lon, b.lat));
    let metres = Haversine.distance(p, q);
    let share = if halfway { 8.0 } else { 2.0 };
    Circle { centre: Haversine.point_at_ratio_between(p, q, 0.5), radius_m: (metres / share).max(LEAST) }
}

/// Metres between two places.
pub(super) fn distance(a: &Place, b: &Place) -> f64 {
    Haversine.distance(Point::new(a.lon, a.lat), Point::new(b.lon, b.lat))
}

/// About the middles between a place of the one and the nearest of the
/// other, for the gazetteer knows extents and no lines.
fn border(a: &Place, b: &Place, gazetteer: &Gazetteer) -> Option<Circle> {
    /// Places of each side, and metres that two of them are at most apart, or that all of them may be more than
    /// the nearest two are.
    const SIDE: usize = 150;
    const CLOSE: f64 = 100_000.0;
    let shared = overlap(a.bbox?, b.bbox?)?;
    let (a, b) = (gazetteer.by_id(&a.id)?, gazetteer.by_id(&b.id)?);
    let rows = gazetteer.within(shared, 2_000);
    let side = |whole: Row| -> Vec<Point> {
        let towns = rows.iter().filter(|&&row| gazetteer.feature(row).0 == 'P');
        let inside = towns.filter(|&&row| {
            gazetteer.country(row) == Some(whole)
                || gazetteer.admin1(row) == Some(whole)
                || gazetteer.admin2(row) == Some(whole)
        });
        inside.take(SIDE).map(|&row| point(gazetteer.point(row))).collect()
    };
    let (here, there) = (side(a), side(b));
    let mut pairs: Vec<(f64, Point)> = Vec::new();
    for &p in &here {
        let nearest = there.iter().map(|&q| (Haversine.distance(p, q), q)).min_by(|x, y| x.0.total_cmp(&y.0));
        let Some((metres, q)) = nearest else { continue };
        pairs.push((metres, Haversine.point_at_ratio_between(p, q, 0.5)));
    }
    let closest = pairs.iter().map(|pair| pair.0).min_by(f64::total_cmp)?;
    pairs.retain(|pair| pair.0 <= closest + CLOSE);
    let first = pairs.first()?.1;
    // Longitudes are counted from the first, so that a border across the antimeridian stays in one piece.
    let east = |point: Point| wrapped(point.x() - first.x());
    let ends = |values: &mut dyn Iterator<Item = f64>| {
        values.fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)))
    };
    let (west, east) = ends(&mut pairs.iter().map(|pair| east(pair.1)));
    let (south, north) = ends(&mut pairs.iter().map(|pair| pair.1.y()));
    let centre = point(((south + north) / 2.0, wrapped(first.x() + (west + east) / 2.0)));
    let corner = point((north, wrapped(first.x() + east)));
    Some(Circle { centre, radius_m: Haversine.distance(centre, corner).max(5_000.0) })
}

/// The box that two boxes share, a fifth of a degree wider; without those that cross the antimeridian.
fn overlap(a: Bbox, b: Bbox) -> Option<Bbox> {
    let shared = Bbox {
        west: a.west.max(b.west) - 0.2,
        south: a.south.max(b.south) - 0.2,
        east: a.east.min(b.east) + 0.2,
        north: a.north.min(b.north) + 0.2,
    };
    let plain = a.west <= a.east && b.west <= b.east;
    (plain && shared.west <= shared.east && shared.south <= shared.north).then_some(shared)
}

/// The point, or where it lies in another country, the nearest town of the place's own: half-way down the
/// extent of Thailand lies Myanmar.
fn within(centre: Point, place: &Place, gazetteer: &Gazetteer) -> Point {
    if place.precision < Precision::Region || place.country_code.is_empty() {
        return centre;
    }
    let near = gazetteer.nearest(centre.y(), centre.x(), 50);
    let own = |row: Row| gazetteer.country_code(row) == place.country_code;
    match near.iter().position(|&(row, _)| own(row)) {
        None | Some(0) => centre,
        Some(at) => point(gazetteer.point(near[at].0)),
    }
}

fn point((lat, lon): (f64, f64)) -> Point {
    Point::new(lon, lat)
}

/// A place's middle and how far it reaches, metres.
struct Frame {
    centre: Point,
    half_width: f64,
    half_height: f64,
}

impl Frame {
    fn of(place: &Place) -> Self {
        let centre = Point::new(place.lon, place.lat);
        let round = Self { centre, half_width: place.radius_m, half_height: place.radius_m };
        let Some(bbox) = place.bbox.filter(|_| place.precision >= Precision::District) else { return round };
        let width = (bbox.east - bbox.west).rem_euclid(360.0);
        let lat = (bbox.south + bbox.north) / 2.0;
        let lon = wrapped(bbox.west + width / 2.0);
        let degree = 111_195.0;
        let (half_width, half_height) =
            (width / 2.0 * degree * lat.to_radians().cos(), (bbox.north - bbox.south) / 2.0 * degree);
        // Far islands make the extents of the United States and of France tell nothing of where they are.
        if half_width.hypot(half_height) > 2.5 * place.radius_m {
            return round;
        }
        Self { centre: Point::new(lon, lat), half_width, half_height }
    }

    /// About its radius.
    fn size(&self) -> f64 {
        self.half_width.max(self.half_height)
    }

    /// How far its edge is in a direction.
    fn edge(&self, bearing: f64) -> f64 {
        let (sin, cos) = bearing.to_radians().sin_cos();
        (self.half_width / sin.abs().max(1e-9)).min(self.half_height / cos.abs().max(1e-9))
    }

    /// How far it reaches to either side of a direction.
    fn across(&self, bearing: f64) -> f64 {
        let (sin, cos) = bearing.to_radians().sin_cos();
        (self.half_width * cos.abs()).max(self.half_height * sin.abs())
    }

    fn towards(&self, bearing: f64, metres: f64) -> Point {
        Haversine.destination(self.centre, bearing, metres)
    }
}

/// Degrees from north, clockwise, of one point seen from another.
#[cfg(test)]
pub(super) fn bearing(from: Point, to: Point) -> f64 {
    geo::Bearing::bearing(&Haversine, from, to).rem_euclid(360.0)
}
