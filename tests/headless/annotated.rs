//! Texts with their places handed on: Web Annotations, TEI, Linked Places.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use dateline::export::{Exporter, Format, Options, Rows};
use dateline::model::{Decided, Geoparsed, How, Kind, Polarity, Span};
use jsonschema::Validator;
use proptest::prelude::*;
use quick_xml::events::{BytesStart, Event};
use serde_json::Value;

use crate::support::{article, awkward, candidate, full, mention, pacific, place, span};

fn everything() -> Options {
    Options { kinds: Some(Kind::ALL.to_vec()), unresolved: true, ..Options::default() }
}

fn export(articles: &[Geoparsed], format: Format, options: Options) -> String {
    let mut exporter = Exporter::start(Vec::new(), format, options).unwrap();
    articles.iter().for_each(|article| exporter.article(article).unwrap());
    String::from_utf8(exporter.finish().unwrap().0).unwrap()
}

/// Settled by people, with notes that XML and JSON have to escape.
fn settled() -> Geoparsed {
    let mut article = full();
    let decided = |how, by: &str, note: Option<&str>| {
        let note = note.map(str::to_owned);
        Some(Box::new(Decided {
            how,
            by: by.into(),
            note,
            tags: vec!["a & b".into(), "c".into()],
            found: None,
        }))
    };
    article.mentions[0].decided = decided(How::Confirmed, "Ann <ann@example.org>", Some("\"Seen\" & <kept>"));
    article.mentions[2].decided = decided(How::Corrected, "Bo", None);
    article.mentions[3].decided = decided(How::Rejected, "Bo", None);
    article.events[0].decided = decided(How::Added, "Bo", Some("Sure."));
    article.events[0].polarity = Polarity::Planned;
    article.article.url = Some("https://example.org/a b?c=\"d\"&e=<f>".into());
    article
}

fn many() -> Vec<Geoparsed> {
    vec![full(), pacific(), awkward(), settled(), full(), article("bare", "", Vec::new())]
}

fn validator(schema: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/schemas").join(schema);
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    jsonschema::draft202012::new(&schema).unwrap()
}

fn valid(schema: &str, json: &str) -> Value {
    let value: Value = serde_json::from_str(json).unwrap();
    let schema = validator(schema);
    let errors: Vec<_> =
        schema.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{json}");
    value
}

#[test]
fn annotations_keep_to_their_model() {
    for articles in [vec![], vec![full()], many()] {
        for options in [
            Options::default(),
            everything(),
            Options { rows: Rows::Events, ..everything() },
            Options { created: Some("2026-01-02T03:04:05Z".into()), ..everything() },
        ] {
            let value = valid("annotation.schema.json", &export(&articles, Format::WebAnnotation, options));
            let items = value["first"]["items"].as_array().unwrap();
            assert_eq!(value["total"], items.len());
            let ids: BTreeSet<_> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
            assert_eq!(ids.len(), items.len());
        }
    }
}

#[test]
fn an_annotation_tells_where_its_words_stand() {
    let article = full();
    let json = export(std::slice::from_ref(&article), Format::WebAnnotation, everything());
    let value: Value = serde_json::from_str(&json).unwrap();
    let text: Vec<char> = article.article.text.chars().collect();
    for item in value["first"]["items"].as_array().unwrap() {
        let selectors = &item["target"]["selector"];
        let at = |name: &str| usize::try_from(selectors[0][name].as_u64().unwrap()).unwrap();
        let words = |start: usize, end: usize| text[start..end].iter().collect::<String>();
        let (start, end) = (at("start"), at("end"));
        assert_eq!(selectors[1]["exact"], words(start, end));
        assert_eq!(selectors[1]["prefix"], words(start.saturating_sub(32), start));
        assert_eq!(selectors[1]["suffix"], words(end, (end + 32).min(text.len())));
        assert_eq!(item["target"]["source"], "https://example.org/derna");
    }
    let first = &value["first"]["items"][0];
    assert_eq!(first["body"][0]["source"], "https://sws.geonames.org/87205/");
    assert_eq!(first["creator"]["type"], "Software");
    assert_eq!(first["target"]["selector"][1]["prefix"], "UPPORT US\n\nÉtude: floods 🌊 near ");
}

#[test]
fn whoever_settled_it_made_the_annotation() {
    let value: Value =
        serde_json::from_str(&export(&[settled()], Format::WebAnnotation, Options::default())).unwrap();
    let first = &value["first"]["items"][0];
    assert_eq!(
        (&first["creator"]["type"], &first["creator"]["name"]),
        (&"Person".into(), &"Ann <ann@example.org>".into())
    );
    let said = |purpose: &str| {
        let bodies = first["body"].as_array().unwrap().iter();
        bodies.filter(|body| body["purpose"] == purpose).map(|body| body["value"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(said("commenting"), ["\"Seen\" & <kept>"]);
    assert_eq!(said("tagging"), ["a & b", "c"]);
    assert_eq!(said("assessing"), ["0.97"]);
    assert_eq!(said("classifying"), ["name", "confirmed"]);
}

#[test]
fn a_gazetteer_keeps_to_linked_places() {
    for articles in [vec![], vec![full()], many()] {
        valid("linked-places.schema.json", &export(&articles, Format::LinkedPlaces, Options::default()));
    }
    let value = valid("linked-places.schema.json", &export(&many(), Format::LinkedPlaces, everything()));
    let features = value["features"].as_array().unwrap();
    let ids: BTreeSet<_> = features.iter().map(|feature| feature["@id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), features.len());
    let derna = &features[0];
    assert_eq!(derna["@id"], "https://sws.geonames.org/87205/");
    assert_eq!(derna["properties"]["title"], "Derna");
    assert_eq!((&derna["properties"]["mentions"], &derna["properties"]["articles"]), (&9.into(), &3.into()));
    assert_eq!(derna["when"]["timespans"][0]["start"]["in"], "2023-09-11");
    let names: Vec<_> = derna["names"].as_array().unwrap().iter().map(|name| &name["toponym"]).collect();
    assert_eq!(names, ["Derna", "DERNA"]);
    let cited = &derna["names"][0]["citations"];
    assert_eq!(cited[0]["label"], "The Tripoli Herald, 2023-09-11: Étude: floods 🌊 near Derna");
    assert_eq!((&cited[0]["year"], cited.as_array().unwrap().len()), (&2023.into(), 3));
    assert_eq!(derna["links"][0]["identifier"], "https://www.geonames.org/87205/");
}

/// The names and raw values of an element's attributes.
fn attributes(start: &BytesStart<'_>) -> Vec<(String, String)> {
    let attribute = |attribute: quick_xml::events::attributes::Attribute<'_>| {
        (attribute.key.as_ref().to_owned(), attribute.value.into_owned())
    };
    start.attributes().map(|found| attribute(found.unwrap())).collect()
}

/// The texts in the bodies of a corpus, as a parser that others wrote reads them; asserts that identifiers are unique
/// and that whatever is referred to is there.
fn bodies(xml: &str) -> Vec<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut bodies, mut within) = (Vec::new(), false);
    let (mut ids, mut refers) = (BTreeSet::new(), BTreeSet::new());
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(start) | Event::Empty(start) = &event {
            for (name, value) in attributes(start) {
                if name == "xml:id" {
                    assert!(ids.insert(value.clone()), "{value} comes twice");
                } else if value.starts_with('#') {
                    let here = value.split(' ').filter_map(|part| part.strip_prefix('#'));
                    refers.extend(here.map(str::to_owned));
                }
            }
        }
        match event {
            Event::Start(start) if start.name().as_ref() == "body" => {
                bodies.push(String::new());
                within = true;
            }
            Event::End(end) if end.name().as_ref() == "body" => within = false,
            Event::Text(words) if within => {
                bodies.last_mut().unwrap().push_str(&words);
            }
            Event::GeneralRef(reference) if within => {
                bodies.last_mut().unwrap().push(match &*reference {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "#13" => '\r',
                    other => panic!("&{other};"),
                });
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(refers.difference(&ids).collect::<Vec<_>>(), Vec::<&String>::new());
    bodies
}

/// What XML can carry of a text.
fn carried(text: &str) -> String {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(|&c| c != '\u{c}').map(|c| if legal(c) { c } else { '\u{fffd}' }).collect()
}

fn tei(articles: &[Geoparsed]) -> String {
    export(articles, Format::Tei, everything())
}

#[test]
fn a_text_without_its_marks_is_the_text() {
    let articles = many();
    let expected: Vec<_> = articles.iter().map(|article| carried(&article.article.text)).collect();
    assert_eq!(bodies(&tei(&articles)), expected);
    assert_eq!(bodies(&tei(&[])), [""]);
}

#[test]
fn names_dates_and_events_are_marked() {
    let xml = tei(&[settled()]);
    let check = |expected: &str| assert!(xml.contains(expected), "{expected} is not in\n{xml}");
    check(
        "<p><seg type=\"boilerplate\">SUPPORT US</seg></p>\n\n<div type=\"article\"><head>Étude: floods 🌊 near ",
    );
    check(
        "<placeName xml:id=\"a1-m1\" type=\"name\" subtype=\"literal\" role=\"mention\" key=\"geonames:87205\" \
         ref=\"#a1-p1 https://sws.geonames.org/87205/\" cert=\"0.97\" ana=\"#confirmed\" resp=\"#a1-r1\">Derna</placeName>",
    );
    check("resp=\"#a1-r2\">Derna</placeName> on <date xml:id=\"a1-d1\" when=\"2023-09-10\">Sunday</date>");
    check("A dam <rs xml:id=\"a1-t1\" type=\"event\" subtype=\"accident\" ref=\"#a1-e1\">broke</rs> 12 km");
    check("Libyan crews");
    check("<geo>32.76704 22.63669</geo>");
    check("<span target=\"#a1-m1\">\"Seen\" &amp; &lt;kept&gt;</span>");
    check("<idno type=\"URI\">https://example.org/a b?c=\"d\"&amp;e=&lt;f&gt;</idno>");
    assert!(!xml.contains(">Libyan<"), "what was rejected is no name");
}

#[test]
fn pages_and_characters_that_xml_does_not_know() {
    let text = "One\u{0}\r\nin Oslo\u{c}Two\u{fffe}\u{c}";
    let mentions =
        vec![mention(text, "Oslo", vec![candidate(place("a:1", "<Oslo>", "NO", 59.9, 10.7), 0.5)])];
    let mut paged = article("a\u{1}.pdf", text, mentions);
    paged.article.boilerplate = vec![span(text, "Oslo\u{c}Two"), Span::new(0, 0)];
    let xml = tei(&[paged]);
    assert_eq!(bodies(&xml), ["One\u{fffd}\r\nin OsloTwo\u{fffd}"]);
    assert!(xml.contains("</p><pb n=\"2\"/><p>") && xml.contains("</p><pb n=\"3\"/>"), "{xml}");
}

/// Parsers that others wrote; where they are not installed there is nothing to ask.
fn asks(program: &str, args: &[&str], input: &str) {
    let spawned = Command::new(program)
        .args(args)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let Ok(mut child) = spawned else {
        eprintln!("{program} is not installed: nothing is asked of it");
        return;
    };
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn xmllint_reads_the_corpus() {
    asks("xmllint", &["--noout", "-"], &tei(&many()));
    asks("xmllint", &["--noout", "-"], &tei(&[]));
}

#[test]
fn xpath_finds_the_names() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("corpus.xml");
    std::fs::write(&path, tei(&[full()])).unwrap();
    let xpath = "count(//*[local-name()='placeName'][@cert])";
    match Command::new("xmllint").args(["--xpath", xpath]).arg(&path).output() {
        Ok(output) => assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "6"),
        Err(_) => eprintln!("xmllint is not installed: nothing is asked of it"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_with_any_marks_is_the_text(
        text in any::<String>(),
        spans in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6),
        skipped in prop::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..4),
        title in any::<Option<(prop::sample::Index, prop::sample::Index)>>(),
    ) {
        let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        let span = |(one, other): (prop::sample::Index, prop::sample::Index)| {
            let (one, other) = (bounds[one.index(bounds.len())], bounds[other.index(bounds.len())]);
            Span::new(one.min(other), one.max(other))
        };
        let mut marked = article("a", &text, Vec::new());
        for (number, found) in spans.into_iter().map(span).enumerate() {
            let mut mention = full().mentions[number].clone();
            mention.span = found;
            marked.mentions.push(mention);
            let mut date = full().dates[0].clone();
            date.span = Span::new(found.start, text.len());
            marked.dates.push(date);
        }
        marked.mentions.sort_by_key(|mention| mention.span);
        marked.article.boilerplate = skipped.into_iter().map(span).collect();
        marked.article.title_span = title.map(span);
        prop_assert_eq!(bodies(&tei(&[marked])), [carried(&text)]);
    }
}
