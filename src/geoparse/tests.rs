//! What the geoparser makes of ordinary news, sentence by sentence.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::model::{Article, Geoparsed, Span};

fn geoparser() -> Geoparser {
    Geoparser::new(Gazetteer::embedded().expect("the gazetteer inside the program"))
}

fn geoparse(text: &str) -> Geoparsed {
    geoparser().geoparse(Article::from_text("test", text))
}

/// Each mention as "words > Place, Country kind sense", with as much of it as the expectation gives.
fn check(text: &str, expected: &[&str]) {
    let found = geoparse(text);
    let lines: Vec<String> = found
        .mentions
        .iter()
        .map(|mention| {
            let place = mention.place().map_or("unresolved".to_owned(), |place| place.label());
            format!(
                "{} > {place} | {} {}",
                mention.span.of(text),
                mention.kind.as_str(),
                mention.sense.as_str()
            )
        })
        .collect();
    let fits = lines.len() == expected.len()
        && lines.iter().zip(expected).all(|(line, expected)| fits(line, expected));
    assert!(fits, "{text}\n  found {lines:#?}\n  expected {expected:#?}");
}

/// "Derna > Libya | name": the words, a part of the label, and the kind and sense if given.
fn fits(line: &str, expected: &str) -> bool {
    let (words, rest) = line.split_once(" > ").unwrap_or((line, ""));
    let (label, sort) = rest.split_once(" | ").unwrap_or((rest, ""));
    let (expected_words, rest) = expected.split_once(" > ").unwrap_or((expected, ""));
    let (expected_label, expected_sort) = rest.split_once(" | ").unwrap_or((rest, ""));
    words == expected_words && label.contains(expected_label) && sort.contains(expected_sort)
}

#[test]
fn containers_decide() {
    check(
        "A fire broke out in Bangor, Maine, on Friday.",
        &["Bangor > Maine, United States", "Maine > Maine"],
    );
    check("The ship docked in Long Beach, CA, last night.", &["Long Beach > California", "CA > California"]);
    check(
        "Talks were held in the Swiss city of Lausanne.",
        &["Swiss > Switzerland | demonym", "Lausanne > Switzerland"],
    );
    check("The raid hit the Libyan city of Derna.", &["Libyan > Libya", "Derna > Libya"]);
    check("Militants left Derna in Libya.", &["Derna > Libya", "Libya > Libya"]);
    check("The crash near Paris, Ky., killed two people.", &["Paris > Kentucky", "Ky. > Kentucky"]);
    check("He was born in Springfield, Ill., in 1950.", &["Springfield > Illinois", "Ill. > Illinois"]);
    check("Police in Birmingham, Alabama, made an arrest.", &["Birmingham > Alabama", "Alabama > Alabama"]);
    check(
        "She moved to Pasadena, Calif., from Athens, Ga.",
        &["Pasadena > California", "Calif. > California", "Athens > Georgia", "Ga. > Georgia"],
    );
}

#[test]
fn the_article_decides() {
    check(
        "The mayor of Bangor said Maine would recover. Snow fell across Maine, from Portland to Augusta.",
        &["Bangor > Maine", "Maine > Maine", "Maine > Maine", "Portland > Maine", "Augusta > Maine"],
    );
    check(
        "Troops entered Alexandria after Egypt declared an emergency. Cairo was calm.",
        &["Alexandria > Egypt", "Egypt > Egypt", "Cairo > Egypt"],
    );
}

#[test]
fn the_best_known_place_of_a_bare_name() {
    check("Officials from the USA met delegates from China.", &["USA > United States", "China > China"]);
    check("European leaders gathered in Brussels.", &["European > Europe | demonym", "Brussels > Belgium"]);
    check("Storms crossed Oklahoma overnight.", &["Oklahoma > Oklahoma, United States"]);
    check("Peace in the Middle East seems far away.", &["Middle East > Middle East"]);
    check("Drought is spreading across Africa.", &["Africa > Africa"]);
    check("Voters in Scotland go to the polls.", &["Scotland > Scotland"]);
    check("The White House declined to comment.", &["White House > White House | name associative"]);
    check("Heavy rain fell in Paris and London.", &["Paris > France", "London > United Kingdom"]);
    check("Tanks rolled through the streets of Moscow.", &["Moscow > Russia | name literal"]);
}

#[test]
fn persons_are_no_places() {
    check("Secretary of State John Kerry met reporters. Kerry then flew home.", &[]);
    check("John Kerry, the envoy, sat down. Around Kerry’s table sat ministers.", &[]);
    check("Paris Hilton sang. Hilton later thanked her fans.", &[]);
    check("Reporting by Ahmed Hassan; Editing by Tom Heneghan", &[]);
    check("President Abdel Fattah al-Sisi spoke first. Sisi then left for Aswan.", &["Aswan > Egypt"]);
    check("Michael Jordan retired. Jordan won six titles.", &[]);
    check("Mr. Lincoln and Gen. Sherman never met there.", &[]);
    check("Judge Austin sentenced Jackson Lee, 34, of Houston.", &["Houston > Texas"]);
    check(
        "King Salman of Saudi Arabia arrived in Jordan.",
        &["Saudi Arabia > Saudi Arabia", "Jordan > Jordan"],
    );
}

#[test]
fn persons_in_credits_and_lists_are_no_places() {
    check(
        "Reporting by Jordan Davis in Amman; Writing by Austin Ramzy; Editing by Kevin Liffey",
        &["Amman > Jordan"],
    );
    check("Jack London, Virginia Woolf, Irving Berlin and India Arie were named.", &[]);
    check(
        "Florence Chelsea Washington, 82, of Florence, S.C., died Tuesday at Hospice House.",
        &["Florence > South Carolina", "S.C. > South Carolina"],
    );
    check("Sydney Smith flew to Sydney on Monday.", &["Sydney > Australia"]);
}

#[test]
fn names_in_names_are_embedded() {
    check("The Jalisco New Generation Cartel was to blame.", &["Jalisco > Mexico | embedded associative"]);
    check("The Moscow Times reported the blast.", &["Moscow > Russia | embedded associative"]);
    check("The Paris Police Department issued a warning.", &["Paris > Paris | embedded"]);
    check("He studied at Manchester University.", &["Manchester > Manchester | embedded"]);
}

#[test]
fn acronyms_are_no_places_but_countries() {
    check("SANA said IS fighters fled. NATO and TASS confirmed it.", &[]);
    check(
        "The U.S. and the U.K. agreed with the UAE.",
        &["U.S. > United States", "U.K. > United Kingdom", "UAE > United Arab Emirates"],
    );
    check("The UN said the US would help us.", &["US > United States"]);
    check("U.S.-led forces withdrew.", &["U.S. > United States | name associative"]);
}

#[test]
fn demonyms() {
    check("The Egyptian army shelled the camp.", &["Egyptian > Egypt | demonym associative"]);
    check("A Russian-backed resolution failed.", &["Russian > Russia | demonym"]);
    check(
        "Pro-Russian separatists shot at Ukrainians.",
        &["Russian > Russia | demonym", "Ukrainians > Ukraine | demonym"],
    );
}

#[test]
fn ordinary_words_are_no_places() {
    check("Reading is fun. Most people agree. Police were called.", &[]);
    check("Nice weather is expected. Same here.", &[]);
    check("In March, April and May the prices rose. On Monday they fell.", &[]);
    check("Western governments made little of it. Eastern customs differ.", &[]);
    check("The two met on Tuesday. The West did nothing.", &[]);
    check("Share this. Read more. Leave a Comment. Contribute Today.", &[]);
}

#[test]
fn senses() {
    check("Cairo has insisted it will wait.", &["Cairo > Egypt | name associative"]);
    check("Moscow said a bomb was to blame.", &["Moscow > Russia | name associative"]);
    check(
        "The coup prompted Washington to suspend aid.",
        &["Washington > District of Columbia | name associative"],
    );
    check("The talks in Cairo ended late.", &["Cairo > Egypt | name literal"]);
    check(
        "It was the bloodiest attack since the Beslan school massacre in 2004.",
        &["Beslan > Russia | name literal"],
    );
    check(
        "The United States and some European states have accused Russia of war crimes in Aleppo.",
        &[
            "United States > United States | name associative",
            "European > Europe | demonym associative",
            "Russia > Russia | name associative",
            "Aleppo > Syria | name literal",
        ],
    );
    check(
        "Russia and Egypt are close partners.",
        &["Russia > Russia | name associative", "Egypt > Egypt | name associative"],
    );
    check(
        "Saudi Arabia, which has showered Egypt with aid, was angered.",
        &["Saudi Arabia > Saudi Arabia | name associative", "Egypt > Egypt | name associative"],
    );
    check(
        "Fighting flared in Sagaing, Mrauk U and Sittwe.",
        &[
            "Sagaing > Myanmar | name literal",
            "Mrauk U > Myanmar | name literal",
            "Sittwe > Myanmar | name literal",
        ],
    );
    check("A bomb struck Kabul near the airport.", &["Kabul > Afghanistan | name literal"]);
    check("He urged the White House to act.", &["White House > White House | name associative"]);
    check(
        "Tehran Warns Israel Over New Strikes",
        &["Tehran > Iran | name associative", "Israel > Israel | name associative"],
    );
    check("The Kremlin rejected the claim.", &["Kremlin > Kremlin | name associative"]);
    check(
        "A bomb exploded in Alexandria, Egypt.",
        &["Alexandria > Egypt | name literal", "Egypt > Egypt | name literal"],
    );
}

#[test]
fn languages_and_mastheads_are_no_places() {
    check("He spoke in English. ASHARQ AL-AWSAT English Archive 2005", &[]);
}

#[test]
fn datelines() {
    check("CAIRO (Reuters) - The army shelled a village.", &["CAIRO > Egypt | name literal"]);
    check("PARIS, May 3 — Thousands marched.", &["PARIS > France | name literal"]);
    check("LEXINGTON, Ky. (AP) — Thousands marched.", &["LEXINGTON > Kentucky", "Ky. > Kentucky"]);
    check("BEIRUT — Shells fell on the port.", &["BEIRUT > Lebanon"]);
    let found = geoparse("CAIRO (Reuters) - The army shelled a village.");
    assert_eq!(found.mentions[0].role.as_str(), "dateline");
}

#[test]
fn how_names_are_written() {
    check(
        "Egypt’s army left Dara’a for Deir ez-Zor.",
        &["Egypt > Egypt", "Dara’a > Syria", "Deir ez-Zor > Syria"],
    );
    check(
        "Derna, in eastern Libya, was flooded. Derna's mayor wept.",
        &["Derna > Libya", "Libya > Libya", "Derna > Libya"],
    );
    check("They fled al-Raqqa, Aleppo and Homs.", &["al-Raqqa > Syria", "Aleppo > Syria", "Homs > Syria"]);
    check("“Syria is burning,” he said of Damascus.", &["Syria > Syria", "Damascus > Syria"]);
    check("They returned to Libya.Egypt welcomed it.", &["Libya > Libya", "Egypt > Egypt"]);
    check(
        "Ships left Saudi Arabia through the Strait of Hormuz.",
        &["Saudi Arabia > Saudi Arabia", "Strait of Hormuz > Strait of Hormuz"],
    );
    check("He flew from New York City to St. Louis.", &["New York City > New York", "St. Louis > Missouri"]);
    check(
        "Violence in the Sinai Peninsula and the North Caucasus rose.",
        &["Sinai Peninsula > Sinai", "North Caucasus > North Caucasus"],
    );
    check(
        "Russia Bombs Aleppo as Talks in Geneva Collapse",
        &["Russia > Russia", "Aleppo > Syria", "Geneva > Switzerland"],
    );
}

#[test]
fn divisions_and_towns() {
    check(
        "Deputies from Cook County, Illinois, testified.",
        &["Cook County > Illinois", "Illinois > Illinois"],
    );
    check("Floods hit the city of Valencia in Spain.", &["Valencia > Spain", "Spain > Spain"]);
}

#[test]
fn coordinates_and_areas() {
    let found = geoparse("The wreck lies at 36°12′N 37°09′E in Syria.");
    let coordinate = &found.mentions[0];
    assert_eq!(coordinate.kind.as_str(), "coordinate");
    assert!(coordinate.place().is_some_and(|place| (place.lat - 36.2).abs() < 1e-6));
    // The CA of a grid is not California.
    let found = geoparse("A patrol at grid 37S CA 12 34 in Syria was hit.");
    let kinds: Vec<&str> = found.mentions.iter().map(|mention| mention.kind.as_str()).collect();
    assert_eq!(kinds, ["coordinate", "name"]);
    assert_eq!(found.mentions[0].span.of(&found.article.text), "37S CA 12 34");
    let found = geoparse("A drone fell 12 km north of Derna in Libya.");
    assert_eq!(found.areas.len(), 1);
    assert_eq!(found.areas[0].span.of(&found.article.text), "12 km north of Derna");
    assert!((found.areas[0].lat - 32.87).abs() < 0.05);
    let found = geoparse("Shells fell on the Syrian-Turkish border and on the outskirts of Homs in Syria.");
    let words: Vec<&str> = found.areas.iter().map(|area| area.span.of(&found.article.text)).collect();
    assert_eq!(words, ["Syrian-Turkish border", "the outskirts of Homs"]);
}

#[test]
fn given_spans_are_placed_as_they_are() {
    let text = "The Sinai region, Benue state and Libya's coast.";
    let mut article = Article::from_text("test", text);
    let span = |words: &str| {
        let start = text.find(words).expect("in the text");
        Span::new(start, start + words.len())
    };
    let expected = vec![span("The Sinai region"), span("Benue state"), span("Libya's")];
    article.given = Some(expected.clone());
    let found = geoparser().geoparse(article);
    assert_eq!(found.mentions.iter().map(|m| m.span).collect::<Vec<_>>(), expected);
    let codes: Vec<&str> =
        found.mentions.iter().map(|m| m.place().map_or("", |p| p.country_code.as_str())).collect();
    assert_eq!(codes, ["EG", "NG", "LY"]);
}

#[test]
fn given_spans_that_fit_nothing_are_unresolved() {
    for text in ["", "!", "Homs", "Ünïted"] {
        let mut article = Article::from_text("test", text);
        article.given = Some(vec![Span::new(40, 44), Span::new(0, 1), Span::new(2, 3)]);
        let found = geoparser().geoparse(article);
        assert_eq!(found.mentions.len(), 3, "{text}");
        assert!(found.mentions.windows(2).all(|pair| pair[0].span <= pair[1].span));
    }
}

#[test]
fn boilerplate_is_not_searched() {
    let text = "Share on Facebook from Paris\n\nTroops entered Aleppo.";
    let mut article = Article::from_text("test", text);
    article.boilerplate = vec![Span::new(0, 28)];
    let found = geoparser().geoparse(article);
    assert_eq!(found.mentions.len(), 1);
    assert_eq!(found.mentions[0].span.of(text), "Aleppo");
}

#[test]
fn reasons_are_plain_words() {
    let found = geoparse("A fire broke out in Bangor, Maine, on Friday.");
    let reasons = &found.mentions[0].candidates[0].reasons;
    assert!(reasons.iter().any(|reason| reason == "the text says ‘Bangor, Maine’ (strong)"), "{reasons:?}");
    let found = geoparse("Egypt closed the border. In Alexandria, shops stayed open. Egypt is tense.");
    let reasons = &found.mentions[1].candidates[0].reasons;
    assert!(
        reasons.iter().any(|reason| reason.starts_with("the article names Egypt twice (")),
        "{reasons:?}"
    );
    assert!(
        found.mentions.iter().all(|m| m.candidates.iter().all(|c| c.reasons.len() <= 3 && c.score <= 1.0))
    );
}

#[test]
fn nothing_and_much() {
    check("", &[]);
    check("\u{feff}\n\n\t", &[]);
    let long = "Troops entered Aleppo. ".repeat(2_000);
    assert_eq!(geoparse(&long).mentions.len(), 2_000);
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_read(text in "(\\PC|Paris|, Ky\\.|U\\.S\\.|’s|12 km north of|36°12′N|\n| ){0,80}") {
        let parser = geoparser();
        let found = parser.geoparse(Article::from_text("test", text.clone()));
        let mut end = 0;
        for mention in &found.mentions {
            proptest::prop_assert!(mention.span.start >= end && !mention.span.of(&text).is_empty());
            end = mention.span.end;
        }
        proptest::prop_assert_eq!(parser.geoparse(Article::from_text("test", text)), found);
    }
}
