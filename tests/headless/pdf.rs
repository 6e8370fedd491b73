//! PDF files as other programs write them, and damaged and hostile ones.
//! `fixtures/make.sh` makes the files out of `paper.html`, `report.ms` and `../office/ferry.fodt`.

#![allow(clippy::expect_used)]

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::ingest::{self, Ingested};
use dateline::model::Article;
use flate2::{Compression, write::ZlibEncoder};
use proptest::prelude::*;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/headless/fixtures/pdf").join(name)
}

/// What a file gives: an article, or a reason.
fn read(path: &Path) -> Result<Article, String> {
    let mut steps = ingest::read(&[path.to_owned()]);
    let step = steps.next().expect("an article or a problem");
    match step {
        Ok(Ingested::Article(article)) => Ok(*article),
        Ok(Ingested::Geoparsed(_)) => panic!("a document holds no mentions"),
        Err(problem) => Err(problem.reason),
    }
}

#[test]
#[ignore = "shows what is read of the files that DATELINE_PDF names, for a person to read"]
fn show() {
    for name in std::env::var("DATELINE_PDF").expect("DATELINE_PDF").split(',') {
        match read(Path::new(name)) {
            Ok(article) => {
                let marked: Vec<_> = article.boilerplate.iter().map(|span| span.of(&article.text)).collect();
                println!(
                    "== {name}\n{}\n-- {:?} {:?} {:?}\n-- {marked:?}",
                    article.text.replace('\u{c}', "[FF]"),
                    article.title,
                    article.date,
                    article.language
                );
            }
            Err(reason) => println!("== {name}: {reason}"),
        }
    }
}

fn article(name: &str) -> Article {
    read(&fixture(name)).unwrap_or_else(|reason| panic!("{name}: {reason}"))
}

fn read_bytes(bytes: &[u8]) -> Result<Article, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pdf");
    fs::write(&path, bytes).expect("a file");
    read(&path)
}

/// The paragraphs that stand in a source as elements of these names, entities aside.
fn paragraphs_of(source: &str, open: &str) -> Vec<String> {
    let parts = source.split(open).skip(1).filter_map(|part| part.split_once('>')?.1.split_once("</"));
    parts.map(|(words, _)| words.to_owned()).collect()
}

#[test]
fn columns_are_read_one_after_the_other() {
    let article = article("paper.pdf");
    let source = fs::read_to_string(fixture("paper.html")).expect("the source");
    let stories = paragraphs_of(&source, "<p");
    let mut from = 0;
    for paragraph in &stories {
        let at = article.text.get(from..).and_then(|rest| rest.find(paragraph.as_str()));
        let at = at.unwrap_or_else(|| panic!("not in its place: {paragraph}\n{}", article.text));
        from += at + paragraph.len();
    }
    assert!(article.text.contains("River breaks its banks above Derna after a week of rain\n\n"));
    assert!(article.text.contains("Ferry to Crete sails again\n\nCHANIA – The"), "{}", article.text);
    assert!(article.text.contains("Museum opens in Cyrene\n\nSHAHHAT"), "{}", article.text);
    assert_eq!(article.title.as_deref(), Some("The Delta Courier, 12 March 2019"));
    assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2019-03-12"));
    assert_eq!(article.page_of(0), None);
}

#[test]
fn a_sentence_runs_over_the_end_of_a_page_and_words_are_put_together() {
    let article = article("report.pdf");
    let source = fs::read_to_string(fixture("report.ms")).expect("the source");
    let plain = article.text.replace('\u{c}', " ");
    for paragraph in source.split(".PP\n").skip(1) {
        let paragraph = paragraph.trim().replace("\\(en", "–");
        assert!(plain.contains(&paragraph), "{paragraph}\n{}", article.text);
    }
    let furniture: Vec<&str> = article.boilerplate.iter().map(|span| span.of(&article.text)).collect();
    assert!(furniture.contains(&"Page 1"), "{furniture:?}");
    assert!(furniture.contains(&"The Harbour Review"), "{furniture:?}");
    assert_eq!(article.title.as_deref(), Some("What the storm left of the port of Toamasina"));
    assert_eq!(article.title_span.map(|span| span.start), Some(0));
    assert_eq!(article.dateline.as_ref().map(|line| line.place.of(&article.text)), Some("TOAMASINA"));
    let durban = article.text.find("Durban").expect("a place on the first page");
    let karachi = article.text.find("dredger").expect("a word on the last page");
    assert_eq!(article.page_of(durban), Some(1));
    assert!(article.page_of(karachi) > Some(1));
}

const STORM: &str =
    "TACLOBAN, Philippines – A storm came ashore at night on the island of Leyte, forecasters said in \
                     a bulletin on Tuesday.¹

Schools in Ormoc and Palo stayed closed, and ferries to Cebu did not sail.

Ferries wait in Cebu

CEBU – Four hundred people waited in the port of Cebu on Wednesday for the sea to calm, the coast guard said.

Two ships lay off Mactan.
One turned back to Bohol.

Port\tWaiting
Cebu\t300
Toledo\t100

¹ The bulletin was printed in Manila.";

#[test]
fn headings_lists_and_tables_are_told_apart() {
    for name in ["storm.pdf", "open.pdf"] {
        let article = article(name);
        assert!(article.text.ends_with(STORM), "{name}: {}", article.text);
        assert_eq!(article.title.as_deref(), Some("Storm hits Leyte"), "{name}");
        assert_eq!(article.title_span.map(|span| span.start), Some(0), "{name}");
        assert_eq!(article.date.map(|date| date.to_string()).as_deref(), Some("2021-10-05"), "{name}");
        assert_eq!(article.language.as_deref(), Some("en"), "{name}");
    }
}

#[test]
fn arabic_is_read_from_the_right() {
    let article = article("arabic.pdf");
    let source = fs::read_to_string(fixture("arabic.html")).expect("the source");
    for paragraph in paragraphs_of(&source, "<p") {
        assert!(article.text.contains(&paragraph), "{paragraph}\n{}", article.text);
    }
    assert_eq!(article.language.as_deref(), Some("ar"));
}

#[test]
fn the_end_of_a_page_changes_nothing_of_what_is_found() {
    let text = "SHARM EL-SHEIKH, Egypt (Reuters) – The ministers of Egypt and Jordan met on 3 May 2019 in Sharm el-Sheikh to \
                speak of the road from Aqaba to Nuweiba, which a flood had cut in March.\n\nThey go on to New York.";
    let geoparser = Geoparser::new(Gazetteer::embedded().expect("places"));
    let found = |text: String| {
        let found = geoparser.geoparse(ingest::plain_text("a.pdf", text));
        let mentions = found
            .mentions
            .iter()
            .map(|mention| (mention.span, mention.place().map(|place| place.label().to_owned())));
        let dates: Vec<_> = dateline::dates::find(&found.article).iter().map(|date| date.span).collect();
        assert!(dates.len() >= 2, "{dates:?}");
        (mentions.collect::<Vec<_>>(), dates, found.article.dateline.clone())
    };
    let whole = found(text.to_owned());
    for words in ["and Jordan", "on 3", "in Sharm", "from Aqaba", "to Nuweiba"] {
        let page = words.replace(' ', "\u{c}");
        assert_eq!(found(text.replace(words, &page)), whole, "{words}");
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let check = |name: &str, reason: &str| {
        assert_eq!(read(&fixture(name)).map(|article| article.text), Err(reason.to_owned()), "{name}");
    };
    check("scan.pdf", "its pages are pictures: there is no text in it");
    check("locked.pdf", "it is locked with a password");
    let damaged = "it is damaged or cut short: no page of it can be found";
    assert_eq!(read_bytes(b"%PDF-1.7\nnothing"), Err(damaged.to_owned()));
}

/// A file of these objects, numbered from 1, of which the first is the root.
fn pdf(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", at + 1).bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let table = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    out.extend(
        format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF", objects.len() + 1).bytes(),
    );
    out
}

fn stream(dictionary: &str, data: &[u8]) -> Vec<u8> {
    let head = format!("<< {dictionary} /Length {} >>\nstream\n", data.len());
    [head.as_bytes(), data, b"\nendstream"].concat()
}

fn packed(data: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(data).expect("packed");
    encoder.finish().expect("packed")
}

/// A page with this content, and more objects from the fifth on.
fn page(content: Vec<u8>, resources: &str, more: &[Vec<u8>]) -> Vec<u8> {
    let font = "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>";
    let page = format!("<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << {font} {resources} >> >>");
    let mut objects = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Kids [3 0 R 2 0 R 3 0 R] /Count 3 >>".to_vec(),
        page.into_bytes(),
        content,
    ];
    objects.extend_from_slice(more);
    pdf(&objects)
}

const HELLO: &[u8] = b"BT /F 12 Tf 72 700 Td (The road from Derna to Tobruk is closed.) Tj ET";

#[test]
fn a_small_file_of_a_page_is_read_and_a_page_tree_that_bites_its_tail() {
    let read = read_bytes(&page(stream("", HELLO), "", &[])).map(|article| article.text);
    assert_eq!(read.as_deref(), Ok("The road from Derna to Tobruk is closed."));
}

#[test]
fn bombs_and_loops_are_named() {
    let bomb = "it unpacks to more than any document needs, as bombs do";
    let most = "there is more on its pages than on any that people print";
    let check = |bytes: Vec<u8>, reason: &str| {
        assert_eq!(read_bytes(&bytes).map(|article| article.text), Err(reason.to_owned()));
    };
    let spaces = packed(&vec![b' '; 60 << 20]);
    check(page(stream("/Filter /FlateDecode", &spaces), "", &[]), bomb);
    check(page(stream("/Filter [/FlateDecode /FlateDecode]", &packed(&spaces)), "", &[]), bomb);
    check(page(stream("/Filter /FlateDecode", &packed(&b"q Q ".repeat(6 << 20))), "", &[]), most);
    check(page(stream("/Filter /FlateDecode", &packed(&HELLO.repeat(90_000))), "", &[]), most);
    // A form that draws the next one twice, and so on.
    let form = |next: usize| {
        let dictionary = format!(
            "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /N {next} 0 R >> >>"
        );
        stream(&dictionary, b"/N Do /N Do")
    };
    let forms: Vec<Vec<u8>> = (6..46).map(form).collect();
    check(page(stream("", b"/N Do"), "/XObject << /N 5 0 R >>", &forms), most);
}

#[test]
fn depth_and_number_break_nothing() {
    for content in
        [b"[".repeat(300_000), b"<<".repeat(300_000), b"q ".repeat(300_000), b"BT ".repeat(100_000)]
    {
        let _ = read_bytes(&page(stream("", &content), "", &[]));
        let _ = read_bytes(&page(stream("", HELLO), "", std::slice::from_ref(&content)));
        let _ = read_bytes(&page(content, "", &[]));
    }
    let kids = format!("<< /Type /Pages /Kids [{}] >>", "<<>>".repeat(200_000)).into_bytes();
    let _ = read_bytes(&pdf(&[b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(), kids]));
    let nested = (3..3000).map(|kid| format!("<< /Type /Pages /Kids [{kid} 0 R] >>").into_bytes());
    let nested: Vec<Vec<u8>> =
        std::iter::once(b"<< /Type /Catalog /Pages 2 0 R >>".to_vec()).chain(nested).collect();
    let _ = read_bytes(&pdf(&nested));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]
    #[test]
    fn damage_is_an_article_or_a_reason(
        which in 0usize..5, cut in 0.2f64..2.0, at in proptest::collection::vec((0.0f64..1.0, any::<u8>()), 0..12),
    ) {
        let name = ["paper.pdf", "report.pdf", "storm.pdf", "open.pdf", "arabic.pdf"][which];
        let mut bytes = fs::read(fixture(name)).expect("a fixture");
        let length = bytes.len() as f64;
        for (place, byte) in at {
            bytes[(place * length) as usize] = byte;
        }
        bytes.truncate((cut * length) as usize);
        let _ = read_bytes(&bytes);
    }
}
