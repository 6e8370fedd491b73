//! Reads the Natural Earth shapefiles that the basemap is made of.
//! Their field names change between versions and scales, in case and in name; look-ups ignore case.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use shapefile::dbase::{FieldValue, Record};

use super::BuildError;
use crate::basemap::clip::Xy;
use crate::basemap::mercator::project;
use crate::basemap::pack::Layer;

/// Scales, coarse to fine, as file names tell them.
const SCALES: [&str; 3] = ["110m", "50m", "10m"];

/// The rings or lines of one row of a shapefile, and its fields.
type Row = (Vec<Vec<Xy>>, Record);

/// A ring or a line on the Mercator unit square.
pub(crate) struct Shape {
    pub layer: Layer,
    pub min_zoom: f64,
    pub points: Vec<Xy>,
}

/// A country as it is packed.
pub(crate) struct Country {
    pub code: String,
    pub name: String,
    pub label: Xy,
    pub min_zoom: f64,
    pub max_zoom: f64,
    pub rings: Vec<Vec<Xy>>,
}

/// The files below the folder of sources.
pub(crate) struct Sources {
    root: PathBuf,
    files: Vec<PathBuf>,
}

impl Sources {
    pub(crate) fn find(root: &Path) -> Result<Sources, BuildError> {
        let mut files = Vec::new();
        for entry in walkdir::WalkDir::new(root).sort_by_file_name() {
            let entry = entry
                .map_err(|error| BuildError::Read { path: root.to_path_buf(), reason: error.to_string() })?;
            if entry.path().extension().is_some_and(|extension| extension == "shp") {
                files.push(entry.into_path());
            }
        }
        Ok(Sources { root: root.to_path_buf(), files })
    }

    fn read(&self, end: &str) -> Result<Vec<Row>, BuildError> {
        let path = self.files.iter().find(|file| file.ends_with(end));
        let path = path.ok_or_else(|| BuildError::Missing(end.to_string(), self.root.clone()))?;
        let records = shapefile::read(path)
            .map_err(|error| BuildError::Read { path: path.clone(), reason: error.to_string() })?;
        Ok(records.into_iter().map(|(shape, record)| (parts(&shape), record)).collect())
    }

    /// Everything drawn at one level of detail.
    pub(crate) fn level(&self, level: usize) -> Result<Vec<Shape>, BuildError> {
        let scale = SCALES[level];
        let mut shapes = Vec::new();
        let mut add = |layer: Layer, min_zoom: f64, parts: Vec<Vec<Xy>>| {
            shapes.extend(parts.into_iter().map(|points| Shape { layer, min_zoom, points }));
        };
        for (parts, _) in self.read(&format!("physical/ne_{scale}_land.shp"))? {
            add(Layer::Land, 0.0, parts);
        }
        for (parts, record) in self.read(&format!("physical/ne_{scale}_lakes.shp"))? {
            add(Layer::Lake, number(&record, "scalerank") * 0.8 + 0.5, parts);
        }
        for (parts, record) in self.read(&format!("{scale}/ne_{scale}_rivers_lake_centerlines.shp"))? {
            // Rank 1 is the Amazon, 9 a tributary of a tributary.
            add(Layer::River, number(&record, "scalerank") * 0.65 + 2.2, parts);
        }
        for (parts, record) in self.read(&format!("cultural/ne_{scale}_admin_0_boundary_lines_land.shp"))? {
            let agreed = text(&record, "featurecla").starts_with("International boundary");
            add(if agreed { Layer::Border } else { Layer::Disputed }, 0.0, parts);
        }
        if scale == "10m" {
            let lines = self.read("10m/ne_10m_admin_1_states_provinces_lines.shp")?;
            let zooms = division_zooms(&lines);
            for (parts, record) in lines {
                if let Some(&min_zoom) = zooms.get(&text(&record, "adm0_a3")) {
                    add(Layer::Division, min_zoom, parts);
                }
            }
        }
        Ok(shapes)
    }

    /// Every country, the one whose label shows first at the head.
    pub(crate) fn countries(&self) -> Result<Vec<Country>, BuildError> {
        let mut countries = Vec::new();
        for (rings, record) in self.read("cultural/ne_10m_admin_0_countries.shp")? {
            let code = text(&record, "iso_a2_eh");
            countries.push(Country {
                code: if code.len() == 2 { code } else { "--".to_string() },
                name: text(&record, "name"),
                label: project(number(&record, "label_y"), number(&record, "label_x")),
                min_zoom: number(&record, "min_label"),
                max_zoom: number(&record, "max_label"),
                rings,
            });
        }
        follow_the_gazetteer(&mut countries);
        countries.sort_by(|a, b| a.min_zoom.total_cmp(&b.min_zoom).then_with(|| a.name.cmp(&b.name)));
        Ok(countries)
    }
}

/// Land that the source draws with the power that holds it and the gazetteer lists under another
/// country, as most of the world's states do: `(from, to, latitude, longitude of a point in its ring)`.
/// The line between stays a disputed one.
const LISTED_ELSEWHERE: [(&str, &str, f64, f64); 1] = [("RU", "UA", 45.3, 34.4)];

/// Moves rings so that a tinted country is the one that its places are listed under.
fn follow_the_gazetteer(countries: &mut [Country]) {
    for (from, to, lat, lon) in LISTED_ELSEWHERE {
        let point = project(lat, lon);
        let mut moved = Vec::new();
        for country in countries.iter_mut().filter(|country| country.code == from) {
            let (inside, outside) =
                std::mem::take(&mut country.rings).into_iter().partition(|ring| holds(ring, point));
            country.rings = outside;
            moved = inside;
        }
        if let Some(country) = countries.iter_mut().find(|country| country.code == to) {
            country.rings.append(&mut moved);
        }
    }
}

/// Whether the ring runs round the point (even-odd rule).
fn holds(ring: &[Xy], point: Xy) -> bool {
    let ring = geo::LineString::from_iter(ring.iter().map(|&[x, y]| (x, y)));
    geo::Contains::contains(&geo::Polygon::new(ring, Vec::new()), &geo::Point::from(point))
}

/// From which zoom each country's inner borders are drawn: all at once, by the median of what the
/// source says of each line, or Turkey's provinces would be open at one side for a while.
/// Past zoom 8 they are left out: they are municipalities (Slovenia, Malta, Latvia).
fn division_zooms(lines: &[Row]) -> BTreeMap<String, f64> {
    let mut zooms: BTreeMap<_, Vec<f64>> = BTreeMap::new();
    for (_, record) in lines {
        zooms.entry(text(record, "adm0_a3")).or_default().push(number(record, "min_zoom"));
    }
    let median = |mut zooms: Vec<f64>| {
        zooms.sort_by(f64::total_cmp);
        zooms[zooms.len() / 2]
    };
    let medians = zooms.into_iter().map(|(country, zooms)| (country, median(zooms)));
    medians.filter(|(_, zoom)| *zoom <= 8.0).map(|(country, zoom)| (country, zoom.clamp(3.5, 7.0))).collect()
}

/// Rings (first point not repeated) or lines of a shape, on the unit square.
fn parts(shape: &shapefile::Shape) -> Vec<Vec<Xy>> {
    let place = |points: &[shapefile::Point]| points.iter().map(|point| project(point.y, point.x)).collect();
    match shape {
        shapefile::Shape::Polyline(line) => line.parts().iter().map(|part| place(part)).collect(),
        shapefile::Shape::Polygon(polygon) => {
            let open = |ring: &shapefile::PolygonRing<shapefile::Point>| {
                let mut points: Vec<Xy> = place(ring.points());
                if points.first() == points.last() {
                    points.pop();
                }
                points
            };
            polygon.rings().iter().map(open).collect()
        }
        _ => Vec::new(),
    }
}

fn field<'a>(record: &'a Record, name: &str) -> Option<&'a FieldValue> {
    record.get(name).or_else(|| record.get(&name.to_uppercase()))
}

fn number(record: &Record, name: &str) -> f64 {
    match field(record, name) {
        Some(FieldValue::Numeric(Some(value))) => *value,
        Some(FieldValue::Float(Some(value))) => f64::from(*value),
        Some(FieldValue::Integer(value)) => f64::from(*value),
        Some(FieldValue::Double(value)) => *value,
        _ => 0.0,
    }
}

fn text(record: &Record, name: &str) -> String {
    match field(record, name) {
        Some(FieldValue::Character(Some(value))) => value.trim_matches(['\0', ' ']).to_string(),
        _ => String::new(),
    }
}
