//! What the embedded gazetteer must know, and what a damaged file must not do.

use super::*;
use crate::model::Bbox;

fn gazetteer() -> Gazetteer {
    Gazetteer::embedded().unwrap()
}

/// The place that a bare name means first.
fn best(gazetteer: &Gazetteer, name: &str) -> Place {
    let hits = gazetteer.lookup(name);
    let first = hits.first().unwrap_or_else(|| panic!("no place called {name}"));
    gazetteer.place(first.row).unwrap()
}

#[test]
fn names_in_the_news_mean_the_place_that_is_meant() {
    let gazetteer = gazetteer();
    let check = |name: &str, country: &str, code: &str, lat: f64, lon: f64| {
        let place = best(&gazetteer, name);
        let told = format!("{name}: {} {} {}", place.label(), place.feature_code, place.id);
        assert_eq!(place.country_code, country, "{told}");
        assert_eq!(place.feature_code, code, "{told}");
        let off = (place.lat - lat).abs().max((place.lon - lon).abs());
        assert!(off < 0.6, "{told}: {:.2}, {:.2}", place.lat, place.lon);
    };
    check("Cairo", "EG", "PPLC", 30.06, 31.25);
    check("Sharm el-Sheikh", "EG", "PPL", 27.91, 34.33);
    check("Sharm El Sheikh", "EG", "PPL", 27.91, 34.33);
    check("Alexandria", "EG", "PPLA", 31.2, 29.92);
    check("Beslan", "RU", "PPL", 43.19, 44.54);
    check("Moscow", "RU", "PPLC", 55.75, 37.62);
    check("Chechnya", "RU", "ADM1", 43.3, 45.7);
    check("Aleppo", "SY", "PPLA", 36.2, 37.16);
    check("Damascus", "SY", "PPLC", 33.51, 36.29);
    check("Deir ez-Zor", "SY", "PPLA", 35.34, 40.14);
    check("Deir Ezzor", "SY", "PPLA", 35.34, 40.14);
    check("Dayr az-Zawr", "SY", "PPLA", 35.34, 40.14);
    check("Dara'a", "SY", "PPLA", 32.62, 36.1);
    check("Deraa", "SY", "PPLA", 32.62, 36.1);
    check("Kamishly", "SY", "PPLA2", 37.05, 41.23);
    check("Lausanne", "CH", "PPLA", 46.52, 6.63);
    check("Derna", "LY", "PPLA", 32.77, 22.64);
    check("Astana", "KZ", "PPLC", 51.18, 71.45);
    check("Kyiv", "UA", "PPLC", 50.45, 30.52);
    check("Kiev", "UA", "PPLC", 50.45, 30.52);
    check("Mecca", "SA", "PPLA", 21.43, 39.83);
    check("Tehran", "IR", "PPLC", 35.69, 51.42);
    check("Paris", "FR", "PPLC", 48.85, 2.35);
    check("London", "GB", "PPLC", 51.51, -0.13);
    check("Washington", "US", "PPLC", 38.9, -77.04);
    check("St. Louis", "US", "PPLA2", 38.63, -90.2);
    check("Saint-Louis", "SN", "PPLA", 16.02, -16.49);
    check("Long Beach", "US", "PPL", 33.77, -118.19);
    check("Cook County", "US", "ADM2", 41.8, -87.7);
    check("Maine", "US", "ADM1", 45.4, -69.2);
    check("Ky.", "US", "ADM1", 37.5, -85.3);
    check("القاهرة", "EG", "PPLC", 30.06, 31.25);
    check("Москва", "RU", "PPLC", 55.75, 37.62);
    check("東京", "JP", "PPLC", 35.69, 139.69);
}

#[test]
fn countries_stand_where_corpora_expect_them() {
    let gazetteer = gazetteer();
    let check = |name: &str, code: &str, lat: f64, lon: f64| {
        let place = best(&gazetteer, name);
        assert_eq!((place.country_code.as_str(), place.precision), (code, crate::model::Precision::Country));
        assert!((place.lat - lat).abs() < 0.3 && (place.lon - lon).abs() < 0.3, "{name}: {place:?}");
    };
    check("Russia", "RU", 60.0, 100.0);
    check("United States", "US", 39.76, -98.5);
    check("USA", "US", 39.76, -98.5);
    check("U.S.", "US", 39.76, -98.5);
    check("the U.K.", "GB", 54.76, -2.7);
    check("Egypt", "EG", 27.0, 30.0);
    check("China", "CN", 35.0, 105.0);
    check("Côte d’Ivoire", "CI", 8.0, -5.5);
    check("Georgia", "GE", 42.0, 43.5);
    check("Lebanon", "LB", 33.83, 35.83);
    check("Jordan", "JO", 31.0, 36.0);
    check("Egyptians", "EG", 27.0, 30.0);
}

#[test]
fn regions_are_there_that_no_package_has() {
    let gazetteer = gazetteer();
    let check = |name: &str, id: &str| assert_eq!(best(&gazetteer, name).id, id, "{name}");
    check("Sinai", "dateline:sinai");
    check("North Caucasus", "dateline:north-caucasus");
    check("the Middle East", "dateline:middle-east");
    check("Gaza Strip", "geonames:281132");
    check("West Bank", "geonames:285153");
    check("Europe", "geonames:6255148");
}

#[test]
fn every_bearer_of_a_name_is_a_candidate() {
    let gazetteer = gazetteer();
    let check = |name: &str, least: usize, regions: &[(&str, &str)]| {
        let hits = gazetteer.lookup(name);
        assert!(hits.len() >= least, "{name}: {}", hits.len());
        assert!(hits.windows(2).all(|pair| pair[0].score >= pair[1].score), "{name}: not in order");
        let places: Vec<Place> = hits.iter().filter_map(|hit| gazetteer.place(hit.row)).collect();
        for (country, admin1) in regions {
            let is_it = |place: &Place| place.country_code == *country && place.admin1 == *admin1;
            assert!(places.iter().any(is_it), "{name} in {admin1}");
        }
    };
    check("Bangor", 5, &[("US", "Maine"), ("GB", "Northern Ireland"), ("GB", "Wales")]);
    check("Springfield", 20, &[("US", "Illinois"), ("US", "Massachusetts"), ("US", "Missouri")]);
    check("Georgia", 2, &[("US", "Georgia")]);
    check("Gwinnett", 1, &[("US", "Georgia")]);
}

#[test]
fn names_are_found_word_by_word() {
    let gazetteer = gazetteer();
    let check = |text: &str, expected: &[usize]| {
        let words: Vec<String> = text.split_whitespace().map(fold_word).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        let found: Vec<usize> = gazetteer.names_at(&words).iter().map(|(count, _)| *count).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("Deir ez-Zor yesterday", &[2]);
    check("New York City police", &[2, 3]);
    check("U.S. troops", &[1]);
    check("yesterday evening", &[]);
    check("", &[]);
}

#[test]
fn places_know_what_they_lie_in() {
    let gazetteer = gazetteer();
    let row = gazetteer.by_id("geonames:4957280").unwrap();
    let name = |row: Option<Row>| row.map(|row| gazetteer.name(row).to_owned()).unwrap_or_default();
    assert_eq!(name(gazetteer.admin2(row)), "Penobscot County");
    assert_eq!(name(gazetteer.admin1(row)), "Maine");
    assert_eq!(name(gazetteer.country(row)), "United States");
    assert_eq!(gazetteer.place(row).unwrap().label(), "Bangor, Maine, United States");
    assert_eq!(gazetteer.by_id("geonames:1"), None);
    assert_eq!(gazetteer.by_id("dateline:nowhere"), None);
    assert!(gazetteer.by_id("dateline:north-caucasus").is_some());
}

#[test]
fn the_map_finds_places_by_where_they_are() {
    let gazetteer = gazetteer();
    let names = |rows: Vec<Row>| -> Vec<String> {
        rows.into_iter().map(|row| gazetteer.name(row).to_owned()).collect()
    };
    let egypt = Bbox { west: 24.0, south: 22.0, east: 37.0, north: 32.0 };
    let top = names(gazetteer.within(egypt, 12));
    assert!(top.contains(&"Egypt".to_owned()) && top.contains(&"Cairo".to_owned()), "{top:?}");
    let pacific = Bbox { west: 175.0, south: -20.0, east: -175.0, north: -14.0 };
    assert!(names(gazetteer.within(pacific, 5)).contains(&"Fiji".to_owned()));
    let (nearest, metres) = gazetteer.nearest(46.52, 6.63, 3)[0];
    assert_eq!(gazetteer.name(nearest), "Lausanne");
    assert!(metres < 2_000.0);
    let (nearest, metres) = gazetteer.nearest(-48.9, -123.4, 1)[0];
    assert!(metres > 2_000_000.0, "{} is near Point Nemo", gazetteer.name(nearest));
    let (nearest, _) = gazetteer.nearest(-16.5, 179.99, 1)[0];
    assert_eq!(gazetteer.country_code(nearest), "FJ", "across the date line");
    assert_eq!(gazetteer.nearest(0.0, 0.0, 0), []);
}

#[test]
fn typing_the_beginning_of_a_name_offers_the_famous() {
    let gazetteer = gazetteer();
    let check = |prefix: &str, expected: &str| {
        let hits = gazetteer.prefix(prefix, 3);
        assert!(hits.len() <= 3);
        assert_eq!(hits.first().map(|hit| gazetteer.name(hit.row)), Some(expected), "{prefix}");
    };
    check("mosc", "Moscow");
    check("Alepp", "Aleppo");
    check("United St", "United States");
    check("new yor", "New York City");
    check("sy", "Syria");
    check("US", "United States");
    assert!(gazetteer.prefix("qqqq", 3).is_empty());
}

#[test]
fn the_lexicon_tells_words_and_people() {
    let lexicon = Lexicon::embedded().unwrap();
    for word in ["reading", "nice", "of", "police", "most", "mobile"] {
        assert!(lexicon.is_common_word(word), "{word}");
    }
    for name in ["cairo", "aleppo", "lausanne", "moscow"] {
        assert!(!lexicon.is_common_word(name), "{name}");
    }
    for given in ["john", "fatima", "olga", "jose"] {
        assert!(lexicon.is_given_name(given), "{given}");
    }
    for surname in ["smith", "ivanov", "garcia", "schmidt"] {
        assert!(lexicon.is_surname(surname), "{surname}");
    }
}

/// Two towns and their country, small enough to damage in every way.
fn small() -> Vec<u8> {
    let place = |id: &str, name: &str, class, code: &str, parent: &str, prominence: f32| NewPlace {
        id: id.to_owned(),
        name: name.to_owned(),
        lat: 27.0,
        lon: 30.0,
        country_code: "EG".to_owned(),
        feature_class: class,
        feature_code: code.to_owned(),
        population: 1000,
        radius_m: 1500.0,
        bbox: Some(Bbox { west: 25.0, south: 22.0, east: 36.0, north: 31.5 }),
        prominence: Some(prominence),
        parent: parent.to_owned(),
        names: vec![NewName { text: name.to_owned(), kind: NameKind::Primary, usual: true }],
        loose: true,
    };
    let places = [
        place("geonames:357994", "Egypt", 'A', "PCLI", "", 0.9),
        place("geonames:2", "Al Minya", 'P', "PPLA", "geonames:357994", 0.4),
        place("own:minya", "Al Minya", 'P', "PPL", "geonames:357994", 0.1),
    ];
    write(About::default(), &places).unwrap()
}

#[test]
fn a_written_gazetteer_reads_back() {
    let gazetteer = Gazetteer::from_bytes(small()).unwrap();
    let hits = gazetteer.lookup("el-Minya");
    let ids: Vec<String> = hits.iter().filter_map(|hit| Some(gazetteer.place(hit.row)?.id)).collect();
    assert_eq!(ids, ["geonames:2", "own:minya"]);
    let place = gazetteer.place(hits[0].row).unwrap();
    assert_eq!((place.country.as_str(), place.population, place.radius_m), ("Egypt", 1000, 1500.0));
    assert_eq!(place.bbox.map(|bbox| bbox.west), Some(25.0));
    assert_eq!(gazetteer.lookup("Minyeh").len(), 2, "another transliteration");
    assert_eq!(gazetteer.lookup("Mansura").len(), 0);
    assert_eq!(gazetteer.lookup("").len(), 0);
    assert_eq!(small(), small());
}

/// Asks a gazetteer everything that can be asked.
fn ask(gazetteer: &Gazetteer) {
    for name in ["Al Minya", "minyah", "the Egypt", "Al Mynia governorate", "egypt minya"] {
        for hit in gazetteer.lookup(name).into_iter().chain(gazetteer.prefix(name, 5)) {
            gazetteer.place(hit.row);
            gazetteer.children(hit.row, 9);
        }
    }
    gazetteer.names_at(&["al", "minya"]);
    gazetteer.within(Bbox { west: 179.0, south: -80.0, east: 31.0, north: 80.0 }, 9);
    gazetteer.nearest(27.0, 30.0, 9);
    gazetteer.country_by_code("EG");
    for id in ["geonames:2", "own:minya", ""] {
        gazetteer.by_id(id);
    }
    gazetteer.about();
}

#[test]
fn a_damaged_file_is_refused_or_answers_and_never_a_panic() {
    let whole = small();
    let header = 40 + 25 * 32;
    for len in 0..whole.len() {
        assert!(Gazetteer::from_bytes(whole[..len].to_vec()).is_err(), "cut to {len} bytes");
    }
    for bit in 0..header * 8 {
        let mut damaged = whole.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(Gazetteer::from_bytes(damaged).is_err(), "bit {bit}");
    }
    for at in header..whole.len() {
        for byte in [0, 1, 0x7f, 0x80, 0xff, whole[at] ^ 0x10] {
            let mut damaged = whole.clone();
            damaged[at] = byte;
            let gazetteer = Gazetteer::from_bytes(damaged).unwrap();
            ask(&gazetteer);
            let padding = gazetteer.layers[0].store.verify().is_ok();
            assert!(padding || byte != whole[at], "byte {at}");
        }
    }
    assert!(Gazetteer::from_bytes(b"a newspaper article".to_vec()).is_err());
}

#[test]
fn verifying_finds_what_opening_does_not_look_at() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sites.gazetteer");
    let mut bytes = small();
    std::fs::write(&path, &bytes).unwrap();
    Gazetteer::verify(&path).unwrap();
    let at = bytes.windows(8).position(|window| window == b"Al Minya").unwrap();
    bytes[at] = b'E';
    std::fs::write(&path, &bytes).unwrap();
    let damaged = Gazetteer::verify(&path).unwrap_err().to_string();
    assert!(damaged.contains("sites.gazetteer") && damaged.contains("“shwn” is damaged"), "{damaged}");
}

#[test]
fn grades_tell_how_closely_a_name_was_met() {
    let gazetteer = gazetteer();
    let check = |name: &str, grade: Grade, expected: &str| {
        let hits = gazetteer.lookup(name);
        let first = hits.first().map(|hit| (hit.grade, gazetteer.name(hit.row)));
        assert_eq!(first, Some((grade, expected)), "{name}");
    };
    check("Lausanne", Grade::Exact, "Lausanne");
    check("LAUSANNE", Grade::Exact, "Lausanne");
    check("Sao Paulo", Grade::Folded, "São Paulo");
    check("Ouagadugou", Grade::Fuzzy, "Ouagadougou");
    check("Berln", Grade::Fuzzy, "Berlin");
    check("Sinai region", Grade::Part, "Sinai Peninsula");
    check("Lausanne Institute", Grade::Part, "Lausanne");
    check("University of Lausanne", Grade::Part, "Lausanne");
    assert!(gazetteer.lookup("Qqzzx").is_empty());
    assert!(gazetteer.lookup("Third Street").is_empty(), "some village is called Street");
}

#[test]
fn what_lies_in_a_place_comes_best_known_first() {
    let gazetteer = gazetteer();
    let egypt = gazetteer.country_by_code("EG").unwrap();
    let children = gazetteer.children(egypt, 100);
    assert!(children.iter().all(|&row| gazetteer.parent(row) == Some(egypt)));
    assert!(children.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(children.iter().any(|&row| gazetteer.feature(row) == ('A', "ADM1")));
    assert_eq!(gazetteer.country_by_code("ZZ"), None);
}

#[test]
fn a_stack_is_one_gazetteer_with_the_first_first() {
    let own = |id: &str, name: &str, lat: f64, prominence: f32| NewPlace {
        id: id.to_owned(),
        name: name.to_owned(),
        lat,
        lon: 30.0,
        country_code: "EG".to_owned(),
        prominence: Some(prominence),
        names: vec![NewName { text: name.to_owned(), kind: NameKind::Primary, usual: true }],
        ..NewPlace::default()
    };
    let sites = [
        own("sites:1", "Camp Alpha", 29.5, 0.9),
        own("sites:2", "Cairo", 10.0, 0.95),
        own("geonames:361058", "Alexandria", 31.0, 0.9),
    ];
    let sites = Gazetteer::from_bytes(write(About::default(), &sites).unwrap()).unwrap();
    let stack = Gazetteer::stack(vec![sites.clone(), gazetteer()]).unwrap();
    assert_eq!(stack.len(), sites.len() + gazetteer().len());
    let ids = |name: &str| -> Vec<String> {
        stack.lookup(name).iter().filter_map(|hit| Some(stack.place(hit.row)?.id)).collect()
    };
    assert_eq!(ids("Camp Alpha"), ["sites:1"]);
    assert_eq!(ids("Cairo")[..2], ["sites:2", "geonames:360630"]);
    // One place in both: the first record of it, under the names of both.
    assert_eq!(ids("Alexandria").iter().filter(|id| *id == "geonames:361058").count(), 1);
    let alexandria = stack.lookup("الإسكندرية")[0].row;
    assert_eq!(stack.point(alexandria), (31.0, 30.0));
    let camp = stack.lookup("Camp Alpha")[0].row;
    assert_eq!(stack.place(camp).unwrap().label(), "Camp Alpha, Egypt", "its country is in the other one");
    assert_eq!(stack.by_id("geonames:360630"), Some(stack.lookup("Cairo")[1].row));
    let nearest: Vec<&str> = stack.nearest(29.5, 30.0, 2).iter().map(|&(row, _)| stack.name(row)).collect();
    assert_eq!(nearest[0], "Camp Alpha");
    assert_eq!(stack.prefix("camp al", 3).first().map(|hit| hit.row), Some(camp));
    assert_eq!(
        stack.names_at(&["camp", "alpha"]).last().map(|(count, hits)| (*count, hits[0].row)),
        Some((2, camp))
    );
    assert!(Gazetteer::stack(Vec::new()).is_err());
}

#[test]
fn a_file_that_is_no_gazetteer_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("places.bin");
    let missing = Gazetteer::open(&path).unwrap_err().to_string();
    assert!(missing.contains("places.bin"), "{missing}");
    std::fs::write(&path, small()).unwrap();
    assert_eq!(Gazetteer::open(&path).unwrap().len(), 3);
    std::fs::write(&path, &small()[..200]).unwrap();
    let cut = Gazetteer::open(&path).unwrap_err().to_string();
    assert!(cut.contains("cut short"), "{cut}");
    std::fs::write(&path, b"").unwrap();
    assert!(Gazetteer::open(&path).is_err());
}
