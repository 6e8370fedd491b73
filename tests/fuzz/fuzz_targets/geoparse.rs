//! Any text: mentions, dates and events that lie in it, and a file of it that opens again as it was.

#![no_main]

use std::sync::OnceLock;

use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::ingest::plain_text;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    static GEOPARSER: OnceLock<Geoparser> = OnceLock::new();
    let geoparser = GEOPARSER.get_or_init(|| Geoparser::new(Gazetteer::embedded().expect("the gazetteer")));
    let mut geoparsed = geoparser.geoparse(plain_text("a.txt", text.to_owned()));
    geoparsed.dates = dateline::dates::find(&geoparsed.article);
    dateline::events::read(&mut geoparsed);
    let text = &geoparsed.article.text;
    for mention in &geoparsed.mentions {
        assert!(text.get(mention.span.start..mention.span.end).is_some_and(|words| !words.is_empty()));
        assert!(mention.candidates.iter().all(|candidate| (0.0..=1.0).contains(&candidate.score)));
    }
    assert!(geoparsed.mentions.is_sorted_by_key(|mention| mention.span));
    for date in &geoparsed.dates {
        assert!(text.get(date.span.start..date.span.end).is_some());
    }
});
