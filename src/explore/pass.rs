//! The pass over the collection that works out a view, an article at a time.
//! A long one is spread over frames: articles that arrive meanwhile wait for the next.

use std::cmp::Reverse;

use crate::model::{Kind, Sense};

use super::quote;
use super::search::Query;
use super::view::{ArticleRow, CountryCount, PlaceRow, View};
use super::{Collection, Filter, Lacking, MentionRef};

/// Counts for one place or country while the pass runs.
#[derive(Clone, Debug, Default)]
struct Tally {
    articles: u32,
    last_article: Option<usize>,
    mentions: u32,
    /// The mention that speaks best for it so far, and how well.
    best: Option<(i32, MentionRef)>,
    /// Of a place, once it was looked up: which of the countries it lies in, if in one.
    country: Option<Option<usize>>,
    sure: bool,
    literal: bool,
}

impl Tally {
    fn count_article(&mut self, article: usize) {
        if self.last_article != Some(article) {
            self.last_article = Some(article);
            self.articles += 1;
        }
    }
}

/// A view that is being worked out.
#[derive(Debug)]
pub(super) struct Pass {
    view: View,
    query: Query,
    tallies: Vec<Tally>,
    countries: Vec<(String, String, Tally)>,
    /// Articles there were when it began.
    end: usize,
}

impl Pass {
    /// A pass over what the collection holds now.
    pub(super) fn new(collection: &Collection, filter: Filter) -> Self {
        Self {
            query: Query::new(&filter.query),
            tallies: vec![Tally::default(); collection.places().len()],
            countries: Vec::new(),
            end: collection.articles().len(),
            view: View { filter, collection_revision: collection.revision(), ..View::default() },
        }
    }

    /// Whether it answers this filter.
    pub(super) fn answers(&self, filter: &Filter) -> bool {
        self.view.filter == *filter
    }

    /// Takes in the next article; answers whether there is none left.
    pub(super) fn step(&mut self, collection: &Collection) -> bool {
        let article = self.view.shown.len();
        if article >= self.end {
            return true;
        }
        let filter = &self.view.filter;
        let wanted = query_admits(collection, &self.query, article)
            && place_admits(collection, filter, article)
            && lacks(collection, filter, article);
        let shown = wanted && self.take_article(collection, article);
        self.view.shown.push(shown);
        false
    }

    /// Puts the lists in order, and the view in the place of the last.
    pub(super) fn finish(mut self, collection: &Collection, last: &mut View) {
        self.list_places(collection);
        self.list_countries();
        self.sort_articles(collection);
        self.view.revision = last.revision + 1;
        *last = self.view;
    }

    /// Counts one article in; answers whether it is shown.
    fn take_article(&mut self, collection: &Collection, article: usize) -> bool {
        let Pass { view, tallies, countries, .. } = self;
        let filter = &view.filter;
        let Some(geoparsed) = collection.article(article) else {
            return false;
        };
        let (mut places, mut passed) = (0, false);
        let mut resolved_here = false;
        for (number, mention) in geoparsed.mentions.iter().enumerate() {
            view.kinds[kind_index(mention.kind)] += 1;
            view.senses[usize::from(mention.sense == Sense::Associative)] += 1;
            let at = MentionRef { article, mention: number };
            let key = collection.place_of(at);
            if filter.kinds.contains(mention.kind)
                && let Some(key) = key
            {
                let country = &mut tallies[key as usize].country;
                let index = *country.get_or_insert_with(|| country_index(collection, key, countries));
                if let Some(index) = index {
                    countries[index].2.count_article(article);
                }
            }
            if !filter.admits(mention) {
                continue;
            }
            passed = true;
            view.doubtful += usize::from(Filter::doubts(mention));
            let Some(key) = key else {
                view.unresolved += 1;
                continue;
            };
            resolved_here = true;
            view.mentions += 1;
            let tally = &mut tallies[key as usize];
            if tally.last_article != Some(article) {
                places += 1;
            }
            tally.count_article(article);
            tally.mentions += 1;
            let worth = quote::worth(geoparsed, mention);
            if tally.best.is_none_or(|(most, _)| worth > most) {
                tally.best = Some((worth, at));
            }
            tally.sure |= mention.chosen().is_some_and(|chosen| chosen.score >= Filter::UNCERTAIN);
            tally.literal |= mention.sense == Sense::Literal;
        }
        if filter.asks_of_mentions() && !passed {
            return false;
        }
        view.unplaced += usize::from(!resolved_here);
        view.undated += usize::from(geoparsed.article.date.is_none());
        view.articles.push(ArticleRow { article, places });
        true
    }

    fn list_places(&mut self, collection: &Collection) {
        let Pass { view, query, tallies, .. } = self;
        for (key, tally) in tallies.iter().enumerate() {
            if let (Ok(key), Some((_, best))) = (u32::try_from(key), tally.best) {
                view.places.push(PlaceRow {
                    key,
                    articles: tally.articles,
                    mentions: tally.mentions,
                    best,
                    uncertain: !tally.sure,
                    associative: !tally.literal,
                });
            }
        }
        view.places.sort_by_cached_key(|row| {
            let entry = &collection.places()[row.key as usize];
            let named = !query.is_empty() && query.matches(&entry.folded);
            (!named, Reverse(row.articles), Reverse(row.mentions), entry.folded.clone(), row.key)
        });
        view.rows = vec![None; tallies.len()];
        for (index, row) in view.places.iter().enumerate() {
            view.rows[row.key as usize] = u32::try_from(index).ok();
        }
    }

    fn list_countries(&mut self) {
        let countries = &mut self.view.countries;
        *countries = std::mem::take(&mut self.countries)
            .into_iter()
            .map(|(code, name, tally)| CountryCount { code, name, articles: tally.articles })
            .collect();
        countries.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.name.cmp(&b.name)));
    }

    fn sort_articles(&mut self, collection: &Collection) {
        self.view.articles.sort_by_key(|row| {
            let date = collection.article(row.article).and_then(|geoparsed| geoparsed.article.date);
            (date.is_none(), Reverse(date.map(|date| date.sort_key())), row.article)
        });
    }
}

/// Where the country of a place stands among those counted; at the end where it is new.
fn country_index(
    collection: &Collection,
    key: u32,
    countries: &mut Vec<(String, String, Tally)>,
) -> Option<usize> {
    let place = &collection.place(key)?.place;
    if place.country_code.is_empty() {
        return None;
    }
    let found = countries.iter().position(|(code, ..)| *code == place.country_code);
    found.or_else(|| {
        countries.push((place.country_code.clone(), place.country.clone(), Tally::default()));
        Some(countries.len() - 1)
    })
}

fn kind_index(kind: Kind) -> usize {
    Kind::ALL.iter().position(|&other| other == kind).unwrap_or(0)
}

/// Whether every word of the query stands in the article or in the name of one of its places.
fn query_admits(collection: &Collection, query: &Query, article: usize) -> bool {
    if query.is_empty() || query.matches(collection.folded(article)) {
        return true;
    }
    let Some(geoparsed) = collection.article(article) else {
        return false;
    };
    (0..geoparsed.mentions.len()).any(|mention| {
        let place =
            collection.place_of(MentionRef { article, mention }).and_then(|key| collection.place(key));
        place.is_some_and(|entry| query.matches(&entry.folded))
    })
}

/// Whether the article lacks what the filter asks it to lack.
fn lacks(collection: &Collection, filter: &Filter, article: usize) -> bool {
    let (Some(lacking), Some(geoparsed)) = (filter.lacking, collection.article(article)) else {
        return true;
    };
    match lacking {
        Lacking::Date => geoparsed.article.date.is_none(),
        Lacking::Place => {
            !geoparsed.mentions.iter().any(|mention| filter.admits(mention) && mention.place().is_some())
        }
    }
}

fn place_admits(collection: &Collection, filter: &Filter, article: usize) -> bool {
    let Some(wanted) = filter.place else {
        return true;
    };
    let Some(geoparsed) = collection.article(article) else {
        return false;
    };
    (0..geoparsed.mentions.len())
        .any(|mention| collection.place_of(MentionRef { article, mention }) == Some(wanted))
}
