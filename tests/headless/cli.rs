//! The real program in a temporary folder.

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::Stdio;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use crate::export::check_rfc7946;
use crate::schema::validate;
use crate::support::{Ran, folder, full, line, pacific, records, run, run_with};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");

const RAIN: &[u8] = b"Heavy rain fell on the hills for three days, and the river rose above its banks.\n";

#[test]
fn the_seeds_become_geojson() {
    let folder = folder(&[]);
    let ran = run(folder.path(), &["geoparse", SEEDS, "-o", "out.geojson"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
    let text = fs::read_to_string(folder.path().join("out.geojson")).unwrap();
    check_rfc7946(&text);
    for place_id in ["geonames:360630", "geonames:87205", "geonames:170063"] {
        assert!(text.contains(place_id), "Cairo, Derna, Aleppo: {place_id} is missing");
    }
    let names: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().file_name()).collect();
    assert_eq!(names, ["out.geojson"]);
}

#[test]
fn the_seeds_become_json_lines() {
    let folder = folder(&[]);
    let ran = run(folder.path(), &["geoparse", SEEDS, "--format", "jsonl"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    validate(&ran.stdout);
    let ids: Vec<_> =
        records(&ran.stdout).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids.len(), 5);
    assert!(ids.is_sorted() && ids.iter().all(|id| id.ends_with(".txt") && !id.contains("seeds")), "{ids:?}");
}

#[test]
fn every_format_goes_to_standard_output_and_to_files() {
    let folder = folder(&[("read.jsonl", (line(&full()) + &line(&pacific())).as_bytes())]);
    for format in ["geojson", "geojsonl", "csv", "jsonl"] {
        let named = format!("out.{format}");
        let to_file = run(folder.path(), &["geoparse", "read.jsonl", "-o", &named]);
        assert_eq!((to_file.code, to_file.stdout.as_str()), (0, ""), "{}", to_file.stderr);
        let to_stdout = run(folder.path(), &["geoparse", "read.jsonl", "--format", format]);
        assert_eq!(fs::read_to_string(folder.path().join(named)).unwrap(), to_stdout.stdout);
        assert!(to_stdout.stdout.contains("Auckland"), "{}", to_stdout.stdout);
    }
    assert!(
        run(folder.path(), &["geoparse", "read.jsonl"]).stdout.starts_with(r#"{"type":"FeatureCollection""#)
    );
}

#[test]
fn a_file_with_text_opens_again_as_it_was() {
    let written = line(&full()) + &line(&pacific());
    let folder = folder(&[("read.jsonl", written.as_bytes())]);
    let again = run(folder.path(), &["geoparse", "read.jsonl", "--format", "jsonl", "--with-text"]);
    assert_eq!(again.stdout, written);
    assert_eq!(again.code, 0);
    let without = run(folder.path(), &["geoparse", "read.jsonl", "--format", "jsonl"]);
    validate(&without.stdout);
    assert!(records(&without.stdout).iter().all(|record| record.get("text").is_none()));
}

#[test]
fn standard_input_is_json_lines() {
    let folder = folder(&[]);
    let lines = "{\"id\":\"a\",\"text\":\"Rain in the hills.\"}\n{\"id\":\"b\",\"text\":\"No rain.\",\"title\":\"Dry\"}\n";
    let ran = run_with(folder.path(), &["geoparse", "-", "--format", "jsonl"], lines);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    let records = records(&ran.stdout);
    assert_eq!(records[0]["id"], "a");
    assert_eq!(records[1]["title"], "Dry");
    validate(&ran.stdout);
}

#[test]
fn results_do_not_depend_on_threads() {
    // Articles of all lengths, so that those that were begun first are not done first.
    let mut seeds: Vec<_> = Path::new(SEEDS).read_dir().unwrap().map(|entry| entry.unwrap().path()).collect();
    seeds.sort();
    let texts: Vec<_> = seeds.iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let texts: Vec<_> =
        (0..20).map(|number| texts[number % texts.len()].repeat(1 + number * 7 % 3)).collect();
    let names: Vec<_> = (0..20).map(|number| format!("{number:02}.txt")).collect();
    let files: Vec<_> =
        names.iter().zip(&texts).map(|(name, text)| (name.as_str(), text.as_bytes())).collect();
    let folder = folder(&files);
    for format in ["geojson", "csv", "jsonl"] {
        let with = |threads| run(folder.path(), &["geoparse", ".", "--format", format, "-j", threads]).stdout;
        let one = with("1");
        for threads in ["2", "8"] {
            assert!(one == with(threads), "{format} differs between 1 and {threads} threads");
        }
    }
}

#[test]
fn what_cannot_be_read_loses_nothing_else() {
    let folder = folder(&[
        ("in/a.txt", RAIN),
        ("in/b.txt", &[0x7f, b'E', b'L', b'F', 0, 0, 0, 1, 0, 0, 0xff, 0xfe, 0, 0, 0, 0]),
        (
            "in/c.jsonl",
            b"{\"id\":\"c1\",\"text\":\"Rain.\"}\n{\"id\":\"c2\",\"te\n{\"id\":\"c3\",\"text\":\"Sun.\"}\n",
        ),
    ]);
    let ran = run(folder.path(), &["geoparse", "in", "gone.txt", "--format", "jsonl"]);
    let ids: Vec<_> =
        records(&ran.stdout).iter().map(|record| record["id"].as_str().unwrap().to_owned()).collect();
    assert_eq!(ids, ["a.txt", "c1", "c3"]);
    assert_eq!(ran.code, 1);
    let told: Vec<_> = ran.stderr.lines().collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[0].starts_with("dateline: ") && told[0].contains("b.txt: "), "{told:#?}");
    assert!(told[1].contains("c.jsonl:2: "), "{told:#?}");
    assert!(told[2].contains("gone.txt: "), "{told:#?}");
    assert_eq!(told[3], "dateline: 3 problems");
}

#[test]
fn a_run_that_reads_nothing_leaves_the_old_file() {
    let folder = folder(&[("out.geojson", b"before"), ("empty/.hidden", b"")]);
    for input in ["gone.txt", "empty"] {
        let ran = run(folder.path(), &["geoparse", input, "-o", "out.geojson"]);
        assert_eq!(ran.code, 1);
        assert!(
            ran.stderr.contains(input) && ran.stderr.ends_with("dateline: 1 problem\n"),
            "{}",
            ran.stderr
        );
        assert_eq!(fs::read_to_string(folder.path().join("out.geojson")).unwrap(), "before");
    }
}

#[test]
fn an_output_that_cannot_be_written_is_told_before_the_work() {
    let folder = folder(&[("a.txt", RAIN)]);
    let ran = run(folder.path(), &["geoparse", "a.txt", "-o", "no/such/out.csv"]);
    assert_eq!(ran.code, 1);
    assert_eq!(ran.stderr, "dateline: cannot write the file: its folder does not exist: no/such/out.csv\n");
    let ran = run(folder.path(), &["geoparse", "a.txt", "-o", ".", "--format", "csv"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "dateline: cannot write the file: it is a folder: .\n"));
}

#[cfg(unix)]
#[test]
fn a_device_is_written_to_and_not_replaced() {
    let folder = folder(&[("read.jsonl", line(&full()).as_bytes())]);
    let ran = run(folder.path(), &["geoparse", "read.jsonl", "-o", "/dev/stdout", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stdout.starts_with("id,mention,"), "{}", ran.stdout);
}

#[test]
fn a_closed_pipe_is_no_error() {
    let many = line(&pacific()).repeat(6000);
    let folder = folder(&[("many.jsonl", many.as_bytes())]);
    let mut child = std::process::Command::new(cargo_bin!("dateline"))
        .current_dir(folder.path())
        .args(["geoparse", "many.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

/// `dateline geoparse … 2>&1 | head -1`, and a log on a full disk.
#[cfg(target_os = "linux")]
#[test]
fn problems_that_nobody_can_be_told_stop_nothing() {
    let folder = folder(&[("a.txt", RAIN), ("b.txt", b"")]);
    let mut child = std::process::Command::new(cargo_bin!("dateline"))
        .current_dir(folder.path())
        .args(["geoparse", "b.txt", "a.txt", "--format", "jsonl"])
        .stdout(Stdio::piped())
        .stderr(fs::File::options().write(true).open("/dev/full").unwrap())
        .spawn()
        .unwrap();
    let mut stdout = String::new();
    child.stdout.take().unwrap().read_to_string(&mut stdout).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(records(&stdout)[0]["id"], "a.txt");
}

#[cfg(target_os = "linux")]
#[test]
fn help_that_cannot_be_printed_is_no_usage_error() {
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = std::process::Command::new(cargo_bin!("dateline"));
    let output = command.arg("--help").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("dateline: cannot write to standard output"));
}

/// A shell's `<(zcat articles.jsonl.gz)` is a path like /dev/fd/63.
#[cfg(target_os = "linux")]
#[test]
fn a_pipe_with_a_path_is_read_like_standard_input() {
    let folder = folder(&[]);
    let ran = run_with(
        folder.path(),
        &["geoparse", "/dev/stdin", "--format", "jsonl"],
        "{\"id\":\"a\",\"text\":\"Rain.\"}\n",
    );
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(records(&ran.stdout)[0]["id"], "a");
}

#[test]
fn empty_standard_input_is_no_problem() {
    let folder = folder(&[]);
    let ran = run(folder.path(), &["geoparse", "-", "--format", "jsonl"]);
    assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.as_str()), (0, "", ""));
}

#[test]
fn a_file_that_is_no_json_lines_is_given_up() {
    let printed = format!("[\n{}]\n", "  1,\n".repeat(1000));
    let folder = folder(&[("printed.json", printed.as_bytes()), ("a.txt", RAIN)]);
    let ran = run(folder.path(), &["geoparse", ".", "--format", "jsonl"]);
    assert_eq!((ran.code, records(&ran.stdout).len()), (1, 1));
    assert!(ran.stderr.contains("printed.json: none of its first 20 lines is an article"), "{}", ran.stderr);
    assert!(ran.stderr.ends_with("dateline: 21 problems\n"), "{}", ran.stderr);
}

#[test]
fn results_beside_the_articles_are_not_read_as_articles() {
    let folder = folder(&[("a.txt", RAIN)]);
    for _ in 0..2 {
        let ran = run(folder.path(), &["geoparse", ".", "-o", "places.geojson"]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    }
}

#[test]
fn a_record_with_a_place_off_the_earth_is_refused() {
    let written = line(&full());
    let mut record: Value = serde_json::from_str(&written).unwrap();
    let toponym = record["toponyms"].as_array().unwrap().iter();
    let placed = toponym.clone().position(|toponym| !toponym["candidates"][0].is_null()).unwrap();
    record["toponyms"][placed]["candidates"][0]["lat"] = 91.5.into();
    let folder = folder(&[("read.jsonl", (record.to_string() + "\n" + &written).as_bytes())]);
    let ran = run(folder.path(), &["geoparse", "read.jsonl", "--format", "jsonl"]);
    assert_eq!((ran.code, records(&ran.stdout).len()), (1, 1));
    assert!(ran.stderr.contains("read.jsonl:1: latitude 91.5, longitude"), "{}", ran.stderr);
}

#[test]
fn given_spans_are_placed_and_nothing_else() {
    let given = r#"{"id":"g","text":"Cairo and Moscow and Berlin.","toponyms":[{"start":10,"end":16}]}"#;
    let folder = folder(&[("g.jsonl", given.as_bytes())]);
    let ran = run(folder.path(), &["geoparse", "g.jsonl", "--format", "jsonl", "--given-spans"]);
    let spans = |ran: &Ran| -> Vec<String> {
        let toponyms = records(&ran.stdout)[0]["toponyms"].as_array().unwrap().clone();
        toponyms.iter().map(|toponym| toponym["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(spans(&ran), ["Moscow"]);
    let ran = run(folder.path(), &["geoparse", "g.jsonl", "--format", "jsonl"]);
    assert_eq!(spans(&ran), ["Cairo", "Moscow", "Berlin"], "without the flag they are ignored");
}

/// Annotated corpora nest their spans, and put them on bylines and on what is no word at all.
#[test]
fn given_spans_may_be_anywhere() {
    let given = [
        r#"{"id":"byline","text":"CTV Saskatoon Published Saturday, March 31, 2018 1:19PM CST\n\nA man is in custody.","toponyms":[{"start":0,"end":13},{"start":4,"end":13}]}"#,
        r#"{"id":"marks","text":"... !","toponyms":[{"start":0,"end":3},{"start":4,"end":5}]}"#,
        r#"{"id":"twice","text":"Rain in Paris.","toponyms":[{"start":8,"end":13},{"start":8,"end":13}]}"#,
    ];
    let folder = folder(&[("g.jsonl", given.join("\n").as_bytes())]);
    let ran = run(folder.path(), &["geoparse", "g.jsonl", "--format", "jsonl", "--given-spans"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert_eq!(records(&ran.stdout).len(), 3);
    validate(&ran.stdout);
}

#[test]
fn commands_that_make_no_sense() {
    let folder = folder(&[("a.txt", RAIN)]);
    let check = |args: &[&str], told: &str| {
        let ran = run(folder.path(), args);
        assert_eq!(ran.code, 2, "{args:?}");
        assert!(ran.stderr.contains(told) && ran.stdout.is_empty(), "{args:?}: {}", ran.stderr);
    };
    check(&["geoparse"], "<PATH>");
    check(&["geoparse", "a.txt", "--format", "shp"], "geojsonl");
    check(&["geoparse", "a.txt", "-o", "places.shp"], "does not tell the format");
    check(&["geoparse", "a.txt", "--kinds", "name,person"], "“person” is no kind");
    check(&["geoparse", "a.txt", "--with-text"], "--with-text goes with jsonl and html only");
    check(&["geoparse", "a.txt", "--bom"], "--bom goes with csv only");
    check(&["geoparse", "a.txt", "--rows", "towns"], "invalid value 'towns'");
    check(
        &["geoparse", "a.txt", "--rows", "events", "--no-events"],
        "--rows events does not go with --no-events",
    );
    check(&["geoparse", "a.txt", "-j", "0"], "--threads");
    check(&["geoparse", "a.txt", "--colour"], "--colour");
    check(&["gazetteer"], "find");
    check(&["gazetteer", "import", "a.txt"], "--output");
    check(
        &["gazetteer", "import", "a.txt", "-o", "b", "--column", "size=1"],
        "“size” is nothing that a column holds",
    );
    check(&["gazetteer", "import", "a.txt", "-o", "b", "--column", "lat"], "lat=Breite");
    check(&["gazetteer", "import", "a.txt", "-o", "b", "--rank", "101"], "--rank");
    check(&["geoparse", "a.txt", "--no-shelf", "--gazetteer", "b"], "--no-shelf");
}

#[test]
fn help_begins_with_examples() {
    let folder = folder(&[]);
    for args in [
        &["--help"][..],
        &["-h"],
        &["open", "--help"],
        &["geoparse", "--help"],
        &["gazetteer", "--help"],
        &["gazetteer", "find", "--help"],
        &["gazetteer", "import", "--help"],
        &["gazetteer", "near", "--help"],
        &["gazetteer", "children", "--help"],
        &["gazetteer", "info", "--help"],
        &["gazetteer", "list", "--help"],
        &["gazetteer", "add", "--help"],
        &["gazetteer", "remove", "--help"],
        &["gazetteer", "verify", "--help"],
    ] {
        let help = run(folder.path(), args);
        assert_eq!((help.code, help.stderr.as_str()), (0, ""));
        let (examples, usage) = (help.stdout.find("Examples:"), help.stdout.find("Usage:"));
        assert!(examples.is_some() && examples < usage, "{}", help.stdout);
    }
    assert_eq!(
        run(folder.path(), &["--version"]).stdout,
        concat!("dateline ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn without_a_display_one_sentence_names_the_command_that_needs_none() {
    let folder = folder(&[("a.txt", RAIN)]);
    for args in [&[][..], &["open"], &["open", "a.txt"], &["a.txt"]] {
        let ran = run(folder.path(), args);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""), "{args:?}");
        assert!(ran.stderr.contains("`dateline geoparse PATH…`"), "{}", ran.stderr);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
    }
}

/// Nobody can be asked for a window there.
#[cfg(all(feature = "gui", target_os = "linux"))]
#[test]
fn a_display_that_does_not_answer_is_no_panic() {
    let mut command = assert_cmd::Command::new(cargo_bin!("dateline"));
    let output = command.env_remove("WAYLAND_DISPLAY").env("DISPLAY", ":4242").output().unwrap();
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(
        stderr.contains("`dateline geoparse PATH…`")
            && !stderr.contains("panicked")
            && !stderr.contains(".rs:"),
        "{stderr}"
    );
}

#[test]
fn a_path_that_does_not_exist_is_named() {
    let folder = folder(&[]);
    let ran = run(folder.path(), &["geoprase"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "dateline: no such file or folder: geoprase\n"));
}

#[test]
fn the_gazetteer_finds_places_by_name() {
    let folder = folder(&[]);
    let ran = run(folder.path(), &["gazetteer", "find", "Cairo", "Bangor", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = records(&ran.stdout);
    assert_eq!(found[0][0]["country_code"], "EG");
    for key in ["name", "place_id", "lat", "lon", "country_code", "feature_code", "population"] {
        assert!(found[0][0].get(key).is_some(), "{key} is missing");
    }
    assert!(found[1].as_array().unwrap().len() > 1);
}

#[test]
fn a_gazetteer_that_is_none_is_refused() {
    let folder = folder(&[("a.txt", RAIN), ("places.bin", b"not places")]);
    for name in ["places.bin", "gone.bin"] {
        let ran = run(folder.path(), &["geoparse", "a.txt", "--gazetteer", name]);
        assert_eq!((ran.code, ran.stdout.as_str(), ran.stderr.lines().count()), (1, "", 1), "{}", ran.stderr);
        assert!(ran.stderr.contains(name), "{}", ran.stderr);
    }
}

#[test]
fn homes_of_outlets_are_told_in_a_file() {
    let article = br#"{"id":"a","text":"A fire broke out in Alexandria.","source":"The Unheard Of"}"#;
    let folder = folder(&[
        ("in.jsonl", article.as_slice()),
        ("homes.tsv", "# ours\nThe Unheard Of\tAlexandria, Louisiana\n".as_bytes()),
        ("homes.json", br#"{"unheard of": "geonames:361058"}"#),
        ("bad.tsv", "# ours\nunheard.example\tXyzzyville\n".as_bytes()),
    ]);
    let placed = |homes: &str| {
        let ran = run(folder.path(), &["geoparse", "in.jsonl", "--format", "jsonl", "--homes", homes]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{homes}");
        records(&ran.stdout)[0]["toponyms"][0]["country_code"].as_str().unwrap().to_owned()
    };
    assert_eq!(placed("homes.tsv"), "US");
    assert_eq!(placed("homes.json"), "EG");
    let refused = |homes: &str| {
        let args = ["geoparse", "in.jsonl", "-o", "out.csv", "--homes", homes];
        let Ran { code, stderr, .. } = run(folder.path(), &args);
        assert!(code != 0 && !folder.path().join("out.csv").exists(), "{homes}");
        stderr
    };
    assert!(refused("bad.tsv").contains("bad.tsv: line 2: there is no place called “Xyzzyville”"));
    assert!(refused("gone.tsv").contains("gone.tsv: "));
}
