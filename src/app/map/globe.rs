//! Distances, directions and areas on the globe, and how they are said.
//! Lengths are on the ellipsoid; the curve that is drawn is the sphere's great circle, which no eye can tell from
//! it.

use geo::{
    Bearing, Distance, Geodesic, GeodesicArea, Haversine, InterpolatePoint, LineString, Point, Polygon,
};

use crate::app::words;

/// `(latitude, longitude)`, degrees.
pub(super) type LatLon = (f64, f64);

fn point((lat, lon): LatLon) -> Point {
    Point::new(lon, lat)
}

/// The shortest way between two points, metres.
pub(super) fn metres(from: LatLon, to: LatLon) -> f64 {
    Geodesic.distance(point(from), point(to))
}

/// In which of eight directions one sets out from a point to another.
pub(super) fn direction(from: LatLon, to: LatLon) -> &'static str {
    const WINDS: [&str; 8] =
        ["north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west"];
    let bearing = Geodesic.bearing(point(from), point(to));
    WINDS[((bearing / 45.0).round().rem_euclid(8.0)) as usize % 8]
}

/// The area within a ring of points, square metres; its last point is joined to the first.
pub(super) fn area(ring: &[LatLon]) -> f64 {
    let line: LineString = ring.iter().map(|&at| point(at)).collect();
    Polygon::new(line, Vec::new()).geodesic_area_signed().abs()
}

/// Points along the great circle from one point to another, both of them among these.
pub(super) fn arc(from: LatLon, to: LatLon) -> Vec<LatLon> {
    let degrees = Haversine.distance(point(from), point(to)) / 111_195.0;
    let steps = (degrees / 1.5).ceil().clamp(1.0, 128.0) as u32;
    let at = |step: u32| {
        if step == 0 {
            return from;
        }
        if step == steps {
            return to;
        }
        let between =
            Haversine.point_at_ratio_between(point(from), point(to), f64::from(step) / f64::from(steps));
        (between.y(), between.x())
    };
    (0..=steps).map(at).collect()
}

/// "850 m", "4.2 km", "1240 km".
pub(super) fn length(metres: f64) -> String {
    match metres {
        metres if metres < 995.0 => format!("{metres:.0} m"),
        metres if metres < 9_950.0 => format!("{:.1} km", metres / 1000.0),
        _ => format!("{} km", words::number((metres / 1000.0).round() as u64)),
    }
}

/// "850 m²", "4.2 km²", "12 400 km²".
pub(super) fn surface(square_metres: f64) -> String {
    match square_metres {
        area if area < 10_000.0 => format!("{area:.0} m²"),
        area if area < 9_950_000.0 => format!("{:.2} km²", area / 1e6),
        _ => format!("{} km²", words::number((square_metres / 1e6).round() as u64)),
    }
}

/// "12 km north-east of Aleppo": where a point lies from a place.
pub(super) fn from_place(place: LatLon, name: &str, at: LatLon) -> String {
    let away = metres(place, at);
    if away < 50.0 {
        return name.to_owned();
    }
    format!("{} {} of {name}", length(away), direction(place, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONDON: LatLon = (51.5074, -0.1278);
    const TOKYO: LatLon = (35.6762, 139.6503);
    const SUVA: LatLon = (-18.1416, 178.4415);
    const APIA: LatLon = (-13.8333, -171.7667);

    #[test]
    fn distances_are_the_ellipsoids() {
        let check = |from, to, expected: f64| {
            let found = metres(from, to) / 1000.0;
            assert!((found - expected).abs() < 1.0, "{found}");
        };
        check(LONDON, TOKYO, 9582.2);
        check(SUVA, APIA, 1150.8);
        check((0.0, 0.0), (0.0, 1.0), 111.3);
    }

    #[test]
    fn directions_have_names() {
        let check = |from, to, expected: &str| assert_eq!(direction(from, to), expected);
        check((0.0, 0.0), (1.0, 0.0), "north");
        check((0.0, 0.0), (-1.0, 0.02), "south");
        check((0.0, 0.0), (0.0, -5.0), "west");
        check((10.0, 10.0), (9.0, 11.0), "south-east");
        // The short way, over 180°.
        check(SUVA, APIA, "north-east");
        check(LONDON, TOKYO, "north-east");
    }

    #[test]
    fn the_way_bends_towards_the_pole_and_goes_over_the_date_line() {
        let way = arc(LONDON, TOKYO);
        assert_eq!((way[0], way[way.len() - 1]), (LONDON, TOKYO));
        let north = way.iter().map(|at| at.0).fold(f64::MIN, f64::max);
        assert!(north > 68.0, "{north}");
        assert!(arc(SUVA, APIA).iter().all(|&(_, lon)| lon.abs() > 170.0));
        assert_eq!(arc(SUVA, SUVA), [SUVA, SUVA]);
    }

    #[test]
    fn areas_do_not_hang_on_the_direction() {
        let ring = [(0.0, 0.0), (0.0, 1.0), (1.0, 1.0), (1.0, 0.0)];
        let back: Vec<LatLon> = ring.iter().rev().copied().collect();
        assert!((area(&ring) / 1e6 - 12_308.8).abs() < 1.0, "{}", area(&ring));
        assert!((area(&ring) - area(&back)).abs() < 1.0);
        assert!(
            (area(&[(0.0, 179.5), (0.0, -179.5), (1.0, -179.5), (1.0, 179.5)]) / 1e6 - 12_308.8).abs() < 1.0
        );
    }

    #[test]
    fn measures_are_said_shortly() {
        let check = |metres: f64, expected: &str| assert_eq!(length(metres), expected);
        check(12.4, "12 m");
        check(998.0, "1.0 km");
        check(4_230.0, "4.2 km");
        check(12_400.0, "12 km");
        check(12_345_678.0, "12\u{2009}346 km");
        assert_eq!(surface(850.0), "850 m²");
        assert_eq!(surface(4_230_000.0), "4.23 km²");
        assert_eq!(surface(1.24e10), "12\u{2009}400 km²");
        assert_eq!(from_place((36.2, 37.16), "Aleppo", (36.2, 37.3)), "13 km east of Aleppo");
        assert_eq!(from_place((36.2, 37.16), "Aleppo", (36.2, 37.16)), "Aleppo");
    }
}
