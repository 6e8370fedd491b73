//! A project from its making to its reopening, as whoever edits it meets it.

use std::sync::Arc;

use super::*;
use crate::model::{Candidate, Kind, Mention, Place, Precision, Role, Sense, Span};

pub(super) fn place(id: &str) -> Arc<Place> {
    Arc::new(Place {
        id: format!("own:{id}"),
        name: id.to_owned(),
        lat: 31.1,
        lon: 33.8,
        country_code: "EG".to_owned(),
        country: "Egypt".to_owned(),
        admin1: "North Sinai".to_owned(),
        feature_class: 'P',
        feature_code: "PPLA".to_owned(),
        population: 164_830,
        precision: Precision::Settlement,
        radius_m: 5_000.0,
        bbox: None,
    })
}

pub(super) fn article(number: u32) -> Geoparsed {
    let text =
        format!("Report {number}: a bomb went off in Arish, and nobody in Arish saw {}.", number * number);
    let mention = |start: usize| Mention {
        span: Span::new(start, start + 5),
        kind: Kind::Name,
        sense: Sense::Literal,
        role: Role::Event,
        candidates: vec![
            Candidate { place: place("Arish"), score: 0.75, reasons: vec!["best known".to_owned()] },
            Candidate { place: place("Al Arish"), score: 0.2, reasons: Vec::new() },
        ],
        resolved: true,
        decided: None,
    };
    let mentions = text.match_indices("Arish").map(|(at, _)| mention(at)).collect();
    Geoparsed { article: Article::from_text(format!("{number}.txt"), text), mentions, ..Geoparsed::default() }
}

fn note(text: &str) -> (Target, Field, Option<Value>) {
    (Target::Collection, Field::Note, Some(Value::Text(text.to_owned())))
}

fn noted(project: &Project) -> Option<String> {
    match &project.state().get(&Target::Collection, Field::Note)?.value {
        Value::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn add(project: &mut Project, numbers: std::ops::Range<u32>) {
    let articles: Vec<_> = numbers.map(|number| (number, article(number))).collect();
    let articles: Vec<_> = articles.iter().map(|(number, article)| (*number, article)).collect();
    project.add(&articles).unwrap();
}

#[test]
fn what_goes_in_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a b.dateline");
    let about =
        About { made: Made { model: "7".to_owned(), ..Made::default() }, ..About::new("news", "Ann") };
    let mut project = Project::create(&path, about.clone()).unwrap();
    add(&mut project, 0..10);
    add(&mut project, 10..700);
    add(&mut project, 700..705);
    project.apply(project.state().edit("First", [note("one")]), "Ann", Some("because".to_owned())).unwrap();
    project.apply(project.state().edit("Second", [note("two")]), "Ben", None).unwrap();
    project.undo("Ben").unwrap().unwrap();
    project.keep("a chunk", b"quick");
    let state = project.state().clone();
    let history: Vec<_> = project.journal().history().map(|(head, held)| (head.clone(), held)).collect();
    drop(project);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing stays beside it");

    let (mut project, problems) = Project::open(&path).unwrap();
    assert_eq!((problems, project.len(), project.read_only()), (vec![], 705, None));
    assert_eq!((project.about(), project.state()), (&about, &state));
    assert!(project.journal().history().map(|(head, held)| (head.clone(), held)).eq(history));
    assert_eq!(project.kept("a chunk").as_deref(), Some(&b"quick"[..]));
    let shelf = project.shelf();
    for number in [0, 9, 10, 300, 704] {
        assert_eq!(shelf.get(number), Some(article(number)), "{number}");
    }
    assert_eq!(shelf.get(705), None);
    assert_eq!(noted(&project).as_deref(), Some("one"));
    assert_eq!(project.redo("Ann").unwrap().unwrap().head.title, "Second");
    assert_eq!(noted(&project).as_deref(), Some("two"));
}

#[test]
fn places_of_an_article_are_one_again() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = Project::create(&folder.path().join("a.dateline"), About::default()).unwrap();
    add(&mut project, 0..1);
    let read = project.shelf().get(0).unwrap();
    assert!(Arc::ptr_eq(read.mentions[0].place().unwrap(), read.mentions[1].place().unwrap()));
}

#[test]
fn copies_are_known_by_their_words() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = Project::create(&folder.path().join("a.dateline"), About::default()).unwrap();
    add(&mut project, 0..20);
    let check = |text: &str, known: Option<u32>| {
        assert_eq!(project.knows(&Article::from_text("other name", text)), known, "{text}");
    };
    let text = article(7).article.text;
    check(&text, Some(7));
    check(&text.replace(' ', "\r\n"), Some(7));
    check(&text.replace("Report", "report"), None);
    check(" ", None);
}

#[test]
fn an_undo_tells_what_it_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = Project::create(&folder.path().join("a.dateline"), About::default()).unwrap();
    let first = project.apply(project.state().edit("First", [note("one")]), "Ann", None).unwrap();
    let second = project.apply(project.state().edit("Second", [note("two")]), "Ann", None).unwrap();
    let undone = project.undo("Ann").unwrap().unwrap();
    let value = |text: &str| Value::Text(text.to_owned());
    assert_eq!(undone.head, second.head);
    assert_eq!(undone.sets[0].before, Some(Held { value: value("two"), entry: second.head.id }));
    assert_eq!(undone.sets[0].after, Some(value("one")));
    let held = project.state().get(&Target::Collection, Field::Note).unwrap();
    assert_eq!(held, &Held { value: value("one"), entry: first.head.id });
    let done = project.go_to(None, "Ann").unwrap();
    assert_eq!(done.len(), 1);
    assert!(project.state().is_empty());
    let done = project.go_to(Some(second.head.id), "Ann").unwrap();
    assert_eq!(done.iter().map(|done| done.head.title.as_str()).collect::<Vec<_>>(), ["First", "Second"]);
    assert_eq!(noted(&project).as_deref(), Some("two"));
}

#[test]
fn an_edit_made_of_what_held_before_is_undone_to_what_held() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = Project::create(&folder.path().join("a.dateline"), About::default()).unwrap();
    let early = project.state().edit("Late", [note("two")]);
    project.apply(project.state().edit("First", [note("one")]), "Ann", None).unwrap();
    project.apply(early, "Ann", None).unwrap();
    project.undo("Ann").unwrap();
    assert_eq!(noted(&project).as_deref(), Some("one"));
    let nothing = project.apply(project.state().edit("Again", [note("one")]), "Ann", None).unwrap();
    assert_eq!((nothing.sets.len(), project.journal().len()), (0, 2));
}

#[test]
fn a_copy_under_another_name_is_gone_on_in() {
    let folder = tempfile::tempdir().unwrap();
    let (first, second) = (folder.path().join("a.dateline"), folder.path().join("b.dateline"));
    let mut project = Project::create(&first, About::default()).unwrap();
    add(&mut project, 0..5);
    let shelf = project.shelf();
    project.apply(project.state().edit("First", [note("one")]), "Ann", None).unwrap();
    assert!(shelf.get(1).is_some());
    project.save_as(&second).unwrap();
    assert_eq!(project.path().file_name(), second.file_name());
    project.apply(project.state().edit("Second", [note("two")]), "Ann", None).unwrap();
    assert_eq!(noted(&Project::open(&first).unwrap().0).as_deref(), Some("one"));
    std::fs::remove_file(&first).unwrap();
    assert_eq!(shelf.get(3), Some(article(3)));
    drop(project);
    assert_eq!(noted(&Project::open(&second).unwrap().0).as_deref(), Some("two"));
}

#[test]
fn one_instance_writes_and_others_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dateline");
    let mut project = Project::create(&path, About::default()).unwrap();
    let (mut other, _) = Project::open(&path).unwrap();
    assert!(other.read_only().unwrap().contains("in another window"), "{:?}", other.read_only());
    let told = other.apply(other.state().edit("First", [note("one")]), "Ann", None).unwrap_err().to_string();
    assert!(told.contains("can only be read") && told.ends_with("a.dateline"), "{told}");
    assert!(other.state().is_empty() && other.journal().is_empty());
    project.apply(project.state().edit("First", [note("one")]), "Ann", None).unwrap();
    drop(project);
    assert_eq!(Project::open(&path).unwrap().0.read_only(), None);
}

#[test]
fn results_of_another_geoparser_hold_when_they_are_accepted() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dateline");
    let mut project = Project::create(&path, About::default()).unwrap();
    add(&mut project, 0..20);
    let other = |number: u32| {
        let mut found = article(number);
        if number.is_multiple_of(3) {
            found.mentions.remove(0);
        }
        found
    };
    let put = |project: &mut Project, model: &str| {
        let made = Made { model: model.to_owned(), ..Made::default() };
        let results = project.begin_results(&made).unwrap();
        let found: Vec<_> = (0..20).map(|number| (number, other(number))).collect();
        let found: Vec<_> = found.iter().map(|(number, found)| (*number, found)).collect();
        assert_eq!(project.put_results(results, &found).unwrap(), 7);
        assert_eq!(project.made(results), Some(made));
        results
    };
    // Nobody accepts them: they make room for others.
    assert_eq!(put(&mut project, "8"), 1);
    let results = put(&mut project, "9");
    let shelf = project.shelf();
    let check = |shelf: &Shelf, new: bool| {
        for number in 0..20 {
            let expected = if new { other(number) } else { article(number) };
            assert_eq!(shelf.get(number), Some(expected), "{number}");
        }
    };
    check(&shelf, false);
    assert_eq!(shelf.read_results(3, results).unwrap(), Some(other(3)));
    let accept = (Target::Collection, Field::Results, Some(Value::Number(results)));
    project.apply(project.state().edit("New results", [accept]), "Ann", None).unwrap();
    check(&shelf, true);
    project.undo("Ann").unwrap();
    check(&shelf, false);
    // They were accepted once, and can be again.
    assert_ne!(put(&mut project, "10"), results);
    project.redo("Ann").unwrap();
    check(&shelf, true);
    drop(project);
    check(&Project::open(&path).unwrap().0.shelf(), true);
}

/// A file with what a crash leaves beside it in the middle of a change.
fn broken_off(folder: &Path) -> std::path::PathBuf {
    let (path, crashed) = (folder.join("a.dateline"), folder.join("crashed"));
    let mut project = Project::create(&path, About::default()).unwrap();
    add(&mut project, 0..300);
    drop(project);
    std::fs::create_dir(&crashed).unwrap();
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch("PRAGMA cache_size = 2; BEGIN IMMEDIATE; UPDATE text SET bytes = zeroblob(5000);")
        .unwrap();
    for name in ["a.dateline", "a.dateline-journal"] {
        std::fs::copy(folder.join(name), crashed.join(name)).unwrap();
    }
    crashed.join("a.dateline")
}

#[test]
fn a_change_that_was_broken_off_is_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = broken_off(folder.path());
    let check = |(project, problems): (Project, Vec<Problem>)| {
        assert!(problems.is_empty(), "{problems:?}");
        assert!((0..300).all(|number| project.shelf().get(number) == Some(article(number))));
        assert_eq!(project.path(), path);
    };
    // Where nothing may be written beside it, a copy is completed, and the file stays as it is.
    let bytes = std::fs::read(&path).unwrap();
    check(Project::read(&path).unwrap());
    assert!(std::fs::read(&path).unwrap() == bytes);
    check(Project::open(&path).unwrap());
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn what_was_left_beside_an_older_file_does_not_spoil_a_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = broken_off(folder.path());
    let mut project = Project::create(&folder.path().join("b.dateline"), About::default()).unwrap();
    add(&mut project, 0..5);
    std::fs::write(path.with_file_name(".a.dateline.abc123.part"), "half of a copy").unwrap();
    project.save_as(&path).unwrap();
    drop(project);
    let (project, problems) = Project::open(&path).unwrap();
    assert_eq!((problems, project.len()), (vec![], 5));
    assert_eq!(project.shelf().get(4), Some(article(4)));
    drop(project);
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}

#[test]
fn articles_that_were_not_kept_yet_are_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.dateline");
    let mut project = Project::create(&path, About::default()).unwrap();
    add(&mut project, 0..3);
    add(&mut project, 7..8);
    assert!(matches!(project.add(&[(7, &article(7))]), Err(ProjectError::Twice { number: 7, .. })));
    drop(project);
    let (project, problems) = Project::open(&path).unwrap();
    assert_eq!((project.len(), problems.len()), (8, 1));
    assert!(problems[0].reason.starts_with("4 articles are not there"), "{problems:?}");
    assert_eq!((project.shelf().get(5), project.shelf().get(7)), (None, Some(article(7))));
}
