//! Exports by the real program: flags, standard output, what is refused.

use std::fs;

use dateline::export::{Format, Options, Rows};
use dateline::model::Span;

use crate::export::bytes;
use crate::support::{awkward, folder, full, line, pacific, program, records, run, run_with};

/// Articles that were read before.
fn read() -> tempfile::TempDir {
    let mut full = full();
    full.problems.clear();
    folder(&[("read.jsonl", (line(&full) + &line(&pacific()) + &line(&awkward())).as_bytes())])
}

#[test]
fn every_table_goes_to_standard_output_and_to_files() {
    let folder = read();
    for format in Format::ALL.into_iter().filter(|format| format.is_table()) {
        for rows in Rows::ALL.map(Rows::as_str) {
            let named = format!("{rows}.{}", format.extension());
            let args = ["geoparse", "read.jsonl", "--rows", rows];
            let to_file = run(folder.path(), &[&args[..], &["-o", &named]].concat());
            assert_eq!((to_file.code, to_file.stderr.as_str()), (0, ""), "{named}");
            let piped =
                program(folder.path()).args(args).args(["--format", format.as_str()]).output().unwrap();
            assert!(piped.status.success() && piped.stderr.is_empty(), "{named}");
            assert!(fs::read(folder.path().join(&named)).unwrap() == piped.stdout, "{named}");
        }
    }
}

#[test]
fn what_is_asked_for_is_what_is_written() {
    let folder = read();
    let check = |flags: &str, expected: usize| {
        let args: Vec<&str> =
            "geoparse read.jsonl --format csv".split(' ').chain(flags.split_whitespace()).collect();
        let ran = run(folder.path(), &args);
        let empty = "dateline: nothing is left: no row is what is asked for by --from\n";
        assert_eq!((ran.code, ran.stderr.as_str()), (0, if expected == 0 { empty } else { "" }), "{flags}");
        assert_eq!(csv::Reader::from_reader(ran.stdout.as_bytes()).records().count(), expected, "{flags}");
    };
    check("", 8);
    check("--country ly", 3);
    check("--country LY,FJ", 4);
    check("--country LY --country FJ --rows places", 2);
    check("--from 2023-09 --to 2023-09-11", 4);
    check("--to 2004", 1);
    check("--from 2024", 0);
    check("--rows events --from 2023-09-10 --to 2023-09-10", 1);
    check("--rows events --from 2023-09-11", 0);
    check("--min-score 0.972", 2);
    check("--rows articles", 3);
    check("--rows articles --country FJ", 1);
    check("--kinds all --country LY", 5);
}

#[test]
fn what_is_read_is_never_replaced() {
    let folder = read();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("news")).unwrap();
    fs::write(path("news/wire.csv"), "text,title\nRain fell in Oslo on Monday.,Rain\n").unwrap();
    fs::write(path("homes.csv"), "").unwrap();
    assert_eq!(run(folder.path(), &["project", "new", "p.dateline", "news"]).code, 0);
    fs::copy(path("p.dateline"), path("p.csv")).unwrap();
    let check = |args: &str, name: &str, expected: &str| {
        let before = fs::read(path(name)).unwrap();
        let ran = run(folder.path(), &args.split(' ').collect::<Vec<_>>());
        assert_eq!((ran.code, ran.stderr.contains(expected)), (2, true), "{args}: {}", ran.stderr);
        assert_eq!(fs::read(path(name)).unwrap(), before, "{args}");
    };
    let own = "is read, and would be replaced";
    check("geoparse read.jsonl -o read.jsonl", "read.jsonl", own);
    check("geoparse news read.jsonl -o news/../read.jsonl", "read.jsonl", own);
    check("geoparse news -o news/wire.csv", "news/wire.csv", own);
    check("geoparse read.jsonl --homes homes.csv -o homes.csv", "homes.csv", own);
    check("geoparse p.dateline -o p.dateline --format csv", "p.dateline", own);
    let kept = "is a project or another database";
    check("geoparse read.jsonl -o p.dateline --format csv", "p.dateline", kept);
    check("geoparse read.jsonl -o p.csv", "p.csv", kept);
    check("project corrections export p.dateline -o p.dateline", "p.dateline", own);
    check("project corrections export p.dateline -o p.csv", "p.csv", kept);
    check("eval read.jsonl --html read.jsonl", "read.jsonl", own);
    fs::rename(path("p.csv"), path("p.png")).unwrap();
    check("map read.jsonl -o p.png", "p.png", kept);
    // What another run wrote is replaced all the same.
    for _ in 0..2 {
        assert_eq!(run(folder.path(), &["geoparse", "read.jsonl", "-o", "read.gpkg"]).code, 0);
    }
}

/// Whatever is written beside the articles that it was made of.
#[test]
fn exports_in_a_folder_are_no_articles() {
    let folder = folder(&[("news/a.txt", b"Rain fell in Oslo on Monday, and the river rose.")]);
    let geoparse = |flags: &[&str]| {
        let ran = run(folder.path(), &[&["geoparse", "news"], flags].concat());
        assert_eq!(ran.code, 0, "{flags:?}: {}", ran.stderr);
        ran
    };
    let mut written = 1;
    let mut write = |name: String, format: Format, options: Options| {
        fs::write(folder.path().join("news").join(name), bytes(&[full(), pacific()], format, options).0)
            .unwrap();
        written += 1;
    };
    for format in Format::ALL {
        for rows in Rows::ALL {
            if rows == Rows::Mentions || format.has_choice_of_rows() {
                let options = Options { rows, ..Options::default() };
                write(format!("{}.{}", rows.as_str(), format.extension()), format, options);
            }
        }
    }
    write("map.json".into(), Format::GeoJson, Options::default());
    write("excel.csv".into(), Format::Csv, Options { byte_order_mark: true, ..Options::default() });
    geoparse(&["-o", "news/mentions.csv"]);
    assert_eq!(fs::read_dir(folder.path().join("news")).unwrap().count(), written);
    let ran = geoparse(&["--format", "jsonl"]);
    assert_eq!(ran.stdout.lines().count(), 1, "{}", ran.stdout);
    let note = "excel.csv: an export of Dateline’s in a folder is passed over; name it to read it\n";
    assert!(ran.stderr.contains(note), "{}", ran.stderr);
    fs::remove_file(folder.path().join("news/a.txt")).unwrap();
    let ran = run(folder.path(), &["geoparse", "news"]);
    assert_eq!((ran.code, ran.stderr.contains("news: there is nothing in this folder but")), (1, true));
    // Articles with their texts are articles, wherever they lie.
    let whole = Options { with_text: true, ..Options::default() };
    // What is dimmed in the last of them may be long.
    let mut last = pacific();
    let dimmed = "Share. ".repeat(2000);
    let start = last.article.text.len();
    last.article.boilerplate = (0..2000).map(|at| Span::new(start + at * 7, start + at * 7 + 6)).collect();
    last.article.text.push_str(&dimmed);
    let whole = bytes(&[full(), last], Format::JsonLines, whole).0;
    fs::write(folder.path().join("news/whole.jsonl"), whole).unwrap();
    let ran = run(folder.path(), &["geoparse", "news", "--format", "jsonl"]);
    assert_eq!(ran.stdout.lines().count(), 2, "{}", ran.stderr);
}

#[test]
fn what_makes_no_sense_is_told() {
    let folder = read();
    let check = |flags: &str, expected: &str| {
        let args: Vec<&str> = "geoparse read.jsonl".split(' ').chain(flags.split_whitespace()).collect();
        let ran = run(folder.path(), &args);
        assert_eq!(ran.code, 2, "{flags}");
        assert!(ran.stderr.contains(expected), "{flags}: {}", ran.stderr);
    };
    check("--country Libya", "“Libya” is no country's code of two letters");
    check("--country FR,UK", "UK is no country’s code; did you mean GB?");
    check("--country QQ", "--country: QQ is no country’s code\n");
    check("--from yesterday", "“yesterday” is no date");
    check("--from 2016-02-30", "“2016-02-30” is no date");
    check("--from 2017 --to 2016", "--from is later than --to");
    check("--min-score 2", "“2” is no number from 0 to 1");
    check("--bom --format kml", "--bom goes with csv only");
    check("--rows places --format jsonl", "--rows places does not go with jsonl");
    check("--rows articles --format tei", "--rows articles does not go with tei");
    check("--rows places --unresolved --format kml", "--rows places does not go with --unresolved");
    check("--rows events --format jsonld", "--rows events does not go with jsonld, which has mentions");
    check("--rows events --format linked-places", "does not go with linked-places");
    check("--unresolved --country LY", "--unresolved does not go with --country");
    check("--unresolved --from 2016 --min-score 0.5", "--unresolved does not go with --min-score");
    check("--unresolved --format linked-places", "--unresolved does not go with linked-places");
    check("--anew", "--anew goes with projects only");
    check("--rows events --no-events", "--rows events does not go with --no-events");
    check("--given-events --country LY", "--given-events does not go with --country");
    check("-o places.shp", "end it in .geojson, .geojsonl, .csv");
}

/// What was geoparsed before is narrowed like anything else, and no flag is passed over in silence.
#[test]
fn flags_hold_for_what_was_read_before() {
    let folder = read();
    fs::write(folder.path().join("a.txt"), "Rain fell in Oslo on Monday.").unwrap();
    let lines = |flags: &[&str]| {
        let ran = run(folder.path(), &[&["geoparse", "read.jsonl", "--format", "jsonl"], flags].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{flags:?}");
        records(&ran.stdout)
    };
    let line = &lines(&[])[0];
    assert_eq!(
        (line["events"][0]["date"].as_str(), line["dates"][0]["value"].as_str()),
        (Some("2023-09-10"), Some("2023-09-10"))
    );
    let line = &lines(&["--no-dates"])[0];
    assert_eq!((line["events"][0]["date"].as_str(), line["dates"].as_array().unwrap().len()), (None, 0));
    let line = &lines(&["--no-events"])[0];
    assert_eq!((line["events"].as_array().unwrap().len(), line["dates"].as_array().unwrap().len()), (0, 1));
    assert!(line["toponyms"].as_array().unwrap().iter().all(|toponym| toponym["role"] != "event"));

    let ran = run(folder.path(), &["geoparse", "read.jsonl", "a.txt", "--given-spans"]);
    assert_eq!(ran.code, 1);
    let told = "dateline: what was read with its mentions keeps them, whatever --given-spans says\n\
                dateline: a.txt: no spans are given with it, so nothing can be placed: there are no “toponyms”\n\
                dateline: 1 problem\n";
    assert_eq!(ran.stderr, told);

    assert_eq!(run(folder.path(), &["project", "new", "p.dateline", "a.txt"]).code, 0);
    let ran = run(folder.path(), &["geoparse", "p.dateline", "--given-spans"]);
    assert_eq!((ran.code, ran.stderr.contains("--given-spans does not go with projects")), (2, true));
    fs::write(folder.path().join("homes.tsv"), "").unwrap();
    let note = "dateline: the places of projects stay as they were found, without --homes: add --anew\n";
    for (flags, expected) in [(&[][..], note), (&["--anew"], "")] {
        let ran = run(folder.path(), &[&["geoparse", "p.dateline", "--homes", "homes.tsv"], flags].concat());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, expected));
    }
}

#[test]
fn what_is_settled_does_not_get_in_the_way() {
    let folder = read();
    let set = |key: &str, value: &str| {
        assert_eq!(run(folder.path(), &["config", "set", key, value]).code, 0);
    };
    set("kinds", "demonym");
    set("format", "gpkg");
    set("online", "true");
    // What is to be opened again is whole.
    let whole = run(folder.path(), &["geoparse", "read.jsonl", "--with-text", "--format", "jsonl"]).stdout;
    assert_eq!(whole, fs::read_to_string(folder.path().join("read.jsonl")).unwrap());
    let flags = ["geoparse", "read.jsonl", "--with-text", "--format", "jsonl", "--kinds", "demonym"];
    assert!(run(folder.path(), &flags).stdout.len() < whole.len());
    let ran = run(folder.path(), &["geoparse", "read.jsonl", "-o", "-", "--format", "csv"]);
    assert_eq!((ran.code, ran.stdout.lines().count()), (0, 2));
    assert!(!folder.path().join("-").exists());
    let asked = r#"{"id": "a", "text": "Rebels captured Homs.", "event": {"start": 7, "end": 15}}"#;
    let ran = run_with(folder.path(), &["geoparse", "--given-events", "-"], asked);
    assert_eq!((ran.code, records(&ran.stdout).len()), (0, 1));
    let ran = run(folder.path(), &["geoparse", "--offline", "--format", "csv", "https://news.example/a"]);
    assert_eq!((ran.code, ran.stderr.contains("--online")), (1, true), "{}", ran.stderr);
    assert_eq!(run(folder.path(), &["geoparse", "--offline", "--online", "-"]).code, 2);
}
