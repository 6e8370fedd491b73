//! Web Mercator on the unit square: (0, 0) is the north-western corner, (1, 1) the south-eastern.
//! Longitudes beyond ±180° go on past the square's sides, so that a map can wrap.

use std::f64::consts::PI;

/// Latitude at which the square ends, degrees.
pub const MAX_LATITUDE: f64 = 85.051_128_779_806_59;

/// Metres around the equator.
pub const EQUATOR_METRES: f64 = 40_075_016.686;

/// Degrees to the unit square. Latitudes past the square's end are held at it.
///
/// ```
/// use dateline::model::mercator::project;
/// assert_eq!(project(0.0, 0.0), [0.5, 0.5]);
/// let corner = project(-90.0, 180.0);
/// assert!(corner.iter().all(|side| (side - 1.0).abs() < 1e-12));
/// ```
pub fn project(lat: f64, lon: f64) -> [f64; 2] {
    let x = lon / 360.0 + 0.5;
    let lat = lat.clamp(-MAX_LATITUDE, MAX_LATITUDE).to_radians();
    let y = 0.5 - lat.tan().asinh() / (2.0 * PI);
    [x, y.clamp(0.0, 1.0)]
}

/// The unit square to `(latitude, longitude)` in degrees.
pub fn unproject([x, y]: [f64; 2]) -> (f64, f64) {
    let lat = ((0.5 - y) * 2.0 * PI).sinh().atan().to_degrees();
    (lat, (x - 0.5) * 360.0)
}

/// Metres around the globe at a height of the unit square: what its width stands for there.
pub fn metres(y: f64) -> f64 {
    let (lat, _) = unproject([0.0, y]);
    EQUATOR_METRES * lat.to_radians().cos()
}

/// A longitude, or what one lies east of another, brought back into -180° to 180°.
///
/// ```
/// use dateline::model::mercator::wrapped;
/// assert_eq!([190.0, -190.0, 360.0, 180.0, -77.5].map(wrapped), [-170.0, 170.0, 0.0, -180.0, -77.5]);
/// ```
pub fn wrapped(lon: f64) -> f64 {
    (lon + 180.0).rem_euclid(360.0) - 180.0
}

/// The copy of `x` nearest to `centre`, for drawing near 180°.
pub fn nearest(x: f64, centre: f64) -> f64 {
    x + (centre - x).round()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_and_back() {
        for (lat, lon) in [(30.05, 31.24), (-54.8, -68.3), (78.2, 15.6), (0.0, 179.9)] {
            let (back_lat, back_lon) = unproject(project(lat, lon));
            assert!((lat - back_lat).abs() < 1e-9 && (lon - back_lon).abs() < 1e-9);
        }
    }

    #[test]
    fn the_nearest_copy_crosses_the_antimeridian() {
        let check =
            |x: f64, centre: f64, expected: f64| assert!((nearest(x, centre) - expected).abs() < 1e-12);
        check(0.98, 0.02, -0.02);
        check(0.02, 0.98, 1.02);
        check(0.4, 0.5, 0.4);
    }
}
