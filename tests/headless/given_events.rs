//! Where given events happened, by the real program.

use serde_json::{Value, json};

use crate::support::{folder, records, run, run_with};

/// A line with the event that `trigger` tells; offsets in code points.
fn line(id: &str, text: &str, trigger: &str) -> String {
    let before = text.find(trigger).unwrap_or_else(|| panic!("{trigger:?} is not in {text:?}"));
    let start = text[..before].chars().count();
    let event = json!({ "start": start, "end": start + trigger.chars().count() });
    format!("{}\n", json!({ "id": id, "text": text, "event": event }))
}

/// The words of the places in an answer.
fn places(text: &str, answer: &Value) -> Vec<String> {
    let part = |place: &Value| {
        let at = |key: &str| place[key].as_u64().unwrap() as usize;
        text.chars().skip(at("start")).take(at("end") - at("start")).collect()
    };
    answer["locations"].as_array().unwrap().iter().map(part).collect()
}

fn check(text: &str, trigger: &str, expected: &[&str]) {
    let folder = folder(&[]);
    let ran = run_with(folder.path(), &["geoparse", "--given-events", "-"], &line("a", text, trigger));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{text}");
    let answers = records(&ran.stdout);
    assert_eq!(answers.len(), 1, "{}", ran.stdout);
    assert_eq!(places(text, &answers[0]), expected, "{text}");
}

#[test]
fn an_event_is_where_its_sentence_says() {
    check("A bomb exploded in Basra on Sunday, police in Baghdad said.", "exploded", &["Basra"]);
    check("Gunmen killed two farmers near the village of Malha in northern Syria.", "killed", &["Malha"]);
    check("Nobody has been killed so far, a spokesman said.", "killed", &[]);
    check(
        "« Émeutes » : police clashed with crowds who marched through Lyon on Monday.",
        "marched",
        &["Lyon"],
    );
}

#[test]
fn answers_come_in_the_order_of_the_questions() {
    let folder = folder(&[]);
    let texts = ["Rebels captured Homs.", "Troops shelled Hama.", "Police raided a house in Idlib."];
    let asked = [("c", texts[0], "captured"), ("a", texts[1], "shelled"), ("b", texts[2], "raided")];
    let lines: String = asked.iter().map(|(id, text, trigger)| line(id, text, trigger)).collect();
    for threads in ["1", "3"] {
        let args = ["geoparse", "--given-events", "-j", threads, "--format", "jsonl", "-"];
        let answers = records(&run_with(folder.path(), &args, &lines).stdout);
        let told: Vec<_> = answers.iter().map(|answer| answer["id"].as_str().unwrap()).collect();
        assert_eq!(told, ["c", "a", "b"]);
        for (answer, text) in answers.iter().zip(texts) {
            assert_eq!(places(text, answer).len(), 1, "{text}");
        }
    }
}

#[test]
fn a_line_without_an_event_is_told_and_loses_no_other() {
    let text = "Rebels captured Homs.";
    let none = json!({ "id": "none", "text": text }).to_string();
    let far = json!({ "id": "far", "text": text, "event": { "start": 7, "end": 99 } }).to_string();
    let lines = format!("{none}\n{far}\n{}", line("b", text, "captured"));
    let folder = folder(&[("in.jsonl", lines.as_bytes())]);
    let ran = run(folder.path(), &["geoparse", "--given-events", "in.jsonl", "-o", "out.jsonl"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("none: it has no “event”"), "{}", ran.stderr);
    assert!(ran.stderr.contains("no such span in the text"), "{}", ran.stderr);
    let written = std::fs::read_to_string(folder.path().join("out.jsonl")).unwrap();
    assert_eq!(records(&written).len(), 1);
}

#[test]
fn what_makes_no_sense_beside_it_is_refused() {
    let folder = folder(&[]);
    for (args, why) in [
        (&["--given-spans"][..], "--given-spans"),
        (&["--kinds", "all"], "--kinds"),
        (&["--unresolved"], "--unresolved"),
        (&["--with-text", "--format", "jsonl"], "--with-text"),
        (&["--no-events"], "--no-events"),
        (&["--rows", "events"], "--rows"),
        (&["--format", "csv"], "jsonl, not csv"),
        (&["-o", "out.geojson"], "jsonl, not geojson"),
    ] {
        let ran = run(folder.path(), &[&["geoparse", "--given-events", "-"], args].concat());
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.stderr.contains("--given-events") && ran.stderr.contains(why), "{}", ran.stderr);
    }
}
