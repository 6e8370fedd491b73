use super::*;
use crate::model::{Place, Precision, Span};
use crate::project::random::{Desk, TEXTS, texts};
use crate::project::{State, Value, change};
use std::sync::Arc;

fn place(name: &str) -> Arc<Place> {
    let pin = change::Pin {
        name: name.to_owned(),
        lat: 1.0,
        lon: 2.0,
        precision: Precision::Point,
        radius_m: 10.0,
    };
    Arc::new(change::pin(&pin, None).unwrap())
}

fn span(article: usize, words: &str) -> Span {
    let start = TEXTS[article].find(words).unwrap();
    Span::new(start, start + words.len())
}

/// A project in which Derna, after characters of more than one byte, was decided.
fn desk() -> Desk {
    let mut desk = Desk::of(1);
    let strip = change::alias(&desk.state, "the Strip", &place("Gaza Strip"));
    desk.edit(strip);
    let target = Target::Mention(1, span(1, "Derna"));
    let derna =
        desk.state.edit("Derna is Darnah", [(target, Field::Place, Some(Value::Place(place("Darnah"))))]);
    desk.edit(derna);
    desk
}

#[test]
fn a_file_says_what_it_is_about() {
    let corrections = desk().corrections();
    let [article] = corrections.articles.as_slice() else { panic!("{corrections:?}") };
    assert_eq!((article.id.as_str(), article.number), ("1.txt", 1));
    let words = &article.mentions[0].words;
    assert_eq!(words.text, "Derna");
    assert_eq!(TEXTS[1].chars().skip(words.start).take(words.end - words.start).collect::<String>(), "Derna");
    assert_eq!(corrections.edits[1].who, "person 1");
    assert_eq!(corrections.edits[1].at, "1970-01-01T00:00:01Z");
    assert_eq!(corrections.len(), 2);
}

#[test]
fn files_that_cannot_be_read_say_why() {
    let good = desk().corrections().to_json();
    let check = |json: String, expected: &str| {
        let error = Corrections::from_json(json.as_bytes()).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    };
    check(good.replace("\"version\": 1", "\"version\": 2"), "a newer version of Dateline made it (form 2;");
    check(good.replace("dateline corrections", "shopping list"), "no corrections of Dateline");
    check("[]".to_owned(), "no corrections of Dateline");
    check("{\"type\": \"FeatureCollection\"}".to_owned(), "no corrections of Dateline");
    check(String::new(), "damaged");
    check(good[..good.len() / 2].to_owned(), "damaged");
    check(good.replace("\"field\": \"means\"", "\"field\": \"colour\""), "damaged");
    assert!(Corrections::from_json(format!("\u{feff}{good}").as_bytes()).is_ok());
}

#[test]
fn what_does_not_fit_is_told_and_left_out() {
    let good = desk().corrections();
    let check = |change: &dyn Fn(&mut Corrections), values: usize, problem: &str, unknown: usize| {
        let mut corrections = good.clone();
        change(&mut corrections);
        let theirs = corrections.for_articles(texts());
        let problems: Vec<_> =
            theirs.problems.iter().map(|one| format!("{}: {}", one.place, one.reason)).collect();
        assert_eq!((theirs.values.len(), theirs.unknown.len()), (values, unknown), "{problems:?}");
        assert_eq!(problems.join("; "), problem);
        // Nobody takes what is missing for something that was let go of.
        let merged = crate::project::merge::merge(&desk().state, &desk().journal, &theirs);
        assert!(merged.let_go.sets.is_empty() || unknown + problems.len() == 0);
    };
    let nonsense = "1.txt: a correction makes no sense, and is left out";
    check(&|_| {}, 2, "", 0);
    check(&|all| all.articles[0].number = 0, 2, "", 0);
    check(&|all| all.articles[0].number = u32::MAX, 2, "", 0);
    check(&|all| all.articles[0].content = "0".repeat(32), 1, "", 1);
    let moved = "1.txt: “Derna” does not stand where a correction says, which is left out";
    check(&|all| all.articles[0].mentions[0].words.start += 1, 1, moved, 0);
    check(&|all| all.articles[0].mentions[0].words.end = usize::MAX, 1, moved, 0);
    check(&|all| all.articles[0].mentions[0].values[0].field = Field::Title, 1, nonsense, 0);
    check(&|all| all.articles[0].mentions[0].values[0].edit = "it".to_owned(), 1, nonsense, 0);
    check(
        &|all| all.articles[0].mentions[0].values[0].value = ValueRecord::Place("no such".to_owned()),
        1,
        nonsense,
        0,
    );
    let off = "1.txt: a correction makes no sense, and is left out; the strip: a correction makes no sense, and is left out";
    check(&|all| all.places.values_mut().for_each(|place| place.lat = 91.0), 0, off, 0);
}

#[test]
fn articles_with_the_same_text_are_each_one() {
    let text = |id: u32| (id < 3).then(|| Article::from_text(id.to_string(), "In Derna."));
    let all = Texts { count: 3, get: &text };
    let mut state = State::default();
    let journal = crate::project::Journal::default();
    for number in [0, 2] {
        let put = [(Target::Mention(number, Span::new(3, 8)), Field::Place, Some(Value::Rejected))];
        state.apply(&state.edit("", put), EntryId(u64::from(number)));
    }
    let (corrections, _) = Corrections::of("", &state, &journal, all);
    let other = |number: u32| (number > 0).then(|| text(number.checked_sub(1)?)).flatten();
    let theirs = corrections.for_articles(Texts { count: 4, get: &other });
    let mut numbers: Vec<_> = theirs.values.iter().filter_map(|(target, ..)| target.article()).collect();
    numbers.sort_unstable();
    assert_eq!((numbers, theirs.unknown.len()), (vec![1, 2], 0));
}

#[test]
fn places_with_one_identifier_stay_apart() {
    let mut desk = Desk::of(1);
    let here = place("Camp");
    let there = Arc::new(Place { lat: 5.0, ..(*here).clone() });
    for (words, place) in [("Derna", &here), ("New York", &there), ("Strip", &here)] {
        let target = Target::Mention(0, span(0, words));
        let edit = desk.state.edit("", [(target, Field::Place, Some(Value::Confirmed(Arc::clone(place))))]);
        desk.edit(edit);
    }
    let corrections = desk.corrections();
    assert_eq!(corrections.places.len(), 2);
    let mut bare = Desk::of(2);
    bare.merge(&desk);
    assert_eq!(bare.values(), desk.values());
}
