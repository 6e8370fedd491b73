//! Events: the switch, the lists and their filters, marks, the card, and what the reader ties together.

use dateline::explore::{Background, Subject};
use dateline::model::{
    Actor, DateKind, DateMention, Days, Event, EventType, Geoparsed, Part, PartialDate, Polarity, Span, When,
};
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::stories::{Window, click, near, selected_event, settle, shown_article, sized, stories, story};

/// An event to be told by words of a story.
struct Telling {
    trigger: &'static str,
    kind: EventType,
    subtype: Option<&'static str>,
    /// Words of the mention where it happened.
    place: &'static str,
    /// Words of the date, and the date.
    date: Option<(&'static str, PartialDate)>,
    polarity: Polarity,
    background: bool,
    /// Who does it.
    actor: Option<(&'static str, &'static str)>,
}

const PLAIN: Telling = Telling {
    trigger: "",
    kind: EventType::Consult,
    subtype: None,
    place: "",
    date: None,
    polarity: Polarity::Happened,
    background: false,
    actor: None,
};

/// A story that tells these events.
fn telling(mut story: Geoparsed, events: &[Telling]) -> Geoparsed {
    let text = story.article.text.clone();
    let find = |words: &str| {
        let start = text.find(words).expect("the words are there");
        Span::new(start, start + words.len())
    };
    for telling in events {
        let trigger = find(telling.trigger);
        let place = story.mentions.iter().position(|mention| mention.span.of(&text) == telling.place);
        let when = match telling.date {
            Some((words, date)) => {
                let (edtf, days) = (date.to_string(), Days::of(date));
                story.dates.push(DateMention { span: find(words), kind: DateKind::Date, edtf, days });
                When::Date(story.dates.len() - 1)
            }
            None if story.article.date.is_some() => When::Published,
            None => When::Unknown,
        };
        let start = text[..trigger.start].rfind(['\n', '.']).map_or(0, |at| at + 1);
        let end = text[trigger.end..].find(['\n', '.']).map_or(text.len(), |at| trigger.end + at + 1);
        story.events.push(Event {
            decided: None,
            trigger,
            kind: telling.kind,
            subtype: telling.subtype.map(str::to_owned),
            polarity: telling.polarity,
            background: telling.background,
            places: place.into_iter().collect(),
            when,
            actors: telling.actor.map_or_else(Vec::new, |(words, country)| {
                let country = Some(country.to_owned());
                vec![Actor { span: find(words), part: Part::Source, country }]
            }),
            quote: Span::new(start, end),
            score: 0.9,
        });
    }
    story
}

/// The four stories, and what happened in them.
pub fn told() -> Vec<Geoparsed> {
    let mut all = stories();
    let flood = telling(
        all.remove(2),
        &[Telling {
            trigger: "broke into",
            kind: EventType::Disaster,
            subtype: Some("flood"),
            place: "Derna",
            ..PLAIN
        }],
    );
    let talks = telling(
        all.remove(0),
        &[
            Telling {
                trigger: "Talks",
                subtype: Some("talks"),
                place: "Lausanne",
                date: Some(("on Saturday", PartialDate::ymd(2016, 10, 15))),
                ..PLAIN
            },
            Telling {
                trigger: "kept away",
                kind: EventType::Reject,
                place: "Lausanne",
                polarity: Polarity::Denied,
                actor: Some(("Swiss", "CH")),
                ..PLAIN
            },
        ],
    );
    let vigil = telling(
        story(
            "vigil",
            Some(PartialDate::ymd(2016, 11, 3)),
            "A vigil on the anniversary",
            "Thousands marched in [Lima|Lima]. They remembered the bombing of [Aleppo|Aleppo] in 2012.",
        ),
        &[
            Telling { trigger: "marched", kind: EventType::Protest, place: "Lima", ..PLAIN },
            Telling {
                trigger: "bombing",
                kind: EventType::Assault,
                subtype: Some("bombing"),
                place: "Aleppo",
                date: Some(("2012", PartialDate { year: Some(2012), month: None, day: None })),
                background: true,
                ..PLAIN
            },
        ],
    );
    all.extend([flood, talks, vigil]);
    all
}

fn window() -> Window {
    sized(1280.0, 800.0, told())
}

/// A window on the events.
fn of_events() -> Window {
    let mut window = window();
    click(&mut window, "Events");
    window
}

#[test]
fn the_switch_shows_events_and_goes_back() {
    let mut window = window();
    window.get_by_label("Places (5)");
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    settle(&mut window);
    assert_eq!(window.state().explorer().filter.subject, Subject::Events);
    window.get_by_label("Events (4)");
    window.get_by_label("Places (4)");
    window.get_by_label("Flood, Derna, Libya, 12 Sep 2023, The Courier");
    // What is explored is a step to go back from, and is remembered.
    assert_eq!(window.state().session().subject, Subject::Events);
    click(&mut window, "Go back");
    assert_eq!(window.state().session().subject, Subject::Mentions);
    window.get_by_label("Places (5)");
    click(&mut window, "Go forward");
    window.get_by_label("Events (4)");
    window.key_press_modifiers(Modifiers::ALT, Key::Num1);
    settle(&mut window);
    window.get_by_label("Places (5)");
}

#[test]
fn an_event_of_the_list_opens_its_article_at_the_words_and_moves_the_map() {
    let mut window = of_events();
    click(&mut window, "Talks, Lausanne, Switzerland, 15 Oct 2016, The Courier");
    assert_eq!(shown_article(&window).as_deref(), Some("talks"));
    assert_eq!(selected_event(&window).as_deref(), Some("Talks"));
    assert!(near(window.state().map_centre(), (46.52, 6.63)));
    window.get_by_label("Event: Talks");
    window.get_by_label("Where: Lausanne, Switzerland");
    window.get_by_label("When: Sat 15 Oct 2016, from “on Saturday”");
    window.get_by_label("3 of 4 events in the list");
}

#[test]
fn a_mark_says_how_many_events_and_opens_the_best() {
    let mut window = of_events();
    click(&mut window, "Lima, Peru: 1 event");
    assert_eq!(shown_article(&window).as_deref(), Some("vigil"));
    assert_eq!(selected_event(&window).as_deref(), Some("marched"));
    window.get_by_label("1 of 1 event in Lima");
}

#[test]
fn the_reader_ties_an_event_to_its_words_and_a_click_selects_it() {
    let mut window = of_events();
    click(&mut window, "Articles (3)");
    click(&mut window, "Ministers meet by the lake, The Courier · 15 Oct 2016 · 1 event");
    window.get_by_label("Date: Sat 15 Oct 2016");
    click(&mut window, "Talks: event in Lausanne, Switzerland, Sat 15 Oct 2016");
    assert_eq!(selected_event(&window).as_deref(), Some("Talks"));
    assert!(near(window.state().map_centre(), (46.52, 6.63)));
    // Among mentions only the selected event is shown in the text.
    click(&mut window, "Mentions");
    window.get_by_label("Talks: event in Lausanne, Switzerland, Sat 15 Oct 2016");
    click(&mut window, "Lausanne, Switzerland: mention");
    assert!(window.query_by_label("Talks: event in Lausanne, Switzerland, Sat 15 Oct 2016").is_none());
}

#[test]
fn next_walks_the_events_that_are_shown() {
    let mut window = of_events();
    click(&mut window, "Articles (3)");
    click(&mut window, "A vigil on the anniversary, The Courier · 3 Nov 2016 · 2 events");
    for expected in ["marched", "bombing", "marched"] {
        window.key_press(Key::N);
        settle(&mut window);
        assert_eq!(selected_event(&window).as_deref(), Some(expected));
    }
    click(&mut window, "Previous event");
    assert_eq!(selected_event(&window).as_deref(), Some("bombing"));
    window.get_by_label("2 of 2 events in this article");
    window.get_by_label("News: Background, told to explain the news");
}

#[test]
fn filters_narrow_by_type_polarity_actor_and_news() {
    // As high as all the filters are.
    let mut window = sized(1280.0, 1900.0, told());
    click(&mut window, "Events");
    click(&mut window, "Filters");
    click(&mut window, "What happened: Pressure, 1");
    window.get_by_label("Events (1)");
    click(&mut window, "Pressure: remove filter");
    click(&mut window, "Types of violence: show");
    click(&mut window, "What happened: Attack on people, 1");
    window.get_by_label("Events (1)");
    click(&mut window, "Attack on people: remove filter");
    click(&mut window, "Types of violence: hide");
    click(&mut window, "Happened or planned");
    window.get_by_label("Events (5)");
    click(&mut window, "Happened or not: remove filter");
    window.get_by_label("Events (4)");
    click(&mut window, "Whether it happened: Denied, 1");
    window.get_by_label("Events (5)");
    click(&mut window, "News or background: Only background, 1");
    assert_eq!(window.state().explorer().filter.events.background, Background::Only);
    window.get_by_label("Events (1)");
    click(&mut window, "Only background: remove filter");
    click(&mut window, "Who: Swiss, 1");
    window.get_by_label("Events (1)");
    click(&mut window, "Clear all");
    window.get_by_label("Events (4)");
}

#[test]
fn the_legend_shows_a_class_alone_and_folds() {
    let mut window = of_events();
    click(&mut window, "Diplomacy: 1 event");
    window.get_by_label("Events (1)");
    click(&mut window, "Diplomacy: remove filter");
    window.key_press(Key::L);
    settle(&mut window);
    assert!(window.query_by_label("Diplomacy: 1 event").is_none());
    click(&mut window, "Legend of events: show");
    window.get_by_label("Diplomacy: 1 event");
}

#[test]
fn the_card_quotes_who_reports_it_and_leads_to_the_place() {
    let mut window = of_events();
    click(&mut window, "Protest or strike, Lima, Peru, 3 Nov 2016, The Courier");
    window.get_by_label("Reported in one article");
    window.get_by_label("Read: The Courier · 3 Nov 2016, Thousands marched in Lima.");
    for _ in 0..4 {
        click(&mut window, "Zoom out");
    }
    window.get_by_label("Where: Lima, Peru").click();
    settle(&mut window);
    assert!(window.state().map_zoom() > 7.0);
    assert_eq!(selected_event(&window).as_deref(), Some("marched"));
}

#[test]
fn reports_of_one_event_stand_side_by_side_and_count_once() {
    let report = |id: &str, source: &str, title: &str, marked: &str, trigger: &'static str| {
        let mut story = story(id, Some(PartialDate::ymd(2021, 3, 8)), title, marked);
        story.article.source = Some(source.to_owned());
        let kind = EventType::Accident;
        telling(story, &[Telling { trigger, kind, subtype: Some("crash"), place: "Lima", ..PLAIN }])
    };
    let first = "At least 31 people died when a bus fell off a bridge in [Lima|Lima].";
    let second = "A bus plunged from a bridge in [Lima|Lima] on Monday, killing 33.";
    let mut window = sized(
        1280.0,
        1000.0,
        vec![
            report("a", "The Courier", "Bus falls off bridge", first, "fell off"),
            report("b", "Harbour Post", "Bus plunges", second, "plunged"),
        ],
    );
    click(&mut window, "Events");
    window.get_by_label("Events (2)");
    click(&mut window, "Crash, Lima, Peru, 8 Mar 2021, The Courier");
    window.get_by_label("Reported in 2 articles");
    window.get_by_label("Died: 31, The Courier");
    window.get_by_label("Died: 33, Harbour Post");
    click(
        &mut window,
        "Read: Harbour Post · 8 Mar 2021, A bus plunged from a bridge in Lima on Monday, killing 33.",
    );
    assert_eq!(shown_article(&window).as_deref(), Some("b"));
    assert_eq!(selected_event(&window).as_deref(), Some("plunged"));
    click(&mut window, "Each event once");
    window.get_by_label("Events (1)");
    assert!(window.state().session().once);
    window.get_by_label("Crash, Lima, Peru, 8 Mar 2021, The Courier, 2 reports");
}

#[test]
fn empty_lists_say_why_and_what_next() {
    let mut window = sized(1280.0, 800.0, stories());
    click(&mut window, "Events");
    window.get_by_label("No events");
    window.get_by_label("No event was found in what is open");
    click(&mut window, "Show mentions");
    window.get_by_label("Places (5)");
    let mut window = of_events();
    window.get_by_label("Search articles and places").focus();
    window.run();
    window.get_by_label("Search articles and places").type_text("zeppelin");
    settle(&mut window);
    window.get_by_label("Nothing found");
    window.get_by_label("The search and the filters leave no event");
}

#[test]
fn the_keyboard_alone_is_enough() {
    let mut window = window();
    window.key_press_modifiers(Modifiers::ALT, Key::Num2);
    settle(&mut window);
    for expected in ["broke into", "marched", "Talks"] {
        window.key_press(Key::ArrowDown);
        settle(&mut window);
        assert_eq!(selected_event(&window).as_deref(), Some(expected));
    }
    window.key_press(Key::ArrowUp);
    settle(&mut window);
    assert_eq!(selected_event(&window).as_deref(), Some("marched"));
    window.key_press(Key::Escape);
    settle(&mut window);
    assert_eq!(selected_event(&window), None);
}

#[test]
fn the_timeline_counts_events_by_class() {
    let mut window = of_events();
    window.get_by_label("Bars: by class");
    click(&mut window, "Violence: 1");
    window.get_by_label("Events (1)");
    click(&mut window, "Violence: remove filter");
    click(&mut window, "Bars: by class");
    window.get_by_label("Bars: by source");
}
