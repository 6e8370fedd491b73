//! What many articles share, said once: places, outlets, people, reasons, and the sums of all.
//! It grows with the number of different places, never with that of mentions, and is written last.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Value, json};

use super::telling::{Mentioned, Telling};
use crate::export::bounds::Bounds;
use crate::export::row::Row;
use crate::export::same_place;
use crate::model::record::{rounded_point, rounded_score};
use crate::model::{Days, How, Kind, Place, language_name};

/// The most different texts of a sort that are told by number; what comes beyond stands in full where it is said.
const SHARED: usize = 50_000;

/// Texts by number, in the order in which they first came.
#[derive(Default)]
pub(super) struct Texts {
    numbers: HashMap<String, usize>,
    texts: Vec<String>,
}

impl Texts {
    /// The number of a text, or, where there are too many, the text.
    pub(super) fn told(&mut self, text: &str) -> Value {
        if let Some(&number) = self.numbers.get(text) {
            return json!(number);
        }
        if self.texts.len() >= SHARED {
            return json!(text);
        }
        let number = self.texts.len();
        self.numbers.insert(text.to_owned(), number);
        self.texts.push(text.to_owned());
        json!(number)
    }

    pub(super) fn all(&self) -> &[String] {
        &self.texts
    }
}

/// A place of the report.
#[derive(Default)]
pub(super) struct Known {
    pub id: String,
    pub name: String,
    /// With what it lies in.
    pub label: String,
    pub at: Option<(f64, f64)>,
    /// The word for how exactly it says where.
    pub precision: &'static str,
    /// Mentions that it was chosen for.
    pub mentions: usize,
    /// Articles with one of them.
    pub articles: usize,
    /// The last article that was counted, by number from one.
    pub counted: usize,
}

/// How likely the places of the mentions are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bands {
    /// Mentions whose place a person chose or agreed with.
    pub decided: usize,
    /// Those left to the program with a score of [`SURE`] or more.
    pub high: usize,
    /// Of [`LIKELY`] or more.
    pub middling: usize,
    /// Of less.
    pub low: usize,
    /// Without a place.
    pub none: usize,
}

/// Scores from which on a place is most likely right, and more likely right than not; the script has them too.
pub(super) const SURE: f64 = 0.8;
pub(super) const LIKELY: f64 = 0.5;

impl Bands {
    fn add(&mut self, row: &Row) {
        let band = match (row.latitude, row.status, row.score.unwrap_or(0.0)) {
            (None, ..) => &mut self.none,
            (_, How::Confirmed | How::Corrected | How::Added, _) => &mut self.decided,
            (.., score) if score >= SURE => &mut self.high,
            (.., score) if score >= LIKELY => &mut self.middling,
            _ => &mut self.low,
        };
        *band += 1;
    }
}

/// What all articles share, and their sums.
#[derive(Default)]
pub(super) struct Shared {
    pub reasons: Texts,
    pub people: Texts,
    outlet_names: Texts,
    /// Articles of each outlet.
    pub outlets: BTreeMap<String, usize>,
    pub languages: BTreeMap<String, usize>,
    numbers: HashMap<String, usize>,
    pub places: Vec<Known>,
    pub bounds: Bounds,
    pub articles: usize,
    pub silent: usize,
    pub undated: usize,
    pub mentions: usize,
    pub events: usize,
    pub days: Option<Days>,
    pub bands: Bands,
}

impl Shared {
    /// Counts an article.
    pub(super) fn add(&mut self, telling: &Telling<'_>) {
        self.articles += 1;
        self.mentions += telling.mentions.len();
        self.events += telling.events.len();
        self.silent += usize::from(telling.mentions.is_empty() && telling.events.is_empty());
        if let Some(outlet) = &telling.outlet {
            *self.outlets.entry(outlet.clone()).or_default() += 1;
        }
        if let Some(language) = telling.language {
            *self.languages.entry(language_name(language)).or_default() += 1;
        }
        match telling.days {
            None => self.undated += 1,
            Some(Days { first, last }) => {
                let so_far = self.days.unwrap_or(Days { first, last });
                self.days = Some(Days { first: so_far.first.min(first), last: so_far.last.max(last) });
            }
        }
        telling.mentions.iter().for_each(|mentioned| self.count(mentioned));
    }

    fn count(&mut self, mentioned: &Mentioned<'_>) {
        self.bands.add(&mentioned.row);
        let Some(chosen) = mentioned.mention.chosen() else { return };
        let article = self.articles;
        let number = self.place(&chosen.place, mentioned.mention.kind);
        let Some(known) = self.places.get_mut(number) else { return };
        let Some((lat, lon)) = known.at else { return };
        known.mentions += 1;
        known.articles += usize::from(known.counted != article);
        known.counted = article;
        self.bounds.add(lat, lon);
    }

    /// The number of a place that a mention of this kind stands, or may stand, for.
    pub(super) fn place(&mut self, place: &Place, kind: Kind) -> usize {
        *self.numbers.entry(same_place(place, kind)).or_insert_with(|| {
            let at = rounded_point(place.lat, place.lon, kind);
            self.places.push(Known {
                id: super::escape::short(&place.id, super::escape::SHORT),
                name: super::escape::short(&place.name, super::escape::SHORT),
                label: super::escape::short(&place.label(), super::escape::SHORT),
                at,
                precision: place.precision.as_str(),
                mentions: 0,
                articles: 0,
                counted: 0,
            });
            self.places.len() - 1
        })
    }

    /// The number of an outlet, or its name, or null.
    pub(super) fn outlet(&mut self, outlet: Option<&str>) -> Value {
        outlet.map_or(Value::Null, |outlet| self.outlet_names.told(outlet))
    }

    /// Places that mentions were put at, the most often mentioned first, then as they came.
    pub(super) fn main_places(&self) -> Vec<&Known> {
        let mut places: Vec<&Known> = self.places.iter().filter(|place| place.mentions > 0).collect();
        places.sort_by_key(|place| std::cmp::Reverse(place.mentions));
        places
    }

    /// What the script reads to understand the articles.
    pub(super) fn json(&self) -> Value {
        let places = self.places.iter().map(|place| {
            let at = place.at.map(|(lat, lon)| [lat, lon]);
            json!([place.name, place.label, at, place.precision, place.id])
        });
        json!({
            "places": places.collect::<Vec<_>>(),
            "reasons": self.reasons.all(),
            "people": self.people.all(),
            "outlets": self.outlet_names.all(),
        })
    }
}

/// A score in thousandths: what stands in a report as 0.93 is 930.
pub(super) fn thousandths(score: f32) -> u32 {
    (rounded_score(score) * 1000.0).round() as u32
}
