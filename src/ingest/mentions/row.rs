//! A row as a file has it, and what it says.
//! A cell of a table that would have been a formula has an apostrophe in front, which is taken off again.

use std::sync::Arc;

use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::{Map, Value};

use crate::model::record::Settled;
use crate::model::{EventType, How, Kind, Polarity, Precision, Role, Sense};

/// A row that nobody has looked into but for its article.
#[derive(Debug)]
pub(super) enum Raw {
    /// A feature, or an annotation.
    Json(Vec<u8>),
    Cells {
        header: Arc<Vec<String>>,
        cells: Vec<String>,
    },
}

/// What stands between the name of an article and where the words of a row stand.
const WHERE: &str = "#char=";

impl Raw {
    /// Bytes, near enough.
    pub(super) fn len(&self) -> usize {
        match self {
            Raw::Json(bytes) => bytes.len(),
            Raw::Cells { cells, .. } => cells.iter().map(|cell| cell.len() + 1).sum(),
        }
    }

    /// The article's name in the file, which is unique, and one past the last code point that the row speaks of;
    /// `None` where the row is not ours.
    pub(super) fn place(&self) -> Option<(Arc<str>, usize)> {
        #[derive(Deserialize)]
        struct Told {
            id: String,
            char_end: usize,
            #[serde(rename = "doc_id")]
            _article: IgnoredAny,
        }
        #[derive(Deserialize)]
        struct Object {
            properties: Option<Told>,
            dateline: Option<Told>,
        }
        let (id, end) = match self {
            Raw::Json(bytes) => {
                let object: Object = serde_json::from_slice(bytes).ok()?;
                let told = object.properties.or(object.dateline)?;
                (told.id, told.char_end)
            }
            Raw::Cells { .. } => (self.cell("id")?.to_owned(), self.cell("char_end")?.trim().parse().ok()?),
        };
        let (key, _) = id.rsplit_once(WHERE)?;
        Some((key.into(), end))
    }

    fn cell(&self, name: &str) -> Option<&str> {
        let Raw::Cells { header, cells } = self else { return None };
        let number = header.iter().position(|known| known == name)?;
        cells.get(number).map(|cell| plain(cell))
    }

    /// What it says, and of an annotation the real words where it lies.
    pub(super) fn fields(self) -> Result<Fields, String> {
        match self {
            Raw::Json(bytes) => {
                let mut object: Map<String, Value> =
                    serde_json::from_slice(&bytes).map_err(|error| format!("it is no JSON ({error})"))?;
                let real = object.get("target").and_then(Real::of);
                let columns = object.remove("properties").or_else(|| object.remove("dateline"));
                match columns {
                    Some(Value::Object(columns)) => Ok(Fields { columns, real }),
                    _ => Err("it has no properties".to_owned()),
                }
            }
            Raw::Cells { header, cells } => {
                let filled = header.iter().zip(&cells).filter(|(_, cell)| !cell.is_empty());
                let columns = filled
                    .map(|(name, cell)| (name.clone(), Value::String(plain(cell).to_owned())))
                    .collect();
                Ok(Fields { columns, real: None })
            }
        }
    }
}

/// A cell without the apostrophe that keeps it from being a formula.
fn plain(cell: &str) -> &str {
    const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    let guarded = |rest: &&str| rest.trim_start_matches('\'').starts_with(FORMULA);
    cell.strip_prefix('\'').filter(guarded).unwrap_or(cell)
}

/// The words that are annotated, and what is around them, with their own white space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Real {
    pub before: String,
    pub words: String,
    pub after: String,
}

impl Real {
    fn of(target: &Value) -> Option<Real> {
        let selectors = target.get("selector")?.as_array()?;
        let told = |selector: &&Value| selector.get("type").is_some_and(|of| of == "TextQuoteSelector");
        let quote = selectors.iter().find(told)?;
        let part = |name: &str| quote.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        Some(Real { before: part("prefix"), words: part("exact"), after: part("suffix") })
    }
}

/// The columns that have something in them, by name.
#[derive(Debug)]
pub(super) struct Fields {
    columns: Map<String, Value>,
    pub real: Option<Real>,
}

impl Fields {
    pub(super) fn text(&mut self, name: &str) -> Result<Option<String>, String> {
        match self.columns.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            // A spreadsheet, or somebody's script, may have made a number of "007".
            Some(Value::Number(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(format!("“{name}” is no text")),
        }
    }

    fn real(&mut self, name: &str) -> Result<Option<f64>, String> {
        let number = match self.columns.remove(name) {
            None | Some(Value::Null) => return Ok(None),
            Some(Value::Number(number)) => number.as_f64(),
            Some(Value::String(text)) => text.trim().parse().ok(),
            Some(_) => None,
        };
        number.filter(|number| number.is_finite()).map(Some).ok_or_else(|| format!("“{name}” is no number"))
    }

    fn whole(&mut self, name: &str) -> Result<Option<usize>, String> {
        let number = self.real(name)?;
        let fits = |number: &f64| number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(number);
        let refused = || format!("“{name}” is no whole number, or none that a text has");
        number
            .map(|number| Some(number).filter(fits).map(|number| number as usize).ok_or_else(refused))
            .transpose()
    }

    fn yes(&mut self, name: &str) -> Result<Option<bool>, String> {
        match self.columns.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::Bool(yes)) => Ok(Some(yes)),
            // LibreOffice writes TRUE.
            Some(Value::String(text)) if text.eq_ignore_ascii_case("true") => Ok(Some(true)),
            Some(Value::String(text)) if text.eq_ignore_ascii_case("false") => Ok(Some(false)),
            Some(_) => Err(format!("“{name}” is neither true nor false")),
        }
    }

    /// One of the words that files use for something.
    fn word<T: DeserializeOwned>(&mut self, name: &str) -> Result<Option<T>, String> {
        let Some(word) = self.text(name)? else { return Ok(None) };
        let told = T::deserialize(Value::String(word.clone()));
        told.map(Some).map_err(|_| format!("“{name}” says “{word}”, which is none of its words"))
    }
}

/// A row by its columns, as [`crate::export::Row`] has them.
#[derive(Debug, Default)]
pub(super) struct Row {
    pub mention: String,
    pub kind: Option<Kind>,
    pub sense: Option<Sense>,
    pub role: Option<Role>,
    pub place: Option<Spot>,
    pub settled: Settled,
    pub event: Option<Told>,
    pub article: About,
    /// The sentence up to the words, the words, and the rest of it, all with single spaces.
    pub before: String,
    pub quote: String,
    pub after: String,
    pub real: Option<Real>,
    pub start: usize,
    pub end: usize,
    pub page: Option<usize>,
}

/// The place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub id: String,
    pub name: String,
    pub country_code: String,
    pub admin1: String,
    pub feature_class: char,
    pub feature_code: String,
    pub precision: Precision,
    pub radius_m: f64,
    pub lat: f64,
    pub lon: f64,
    pub score: f64,
}

/// The event.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Told {
    pub kind: EventType,
    pub subtype: Option<String>,
    pub polarity: Polarity,
    pub background: bool,
    pub trigger: String,
    /// EDTF.
    pub date: Option<String>,
    /// Timestamps of the first and the last day.
    pub start: Option<String>,
    pub end: Option<String>,
    pub actors: Option<String>,
    pub targets: Option<String>,
    pub score: f64,
}

/// The article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct About {
    pub id: String,
    pub title: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub published: Option<String>,
    pub language: Option<String>,
}

impl Row {
    pub(super) fn of(mut fields: Fields) -> Result<Row, String> {
        let fields = &mut fields;
        let missing = |name: &str| format!("“{name}” is missing");
        let start = fields.whole("char_start")?.ok_or_else(|| missing("char_start"))?;
        let end = fields.whole("char_end")?.ok_or_else(|| missing("char_end"))?;
        if end <= start {
            return Err(format!("its words end at {end}, before they begin"));
        }
        Ok(Row {
            start,
            end,
            real: fields.real.take(),
            mention: fields.text("mention")?.unwrap_or_default(),
            before: fields.text("quote_before")?.unwrap_or_default(),
            quote: fields.text("quote")?.unwrap_or_default(),
            after: fields.text("quote_after")?.unwrap_or_default(),
            page: fields.whole("page")?,
            kind: fields.word("kind")?,
            sense: fields.word("sense")?,
            role: fields.word("role")?,
            place: Spot::of(fields)?,
            settled: settled(fields)?,
            event: Told::of(fields)?,
            article: About::of(fields)?,
        })
    }
}

fn settled(fields: &mut Fields) -> Result<Settled, String> {
    let tags = fields.text("tags")?.unwrap_or_default();
    Ok(Settled {
        status: fields.word::<How>("status")?.unwrap_or_default(),
        decided_by: fields.text("decided_by")?,
        note: fields.text("note")?,
        tags: tags.split("; ").filter(|_| !tags.is_empty()).map(str::to_owned).collect(),
    })
}

impl Spot {
    fn of(fields: &mut Fields) -> Result<Option<Spot>, String> {
        let (lat, lon) = match (fields.real("latitude")?, fields.real("longitude")?) {
            (Some(lat), Some(lon)) => (lat, lon),
            (None, None) => return Ok(None),
            _ => return Err("it has one coordinate without the other".to_owned()),
        };
        if lat.abs() > 90.0 || lon.abs() > 180.0 {
            return Err(format!("latitude {lat}, longitude {lon} is no point on Earth"));
        }
        let class = fields.text("feature_class")?.unwrap_or_default();
        Ok(Some(Spot {
            lat,
            lon,
            id: fields.text("place_id")?.unwrap_or_default(),
            name: fields.text("place_name")?.unwrap_or_default(),
            country_code: fields.text("country_code")?.unwrap_or_default(),
            admin1: fields.text("admin1")?.unwrap_or_default(),
            feature_class: class.chars().next().unwrap_or(' '),
            feature_code: fields.text("feature_code")?.unwrap_or_default(),
            precision: fields.word("precision")?.unwrap_or(Precision::Point),
            radius_m: fields.real("radius_m")?.unwrap_or(0.0).max(0.0),
            score: fields.real("score")?.unwrap_or(0.0).clamp(0.0, 1.0),
        }))
    }
}

impl Told {
    fn of(fields: &mut Fields) -> Result<Option<Told>, String> {
        let Some(kind) = fields.word("event_type")? else { return Ok(None) };
        Ok(Some(Told {
            kind,
            subtype: fields.text("event_subtype")?,
            polarity: fields.word("event_polarity")?.unwrap_or_default(),
            background: fields.yes("event_background")?.unwrap_or_default(),
            trigger: fields.text("event_trigger")?.unwrap_or_default(),
            date: fields.text("event_date")?,
            start: fields.text("event_start")?,
            end: fields.text("event_end")?,
            actors: fields.text("event_actors")?,
            targets: fields.text("event_targets")?,
            score: fields.real("event_score")?.unwrap_or(0.0).clamp(0.0, 1.0),
        }))
    }
}

impl About {
    fn of(fields: &mut Fields) -> Result<About, String> {
        let (whole, partial) = (fields.text("published")?, fields.text("date_text")?);
        Ok(About {
            id: fields.text("doc_id")?.unwrap_or_default(),
            title: fields.text("doc_title")?,
            source: fields.text("doc_source")?,
            url: fields.text("doc_url")?,
            published: whole.or(partial),
            language: fields.text("lang")?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_that_was_guarded_is_as_it_was() {
        let check = |cell: &str, expected: &str| assert_eq!(plain(cell), expected);
        check("'=1+1", "=1+1");
        check("'-risky", "-risky");
        check("''=x", "'=x");
        check("'Ajman", "'Ajman");
        check("-3.5", "-3.5");
        check("", "");
    }

    #[test]
    fn a_row_is_read_or_told_why_not() {
        let check = |columns: &str, expected: &str| {
            let read =
                Raw::Json(format!(r#"{{"properties":{columns}}}"#).into_bytes()).fields().and_then(Row::of);
            assert_eq!(read.map(|row| row.quote), Err(expected.to_owned()), "{columns}");
        };
        check("{}", "“char_start” is missing");
        check(r#"{"char_start":1,"char_end":1}"#, "its words end at 1, before they begin");
        check(
            r#"{"char_start":-1,"char_end":1}"#,
            "“char_start” is no whole number, or none that a text has",
        );
        check(
            r#"{"char_start":0,"char_end":1,"latitude":91,"longitude":0}"#,
            "latitude 91, longitude 0 is no point on Earth",
        );
        check(
            r#"{"char_start":0,"char_end":1,"kind":"ship"}"#,
            "“kind” says “ship”, which is none of its words",
        );
    }
}
