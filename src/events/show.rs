//! What is found in articles, printed to be read by a person.
//!
//! `DATELINE_ARTICLES=FOLDER cargo test --lib show_who_and_when -- --ignored --nocapture`
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::PathBuf;

use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::ingest::{self, Ingested};
use crate::{dates, events};

#[test]
#[ignore = "needs articles"]
fn show_who_and_when() {
    let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
    let paths = [PathBuf::from(std::env::var("DATELINE_ARTICLES").unwrap())];
    for article in ingest::read(&paths) {
        let Ok(Ingested::Article(article)) = article else { continue };
        let mut read = geoparser.geoparse(*article);
        read.dates = dates::find(&read.article);
        events::read(&mut read);
        println!("== {} {:?}", read.article.id, read.article.day().map(|day| day.to_string()));
        let told = |span: crate::model::Span| span.of(&read.article.text).replace('\n', " ");
        let mut quote = None;
        for event in &read.events {
            if quote.replace(event.quote) != Some(event.quote) {
                println!("  {}", told(event.quote));
            }
            let actors = event.actors.iter().map(|actor| {
                format!(
                    "{} {} {}",
                    actor.part.as_str(),
                    told(actor.span),
                    actor.country.as_deref().unwrap_or("-")
                )
            });
            let place = read.scene_of(event).map_or("-".to_owned(), |mention| told(mention.span));
            let date = read.edtf_of(event).unwrap_or_default();
            let background = if event.background { ", background" } else { "" };
            println!(
                "      {} [{}, {}] at {place} on {:?} {date}{background}: {}",
                told(event.trigger),
                event.kind.as_str(),
                event.polarity.as_str(),
                event.when,
                actors.collect::<Vec<_>>().join("; ")
            );
        }
    }
}
