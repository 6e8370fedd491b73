//! Archives as people make them, and as nobody should.

use std::io::{Cursor, Write};
use std::sync::Arc;

use ::zip::write::{SimpleFileOptions, ZipWriter};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;

use crate::ingest::format::Format;
use crate::ingest::open::open;
use crate::ingest::source::Source;
use crate::ingest::{Ingested, Unopened};

fn read(name: &str, bytes: Vec<u8>) -> Vec<String> {
    let source = Source::new(name.to_owned(), name.to_owned(), Box::new(Cursor::new(bytes)), &Arc::default());
    let shown = |step: crate::ingest::Step| match step {
        Ok(Ingested::Article(article)) => format!("{}: {}", article.id, article.text.trim_end()),
        Ok(Ingested::Geoparsed(geoparsed)) => format!("={}", geoparsed.article.id),
        Err(problem) => format!("!{}: {}", problem.place, problem.reason),
    };
    open(source, Format::of(name.as_ref())).flat_map(Unopened::open).map(shown).collect()
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in entries {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

const ENTRIES: [(&str, &[u8]); 8] = [
    ("b.txt", b"In Oslo."),
    ("news/a.jsonl", b"{\"id\": \"x\", \"text\": \"In Rome.\"}\n{\"text\": \"In Bern.\"}\n"),
    ("news/c.csv", b"title,text\nRain,In Bonn.\n"),
    ("__MACOSX/._b.txt", b"\0\0\0"),
    (".hidden/d.txt", b"In Kyiv."),
    ("one.xyz", b"?"),
    ("two.xyz", b"?"),
    ("picture.png", b"?"),
];

const EXPECTED: [&str; 5] = [
    "b.txt: In Oslo.",
    "x: In Rome.",
    "news/a.jsonl:2: In Bern.",
    "news/c.csv#row=2: Rain\n\nIn Bonn.",
    "!one.xyz: “.xyz” files cannot be read; others like it in this archive are passed over too",
];

fn expected(archive: &str) -> Vec<String> {
    let within = |line: &&str| match line.strip_prefix('!') {
        Some(problem) => format!("!{archive}/{problem}"),
        // A line of JSON Lines may name itself.
        None if line.starts_with("x:") => (*line).to_owned(),
        None => format!("{archive}/{line}"),
    };
    EXPECTED.iter().map(within).collect()
}

#[test]
fn every_kind_of_archive_is_read_in_its_order() {
    assert_eq!(read("a.zip", zip(&ENTRIES)), expected("a.zip"));
    assert_eq!(read("a.tar", tar(&ENTRIES)), expected("a.tar"));
    assert_eq!(read("a.tar.gz", gz(&tar(&ENTRIES))), expected("a.tar.gz"));
    assert_eq!(read("a.tgz", gz(&tar(&ENTRIES))), expected("a.tgz"));
    assert_eq!(read("a.txt.gz", gz(b"In Oslo.")), ["a.txt.gz: In Oslo."]);
    assert_eq!(read("a.jsonl.gz", gz(ENTRIES[1].1)), ["x: In Rome.", "a.jsonl.gz:2: In Bern."]);
    assert_eq!(read("empty.zip", zip(&[])), ["!empty.zip: no file in this archive can be read"]);
}

#[test]
fn content_beats_the_name() {
    assert_eq!(read("a.txt", zip(&[("b.txt", b"In Oslo.")])), ["a.txt/b.txt: In Oslo."]);
    assert_eq!(read("a.zip", gz(b"In Oslo.")), ["a.zip: In Oslo."]);
    assert_eq!(read("a.txt", tar(&[("b.txt", b"In Oslo.")])), ["a.txt/b.txt: In Oslo."]);
}

#[test]
fn what_no_name_tells_its_beginning_may() {
    const PAGE: &[u8] = b"<!DOCTYPE html><html><body><p>It fell in Oslo for the whole of the day, and the river rose.</p></body></html>";
    const LETTER: &[u8] = b"From: a@example.org\nMessage-ID: <1@example.org>\n\nIn Rome.\n";
    let entries: [(&str, &[u8]); 6] = [
        ("article.php?id=12", PAGE),
        ("cur/1.M2.host:2,S", LETTER),
        ("rain.DOC", b"{\\rtf1 In Bern.}"),
        ("a.bin", b"In Bonn."),
        ("b.bin", b"In Bonn."),
        ("site.log.gz", &gz(b"In Bonn.")),
    ];
    let names = ["article.php?id=12", "cur/1.M2.host:2,S", "rain.DOC"];
    for (archive, bytes) in
        [("a.zip", zip(&entries)), ("a.tar", tar(&entries)), ("a.tgz", gz(&tar(&entries)))]
    {
        let read = read(archive, bytes);
        assert_eq!(read.len(), 4, "{read:?}");
        for (line, name) in read.iter().zip(names) {
            assert!(line.starts_with(&format!("{archive}/{name}: I")), "{line}");
        }
        assert_eq!(
            read[3],
            format!(
                "!{archive}/a.bin: “.bin” files cannot be read; others like it in this archive are passed over too"
            )
        );
    }
    // What was named is read whatever its name says.
    assert_eq!(read("a.log.gz", gz(b"In Bonn.")), ["a.log.gz: In Bonn."]);
    assert_eq!(read("a.2019.gz", gz(b"In Bonn.")), ["a.2019.gz: In Bonn."]);
    assert_eq!(read("a.zip", zip(&[("a.2019.gz", &gz(b"In Bonn.")), ("b.php.gz", &gz(PAGE))])).len(), 2);
}

#[test]
fn archives_lie_in_each_other_only_so_deep() {
    let mut bytes = zip(&[("a.txt", b"In Oslo.")]);
    for _ in 0..2 {
        bytes = zip(&[("in.zip", &bytes)]);
    }
    assert_eq!(read("a.zip", bytes.clone()), ["a.zip/in.zip/in.zip/a.txt: In Oslo."]);
    bytes = zip(&[("in.zip", &bytes), ("b.txt", b"In Rome.")]);
    assert_eq!(
        read("a.zip", bytes),
        [
            "!a.zip/in.zip/in.zip/in.zip: it lies in 3 archives or messages already: it is not looked into",
            "a.zip/b.txt: In Rome."
        ]
    );
}

#[test]
fn a_name_is_no_path() {
    let entries: [(&str, &[u8]); 3] =
        [("../../etc/news.txt", b"In Oslo."), ("/etc/news.txt", b"In Rome."), ("a\\b.txt", b"In Bern.")];
    assert_eq!(
        read("a.zip", zip(&entries)),
        ["a.zip/etc/news.txt: In Oslo.", "a.zip/etc/news.txt#2: In Rome.", "a.zip/a/b.txt: In Bern."]
    );
}

#[test]
fn bombs_are_named_and_end_the_archive() {
    let zeros = vec![b' '; 100 << 20];
    let bomb = zip(&[("a.txt", b"In Oslo."), ("bomb.txt", &zeros), ("c.txt", b"In Rome.")]);
    let named = "it unpacks to more than 200 times its size, or to more than 4 GiB, as bombs do; the rest is not read";
    assert_eq!(
        read("a.zip", bomb),
        ["a.zip/a.txt: In Oslo.".to_owned(), format!("!a.zip/bomb.txt: {named}")]
    );
    assert_eq!(read("a.txt.gz", gz(&zeros)), [format!("!a.txt.gz: {named}")]);
    assert_eq!(read("a.tar.gz", gz(&tar(&[("bomb.txt", &zeros)]))), [format!("!a.tar.gz/bomb.txt: {named}")]);
}

#[test]
fn what_is_damaged_loses_nothing_else() {
    let entries: [(&str, &[u8]); 3] =
        [("a.txt", b"In Oslo, in Oslo."), ("b.txt", b"In Rome, in Rome."), ("c.txt", b"In Bern.")];
    let stored = SimpleFileOptions::default().compression_method(::zip::CompressionMethod::Stored);
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        writer.start_file(name, stored).unwrap();
        writer.write_all(bytes).unwrap();
    }
    let mut bytes = writer.finish().unwrap().into_inner();
    let at = bytes.windows(7).position(|window| window == b"In Rome").unwrap();
    bytes[at] = b'X';
    assert_eq!(
        read("a.zip", bytes),
        [
            "a.zip/a.txt: In Oslo, in Oslo.",
            "!a.zip/b.txt: it is damaged or cut short",
            "a.zip/c.txt: In Bern."
        ]
    );
    let mut cut = tar(&entries);
    cut.truncate(512 + 512 + 512 + 9);
    assert_eq!(
        read("a.tar", cut),
        ["a.tar/a.txt: In Oslo, in Oslo.", "!a.tar/b.txt: it is damaged or cut short"]
    );
    let mut cut = gz(b"In Oslo.\n");
    cut.truncate(cut.len() - 4);
    assert_eq!(read("a.txt.gz", cut), ["a.txt.gz: In Oslo.", "!a.txt.gz: it is damaged or cut short"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]
    #[test]
    fn damaged_archives_are_articles_or_problems(kind in 0usize..4, cut in 0usize..3000, at in 0usize..4000, byte: u8) {
        let (name, mut bytes) = match kind {
            0 => ("a.zip", zip(&ENTRIES)),
            1 => ("a.tar", tar(&ENTRIES)),
            2 => ("a.tar.gz", gz(&tar(&ENTRIES))),
            _ => ("a.jsonl.gz", gz(ENTRIES[1].1)),
        };
        let at = at % bytes.len();
        bytes[at] = byte;
        if cut < bytes.len() / 2 {
            bytes.truncate(bytes.len() - cut);
        }
        for line in read(name, bytes) {
            prop_assert!(!line.is_empty());
        }
    }
}
