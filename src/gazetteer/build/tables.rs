//! The hand-written tables: points of countries, places that no package has, short and old names, demonyms.
//! A target that stands for no place, or a malformed line, stops the build with the file and the line.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::BuildError;
use super::world::{Draft, World};
use crate::gazetteer::{NameKind, fold};

/// A table read: its rows with the numbers of their lines.
struct Table {
    path: PathBuf,
    rows: Vec<(usize, Vec<String>)>,
}

impl Table {
    /// Reads tab-separated values; `#` begins a comment line, and the first other line names the columns.
    fn read(path: PathBuf, header: &str) -> Result<Self, BuildError> {
        let text = std::fs::read_to_string(&path).map_err(|error| BuildError::new(&path, error))?;
        let mut lines =
            text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.trim().is_empty());
        let width = header.split(' ').count();
        match lines.next() {
            Some((_, first)) if first.split('\t').eq(header.split(' ')) => {}
            _ => {
                return Err(BuildError::new(&path, format!("the columns are not: {header}")));
            }
        }
        let mut rows = Vec::new();
        for (number, line) in lines {
            let mut fields: Vec<String> = line.split('\t').map(|field| field.trim().to_owned()).collect();
            // Editors strip trailing tabs.
            if fields.len() > width {
                return Err(BuildError::new(
                    &path,
                    format!("line {}: more than {width} columns", number + 1),
                ));
            }
            fields.resize(width, String::new());
            rows.push((number + 1, fields));
        }
        Ok(Self { path, rows })
    }

    fn error(&self, line: usize, reason: impl std::fmt::Display) -> BuildError {
        BuildError::new(&self.path, format!("line {line}: {reason}"))
    }

    fn number(&self, line: usize, field: &str) -> Result<f64, BuildError> {
        field.parse().map_err(|_| self.error(line, format!("“{field}” is not a number")))
    }
}

/// Points, abbreviations and further names of countries, then the places of our own. Comes before polygons,
/// which give points only to what has none.
pub(super) fn add_places(world: &mut World, tables: &Path) -> Result<(), BuildError> {
    let table = Table::read(tables.join("countries.tsv"), "code lat lon radius_km abbreviations alternates")?;
    for (line, row) in &table.rows {
        let [code, lat, lon, radius, abbreviations, alternates] = fields(row);
        let (lat, lon) = (table.number(*line, lat)?, table.number(*line, lon)?);
        let draft = world.by_code(code).ok_or_else(|| table.error(*line, format!("no country {code}")))?;
        (draft.place.lat, draft.place.lon, draft.placed) = (lat, lon, true);
        if !radius.is_empty() {
            draft.place.radius_m = table.number(*line, radius)? * 1000.0;
        }
        for name in parts(abbreviations) {
            draft.name(name, NameKind::Abbreviation, true);
        }
        for name in parts(alternates) {
            draft.name(name, NameKind::Alternate, true);
        }
    }
    let columns =
        "slug name lat lon country_code feature_class feature_code radius_km rank alternates geonames";
    let table = Table::read(tables.join("places.tsv"), columns)?;
    for (line, row) in &table.rows {
        add_place(world, row).map_err(|reason| table.error(*line, reason))?;
    }
    Ok(())
}

/// A place of our own; or, where the row says that GeoNames has it, our names and rank for that one.
fn add_place(world: &mut World, row: &[String]) -> Result<(), String> {
    let [slug, name, lat, lon, country, class, code, radius, rank, alternates, geonames] = fields(row);
    let number = |field: &str| field.parse::<f64>().map_err(|_| format!("“{field}” is not a number"));
    let id = format!("dateline:{slug}");
    if world.places.contains_key(&id) || world.codes.contains_key(&id) {
        return Err(format!("a second place {slug}"));
    }
    if !country.is_empty() && !world.codes.contains_key(country) {
        return Err(format!("no country {country}"));
    }
    let rank = number(rank)? as f32;
    let (lat, lon, radius_m) = (number(lat)?, number(lon)?, number(radius)? * 1000.0);
    let mut draft = if geonames.is_empty() {
        let class = class.chars().next().ok_or("no feature class")?;
        let mut draft = Draft::new(id, name, country, (class, code));
        draft.place.parent = world.codes.get(country).cloned().unwrap_or_default();
        draft
    } else {
        let known = format!("geonames:{geonames}");
        let draft = world.places.remove(&known).ok_or_else(|| format!("no place {known}"))?;
        world.codes.insert(id, known);
        draft.renamed(name)
    };
    draft = draft.at(lat, lon);
    draft.place.radius_m = radius_m;
    draft.rank = Some(rank);
    draft.name(name, NameKind::Primary, true);
    for name in parts(alternates) {
        draft.name(name, NameKind::Alternate, true);
    }
    world.add(draft);
    Ok(())
}

/// Demonyms, abbreviations and other names of places that are there already.
pub(super) fn add_names(world: &mut World, tables: &Path) -> Result<(), BuildError> {
    let towns = Towns::of(world);
    let files = [
        ("demonyms.tsv", "demonym target", NameKind::Demonym),
        ("abbreviations.tsv", "abbreviation target", NameKind::Abbreviation),
        ("aliases.tsv", "alias target", NameKind::Alternate),
    ];
    for (file, header, kind) in files {
        let table = Table::read(tables.join(file), header)?;
        let mut dangling = Vec::new();
        for (line, row) in &table.rows {
            let [name, target] = fields(row);
            match towns.target(world, target).and_then(|id| world.places.get_mut(&id)) {
                Some(draft) => draft.name(name, kind, true),
                None => dangling.push(format!("line {line}: “{target}” is no place")),
            }
        }
        if !dangling.is_empty() {
            return Err(BuildError::new(&table.path, dangling.join("; ")));
        }
    }
    Ok(())
}

/// The most populous town of each name in each country, by primary name and by any other.
struct Towns {
    primary: BTreeMap<(String, String), (u64, String)>,
    any: BTreeMap<(String, String), (u64, String)>,
}

impl Towns {
    fn of(world: &World) -> Self {
        let mut towns = Self { primary: BTreeMap::new(), any: BTreeMap::new() };
        for (id, draft) in world.places.iter().filter(|(_, draft)| draft.place.feature_class == 'P') {
            let place = &draft.place;
            for name in &place.names {
                let key = (fold(&name.text), place.country_code.clone());
                let enter = |map: &mut BTreeMap<_, (u64, String)>| {
                    let slot = map.entry(key.clone()).or_default();
                    if slot.1.is_empty() || place.population > slot.0 {
                        *slot = (place.population, id.clone());
                    }
                };
                if name.kind == NameKind::Primary {
                    enter(&mut towns.primary);
                }
                enter(&mut towns.any);
            }
        }
        towns
    }

    /// The identifier of what a target names: `EG`, `US.ME`, `geonames:360630`, `dateline:darfur`, or
    /// `Moscow, RU`.
    fn target(&self, world: &World, target: &str) -> Option<String> {
        if let Some(id) = world.codes.get(target) {
            return Some(id.clone());
        }
        if target.contains(':') {
            return world.places.contains_key(target).then(|| target.to_owned());
        }
        let (name, country) = target.rsplit_once(", ")?;
        let key = (fold(name), country.to_owned());
        self.primary.get(&key).or_else(|| self.any.get(&key)).map(|(_, id)| id.clone())
    }
}

fn fields<const N: usize>(row: &[String]) -> [&str; N] {
    std::array::from_fn(|at| row.get(at).map_or("", String::as_str))
}

fn parts(field: &str) -> impl Iterator<Item = &str> {
    field.split('|').map(str::trim).filter(|part| !part.is_empty())
}
