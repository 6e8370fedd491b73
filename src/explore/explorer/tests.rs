//! The explorer as a window drives it: views at once and from behind, what stays selected, what is walked.

use std::sync::Arc;

use super::super::fixture::{event, place, report, story};
use super::*;
use crate::explore::Arrival;
use crate::model::{Decided, EventType, Place, Polarity, Span};

fn two_stories() -> Explorer {
    let cairo = place("geonames:360630", "Cairo", "EG", 30.06, 31.25);
    let sinai = place("dateline:sinai-peninsula", "Sinai Peninsula", "EG", 29.5, 33.8);
    let mut explorer = Explorer::default();
    for (id, marked) in
        [("crash", "[Cairo] said a jet fell in [Sinai]."), ("vote", "In [Cairo], over [Sinai].")]
    {
        explorer.collection.add(Arc::new(story(id, marked, &[&cairo, &sinai])));
    }
    explorer.refresh();
    explorer
}

fn at(article: usize, mention: usize) -> MentionRef {
    MentionRef { article, mention }
}

#[test]
fn a_places_mentions_are_walked_through_articles() {
    let mut explorer = two_stories();
    explorer.select_place(1, Pane::Map);
    explorer.refresh();
    let mut walked = Vec::new();
    for _ in 0..3 {
        walked.extend(explorer.selected.what.mention());
        explorer.step(1);
        explorer.refresh();
    }
    assert_eq!(walked, [at(0, 1), at(1, 1), at(0, 1)]);
    assert_eq!(explorer.selected.what.place(&explorer.collection), Some(1));
}

#[test]
fn an_articles_mentions_are_walked_in_text_order() {
    let mut explorer = two_stories();
    explorer.select(Selection::Article(1), Pane::Lists);
    explorer.refresh();
    explorer.step(1);
    assert_eq!(explorer.selected.what, Selection::Mention(at(1, 0)));
    explorer.refresh();
    explorer.step(-1);
    assert_eq!(explorer.selected.what, Selection::Mention(at(1, 1)));
    assert_eq!(explorer.selected.from, Pane::None);
}

/// Runs what a window runs frame by frame, until the view is up to date.
fn settle(explorer: &mut Explorer) {
    while explorer.is_behind() {
        explorer.advance();
        std::thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn views_come_from_behind_and_the_newest_wish_wins() {
    let mut explorer = two_stories();
    explorer.work_behind(|| {});
    let articles =
        |explorer: &Explorer| explorer.view.articles.iter().map(|row| row.article).collect::<Vec<_>>();
    explorer.filter.query = "vote over".to_owned();
    // What is shown stands until the other is there.
    assert!(!explorer.advance() && explorer.is_behind());
    assert_eq!(articles(&explorer), [0, 1]);
    explorer.filter.query = "jet".to_owned();
    let first = explorer.view.revision;
    while !explorer.advance() {}
    assert_eq!(articles(&explorer), [0]);
    assert!(!explorer.is_behind() && explorer.view.revision > first);
    let scene = &explorer.view.scene;
    assert_eq!((scene.points.len(), scene.revision), (2, explorer.view.revision));
    explorer.filter.query.clear();
    explorer.collection.add(Arc::new(story("late", "[Nowhere] knows.", &[])));
    settle(&mut explorer);
    assert_eq!(articles(&explorer), [0, 1, 2]);
    explorer.clear();
    assert!(explorer.view.articles.is_empty() && explorer.view.scene.points.is_empty());
    settle(&mut explorer);
    assert!(explorer.view.articles.is_empty());
}

#[test]
fn the_last_articles_wait_for_no_view_before_them() {
    let mut explorer = two_stories();
    explorer.work_behind(|| {});
    let late = Instant::now() + Duration::from_secs(3600);
    explorer.rests_until = Some(late);
    explorer.collection.add(Arc::new(story("late", "[Nowhere] knows.", &[])));
    assert!(!explorer.advance());
    assert!(explorer.asked.is_none() && explorer.rests_until() == Some(late));
    explorer.all_arrived();
    explorer.advance();
    assert!(explorer.asked.is_some() && explorer.rests_until().is_none());
    settle(&mut explorer);
    assert_eq!(explorer.view.articles.len(), 3);
}

#[test]
fn a_view_that_nobody_wants_any_more_is_not_shown() {
    let mut explorer = two_stories();
    explorer.behind = Some(Behind::with([]));
    explorer.filter.query = "vote over".to_owned();
    explorer.advance();
    let serial = explorer.asked.as_ref().map(|asked| asked.serial).unwrap();
    explorer.filter.query.clear();
    assert!(!explorer.advance() && !explorer.is_behind());
    explorer.behind = Some(Behind::with([Worked { serial, view: View::default(), took: Duration::ZERO }]));
    assert!(!explorer.advance());
    assert_eq!(explorer.view.articles.len(), 2);
}

#[test]
fn every_view_that_is_ready_is_taken_at_once() {
    let mut explorer = two_stories();
    let ready = |serial| Worked { serial, view: View::default(), took: Duration::ZERO };
    explorer.behind = Some(Behind::with([ready(7), ready(8), ready(9)]));
    let (filter, next) = (explorer.filter.clone(), false);
    explorer.asked = Some(Asked { serial: 9, filter, next });
    assert!(explorer.advance() && explorer.view.articles.is_empty());
}

#[test]
fn a_view_from_behind_is_the_same_as_one_made_at_once() {
    let (mut behind, mut at_once) = (two_stories(), two_stories());
    behind.work_behind(|| {});
    for explorer in [&mut behind, &mut at_once] {
        for number in 0..10_000 {
            let town = place(&format!("own:{}", number % 977), "Town", "LY", 32.0, 22.0);
            explorer.collection.add(Arc::new(story("more", "Rain in [Town].", &[&town])));
        }
    }
    settle(&mut behind);
    at_once.refresh();
    let (behind, at_once) = (&behind.view, &at_once.view);
    assert_eq!(behind.places, at_once.places);
    assert_eq!(behind.articles, at_once.articles);
    assert_eq!((behind.kinds, behind.mentions), (at_once.kinds, at_once.mentions));
    assert_eq!(behind.countries, at_once.countries);
}

#[test]
fn what_is_selected_stays_so_when_all_is_placed_anew() {
    let mut explorer = two_stories();
    explorer.select_place(1, Pane::Map);
    explorer.filter = explorer.filter.with_place_toggled("geonames:360630", "Cairo");
    let cairo = place("geonames:360630", "Cairo", "EG", 30.06, 31.25);
    let desert = place("own:sinai", "Sinai", "EG", 29.5, 33.8);
    let mut anew = Collection::default();
    for (id, marked) in
        [("crash", "[Cairo] said a jet fell in [Sinai]."), ("vote", "In [Cairo], over [Sinai].")]
    {
        anew.add(Arc::new(story(id, marked, &[&desert, &cairo])));
    }
    while explorer.gone().is_some() {}
    explorer.replace(anew);
    // What was there is shown until the other is worked out.
    assert!(explorer.is_behind() && explorer.gone().is_none());
    let numbering = explorer.numbering();
    assert_eq!(explorer.view.places.len(), 2);
    assert!(explorer.refresh() && !explorer.is_behind());
    assert!(explorer.numbering() > numbering);
    assert!(matches!(explorer.gone(), Some(Gone::Articles(old)) if old.0.len() == 2));
    // Cairo has another number now, and the words that were selected another place.
    assert_eq!(explorer.view.row(1).map(|row| row.articles), Some(2));
    assert_eq!(explorer.selected.what, Selection::Mention(at(0, 1)));
    explorer.replace(Collection::default());
    explorer.refresh();
    assert_eq!(explorer.selected.what, Selection::None);
}

/// Talks in Cairo and in Sinai, and a fight in Cairo that was denied; then more talks in Cairo.
fn two_reports() -> Explorer {
    let mut explorer = Explorer { collection: Collection::default(), ..two_stories() };
    let cairo = place("geonames:360630", "Cairo", "EG", 30.06, 31.25);
    let sinai = place("dateline:sinai-peninsula", "Sinai Peninsula", "EG", 29.5, 33.8);
    let mut denied = event(EventType::Fight, &[0]);
    denied.polarity = Polarity::Denied;
    let marked = "[Cairo] met, then [Sinai].";
    let talks = |places: &[usize]| event(EventType::Consult, places);
    for (id, events) in [("a", vec![talks(&[0, 1]), denied, talks(&[1])]), ("b", vec![talks(&[0])])] {
        let mut told = report(id, marked, &[&cairo, &sinai], events);
        // A trigger is told from another by where it stands.
        for (number, event) in told.events.iter_mut().enumerate() {
            event.trigger = Span::new(number, number + 1);
        }
        explorer.collection.add(Arc::new(told));
    }
    explorer.filter.subject = Subject::Events;
    explorer.refresh();
    explorer
}

/// The events that next goes through from what is selected, until it is round.
fn walked(explorer: &mut Explorer) -> Vec<(usize, usize)> {
    explorer.refresh();
    let mut walked = Vec::new();
    for _ in 0..explorer.stops() {
        explorer.step(1);
        explorer.refresh();
        let at = explorer.selected.what.event().unwrap();
        walked.push((at.article, at.event));
    }
    assert_eq!(explorer.position().map(|at| at + 1), explorer.selected.what.event().map(|_| walked.len()));
    walked
}

#[test]
fn events_are_walked() {
    let mut explorer = two_reports();
    let event = |article, event| EventRef { article, event };
    explorer.select(Selection::Article(0), Pane::Lists);
    assert_eq!(walked(&mut explorer), [(0, 0), (0, 2)]);
    // At the place where more is told than at another, by the event that is told best.
    explorer.select_place(0, Pane::Map);
    let cairo = |at| Selection::Event { at, place: Some(0), among: Among::Place };
    assert_eq!(explorer.selected.what, cairo(event(0, 0)));
    explorer.refresh();
    explorer.step(1);
    explorer.refresh();
    assert_eq!(explorer.selected.what, cairo(event(1, 0)));
    explorer.step(1);
    explorer.refresh();
    assert_eq!((explorer.selected.what, explorer.stops()), (cairo(event(0, 0)), 2));
    explorer.select_event(event(1, 0), Among::List, Pane::Lists);
    assert_eq!(walked(&mut explorer), [(0, 0), (0, 2), (1, 0)]);
    assert_eq!(explorer.selected.what.place(&explorer.collection), Some(0));
    // One that is not shown is left for the next.
    explorer.select_event(event(0, 1), Among::Article, Pane::Reader);
    explorer.refresh();
    assert_eq!(explorer.position(), None);
    explorer.step(1);
    assert_eq!(explorer.selected.what.event(), Some(event(0, 2)));
    // Mentions are walked as ever.
    explorer.select(Selection::Mention(at(1, 0)), Pane::Reader);
    explorer.refresh();
    explorer.step(1);
    assert_eq!(explorer.selected.what, Selection::Mention(at(1, 0)));
}

#[test]
fn an_event_stays_selected_when_all_is_placed_anew() {
    let mut explorer = two_reports();
    explorer.select_event(EventRef { article: 0, event: 2 }, Among::Place, Pane::Map);
    let mut anew = Collection::default();
    let lima = place("geonames:3936456", "Lima", "PE", -12.04, -77.03);
    for number in 0..2 {
        let told = explorer.collection.article(number).unwrap();
        let events = told.events.iter().skip(1 - number).cloned().collect();
        let marked = "[Cairo] met, then [Sinai].";
        anew.add(Arc::new(report(&told.article.id, marked, &[&lima, &lima], events)));
    }
    explorer.replace(anew);
    explorer.refresh();
    let at = EventRef { article: 0, event: 1 };
    assert_eq!(explorer.selected.what, Selection::Event { at, place: Some(0), among: Among::Article });
}

#[test]
fn what_is_left_of_events_is_where_they_happened() {
    let mut explorer = two_reports();
    assert_eq!(explorer.left(false)(), [(0, vec![0, 1]), (1, vec![0])]);
    assert_eq!(explorer.left_events(false)(), [(0, vec![0, 2]), (1, vec![0])]);
    explorer.filter.query = "nothing has this".to_owned();
    assert!(explorer.left(false)().is_empty());
    assert_eq!(explorer.left(true)().len(), explorer.collection.len());
}

#[test]
fn clearing_makes_the_view_stale() {
    let mut explorer = two_stories();
    explorer.clear();
    assert!(explorer.refresh());
    assert!(explorer.view.places.is_empty() && explorer.view.articles.is_empty());
    assert_eq!(explorer.selected.what, Selection::None);
}

/// The first story with a mention more at its head, or less, and its second place another.
#[test]
fn what_is_selected_stays_so_by_its_words() {
    let derna = place("geonames:87205", "Derna", "LY", 32.76, 22.64);
    let marked = |cairo: &str| format!("{cairo} said a jet fell in [Sinai].");
    let check = |what: Selection, cairo: &str, to: &Arc<Place>, expected: Selection| {
        let mut explorer = two_stories();
        explorer.select(what, Pane::Map);
        explorer.refresh();
        let serial = explorer.selected.serial;
        let places = if cairo.starts_with('[') { vec![&derna, to] } else { vec![to] };
        let mut changed = story("crash", &marked(cairo), &places);
        // It is known by the words where it was found.
        let last = changed.mentions.last_mut().unwrap();
        last.decided = Some(Box::new(Decided { found: Some(Span::new(25, 30)), ..Decided::default() }));
        explorer.collection.change(0, Arrival::new(&changed));
        explorer.refresh();
        assert_eq!((explorer.selected.what, explorer.selected.serial), (expected, serial));
    };
    let sinai = two_stories().collection.place(1).unwrap().place.clone();
    check(Selection::Mention(at(0, 1)), "[Cairo]", &sinai, Selection::Mention(at(0, 1)));
    check(Selection::Mention(at(0, 1)), "Cairo", &sinai, Selection::Mention(at(0, 0)));
    check(Selection::Mention(at(0, 0)), "Cairo", &sinai, Selection::Article(0));
    check(Selection::Mention(at(1, 1)), "Cairo", &sinai, Selection::Mention(at(1, 1)));
    check(
        Selection::Place { place: 1, at: at(0, 1) },
        "Cairo",
        &sinai,
        Selection::Place { place: 1, at: at(0, 0) },
    );
    // A place that it was not known for before.
    check(
        Selection::Place { place: 1, at: at(0, 1) },
        "Cairo",
        &derna,
        Selection::Place { place: 2, at: at(0, 0) },
    );
    check(Selection::Article(0), "Cairo", &derna, Selection::Article(0));
}

#[test]
fn an_event_stays_selected_at_the_place_where_it_is() {
    let [lima, quito] =
        [("Lima", -12.0), ("Quito", -0.2)].map(|(name, lat)| place(name, name, "PE", lat, -77.0));
    let told = |places: &[usize]| {
        report("a", "[Lima], [Quito].", &[&lima, &quito], vec![event(EventType::Fight, places)])
    };
    let mut explorer = Explorer::default();
    explorer.collection.add(Arc::new(told(&[0])));
    let at = EventRef { article: 0, event: 0 };
    let selected = |place| Selection::Event { at, place, among: Among::Article };
    explorer.select(selected(Some(0)), Pane::Lists);
    explorer.refresh();
    for (places, expected) in [(&[1][..], selected(Some(1))), (&[], selected(None))] {
        explorer.collection.change(0, Arrival::new(&told(places)));
        explorer.refresh();
        assert_eq!(explorer.selected.what, expected);
    }
    explorer.collection.change(0, Arrival::new(&told(&[0])).left_out());
    explorer.refresh();
    assert_eq!(explorer.selected.what, Selection::None);
}

#[test]
fn a_search_follows_what_changes() {
    let derna = place("geonames:1", "Derna", "LY", 32.76, 22.64);
    let tobruk = place("geonames:2", "Tobruk", "LY", 32.08, 23.96);
    let mut explorer = Explorer::default();
    let told = |id: usize, place: &Arc<Place>| story(&id.to_string(), "Rain in [the town].", &[place]);
    (0..300).for_each(|id| explorer.collection.add(Arc::new(told(id, &derna))));
    explorer.refresh();
    let begun = Instant::now();
    while explorer.index.reach() < 300 && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    let check = |explorer: &mut Explorer, query: &str, expected: usize| {
        explorer.filter.query = query.to_owned();
        explorer.refresh();
        assert_eq!(explorer.view.articles.len(), expected, "{query:?}");
    };
    check(&mut explorer, "derna ", 300);
    (0..10).for_each(|id| explorer.collection.change(id, Arrival::new(&told(id, &tobruk))));
    check(&mut explorer, "tobruk ", 10);
    check(&mut explorer, "derna ", 290);
    let asked = explorer.apart(|collection, view| (collection.len(), view.articles.len()));
    assert_eq!(std::thread::spawn(asked).join().unwrap(), (300, 290));
    let begun = Instant::now();
    while explorer.index.outdated() > 0 && begun.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(5));
    }
    check(&mut explorer, "tobruk ", 10);
    assert_eq!(explorer.index.hits("tobruk ").count(), 10, "out of the index");
}
