//! A row of a table or a feature of GeoJSON made into a place, or the reason why it is none.
//! Identifiers are the source's own; those without a prefix get the name of their file, so that two lists
//! that both count from 1 can be used together.

use std::collections::BTreeMap;

use super::Options;
use super::columns::{Field, Fields};
use super::features::feature;
use super::geometry::Shape;
use super::source::Source;
use crate::gazetteer::{Gazetteer, NameKind, NewName, NewPlace};

/// Longest identifier, bytes.
const LONGEST_ID: usize = 255;
/// Longest name, bytes.
const LONGEST_NAME: usize = 1000;
/// Names of countries that are remembered; a column of countries has no more.
const COUNTRIES: usize = 1000;

/// A prefix for each source whose identifiers have none. Two files called `sites.csv` get two.
#[derive(Default)]
pub(super) struct Stems(BTreeMap<String, usize>);

impl Stems {
    pub(super) fn of(&mut self, source: &Source) -> String {
        let plain = |c: char| if c.is_alphanumeric() { c } else { '-' };
        let stem: String = source.stem.to_lowercase().chars().map(plain).take(60).collect();
        let stem = if stem.is_empty() { "own".to_owned() } else { stem };
        let count = self.0.entry(stem.clone()).or_default();
        *count += 1;
        if *count == 1 { stem } else { format!("{stem}-{count}") }
    }
}

/// Makes places of what one source says.
pub(super) struct Rows {
    /// Prefix of its identifiers.
    stem: String,
    /// Whether its identifiers are numbers of GeoNames.
    geonames: bool,
    /// Whether it tells an identifier at all.
    identified: bool,
    /// Prominence of a place that does not tell its own, where the source is its user's own list.
    own: Option<f32>,
    decimal_comma: bool,
    /// Metres to one of its radii.
    radius_unit: f64,
    countries: Countries,
}

impl Rows {
    /// For a source that tells these fields.
    pub(super) fn new(stem: String, told: impl Fn(Field) -> bool, options: &Options) -> Self {
        let facts = [Field::Population, Field::Class, Field::Feature].into_iter().any(&told);
        Self {
            stem,
            geonames: false,
            identified: told(Field::Id),
            own: (!facts).then(|| f32::from(options.rank.min(100)) / 100.0),
            decimal_comma: false,
            radius_unit: 1.0,
            countries: Countries::default(),
        }
    }

    pub(super) fn with_geonames_ids(mut self, geonames: bool) -> Self {
        self.geonames = geonames;
        self
    }

    pub(super) fn with_decimal_comma(mut self, decimal_comma: bool) -> Self {
        self.decimal_comma = decimal_comma;
        self
    }

    pub(super) fn with_radius_unit(mut self, metres: f64) -> Self {
        self.radius_unit = metres;
        self
    }

    /// The place that row number `number` tells of; `shape` is where it lies, where the row does not say.
    pub(super) fn place(
        &mut self,
        fields: &Fields<'_>,
        shape: Option<Shape>,
        number: u64,
    ) -> Result<NewPlace, String> {
        let name = checked_name(fields.get(Field::Name))?;
        let shape = shape.map_or_else(|| self.shape(fields), Ok)?;
        let id = self.id(fields.get(Field::Id), number)?;
        let country = self.countries.code(fields.get(Field::Country));
        let parent = match fields.get(Field::Parent) {
            "" => country.clone(),
            parent => self.prefixed(parent),
        };
        let feature = feature(fields.get(Field::Class), fields.get(Field::Feature));
        let (feature_class, feature_code) = match feature {
            Some((class, code)) => (class, code.into_owned()),
            None if shape.bbox.is_some() => ('L', "RGN".to_owned()),
            None => ('P', "PPL".to_owned()),
        };
        let radius = self.number(fields, Field::Radius)?.map(|radius| radius * self.radius_unit);
        let prominence = match self.number(fields, Field::Rank)? {
            Some(rank) if (0.0..=100.0).contains(&rank) => Some(rank as f32 / 100.0),
            Some(rank) => return Err(format!("rank {rank} is not between 0 and 100")),
            None => self.own,
        };
        Ok(NewPlace {
            names: other_names(fields.get(Field::Names), name),
            name: name.to_owned(),
            id,
            lat: shape.lat,
            lon: shape.lon,
            country_code: country,
            feature_class,
            feature_code,
            population: population(fields.get(Field::Population))?,
            radius_m: radius.unwrap_or(shape.radius_m).clamp(0.0, 6_553_000.0),
            bbox: shape.bbox,
            prominence,
            parent,
            loose: false,
        })
    }

    fn number(&self, fields: &Fields<'_>, field: Field) -> Result<Option<f64>, String> {
        match fields.get(field) {
            "" => Ok(None),
            text => match number(text, self.decimal_comma) {
                None => Err(format!("{} “{text}” is no number", field.as_str())),
                found => Ok(found),
            },
        }
    }

    fn shape(&self, fields: &Fields<'_>) -> Result<Shape, String> {
        let (lat, lon) = match (fields.get(Field::Lat), fields.get(Field::Lon), fields.get(Field::Point)) {
            ("", "", "") => return Err("it has no coordinates".to_owned()),
            ("", "", pair) => {
                let (lat, lon) = pair_of(pair).ok_or_else(|| format!("“{pair}” is no point"))?;
                point(lat, lon, false)?
            }
            ("", _, _) => return Err("it has no latitude".to_owned()),
            (_, "", _) => return Err("it has no longitude".to_owned()),
            (lat, lon, _) => point(lat, lon, self.decimal_comma)?,
        };
        Ok(Shape::point(lat, lon))
    }

    fn id(&self, own: &str, number: u64) -> Result<String, String> {
        let id = match own {
            "" if self.identified => format!("{}:row-{number}", self.stem),
            "" => format!("{}:{number}", self.stem),
            own => self.prefixed(own),
        };
        if id.len() > LONGEST_ID {
            return Err(format!("its identifier has more than {LONGEST_ID} bytes"));
        }
        Ok(id)
    }

    fn prefixed(&self, id: &str) -> String {
        match id {
            id if id.contains(':') => id.to_owned(),
            id if self.geonames && id.parse::<u32>().is_ok() => format!("geonames:{id}"),
            id => format!("{}:{id}", self.stem),
        }
    }
}

fn checked_name(name: &str) -> Result<&str, String> {
    match name {
        "" => Err("it has no name".to_owned()),
        name if name.contains(char::REPLACEMENT_CHARACTER) => {
            Err(format!("its name holds bytes that are no text: “{name}”"))
        }
        name if name.len() > LONGEST_NAME => Err(format!("its name has more than {LONGEST_NAME} bytes")),
        name if !name.chars().any(char::is_alphanumeric) => Err(format!("“{name}” is no name")),
        name => Ok(name),
    }
}

/// Names with `|` or `;` between them. Linked Places write `Constantinople@en`.
fn other_names(list: &str, shown: &str) -> Vec<NewName> {
    let without_language = |name: &str| match name.rsplit_once('@') {
        Some((name, tag)) if (2..=11).contains(&tag.len()) => name.trim().to_owned(),
        _ => name.trim().to_owned(),
    };
    let worth = |name: &String| checked_name(name).is_ok() && name != shown;
    let name = |text| NewName { text, kind: NameKind::Alternate, usual: true };
    list.split(['|', ';']).map(without_language).filter(worth).map(name).collect()
}

/// Latitude and longitude, both in degrees.
pub(super) fn point(lat: &str, lon: &str, decimal_comma: bool) -> Result<(f64, f64), String> {
    let degrees = |text: &str, what: &str, most: f64| match number(text, decimal_comma) {
        None => Err(format!("{what} “{text}” is no number")),
        Some(degrees) if degrees.abs() <= most => Ok(degrees),
        Some(degrees) => Err(format!("{what} {degrees} is not on the globe")),
    };
    Ok((degrees(lat, "latitude", 90.0)?, degrees(lon, "longitude", 180.0)?))
}

/// `35.0, 38.0`, or `POINT (38.0 35.0)`, as latitude and longitude.
fn pair_of(text: &str) -> Option<(&str, &str)> {
    let upper = text.get(..5).is_some_and(|start| start.eq_ignore_ascii_case("point"));
    if upper {
        let (_, rest) = text.split_once('(')?;
        let mut parts = rest.split_once(')')?.0.split_whitespace();
        let (lon, lat) = (parts.next()?, parts.next()?);
        return Some((lat, lon));
    }
    let text = text.trim_matches(['(', ')', '[', ']', ' ']);
    let (lat, lon) = text.split_once([',', ';', '/']).or_else(|| text.split_once(' '))?;
    Some((lat.trim(), lon.trim()))
}

fn number(text: &str, decimal_comma: bool) -> Option<f64> {
    let text = text.trim_end_matches('°');
    let found = text.parse::<f64>().ok().or_else(|| {
        let comma = decimal_comma && text.matches(',').count() == 1 && !text.contains('.');
        comma.then(|| text.replace(',', ".").parse().ok())?
    });
    // “nan” and “inf” are numbers to Rust.
    found.filter(|number| number.is_finite())
}

/// `9606916`, `9,606,916`, `9.606.916`, `9 606 916`, `9606916.0`.
fn population(text: &str) -> Result<u64, String> {
    if text.is_empty() {
        return Ok(0);
    }
    if let Ok(count) = text.parse() {
        return Ok(count);
    }
    let mut groups = text.split([',', '.', ' ', '\'', '’', '\u{a0}', '\u{202f}']);
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let grouped = (1..=3).contains(&first.len())
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group));
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match text.parse::<f64>() {
        _ if grouped && let Ok(count) = digits.parse() => Ok(count),
        Ok(count) if count.is_finite() && count >= 0.0 => Ok(count.round() as u64),
        // Natural Earth has −99 where nobody knows.
        Ok(count) if count < 0.0 => Ok(0),
        _ => Err(format!("population “{text}” is no number")),
    }
}

/// Codes of countries by what a source calls them.
#[derive(Default)]
struct Countries {
    known: BTreeMap<String, String>,
    embedded: Option<Gazetteer>,
}

impl Countries {
    /// The code; empty where the country is not known, which is no reason to refuse a place.
    fn code(&mut self, told: &str) -> String {
        // Linked Places give several for what lies in several.
        let told = told.split([';', '|', ',']).next().unwrap_or_default().trim();
        if told.len() == 2 && told.bytes().all(|b| b.is_ascii_alphabetic()) {
            return told.to_ascii_uppercase();
        }
        if told.is_empty() {
            return String::new();
        }
        if let Some(code) = self.known.get(told) {
            return code.clone();
        }
        let code = self.named(told).unwrap_or_default();
        if self.known.len() < COUNTRIES {
            self.known.insert(told.to_owned(), code.clone());
        }
        code
    }

    fn named(&mut self, name: &str) -> Option<String> {
        if self.embedded.is_none() {
            self.embedded = Gazetteer::embedded().ok();
        }
        let gazetteer = self.embedded.as_ref()?;
        let is_country = |class: char, code: &str| class == 'A' && code.starts_with("PCL");
        let mut hits = gazetteer.lookup(name).into_iter();
        let hit = hits.find(|hit| {
            let (class, code) = gazetteer.feature(hit.row);
            is_country(class, code)
        })?;
        Some(gazetteer.country_code(hit.row).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        let check = |text: &str, comma: bool, expected: Option<f64>| {
            assert_eq!(number(text, comma), expected, "{text}");
        };
        check("35.5", false, Some(35.5));
        check("-35.5°", false, Some(-35.5));
        check("35,5", true, Some(35.5));
        check("35,5", false, None);
        check("1,234.5", true, None);
        check("nan", false, None);
        check("inf", false, None);
        check("", false, None);
        let check = |text: &str, expected: Option<u64>| assert_eq!(population(text).ok(), expected, "{text}");
        check("", Some(0));
        check("9606916", Some(9_606_916));
        check("9,606,916", Some(9_606_916));
        check("9.606.916", Some(9_606_916));
        check("9 606 916", Some(9_606_916));
        check("12.0", Some(12));
        check("-99", Some(0));
        check("many", None);
        check("99999999999999999999999", Some(u64::MAX));
    }

    #[test]
    fn points_come_in_pairs() {
        let check =
            |text: &str, expected: Option<(&str, &str)>| assert_eq!(pair_of(text), expected, "{text}");
        check("35.0, 38.0", Some(("35.0", "38.0")));
        check("(35.0 38.0)", Some(("35.0", "38.0")));
        check("POINT (38.0 35.0)", Some(("35.0", "38.0")));
        check("Point(38 35)", Some(("35", "38")));
        check("POLYGON ((1 2, 3 4))", Some(("POLYGON ((1 2", "3 4")));
        check("POINT EMPTY", None);
        check("nowhere", None);
    }

    #[test]
    fn countries_are_told_by_code_or_name() {
        let mut countries = Countries::default();
        let mut check = |told: &str, expected: &str| assert_eq!(countries.code(told), expected, "{told}");
        check("EG", "EG");
        check("eg", "EG");
        check("Egypt", "EG");
        check("Syria", "SY");
        check("EG;SD", "EG");
        check("Ruritania", "");
        check("", "");
    }
}
