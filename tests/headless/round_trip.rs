//! What was exported and is read back is the same: the mentions, the events, the bytes.

use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use dateline::export::{Exporter, Format, Options, Rows};
use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::ingest::{self, Ingested};
use dateline::model::{
    Actor, Article, DateKind, DateMention, Days, Decided, Event, EventType, Geoparsed, How, Kind, Mention,
    Part, Polarity, Role, Sense, Span, When,
};
use proptest::prelude::*;

use crate::support::{article, awkward, candidate, full, mention, pacific, place, run};

static GEOPARSER: LazyLock<Geoparser> = LazyLock::new(|| Geoparser::new(Gazetteer::embedded().unwrap()));

/// The formats that carry all columns of a row and can be read.
const FORMATS: [Format; 4] = [Format::GeoJson, Format::GeoJsonLines, Format::Csv, Format::WebAnnotation];

fn options(rows: Rows) -> Options {
    Options { rows, kinds: Some(Kind::ALL.to_vec()), unresolved: true, ..Options::default() }
}

fn export(articles: &[Geoparsed], format: Format, rows: Rows) -> String {
    let mut exporter = Exporter::start(Vec::new(), format, options(rows)).unwrap();
    articles.iter().for_each(|article| exporter.article(article).unwrap());
    String::from_utf8(exporter.finish().unwrap().0).unwrap()
}

/// What is read of a file, and what is told of the rest.
fn read(text: &[u8], extension: &str) -> (Vec<Geoparsed>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join("exported").with_extension(extension);
    fs::write(&path, text).unwrap();
    let (mut articles, mut problems) = (Vec::new(), Vec::new());
    for step in ingest::read(&[path]) {
        match step {
            Ok(Ingested::Geoparsed(geoparsed)) => articles.push(*geoparsed),
            Ok(Ingested::Article(article)) => problems.push(format!("{} is not geoparsed", article.id)),
            Err(problem) => problems.push(problem.reason),
        }
    }
    (articles, problems)
}

fn again(text: &str, format: Format) -> Vec<Geoparsed> {
    let (articles, problems) = read(text.as_bytes(), format.extension());
    assert_eq!(problems, Vec::<String>::new(), "{text}");
    articles
}

/// Where two files part, with what is around it.
fn difference(one: &str, two: &str) -> Option<String> {
    if one == two {
        return None;
    }
    let at = one.bytes().zip(two.bytes()).take_while(|(one, two)| one == two).count();
    let line = one.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
    let around = |text: &str| {
        let bytes = &text.as_bytes()[at.saturating_sub(200)..(at + 100).min(text.len())];
        String::from_utf8_lossy(bytes).into_owned()
    };
    Some(format!("line {line}: {:?}\n{:?}", around(one), around(two)))
}

fn check(articles: &[Geoparsed]) {
    for rows in [Rows::Mentions, Rows::Events] {
        for format in FORMATS {
            let first = export(articles, format, rows);
            let second = export(&again(&first, format), format, rows);
            assert_eq!(difference(&first, &second), None, "{format}, {}", rows.as_str());
        }
    }
}

/// Whether white space of its text is wider than one space.
fn has_wide_spaces(article: &Geoparsed) -> bool {
    let blank: Vec<bool> = article.article.text.chars().map(char::is_whitespace).collect();
    blank.windows(2).any(|two| two == [true, true])
}

/// A table without the sentences around its words.
fn without_sentences(table: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let around = |name: &str| !["quote_before", "quote_after"].contains(&name);
    let kept: Vec<bool> = reader.headers().unwrap().iter().map(around).collect();
    let cells = |row: csv::StringRecord| {
        let cells = row.iter().zip(&kept).filter(|(_, kept)| **kept).map(|(cell, _)| format!("{cell:?}"));
        cells.collect::<Vec<_>>().join(",") + "\n"
    };
    reader.records().map(|row| cells(row.unwrap())).collect()
}

/// Without articles of which there is no row, which no file of rows can tell of.
fn told(articles: Vec<Geoparsed>) -> Vec<Geoparsed> {
    articles.into_iter().filter(|article| !article.mentions.is_empty()).collect()
}

#[test]
fn what_was_written_reads_as_the_same() {
    check(&[]);
    check(&[full()]);
    check(&[full(), pacific(), awkward()]);
    check(&[pacific(), pacific()]);
}

#[test]
fn the_sample_reads_as_the_same() {
    let read = |article: Article| {
        let mut geoparsed = GEOPARSER.geoparse(article);
        geoparsed.dates = dateline::dates::find(&geoparsed.article);
        dateline::events::read(&mut geoparsed);
        geoparsed
    };
    check(&ingest::sample().into_iter().map(read).collect::<Vec<_>>());
}

#[test]
fn mentions_are_the_same_to_the_field() {
    let mut before = full();
    before.mentions[0].decided = Some(Box::new(Decided {
        how: How::Confirmed,
        by: "Ann".into(),
        note: Some("Checked.".into()),
        tags: vec!["a".into(), "b".into()],
        found: None,
    }));
    for format in FORMATS {
        let after = again(&export(std::slice::from_ref(&before), format, Rows::Mentions), format).remove(0);
        assert!(after.as_read);
        let (one, two) = (&before.article, &after.article);
        assert_eq!((&one.id, &one.title, one.date), (&two.id, &two.title, two.date));
        assert_eq!((&one.source, &one.url, &one.language), (&two.source, &two.url, &two.language));
        assert_eq!(before.mentions.len(), after.mentions.len());
        for (one, two) in before.mentions.iter().zip(&after.mentions) {
            assert_eq!(one.span.of(&before.article.text), two.span.of(&after.article.text));
            assert_eq!((one.kind, one.sense, one.role), (two.kind, two.sense, two.role));
            assert_eq!((one.resolved, &one.decided), (two.resolved, &two.decided));
            assert_eq!(one.place().map(|place| &place.id), two.place().map(|place| &place.id));
        }
        let event = &after.events[0];
        assert_eq!(event.trigger.of(&after.article.text), "broke");
        assert_eq!(event.actors[0].span.of(&after.article.text), "A dam");
        assert_eq!(
            (event.places.as_slice(), after.edtf_of(event).as_deref()),
            (&[2][..], Some("2023-09-10"))
        );
    }
}

#[test]
fn every_sentence_stands_where_it_stood() {
    let text =
        "Rain.  Floods\u{a0} hit Derna,  near  Tobruk. In Benghazi\nit rained.\n\nNew\nYork, then Rome.";
    let name = |words: &str| mention(text, words, vec![candidate(place("a:1", "A", "LY", 1.0, 2.0), 0.5)]);
    let article = article("a", text, ["Derna", "Tobruk", "Benghazi", "New\nYork", "Rome"].map(name).to_vec());
    let again = again(&export(&[article], Format::Csv, Rows::Mentions), Format::Csv).remove(0);
    // Nobody knows that there are two spaces behind "Floods"; those behind "Derna," are known to be four in two places.
    let blank = "\n".repeat(12);
    let expected = format!(
        "{}Floods hit Derna,   near Tobruk.\nIn Benghazi{blank}\nNew\nYork, then Rome.",
        "\n".repeat(8)
    );
    assert_eq!(again.article.text, expected);
}

#[test]
fn a_sentence_of_the_same_words_is_another_sentence() {
    let text = "On Sunday Gen. 東京。 Floods hit the towns\nGen. 東京。 Floods";
    let late = text.rfind("東京。").unwrap();
    let place = |id: &str| vec![candidate(place(id, "A", "LY", 1.0, 2.0), 0.5)];
    let mut words = mention(text, "東京。", place("a:2"));
    words.span = Span::new(late, late + "東京。".len());
    let before = article("a", text, vec![mention(text, "Gen.", place("a:1")), words]);
    let table = export(std::slice::from_ref(&before), Format::Csv, Rows::Mentions);
    let after = export(&again(&table, Format::Csv), Format::Csv, Rows::Mentions);
    assert_eq!(difference(&table, &after), None);
}

#[test]
fn the_program_reads_what_it_wrote() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("a.txt"),
        "A long march\n\nCAIRO, 3 May 2019 (Wire) - Protesters marched from Giza to Cairo on Thursday, and police \
         arrested forty people in Alexandria. Egyptian officials met in Luxor on Friday.\n",
    )
    .unwrap();
    for name in ["one.geojson", "one.geojsonl", "one.csv", "one.jsonld"] {
        let again = format!("again-{name}");
        assert_eq!(run(folder.path(), &["geoparse", "a.txt", "-o", name]).code, 0);
        let ran = run(folder.path(), &["geoparse", name, "-o", &again]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{name}");
        let bytes = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(bytes(&again), bytes(name));
        // From any of the formats to any other.
        assert_eq!(run(folder.path(), &["geoparse", name, "-o", "other.csv"]).code, 0);
        assert_eq!(run(folder.path(), &["geoparse", "a.txt", "-o", "straight.csv"]).code, 0);
        assert_eq!(bytes("other.csv"), bytes("straight.csv"), "{name}");
    }
}

#[test]
fn a_table_that_was_sorted_has_the_same_articles() {
    let table = export(&[full(), pacific()], Format::Csv, Rows::Mentions);
    let mut records: Vec<&str> = table.split("\r\n").filter(|line| !line.is_empty()).collect();
    let header = records.remove(0);
    records.sort_by_key(|record| record.split(',').nth(1).unwrap().to_owned());
    let sorted = format!("{header}\r\n{}\r\n", records.join("\r\n"));
    let (mut articles, problems) = read(sorted.as_bytes(), "csv");
    assert_eq!(problems, Vec::<String>::new());
    articles.sort_by(|a, b| a.article.id.cmp(&b.article.id));
    assert_eq!(export(&articles, Format::Csv, Rows::Mentions), table);
}

#[test]
fn a_spreadsheet_may_have_written_it_otherwise() {
    let table = export(&[pacific()], Format::Csv, Rows::Mentions);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(reader.headers().unwrap()).unwrap();
    reader.records().for_each(|record| writer.write_record(&record.unwrap()).unwrap());
    let (articles, problems) = read(&writer.into_inner().unwrap(), "csv");
    assert_eq!(problems, Vec::<String>::new());
    assert_eq!(export(&articles, Format::Csv, Rows::Mentions), table);
}

#[test]
fn pages_are_those_they_were() {
    let text = "In Rome.\n\n\u{c}\u{c}In Oslo and\u{c}in Bonn.\u{c}";
    let name = |words: &str| mention(text, words, vec![candidate(place("a:1", "A", "LY", 1.0, 2.0), 0.5)]);
    check(&[article("a.pdf", text, ["Rome", "Oslo", "Bonn"].map(name).to_vec())]);
    check(&[article("a.pdf", "One page: Oslo.\u{c}", vec![])]);
    let text = "One page: Oslo.\u{c}";
    check(&[article("a.pdf", text, vec![mention(text, "Oslo", vec![])])]);
}

#[test]
fn maps_of_others_are_named_as_such() {
    let check = |text: &str, extension: &str, expected: &[&str]| {
        let (articles, problems) = read(text.as_bytes(), extension);
        assert_eq!((articles.len(), problems.len()), (0, expected.len()), "{problems:?}");
        for (problem, expected) in problems.iter().zip(expected) {
            assert!(problem.contains(expected), "{problem}");
        }
    };
    let layer = "a map of others can be added as a layer";
    check(
        r#"{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"name":"x"}}]}"#,
        "geojson",
        &[layer],
    );
    check(r#"{"type":"Point","coordinates":[1,2]}"#, "geojson", &[layer]);
    check("not json", "geojson", &[layer]);
    check(
        "{\"type\":\"Feature\",\"properties\":{}}\n{\"type\":\"Feature\",\"properties\":null}",
        "geojsonl",
        &[layer],
    );
    check("[]", "jsonld", &[]);
}

#[test]
fn offsets_do_not_fill_the_memory() {
    let row = |end: u64| {
        format!(
            r#"{{"type":"Feature","properties":{{"id":"a#char=0,{end}","doc_id":"a","quote":"x","mention":"x","char_start":{},"char_end":{end}}}}}"#,
            end - 1
        )
    };
    for end in [100_000_000, 4_000_000_000, u64::MAX] {
        let (articles, problems) = read(row(end).as_bytes(), "geojsonl");
        assert_eq!((articles.len(), problems.len()), (0, 1), "{end}: {problems:?}");
    }
    let many: Vec<String> = (0..1000).map(|n| row(1_000_000).replace("a#", &format!("a{n}#"))).collect();
    let (articles, problems) = read(many.join("\n").as_bytes(), "geojsonl");
    assert!((10..50).contains(&articles.len()), "{}", articles.len());
    assert_eq!(articles.len() + problems.len(), 1000);
}

/// Words of every sort, and what parts them.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "Floods", "hit", "the", "U.S.", "Gen.", "Haftar", "Derna", "New", "York", "東京。", "كابل", "🌊",
        "=SUM(A1)", "'=x", "«", "»", "…", "said:", "\"No\"", "end.", "Why?", "3.5", "km", "a-b", "é", "x;",
        "y,",
    ]);
    let gap = prop::sample::select(vec![
        " ", " ", " ", " ", "  ", "\n", "\n\n", "\t", "\u{a0}", "\r\n", " \n ", ". ", ".", "\u{2028}",
    ]);
    prop::collection::vec((word, gap), 1..120)
        .prop_map(|words| words.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

fn decided() -> impl Strategy<Value = Option<Box<Decided>>> {
    let by = prop::sample::select(vec!["", "Ann", "Bo; C."]);
    let words = (
        prop::option::of(prop::sample::select(vec!["A note.", "=x"])),
        prop::sample::subsequence(vec!["a", "b"], 0..=2),
    );
    prop::option::of((prop::sample::select(How::ALL[..4].to_vec()), by, words).prop_map(
        |(how, by, (note, tags))| {
            let (note, tags) = (note.map(str::to_owned), tags.into_iter().map(str::to_owned).collect());
            Box::new(Decided { how, by: by.to_owned(), note, tags, found: None })
        },
    ))
}

/// An article with mentions and events anywhere in it.
fn geoparsed() -> impl Strategy<Value = Geoparsed> {
    let spots =
        prop::collection::vec((any::<prop::sample::Index>(), 1..3_usize, decided(), any::<bool>()), 1..12);
    let dates = prop::sample::select(vec!["", "2023-09-11", "2023-09", "XXXX-10-31"]);
    let events = prop::collection::vec(
        (
            any::<prop::sample::Index>(),
            prop::collection::vec(any::<prop::sample::Index>(), 0..3),
            0..5_u8,
            decided(),
        ),
        0..5,
    );
    (words(), spots, dates, events, "[a-c]").prop_map(|(text, spots, date, events, id)| {
        let starts: Vec<(usize, &str)> = text
            .split_inclusive(char::is_whitespace)
            .scan(0, |at, word| {
                let start = *at;
                *at += word.len();
                Some((start, word.trim_end()))
            })
            .filter(|(_, word)| !word.is_empty())
            .collect();
        let words = |at: usize, count: usize| {
            let last = starts[(at + count - 1).min(starts.len() - 1)];
            Span::new(starts[at].0, last.0 + last.1.len())
        };
        let mut mentions: Vec<Mention> = Vec::new();
        let mut spots: Vec<_> = spots
            .into_iter()
            .map(|(at, count, decided, placed)| (at.index(starts.len()), count, decided, placed))
            .collect();
        spots.sort_by_key(|spot| spot.0);
        for (number, (at, count, decided, placed)) in spots.into_iter().enumerate() {
            // Names are of one sentence, as far as Unicode's rules can tell; line ends are in them all the same.
            let ends = |word: &str| !["U.S.", "Gen."].contains(&word) && word.contains(['.', '。', '?']);
            let count =
                if ends(starts[at].1) || text[starts[at].0..].contains('\u{2028}') { 1 } else { count };
            let span = words(at, count);
            if mentions.last().is_some_and(|last| span.start < last.span.end) {
                continue;
            }
            let place = place(&format!("geonames:{number}"), "Derna", "LY", 32.7 + number as f64, -22.6);
            mentions.push(Mention {
                span,
                decided,
                kind: Kind::ALL[number % 4],
                sense: if placed { Sense::Literal } else { Sense::Associative },
                role: Role::Mention,
                candidates: vec![candidate(place, 0.123_456)],
                resolved: placed,
            });
        }
        let mut geoparsed = article(&id, &text, mentions);
        geoparsed.article.date = date.parse().ok();
        geoparsed.dates = vec![
            DateMention {
                span: Span::new(0, 1),
                kind: DateKind::Range,
                edtf: "2011/..".into(),
                days: "2011".parse().ok().and_then(Days::of),
            },
            DateMention { span: Span::new(0, 1), kind: DateKind::Duration, edtf: "P3D".into(), days: None },
            DateMention {
                span: Span::new(0, 1),
                kind: DateKind::Date,
                edtf: "2016".into(),
                days: "2016".parse().ok().and_then(Days::of),
            },
        ];
        let count = geoparsed.mentions.len();
        geoparsed.events = events
            .into_iter()
            .map(|(at, places, when, decided)| {
                let at = at.index(starts.len());
                let mut places: Vec<usize> = places.into_iter().map(|place| place.index(count)).collect();
                places.dedup();
                Event {
                    trigger: words(at, 1),
                    kind: EventType::ALL[at % 20],
                    subtype: (at % 2 == 0).then(|| "air strike".into()),
                    polarity: Polarity::ALL[at % 5],
                    background: at % 3 == 0,
                    places,
                    when: [When::Unknown, When::Published, When::Date(0), When::Date(1), When::Date(2)]
                        [usize::from(when)],
                    actors: vec![Actor {
                        span: words(at / 2, 2),
                        part: [Part::Source, Part::Target][at % 2],
                        country: None,
                    }],
                    quote: words(at, 1),
                    score: 0.654_321,
                    decided,
                }
            })
            .collect();
        geoparsed.events.sort_by_key(|event| event.trigger);
        geoparsed
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_article_reads_as_the_same(articles in prop::collection::vec(geoparsed(), 1..4)) {
        let articles = told(articles);
        let table = export(&articles, Format::Csv, Rows::Mentions);
        for format in FORMATS {
            let first = export(&articles, format, Rows::Mentions);
            let read = again(&first, format);
            let after = export(&read, Format::Csv, Rows::Mentions);
            if format == Format::WebAnnotation && articles.iter().any(has_wide_spaces) {
                // An annotation has its sentence with single spaces, and real ones only near its words: between the two
                // nobody knows which space was wide, so the sentence may have a letter twice where they meet.
                prop_assert_eq!(difference(&without_sentences(&table), &without_sentences(&after)), None, "{}", format);
                continue;
            }
            prop_assert_eq!(difference(&table, &after), None, "{}", format);
            // Words of an event that stand in no sentence that is quoted may stand where an annotation tells that the text
            // is at its end.
            if format != Format::WebAnnotation || articles.iter().all(|article| article.events.is_empty()) {
                let second = export(&read, format, Rows::Mentions);
                prop_assert_eq!(difference(&first, &second), None, "{}", format);
            }
        }
    }

    #[test]
    fn whatever_became_of_a_file_it_harms_nobody(
        format in prop::sample::select(FORMATS.to_vec()),
        cut in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..8),
    ) {
        let mut bytes = export(&[full(), awkward()], format, Rows::Mentions).into_bytes();
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        read(&bytes, format.extension());
    }
}
