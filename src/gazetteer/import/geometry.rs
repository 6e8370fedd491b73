//! Where a feature lies: a point that stands for it, its extent and its radius, from GeoJSON's geometry.
//! Lines and areas that cross the antimeridian are measured with their western part moved round the globe, as
//! their box would otherwise go the long way.

use geo::{
    BoundingRect, Coord, Distance, Geometry, GeometryCollection, Haversine, InteriorPoint, LineString,
    MapCoordsInPlace, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, Rect,
};
use serde_json::Value;

use crate::model::Bbox;

/// Nested collections deeper than this are refused; honest ones are two deep.
const DEEPEST: usize = 8;

/// Where something lies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) lat: f64,
    pub(super) lon: f64,
    /// Extent, for what is more than a point.
    pub(super) bbox: Option<Bbox>,
    /// Half the diagonal of the extent, metres; 0 for a point.
    pub(super) radius_m: f64,
}

impl Shape {
    pub(super) fn point(lat: f64, lon: f64) -> Self {
        Self { lat, lon, bbox: None, radius_m: 0.0 }
    }

    /// Where a GeoJSON geometry lies. Fails with the reason, as the end of a sentence.
    pub(super) fn of(geometry: &Value) -> Result<Self, String> {
        let mut geometry = read(geometry, 0)?;
        let mut extent = geometry.bounding_rect().ok_or("its geometry holds no point")?;
        if extent.width() > 180.0
            && let Some(other) = moved_round(&geometry)
            && let Some(narrow) = other.bounding_rect()
            && narrow.width() < extent.width()
        {
            (geometry, extent) = (other, narrow);
        }
        let point = geometry.interior_point().ok_or("its geometry holds no point")?;
        let home = |lon: f64| if lon > 180.0 { lon - 360.0 } else { lon };
        let shape = Self::point(point.y(), home(point.x()));
        if extent.width() == 0.0 && extent.height() == 0.0 {
            return Ok(shape);
        }
        let (min, max) = (extent.min(), extent.max());
        let bbox = Bbox { west: home(min.x), south: min.y, east: home(max.x), north: max.y };
        Ok(Self { bbox: Some(bbox), radius_m: radius(extent), ..shape })
    }
}

/// Half the diagonal, at most a quarter of the way around the globe.
fn radius(extent: Rect) -> f64 {
    let centre = Point::from(extent.center());
    Haversine
        .distance(centre, Point::from(extent.max()))
        .max(Haversine.distance(centre, Point::from(extent.min())))
}

/// The geometry with everything west of Greenwich a turn further east.
fn moved_round(geometry: &Geometry) -> Option<Geometry> {
    let mut moved = geometry.clone();
    moved.map_coords_in_place(|at| if at.x < 0.0 { Coord { x: at.x + 360.0, y: at.y } } else { at });
    Some(moved)
}

fn read(value: &Value, depth: usize) -> Result<Geometry, String> {
    let kind = value.get("type").and_then(Value::as_str).unwrap_or_default();
    if kind == "GeometryCollection" {
        let parts = value.get("geometries").and_then(Value::as_array).ok_or("its geometry holds no point")?;
        if depth == DEEPEST {
            return Err("its geometry is nested too deeply".to_owned());
        }
        // Linked Places tell where one source or another puts a place; some of them know nothing.
        let parts: Vec<Geometry> = parts.iter().filter_map(|part| read(part, depth + 1).ok()).collect();
        return Ok(Geometry::GeometryCollection(GeometryCollection::from(parts)));
    }
    let coordinates = value.get("coordinates").ok_or("it has no coordinates")?;
    Ok(match kind {
        "Point" => Geometry::Point(Point::from(position(coordinates)?)),
        "MultiPoint" => {
            let points: Vec<Point> = positions(coordinates)?.into_iter().map(Point::from).collect();
            Geometry::MultiPoint(MultiPoint::from(points))
        }
        "LineString" => Geometry::LineString(LineString::from(positions(coordinates)?)),
        "MultiLineString" => Geometry::MultiLineString(MultiLineString::new(lines(coordinates)?)),
        "Polygon" => Geometry::Polygon(polygon(coordinates)?),
        "MultiPolygon" => Geometry::MultiPolygon(MultiPolygon::new(
            list(coordinates)?.iter().map(polygon).collect::<Result<_, _>>()?,
        )),
        "" => return Err("its geometry has no type".to_owned()),
        kind => return Err(format!("“{kind}” is no geometry of GeoJSON")),
    })
}

fn list(value: &Value) -> Result<&Vec<Value>, String> {
    value.as_array().ok_or_else(|| "its coordinates are not as deep as its type asks".to_owned())
}

fn position(value: &Value) -> Result<Coord, String> {
    let numbers = list(value)?;
    let number = |at: usize| numbers.get(at).and_then(Value::as_f64);
    let (Some(lon), Some(lat)) = (number(0), number(1)) else {
        return Err("its coordinates are no numbers".to_owned());
    };
    if lat.abs() > 90.0 {
        return Err(format!("latitude {lat} is not on the globe"));
    }
    if lon.abs() > 180.0 {
        return Err(format!("longitude {lon} is not on the globe"));
    }
    Ok(Coord { x: lon, y: lat })
}

fn positions(value: &Value) -> Result<Vec<Coord>, String> {
    list(value)?.iter().map(position).collect()
}

fn lines(value: &Value) -> Result<Vec<LineString>, String> {
    list(value)?.iter().map(|line| Ok(LineString::from(positions(line)?))).collect()
}

fn polygon(value: &Value) -> Result<Polygon, String> {
    let mut rings = lines(value)?.into_iter();
    let outer = rings.next().ok_or("its geometry holds no point")?;
    Ok(Polygon::new(outer, rings.collect()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shape(text: &str) -> Result<Shape, String> {
        Shape::of(&serde_json::from_str(text).unwrap())
    }

    #[test]
    fn geometries_have_a_point_and_an_extent() {
        let check = |text: &str, lat: f64, lon: f64, edges: Option<[f64; 4]>| {
            let found = shape(text).unwrap();
            assert_eq!((found.lat, found.lon), (lat, lon), "{text}");
            assert_eq!(found.bbox.map(|b| [b.west, b.south, b.east, b.north]), edges, "{text}");
            assert_eq!(found.radius_m > 0.0, edges.is_some());
        };
        check(r#"{"type":"Point","coordinates":[31.25,30.06,23]}"#, 30.06, 31.25, None);
        check(
            r#"{"type":"Polygon","coordinates":[[[0,0],[4,0],[4,2],[0,2],[0,0]]]}"#,
            1.0,
            2.0,
            Some([0.0, 0.0, 4.0, 2.0]),
        );
        check(
            r#"{"type":"MultiPolygon","coordinates":[[[[179,0],[180,0],[180,2],[179,2],[179,0]]],
                [[[-180,0],[-179.5,0],[-179.5,2],[-180,2],[-180,0]]]]}"#,
            1.0,
            179.5,
            Some([179.0, 0.0, -179.5, 2.0]),
        );
        check(
            r#"{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[1,2]},{"type":"Nothing"}]}"#,
            2.0,
            1.0,
            None,
        );
        check(
            r#"{"type":"LineString","coordinates":[[0,0],[2,0],[4,0]]}"#,
            0.0,
            2.0,
            Some([0.0, 0.0, 4.0, 0.0]),
        );
    }

    #[test]
    fn what_lies_nowhere_is_told() {
        let check = |text: &str, expected: &str| assert_eq!(shape(text), Err(expected.to_owned()), "{text}");
        check("{}", "it has no coordinates");
        check(r#"{"type":"Point","coordinates":[]}"#, "its coordinates are no numbers");
        check(r#"{"type":"Point","coordinates":[1,95]}"#, "latitude 95 is not on the globe");
        check(r#"{"type":"Point","coordinates":[500000,50]}"#, "longitude 500000 is not on the globe");
        check(r#"{"type":"Polygon","coordinates":[]}"#, "its geometry holds no point");
        check(r#"{"type":"Polygon","coordinates":[1]}"#, "its coordinates are not as deep as its type asks");
        check(r#"{"type":"Circle","coordinates":[1,1]}"#, "“Circle” is no geometry of GeoJSON");
        check(r#"{"type":"GeometryCollection","geometries":[]}"#, "its geometry holds no point");
    }

    proptest! {
        /// Rings that cross themselves, lie on one spot or go round the globe are somewhere, or nowhere.
        #[test]
        fn no_ring_is_a_panic(
            rings in prop::collection::vec(prop::collection::vec((-180i16..=180, -90i16..=90), 0..6), 0..4),
            kind in prop::sample::select(vec!["Polygon", "MultiLineString"]),
        ) {
            let value = serde_json::json!({"type": kind, "coordinates": rings});
            if let Ok(shape) = Shape::of(&value) {
                assert!(shape.lat.abs() <= 90.0 && shape.lon.abs() <= 180.0, "{value} {shape:?}");
            }
        }
    }
}
