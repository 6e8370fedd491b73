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
        &["a.json#1|In Oslo.|||", "b|In Rome.|||"],
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
    assert_eq!(none.len(), 21);
    assert_eq!(none[20], "!a.json: none of its first 20 objects is an article; the rest is not read");
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
