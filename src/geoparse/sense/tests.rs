//! Sentences of our own, each with a place and its sense.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::model::Article;

/// Each case is a sentence, a place in it (the first mention of those words), and "literal" or "associative".
fn check(cases: &[(&str, &str, &str)]) {
    let geoparser = Geoparser::new(Gazetteer::embedded().expect("the gazetteer"));
    let mut wrong = Vec::new();
    for &(sentence, place, expected) in cases {
        let found = geoparser.geoparse(Article { text: sentence.to_owned(), ..Article::default() });
        let mention = found.mentions.iter().find(|mention| mention.span.of(sentence).contains(place));
        let sense = mention.map_or("not found", |mention| mention.sense.as_str());
        if sense != expected {
            wrong.push(format!("{sentence} [{place}]: {sense}, not {expected}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn where_something_is_or_happens() {
    check(&[
        ("A bomb went off in Alexandria on Friday.", "Alexandria", "literal"),
        ("She moved from Lagos to Nairobi last year.", "Lagos", "literal"),
        ("She moved from Lagos to Nairobi last year.", "Nairobi", "literal"),
        ("The talks took place in Geneva.", "Geneva", "literal"),
        ("Heavy rain flooded villages near Chittagong.", "Chittagong", "literal"),
        ("The convoy crossed into Jordan before dawn.", "Jordan", "literal"),
        ("He was born in Dublin and lives in Toronto.", "Toronto", "literal"),
        ("Fighting spread across northern Ethiopia.", "Ethiopia", "literal"),
        ("The ship sank off the coast of Yemen.", "Yemen", "literal"),
        ("A court in Paris jailed him for two years.", "Paris", "literal"),
        ("Police in Manchester have named the victim.", "Manchester", "literal"),
        ("Nearly 400 people live in the town of Arusha.", "Arusha", "literal"),
        ("They were arrested at a hotel in Bangkok, Thailand.", "Thailand", "literal"),
        ("The firm has offices in London, Paris and Tokyo.", "Paris", "literal"),
        ("The firm has offices in London, Paris and Tokyo.", "Tokyo", "literal"),
        ("A new bridge over the Danube opened in May.", "Danube", "literal"),
        ("An earthquake struck Nepal on Saturday.", "Nepal", "literal"),
        ("He visited Kenya three times.", "Kenya", "literal"),
        ("Direct flights between London and Accra will resume.", "Accra", "literal"),
        ("The road from Aleppo to Damascus is closed.", "Damascus", "literal"),
        ("Two cases were reported in Brazil.", "Brazil", "literal"),
        ("The border with Lebanon was sealed.", "Lebanon", "literal"),
    ]);
}

#[test]
fn governments_and_their_doings() {
    check(&[
        ("Cairo has insisted that the dam must not be filled.", "Cairo", "associative"),
        ("Russia denied the charge.", "Russia", "associative"),
        ("France and Germany agreed to send aid.", "France", "associative"),
        ("France and Germany agreed to send aid.", "Germany", "associative"),
        ("Britain accused Iran of seizing a tanker.", "Britain", "associative"),
        ("Britain accused Iran of seizing a tanker.", "Iran", "associative"),
        ("The United States has imposed sanctions on the bank.", "United States", "associative"),
        ("Relations between Turkey and Greece are tense.", "Greece", "associative"),
        ("The minister signed an agreement with Japan.", "Japan", "associative"),
        ("Talks with China broke down.", "China", "associative"),
        ("A spokesman said that Pakistan would respond.", "Pakistan", "associative"),
        ("The resolution was opposed by Egypt.", "Egypt", "associative"),
        ("India's decision surprised its allies.", "India", "associative"),
        ("Ottawa's refusal to sign angered farmers.", "Ottawa", "associative"),
        ("Military aid to Israel will continue.", "Israel", "associative"),
        ("The president of Mexico spoke first.", "Mexico", "associative"),
        ("Sweden, which has applied to join, welcomed the vote.", "Sweden", "associative"),
        ("They urged Washington to lift the ban.", "Washington", "associative"),
    ]);
}

#[test]
fn adjectives_and_owners() {
    check(&[
        ("The Egyptian president arrived late.", "Egyptian", "associative"),
        ("U.S. President Jimmy Carter signed it.", "U.S.", "associative"),
        ("A French journalist was released.", "French", "associative"),
        ("Chinese officials declined to comment.", "Chinese", "associative"),
        ("A Chicago man was charged with theft.", "Chicago", "associative"),
        ("Texas lawmakers passed the bill.", "Texas", "associative"),
        ("Israeli jets bombed the camp.", "Israeli", "associative"),
        ("The German government fell.", "German", "associative"),
        ("Russian troops withdrew on Monday.", "Russian", "associative"),
        ("Toronto police are looking for a witness.", "Toronto", "associative"),
        ("The price was ten million US dollars.", "US", "associative"),
        ("They met in the Swiss city of Basel.", "Swiss", "literal"),
        ("They met in the Swiss city of Basel.", "Basel", "literal"),
        ("A fire broke out in a Paris suburb.", "Paris", "literal"),
        ("The Italian coast was battered by waves.", "Italian", "literal"),
        ("He was shot near the Syrian border.", "Syrian", "literal"),
        ("Crowds filled Cairo's streets.", "Cairo", "literal"),
        ("Whales pass Kenya's coast in July.", "Kenya", "literal"),
        ("The group runs a Hamburg-based company.", "Hamburg", "literal"),
        ("A US-led coalition bombed the town.", "US", "associative"),
    ]);
}

#[test]
fn longer_names() {
    check(&[
        ("The Boston Globe reported the deal.", "Boston", "associative"),
        ("A spokesman for the Denver Police Department said so.", "Denver", "associative"),
        ("According to the Kremlin, the talks went on.", "Kremlin", "associative"),
        ("The Bank of England held its rate.", "England", "associative"),
        ("According to the Kenya Red Cross, ten people died.", "Kenya", "associative"),
        ("He was taken to Nairobi Hospital with burns.", "Nairobi", "literal"),
        ("The trial opened at Leeds Crown Court.", "Leeds", "literal"),
    ]);
}

#[test]
fn teams() {
    check(&[
        ("Brazil beat Croatia 2-1 in the final.", "Brazil", "associative"),
        ("Brazil beat Croatia 2-1 in the final.", "Croatia", "associative"),
        ("He scored twice in the match against Portugal.", "Portugal", "associative"),
        ("Spain won the World Cup.", "Spain", "associative"),
        ("The match will be played in Lisbon.", "Lisbon", "literal"),
        ("The tournament returns to Melbourne in January.", "Melbourne", "literal"),
    ]);
}

#[test]
fn the_same_name_and_the_row() {
    // The bare headline says nothing; the sentences after it do.
    let acts = "Ruritania talks.\n\nGeorgia denied it. Georgia has accused Moscow of lying. Georgia rejected the offer.";
    check(&[(acts, "Georgia", "associative")]);
    check(&[
        ("He toured Canada, Mexico and Peru.", "Peru", "literal"),
        ("Officials from Chad and Niger met.", "Niger", "literal"),
    ]);
}
