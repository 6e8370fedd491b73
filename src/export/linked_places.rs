//! Linked Places 1.3: a gazetteer of the places that the articles name, with the words they are named by and where
//! these stand.
//! A place is written when all articles are known. What is kept grows with the number of places: of each, so many names
//! are listed, and so many articles for each name.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::form::{Form, Wanted, Written};
use super::row::Row;
use super::{ATTRIBUTION, GENERATOR, LICENSE, Options, iri, spot};
use crate::model::{Article, Days};

/// The format's own document of terms.
const CONTEXT: &str =
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld";
/// As many different names of a place are listed.
const NAMES: usize = 100;
/// As many articles are cited for a name, the first.
const CITED: usize = 20;

/// A gazetteer while its places are gathered.
#[derive(Debug)]
pub(crate) struct Gazetteer<W> {
    out: W,
    created: Option<String>,
    places: Vec<Place>,
    /// Where a place stands among them, by its identifier.
    numbers: HashMap<String, usize>,
}

#[derive(Debug)]
struct Place {
    /// The first row that named it.
    row: Row,
    names: Vec<Name>,
    mentions: usize,
    articles: usize,
    /// The article that was counted last.
    last: String,
    days: Option<Days>,
}

#[derive(Debug)]
struct Name {
    toponym: String,
    lang: Option<String>,
    citations: Vec<Value>,
    /// The article that was cited last.
    last: String,
}

impl<W> Gazetteer<W> {
    pub(crate) fn new(out: W, options: &Options) -> Self {
        Self { out, created: options.created.clone(), places: Vec::new(), numbers: HashMap::new() }
    }
}

impl<W: Write> Form<W> for Gazetteer<W> {
    fn article(&mut self, wanted: &Wanted<'_>) -> io::Result<Written> {
        let article = &wanted.article.article;
        for row in wanted.rows {
            let (Some(lat), Some(lon)) = (row.latitude, row.longitude) else { continue };
            let key = spot::key(row.place_id.as_deref(), (lat, lon));
            let number = *self.numbers.entry(key).or_insert(self.places.len());
            if number == self.places.len() {
                self.places.push(Place::new(row));
            }
            if let Some(place) = self.places.get_mut(number) {
                place.add(row, wanted.key, article);
            }
        }
        Ok(Written::of(wanted.rows))
    }

    /// There is nothing to hand on before the end.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        let out = &mut self.out;
        write!(out, r#"{{"type":"FeatureCollection","@context":{}"#, json!(CONTEXT))?;
        write!(out, r#","generator":{},"license":{}"#, json!(GENERATOR), json!(LICENSE))?;
        write!(out, r#","attribution":{}"#, json!(ATTRIBUTION))?;
        if let Some(created) = &self.created {
            write!(out, r#","created":{}"#, json!(created))?;
        }
        out.write_all(br#","features":["#)?;
        for (number, place) in self.places.iter().enumerate() {
            out.write_all(if number == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut *out, &place.feature())?;
        }
        out.write_all(b"\n]}\n")?;
        Ok(self.out)
    }
}

impl Place {
    fn new(row: &Row) -> Self {
        let row = row.clone();
        Self { row, names: Vec::new(), mentions: 0, articles: 0, last: String::new(), days: None }
    }

    /// Takes in a mention.
    fn add(&mut self, row: &Row, key: &str, article: &Article) {
        if self.mentions == 0 || self.last != key {
            self.articles += 1;
            key.clone_into(&mut self.last);
        }
        self.mentions += 1;
        if let Some(days) = article.date.and_then(Days::of) {
            let known = self.days.unwrap_or(days);
            self.days = Some(Days { first: known.first.min(days.first), last: known.last.max(days.last) });
        }
        let same = |name: &Name| name.toponym == row.mention && name.lang == row.lang;
        let number = match self.names.iter().position(same) {
            Some(number) => number,
            None if self.names.len() == NAMES || row.mention.is_empty() => return,
            None => {
                let (toponym, lang) = (row.mention.clone(), row.lang.clone());
                self.names.push(Name { toponym, lang, citations: Vec::new(), last: String::new() });
                self.names.len() - 1
            }
        };
        if let Some(name) = self.names.get_mut(number)
            && name.citations.len() < CITED
            && (name.citations.is_empty() || name.last != key)
        {
            key.clone_into(&mut name.last);
            name.citations.push(citation(article, key));
        }
    }

    fn feature(&self) -> Value {
        let row = &self.row;
        let id = row.place_id.as_deref().unwrap_or_default();
        let point = row.latitude.zip(row.longitude).map(|(lat, lon)| (lon, lat)).unwrap_or_default();
        let address = match &row.place_id {
            Some(id) => iri::of_place(id),
            None => spot::key(None, (point.1, point.0)),
        };
        let title = row.place_name.as_deref().or(self.names.first().map(|name| name.toponym.as_str()));
        let class = fclass(row.feature_class.as_deref().unwrap_or_default());
        let ccodes: Vec<_> = row.country_code.iter().collect();
        let mut feature = json!({
            "@id": address,
            "type": "Feature",
            "properties": {
                "title": title.unwrap_or(id),
                "ccodes": ccodes,
                "fclasses": [class],
                "mentions": self.mentions,
                "articles": self.articles,
            },
        });
        if let Some(days) = self.days
            && let (Some(first), Some(last)) = (Days::date(days.first), Days::date(days.last))
        {
            let span = json!({"start": {"in": first.to_string()}, "end": {"in": last.to_string()}});
            feature["when"] =
                json!({"timespans": [span], "label": "named in articles that were published then"});
        }
        feature["names"] = self.names.iter().map(Name::value).chain(self.unnamed()).collect();
        if let Some(code) = &row.feature_code {
            let identifier = format!("https://www.geonames.org/ontology#{class}.{code}");
            let labels = json!([{"label": code, "lang": "en"}]);
            feature["types"] = json!([{"identifier": identifier, "label": code, "sourceLabels": labels}]);
        }
        feature["geometry"] = json!({"type": "Point", "coordinates": [point.0, point.1]});
        if let Some(number) = id.strip_prefix("geonames:") {
            let page = format!("https://www.geonames.org/{number}/");
            feature["links"] = json!([{"type": "exactMatch", "identifier": page}]);
        }
        feature
    }

    /// The gazetteer's own name, where no article uses it.
    fn unnamed(&self) -> Option<Value> {
        let own = self.row.place_name.as_deref()?;
        let used = self.names.iter().any(|name| name.toponym == own);
        (!used).then(|| json!({"toponym": own}))
    }
}

impl Name {
    fn value(&self) -> Value {
        let mut name = json!({"toponym": self.toponym});
        if let Some(lang) = &self.lang {
            name["lang"] = json!(lang);
        }
        name["citations"] = json!(self.citations);
        name
    }
}

/// The article as a source: "The Tripoli Herald, 2023-09-11: Floods near Derna".
fn citation(article: &Article, key: &str) -> Value {
    let mut label = article.source.clone().unwrap_or_default();
    if let Some(date) = article.date {
        let parting = if label.is_empty() { "" } else { ", " };
        label = format!("{label}{parting}{date}");
    }
    let parting = if label.is_empty() { "" } else { ": " };
    let mut citation = json!({"label": format!("{label}{parting}{}", article.heading())});
    if let Some(year) = article.date.and_then(|date| date.year) {
        citation["year"] = json!(year);
    }
    citation["@id"] = json!(iri::of_article(article, key));
    citation
}

/// The seven classes of the format. GeoNames has two more: what lies under the sea is the sea's, what grows somewhere an
/// area's.
fn fclass(class: &str) -> &str {
    match class {
        "A" | "H" | "L" | "P" | "R" | "S" | "T" => class,
        "U" => "H",
        _ => "L",
    }
}
