//! Distances, sums and roundings that agree to the last digit with those the toponym literature is measured by.
//! Sums are exact and rounded once, so that no order of articles changes a digit.

/// A point on the globe, WGS 84 degrees.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) lat: f64,
    pub(super) lon: f64,
}

/// Kilometres from anywhere to the place opposite it on the globe.
pub(super) const ANTIPODE_KM: f64 = 20_039.0;
/// Within so many kilometres (a hundred miles) a place counts as right.
pub(super) const NEAR_KM: f64 = 161.0;

impl Point {
    /// A point where both numbers are known.
    pub(super) fn new(lat: Option<f64>, lon: Option<f64>) -> Option<Self> {
        lat.zip(lon).map(|(lat, lon)| Self { lat, lon })
    }

    /// Kilometres along a great circle of a sphere of the Earth's mean radius (haversine).
    pub(super) fn km(self, other: Point) -> f64 {
        let (p, q) = (self.lat.to_radians(), other.lat.to_radians());
        let d = (self.lon - other.lon).to_radians();
        let h = ((p - q) / 2.0).sin().powi(2) + p.cos() * q.cos() * (d / 2.0).sin().powi(2);
        2.0 * 6371.0088 * h.sqrt().min(1.0).asin()
    }
}

/// Rounds to `decimals` as Python does: the exact binary value, ties to the even digit. Formatting does the same.
pub(super) fn rounded(value: f64, decimals: usize) -> f64 {
    format!("{value:.decimals$}").parse().unwrap_or(value)
}

/// `part` of `whole`, 0 where there is nothing.
pub(super) fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

/// The exact sum, rounded once (Shewchuk 1997): parts that do not overlap are kept until the end.
pub(super) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut parts: Vec<f64> = Vec::new();
    for mut x in values {
        let mut kept = 0;
        for at in 0..parts.len() {
            let mut y = parts[at];
            if x.abs() < y.abs() {
                std::mem::swap(&mut x, &mut y);
            }
            let high = x + y;
            let low = y - (high - x);
            if low != 0.0 {
                parts[kept] = low;
                kept += 1;
            }
            x = high;
        }
        parts.truncate(kept);
        parts.push(x);
    }
    rounded_once(&parts)
}

/// The sum of parts that do not overlap, smallest first. A remainder of exactly half a unit is rounded by what
/// lies below it, not to even.
fn rounded_once(parts: &[f64]) -> f64 {
    let mut below = parts.iter().rev().copied();
    let Some(mut high) = below.next() else { return 0.0 };
    while let Some(part) = below.next() {
        let sum = high + part;
        let low = part - (sum - high);
        high = sum;
        if low != 0.0 {
            let beneath = below.next().unwrap_or(0.0);
            let twice = low * 2.0;
            if (low < 0.0) == (beneath < 0.0) && beneath != 0.0 && (high + twice) - high == twice {
                high += twice;
            }
            break;
        }
    }
    high
}

/// The middle value, or the mean of the two in the middle; sorts. 0 of nothing.
pub(super) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    match (values.get(half), half.checked_sub(1).and_then(|below| values.get(below))) {
        (Some(&middle), Some(&below)) if values.len().is_multiple_of(2) => (below + middle) / 2.0,
        (Some(&middle), _) => middle,
        (None, _) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ties_go_to_the_even_digit_and_what_only_looks_like_one_does_not() {
        let check = |value: f64, decimals, expected: f64| {
            assert_eq!(rounded(value, decimals), expected, "{value}");
        };
        check(0.031_25, 4, 0.0312);
        check(0.093_75, 4, 0.0938);
        check(0.25, 1, 0.2);
        check(0.75, 1, 0.8);
        check(2.5, 0, 2.0);
        // The nearest binary numbers lie below 0.35 and 2.675, above 0.45.
        check(0.35, 1, 0.3);
        check(2.675, 2, 2.67);
        check(0.45, 1, 0.5);
        check(2.0 / 3.0, 4, 0.6667);
        check(20_039.0, 1, 20_039.0);
    }

    #[test]
    fn sums_are_exact() {
        let check = |values: &[f64], expected: f64| assert_eq!(sum(values.iter().copied()), expected);
        check(&[], 0.0);
        check(&[0.1; 10], 1.0);
        check(&[1e16, 1.0, 1e-16], 10_000_000_000_000_002.0);
        check(&[1e100, 1.0, -1e100, 1e-100], 1.0);
        check(&[9_007_199_254_740_992.0, -0.5, -f64::EPSILON / 4.0], 9_007_199_254_740_991.0);
    }

    #[test]
    fn the_middle_of_few() {
        let check = |values: &[f64], expected| assert_eq!(median(&mut values.to_vec()), expected);
        check(&[], 0.0);
        check(&[3.0], 3.0);
        check(&[5.0, 1.0], 3.0);
        check(&[5.0, 1.0, 2.0], 2.0);
    }

    #[test]
    fn half_way_round_the_globe_is_nearly_the_antipode() {
        let (north, south) = (Point { lat: 90.0, lon: 0.0 }, Point { lat: -90.0, lon: 77.0 });
        assert!((north.km(south) - ANTIPODE_KM).abs() < 30.0);
        assert_eq!(north.km(north), 0.0);
    }

    proptest! {
        #[test]
        fn rounding_rounds_and_stays(value in 0.0..1e5f64, decimals in 0usize..5) {
            let once = rounded(value, decimals);
            prop_assert!((once - value).abs() <= 0.5 / 10f64.powi(decimals as i32) + 1e-9);
            prop_assert_eq!(rounded(once, decimals), once);
        }

        #[test]
        fn no_order_changes_a_sum(values in proptest::collection::vec(-1e6..1e6f64, 0..50)) {
            let mut sorted = values.clone();
            sorted.sort_by(f64::total_cmp);
            prop_assert_eq!(sum(values), sum(sorted));
        }
    }
}
