//! Objects whose fields are not called as ours are: "headline", "body", {"source": {"name": …}}.
//! Which field is what, the names of columns tell; fields of an object within count with its name before theirs.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::ingest::dates::{self, Order};
use crate::ingest::parts::{self, Parts};
use crate::ingest::table::columns::{self, folded};
use crate::ingest::{Column, Options, language};
use crate::model::{Article, DateEvidence, PartialDate};

/// What a field is called within one that is known: {"content": {"rendered": …}}.
const WITHIN: [&str; 12] =
    ["rendered", "value", "name", "main", "text", "plain", "#text", "$", "_", "title", "$date", "$oid"];

/// What stands for the fields of an object that is wrapped in what a search engine says of it.
const INNER: [&str; 4] = ["_source", "fields", "attributes", "document"];

/// Longest list of paragraphs, in values.
const LONGEST_LIST: usize = 10_000;

/// Characters of a date that a problem shows.
const SHOWN: usize = 40;

/// What an object's fields tell.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Told<'a>(BTreeMap<Column, &'a Value>);

impl Told<'_> {
    pub(in crate::ingest) fn has_text(&self) -> bool {
        self.0.contains_key(&Column::Text)
    }

    fn words(&self, column: Column) -> Option<String> {
        let words = self.0.get(&column).and_then(|value| words(value))?;
        let words = parts::plain(&words).trim().to_owned();
        (!words.is_empty()).then_some(words)
    }

    fn date(&self) -> Option<PartialDate> {
        match self.0.get(&Column::Date)? {
            Value::String(date) => dates::read(date, Order::Unknown),
            Value::Number(number) => dates::of_number(number.as_f64()?),
            _ => None,
        }
    }

    /// The words of a date that is not understood.
    pub(in crate::ingest) fn undated(&self) -> Option<String> {
        let words = words(self.0.get(&Column::Date)?)?;
        (self.date().is_none() && words.contains(|c: char| c.is_ascii_digit()))
            .then(|| words.trim().chars().take(SHOWN).collect())
    }

    /// The name that the object gives itself.
    pub(in crate::ingest) fn id(&self) -> Option<String> {
        let id = self.0.get(&Column::Id).and_then(|value| words(value))?;
        (!id.is_empty() && id.len() <= 400).then_some(id)
    }

    pub(in crate::ingest) fn parts(&self) -> Parts {
        Parts {
            title: self.words(Column::Title),
            text: self.words(Column::Text).unwrap_or_default(),
            date: self.date(),
            source: self.words(Column::Source),
            url: self.words(Column::Url),
            language: self.words(Column::Language).and_then(|language| language::named(&language)),
            furniture: Vec::new(),
        }
    }
}

/// What the fields of an object tell, if among them is a text or a headline.
pub(in crate::ingest) fn foreign<'a>(fields: &'a Map<String, Value>, options: &Options) -> Option<Told<'a>> {
    let told = told(fields, options);
    let words = told.0.contains_key(&Column::Text) || told.0.contains_key(&Column::Title);
    words.then_some(told)
}

/// What the fields of an object tell.
fn told<'a>(fields: &'a Map<String, Value>, options: &Options) -> Told<'a> {
    let inner = INNER.iter().find_map(|name| fields.get(*name)?.as_object());
    let flat: Vec<(String, &Value)> = flat(fields).chain(inner.into_iter().flat_map(flat)).collect();
    let mut told = Told::default();
    for (&column, name) in &options.columns {
        let wanted = folded(name);
        if let Some((_, value)) = flat.iter().find(|(own, value)| folded(own) == wanted && has_words(value)) {
            told.0.insert(column, value);
        }
    }
    let mut best: BTreeMap<Column, (bool, usize, usize)> = BTreeMap::new();
    for (name, value) in flat.iter().filter(|(_, value)| has_words(value)) {
        let Some((column, rank)) = known(name) else { continue };
        // A number names an article or its day; nobody writes one.
        let number = value.is_number() && !matches!(column, Column::Id | Column::Date);
        let list = value.is_array() && !matches!(column, Column::Text | Column::Title);
        if number || list || options.columns.contains_key(&column) {
            continue;
        }
        let text = column == Column::Text;
        let length = if text { words(value).map_or(0, |words| words.len()) } else { 0 };
        // Of several texts the longest is the article; what stands for one only counts without. Some services have
        // names of their own that look like addresses: "nyt://article/…".
        let lesser = match column {
            Column::Text => columns::is_instead(rank),
            Column::Url => !value.as_str().is_some_and(|url| url.starts_with("http")),
            _ => false,
        };
        let order = (lesser, usize::MAX - length, rank);
        if best.get(&column).is_none_or(|other| order < *other) {
            best.insert(column, order);
            told.0.insert(column, value);
        }
    }
    told
}

/// Puts into an article what fields tell that are not called as ours are, where nothing is known yet.
pub(in crate::ingest) fn complete(article: &mut Article, fields: &Map<String, Value>, options: &Options) {
    let parts = told(fields, options).parts();
    article.title = article.title.take().or(parts.title);
    article.source = article.source.take().or(parts.source);
    article.url = article.url.take().or(parts.url);
    article.language = article.language.take().or(parts.language);
    if article.date.is_none() {
        article.date = parts.date;
        article.date_evidence = parts.date.map(|_| DateEvidence::Metadata);
    }
}

/// The fields of an object and of the objects in it.
fn flat(fields: &Map<String, Value>) -> impl Iterator<Item = (String, &Value)> {
    fields.iter().flat_map(|(name, value)| {
        let own = (!value.is_object()).then(|| (name.clone(), value));
        let within = value.as_object().into_iter().flatten();
        let within = within
            .filter(|(_, value)| !value.is_object())
            .map(move |(inner, value)| (format!("{name}.{inner}"), value));
        own.into_iter().chain(within)
    })
}

/// What a name stands for: its own, or that of the object that it lies in.
fn known(name: &str) -> Option<(Column, usize)> {
    columns::told(name).or_else(|| {
        let (outer, inner) = name.split_once('.')?;
        WITHIN.contains(&inner).then(|| columns::told(outer))?
    })
}

fn has_words(value: &Value) -> bool {
    match value {
        Value::String(words) => !words.trim().is_empty(),
        Value::Number(_) => true,
        Value::Array(values) => {
            values.iter().take(LONGEST_LIST).filter_map(piece).any(|piece| !piece.trim().is_empty())
        }
        _ => false,
    }
}

/// What a value says. A list of words is paragraphs, and so is one of objects with words; where both stand in one list,
/// they are the pieces of one text: ["Rain in ", {"type": "bold", "text": "Oslo"}].
fn words(value: &Value) -> Option<String> {
    match value {
        Value::String(words) => Some(words.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => {
            let values = || values.iter().take(LONGEST_LIST);
            let pieces: Vec<&str> = values().filter_map(piece).collect();
            let mixed = values().any(Value::is_string) && values().any(Value::is_object);
            Some(pieces.join(if mixed { "" } else { "\n\n" }))
        }
        _ => None,
    }
}

/// The words of one value of a list.
fn piece(value: &Value) -> Option<&str> {
    value.as_str().or_else(|| value.get("text")?.as_str())
}

/// Whether there is a place for a text, and nothing in it: a message that is a picture.
pub(in crate::ingest) fn is_silent(fields: &Map<String, Value>) -> bool {
    match fields.get("text") {
        Some(Value::String(words)) => words.trim().is_empty(),
        Some(list @ Value::Array(_)) => !has_words(list),
        _ => false,
    }
}
