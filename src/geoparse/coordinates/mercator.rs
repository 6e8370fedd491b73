//! The transverse Mercator projection of the UTM zones on the WGS 84 ellipsoid.
//! Krüger's series to the fourth order in the third flattening, as in Karney, “Transverse Mercator with an
//! accuracy of a few nanometers” (2011), equations 7–21, 35 and 36: exact to a micrometre in a zone.

use crate::model::mercator::wrapped;

/// Equatorial radius, metres, and flattening.
const A: f64 = 6_378_137.0;
const F: f64 = 1.0 / 298.257_223_563;
/// Third flattening.
const N: f64 = F / (2.0 - F);
/// Scale on the central meridian, and what is added to eastings and to southern northings, metres.
const SCALE: f64 = 0.9996;
const FALSE_EASTING: f64 = 500_000.0;
/// What is added to northings in the southern hemisphere, metres.
pub(super) const FALSE_NORTHING: f64 = 10_000_000.0;

const N2: f64 = N * N;
const N3: f64 = N2 * N;
const N4: f64 = N3 * N;
/// Radius of the circle whose circumference is a meridian's, on the scale of the zone.
const RADIUS: f64 = SCALE * A / (1.0 + N) * (1.0 + N2 / 4.0 + N4 / 64.0);
/// From the plane to the sphere.
const BETA: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 37.0 / 96.0 * N3 - N4 / 360.0,
    N2 / 48.0 + N3 / 15.0 - 437.0 / 1440.0 * N4,
    17.0 / 480.0 * N3 - 37.0 / 840.0 * N4,
    4397.0 / 161_280.0 * N4,
];

/// From the sphere to the plane.
const ALPHA: [f64; 4] = [
    N / 2.0 - 2.0 / 3.0 * N2 + 5.0 / 16.0 * N3 + 41.0 / 180.0 * N4,
    13.0 / 48.0 * N2 - 3.0 / 5.0 * N3 + 557.0 / 1440.0 * N4,
    61.0 / 240.0 * N3 - 103.0 / 140.0 * N4,
    49_561.0 / 161_280.0 * N4,
];

/// Longitude of a zone's central meridian, degrees.
pub(super) fn meridian(zone: u8) -> f64 {
    f64::from(zone) * 6.0 - 183.0
}

/// Latitude and longitude, degrees, of a zone's easting and northing, metres; northings of the southern
/// hemisphere are negative here.
pub(super) fn to_degrees(zone: u8, easting: f64, northing: f64) -> (f64, f64) {
    let (xi, eta) = (northing / RADIUS, (easting - FALSE_EASTING) / RADIUS);
    let (mut north, mut east) = (xi, eta);
    for (beta, twice) in BETA.iter().zip([2.0, 4.0, 6.0, 8.0]) {
        north -= beta * (twice * xi).sin() * (twice * eta).cosh();
        east -= beta * (twice * xi).cos() * (twice * eta).sinh();
    }
    let conformal = north.sin() / east.sinh().hypot(north.cos());
    let lat = geographic(conformal).atan().to_degrees();
    let lon = meridian(zone) + east.sinh().atan2(north.cos()).to_degrees();
    (lat, wrapped(lon))
}

/// Easting and northing of a point in a zone, the way back of [`to_degrees`].
pub(super) fn to_metres(zone: u8, lat: f64, lon: f64) -> (f64, f64) {
    let tangent = to_conformal(lat.to_radians().tan());
    let lambda = wrapped(lon - meridian(zone)).to_radians();
    let xi = tangent.atan2(lambda.cos());
    let eta = (lambda.sin() / tangent.hypot(lambda.cos())).asinh();
    let (mut north, mut east) = (xi, eta);
    for (alpha, twice) in ALPHA.iter().zip([2.0, 4.0, 6.0, 8.0]) {
        north += alpha * (twice * xi).sin() * (twice * eta).cosh();
        east += alpha * (twice * xi).cos() * (twice * eta).sinh();
    }
    (east * RADIUS + FALSE_EASTING, north * RADIUS)
}

/// The tangent of the latitude whose conformal latitude has this tangent, by Newton's method.
fn geographic(conformal: f64) -> f64 {
    let mut tangent = conformal;
    for _ in 0..4 {
        let guess = to_conformal(tangent);
        let slope = (1.0 + (1.0 - F).powi(2) * tangent * tangent)
            / ((1.0 - F).powi(2) * (1.0_f64.hypot(guess) * 1.0_f64.hypot(tangent)));
        tangent += (conformal - guess) * slope;
    }
    tangent
}

/// The tangent of the conformal latitude.
fn to_conformal(tangent: f64) -> f64 {
    let e = (F * (2.0 - F)).sqrt();
    let sigma = (e * (e * tangent / 1.0_f64.hypot(tangent)).atanh()).sinh();
    tangent * 1.0_f64.hypot(sigma) - sigma * 1.0_f64.hypot(tangent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_of_epsg_326_and_327() {
        let check = |zone, lat: f64, lon: f64, easting: f64, northing: f64| {
            let northing = if lat < 0.0 { northing - FALSE_NORTHING } else { northing };
            let (east, north) = to_metres(zone, lat, lon);
            assert!((east - easting).abs() < 1e-3 && (north - northing).abs() < 1e-3, "{east} {north}");
            let (there, along) = to_degrees(zone, easting, northing);
            assert!((there - lat).abs() < 1e-8 && (along - lon).abs() < 1e-7, "{there} {along}");
        };
        check(37, 36.2021, 37.1343, 332_269.936, 4_007_977.952);
        check(56, -33.8688, 151.2093, 334_368.634, 6_250_948.345);
        check(32, 60.3913, 5.3221, 297_353.933, 6_700_648.345);
        check(33, 78.2232, 15.6267, 514_278.715, 8_683_355.469);
        check(17, -0.1807, -78.4678, 781_861.457, 9_980_007.567);
        check(60, -18.1416, 178.4415, 652_491.764, 7_993_550.896);
        check(4, 21.3099, -157.8581, 618_435.431, 2_356_874.687);
        check(19, -54.8019, -68.303, 544_805.097, 3_927_029.885);
    }
}
