//! An article made ready for a collection: packed, with what lists, filter and map need of it set apart.
//! It is made where the article was read, on another thread than the window's, which only numbers its places.

use std::collections::HashMap;
use std::sync::Arc;

use crate::gazetteer;
use crate::model::{Geoparsed, Mention, Packed, Place, Problem, mercator};

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
    /// As it was found; `None` where the article stays where it is kept.
    pub(super) packed: Option<Packed>,
    pub(super) card: Card,
    pub(super) source: String,
    /// [`Article::language`](crate::model::Article::language).
    pub language: Option<String>,
    /// Of every mention, in text order; places by their number in `places`, words by theirs in `names`.
    pub(super) glances: Vec<Glance>,
    /// What the mentions call places, folded.
    pub(super) names: Vec<String>,
    pub(super) places: Vec<Arriving>,
    pub(super) happenings: Happenings,
    pub(super) problems: Vec<Problem>,
}

impl Arrival {
    /// Makes an article ready.
    pub fn new(geoparsed: &Geoparsed) -> Arrival {
        Arrival::seen(geoparsed, geoparsed)
    }

    /// Makes an article ready that is seen otherwise than it was found, under what people say of it. It is packed as
    /// it was found.
    pub fn seen(found: &Geoparsed, geoparsed: &Geoparsed) -> Arrival {
        Arrival { packed: Some(Packed::new(found)), ..Arrival::again(found, geoparsed) }
    }

    /// The same for an article that stays where it is kept: on a shelf, seen through a lens.
    pub fn again(found: &Geoparsed, geoparsed: &Geoparsed) -> Arrival {
        let mut numbered = Numbered::default();
        let mut names: HashMap<String, u32> = HashMap::new();
        let mut glances = Vec::with_capacity(geoparsed.mentions.len());
        for mention in &geoparsed.mentions {
            let next = names.len() as u32;
            let words = gazetteer::fold(mention.span.of(&geoparsed.article.text));
            let name = *names.entry(words).or_insert(next);
            let key = mention.key();
            let number = found.mentions.binary_search_by_key(&key, |other| other.span).ok();
            let found = number.and_then(|number| found.mentions.get(number));
            let place = mention.place().map(|place| numbered.number(place));
            let found_place = found.and_then(Mention::place).map(|place| numbered.number(place));
            glances.push(Glance::of(geoparsed, mention, (place, name), (found, found_place)));
        }
        let places = numbered.places;
        let mut names: Vec<(String, u32)> = names.into_iter().collect();
        names.sort_unstable_by_key(|&(_, number)| number);
        let happenings = Happenings::of(geoparsed, &glances);
        let article = &geoparsed.article;
        Arrival {
            packed: None,
            card: Card { as_read: geoparsed.as_read, ..Card::of(article, 0) },
            source: article.source.clone().unwrap_or_default(),
            language: article.language.clone(),
            glances,
            names: names.into_iter().map(|(name, _)| name).collect(),
            places,
            happenings,
            problems: geoparsed.problems.clone(),
        }
    }

    /// The same for an article that was left out: it keeps its number, and mentions and tells nothing.
    #[must_use]
    pub fn left_out(self) -> Arrival {
        let (glances, names, places) = (Vec::new(), Vec::new(), Vec::new());
        let card = Card { removed: true, ..self.card };
        Arrival {
            card,
            glances,
            names,
            places,
            happenings: Happenings::default(),
            problems: Vec::new(),
            ..self
        }
    }

    /// The article as it was found; `None` where it stays where it is kept.
    pub fn article(&self) -> Option<Geoparsed> {
        self.packed.as_ref()?.unpack()
    }
}

/// The places of an article, each once.
#[derive(Default)]
struct Numbered<'a> {
    numbers: HashMap<&'a str, u32>,
    places: Vec<Arriving>,
}

impl<'a> Numbered<'a> {
    fn number(&mut self, place: &'a Arc<Place>) -> u32 {
        *self.numbers.entry(&place.id).or_insert_with(|| {
            self.places.push(arriving(place));
            self.places.len() as u32 - 1
        })
    }
}

pub(super) fn arriving(place: &Arc<Place>) -> Arriving {
    Arriving {
        at: mercator::project(place.lat, place.lon),
        folded: fold(&place.label()),
        place: Arc::clone(place),
    }
}
