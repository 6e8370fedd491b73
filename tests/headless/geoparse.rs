//! The geoparser on whole articles: the sample's own, noise and all.

use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::model::{Article, Geoparsed, Kind, Role, Sense, Span};

fn geoparse(article: Article) -> Geoparsed {
    Geoparser::new(Gazetteer::embedded().unwrap()).geoparse(article)
}

fn sample(name: &str) -> Geoparsed {
    let path = format!("{}/seeds/{name}", env!("CARGO_MANIFEST_DIR"));
    geoparse(Article::from_text(name, std::fs::read_to_string(path).unwrap()))
}

/// Whether some mention with these words means the place with this label.
fn means(found: &Geoparsed, words: &str, label: &str) -> bool {
    found.mentions.iter().any(|mention| {
        mention.span.of(&found.article.text) == words
            && mention.place().is_some_and(|place| place.label().contains(label))
    })
}

#[test]
fn the_sample_is_placed() {
    let files: Vec<Geoparsed> = [
        "putin-sisi-security-cooperation.txt",
        "sisi-putin-cairo-talks.txt",
        "syrian-security-chief-cairo.txt",
        "russia-egypt-extremism-accord.txt",
        "sisi-receives-russian-ministers.txt",
    ]
    .into_iter()
    .map(sample)
    .collect();
    let expected = [
        ("Cairo", "Egypt"),
        ("Moscow", "Russia"),
        ("Aleppo", "Syria"),
        ("Lausanne", "Switzerland"),
        ("Derna", "Libya"),
        ("Astana", "Kazakhstan"),
        ("Beslan", "Russia"),
        ("Sharm el-Sheikh", "Egypt"),
        ("Alexandria", "Egypt"),
    ];
    for (words, country) in expected {
        assert!(files.iter().any(|found| means(found, words, country)), "{words}");
    }
    for found in &files {
        for person in ["Kerry", "Sisi", "Putin", "Lavrov", "Assad", "Heneghan", "SANA", "TASS"] {
            let wrong = found.mentions.iter().any(|m| m.span.of(&found.article.text) == person);
            assert!(!wrong, "{person} in {}", found.article.id);
        }
    }
}

#[test]
fn mentions_stand_in_order_and_fit_the_text() {
    for name in ["sisi-putin-cairo-talks.txt", "syrian-security-chief-cairo.txt"] {
        let found = sample(name);
        let mut end = 0;
        for mention in &found.mentions {
            assert!(mention.span.start >= end && !mention.span.of(&found.article.text).is_empty());
            assert!(mention.candidates.len() <= 5);
            assert!(mention.candidates.windows(2).all(|pair| pair[0].score >= pair[1].score));
            end = mention.span.end;
        }
    }
}

#[test]
fn every_given_span_is_one_mention() {
    let text = "Xyzzyville lies near Homs, in Homs province.";
    let mut article = Article::from_text("given", text);
    let given = vec![Span::new(0, 10), Span::new(21, 25), Span::new(30, 43)];
    article.given = Some(given.clone());
    let found = geoparse(article.clone());
    let spans: Vec<Span> = found.mentions.iter().map(|mention| mention.span).collect();
    assert_eq!(spans, given);
    assert!(!found.mentions[0].resolved && found.mentions[1].resolved && found.mentions[2].resolved);
}

#[test]
fn focus_and_roles() {
    let text = "CAIRO (Reuters) - Egypt shut its border. Troops left Cairo for Aswan, Egypt said.";
    let found = geoparse(Article::from_text("focus", text));
    assert_eq!(found.mentions[0].role, Role::Dateline);
    assert_eq!(found.mentions[0].sense, Sense::Literal);
    assert_eq!(found.mentions[0].kind, Kind::Name);
    assert_eq!(found.focus.countries.first().map(|country| country.1.as_str()), Some("Egypt"));
    assert_eq!(found.focus.places.first().map(|place| place.1.as_str()), Some("Cairo"));
}
