//! The rooms of ARCHITECTURE.md and the arrows between them, held against the source.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use regex::Regex;
use walkdir::WalkDir;

/// What each room may name of the others. Data goes one way.
const ARROWS: [(&str, &[&str]); 17] = [
    ("model", &[]),
    ("online", &[]),
    ("gazetteer", &["model"]),
    ("geoparse", &["gazetteer", "model"]),
    ("dates", &["model"]),
    ("ingest", &["dates", "model", "online"]),
    ("events", &["gazetteer", "geoparse", "model"]),
    ("project", &["gazetteer", "model"]),
    ("explore", &["events", "gazetteer", "model"]),
    ("basemap", &["gazetteer", "model", "online"]),
    ("export", &["basemap", "model"]),
    ("eval", &["model"]),
    ("settings", &["export", "model"]),
    ("picture", &["basemap", "explore", "export", "gazetteer", "model"]),
    (
        "jobs",
        &[
            "dates", "events", "explore", "export", "gazetteer", "geoparse", "ingest", "model", "picture",
            "project",
        ],
    ),
    (
        "app",
        &[
            "basemap", "dates", "explore", "export", "gazetteer", "geoparse", "ingest", "jobs", "model",
            "picture", "project", "settings",
        ],
    ),
    (
        "cli",
        &[
            "app", "basemap", "dates", "eval", "events", "export", "gazetteer", "geoparse", "ingest", "jobs",
            "model", "picture", "project", "settings",
        ],
    ),
];

/// What rooms must not do, as what they must not name.
const NEVER: [(&str, &str, &str); 6] = [
    ("", r"\b(egui|eframe|walkers|egui_extras|egui_phosphor|rfd)::", "only src/app draws"),
    (
        "model",
        r"\bstd::(fs|io|net|env|process|thread|time)\b",
        "model does no IO, spawns nothing and reads no clock",
    ),
    ("geoparse", r"\bstd::(fs|io|net|env|process|time)\b", "geoparse does no IO"),
    ("gazetteer", r"\b(Article|Mention|Geoparsed)\b", "the gazetteer knows nothing of articles"),
    ("explore", r"\bstd::(fs|net|process)\b", "explore does no IO"),
    ("eval", r"\bstd::(fs|io|net|env|process|thread|time)\b", "eval takes gold and gives a report"),
];

const LONGEST_FILE: usize = 700;

struct Source {
    /// Path below src, with slashes.
    path: String,
    /// The first folder or file name.
    room: String,
    lines: Vec<String>,
}

fn sources(folder: &str) -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    // What the fuzzer's own build makes is nobody's source.
    let written = |file: &walkdir::DirEntry| file.file_name() != "target";
    let files =
        WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(written).filter_map(Result::ok);
    files
        .filter(|file| file.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|file| {
            let below = file.path().strip_prefix(&root).unwrap();
            let path = below.to_string_lossy().replace('\\', "/");
            let room = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(file.path()).unwrap();
            Source { path, room, lines: text.lines().map(str::to_owned).collect() }
        })
        .collect()
}

/// The source without files and ends of files that are compiled for tests only.
fn product() -> Vec<Source> {
    let mut sources = sources("src");
    let mut tests = BTreeSet::new();
    for source in &mut sources {
        let (folder, file) = source.path.rsplit_once('/').unwrap_or(("", &source.path));
        let folder = match file {
            "mod.rs" | "lib.rs" | "main.rs" => folder.to_owned(),
            _ => source.path.trim_end_matches(".rs").to_owned(),
        };
        let marks: Vec<_> =
            (0..source.lines.len()).filter(|&at| source.lines[at].trim() == "#[cfg(test)]").collect();
        for at in marks {
            let module = source
                .lines
                .get(at + 1)
                .and_then(|line| line.trim().trim_start_matches("pub(crate) ").strip_prefix("mod "));
            match module.map(|module| module.trim_end_matches(" {")) {
                Some(file) if file.ends_with(';') => {
                    let module = format!("{folder}/{}", file.trim_end_matches(';'));
                    tests.extend([format!("{module}.rs"), format!("{module}/")]);
                }
                Some(_) => source.lines.truncate(at),
                None => {}
            }
        }
    }
    sources.retain(|source| !tests.iter().any(|test| source.path.starts_with(test)));
    sources
}

/// The lines that are code, with their numbers.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    let numbered = source.lines.iter().enumerate();
    numbered.map(|(number, line)| (number + 1, line.trim())).filter(|(_, line)| !line.starts_with("//"))
}

/// The rooms that a line names: `crate::model::Place`, `use crate::{export, model::Place};`
fn rooms_named(line: &str) -> BTreeSet<&str> {
    let mut rooms = BTreeSet::new();
    for rest in line.split("crate::").skip(1) {
        let words = rest.split(|c: char| !c.is_alphanumeric() && c != '_');
        let count = if rest.starts_with('{') { usize::MAX } else { 1 };
        rooms.extend(words.filter(|word| !word.is_empty()).take(count));
    }
    rooms.retain(|word| ARROWS.iter().any(|(room, _)| room == word));
    rooms
}

#[test]
fn the_arrows_go_one_way() {
    let mut breaches = Vec::new();
    for source in product() {
        let Some((_, allowed)) = ARROWS.iter().find(|(room, _)| *room == source.room) else {
            continue;
        };
        for (number, line) in code(&source) {
            for room in rooms_named(line) {
                if room != source.room && !allowed.contains(&room) {
                    breaches
                        .push(format!("src/{}:{number}: {} must not know {room}", source.path, source.room));
                }
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn rooms_keep_out_of_what_is_not_theirs() {
    let mut breaches = Vec::new();
    for (room, pattern, why) in NEVER {
        let pattern = Regex::new(pattern).unwrap();
        for source in product() {
            let concerned = if room.is_empty() { source.room != "app" } else { source.room == room };
            if !concerned {
                continue;
            }
            let lines = code(&source).filter(|(_, line)| pattern.is_match(line));
            breaches.extend(lines.map(|(number, _)| format!("src/{}:{number}: {why}", source.path)));
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn two_places_speak_to_a_network_and_one_reads_tiles() {
    let (io, network) = (r"\bstd::(fs|net|process)\b|\b(rusqlite|pmtiles)::", r"\b(ureq|std::net)::");
    let (io, network) = (Regex::new(io).unwrap(), Regex::new(network).unwrap());
    let mut breaches = Vec::new();
    for source in product() {
        let there = source.path.starts_with("basemap/source/") || source.room == "online";
        // What makes the assets is no part of the program.
        let basemap = source.room == "basemap" && !source.path.starts_with("basemap/build/");
        for (number, line) in code(&source).filter(|_| !there) {
            if network.is_match(line) || basemap && io.is_match(line) {
                breaches
                    .push(format!("src/{}:{number}: only basemap/source and online do that", source.path));
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}

#[test]
fn every_folder_of_the_source_is_a_room() {
    for source in sources("src").iter().filter(|source| source.path.contains('/')) {
        assert!(ARROWS.iter().any(|(room, _)| *room == source.room), "{} is in no room", source.path);
    }
}

#[test]
fn files_stay_short() {
    for folder in ["src", "tests"] {
        for source in sources(folder) {
            let lines = source.lines.len();
            assert!(lines <= LONGEST_FILE, "{folder}/{} has {lines} lines: what is it hiding?", source.path);
        }
    }
}

#[test]
fn modules_say_what_they_are_for() {
    for source in product() {
        let first = source.lines.first().map(String::as_str).unwrap_or_default();
        assert!(first.starts_with("//!"), "src/{} does not begin with what it is for", source.path);
    }
}

/// What only some systems have, and the words that keep it to them. Elsewhere the program is built without.
#[test]
fn what_only_unix_has_is_kept_to_it() {
    let only = Regex::new(r"\bstd::os::(unix|linux|windows|macos|fd)\b|\blibc::|\bnix::").unwrap();
    let mut breaches = Vec::new();
    for source in product() {
        // An attribute holds for the item that follows; items end where a line is indented no more than it.
        let (mut kept, mut indent) = (false, 0);
        for (number, line) in source.lines.iter().enumerate() {
            let (code, depth) = (line.trim(), line.len() - line.trim_start().len());
            if code.starts_with("#[cfg(") || code.starts_with("#![cfg(") {
                (kept, indent) =
                    (code.contains("unix") || code.contains("windows") || code.contains("target_os"), depth);
            } else if only.is_match(code) && !code.starts_with("//") && !kept {
                breaches.push(format!("src/{}:{}: not every system has that", source.path, number + 1));
            } else if (code == "}" || code.is_empty() || code.ends_with(';')) && depth <= indent {
                kept = false;
            }
        }
    }
    assert!(breaches.is_empty(), "{breaches:#?}");
}
