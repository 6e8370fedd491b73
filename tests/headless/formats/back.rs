//! Tables read back by parsers that others wrote.

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};

use dateline::export::{Format, Rows};
use flatgeobuf::{FallibleStreamingIterator, FeatureProperties, FgbReader};
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::Field;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use serde_json::Value;

/// Rows by their ids, each with its columns as CSV has them; what is null is not there.
pub type Facts = BTreeMap<String, BTreeMap<String, String>>;

/// The rows of a file.
pub fn rows_of(format: Format, file: &[u8], rows: Rows) -> Facts {
    match format {
        Format::Csv => csv_rows(file),
        Format::GeoJson => {
            let json: Value = serde_json::from_slice(file).unwrap();
            json["features"].as_array().unwrap().iter().map(feature).collect()
        }
        Format::GeoJsonLines => {
            let lines = std::str::from_utf8(file).unwrap().lines();
            lines.map(|line| feature(&serde_json::from_str(line).unwrap())).collect()
        }
        Format::Kml => kml_rows(file),
        Format::Kmz => {
            let mut zip = zip::ZipArchive::new(Cursor::new(file)).unwrap();
            let mut kml = Vec::new();
            zip.by_index(0).unwrap().read_to_end(&mut kml).unwrap();
            kml_rows(&kml)
        }
        Format::GeoPackage => gpkg_rows(file, rows),
        Format::FlatGeobuf => fgb_rows(file),
        Format::GeoParquet => parquet_rows(file),
        other => panic!("{other} is no table"),
    }
}

fn by_id(columns: BTreeMap<String, String>) -> (String, BTreeMap<String, String>) {
    (columns.get("id").cloned().unwrap_or_default(), columns)
}

pub fn csv_rows(file: &[u8]) -> Facts {
    let mut reader = csv::Reader::from_reader(file);
    let names = reader.headers().unwrap().clone();
    let plain = |cell: &str| cell.strip_prefix('\'').unwrap_or(cell).to_owned();
    let rows = reader.records().map(|record| {
        let record = record.unwrap();
        let cells = names.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
        by_id(cells.map(|(name, cell)| (name.to_owned(), plain(cell))).collect())
    });
    rows.collect()
}

fn feature(feature: &Value) -> (String, BTreeMap<String, String>) {
    let columns: BTreeMap<_, _> = feature["properties"]
        .as_object()
        .unwrap()
        .iter()
        .filter(|(_, value)| !value.is_null() && *value != "")
        .map(|(name, value)| (name.clone(), value.as_str().map_or_else(|| value.to_string(), str::to_owned)))
        .collect();
    let (lon, lat) = (columns.get("longitude"), columns.get("latitude"));
    let point = lon.zip(lat).map(|(lon, lat)| format!("[{lon},{lat}]"));
    assert_eq!(
        feature["geometry"]["coordinates"].as_array().map(|_| feature["geometry"]["coordinates"].to_string()),
        point
    );
    assert_eq!(feature["id"], feature["properties"]["id"]);
    by_id(columns)
}

fn kml_rows(file: &[u8]) -> Facts {
    let kml = std::str::from_utf8(file).unwrap();
    let mut reader = quick_xml::Reader::from_str(kml);
    let (mut facts, mut columns, mut name, mut text) = (Facts::new(), BTreeMap::new(), None, String::new());
    loop {
        use quick_xml::events::Event::{Empty, End, Eof, GeneralRef, Start, Text};
        match reader.read_event().unwrap() {
            Start(tag) => {
                text.clear();
                let attribute = tag.try_get_attribute("name").unwrap();
                name = attribute.map(|name| name.value.into_owned());
            }
            Text(words) => text.push_str(&words),
            GeneralRef(reference) => {
                let named = match &*reference {
                    "amp" => Some('&'),
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "quot" => Some('"'),
                    _ => reference.resolve_char_ref().unwrap(),
                };
                text.push(named.unwrap());
            }
            End(tag) => match tag.name().as_ref() {
                "SimpleData" => {
                    columns.insert(name.take().unwrap(), std::mem::take(&mut text));
                }
                "coordinates" => {
                    let (lon, lat) = (columns["longitude"].clone(), columns["latitude"].clone());
                    assert_eq!(text, format!("{lon},{lat}"));
                }
                "Placemark" => {
                    columns.retain(|_, cell: &mut String| !cell.is_empty());
                    if let Some(cell) = columns.get_mut("event_background") {
                        *cell = (cell == "1").to_string();
                    }
                    facts.extend([by_id(std::mem::take(&mut columns))]);
                }
                _ => {}
            },
            Empty(_) => {}
            Eof => return facts,
            _ => {}
        }
    }
}

fn gpkg_rows(file: &[u8], rows: Rows) -> Facts {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.gpkg");
    std::fs::write(&path, file).unwrap();
    let connection = Connection::open(path).unwrap();
    let mut statement = connection.prepare(&format!("SELECT * FROM {} ORDER BY fid", rows.as_str())).unwrap();
    let names: Vec<String> = statement.column_names().into_iter().map(str::to_owned).collect();
    let cells = statement.query_map([], |row| {
        let mut columns = BTreeMap::new();
        for (number, name) in names.iter().enumerate() {
            let cell = match row.get_ref(number)? {
                ValueRef::Null | ValueRef::Blob(_) => continue,
                ValueRef::Integer(yes) if name == "event_background" => (yes != 0).to_string(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => format!("{number:?}"),
                ValueRef::Text(text) => std::str::from_utf8(text).unwrap().replace(".000Z", "Z"),
            };
            if !name.ends_with("fid") && !cell.is_empty() {
                columns.insert(name.clone(), cell);
            }
        }
        Ok(by_id(columns))
    });
    cells.unwrap().map(Result::unwrap).collect()
}

fn fgb_rows(file: &[u8]) -> Facts {
    let mut features = FgbReader::open(Cursor::new(file)).unwrap().select_all_seq().unwrap();
    let mut facts = Facts::new();
    while let Some(feature) = features.next().unwrap() {
        let mut columns: BTreeMap<String, String> = feature.properties().unwrap().into_iter().collect();
        columns.retain(|_, cell| !cell.is_empty());
        // What the reader prints of a whole number lacks its point.
        for name in ["latitude", "longitude", "score", "event_score", "focus_share"] {
            if let Some(cell) = columns.get_mut(name) {
                *cell = format!("{:?}", cell.parse::<f64>().unwrap());
            }
        }
        facts.extend([by_id(columns)]);
    }
    facts
}

fn parquet_rows(file: &[u8]) -> Facts {
    let mut written = tempfile::tempfile().unwrap();
    written.write_all(file).unwrap();
    let reader = SerializedFileReader::new(written).unwrap();
    let rows = reader.get_row_iter(None).unwrap().map(|row| {
        let row = row.unwrap();
        let mut columns = BTreeMap::new();
        for (name, field) in row.get_column_iter() {
            let cell = match field {
                Field::Null | Field::Bytes(_) => continue,
                Field::Str(text) => text.clone(),
                Field::Bool(yes) => yes.to_string(),
                Field::Long(number) => number.to_string(),
                Field::Double(number) => format!("{number:?}"),
                Field::TimestampMillis(time) => jiff::Timestamp::from_millisecond(*time).unwrap().to_string(),
                other => panic!("{other:?}"),
            };
            if !cell.is_empty() {
                columns.insert(name.clone(), cell);
            }
        }
        by_id(columns)
    });
    rows.collect()
}
