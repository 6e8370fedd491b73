//! What a collection knows of its articles, as they come and as they change.

use std::collections::BTreeMap;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::explore::fixture::{event, place, report, story};
use crate::explore::view::PlaceRow;
use crate::explore::{Arrival, EventFilter, Filter, Subject, View};
use crate::model::{Candidate, Decided, EventType, How, PartialDate};

#[test]
fn a_place_is_kept_once_however_often_it_is_named() {
    let mut collection = Collection::default();
    let derna = place("geonames:87205", "Derna", "LY", 32.76, 22.64);
    for id in ["a", "b"] {
        collection.add(Arc::new(story(id, "Water reached [Derna]. [Derna] waits.", &[&derna, &derna])));
    }
    let at = |article, mention| MentionRef { article, mention };
    assert_eq!(collection.place_count(), 1);
    assert_eq!(collection.mentions_of(0), [at(0, 0), at(0, 1), at(1, 0), at(1, 1)]);
    assert_eq!(collection.articles_of(0), 2);
    assert_eq!(collection.mention_count(), 4);
    assert_eq!(collection.place_of(MentionRef { article: 1, mention: 0 }), Some(0));
    assert_eq!(collection.glances(1).len(), 2);
    assert!(collection.glances(2).is_empty());
}

#[test]
fn a_snapshot_stays_as_it_was() {
    let mut collection = Collection::default();
    let mut snapshots = Vec::new();
    for number in 0..600 {
        snapshots.push(collection.snapshot());
        let town = place(&format!("own:{}", number / 2), "Town", "LY", 32.0, 22.0);
        collection.add(Arc::new(story(&number.to_string(), "Rain in [Town].", &[&town])));
    }
    for (number, snapshot) in snapshots.iter().enumerate() {
        assert_eq!((snapshot.len(), snapshot.mention_count()), (number, number));
        assert_eq!(snapshot.place_count(), number.div_ceil(2));
        assert!(snapshot.glances(number).is_empty() && snapshot.card(number).is_none());
    }
    assert_eq!(snapshots[599].place_of(MentionRef { article: 598, mention: 0 }), Some(299));
    assert_eq!(collection.articles_of(299), 2);
}

/// What there is to see of a collection, whatever numbers places, names and actors were given.
fn seen(collection: &Collection) -> Vec<String> {
    let id = |key: Option<u32>| key.and_then(|key| collection.place(key)).map(|entry| entry.place.id.clone());
    let mut seen = vec![format!("{} {}", collection.mention_count(), collection.event_count())];
    seen.push(format!("{:?} {}", collection.problems(), collection.is_as_read()));
    for article in 0..collection.len() {
        let card = Card { source: 0, ..collection.card(article).unwrap().clone() };
        seen.push(format!("{card:?} {:?} {:?}", collection.source(article), collection.sketch(article)));
        for glance in collection.glances(article) {
            let mut bare = *glance;
            (bare.place, bare.name, bare.found) = (None, 0, 0);
            let places = (id(glance.place), id(glance.found()));
            seen.push(format!("{places:?} {:?} {bare:?}", collection.name(glance.name)));
        }
        for happening in collection.happenings(article) {
            let actors = collection.takings(article, happening).iter();
            let actors: Vec<_> = actors.map(|taking| (collection.actor(taking.who), taking.part)).collect();
            let (place, mention) = (id(happening.place()), happening.mention());
            let (event, kind) = (happening.event(), happening.kind);
            seen.push(format!("{event} {place:?} {mention:?} {kind:?} {:?} {actors:?}", happening.days()));
        }
        seen.push(format!("{:?}", collection.reports(article)));
    }
    let mut places = Vec::new();
    for (key, entry) in (0..).zip(collection.places()).filter(|(key, _)| collection.articles_of(*key) > 0) {
        let (mentions, events) = (collection.mentions_of(key), collection.events_of(key));
        places.push(format!("{} {} {mentions:?} {events:?}", entry.place.id, collection.articles_of(key)));
    }
    places.sort();
    seen.extend(places);
    seen.extend(shown(collection, Filter::default()));
    seen.extend(shown(collection, Filter { subject: Subject::Events, ..Filter::default() }));
    let once = EventFilter { once: true, ..EventFilter::default() };
    seen.extend(shown(collection, Filter { subject: Subject::Events, events: once, ..Filter::default() }));
    seen
}

/// The lists and counts of a filter.
fn shown(collection: &Collection, filter: Filter) -> Vec<String> {
    let mut view = View::default();
    view.refresh(collection, &filter);
    let id = |key: u32| collection.place(key).map(|entry| entry.place.id.clone());
    let mut places: Vec<String> = view
        .places
        .iter()
        .map(|row| format!("{:?} {:?}", id(row.key), PlaceRow { key: 0, ..*row }))
        .collect();
    places.sort();
    let events =
        view.events.iter().map(|row| format!("{:?} {:?} {}", row.at, row.place.map(id), row.reports));
    let mut shown: Vec<String> = events.collect();
    shown.push(format!("{:?} {} {} {}", view.articles, view.unplaced, view.mentions, view.unresolved));
    shown.push(format!("{:?} {:?} {:?} {:?}", view.kinds, view.statuses, view.types, view.years));
    shown.push(format!("{:?} {:?} {} {}", view.countries, view.sources, view.undated, view.never));
    places.append(&mut shown);
    places
}

/// The places that mentions of a made-up article may have.
fn towns() -> Vec<Arc<Place>> {
    let town = |n: usize| {
        place(&format!("own:{n}"), &format!("Town {n}"), ["LY", "EG"][n % 2], 20.0 + n as f64, 30.0)
    };
    (0..5).map(town).collect()
}

/// An article with a mention for each of these places (the last number is none), and an event at some of them.
fn made(number: usize, towns: &[Arc<Place>], mentions: &[usize], scenes: &[Vec<usize>]) -> Geoparsed {
    let marked: String = (0..mentions.len()).map(|at| format!("In [Town {}] it rains. ", at % 3)).collect();
    let events = scenes.iter().map(|scene| event(EventType::Fight, scene)).collect();
    let mut made = report(&number.to_string(), &marked, &[], events);
    for (mention, &town) in made.mentions.iter_mut().zip(mentions) {
        if let Some(place) = towns.get(town) {
            let candidate = Candidate { place: Arc::clone(place), score: 0.4, reasons: Vec::new() };
            (mention.candidates, mention.resolved) = (vec![candidate], true);
        }
    }
    made.article.source = Some(format!("Paper {}", number % 3));
    made.article.date = number.is_multiple_of(2).then(|| PartialDate::ymd(2020, 1, 1 + (number % 20) as u8));
    made
}

/// Something done to a collection.
#[derive(Clone, Debug)]
enum Deed {
    Change(usize, Vec<usize>, Vec<Vec<usize>>),
    LeaveOut(usize),
    Replace(Vec<(usize, usize, usize, How)>),
    PutBack(Vec<(usize, usize, usize, How)>),
}

fn patches() -> impl Strategy<Value = Vec<(usize, usize, usize, How)>> {
    let how = prop_oneof![Just(How::Auto), Just(How::Corrected), Just(How::Rejected)];
    prop::collection::vec((0..6usize, 0..5usize, 0..6usize, how), 1..8)
}

fn article() -> impl Strategy<Value = (Vec<usize>, Vec<Vec<usize>>)> {
    let scenes = prop::collection::vec(prop::collection::vec(0..6usize, 0..4), 0..4);
    (prop::collection::vec(0..6usize, 0..5), scenes)
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        (0..6usize, article()).prop_map(|(at, (mentions, scenes))| Deed::Change(at, mentions, scenes)),
        (0..6usize).prop_map(Deed::LeaveOut),
        patches().prop_map(Deed::Replace),
        patches().prop_map(Deed::PutBack),
    ]
}

/// An article as it was found, as it is seen, and whether it was left out.
#[derive(Clone)]
struct Known {
    found: Geoparsed,
    seen: Geoparsed,
    out: bool,
}

impl Known {
    fn new(found: Geoparsed) -> Known {
        Known { seen: found.clone(), found, out: false }
    }

    fn arrival(&self) -> Arrival {
        let arrival = Arrival::seen(&self.found, &self.seen);
        if self.out { arrival.left_out() } else { arrival }
    }

    fn decide(&mut self, mention: usize, place: Option<&Arc<Place>>, how: How) {
        let Some(seen) = self.seen.mentions.get_mut(mention).filter(|_| !self.out) else { return };
        *seen = self.found.mentions[mention].clone();
        if how != How::Auto {
            let candidate =
                |place: &Arc<Place>| Candidate { place: Arc::clone(place), score: 1.0, reasons: Vec::new() };
            seen.candidates = place.map(candidate).into_iter().collect();
            seen.resolved = place.is_some();
            seen.decided = Some(Box::new(Decided { how, ..Decided::default() }));
        }
    }
}

fn built(articles: &[Known]) -> Collection {
    let mut built = Collection::default();
    articles.iter().for_each(|known| built.take_in(known.arrival()));
    built
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn what_changes_in_place_is_as_if_it_had_come_so(
        articles in prop::collection::vec(article(), 1..6),
        deeds in prop::collection::vec(deed(), 0..12),
    ) {
        let towns = towns();
        let made = |number, (mentions, scenes): &(Vec<usize>, Vec<Vec<usize>>)| {
            Known::new(made(number, &towns, mentions, scenes))
        };
        let mut now: Vec<Known> = articles.iter().enumerate().map(|(number, own)| made(number, own)).collect();
        let mut collection = built(&now);
        for deed in deeds {
            let (snapshot, before) = (collection.snapshot(), seen_in(&collection));
            match deed {
                Deed::Change(at, mentions, scenes) if at < now.len() => {
                    now[at] = made(at, &(mentions, scenes));
                    collection.change(at, now[at].arrival());
                }
                Deed::LeaveOut(at) if at < now.len() => {
                    now[at].out = true;
                    collection.change(at, now[at].arrival());
                }
                Deed::Change(..) | Deed::LeaveOut(_) => {}
                Deed::Replace(patches) => {
                    let places = places(&now, &towns, &patches);
                    for (at, place, how) in &places {
                        if let Some(known) = now.get_mut(at.article) {
                            known.decide(at.mention, place.as_ref(), *how);
                        }
                    }
                    collection.replace(&places);
                }
                Deed::PutBack(patches) => {
                    let there = seen(&collection);
                    let replaced = collection.replace(&places(&now, &towns, &patches));
                    collection.put_back(replaced);
                    prop_assert_eq!(seen(&collection), there);
                }
            }
            prop_assert_eq!(seen_in(&snapshot), before);
        }
        prop_assert_eq!(seen(&collection), seen(&built(&now)));
    }
}

/// What a copy has at hand, which knows no place by its identifier.
fn seen_in(collection: &Collection) -> Vec<String> {
    let articles = 0..collection.len();
    let rows = articles.map(|article| {
        format!(
            "{:?} {:?} {:?}",
            collection.card(article),
            collection.glances(article),
            collection.happenings(article)
        )
    });
    rows.chain([format!("{} {}", collection.mention_count(), collection.event_count())]).collect()
}

/// What patches put where: where nobody decides, what was found.
fn places(
    now: &[Known],
    towns: &[Arc<Place>],
    patches: &[(usize, usize, usize, How)],
) -> Vec<(MentionRef, Option<Arc<Place>>, How)> {
    let place = |&(article, mention, town, how): &(usize, usize, usize, How)| {
        let found = || now.get(article)?.found.mentions.get(mention)?.place().cloned();
        let place = match how {
            How::Rejected => None,
            How::Auto => found(),
            _ => towns.get(town).cloned(),
        };
        (MentionRef { article, mention }, place, how)
    };
    patches.iter().map(place).collect()
}

/// A collection written down.
fn kept(
    collection: &Collection,
    mark: &[u8],
    written: &mut Written,
    kept: &mut BTreeMap<String, Vec<u8>>,
) -> usize {
    let before = kept.len();
    let parts: Vec<_> = collection.digest(mark, written).collect();
    let count = parts.len();
    kept.extend(parts);
    assert!(kept.len() >= before);
    count
}

fn again(kept: &BTreeMap<String, Vec<u8>>, archive: &Archive) -> Option<Digested> {
    Collection::of_digest(&|name| kept.get(name).cloned(), archive.clone())
}

/// So many articles, some of which changed since.
fn many(count: usize) -> Collection {
    let towns = towns();
    let known = |number: usize| {
        let mentions: Vec<usize> = (0..number % 5).map(|at| (number * 7 + at) % 6).collect();
        Known::new(made(number, &towns, &mentions, &[vec![0, number % 3], vec![number % 4], vec![]]))
    };
    let mut known: Vec<Known> = (0..count).map(known).collect();
    known[7].found.problems = vec![Problem { place: "7".to_owned(), reason: "No.".to_owned() }];
    let mut collection = built(&known);
    known[count / 2].out = true;
    collection.change(count / 2, known[count / 2].arrival());
    let at = MentionRef { article: 4, mention: 1 };
    collection.replace(&[(at, Some(towns[0].clone()), How::Corrected)]);
    collection
}

#[test]
fn what_was_written_down_is_the_same_collection() {
    let mut collection = many(600);
    let (mut written, mut parts) = (Written::default(), BTreeMap::new());
    assert_eq!(kept(&collection, b"one", &mut written, &mut parts), 3 + 3);
    let digested = again(&parts, collection.archive()).unwrap();
    assert_eq!((digested.mark.as_slice(), digested.changed.as_slice()), (&b"one"[..], &[300][..]));
    assert_eq!(seen(&digested.collection), seen(&collection));
    // What is the same is not written again, and what is another is.
    let (mut other, mut again_written) = (digested.collection, digested.written);
    assert_eq!(kept(&other, b"two", &mut again_written, &mut parts), 1);
    let snapshot = other.snapshot();
    for collection in [&mut collection, &mut other] {
        let known = Known::new(made(513, &towns(), &[1, 2], &[vec![1]]));
        collection.change(513, known.arrival());
    }
    assert_eq!(kept(&other, b"three", &mut again_written, &mut parts), 2);
    assert_eq!(kept(&collection, b"three", &mut written, &mut parts), 2);
    let digested = again(&parts, collection.archive()).unwrap();
    assert_eq!(seen(&digested.collection), seen(&collection));
    assert_eq!(snapshot.glances(513).len(), 3);
}

#[test]
fn an_odd_digest_is_none() {
    let collection = many(260);
    let mut parts = BTreeMap::new();
    kept(&collection, b"", &mut Written::default(), &mut parts);
    let archive = collection.archive();
    assert!(again(&parts, &Archive::default()).is_none(), "articles that are not there");
    for name in parts.keys().cloned().collect::<Vec<_>>() {
        let mut fewer = parts.clone();
        let bytes = fewer.remove(&name).unwrap();
        assert!(again(&fewer, archive).is_none(), "without {name}");
        for at in [0, 9, bytes.len() / 2, bytes.len() - 1] {
            let mut damaged = bytes.clone();
            damaged[at] ^= 16;
            fewer.insert(name.clone(), damaged);
            assert!(again(&fewer, archive).is_none(), "{name} with another byte {at}");
        }
        fewer.insert(name.clone(), bytes[..bytes.len() - 1].to_vec());
        assert!(again(&fewer, archive).is_none(), "{name} cut short");
    }
    assert!(again(&parts, archive).is_some());
}
