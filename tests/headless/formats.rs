//! Every format of tables, read back by what others wrote: the same rows and the same facts in all of them.

mod back;

use std::path::{Path, PathBuf};
use std::process::Command;

use dateline::export::{Format, Only, Options, Rows};
use dateline::model::{Decided, Geoparsed, How, Kind};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use self::back::{Facts, csv_rows, rows_of};
use crate::export::{bytes, export};
use crate::support::{awkward, full, pacific};

const TABLES: [Format; 8] = [
    Format::Csv,
    Format::GeoJson,
    Format::GeoJsonLines,
    Format::Kml,
    Format::Kmz,
    Format::GeoPackage,
    Format::FlatGeobuf,
    Format::GeoParquet,
];

fn articles() -> Vec<Geoparsed> {
    let mut decided = full();
    decided.article.text.push_str("\u{c}A second page.");
    decided.mentions[0].decided = Some(Box::new(Decided {
        how: How::Confirmed,
        by: "Ada <ada@example.org> & co".into(),
        note: Some("]]> \"sure\"\u{1b}[31m\nyes".into()),
        tags: vec!["a".into(), "b".into()],
        found: None,
    }));
    decided.article.title = Some("Floods\u{0} near\u{9b}\tDerna".into());
    decided.events[0].places = vec![2, 5, 6];
    // One id twice.
    decided.article.id = full().article.id;
    vec![full(), pacific(), awkward(), decided]
}

fn options(rows: Rows) -> Options {
    let unresolved = matches!(rows, Rows::Mentions | Rows::Events);
    Options { rows, kinds: Some(Kind::ALL.to_vec()), unresolved, ..Options::default() }
}

#[test]
fn every_format_has_the_facts_of_the_table() {
    for rows in Rows::ALL {
        let (table, summary) = bytes(&articles(), Format::Csv, options(rows));
        let expected = csv_rows(&table);
        assert!(expected.len() > 3, "{}", rows.as_str());
        for format in TABLES {
            let (file, told) = bytes(&articles(), format, options(rows));
            assert_eq!(told, summary, "{format} of {}", rows.as_str());
            let facts = rows_of(format, &file, rows);
            assert_eq!(facts.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>(), "{format}");
            for (id, row) in &expected {
                assert_eq!(&facts[id], row, "{format} of {}", rows.as_str());
            }
        }
    }
}

/// A file of nothing is a file all the same.
#[test]
fn every_format_has_files_without_a_row() {
    for rows in Rows::ALL {
        for format in TABLES {
            let (file, _) = bytes(&[], format, options(rows));
            assert_eq!(rows_of(format, &file, rows), Facts::new(), "{format}");
        }
    }
}

/// Which articles rows are of is known, though two are called the same: in tables, annotations, gazetteers.
#[test]
fn articles_of_one_id_are_told_apart() {
    let [first, second] = ["libya/derna.txt", "libya/derna.txt~2"];
    for rows in [Rows::Mentions, Rows::Events, Rows::Articles] {
        let ids = cells(rows, Options::default(), "doc_id");
        assert!(ids.iter().any(|id| id == first) && ids.iter().any(|id| id == second), "{ids:?}");
    }
    let mut articles = articles();
    articles.iter_mut().for_each(|article| article.article.url = None);
    for format in [Format::WebAnnotation, Format::LinkedPlaces] {
        let text = export(&articles, format, Options::default()).0;
        for id in [first, second] {
            assert!(text.contains(&format!("\"urn:dateline:article:{id}\"")), "{id} is not in\n{text}");
        }
    }
}

/// Whoever gets the file learns that it is not everything.
#[test]
fn files_say_what_was_left_out() {
    let only = Only { countries: vec!["ly".into()], min_score: Some(0.5), ..Only::default() };
    let narrowed = Options { only, kinds: Some(vec![Kind::Name]), ..Options::default() };
    let said = "Only places in LY; only places and events with a score of 0.5 or more, or that people settled; without \
                names of peoples and adjectives, names within other names, coordinates";
    for format in [
        Format::GeoJson,
        Format::Kml,
        Format::GeoPackage,
        Format::FlatGeobuf,
        Format::GeoParquet,
        Format::Report,
    ] {
        let says = |options: &Options| {
            let file = bytes(&articles(), format, options.clone()).0;
            String::from_utf8_lossy(&file).to_lowercase().contains(&said.to_lowercase())
        };
        assert!(says(&narrowed), "{format}");
        assert!(!says(&Options::default()), "{format}");
    }
    let created = Options { created: Some("2026-01-02T03:04:05Z".into()), ..Options::default() };
    for format in [Format::GeoPackage, Format::FlatGeobuf] {
        let says = |options: &Options| {
            String::from_utf8_lossy(&bytes(&articles(), format, options.clone()).0).contains("\"created\":")
        };
        assert!(says(&created) && !says(&Options::default()), "{format}");
    }
}

/// Programs end a text at some control characters, and no XML has them.
#[test]
fn control_characters_are_marked_as_such() {
    assert_eq!(
        cells(Rows::Articles, Options::default(), "doc_title")[3],
        "Floods\u{fffd} near\u{fffd}\tDerna"
    );
}

#[test]
fn a_rank_is_the_programs() {
    let mut article = full();
    let mut check = |how: How, expected: &str| {
        article.mentions[0].decided = Some(Box::new(Decided { how, by: "Ada".into(), ..Decided::default() }));
        let facts = csv_rows(&bytes(&[article.clone()], Format::Csv, options(Rows::Mentions)).0);
        let row = facts.values().find(|row| row["status"] == how.as_str()).unwrap();
        assert_eq!(row.get("rank").map_or("", String::as_str), expected);
    };
    check(How::Confirmed, "1");
    check(How::Corrected, "");
    check(How::Added, "");
}

fn cells(rows: Rows, options: Options, column: &str) -> Vec<String> {
    let table = export(&articles(), Format::Csv, Options { rows, ..options }).0;
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let number = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    reader.records().map(|record| record.unwrap()[number].to_owned()).collect()
}

#[test]
fn places_are_summed_up_in_the_order_they_come_in() {
    let check = |column: &str, expected: &[&str]| {
        assert_eq!(cells(Rows::Places, Options::default(), column)[..expected.len()], *expected, "{column}");
    };
    check("id", &["geonames:87205", "coordinate:32.712345,22.641234", "geonames:2198148"]);
    check("place_name", &["Derna", "32.712345, 22.641234", "Suva"]);
    check("country", &["Libya", "", ""]);
    check("mentions", &["6", "2", "1"]);
    check("articles", &["2", "2", "1"]);
    check("sources", &["1", "1", "0"]);
    check("events", &["2", "1", "0"]);
    check("settled", &["1", "0", "0"]);
    check("score", &["0.9712", "1.0", "0.9"]);
    check("first_published", &["2023-09-11T00:00:00Z", "2023-09-11T00:00:00Z", ""]);
    check("names", &["Derna; DERNA", "32.712345, 22.641234", "Suva"]);
}

#[test]
fn an_article_is_where_it_is_about() {
    let check = |column: &str, expected: &[&str]| {
        assert_eq!(cells(Rows::Articles, Options::default(), column), expected, "{column}");
    };
    let ids = cells(Rows::Articles, Options::default(), "id");
    assert_eq!((ids.len(), ids[0].as_str()), (4, "libya/derna.txt"));
    assert_eq!(cells(Rows::Articles, Options::default(), "place_name")[..2], ["Derna", "Suva"]);
    check("focus_country", &["Libya", "", "", "Libya"]);
    assert_eq!(cells(Rows::Articles, Options::default(), "mentions")[..2], ["5", "3"]);
    assert_eq!(cells(Rows::Articles, Options::default(), "placed")[..2], ["4", "3"]);
    assert_eq!(cells(Rows::Articles, Options::default(), "places")[..2], ["2", "3"]);
    check("pages", &["", "", "", "2"]);
    assert_eq!(cells(Rows::Mentions, Options::default(), "page").last().unwrap(), "1");
}

#[test]
fn only_what_is_asked_for_is_written() {
    let check = |rows: Rows, only: Only, expected: usize| {
        let chosen = Options { rows, only: only.clone(), ..Options::default() };
        for format in TABLES {
            let (file, summary) = bytes(&articles(), format, chosen.clone());
            assert_eq!(summary.mentions, expected, "{} {only:?} in {format}", rows.as_str());
            assert_eq!(
                rows_of(format, &file, rows).len(),
                expected,
                "{} {only:?} in {format}",
                rows.as_str()
            );
        }
    };
    let libya = || Only { countries: vec!["ly".into()], ..Only::default() };
    let day = |from: &str, to: &str| Only { from: from.parse().ok(), to: to.parse().ok(), ..Only::default() };
    let sure = |score| Only { min_score: Some(score), ..Only::default() };
    check(Rows::Mentions, Only::default(), 12);
    check(Rows::Mentions, libya(), 6);
    check(Rows::Places, libya(), 1);
    check(Rows::Articles, libya(), 2);
    check(Rows::Events, libya(), 2);
    check(Rows::Mentions, day("2023-09-11", "2023"), 8);
    check(Rows::Articles, day("2023-09-11", "2023"), 2);
    check(Rows::Events, day("2023-09-11", "2023"), 0);
    check(Rows::Events, day("2023-09", "2023-09-10"), 3);
    check(Rows::Mentions, day("", "2010"), 1);
    // One of them a person confirmed, whatever its score; scores are held against what rows say: 0.97346 is 0.9735.
    check(Rows::Mentions, sure(0.9735), 5);
    check(Rows::Mentions, sure(0.9736), 3);
    check(Rows::Events, sure(0.74), 3);
    check(Rows::Events, sure(0.76), 0);
    let lines = |only: Only| export(&articles(), Format::JsonLines, Options { only, ..Options::default() });
    assert_eq!(lines(libya()).0.lines().count(), 2);
    assert_eq!(lines(day("2023", "")).0.lines().count(), 2);
    assert_eq!(lines(sure(0.999)).1.mentions, 3);
    let told = |format: Format, only: Only, sign: &str| {
        export(&articles(), format, Options { only, ..Options::default() }).0.matches(sign).count()
    };
    for (format, sign) in [(Format::JsonLines, "\"polarity\":"), (Format::Tei, "<event ")] {
        let check = |only, expected| assert_eq!(told(format, only, sign), expected, "{format}");
        check(Only::default(), 2);
        check(sure(0.75), 2);
        check(sure(0.76), 0);
        check(Only { countries: vec!["FJ".into()], ..Only::default() }, 0);
    }
}

/// A database with its keys.
fn geopackage(options: Options) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("export.gpkg");
    std::fs::write(&path, bytes(&articles(), Format::GeoPackage, options).0).unwrap();
    (folder, path)
}

#[test]
fn the_tables_of_a_geopackage_belong_together() {
    for rows in Rows::ALL {
        let (_folder, path) = geopackage(options(rows));
        let connection = Connection::open(path).unwrap();
        let one = |question: &str| -> String {
            connection.query_row(question, [], |row| row.get::<_, rusqlite::types::Value>(0)).map_or_else(
                |error| error.to_string(),
                |value| match value {
                    rusqlite::types::Value::Text(text) => text,
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    other => format!("{other:?}"),
                },
            )
        };
        assert_eq!(one("PRAGMA integrity_check"), "ok");
        assert_eq!(one("PRAGMA foreign_key_check"), "Query returned no rows");
        assert_eq!(one("PRAGMA application_id"), 0x4750_4B47.to_string());
        assert_eq!(one("SELECT last_change FROM gpkg_contents"), "1970-01-01T00:00:00.000Z");
        assert!(one("SELECT metadata FROM gpkg_metadata").contains("GeoNames"));
        assert_eq!(one("SELECT count(*) FROM events WHERE article_fid IS NULL"), "0");
        assert_eq!(
            one(
                "SELECT count(*) FROM events e JOIN mentions m ON m.fid = e.mention_fid WHERE e.place_id IS NOT m.place_id"
            ),
            "0"
        );
        assert_eq!(one("SELECT count(*) FROM events WHERE mention_fid IS NULL"), "0");
        for table in Rows::ALL.map(Rows::as_str) {
            let placed = one(&format!("SELECT count(*) FROM {table} WHERE geom IS NOT NULL"));
            assert_eq!(one(&format!("SELECT count(*) FROM rtree_{table}_geom")), placed);
            assert_eq!(one(&format!("SELECT rtreecheck('rtree_{table}_geom')")), "ok");
        }
    }
    let times = |created: &str| {
        let created = Options { created: Some(created.into()), ..options(Rows::Mentions) };
        let (_folder, path) = geopackage(created);
        let connection = Connection::open(path).unwrap();
        connection
            .query_row("SELECT max(last_change) FROM gpkg_contents", [], |row| row.get::<_, String>(0))
            .unwrap()
    };
    assert_eq!(String::from("2026-01-02T03:04:05.000Z"), times("2026-01-02T03:04:05Z"));
}

fn has(program: &str) -> bool {
    let there = Command::new(program).arg("--version").output().is_ok();
    if !there {
        eprintln!("{program} is not installed: what it says of exports is not asked");
    }
    there
}

fn told(program: &str, args: &[&str], path: &Path) -> String {
    let output = Command::new(program).args(args).arg(path).output().unwrap();
    let (told, complaints) =
        (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success() && complaints.is_empty(), "{}: {told}{complaints}", path.display());
    told.into_owned()
}

/// GDAL is what QGIS reads files with; that of Debian 12 has no Parquet.
#[test]
fn gdal_reads_every_table() {
    if !has("ogrinfo") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for rows in Rows::ALL {
        let count = csv_rows(&bytes(&articles(), Format::Csv, options(rows)).0).len();
        let timed = match rows {
            Rows::Places => "first_published",
            Rows::Events => "event_start",
            Rows::Mentions | Rows::Articles => "published",
        };
        for format in TABLES.into_iter().filter(|format| !matches!(format, Format::Csv | Format::GeoParquet))
        {
            let path = folder.path().join(rows.as_str()).with_extension(format.extension());
            std::fs::write(&path, bytes(&articles(), format, options(rows)).0).unwrap();
            let mut args = vec!["-ro", "-so"];
            let all = format != Format::GeoPackage;
            args.extend(all.then_some("-al"));
            let told = if all {
                told("ogrinfo", &args, &path)
            } else {
                let output =
                    Command::new("ogrinfo").args(&args).arg(&path).arg(rows.as_str()).output().unwrap();
                assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
                String::from_utf8_lossy(&output.stdout).into_owned()
            };
            // KML has no type for a time but the placemark's own.
            let date = match format {
                Format::Kml | Format::Kmz => format!("{timed}: String"),
                _ => format!("{timed}: DateTime"),
            };
            let kind = if matches!(format, Format::Kml | Format::Kmz) { "Unknown (any)" } else { "Point" };
            let has = [
                format!("Feature Count: {count}"),
                format!("Geometry: {kind}"),
                "latitude: Real".into(),
                "radius_m: Integer".into(),
                date,
            ];
            for expected in has {
                assert!(told.contains(&expected), "{format}: {expected:?} is not in\n{told}");
            }
        }
    }
}

/// The schema is the OGC's; where it is tells `DATELINE_KML_SCHEMA`, since no package of Debian has it.
#[test]
fn kml_is_xml_and_keeps_to_its_schema() {
    if !has("xmllint") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for rows in Rows::ALL {
        let path = folder.path().join(rows.as_str()).with_extension("kml");
        std::fs::write(&path, bytes(&articles(), Format::Kml, options(rows)).0).unwrap();
        told("xmllint", &["--noout", "--nonet"], &path);
        if let Ok(schema) = std::env::var("DATELINE_KML_SCHEMA") {
            let output =
                Command::new("xmllint").args(["--noout", "--schema", &schema]).arg(&path).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever stands in an article: no file that cannot be read, no fact that one format has and another has not.
    #[test]
    fn any_words_are_the_same_facts_everywhere(words in prop::collection::vec(any::<String>(), 8), url in "\\PC*") {
        let mut article = full();
        article.article.id.clone_from(&words[0]);
        article.article.title = Some(words[1].clone());
        article.article.source = Some(words[2].clone());
        article.article.url = Some(url);
        article.article.language = Some(words[3].clone());
        article.events[0].subtype = Some(words[4].clone());
        for mention in &mut article.mentions {
            let (by, note) = (words[5].clone(), Some(words[6].clone()));
            let decided = Decided { how: How::Added, by, note, tags: vec![words[7].clone()], found: None };
            mention.decided = Some(Box::new(decided));
        }
        for rows in Rows::ALL {
            let read = |format| rows_of(format, &bytes(&[article.clone(), pacific()], format, options(rows)).0, rows);
            let expected = read(Format::GeoJsonLines);
            for format in [Format::GeoJson, Format::GeoPackage, Format::FlatGeobuf, Format::GeoParquet] {
                prop_assert_eq!(&read(format), &expected, "{}", format);
            }
            // What XML cannot say is another sign there, and a cell of CSV that begins like a formula has one more.
            for format in [Format::Kml, Format::Kmz, Format::Csv] {
                prop_assert_eq!(read(format).len(), expected.len(), "{}", format);
            }
        }
    }
}
