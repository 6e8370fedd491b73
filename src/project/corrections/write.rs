//! What holds in a project, as a file of corrections.
//! What does not fit its text, and which results of the geoparser hold, stay behind: they mean nothing elsewhere.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jiff::Timestamp;

use super::record::{
    ArticleValues, Corrections, EditRecord, NameValues, PlaceRecord, PlaceValues, Said, ValueRecord, Words,
    WordsValues,
};
use super::{FORMAT, Texts, VERSION, content};
use crate::model::{CharIndex, CharSpan, Place, Problem, Span};
use crate::project::edit::{EntryId, Field, Held, Value};
use crate::project::journal::{Head, Journal};
use crate::project::state::State;

impl Corrections {
    /// Every value that holds, with who put it there. `project` is what the project is known by. Articles that cannot
    /// be read are told as problems.
    pub fn of(
        project: &str,
        state: &State,
        journal: &Journal,
        texts: Texts<'_>,
    ) -> (Corrections, Vec<Problem>) {
        let mut writer = Writer::default();
        let mut problems = Vec::new();
        let mut articles = Vec::new();
        for number in state.articles() {
            match writer.article(number, state, texts) {
                Some(article) => articles.extend(Some(article).filter(ArticleValues::says_something)),
                None => {
                    writer.leave_out(number, state);
                    let reason = "what is said of it is left out, since it cannot be read".to_owned();
                    problems.push(Problem { place: format!("article {}", u64::from(number) + 1), reason });
                }
            }
        }
        let of_places = grouped(state.places(), |field, held| writer.said(field, held, None));
        let of_places = of_places.into_iter().map(|(id, values)| PlaceValues { id, values }).collect();
        let of_names = grouped(state.names(), |field, held| writer.said(field, held, None));
        let of_names = of_names.into_iter().map(|(name, values)| NameValues { name, values }).collect();
        let collection = state.collection().iter();
        let of_collection = collection.filter_map(|(field, held)| writer.said(*field, held, None)).collect();
        let (edits, past) = writer.edits(journal);
        let corrections = Corrections {
            format: FORMAT.to_owned(),
            version: VERSION,
            program: concat!("dateline ", env!("CARGO_PKG_VERSION")).to_owned(),
            project: project.to_owned(),
            edits,
            past,
            in_part: writer.in_part.iter().copied().map(hex).collect(),
            places: writer.places,
            articles,
            of_places,
            of_names,
            of_collection,
        };
        (corrections, problems)
    }
}

impl ArticleValues {
    fn says_something(&self) -> bool {
        !(self.values.is_empty() && self.mentions.is_empty() && self.events.is_empty())
    }
}

/// What values refer to.
#[derive(Default)]
struct Writer {
    places: BTreeMap<String, PlaceRecord>,
    /// Keys of places by their identifiers: more than one where two values call different places by one identifier.
    keys: HashMap<String, Vec<String>>,
    entries: BTreeSet<EntryId>,
    /// The edits of which something is left out.
    in_part: BTreeSet<EntryId>,
}

impl Writer {
    fn article(&mut self, number: u32, state: &State, texts: Texts<'_>) -> Option<ArticleValues> {
        let said = state.article(number)?;
        let article = (texts.get)(number)?;
        let text = &Text { text: &article.text, index: CharIndex::new(&article.text) };
        let (mentions, events) = (self.of_words(&said.mentions, text), self.of_words(&said.events, text));
        let values = said.article.iter().filter_map(|(field, held)| self.said(*field, held, Some(text)));
        let values = values.collect();
        let content = content(&article.text);
        Some(ArticleValues { id: article.id, number, content, values, mentions, events })
    }

    fn of_words(&mut self, values: &BTreeMap<(Span, Field), Held>, text: &Text<'_>) -> Vec<WordsValues> {
        let (fit, misfit): (Vec<_>, Vec<_>) =
            values.iter().partition(|((span, _), _)| text.words(*span).is_some());
        self.in_part.extend(misfit.iter().map(|(_, held)| held.entry));
        let all = grouped(fit, |field, held| self.said(field, held, Some(text)));
        let one = |(span, values)| Some(WordsValues { words: text.words(span)?, values });
        all.into_iter().filter_map(one).collect()
    }

    /// Nothing that is said of an article can be told.
    fn leave_out(&mut self, number: u32, state: &State) {
        let Some(said) = state.article(number) else { return };
        let of_words = said.mentions.values().chain(said.events.values());
        self.in_part.extend(said.article.values().chain(of_words).map(|held| held.entry));
    }

    fn said(&mut self, field: Field, held: &Held, text: Option<&Text<'_>>) -> Option<Said> {
        if field == Field::Results {
            return None;
        }
        let Some(value) = self.value(&held.value, text) else {
            self.in_part.insert(held.entry);
            return None;
        };
        self.entries.insert(held.entry);
        Some(Said { field, value, edit: hex(held.entry) })
    }

    fn value(&mut self, value: &Value, text: Option<&Text<'_>>) -> Option<ValueRecord> {
        Some(match value {
            Value::Confirmed(place) => ValueRecord::Confirmed(self.place(place)?),
            Value::Place(place) => ValueRecord::Place(self.place(place)?),
            Value::Rejected => ValueRecord::Rejected,
            Value::Yes => ValueRecord::Yes,
            Value::Words(span) => ValueRecord::Words(text?.words(*span)?),
            Value::Kind(kind) => ValueRecord::Kind(*kind),
            Value::Sense(sense) => ValueRecord::Sense(*sense),
            Value::Type(kind) => ValueRecord::Type(*kind),
            Value::Polarity(polarity) => ValueRecord::Polarity(*polarity),
            Value::Scene(keys) => {
                ValueRecord::Scene(keys.iter().map(|key| text?.words(*key)).collect::<Option<_>>()?)
            }
            Value::Date(date) => ValueRecord::Date(date.map(|date| date.to_string())),
            Value::Text(text) => ValueRecord::Text(text.clone()),
            Value::Tags(tags) => ValueRecord::Tags(tags.clone()),
            Value::Number(_) => return None,
        })
    }

    /// The key of a place.
    fn place(&mut self, place: &Place) -> Option<String> {
        let record = PlaceRecord::new(place)?;
        let keys = self.keys.entry(place.id.clone()).or_default();
        if let Some(key) = keys.iter().find(|key| self.places.get(*key) == Some(&record)) {
            return Some(key.clone());
        }
        let mut number = keys.len();
        let key = loop {
            number += 1;
            let key = if number == 1 { place.id.clone() } else { format!("{}#{number}", place.id) };
            if !self.places.contains_key(&key) {
                break key;
            }
        };
        keys.push(key.clone());
        self.places.insert(key.clone(), record);
        Some(key)
    }

    /// The edits that put what was written, and all others.
    fn edits(&self, journal: &Journal) -> (Vec<EditRecord>, Vec<String>) {
        let (held, past): (Vec<&Head>, Vec<&Head>) =
            journal.history().map(|(head, _)| head).partition(|head| self.entries.contains(&head.id));
        let record = |head: &&Head| EditRecord {
            id: hex(head.id),
            at: Timestamp::from_second(head.at).unwrap_or_default().to_string(),
            who: head.who.clone(),
            why: head.why.clone(),
            title: head.title.clone(),
        };
        (held.iter().map(record).collect(), past.iter().map(|head| hex(head.id)).collect())
    }
}

/// A text, and where its code points are.
struct Text<'a> {
    text: &'a str,
    index: CharIndex,
}

impl Text<'_> {
    fn words(&self, span: Span) -> Option<Words> {
        let text = Some(span.of(self.text)).filter(|text| !text.is_empty())?;
        let CharSpan { start, end } = self.index.chars(span);
        Some(Words { start, end, text: text.to_owned() })
    }
}

/// Values by what they are said of, in the order of both.
fn grouped<'a, K: PartialEq + Clone + 'a>(
    values: impl IntoIterator<Item = (&'a (K, Field), &'a Held)>,
    mut said: impl FnMut(Field, &Held) -> Option<Said>,
) -> Vec<(K, Vec<Said>)> {
    let mut groups: Vec<(K, Vec<Said>)> = Vec::new();
    for ((key, field), held) in values {
        let Some(said) = said(*field, held) else { continue };
        match groups.last_mut().filter(|(last, _)| last == key) {
            Some((_, group)) => group.push(said),
            None => groups.push((key.clone(), vec![said])),
        }
    }
    groups
}

fn hex(entry: EntryId) -> String {
    format!("{:016x}", entry.0)
}

impl PlaceRecord {
    /// `None` where it is not on Earth.
    fn new(place: &Place) -> Option<Self> {
        // A centimetre, in digits that come back as they went.
        let round = |value: f64| (value * 1e7).round() / 1e7 + 0.0;
        let on_earth = place.lat.abs() <= 90.0 && place.lon.abs() <= 180.0;
        let bbox = place.bbox.map(|bbox| [bbox.west, bbox.south, bbox.east, bbox.north].map(round));
        on_earth.then(|| Self {
            id: place.id.clone(),
            name: place.name.clone(),
            lat: round(place.lat),
            lon: round(place.lon),
            country_code: place.country_code.clone(),
            country: place.country.clone(),
            admin1: place.admin1.clone(),
            feature_class: place.feature_class,
            feature_code: place.feature_code.clone(),
            population: place.population,
            precision: place.precision,
            radius_m: if place.radius_m.is_finite() { round(place.radius_m) } else { 0.0 },
            bbox: bbox.filter(|sides| sides.iter().all(|side| side.is_finite())),
        })
    }
}
