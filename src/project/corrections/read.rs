//! What a file of corrections says of the articles that are here.
//! Nothing that it says is believed without its words standing where it says; what does not fit is told and left out.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::Arc;

use jiff::Timestamp;

use super::record::{ArticleValues, Corrections, PlaceRecord, Said, ValueRecord, Words};
use super::{Made, Texts, Theirs, content};
use crate::model::{Article, Bbox, CharIndex, CharSpan, Place, Problem, Span};
use crate::project::edit::{EntryId, Field, Held, Target, Value};

impl Corrections {
    /// What it says of these articles.
    pub fn for_articles(&self, texts: Texts<'_>) -> Theirs {
        let places = self.places.iter().filter_map(|(key, place)| Some((key.as_str(), place.place()?)));
        let mut reader = Reader { places: places.collect(), theirs: Theirs::default() };
        for edit in &self.edits {
            let Some(id) = entry(&edit.id) else { continue };
            let at = edit.at.parse::<Timestamp>().map_or(0, |at| at.as_second());
            let (who, why, title) = (edit.who.clone(), edit.why.clone(), edit.title.clone());
            reader.theirs.made.insert(id, Made { at, who, why, title });
            reader.theirs.known.insert(id);
        }
        reader.theirs.known.extend(self.past.iter().filter_map(|id| entry(id)));
        reader.theirs.in_part.extend(self.in_part.iter().filter_map(|id| entry(id)));
        let Theirs { known, in_part, .. } = &mut reader.theirs;
        known.retain(|id| !in_part.contains(id));
        let found = found(&self.articles, texts);
        for (values, number) in self.articles.iter().zip(found) {
            match number.and_then(|number| Some((number, (texts.get)(number)?))) {
                Some((number, article)) => reader.article(values, number, &article),
                None => {
                    let of_words = values.mentions.iter().chain(&values.events).flat_map(|one| &one.values);
                    let said: Vec<&Said> = values.values.iter().chain(of_words).collect();
                    reader.theirs.in_part.extend(said.iter().filter_map(|said| entry(&said.edit)));
                    reader.theirs.unknown.push((values.id.clone(), said.len()));
                }
            }
        }
        for place in &self.of_places {
            reader.take(&Target::Place(place.id.clone()), &place.values, None, &place.id);
        }
        for name in &self.of_names {
            reader.take(&Target::Name(name.name.clone()), &name.values, None, &name.name);
        }
        reader.take(&Target::Collection, &self.of_collection, None, "the collection");
        reader.theirs
    }
}

/// The number here of each article that is said something of.
fn found(wanted: &[ArticleValues], texts: Texts<'_>) -> Vec<Option<u32>> {
    let is = |number: u32, values: &ArticleValues| {
        (texts.get)(number).is_some_and(|article| content(&article.text) == values.content)
    };
    let mut found: Vec<Option<u32>> = wanted
        .iter()
        .map(|values| Some(values.number).filter(|&number| number < texts.count && is(number, values)))
        .collect();
    // A copy has the same numbers; another collection is looked through once.
    let taken: HashSet<u32> = found.iter().flatten().copied().collect();
    let mut missing: HashMap<&str, VecDeque<&mut Option<u32>>> = HashMap::new();
    for (values, found) in wanted.iter().zip(&mut found).filter(|(_, found)| found.is_none()) {
        missing.entry(values.content.as_str()).or_default().push_back(found);
    }
    for number in (0..texts.count).filter(|number| !taken.contains(number)) {
        if missing.is_empty() {
            break;
        }
        let Some(article) = (texts.get)(number) else { continue };
        let content = content(&article.text);
        let Some(all) = missing.get_mut(content.as_str()) else { continue };
        // Of articles with the same text, each is one.
        if let Some(found) = all.pop_front() {
            *found = Some(number);
        }
        if all.is_empty() {
            missing.remove(content.as_str());
        }
    }
    found
}

struct Reader<'a> {
    places: HashMap<&'a str, Arc<Place>>,
    theirs: Theirs,
}

/// A text, where its code points are, and what it is called.
struct Text<'a> {
    text: &'a str,
    index: CharIndex,
}

impl Text<'_> {
    fn span(&self, words: &Words) -> Option<Span> {
        let span = self.index.bytes(CharSpan { start: words.start, end: words.end })?;
        (span.of(self.text) == words.text).then_some(span)
    }
}

impl Reader<'_> {
    fn article(&mut self, values: &ArticleValues, number: u32, article: &Article) {
        let text = &Text { text: &article.text, index: CharIndex::new(&article.text) };
        self.take(&Target::Article(number), &values.values, Some(text), &values.id);
        let target_of = [Target::Mention, Target::Event];
        for (all, target) in [&values.mentions, &values.events].into_iter().zip(target_of) {
            for one in all {
                match text.span(&one.words) {
                    Some(span) => self.take(&target(number, span), &one.values, Some(text), &values.id),
                    None => self.misfit(&values.id, &one.words.text, &one.values),
                }
            }
        }
    }

    /// Takes values of one thing in; `place` is what their article is called.
    fn take(&mut self, target: &Target, values: &[Said], text: Option<&Text<'_>>, place: &str) {
        for said in values {
            let held = |entry| Some(Held { value: self.value(&said.value, text)?, entry });
            match entry(&said.edit).and_then(held).filter(|_| goes_with(target, said.field)) {
                Some(held) => self.theirs.values.push((target.clone(), said.field, held)),
                None => self.misfit(place, "", std::slice::from_ref(said)),
            }
        }
    }

    fn misfit(&mut self, place: &str, words: &str, values: &[Said]) {
        for said in values {
            match entry(&said.edit) {
                Some(entry) => {
                    self.theirs.in_part.insert(entry);
                }
                // What else its edit said cannot be told, so that nothing counts as seen.
                None => self.theirs.known.clear(),
            }
        }
        let reason = match words {
            "" => "a correction makes no sense, and is left out".to_owned(),
            words => format!("“{words}” does not stand where a correction says, which is left out"),
        };
        self.theirs.problems.push(Problem { place: place.to_owned(), reason });
    }

    fn value(&self, value: &ValueRecord, text: Option<&Text<'_>>) -> Option<Value> {
        let place = |key: &String| self.places.get(key.as_str()).cloned();
        Some(match value {
            ValueRecord::Confirmed(key) => Value::Confirmed(place(key)?),
            ValueRecord::Place(key) => Value::Place(place(key)?),
            ValueRecord::Rejected => Value::Rejected,
            ValueRecord::Yes => Value::Yes,
            ValueRecord::Words(words) => Value::Words(text?.span(words)?),
            ValueRecord::Kind(kind) => Value::Kind(*kind),
            ValueRecord::Sense(sense) => Value::Sense(*sense),
            ValueRecord::Type(kind) => Value::Type(*kind),
            ValueRecord::Polarity(polarity) => Value::Polarity(*polarity),
            ValueRecord::Scene(keys) => {
                Value::Scene(keys.iter().map(|words| text?.span(words)).collect::<Option<_>>()?)
            }
            ValueRecord::Date(None) => Value::Date(None),
            ValueRecord::Date(Some(date)) => Value::Date(Some(date.parse().ok()?)),
            ValueRecord::Text(text) => Value::Text(text.clone()),
            ValueRecord::Tags(tags) => {
                let mut tags = tags.clone();
                tags.sort();
                tags.dedup();
                Value::Tags(tags)
            }
        })
    }
}

/// Whether a field can be said of such a thing.
fn goes_with(target: &Target, field: Field) -> bool {
    match field {
        Field::Tags | Field::Note => true,
        Field::Place | Field::Added | Field::Words | Field::Kind | Field::Sense => {
            matches!(target, Target::Mention(..))
        }
        Field::Told | Field::Type | Field::Polarity | Field::Scene | Field::When => {
            matches!(target, Target::Event(..))
        }
        Field::Title | Field::Date | Field::Source | Field::Home | Field::Removed => {
            matches!(target, Target::Article(_))
        }
        Field::SameAs => matches!(target, Target::Place(_)),
        Field::Means => matches!(target, Target::Name(_)),
        Field::Results => false,
    }
}

fn entry(hex: &str) -> Option<EntryId> {
    u64::from_str_radix(hex, 16).ok().map(EntryId)
}

impl PlaceRecord {
    /// `None` where it is not on Earth, or has no identifier.
    fn place(&self) -> Option<Arc<Place>> {
        let on_earth = self.lat.abs() <= 90.0 && self.lon.abs() <= 180.0 && self.radius_m.is_finite();
        let bbox = self.bbox.map(|[west, south, east, north]| Bbox { west, south, east, north });
        (on_earth && !self.id.is_empty()).then(|| {
            Arc::new(Place {
                id: self.id.clone(),
                name: self.name.clone(),
                lat: self.lat,
                lon: self.lon,
                country_code: self.country_code.clone(),
                country: self.country.clone(),
                admin1: self.admin1.clone(),
                feature_class: self.feature_class,
                feature_code: self.feature_code.clone(),
                population: self.population,
                precision: self.precision,
                radius_m: self.radius_m.max(0.0),
                bbox,
            })
        })
    }
}
