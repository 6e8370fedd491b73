//! What lies where: a tree over the points that is sorted by prominence and by place at once.
//! The first of a stretch of the tree is the most prominent place in it; the others are parted at their median,
//! by longitude and by latitude in turn. So the best known places of a box come first without a look at the
//! others (a priority search tree, McCreight 1985, over a k-d tree).

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use geo::{Distance, Haversine, Point};

use super::Row;
use super::columns::{Columns, PER_DEGREE};
use super::file::{Section, Sections};
use crate::model::Bbox;

/// Metres of a degree on the sphere that distances are measured on, a little less to be on the safe side.
const METRES: f64 = 6_371_008.0 * std::f64::consts::PI / 180.0 * 0.999_999;

#[derive(Debug)]
pub(super) struct Tree {
    /// For each place its row, and where those behind it are parted: degrees times [`PER_DEGREE`].
    nodes: Section,
}

/// A stretch of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch {
    low: usize,
    high: usize,
    /// Whether its halves are parted by latitude.
    by_lat: bool,
}

/// A box in stored units, which does not cross the date line.
#[derive(Clone, Copy, Debug)]
struct Area {
    west: i32,
    south: i32,
    east: i32,
    north: i32,
}

const WORLD: Area = Area { west: i32::MIN, south: i32::MIN, east: i32::MAX, north: i32::MAX };

impl Stretch {
    fn all(count: usize) -> Self {
        Self { low: 0, high: count, by_lat: false }
    }

    /// The two halves behind the first place.
    fn halves(self) -> [Stretch; 2] {
        let middle = self.low + 1 + (self.high - self.low - 1) / 2;
        let by_lat = !self.by_lat;
        [Self { low: self.low + 1, high: middle, by_lat }, Self { low: middle, high: self.high, by_lat }]
    }

    fn is_empty(self) -> bool {
        self.low >= self.high
    }
}

impl Tree {
    pub(super) fn open(sections: &Sections) -> Self {
        Self { nodes: sections.section(b"tree") }
    }

    fn row(&self, at: usize) -> Row {
        Row(self.nodes.u32(at * 2))
    }

    fn split(&self, at: usize) -> i32 {
        self.nodes.i32(at * 2 + 1)
    }

    /// The places in the box, most prominent first.
    pub(super) fn within(&self, columns: &Columns, bbox: Bbox, limit: usize) -> Vec<Row> {
        if bbox.west <= bbox.east {
            return self.within_area(columns, bbox, limit);
        }
        let mut rows = self.within_area(columns, Bbox { east: 180.0, ..bbox }, limit);
        rows.extend(self.within_area(columns, Bbox { west: -180.0, ..bbox }, limit));
        rows.sort_unstable();
        rows.dedup();
        rows.truncate(limit);
        rows
    }

    fn within_area(&self, columns: &Columns, bbox: Bbox, limit: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut heap = BinaryHeap::new();
        let push = |heap: &mut BinaryHeap<_>, stretch: Stretch| {
            if !stretch.is_empty() {
                heap.push(Reverse((self.row(stretch.low), stretch)));
            }
        };
        push(&mut heap, Stretch::all(self.nodes.count(8)));
        while let Some(Reverse((row, stretch))) = heap.pop() {
            if rows.len() >= limit {
                break;
            }
            let (lat, lon) = columns.point(row);
            if (row.0 as usize) < columns.len() && bbox.contains(lat, lon) {
                rows.push(row);
            }
            let split = f64::from(self.split(stretch.low)) / PER_DEGREE;
            let (least, most) =
                if stretch.by_lat { (bbox.south, bbox.north) } else { (bbox.west, bbox.east) };
            let [below, above] = stretch.halves();
            if least <= split {
                push(&mut heap, below);
            }
            if most >= split {
                push(&mut heap, above);
            }
        }
        rows
    }

    /// The places nearest to a point, nearest first.
    pub(super) fn nearest(&self, columns: &Columns, lat: f64, lon: f64, limit: usize) -> Vec<Row> {
        let here = Point::new(lon, lat);
        let mut found = Vec::new();
        let mut heap = BinaryHeap::new();
        let all = Stretch::all(self.nodes.count(8));
        if !all.is_empty() && limit > 0 {
            heap.push(Reverse(Near { metres: 0.0, what: What::Stretch(all, WORLD) }));
        }
        while let Some(Reverse(Near { metres, what })) = heap.pop() {
            let (stretch, area) = match what {
                What::Place(row) => {
                    found.push(row);
                    if found.len() >= limit {
                        break;
                    }
                    continue;
                }
                What::Stretch(stretch, area) => (stretch, area),
            };
            let row = self.row(stretch.low);
            if (row.0 as usize) < columns.len() {
                let (lat, lon) = columns.point(row);
                let metres = Haversine.distance(here, Point::new(lon, lat));
                heap.push(Reverse(Near { metres, what: What::Place(row) }));
            }
            let split = self.split(stretch.low);
            let areas = if stretch.by_lat {
                [Area { north: split, ..area }, Area { south: split, ..area }]
            } else {
                [Area { east: split, ..area }, Area { west: split, ..area }]
            };
            for (half, area) in stretch.halves().into_iter().zip(areas) {
                if !half.is_empty() {
                    let metres = area.nearest(lat, lon).max(metres);
                    heap.push(Reverse(Near { metres, what: What::Stretch(half, area) }));
                }
            }
        }
        found
    }
}

impl Area {
    /// No place in the area is nearer to the point than this, metres.
    fn nearest(&self, lat: f64, lon: f64) -> f64 {
        let degrees = |value: i32| f64::from(value) / PER_DEGREE;
        let north_south = (degrees(self.south) - lat).max(lat - degrees(self.north)).max(0.0);
        let apart = |from: f64, to: f64| (from - to).rem_euclid(360.0);
        // Half the way round, either way, from whichever edge is nearer.
        let (west, east) = (degrees(self.west).max(-180.0), degrees(self.east).min(180.0));
        let inside = apart(lon, west) <= apart(east, west) || east - west >= 360.0;
        let east_west = if inside { 0.0 } else { apart(lon, east).min(apart(west, lon)) };
        // The distance to the half circle from pole to pole at that longitude.
        let to_meridian = if east_west < 90.0 {
            (east_west.to_radians().sin() * lat.to_radians().cos()).asin().to_degrees()
        } else {
            90.0 - lat.abs()
        };
        north_south.max(to_meridian) * METRES
    }
}

/// A place, or a stretch of them, and how near it is at least.
struct Near {
    metres: f64,
    what: What,
}

enum What {
    Stretch(Stretch, Area),
    Place(Row),
}

impl Near {
    /// Of what is equally near, stretches come first, as there may be better known places in them.
    fn order(&self) -> (u8, Row) {
        match self.what {
            What::Stretch(..) => (0, Row(0)),
            What::Place(row) => (1, row),
        }
    }
}

impl PartialEq for Near {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Near {}

impl PartialOrd for Near {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Near {
    fn cmp(&self, other: &Self) -> Ordering {
        self.metres.total_cmp(&other.metres).then_with(|| self.order().cmp(&other.order()))
    }
}

/// A point while the tree is built: longitude and latitude in stored units, and its row.
pub(super) type Spot = (i32, i32, u32);

/// The tree over these points: in their order its rows, with where the others are parted.
pub(super) fn plant(mut spots: Vec<Spot>) -> impl Iterator<Item = (u32, i32)> {
    let mut splits = vec![0; spots.len()];
    let mut stretches = vec![Stretch::all(spots.len())];
    while let Some(stretch) = stretches.pop() {
        let Some(first) = (stretch.low..stretch.high).min_by_key(|&at| spots[at].2) else { continue };
        spots.swap(stretch.low, first);
        let [below, above] = stretch.halves();
        let rest = &mut spots[below.low..above.high];
        if !rest.is_empty() {
            let along = |&(lon, lat, row): &Spot| if stretch.by_lat { (lat, row) } else { (lon, row) };
            let (_, median, _) = rest.select_nth_unstable_by_key(below.high - below.low, along);
            splits[stretch.low] = along(median).0;
        }
        stretches.extend([below, above]);
    }
    spots.into_iter().map(|(_, _, row)| row).zip(splits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_of_an_area_is_nearer_than_the_area() {
        let step = |from: f64, to: f64, at: i32| from + (to - from) * f64::from(at) / 12.0;
        for (west, south, east, north) in [
            (10.0, 20.0, 30.0, 40.0),
            (-180.0, -80.0, 180.0, -60.0),
            (170.0, 60.0, 180.0, 89.0),
            (-10.0, -5.0, 100.0, 5.0),
        ] {
            let units = |degrees: f64| (degrees * PER_DEGREE) as i32;
            let area =
                Area { west: units(west), south: units(south), east: units(east), north: units(north) };
            for (lat, lon) in
                [(0.0, 0.0), (30.0, 20.0), (-75.0, 179.0), (88.0, -179.5), (52.0, -120.0), (-1.0, 140.0)]
            {
                let bound = area.nearest(lat, lon);
                for (x, y) in (0..=12).flat_map(|x| (0..=12).map(move |y| (x, y))) {
                    let there = Point::new(step(west, east, x), step(south, north, y));
                    let metres = Haversine.distance(Point::new(lon, lat), there);
                    assert!(
                        bound <= metres + 1.0,
                        "{area:?} from {lat}, {lon}: {bound} > {metres} at {there:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_tree_is_sorted_by_prominence_and_by_place() {
        let spots: Vec<Spot> =
            (0..500u32).map(|row| ((row as i32 * 7919) % 360, (row as i32 * 104_729) % 180, row)).collect();
        let planted: Vec<(u32, i32)> = plant(spots.clone()).collect();
        let mut stretches = vec![Stretch::all(planted.len())];
        while let Some(stretch) = stretches.pop().filter(|stretch| !stretch.is_empty()) {
            let (row, split) = planted[stretch.low];
            let [below, above] = stretch.halves();
            let along = |at: usize| {
                let (lon, lat, _) = spots[planted[at].0 as usize];
                if stretch.by_lat { lat } else { lon }
            };
            assert!((below.low..above.high).all(|at| planted[at].0 > row));
            assert!((below.low..below.high).all(|at| along(at) <= split));
            assert!((above.low..above.high).all(|at| along(at) >= split));
            stretches.extend([below, above].into_iter().filter(|half| !half.is_empty()));
        }
    }
}
