//! The scale bar: a round distance that is not too long to draw.
//! It is right for one latitude alone, since Web Mercator stretches with it.

/// The longest round distance (1, 2 or 5 and noughts) that is drawn no longer than `longest` points: its length in
/// points, and its name.
pub(crate) fn scale_bar(metres_per_point: f64, longest: f32) -> (f32, String) {
    let most = metres_per_point * f64::from(longest);
    let power = 10f64.powf(most.max(1e-3).log10().floor());
    let step = [5.0, 2.0, 1.0].into_iter().find(|step| step * power <= most).unwrap_or(1.0);
    let metres = step * power;
    let name = if metres >= 1000.0 { format!("{:.0} km", metres / 1000.0) } else { format!("{metres:.0} m") };
    ((metres / metres_per_point) as f32, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_bar_is_round_and_fits() {
        let check = |metres_per_point: f64, expected: &str| {
            let (length, name) = scale_bar(metres_per_point, 110.0);
            assert_eq!(name, expected);
            assert!((40.0..=110.0).contains(&length), "{length}");
        };
        check(1.0, "100 m");
        check(9.5, "1 km");
        check(156_543.0 / 4.0, "2000 km");
        check(40.0, "2 km");
    }
}
