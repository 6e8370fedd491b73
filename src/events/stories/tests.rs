//! Collections in a few lines: who tells what, where, when.
//! Sentences are made up, and so are the tolls.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::model::{
    Actor, Article, Candidate, DateKind, DateMention, Event, EventType, Geoparsed, Kind, Mention, Part,
    Place, Polarity, Precision, Role, Sense, Span, When,
};

const CAIRO: (&str, f64, f64, &str, Precision) = ("Cairo", 30.06, 31.25, "EG", Precision::Settlement);
const MAADI: (&str, f64, f64, &str, Precision) = ("Maadi", 29.96, 31.26, "EG", Precision::Settlement);
const EGYPT: (&str, f64, f64, &str, Precision) = ("Egypt", 27.0, 30.0, "EG", Precision::Country);
const LIMA: (&str, f64, f64, &str, Precision) = ("Lima", -12.04, -77.03, "PE", Precision::Settlement);

type Spot = (&'static str, f64, f64, &'static str, Precision);

/// One report: its article, sentence, type, place, day of the calendar, and the doer, a phrase of the sentence.
#[derive(Clone, Copy)]
struct Said(u32, &'static str, EventType, Option<Spot>, Option<i32>, &'static str);

fn place((name, lat, lon, country, precision): Spot) -> Arc<Place> {
    Arc::new(Place {
        id: format!("test:{name}"),
        name: name.to_owned(),
        lat,
        lon,
        country_code: country.to_owned(),
        country: String::new(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: String::new(),
        population: 0,
        precision,
        radius_m: if precision == Precision::Country { 600_000.0 } else { 15_000.0 },
        bbox: None,
    })
}

fn report(&Said(article, sentence, kind, spot, day, doer): &Said) -> Report {
    let whole = Span::new(0, sentence.len());
    let named = |name: &str| sentence.find(name).map_or(Span::new(0, 0), |at| Span::new(at, at + name.len()));
    let mention = |spot: Spot| Mention {
        span: named(spot.0),
        kind: Kind::Name,
        sense: Sense::Literal,
        role: Role::Event,
        candidates: vec![Candidate { place: place(spot), score: 1.0, reasons: Vec::new() }],
        resolved: true,
        decided: None,
    };
    let actor = sentence.find(doer).filter(|_| !doer.is_empty());
    let geoparsed = Geoparsed {
        article: Article::from_text("a", sentence),
        mentions: spot.map(mention).into_iter().collect(),
        dates: vec![DateMention {
            span: whole,
            kind: DateKind::Date,
            edtf: String::new(),
            days: day.map(|day| Days { first: day, last: day }),
        }],
        events: vec![Event {
            trigger: whole,
            kind,
            subtype: None,
            polarity: if sentence.contains("denied") { Polarity::Denied } else { Polarity::Happened },
            background: false,
            places: spot.map(|_| 0).into_iter().collect(),
            when: if day.is_some() { When::Date(0) } else { When::Unknown },
            actors: actor
                .map(|at| Actor { span: Span::new(at, at + doer.len()), part: Part::Source, country: None })
                .into_iter()
                .collect(),
            quote: whole,
            score: 1.0,
            decided: None,
        }],
        ..Geoparsed::default()
    };
    reports(&geoparsed, article)[0]
}

fn grouped(said: &[Said]) -> (Vec<Report>, Stories) {
    let all: Vec<Report> = said.iter().map(report).collect();
    let stories = Stories::of(&all);
    (all, stories)
}

/// Holds the stories of a collection against a letter for each report: the same letter, the same story.
fn check(said: &[Said], expected: &str) {
    let (_, stories) = grouped(said);
    let mut letters = Vec::new();
    let mut names: Vec<Option<char>> = vec![None; stories.len()];
    for (i, letter) in expected.chars().enumerate() {
        let story = stories.story_of(i).unwrap() as usize;
        letters.push(*names[story].get_or_insert(letter));
    }
    let told: String = letters.into_iter().collect();
    assert_eq!(told, expected);
    let distinct: std::collections::BTreeSet<char> = expected.chars().collect();
    assert_eq!(stories.len(), distinct.len(), "a letter is of two stories");
}

use EventType::{Accident, Assault, Consult};

const CRASH: [Said; 4] = [
    Said(
        0,
        "At least 31 people died when a bus fell off a bridge in Lima",
        Accident,
        Some(LIMA),
        Some(100),
        "",
    ),
    Said(1, "A bus plunged from a bridge in Lima on Monday, killing 33", Accident, Some(LIMA), Some(100), ""),
    Said(
        2,
        "Police in Lima said 31 passengers died as the bus crashed off a bridge",
        Accident,
        Some(LIMA),
        Some(101),
        "",
    ),
    Said(3, "A bomb went off beside a market stall in Cairo", Assault, Some(CAIRO), Some(100), ""),
];

#[test]
fn a_crash_told_by_three_outlets_is_one_story() {
    check(&CRASH, "aaab");
    let (all, stories) = grouped(&CRASH);
    let story = Story::of(&all, stories.reports_of(0), &[0, 1, 1, 3]);
    assert_eq!(story.articles, [0, 1, 2]);
    assert_eq!(story.independent, 2, "the third article is a copy of the second");
    let tolls: Vec<(u32, &[u32])> = story.dead.iter().map(|d| (d.value, &d.reports[..])).collect();
    assert_eq!(tolls, [(31, &[0u32, 2][..]), (33, &[1][..])]);
    assert_eq!(story.days, Some(Days { first: 100, last: 100 }));
    assert_eq!(story.scene, Some(0));
    assert!(story.disputed() && !story.background);
}

#[test]
fn two_attacks_in_one_city_in_one_week_are_two_stories() {
    check(
        &[
            Said(
                0,
                "Gunmen opened fire on a police checkpoint in Cairo",
                Assault,
                Some(CAIRO),
                Some(200),
                "Gunmen",
            ),
            Said(
                1,
                "A police checkpoint in Cairo came under fire from gunmen",
                Assault,
                Some(CAIRO),
                Some(200),
                "gunmen",
            ),
            Said(2, "A car bomb exploded outside a bank in Cairo", Assault, Some(CAIRO), Some(204), ""),
            Said(3, "The car bomb outside the bank in Cairo hurt nine", Assault, Some(CAIRO), Some(204), ""),
            Said(4, "A grenade was thrown at a bakery in Cairo", Assault, Some(CAIRO), Some(200), ""),
        ],
        "aabbc",
    );
}

#[test]
fn a_part_of_the_city_and_the_country_may_stand_for_the_city() {
    check(
        &[
            Said(
                0,
                "The finance ministers of Peru and Chile met in Cairo",
                Consult,
                Some(CAIRO),
                Some(9),
                "",
            ),
            Said(
                1,
                "Finance ministers of Chile and Peru met in the Maadi quarter",
                Consult,
                Some(MAADI),
                Some(9),
                "",
            ),
            Said(2, "Finance ministers of Peru and Chile met in Egypt", Consult, Some(EGYPT), Some(9), ""),
            Said(3, "The king visited a school in Egypt", Consult, Some(EGYPT), Some(9), "king"),
        ],
        "aaab",
    );
}

#[test]
fn without_a_place_or_a_date_words_must_agree() {
    check(
        &[
            Said(
                0,
                "The envoys of Norway and Bolivia met to discuss fishing quotas",
                Consult,
                Some(LIMA),
                Some(9),
                "",
            ),
            Said(1, "Bolivia and Norway discuss fishing quotas as envoys met", Consult, None, Some(9), ""),
            Said(2, "Envoys met on Tuesday", Consult, None, Some(9), ""),
        ],
        "aab",
    );
}

#[test]
fn headline_and_lead_of_one_article_are_one_story() {
    check(
        &[
            Said(0, "Bus crash kills 31 in Lima", Accident, Some(LIMA), None, ""),
            Said(
                0,
                "At least 31 died when a bus fell off a bridge in Lima on Monday",
                Accident,
                Some(LIMA),
                Some(9),
                "",
            ),
            Said(0, "The minister met survivors at a hospital", Consult, None, Some(10), "minister"),
        ],
        "aab",
    );
}

#[test]
fn a_long_row_of_days_is_not_one_story() {
    const SHELLED: &str = "Troops shelled the old quarter of Cairo again";
    let daily: Vec<Said> =
        (0..9).map(|day| Said(day, SHELLED, Assault, Some(CAIRO), Some(day as i32 * 3), "Troops")).collect();
    check(&daily, "abcdefghi");
}

#[test]
fn a_denial_is_a_side_of_the_story() {
    let said = [
        Said(0, "The army shelled the harbour of Lima on Monday", Assault, Some(LIMA), Some(9), "army"),
        Said(1, "The army denied that it shelled the harbour of Lima", Assault, Some(LIMA), Some(9), "army"),
    ];
    check(&said, "aa");
    let (all, stories) = grouped(&said);
    let story = Story::of(&all, stories.reports_of(0), &[]);
    assert_eq!(story.polarities.len(), 2);
    assert!(story.disputed());
}

#[test]
fn nothing_makes_nothing() {
    assert!(Stories::of(&[]).is_empty());
    assert_eq!(Stories::of(&[]).reports_of(0), &[] as &[u32]);
    assert_eq!(Stories::of(&[]).story_of(0), None);
}

/// Which reports are together, by their places in the order before it was shuffled.
fn partition(reports: &[Report], order: &[usize]) -> Vec<Vec<usize>> {
    let shuffled: Vec<Report> = order.iter().map(|&i| reports[i]).collect();
    let stories = Stories::of(&shuffled);
    let mut groups: Vec<Vec<usize>> = (0..stories.len() as u32)
        .map(|story| {
            let mut group: Vec<usize> =
                stories.reports_of(story).iter().map(|&at| order[at as usize]).collect();
            group.sort_unstable();
            group
        })
        .collect();
    groups.sort();
    groups
}

const WORDS: [&str; 12] = [
    "bridge", "market", "soldiers", "harbour", "minister", "school", "convoy", "river", "bomb", "talks",
    "flood", "pilgrims",
];

fn any_report() -> impl Strategy<Value = Report> {
    let words = proptest::collection::vec(0..WORDS.len(), 3..9);
    (words, 0..4usize, 0..6i32, 0..3usize, 0..40u32).prop_map(|(words, spot, day, kind, article)| {
        let sentence = words.iter().map(|&i| WORDS[i]).collect::<Vec<_>>().join(" ");
        let spot = [Some(CAIRO), Some(LIMA), Some(EGYPT), None][spot];
        let kind = [Accident, Assault, Consult][kind];
        let said =
            Said(article, Box::leak(sentence.into_boxed_str()), kind, spot, Some(day).filter(|d| *d < 5), "");
        report(&said)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn stories_do_not_hang_on_the_order_of_reports(
        reports in proptest::collection::vec(any_report(), 1..60),
        seed in any::<u64>(),
    ) {
        let plain: Vec<usize> = (0..reports.len()).collect();
        let mut order = plain.clone();
        order.sort_by_key(|&i| (i as u64 + 1).wrapping_mul(seed | 1));
        prop_assert_eq!(partition(&reports, &plain), partition(&reports, &order));
    }

    #[test]
    fn every_report_is_in_one_story_and_days_stay_near(
        reports in proptest::collection::vec(any_report(), 0..60),
    ) {
        let stories = Stories::of(&reports);
        let mut seen = 0;
        for story in 0..stories.len() as u32 {
            let members = stories.reports_of(story);
            prop_assert!(!members.is_empty());
            prop_assert!(members.iter().all(|&i| stories.story_of(i as usize) == Some(story)));
            let days: Vec<i32> = members.iter().filter_map(|&i| reports[i as usize].days).map(|d| d.first).collect();
            let spread = days.iter().max().zip(days.iter().min()).map_or(0, |(last, first)| last - first);
            prop_assert!(spread <= 2);
            seen += members.len();
        }
        prop_assert_eq!(seen, reports.len());
    }
}

/// How long a million reports take, beside sorting a million keys as long as a report's in the same run:
/// `cargo test --profile quick --no-default-features --lib time_stories -- --ignored --nocapture`
#[test]
#[ignore = "measures"]
fn time_stories() {
    let mut seed = 1u64;
    let mut next = |below: u64| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % below
    };
    let model = report(&CRASH[0]);
    // Events are told four times on the average, by sentences that share two thirds of their words; few words are rare.
    let million: Vec<Report> = (0..1_000_000u32)
        .map(|i| {
            let event = next(250_000);
            let mut words = [0u16; 14];
            for (at, word) in words.iter_mut().enumerate() {
                let own = next(3) > 0;
                let base = if own { event * 31 + at as u64 * 7919 } else { next(u64::MAX) };
                let common = base % 3 == 0;
                *word = (if common { base % 400 } else { base % 65_000 }) as u16 + 1;
            }
            words.sort_unstable();
            let mut one = model;
            one.words = words;
            one.article = i / 10;
            one.kind = EventType::ALL[(event % 20) as usize];
            one.days = Some(event as i32 % 700).map(|day| Days { first: day, last: day });
            one.scene = one.scene.map(|scene| Scene { key: event % 20_000, ..scene });
            one.toll = Toll::default();
            one
        })
        .collect();
    let mut keys: Vec<[u64; 4]> = million.iter().map(|_| [next(u64::MAX), 0, 0, 0]).collect();
    let start = std::time::Instant::now();
    keys.sort_unstable();
    let sort = start.elapsed();
    let start = std::time::Instant::now();
    let stories = Stories::of(&million);
    let took = start.elapsed();
    println!(
        "a million reports to {} stories in {took:?}, {:.1} times a sort of as many keys",
        stories.len(),
        took.as_secs_f64() / sort.as_secs_f64()
    );
}
