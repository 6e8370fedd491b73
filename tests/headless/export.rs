//! The formats for maps and tables, read back by parsers that others wrote.

use std::collections::BTreeSet;
use std::process::Command;
use std::sync::Arc;

use dateline::export::{Exporter, Format, Options, Rows, Summary, TargetFile};
use dateline::jobs::{Event, Job, Shown};
use dateline::model::{Geoparsed, Kind};
use geojson::{Feature, FeatureCollection, GeoJson, JsonValue};
use serde_json::{Value, json};

use crate::support::{awkward, full, pacific};

/// The columns that other programs count on, in order.
const COLUMNS: [&str; 48] = [
    "id", "mention", "kind", "sense", "place_name", "place_id", "gazetteer", "country_code", "admin1",
    "feature_class", "feature_code", "precision", "radius_m", "latitude", "longitude", "score", "rank",
    "status", "decided_by", "role", "event_type", "event_subtype", "event_polarity", "event_background",
    "event_trigger", "event_date", "event_start", "event_end", "event_actors", "event_targets",
    "event_score", "doc_id", "doc_title", "doc_source", "doc_url", "published", "date_start", "date_end",
    "date_text", "quote_before", "quote", "quote_after", "char_start", "char_end", "page", "lang", "note",
    "tags",
];

pub fn bytes(articles: &[Geoparsed], format: Format, options: Options) -> (Vec<u8>, Summary) {
    let mut exporter = Exporter::start(Vec::new(), format, options).unwrap();
    articles.iter().for_each(|article| exporter.article(article).unwrap());
    exporter.finish().unwrap()
}

pub fn export(articles: &[Geoparsed], format: Format, options: Options) -> (String, Summary) {
    let (bytes, summary) = bytes(articles, format, options);
    (String::from_utf8(bytes).unwrap(), summary)
}

fn everything() -> Options {
    Options { kinds: Some(Kind::ALL.to_vec()), unresolved: true, ..Options::default() }
}

fn collection(articles: &[Geoparsed], options: Options) -> FeatureCollection {
    match export(articles, Format::GeoJson, options).0.parse().unwrap() {
        GeoJson::FeatureCollection(collection) => collection,
        other => panic!("no collection: {other}"),
    }
}

fn property<'a>(feature: &'a Feature, name: &str) -> &'a JsonValue {
    feature.property(name).unwrap_or_else(|| panic!("{name} is missing"))
}

/// What RFC 7946 asks of a collection, and what GIS programs ask beyond it.
pub fn check_rfc7946(text: &str) {
    let json: Value = serde_json::from_str(text).unwrap();
    assert_eq!(json["type"], "FeatureCollection");
    assert!(json.get("crs").is_none());
    for member in ["coordinates", "geometries", "geometry", "properties"] {
        assert!(json.get(member).is_none(), "7.1: {member} in a collection");
    }
    let mut ids = BTreeSet::new();
    for feature in json["features"].as_array().unwrap() {
        check_feature(feature, json.get("bbox"));
        assert!(ids.insert(feature["id"].as_str().unwrap().to_owned()), "{} comes twice", feature["id"]);
    }
    if let Some(bbox) = json.get("bbox") {
        let bbox: Vec<f64> = serde_json::from_value(bbox.clone()).unwrap();
        assert_eq!(bbox.len(), 4);
        assert!(bbox[1] <= bbox[3]);
    }
}

fn check_feature(feature: &Value, bbox: Option<&Value>) {
    assert_eq!(feature["type"], "Feature");
    assert_eq!(feature["id"], feature["properties"]["id"]);
    let properties = feature["properties"].as_object().unwrap();
    assert_eq!(properties.keys().collect::<Vec<_>>(), COLUMNS);
    assert!(properties.values().all(|value| !value.is_object() && !value.is_array()), "{feature}");
    if feature["geometry"].is_null() {
        assert!(properties["latitude"].is_null() && properties["longitude"].is_null());
        return;
    }
    assert_eq!(feature["geometry"]["type"], "Point");
    let coordinates: [f64; 2] = serde_json::from_value(feature["geometry"]["coordinates"].clone()).unwrap();
    assert!(coordinates[0].abs() <= 180.0 && coordinates[1].abs() <= 90.0);
    assert_eq!(properties["longitude"], coordinates[0]);
    assert_eq!(properties["latitude"], coordinates[1]);
    let bbox: [f64; 4] = serde_json::from_value(bbox.unwrap().clone()).unwrap();
    let [west, south, east, north] = bbox;
    let within = if west <= east {
        west <= coordinates[0] && coordinates[0] <= east
    } else {
        coordinates[0] >= west || coordinates[0] <= east
    };
    assert!(within && south <= coordinates[1] && coordinates[1] <= north, "{feature} outside {bbox:?}");
}

#[test]
fn geojson_keeps_to_its_rfc() {
    for articles in [vec![], vec![full()], vec![full(), pacific(), awkward(), full()]] {
        for options in [Options::default(), everything()] {
            check_rfc7946(&export(&articles, Format::GeoJson, options).0);
        }
    }
}

#[test]
fn another_parser_reads_the_geojson() {
    let collection = collection(&[full()], Options::default());
    let mentions: Vec<_> =
        collection.features.iter().map(|feature| property(feature, "mention").as_str().unwrap()).collect();
    assert_eq!(mentions, ["Derna", "DERNA", "Derna", "32.712345, 22.641234"]);
    let first = &collection.features[0];
    assert_eq!(first.geometry, Some(geojson::Geometry::new_point([22.63669, 32.76704])));
    assert_eq!(first.id, Some(geojson::feature::Id::String("libya/derna.txt#char=33,38".into())));
    let check = |name: &str, expected: Value| assert_eq!(property(first, name), &expected, "{name}");
    check("place_id", json!("geonames:87205"));
    check("gazetteer", json!("geonames"));
    check("country_code", json!("LY"));
    check("admin1", json!("Darnah"));
    check("precision", json!("settlement"));
    check("radius_m", json!(5000));
    check("score", json!(0.97));
    check("rank", json!(1));
    check("status", json!("auto"));
    check("decided_by", json!(concat!("dateline ", env!("CARGO_PKG_VERSION"))));
    check("doc_source", json!("The Tripoli Herald"));
    check("published", json!("2023-09-11T00:00:00Z"));
    check("quote_before", json!("Étude: floods 🌊 near "));
    check("quote", json!("Derna"));
    check("quote_after", json!(""));
    check("char_start", json!(33));
    check("lang", json!("en"));
    check("note", Value::Null);
    check("tags", Value::Null);
}

#[test]
fn coordinates_in_the_text_keep_six_decimals() {
    let collection = collection(&[full()], Options::default());
    let last = collection.features.last().unwrap();
    assert_eq!(last.geometry, Some(geojson::Geometry::new_point([22.641234, 32.712345])));
    assert_eq!(property(last, "country_code"), &Value::Null);
}

#[test]
fn the_collection_says_where_it_is_from() {
    let collection =
        collection(&[full()], Options { created: Some("2026-01-02T03:04:05Z".into()), ..Options::default() });
    let foreign = collection.foreign_members.unwrap();
    let names: Vec<_> = foreign.keys().map(String::as_str).collect();
    assert_eq!(names, ["name", "generator", "license", "attribution", "created"]);
    assert!(foreign["attribution"].as_str().unwrap().contains("GeoNames"));
    assert!(foreign["license"].as_str().unwrap().contains("CC BY 4.0"));
}

#[test]
fn without_a_clock_the_same_articles_give_the_same_bytes() {
    for format in Format::ALL.into_iter().filter(|format| format.is_table() || *format == Format::JsonLines) {
        let articles = [full(), pacific()];
        assert_eq!(bytes(&articles, format, everything()), bytes(&articles, format, everything()));
        if !format.is_binary() {
            assert!(!export(&articles, format, everything()).0.contains("created"));
        }
    }
}

#[test]
fn kinds_and_unresolved_mentions_are_chosen() {
    let check = |options: Options, expected: usize| {
        for format in [Format::GeoJson, Format::GeoJsonLines, Format::Csv] {
            assert_eq!(
                export(&[full()], format, options.clone()).1.mentions,
                expected,
                "{format} {options:?}"
            );
        }
    };
    check(Options::default(), 4);
    check(Options { unresolved: true, ..Options::default() }, 5);
    check(Options { kinds: Some(vec![Kind::Demonym]), ..Options::default() }, 1);
    check(everything(), 7);
    let jsonl = |options| export(&[full()], Format::JsonLines, options).1;
    assert_eq!(
        jsonl(Options::default()),
        Summary { articles: 1, rows: Rows::Mentions, mentions: 7, placed: 6 }
    );
    assert_eq!(jsonl(Options { kinds: Some(vec![Kind::Demonym]), ..Options::default() }).mentions, 1);
}

#[test]
fn a_mention_tells_what_happened_there() {
    let collection = collection(&[full()], Options::default());
    let there = &collection.features[2];
    let check = |name: &str, expected: Value| assert_eq!(property(there, name), &expected, "{name}");
    check("role", json!("event"));
    check("event_type", json!("accident"));
    check("event_subtype", json!("dam break"));
    check("event_polarity", json!("happened"));
    check("event_background", json!(false));
    check("event_trigger", json!("broke"));
    check("event_date", json!("2023-09-10"));
    check("event_start", json!("2023-09-10T00:00:00Z"));
    check("event_end", json!("2023-09-10T00:00:00Z"));
    check("event_actors", json!("A dam"));
    check("event_targets", Value::Null);
    check("event_score", json!(0.75));
    assert_eq!(property(&collection.features[0], "event_type"), &Value::Null);
}

#[test]
fn an_event_has_a_row_for_each_of_its_places() {
    let events = Options { rows: Rows::Events, ..Options::default() };
    let mut article = full();
    article.events[0].places = vec![2, 5, 6];
    let (text, summary) = export(&[article.clone()], Format::GeoJson, events.clone());
    check_rfc7946(&text);
    assert_eq!(summary, Summary { articles: 1, rows: Rows::Events, mentions: 2, placed: 2 });
    assert!(text.contains(r#""name":"events""#));
    let rows = collection(&[article.clone()], Options { unresolved: true, ..events.clone() }).features;
    let cells = |name: &str| rows.iter().map(|row| property(row, name).clone()).collect::<Vec<_>>();
    assert_eq!(cells("mention"), ["Derna", "32.712345, 22.641234", "Wadiville"]);
    assert_eq!(cells("quote"), ["broke"; 3]);
    assert_eq!(cells("event_type"), ["accident"; 3]);
    article.events[0].places.clear();
    assert_eq!(export(&[article.clone()], Format::Csv, events.clone()).1.mentions, 0);
    let nowhere = collection(&[article], Options { unresolved: true, ..events }).features;
    assert_eq!((nowhere.len(), &nowhere[0].geometry), (1, &None));
    assert_eq!(property(&nowhere[0], "mention"), "");
}

#[test]
fn a_line_without_a_toponym_has_no_event_there() {
    let options = Options { kinds: Some(vec![Kind::Demonym]), with_text: true, ..Options::default() };
    let opened = |article: Geoparsed| {
        let line = export(&[article], Format::JsonLines, options.clone()).0;
        let record: dateline::model::record::ArticleRecord = serde_json::from_str(&line).unwrap();
        record.reopen().unwrap()
    };
    assert_eq!((opened(full()).mentions.len(), opened(full()).events.len()), (1, 0));
    let mut two = full();
    two.events[0].places = vec![2, 3];
    assert_eq!(opened(two).events[0].places, [0]);
}

#[test]
fn an_unresolved_mention_has_no_geometry() {
    let collection = collection(&[full()], everything());
    let last = collection.features.last().unwrap();
    assert_eq!(property(last, "mention"), "Wadiville");
    assert_eq!(last.geometry, None);
    assert_eq!(property(last, "place_id"), &Value::Null);
}

#[test]
fn the_box_is_the_smallest_across_the_antimeridian() {
    assert_eq!(
        collection(&[pacific()], Options::default()).bbox,
        Some(vec![174.7635, -36.8485, -171.7667, -13.8333])
    );
    assert_eq!(collection(&[], Options::default()).bbox, None);
}

#[test]
fn ids_stay_unique_when_articles_share_one() {
    let ids: Vec<_> = collection(&[pacific(), pacific()], Options::default())
        .features
        .iter()
        .map(|feature| property(feature, "id").as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids[0], "pacific.txt#char=0,4");
    assert_eq!(ids[3], "pacific.txt~2#char=0,4");
}

/// An article may bear as its own the id that another would be given.
#[test]
fn ids_stay_unique_whatever_articles_are_called() {
    let articles = ["a", "a~2", "a", "a~2"].map(|id| {
        let mut article = pacific();
        article.article.id = id.into();
        article
    });
    let (text, _) = export(&articles, Format::GeoJson, Options::default());
    check_rfc7946(&text);
}

#[test]
fn geojson_lines_are_features() {
    let (lines, _) = export(&[full(), pacific()], Format::GeoJsonLines, Options::default());
    assert_eq!(lines.lines().count(), 7);
    for line in lines.lines() {
        assert!(matches!(line.parse(), Ok(GeoJson::Feature(_))), "{line}");
    }
}

#[test]
fn a_table_has_the_facts_of_the_map() {
    let (table, _) = export(&[full(), awkward()], Format::Csv, everything());
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>(), COLUMNS);
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    let features = collection(&[full(), awkward()], everything()).features;
    assert_eq!(records.len(), features.len());
    for (record, feature) in records.iter().zip(&features) {
        for (name, cell) in COLUMNS.iter().zip(record) {
            let plain = match property(feature, name) {
                Value::Null => String::new(),
                Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            assert_eq!(cell.strip_prefix('\'').unwrap_or(cell), plain, "{name}");
        }
    }
    assert!(table.lines().next().unwrap().ends_with("tags") && table.contains("tags\r\n"));
}

#[test]
fn no_cell_is_a_formula() {
    let (table, _) = export(&[awkward()], Format::Csv, Options::default());
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let record = reader.records().next().unwrap().unwrap();
    for (name, cell) in COLUMNS.iter().zip(&record) {
        assert!(cell.parse::<f64>().is_ok() || !cell.starts_with(['=', '+', '-', '@']), "{name}: {cell}");
    }
    assert_eq!(&record[31], "'-risky, \"quoted\".txt");
    assert_eq!(&record[13], "0.0", "zero has no sign");
}

#[test]
fn a_byte_order_mark_comes_only_when_asked_for() {
    let begins = |byte_order_mark| {
        let options = Options { byte_order_mark, ..Options::default() };
        export(&[], Format::Csv, options).0.starts_with('\u{feff}')
    };
    assert!(begins(true) && !begins(false));
}

#[test]
fn a_partial_date_is_a_span_of_days() {
    let feature = &collection(&[awkward()], Options::default()).features[0];
    assert_eq!(property(feature, "published"), &Value::Null);
    assert_eq!(property(feature, "date_text"), "2004-09");
    assert_eq!(property(feature, "date_start"), "2004-09-01T00:00:00Z");
    assert_eq!(property(feature, "date_end"), "2004-09-30T00:00:00Z");
    assert_eq!(property(feature, "mention"), "Old Town");
}

#[test]
fn a_file_appears_whole_or_not_at_all() {
    use std::io::Write;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.geojson");
    std::fs::write(&path, "before").unwrap();
    let mut file = TargetFile::create(&path).unwrap();
    file.write_all(b"half").unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "before");
    drop(file);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left lying about");
    let mut file = TargetFile::create(&path).unwrap();
    file.write_all(b"after").unwrap();
    file.commit().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "after");
}

#[test]
fn a_file_that_cannot_be_written_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let check = |path: std::path::PathBuf, reason: &str| {
        let error = TargetFile::create(&path).unwrap_err().to_string();
        assert!(error.contains(reason) && error.ends_with(&path.display().to_string()), "{error}");
    };
    check(folder.path().join("missing/out.csv"), "its folder does not exist");
    check(folder.path().to_owned(), "it is a folder");
}

#[test]
fn a_window_exports_what_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("shown.geojson");
    let mut shown = Shown::default();
    let pacific = pacific();
    shown.articles = vec![(0, vec![1, 3]), (1, (0..pacific.mentions.len()).collect())];
    [full(), pacific].into_iter().for_each(|article| shown.archive.push(Arc::new(article)));
    let job = Job::export(move || shown, path.clone(), Format::GeoJson, Options::default(), || {});
    let events: Vec<_> = job.wait().collect();
    let summary = Summary { articles: 2, rows: Rows::Mentions, mentions: 4, placed: 4 };
    assert!(events.contains(&Event::Exported { summary, path: path.clone() }), "{events:?}");
    check_rfc7946(&std::fs::read_to_string(path).unwrap());
}

#[test]
fn a_window_learns_why_an_export_failed() {
    let folder = tempfile::tempdir().unwrap();
    let job =
        Job::export(Shown::default, folder.path().join("no/x.csv"), Format::Csv, Options::default(), || {});
    let events: Vec<_> = job.wait().collect();
    assert!(
        matches!(&events[..], [Event::Problem(problem), Event::Finished { cancelled: false }] if problem.reason.contains("folder")),
        "{events:?}"
    );
}

/// GDAL is what QGIS reads files with. Where it is not installed there is nothing to ask.
#[test]
fn gdal_reads_every_format_that_it_knows() {
    if Command::new("ogrinfo").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for format in [Format::GeoJson, Format::GeoJsonLines] {
        let path = folder.path().join("mentions").with_extension(format.extension());
        std::fs::write(&path, export(&[full(), pacific(), awkward()], format, everything()).0).unwrap();
        let output = Command::new("ogrinfo").args(["-ro", "-al", "-so"]).arg(&path).output().unwrap();
        let told = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(
            output.status.success() && output.stderr.is_empty(),
            "{told}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        for expected in [
            "Feature Count: 11", "Geometry: Point", "latitude: Real", "radius_m: Integer",
            "published: DateTime",
        ] {
            assert!(told.contains(expected), "{expected:?} is not in\n{told}");
        }
    }
}
