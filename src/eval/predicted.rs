//! What a geoparser made of the articles: this one, or any other whose output has the same few keys.
//! Offsets are not held against the text: a span outside it finds nothing, and counts as found where nothing is.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer};

use super::lines::{EvalError, Id, read, told};
use super::numbers::Point;
use crate::model::record::ArticleRecord;
use crate::model::{CharSpan, Geoparsed, How};

/// What was predicted for each article, by the article's id.
#[derive(Clone, Debug, Default)]
pub struct Predictions(BTreeMap<String, Vec<Predicted>>);

/// A mention that a geoparser found.
#[derive(Clone, Debug)]
pub(super) struct Predicted {
    pub(super) span: CharSpan,
    pub(super) kind: Option<String>,
    /// The outer `None`: it does not tell senses at all. The inner: it knew none for this mention.
    pub(super) sense: Option<Option<String>>,
    /// Where it placed the mention, if it did.
    pub(super) point: Option<Point>,
    /// What that place is called.
    pub(super) place: Option<String>,
    pub(super) feature_class: Option<char>,
    pub(super) feature_code: Option<String>,
    pub(super) reasons: Vec<String>,
    /// The best candidate and its score, whether or not it was good enough to be placed.
    pub(super) best: Option<(Point, f64)>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Line {
    id: Id,
    #[serde(default)]
    toponyms: Vec<Mark>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Mark {
    start: usize,
    end: usize,
    kind: Option<String>,
    #[serde(default, deserialize_with = "told")]
    status: Option<How>,
    #[serde(default, deserialize_with = "present")]
    sense: Option<Option<String>>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default, deserialize_with = "told")]
    name: Option<String>,
    #[serde(default, deserialize_with = "told")]
    admin1: Option<String>,
    #[serde(default, deserialize_with = "told")]
    country_code: Option<String>,
    #[serde(default, deserialize_with = "told")]
    feature_class: Option<char>,
    #[serde(default, deserialize_with = "told")]
    feature_code: Option<String>,
    #[serde(default, deserialize_with = "told")]
    score: Option<f64>,
    #[serde(default, deserialize_with = "told")]
    reasons: Option<Vec<String>>,
    #[serde(default, deserialize_with = "told")]
    candidates: Option<Vec<Best>>,
}

#[derive(Deserialize)]
struct Best {
    lat: f64,
    lon: f64,
    score: f64,
}

/// Tells a null from a key that is not there.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl Predictions {
    /// Reads what `dateline geoparse --format jsonl` writes, or lines with no more than `id` and `toponyms` of
    /// `start`, `end`, `lat` and `lon`. Of two lines with one id the later counts.
    ///
    /// # Errors
    ///
    /// The first line that is no such object.
    pub fn read(name: &str, text: &str) -> Result<Self, EvalError> {
        let mut all = Self::default();
        for line in read::<Line>(name, text) {
            all.take(line?.1);
        }
        Ok(all)
    }

    /// Adds what was made of one article, as it would be read from a file.
    ///
    /// # Errors
    ///
    /// Where it could not be written to one.
    pub fn add(&mut self, article: &Geoparsed) -> Result<(), EvalError> {
        let record =
            serde_json::to_value(ArticleRecord::new(article, false)).and_then(serde_json::from_value);
        self.take(record.map_err(|error| EvalError::file(&article.article.id, error.to_string()))?);
        Ok(())
    }

    fn take(&mut self, line: Line) {
        let marks = line.toponyms.into_iter().filter(|mark| mark.status != Some(How::Rejected));
        self.0.insert(line.id.into_text(), marks.map(Predicted::from).collect());
    }

    /// What was predicted for an article; `None` where it is missing.
    pub(super) fn of(&self, id: &str) -> Option<&[Predicted]> {
        self.0.get(id).map(Vec::as_slice)
    }
}

impl From<Mark> for Predicted {
    fn from(mark: Mark) -> Self {
        let point = Point::new(mark.lat, mark.lon);
        let named = [mark.name, mark.admin1, mark.country_code];
        let mut parts: Vec<String> = named.into_iter().flatten().collect();
        parts.dedup();
        let best = mark
            .candidates
            .iter()
            .flatten()
            .next()
            .map(|best| (Point { lat: best.lat, lon: best.lon }, best.score));
        Self {
            span: CharSpan { start: mark.start, end: mark.end },
            kind: mark.kind,
            sense: mark.sense,
            point,
            place: (!parts.is_empty()).then(|| parts.join(", ")),
            feature_class: mark.feature_class,
            feature_code: mark.feature_code,
            reasons: mark.reasons.unwrap_or_default(),
            best: best.or(point.zip(mark.score)),
        }
    }
}
