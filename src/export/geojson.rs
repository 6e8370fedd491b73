//! GeoJSON (RFC 7946): a feature per row, in one collection or one a line.
//! Every feature has the same flat properties, because GIS programs make columns of their union and
//! of nothing that is nested; longitude and latitude stand there again for programs that read tables.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::json;

use super::bounds::Bounds;
use super::row::Row;
use super::{ATTRIBUTION, GENERATOR, LICENSE, Rows};

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: &'a str,
    geometry: Option<Point>,
    properties: &'a Row,
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    /// Longitude, latitude.
    coordinates: [f64; 2],
}

/// A collection while it is written. The box around its points comes last, being known last.
#[derive(Debug, Default)]
pub(crate) struct Collection {
    bounds: Bounds,
    features: usize,
}

impl Collection {
    /// The collection bears the name of its rows, which GIS programs take for the layer's.
    pub(crate) fn start(&self, out: &mut impl Write, rows: Rows, created: Option<&str>) -> io::Result<()> {
        write!(
            out,
            r#"{{"type":"FeatureCollection","name":{},"generator":{}"#,
            json!(rows.as_str()),
            json!(GENERATOR)
        )?;
        write!(out, r#","license":{},"attribution":{}"#, json!(LICENSE), json!(ATTRIBUTION))?;
        if let Some(created) = created {
            write!(out, r#","created":{}"#, json!(created))?;
        }
        out.write_all(br#","features":["#)
    }

    pub(crate) fn row(&mut self, out: &mut impl Write, row: &Row) -> io::Result<()> {
        out.write_all(if self.features == 0 { b"\n" } else { b",\n" })?;
        self.features += 1;
        if let (Some(lat), Some(lon)) = (row.latitude, row.longitude) {
            self.bounds.add(lat, lon);
        }
        feature(out, row)
    }

    pub(crate) fn finish(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(b"\n]")?;
        if let Some(bbox) = self.bounds.bbox() {
            write!(out, r#","bbox":{}"#, json!([bbox.west, bbox.south, bbox.east, bbox.north]))?;
        }
        out.write_all(b"}\n")
    }
}

/// Writes a feature on one line, without the line's end.
pub(crate) fn feature(out: &mut impl Write, row: &Row) -> io::Result<()> {
    let point = row.latitude.zip(row.longitude);
    let geometry = point.map(|(lat, lon)| Point { r#type: "Point", coordinates: [lon, lat] });
    let feature = Feature { r#type: "Feature", id: &row.id, geometry, properties: row };
    Ok(serde_json::to_writer(out, &feature)?)
}
