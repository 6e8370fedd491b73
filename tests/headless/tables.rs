//! The hand-written tables hold together: every line well formed, every target there.
//! Towns that targets name (`Mumbai, IN`) are looked up where the gazetteer is built, not here.

use std::collections::{BTreeMap, BTreeSet};

use dateline::gazetteer::fold;

const COUNTRIES: &str = include_str!("../../assets/tables/countries.tsv");
pub const PLACES: &str = include_str!("../../assets/tables/places.tsv");
pub const DEMONYMS: &str = include_str!("../../assets/tables/demonyms.tsv");
pub const ABBREVIATIONS: &str = include_str!("../../assets/tables/abbreviations.tsv");
pub const ALIASES: &str = include_str!("../../assets/tables/aliases.tsv");
const GIVEN_NAMES: &str = include_str!("../../assets/tables/given_names.txt");

/// Lines without comments; the first names the columns.
fn lines(table: &str) -> impl Iterator<Item = &str> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty())
}

pub fn rows(table: &str) -> Vec<Vec<&str>> {
    lines(table).skip(1).map(|line| line.split('\t').collect()).collect()
}

pub fn number(field: &str) -> f64 {
    field.parse().unwrap_or_else(|_| panic!("“{field}” is a number"))
}

pub fn names(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').filter(|name| !name.is_empty())
}

fn country_codes() -> BTreeSet<&'static str> {
    rows(COUNTRIES).iter().map(|row| row[0]).collect()
}

fn slugs() -> BTreeSet<&'static str> {
    rows(PLACES).iter().map(|row| row[0]).collect()
}

#[test]
fn every_table_names_its_columns() {
    let check = |table: &str, columns: &str| {
        let header = lines(table).next().unwrap_or_default();
        assert_eq!(header.replace('\t', " "), columns);
        let width = columns.split(' ').count();
        for row in rows(table) {
            // Most places have no number in the last column, and editors strip tabs at the end.
            let least = if table == PLACES { width - 1 } else { width };
            assert!((least..=width).contains(&row.len()), "{row:?}");
            assert!(row.iter().all(|field| *field == field.trim()), "{row:?}");
        }
    };
    check(COUNTRIES, "code lat lon radius_km abbreviations alternates");
    check(
        PLACES,
        "slug name lat lon country_code feature_class feature_code radius_km rank alternates geonames",
    );
    check(DEMONYMS, "demonym target");
    check(ABBREVIATIONS, "abbreviation target");
    check(ALIASES, "alias target");
}

#[test]
fn tables_are_sorted_and_no_line_stands_twice() {
    for table in [COUNTRIES, PLACES] {
        let keys: Vec<&str> = rows(table).iter().map(|row| row[0]).collect();
        assert!(keys.is_sorted_by(|a, b| a < b));
    }
    for table in [DEMONYMS, ABBREVIATIONS, ALIASES] {
        assert!(rows(table).is_sorted_by(|a, b| a < b));
    }
    let given: Vec<&str> = lines(GIVEN_NAMES).collect();
    assert!(given.is_sorted_by(|a, b| a < b));
}

#[test]
fn points_and_sizes_are_on_the_globe() {
    let check = |lat: &str, lon: &str, radius: &str, key: &str| {
        assert!((-90.0..=90.0).contains(&number(lat)), "{key}");
        assert!((-180.0..=180.0).contains(&number(lon)), "{key}");
        assert!((1.0..=10_000.0).contains(&number(radius)), "{key}");
    };
    for row in rows(COUNTRIES) {
        check(row[1], row[2], row[3], row[0]);
    }
    for row in rows(PLACES) {
        check(row[2], row[3], row[7], row[0]);
        assert!((0.0..=100.0).contains(&number(row[8])), "{}", row[0]);
    }
}

#[test]
fn places_are_of_known_countries_and_features() {
    let codes = country_codes();
    for row in rows(PLACES) {
        let (slug, country, class, code) = (row[0], row[4], row[5], row[6]);
        assert!(country.is_empty() || codes.contains(country), "{slug}");
        assert!("AHLPRSTUV".contains(class) && class.len() == 1, "{slug}");
        assert!(code.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit()), "{slug}");
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(slug.chars().all(plain), "{slug}");
    }
}

#[test]
fn a_place_bears_each_of_its_names_once() {
    for row in rows(PLACES) {
        let mut seen = BTreeSet::from([row[1]]);
        for name in names(row[9]) {
            assert!(seen.insert(name), "{}: {name}", row[0]);
        }
    }
}

#[test]
fn no_two_rows_are_one_place() {
    // Kilometres between two rows of one name that may be two places: a shrine and its quarter differ in kind.
    const APART: f64 = 30.0;
    let mut seen: BTreeMap<String, Vec<Vec<&str>>> = BTreeMap::new();
    for row in rows(PLACES) {
        let here = (number(row[2]), number(row[3]));
        let others = seen.entry(fold(row[1])).or_default();
        for other in others.iter() {
            let north = (here.0 - number(other[2])) * 111.0;
            let east = (here.1 - number(other[3])) * 111.0 * here.0.to_radians().cos();
            assert!(north.hypot(east) > APART || other[5] != row[5], "{} and {}", other[0], row[0]);
        }
        others.push(row);
    }
    let numbers: Vec<&str> = rows(PLACES).iter().filter_map(|row| row.get(10).copied()).collect();
    let unique: BTreeSet<&str> = numbers.iter().copied().collect();
    assert_eq!(unique.len(), numbers.len(), "two rows have one GeoNames number");
    assert!(numbers.iter().all(|field| field.parse::<u32>().is_ok_and(|id| id > 0)));
}

#[test]
fn targets_that_can_be_known_here_are_there() {
    let (codes, slugs) = (country_codes(), slugs());
    for table in [DEMONYMS, ABBREVIATIONS, ALIASES] {
        for row in rows(table) {
            let target = row[1];
            let known = if let Some(slug) = target.strip_prefix("dateline:") {
                slugs.contains(slug)
            } else if let Some((_, country)) = target.rsplit_once(", ") {
                codes.contains(country)
            } else if let Some((country, division)) = target.split_once('.') {
                codes.contains(country) && !division.is_empty()
            } else {
                codes.contains(target)
            };
            assert!(known, "{row:?}");
        }
    }
}

#[test]
fn common_words_lead_where_a_reader_expects() {
    let mut targets: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for table in [DEMONYMS, ABBREVIATIONS, ALIASES] {
        for row in rows(table) {
            targets.entry(row[0]).or_default().push(row[1]);
        }
    }
    let check = |word: &str, expected: &[&str]| {
        assert_eq!(targets.get(word).map(Vec::as_slice), Some(expected), "{word}");
    };
    check("Egyptian", &["EG"]);
    check("Muscovites", &["Moscow, RU"]);
    check("Congolese", &["CD", "CG"]);
    check("Dominican", &["DM", "DO"]);
    check("European", &["dateline:europe"]);
    check("Kurds", &["dateline:kurdistan"]);
    check("Calif.", &["US.CA"]);
    check("W.Va.", &["US.WV"]);
    check("WA", &["AU.08", "US.WA"]);
    check("Saigon", &["Ho Chi Minh City, VN"]);
    check("Chechnya", &["RU.12"]);
    check("Arab", &["dateline:arab-world"]);
    assert_eq!(targets.get("Roma"), None, "a people without one place");
    assert_eq!(targets.get("the West"), None);
}
