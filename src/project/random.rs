//! Edits and entries that proptest makes up, over every target, field and value.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::model::{Article, EventType, Kind, PartialDate, Place, Polarity, Precision, Sense, Span};

/// The texts of a collection of three articles.
pub(super) const TEXTS: [&str; 3] = [
    "In Derna and in New York, the Strip – nothing. ÄÖ Derna was shelled.",
    "CAIRO: Ångström\u{301} fled to 京都 and to Derna.",
    "",
];

pub(super) fn article(number: u32) -> Option<Article> {
    let text = TEXTS.get(number as usize)?;
    Some(Article::from_text(format!("{number}.txt"), *text))
}

pub(super) fn texts() -> corrections::Texts<'static> {
    corrections::Texts { count: TEXTS.len() as u32, get: &article }
}

pub(super) fn place() -> impl Strategy<Value = Arc<Place>> {
    ("[a-d]", 0..3_i32).prop_map(|(name, at)| {
        Arc::new(Place {
            id: format!("p:{name}"),
            name: name.to_uppercase(),
            lat: f64::from(at) * 1.5,
            lon: -1.25 - f64::from(at),
            country_code: "LY".to_owned(),
            country: "Libya".to_owned(),
            admin1: String::new(),
            feature_class: 'P',
            feature_code: "PPL".to_owned(),
            population: 7,
            precision: Precision::Settlement,
            radius_m: 100.0,
            bbox: None,
        })
    })
}

/// Words of an article, on boundaries of characters; none in an empty one.
fn words(article: u32) -> impl Strategy<Value = Span> {
    let text = TEXTS[article as usize];
    let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    (0..bounds.len(), 1..8_usize).prop_map(move |(start, length)| {
        let start = start.min(bounds.len().saturating_sub(2));
        Span::new(bounds[start], bounds[(start + length).min(bounds.len() - 1)])
    })
}

/// Any span, most of them nonsense.
pub(super) fn any_span() -> impl Strategy<Value = Span> {
    prop_oneof![
        words(0),
        words(1),
        (0..90_usize, 0..90_usize).prop_map(|(start, end)| Span::new(start, end)),
        Just(Span::new(usize::MAX, usize::MAX)),
    ]
}

fn date() -> impl Strategy<Value = Option<PartialDate>> {
    let whole =
        (0..3000_i16, 1..=12_u8, 1..=28_u8).prop_map(|(year, month, day)| PartialDate::ymd(year, month, day));
    let part = (proptest::option::of(0..3000_i16), proptest::option::of(1..=12_u8))
        .prop_map(|(year, month)| PartialDate { year, month, day: None });
    proptest::option::of(prop_oneof![whole, part])
}

fn text() -> impl Strategy<Value = String> {
    select(vec!["", "odd", "“Ä” – 京"]).prop_map(str::to_owned)
}

fn value_of(field: Field, article: u32) -> BoxedStrategy<Value> {
    match field {
        Field::Place => prop_oneof![
            place().prop_map(Value::Place),
            place().prop_map(Value::Confirmed),
            Just(Value::Rejected)
        ]
        .boxed(),
        Field::Added | Field::Removed => Just(Value::Yes).boxed(),
        Field::Words => words(article).prop_map(Value::Words).boxed(),
        Field::Kind => select(Kind::ALL.to_vec()).prop_map(Value::Kind).boxed(),
        Field::Sense => select(vec![Sense::Literal, Sense::Associative]).prop_map(Value::Sense).boxed(),
        Field::Told => prop_oneof![Just(Value::Yes), Just(Value::Rejected)].boxed(),
        Field::Type => select(EventType::ALL.to_vec()).prop_map(Value::Type).boxed(),
        Field::Polarity => select(Polarity::ALL.to_vec()).prop_map(Value::Polarity).boxed(),
        Field::Scene => vec(words(article), 0..3).prop_map(Value::Scene).boxed(),
        Field::Date | Field::When => date().prop_map(Value::Date).boxed(),
        Field::Title | Field::Source | Field::Note => text().prop_map(Value::Text).boxed(),
        Field::Home | Field::SameAs | Field::Means => place().prop_map(Value::Place).boxed(),
        Field::Tags => select(vec![vec!["a"], vec!["a", "b"], vec![]])
            .prop_map(|tags| Value::Tags(tags.into_iter().map(str::to_owned).collect()))
            .boxed(),
        Field::Results => (0..3_u32).prop_map(Value::Number).boxed(),
    }
}

type Put = (Target, Field, Option<Value>);

fn put(target: Target, fields: &[Field]) -> BoxedStrategy<Put> {
    let article = target.article().unwrap_or(0);
    select(fields.to_vec())
        .prop_flat_map(move |field| {
            let target = target.clone();
            proptest::option::weighted(0.8, value_of(field, article))
                .prop_map(move |value| (target.clone(), field, value))
        })
        .boxed()
}

const MENTION: [Field; 7] =
    [Field::Place, Field::Added, Field::Words, Field::Kind, Field::Sense, Field::Tags, Field::Note];
const EVENT: [Field; 7] =
    [Field::Told, Field::Type, Field::Polarity, Field::Scene, Field::When, Field::Tags, Field::Note];
const ARTICLE: [Field; 7] =
    [Field::Title, Field::Date, Field::Source, Field::Home, Field::Removed, Field::Tags, Field::Note];

/// A value that can be said of what is in the texts.
pub(super) fn any_put() -> BoxedStrategy<Put> {
    let mentions =
        (0..2_u32).prop_flat_map(|number| words(number).prop_map(move |span| Target::Mention(number, span)));
    let events =
        (0..2_u32).prop_flat_map(|number| words(number).prop_map(move |span| Target::Event(number, span)));
    prop_oneof![
        4 => mentions.prop_flat_map(|target| put(target, &MENTION)),
        2 => events.prop_flat_map(|target| put(target, &EVENT)),
        1 => (0..3_u32).prop_flat_map(|number| put(Target::Article(number), &ARTICLE)),
        1 => place().prop_flat_map(|place| put(Target::Place(place.id.clone()), &[Field::SameAs, Field::Note])),
        1 => "[a-c]".prop_flat_map(|name| put(Target::Name(name), &[Field::Means, Field::Tags])),
        1 => put(Target::Collection, &[Field::Note, Field::Results]),
    ]
    .boxed()
}

/// What somebody does: an edit of a few values, undo, redo, or a jump in the history.
#[derive(Clone, Debug)]
pub(super) enum Act {
    Edit(Vec<Put>),
    Undo,
    Redo,
    GoTo(usize),
}

pub(super) fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        5 => vec(any_put(), 0..6).prop_map(Act::Edit),
        2 => Just(Act::Undo),
        1 => Just(Act::Redo),
        1 => (0..20_usize).prop_map(Act::GoTo),
    ];
    vec(act, 0..25)
}

/// A project in memory: what a file would hold, without the file.
#[derive(Clone, Debug, Default)]
pub(super) struct Desk {
    pub(super) entries: Vec<Entry>,
    pub(super) state: State,
    pub(super) journal: Journal,
    pub(super) edits: std::collections::HashMap<EntryId, Edit>,
    /// Numbers of entries begin with it, so that two desks give none twice.
    pub(super) who: u64,
}

impl Desk {
    pub(super) fn of(who: u64) -> Self {
        Self { who, ..Self::default() }
    }

    fn next(&self, what: What) -> Entry {
        let number = self.entries.len() as u64;
        let (at, who) = (number as i64, format!("person {}", self.who));
        Entry { id: EntryId(self.who * 1_000_000 + number), at, who, why: None, what }
    }

    pub(super) fn take(&mut self, entry: Entry) {
        self.journal.note(&entry).unwrap();
        match &entry.what {
            What::Edit(edit) => {
                self.state.apply(edit, entry.id);
                self.state.sign(entry.id, Author { who: entry.who.clone(), at: entry.at });
                self.edits.insert(entry.id, edit.clone());
            }
            What::Undo(id) => self.state.revert(&self.edits[id]),
            What::Redo(id) => self.state.apply(&self.edits[id], *id),
        }
        self.entries.push(entry);
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        let entry = self.next(What::Edit(edit));
        self.take(entry);
    }

    pub(super) fn step(&mut self, what: What) {
        let entry = self.next(what);
        self.take(entry);
    }

    pub(super) fn act(&mut self, act: Act) {
        match act {
            Act::Edit(puts) => {
                let mut seen = std::collections::HashSet::new();
                let puts =
                    puts.into_iter().filter(|(target, field, _)| seen.insert((target.clone(), *field)));
                let edit = self.state.edit("an edit", puts.collect::<Vec<_>>());
                self.edit(edit);
            }
            Act::Undo => {
                if let Some(id) = self.journal.undoable().map(|head| head.id) {
                    self.step(What::Undo(id));
                }
            }
            Act::Redo => {
                if let Some(id) = self.journal.redoable().map(|head| head.id) {
                    self.step(What::Redo(id));
                }
            }
            Act::GoTo(number) => {
                let to = self.journal.history().nth(number).map(|(head, _)| head.id);
                for what in self.journal.steps_to(to).unwrap() {
                    self.step(what);
                }
            }
        }
    }

    /// Takes in what another holds, through a file.
    pub(super) fn merge(&mut self, other: &Desk) -> merge::Merged {
        let theirs = other.corrections().for_articles(texts());
        assert!(theirs.problems.is_empty() && theirs.unknown.is_empty(), "{theirs:?}");
        let merged = merge::merge(&self.state, &self.journal, &theirs);
        merged.entries.iter().for_each(|entry| self.take(entry.clone()));
        if !merged.let_go.sets.is_empty() {
            self.edit(merged.let_go.clone());
        }
        merged
    }

    pub(super) fn corrections(&self) -> corrections::Corrections {
        let (corrections, problems) = corrections::Corrections::of("", &self.state, &self.journal, texts());
        assert!(problems.is_empty());
        let read = corrections::Corrections::from_json(corrections.to_json().as_bytes()).unwrap();
        assert_eq!(read, corrections);
        read
    }

    /// What is said, whoever said it, but for which results hold.
    pub(super) fn values(&self) -> Vec<(Target, Field, Value)> {
        let all = self.state.all().filter(|(_, field, _)| *field != Field::Results);
        all.map(|(target, field, held)| (target, field, held.value.clone())).collect()
    }
}
