//! Any bytes as a file of corrections: what it says is taken in, or it is said why not, and what comes of it is a state
//! that lies over the article and can be written again.

#![no_main]

use dateline::model::{Article, Geoparsed};
use dateline::project::corrections::{Corrections, Texts};
use dateline::project::merge::merge;
use dateline::project::{Journal, State, What, overlaid};
use libfuzzer_sys::fuzz_target;

fn article(number: u32) -> Option<Article> {
    (number < 2).then(|| Article::from_text(number.to_string(), "In Derna and New York, ÄÖ.".repeat(number as usize)))
}

fuzz_target!(|data: &[u8]| {
    let Ok(corrections) = Corrections::from_json(data) else { return };
    let texts = Texts { count: 2, get: &article };
    let theirs = corrections.for_articles(texts);
    let (mut state, mut journal) = (State::default(), Journal::default());
    for entry in merge(&state, &journal, &theirs).entries {
        journal.note(&entry).expect("an edit that follows");
        let What::Edit(edit) = &entry.what else { panic!("no edit") };
        state.apply(edit, entry.id);
    }
    for number in 0..2 {
        let found = Geoparsed { article: article(number).expect("an article"), ..Geoparsed::default() };
        overlaid(found, number, &state);
    }
    let (written, problems) = Corrections::of("", &state, &journal, texts);
    assert!(problems.is_empty());
    assert!(merge(&state, &journal, &written.for_articles(texts)).conflicts.is_empty());
});
