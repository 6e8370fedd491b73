//! What is a point in a text, and what only looks like one.
#![allow(clippy::unwrap_used)]

use super::*;

/// Metres between two points, as (latitude, longitude).
pub(super) fn metres_between(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (p, q) = (a.0.to_radians(), b.0.to_radians());
    let h =
        ((q - p) / 2.0).sin().powi(2) + p.cos() * q.cos() * ((b.1 - a.1).to_radians() / 2.0).sin().powi(2);
    2.0 * 6_371_008.8 * h.min(1.0).sqrt().asin()
}

/// The one point of a text: its words, where it is, and its radius in metres within a tenth.
pub(super) fn check(text: &str, words: &str, lat: f64, lon: f64, radius_m: f64) {
    let found = find(text, &[]);
    let words_found: Vec<&str> = found.iter().map(|written| written.span.of(text)).collect();
    assert_eq!(words_found, [words], "{text}");
    let off = metres_between((found[0].lat, found[0].lon), (lat, lon));
    let radius = found[0].radius_m;
    assert!(off <= radius * 1.45 + 0.5, "{text}: {off} m off, {:?}", found[0]);
    assert!((radius / radius_m - 1.0).abs() < 0.1, "{text}: radius {radius}");
}

pub(super) fn nothing(text: &str) {
    let found = find(text, &[]);
    assert!(found.is_empty(), "{text}: {found:?}");
}

#[test]
fn degrees_minutes_and_seconds() {
    check("at 36°12′N 37°09′E, near", "36°12′N 37°09′E", 36.2, 37.15, 926.0);
    check("36° 12' 30\" S, 37° 9' 0\" W.", "36° 12' 30\" S, 37° 9' 0\" W", -36.208_33, -37.15, 15.4);
    check("at 36º12’30”N, 37º09’00”E.", "36º12’30”N, 37º09’00”E", 36.208_33, 37.15, 15.4);
    check("36˚12′30.5″N/37˚09′00.5″E", "36˚12′30.5″N/37˚09′00.5″E", 36.208_47, 37.150_14, 1.54);
    check("(36°12'30''N 37°09'00''E)", "36°12'30''N 37°09'00''E", 36.208_33, 37.15, 15.4);
    check("N36°12′30″ E37°09′00″", "N36°12′30″ E37°09′00″", 36.208_33, 37.15, 15.4);
    check("N 36° 12.500 W 037° 09.100", "N 36° 12.500 W 037° 09.100", 36.208_33, -37.151_67, 1.0);
    check("N36 12.5 E037 09.1", "N36 12.5 E037 09.1", 36.208_33, 37.151_67, 92.6);
    check("the wreck, 36-12.5N 037-09.1E, is", "36-12.5N 037-09.1E", 36.208_33, 37.151_67, 92.6);
    check("36 12 30 N 37 09 00 E", "36 12 30 N 37 09 00 E", 36.208_33, 37.15, 15.4);
    check("36:12:30N, 37:09:00W", "36:12:30N, 37:09:00W", 36.208_33, -37.15, 15.4);
    check("NOTAM 361230N 0370900E", "361230N 0370900E", 36.208_33, 37.15, 15.4);
    check("within 3612N03709E", "3612N03709E", 36.2, 37.15, 926.0);
    check("36d12m30sN 37d09m00sE", "36d12m30sN 37d09m00sE", 36.208_33, 37.15, 15.4);
    check("37°09′E, 36°12′N", "37°09′E, 36°12′N", 36.2, 37.15, 926.0);
    check("lat. 36° 12′, long. 37° 9′.", "lat. 36° 12′, long. 37° 9′", 36.2, 37.15, 926.0);
    check(
        "at 36 degrees 12 minutes north, 37 degrees 9 minutes east.",
        "36 degrees 12 minutes north, 37 degrees 9 minutes east",
        36.2,
        37.15,
        926.0,
    );
    check(
        "at 36° 12′ north latitude and 37° 9′ west longitude",
        "36° 12′ north latitude and 37° 9′ west longitude",
        36.2,
        -37.15,
        926.0,
    );
    check("near 36°N 37°E in", "36°N 37°E", 36.0, 37.0, 55_600.0);
    check("a ship at 15N, 60W", "15N, 60W", 15.0, -60.0, 55_600.0);
}

#[test]
fn decimal_degrees() {
    check("(36.2021, 37.1343)", "36.2021, 37.1343", 36.2021, 37.1343, 5.56);
    check("-33.865, 151.209", "-33.865, 151.209", -33.865, 151.209, 55.6);
    check("−33.8651, −70.2091 is", "−33.8651, −70.2091", -33.8651, -70.2091, 5.56);
    check("at 36.202, 37.134.", "36.202, 37.134", 36.202, 37.134, 55.6);
    check("pin 36.20213 37.13432", "36.20213 37.13432", 36.202_13, 37.134_32, 1.0);
    check("https://maps.example/@36.2021,37.1343,12z", "36.2021,37.1343", 36.2021, 37.1343, 5.56);
    check("https://maps.example/?q=-33.8651,151.2091", "-33.8651,151.2091", -33.8651, 151.2091, 5.56);
    check("coordinates: 36.2, 37.16", "36.2, 37.16", 36.2, 37.16, 5_560.0);
    check("Lat/Long: 36.21, 37.16", "36.21, 37.16", 36.21, 37.16, 556.0);
    check("lat 36.2021 lon 37.1343", "lat 36.2021 lon 37.1343", 36.2021, 37.1343, 5.56);
    check("Latitude: 36.2, Longitude: -37.1", "Latitude: 36.2, Longitude: -37.1", 36.2, -37.1, 5_560.0);
    check("at latitude 36.2 and longitude 37.1", "latitude 36.2 and longitude 37.1", 36.2, 37.1, 5_560.0);
    check("lng=37.1343 lat=36.2021", "lng=37.1343 lat=36.2021", 36.2021, 37.1343, 5.56);
    check("36.2 N, 37.15 E", "36.2 N, 37.15 E", 36.2, 37.15, 5_560.0);
    check("58.5°N 31.3°E", "58.5°N 31.3°E", 58.5, 31.3, 5_560.0);
    check("36,2021° N, 37,1343° E", "36,2021° N, 37,1343° E", 36.2021, 37.1343, 5.56);
    check("36.2021° north, 37.1343° west", "36.2021° north, 37.1343° west", 36.2021, -37.1343, 5.56);
    check("N 48.85 E 2.35", "N 48.85 E 2.35", 48.85, 2.35, 556.0);
    check("S33.8651 E151.2091", "S33.8651 E151.2091", -33.8651, 151.2091, 5.56);
    check("36.2021°, 37.1343°", "36.2021°, 37.1343°", 36.2021, 37.1343, 5.56);
}

#[test]
fn machine_notations() {
    check("+36.20+037.16/", "+36.20+037.16/", 36.2, 37.16, 556.0);
    check("+361230-0370900/ x", "+361230-0370900/", 36.208_33, -37.15, 15.4);
    check("-3612.5+03709.1+123.4CRSWGS_84/", "-3612.5+03709.1+123.4", -36.208_33, 37.151_67, 92.6);
    check("+36.2021+037.1343 is", "+36.2021+037.1343", 36.2021, 37.1343, 5.56);
    check("see geo:36.2021,37.1343.", "geo:36.2021,37.1343", 36.2021, 37.1343, 5.56);
    check("<geo:-36.2,37.1,120;crs=wgs84;u=350>", "geo:-36.2,37.1,120;crs=wgs84;u=350", -36.2, 37.1, 350.0);
}

#[test]
fn what_is_no_point() {
    for text in [
        "shares at 12.50, 13.75 and 3.125 points, 99.999, 1.5",
        "95.123, 200.456",
        "won 3-2, 4.5, 6.7",
        "lists of 3.5, 4.2 and 1.1",
        "1.1251, 36.2021, 37.1343",
        "36.2021, 37.1343, 38.1234",
        "in 12.345, 23.456 cases",
        "rose from $36.2021, 37.1343",
        "€36.2021, 37.1343",
        "36.2021, 37.1343 seconds",
        "10.4531 and 12.3412",
        "36.2021, 37.1343%",
        "call +1 202 555 0142 or 202-555-0142",
        "on 12.05.2016, 13.05.2016",
        "ISBN 978-3-16-148410-0",
        "version 1.2.3, 4.5.6",
        "192.168.1.1, 192.168.1.2",
        "from 20°C to 30°C, 36°",
        "N 36° 12' E 200 feet",
        "at 400 N 300 W",
        "the corner of 50 N 75 W",
        "the E40, N7 and S36",
        "at 36.2°N and 38.1°N",
        "from 36°N to 38°N",
        "36°72′N 37°09′E",
        "96°12′N 37°09′E",
        "36°12′N 197°09′E",
        "-36.2° N 37.1° E",
        "10:30 N 11:45",
        "the 5 W 3 N",
        "geo:physics, 12",
        "+1+2/",
        "36N",
        "Lat night, 12",
        "1990s 30 N",
        "",
    ] {
        nothing(text);
    }
}

#[test]
fn boilerplate_hides_points() {
    let text = "36.2021, 37.1343 and 36°12′N 37°09′E";
    let found = find(text, &[Span::new(0, 18)]);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].span.of(text), "36°12′N 37°09′E");
    assert_eq!(find(text, &[Span::new(2, 4)]).len(), 1);
}

#[test]
fn points_that_are_typed() {
    let check = |text: &str, expected: Option<(f64, f64)>| {
        assert_eq!(alone(text).map(|written| (written.lat, written.lon)), expected, "{text}");
    };
    check("36.2, 37.16", Some((36.2, 37.16)));
    check(" (-12 -77.04) ", Some((-12.0, -77.04)));
    check("36.2° 37.16°", Some((36.2, 37.16)));
    check("36.2 N, 37.16 W", Some((36.2, -37.16)));
    check("36°12′N 37°E", Some((36.2, 37.0)));
    check("geo:36.2,37.16", Some((36.2, 37.16)));
    check("near 36.2021, 37.1343", None);
    check("95, 12", None);
    check("1984", None);
    check("19 84 3", None);
    check("", None);
}

#[test]
fn how_exact_a_point_is() {
    let check = |text: &str, expected: Precision| {
        assert_eq!(precision(alone(text).unwrap().radius_m), expected, "{text}");
    };
    check("36.2021, 37.1343", Precision::Point);
    check("37S CA 12 34", Precision::Point);
    check("36°12′N 37°09′E", Precision::Point);
    check("36.2, 37.1", Precision::District);
    check("37S CA 1 3", Precision::District);
    check("36°N 37°E", Precision::Region);
}

/// A point in some notation with so many digits, as people write it.
fn written(lat: f64, lon: f64, notation: usize, places: usize) -> String {
    let (n, e) = (if lat < 0.0 { 'S' } else { 'N' }, if lon < 0.0 { 'W' } else { 'E' });
    let (a, o) = (lat.abs(), lon.abs());
    let minutes = |angle: f64| {
        let all = (angle * 60.0 * 10f64.powi(places as i32)).round() / 10f64.powi(places as i32);
        ((all / 60.0).floor(), all % 60.0)
    };
    let seconds = |angle: f64| {
        let all = (angle * 3600.0 * 10f64.powi(places as i32)).round() / 10f64.powi(places as i32);
        ((all / 3600.0).floor(), (all / 60.0).floor() % 60.0, all % 60.0)
    };
    let ((ad, am), (od, om)) = (minutes(a), minutes(o));
    let ((sd, sm, ss), (td, tm, ts)) = (seconds(a), seconds(o));
    match notation {
        0 => format!("{a:.p$}°{n} {o:.p$}°{e}", p = places),
        1 => format!("{ad}°{am:.places$}′{n}, {od}°{om:.places$}′{e}"),
        2 => format!("{sd}° {sm}' {ss:.places$}\" {n}, {td}° {tm}' {ts:.places$}\" {e}"),
        3 => format!("({lat:.p$}, {lon:.p$})", p = places + 3),
        4 => format!("lat {lat:.p$}, lon {lon:.p$}", p = places),
        5 => format!("geo:{lat:.places$},{lon:.places$}"),
        6 => format!("{n} {ad}° {am:.places$} {e} {od}° {om:.places$}"),
        7 => format!("{sd:02}{sm:02}{:02}{n} {td:03}{tm:02}{:02}{e}", ss.floor(), ts.floor()),
        _ => format!(
            "{}{:0w$.p$}{}{:0v$.p$}/",
            if lat < 0.0 { '-' } else { '+' },
            a,
            if lon < 0.0 { '-' } else { '+' },
            o,
            p = places + 1,
            w = places + 4,
            v = places + 5
        ),
    }
}

proptest::proptest! {
    #[test]
    fn points_are_read_back(
        lat in -89.9f64..89.9, lon in -179.9f64..179.9, notation in 0usize..9, places in 0usize..5
    ) {
        let text = written(lat, lon, notation, places);
        let found = find(&text, &[]);
        proptest::prop_assert_eq!(found.len(), 1, "{}", text);
        let off = metres_between((found[0].lat, found[0].lon), (lat, lon));
        // Whole seconds that are cut, not rounded, may be a whole unit off.
        let cut = if notation == 7 { 2.0 } else { 1.0 };
        proptest::prop_assert!(off <= found[0].radius_m * 1.5 * cut, "{text}: {off} m");
    }

    #[test]
    fn any_text_is_searched(text in "(\\PC|[0-9 .,°′'\"NSEWmd:/+-]|lat |37S|CA|geo:|36\\.2021){0,60}") {
        let mut end = 0;
        for written in find(&text, &[]) {
            proptest::prop_assert!(written.span.start >= end && !written.span.of(&text).is_empty());
            proptest::prop_assert!(written.lat.abs() <= 90.0 && written.lon.abs() <= 180.0);
            proptest::prop_assert!(written.radius_m.is_finite());
            end = written.span.end;
        }
        let _ = alone(&text);
    }
}
