//! What people have tagged, and with what.
//! Few things are: tags lie beside the collection, by what bears them, and whoever opens it tells them.

use std::collections::{BTreeSet, HashMap};

use crate::model::Span;

use super::Collection;

/// What a tag can be put on.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tagged {
    /// An article by its number.
    Article(usize),
    /// A mention: its article, and its key ([`Mention::key`](crate::model::Mention::key)).
    Mention(usize, Span),
    /// An event: its article, and the words that tell it.
    Event(usize, Span),
    /// A place by its identifier.
    Place(String),
}

impl Tagged {
    fn article(&self) -> Option<usize> {
        match self {
            Self::Article(article) | Self::Mention(article, _) | Self::Event(article, _) => Some(*article),
            Self::Place(_) => None,
        }
    }
}

/// All tags, in order of first use, and what bears them.
#[derive(Clone, Debug, Default)]
pub(super) struct Tags {
    names: Vec<String>,
    borne: HashMap<Tagged, Vec<u32>>,
    /// How often each tag is borne in an article, by the article, its mentions and its events.
    articles: HashMap<usize, HashMap<u32, u32>>,
}

impl Tags {
    pub fn names(&self) -> &[String] {
        &self.names
    }

    pub fn of(&self, what: &Tagged) -> &[u32] {
        self.borne.get(what).map_or(&[], Vec::as_slice)
    }

    /// Puts tags in the place of what something bore.
    pub fn set(&mut self, what: Tagged, tags: &[String]) {
        let mut numbers: Vec<u32> = tags.iter().map(|tag| self.number(tag)).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let article = what.article();
        let before = match numbers.is_empty() {
            true => self.borne.remove(&what),
            false => self.borne.insert(what, numbers.clone()),
        };
        let Some(article) = article else { return };
        let own = self.articles.entry(article).or_default();
        numbers.iter().for_each(|&number| *own.entry(number).or_default() += 1);
        for number in before.unwrap_or_default() {
            own.entry(number).and_modify(|times| *times -= 1);
        }
        own.retain(|_, times| *times > 0);
        if own.is_empty() {
            self.articles.remove(&article);
        }
    }

    fn number(&mut self, tag: &str) -> u32 {
        let number = self.names.iter().position(|other| other == tag).unwrap_or_else(|| {
            self.names.push(tag.to_owned());
            self.names.len() - 1
        });
        number as u32
    }
}

/// The tags of a collection made ready for a pass over its articles.
#[derive(Clone, Debug, Default)]
pub(super) struct Tagging {
    /// By key of the place.
    places: HashMap<u32, Vec<u32>>,
    /// Which tags are chosen, by number; `None` where none is.
    chosen: Option<Vec<bool>>,
}

impl Tagging {
    pub fn new(collection: &Collection, chosen: &BTreeSet<String>) -> Tagging {
        let tags = collection.tags_borne();
        let is_chosen = tags.names.iter().map(|name| chosen.contains(name)).collect();
        let mut places = HashMap::new();
        if tags.borne.keys().any(|what| what.article().is_none()) {
            for (key, entry) in (0u32..).zip(collection.places()) {
                let own = tags.of(&Tagged::Place(entry.place.id.clone()));
                if !own.is_empty() {
                    places.insert(key, own.to_vec());
                }
            }
        }
        Tagging { places, chosen: (!chosen.is_empty()).then_some(is_chosen) }
    }

    /// The tags of an article, of what stands in it, and of the places that it mentions, each once.
    pub fn of(&self, collection: &Collection, article: usize) -> Vec<u32> {
        if collection.tags().is_empty() {
            return Vec::new();
        }
        let own = collection.tags_borne().articles.get(&article);
        let mut numbers: Vec<u32> = own.into_iter().flat_map(|own| own.keys().copied()).collect();
        if !self.places.is_empty() {
            let places =
                collection.glances(article).iter().filter_map(|glance| self.places.get(&glance.place?));
            numbers.extend(places.flatten());
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Whether an article has none of the tags that are chosen.
    pub fn fails(&self, collection: &Collection, article: usize) -> bool {
        let Some(chosen) = &self.chosen else { return false };
        !self
            .of(collection, article)
            .into_iter()
            .any(|tag| chosen.get(tag as usize).copied().unwrap_or(false))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{event, place, report, story};
    use super::super::{Filter, Subject, View};
    use super::*;
    use crate::model::EventType;

    fn tagged() -> Collection {
        let derna = place("geonames:1", "Derna", "LY", 32.76, 22.64);
        let aleppo = place("geonames:2", "Aleppo", "SY", 36.2, 37.16);
        let mut collection = Collection::default();
        collection.add(Arc::new(story("a", "[Derna] waits.", &[&derna])));
        collection.add(Arc::new(story("b", "[Aleppo] waits.", &[&aleppo])));
        collection.add(Arc::new(report(
            "c",
            "[Derna] burns.",
            &[&derna],
            vec![event(EventType::Fight, &[0])],
        )));
        collection.add(Arc::new(story("d", "[Derna] [Aleppo]", &[&derna, &aleppo])));
        let span = Span::new(0, 5);
        let mut tag = |what, tags: &[&str]| {
            let tags: Vec<String> = tags.iter().map(|&tag| tag.to_owned()).collect();
            collection.tag(what, &tags);
        };
        tag(Tagged::Article(0), &["cite", "check"]);
        tag(Tagged::Mention(0, span), &["check"]);
        tag(Tagged::Event(2, span), &["cite"]);
        tag(Tagged::Place("geonames:2".to_owned()), &["siege"]);
        tag(Tagged::Article(3), &["cite"]);
        tag(Tagged::Article(3), &[]);
        collection
    }

    #[test]
    fn tags_are_chosen_and_counted() {
        let collection = tagged();
        let check = |chosen: &[&str], subject, articles: &[usize], counts: &[(&str, u32)]| {
            let tags: BTreeSet<String> = chosen.iter().map(|&tag| tag.to_owned()).collect();
            let mut view = View::default();
            view.refresh(&collection, &Filter { tags, subject, ..Filter::default() });
            let mut shown: Vec<usize> = view.articles.iter().map(|row| row.article).collect();
            shown.sort_unstable();
            assert_eq!(shown, articles, "{chosen:?}");
            let found: Vec<(&str, u32)> = view.tags.iter().map(|tag| (&*tag.name, tag.count)).collect();
            assert_eq!(found, counts, "{chosen:?}");
        };
        let all = [("cite", 2), ("siege", 2), ("check", 1)];
        check(&[], Subject::Mentions, &[0, 1, 2, 3], &all);
        check(&["cite"], Subject::Mentions, &[0, 2], &all);
        check(&["siege"], Subject::Mentions, &[1, 3], &all);
        check(&["siege", "check"], Subject::Mentions, &[0, 1, 3], &all);
        check(&["nobody's"], Subject::Mentions, &[], &all);
        check(&[], Subject::Events, &[2], &[("cite", 1)]);
        check(&["siege"], Subject::Events, &[], &[("cite", 1)]);
    }

    #[test]
    fn tags_are_put_in_the_place_of_others() {
        let mut collection = tagged();
        let snapshot = collection.snapshot();
        let article = Tagged::Article(0);
        assert_eq!(collection.tags_of(&article), ["cite", "check"]);
        collection.tag(article.clone(), &["done".to_owned(), "done".to_owned()]);
        assert_eq!(collection.tags_of(&article), ["done"]);
        assert_eq!(snapshot.tags_of(&article), ["cite", "check"], "a copy stays as it was");
        let tagging = Tagging::new(&collection, &BTreeSet::new());
        let names: Vec<&str> =
            tagging.of(&collection, 0).into_iter().map(|tag| &*collection.tags()[tag as usize]).collect();
        assert_eq!(names, ["check", "done"]);
    }
}
