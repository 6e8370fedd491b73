//! What a filter leaves of events, by hand and against a naive recount.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::super::fixture::{days, event, place, report};
use super::super::super::{
    Background, EventFilter, EventOrder, Filter, Lacking, Order, PolaritySet, Subject, Taking,
};
use super::*;
use crate::model::{Actor, Geoparsed, Part, PartialDate, Span};

/// A strike on Aleppo in two articles, one of which tells of talks in two cities, too; a plan; a war long ago.
fn collection() -> Collection {
    let aleppo = place("geonames:1", "Aleppo", "SY", 36.2, 37.16);
    let lausanne = place("geonames:2", "Lausanne", "CH", 46.5, 6.63);
    let geneva = place("geonames:3", "Geneva", "CH", 46.2, 6.14);
    let dated = |mut told: Geoparsed, source: &str, day: Option<u8>| {
        told.article.source = Some(source.to_owned());
        told.article.date = day.map(|day| PartialDate::ymd(2016, 10, day));
        Arc::new(told)
    };
    let mut strike = event(EventType::Fight, &[0]);
    strike.subtype = Some("air strike".to_owned());
    strike.actors = vec![Actor { span: Span::new(0, 5), part: Part::Source, country: Some("RU".to_owned()) }];
    let talks = event(EventType::Consult, &[1, 2]);
    let siege = report(
        "siege",
        "Jets hit [Aleppo]. Talks in [Lausanne] and [Geneva].",
        &[&aleppo, &lausanne, &geneva],
        vec![strike.clone(), talks],
    );
    let mut plan = event(EventType::Consult, &[1]);
    plan.polarity = Polarity::Planned;
    let mut denied = event(EventType::Fight, &[0]);
    denied.polarity = Polarity::Denied;
    let vow = report(
        "vow",
        "Aleppo [Aleppo] again. To meet in [Lausanne].",
        &[&aleppo, &lausanne],
        vec![strike, denied, plan],
    );
    let mut old = event(EventType::Assault, &[0]);
    old.background = true;
    let lost = event(EventType::Disaster, &[1]);
    let undated = report("old", "In [Geneva], in [Nowhere].", &[&geneva], vec![old, lost]);
    let quiet = report("quiet", "Nothing in [Geneva].", &[&geneva], Vec::new());
    let mut collection = Collection::default();
    collection.add(dated(siege, "Courier", Some(17)));
    collection.add(dated(vow, "Gazette", Some(20)));
    collection.add(dated(undated, "Courier", None));
    collection.add(dated(quiet, "Gazette", Some(21)));
    collection
}

fn view(collection: &Collection, filter: &Filter) -> View {
    let mut view = View::default();
    view.refresh(collection, filter);
    view
}

fn events(filter: EventFilter) -> Filter {
    Filter { subject: Subject::Events, events: filter, ..Filter::default() }
}

/// The places with their events, and the events as (article, event), that a filter leaves.
fn check(filter: Filter, places: &[(&str, u32)], expected: &[(usize, usize)]) -> View {
    let collection = collection();
    let view = view(&collection, &filter);
    let name = |key: u32| collection.place(key).unwrap().place.name.clone();
    let found: Vec<(String, u32)> = view.places.iter().map(|row| (name(row.key), row.events())).collect();
    let wanted: Vec<(String, u32)> = places.iter().map(|&(name, n)| (name.to_owned(), n)).collect();
    assert_eq!(found, wanted, "{filter:?}");
    let rows: Vec<(usize, usize)> = view.events.iter().map(|row| (row.at.article, row.at.event)).collect();
    assert_eq!(rows, expected, "{filter:?}");
    view
}

#[test]
fn filters_leave_events() {
    let shown = Filter { subject: Subject::Events, ..Filter::default() };
    let all = [("Aleppo", 2), ("Geneva", 2), ("Lausanne", 2)];
    let view = check(shown.clone(), &all, &[(1, 0), (1, 2), (0, 0), (0, 1), (2, 0), (2, 1)]);
    assert_eq!((view.events.len(), view.undated, view.unplaced, view.mentions), (6, 2, 1, 0));
    let articles: Vec<(usize, u32, u32)> =
        view.articles.iter().map(|row| (row.article, row.places, row.events)).collect();
    assert_eq!(articles, [(1, 2, 2), (0, 3, 2), (2, 1, 2)]);
    assert_eq!(view.row(0).unwrap().leading, Some(EventType::Fight));
    assert_eq!(view.row(0).unwrap().event, Some(0));

    let violence = EventFilter::default().with_class_toggled(EventClass::Violence);
    check(events(violence), &[("Aleppo", 2), ("Geneva", 1)], &[(1, 0), (0, 0), (2, 0)]);
    let all = EventFilter { polarities: PolaritySet::ALL, ..EventFilter::default() };
    assert_eq!(view_of(events(all)).events.len(), 7);
    let hidden = EventFilter { background: Background::Hidden, ..EventFilter::default() };
    check(
        events(hidden),
        &[("Aleppo", 2), ("Lausanne", 2), ("Geneva", 1)],
        &[(1, 0), (1, 2), (0, 0), (0, 1), (2, 1)],
    );
    let subtypes = BTreeSet::from(["air strike".to_owned()]);
    let strikes = EventFilter { subtypes, ..EventFilter::default() };
    check(events(strikes), &[("Aleppo", 2)], &[(1, 0), (0, 0)]);
    let jets = EventFilter { actors: BTreeSet::from(["jets".to_owned()]), ..EventFilter::default() };
    check(events(jets), &[("Aleppo", 1)], &[(0, 0)]);
    let russia = EventFilter { nations: BTreeSet::from(["RU".to_owned()]), ..EventFilter::default() };
    check(events(russia), &[("Aleppo", 2)], &[(1, 0), (0, 0)]);

    let day = Filter { days: Some(days((2016, 10, 20), (2016, 10, 21))), ..shown.clone() };
    check(day, &[("Aleppo", 1), ("Lausanne", 1)], &[(1, 0), (1, 2)]);
    let swiss = Filter { countries: BTreeSet::from(["CH".to_owned()]), ..shown.clone() };
    check(swiss, &[("Geneva", 2), ("Lausanne", 2)], &[(1, 2), (0, 1), (2, 0)]);
    let geneva = shown.with_place_toggled("geonames:3", "Geneva");
    check(geneva, &[("Geneva", 2)], &[(0, 1), (2, 0)]);
    check(Filter { lacking: Some(Lacking::Place), ..shown.clone() }, &[], &[(2, 1)]);
    check(Filter { lacking: Some(Lacking::Date), ..shown.clone() }, &[("Geneva", 1)], &[(2, 0), (2, 1)]);
    let source = Filter { sources: BTreeSet::from(["Gazette".to_owned()]), ..shown.clone() };
    check(source, &[("Aleppo", 1), ("Lausanne", 1)], &[(1, 0), (1, 2)]);
    let query = Filter { query: "jets".to_owned(), ..shown };
    check(query, &[("Aleppo", 1), ("Geneva", 1), ("Lausanne", 1)], &[(0, 0), (0, 1)]);
}

fn view_of(filter: Filter) -> View {
    view(&collection(), &filter)
}

#[test]
fn events_are_ordered() {
    let check = |order: EventOrder, expected: [(usize, usize); 6]| {
        let order = Order { events: order, ..Order::default() };
        let view = view_of(Filter { subject: Subject::Events, order, ..Filter::default() });
        let rows: Vec<_> = view.events.iter().map(|row| (row.at.article, row.at.event)).collect();
        assert_eq!(rows, expected);
    };
    check(EventOrder::Newest, [(1, 0), (1, 2), (0, 0), (0, 1), (2, 0), (2, 1)]);
    check(EventOrder::Oldest, [(0, 0), (0, 1), (1, 0), (1, 2), (2, 0), (2, 1)]);
    check(EventOrder::Place, [(1, 0), (0, 0), (2, 0), (1, 2), (0, 1), (2, 1)]);
    check(EventOrder::Type, [(1, 2), (0, 1), (2, 0), (1, 0), (0, 0), (2, 1)]);
    check(EventOrder::Score, [(0, 0), (0, 1), (1, 0), (1, 2), (2, 0), (2, 1)]);
}

#[test]
fn a_places_events_run_through_all_articles() {
    let collection = collection();
    let view = view(&collection, &Filter { subject: Subject::Events, ..Filter::default() });
    let at = |article, event| EventRef { article, event };
    assert_eq!(view.events_of(&collection, 0), [at(0, 0), at(1, 0)]);
    assert_eq!(view.events_of(&collection, 2), [at(0, 1), at(2, 0)]);
    assert_eq!(view.events_in(&collection, 1), [at(1, 0), at(1, 2)]);
    let mention = |article, mention| MentionRef { article, mention };
    assert_eq!(view.mentions_of(&collection, 2), [mention(0, 2), mention(2, 0)]);
    assert_eq!(view.mentions_in(&collection, 0), [mention(0, 0), mention(0, 1), mention(0, 2)]);
}

/// Whether an event at one of its places passes a filter, told apart from the sieve.
fn passes(collection: &Collection, filter: &Filter, article: usize, happening: &Happening) -> bool {
    let asked = &filter.events;
    let any = |chosen: &BTreeSet<String>, name: &dyn Fn(&Taking) -> String| {
        let takings = collection.takings(article, happening);
        chosen.is_empty() || takings.iter().any(|taking| chosen.contains(&name(taking)))
    };
    let place = happening.place().and_then(|key| collection.place(key));
    let background = match asked.background {
        Background::Shown => true,
        Background::Only => happening.background,
        Background::Hidden => !happening.background,
    };
    let subtype = collection.subtype(happening).unwrap_or("").to_owned();
    let source = collection.source(article).unwrap_or("").to_owned();
    let nation = |taking: &Taking| collection.nations()[usize::from(taking.nation)].clone();
    background
        && (asked.types.is_empty() || asked.types.contains(&happening.kind))
        && (asked.subtypes.is_empty() || asked.subtypes.contains(&subtype))
        && asked.polarities.contains(happening.polarity)
        && any(&asked.actors, &|taking| collection.actor(taking.who).unwrap().folded.clone())
        && any(&asked.nations, &nation)
        && filter.days.is_none_or(|days| happening.days().is_some_and(|own| own.overlaps(days)))
        && (filter.sources.is_empty() || filter.sources.contains(&source))
        && (filter.countries.is_empty()
            || place.is_some_and(|entry| filter.countries.contains(&entry.place.country_code)))
        && (filter.places.is_empty()
            || place.is_some_and(|entry| filter.places.contains_key(&entry.place.id)))
}

/// The events, as `(article, event)`, that pass, and how many there are at each place.
fn recount(collection: &Collection, filter: &Filter) -> (Vec<EventRef>, BTreeMap<u32, u32>) {
    let (mut events, mut places) = (Vec::new(), BTreeMap::new());
    for article in 0..collection.len() {
        for happening in collection.happenings(article) {
            if passes(collection, filter, article, happening) {
                events.push(happening.of_article(article));
                if let Some(key) = happening.place() {
                    *places.entry(key).or_default() += 1;
                }
            }
        }
    }
    events.dedup();
    (events, places)
}

#[test]
fn every_count_is_what_a_naive_one_gives() {
    let collection = strewn(9000);
    let base = Filter { subject: Subject::Events, ..Filter::default() };
    let asked = |events: EventFilter| Filter { events, ..base.clone() };
    let filters = [
        base.clone(),
        asked(EventFilter::default().with_class_toggled(EventClass::Dispute)),
        asked(EventFilter { background: Background::Only, ..EventFilter::default() }),
        asked(EventFilter {
            nations: ["RU".to_owned(), "SY".to_owned()].into(),
            polarities: PolaritySet::ALL,
            ..EventFilter::default()
        }),
        Filter { days: Some(days((2016, 3, 1), (2016, 7, 9))), ..base.clone() },
        Filter { countries: ["LY".to_owned()].into(), ..base.clone() },
        Filter { sources: ["3".to_owned()].into(), ..base.with_place_toggled("own:7", "Town 7") },
    ];
    for filter in filters {
        let view = view(&collection, &filter);
        let (events, places) = recount(&collection, &filter);
        assert!(!events.is_empty(), "{filter:?}");
        let mut shown: Vec<EventRef> = view.events.iter().map(|row| row.at).collect();
        shown.sort_unstable();
        assert_eq!(shown, events, "{filter:?}");
        let rows: BTreeMap<u32, u32> = view.places.iter().map(|row| (row.key, row.events())).collect();
        assert_eq!(rows, places, "{filter:?}");
        let told: BTreeSet<usize> = events.iter().map(|at| at.article).collect();
        assert_eq!(view.articles.len(), told.len());
        let in_articles: u32 = view.articles.iter().map(|row| row.events).sum();
        assert_eq!(in_articles as usize, events.len());
        // What a choice could be made of counts as if that choice were not made.
        for (kind, &count) in EventType::ALL.into_iter().zip(&view.types) {
            let types = BTreeSet::from([kind]);
            let alone = Filter { events: EventFilter { types, ..filter.events.clone() }, ..filter.clone() };
            assert_eq!(count, recount(&collection, &alone).0.len(), "{kind:?} {filter:?}");
        }
        for nation in &view.nations {
            let nations = BTreeSet::from([nation.code.clone()]);
            let alone = Filter { events: EventFilter { nations, ..filter.events.clone() }, ..filter.clone() };
            assert_eq!(nation.count as usize, recount(&collection, &alone).0.len(), "{nation:?} {filter:?}");
        }
        let undated = Filter { days: None, ..filter.clone() };
        assert_eq!(view.dated.len() + view.never, recount(&collection, &undated).0.len());
    }
}

#[test]
fn every_story_counts_once() {
    let collection = strewn(9000);
    let base = Filter { subject: Subject::Events, ..Filter::default() };
    let asked = |events: EventFilter| Filter { events, ..base.clone() };
    let filters = [
        base.clone(),
        asked(EventFilter::default().with_class_toggled(EventClass::Violence)),
        Filter { countries: ["LY".to_owned()].into(), ..base.clone() },
        Filter { sources: ["3".to_owned(), "4".to_owned()].into(), ..base.clone() },
    ];
    for filter in filters {
        let once = Filter { events: EventFilter { once: true, ..filter.events.clone() }, ..filter.clone() };
        let view = view(&collection, &once);
        let stories = collection.stories().get().unwrap();
        let story_of = |at: &EventRef| stories.story_of(*at).unwrap();
        let (events, _) = recount(&collection, &filter);
        let told: BTreeSet<u32> = events.iter().map(story_of).collect();
        assert_eq!(view.events.len(), told.len(), "{filter:?}");
        assert!(told.len() < events.len(), "no two reports are of one event");
        assert_eq!(view.reports, events.len());
        let articles: BTreeSet<usize> = events.iter().map(|at| at.article).collect();
        assert_eq!(view.articles.len(), articles.len());
        let mut places: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for at in &events {
            for happening in collection.happenings_of(*at) {
                if let Some(key) = happening.place()
                    && passes(&collection, &filter, at.article, happening)
                {
                    places.entry(key).or_default().insert(story_of(at));
                }
            }
        }
        let rows: BTreeMap<u32, u32> = view.places.iter().map(|row| (row.key, row.events())).collect();
        let expected: BTreeMap<u32, u32> =
            places.into_iter().map(|(key, stories)| (key, stories.len() as u32)).collect();
        assert_eq!(rows, expected);
        assert_eq!(view.dated.len() + view.never, told.len());
        for (kind, &count) in EventType::ALL.into_iter().zip(&view.types) {
            let types = BTreeSet::from([kind]);
            let alone = Filter { events: EventFilter { types, ..filter.events.clone() }, ..filter.clone() };
            let told: BTreeSet<u32> = recount(&collection, &alone).0.iter().map(story_of).collect();
            assert_eq!(count, told.len(), "{kind:?} {filter:?}");
        }
    }
}

/// Articles with events by a fixed rule.
fn strewn(count: usize) -> Collection {
    let mut state = 5u64;
    let mut below = move |most: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % most
    };
    let towns: Vec<_> = (0..40)
        .map(|n| place(&format!("own:{n}"), &format!("Town {n}"), ["LY", "SY", ""][n % 3], n as f64, 20.0))
        .collect();
    let mut collection = Collection::default();
    for number in 0..count {
        let here = [&towns[below(40)], &towns[below(40)]];
        let mut told = report(&number.to_string(), "Rain in [A], [B], [C].", &here, Vec::new());
        told.article.source = Some(below(9).to_string());
        told.article.date = (below(7) > 0).then(|| PartialDate::ymd(2016, 1 + below(12) as u8, 1));
        for _ in 0..below(4) {
            let places: Vec<usize> = (0..below(4)).map(|_| below(3)).collect();
            let mut event = event(EventType::ALL[below(20)], &places);
            event.polarity = Polarity::ALL[below(5)];
            event.background = below(3) == 0;
            event.subtype = (below(2) == 0).then(|| format!("sort {}", below(4)));
            event.actors = (0..below(3))
                .map(|_| {
                    let country = [None, Some("RU"), Some("SY"), Some("US")][below(4)];
                    let start = below(4);
                    let country = country.map(str::to_owned);
                    Actor { span: Span::new(start, start + 1), part: Part::Target, country }
                })
                .collect();
            told.events.push(event);
        }
        collection.add(Arc::new(told));
    }
    collection
}
