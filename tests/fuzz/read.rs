//! What is held of every file that is read, whatever bytes are in it; for the fuzzer, and for what it has found.

use dateline::ingest::{Ingested, Options, in_memory};
use dateline::model::{Article, Span};

/// A name for each reader.
#[allow(dead_code)]
pub const NAMES: [&str; 22] = [
    "a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.odt", "a.rtf", "a.epub", "a.eml", "a.mbox", "a.rss",
    "a.xml", "a.csv", "a.xlsx", "a.ods", "a.parquet", "a.jsonl", "a.zip", "a.tar", "a.gz", "a.geojson",
    "a.jsonld",
];

/// Readers whose library is known to panic on some files; it is contained, and the file is named.
const FAULTY: [&str; 2] = [".pdf", ".parquet"];

/// Reads a file of this name that holds these bytes.
///
/// # Panics
///
/// Where a span lies outside its text, a problem says nothing, or a fault was contained that is not known.
pub fn check(name: &str, data: &[u8]) {
    for step in in_memory(name, data.to_vec(), &Options::default()) {
        match step {
            Ok(Ingested::Article(article)) => whole(&article),
            Ok(Ingested::Geoparsed(geoparsed)) => {
                whole(&geoparsed.article);
                geoparsed.mentions.iter().for_each(|mention| inside(&geoparsed.article.text, mention.span));
            }
            Err(problem) => {
                assert!(!problem.reason.is_empty() && problem.place.starts_with(name), "{problem:?}");
                // A fault of a library is contained; where it is not known, it is to be looked at.
                let contained = problem.reason.contains("damaged in a way");
                assert!(!contained || FAULTY.iter().any(|ending| name.ends_with(ending)), "{problem:?}");
            }
        }
    }
}

fn whole(article: &Article) {
    let text = &article.text;
    article.title_span.iter().for_each(|&span| inside(text, span));
    article.boilerplate.iter().for_each(|&span| inside(text, span));
    assert!(article.boilerplate.is_sorted_by(|one, next| one.end <= next.start), "{:?}", article.boilerplate);
    if let Some(dateline) = &article.dateline {
        inside(text, dateline.span);
        inside(text, dateline.place);
    }
}

fn inside(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?}");
}
