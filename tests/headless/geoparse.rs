//! The geoparser on whole articles: the sample's own, noise and all.

use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::model::{Article, Geoparsed, Mention, Precision, Span};

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
    assert!(found.mentions.iter().all(|mention| mention.resolved));
    let unknown = found.mentions[0].place().expect("a town that no gazetteer has is near the next one");
    assert_eq!((unknown.name.as_str(), unknown.precision), ("Xyzzyville, near Homs", Precision::District));
}

/// The first country, division and town that the text is about; empty where there is none.
fn focus(title: Option<&str>, text: &str) -> [String; 3] {
    let article = Article { title: title.map(str::to_owned), ..Article::from_text("focus", text) };
    let focus = geoparse(article).focus;
    [focus.countries, focus.divisions, focus.places].map(|level| {
        assert!(level.iter().all(|(_, _, share)| (0.0..=1.0).contains(share)), "{level:?}");
        assert!(level.windows(2).all(|pair| pair[0].2 >= pair[1].2), "{level:?}");
        assert!(level.iter().map(|(_, _, share)| share).sum::<f32>() <= 1.001, "{level:?}");
        level.into_iter().next().map(|(_, name, _)| name).unwrap_or_default()
    })
}

#[test]
fn what_an_article_is_about() {
    let check = |title: Option<&str>, text: &str, expected: [&str; 3]| {
        assert_eq!(focus(title, text), expected, "{text}");
    };
    check(
        None,
        "CAIRO (Reuters) - Egypt shut its border. Troops left Cairo for Aswan, Egypt said.",
        ["Egypt", "Cairo Governorate", "Cairo"],
    );
    // The bureau is not where it happened.
    check(
        None,
        "BEIRUT (Reuters) - Shells fell on Aleppo overnight. Rescuers said Aleppo had no power. Syria’s army \
         denied it.",
        ["Syria", "Aleppo Governorate", "Aleppo"],
    );
    check(
        None,
        "Fire crews in Bangor, Maine, saved a mill. Smoke reached Orono and Brewer, the Bangor chief said.",
        ["United States", "Maine", "Bangor"],
    );
    check(
        Some("Flood reaches Aleppo"),
        "Streets in Homs stayed dry, but rescuers came to Aleppo by boat.",
        ["Syria", "Aleppo Governorate", "Aleppo"],
    );
    check(None, "Nobody came to the meeting.", ["", "", ""]);
}

/// Each mention as "words role".
fn roles(article: Article) -> Vec<String> {
    let found = geoparse(article);
    let role =
        |mention: &Mention| format!("{} {}", mention.span.of(&found.article.text), mention.role.as_str());
    found.mentions.iter().map(role).collect()
}

#[test]
fn what_mentions_do_in_their_article() {
    let check = |text: &str, expected: &[&str]| {
        let article = Article::from_text("roles", text);
        assert_eq!(roles(article.clone()), expected, "{text}");
        // Bare spans do the same.
        let given = geoparse(article.clone()).mentions.iter().map(|mention| mention.span).collect();
        assert_eq!(roles(Article { given: Some(given), ..article }), expected, "given: {text}");
    };
    check(
        "CAIRO (Reuters) - Egypt shut its border. Troops left Cairo for Aswan, Egypt said.",
        &["CAIRO dateline", "Egypt focus", "Cairo focus", "Aswan mention", "Egypt focus"],
    );
    check(
        "LEXINGTON, Ky. (AP) - A barn burned down in Lexington on Monday, police said.",
        &["LEXINGTON dateline", "Ky. dateline", "Lexington focus"],
    );
    check(
        "PARIS, May 3 — Thousands marched in Paris. Few marched in Lyon.",
        &["PARIS dateline", "Paris focus", "Lyon mention"],
    );
    // Two places of nearly one weight are both what it is about.
    check(
        "Russia and Egypt signed an accord. Officials of Russia and of Egypt smiled. Japan looked on.",
        &["Russia focus", "Egypt focus", "Russia focus", "Egypt focus", "Japan mention"],
    );
    // Nothing here opens an article.
    check("The talks in Aleppo (AP) failed - again.", &["Aleppo focus"]);
}

#[test]
fn a_round_up_has_many_datelines() {
    let text = "ROME (AP) - Rain fell.\n\nOSLO (AP) - Snow fell on Bergen and Bergen alone.";
    let expected = ["ROME dateline", "OSLO dateline", "Bergen focus", "Bergen focus"];
    assert_eq!(roles(Article::from_text("round-up", text)), expected);
}

/// The label of the place that the words mean in an article of this outlet, and the reasons for it.
fn from_outlet(source: &str, url: &str, text: &str, words: &str) -> (String, Vec<String>) {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let article = Article { source: some(source), url: some(url), ..Article::from_text("home", text) };
    let found = geoparse(article);
    let chosen = found.mentions.iter().find(|mention| mention.span.of(text) == words);
    let chosen = chosen.and_then(Mention::chosen).unwrap_or_else(|| panic!("{words} in {text}"));
    (chosen.place.label(), chosen.reasons.clone())
}

#[test]
fn an_outlet_writes_of_its_home() {
    let check = |source: &str, url: &str, text: &str, words: &str, expected: &str| {
        let (label, reasons) = from_outlet(source, url, text, words);
        assert!(label.contains(expected), "{source}: {words} is {label}, for {reasons:?}");
    };
    let fire = "A fire broke out in Alexandria overnight, and nobody was hurt.";
    check("thetowntalk.com", "", fire, "Alexandria", "Louisiana");
    check("", "https://www.thetowntalk.com/story/1", fire, "Alexandria", "Louisiana");
    check("The Town Talk", "", fire, "Alexandria", "Louisiana");
    check("alextimes.com", "", fire, "Alexandria", "Virginia");
    check("Al-Ahram", "", fire, "Alexandria", "Egypt");
    check("Reuters", "", fire, "Alexandria", "Egypt");
    check("theparisnews.com", "", "The council of Paris met on Monday.", "Paris", "Texas");
    check("lfpress.com", "", "Police in London made two arrests.", "London", "Ontario");
    check("gloucestertimes.com", "", "Boats came back to Gloucester.", "Gloucester", "Massachusetts");
    check("stamfordadvocate.com", "", "The school in Greenwich is closed.", "Greenwich", "Connecticut");
    // The home is one clue among others.
    check("thetowntalk.com", "", "A bomb went off in Alexandria, Egypt.", "Alexandria", "Egypt");
    check("thetowntalk.com", "", "Talks were held in Moscow and Kyiv.", "Moscow", "Russia");
    check("theparisnews.com", "", "The French president left Paris for Lyon, France.", "Paris", "France");
}

#[test]
fn the_home_is_a_reason_where_it_moved_the_score() {
    let told = |source: &str, text: &str, words: &str| from_outlet(source, "", text, words).1;
    let home = "the outlet’s home is Alexandria, Louisiana (";
    let fire = "A fire broke out in Alexandria overnight.";
    assert!(told("thetowntalk.com", fire, "Alexandria").iter().any(|reason| reason.starts_with(home)));
    assert!(!told("reuters.com", fire, "Alexandria").iter().any(|reason| reason.contains("outlet")));
    let far = "Talks were held in Moscow.";
    assert!(!told("thetowntalk.com", far, "Moscow").iter().any(|reason| reason.contains("outlet")));
}
