//! A project as an archive knows it: the shelf on which articles lie, and what people said as a glass through which
//! they are seen.

use super::{Shelf, State, overlaid};
use crate::model::{self, Geoparsed, Lens};

impl Lens for State {
    fn see(&self, number: usize, article: Geoparsed) -> Geoparsed {
        match u32::try_from(number) {
            Ok(number) => overlaid(article, number, self),
            Err(_) => article,
        }
    }
}

impl model::Shelf for Shelf {
    fn get(&self, number: usize) -> Option<Geoparsed> {
        Shelf::get(self, u32::try_from(number).ok()?)
    }
}
