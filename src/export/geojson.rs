//! GeoJSON (RFC 7946): a feature per row, in one collection or one a line.
//! Every feature has the same flat properties, because GIS programs make columns of their union and
//! of nothing that is nested; longitude and latitude stand there again for programs that read tables.

use std::io::{self, Write};

use serde::{Serialize, Serializer};
use serde_json::json;

use super::bounds::Bounds;
use super::form::Form;
use super::table::Line;
use super::{ATTRIBUTION, Format, GENERATOR, LICENSE, Options};

#[derive(Serialize)]
struct Feature<'a> {
    r#type: &'static str,
    id: &'a str,
    geometry: Option<Point>,
    #[serde(serialize_with = "flat")]
    properties: &'a Line<'a>,
}

/// The columns with their values.
fn flat<S: Serializer>(line: &Line<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_map(line.cells().map(|(column, value)| (column.name, value)))
}

#[derive(Serialize)]
struct Point {
    r#type: &'static str,
    /// Longitude, latitude.
    coordinates: [f64; 2],
}

/// A collection while it is written. The box around its points comes last, being known last.
#[derive(Debug)]
pub(crate) struct Collection<W> {
    out: W,
    bounds: Bounds,
    features: usize,
}

impl<W: Write> Collection<W> {
    /// The collection bears the name of its rows, which GIS programs take for the layer's.
    pub(crate) fn start(mut out: W, options: &Options) -> io::Result<Self> {
        write!(
            out,
            r#"{{"type":"FeatureCollection","name":{},"generator":{}"#,
            json!(options.rows.as_str()),
            json!(GENERATOR)
        )?;
        write!(out, r#","license":{},"attribution":{}"#, json!(LICENSE), json!(ATTRIBUTION))?;
        if let Some(narrowed) = options.narrowed(Format::GeoJson) {
            write!(out, r#","description":{}"#, json!(narrowed))?;
        }
        if let Some(created) = &options.created {
            write!(out, r#","created":{}"#, json!(created))?;
        }
        out.write_all(br#","features":["#)?;
        Ok(Self { out, bounds: Bounds::default(), features: 0 })
    }
}

impl<W: Write> Form<W> for Collection<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.out.write_all(if self.features == 0 { b"\n" } else { b",\n" })?;
        self.features += 1;
        if let Some((lat, lon)) = line.point() {
            self.bounds.add(lat, lon);
        }
        feature(&mut self.out, line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        self.out.write_all(b"\n]")?;
        if let Some(bbox) = self.bounds.bbox() {
            write!(self.out, r#","bbox":{}"#, json!([bbox.west, bbox.south, bbox.east, bbox.north]))?;
        }
        self.out.write_all(b"}\n")?;
        Ok(self.out)
    }
}

/// A feature a line.
#[derive(Debug)]
pub(crate) struct Lines<W>(W);

impl<W> Lines<W> {
    pub(crate) fn new(out: W) -> Self {
        Self(out)
    }
}

impl<W: Write> Form<W> for Lines<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        feature(&mut self.0, line)?;
        self.0.write_all(b"\n")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        Ok(self.0)
    }
}

/// Writes a feature on one line, without the line's end.
fn feature(out: &mut impl Write, line: &Line<'_>) -> io::Result<()> {
    let geometry = line.point().map(|(lat, lon)| Point { r#type: "Point", coordinates: [lon, lat] });
    let feature = Feature { r#type: "Feature", id: line.id(), geometry, properties: line };
    Ok(serde_json::to_writer(out, &feature)?)
}
