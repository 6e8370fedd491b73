//! What makes results: another program, another model or other gazetteers find other things.

use crate::geoparse::Geoparser;
use crate::project::Made;
use crate::{events, geoparse};

/// What a geoparser's results are made by.
pub fn made(geoparser: &Geoparser) -> Made {
    Made {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        model: format!("{:016x}", geoparse::learnt() ^ events::learnt()),
        gazetteers: geoparser.gazetteer().about().into_iter().map(|about| about.title).collect(),
    }
}
