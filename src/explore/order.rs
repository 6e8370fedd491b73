//! The order of the lists. Every order ends in one that parts equals, so that it is always the same.

use std::cmp::Reverse;

use super::search::Hits;
use super::{
    ArticleOrder, ArticleRow, Collection, EventOrder, EventRow, PlaceCount, PlaceOrder, PlaceRow, fold,
};

/// Puts articles in order; undated ones come last wherever dates decide.
pub(super) fn articles(
    rows: &mut [ArticleRow],
    order: ArticleOrder,
    collection: &Collection,
    hits: &Hits,
    searched: bool,
) {
    let date = |row: &ArticleRow| {
        // A day of some year or other is no date to order by.
        let card = collection.card(row.article).filter(|card| card.days.is_some());
        let date = card.and_then(|card| card.date);
        (date.is_none(), Reverse(date.map(|date| date.sort_key())), row.article)
    };
    match order {
        ArticleOrder::Oldest => rows.sort_by_cached_key(|row| {
            let (none, Reverse(date), article) = date(row);
            (none, date, article)
        }),
        ArticleOrder::Source => rows.sort_by_cached_key(|row| {
            let source = collection.source(row.article).map(fold);
            (source.is_none(), source, date(row))
        }),
        ArticleOrder::Title => rows.sort_by_cached_key(|row| {
            (collection.card(row.article).map(|card| fold(&card.heading)), date(row))
        }),
        ArticleOrder::Relevance if searched => rows.sort_by_cached_key(|row| {
            // Scores are no less than nothing, and of such numbers the bits are in order, too.
            let score = hits.score(collection, row.article).unwrap_or(0.0);
            (Reverse(score.to_bits()), date(row))
        }),
        ArticleOrder::LeastCertain => {
            rows.sort_by_cached_key(|row| (row.places == 0, row.certainty, date(row)));
        }
        ArticleOrder::Newest | ArticleOrder::Relevance => rows.sort_by_cached_key(date),
    }
}

/// What parts two places before their names are looked at: whether the search is for another, and three numbers by
/// the order.
type Rank = (bool, [u32; 3]);

/// Puts places in order: those that the search names come first.
pub(super) fn places(rows: &mut Vec<PlaceRow>, order: PlaceOrder, collection: &Collection) {
    let countries = countries(collection);
    let rank = |row: &PlaceRow| -> Option<Rank> {
        // Where events are shown, they come before articles as articles do before mentions.
        let (articles, mentions) = match row.leading {
            Some(_) => (!row.events(), !row.articles),
            None => (!row.articles, !row.mentions),
        };
        let numbers = match order {
            PlaceOrder::Articles => [articles, mentions, 0],
            PlaceOrder::Mentions => [mentions, articles, 0],
            PlaceOrder::Name => [0; 3],
            PlaceOrder::LeastCertain => [row.certainty.into(), articles, mentions],
            PlaceOrder::Country => {
                let country = collection.place(row.key)?.country;
                [*countries.get(country as usize)?, articles, mentions]
            }
        };
        Some((!row.matched, numbers))
    };
    sort(rows, rank, |row| row.key, collection);
}

/// Puts places in order, those with most articles or events first.
pub(super) fn place_counts(counts: &mut Vec<PlaceCount>, collection: &Collection) {
    sort(counts, |count| Some((false, [!count.count, 0, 0])), |count| count.key, collection);
}

/// Puts events in order; undated ones come last wherever dates decide, and so do those without a place where places
/// do. Rows come in order of arrival, which parts equals.
pub(super) fn events(rows: &mut Vec<EventRow>, order: EventOrder, collection: &Collection) {
    if order == EventOrder::Place {
        learn(collection);
    }
    let alphabet = collection.alphabet().get();
    let rank = |row: &EventRow| -> u64 {
        let happening = collection.happening(row.at);
        let days = happening.and_then(|happening| happening.days());
        // Days as numbers that are in order from the first there is.
        let day = |day: i32| u64::from(day.abs_diff(i32::MIN));
        let newest = days.map_or(u64::from(u32::MAX), |days| u64::from(!(day(days.last) as u32)));
        match order {
            EventOrder::Newest => newest,
            EventOrder::Oldest => days.map_or(u64::MAX, |days| day(days.first)),
            EventOrder::Place => {
                let letter = row.place.zip(alphabet).and_then(|(key, alphabet)| alphabet.get(key as usize));
                letter.map_or(u64::from(u32::MAX), |&letter| u64::from(letter)) << 32 | newest
            }
            EventOrder::Type => {
                happening.map_or(u64::MAX, |happening| (happening.kind as u64) << 32 | newest)
            }
            EventOrder::Score => happening.map_or(u64::MAX, |happening| u64::from(!happening.rank())),
        }
    };
    let mut ranked: Vec<(u64, u32)> = rows.iter().map(rank).zip(0u32..).collect();
    ranked.sort_unstable();
    *rows = ranked.into_iter().map(|(_, index)| rows[index as usize]).collect();
}

/// Finds out where every place stands by name, so that whoever sorts them need not look at names.
pub(super) fn learn(collection: &Collection) {
    collection.alphabet().get_or_init(|| {
        let mut keys: Vec<u32> = (0..collection.place_count() as u32).collect();
        sort(&mut keys, |_| Some((false, [0; 3])), |&key| key, collection);
        let mut ranks = vec![0; keys.len()];
        (0u32..).zip(keys).for_each(|(rank, key)| ranks[key as usize] = rank);
        ranks
    });
}

/// Sorts places by rank and then by name.
fn sort<T: Copy>(
    items: &mut Vec<T>,
    rank: impl Fn(&T) -> Option<Rank>,
    key: impl Fn(&T) -> u32,
    collection: &Collection,
) {
    if let Some(alphabet) = collection.alphabet().get() {
        let place = |item: &T| packed(rank(item), alphabet.get(key(item) as usize).copied());
        let mut ranked: Vec<(u128, u32)> = items.iter().map(place).zip(0u32..).collect();
        ranked.sort_unstable();
        *items = ranked.into_iter().map(|(_, index)| items[index as usize]).collect();
        return;
    }
    let name = |item: &T| collection.place(key(item)).map(|entry| &entry.folded);
    // Names lie strewn in memory, and few of them need to be looked at beyond their first letters.
    let rank = |item: &T| (rank(item), name(item).map(|name| beginning(name)));
    let mut ranked: Vec<_> = items.iter().map(|item| (rank(item), *item)).collect();
    ranked.sort_unstable_by(|(a, left), (b, right)| {
        a.cmp(b).then_with(|| name(left).cmp(&name(right))).then_with(|| key(left).cmp(&key(right)))
    });
    items.clear();
    items.extend(ranked.into_iter().map(|(_, item)| item));
}

/// A rank and a place in the alphabet as one number that sorts as they do.
fn packed(rank: Option<Rank>, letter: Option<u32>) -> u128 {
    let (other, [first, second, third]) = rank.unwrap_or_default();
    // Less than half of what the first number may be is needed: counts are all in its upper half, countries are few.
    let first = u128::from(other) << 31 | u128::from(first & u32::MAX >> 1);
    first << 96 | u128::from(second) << 64 | u128::from(third) << 32 | u128::from(letter.unwrap_or(0))
}

/// Where each country stands by name, that without a name last.
fn countries(collection: &Collection) -> Vec<u32> {
    let all = collection.countries();
    let mut order: Vec<usize> = (0..all.len()).collect();
    order.sort_by_key(|&number| (all[number].name.is_empty(), &all[number].name));
    let mut ranks = vec![0; all.len()];
    for (rank, number) in (0u32..).zip(order) {
        ranks[number] = rank;
    }
    ranks
}

/// The first letters of a name as a number that sorts as they do.
fn beginning(name: &str) -> u64 {
    let mut first = [0; 8];
    first.iter_mut().zip(name.bytes()).for_each(|(to, from)| *to = from);
    u64::from_be_bytes(first)
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::fixture::{place, story};
    use super::super::{Filter, Order, View};
    use super::*;
    use crate::model::PartialDate;

    fn collection() -> Collection {
        let derna = place("geonames:1", "Derna", "LY", 32.76, 22.64);
        let aleppo = place("geonames:2", "Aleppo", "SY", 36.2, 37.16);
        let mut collection = Collection::default();
        for (id, title, source, day, marked) in [
            ("a", "Émeute", Some("Zeit"), Some(3), "[x] dam [y] [y]"),
            ("b", "Zoo", None, None, "dam dam"),
            ("c", "alarm at the dam", Some("Courier"), Some(1), "[y] [y] [y]"),
            ("d", "Bridge", Some("courier"), Some(9), "dam [x]"),
        ] {
            let places = if id == "c" { [&aleppo; 3] } else { [&derna, &aleppo, &aleppo] };
            let mut story = story(id, marked, &places);
            let score = if id == "c" { 0.3 } else { 0.9 };
            let candidates = story.mentions.iter_mut().flat_map(|mention| &mut mention.candidates);
            candidates.for_each(|candidate| candidate.score = score);
            story.article.title = Some(title.to_owned());
            story.article.source = source.map(str::to_owned);
            story.article.date = day.map(|day| PartialDate::ymd(2016, 10, day));
            collection.add(Arc::new(story));
        }
        collection
    }

    fn view(query: &str, order: Order) -> (Collection, View) {
        let collection = collection();
        let filter = Filter { query: query.to_owned(), order, ..Filter::default() };
        let mut view = View::default();
        view.refresh(&collection, &filter);
        let places = view.places.clone();
        learn(&collection);
        view.refresh(&collection, &Filter::default());
        view.refresh(&collection, &filter);
        assert_eq!(view.places, places, "the same once the alphabet is known");
        (collection, view)
    }

    #[test]
    fn articles_are_ordered() {
        let check = |articles: ArticleOrder, query: &str, expected: &str| {
            let (collection, view) = view(query, Order { articles, ..Order::default() });
            let ids =
                view.articles.iter().map(|row| collection.article(row.article).unwrap().article.id.clone());
            assert_eq!(ids.collect::<String>(), expected, "{articles:?}");
        };
        check(ArticleOrder::Newest, "", "dacb");
        check(ArticleOrder::Oldest, "", "cadb");
        check(ArticleOrder::Source, "", "dcab");
        check(ArticleOrder::Title, "", "cdab");
        check(ArticleOrder::Relevance, "", "dacb");
        check(ArticleOrder::Relevance, "dam ", "cbda");
        check(ArticleOrder::LeastCertain, "", "cdab");
    }

    #[test]
    fn places_are_ordered() {
        let check = |places: PlaceOrder, query: &str, expected: [&str; 2]| {
            let (collection, view) = view(query, Order { places, ..Order::default() });
            let names = view.places.iter().map(|row| collection.place(row.key).unwrap().place.name.clone());
            assert_eq!(names.collect::<Vec<_>>(), expected, "{places:?}");
        };
        check(PlaceOrder::Articles, "", ["Aleppo", "Derna"]);
        check(PlaceOrder::Mentions, "", ["Aleppo", "Derna"]);
        check(PlaceOrder::Name, "", ["Aleppo", "Derna"]);
        check(PlaceOrder::Country, "", ["Derna", "Aleppo"]);
        check(PlaceOrder::Name, "der", ["Derna", "Aleppo"]);
        check(PlaceOrder::LeastCertain, "", ["Aleppo", "Derna"]);
    }
}
