//! How exactly numbers are written, in every format alike.
//! Rounding a rounded number changes nothing, which makes reopening and exporting again stable.

use crate::model::Kind;

/// Decimals of a degree that a place's point carries: about a metre.
const PLACE_DECIMALS: i32 = 5;
/// Decimals for coordinates that the text itself gives.
const COORDINATE_DECIMALS: i32 = 6;

/// Rounds to `decimals`. Adding 0 makes −0, which small negative numbers round to, a plain 0.
fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10f64.powi(decimals);
    (value * scale).round() / scale + 0.0
}

/// A score or share: four decimals, within 0 and 1.
pub(crate) fn rounded_score(score: f32) -> f64 {
    if score.is_finite() { round(f64::from(score.clamp(0.0, 1.0)), 4) } else { 0.0 }
}

/// A point as `(latitude, longitude)` for a mention of this kind; `None` where it is none on Earth.
pub(crate) fn rounded_point(lat: f64, lon: f64, kind: Kind) -> Option<(f64, f64)> {
    let decimals = if kind == Kind::Coordinate { COORDINATE_DECIMALS } else { PLACE_DECIMALS };
    let on_earth = lat.abs() <= 90.0 && lon.abs() <= 180.0;
    on_earth.then(|| (round(lat, decimals), round(lon, decimals)))
}

/// A radius: whole metres; 0 for what is negative or no number.
pub(crate) fn rounded_metres(metres: f64) -> u64 {
    metres.round() as u64
}

/// `None` for an empty text: files say null where the model has an empty string.
pub(crate) fn known(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_to_what_they_mean() {
        assert_eq!(rounded_point(30.062_634_9, 31.249_67, Kind::Name), Some((30.06263, 31.24967)));
        assert_eq!(rounded_point(30.062_634_9, 31.249_67, Kind::Coordinate), Some((30.062635, 31.24967)));
        assert_eq!(rounded_point(f64::NAN, 0.0, Kind::Name), None);
        assert_eq!(rounded_point(90.5, 0.0, Kind::Name), None);
        assert_eq!(rounded_score(0.873_41), 0.8734);
        assert_eq!(rounded_score(f32::NAN), 0.0);
        assert_eq!(rounded_metres(-3.0), 0);
    }

    #[test]
    fn zero_has_no_sign() {
        let (lat, lon) = rounded_point(-0.000_000_1, -0.0, Kind::Name).unwrap();
        assert!(lat.is_sign_positive() && lon.is_sign_positive());
    }
}
