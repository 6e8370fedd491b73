//! Documents as LibreOffice and pandoc write them, and what becomes of damaged ones.
//! `fixtures/make.sh` makes the files out of `ferry.fodt` and `storm.md`.

#![allow(clippy::expect_used)]

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};

use dateline::ingest::{self, Ingested};
use dateline::model::Article;
use proptest::prelude::*;
use zip::write::{SimpleFileOptions, ZipWriter};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/fixtures/office").join(name)
}

/// What a file gives: articles, and reasons.
fn read(path: &Path) -> Vec<Result<Article, String>> {
    let steps = ingest::read(&[path.to_owned()]);
    let step = steps.map(|step| match step {
        Ok(Ingested::Article(article)) => Ok(*article),
        Ok(Ingested::Geoparsed(_)) => panic!("a document holds no mentions"),
        Err(problem) => Err(problem.reason),
    });
    step.collect()
}

fn article(name: &str) -> Article {
    let mut read = read(&fixture(name));
    assert_eq!(read.len(), 1, "{name}: {read:?}");
    read.remove(0).unwrap_or_else(|reason| panic!("{name}: {reason}"))
}

/// The same bytes as a file of this name.
fn read_bytes(name: &str, bytes: &[u8]) -> Vec<Result<Article, String>> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name);
    fs::write(&path, bytes).expect("a file");
    read(&path)
}

const FERRY: &str = "Ferry sinks off Pemba

STONE TOWN – A ferry with sixty people on board went down off Pemba island on Tuesday, the harbour master said.

Rescue

Boats from Chake  Chake and\tMkoani reached the place\nbefore noon.

A box tells of Wete.

Twelve were brought to Wete.
Forty were brought to Mkoani.

Town\tRescued
Wete\t12

Divers from Dar es Salaam – “the best we have” – went on searching, l’équipe de Tanga à Пемба.

The ferry was built in Tanga in 1998.";

#[test]
fn a_document_of_libreoffice_is_what_a_reader_of_it_sees() {
    for name in ["ferry.fodt", "ferry.odt", "ferry.docx", "ferry.rtf"] {
        let article = article(name);
        let mut expected = FERRY.to_owned();
        if name == "ferry.rtf" {
            // There a box stands before the paragraph that it belongs to.
            let (boats, boxed) = (
                "Boats from Chake  Chake and\tMkoani reached the place\nbefore noon.",
                "A box tells of Wete.",
            );
            expected = expected.replace(&format!("{boats}\n\n{boxed}"), &format!("{boxed}\n\n{boats}"));
        }
        assert_eq!(article.text, expected, "{name}");
        assert_eq!(article.id, name);
        assert_eq!(article.title.as_deref(), Some("Ferry sinks off Pemba"), "{name}");
        assert_eq!(article.title_span.map(|span| span.start), Some(0), "{name}");
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2019-03-12"), "{name}");
        assert_eq!(article.language.as_deref(), Some("en"), "{name}");
        let dateline = article.dateline.expect("a dateline");
        assert_eq!(dateline.place.of(&article.text), "STONE TOWN", "{name}");
    }
}

const STORM: &str =
    "TACLOBAN, Philippines – A storm came ashore at night on the island of Leyte, forecasters said in \
                     a bulletin on Tuesday.

Schools in Ormoc and Palo stayed closed, and ferries to Cebu did not sail.";

const FERRIES: &str = "Ferries wait in Cebu

CEBU – Four hundred people waited in the port of Cebu on Wednesday for the sea to calm, the coast guard said.

Two ships lay off Mactan.
One turned back to Bohol.

Port\tWaiting
Cebu\t300
Toledo\t100";

#[test]
fn a_document_of_pandoc_is_what_a_reader_of_it_sees() {
    for name in ["storm.docx", "storm.odt", "storm.rtf"] {
        let article = article(name);
        assert_eq!(article.title.as_deref(), Some("Storm hits Leyte"), "{name}");
        assert!(
            article.text.starts_with("Storm hits Leyte\n\nA. Clerk\n\n2021-10-05"),
            "{name}: {}",
            article.text
        );
        assert!(article.text.contains(STORM), "{name}: {}", article.text);
        assert!(article.text.contains(FERRIES), "{name}: {}", article.text);
        assert!(
            article.text.ends_with("\n\nThe bulletin was printed in Manila."),
            "{name}: {}",
            article.text
        );
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2021-10-05"), "{name}");
    }
}

#[test]
fn a_book_is_an_article_for_each_chapter() {
    let read = read(&fixture("storm.epub"));
    let chapters: Vec<Article> = read.into_iter().map(|step| step.expect("a chapter")).collect();
    let [storm, ferries] = &chapters[..] else { panic!("{chapters:?}") };
    assert_eq!(storm.id, "storm.epub#EPUB/text/ch001.xhtml");
    assert_eq!(storm.text, format!("Storm hits Leyte\n\n{STORM}\n\nThe bulletin was printed in Manila."));
    assert_eq!(ferries.text, FERRIES);
    assert_eq!(ferries.title.as_deref(), Some("Ferries wait in Cebu"));
    for chapter in &chapters {
        assert_eq!(chapter.source.as_deref(), Some("Storm hits Leyte"));
        assert_eq!(chapter.date.map(|date| date.to_string()).as_deref(), Some("2021-10-05"));
        assert_eq!(chapter.language.as_deref(), Some("en"));
    }
}

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a part");
        writer.write_all(text.as_bytes()).expect("its text");
    }
    writer.finish().expect("an archive").into_inner()
}

fn docx(document: &str) -> Vec<u8> {
    packed(&[("word/document.xml", document)])
}

#[test]
fn what_cannot_be_read_is_named() {
    let check = |name: &str, bytes: &[u8], reason: &str| {
        let read = read_bytes(name, bytes);
        assert_eq!(read, [Err(reason.to_owned())], "{name}");
    };
    check("a.docx", &docx("<w:document/>"), "empty: there is no text in it");
    check("a.odt", &packed(&[("x", "y")]), "it is not an OpenDocument text: there is no text part in it");
    let bomb = format!("<w:document><w:p><w:t>{}</w:t></w:p></w:document>", " ".repeat(80 << 20));
    check("a.docx", &docx(&bomb), "it unpacks to more than 60 times its size, as bombs do");
    check("a.epub", &packed(&[("x", "y")]), "it is not a book: nothing in it tells in what order it is read");
    let locked = "<manifest:manifest><manifest:encryption-data/></manifest:manifest>";
    check(
        "a.odt",
        &packed(&[("META-INF/manifest.xml", locked), ("content.xml", "#")]),
        "it is locked with a password",
    );
}

#[test]
fn depth_breaks_nothing() {
    let deep = |open: &str, close: &str, times: usize| {
        format!("{}In Oslo.{}", open.repeat(times), close.repeat(times))
    };
    for (open, close) in [
        ("<w:p><w:r><w:t>", "</w:t></w:r></w:p>"),
        ("<w:tbl><w:tr><w:tc><w:p>", "</w:p></w:tc></w:tr></w:tbl>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<a>", ""),
    ] {
        read_bytes("a.docx", &docx(&deep(open, close, 20_000)));
        read_bytes("a.fodt", deep(open, close, 20_000).replace("w:", "text:").as_bytes());
    }
    read_bytes("a.rtf", format!("{{\\rtf1{}", "{\\b ".repeat(200_000)).as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn damage_is_an_article_or_a_reason(
        which in 0usize..8, cut in 0.0f64..1.5, at in proptest::collection::vec((0.0f64..1.0, any::<u8>()), 0..8),
    ) {
        let names = ["ferry.fodt", "ferry.odt", "ferry.docx", "ferry.rtf", "storm.docx", "storm.odt", "storm.rtf", "storm.epub"];
        let name = names[which];
        let mut bytes = fs::read(fixture(name)).expect("a fixture");
        let length = bytes.len() as f64;
        for (place, byte) in at {
            bytes[(place * length) as usize] = byte;
        }
        bytes.truncate((cut * length) as usize);
        for reason in read_bytes(name, &bytes).into_iter().filter_map(Result::err) {
            prop_assert!(!reason.contains("could not be read around"), "{name}: {reason}");
        }
    }
}
