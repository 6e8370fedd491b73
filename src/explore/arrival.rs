//! An article made ready for a collection: packed, with what lists, filter and map need of it set apart.
//! It is made where the article was read, on another thread than the window's, which only numbers its places.

use std::collections::HashMap;
use std::sync::Arc;

use crate::model::{Geoparsed, Packed, Place, Problem, mercator};

use super::happenings::Happenings;
use super::search::fold;
use super::{Card, Glance};

/// A place of an article, as a collection keeps it when it is new.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Arriving {
    pub place: Arc<Place>,
    /// Where it lies on the Mercator unit square.
    pub at: [f64; 2],
    /// Its label with what it lies in, folded for search.
    pub folded: String,
}

/// An article on its way into a collection.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrival {
    pub(super) packed: Packed,
    pub(super) card: Card,
    pub(super) source: String,
    /// Of every mention, in text order; places by their number in `places`.
    pub(super) glances: Vec<Glance>,
    pub(super) places: Vec<Arriving>,
    pub(super) happenings: Happenings,
    pub(super) problems: Vec<Problem>,
    pub(super) as_read: bool,
}

impl Arrival {
    /// Makes an article ready.
    pub fn new(geoparsed: &Geoparsed) -> Arrival {
        let mut numbers: HashMap<&str, u32> = HashMap::new();
        let mut places = Vec::new();
        let mut glances = Vec::with_capacity(geoparsed.mentions.len());
        for mention in &geoparsed.mentions {
            let number = mention.place().map(|place| {
                *numbers.entry(&place.id).or_insert_with(|| {
                    places.push(arriving(place));
                    places.len() as u32 - 1
                })
            });
            glances.push(Glance::of(geoparsed, mention, number));
        }
        let happenings = Happenings::of(geoparsed, &glances);
        let article = &geoparsed.article;
        Arrival {
            packed: Packed::new(geoparsed),
            card: Card::of(article, 0),
            source: article.source.clone().unwrap_or_default(),
            glances,
            places,
            happenings,
            problems: geoparsed.problems.clone(),
            as_read: geoparsed.as_read,
        }
    }

    /// The article.
    pub fn article(&self) -> Option<Geoparsed> {
        self.packed.unpack()
    }
}

fn arriving(place: &Arc<Place>) -> Arriving {
    Arriving {
        at: mercator::project(place.lat, place.lon),
        folded: fold(&place.label()),
        place: Arc::clone(place),
    }
}
