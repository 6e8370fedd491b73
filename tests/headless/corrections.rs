//! The file of corrections is frozen: what is written fits the committed schema. What it says goes into other projects.

use std::path::Path;
use std::sync::Arc;

use dateline::model::{
    Article, EventType, Geoparsed, Kind, PartialDate, Place, Polarity, Precision, Sense, Span,
};
use dateline::project::change::{Pin, pin};
use dateline::project::corrections::{Corrections, Texts};
use dateline::project::{About, Author, Entry, EntryId, Field, Journal, Project, State, Target, Value, What};
use serde_json::json;

const TEXT: &str = "Ärger in Derna: the town was shelled.";

fn place() -> Arc<Place> {
    let camp =
        Pin { name: "Camp".to_owned(), lat: 1.5, lon: 2.5, precision: Precision::Point, radius_m: 5.0 };
    Arc::new(pin(&camp, None).unwrap())
}

/// Everything that can be said.
fn everything() -> Vec<(Target, Field, Value)> {
    let span = |words: &str| {
        let start = TEXT.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let (derna, town) = (Target::Mention(0, span("Derna")), Target::Mention(0, span("town")));
    let (event, article) = (Target::Event(0, span("shelled")), Target::Article(0));
    let text = |text: &str| Value::Text(text.to_owned());
    vec![
        (derna.clone(), Field::Place, Value::Confirmed(place())),
        (derna.clone(), Field::Words, Value::Words(span("in Derna"))),
        (derna.clone(), Field::Kind, Value::Kind(Kind::Demonym)),
        (derna, Field::Sense, Value::Sense(Sense::Associative)),
        (town.clone(), Field::Added, Value::Yes),
        (town, Field::Place, Value::Rejected),
        (event.clone(), Field::Told, Value::Yes),
        (event.clone(), Field::Type, Value::Type(EventType::Fight)),
        (event.clone(), Field::Polarity, Value::Polarity(Polarity::Denied)),
        (event.clone(), Field::Scene, Value::Scene(vec![span("Derna")])),
        (event, Field::When, Value::Date(None)),
        (article.clone(), Field::Date, Value::Date(Some(PartialDate::ymd(2024, 5, 17)))),
        (article.clone(), Field::Title, text("Rain")),
        (article.clone(), Field::Home, Value::Place(place())),
        (article, Field::Tags, Value::Tags(vec!["wet".to_owned()])),
        (Target::Place("own:a".to_owned()), Field::SameAs, Value::Place(place())),
        (Target::Name("strip".to_owned()), Field::Means, Value::Place(place())),
        (Target::Collection, Field::Note, text("odd")),
    ]
}

#[test]
fn what_is_written_fits_the_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/schema/corrections.schema.json");
    let schema = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::draft202012::new(&schema).unwrap();
    let (mut state, mut journal) = (State::default(), Journal::default());
    for (number, (target, field, value)) in everything().into_iter().enumerate() {
        let id = EntryId(u64::MAX - number as u64);
        let edit = state.edit("An edit", [(target, field, Some(value))]);
        state.apply(&edit, id);
        state.sign(id, Author { who: "Ann".to_owned(), at: 0 });
        let why = (number == 0).then(|| "seen there".to_owned());
        journal
            .note(&Entry { id, at: 1_700_000_000, who: "Ann".to_owned(), why, what: What::Edit(edit) })
            .unwrap();
    }
    let article = |number: u32| (number == 0).then(|| Article::from_text("a.txt", TEXT));
    let (corrections, problems) = Corrections::of("0", &state, &journal, Texts { count: 1, get: &article });
    assert!(problems.is_empty());
    assert_eq!(corrections.len(), everything().len());
    let good = serde_json::to_value(&corrections).unwrap();
    let errors: Vec<_> =
        schema.iter_errors(&good).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    for (pointer, bad) in [
        ("/version", json!(2)),
        ("/format", json!("else")),
        ("/edits/0/id", json!("12")),
        ("/articles/0/mentions/0/text", json!("")),
        ("/articles/0/values/0/value", json!("no")),
        ("/articles/0/values/0/value", json!({"text": "a", "yes": true})),
    ] {
        let mut wrong = good.clone();
        *wrong.pointer_mut(pointer).unwrap() = bad;
        assert!(!schema.is_valid(&wrong), "{pointer}");
    }
}

/// A project of articles whose texts end in what they are called.
fn project(folder: &Path, name: &str, ids: &[&str]) -> Project {
    let mut project = Project::create(&folder.join(name), About::new("news", name)).unwrap();
    let articles: Vec<Geoparsed> = ids
        .iter()
        .map(|id| Geoparsed {
            article: Article::from_text(*id, format!("{TEXT} {id}")),
            ..Geoparsed::default()
        })
        .collect();
    let numbered: Vec<(u32, &Geoparsed)> = (0..).zip(&articles).collect();
    project.add(&numbered).unwrap();
    project
}

fn reject(project: &mut Project, article: u32, words: &str, who: &str) {
    let start = TEXT.find(words).unwrap();
    let target = Target::Mention(article, Span::new(start, start + words.len()));
    let edit =
        project.state().edit(format!("{words} is no place"), [(target, Field::Place, Some(Value::Rejected))]);
    project.apply(edit, who, Some("seen there".to_owned())).unwrap();
}

#[test]
fn corrections_go_from_one_project_to_another_and_stay() {
    let folder = tempfile::tempdir().unwrap();
    let mut ann = project(folder.path(), "ann.dateline", &["a", "b", "c"]);
    // The same articles in another order, and one that is not there.
    let mut ben = project(folder.path(), "ben.dateline", &["x", "c", "a"]);
    reject(&mut ann, 0, "Derna", "Ann");
    reject(&mut ann, 2, "town", "Ann");
    reject(&mut ann, 1, "town", "Ann");
    reject(&mut ben, 1, "Derna", "Ben");
    let (corrections, problems) = ann.corrections();
    assert!(problems.is_empty());
    let read = Corrections::from_json(corrections.to_json().as_bytes()).unwrap();
    let theirs = ben.theirs(&read);
    assert_eq!(theirs.unknown, [("b".to_owned(), 1)]);
    let merged = ben.merge(&theirs);
    assert!(merged.conflicts.is_empty() && merged.let_go.sets.is_empty());
    let done = ben.take(&merged, "Ben").unwrap();
    assert_eq!(done.len(), 2);
    assert!(done.iter().all(|done| done.head.who == "Ann" && done.head.why.as_deref() == Some("seen there")));
    let state = ben.state().clone();
    assert_eq!(state.articles(), [1, 2]);
    drop(ben);
    let (mut ben, problems) = Project::open(&folder.path().join("ben.dateline")).unwrap();
    assert!(problems.is_empty());
    assert_eq!(ben.state(), &state);
    assert!(ben.merge(&theirs).entries.is_empty());
    // They are undone as any edit is, and are not put back by the same file.
    ben.undo("Ben").unwrap();
    assert!(ben.merge(&ben.theirs(&read)).entries.is_empty());
}

#[test]
fn what_both_changed_is_settled_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut ann = project(folder.path(), "ann.dateline", &["a"]);
    let mut ben = project(folder.path(), "ben.dateline", &["a"]);
    let title = |title: &str| [(Target::Article(0), Field::Title, Some(Value::Text(title.to_owned())))];
    ann.apply(ann.state().edit("Rain", title("Rain")), "Ann", None).unwrap();
    ben.apply(ben.state().edit("Snow", title("Snow")), "Ben", None).unwrap();
    let theirs = ann.theirs(&ben.corrections().0);
    let merged = ann.merge(&theirs);
    let [conflict] = merged.conflicts.as_slice() else { panic!("{merged:?}") };
    assert_eq!(conflict.made.as_ref().map(|made| made.who.as_str()), Some("Ben"));
    ann.take(&merged, "Ann").unwrap();
    ann.settle(&theirs, &merged, &[(conflict, true)], "Ann").unwrap();
    let held = |project: &Project| {
        project.state().get(&Target::Article(0), Field::Title).map(|held| held.value.clone())
    };
    assert_eq!(held(&ann), Some(Value::Text("Rain".to_owned())));
    assert!(ann.merge(&theirs).conflicts.is_empty());
    // Ben sees that Ann saw his.
    let back = ben.merge(&ben.theirs(&ann.corrections().0));
    assert!(back.conflicts.is_empty());
    ben.take(&back, "Ben").unwrap();
    assert_eq!(held(&ben), Some(Value::Text("Rain".to_owned())));
}
