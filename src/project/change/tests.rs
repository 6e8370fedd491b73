use std::sync::Arc;

use super::*;
use crate::model::{EventType, Kind, Place, Polarity, Precision, Sense, Span};
use crate::project::EntryId;

fn place(name: &str, country: &str) -> Arc<Place> {
    let made =
        Pin { name: name.to_owned(), lat: 1.0, lon: 2.0, precision: Precision::Settlement, radius_m: 10.0 };
    let made = pin(&made, None).unwrap();
    Arc::new(Place { id: format!("p:{name}"), country: country.to_owned(), ..made })
}

fn meant(article: u32, start: usize, shown: Option<&Arc<Place>>) -> Meant {
    Meant { article, key: Span::new(start, start + 5), place: shown.cloned() }
}

/// An edit in short: its title, then its values.
fn short(edit: &Edit) -> String {
    let one = |set: &Set| {
        let value = match &set.after {
            None => "-".to_owned(),
            Some(Value::Place(place)) => place.name.clone(),
            Some(Value::Confirmed(place)) => format!("ok {}", place.name),
            Some(Value::Text(text)) => text.clone(),
            Some(Value::Tags(tags)) => tags.join("+"),
            Some(other) => format!("{other:?}"),
        };
        format!("{:?} {value}", set.field)
    };
    format!("{}: {}", edit.title, edit.sets.iter().map(one).collect::<Vec<_>>().join(", "))
}

fn check(edit: &Edit, expected: &str) {
    assert_eq!(short(edit), expected);
}

#[test]
fn mentions_are_chosen_confirmed_rejected_and_restored() {
    let mut state = State::default();
    let (darnah, other) = (place("Darnah", "Libya"), place("Derna", "Italy"));
    let all = [meant(0, 0, Some(&other)), meant(0, 9, Some(&darnah)), meant(3, 4, None)];
    let edit = choose(&state, "Derna", &all[..1], &darnah);
    check(&edit, "Derna is Darnah, Libya: Place Darnah");
    check(&choose(&state, "Derna", &all[1..2], &darnah), "Derna is Darnah, Libya: Place ok Darnah");
    state.apply(&edit, EntryId(1));
    check(
        &choose(&state, "Derna", &all, &darnah),
        "Derna → Darnah, Libya in 2 mentions: Place ok Darnah, Place Darnah",
    );
    check(&confirm(&state, "Derna", &all), "Derna is Derna, Italy indeed: Place ok Darnah");
    check(&reject(&state, "Derna", &all[2..]), "Derna is no place: Place Rejected");
    check(&restore(&state, "Derna", &all), "Derna as found in 3 mentions: Place -");
    check(
        &add(&state, "Rome", 0, Span::new(20, 24), Some(&other)),
        "Rome added as Derna, Italy: Added Yes, Place Derna",
    );
    state.apply(&add(&state, "Rome", 0, Span::new(40, 45), None), EntryId(2));
    check(&reject(&state, "Rome", &[meant(0, 40, None)]), "Rome is no place: Added -");
    check(
        &set_words(&state, "New York", 0, Span::new(4, 8), Span::new(0, 8)),
        "The words are New York: Words Words(Span { start: 0, end: 8 })",
    );
    check(&set_words(&state, "York", 0, Span::new(4, 8), Span::new(4, 8)), "The words are York: ");
    check(
        &set_kind(&state, "Greek", &all[..1], Some(Kind::Demonym)),
        "Greek is a demonym: Kind Kind(Demonym)",
    );
    check(
        &set_sense(&state, "Cairo", &all[1..], Some(Sense::Associative)),
        "Cairo is associative in 2 mentions: Sense Sense(Associative), Sense Sense(Associative)",
    );
    let many: Vec<Meant> = (0..50_000).map(|article| meant(article, 100, None)).collect();
    assert_eq!(
        choose(&state, "Derna", &many, &darnah).title,
        "Derna → Darnah, Libya in 50\u{202f}000 mentions"
    );
}

#[test]
fn places_give_way_to_others_and_come_back() {
    let mut state = State::default();
    let [a, b, c] = ["A", "B", "C"].map(|name| place(name, ""));
    let mut step = |edit: &dyn Fn(&State) -> Edit, expected: &str| {
        let edit = edit(&state);
        check(&edit, expected);
        state.apply(&edit, EntryId(1));
        stands(&state, "p:B")
    };
    let two = [a.clone(), b.clone()];
    step(&|state| same_as(state, &two, &b), "A is the same as B: SameAs B");
    step(&|state| same_as(state, &two, &c), "2 places are the same as C: SameAs C, SameAs C");
    // The other way round: no ring.
    let end =
        step(&|state| same_as(state, std::slice::from_ref(&c), &a), "C is the same as A: SameAs -, SameAs A");
    assert_eq!(end, "A");
    let end = step(&|state| split(state, &a), "A by itself: SameAs -, SameAs -");
    assert_eq!(end, "");
    step(&|state| alias(state, "the Strip", &a), "“the Strip” means A everywhere: Means A");
    step(&|state| alias(state, "–", &a), "“–” means A everywhere: ");
    step(&|state| unalias(state, "The STRIP"), "“The STRIP” means no one place: Means -");
    assert!(state.is_empty());
}

fn stands(state: &State, id: &str) -> String {
    crate::project::stands_for(state, id).map(|place| place.name.clone()).unwrap_or_default()
}

#[test]
fn a_pin_is_the_same_place_in_every_copy() {
    let camp = Pin {
        name: " Camp “Zéro” ".to_owned(),
        lat: 30.123_456_789,
        lon: -190.0,
        precision: Precision::Point,
        radius_m: -3.0,
    };
    let near = place("Derna", "Libya");
    let made = pin(&camp, Some(&near)).unwrap();
    assert!(made.id.starts_with("own:camp-zero-"), "{}", made.id);
    assert_eq!((made.lat, made.lon, made.radius_m, made.country.as_str()), (30.123_457, 170.0, 0.0, "Libya"));
    assert_eq!(pin(&camp, None).unwrap().id, made.id);
    let moved = Pin { lat: 30.2, ..camp.clone() };
    assert_ne!(pin(&moved, None).unwrap().id, made.id);
    for bad in [
        Pin { lat: 91.0, ..camp.clone() },
        Pin { lon: f64::INFINITY, ..camp.clone() },
        Pin { name: " ".to_owned(), ..camp },
    ] {
        assert_eq!(pin(&bad, None), None);
    }
}

#[test]
fn notes_tags_articles_and_events() {
    let mut state = State::default();
    let article = Target::Article(2);
    check(&note(&state, "“Rain”", article.clone(), " odd "), "Note on “Rain”: Note odd");
    check(&note(&state, "“Rain”", article.clone(), " "), "No note on “Rain”: ");
    for name in ["wet", "cold", "wet"] {
        state.apply(&tag(&state, "“Rain”", [article.clone()], name, true), EntryId(1));
    }
    check(&tag(&state, "“Rain”", [article.clone()], "cold", false), "Tag “cold” off “Rain”: Tags wet");
    check(
        &tag(&state, "2 articles", [article, Target::Article(3)], "dry", true),
        "Tag “dry” on 2 articles: Tags cold+dry+wet, Tags dry",
    );
    check(&set_title(&state, 2, Some("Rain")), "The title is “Rain”: Title Rain");
    check(&remove(&state, "Rain", &[2]), "“Rain” left out: Removed Yes");
    check(&remove(&state, "", &[2, 3]), "2 articles left out: Removed Yes, Removed Yes");
    let shown = (0, Span::new(3, 7), EventType::Fight);
    check(
        &set_polarity(&state, "shelled", shown, Polarity::Denied),
        "shelled is told as denied: Type Type(Fight), Polarity Polarity(Denied)",
    );
    check(&reject_event(&state, "shelled", 0, shown.1, false), "shelled is no event: Told Rejected");
    let both = [
        set_title(&state, 2, Some("Rain")),
        remove(&state, "Rain", &[2]),
        set_title(&state, 2, Some("Snow")),
    ];
    check(&together("Both", both), "Both: Title Snow, Removed Yes");
}
