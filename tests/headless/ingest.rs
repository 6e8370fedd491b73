//! Reading: pages as they come from the web, files in bad shape, folders, JSON Lines.
//! The pages are in `pages/`: a head that says what a careful reader finds, then the text.

#![allow(clippy::expect_used)]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use dateline::ingest::{self, Ingested};
use dateline::model::record::ArticleRecord;
use dateline::model::{
    Article, Candidate, DateEvidence, Geoparsed, Kind, Mention, PartialDate, Place, Precision, Problem, Role,
    Sense, Span,
};

/// A page with what a careful reader makes of it. Lines that begin with `~ ` are furniture.
struct Page {
    expected: Vec<(String, String)>,
    text: String,
    furniture: Vec<bool>,
}

impl Page {
    fn parse(source: &str) -> Self {
        let (head, body) = source.split_once("---\n").expect("a page has a head");
        let expected = head
            .lines()
            .map(|line| line.split_once(':').expect("key: value"))
            .map(|(key, value)| (key.to_owned(), value.trim().to_owned()))
            .collect();
        let (mut text, mut furniture) = (String::new(), Vec::new());
        for line in body.lines() {
            let plain = line.strip_prefix("~ ");
            furniture.push(plain.is_some());
            text.push_str(plain.unwrap_or(line));
            text.push('\n');
        }
        Self { expected, text, furniture }
    }

    /// What came out differently, in words.
    fn differences(&self, article: &Article) -> Vec<String> {
        let mut found = Vec::new();
        for (key, expected) in &self.expected {
            let actual = match key.as_str() {
                "title" => article.title.clone(),
                "date" => article.date.map(|date| date.to_string()),
                "source" => article.source.clone(),
                "dateline" => article.dateline.as_ref().map(|line| line.span.of(&article.text).to_owned()),
                _ => panic!("no such key: {key}"),
            };
            let actual = actual.unwrap_or_default();
            if actual != *expected {
                found.push(format!("{key}: {actual:?}, not {expected:?}"));
            }
        }
        let mut start = 0;
        for (line, &expected) in self.text.split_inclusive('\n').zip(&self.furniture) {
            let span = Span::new(start, start + line.trim_end().len());
            let marked = article.boilerplate.iter().any(|furniture| furniture.contains(span));
            if !span.is_empty() && marked != expected {
                let what = if marked { "marked" } else { "not marked" };
                found.push(format!("{what}: {}", line.trim_end()));
            }
            start += line.len();
        }
        found
    }
}

#[test]
fn pages_are_read_as_a_careful_reader_would() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/pages");
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).expect("pages").map(|entry| entry.expect("page").path()).collect();
    files.retain(|file| file.is_file());
    files.sort();
    let mut report = String::new();
    for file in &files {
        let page = Page::parse(&fs::read_to_string(file).expect("a page"));
        let article = ingest::plain_text("page.txt", page.text.clone());
        assert_eq!(article.text, page.text, "the text is kept as it is");
        for difference in page.differences(&article) {
            let name = file.file_stem().unwrap_or_default().to_string_lossy();
            report.push_str(&format!("{name}: {difference}\n"));
        }
    }
    assert!(files.len() >= 12);
    assert!(report.is_empty(), "\n{report}");
}

/// What reading gave: ids of articles, and problems as `!place: reason`.
fn outcome(steps: impl Iterator<Item = Result<Ingested, Problem>>, root: &Path) -> Vec<String> {
    let root = format!("{}{}", root.display(), std::path::MAIN_SEPARATOR);
    steps
        .map(|step| match step {
            Ok(Ingested::Article(article)) => article.id.clone(),
            Ok(Ingested::Geoparsed(geoparsed)) => format!("={}", geoparsed.article.id),
            Err(problem) => format!("!{}: {}", problem.place.replace(&root, ""), problem.reason),
        })
        .collect()
}

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    folder
}

#[test]
fn folders_are_walked_in_order_and_ids_are_relative() {
    let folder = folder(&[
        ("b.txt", b"Second."),
        ("a/z.md", b"# First"),
        ("a/deep/c.TXT", b"Before it."),
        (".hidden/x.txt", b"Not read."),
        ("a/.x.txt", b"Not read."),
        ("map.png", b"\x89PNG"),
        ("cut.pdf", b"%PDF-1.4"),
        ("one.pages", b"Words."),
        ("two.pages", b"Words."),
        ("broken.txt", b"\x00\x01\x02\x03"),
        ("empty.txt", b" \n"),
    ]);
    let steps = ingest::read(&[folder.path().to_owned()]);
    assert_eq!(
        outcome(steps, folder.path()),
        [
            "a/deep/c.TXT",
            "a/z.md",
            "b.txt",
            "!broken.txt: not text: it holds bytes that no text has",
            "!cut.pdf: it is damaged or cut short: no page of it can be found",
            "!empty.txt: empty: there is no text in it",
            "!one.pages: “.pages” files cannot be read; others like it in this folder are passed over too",
        ]
    );
}

#[test]
#[cfg(unix)]
fn what_no_name_tells_its_beginning_may() {
    let page =
        b"<html><body><p>It fell in Oslo for the whole of the day, and the river rose.</p></body></html>"
            .as_slice();
    let letter = b"Return-Path: <a@example.org>\nFrom: a@example.org\n\nIn Rome.\n".as_slice();
    let root = folder(&[
        ("Rain.html", page),
        ("Rain_files/frame.html", b"<html><body><p>Advertisement: buy a boat in Rome.</p></body></html>"),
        ("a.conf", b"In Bonn."),
        ("article.php?id=12", page),
        ("cur/1.M2.host:2,S", letter),
        ("only_files/note.txt", b"In Bern."),
        ("rain.DOC", b"{\\rtf1 In Bern.}"),
        ("site.log.gz", b"In Bonn."),
    ]);
    let files = ["Rain.html", "article.php?id=12", "cur/1.M2.host:2,S", "only_files/note.txt", "rain.DOC"];
    let odd = "!a.conf: “.conf” files cannot be read; others like it in this folder are passed over too";
    assert_eq!(
        outcome(ingest::read(&[root.path().to_owned()]), root.path()),
        [files[0], odd, files[1], files[2], files[3], files[4]]
    );
    let listed: Vec<_> = ingest::listing(root.path()).unwrap().into_keys().collect();
    assert_eq!(listed, files.map(PathBuf::from));
}

#[test]
fn what_a_browser_keeps_for_a_page_is_no_document() {
    let words = b"It fell in Oslo for the whole of the day, and the river rose.".as_slice();
    let page =
        b"<html><body><p>It fell in Oslo for the whole of the day, and the river rose.</p></body></html>";
    let files = ["libya.html", "libya_files/derna.txt", "libya_files/more/a.md"];
    let kept = [
        "frame.html", "saved_resource", "count.php", "a.js.download", "a.css", "a.svg", "f.txt", "f(2).txt",
        "more/frame.htm",
    ];
    let kept = kept.map(|name| format!("libya_files/{name}"));
    let all = files.into_iter().chain(kept.iter().map(String::as_str));
    let all: Vec<(&str, &[u8])> =
        all.map(|name| (name, if name.contains(".htm") { page.as_slice() } else { words })).collect();
    let root = folder(&all);
    assert_eq!(outcome(ingest::read(&[root.path().to_owned()]), root.path()), files);
    let listed: Vec<_> = ingest::listing(root.path()).unwrap().into_keys().collect();
    assert_eq!(listed, files.map(PathBuf::from));
    for (name, _) in &all {
        assert_eq!(ingest::is_read_in(root.path(), name.as_ref()), files.contains(name), "{name}");
    }
    // Who names the folder wants it.
    let inside = root.path().join("libya_files");
    let read = outcome(ingest::read(std::slice::from_ref(&inside)), &inside);
    let wanted = ["derna.txt", "f.txt", "frame.html", "more/frame.htm"];
    assert!(wanted.iter().all(|name| read.iter().any(|id| id == name)), "{read:?}");
}

#[test]
fn named_files_are_tried_and_missing_ones_are_problems() {
    let folder = folder(&[("story.page", b"Some words."), ("doc.pdf", b"%PDF-1.4"), ("none/x.png", b"")]);
    let inputs = ["story.page", "doc.pdf", "missing.txt", "none"].map(|name| folder.path().join(name));
    assert_eq!(
        outcome(ingest::read(&inputs), folder.path()),
        [
            "story.page",
            "!doc.pdf: it is damaged or cut short: no page of it can be found",
            "!missing.txt: there is no such file or folder",
            "!none: no file in this folder can be read",
        ]
    );
}

#[test]
fn bad_lines_of_json_lose_nothing_else() {
    let lines = "{\"id\":\"a\",\"text\":\"In Oslo.\"}\n\
                 \n\
                 {\"id\":\"b\"}\n\
                 not json\n\
                 [1]\n\
                 {\"text\":\"No id.\",\"date\":\"soon\"}\n\
                 {\"id\":7,\"text\":\"\",\"source\":null}\n\
                 {\"id\":\"c\",\"text\":\"Back in Łódź.\",\"toponyms\":[{\"start\":8,\"end\":12},{\"start\":8,\"end\":99}]}\n\
                 {\"id\":\"d\",\"text\":\"cut off";
    let folder = folder(&[("in.jsonl", lines.as_bytes())]);
    let steps: Vec<_> = ingest::read(&[folder.path().join("in.jsonl")]).collect();
    let given = steps.iter().find_map(|step| match step {
        Ok(Ingested::Article(article)) if article.id == "c" => {
            article.given.as_ref().map(|spans| spans[0].of(&article.text).to_owned())
        }
        _ => None,
    });
    assert_eq!(given.as_deref(), Some("Łódź"));
    let place = |id: &str| id.replace(&format!("{}/", folder.path().display()), "");
    let outcome: Vec<String> =
        outcome(steps.into_iter(), folder.path()).iter().map(|line| place(line)).collect();
    assert_eq!(
        outcome,
        [
            "a",
            "!in.jsonl:3: there is no “text”",
            "!in.jsonl:4: not JSON: expected ident at column 2",
            "!in.jsonl:5: not a JSON object",
            "!in.jsonl:6: the date “soon” is left out: it is not a date like 2016-10-17",
            "in.jsonl:6",
            "7",
            "!in.jsonl:8: the toponym {\"start\":8,\"end\":99} is left out: no such span in the text",
            "c",
            "!in.jsonl:9: not a whole JSON object: each line must be one",
        ]
    );
}

#[test]
fn fields_of_json_lines_are_taken_as_given() {
    let line = r#"{"id":"x","text":"Oslo votes\n\nBy Jane Doe\n\nOSLO (AFP) - We ask you to support our journalism, said nobody in Bergen on that day.","title":"Oslo votes","date":"2016-10-17T00:00:00Z","source":"The Fjord","url":"https://example.org/1"}"#;
    let folder = folder(&[("in.ndjson", line.as_bytes())]);
    let mut steps = ingest::read(&[folder.path().join("in.ndjson")]);
    let Some(Ok(Ingested::Article(article))) = steps.next() else { panic!("an article") };
    assert_eq!(article.title_span.map(|span| span.of(&article.text)), Some("Oslo votes"));
    assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2016-10-17"));
    assert_eq!(article.source.as_deref(), Some("The Fjord"));
    assert_eq!(article.url.as_deref(), Some("https://example.org/1"));
    assert_eq!(article.dateline.as_ref().map(|line| line.place.of(&article.text)), Some("OSLO"));
    let marked: Vec<_> = article.boilerplate.iter().map(|span| span.of(&article.text)).collect();
    assert_eq!(marked, ["By Jane Doe"]);
}

/// What every article must be, whatever it was made from.
fn assert_sound(article: &Article) {
    let text = &article.text;
    let mut end = 0;
    for span in &article.boilerplate {
        assert!(!span.is_empty() && span.start >= end, "sorted, apart, not empty: {span:?}");
        assert!(text.get(span.start..span.end).is_some(), "on character boundaries: {span:?}");
        end = span.end;
    }
    let dateline = article.dateline.iter().flat_map(|dateline| [dateline.span, dateline.place]);
    for span in dateline.chain(article.title_span).chain(article.given.iter().flatten().copied()) {
        assert!(text.get(span.start..span.end).is_some_and(|words| !words.is_empty()), "{span:?}");
    }
}

/// Lines such as pages have, to be shuffled.
const SCRAPS: [&str; 24] = [
    "World News",
    "Support The Daily Teller!",
    "CAIRO (Reuters) - ",
    "ASUNCIÓN.- ",
    "26 December 2021",
    "2021年12月26日",
    "By Jane Doe",
    "Read more",
    "Leave a Comment",
    "Share",
    "…",
    "é | ö – ü",
    " - ",
    "(",
    ")",
    "--",
    ": ",
    "© 2019",
    "Caption:",
    "Published: 30 February 2020",
    "The river rose in the night and the villagers had to leave their houses at once.",
    "“We need your help,” she said. (Reporting by Ann; Editing by Bob)",
    "Headline of a story | The Daily Teller | Archive 2005",
    "# *Heading* [link](http://x.example) <b>",
];

mod properties {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_is_an_article(text in any::<String>()) {
            let article = ingest::plain_text("x", text.clone());
            prop_assert_eq!(&article.text, &text);
            assert_sound(&article);
        }

        #[test]
        fn any_page_is_an_article(scraps in prop::collection::vec((0..SCRAPS.len(), 0..4usize), 0..40)) {
            let ends = ["", "\n", "\n\n", "\r\n"];
            let text: String = scraps.iter().flat_map(|&(scrap, end)| [SCRAPS[scrap], ends[end]]).collect();
            let folder = folder(&[
                ("a.md", text.as_bytes()),
                ("b.jsonl", serde_json::json!({"text": text}).to_string().as_bytes()),
            ]);
            assert_sound(&ingest::plain_text("x", text));
            for step in ingest::read(&[folder.path().to_owned()]) {
                if let Ok(Ingested::Article(article)) = step {
                    assert_sound(&article);
                }
            }
        }

        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..600)) {
            let folder = folder(&[("a.txt", &bytes), ("b.jsonl", &bytes), ("c.md", &bytes)]);
            for step in ingest::read(&[folder.path().to_owned()]) {
                match step {
                    Ok(Ingested::Article(article)) => assert_sound(&article),
                    Ok(Ingested::Geoparsed(_)) => unreachable!("no record is made by chance"),
                    Err(problem) => prop_assert!(!problem.place.is_empty() && !problem.reason.is_empty()),
                }
            }
        }

        #[test]
        fn what_was_written_opens_again(texts in prop::collection::vec("[A-Za-zàÉ中 .\\n]{1,60}", 1..5)) {
            let written: Vec<Geoparsed> = texts.iter().enumerate().map(|(n, text)| geoparsed(n, text)).collect();
            let lines: Vec<String> = written
                .iter()
                .map(|geoparsed| serde_json::to_string(&ArticleRecord::new(geoparsed, true)).expect("JSON"))
                .collect();
            let folder = folder(&[("out.jsonl", lines.join("\n").as_bytes())]);
            // Where it lies in a folder of articles it is none of them.
            let opened: Vec<Geoparsed> = ingest::read(&[folder.path().join("out.jsonl")])
                .map(|step| match step {
                    Ok(Ingested::Geoparsed(geoparsed)) => *geoparsed,
                    other => panic!("not opened: {other:?}"),
                })
                .collect();
            prop_assert_eq!(opened, written);
        }
    }
}

/// An article with one mention of its first letters.
fn geoparsed(number: usize, text: &str) -> Geoparsed {
    let mut article = ingest::plain_text(&format!("article {number}"), text.to_owned());
    article.url = Some("https://example.org/".to_owned());
    article.date = Some(PartialDate::ymd(2015, 10, 31));
    let first = text.chars().next().map_or(0, char::len_utf8);
    let place = Place {
        id: "geonames:360630".to_owned(),
        name: "Cairo".to_owned(),
        lat: 30.06263,
        lon: 31.24967,
        country_code: "EG".to_owned(),
        country: "Egypt".to_owned(),
        admin1: "Cairo".to_owned(),
        feature_class: 'P',
        feature_code: "PPLC".to_owned(),
        population: 9_606_916,
        precision: Precision::Settlement,
        radius_m: 20_000.0,
        bbox: None,
    };
    let mention = Mention {
        span: Span::new(0, first),
        kind: Kind::Name,
        sense: Sense::Literal,
        role: Role::Mention,
        candidates: vec![Candidate {
            place: Arc::new(place),
            score: 0.75,
            reasons: vec!["the capital".to_owned()],
        }],
        resolved: number.is_multiple_of(2),
        decided: None,
    };
    let evidence =
        [DateEvidence::Metadata, DateEvidence::Printed(mention.span), DateEvidence::Text(mention.span)];
    article.date_evidence = evidence.get(number).copied();
    Geoparsed { article, mentions: vec![mention], as_read: true, ..Geoparsed::default() }
}

#[test]
fn a_line_of_before_evidence_was_kept_opens() {
    let record = ArticleRecord::new(&geoparsed(1, "Cairo."), true);
    let mut line = serde_json::to_value(&record).expect("JSON");
    line.as_object_mut().expect("an object").remove("date_evidence");
    let folder = folder(&[("out.jsonl", line.to_string().as_bytes())]);
    let opened: Vec<_> = ingest::read(&[folder.path().to_owned()]).collect();
    match opened.as_slice() {
        [Ok(Ingested::Geoparsed(geoparsed))] => {
            assert_eq!(geoparsed.article.date, Some(PartialDate::ymd(2015, 10, 31)));
            assert_eq!(geoparsed.article.date_evidence, None);
        }
        other => panic!("not opened: {other:?}"),
    }
}

#[test]
fn a_date_tells_what_it_was_taken_from() {
    let check = |article: &Article, date: &str, kind: &str, words: &str| {
        let evidence = article.date_evidence.map(|evidence| {
            let words = evidence.span().map_or("", |span| span.of(&article.text));
            (evidence.as_str(), words)
        });
        let expected = (!kind.is_empty()).then_some((kind, words));
        let found = article.date.map(|date| date.to_string()).unwrap_or_default();
        assert_eq!((found.as_str(), evidence), (date, expected), "{}", article.text);
    };
    let story =
        "The ferry left the island at dawn with forty people on board, and sank within sight of the pier.\n";
    let page = |head: &str| {
        ingest::plain_text("page", format!("Ferry sinks off the island\n\n{head}\n\n{story}{story}"))
    };
    check(&page("Published: 3 May 2019"), "2019-05-03", "printed", "3 May 2019");
    check(&page("By Jane Doe | Sept. 11, 2023"), "2023-09-11", "printed", "Sept. 11, 2023");
    let dateline = ingest::plain_text(
        "wire",
        format!("Ferry sinks\n\nZANZIBAR, May 3, 2019 (Reuters) - {story}{story}"),
    );
    check(&dateline, "2019-05-03", "dateline", "ZANZIBAR, May 3, 2019 (Reuters)");
    check(&page("By Jane Doe"), "", "", "");

    let line = serde_json::json!({ "id": "1", "date": "2019-05-03", "text": story }).to_string();
    let folder =
        folder(&[("in.jsonl", line.as_bytes()), ("note.md", b"---\ndate: 2020-02-01\n---\n\nIt rained.\n")]);
    let dated = |file: &str| match ingest::read(&[folder.path().join(file)]).next() {
        Some(Ok(Ingested::Article(article))) => *article,
        other => panic!("not read: {other:?}"),
    };
    check(&dated("in.jsonl"), "2019-05-03", "metadata", "");
    check(&dated("note.md"), "2020-02-01", "metadata", "");
}

#[test]
fn output_without_text_says_why_it_cannot_be_opened() {
    let record = ArticleRecord::new(&geoparsed(0, "Cairo."), false);
    let line = serde_json::to_string(&record).expect("JSON");
    let folder = folder(&[("out.jsonl", line.as_bytes())]);
    assert_eq!(
        outcome(ingest::read(&[folder.path().join("out.jsonl")]), folder.path()),
        [
            "!out.jsonl:1: Dateline wrote it without the article's text (--with-text), so it cannot be opened again"
        ]
    );
}
