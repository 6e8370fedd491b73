//! Shapes of every sort, read, painted and found again.

use tiny_skia::Pixmap;

use super::*;
use crate::basemap::{Style, TileId};
use crate::model::mercator::project;

fn read(geometry: &str, properties: &str) -> Overlay {
    let text = format!(r#"{{"type": "Feature", "properties": {properties}, "geometry": {geometry}}}"#);
    Overlay::read(text.as_bytes()).unwrap()
}

/// What is painted at a place of the tile of the whole world.
fn pixel(overlay: &Overlay, lat: f64, lon: f64) -> [u8; 4] {
    let mut pixmap = Pixmap::new(512, 512).unwrap();
    paint(overlay, 0, TileId { z: 0, x: 0, y: 0 }, 1.0, &Style::LIGHT, &mut pixmap);
    let [x, y] = project(lat, lon).map(|axis| (axis * 512.0) as usize);
    let at = (y * 512 + x) * 4;
    [0, 1, 2, 3].map(|channel| pixmap.data()[at + channel])
}

const SQUARE: &str = r#"{"type": "Polygon", "coordinates":
    [[[0, 0], [40, 0], [40, 40], [0, 40], [0, 0]], [[10, 10], [30, 10], [30, 30], [10, 30], [10, 10]]]}"#;

#[test]
fn an_area_is_painted_and_found_but_for_its_holes() {
    let overlay = read(SQUARE, r##"{"name": "Block", "stroke": "#zz"}"##);
    assert!(pixel(&overlay, 5.0, 5.0)[3] > 0);
    assert_eq!(pixel(&overlay, 20.0, 20.0)[3], 0);
    assert_eq!(pixel(&overlay, 60.0, 60.0)[3], 0);
    let at = |lat: f64, lon: f64| overlay.at(project(lat, lon), 1e-4).and_then(About::title);
    assert_eq!(at(5.0, 5.0), Some("Block"));
    assert_eq!(at(20.0, 20.0), None);
    assert_eq!(at(5.0, 365.0), Some("Block"));
}

#[test]
fn shapes_cross_the_antimeridian() {
    let overlay = read(r#"{"type": "LineString", "coordinates": [[170, 0], [-170, 0]]}"#, "{}");
    for lon in [175.0, 179.0, -179.0, -175.0] {
        assert!(pixel(&overlay, 0.0, lon)[3] > 0, "{lon}");
    }
    assert_eq!(pixel(&overlay, 0.0, 0.0)[3], 0);
    assert!(overlay.at(project(0.0, -175.0), 1e-4).is_some());
}

#[test]
fn own_colours_are_kept_where_they_can_be_seen() {
    let point = r#"{"type": "Point", "coordinates": [10, 10]}"#;
    let check = |properties: &str, expected: [u8; 3]| {
        assert_eq!(pixel(&read(point, properties), 10.0, 10.0)[..3], expected, "{properties}");
    };
    check(r##"{"marker-color": "#7f0000"}"##, [0x7F, 0, 0]);
    check(r##"{"stroke": "#00f"}"##, [0, 0, 0xFF]);
    check(r##"{"marker-color": "#fffff0"}"##, Style::LIGHT.layers[0]);
    check("{}", Style::LIGHT.layers[0]);
}

#[test]
fn what_has_no_place_is_counted_and_what_is_no_geojson_refused() {
    let text = r#"{"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"a": 1, "b": null, "fill": "red"}, "geometry": null},
        {"type": "Feature", "properties": {"a": 1, "b": null, "fill": "red"}, "geometry":
            {"type": "GeometryCollection", "geometries": [
                {"type": "MultiPoint", "coordinates": [[1, 2], [3, 4]]},
                {"type": "Point", "coordinates": [1000, 2]},
                {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]}]}}]}"#;
    let overlay = Overlay::read(text.as_bytes()).unwrap();
    assert_eq!((overlay.len(), overlay.left_out()), (2, 2));
    let about = overlay.at(project(2.0, 1.0), 1e-6).unwrap();
    assert_eq!(about.properties, [("a".to_owned(), "1".to_owned())]);
    let check = |text: &str, expected: &str| {
        let reason = Overlay::read(text.as_bytes()).unwrap_err();
        assert!(reason.contains(expected), "{reason}");
    };
    check("", "no GeoJSON");
    check("[1, 2]", "no GeoJSON");
    check(r#"{"type": "FeatureCollection", "features": []}"#, "nothing in it");
    check(r#"{"type": "Point", "coordinates": []}"#, "GeoJSON");
}

#[test]
fn long_lines_are_drawn_of_fewer_points_from_afar() {
    let coordinates: Vec<String> =
        (0..5000).map(|at| format!("[{}, {}]", f64::from(at) / 100.0, f64::from(at % 7) / 1000.0)).collect();
    let line = format!(r#"{{"type": "LineString", "coordinates": [{}]}}"#, coordinates.join(","));
    let overlay = read(&line, "{}");
    let feature = &overlay.features[0];
    assert!(feature.parts(1.0)[0].len() < 200);
    assert_eq!(feature.parts(1e-9)[0].len(), 5000);
    assert!(pixel(&overlay, 0.0, 25.0)[3] > 0);
}
