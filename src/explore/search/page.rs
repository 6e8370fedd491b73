//! One article as a search sees it without an index: its fields as folded words.
//! How well an article meets a query depends on that article alone, so it is the same whoever looks.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use super::super::Collection;
use super::query::{Field, Query, Term};
use super::words::{Words, fold};
use crate::model::{Geoparsed, Place};

/// An article's words, each with a space before and after it.
#[derive(Debug)]
pub(super) struct Page([String; Field::ALL.len()]);

impl Page {
    pub fn of(geoparsed: &Geoparsed) -> Page {
        Page(Field::ALL.map(|field| {
            let mut words = String::from(" ");
            texts(geoparsed, field, |text| {
                spaced(text, &mut words);
                // No words stand in a row across this.
                words.push_str("\n ");
            });
            words
        }))
    }

    /// How often a term stands in a field.
    fn count(&self, field: Field, needle: &str) -> u32 {
        occurrences(&self.0[field as usize], needle).count() as u32
    }
}

/// The texts of a field of an article.
pub(super) fn texts(geoparsed: &Geoparsed, field: Field, mut take: impl FnMut(&str)) {
    let article = &geoparsed.article;
    match field {
        Field::Title => take(article.heading()),
        Field::Source => article.source.iter().for_each(|source| take(source)),
        Field::Text => take(&article.text),
        Field::Place => {
            let mut told = BTreeSet::new();
            for place in geoparsed.mentions.iter().filter_map(|mention| mention.place()) {
                if told.insert(&place.id) {
                    take(&place.label());
                }
            }
        }
    }
}

/// What the words of an article that can change are known by: its headline, its outlet and its places. Its text stays
/// what it is.
pub(super) fn sum_of(geoparsed: &Geoparsed) -> u64 {
    let (article, places) =
        (&geoparsed.article, geoparsed.mentions.iter().filter_map(|mention| mention.place()));
    let places: BTreeMap<&str, &Arc<Place>> = places.map(|place| (&*place.id, place)).collect();
    let labels: Vec<String> = places.into_values().map(|place| fold(&place.label())).collect();
    sum(article.heading(), article.source.as_deref().unwrap_or_default(), labels.iter().map(String::as_str))
}

/// The same of an article as a collection has it at hand.
pub(super) fn sum_in(collection: &Collection, article: usize) -> u64 {
    let mut keys: Vec<u32> = collection.glances(article).iter().filter_map(|glance| glance.place).collect();
    keys.sort_unstable();
    keys.dedup();
    let labels = keys.iter().filter_map(|&key| Some(collection.place(key)?.folded.as_str()));
    let heading = collection.card(article).map_or("", |card| &card.heading);
    sum(heading, collection.source(article).unwrap_or_default(), labels)
}

fn sum<'a>(heading: &str, source: &str, labels: impl Iterator<Item = &'a str>) -> u64 {
    let mut labels: Vec<&str> = labels.collect();
    labels.sort_unstable();
    labels.dedup();
    let words: Vec<&str> = [heading, source].into_iter().chain(labels).collect();
    xxh3_64(words.join("\0").as_bytes())
}

/// Puts the words of a text behind others, with a space after each.
pub(super) fn spaced(text: &str, words: &mut String) {
    words.reserve(text.len());
    let mut found = Words::of(text);
    while found.advance().is_some() {
        words.push_str(&found.word);
        words.push(' ');
    }
}

/// What to look for among words with spaces around them.
pub(super) fn needle(term: &Term) -> String {
    let end = if term.prefix { "" } else { " " };
    format!(" {}{end}", term.words.join(" "))
}

/// Where a needle begins. It may begin again before it has ended: *dam dam dam* has *dam dam* twice.
pub(super) fn occurrences<'a>(words: &'a str, needle: &'a str) -> impl Iterator<Item = usize> + 'a {
    let finder = memchr::memmem::Finder::new(needle.as_bytes()).into_owned();
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + finder.find(words.as_bytes().get(from..)?)?;
        from = at + 1;
        Some(at)
    })
}

/// What it is worth that a term stands so often in a field: the first time tells most.
pub(super) fn worth(field: Field, count: u32) -> f32 {
    let count = count as f32;
    field.weight() * count / (count + 1.0)
}

impl Query {
    /// How well an article meets it; `None` where it does not.
    pub(super) fn score(&self, page: &Page) -> Option<f32> {
        self.clauses.iter().try_fold(0.0, |sum, clause| {
            let met = clause.iter().filter_map(|term| term.score(page));
            Some(sum + met.reduce(|a, b| a + b)?)
        })
    }
}

impl Term {
    fn score(&self, page: &Page) -> Option<f32> {
        let needle = needle(self);
        let counts = self.fields().map(|field| (field, page.count(field, &needle)));
        let there = counts.filter(|&(_, count)| count > 0).map(|(field, count)| worth(field, count));
        let score = there.reduce(|a, b| a + b);
        if self.not { score.is_none().then_some(0.0) } else { score }
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::{place, story};
    use super::*;

    fn letter() -> Geoparsed {
        let derna = place("geonames:87205", "Derna", "Libya", 32.76, 22.64);
        let mut story = story("a", "Rain, rain. The dam above [the town] broke in 开罗.", &[&derna]);
        story.article.title = Some("Dam bursts; the dam dam".to_owned());
        story.article.source = Some("The Daily Courier".to_owned());
        story
    }

    #[test]
    fn queries_are_met() {
        let page = Page::of(&letter());
        let check = |query: &str, expected: bool| {
            assert_eq!(Query::new(query).score(&page).is_some(), expected, "{query:?}");
        };
        check("", true);
        check("DAM ", true);
        check("da ", false);
        check("da", true);
        check("da* rain ", true);
        check("rain snow ", false);
        check("rain OR snow ", true);
        check("-snow ", true);
        check("-rain ", false);
        check("rain -dam ", false);
        check("-rain OR dam ", true);
        check("\"rain the dam\"", true);
        check("\"dam rain\"", false);
        check("\"dam ab*\"", true);
        check("title:bursts ", true);
        check("title:rain ", false);
        check("text:bursts ", false);
        check("source:courier ", true);
        check("courier ", true);
        check("place:derna ", true);
        check("place:lib*", true);
        check("derna rain ", true);
        check("text:derna ", false);
        check("开罗", true);
        check("罗开", false);
    }

    #[test]
    fn a_word_counts_each_time_it_stands_there() {
        let page = Page::of(&letter());
        assert_eq!(page.count(Field::Title, " dam "), 3);
        assert_eq!(page.count(Field::Text, " rain "), 2);
        assert_eq!(page.count(Field::Text, " ra"), 2);
    }
}
