use std::sync::Arc;

use super::*;
use crate::model::{
    Area, Candidate, Event, EventType, How, Kind, Mention, PartialDate, Place, Polarity, Precision, Role,
    Sense, Span, When,
};
use crate::project::state::Author;
use crate::project::{EntryId, Target};

fn place(name: &str) -> Arc<Place> {
    // Every letter further lies one degree further east.
    let lon = name.bytes().next().map_or(0.0, |letter| f64::from(letter - b'a'));
    Arc::new(Place {
        id: format!("p:{name}"),
        name: name.to_owned(),
        lat: 10.0,
        lon,
        country_code: String::new(),
        country: String::new(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: "PPL".to_owned(),
        population: 1,
        precision: Precision::Settlement,
        radius_m: 1_000.0,
        bbox: None,
    })
}

/// An article from its text with the mentions in brackets, each with its candidates ("[Derna a b]"), and the words that
/// tell events in braces, each with the numbers of the mentions where it happened ("{shelled 0 1}").
fn found(marked: &str) -> Geoparsed {
    let mut found = Geoparsed::default();
    let mut text = String::new();
    for part in marked.split_inclusive([']', '}']) {
        let Some((before, inside)) = part.split_once(['[', '{']) else {
            text.push_str(part);
            continue;
        };
        text.push_str(before);
        let (words, rest) = inside.split_once(' ').unwrap_or((&inside[..inside.len() - 1], ""));
        let rest = rest.trim_end_matches([']', '}']);
        let span = Span::new(text.len(), text.len() + words.len());
        text.push_str(words);
        if part.ends_with(']') {
            let each = rest.split_whitespace().zip([0.7_f32, 0.2, 0.1, 0.05, 0.01]);
            let candidates: Vec<Candidate> = each
                .map(|(name, score)| Candidate {
                    place: place(name),
                    score,
                    reasons: vec!["best known".into()],
                })
                .collect();
            let (kind, sense, role) = (Kind::Name, Sense::Literal, Role::Mention);
            let resolved = !candidates.is_empty();
            found.mentions.push(Mention { span, kind, sense, role, candidates, resolved, decided: None });
        } else {
            let places = rest.split_whitespace().map(|number| number.parse().unwrap()).collect();
            found.events.push(Event {
                trigger: span,
                kind: EventType::Fight,
                subtype: Some("shelling".to_owned()),
                polarity: Polarity::Happened,
                background: false,
                places,
                when: When::Published,
                actors: Vec::new(),
                quote: span,
                score: 0.9,
                decided: None,
            });
        }
    }
    for &place in found.events.iter().flat_map(|event| &event.places) {
        found.mentions[place].role = Role::Event;
    }
    found.article = Article::from_text("one", text);
    found
}

/// The first place in the text where words stand.
fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("no {words} in {text}"));
    Span::new(start, start + words.len())
}

/// One value from a few words: "Derna is b", "Derna no", "shelled scene Derna Cairo", "name strip means a", "a same b".
fn put(state: &mut State, text: &str, line: &str, entry: EntryId) {
    let mut words = line.split(' ').map(|word| word.replace('_', " "));
    let mut next = || words.next().unwrap_or_default();
    let (about, what, value) = (next(), next(), next());
    let mention = |field, value| (Target::Mention(0, span(text, &about)), field, value);
    let event = |field, value| (Target::Event(0, span(text, &about)), field, value);
    let article = |field, value| (Target::Article(0), field, value);
    let (target, field, value) = match what.as_str() {
        "is" => mention(Field::Place, Value::Place(place(&value))),
        "ok" => mention(Field::Place, Value::Confirmed(place(&value))),
        "no" => mention(Field::Place, Value::Rejected),
        "added" => mention(Field::Added, Value::Yes),
        "words" => mention(Field::Words, Value::Words(span(text, &value))),
        "kind" => mention(Field::Kind, Value::Kind(Kind::Demonym)),
        "sense" => mention(Field::Sense, Value::Sense(Sense::Associative)),
        "note" => mention(Field::Note, Value::Text(value)),
        "tags" => mention(Field::Tags, Value::Tags(value.split(',').map(str::to_owned).collect())),
        "means" => (Target::Name(about), Field::Means, Value::Place(place(&value))),
        "same" => (Target::Place(format!("p:{about}")), Field::SameAs, Value::Place(place(&value))),
        "title" => article(Field::Title, Value::Text(value)),
        "source" => article(Field::Source, Value::Text(value)),
        "date" => article(Field::Date, Value::Date(value.parse().ok())),
        "untold" => event(Field::Told, Value::Rejected),
        "told" => event(Field::Told, Value::Yes),
        "type" => event(Field::Type, Value::Type(EventType::Aid)),
        "polarity" => event(Field::Polarity, Value::Polarity(Polarity::Denied)),
        "when" => event(Field::When, Value::Date(value.parse().ok())),
        "scene" => {
            let keys =
                value.split(',').filter(|words| !words.is_empty()).map(|words| span(text, words)).collect();
            event(Field::Scene, Value::Scene(keys))
        }
        other => panic!("{other}"),
    };
    let edit = state.edit("", [(target, field, Some(value))]);
    state.apply(&edit, entry);
    state.sign(entry, Author { who: "Ann".to_owned(), at: entry.0 as i64 });
}

/// The article with decisions laid over it, parted by semicolons.
fn laid(marked: &str, said: &str) -> Geoparsed {
    let found = found(marked);
    let mut state = State::default();
    for (number, line) in said.split("; ").filter(|line| !line.is_empty()).enumerate() {
        put(&mut state, &found.article.text, line, EntryId(number as u64 + 1));
    }
    overlaid(found, 0, &state)
}

fn mentions(geoparsed: &Geoparsed) -> String {
    let one = |mention: &Mention| {
        let words = mention.span.of(&geoparsed.article.text);
        let names: Vec<&str> =
            mention.candidates.iter().map(|candidate| candidate.place.name.as_str()).collect();
        let mut line = format!("{words} {}", if names.is_empty() { "-".to_owned() } else { names.join("/") });
        if mention.how() != How::Auto {
            line.push_str(&format!(" {}", mention.how().as_str()));
        }
        line
    };
    geoparsed.mentions.iter().map(one).collect::<Vec<_>>().join(", ")
}

#[test]
fn decisions_lie_over_what_was_found() {
    let check = |marked: &str, said: &str, expected: &str| {
        let laid = laid(marked, said);
        assert_eq!(mentions(&laid), expected, "{marked} / {said}");
        assert_eq!(laid.article.text, found(marked).article.text);
    };
    let two = "In [Derna a b] and [Cairo c d].";
    check(two, "", "Derna a/b, Cairo c/d");
    check(two, "Derna is b", "Derna b/a corrected, Cairo c/d");
    check(two, "Derna is x", "Derna x/a/b corrected, Cairo c/d");
    check(two, "Derna ok a; Cairo no", "Derna a/b confirmed, Cairo c/d rejected");
    // What was agreed with holds though the program says something else by now.
    check(two, "Derna ok b", "Derna b/a confirmed, Cairo c/d");
    check("[Derna a b c d e]", "Derna is x", "Derna x/a/b/c/d corrected");
    check("[Derna]", "Derna is x", "Derna x corrected");
    // Notes, tags, kind and sense leave the place to the program.
    check(two, "Derna note odd; Cairo sense", "Derna a/b, Cairo c/d");
    // Added, other words, and what they push out.
    let york = "From [York a] and New [Yorks b] to Rome.";
    check(york, "Rome added; Rome is r", "York a, Yorks b, Rome r added");
    check(york, "Rome added", "York a, Yorks b, Rome - added");
    check(york, "New_Yorks added; New_Yorks is n", "York a, New Yorks n added");
    check(york, "Yorks words New_Yorks", "York a, New Yorks b corrected");
    check(york, "Yorks words New_Yorks; Yorks is n", "York a, New Yorks n/b corrected");
    check(york, "Yorks words Yorks_to", "York a, Yorks to b corrected");
    // The program finds the new words itself.
    check(
        "From New [York a] or [Paris p].",
        "York words New_York; York is n",
        "New York n/a corrected, Paris p",
    );
    check("In [Derna a] or [Dernaa b].", "Derna words Dernaa", "Dernaa b corrected");
    // Two people about words that overlap: the later one.
    check(york, "Yorks is x; New_Yorks added", "York a, New Yorks - added");
    check(york, "New_Yorks added; Yorks is x", "York a, Yorks x/b corrected");
    check(york, "Yorks no; New_Yorks added", "York a, New Yorks - added");
    check(york, "New_Yorks added; Yorks no", "York a, New Yorks - added");
    // The program no longer finds the words.
    check("In Derna and [Cairo c].", "Derna is b", "Derna b corrected, Cairo c");
    check("In Derna and [Cairo c].", "Derna ok b; Cairo note hm", "Derna b confirmed, Cairo c");
    check("In Derna and [Cairo c].", "Derna no", "Derna - rejected, Cairo c");
    check("In Derna and [Cairo c].", "Derna note hm", "Derna -, Cairo c");
    check("New [Yorks b]", "New_Yorks note hm", "Yorks b");
    check("New [Yorks b]", "New_Yorks no", "Yorks b");
    check("New [Yorks b]", "New_Yorks ok n", "New Yorks n confirmed");
}

#[test]
fn names_and_places_mean_the_same_in_all_articles() {
    let check = |marked: &str, said: &str, expected: &str| {
        assert_eq!(mentions(&laid(marked, said)), expected, "{marked} / {said}");
    };
    let strip = "The [Strip a b], the [STRIP], and [Cairo c d].";
    check(strip, "strip means g", "Strip g/a/b corrected, STRIP g corrected, Cairo c/d");
    check(strip, "strip means g; Strip is b", "Strip b/a corrected, STRIP g corrected, Cairo c/d");
    check(strip, "strip means g; Strip ok a", "Strip a/b confirmed, STRIP g corrected, Cairo c/d");
    check(strip, "strip means g; Strip no", "Strip a/b rejected, STRIP g corrected, Cairo c/d");
    check(strip, "strip means g; Strip note hm", "Strip g/a/b corrected, STRIP g corrected, Cairo c/d");
    check("A strip.", "strip means g; strip added", "strip g added");
    // Places that are the same.
    check(strip, "a same x", "Strip x/b, STRIP -, Cairo c/d");
    check(strip, "a same b", "Strip b, STRIP -, Cairo c/d");
    check(strip, "b same a", "Strip a, STRIP -, Cairo c/d");
    check(strip, "a same x; x same y; Cairo is a", "Strip y/b, STRIP -, Cairo y/c/d corrected");
    check(strip, "a same a", "Strip a/b, STRIP -, Cairo c/d");
    check(strip, "a same b; b same a", "Strip a, STRIP -, Cairo c/d");
    check(strip, "a same y; y same x; x same y", "Strip x/b, STRIP -, Cairo c/d");
    check(strip, "strip means a; a same x", "Strip x/b corrected, STRIP x corrected, Cairo c/d");
}

#[test]
fn a_decision_says_why_by_whom_and_how_sure() {
    let check = |said: &str, reasons: &[&str], score: f32, by: &str| {
        let laid = laid("In [Derna a b].", said);
        let mention = &laid.mentions[0];
        let best = mention.chosen().unwrap();
        assert_eq!(best.reasons, reasons, "{said}");
        assert!((best.score - score).abs() < 1e-6, "{said}: {}", best.score);
        assert_eq!(mention.decided.as_ref().map_or("", |decided| &decided.by), by, "{said}");
    };
    check("", &["best known"], 0.7, "");
    check("Derna is b", &["chosen by hand", "best known"], 1.0, "Ann");
    check("Derna ok a", &["confirmed by hand", "best known"], 0.7, "Ann");
    check("Derna is x", &["chosen by hand"], 1.0, "Ann");
    check("derna means b", &["in this collection “Derna” means it", "best known"], 1.0, "Ann");
    check("a same x", &["the same place as a", "best known"], 0.7, "");
    check("Derna is a; a same x", &["chosen by hand", "the same place as a", "best known"], 1.0, "Ann");
}

#[test]
fn what_is_decided_goes_with_the_mention() {
    let laid =
        laid("In [York a] now.", "York words York_now; York note odd; York tags b,c; York sense; York kind");
    let [mention] = laid.mentions.as_slice() else { panic!("{:?}", laid.mentions) };
    assert_eq!((mention.kind, mention.sense), (Kind::Demonym, Sense::Associative));
    let decided = mention.decided.as_ref().unwrap();
    assert_eq!((decided.note.as_deref(), decided.tags.join(" ").as_str()), (Some("odd"), "b c"));
    assert_eq!(mention.key(), span(&laid.article.text, "York"));
}

#[test]
fn events_follow_mentions_and_decisions() {
    let check = |marked: &str, said: &str, expected: &str| {
        let laid = laid(marked, said);
        let text = &laid.article.text;
        let one = |event: &Event| {
            let places = event.places.iter().map(|&place| {
                let happens = laid.mentions[place].role == Role::Event;
                assert!(happens || event.is_rejected(), "{marked} / {said}");
                laid.mentions[place].span.of(text).to_owned()
            });
            let places: Vec<String> = places.collect();
            let when = laid.edtf_of(event).unwrap_or_else(|| "-".to_owned());
            let parts = [
                event.trigger.of(text),
                event.kind.as_str(),
                event.polarity.as_str(),
                &when,
                event.how().as_str(),
            ];
            format!("{} at {}", parts.join(" "), places.join("+"))
        };
        assert_eq!(laid.events.iter().map(one).collect::<Vec<_>>().join(", "), expected, "{marked} / {said}");
        let marks = laid.mentions.iter().filter(|mention| mention.role == Role::Event).count();
        let mut places: Vec<usize> = laid
            .events
            .iter()
            .filter(|event| !event.is_rejected())
            .flat_map(|event| event.places.clone())
            .collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(marks, places.len(), "{marked} / {said}");
    };
    let war = "Near [York a] they {shelled 1} New [Yorks b], and {fed 0} some.";
    check(war, "", "shelled fight happened - auto at Yorks, fed fight happened - auto at York");
    check(war, "York no", "shelled fight happened - auto at Yorks, fed fight happened - auto at ");
    check(
        war,
        "Near added; York is x",
        "shelled fight happened - auto at Yorks, fed fight happened - auto at York",
    );
    check(
        war,
        "New_Yorks added",
        "shelled fight happened - auto at New Yorks, fed fight happened - auto at York",
    );
    check(
        war,
        "fed type; fed told",
        "shelled fight happened - auto at Yorks, fed aid happened - corrected at York",
    );
    check(war, "fed told", "shelled fight happened - auto at Yorks, fed fight happened - confirmed at York");
    check(
        war,
        "fed polarity; fed when 2014-02",
        "shelled fight happened - auto at Yorks, fed fight denied 2014-02 corrected at York",
    );
    check(
        war,
        "fed scene Yorks,York",
        "shelled fight happened - auto at Yorks, fed fight happened - corrected at Yorks+York",
    );
    check(
        war,
        "fed scene ; Yorks words New_Yorks",
        "shelled fight happened - auto at New Yorks, fed fight happened - corrected at ",
    );
    check(
        war,
        "fed scene Yorks; Yorks words New_Yorks",
        "shelled fight happened - auto at New Yorks, fed fight happened - corrected at New Yorks",
    );
    check(war, "fed untold", "shelled fight happened - auto at Yorks, fed fight happened - rejected at York");
    check(
        "[York a] was {shelled 0}, then fed.",
        "fed type; fed scene York",
        "shelled fight happened - auto at York, fed aid happened - added at York",
    );
    check(
        "[York a] was {shelled 0}, then fed.",
        "fed told; fed when 2014",
        "shelled fight happened - auto at York",
    );
    check(
        "[York a] was {shelled 0}.",
        "one date 2011-03-04",
        "shelled fight happened 2011-03-04 auto at York",
    );
}

#[test]
fn articles_are_told_as_people_set_them() {
    let mut before = found("In [Derna a].");
    before.article.title = Some("In Derna".to_owned());
    before.article.title_span = Some(Span::new(0, 8));
    let mut state = State::default();
    for (number, line) in ["one title Rain", "one source Gazette", "one date 2011-03"].iter().enumerate() {
        put(&mut state, &before.article.text, line, EntryId(number as u64 + 1));
    }
    let article = overlaid(before.clone(), 0, &state).article;
    assert_eq!((article.title.as_deref(), article.title_span), (Some("Rain"), None));
    assert_eq!(article.source.as_deref(), Some("Gazette"));
    let march = PartialDate { year: Some(2011), month: Some(3), day: None };
    assert_eq!((article.date, article.date_evidence), (Some(march), Some(DateEvidence::Set)));
    assert_eq!(overlaid(before.clone(), 1, &state), before);
}

#[test]
fn areas_go_along_with_their_anchors() {
    let check = |said: &str, expected: &[(&str, f64)]| {
        let mut found = found("A camp north of [Derna b] and between [Homs c] and [Hama d].");
        let text = found.article.text.clone();
        for (words, anchor, lon) in [("north of Derna", "Derna", 1.5), ("between Homs and Hama", "Homs", 2.5)]
        {
            let (span, anchor) = (span(&text, words), span(&text, anchor));
            found.areas.push(Area { span, anchor, lat: 10.0, lon, radius_m: 1_000.0 });
        }
        let mut state = State::default();
        for (number, line) in said.split("; ").filter(|line| !line.is_empty()).enumerate() {
            put(&mut state, &text, line, EntryId(number as u64 + 1));
        }
        let laid = overlaid(found, 0, &state);
        let areas: Vec<(&str, f64)> =
            laid.areas.iter().map(|area| (area.anchor.of(&text), (area.lon * 10.0).round() / 10.0)).collect();
        assert_eq!(areas, expected, "{said}");
    };
    check("", &[("Derna", 1.5), ("Homs", 2.5)]);
    check("Derna is f", &[("Derna", 5.5), ("Homs", 2.5)]);
    check("Derna no; Homs ok c", &[("Homs", 2.5)]);
    check("Homs is k", &[("Derna", 1.5)]);
    check("Derna words of_Derna", &[("of Derna", 1.5), ("Homs", 2.5)]);
}

#[test]
fn who_places_the_others_is_told_what_is_decided() {
    let check = |said: &str, expected: &str| {
        let article = found("In [York a] and New [Yorks b], near [Rome r].").article;
        let mut state = State::default();
        for (number, line) in said.split("; ").filter(|line| !line.is_empty()).enumerate() {
            put(&mut state, &article.text, line, EntryId(number as u64 + 1));
        }
        let one = |decision: &Decision| {
            let ruling = match &decision.ruling {
                Ruling::Is(place) => place.name.clone(),
                Ruling::Rejected => "no".to_owned(),
                Ruling::Unplaced => "?".to_owned(),
            };
            format!("{} {ruling}", decision.span.of(&article.text))
        };
        let told: Vec<String> = told_of(0, &article, &state).mentions.iter().map(one).collect();
        assert_eq!(told.join(", "), expected, "{said}");
    };
    check("", "");
    check("Rome is x; York ok a; Yorks no", "York a, Yorks no, Rome x");
    check("Yorks words New_Yorks; Rome note hm; York sense", "York ?, New Yorks ?");
    check("Yorks is b; New_Yorks added; Rome is a; a same z", "New Yorks ?, Rome z");
    check("New_Yorks added; Yorks no", "New Yorks ?");
}

/// How many articles a second decisions are laid over: twenty mentions with five candidates, three decisions.
#[test]
#[ignore = "a measurement"]
fn time_overlay() {
    let marked: Vec<String> =
        (0..20).map(|number| format!("words of a sentence before [Town{number:02}x a b c d e]")).collect();
    let found = found(&(marked.join(" ") + " {shelled 0} {fed 1 2}"));
    let text = found.article.text.clone();
    for said in
        ["", "Town03x is b; Town11x no; Town12x is x", "town04x means b; a same x; Town11x no; shelled type"]
    {
        let mut state = State::default();
        for (number, line) in said.split("; ").filter(|line| !line.is_empty()).enumerate() {
            put(&mut state, &text, line, EntryId(number as u64 + 1));
        }
        let copies: Vec<Geoparsed> = (0..20_000).map(|_| found.clone()).collect();
        let start = std::time::Instant::now();
        let laid: Vec<Geoparsed> = copies.into_iter().map(|found| overlaid(found, 0, &state)).collect();
        println!("{:9.0} articles a second: {said:?}", laid.len() as f64 / start.elapsed().as_secs_f64());
    }
}
