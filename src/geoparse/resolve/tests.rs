//! What resolution makes of names that the gazetteer lacks, and whether its reasons are the ones that counted.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use super::features::Feature;
use super::reasons::{Family, advantages, rivals};
use super::weights::{self, DENSE};
use super::{Group, Resolved, resolve, votes::Others};
use crate::gazetteer::Gazetteer;
use crate::geoparse::home::Home;
use crate::geoparse::learn::Model;
use crate::geoparse::lexicon::Lexicon;
use crate::geoparse::tokens::Text;
use crate::geoparse::{Base, Geoparser, recognize};
use crate::model::record::ArticleRecord;
use crate::model::{Article, Geoparsed, Kind, Mention, Precision, Span};

fn gazetteer() -> Gazetteer {
    Gazetteer::embedded().expect("the gazetteer inside the program")
}

/// Places the given words of the text.
fn place(text: &str, words: &[&str]) -> Geoparsed {
    let mut article = Article::from_text("test", text);
    let span = |words: &&str| {
        let start = text.find(*words).expect("the words stand in the text");
        Span::new(start, start + words.len())
    };
    article.given = Some(words.iter().map(span).collect());
    Geoparser::new(gazetteer()).geoparse(article)
}

fn mention<'a>(found: &'a Geoparsed, words: &str) -> &'a Mention {
    let text = &found.article.text;
    found.mentions.iter().find(|mention| mention.span.of(text) == words).expect("the words are mentioned")
}

#[test]
fn places_that_no_gazetteer_has_are_near_their_town() {
    let check = |text: &str, words: &[&str], expected: &str| {
        let found = place(text, words);
        let place =
            mention(&found, words[0]).place().map_or("unresolved".to_owned(), |place| place.name.clone());
        assert_eq!(place, expected, "{text}");
    };
    check(
        "Police in New Orleans closed Bouligny Street on Friday.",
        &["Bouligny Street", "New Orleans"],
        "Bouligny Street, near New Orleans",
    );
    check(
        "Officers shut the A417 near Cheltenham after a crash. Cheltenham was gridlocked.",
        &["A417", "Cheltenham"],
        "A417, near Cheltenham",
    );
    check(
        "Demonstrators gathered outside the Russian Embassy in Washington on Monday.",
        &["Russian Embassy", "Washington"],
        "Russian Embassy, near Washington",
    );
    check(
        "The Russian Foreign Ministry summoned the envoy.",
        &["Russian Foreign Ministry"],
        "Russian Foreign Ministry, near Moscow",
    );
    check("Boats left Lake Erie for Cleveland.", &["Lake Erie", "Cleveland"], "Lake Erie");
    check("The choir sang at Zzyzxqa Hall.", &["Zzyzxqa Hall"], "unresolved");
}

#[test]
fn places_that_no_gazetteer_has_are_near_the_outlets_home() {
    let text = "Police closed Bouligny Street on Friday.";
    let mut article = Article { source: Some("nola.com".to_owned()), ..Article::from_text("test", text) };
    article.given = Some(vec![Span::new(14, 29)]);
    let found = Geoparser::new(gazetteer()).geoparse(article);
    let street = mention(&found, "Bouligny Street").chosen().expect("it is placed");
    assert_eq!(street.place.name, "Bouligny Street, near New Orleans");
    let reason = "not in the gazetteer; near New Orleans, the outlet’s home";
    assert!(street.reasons[0].starts_with(reason), "{:?}", street.reasons);
}

#[test]
fn a_place_near_another_never_says_that_it_is_exact() {
    let text = "Police in New Orleans closed Bouligny Street on Friday.";
    let found = place(text, &["Bouligny Street", "New Orleans"]);
    let street = mention(&found, "Bouligny Street").chosen().expect("it is placed");
    assert!(street.place.id.starts_with("near:geonames:") && street.place.id.ends_with("/bouligny-street"));
    assert!(street.place.precision >= Precision::District && street.place.radius_m >= 12_000.0);
    assert_eq!((street.place.feature_class, street.place.population), ('R', 0));
    assert!(
        street.reasons[0].starts_with("not in the gazetteer; near New Orleans, which the sentence names")
    );
    let reopened = ArticleRecord::new(&found, true).reopen().expect("what was written can be read");
    assert_eq!(mention(&reopened, "Bouligny Street").place(), mention(&found, "Bouligny Street").place());
}

fn resolved(text: &str, home: &Home) -> Resolved {
    let gazetteer = gazetteer();
    let text = Text::new(text, &[]);
    let toponyms = recognize::recognize(&text, &gazetteer, &Lexicon::embedded(), &Model::embedded());
    resolve(&text, &gazetteer, &toponyms, home)
}

/// What a candidate's weighed sum loses where a family of features is taken from it.
fn loss(group: &Group, number: usize, family: Family) -> f32 {
    let numbers = group.candidates[number].numbers;
    let rivals = rivals(group, number);
    let mut without = numbers;
    for &feature in Feature::ALL {
        if Family::of(feature) == family || group.candidates[number].near.is_some() {
            without[feature as usize] = rivals[feature as usize];
        }
    }
    weights::sum(&DENSE, &numbers) - weights::sum(&DENSE, &without)
}

#[test]
fn every_reason_raised_the_candidate_above_its_rivals() {
    let texts = [
        "A fire broke out in Bangor, Maine, on Friday.",
        "Troops entered Alexandria after Egypt declared an emergency. Cairo was calm.",
        "The mayor of Bangor said Maine would recover. Snow fell from Portland to Augusta.",
        "Floods hit the city of Valencia in Spain. The coup prompted Washington to suspend aid.",
        "PARIS, May 3 — Thousands marched in Paris, Lyon and Nice.",
    ];
    let gazetteer = gazetteer();
    let maine = Home::known(&gazetteer, &Base::Point(44.80, -68.77));
    let called = Home::guessed(&gazetteer, Some("parispost.com"), None);
    let homes = [Home::default(), maine, called];
    let mut told = 0;
    for (text, home) in texts.iter().flat_map(|text| homes.iter().map(move |home| (text, home))) {
        let resolved = resolved(text, home);
        for group in resolved.groups.iter().filter(|group| group.candidates.len() > 1) {
            for number in 0..group.candidates.len() {
                let reasons = super::reasons(&gazetteer, &resolved, group, number);
                let advantages = advantages(group, number);
                let strong = advantages.iter().filter(|(_, advantage)| *advantage > 0.2).count();
                assert!(reasons.len() <= strong.min(3), "{text}: {reasons:?} of {advantages:?}");
                for &(family, advantage) in advantages.iter().take(strong) {
                    assert!((loss(group, number, family) - advantage).abs() < 0.01, "{text}: {family:?}");
                }
                let rank = |reason: &String| {
                    ["(strong)", "(some)", "(slight)"].iter().position(|word| reason.ends_with(word))
                };
                assert!(reasons.iter().map(rank).is_sorted() && reasons.iter().all(|r| rank(r).is_some()));
                told += reasons.len();
            }
        }
    }
    assert!(told > 20, "{told}");
}

#[test]
fn no_name_listens_to_a_whole_long_article() {
    let gazetteer = gazetteer();
    let group = |i: usize| Group::new(&gazetteer, format!("name {i}"), Kind::Name, &[]);
    let groups: Vec<Group> = (0..3_000).map(group).collect();
    let others = Others::of(&groups, &Home::default());
    assert!(
        (0..groups.len())
            .all(|i| others.of_group(i).len() <= 2 * 32 + 24 && !others.of_group(i).contains(&i))
    );
    assert_eq!(Others::of(&groups[..20], &Home::default()).of_group(3).len(), 19);
}
