//! Names to places: the compact store, name folding and look-up.
//! It knows nothing of texts or articles; a look-up allocates nothing per place until a whole
//! [`Place`] is asked for. Rows are numbered by prominence: the smaller the better known.

use std::path::Path;
use std::sync::Arc;

use crate::model::{Bbox, Place};

#[cfg(feature = "assets")]
pub mod build;
mod columns;
mod file;
mod fold;
mod lexicon;
mod names;
mod space;
#[cfg(test)]
mod tests;
mod write;

pub use fold::{fold, fold_loose, fold_word};
pub use lexicon::Lexicon;
pub use write::{NewName, NewPlace, write};

use columns::Columns;
use names::Names;
use space::Grid;

/// Number of a place in one gazetteer's columns; not stable across gazetteers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u32);

/// What sort of name a look-up matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NameKind {
    /// The name to show.
    Primary,
    /// Another name, spelling or language.
    Alternate,
    /// *Egyptian*, *Muscovites*.
    Demonym,
    /// *U.K.*, *Calif.*, *DRC*.
    Abbreviation,
}

/// How closely the name matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Grade {
    /// It is the name to show, letter for letter but for case. Only [`Gazetteer::lookup`] tells.
    Exact,
    /// The same after [`fold`].
    Folded,
    /// The same only after [`fold_loose`]: another transliteration, or chance.
    Loose,
}

/// One place that bears the name looked up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The place.
    pub row: Row,
    /// What sort of name of it was matched.
    pub name: NameKind,
    /// How closely.
    pub grade: Grade,
    /// How well known the place is *by this name*, 0 to 1: its prominence, less for an obscure
    /// alternate name, for a name that usually means another place, and for a loose match.
    pub score: f32,
}

/// What can be wrong with a gazetteer file.
#[derive(Debug, thiserror::Error)]
pub enum GazetteerError {
    /// The file could not be opened or mapped.
    #[error("cannot open the gazetteer {path}: {reason}")]
    Open {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// The bytes are not a gazetteer of this version.
    #[error("not a gazetteer that this version reads: {0}")]
    Format(String),
}

/// A gazetteer: embedded in the program or mapped from a file. Cloning is cheap.
#[derive(Clone)]
pub struct Gazetteer {
    store: Arc<Store>,
}

struct Store {
    columns: Columns,
    names: Names,
    grid: Grid,
}

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Gazetteer of {} places", self.len())
    }
}

static EMBEDDED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/gazetteer.bin"));

impl Gazetteer {
    /// The gazetteer inside the program.
    pub fn embedded() -> Result<Gazetteer, GazetteerError> {
        Self::read(file::Bytes::Embedded(EMBEDDED), true)
    }

    /// Maps a gazetteer file, after checking that it is whole and undamaged.
    #[allow(unsafe_code)]
    pub fn open(path: &Path) -> Result<Gazetteer, GazetteerError> {
        let error = |error: std::io::Error| GazetteerError::Open {
            path: path.display().to_string(),
            reason: error.to_string(),
        };
        let opened = std::fs::File::open(path).map_err(error)?;
        if opened.metadata().map_err(error)?.is_dir() {
            return Err(error(std::io::ErrorKind::IsADirectory.into()));
        }
        // SAFETY: the map is private and read-only, and every read through it is bounds-checked against
        // the mapped length. What remains is that another program truncates or rewrites the file while it
        // is open; gazetteers are written beside the target and renamed, which leaves the mapped file as it
        // was.
        let map = unsafe { memmap2::Mmap::map(&opened) }.map_err(error)?;
        Self::read(file::Bytes::Mapped(map), false).map_err(|refused| match refused {
            GazetteerError::Format(_) => {
                GazetteerError::Open { path: path.display().to_string(), reason: refused.to_string() }
            }
            other => other,
        })
    }

    /// Reads a gazetteer that was made in memory with [`write()`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Gazetteer, GazetteerError> {
        Self::read(file::Bytes::Owned(bytes), false)
    }

    fn read(bytes: file::Bytes, trusted: bool) -> Result<Gazetteer, GazetteerError> {
        let sections = file::Sections::open(bytes, *b"GAZ1", trusted)?;
        let store = Store {
            columns: Columns::open(&sections)?,
            names: Names::open(&sections)?,
            grid: Grid::open(&sections),
        };
        Ok(Gazetteer { store: Arc::new(store) })
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.store.columns.len()
    }

    /// Whether it holds no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every place that bears the name after folding, best known by that name first, those that are spelt so
    /// before others of their rank; where there is none, those that bear it after [`fold_loose`] and are
    /// not spelt too differently. A leading “the” does not count.
    pub fn lookup(&self, name: &str) -> Vec<Hit> {
        let names = &self.store.names;
        let columns = &self.store.columns;
        let folded = fold(name);
        let bare = folded.strip_prefix("the ").unwrap_or(&folded);
        let mut hits = names.exact(columns, &folded);
        if hits.is_empty() && bare.len() < folded.len() {
            hits = names.exact(columns, bare);
        }
        if hits.is_empty() {
            return names.loose(columns, bare);
        }
        names::prefer_spelling(columns, name, &mut hits);
        hits
    }

    /// The names that begin at `words[0]`: for each number of words `n` whose folded forms joined by a
    /// space are a name, `(n, hits)`, shortest first. `words` are already folded with [`fold_word`];
    /// one that folded to nothing is passed over.
    pub fn names_at(&self, words: &[&str]) -> Vec<(usize, Vec<Hit>)> {
        self.store.names.at(&self.store.columns, words)
    }

    /// Places whose names begin with `prefix`, best known by that name first, at most `limit`.
    pub fn prefix(&self, prefix: &str, limit: usize) -> Vec<Hit> {
        self.store.names.prefix(&self.store.columns, &fold(prefix), limit)
    }

    /// The place with this identifier (`geonames:360630`).
    pub fn by_id(&self, id: &str) -> Option<Row> {
        self.store.columns.by_id(id)
    }

    /// Everything about a place. Allocates: for results, not for scoring.
    pub fn place(&self, row: Row) -> Option<Place> {
        let columns = &self.store.columns;
        if row.0 as usize >= columns.len() {
            return None;
        }
        let (lat, lon) = self.point(row);
        let (feature_class, feature_code) = self.feature(row);
        let named = |row: Option<Row>| row.map_or(String::new(), |row| self.name(row).to_owned());
        Some(Place {
            id: columns.id(row),
            name: self.name(row).to_owned(),
            lat,
            lon,
            country_code: self.country_code(row).to_owned(),
            country: named(self.country(row)),
            admin1: named(self.admin1(row)),
            feature_class,
            feature_code: feature_code.to_owned(),
            population: self.population(row),
            precision: columns::precision(feature_class, feature_code, columns.radius_m(row)),
            radius_m: columns.radius_m(row),
            bbox: columns.bbox(row),
        })
    }

    /// `(latitude, longitude)` in degrees.
    pub fn point(&self, row: Row) -> (f64, f64) {
        self.store.columns.point(row)
    }

    /// Inhabitants; 0 where unknown.
    pub fn population(&self, row: Row) -> u64 {
        self.store.columns.population(row)
    }

    /// ISO 3166-1 alpha-2 code; empty for what lies in no one country.
    pub fn country_code(&self, row: Row) -> &str {
        self.store.columns.country_code(row)
    }

    /// GeoNames feature class and code: `('P', "PPLC")`.
    pub fn feature(&self, row: Row) -> (char, &str) {
        self.store.columns.feature(row)
    }

    /// The name to show.
    pub fn name(&self, row: Row) -> &str {
        self.store.columns.name(row)
    }

    /// The smallest place that contains this one: a town's county, a county's state, a state's country.
    pub fn parent(&self, row: Row) -> Option<Row> {
        self.store.columns.parent(row)
    }

    /// The country that contains the place, as a place. A country is its own country.
    pub fn country(&self, row: Row) -> Option<Row> {
        self.container(row, |class, code| class == 'A' && code.starts_with("PCL"))
    }

    /// The first-level division that contains the place. A division is its own.
    pub fn admin1(&self, row: Row) -> Option<Row> {
        self.container(row, |class, code| class == 'A' && code == "ADM1")
    }

    /// The second-level division that contains the place. A division is its own.
    pub fn admin2(&self, row: Row) -> Option<Row> {
        self.container(row, |class, code| class == 'A' && code == "ADM2")
    }

    fn container(&self, row: Row, is_it: impl Fn(char, &str) -> bool) -> Option<Row> {
        let mut at = Some(row);
        // No chain is longer than this; a damaged file could hold a ring.
        for _ in 0..8 {
            let row = at?;
            let (class, code) = self.feature(row);
            if is_it(class, code) {
                return Some(row);
            }
            at = self.parent(row);
        }
        None
    }

    /// How well known the place is, 0 (a hamlet) to 1 (a great power): from its feature, its
    /// population and the number of languages that have a name for it.
    pub fn prominence(&self, row: Row) -> f32 {
        self.store.columns.prominence(row)
    }

    /// Radius of a circle about the point that covers most of the place, metres.
    pub fn radius_m(&self, row: Row) -> f64 {
        self.store.columns.radius_m(row)
    }

    /// Places within the box, most prominent first, at most `limit`: for map labels.
    pub fn within(&self, bbox: Bbox, limit: usize) -> Vec<Row> {
        self.store.grid.within(&self.store.columns, bbox, limit)
    }

    /// The places nearest to a point, with their distances in metres, nearest first, at most `limit`, none
    /// farther than about 500 km.
    pub fn nearest(&self, lat: f64, lon: f64, limit: usize) -> Vec<(Row, f64)> {
        self.store.grid.nearest(&self.store.columns, lat, lon, limit)
    }
}
