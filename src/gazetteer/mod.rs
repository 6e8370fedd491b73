//! Names to places: the compact store, name folding and look-up.
//! It knows nothing of texts or articles; a look-up allocates nothing per place until a whole
//! [`Place`] is asked for. Rows are numbered by prominence: the smaller the better known.

use std::path::Path;
use std::sync::Arc;

use crate::model::Place;

mod automaton;
#[cfg(feature = "assets")]
pub mod build;
mod columns;
mod file;
mod fold;
pub mod import;
mod junk;
mod lexicon;
mod lookup;
mod names;
mod part;
mod prominence;
mod shelf;
mod space;
mod store;
#[cfg(test)]
mod tests;
mod write;

pub use fold::{fold, fold_loose, fold_word};
pub use lexicon::Lexicon;
pub use shelf::{Kept, Shelf, ShelfError};
pub use write::{About, NewName, NewPlace, Step, Writer, Written, write};

use columns::Id;
use file::Bytes;
use store::Store;

/// Number of a place in one gazetteer's columns; not stable across gazetteers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(pub u32);

/// What sort of name a look-up matched.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
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
    /// A letter or two differ: a slip of the pen, or chance.
    Fuzzy,
    /// The place is named within the name, as Cavan in “Cavan Institute”.
    Part,
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
    /// The file could not be made.
    #[error("cannot write the gazetteer {path}: {reason}")]
    Write {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
    /// Whoever asked for the file broke it off.
    #[error("the making of the gazetteer was broken off")]
    Cancelled,
}

/// A gazetteer: embedded in the program, mapped from a file, or several of these in a stack. Cloning is cheap.
#[derive(Clone)]
pub struct Gazetteer {
    layers: Arc<[Layer]>,
}

/// A gazetteer of a stack. Its rows count on from those of the layers before it.
#[derive(Clone)]
struct Layer {
    first: u32,
    store: Arc<Store>,
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
        Self::read(Bytes::Embedded(EMBEDDED))
    }

    /// Maps a gazetteer file, of any size at once: its header is checked, and the rest is read where and when
    /// it is needed. [`Gazetteer::verify`] checks the rest.
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
        Self::read(Bytes::Mapped(map)).map_err(|refused| named(refused, path))
    }

    /// Reads a gazetteer that was made in memory with [`write()`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Gazetteer, GazetteerError> {
        Self::read(Bytes::Owned(bytes))
    }

    fn read(bytes: Bytes) -> Result<Gazetteer, GazetteerError> {
        let store = Arc::new(Store::open(bytes)?);
        Ok(Gazetteer { layers: Arc::new([Layer { first: 0, store }]) })
    }

    /// Several gazetteers as one, the first of them first: where two hold a place with one identifier, the
    /// earlier gazetteer's record of it counts, under the names of both. Fails where there are none, or more
    /// than four billion places.
    pub fn stack(gazetteers: Vec<Gazetteer>) -> Result<Gazetteer, GazetteerError> {
        let format = |reason: &str| GazetteerError::Format(reason.to_owned());
        let mut layers: Vec<Layer> = Vec::new();
        let mut first = 0u32;
        for layer in gazetteers.iter().flat_map(|gazetteer| gazetteer.layers.iter()) {
            let count = u32::try_from(layer.store.columns.len()).ok();
            layers.push(Layer { first, store: Arc::clone(&layer.store) });
            first = count
                .and_then(|count| first.checked_add(count))
                .ok_or_else(|| format("they hold too many places"))?;
        }
        if layers.is_empty() {
            return Err(format("there is none"));
        }
        Ok(Gazetteer { layers: layers.into() })
    }

    /// Where the places come from: one entry for each gazetteer in the stack.
    pub fn about(&self) -> Vec<About> {
        self.layers.iter().map(|layer| layer.store.about()).collect()
    }

    /// Whom the places are owed to beside those of the gazetteer inside the program, which is the last of the stack.
    pub fn owed(&self) -> Vec<String> {
        let about = self.about();
        let own = about.split_last().map_or(&[][..], |(_, own)| own).iter();
        own.map(|own| if own.attribution.is_empty() { own.title.clone() } else { own.attribution.clone() })
            .collect()
    }

    /// Reads all of a file and says what is wrong with it, if anything is.
    pub fn verify(path: &Path) -> Result<(), GazetteerError> {
        let gazetteer = Self::open(path)?;
        let checked = gazetteer.layers.iter().try_for_each(|layer| layer.store.verify());
        checked.map_err(|refused| named(refused, path))
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        self.layers.last().map_or(0, |layer| layer.first as usize + layer.store.columns.len())
    }

    /// Whether it holds no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Number of different names after folding; what two gazetteers of a stack share counts twice.
    pub fn names(&self) -> u64 {
        self.layers.iter().map(|layer| layer.store.names.len()).sum()
    }

    /// The gazetteer of the stack that holds the row, and the row's number there.
    #[inline]
    fn at(&self, row: Row) -> (&Store, Row) {
        let layer = match &*self.layers {
            [only] => only,
            layers => &layers[layers.partition_point(|layer| layer.first <= row.0).saturating_sub(1)],
        };
        (&layer.store, Row(row.0 - layer.first))
    }

    /// Whether the row is of a gazetteer before the last of the stack: what somebody puts before the others is
    /// what their articles mean.
    pub(crate) fn is_put_first(&self, row: Row) -> bool {
        self.layers.last().is_some_and(|last| row.0 < last.first)
    }

    /// The place with this identifier (`geonames:360630`).
    pub fn by_id(&self, id: &str) -> Option<Row> {
        let id = Id::of(id);
        self.layers.iter().find_map(|layer| Some(Row(layer.first + layer.store.columns.by_id(id)?.0)))
    }

    /// Everything about a place. Allocates: for results, not for scoring.
    pub fn place(&self, row: Row) -> Option<Place> {
        if row.0 as usize >= self.len() {
            return None;
        }
        let (store, local) = self.at(row);
        let (lat, lon) = self.point(row);
        let (feature_class, feature_code) = self.feature(row);
        let named = |row: Option<Row>| row.map_or(String::new(), |row| self.name(row).to_owned());
        Some(Place {
            id: store.columns.id(local),
            name: self.name(row).to_owned(),
            lat,
            lon,
            country_code: self.country_code(row).to_owned(),
            country: named(self.country(row)),
            admin1: named(self.admin1(row)),
            feature_class,
            feature_code: feature_code.to_owned(),
            population: self.population(row),
            precision: columns::precision(feature_class, feature_code, self.radius_m(row)),
            radius_m: self.radius_m(row),
            bbox: store.columns.bbox(local),
        })
    }

    /// `(latitude, longitude)` in degrees.
    pub fn point(&self, row: Row) -> (f64, f64) {
        let (store, row) = self.at(row);
        store.columns.point(row)
    }

    /// Inhabitants; 0 where unknown.
    pub fn population(&self, row: Row) -> u64 {
        let (store, row) = self.at(row);
        store.columns.population(row)
    }

    /// ISO 3166-1 alpha-2 code; empty for what lies in no one country.
    pub fn country_code(&self, row: Row) -> &str {
        let (store, row) = self.at(row);
        store.columns.country_code(row)
    }

    /// GeoNames feature class and code: `('P', "PPLC")`.
    pub fn feature(&self, row: Row) -> (char, &str) {
        let (store, row) = self.at(row);
        store.columns.feature(row)
    }

    /// The name to show.
    pub fn name(&self, row: Row) -> &str {
        let (store, row) = self.at(row);
        store.columns.name(row)
    }

    /// The smallest place that contains this one: a town's county, a county's state, a state's country. Where
    /// its gazetteer does not hold that, the country with its code.
    pub fn parent(&self, row: Row) -> Option<Row> {
        let (store, local) = self.at(row);
        if let Some(parent) = store.columns.parent(local) {
            let parent = Row(parent.0 + (row.0 - local.0));
            return Some(if self.layers.len() > 1 { self.first_record(parent) } else { parent });
        }
        let code = store.columns.country_code(local);
        if code.is_empty() || is_country(store.columns.feature(local)) {
            return None;
        }
        self.country_by_code(code)
    }

    /// The best known country with this ISO 3166-1 alpha-2 code.
    pub fn country_by_code(&self, code: &str) -> Option<Row> {
        self.layers.iter().find_map(|layer| Some(Row(layer.first + layer.store.columns.country(code)?.0)))
    }

    /// Places whose immediate [`Gazetteer::parent`] is this one, most prominent first, at most `limit`. Of a
    /// stack, those of the gazetteer that holds it.
    pub fn children(&self, row: Row, limit: usize) -> Vec<Row> {
        let (store, local) = self.at(row);
        store.columns.children(local).take(limit).map(|child| Row(child.0 + (row.0 - local.0))).collect()
    }

    /// The country that contains the place, as a place. A country is its own country.
    pub fn country(&self, row: Row) -> Option<Row> {
        self.container(row, |class, code| is_country((class, code)))
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
        let (store, row) = self.at(row);
        store.columns.prominence(row)
    }

    /// Radius of a circle about the point that covers most of the place, metres.
    pub fn radius_m(&self, row: Row) -> f64 {
        let (store, row) = self.at(row);
        store.columns.radius_m(row)
    }
}

/// A country by its feature: `PCLI`, a dependency, a former one.
fn is_country((class, code): (char, &str)) -> bool {
    class == 'A' && code.starts_with("PCL")
}

/// Says which file was refused.
fn named(refused: GazetteerError, path: &Path) -> GazetteerError {
    match refused {
        GazetteerError::Format(_) => {
            GazetteerError::Open { path: path.display().to_string(), reason: refused.to_string() }
        }
        other => other,
    }
}
