//! A project that the first version wrote, opened by every later one: all of what it can hold is in it.
//! What is written by its order (fields, variants) must not change its meaning. Where this fails, the form of the file
//! is another: it takes a new number and a step that brings old files up to date, and this fixture stays as it is.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use dateline::model::{
    Actor, Area, Article, Bbox, Candidate, DateEvidence, DateKind, DateMention, Dateline, Days, Decided,
    Event, EventType, Focus, Geoparsed, How, Kind, Mention, Part, PartialDate, Place, Polarity, Precision,
    Problem, Role, Sense, Span, When,
};
use dateline::project::{About, Field, Made, Project, Target, Value};

use super::place;

fn fixture() -> PathBuf {
    [env!("CARGO_MANIFEST_DIR"), "tests", "headless", "fixtures", "first.dateline"].iter().collect()
}

const PRECISIONS: [Precision; 6] = [
    Precision::Point,
    Precision::Settlement,
    Precision::District,
    Precision::Region,
    Precision::Country,
    Precision::Wider,
];
const ROLES: [Role; 4] = [Role::Dateline, Role::Focus, Role::Event, Role::Mention];

fn places() -> Vec<Arc<Place>> {
    let place = |(number, precision): (usize, &Precision)| {
        let bbox = Bbox { west: 33.5, south: 30.25, east: 34.125, north: 31.5 };
        Arc::new(Place {
            id: format!("own:{number}"),
            name: format!("Wādī {number}"),
            lat: 30.044_42 + number as f64,
            lon: -31.235_71 * number as f64,
            country_code: "EG".to_owned(),
            country: "Egypt".to_owned(),
            admin1: "North Sinai".to_owned(),
            feature_class: ['A', 'P', 'H', 'L', 'S', 'T'][number],
            feature_code: "PPLC".to_owned(),
            population: 9_606_916 * number as u64,
            precision: *precision,
            radius_m: 4_500.5,
            bbox: (number % 2 == 0).then_some(bbox),
        })
    };
    PRECISIONS.iter().enumerate().map(place).collect()
}

fn mentions() -> Vec<Mention> {
    let places = places();
    let mention = |number: usize| Mention {
        span: Span::new(number * 10, number * 10 + 6),
        kind: Kind::ALL[number % 4],
        sense: [Sense::Literal, Sense::Associative][number % 2],
        role: ROLES[number / 2 % 4],
        candidates: (0..number % 4)
            .map(|rank| Candidate {
                place: Arc::clone(&places[(number + rank) % 6]),
                score: 0.9 / (rank + 1) as f32,
                reasons: vec![format!("reason {number}"), "best known".to_owned()],
            })
            .collect(),
        resolved: !number.is_multiple_of(3),
        decided: (number > 4).then(|| {
            Box::new(Decided {
                how: How::ALL[number % 5],
                by: "Ben".to_owned(),
                note: (number == 6).then(|| "see page 2".to_owned()),
                tags: vec!["to check".to_owned()],
                found: (number == 7).then_some(Span::new(70, 74)),
            })
        }),
    };
    (0..10).map(mention).collect()
}

fn events() -> Vec<Event> {
    let event = |(number, kind): (usize, &EventType)| Event {
        trigger: Span::new(number, number + 4),
        kind: *kind,
        subtype: (number == 3).then(|| "exercise".to_owned()),
        polarity: Polarity::ALL[number % 5],
        background: number == 4,
        places: (0..number % 3).collect(),
        when: [
            When::Date(1),
            When::Published,
            When::Set(PartialDate { year: Some(2019), month: Some(5), day: None }),
            When::Unknown,
        ][number % 4],
        actors: vec![
            Actor { span: Span::new(1, 2), part: Part::Source, country: Some("EG".to_owned()) },
            Actor { span: Span::new(3, 5), part: Part::Target, country: None },
        ],
        quote: Span::new(0, 40),
        score: 0.5,
        decided: None,
    };
    EventType::ALL.iter().enumerate().map(event).collect()
}

/// An article with everything that an article can have.
fn full() -> Geoparsed {
    let text =
        "CAIRO, 3 May (MENA) - A bridge over the Nile was opened to lorries, said the governor. ".repeat(3);
    let article = Article {
        id: "bridge.txt".to_owned(),
        text,
        title: Some("A bridge is opened".to_owned()),
        title_span: Some(Span::new(22, 30)),
        date: Some(PartialDate::ymd(2019, 5, 3)),
        date_evidence: Some(DateEvidence::Printed(Span::new(7, 12))),
        source: Some("The Nile Courier".to_owned()),
        url: Some("https://example.org/bridge".to_owned()),
        language: Some("en".to_owned()),
        dateline: Some(Dateline {
            span: Span::new(0, 19),
            place: Span::new(0, 5),
            date: Some(PartialDate { year: None, month: Some(5), day: Some(3) }),
            agency: Some("MENA".to_owned()),
        }),
        boilerplate: vec![Span::new(90, 99), Span::new(120, 130)],
        given: Some(vec![Span::new(0, 5)]),
        event: Some(Span::new(49, 55)),
    };
    let share = |name: &str| vec![(format!("own:{name}"), name.to_owned(), 0.25f32)];
    let dates = [DateKind::Date, DateKind::Range, DateKind::Duration].map(|kind| DateMention {
        span: Span::new(7, 12),
        kind,
        edtf: "2019-05-03".to_owned(),
        days: Days::of(PartialDate::ymd(2019, 5, 3)),
    });
    Geoparsed {
        article,
        mentions: mentions(),
        areas: vec![Area {
            span: Span::new(22, 44),
            anchor: Span::new(40, 44),
            lat: 30.1,
            lon: 31.2,
            radius_m: 12_000.0,
        }],
        focus: Focus { countries: share("Egypt"), divisions: share("Cairo"), places: share("Bulaq") },
        dates: dates.to_vec(),
        events: events(),
        problems: vec![Problem {
            place: "bridge.txt".to_owned(),
            reason: "half of it is missing".to_owned(),
        }],
        as_read: true,
    }
}

fn articles() -> Vec<Geoparsed> {
    let evidence = [
        DateEvidence::Metadata,
        DateEvidence::Printed(Span::new(1, 2)),
        DateEvidence::Dateline(Span::new(1, 2)),
        DateEvidence::Text(Span::new(1, 2)),
        DateEvidence::Set,
    ];
    let plain = evidence.iter().enumerate().map(|(number, evidence)| {
        let mut article = super::article(number as u32);
        article.article.date_evidence = Some(*evidence);
        article
    });
    plain.chain([full()]).collect()
}

/// Every field with every sort of value, and every sort of thing that something is said about.
fn said() -> Vec<(Target, Field, Value)> {
    use Field as F;
    let (span, text) = (Span::new(70, 76), |text: &str| Value::Text(text.to_owned()));
    let mention = |number: usize| Target::Mention(5, Span::new(number * 10, number * 10 + 6));
    let event = |number: usize| Target::Event(5, Span::new(number, number + 4));
    let (article, name) = (Target::Article(2), Target::Name("the strip".to_owned()));
    let tags = Value::Tags(vec!["bridges".to_owned(), "to check".to_owned()]);
    let mut all = vec![
        (mention(0), F::Place, Value::Confirmed(place("Bulaq"))),
        (mention(1), F::Place, Value::Place(place("Bulaq"))),
        (mention(2), F::Place, Value::Rejected),
        (mention(3), F::Added, Value::Yes),
        (mention(3), F::Words, Value::Words(span)),
        (event(0), F::Told, Value::Rejected),
        (event(1), F::Told, Value::Yes),
        (event(1), F::Scene, Value::Scene(vec![span, Span::new(0, 5)])),
        (event(1), F::When, Value::Date(Some(PartialDate::ymd(2019, 5, 2)))),
        (event(2), F::When, Value::Date(None)),
        (article.clone(), F::Title, text("Another bridge")),
        (
            article.clone(),
            F::Date,
            Value::Date(Some(PartialDate { year: Some(2019), month: None, day: None })),
        ),
        (article.clone(), F::Source, text("The Delta Courier")),
        (article.clone(), F::Home, Value::Place(place("Tanta"))),
        (article.clone(), F::Removed, Value::Yes),
        (article, F::Tags, tags),
        (Target::Place("own:1".to_owned()), F::SameAs, Value::Place(place("Bulaq"))),
        (name, F::Means, Value::Place(place("Rafah"))),
        (Target::Collection, F::Note, text("Bridges of the Nile")),
        (Target::Collection, F::Results, Value::Number(1)),
    ];
    all.extend((0..4).map(|number| (mention(number), F::Kind, Value::Kind(Kind::ALL[number]))));
    all.extend([(mention(0), F::Sense, Value::Sense(Sense::Literal))]);
    all.extend([(mention(1), F::Sense, Value::Sense(Sense::Associative))]);
    all.extend((0..20).map(|number| (event(number), F::Type, Value::Type(EventType::ALL[19 - number]))));
    all.extend((0..5).map(|number| (event(number), F::Polarity, Value::Polarity(Polarity::ALL[number]))));
    all
}

fn made(model: &str) -> Made {
    let gazetteers = vec!["own places".to_owned(), "GeoNames".to_owned()];
    Made { program: "0.1.0".to_owned(), model: model.to_owned(), gazetteers }
}

#[test]
fn a_project_of_the_first_version_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("first.dateline");
    fs::copy(fixture(), &path).unwrap();
    let (mut project, problems) = Project::open(&path).unwrap();
    assert_eq!((problems, project.read_only()), (vec![], None));
    let about = project.about();
    assert_eq!((about.author.as_str(), about.read.as_str(), &about.made), ("Ann", "bridges/", &made("7")));
    assert_eq!((about.id.len(), about.created > 1_700_000_000), (16, true));
    assert_eq!(project.made(1), Some(made("8")));
    let shelf = project.shelf();
    let articles = articles();
    assert_eq!(project.len(), articles.len());
    for (number, article) in articles.iter().enumerate() {
        assert_eq!(shelf.read_results(number as u32, 0).unwrap().as_ref(), Some(article));
    }
    assert_eq!(shelf.get(0).unwrap().mentions, []);
    for (target, field, value) in said() {
        let held = project.state().get(&target, field).map(|held| &held.value);
        assert_eq!(held, Some(&value), "{target:?} {field:?}");
    }
    let history: Vec<_> =
        project.journal().history().map(|(head, held)| (head.title.as_str(), held)).collect();
    assert_eq!(history, [("All that can be said", true), ("Left", false), ("Another note", false)]);
    let first = project.journal().history().next().unwrap().0.clone();
    assert_eq!(
        (first.who.as_str(), first.why.as_deref(), first.count),
        ("Ann", Some("a fixture"), said().len())
    );
    assert_eq!(project.redo("Ben").unwrap().unwrap().head.title, "Another note");
    assert_eq!(project.go_to(None, "Ben").unwrap().len(), 2);
    assert!(project.state().is_empty());
}

/// Makes the fixture anew: only as long as no version has been released that writes such files.
#[test]
#[ignore = "writes the fixture"]
fn make_the_fixture() {
    fs::remove_file(fixture()).ok();
    let about = About { made: made("7"), ..About::new("bridges/", "Ann") };
    let mut project = Project::create(&fixture(), about).unwrap();
    let articles = articles();
    let numbered: Vec<_> =
        articles.iter().enumerate().map(|(number, article)| (number as u32, article)).collect();
    project.add(&numbered).unwrap();
    let results = project.begin_results(&made("8")).unwrap();
    let other = Geoparsed { mentions: Vec::new(), ..articles[0].clone() };
    assert_eq!(project.put_results(results, &[(0, &other), (1, &articles[1])]).unwrap(), 1);
    let values = said().into_iter().map(|(target, field, value)| (target, field, Some(value)));
    let edit = project.state().edit("All that can be said", values);
    project.apply(edit, "Ann", Some("a fixture".to_owned())).unwrap();
    for title in ["Left", "Another note"] {
        let note = (Target::Collection, Field::Note, Some(Value::Text(title.to_owned())));
        project.apply(project.state().edit(title, [note]), "Ben", None).unwrap();
        project.undo("Ann").unwrap();
    }
}
