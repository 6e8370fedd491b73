//! Boxes on the unit square, the short way round the globe.
//! What crosses the antimeridian reaches beyond 1 in the east.

use super::mercator;
use crate::model::Bbox;

/// A box on the unit square; its eastern side may lie beyond 1 where it crosses the antimeridian.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub min: [f64; 2],
    pub max: [f64; 2],
}

impl Bounds {
    /// The least box around the points, across the antimeridian where that is shorter.
    pub fn around(points: &[[f64; 2]]) -> Option<Bounds> {
        let mut xs: Vec<f64> = points.iter().map(|point| point[0].rem_euclid(1.0)).collect();
        xs.sort_by(f64::total_cmp);
        let (&west, &east) = (xs.first()?, xs.last()?);
        // The widest gap between neighbours is what the box leaves out.
        let mut widest = (west + 1.0 - east, west, east);
        for pair in xs.windows(2) {
            if pair[1] - pair[0] > widest.0 {
                widest = (pair[1] - pair[0], pair[1], pair[0] + 1.0);
            }
        }
        let ys = || points.iter().map(|point| point[1]);
        let (north, south) = (ys().fold(f64::INFINITY, f64::min), ys().fold(f64::NEG_INFINITY, f64::max));
        Some(Bounds { min: [widest.1, north], max: [widest.2, south] })
    }

    /// Whether a point of the unit square lies within, on either side of the antimeridian.
    #[cfg(feature = "gui")]
    pub fn contains(&self, [x, y]: [f64; 2]) -> bool {
        let across = self.min[0]..=self.max[0];
        (across.contains(&x) || across.contains(&(x + 1.0))) && (self.min[1]..=self.max[1]).contains(&y)
    }

    /// The longer side.
    #[cfg(feature = "gui")]
    pub fn size(&self) -> f64 {
        (self.max[0] - self.min[0]).max(self.max[1] - self.min[1])
    }

    /// The box around a circle on the globe, radius in metres.
    pub fn circle(lat: f64, lon: f64, radius_m: f64) -> Bounds {
        let [x, y] = mercator::project(lat, lon);
        let radius = radius_m / (mercator::EQUATOR_METRES * lat.to_radians().cos().max(0.01));
        let radius = radius.min(0.5);
        Bounds { min: [x - radius, (y - radius).max(0.0)], max: [x + radius, (y + radius).min(1.0)] }
    }

    pub fn of(bbox: &Bbox) -> Bounds {
        let [west, north] = mercator::project(bbox.north, bbox.west);
        let [east, south] = mercator::project(bbox.south, bbox.east);
        Bounds { min: [west, north], max: [if east < west { east + 1.0 } else { east }, south] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_takes_the_short_way_round() {
        let check = |points: &[[f64; 2]], west: f64, east: f64| {
            let Some(bounds) = Bounds::around(points) else { panic!("no box") };
            assert!((bounds.min[0] - west).abs() < 1e-9 && (bounds.max[0] - east).abs() < 1e-9, "{bounds:?}");
        };
        check(&[[0.2, 0.1], [0.4, 0.3]], 0.2, 0.4);
        check(&[[0.95, 0.1], [0.05, 0.3]], 0.95, 1.05);
        check(&[[0.3, 0.1]], 0.3, 0.3);
        assert!(Bounds::around(&[]).is_none());
    }
}
