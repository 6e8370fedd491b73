//! What decisions do to the other mentions of an article.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::sync::Arc;

use super::{Geoparser, Ruling, Told, ToldMention};
use crate::gazetteer::{Gazetteer, fold};
use crate::model::{Article, Geoparsed, Kind, Place, Precision, Sense, Span};

fn geoparser() -> Geoparser {
    Geoparser::new(Gazetteer::embedded().expect("the gazetteer inside the program"))
}

/// "Derna, Libya": the best known place of the name whose label has all of that.
fn place(label: &str) -> Arc<Place> {
    let gazetteer = Gazetteer::embedded().unwrap();
    let (name, within) = label.split_once(", ").unwrap_or((label, ""));
    let hits = gazetteer.named(name);
    let mut places = hits.iter().filter_map(|hit| gazetteer.place(hit.row));
    Arc::new(places.find(|place| place.label().contains(within)).expect(label))
}

/// "Derna" is the first Derna of the text, "Derna#2" the second.
fn span(text: &str, words: &str) -> Span {
    let (words, number) = words.split_once('#').unwrap_or((words, "1"));
    let at = text.match_indices(words).nth(number.parse::<usize>().unwrap() - 1).expect(words).0;
    Span::new(at, at + words.len())
}

/// "Derna = Derna, Libya", "Reading = nothing", "the town = ?".
fn told(text: &str, decisions: &[&str], names: &[&str]) -> Told {
    let decision = |line: &&str| {
        let (words, what) = line.split_once(" = ").unwrap();
        let ruling = match what {
            "nothing" => Ruling::Rejected,
            "?" => Ruling::Unplaced,
            label => Ruling::Is(place(label)),
        };
        ToldMention { span: span(text, words), kind: None, sense: None, ruling }
    };
    let name = |line: &&str| {
        let (name, label) = line.split_once(" = ").unwrap();
        (fold(name), place(label))
    };
    Told {
        mentions: decisions.iter().map(decision).collect(),
        names: names.iter().map(name).collect(),
        home: None,
    }
}

fn lines(geoparsed: &Geoparsed) -> Vec<String> {
    let text = &geoparsed.article.text;
    let line = |mention: &crate::model::Mention| {
        let label = mention.place().map_or("unresolved".to_owned(), |place| place.label());
        format!("{} > {label}", mention.span.of(text))
    };
    geoparsed.mentions.iter().map(line).collect()
}

fn check(text: &str, decisions: &[&str], names: &[&str], expected: &[&str]) {
    let told = told(text, decisions, names);
    let found = geoparser().geoparse_told(Article::from_text("test", text), &told);
    assert_eq!(lines(&found), expected, "{text} under {decisions:?} {names:?}");
}

#[test]
fn a_decision_holds_and_the_same_name_follows_it() {
    let text = "A fire in Paris closed two roads. The mayor of Paris said nobody was hurt.";
    check(text, &[], &[], &["Paris > Paris, France", "Paris > Paris, France"]);
    let both = ["Paris > Paris, Texas, United States", "Paris > Paris, Texas, United States"];
    check(text, &["Paris = Paris, Texas"], &[], &both);
    check(text, &["Paris#2 = Paris, Texas"], &[], &both);
    check(
        text,
        &["Paris = Paris, Texas", "Paris#2 = Paris, France"],
        &[],
        &["Paris > Paris, Texas, United States", "Paris > Paris, France"],
    );
}

#[test]
fn what_the_text_says_beside_a_name_is_not_overruled_by_its_other_mentions() {
    check(
        "He left Paris, Texas, in May. In June he was in Paris.",
        &["Paris#2 = Paris, France"],
        &[],
        &["Paris > Paris, Texas, United States", "Texas > Texas, United States", "Paris > Paris, France"],
    );
}

#[test]
fn where_decisions_differ_a_name_means_what_it_meant_last() {
    check(
        "Paris was first. Paris was second. Then came Paris. At last Paris slept.",
        &["Paris#1 = Paris, Texas", "Paris#3 = Paris, France"],
        &[],
        &[
            "Paris > Paris, Texas, United States",
            "Paris > Paris, Texas, United States",
            "Paris > Paris, France",
            "Paris > Paris, France",
        ],
    );
}

#[test]
fn neighbours_are_ranked_by_a_decision() {
    let text = "Snow fell in Portland on Monday, and schools in Bangor were closed.";
    let wales = ["Portland > Portland, Oregon, United States", "Bangor > Bangor, Wales, United Kingdom"];
    check(text, &["Bangor = Bangor, Wales"], &[], &wales);
    let maine = ["Portland > Portland, Maine, United States", "Bangor > Bangor, Maine, United States"];
    check(text, &["Bangor = Bangor, Maine"], &[], &maine);
}

#[test]
fn what_is_no_place_is_left_out_and_what_was_added_is_found() {
    let text = "Jordan told the court in Amman that the village was quiet.";
    check(text, &["Jordan = nothing"], &[], &["Amman > Amman, Jordan"]);
    check(
        text,
        &["Jordan = nothing", "village = Derna, Libya"],
        &[],
        &["Amman > Amman, Jordan", "village > Darnah, Libya"],
    );
    check("She had read of benghazi before.", &["benghazi = ?"], &[], &["benghazi > Benghazi, Libya"]);
    // Other words push out those they overlap.
    check(
        "The New York Times left.",
        &["York = York, England"],
        &[],
        &["York > York, England, United Kingdom"],
    );
}

#[test]
fn names_mean_the_same_in_all_articles() {
    let names = ["the Strip = Gaza Strip"];
    check(
        "Trucks reached the Strip on Monday.",
        &[],
        &names,
        &["the Strip > Gaza Strip, Palestinian Territory"],
    );
    check("Trucks left the strip’s south.", &[], &names, &["the strip > Gaza Strip, Palestinian Territory"]);
    check(
        "The Las Vegas Strip glows.",
        &[],
        &["Strip = Gaza Strip"],
        &["Las Vegas Strip > Las Vegas Strip, Nevada, United States"],
    );
    check("They saw the stripes.", &[], &names, &[]);
    check("Trucks reached the Strip on Monday.", &["the Strip = nothing"], &names, &[]);
    check(
        "Rain in Paris.",
        &["Paris = Paris, France"],
        &["Paris = Paris, Texas"],
        &["Paris > Paris, France"],
    );
    check("Rain in Paris.", &[], &["Paris = Paris, Texas"], &["Paris > Paris, Texas, United States"]);
    // Nobody who says which Reading is meant speaks of books.
    let reading = ["Reading = Reading, Pennsylvania"];
    check("Reading is fun, and reading helps.", &[], &reading, &[]);
}

#[test]
fn a_place_that_no_gazetteer_has_has_a_vote() {
    let text = "Shells hit Tall Ash on Monday. Fighters then left for Tripoli.";
    let own = Arc::new(Place {
        id: "own:tall-ash-1".to_owned(),
        name: "Tall Ash".to_owned(),
        lat: 34.4,
        lon: 35.9,
        country_code: "LB".to_owned(),
        country: "Lebanon".to_owned(),
        precision: Precision::Point,
        radius_m: 100.0,
        ..Place::clone(&place("Tripoli, Lebanon"))
    });
    let decision =
        ToldMention { span: span(text, "Tall Ash"), kind: None, sense: None, ruling: Ruling::Is(own) };
    let told = Told { mentions: vec![decision], ..Told::default() };
    let found = geoparser().geoparse_told(Article::from_text("test", text), &told);
    assert_eq!(lines(&found)[0], "Tall Ash > Tall Ash, Lebanon");
    assert!(lines(&found)[1].ends_with("Lebanon"), "{:?}", lines(&found));
}

#[test]
fn the_reasons_say_what_was_decided() {
    let text = "A fire in Paris closed two roads. The mayor of Paris said nobody was hurt.";
    let told = told(text, &["Paris = Paris, Texas"], &[]);
    let found = geoparser().geoparse_told(Article::from_text("test", text), &told);
    let reasons: Vec<&str> = found.mentions.iter().map(|m| m.candidates[0].reasons[0].as_str()).collect();
    let expected = ["chosen by hand", "Paris was decided to be Paris, Texas, United States in this article"];
    assert_eq!(reasons, expected);
}

#[test]
fn kind_and_sense_are_as_they_were_decided() {
    let text = "Cairo has insisted on talks.";
    let mut told = told(text, &["Cairo = ?"], &[]);
    (told.mentions[0].kind, told.mentions[0].sense) = (Some(Kind::Embedded), Some(Sense::Literal));
    let found = geoparser().geoparse_told(Article::from_text("test", text), &told);
    let mention = &found.mentions[0];
    assert_eq!((mention.kind, mention.sense), (Kind::Embedded, Sense::Literal));
    assert_eq!(lines(&found), ["Cairo > Cairo, Egypt"]);
}

#[test]
fn written_coordinates_are_decided_like_names() {
    let text = "Shots were heard at 36.2021° N, 37.1343° E on Monday.";
    let written = "36.2021° N, 37.1343° E";
    let all = |ruling: &str| told(text, &[&format!("{written} = {ruling}")], &[]);
    let kinds = |told: &Told| {
        let found = geoparser().geoparse_told(Article::from_text("test", text), told);
        let kinds: Vec<Kind> = found.mentions.iter().map(|mention| mention.kind).collect();
        (lines(&found), kinds)
    };
    let (plain, _) = kinds(&Told::default());
    assert_eq!(plain.len(), 1, "{plain:?}");
    assert_eq!(kinds(&all("nothing")).0, Vec::<String>::new());
    assert_eq!(kinds(&all("?")), (plain, vec![Kind::Coordinate]));
    let decided = format!("{written} > Darnah, Libya");
    assert_eq!(kinds(&all("Derna, Libya")), (vec![decided], vec![Kind::Coordinate]));
}

#[test]
fn the_outlet_is_at_home_where_people_said() {
    let check = |home: Option<&str>, expected: &str| {
        let told = Told { home: home.map(place), ..Told::default() };
        let article = Article::from_text("test", "The council of Alexandria met on Monday.");
        let found = geoparser().geoparse_told(article, &told);
        assert_eq!(lines(&found), [expected]);
    };
    check(None, "Alexandria > Alexandria, Egypt");
    check(Some("Pineville, Louisiana"), "Alexandria > Alexandria, Louisiana, United States");
}
