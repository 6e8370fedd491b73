//! `dateline eval` on articles and predictions of our own writing, beside what another scorer says of them.
//! The scorer is the one that the literature's figures were made with; its output is committed beside the gold.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;
use serde_json::Value;

use crate::support::{folder, run};

const GOLD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/headless/measured/gold.jsonl");
const PREDICTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/headless/measured/predicted.jsonl");

/// Standard output of `dateline eval` that went well.
fn eval(folder: &Path, args: &[&str]) -> String {
    let ran = run(folder, &[&["eval"], args].concat());
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{args:?}");
    ran.stdout
}

fn report(args: &[&str]) -> Value {
    serde_json::from_str(&eval(folder(&[]).path(), args)).unwrap()
}

#[test]
fn figures_agree_to_the_last_digit_with_another_scorer() {
    let check = |args: &[&str], expected: &str| {
        let args = [&[GOLD, "--predicted", PREDICTED, "--figures", "--json"], args].concat();
        assert_eq!(eval(folder(&[]).path(), &args), expected, "{args:?}");
    };
    check(&[], include_str!("measured/figures.json"));
    check(&["--given"], include_str!("measured/figures-given.json"));
    check(&["--drop-kinds", "demonym"], include_str!("measured/figures-without-demonyms.json"));
}

#[test]
fn what_it_geoparses_is_what_the_geoparser_writes() {
    let gold = fs::read_to_string(GOLD).unwrap();
    let blind: Vec<String> = gold.lines().map(|line| without_toponyms(line, false)).collect();
    let bare: Vec<String> = gold.lines().map(|line| without_toponyms(line, true)).collect();
    let folder =
        folder(&[("blind.jsonl", blind.join("\n").as_bytes()), ("bare.jsonl", bare.join("\n").as_bytes())]);
    let folder = folder.path();
    let check = |input: &str, geoparse: &[&str], given: &[&str]| {
        run(folder, &[&["geoparse", input, "-o", "found.jsonl"], geoparse].concat());
        let beside = eval(folder, &[&[GOLD, "--predicted", "found.jsonl", "--json"], given].concat());
        for threads in ["1", "2", "8"] {
            assert_eq!(eval(folder, &[&[GOLD, "--json", "-j", threads], given].concat()), beside);
        }
    };
    check("blind.jsonl", &[], &[]);
    check("bare.jsonl", &["--given-spans"], &["--given"]);
}

/// A line of gold without what a geoparser must not see.
fn without_toponyms(line: &str, bare: bool) -> String {
    let mut article: Value = serde_json::from_str(line).unwrap();
    let neutral = ["Language", "Demonym", "Literal_Expression", "Non_Lit_Expression", "Homonym"];
    let marks = article["toponyms"].as_array().unwrap().iter();
    let marks = marks.filter(|mark| !neutral.contains(&mark["kind"].as_str().unwrap()));
    let spans = marks.map(|mark| serde_json::json!({"start": mark["start"], "end": mark["end"]})).collect();
    article["toponyms"] = if bare { spans } else { Value::Null };
    article.to_string()
}

#[test]
fn every_mark_and_every_mention_is_counted_once() {
    let report = report(&[GOLD, "--predicted", PREDICTED, "--json", "--worst", "99"]);
    let sum = |tallies: &Value, keys: &[&str]| -> u64 {
        let tallies = tallies.as_array().unwrap().iter();
        tallies.map(|tally| keys.iter().map(|key| tally[key].as_u64().unwrap()).sum::<u64>()).sum()
    };
    let (confusion, overlapping) = (&report["confusion"], &report["figures"]["recognition"]["overlapping"]);
    for cut in ["by_gold_kind", "by_feature"] {
        assert_eq!(sum(&confusion[cut], &["found", "missed"]), overlapping["gold"], "{cut}");
    }
    for cut in ["by_predicted_kind", "by_feature"] {
        assert_eq!(sum(&confusion[cut], &["found", "spurious"]), overlapping["predicted"], "{cut}");
    }
    assert_eq!(
        sum(&confusion["by_feature"], &["right", "wrong"]),
        report["figures"]["resolution"]["toponyms"]
    );
    assert_eq!(
        sum(&confusion["senses"], &["literal", "associative", "silent"]),
        report["figures"]["sense"]["toponyms"]
    );
    assert_eq!(sum(&report["calibration"]["bins"], &["mentions"]), 14);
    let mistakes = |verdict: &str| {
        let articles = report["worst"].as_array().unwrap().iter();
        articles.flat_map(|a| a["mentions"].as_array().unwrap()).filter(|m| m["verdict"] == verdict).count()
            as u64
    };
    for verdict in ["missed", "spurious", "wrong", "unplaced"] {
        assert_eq!(mistakes(verdict), sum(&confusion["by_feature"], &[verdict]), "{verdict}");
    }
}

#[test]
fn the_worst_articles_say_what_went_wrong() {
    let report = eval(folder(&[]).path(), &[GOLD, "--predicted", PREDICTED, "--no-shelf"]);
    for expected in [
        "10 articles, 35 toponyms, 32 of them with a place; nothing was predicted for 1 article.",
        "  mentions, exact bounds     0.5750  0.6571  0.6133    23     40    35\n",
        "\n  ferry “Ferry aground”: 3 mistakes, F1 of places 0.40\n",
        "    wrong     Springfield (at 0): Springfield, US, 429 km from 39.80, -89.64 – best known of 3 places called Springfield\n",
        "    bounds    Mill Lane (at 132), found as “Lane”\n",
        "    spurious  Jordan (at 67): Jordan, JO – best known of 2 places called Jordan\n",
        "    missed    Val Corvo (at 27): means 46.50, 9.00\n",
        "    unplaced  Even Hill (at 19), found as “Even”: means 55.10, -3.10\n",
    ] {
        assert!(report.contains(expected), "{expected} is not in {report}");
    }
    let few = eval(folder(&[]).path(), &[GOLD, "--predicted", PREDICTED, "--worst", "0"]);
    assert!(!few.contains("Worst articles"), "{few}");
}

#[test]
fn the_page_needs_nothing_else() {
    let folder = folder(&[]);
    eval(folder.path(), &[GOLD, "--predicted", PREDICTED, "--html", "report.html"]);
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    let mut open = Vec::new();
    for tag in Regex::new(r"<(/?)([a-z0-9]+)[^>]*?(/?)>").unwrap().captures_iter(&page) {
        match (&tag[1], &tag[3]) {
            ("/", _) => assert_eq!(open.pop().as_deref(), Some(&tag[2]), "{}", &tag[0]),
            (_, "/") => {}
            _ => open.push(tag[2].to_owned()),
        }
    }
    assert_eq!(open, Vec::<String>::new());
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"));
    let verdicts = Regex::new(r#"<mark class="([a-z]+)" id="#).unwrap();
    let verdicts: BTreeSet<_> = verdicts.captures_iter(&page).map(|mark| mark[1].to_owned()).collect();
    let expected = ["bounds", "found", "missed", "spurious", "unplaced", "wrong"];
    assert_eq!(verdicts.iter().map(String::as_str).collect::<Vec<_>>(), expected);
    let files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(files, ["report.html"]);
}

#[test]
fn what_cannot_be_measured_is_told() {
    let fine = r#"{"id":"a","text":"In Oslo.","toponyms":[{"start":3,"end":7}]}"#;
    let folder = folder(&[
        ("fine.jsonl", fine.as_bytes()),
        ("broken.jsonl", format!("{fine}\n{{\"id\":\n").as_bytes()),
        ("outside.jsonl", fine.replace("\"end\":7", "\"end\":70").as_bytes()),
        ("none.jsonl", b"{\"id\":\"a\",\"text\":\"Oslo\",\"toponyms\":[]}"),
        ("bytes.jsonl", b"\xff\xfe\x00"),
    ]);
    let check = |args: &[&str], code: i32, expected: &str| {
        let ran = run(folder.path(), &[&["eval"], args].concat());
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.trim_end()), (code, "", expected), "{args:?}");
    };
    check(&["gone.jsonl"], 1, "dateline: gone.jsonl: there is no such file");
    check(&["."], 1, "dateline: .: it is a folder");
    check(&["bytes.jsonl"], 1, "dateline: bytes.jsonl: it is not UTF-8");
    check(&["broken.jsonl"], 1, "dateline: broken.jsonl:2: not a whole JSON object: each line must be one");
    check(&["outside.jsonl"], 1, "dateline: outside.jsonl:1: the toponym 3 to 70 does not lie in the text");
    check(&["none.jsonl"], 1, "dateline: none.jsonl: there is no toponym in it to measure by");
    check(
        &["fine.jsonl", "--predicted", "broken.jsonl"],
        1,
        "dateline: broken.jsonl:2: not a whole JSON object: each line must be one",
    );
    check(
        &["fine.jsonl", "--drop-kinds", "demonyms"],
        2,
        "dateline: “demonyms” is no kind that is predicted: choose name, demonym, embedded or coordinate",
    );
    check(
        &["fine.jsonl", "--html", "gone/report.html"],
        1,
        "dateline: cannot write the file: its folder does not exist: gone/report.html",
    );
    assert_eq!(run(folder.path(), &["eval"]).code, 2);
}

#[test]
fn what_the_geoparser_writes_is_gold_once_it_is_put_right() {
    let folder = folder(&[("a.txt", b"Troops left Cairo for Aswan on Monday, and Egypt said so.")]);
    run(folder.path(), &["geoparse", "a.txt", "--with-text", "-o", "gold.jsonl"]);
    let report = eval(folder.path(), &["gold.jsonl", "--json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    assert_eq!(report["figures"]["end_to_end"]["f1"], 1.0);
    assert_eq!(report["worst"], serde_json::json!([]));
}

#[test]
fn homes_of_outlets_are_told_in_a_file() {
    let gold = r#"{"id":"a","text":"A fire broke out in Alexandria.","source":"The Unheard Of","toponyms":[{"start":20,"end":30,"lat":31.31,"lon":-92.45}]}"#;
    let folder = folder(&[
        ("gold.jsonl", gold.as_bytes()),
        ("louisiana.tsv", b"The Unheard Of\tAlexandria, Louisiana\n"),
        ("egypt.tsv", b"The Unheard Of\tEG\n"),
        ("bad.tsv", b"unheard.example\tXyzzyville\n"),
    ]);
    let placed = |homes: &str| {
        let report = eval(folder.path(), &["gold.jsonl", "--homes", homes, "--figures", "--json"]);
        serde_json::from_str::<Value>(&report).unwrap()["end_to_end"]["f1"].as_f64().unwrap()
    };
    assert_eq!((placed("louisiana.tsv"), placed("egypt.tsv")), (1.0, 0.0));
    let refused = |args: &[&str], code: i32, expected: &str| {
        let ran = run(folder.path(), &[&["eval", "gold.jsonl", "--homes"], args].concat());
        assert_eq!((ran.code, ran.stdout.as_str()), (code, ""), "{args:?}");
        assert!(ran.stderr.contains(expected), "{args:?}: {}", ran.stderr);
    };
    refused(&["bad.tsv"], 1, "bad.tsv: line 1: there is no place called “Xyzzyville”");
    refused(&["louisiana.tsv", "--predicted", "gold.jsonl"], 2, "--predicted");
}
