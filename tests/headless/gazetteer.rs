//! The gazetteer's commands and importers, by the real program in a temporary folder.

use std::fs;
use std::io::{Cursor, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use dateline::gazetteer::import::{Field, ImportError, Options, Report, Told, import};
use dateline::gazetteer::{Gazetteer, GazetteerError};
use proptest::prelude::*;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Ran, folder, program, records, run, run_with};

/// A row of GeoNames' main table: its nineteen columns, those left empty that nothing reads.
fn geonames(
    number: &str,
    name: &str,
    others: &str,
    point: &str,
    feature: &str,
    codes: &str,
    people: &str,
) -> String {
    let spread = |text: &str| text.replace(' ', "\t");
    let codes: Vec<&str> = codes.split('.').collect();
    let code = |at: usize| codes.get(at).copied().unwrap_or("");
    let (point, feature) = (spread(point), spread(feature));
    let (country, first, second, third) = (code(0), code(1), code(2), code(3));
    format!(
        "{number}\t{name}\t{name}\t{others}\t{point}\t{feature}\t{country}\t\t{first}\t{second}\t{third}\t\t{people}\t\t23\t\
         Africa/Cairo\t2023-04-13\n"
    )
}

/// A country, its divisions and their towns.
fn egypt() -> String {
    [
        geonames("357994", "Arab Republic of Egypt", "Egypt,Misr", "27 30", "A PCLI", "EG", "98423595"),
        geonames("360631", "Cairo Governorate", "", "30.05 31.25", "A ADM1", "EG.11", "0"),
        geonames("8065557", "Qism Qasr an Nil", "", "30.04 31.23", "A ADM2", "EG.11.01", "0"),
        geonames(
            "360630",
            "Cairo",
            "CAI,Al Qāhirah,al qahrt,القاهرة",
            "30.06263 31.24967",
            "P PPLC",
            "EG.11.99",
            "9606916",
        ),
        geonames("352354", "Bulaq", "", "30.05 31.23", "P PPLX", "EG.11.01", ""),
    ]
    .concat()
}

fn zipped(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// Imports the files into `out.gazetteer`.
fn import_files(folder: &TempDir, files: &[&str], options: &Options) -> Result<Report, ImportError> {
    let sources: Vec<PathBuf> = files.iter().map(|name| folder.path().join(name)).collect();
    import(&sources, &folder.path().join("out.gazetteer"), options, &mut |_| ControlFlow::Continue(()))
}

fn opened(folder: &TempDir) -> Gazetteer {
    Gazetteer::open(&folder.path().join("out.gazetteer")).unwrap()
}

/// What the program finds by a name in `out.gazetteer` alone, as `identifier label`.
fn found(folder: &TempDir, name: &str) -> Vec<String> {
    let gazetteer = opened(folder);
    let places = gazetteer.lookup(name).into_iter().filter_map(|hit| gazetteer.place(hit.row));
    places.map(|place| format!("{} {}", place.id, place.label())).collect()
}

/// The refusals of a report, with files by their names alone.
fn refusals(folder: &TempDir, report: &Report) -> Vec<String> {
    let place = format!("{}/", folder.path().display());
    report.refused.iter().map(|refused| refused.to_string().replace(&place, "")).collect()
}

fn check_reason(bytes: &[u8], name: &str, reason: &str) {
    let folder = folder(&[(name, bytes), ("out.gazetteer", b"before")]);
    let told = import_files(&folder, &[name], &Options::default()).unwrap_err().to_string();
    assert!(told.contains(name) && told.contains(reason), "{told}");
    assert_eq!(fs::read(folder.path().join("out.gazetteer")).unwrap(), b"before");
}

fn names_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> =
        fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_dump_of_geonames_becomes_a_gazetteer() {
    let names = "1\t360630\tde\tKairo\t1\t\t\t\t\t\n2\t360630\tlink\thttps://en.wikipedia.org/wiki/Cairo\t\t\t\t\t\t\n\
                 3\t360630\tiata\tCAI\t\t\t\t\t\t\n4\t99\ten\tNowhere\t\t\t\t\t\t\n";
    let folder = folder(&[
        ("EG.zip", &zipped(&[("readme.txt", b"a,b"), ("EG.txt", egypt().as_bytes())])),
        ("alternateNamesV2.txt", names.as_bytes()),
        ("admin1CodesASCII.txt", b"EG.11\tCairo Governorate\tCairo Governorate\t360631\n"),
        ("hierarchy.txt", b"6255146\t357994\t\n357994\t360631\tADM\n"),
    ]);
    let files = ["EG.zip", "alternateNamesV2.txt", "admin1CodesASCII.txt", "hierarchy.txt"];
    let report = import_files(&folder, &files, &Options::default()).unwrap();
    assert_eq!((report.rows, report.places, report.refused_count), (12, 5, 0));
    assert_eq!((report.written.places, report.written.orphaned), (5, 1));
    let check = |name: &str, expected: &[&str]| assert_eq!(found(&folder, name), expected, "{name}");
    let cairo = "geonames:360630 Cairo, Arab Republic of Egypt";
    check("Cairo", &[cairo]);
    check("Kairo", &[cairo]);
    check("al-Qahira", &[cairo]);
    check("القاهرة", &[cairo]);
    check("CAI", &[cairo]);
    check("al qahrt", &[]);
    check("Egypt", &["geonames:357994 Arab Republic of Egypt"]);
    let gazetteer = opened(&folder);
    let parent = |id: &str| gazetteer.by_id(id).and_then(|row| gazetteer.parent(row));
    assert_eq!(parent("geonames:352354"), gazetteer.by_id("geonames:8065557"), "by the longest code");
    assert_eq!(parent("geonames:360630"), gazetteer.by_id("geonames:360631"), "by what is known of it");
    assert_eq!(parent("geonames:360631"), gazetteer.by_id("geonames:357994"));
}

#[test]
fn rows_of_geonames_that_are_none_are_refused() {
    let good = geonames("1", "Good", "", "1 2", "P PPL", "EG", "");
    let rows = [
        good.clone(),
        geonames("x", "Bad", "", "1 2", "P PPL", "EG", ""),
        geonames("2", "", "", "1 2", "P PPL", "EG", ""),
        geonames("3", "North", "", "91 2", "P PPL", "EG", ""),
        geonames("4", "Words", "", "1 east", "P PPL", "EG", ""),
        geonames("5", "Crowd", "", "1 2", "P PPL", "EG", "many"),
        good.replacen('\t', "", 1),
        good,
    ];
    let bytes = [rows.concat().as_bytes(), b"\n6\tL\xE8\n"].concat();
    let folder = folder(&[("EG.txt", &bytes)]);
    let report = import_files(&folder, &["EG.txt"], &Options::default()).unwrap();
    assert_eq!(
        refusals(&folder, &report),
        [
            "EG.txt:2: “x” is no number of GeoNames",
            "EG.txt:3: it has no name",
            "EG.txt:4: latitude 91 is not on the globe",
            "EG.txt:5: longitude “east” is no number",
            "EG.txt:6: population “many” is no number",
            "EG.txt:7: 18 columns instead of 19",
            "EG.txt:10: the line is no UTF-8",
        ]
    );
    assert_eq!((report.rows, report.refused_count), (9, 7));
    assert_eq!((report.written.places, report.written.repeated), (1, 1));
}

/// Places of a table, as `identifier name latitude longitude`.
fn check_table(bytes: &[u8], told: &[(Field, &str)], expected: &[&str]) {
    let folder = folder(&[("sites.csv", bytes)]);
    let columns = told.iter().map(|(field, name)| (*field, (*name).to_owned())).collect();
    let options = Options { columns, ..Options::default() };
    import_files(&folder, &["sites.csv"], &options).unwrap();
    let gazetteer = opened(&folder);
    let rows = (0..gazetteer.len() as u32).map(dateline::gazetteer::Row);
    let mut places: Vec<_> = rows
        .filter_map(|row| gazetteer.place(row))
        .map(|place| format!("{} {} {} {}", place.id, place.name, place.lat, place.lon))
        .collect();
    places.sort();
    assert_eq!(places, expected);
}

#[test]
fn tables_are_read_as_they_come() {
    let alpha = &["sites:1 Camp Alpha 35.5 38.25"];
    let check = |text: &str| check_table(text.as_bytes(), &[], alpha);
    check("name,lat,lon\nCamp Alpha,35.5,38.25\n");
    check("\u{feff}name,lat,lon\r\n\"Camp Alpha\",\"35.5\",38.25");
    check("lon\tlat\ttitle\n38.25\t35.5\t\"Camp Alpha\"\n");
    check("Ort;Breite;Länge\nCamp Alpha;35,5;38,25\n");
    check("Site Name|Y|X\nCamp Alpha|35.5|38.25\n");
    check("place,coordinates\nCamp Alpha,\"35.5, 38.25\"\n");
    check("title\tgeowkt\nCamp Alpha\tPOINT (38.25 35.5)\n");
    check("where,from south,from west\nCamp Alpha,35.5,38.25\n");
    let utf16: Vec<u8> =
        "\u{feff}name,lat,lon\nCamp Alpha,35.5,38.25\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    check_table(&utf16, &[], alpha);
    check_table(
        b"nom;lat;lon\nS\xE8te;43,4;3,7\nN\xEEmes;43,84;4,36\nL'Ha\xFF-les-Roses;48,78;2,34\n",
        &[],
        &["sites:1 Sète 43.4 3.7", "sites:2 Nîmes 43.84 4.36", "sites:3 L'Haÿ-les-Roses 48.78 2.34"],
    );
    check_table(
        b"Camp Alpha,35.5,38.25\n",
        &[(Field::Name, "1"), (Field::Lat, "2"), (Field::Lon, "3")],
        alpha,
    );
    check_table(
        b"name,Ort,nord,lon\nx,Camp Alpha,35.5,38.25\n",
        &[(Field::Name, "Ort"), (Field::Lat, "nord")],
        alpha,
    );
    check_table(
        b"id,name,lat,lon\n7,A,1,2\nx:8,B,1,2\n,C,1,2\n",
        &[],
        &["sites:7 A 1 2", "sites:row-3 C 1 2", "x:8 B 1 2"],
    );
    check_table(b"geonameid,name,lat,lon\n360630,Cairo,30,31\n", &[], &["geonames:360630 Cairo 30 31"]);
}

#[test]
fn rows_of_tables_that_are_no_places_are_refused() {
    let text = "name,lat,lon,population,rank\nGood,1,2,1000,\n,1,2,,\nNowhere,,,,\nNorth,91,2,,\nWords,one,2,,\n\
                \"Two\nlines\",1,2,,500\nCrowd,1,2,many,\n";
    let folder = folder(&[("sites.csv", text.as_bytes())]);
    let report = import_files(&folder, &["sites.csv"], &Options::default()).unwrap();
    assert_eq!(
        refusals(&folder, &report),
        [
            "sites.csv:3: it has no name",
            "sites.csv:4: it has no coordinates",
            "sites.csv:5: latitude 91 is not on the globe",
            "sites.csv:6: latitude “one” is no number",
            "sites.csv:7: rank 500 is not between 0 and 100",
            "sites.csv:9: population “many” is no number",
        ]
    );
    assert_eq!(
        report.sources[0].read_as,
        "table: name “name”, lat “lat”, lon “lon”, population “population”, rank “rank”"
    );
}

#[test]
fn a_table_tells_more_than_names() {
    let text = "id\ttitle\tlat\tlon\tccodes\ttypes\tvariants\tpop\tradius_km\tparent\n\
                1\tUpper Egypt\t26\t32\tEG\tregion\t\t\t300\t\n\
                2\tCamp Alpha\t25.5\t32.25\tEgypt\trefugee camps\tAlpha@en;Bravo|Al Alfa\t1,200\t2\t1\n";
    let folder = folder(&[("sites.tsv", text.as_bytes())]);
    import_files(&folder, &["sites.tsv"], &Options::default()).unwrap();
    let gazetteer = opened(&folder);
    for name in ["Camp Alpha", "Alpha", "Bravo", "Al Alfa"] {
        assert_eq!(gazetteer.lookup(name).len(), 1, "{name}");
    }
    let row = gazetteer.by_id("sites:2").unwrap();
    let place = gazetteer.place(row).unwrap();
    assert_eq!(
        (place.country_code.as_str(), place.feature_code.as_str(), place.population),
        ("EG", "CMPRF", 1200)
    );
    assert_eq!(place.radius_m, 2000.0);
    assert_eq!(gazetteer.parent(row), gazetteer.by_id("sites:1"));
    assert!(gazetteer.prominence(row) < 0.9, "what is told of it counts");
}

#[test]
fn a_list_of_ones_own_comes_first_under_its_names() {
    let check = |text: &str, rank: u8, expected: f32| {
        let folder = folder(&[("sites.csv", text.as_bytes())]);
        import_files(&folder, &["sites.csv"], &Options { rank, ..Options::default() }).unwrap();
        let gazetteer = opened(&folder);
        let prominence = gazetteer.prominence(gazetteer.lookup("Alpha")[0].row);
        assert!((prominence - expected).abs() < 0.001, "{prominence} {expected}");
    };
    check("name,lat,lon\nAlpha,1,2\n", 90, 0.9);
    check("name,lat,lon\nAlpha,1,2\n", 40, 0.4);
    check("name,lat,lon,rank\nAlpha,1,2,55\n", 90, 0.55);
    check("name,lat,lon,rank\nAlpha,1,2,\n", 90, 0.9);
}

#[test]
fn two_lists_that_count_from_one_go_together() {
    let folder = folder(&[
        ("a/sites.csv", b"name,lat,lon\nAlpha,1,2\n"),
        ("b/sites.csv", b"name,lat,lon\nBravo,1,2\n"),
    ]);
    let report = import_files(&folder, &["a/sites.csv", "b/sites.csv"], &Options::default()).unwrap();
    assert_eq!((report.written.places, report.written.repeated), (2, 0));
    assert_eq!(found(&folder, "Bravo"), ["sites-2:1 Bravo"]);
}

const POLYGON: &str = r#"{"type":"Polygon","coordinates":[[[30,26],[34,26],[34,28],[30,28],[30,26]]]}"#;

#[test]
fn geojson_becomes_places() {
    let feature = |geometry: &str, properties: &str| {
        format!(r#"{{"type":"Feature","geometry":{geometry},"properties":{properties}}}"#)
    };
    let point = r#"{"type":"Point","coordinates":[38.25,35.5]}"#;
    let features = [
        feature(point, r#"{"name":"Camp Alpha","other_names":["Alpha","A 1"]}"#),
        feature(POLYGON, r#"{"Name":"Upper Valley","id":7}"#),
        feature("null", r#"{"name":"Nowhere"}"#),
        feature(point, r#"{"colour":"red"}"#),
        feature(r#"{"type":"Point","coordinates":[138,95]}"#, r#"{"name":"North"}"#),
        "7".to_owned(),
    ];
    let collection =
        format!(r#"{{"features":[{}],"type":"FeatureCollection","crs":{{"a":[1]}}}}"#, features.join(",\n"));
    let lines = features.join("\n") + "\n{\"type\": oh\n";
    for (name, text, at) in [("own.geojson", collection, ", feature "), ("own.jsonl", lines, ":")] {
        let folder = folder(&[(name, text.as_bytes())]);
        let report = import_files(&folder, &[name], &Options::default()).unwrap();
        let mut expected = vec![
            format!("{name}{at}3: it has no coordinates"),
            format!("{name}{at}4: it has no name"),
            format!("{name}{at}5: latitude 95 is not on the globe"),
            format!("{name}{at}6: it is no feature"),
        ];
        if at == ":" {
            expected.push(format!("{name}:7: it is no JSON (expected value at line 1 column 10)"));
        }
        assert_eq!(refusals(&folder, &report), expected);
        assert_eq!(found(&folder, "A 1"), ["own:1 Camp Alpha"]);
        let gazetteer = opened(&folder);
        let valley = gazetteer.place(gazetteer.by_id("own:7").unwrap()).unwrap();
        assert_eq!((valley.name.as_str(), valley.lat, valley.lon), ("Upper Valley", 27.0, 32.0));
        assert_eq!(valley.bbox.map(|bbox| bbox.east), Some(34.0));
        assert!(valley.radius_m > 200_000.0);
    }
    let folder = folder(&[("own.geojson", feature(point, r#"{"what":"Alpha"}"#).as_bytes())]);
    let columns = vec![(Field::Name, "what".to_owned())];
    import_files(&folder, &["own.geojson"], &Options { columns, ..Options::default() }).unwrap();
    assert_eq!(found(&folder, "Alpha"), ["own:1 Alpha"]);
}

#[test]
fn linked_places_become_places() {
    let text = r#"{
      "type": "FeatureCollection",
      "@context": "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld",
      "features": [{
        "@id": "http://mygaz.org/places/p_12345",
        "type": "Feature",
        "properties": {"title": "Abingdon (UK)", "ccodes": ["GB"], "fclasses": ["P"]},
        "when": {"timespans": [{"start": {"in": "1600"}}]},
        "names": [{"toponym": "Abingdon", "lang": "en"}, {"toponym": "Abingdon-on-Thames"}],
        "types": [{"identifier": "aat:300008347", "label": "inhabited place"}],
        "geometry": {"type": "GeometryCollection", "geometries": [
          {"type": "Point", "coordinates": [-1.2879, 51.6708], "when": {"timespans": []}}]},
        "relations": [{"relationType": "gvp:broaderPartitive", "relationTo": "http://mygaz.org/places/p_1"}]
      }, {
        "@id": "http://mygaz.org/places/p_1",
        "type": "Feature",
        "properties": {"title": "Berkshire", "ccodes": ["GB"]},
        "names": [{"toponym": "Berks"}],
        "types": [{"sourceLabels": [{"label": "county", "lang": "en"}]}],
        "geometry": {"type": "Point", "coordinates": [-1.2, 51.5]}
      }, {
        "@id": "http://mygaz.org/places/p_2",
        "type": "Feature",
        "properties": {"title": "Camelot", "ccodes": []},
        "geometry": {"type": "GeometryCollection", "geometries": []}
      }]
    }"#;
    let folder = folder(&[("places.json", text.as_bytes())]);
    let report = import_files(&folder, &["places.json"], &Options::default()).unwrap();
    assert_eq!(refusals(&folder, &report), ["places.json, feature 3: its geometry holds no point"]);
    let gazetteer = opened(&folder);
    let row = gazetteer.lookup("Abingdon-on-Thames")[0].row;
    let place = gazetteer.place(row).unwrap();
    assert_eq!((place.id.as_str(), place.country_code.as_str()), ("http://mygaz.org/places/p_12345", "GB"));
    assert_eq!((place.feature_class, place.lat), ('P', 51.6708));
    let around = gazetteer.parent(row).unwrap();
    assert_eq!((gazetteer.name(around), gazetteer.feature(around)), ("Berkshire", ('A', "ADM2")));
}

#[test]
fn what_is_no_source_is_named_with_the_reason() {
    let whole = zipped(&[("EG.txt", egypt().repeat(200).as_bytes())]);
    check_reason(&whole[..whole.len() / 2], "cut.zip", "the archive is damaged or cut short");
    let mut damaged = whole.clone();
    damaged[200] ^= 0xFF;
    check_reason(&damaged, "damaged.zip", "damaged.zip/EG.txt");
    check_reason(&zipped(&[("readme.txt", b"hello")]), "empty.zip", "holds no table");
    check_reason(&zipped(&[("[Content_Types].xml", b"")]), "sites.xlsx", "save it as CSV");
    check_reason(b"", "empty.csv", "it is empty");
    check_reason(b"Dear Sir,\nI write to you.\n", "letter.txt", "no column is clearly the latitude");
    check_reason(b"AD\tAD100\tCanillo\t42.58\t1.6\n", "postal.txt", "it has no header");
    check_reason(b"name,lat,lon\n", "header.csv", "there is no place in");
    check_reason(b"name,lat,lon\nA,,\n", "rows.csv", "; 1 row was refused");
    check_reason(b"{\"type\":\"FeatureCollection\",\"features\":[{]}", "bad.geojson", "line 1 column");
    check_reason(b"{\"type\":\"FeatureCollection\",\"features\":[", "cut.geojson", "EOF while parsing");
    check_reason(b"{\"articles\": []}", "other.json", "neither GeoJSON nor Linked Places");
    check_reason(&[0, 1, 2, 3, 0], "bytes.bin", "no text");
}

#[test]
fn sources_without_a_place_make_no_gazetteer() {
    let folder = folder(&[("alternateNamesV2.txt", b"1\t360630\ten\tCairo\t\t\t\t\t\t\n")]);
    let told = import_files(&folder, &["alternateNamesV2.txt"], &Options::default()).unwrap_err().to_string();
    assert!(told.starts_with("there is no place in ") && told.ends_with("alternateNamesV2.txt"), "{told}");
    assert_eq!(names_in(folder.path()), ["alternateNamesV2.txt"]);
}

#[test]
fn an_import_that_is_broken_off_leaves_nothing_behind() {
    let rows: String = (0..40_000).map(|number| format!("Camp {number},35.5,38.25\n")).collect();
    let folder = folder(&[("sites.csv", ("name,lat,lon\n".to_owned() + &rows).as_bytes())]);
    let target = folder.path().join("sites.gazetteer");
    for (most, while_reading) in [(0, true), (3, true), (1, false)] {
        let mut told_of = 0;
        let outcome = import(&[folder.path().join("sites.csv")], &target, &Options::default(), &mut |told| {
            told_of += usize::from(matches!(told, Told::Reading { .. }) == while_reading);
            if told_of > most { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        // Making so small a file may be over before it is asked whether to go on.
        if while_reading {
            assert!(matches!(outcome, Err(ImportError::Gazetteer(GazetteerError::Cancelled))), "{outcome:?}");
            assert_eq!(names_in(folder.path()), ["sites.csv"]);
        }
    }
}

#[test]
fn a_report_keeps_some_refusals_and_tells_all() {
    let rows = "Nowhere,,\n".repeat(1000);
    let folder = folder(&[("sites.csv", format!("name,lat,lon\nA,1,2\n{rows}").as_bytes())]);
    let mut all = 0;
    let target = folder.path().join("out.gazetteer");
    let report = import(&[folder.path().join("sites.csv")], &target, &Options::default(), &mut |told| {
        all += usize::from(matches!(told, Told::Refused(_)));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert_eq!((all, report.refused_count), (1000, 1000));
    assert!(report.refused.len() < 1000);
}

#[test]
fn the_program_imports_and_says_what_became_of_it() {
    let rows = "Nowhere,,\n".repeat(30);
    let folder = folder(&[("sites.csv", format!("name,lat,lon\nCamp Alpha,35.5,38.25\n{rows}").as_bytes())]);
    let args =
        ["gazetteer", "import", "sites.csv", "-o", "sites.gazetteer", "--report", "refused.csv", "--json"];
    let ran = run(folder.path(), &args);
    assert_eq!(ran.code, 1, "{}", ran.stderr);
    let told: Vec<_> = ran.stderr.lines().collect();
    assert_eq!(told[0], "dateline: sites.csv:3: it has no coordinates");
    assert_eq!(told[20], "dateline: 10 more refused rows; --report FILE gets all of them");
    assert_eq!(told[21], "sites.csv: table: name “name”, lat “lat”, lon “lon”, 31 rows, 30 refused");
    assert!(told[22].starts_with("1 places, ") && told[22].contains("30 rows refused"), "{told:#?}");
    let report = &records(&ran.stdout)[0];
    assert_eq!(
        (report["rows"].as_u64(), report["refused"].as_u64(), report["places"].as_u64()),
        (Some(31), Some(30), Some(1))
    );
    let refused = fs::read_to_string(folder.path().join("refused.csv")).unwrap();
    assert_eq!(refused.lines().count(), 31);
    assert!(
        refused.starts_with("file,line,feature,reason\nsites.csv,3,,it has no coordinates\n"),
        "{refused}"
    );
    assert_eq!(names_in(folder.path()), ["refused.csv", "sites.csv", "sites.gazetteer"]);
    let found =
        run(folder.path(), &["gazetteer", "find", "camp alpha", "--json", "--gazetteer", "sites.gazetteer"]);
    assert_eq!(records(&found.stdout)[0][0]["place_id"], "sites:1");
}

#[test]
fn a_wrong_source_is_told_before_the_others_are_read() {
    let folder =
        folder(&[("EG.txt", egypt().as_bytes()), ("letter.txt", b"Dear Sir"), ("out.gazetteer", b"before")]);
    fs::write(folder.path().join("camps.csv"), "what,n,e\nCamp,5,6\n").unwrap();
    let check = |sources: &[&str], told: &str| {
        let args = [&["gazetteer", "import"], sources, &["-o", "out.gazetteer"]].concat();
        let ran = run(folder.path(), &args);
        assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
        assert!(
            ran.stderr.starts_with("dateline: cannot import ") && ran.stderr.contains(told),
            "{}",
            ran.stderr
        );
        assert_eq!(fs::read(folder.path().join("out.gazetteer")).unwrap(), b"before");
    };
    check(&["EG.txt", "letter.txt"], "letter.txt: it is neither a table");
    check(&["EG.txt", "gone.txt"], "gone.txt: ");
    check(&["camps.csv"], "Columns are told as in `--column name=Ort --column lat=2");
    check(&["."], ".: it is a folder");
}

#[test]
fn names_come_from_standard_input_too() {
    let folder = folder(&[]);
    let ran = run_with(
        folder.path(),
        &["gazetteer", "find", "-", "--json", "--limit", "1"],
        "Cairo\n\nQqqqq\nMoscow\n",
    );
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let found = records(&ran.stdout);
    let names: Vec<_> = found.iter().map(|places| places[0]["name"].as_str()).collect();
    assert_eq!(names, [Some("Cairo"), None, Some("Moscow")]);
    for key in ["grade", "matched", "score", "country", "admin1", "feature_class", "radius_m", "prominence"] {
        assert!(found[0][0].get(key).is_some(), "{key} is missing");
    }
    let ran = run(folder.path(), &["gazetteer", "find", "--prefix", "Alepp", "--limit", "2", "--json"]);
    let places = records(&ran.stdout)[0].as_array().unwrap().clone();
    assert!(places.len() <= 2 && places[0]["name"] == "Aleppo", "{places:?}");
    assert_eq!(run(folder.path(), &["gazetteer", "find", "Qqqqq"]).code, 1);
}

#[test]
fn places_are_found_by_where_they_are() {
    let folder = folder(&[]);
    let near = |args: &[&str]| run(folder.path(), &[&["gazetteer", "near"], args].concat());
    let ran = near(&["46.52", "6.63", "--json", "--limit", "3"]);
    let places = records(&ran.stdout)[0].as_array().unwrap().clone();
    assert_eq!((ran.code, places.len()), (0, 3));
    assert_eq!(places[0]["name"], "Lausanne");
    assert!(places[0]["distance_m"].as_f64().unwrap() < 2000.0);
    let ran = near(&["-33.87", "151.21", "--radius", "5"]);
    assert!(ran.stdout.contains("Sydney") && ran.stdout.contains(" km "), "{}", ran.stdout);
    assert_eq!(near(&["-48.9", "-123.4", "--radius", "500"]).code, 1, "nothing lies near Point Nemo");
    for wrong in [&["91", "0"][..], &["0", "181"], &["here", "there"], &["nan", "0"]] {
        assert_eq!(near(wrong).code, 2, "{wrong:?}");
    }
}

#[test]
fn a_gazetteer_says_what_it_holds() {
    let folder = folder(&[("EG.txt", egypt().as_bytes())]);
    run(folder.path(), &["gazetteer", "import", "EG.txt", "-o", "eg.gazetteer"]);
    let ran = run(folder.path(), &["gazetteer", "info", "eg.gazetteer", "--json"]);
    let info = &records(&ran.stdout)[0];
    assert_eq!((info["places"].as_u64(), info["by_class"]["A"].as_u64()), (Some(5), Some(3)));
    assert_eq!(info["by_country"]["EG"].as_u64(), Some(5));
    for key in ["file", "bytes", "title", "attribution", "sources"] {
        assert!(info.get(key).is_some(), "{key} is missing");
    }
    let ran = run(folder.path(), &["gazetteer", "info"]);
    assert!(ran.code == 0 && ran.stdout.contains("(inside the program)"), "{}", ran.stdout);
    let ran = run(folder.path(), &["gazetteer", "verify", "eg.gazetteer"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "eg.gazetteer: sound\n"));
    let mut bytes = fs::read(folder.path().join("eg.gazetteer")).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(folder.path().join("damaged.gazetteer"), bytes).unwrap();
    let ran = run(folder.path(), &["gazetteer", "verify", "eg.gazetteer", "damaged.gazetteer", "--json"]);
    let sound: Vec<_> = records(&ran.stdout).iter().map(|file| file["sound"].as_bool()).collect();
    assert_eq!((ran.code, sound), (1, vec![Some(true), Some(false)]));
}

/// The list of gazetteers in use: files without folders, and whether they can be read.
fn listed(ran: &Ran) -> Vec<(String, bool)> {
    let list = records(&ran.stdout)[0].as_array().unwrap().clone();
    let file = |entry: &Value| {
        entry["file"].as_str().and_then(|file| file.rsplit('/').next()).unwrap_or("-").to_owned()
    };
    list.iter().map(|entry| (file(entry), entry.get("problem").is_none())).collect()
}

#[test]
fn gazetteers_are_taken_into_use_and_out_of_it() {
    let folder = folder(&[
        ("a.csv", b"name,lat,lon\nCamp Alpha,35.5,38.25\n"),
        ("b.csv", b"name,lat,lon\nCamp Bravo,36.5,39.25\n"),
    ]);
    let gazetteer = |args: &[&str]| run(folder.path(), &[&["gazetteer"], args].concat());
    for (source, output) in [("a.csv", "a.gazetteer"), ("b.csv", "b.gazetteer")] {
        assert_eq!(gazetteer(&["import", source, "-o", output]).code, 0);
        assert_eq!(gazetteer(&["add", output]).code, 0);
    }
    let entry = |name: &str, sound: bool| (name.to_owned(), sound);
    assert_eq!(
        listed(&gazetteer(&["list", "--json"])),
        [entry("b.gazetteer", true), entry("a.gazetteer", true), entry("-", true)]
    );
    let finds = |args: &[&str]| gazetteer(&[&["find", "Camp Bravo"], args].concat()).stdout.contains("b:1");
    assert!(finds(&[]));
    assert!(!finds(&["--no-shelf"]));
    assert!(!finds(&["--gazetteer", "a.gazetteer"]));
    let again = gazetteer(&["add", "a.gazetteer"]);
    assert!(again.code == 1 && again.stderr.contains("in use already"), "{}", again.stderr);
    fs::remove_file(folder.path().join("b.gazetteer")).unwrap();
    let gone = gazetteer(&["find", "Cairo"]);
    assert!(gone.code == 0 && gone.stderr.contains("b.gazetteer"), "{}", gone.stderr);
    let list = gazetteer(&["list", "--json"]);
    assert_eq!((list.code, listed(&list)[0].clone()), (1, entry("b.gazetteer", false)));
    let removed = gazetteer(&["remove", "b.gazetteer", "--json"]);
    assert_eq!(listed(&removed), [entry("a.gazetteer", true), entry("-", true)]);
    assert_eq!(gazetteer(&["remove", "b.gazetteer"]).code, 1);
    assert_eq!(gazetteer(&["find", "Cairo"]).stderr, "");
}

#[test]
fn articles_are_geoparsed_with_the_gazetteers_in_use() {
    let folder = folder(&[
        ("sites.csv", b"name,lat,lon\nQarnubat,35.5,38.25\n"),
        ("a.txt", b"Two people were hurt in Qarnubat on Sunday, officials in Qarnubat said.\n"),
    ]);
    run(folder.path(), &["gazetteer", "import", "sites.csv", "-o", "sites.gazetteer"]);
    let places = |args: &[&str]| run(folder.path(), &[&["geoparse", "a.txt"], args].concat()).stdout;
    assert!(!places(&[]).contains("sites:1"));
    assert!(places(&["--gazetteer", "sites.gazetteer"]).contains("sites:1"));
    assert_eq!(run(folder.path(), &["gazetteer", "add", "sites.gazetteer"]).code, 0);
    assert!(places(&[]).contains("sites:1"));
    assert!(!places(&["--no-shelf"]).contains("sites:1"));
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_an_import_and_leaves_nothing_behind() {
    let rows: String = (0..400_000).map(|number| format!("Camp {number},35.5,38.25\n")).collect();
    let folder = folder(&[("sites.csv", ("name,lat,lon\n".to_owned() + &rows).as_bytes())]);
    let mut command = program(folder.path());
    let mut child = command
        .args(["gazetteer", "import", "sites.csv", "-o", "sites.gazetteer"])
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    // It has begun when it keeps something beside its target, or it is over before that.
    std::thread::sleep(std::time::Duration::from_millis(300));
    let kill = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status();
    let status = child.wait().unwrap();
    if kill.is_ok_and(|kill| kill.success()) && status.code() == Some(1) {
        assert_eq!(names_in(folder.path()), ["sites.csv"]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whatever the bytes are, they become places or sentences.
    #[test]
    fn no_source_is_a_panic(start in 0usize..STARTS.len(), bytes in prop::collection::vec(any::<u8>(), 0..400), packed in any::<bool>()) {
        let bytes = [STARTS[start].as_bytes(), &bytes].concat();
        let (name, bytes) = if packed { ("s.zip", zipped(&[("s.txt", &bytes)])) } else { ("s.txt", bytes) };
        let folder = folder(&[(name, &bytes)]);
        let _ = import_files(&folder, &[name], &Options::default());
    }

    /// So does text that is nearly right.
    #[test]
    fn no_nearly_right_source_is_a_panic(start in 0usize..STARTS.len(), rest in "[0-9a-zé.,;|\t\n\"{}\\[\\]:-]{0,300}") {
        let folder = folder(&[("s.txt", format!("{}{rest}", STARTS[start]).as_bytes())]);
        let _ = import_files(&folder, &["s.txt"], &Options::default());
    }
}

/// How sources of every kind begin.
const STARTS: [&str; 10] = [
    "",
    "PK\u{3}\u{4}",
    "name,lat,lon\n",
    "\u{feff}id;name;lat;lon;names;rank;population\n",
    "1\tA\tA\t\t1\t2\tP\tPPL\tEG\t\t\t\t\t\t0\t\t\t\t\n",
    "1\t2\ten\tA\n",
    "1\t2\tADM\n",
    "US.ME\tMaine\tMaine\t1\n",
    "{\"type\":\"FeatureCollection\",\"features\":[",
    "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[1,2],[3,4],[5,6]]]},\"properties\":{\"name\":\"A\"}}\n",
];
