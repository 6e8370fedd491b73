//! Gold: articles in which people marked the toponyms and said which places they are.
//! A gold file is read whole or not at all; where its offsets count bytes, the words beside them give it away.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::lines::{EvalError, Id, read, told};
use super::numbers::Point;
use crate::model::{CharIndex, CharSpan, How, Place};

/// The kind of a mention about which nobody decided yet.
pub const UNDECIDED: &str = "Undecided";

/// Kinds of annotations that are neither rewarded nor punished, after GeoWebNews, and our own.
const NEUTRAL: [&str; 7] =
    ["Demonym", "Language", "Homonym", "Non_Toponym", "Literal_Expression", "Non_Lit_Expression", UNDECIDED];
/// Kinds that say that something is or happens there.
const LITERAL: [&str; 5] = ["Literal", "Literal_Modifier", "Mixed", "Coercion", "Embedded_Literal"];
/// Kinds that say that the name stands for something else.
const ASSOCIATIVE: [&str; 3] = ["Metonymic", "Non_Literal_Modifier", "Embedded_Non_Lit"];

/// What of an article a geoparser may see, beside its id and text.
const TOLD: [&str; 4] = ["title", "date", "source", "url"];

/// An annotated article.
#[derive(Clone, Debug)]
pub struct GoldArticle {
    /// Unique in its file.
    pub id: String,
    /// Number of its line, from 1.
    pub line: usize,
    /// The whole text.
    pub text: String,
    /// What a geoparser may see beside the text.
    told: Map<String, Value>,
    /// What people marked, in the order of the file, neutral marks included.
    pub toponyms: Vec<GoldToponym>,
}

/// A marked mention of a place.
#[derive(Clone, Debug)]
pub struct GoldToponym {
    /// Where it stands, code points.
    pub span: CharSpan,
    /// What sort of mention, in the corpus's own words.
    pub kind: Option<String>,
    /// Where the place is; `None` where nobody could say.
    pub(super) point: Option<Point>,
    /// Identifier of the place with its gazetteer's prefix: `geonames:360630`.
    pub place_id: Option<String>,
    /// What the place is called, where that is known.
    pub place: Option<String>,
    /// GeoNames feature class, where it is known.
    pub feature_class: Option<char>,
    /// GeoNames feature code, where it is known.
    pub feature_code: Option<String>,
}

/// A gold file as it was read.
#[derive(Clone, Debug)]
pub struct Gold {
    /// The articles, in the order of the file.
    pub articles: Vec<GoldArticle>,
    /// What is odd about the file and stops nothing, as sentences.
    pub notes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Line {
    id: Id,
    text: String,
    toponyms: Vec<Mark>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(expecting = "an object")]
struct Mark {
    start: usize,
    end: usize,
    kind: Option<String>,
    lat: Option<f64>,
    lon: Option<f64>,
    #[serde(default, deserialize_with = "told")]
    status: Option<How>,
    #[serde(default, deserialize_with = "told")]
    text: Option<String>,
    #[serde(default, deserialize_with = "told")]
    geonameid: Option<Id>,
    #[serde(default, deserialize_with = "told")]
    place_id: Option<String>,
    #[serde(default, deserialize_with = "told")]
    name: Option<String>,
    #[serde(default, deserialize_with = "told")]
    feature_class: Option<char>,
    #[serde(default, deserialize_with = "told")]
    feature_code: Option<String>,
    #[serde(default, deserialize_with = "told")]
    fcode: Option<String>,
}

impl Gold {
    /// Reads the lines of a gold file; `name` is what errors call it.
    ///
    /// A line is an object with `id` (unique), `text`, and `toponyms`, a list of objects with `start` and `end`
    /// in code points; with `lat` and `lon` in degrees where the place is known; and optionally with `kind`,
    /// `text` (the words), `place_id` or `geonameid`, `name`, `feature_class`, `feature_code` or `fcode`.
    /// `title`, `date`, `source` and `url` are handed to the geoparser. Other keys are passed over.
    ///
    /// # Errors
    ///
    /// The first line that is no such object, repeats an id, or marks what is not in its text; and a file without
    /// a toponym that counts.
    ///
    /// ```
    /// use dateline::eval::Gold;
    /// let line = r#"{"id": "a", "text": "In Oslo.", "toponyms": [{"start": 3, "end": 99}]}"#;
    /// let error = Gold::read("mine.jsonl", line).unwrap_err();
    /// assert_eq!(error.to_string(), "mine.jsonl:1: the toponym 3 to 99 does not lie in the text");
    /// ```
    pub fn read(name: &str, text: &str) -> Result<Gold, EvalError> {
        let mut articles: Vec<GoldArticle> = Vec::new();
        let mut first_with = BTreeMap::new();
        let mut misread = Vec::new();
        for line in read::<Line>(name, text) {
            let (number, line) = line?;
            let index = CharIndex::new(&line.text);
            let article = article(number, line, |mark, text| {
                let span = index.bytes(CharSpan { start: mark.start, end: mark.end })?;
                if mark.text.as_deref().is_some_and(|words| words != span.of(text)) {
                    misread.push(number);
                }
                Some(())
            })
            .map_err(|reason| EvalError::line(name, number, reason))?;
            if let Some(first) = first_with.insert(article.id.clone(), number) {
                let reason = format!("the id “{}” stands already on line {first}", article.id);
                return Err(EvalError::line(name, number, reason));
            }
            articles.push(article);
        }
        let counts = |article: &GoldArticle| article.toponyms.iter().any(|t| !t.is_neutral());
        if !articles.iter().any(counts) {
            return Err(EvalError::file(name, "there is no toponym in it to measure by"));
        }
        let notes = misread.first().map(|first| {
            format!(
                "{name}:{first}: the words that a toponym should cover are not the ones it covers ({} such in all): \
                 offsets are code points, not bytes",
                misread.len()
            )
        });
        Ok(Gold { articles, notes: notes.into_iter().collect() })
    }

    /// What a geoparser may see, as JSON Lines: each article on the line it has in the gold file. With `spans`
    /// also where its toponyms are, and nothing else of them.
    pub fn blind(&self, spans: bool) -> String {
        let mut lines = String::new();
        let mut line = 1;
        for article in &self.articles {
            lines.extend(std::iter::repeat_n('\n', article.line.saturating_sub(line)));
            line = article.line;
            lines.push_str(&article.blind(spans).to_string());
        }
        lines
    }
}

fn article(
    line: usize,
    read: Line,
    mut covers: impl FnMut(&Mark, &str) -> Option<()>,
) -> Result<GoldArticle, String> {
    let mut toponyms = Vec::with_capacity(read.toponyms.len());
    // What somebody said is none is kept with the text, and is no gold.
    for mark in read.toponyms.into_iter().filter(|mark| mark.status != Some(How::Rejected)) {
        covers(&mark, &read.text)
            .ok_or_else(|| format!("the toponym {} to {} does not lie in the text", mark.start, mark.end))?;
        toponyms.push(toponym(mark)?);
    }
    let id = read.id.into_text();
    if id.is_empty() {
        return Err("“id” is empty".to_owned());
    }
    let mut told = read.rest;
    let empty = |value: &Value| value.is_null() || value.as_str() == Some("");
    told.retain(|key, value| TOLD.contains(&key.as_str()) && !empty(value));
    Ok(GoldArticle { id, line, text: read.text, told, toponyms })
}

fn toponym(mark: Mark) -> Result<GoldToponym, String> {
    let point = Point::new(mark.lat, mark.lon);
    if let Some(Point { lat, lon }) = point
        && !(lat.abs() <= 90.0 && lon.abs() <= 180.0)
    {
        return Err(format!("latitude {lat}, longitude {lon} is no point on Earth"));
    }
    Ok(GoldToponym {
        span: CharSpan { start: mark.start, end: mark.end },
        kind: mark.kind,
        point,
        place_id: mark.place_id.or(mark.geonameid.map(|id| format!("geonames:{}", id.into_text()))),
        place: mark.name,
        feature_class: mark.feature_class,
        feature_code: mark.feature_code.or(mark.fcode),
    })
}

impl GoldArticle {
    /// Its headline, where it has one.
    pub fn title(&self) -> Option<&str> {
        self.told.get("title")?.as_str()
    }

    fn blind(&self, spans: bool) -> Value {
        let mut blind = Map::new();
        blind.insert("id".to_owned(), json!(self.id));
        blind.insert("text".to_owned(), json!(self.text));
        blind.extend(self.told.clone());
        if spans {
            let marks = self.toponyms.iter().filter(|t| !t.is_neutral());
            blind.insert("toponyms".to_owned(), marks.map(|t| json!(t.span)).collect());
        }
        Value::Object(blind)
    }
}

impl GoldToponym {
    /// Whether finding it is neither rewarded nor punished.
    pub fn is_neutral(&self) -> bool {
        self.kind.as_deref().is_some_and(|kind| NEUTRAL.contains(&kind))
    }

    /// Fills in what the gazetteer knows of its place and the gold does not tell.
    pub fn know(&mut self, look_up: impl FnOnce(&str) -> Option<Place>) {
        let Some(place) = self.place_id.as_deref().and_then(look_up) else { return };
        self.place.get_or_insert_with(|| place.label());
        if self.feature_code.is_none() {
            self.feature_code = Some(place.feature_code);
        }
        self.feature_class.get_or_insert(place.feature_class);
    }

    /// The word for its sense, where its kind tells it.
    pub(super) fn sense(&self) -> Option<&'static str> {
        let kind = self.kind.as_deref()?;
        if LITERAL.contains(&kind) {
            Some("literal")
        } else {
            ASSOCIATIVE.contains(&kind).then_some("associative")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let check = |text: &str, expected: &str| {
            assert_eq!(Gold::read("g", text).unwrap_err().to_string(), expected, "{text}");
        };
        let fine = r#"{"id":"a","text":"In Oslo.","toponyms":[{"start":3,"end":7}]}"#;
        check("", "g: there is no toponym in it to measure by");
        check(r#"{"id":"a","text":"Oslo","toponyms":[]}"#, "g: there is no toponym in it to measure by");
        check(&format!("{fine}\n\n{{\"id\""), "g:3: not a whole JSON object: each line must be one");
        check(&format!("{fine}\n{fine}"), "g:2: the id “a” stands already on line 1");
        check("oslo", "g:1: not JSON: expected value at column 1");
        check("[]", "g:1: invalid type: sequence, expected an object");
        check(r#"{"id":"a","text":"Oslo"}"#, "g:1: missing field \"toponyms\" at column 24");
        check(&fine.replace("3,", "8,"), "g:1: the toponym 8 to 7 does not lie in the text");
        check(
            &fine.replace("3,", "3,\"lat\":95,\"lon\":0,"),
            "g:1: latitude 95, longitude 0 is no point on Earth",
        );
    }

    #[test]
    fn a_geoparser_sees_the_text_and_bare_spans() {
        let gold = "\n{\"id\":7,\"text\":\"Ó Oslo, Dane\",\"title\":\"T\",\"url\":\"\",\"corpus\":\"c\",\"toponyms\":[\
                    {\"start\":2,\"end\":6,\"kind\":\"Literal\",\"lat\":59.9,\"lon\":10.7},\
                    {\"start\":8,\"end\":12,\"kind\":\"Demonym\"}]}";
        let gold = Gold::read("g", gold).unwrap();
        assert_eq!(gold.blind(false), "\n{\"id\":\"7\",\"text\":\"Ó Oslo, Dane\",\"title\":\"T\"}");
        assert!(
            gold.blind(true).ends_with(",\"toponyms\":[{\"start\":2,\"end\":6}]}"),
            "{}",
            gold.blind(true)
        );
    }

    #[test]
    fn offsets_that_count_bytes_are_told_of() {
        let line = r#"{"id":"a","text":"Ó, in Oslo.","toponyms":[{"start":7,"end":11,"text":"Oslo"}]}"#;
        let notes = Gold::read("g", line).unwrap().notes;
        assert!(notes[0].starts_with("g:1: ") && notes[0].contains("(1 such"), "{notes:?}");
    }
}
