use std::thread;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::super::super::fixture::{place, story};
use super::super::super::{Arrival, Collection};
use super::super::words::Words;
use super::*;
use crate::model::Geoparsed;

const QUERIES: [&str; 25] = [
    "dam ", "dam", "d", "bomb*", "\"the dam\"", "\"new york\"", "\"the da", "new york ", "开罗", "罗开",
    "title:dam ", "source:post ", "source:\"dam post\"", "place:york ", "place:\"york united\"",
    "text:york ", "dam -river ", "-dam ", "-\"the dam\" york", "dam OR snow ", "dam OR -snow river ",
    "strasse ", "\"palmas spain\"", "\"libya new\"", "york derna the dam",
];

/// Numbers by a fixed rule.
pub(super) struct Dice(pub usize);

impl Dice {
    pub fn below(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % below
    }

    fn word(&mut self) -> &'static str {
        const WORDS: [&str; 11] =
            ["dam", "damage", "river", "York", "new", "bomb", "bombing", "Straße", "开罗", "the", "snow"];
        WORDS[self.below(WORDS.len())]
    }

    /// An article's headline, outlet and places; its text is what it is by its number.
    pub fn article(&mut self, number: usize) -> Geoparsed {
        let places = [
            place("geonames:1", "Derna", "Libya", 32.76, 22.64),
            place("geonames:2", "New York", "United States", 40.7, -74.0),
            place("geonames:3", "Las Palmas", "Spain", 28.1, -15.4),
        ];
        let mut own = Dice(number);
        let text: Vec<&str> = (0..3 + own.below(9)).map(|_| own.word()).collect();
        let (a, b) = (self.below(3), self.below(3));
        let marked = format!("{} [x] [y]", text.join(" "));
        let mut story = story(&format!("n{number}"), &marked, &[&places[a], &places[b]]);
        story.article.title = Some(format!("{} {}", self.word(), self.word()));
        story.article.source = (self.below(3) > 0).then(|| format!("The {} Post", self.word()));
        story
    }
}

pub(super) fn articles(count: usize) -> Vec<Geoparsed> {
    let mut dice = Dice(7);
    (0..count).map(|number| dice.article(number)).collect()
}

pub(super) fn collection(articles: &[Geoparsed]) -> Collection {
    let mut collection = Collection::default();
    articles.iter().for_each(|article| collection.add(Arc::new(article.clone())));
    collection
}

/// Waits until an index has come to everything it was told of.
pub(super) fn wait(index: &Index, count: usize) {
    let begun = Instant::now();
    while (index.reach() < count || index.outdated() > 0) && begun.elapsed() < Duration::from_secs(60) {
        thread::sleep(Duration::from_millis(5));
    }
    assert_eq!((index.reach(), index.outdated()), (count, 0));
}

pub(super) fn answers(collection: &Collection, hits: &Hits) -> Vec<Option<f32>> {
    (0..collection.len()).map(|article| hits.score(collection, article)).collect()
}

/// Holds an index against a look at all texts.
pub(super) fn check(collection: &Collection, index: &Index) {
    for query in QUERIES.into_iter().chain(["nowhere ", "\"the dam dam\"", "\"dam dam\""]) {
        let (indexed, looked) = (index.hits(query), Index::default().hits(query));
        assert_eq!(answers(collection, &indexed), answers(collection, &looked), "{query:?}");
    }
}

#[test]
fn the_index_answers_what_the_texts_answer() {
    let mut articles = articles(700);
    let collection = collection(&articles);
    let mut index = Index::default();
    index.follow(collection.archive());
    wait(&index, 700);
    check(&collection, &index);
    // Some come that it is not told of.
    articles.extend((700..703).map(|number| Dice(number).article(number)));
    check(&self::collection(&articles), &index);
}

#[test]
fn what_changes_is_looked_at_until_it_is_taken_in() {
    let mut articles = articles(600);
    let before = collection(&articles);
    let mut index = Index::default();
    index.follow(before.archive());
    wait(&index, 600);
    let copy = index.clone();
    let changed: Vec<usize> = (0..600).step_by(7).collect();
    for &number in &changed {
        articles[number] = Dice(number + 1).article(number);
    }
    let after = collection(&articles);
    index.changed(after.archive(), &changed);
    check(&after, &index);
    wait(&index, 600);
    check(&after, &index);
    // Whoever asks about the articles as they were is answered as they were.
    check(&before, &copy);
}

#[test]
fn few_articles_need_no_index() {
    let mut collection = Collection::default();
    let mut index = Index::default();
    for id in ["a", "b"] {
        collection.add(Arc::new(story(id, "The dam broke.", &[])));
    }
    index.follow(collection.archive());
    assert!(index.worker.is_none());
    assert_eq!(answers(&collection, &index.hits("dam ")).iter().flatten().count(), 2);
}

proptest! {
    #[test]
    fn every_word_of_a_text_finds_it(text in any::<String>()) {
        let mut collection = Collection::default();
        let mut article = story("a", "", &[]);
        article.article = crate::model::Article::from_text("a", text.clone());
        collection.add(Arc::new(article));
        let mut words = Words::of(&text);
        while let Some(span) = words.advance() {
            let word = span.of(&text);
            for query in [word.to_owned(), format!("{word} "), format!("\"{word}\"")] {
                let hits = Index::default().hits(&query);
                prop_assert!(hits.score(&collection, 0).is_some(), "{query:?}");
                let found = super::super::found(&query, &text);
                prop_assert!(query == "OR" || query == "OR " || found.contains(&span), "{query:?}: {found:?}");
            }
        }
    }

    #[test]
    fn nothing_that_is_typed_is_wrong(query in any::<String>(), text in any::<String>()) {
        super::super::found(&query, &text);
        let _ = Index::default().hits(&query);
    }
}

/// What happens to a collection and its index.
#[derive(Clone, Debug)]
enum Happens {
    Come(usize),
    Change(Vec<usize>),
    Wait,
    Ask,
}

fn happens() -> impl Strategy<Value = Happens> {
    prop_oneof![
        (1..90usize).prop_map(Happens::Come),
        prop::collection::vec(0..400usize, 1..40).prop_map(Happens::Change),
        Just(Happens::Wait),
        Just(Happens::Ask),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn however_articles_come_and_change_the_index_answers_as_the_texts_do(
        all in prop::collection::vec(happens(), 1..9),
    ) {
        let mut articles = articles(300);
        let mut index = Index::default();
        let mut dice = Dice(3);
        let mut collection = self::collection(&articles);
        index.follow(collection.archive());
        let mut copies = Vec::new();
        for (step, what) in all.iter().enumerate() {
            match what {
                Happens::Come(count) => {
                    let first = articles.len();
                    articles.extend((first..first + count).map(|number| dice.article(number)));
                    for article in &articles[first..] {
                        collection.add(Arc::new(article.clone()));
                    }
                    index.follow(collection.archive());
                }
                Happens::Change(numbers) => {
                    let numbers: Vec<usize> =
                        numbers.iter().copied().filter(|&number| number < articles.len()).collect();
                    for &number in &numbers {
                        articles[number] = dice.article(number);
                        collection.change(number, Arrival::new(&articles[number]));
                    }
                    // What it is not told of is as it was.
                    let reworded = collection.take_reworded();
                    index.changed(collection.archive(), &reworded);
                }
                Happens::Wait => thread::sleep(Duration::from_millis(30)),
                Happens::Ask => copies.push((collection.snapshot(), index.clone())),
            }
            let query = QUERIES[step * 7 % QUERIES.len()];
            let (indexed, looked) = (index.hits(query), Index::default().hits(query));
            prop_assert_eq!(answers(&collection, &indexed), answers(&collection, &looked), "{:?}", query);
        }
        for (collection, index) in &copies {
            check(collection, index);
        }
    }
}
