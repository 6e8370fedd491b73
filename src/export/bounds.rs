//! The smallest box around points on a globe.
//! Around Fiji and Samoa that box crosses the antimeridian, and its west is then greater than its
//! east (RFC 7946, 5.2): the least and greatest longitude would span the whole world.

use std::collections::BTreeSet;

use crate::model::Bbox;

/// Grows with the number of different longitudes, not of points.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bounds {
    /// Longitudes in millionths of a degree.
    longitudes: BTreeSet<i64>,
    /// Least and greatest latitude.
    latitudes: Option<(f64, f64)>,
}

const MILLION: f64 = 1e6;
const FULL_TURN: i64 = 360_000_000;

impl Bounds {
    /// Takes in a point given in degrees.
    pub(crate) fn add(&mut self, lat: f64, lon: f64) {
        self.longitudes.insert((lon * MILLION).round() as i64);
        let (south, north) = self.latitudes.unwrap_or((lat, lat));
        self.latitudes = Some((south.min(lat), north.max(lat)));
    }

    /// The box; `None` without points.
    pub(crate) fn bbox(&self) -> Option<Bbox> {
        let (south, north) = self.latitudes?;
        let (first, last) = (*self.longitudes.first()?, *self.longitudes.last()?);
        // The box is the circle without its widest empty arc. On a tie the arc across the
        // antimeridian is left out, so that west stays less than east.
        let (mut west, mut east, mut widest) = (first, last, first + FULL_TURN - last);
        for (&before, &after) in self.longitudes.iter().zip(self.longitudes.iter().skip(1)) {
            if after - before > widest {
                (west, east, widest) = (after, before, after - before);
            }
        }
        Some(Bbox { west: west as f64 / MILLION, south, east: east as f64 / MILLION, north })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(points: &[(f64, f64)], expected: Option<[f64; 4]>) {
        let mut bounds = Bounds::default();
        points.iter().for_each(|&(lat, lon)| bounds.add(lat, lon));
        let bbox = bounds.bbox().map(|bbox| [bbox.west, bbox.south, bbox.east, bbox.north]);
        assert_eq!(bbox, expected, "{points:?}");
    }

    #[test]
    fn the_smallest_box_may_cross_the_antimeridian() {
        check(&[], None);
        check(&[(30.0, 31.25)], Some([31.25, 30.0, 31.25, 30.0]));
        check(&[(30.0, 31.0), (55.75, 37.6)], Some([31.0, 30.0, 37.6, 55.75]));
        check(&[(-18.1, 178.4), (-13.8, -171.7)], Some([178.4, -18.1, -171.7, -13.8]));
        check(&[(-18.1, 178.4), (-13.8, -171.7), (-36.8, 174.8)], Some([174.8, -36.8, -171.7, -13.8]));
        check(&[(0.0, -90.0), (0.0, 90.0)], Some([-90.0, 0.0, 90.0, 0.0]));
    }
}
