//! What is told is on the disk, and what follows from it is found out.

use std::sync::Arc;

use super::*;
use crate::explore::{Arrival, Collection, MentionRef};
use crate::gazetteer::Gazetteer;
use crate::model::{Article, How};
use crate::project::{Field, Target, Value};

fn geoparser() -> Geoparser {
    Geoparser::new(Gazetteer::embedded().unwrap())
}

/// Articles of these texts, as the program finds them.
fn found(texts: &[&str]) -> Collection {
    let geoparser = geoparser();
    let mut collection = Collection::default();
    for (number, text) in texts.iter().enumerate() {
        let article = Article::from_text(number.to_string(), *text);
        collection.take_in(Arrival::new(&geoparser.geoparse(article)));
    }
    collection
}

/// Waits until an order is carried out and all that follows from it is found out.
fn settled(keeper: &Keeper, collection: &mut Collection) -> Held {
    let mut held = None;
    loop {
        match keeper.wait().unwrap() {
            News::Held(news) => {
                collection.see_through(Some(Arc::new(news.state.clone())));
                held = Some(*news);
            }
            News::Ranked(ranked) => {
                for one in ranked {
                    collection.change(one.number, one.arrival);
                }
            }
            News::Settled(_) => return held.unwrap(),
            News::Refused(reason) => panic!("{reason}"),
            _ => {}
        }
    }
}

#[test]
fn a_choice_is_on_the_disk_and_shown_and_undone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("unsaved.dateline");
    let mut collection =
        found(&["Rain fell in Paris on Monday. Paris was flooded.", "Paris, Texas, is dry."]);
    let at = MentionRef { article: 0, mention: 0 };
    let before = collection.place_of(at).unwrap();
    let other = collection.article(0).unwrap().mentions[0].candidates[1].place.clone();
    let from = From::New(path.clone(), Box::new(About::new("Sample", "Ann")));
    let keeper =
        Keeper::start(from, collection.archive().clone(), geoparser(), Person("Ann".to_owned()), || {});
    let key = collection.glance(at).unwrap().key();
    let chosen = Arc::clone(&other);
    let edit: Change = Box::new(move |state| {
        state.edit("Another Paris", [(Target::Mention(0, key), Field::Place, Some(Value::Place(chosen)))])
    });
    assert!(keeper.tell(Order::Change { edit, why: None }));
    let held = settled(&keeper, &mut collection);
    assert_eq!((held.way, held.standing.undo.as_deref()), (Way::Done, Some("Another Paris")));
    let place = |collection: &Collection, mention| {
        let key = collection.place_of(MentionRef { article: 0, mention }).unwrap();
        collection.place(key).unwrap().place.id.clone()
    };
    assert_eq!(place(&collection, 0), other.id);
    assert_eq!(collection.glance(at).unwrap().how, How::Corrected);
    assert_eq!(place(&collection, 1), other.id, "the same name follows");
    assert!(keeper.tell(Order::Undo));
    let held = settled(&keeper, &mut collection);
    assert_eq!((held.way, held.standing.redo.as_deref()), (Way::Undone, Some("Another Paris")));
    assert_eq!(collection.place_of(at), Some(before));
    assert_eq!(collection.glance(at).unwrap().how, How::Auto);
    drop(keeper);
    let (project, problems) = Project::open(&path).unwrap();
    assert!(problems.is_empty());
    assert_eq!((project.len(), project.journal().len()), (2, 1));
    assert!(project.state().is_empty());
}

#[test]
fn everything_that_is_due_is_told_once_when_it_is_done() {
    let folder = tempfile::tempdir().unwrap();
    let collection = found(&["Rain fell in Paris on Monday.", "Paris, Texas, is dry."]);
    let from = From::New(folder.path().join("unsaved.dateline"), Box::new(About::new("Sample", "Ann")));
    let keeper =
        Keeper::start(from, collection.archive().clone(), geoparser(), Person("Ann".to_owned()), || {});
    let until = |due: usize| {
        let mut settled = 0;
        while settled < due {
            if let News::Settled(some) = keeper.wait().unwrap() {
                settled += some;
            }
        }
        assert_eq!(settled, due);
    };
    // Before there is a project nothing hangs on anything.
    assert!(keeper.tell(Order::Rank(vec![0])));
    until(1);
    let edit: Change = Box::new(|state| {
        state.edit("Title", [(Target::Article(0), Field::Title, Some(Value::Text("Rain".to_owned())))])
    });
    assert!(keeper.tell(Order::Change { edit, why: None }));
    assert!(keeper.tell(Order::Rank(vec![1])));
    until(2);
}
