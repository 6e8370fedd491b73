//! A project is open as it was left, whether its collection was written down or not.

use std::path::Path;

use super::*;
use crate::explore::MentionRef;
use crate::gazetteer::Gazetteer;
use crate::jobs::all_threads;
use crate::model::{Article, How};
use crate::project::{About, Value};

fn geoparser() -> Geoparser {
    Geoparser::new(Gazetteer::embedded().unwrap())
}

const TEXTS: [&str; 5] = [
    "Rain fell in Paris on Monday. Paris was flooded.",
    "Paris, Texas, is dry.",
    "Cairo said a jet fell in Sinai.",
    "Nobody knows Paris.",
    "Floods reached Nairobi.",
];

/// A project of some articles.
fn project(path: &Path) -> Project {
    let geoparser = geoparser();
    let mut project = Project::create(path, About::new("news/", "Ann")).unwrap();
    for (number, text) in (0..).zip(TEXTS) {
        project.add(&[(number, &geoparser.geoparse(Article::from_text(number.to_string(), text)))]).unwrap();
    }
    project
}

fn opened(path: &Path) -> Opened {
    let (project, problems) = Project::open(path).unwrap();
    open(project, problems, &geoparser(), all_threads(), &Meter::default()).unwrap()
}

/// The place of every mention, and who says so.
fn seen(collection: &Collection) -> Vec<String> {
    let place = |key: Option<u32>| Some(collection.place(key?)?.place.id.clone());
    let mentions = (0..collection.len()).flat_map(|article| collection.glances(article));
    mentions.map(|glance| format!("{:?} {:?}", place(glance.place), glance.how)).collect()
}

fn reject(project: &mut Project, article: u32, mention: usize) {
    let key = project.shelf().get(article).unwrap().mentions[mention].key();
    let set = (Target::Mention(article, key), Field::Place, Some(Value::Rejected));
    let edit = project.state().edit("Reject", [set]);
    project.apply(edit, "Ann", None).unwrap();
}

#[test]
fn it_is_open_as_it_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rain.dateline");
    drop(project(&path));
    let mut first = opened(&path);
    assert!(first.problems.is_empty() && first.as_they_came.is_empty());
    let whole = first.collection.mention_count();
    assert_eq!((first.collection.len(), whole), (5, 8));
    write_down(&mut first.project, &first.collection, &mut first.written);
    let at = |article, mention| MentionRef { article, mention };
    assert_eq!(first.collection.glance(at(4, 0)).unwrap().how, How::Auto);
    // Edited, and not written down since.
    reject(&mut first.project, 4, 0);
    drop(first);
    let second = opened(&path);
    assert_eq!(second.collection.glance(at(4, 0)).unwrap().how, How::Rejected);
    assert_eq!(second.collection.mention_count(), whole - 1);
    assert!(second.collection.article(4).unwrap().mentions[0].is_rejected());
    let Opened { mut project, collection, mut written, .. } = second;
    write_down(&mut project, &collection, &mut written);
    project.undo("Ann").unwrap();
    drop(project);
    let mut third = opened(&path);
    assert_eq!(seen(&third.collection), seen(&opened_anew(&path)));
    assert_eq!(third.collection.mention_count(), whole);
    // Articles came since.
    let more = geoparser().geoparse(Article::from_text("more", "Snow in Oslo."));
    third.project.add(&[(5, &more)]).unwrap();
    drop(third);
    assert_eq!(opened(&path).collection.mention_count(), whole + 1);
}

/// The same with nothing written down.
fn opened_anew(path: &Path) -> Collection {
    let copy = path.with_extension("copy.dateline");
    std::fs::copy(path, &copy).unwrap();
    let (mut project, _) = Project::open(&copy).unwrap();
    project.keep("collection", b"odd");
    drop(project);
    opened(&copy).collection
}

#[test]
fn what_a_name_means_in_all_articles_has_all_of_them_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rain.dateline");
    drop(project(&path));
    let Opened { mut project, collection, mut written, .. } = opened(&path);
    write_down(&mut project, &collection, &mut written);
    let other = collection.article(0).unwrap().mentions[0].candidates[1].place.clone();
    let means = (Target::Name("paris".to_owned()), Field::Means, Some(Value::Place(Arc::clone(&other))));
    let edit = project.state().edit("Paris", [means]);
    project.apply(edit, "Ann", None).unwrap();
    drop(project);
    let Opened { mut project, collection, mut written, .. } = opened(&path);
    let key = collection.place_key(&other.id).unwrap();
    assert_eq!(collection.articles_of(key), 3);
    assert_eq!(seen(&collection), seen(&opened_anew(&path)));
    write_down(&mut project, &collection, &mut written);
    drop(project);
    let again = opened(&path);
    assert_eq!(seen(&again.collection), seen(&collection));
    assert_eq!(
        again.as_they_came,
        collection.archive().changed().map(|number| number as u32).collect::<Vec<_>>()
    );
    assert!(!again.as_they_came.is_empty());
}

#[test]
fn it_is_left_off_when_nobody_wants_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rain.dateline");
    let project = project(&path);
    let meter = Meter::default();
    meter.cancel.store(true, Ordering::Relaxed);
    assert!(open(project, Vec::new(), &geoparser(), all_threads(), &meter).is_none());
}
