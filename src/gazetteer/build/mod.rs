//! Builds the embedded gazetteer and word lists from the packages that `assets/sources.sh` unpacks.
//! The same packages give the same bytes; a source that is missing or unreadable stops the build.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

mod airports;
mod cities;
mod countries;
mod divisions;
mod members;
mod natural;
mod polygons;
mod prominence;
mod scripts;
mod tables;
mod translations;
mod words;
mod world;

use super::About;
use world::World;

/// What stopped a build.
#[derive(Debug, thiserror::Error)]
#[error("{}: {reason}", path.display())]
pub struct BuildError {
    path: PathBuf,
    reason: String,
}

impl BuildError {
    fn new(path: &Path, reason: impl ToString) -> Self {
        Self { path: path.to_owned(), reason: reason.to_string() }
    }
}

/// Where the unpacked packages lie.
struct Sources<'a>(&'a Path);

impl Sources<'_> {
    fn path(&self, relative: &str) -> PathBuf {
        self.0.join(relative)
    }

    fn text(&self, relative: &str) -> Result<(PathBuf, String), BuildError> {
        let path = self.path(relative);
        let text = std::fs::read_to_string(&path).map_err(|error| BuildError::new(&path, error))?;
        Ok((path, text))
    }

    fn json<T: serde::de::DeserializeOwned>(&self, relative: &str) -> Result<T, BuildError> {
        let (path, text) = self.text(relative)?;
        serde_json::from_str(&text).map_err(|error| BuildError::new(&path, error))
    }
}

/// The bytes of `gazetteer.bin`, from the packages unpacked in `sources` and the tables in `tables`.
pub fn gazetteer(sources: &Path, tables: &Path) -> Result<Vec<u8>, BuildError> {
    let sources = Sources(sources);
    let mut world = World::default();
    let translations = translations::read(&sources)?;
    countries::add(&mut world, &sources, &translations)?;
    divisions::add(&mut world, &sources, &translations)?;
    cities::add(&mut world, &sources, &translations)?;
    tables::add_places(&mut world, tables)?;
    let map = polygons::DivisionMap::read(&world, &sources)?;
    polygons::place_divisions(&mut world, &map);
    members::place_by_towns(&mut world);
    countries::bound(&mut world, &sources)?;
    natural::add(&mut world, &sources)?;
    airports::add(&mut world, &sources)?;
    map.contain(&mut world);
    tables::add_names(&mut world, tables)?;
    prominence::settle(&mut world);
    let places: Vec<_> = world.places.into_values().map(|draft| draft.place).collect();
    let about = About {
        title: "Dateline".to_owned(),
        attribution: "GeoNames (CC BY 4.0), Natural Earth, Unicode CLDR, airportsdata (MIT)".to_owned(),
        sources: Vec::new(),
    };
    super::write(about, &places).map_err(|error| BuildError::new(Path::new("gazetteer.bin"), error))
}

/// The bytes of `lexicon.bin`, likewise.
pub fn lexicon(sources: &Path, tables: &Path) -> Result<Vec<u8>, BuildError> {
    words::lexicon(&Sources(sources), tables)
}

/// Names in many languages by GeoNames number.
type Translations = BTreeMap<u32, Vec<(String, String)>>;
