//! W3C Web Annotations: one of the words of each row, in a collection of one page that is written as it grows.
//! Where words stand is told twice, by code points and by themselves with what is around them, and both are of the
//! article's real text, white space and all. What the standard has no place for is in the row that goes along whole.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::form::{Form, Wanted, Written};
use super::row::Row;
use super::{ATTRIBUTION, GENERATOR, Options, iri};
use crate::model::{CharIndex, CharSpan};

/// As many code points are told on either side of the words.
const AROUND: usize = 32;

/// A collection while it is written.
#[derive(Debug)]
pub(crate) struct Collection<W> {
    out: W,
    created: Option<String>,
    written: usize,
}

impl<W: Write> Collection<W> {
    pub(crate) fn start(mut out: W, options: &Options) -> io::Result<Self> {
        let context = json!(["http://www.w3.org/ns/anno.jsonld", terms()]);
        write!(
            out,
            r#"{{"@context":{context},"id":"urn:dateline:annotations","type":"AnnotationCollection""#
        )?;
        write!(out, r#","label":{}"#, json!("Mentions of places"))?;
        write!(
            out,
            r#","generator":{}"#,
            json!({"id": "urn:dateline:program", "type": "Software", "name": GENERATOR})
        )?;
        let license = "https://creativecommons.org/licenses/by/4.0/";
        write!(out, r#","rights":{},"attribution":{}"#, json!(license), json!(ATTRIBUTION))?;
        if let Some(created) = &options.created {
            write!(out, r#","created":{}"#, json!(created))?;
        }
        out.write_all(
            br#","first":{"id":"urn:dateline:annotations:1","type":"AnnotationPage","startIndex":0,"#,
        )?;
        out.write_all(br#""items":["#)?;
        Ok(Self { out, created: options.created.clone(), written: 0 })
    }
}

/// What our own words mean, beside those of the standard.
fn terms() -> Value {
    json!({
        "dateline": {"@id": "urn:dateline:row", "@type": "@json"},
        "attribution": "http://creativecommons.org/ns#attributionName",
        "assessing": "http://www.w3.org/ns/oa#assessing",
        "geotagging": "urn:dateline:geotagging",
        "Feature": "https://purl.org/geojson/vocab#Feature",
        "Point": "https://purl.org/geojson/vocab#Point",
        "geometry": "https://purl.org/geojson/vocab#geometry",
        "coordinates": {"@id": "https://purl.org/geojson/vocab#coordinates", "@container": "@list"},
    })
}

impl<W: Write> Form<W> for Collection<W> {
    fn article(&mut self, wanted: &Wanted<'_>) -> io::Result<Written> {
        if wanted.rows.is_empty() {
            return Ok(Written::default());
        }
        let article = &wanted.article.article;
        let (index, source) = (CharIndex::new(&article.text), iri::of_article(article, wanted.key));
        for row in wanted.rows {
            self.out.write_all(if self.written == 0 { b"\n" } else { b",\n" })?;
            self.written += 1;
            let target = json!({"source": source, "selector": selectors(row, &article.text, &index)});
            let annotation = self.annotation(row, target)?;
            serde_json::to_writer(&mut self.out, &annotation)?;
        }
        Ok(Written::of(wanted.rows))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        writeln!(self.out, "\n]}},\"last\":\"urn:dateline:annotations:1\",\"total\":{}}}", self.written)?;
        Ok(self.out)
    }
}

impl<W> Collection<W> {
    fn annotation(&self, row: &Row, target: Value) -> io::Result<Value> {
        let mut annotation = json!({"id": iri::named("annotation", &row.id), "type": "Annotation"});
        let motivation = if row.place_id.is_some() { "identifying" } else { "tagging" };
        annotation["motivation"] = json!(motivation);
        if let Some(creator) = creator(row) {
            annotation["creator"] = creator;
        }
        if let Some(created) = &self.created {
            annotation["created"] = json!(created);
        }
        annotation["body"] = Value::Array(bodies(row));
        annotation["target"] = target;
        annotation["dateline"] = serde_json::to_value(row)?;
        Ok(annotation)
    }
}

/// Who settled it.
fn creator(row: &Row) -> Option<Value> {
    let name = row.decided_by.as_deref()?;
    let sort = if row.status == crate::model::How::Auto { "Software" } else { "Person" };
    Some(json!({"type": sort, "name": name}))
}

/// What is said of the words.
fn bodies(row: &Row) -> Vec<Value> {
    let mut bodies = Vec::new();
    let mut say = |purpose: &str, value: &str| {
        bodies
            .push(json!({"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}));
    };
    if let Some(kind) = row.kind {
        say("classifying", kind.as_str());
    }
    if let Some(event) = row.event_type {
        say("classifying", event.as_str());
    }
    say("classifying", row.status.as_str());
    if let Some(score) = row.score {
        say("assessing", &score.to_string());
    }
    if let Some(note) = &row.note {
        say("commenting", note);
    }
    for tag in row.tags.iter().flat_map(|tags| tags.split("; ")) {
        say("tagging", tag);
    }
    if let Some(id) = &row.place_id {
        bodies.insert(
            0,
            json!({"type": "SpecificResource", "purpose": "identifying", "source": iri::of_place(id)}),
        );
    }
    if let (Some(lat), Some(lon)) = (row.latitude, row.longitude) {
        let point = json!({"type": "Point", "coordinates": [lon, lat]});
        let mut place = json!({"type": "Feature", "purpose": "geotagging", "geometry": point});
        if let Some(name) = &row.place_name {
            place["label"] = json!(name);
        }
        bodies.push(place);
    }
    bodies
}

/// Where the words stand, by number and by themselves.
fn selectors(row: &Row, text: &str, index: &CharIndex) -> Value {
    let slice =
        |start: usize, end: usize| index.bytes(CharSpan { start, end }).map_or("", |span| span.of(text));
    let (start, end) = (row.char_start, row.char_end);
    let last = end.saturating_add(AROUND).min(index.char_at(text.len()));
    json!([
        {"type": "TextPositionSelector", "start": start, "end": end},
        {
            "type": "TextQuoteSelector",
            "exact": slice(start, end),
            "prefix": slice(start.saturating_sub(AROUND), start),
            "suffix": slice(end, last),
        },
    ])
}
