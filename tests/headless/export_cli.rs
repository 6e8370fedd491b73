//! Exports by the real program: flags, standard output, what is refused.

use std::fs;

use dateline::export::{Format, Rows};

use crate::support::{awkward, folder, full, line, pacific, program, run};

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
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{flags}");
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
    check("--kinds all --unresolved --country LY", 5);
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
    check("--from yesterday", "“yesterday” is no date");
    check("--from 2016-02-30", "“2016-02-30” is no date");
    check("--from 2017 --to 2016", "--from is later than --to");
    check("--min-score 2", "“2” is no number from 0 to 1");
    check("--bom --format kml", "--bom goes with csv only");
    check("--rows places --format jsonl", "--rows places does not go with jsonl");
    check("--rows articles --format tei", "--rows articles does not go with tei");
    check("--rows places --unresolved --format kml", "--rows places does not go with --unresolved");
    check("--rows events --no-events", "--rows events does not go with --no-events");
    check("--given-events --country LY", "--given-events does not go with --country");
    check("-o places.shp", "end it in .geojson, .geojsonl, .csv");
}
