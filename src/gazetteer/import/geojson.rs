//! GeoJSON (RFC 7946), a collection or a feature a line, read feature by feature.
//! A collection is never held: its array of features is walked as it streams in. A JSON error in it ends the
//! import, as nothing after it can be told apart; on lines it costs one line.

use std::cell::Cell;
use std::fmt;
use std::io::{BufReader, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::columns::{Field, Fields, heading};
use super::geometry::Shape;
use super::intake::{At, ImportError, Intake};
use super::lines::{Line, Lines};
use super::row::Rows;
use super::source::Limited;
use super::{Options, linked};

/// Longest feature, bytes: Canada's coast in full has some thirty million.
const LONGEST: u64 = 64 << 20;

/// Reads one JSON document: a collection, or a single feature.
pub(super) fn read(
    reader: &mut dyn Read,
    options: &Options,
    stem: String,
    intake: &mut Intake<'_>,
) -> Result<(), ImportError> {
    let (limit, limited) = Limited::new(reader, LONGEST);
    let mut json = serde_json::Deserializer::from_reader(BufReader::with_capacity(1 << 16, limited));
    let mut failed = None;
    let document = Document { features: Features::new(options, stem), intake, limit, failed: &mut failed };
    let outcome = document.deserialize(&mut json);
    match (failed, outcome) {
        (Some(error), _) => Err(error),
        (None, Ok(())) => Ok(()),
        (None, Err(error)) => Err(intake.failed(error)),
    }
}

/// Reads a feature a line.
pub(super) fn read_lines(
    reader: &mut dyn Read,
    options: &Options,
    stem: String,
    intake: &mut Intake<'_>,
) -> Result<(), ImportError> {
    let mut features = Features::new(options, stem);
    let mut lines = Lines::new(reader, LONGEST as usize);
    while let Some((number, line)) = lines.next().map_err(|error| intake.failed(error))? {
        let at = At::Line(number);
        match line {
            // RFC 8142 puts a record separator before each.
            Line::Bytes(line) => match line.strip_prefix(b"\x1E").unwrap_or(line).trim_ascii() {
                b"" => {}
                line => match serde_json::from_slice(line) {
                    Ok(feature) => features.take(&feature, at, intake)?,
                    Err(error) => {
                        intake.row()?;
                        intake.refuse(at, format!("it is no JSON ({error})"))?;
                    }
                },
            },
            Line::TooLong => {
                intake.row()?;
                intake.refuse(at, format!("the line has more than {} MB", LONGEST >> 20))?;
            }
        }
    }
    Ok(())
}

/// Makes places of features.
struct Features<'o> {
    options: &'o Options,
    stem: String,
    /// Told by the first feature, as a header tells for a table.
    rows: Option<Rows>,
    number: u64,
}

impl<'o> Features<'o> {
    fn new(options: &'o Options, stem: String) -> Self {
        Self { options, stem, rows: None, number: 0 }
    }

    fn take(&mut self, feature: &Value, at: At, intake: &mut Intake<'_>) -> Result<(), ImportError> {
        self.number += 1;
        intake.row()?;
        let fields = match fields(feature, self.options) {
            Ok(fields) => fields,
            Err(reason) => return intake.refuse(at, reason),
        };
        let rows = self.rows.get_or_insert_with(|| {
            Rows::new(std::mem::take(&mut self.stem), |field| fields.has(field), self.options)
        });
        let place = Shape::of(feature.get("geometry").unwrap_or(&Value::Null))
            .and_then(|shape| rows.place(&fields, Some(shape), self.number));
        match place {
            Ok(place) => intake.place(place),
            Err(reason) => intake.refuse(at, reason),
        }
    }
}

/// What a feature says, by Linked Places' rules where it is one of them.
fn fields<'f>(feature: &'f Value, options: &Options) -> Result<Fields<'f>, String> {
    if feature.get("type").and_then(Value::as_str) != Some("Feature") {
        return Err("it is no feature".to_owned());
    }
    if linked::is_linked(feature) {
        return Ok(linked::fields(feature));
    }
    let mut fields = Fields::default();
    let properties = feature.get("properties").and_then(Value::as_object);
    let named: Vec<(String, &Value)> =
        properties.into_iter().flatten().map(|(name, value)| (heading(name), value)).collect();
    for field in Field::ALL {
        let told = options.columns.iter().find(|(known, _)| *known == field);
        let value = match told {
            Some((_, name)) => properties.and_then(|properties| properties.get(name)),
            None => field
                .headings()
                .split_whitespace()
                .find_map(|word| named.iter().find(|(name, value)| name == word && !value.is_null()))
                .map(|(_, value)| *value),
        };
        if let Some(text) = value.and_then(linked::text) {
            fields.set(field, text);
        }
    }
    if !fields.has(Field::Id)
        && let Some(id) = feature.get("id").and_then(linked::text)
    {
        fields.set(Field::Id, id);
    }
    Ok(fields)
}

/// The top of a document, whose features are taken as they come.
struct Document<'d, 'i> {
    features: Features<'d>,
    intake: &'d mut Intake<'i>,
    limit: Rc<Cell<u64>>,
    /// What ended the import from within.
    failed: &'d mut Option<ImportError>,
}

impl<'de> DeserializeSeed<'de> for Document<'_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Document<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a GeoJSON FeatureCollection")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let mut single = serde_json::Map::new();
        let mut collection = false;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "features" => {
                    collection = true;
                    map.next_value_seed(List(&mut self))?;
                }
                // What a feature that stands alone consists of.
                "type" | "id" | "@id" | "properties" | "geometry" | "names" | "types" | "relations" => {
                    single.insert(key, map.next_value()?);
                }
                _ => {
                    map.next_value::<IgnoredAny>()?;
                }
            }
            self.limit.set(0);
        }
        if collection {
            return Ok(());
        }
        if single.get("type").and_then(Value::as_str) != Some("Feature") {
            return Err(A::Error::custom("it is JSON, but neither GeoJSON nor Linked Places"));
        }
        self.take(&Value::Object(single))
    }
}

impl Document<'_, '_> {
    fn take<E: serde::de::Error>(&mut self, feature: &Value) -> Result<(), E> {
        self.limit.set(0);
        let at = At::Feature(self.features.number + 1);
        self.features.take(feature, at, self.intake).map_err(|error| {
            *self.failed = Some(error);
            E::custom("broken off")
        })
    }
}

/// The array of features.
struct List<'l, 'd, 'i>(&'l mut Document<'d, 'i>);

impl<'de> DeserializeSeed<'de> for List<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for List<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an array of features")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while let Some(feature) = seq.next_element::<Value>()? {
            self.0.take(&feature)?;
        }
        Ok(())
    }
}
