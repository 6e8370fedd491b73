//! Names to places: the compact store, name folding and look-up.
//! It knows nothing of texts or articles; a look-up allocates nothing per place until a whole
//! [`Place`] is asked for.

use std::path::Path;
use std::sync::Arc;

use crate::model::{Bbox, Place};

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

/// One place that bears the name looked up.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The place.
    pub row: Row,
    /// What sort of name of it was matched.
    pub name: NameKind,
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
#[derive(Clone, Debug)]
pub struct Gazetteer {
    _store: Arc<()>,
}

impl Gazetteer {
    /// The gazetteer inside the program.
    pub fn embedded() -> Result<Gazetteer, GazetteerError> {
        Ok(Gazetteer { _store: Arc::new(()) })
    }

    /// Maps a gazetteer file.
    pub fn open(_path: &Path) -> Result<Gazetteer, GazetteerError> {
        Gazetteer::embedded()
    }

    /// Number of places.
    pub fn len(&self) -> usize {
        0
    }

    /// Whether it holds no place.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every place that bears the name after folding, most prominent first.
    pub fn lookup(&self, _name: &str) -> Vec<Hit> {
        Vec::new()
    }

    /// The names that begin at `words[0]`: for each number of words `n` whose folded forms joined by a
    /// space are a name, `(n, hits)`, shortest first. `words` are already folded with [`fold`].
    pub fn names_at(&self, _words: &[&str]) -> Vec<(usize, Vec<Hit>)> {
        Vec::new()
    }

    /// Places whose names begin with `prefix`, most prominent first, at most `limit`.
    pub fn prefix(&self, _prefix: &str, _limit: usize) -> Vec<Hit> {
        Vec::new()
    }

    /// The place with this identifier (`geonames:360630`).
    pub fn by_id(&self, _id: &str) -> Option<Row> {
        None
    }

    /// Everything about a place. Allocates: for results, not for scoring.
    pub fn place(&self, _row: Row) -> Option<Place> {
        None
    }

    /// `(latitude, longitude)` in degrees.
    pub fn point(&self, _row: Row) -> (f64, f64) {
        (0.0, 0.0)
    }

    /// Inhabitants; 0 where unknown.
    pub fn population(&self, _row: Row) -> u64 {
        0
    }

    /// ISO 3166-1 alpha-2 code; empty for what lies in no one country.
    pub fn country_code(&self, _row: Row) -> &str {
        ""
    }

    /// GeoNames feature class and code: `('P', "PPLC")`.
    pub fn feature(&self, _row: Row) -> (char, &str) {
        ('P', "PPL")
    }

    /// The name to show.
    pub fn name(&self, _row: Row) -> &str {
        ""
    }

    /// The country that contains the place, as a place. A country is its own country.
    pub fn country(&self, _row: Row) -> Option<Row> {
        None
    }

    /// The first-level division that contains the place. A division is its own.
    pub fn admin1(&self, _row: Row) -> Option<Row> {
        None
    }

    /// How well known the place is, 0 (a hamlet) to 1 (a great power): from its feature, its
    /// population and the number of languages that have a name for it.
    pub fn prominence(&self, _row: Row) -> f32 {
        0.0
    }

    /// Places within the box, most prominent first, at most `limit`: for map labels.
    pub fn within(&self, _bbox: Bbox, _limit: usize) -> Vec<Row> {
        Vec::new()
    }
}

/// Folds a name or a word for look-up: case, diacritics, apostrophes, hyphens.
pub fn fold(name: &str) -> String {
    name.to_lowercase()
}
