//! The lists of what a choice can be made of, those with most articles or events first.

use std::cmp::Reverse;

use super::super::sieve::Sieve;
use super::super::view::{ActorCount, CountryCount, PlaceCount, SourceCount, SubtypeCount, TagCount, View};
use super::super::{Collection, copies, order};
use super::Once;

/// Places by their keys.
pub(super) fn places(counts: &[Once], collection: &Collection) -> Vec<PlaceCount> {
    let mut places: Vec<PlaceCount> = counted(counts).map(|(key, count)| PlaceCount { key, count }).collect();
    order::place_counts(&mut places, collection);
    places
}

/// Countries of places by their numbers.
pub(super) fn countries(counts: &[Once], collection: &Collection) -> Vec<CountryCount> {
    let country = |(number, count)| {
        let country = collection.countries().get(number as usize)?;
        Some(CountryCount { code: country.code.clone(), name: country.name.clone(), count })
    };
    in_order(counted(counts).filter(|&(number, _)| number > 0).filter_map(country).collect())
}

/// Countries of actors by their numbers. One of which no place is mentioned goes by its code.
pub(super) fn nations(counts: &[Once], collection: &Collection) -> Vec<CountryCount> {
    let nation = |(number, count)| {
        let code = collection.nations().get(number as usize)?;
        let name = collection.country_name(code).unwrap_or(code);
        Some(CountryCount { code: code.clone(), name: name.to_owned(), count })
    };
    in_order(counted(counts).filter(|&(number, _)| number > 0).filter_map(nation).collect())
}

fn in_order(mut countries: Vec<CountryCount>) -> Vec<CountryCount> {
    countries.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    countries
}

/// Outlets in the order of their numbers.
pub(super) fn sources(counts: impl Iterator<Item = u32>, collection: &Collection) -> Vec<SourceCount> {
    let sources = counts.zip(collection.sources()).filter(|&(count, _)| count > 0);
    let mut sources: Vec<SourceCount> =
        sources.map(|(count, name)| SourceCount { name: name.clone(), count }).collect();
    sources.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    sources
}

/// Sub-types by their numbers.
pub(super) fn subtypes(counts: &[Once], collection: &Collection) -> Vec<SubtypeCount> {
    let subtype = |(number, count)| {
        Some(SubtypeCount { name: collection.subtypes().get(number as usize)?.clone(), count })
    };
    let mut subtypes: Vec<SubtypeCount> = counted(counts).filter_map(subtype).collect();
    subtypes.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    subtypes
}

/// Tags by their numbers.
pub(super) fn tags(counts: &[Once], collection: &Collection) -> Vec<TagCount> {
    let tag =
        |(number, count)| Some(TagCount { name: collection.tags().get(number as usize)?.clone(), count });
    let mut tags: Vec<TagCount> = counted(counts).filter_map(tag).collect();
    tags.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
    tags
}

/// Actors by their numbers. There may be as many as events, and of equals the first to be met comes first.
pub(super) fn actors(counts: &[Once]) -> Vec<ActorCount> {
    let mut actors: Vec<ActorCount> =
        counted(counts).map(|(actor, count)| ActorCount { actor, count }).collect();
    actors.sort_by_key(|actor| Reverse(actor.count));
    actors
}

fn counted(counts: &[Once]) -> impl Iterator<Item = (u32, u32)> {
    (0u32..).zip(counts).map(|(number, once)| (number, once.count)).filter(|&(_, count)| count > 0)
}

/// Puts the articles of a view in order, one for all copies of a text.
pub(super) fn sort_articles(view: &mut View, collection: &Collection, sieve: &Sieve) {
    let searched = !sieve.filter.query.trim().is_empty();
    order::articles(&mut view.articles, sieve.filter.order.articles, collection, &sieve.hits, searched);
    view.copies = copies::fold(&mut view.articles, collection, sieve);
}
