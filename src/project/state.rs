//! What holds now: every value that people have put, by what it is said about.
//! A copy shares what it holds, so that another thread takes one along at no cost.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::edit::{Edit, EntryId, Field, Held, Set, Target, Value};
use crate::model::Span;

/// Articles to a part.
const PART: u32 = 256;

/// What is said about one article, its mentions and its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Said {
    /// Of the article itself.
    pub article: BTreeMap<Field, Held>,
    /// Of mentions, by key.
    pub mentions: BTreeMap<(Span, Field), Held>,
    /// Of events, by the words that tell them.
    pub events: BTreeMap<(Span, Field), Held>,
}

impl Said {
    fn is_empty(&self) -> bool {
        self.article.is_empty() && self.mentions.is_empty() && self.events.is_empty()
    }
}

/// Who made an entry, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Who.
    pub who: String,
    /// Seconds since 1970.
    pub at: i64,
}

/// Everything that people have said. Two are the same that say the same, whoever else made entries.
#[derive(Clone, Debug, Default)]
pub struct State {
    parts: Vec<Arc<HashMap<u32, Arc<Said>>>>,
    places: Arc<BTreeMap<(String, Field), Held>>,
    names: Arc<BTreeMap<(String, Field), Held>>,
    collection: Arc<BTreeMap<Field, Held>>,
    authors: Arc<HashMap<EntryId, Author>>,
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        self.parts == other.parts
            && self.places == other.places
            && self.names == other.names
            && self.collection == other.collection
    }
}

impl State {
    /// What is said about an article, if anything is.
    pub fn article(&self, number: u32) -> Option<&Arc<Said>> {
        self.parts.get((number / PART) as usize)?.get(&number)
    }

    /// The numbers of the articles about which something is said, ascending.
    pub fn articles(&self) -> Vec<u32> {
        let mut numbers: Vec<u32> = self.parts.iter().flat_map(|part| part.keys().copied()).collect();
        numbers.sort_unstable();
        numbers
    }

    /// What is said about places.
    pub fn places(&self) -> &BTreeMap<(String, Field), Held> {
        &self.places
    }

    /// What is said about names in all articles.
    pub fn names(&self) -> &BTreeMap<(String, Field), Held> {
        &self.names
    }

    /// What is said about the collection.
    pub fn collection(&self) -> &BTreeMap<Field, Held> {
        &self.collection
    }

    /// Whether nothing is said at all.
    pub fn is_empty(&self) -> bool {
        let nobody = self.places.is_empty() && self.names.is_empty() && self.collection.is_empty();
        nobody && self.parts.iter().all(|part| part.is_empty())
    }

    /// Everything that is said.
    pub fn all(&self) -> impl Iterator<Item = (Target, Field, &Held)> {
        let mut articles: Vec<(u32, &Arc<Said>)> =
            self.parts.iter().flat_map(|part| part.iter().map(|(number, said)| (*number, said))).collect();
        articles.sort_unstable_by_key(|(number, _)| *number);
        let of_article = articles.into_iter().flat_map(|(number, said)| {
            let article =
                said.article.iter().map(move |(field, held)| (Target::Article(number), *field, held));
            let mention = move |span: &Span| Target::Mention(number, *span);
            let mentions =
                said.mentions.iter().map(move |((span, field), held)| (mention(span), *field, held));
            let event = move |span: &Span| Target::Event(number, *span);
            let events = said.events.iter().map(move |((span, field), held)| (event(span), *field, held));
            article.chain(mentions).chain(events)
        });
        let places = self.places.iter().map(|((id, field), held)| (Target::Place(id.clone()), *field, held));
        let names = self.names.iter().map(|((name, field), held)| (Target::Name(name.clone()), *field, held));
        let collection = self.collection.iter().map(|(field, held)| (Target::Collection, *field, held));
        of_article.chain(places).chain(names).chain(collection)
    }

    /// Who made an entry.
    pub fn author(&self, entry: EntryId) -> Option<&Author> {
        self.authors.get(&entry)
    }

    /// Notes who made an entry.
    pub fn sign(&mut self, entry: EntryId, author: Author) {
        Arc::make_mut(&mut self.authors).insert(entry, author);
    }

    /// What is said.
    pub fn get(&self, target: &Target, field: Field) -> Option<&Held> {
        match target {
            Target::Mention(article, span) => self.article(*article)?.mentions.get(&(*span, field)),
            Target::Event(article, span) => self.article(*article)?.events.get(&(*span, field)),
            Target::Article(article) => self.article(*article)?.article.get(&field),
            Target::Place(id) => self.places.get(&(id.clone(), field)),
            Target::Name(name) => self.names.get(&(name.clone(), field)),
            Target::Collection => self.collection.get(&field),
        }
    }

    /// Puts a value in the place of what is said; `None` lets go of it.
    pub fn put(&mut self, target: &Target, field: Field, held: Option<Held>) {
        match target {
            Target::Mention(article, span) => {
                self.change(*article, |said| set(&mut said.mentions, (*span, field), held));
            }
            Target::Event(article, span) => {
                self.change(*article, |said| set(&mut said.events, (*span, field), held));
            }
            Target::Article(article) => self.change(*article, |said| set(&mut said.article, field, held)),
            Target::Place(id) => set(Arc::make_mut(&mut self.places), (id.clone(), field), held),
            Target::Name(name) => set(Arc::make_mut(&mut self.names), (name.clone(), field), held),
            Target::Collection => set(Arc::make_mut(&mut self.collection), field, held),
        }
    }

    fn change(&mut self, article: u32, change: impl FnOnce(&mut Said)) {
        let part = (article / PART) as usize;
        if self.parts.len() <= part {
            self.parts.resize_with(part + 1, Arc::default);
        }
        let Some(part) = self.parts.get_mut(part) else { return };
        let part = Arc::make_mut(part);
        let said = part.entry(article).or_default();
        change(Arc::make_mut(said));
        if said.is_empty() {
            part.remove(&article);
        }
        // Two states that say the same are the same.
        while self.parts.last().is_some_and(|part| part.is_empty()) {
            self.parts.pop();
        }
    }

    /// An edit that puts these values, with what is there now as what was before; values that are there already are
    /// left out.
    pub fn edit(
        &self,
        title: impl Into<String>,
        values: impl IntoIterator<Item = (Target, Field, Option<Value>)>,
    ) -> Edit {
        let set = |(target, field, after): (Target, Field, Option<Value>)| {
            let before = self.get(&target, field).cloned();
            let same = before.as_ref().map(|held| &held.value) == after.as_ref();
            (!same).then_some(Set { target, field, before, after })
        };
        Edit { title: title.into(), sets: values.into_iter().filter_map(set).collect() }
    }

    /// Does what an edit says.
    pub fn apply(&mut self, edit: &Edit, entry: EntryId) {
        for set in &edit.sets {
            let held = set.after.clone().map(|value| Held { value, entry });
            self.put(&set.target, set.field, held);
        }
    }

    /// Puts back what was there before an edit.
    pub fn revert(&mut self, edit: &Edit) {
        for set in &edit.sets {
            self.put(&set.target, set.field, set.before.clone());
        }
    }
}

fn set<K: Ord>(values: &mut BTreeMap<K, Held>, key: K, held: Option<Held>) {
    match held {
        Some(held) => {
            values.insert(key, held);
        }
        None => {
            values.remove(&key);
        }
    }
}
