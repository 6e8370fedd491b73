//! Any bytes as a file of any format: articles whose every span is in their text, or problems, and nothing else.
//! `DATELINE_READ=page.html` names the file, and by its ending the reader; without it the first byte chooses.

#![no_main]

use std::sync::OnceLock;

use dateline::ingest::{Ingested, Options, in_memory};
use dateline::model::{Article, Span};
use libfuzzer_sys::fuzz_target;

const NAMES: [&str; 22] = [
    "a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.odt", "a.rtf", "a.epub", "a.eml", "a.mbox", "a.rss", "a.xml",
    "a.csv", "a.xlsx", "a.ods", "a.parquet", "a.jsonl", "a.zip", "a.tar", "a.gz", "a.geojson", "a.jsonld",
];

/// Readers whose library is known to panic on some files.
const FAULTY: [&str; 1] = [".pdf"];

fn name() -> Option<&'static str> {
    static NAME: OnceLock<Option<String>> = OnceLock::new();
    NAME.get_or_init(|| std::env::var("DATELINE_READ").ok()).as_deref()
}

fuzz_target!(|data: &[u8]| {
    static QUIET: std::sync::Once = std::sync::Once::new();
    // What is contained is no crash: without this the fuzzer would end at the panic.
    QUIET.call_once(|| std::panic::set_hook(Box::new(|panic| eprintln!("{panic}"))));
    let (name, data) = match (name(), data.split_first()) {
        (Some(name), _) => (name, data),
        (None, Some((first, rest))) => (NAMES[usize::from(*first) % NAMES.len()], rest),
        (None, None) => return,
    };
    for step in in_memory(name, data.to_vec(), &Options::default()) {
        match step {
            Ok(Ingested::Article(article)) => check(&article),
            Ok(Ingested::Geoparsed(geoparsed)) => {
                check(&geoparsed.article);
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
});

fn check(article: &Article) {
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
