//! Edits of places and of names in all articles, and places of a person's own.
//! A place of one's own has a number that is made of what it is, so that two copies of a project never give one number
//! to two places.

use std::sync::Arc;

use xxhash_rust::xxh3::Xxh3;

use crate::gazetteer::fold;
use crate::model::mercator::wrapped;
use crate::model::words::counted;
use crate::model::{Place, Precision};
use crate::project::edit::{Edit, Field, Target, Value};
use crate::project::overlay::stands_for;
use crate::project::state::State;

/// Letters of a name that an identifier has.
const SLUG: usize = 40;

/// A place that a person sets on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Pin {
    /// What it is called.
    pub name: String,
    /// Latitude, WGS 84 degrees.
    pub lat: f64,
    /// Longitude, WGS 84 degrees.
    pub lon: f64,
    /// How exactly it says where.
    pub precision: Precision,
    /// Radius of a circle about the point that covers it, metres.
    pub radius_m: f64,
}

/// The place of a pin, in the country and division of `near`, a place of a gazetteer. `None` where it has no name, or
/// its point is not on Earth.
///
/// ```
/// use dateline::model::Precision;
/// use dateline::project::change::{Pin, pin};
/// let camp = Pin { name: "Camp Zero".into(), lat: 30.1, lon: 391.2, precision: Precision::Point, radius_m: 200.0 };
/// let place = pin(&camp, None).unwrap();
/// assert!(place.id.starts_with("own:camp-zero-"));
/// assert!((place.lon - 31.2).abs() < 1e-6);
/// assert_eq!(pin(&Pin { lat: f64::NAN, ..camp }, None), None);
/// ```
pub fn pin(pin: &Pin, near: Option<&Place>) -> Option<Place> {
    let name = pin.name.trim();
    let on_earth = pin.lat.abs() <= 90.0 && pin.lon.is_finite() && pin.radius_m.is_finite();
    if name.is_empty() || !on_earth {
        return None;
    }
    // A decimetre is all that anybody can point at, and it is written in few digits.
    let (lat, lon) = (rounded(pin.lat, 1e6), rounded(wrapped(pin.lon), 1e6));
    let radius_m = rounded(pin.radius_m.max(0.0), 10.0);
    let (feature_class, feature_code) = match pin.precision {
        Precision::Point => ('S', ""),
        Precision::Settlement => ('P', "PPL"),
        Precision::District | Precision::Region | Precision::Country | Precision::Wider => ('L', "RGN"),
    };
    let part = |part: fn(&Place) -> &String| near.map(part).cloned().unwrap_or_default();
    let place = Place {
        id: String::new(),
        name: name.to_owned(),
        lat,
        lon,
        country_code: part(|near| &near.country_code),
        country: part(|near| &near.country),
        admin1: part(|near| &near.admin1),
        feature_class,
        feature_code: feature_code.to_owned(),
        population: 0,
        precision: pin.precision,
        radius_m,
        bbox: None,
    };
    let mut number = Xxh3::new();
    number.update(name.as_bytes());
    [place.lat, place.lon, place.radius_m]
        .iter()
        .for_each(|part| number.update(&part.to_bits().to_le_bytes()));
    number.update(place.precision.as_str().as_bytes());
    let slug: String = fold(name).replace(' ', "-").chars().take(SLUG).collect();
    Some(Place { id: format!("own:{slug}-{}", number.digest() & 0xffff_ffff), ..place })
}

fn rounded(value: f64, parts: f64) -> f64 {
    // Nought has one sign.
    (value * parts).round() / parts + 0.0
}

/// Places are the same as another, which stands for all of them from now on.
pub fn same_as(state: &State, places: &[Arc<Place>], one: &Arc<Place>) -> Edit {
    let others: Vec<&Arc<Place>> = places.iter().filter(|place| place.id != one.id).collect();
    let target = |place: &Place| Target::Place(place.id.clone());
    // It may have given way to one of them before.
    let itself = (target(one), Field::SameAs, None);
    let same = others.iter().map(|place| (target(place), Field::SameAs, Some(Value::Place(Arc::clone(one)))));
    let title = match others.as_slice() {
        [other] => format!("{} is the same as {}", other.label(), one.label()),
        _ => format!("{} are the same as {}", counted(others.len(), "place"), one.label()),
    };
    state.edit(title, std::iter::once(itself).chain(same))
}

/// A place stands for no other any more, and no other for it.
pub fn split(state: &State, place: &Place) -> Edit {
    let leads_here = |id: &str| id == place.id || stands_for(state, id).is_some_and(|end| end.id == place.id);
    let places = state.places().keys().filter(|(id, field)| *field == Field::SameAs && leads_here(id));
    let apart = places.map(|(id, field)| (Target::Place(id.clone()), *field, None));
    state.edit(format!("{} by itself", place.label()), apart)
}

/// A name means a place in all articles, wherever nobody decides otherwise. An edit without values where the name has no
/// letters.
pub fn alias(state: &State, name: &str, place: &Arc<Place>) -> Edit {
    let folded = fold(name);
    let value = (!folded.is_empty()).then(|| Value::Place(Arc::clone(place)));
    let title = format!("“{}” means {} everywhere", name.trim(), place.label());
    state.edit(title, [(Target::Name(folded), Field::Means, value)])
}

/// A name means nothing in particular any more.
pub fn unalias(state: &State, name: &str) -> Edit {
    let title = format!("“{}” means no one place", name.trim());
    state.edit(title, [(Target::Name(fold(name)), Field::Means, None)])
}
