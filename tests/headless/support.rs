//! The program in a folder of its own, and geoparsed articles made by hand.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use assert_cmd::Command;
use assert_cmd::cargo::cargo_bin;
use dateline::model::record::ArticleRecord;
use dateline::model::{
    Actor, Area, Article, Bbox, Candidate, DateKind, DateMention, Dateline, Days, Event, EventType, Focus,
    Geoparsed, Kind, Mention, Part, Place, Polarity, Precision, Problem, Role, Sense, Span, When,
};
use serde_json::Value;
use tempfile::TempDir;

/// What became of a run.
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

/// The program, in a folder that is its user's home too: nothing of whoever runs the tests is seen.
pub fn program(folder: &Path) -> std::process::Command {
    let mut command = std::process::Command::new(cargo_bin!("dateline"));
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "RUST_LOG"] {
        command.env_remove(name);
    }
    let home = folder.join(".home");
    command.current_dir(folder).env("HOME", &home).env("XDG_DATA_HOME", &home).env("XDG_CONFIG_HOME", &home);
    command.env("APPDATA", &home);
    command
}

pub fn run_with(folder: &Path, args: &[&str], stdin: &str) -> Ran {
    let mut command = Command::from_std(program(folder));
    let output = command.args(args).write_stdin(stdin).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub fn run(folder: &Path, args: &[&str]) -> Ran {
    run_with(folder, args, "")
}

/// A folder with these files.
pub fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

/// Lines of JSON.
pub fn records(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The first place in `text` where `words` stand.
pub fn span(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
    Span::new(start, start + words.len())
}

pub fn place(id: &str, name: &str, country_code: &str, lat: f64, lon: f64) -> Place {
    Place {
        id: id.into(),
        name: name.into(),
        lat,
        lon,
        country_code: country_code.into(),
        country: String::new(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: "PPL".into(),
        population: 0,
        precision: Precision::Settlement,
        radius_m: 5000.0,
        bbox: None,
    }
}

pub fn candidate(place: Place, score: f32) -> Candidate {
    Candidate { place: Arc::new(place), score, reasons: vec!["the most populous of that name".into()] }
}

/// A mention of a name, resolved where there are candidates.
pub fn mention(text: &str, words: &str, candidates: Vec<Candidate>) -> Mention {
    Mention {
        span: span(text, words),
        kind: Kind::Name,
        sense: Sense::Literal,
        role: Role::Mention,
        resolved: !candidates.is_empty(),
        candidates,
        decided: None,
    }
}

pub fn article(id: &str, text: &str, mentions: Vec<Mention>) -> Geoparsed {
    Geoparsed { article: Article::from_text(id, text), mentions, ..Geoparsed::default() }
}

/// An article with one of everything.
pub fn full() -> Geoparsed {
    let text = "SUPPORT US\n\nÉtude: floods 🌊 near Derna\n\nDERNA (Wire) - A dam broke 12 km south of Derna on Sunday. \
                Libyan crews, reports The Tripoli Herald, searched at 32.712345, 22.641234 and in Wadiville.";
    let derna = |score| {
        let place = Place {
            country: "Libya".into(),
            admin1: "Darnah".into(),
            population: 78_782,
            bbox: Some(Bbox { west: 22.6, south: 32.7, east: 22.7, north: 32.8 }),
            ..place("geonames:87205", "Derna", "LY", 32.767_041_9, 22.636_694_4)
        };
        candidate(place, score)
    };
    let libya = Place {
        feature_class: 'A',
        feature_code: "PCLI".into(),
        precision: Precision::Country,
        radius_m: 800_000.0,
        ..place("geonames:2215636", "Libya", "LY", 28.0, 17.0)
    };
    let spot = Place {
        feature_class: 'S',
        feature_code: "COORD".into(),
        precision: Precision::Point,
        radius_m: 50.0,
        ..place("coordinate:32.712345,22.641234", "32.712345, 22.641234", "", 32.712_345, 22.641_234)
    };
    let tripoli = place("geonames:2210247", "Tripoli", "LY", 32.887_43, 13.187_33);
    let mut mentions = vec![
        mention(
            text,
            "Derna\n",
            vec![derna(0.97), candidate(place("geonames:1", "Derna", "IN", 20.0, 80.0), 0.02)],
        ),
        mention(text, "DERNA", vec![derna(0.973_46)]),
        mention(text, "Derna on", vec![derna(0.97)]),
        mention(text, "Libyan", vec![candidate(libya, 0.9)]),
        mention(text, "Tripoli", vec![candidate(tripoli, 0.6)]),
        mention(text, "32.712345, 22.641234", vec![candidate(spot, 1.0)]),
        mention(text, "Wadiville", Vec::new()),
    ];
    mentions[0].span.end -= 1;
    mentions[1].role = Role::Dateline;
    mentions[2].span.end -= 3;
    mentions[2].role = Role::Event;
    mentions[3].kind = Kind::Demonym;
    mentions[3].sense = Sense::Associative;
    mentions[4].kind = Kind::Embedded;
    mentions[5].kind = Kind::Coordinate;
    Geoparsed {
        as_read: false,
        article: Article {
            title: Some("Étude: floods 🌊 near Derna".into()),
            title_span: Some(span(text, "Étude: floods 🌊 near Derna")),
            date: "2023-09-11".parse().ok(),
            source: Some("The Tripoli Herald".into()),
            url: Some("https://example.org/derna".into()),
            language: Some("en".into()),
            dateline: Some(Dateline {
                span: span(text, "DERNA (Wire)"),
                place: span(text, "DERNA"),
                date: "2023-09".parse().ok(),
                agency: Some("Wire".into()),
            }),
            boilerplate: vec![span(text, "SUPPORT US")],
            ..Article::from_text("libya/derna.txt", text)
        },
        areas: vec![Area {
            span: span(text, "12 km south of Derna"),
            anchor: mentions[2].span,
            lat: 32.659,
            lon: 22.6367,
            radius_m: 3000.0,
        }],
        focus: Focus {
            countries: vec![("geonames:2215636".into(), "Libya".into(), 0.875)],
            divisions: vec![("geonames:87204".into(), "Darnah".into(), 0.5)],
            places: vec![("geonames:87205".into(), "Derna".into(), 0.5)],
        },
        dates: vec![DateMention {
            span: span(text, "Sunday"),
            kind: DateKind::Date,
            edtf: "2023-09-10".into(),
            days: "2023-09-10".parse().ok().and_then(Days::of),
        }],
        events: vec![Event {
            trigger: span(text, "broke"),
            kind: EventType::Accident,
            subtype: Some("dam break".into()),
            polarity: Polarity::Happened,
            background: false,
            places: vec![2],
            when: When::Date(0),
            actors: vec![Actor { span: span(text, "A dam"), part: Part::Source, country: None }],
            quote: span(text, "A dam broke 12 km south of Derna on Sunday."),
            score: 0.75,
            decided: None,
        }],
        problems: vec![Problem {
            place: "libya/derna.txt".into(),
            reason: "the second date is in no calendar".into(),
        }],
        mentions,
    }
}

/// Places on both sides of the antimeridian.
pub fn pacific() -> Geoparsed {
    let text = "Suva, Apia and Auckland felt it.";
    let mentions = vec![
        mention(
            text,
            "Suva",
            vec![candidate(place("geonames:2198148", "Suva", "FJ", -18.1416, 178.4415), 0.9)],
        ),
        mention(
            text,
            "Apia",
            vec![candidate(place("geonames:4035413", "Apia", "WS", -13.8333, -171.7667), 0.9)],
        ),
        mention(
            text,
            "Auckland",
            vec![candidate(place("geonames:2193733", "Auckland", "NZ", -36.8485, 174.7635), 0.9)],
        ),
    ];
    article("pacific.txt", text, mentions)
}

/// Headlines and names that break careless writers.
pub fn awkward() -> Geoparsed {
    let text = "The \"Old\nTown\", it said; −5° in =cmd|' /C calc'!A0.";
    let mut awkward = article(
        "-risky, \"quoted\".txt",
        text,
        vec![mention(
            text,
            "Old\nTown",
            vec![candidate(place("dateline:old-town", "Old, Town", "", -0.000_000_1, -0.0), 0.5)],
        )],
    );
    awkward.article.title = Some("=HYPERLINK(\"http://example.org\")".into());
    awkward.article.source = Some("@daily".into());
    awkward.article.date = "2004-09".parse().ok();
    awkward
}

/// A line that opens again.
pub fn line(article: &Geoparsed) -> String {
    serde_json::to_string(&ArticleRecord::new(article, true)).unwrap() + "\n"
}
