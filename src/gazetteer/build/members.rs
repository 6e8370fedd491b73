//! Points and extents of divisions from their towns, where no polygon tells.
//! A county of one town is a circle about it; of twenty towns the outermost two do not count.

use std::collections::BTreeMap;

use geo::{Distance, Haversine, Point};

use super::world::{Draft, World};
use crate::model::Bbox;

/// Divisions and countries that no polygon fell to lie where their towns lie; and of all divisions the people of
/// their towns.
pub(super) fn place_by_towns(world: &mut World) {
    let mut members: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    let mut people: BTreeMap<String, u64> = BTreeMap::new();
    for draft in world.places.values().filter(|draft| draft.place.feature_class == 'P') {
        let mut id = draft.place.parent.as_str();
        while let Some(container) = world.places.get(id).filter(|draft| draft.place.feature_class == 'A') {
            members.entry(id.to_owned()).or_default().push(Point::new(draft.place.lon, draft.place.lat));
            // Parts of towns are counted with the town.
            if draft.place.feature_code != "PPLX" {
                *people.entry(id.to_owned()).or_default() += draft.place.population;
            }
            id = container.place.parent.as_str();
        }
    }
    for (id, towns) in members {
        let Some(Draft { place, placed, .. }) = world.places.get_mut(&id) else {
            continue;
        };
        if place.population == 0 {
            place.population = people.get(&id).copied().unwrap_or(0);
        }
        let spread = Spread::of(&towns);
        if !*placed {
            (place.lat, place.lon, *placed) = (spread.middle.y(), spread.middle.x(), true);
        }
        if place.radius_m == 0.0 {
            place.radius_m = spread.radius_m;
        }
        if place.bbox.is_none() && towns.len() >= 3 {
            place.bbox = Some(spread.bbox);
        }
    }
}

/// What its towns say of a division.
struct Spread {
    middle: Point,
    bbox: Bbox,
    radius_m: f64,
}

impl Spread {
    /// Around all of the towns but the outermost twentieth on each side, some of which belong elsewhere.
    fn of(towns: &[Point]) -> Self {
        // No division reaches less far than this around its only town, metres.
        const LEAST: f64 = 5_000.0;
        let ends = |pick: fn(&Point) -> f64| {
            let mut values: Vec<f64> = towns.iter().map(pick).collect();
            values.sort_by(f64::total_cmp);
            let out = values.len() / 20;
            (values[out], values[values.len() - 1 - out])
        };
        // Fiji's Eastern Division lies on both sides of the 180th meridian: its western towns count as beyond it.
        let crosses = ends(|town| town.x()).1 - ends(|town| town.x()).0 > 180.0;
        let (west, east) =
            if crosses { ends(|town| town.x().rem_euclid(360.0)) } else { ends(|town| town.x()) };
        let (south, north) = ends(|town| town.y());
        let back = |lon: f64| if lon >= 180.0 { lon - 360.0 } else { lon };
        let middle = Point::new(back((west + east) / 2.0), (south + north) / 2.0);
        let (west, east) = (back(west), back(east));
        let radius_m = Haversine.distance(Point::new(west, south), middle);
        Self { middle, bbox: Bbox { west, south, east, north }, radius_m: radius_m.clamp(LEAST, 2_000_000.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_on_both_sides_of_the_180th_meridian_are_near_one_another() {
        let check = |lons: &[f64], middle: f64, west: f64, east: f64| {
            let towns: Vec<Point> = lons.iter().map(|&lon| Point::new(lon, -18.0)).collect();
            let spread = Spread::of(&towns);
            assert_eq!((spread.middle.x(), spread.bbox.west, spread.bbox.east), (middle, west, east));
            assert!(spread.radius_m < 500_000.0, "{}", spread.radius_m);
        };
        check(&[178.0, 179.0, -178.0], -180.0, 178.0, -178.0);
        check(&[177.0, 179.0], 178.0, 177.0, 179.0);
        check(&[-2.0, 1.0], -0.5, -2.0, 1.0);
    }
}
