//! Documents as services give them, and as they should not be.

use std::io::{BufReader, Read};

use proptest::prelude::*;

use super::*;
use crate::ingest::{Column, Ingested, Unopened};

fn read(json: impl Read + Send + 'static, options: Options) -> Vec<String> {
    let steps = steps("a.json".to_owned(), "a.json".to_owned(), BufReader::new(json), &Arc::new(options));
    let shown = |step: crate::ingest::Step| match step {
        Ok(Ingested::Article(article)) => {
            let date = article.date.map(|date| date.to_string()).unwrap_or_default();
            let fields = [&article.source, &article.url].map(|field| field.clone().unwrap_or_default());
            format!("{}|{}|{date}|{}|{}", article.id, article.text, fields[0], fields[1])
        }
        Ok(Ingested::Geoparsed(geoparsed)) => format!("={}", geoparsed.article.id),
        Err(problem) => format!("!{}: {}", problem.place, problem.reason),
    };
    steps.flat_map(Unopened::open).map(shown).collect()
}

fn check(json: &'static str, expected: &[&str]) {
    assert_eq!(read(json.as_bytes(), Options::default()), expected, "{json}");
}

#[test]
fn lists_and_answers_of_services_are_read() {
    check(
        r#"[{"text": "In Oslo."}, {"id": "b", "text": "In Rome."}]"#,
        &["a.json#1|In Oslo.|||", "a.json#b|In Rome.|||"],
    );
    check("[\n  {\n    \"text\": \"In Oslo.\"\n  }\n]\n", &["a.json#1|In Oslo.|||"]);
    check(
        r#"{"status": "ok", "articles": [{"source": {"id": null, "name": "The Fjord"}, "title": "Rain", "publishedAt": "2016-10-17T08:00:00Z", "url": "https://example.org/1", "content": "It fell in Oslo.", "description": "Rain."}]}"#,
        &["a.json#1|Rain\n\nIt fell in Oslo.|2016-10-17|The Fjord|https://example.org/1"],
    );
    check(
        r#"{"articles": [{"url": "https://example.org/1", "title": "Rain in Oslo", "seendate": "20161017T080000Z", "domain": "example.org"}]}"#,
        &["a.json#1|Rain in Oslo|2016-10-17|example.org|https://example.org/1"],
    );
    check(
        r#"{"took": 3, "hits": {"total": 1, "hits": [{"_index": "news", "_source": {"headline": "Rain", "body": "It fell in Oslo."}}]}}"#,
        &["a.json#1|Rain\n\nIt fell in Oslo.|||"],
    );
    check(
        "{\n \"response\": {\n  \"docs\": [\n   {\"title\": {\"rendered\": \"Rain\"}, \"content\": {\"rendered\": \"It fell in Oslo.\"}}]}}",
        &["a.json#1|Rain\n\nIt fell in Oslo.|||"],
    );
}

#[test]
fn answers_of_well_known_services_are_read() {
    // Telegram: the words of a message are pieces; one that is a picture has none.
    check(
        r#"{"name": "Fjord News", "type": "public_channel", "id": 12, "messages": [
            {"id": 1, "type": "message", "date": "2016-10-17T08:00:00", "text": ["Rain in ", {"type": "bold", "text": "Oslo"}, "."]},
            {"id": 2, "type": "message", "date": "2016-10-17T08:00:00", "photo": "a.jpg", "text": ""},
            {"id": 3, "type": "message", "date": "2016-10-18T08:00:00", "text": "And in Rome."}]}"#,
        &["a.json#1|Rain in Oslo.|2016-10-17||", "a.json#3|And in Rome.|2016-10-18||"],
    );
    check(
        r#"{"articles": {"results": [{"uri": "1", "lang": "eng", "date": "2016-10-17", "url": "https://example.org/1", "title": "Rain", "body": "It fell in Oslo.", "source": {"uri": "fjord.example", "title": "The Fjord"}}], "totalResults": 1}}"#,
        &["a.json#1|Rain\n\nIt fell in Oslo.|2016-10-17|The Fjord|https://example.org/1"],
    );
    check(
        r#"{"status": "OK", "response": {"docs": [{"abstract": "Rain.", "web_url": "https://example.org/1", "snippet": "Rain.", "lead_paragraph": "It fell in Oslo on Monday.", "headline": {"main": "Rain", "kicker": "Weather"}, "source": "The Fjord", "pub_date": "2016-10-17T08:00:00+0000", "_id": "doc://1", "uri": "doc://1"}]}}"#,
        &["a.json#doc://1|Rain\n\nIt fell in Oslo on Monday.|2016-10-17|The Fjord|https://example.org/1"],
    );
    check(
        r#"{"response": {"status": "ok", "results": [{"id": "world/1", "type": "article", "webPublicationDate": "2016-10-17T08:00:00Z", "webTitle": "Rain", "webUrl": "https://example.org/1", "fields": {"bodyText": "It fell in Oslo."}}]}}"#,
        &["a.json#world/1|Rain\n\nIt fell in Oslo.|2016-10-17||https://example.org/1"],
    );
    check(
        r#"{"items": [{"id": "1", "title": "Rain", "content_text": "It fell in Oslo.", "date_published": "2016-10-17"}]}"#,
        &["a.json#1|Rain\n\nIt fell in Oslo.|2016-10-17||"],
    );
}

#[test]
fn good_lines_are_not_lost_over_trifles() {
    check(
        r#"{"id": "a", "text": "In Oslo.", "score": NaN, "date": 1476691200, "source": {"name": "The Fjord"}}
{"id": "b", "text": "In Rome \ud83d.", "date": "17-Oct-16"}
{"id": "c", "text": "In Rome.", "date": "someday in 2O16 or 17"}
{"id": "d", "headline": "Rain", "body": "In Rome.", "date": "7 Smarch"}"#,
        &[
            "a|In Oslo.|2016-10-17|The Fjord|",
            "b|In Rome \u{fffd}.|2016-10-17||",
            "!a.json:3: the date “someday in 2O16 or 17” is left out: it is not a date like 2016-10-17",
            "c|In Rome.|||",
            "!a.json:4: the date “7 Smarch” is left out: it is not a date like 2016-10-17",
            "a.json#d|Rain\n\nIn Rome.|||",
        ],
    );
    let language = |line: &'static str| {
        let steps = steps("a".to_owned(), "a".to_owned(), line.as_bytes(), &Arc::default());
        steps.flat_map(Unopened::open).find_map(|step| match step {
            Ok(Ingested::Article(article)) => article.language,
            _ => None,
        })
    };
    assert_eq!(language(r#"{"text": "In Oslo.", "language": "German"}"#).as_deref(), Some("de"));
    assert_eq!(language(r#"{"text": "In Oslo.", "language": {"name": "eng"}}"#).as_deref(), Some("en"));
}

#[test]
fn lines_in_other_encodings_are_read() {
    let line = "{\"id\": \"a\", \"text\": \"Президент посетил Казань, где открылась новая станция метро. Он пробыл там день.\"}\n";
    let expected = ["a|Президент посетил Казань, где открылась новая станция метро. Он пробыл там день.|||"];
    let wide = |mark: &str| -> Vec<u8> {
        format!("{mark}{line}").encode_utf16().flat_map(u16::to_le_bytes).collect()
    };
    for bytes in [encoding_rs::WINDOWS_1251.encode(line).0.into_owned(), wide("\u{feff}"), wide("")] {
        assert_eq!(read(std::io::Cursor::new(bytes), Options::default()), expected);
    }
    let mut damaged = "{\"id\": \"a\", \"text\": \"Łódź, Gdańsk, Poznań\"}".as_bytes().to_vec();
    damaged.insert(24, 0xFF);
    let read = read(std::io::Cursor::new(damaged), Options::default());
    assert!(read[0].contains("Gdańsk, Poznań"), "{read:?}");
}

#[test]
fn objects_without_text_are_nothing_strange() {
    let deleted = "{\"id\": 1, \"deleted\": true}\n".repeat(25);
    let lines = format!("{deleted}{{\"id\": \"b\", \"text\": \"In Oslo.\"}}\n");
    let read = read(std::io::Cursor::new(lines.into_bytes()), Options::default());
    assert_eq!(read.len(), 22);
    assert_eq!(read[20..], ["!a.json: 5 more lines have no text", "b|In Oslo.|||"]);
}

#[test]
fn a_list_of_numbers_takes_no_more_than_its_share() {
    let numbers = "1,".repeat(600_000);
    let json = format!("{{\n\"title\": \"Rain\", \"body\": \"In Oslo.\", \"values\": [{numbers}1]}}");
    let json: &'static [u8] = json.into_bytes().leak();
    assert_eq!(read(json, Options::default()), ["a.json|Rain\n\nIn Oslo.|||"]);
    let mut room = MOST_VALUES;
    let Ok(serde_json::Value::Array(kept)) = value(&format!("[{numbers}1]"), &mut room) else { panic!() };
    assert_eq!((kept.len(), room), (MOST_VALUES, 0));
}

#[test]
fn one_object_is_one_article() {
    check(
        "{\n  \"headline\": \"Rain\",\n  \"body\": [\"It fell in Oslo.\", \"And in Rome.\"]\n}\n",
        &["a.json|Rain\n\nIt fell in Oslo.\n\nAnd in Rome.|||"],
    );
    check(
        "{\"headline\": \"Rain\", \"body\": \"It fell in Oslo.\"}\n{\"text\": \"In Rome.\"}",
        &["a.json:1|Rain\n\nIt fell in Oslo.|||", "a.json:2|In Rome.|||"],
    );
    check("{\n  \"colour\": \"red\"\n}\n", &["!a.json: there is no “text”"]);
}

#[test]
fn a_field_that_was_chosen_counts() {
    let options = Options { columns: [(Column::Text, "notes".to_owned())].into(), ..Options::default() };
    let json = r#"[{"text": "In Oslo.", "notes": "In Rome."}]"#;
    assert_eq!(read(json.as_bytes(), options), ["a.json#1|In Rome.|||"]);
}

#[test]
fn what_is_damaged_loses_nothing_else() {
    check(
        "[{\"text\": \"In Oslo.\"}, {\"tex",
        &["a.json#1|In Oslo.|||", "!a.json#2: it is cut short: the JSON goes on"],
    );
    check(
        "[{\"text\": \"In Oslo.\"}, {\"text\" 12}, {\"text\": \"In Rome.\"}]",
        &["a.json#1|In Oslo.|||", "!a.json#2: not JSON: expected `:` at column 9", "a.json#3|In Rome.|||"],
    );
    check("[]", &[]);
    let none = read(
        "[{\"a\": 1}"
            .to_owned()
            .chars()
            .chain(",{\"a\": 1}".repeat(30).chars())
            .collect::<String>()
            .into_bytes()
            .leak() as &[u8],
        Options::default(),
    );
    assert_eq!(none.len(), 22);
    assert_eq!(none[20], "!a.json: none of its 31 objects has a text");
}

#[test]
fn a_long_list_is_never_held_whole() {
    // Eight gigabytes, of which the first thousand articles are read.
    let endless = std::io::repeat(b' ').take(8 << 30);
    let list = b"["
        .chain(std::io::Cursor::new("{\"text\": \"In Oslo.\"},".repeat(1000).into_bytes()))
        .chain(endless);
    let steps = steps("a.json".to_owned(), "a.json".to_owned(), BufReader::new(list), &Arc::default());
    assert_eq!(steps.take(1000).count(), 1000);
}

#[test]
fn deep_nesting_is_a_problem() {
    let deep = format!("[{{\"text\": \"In Oslo.\", \"x\": {}{}}}]", "[".repeat(100_000), "]".repeat(100_000));
    let read = read(std::io::Cursor::new(deep.into_bytes()), Options::default());
    assert_eq!(read.len(), 1);
    assert!(read[0].starts_with("!a.json#1: not JSON: recursion limit exceeded at column"), "{}", read[0]);
}

proptest! {
    #[test]
    fn damaged_documents_are_articles_or_problems(cut in 0usize..300, at in 0usize..300, byte: u8) {
        let mut json = r#"{"status": "ok", "articles": [{"title": "Rain", "content": "It fell in Oslo."}, {"source": {"name": "The Fjord"}, "body": ["It fell.", "In Rome."]}]}"#.as_bytes().to_vec();
        let at = at % json.len();
        json[at] = byte;
        json.truncate(json.len().saturating_sub(cut));
        read(std::io::Cursor::new(json), Options::default());
    }
}
