//! Background work as a window sees it.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::ingest;
use dateline::jobs::{Event, Job};

use crate::support::{full, line};

const THREADS: NonZeroUsize = NonZeroUsize::new(2).unwrap();

fn geoparser() -> Geoparser {
    Geoparser::new(Gazetteer::embedded().unwrap())
}

/// Ids of articles and places of problems, in the order in which they were told.
fn told(events: &[Event]) -> Vec<String> {
    let told = |event: &Event| match event {
        Event::Article(article) => Some(article.article()?.article.id),
        Event::Problem(problem) => Some(format!("! {}", problem.place)),
        _ => None,
    };
    events.iter().filter_map(told).collect()
}

#[test]
fn files_are_read_in_order_and_problems_stand_in_their_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str, text: &str| -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let gone = folder.path().join("gone.txt");
    let inputs = vec![path("b.txt", "Rain in Paris."), gone.clone(), path("a.jsonl", &line(&full()))];
    let events: Vec<_> =
        Job::start(inputs, ingest::Options::default(), geoparser(), THREADS, || {}).wait().collect();
    assert_eq!(
        told(&events),
        ["b.txt".to_owned(), format!("! {}", gone.display()), "libya/derna.txt".to_owned()]
    );
    assert_eq!(events.last(), Some(&Event::Finished { cancelled: false }));
}

#[test]
fn the_sample_is_geoparsed_like_any_article() {
    let events: Vec<_> = Job::articles(ingest::sample(), geoparser(), THREADS, || {}).wait().collect();
    let articles: Vec<_> = events
        .iter()
        .filter_map(|event| match event {
            Event::Article(article) => article.article(),
            _ => None,
        })
        .collect();
    assert_eq!(articles.len(), 5);
    assert!(articles.iter().all(|article| article.mentions.iter().any(|mention| mention.resolved)));
}
