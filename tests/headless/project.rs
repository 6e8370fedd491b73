//! A project's file: what happens to it when it is damaged, when the program is killed, when the disk is full.

mod damaged;
mod disk;
mod fixture;
mod killed;

use std::path::Path;
use std::sync::Arc;

use dateline::model::{Article, Candidate, Geoparsed, Kind, Mention, Place, Precision, Role, Sense, Span};
use dateline::project::{About, Edit, Field, Project, State, Target, Value};

/// Numbers by a fixed rule.
struct Dice(u64);

impl Dice {
    fn next(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (((self.0 >> 33) * below as u64) >> 31) as usize
    }
}

fn place(id: &str) -> Arc<Place> {
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

/// An article that is like no other.
fn article(number: u32) -> Geoparsed {
    let mut dice = Dice(u64::from(number));
    let words: Vec<String> = (0..60).map(|_| format!("w{}", dice.next(5000))).collect();
    let text =
        format!("Report {number}: a bomb went off in Arish, and nobody in Arish saw {}.", words.join(" "));
    let mention = |start: usize| Mention {
        span: Span::new(start, start + 5),
        kind: Kind::Name,
        sense: Sense::Literal,
        role: Role::Event,
        candidates: vec![
            Candidate { place: place("Arish"), score: 0.75, reasons: vec!["best known".to_owned()] },
            Candidate { place: place(&format!("Arish {number}")), score: 0.2, reasons: Vec::new() },
        ],
        resolved: true,
        decided: None,
    };
    let mentions = text.match_indices("Arish").map(|(at, _)| mention(at)).collect();
    Geoparsed { article: Article::from_text(format!("{number}.txt"), text), mentions, ..Geoparsed::default() }
}

fn add(project: &mut Project, numbers: std::ops::Range<u32>) {
    let articles: Vec<_> = numbers.map(|number| (number, article(number))).collect();
    let articles: Vec<_> = articles.iter().map(|(number, article)| (*number, article)).collect();
    project.add(&articles).unwrap();
}

/// An edit by its number: of a mention each time, another place each.
fn edit(state: &State, number: usize) -> Edit {
    let target = Target::Mention((number % 40) as u32, Span::new(number % 7, 40));
    let value = Value::Place(place(&format!("place {number}")));
    state.edit(format!("edit {number}"), [(target, Field::Place, Some(value))])
}

/// A project with articles and edits, some of them undone.
fn made(path: &Path, articles: u32) -> Project {
    let mut project = Project::create(path, About::new("news", "Ann")).unwrap();
    for start in (0..articles).step_by(100) {
        add(&mut project, start..articles.min(start + 100));
    }
    for number in 0..30 {
        project.apply(edit(project.state(), number), "Ann", None).unwrap();
        if number % 5 == 4 {
            project.undo("Ben").unwrap();
        }
        if number % 10 == 9 {
            project.redo("Ben").unwrap();
        }
    }
    project
}
