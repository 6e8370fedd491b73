use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tantivy::directory::MmapDirectory;

use super::super::Index;
use super::super::tests::{Dice, answers, articles, check, collection, wait};
use super::*;
use crate::explore::Collection;
use crate::model::Geoparsed;

/// A folder that outlives an index.
struct Folder {
    path: PathBuf,
    /// How often it was emptied.
    emptied: Arc<AtomicUsize>,
    _held: tempfile::TempDir,
}

fn open(path: &Path) -> Option<Box<dyn Directory>> {
    MmapDirectory::open(path).ok().map(|folder| Box::new(folder) as Box<dyn Directory>)
}

impl Folder {
    fn new() -> Folder {
        let held = tempfile::tempdir().unwrap();
        Folder { path: held.path().to_owned(), emptied: Arc::default(), _held: held }
    }

    fn kept(&self, of: &str) -> Kept {
        let (path, emptied, count) = (self.path.clone(), self.path.clone(), Arc::clone(&self.emptied));
        let emptied = move || {
            count.fetch_add(1, Ordering::Relaxed);
            for entry in std::fs::read_dir(&emptied).unwrap() {
                std::fs::remove_file(entry.unwrap().path()).unwrap();
            }
            open(&emptied)
        };
        Kept { folder: Arc::new(move || open(&path)), emptied: Arc::new(emptied), of: of.to_owned() }
    }

    /// The index of a collection that is kept here, once it has come to all of it.
    fn index(&self, of: &str, collection: &Collection) -> Index {
        let mut index = Index::default();
        index.begin_kept(self.kept(of), collection);
        wait(&index, collection.len());
        check(collection, &index);
        index
    }

    fn times_emptied(&self) -> usize {
        self.emptied.swap(0, Ordering::Relaxed)
    }
}

fn some(count: usize) -> (Vec<Geoparsed>, Collection) {
    let articles = articles(count);
    let collection = collection(&articles);
    (articles, collection)
}

#[test]
fn it_is_taken_up_again() {
    let folder = Folder::new();
    let (mut articles, first) = some(500);
    drop(folder.index("a", &first));
    assert_eq!(folder.times_emptied(), 1);
    drop(folder.index("a", &first));
    assert_eq!(folder.times_emptied(), 0, "as it was");
    articles.extend((500..600).map(|number| Dice(number).article(number)));
    drop(folder.index("a", &collection(&articles)));
    drop(folder.index("a", &collection(&articles)));
    assert_eq!(folder.times_emptied(), 0, "with more articles");
}

#[test]
fn it_is_made_anew_where_it_is_that_of_others() {
    let check = |why: &str, of: &str, change: fn(&mut Vec<Geoparsed>)| {
        let folder = Folder::new();
        let (mut articles, first) = some(400);
        drop(folder.index("a", &first));
        folder.times_emptied();
        change(&mut articles);
        drop(folder.index(of, &collection(&articles)));
        assert_eq!(folder.times_emptied(), 1, "{why}");
    };
    check("another collection", "b", |_| ());
    check("fewer articles", "a", |articles| articles.truncate(300));
    check("other articles", "a", |articles| articles[399] = Dice(0).article(1000));
}

#[test]
fn what_changed_meanwhile_is_taken_in_anew() {
    let folder = Folder::new();
    let (mut articles, first) = some(400);
    let mut index = folder.index("a", &first);
    let mut change = |numbers: &[usize]| {
        for &number in numbers {
            articles[number] = Dice(number + 5).article(number);
        }
        collection(&articles)
    };
    let second = change(&[3, 17]);
    index.changed(second.archive(), &[3, 17]);
    wait(&index, 400);
    drop(index);
    // Others are changed where nobody tells it.
    let third = change(&[5, 399]);
    drop(folder.index("a", &third));
    let fourth = folder.index("a", &third);
    let columns = Columns::new();
    drop(fourth);
    let again = Opened::again(&folder.kept("a"), &third, &columns).ok().unwrap();
    assert_eq!((again.taken.articles, again.changed), (400, Vec::new()), "all of it is as it should be");
    drop(again.writer);
    let again = Opened::again(&folder.kept("a"), &second, &columns).ok().unwrap();
    assert_eq!(again.changed, [5, 399]);
    assert_eq!(folder.times_emptied(), 1);
}

#[test]
fn what_another_program_writes_to_is_left_alone() {
    let folder = Folder::new();
    let (_, collection) = some(300);
    let first = folder.index("a", &collection);
    folder.times_emptied();
    drop(folder.index("a", &collection));
    assert_eq!(folder.times_emptied(), 0);
    check(&collection, &first);
}

#[test]
fn damage_is_a_reason_to_make_it_anew() {
    let folder = Folder::new();
    let (mut articles, first) = some(300);
    let mut index = folder.index("a", &first);
    // So that there are deletions, too.
    articles[7] = Dice(8).article(7);
    let collection = collection(&articles);
    index.changed(collection.archive(), &[7]);
    wait(&index, 300);
    drop(index);
    let whole: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(&folder.path)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    let restore = || {
        let there = std::fs::read_dir(&folder.path).unwrap();
        there.for_each(|entry| std::fs::remove_file(entry.unwrap().path()).unwrap());
        whole.iter().for_each(|(path, bytes)| std::fs::write(path, bytes).unwrap());
    };
    let looked = answers(&collection, &Index::default().hits("york derna the"));
    let mut dice = Dice(1);
    for (path, bytes) in &whole {
        for cut in [true, false] {
            let mut damaged = bytes.clone();
            match damaged.len() {
                0 => continue,
                length if cut => damaged.truncate(dice.below(length)),
                length => damaged[dice.below(length)] ^= 1 << dice.below(8),
            }
            restore();
            std::fs::write(path, &damaged).unwrap();
            let mut index = Index::default();
            index.begin_kept(folder.kept("a"), &collection);
            wait(&index, 300);
            let found = answers(&collection, &index.hits("york derna the"));
            assert_eq!(found, looked, "{}", path.display());
        }
    }
}
