//! Joins what came in about each place, and settles what nobody said: prominence, extent, what lies around it.
//! The records that come out are sorted by prominence, which is the order of the rows.

use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::sorter::{Sorted, Sorter};
use super::{NewName, NewPlace, Step, Stopped, Written, tell};
use crate::gazetteer::columns::{Id, PER_DEGREE, RADIUS_UNIT};
use crate::gazetteer::names::{PLAIN, name_code};
use crate::gazetteer::{NameKind, fold, prominence};

/// Names of one place that are looked up by, at most; more are a fault in the source.
const NAMES: usize = 4096;

/// What came in about a place.
pub(super) enum Part<'a> {
    Place(&'a NewPlace),
    Name(&'a NewName),
    Parent(&'a str),
}

/// A place as its row will have it.
#[derive(Serialize, Deserialize)]
pub(super) struct Ready<'a> {
    pub(super) id: &'a str,
    pub(super) name: &'a str,
    /// Longitude and latitude in stored units.
    pub(super) point: (i32, i32),
    pub(super) population: u32,
    pub(super) country: [u8; 2],
    pub(super) class: char,
    pub(super) code: &'a str,
    pub(super) radius: u16,
    /// West, south, east, north in stored units.
    pub(super) bbox: Option<[i32; 4]>,
    /// Identifier of the place around it; empty for none.
    pub(super) parent: &'a str,
    pub(super) loose: bool,
    /// Folded names with what sort each is.
    #[serde(borrow)]
    pub(super) names: Vec<(&'a str, u8)>,
}

/// A key that sorts as identifiers do, and that none other begins with.
pub(super) fn id_key(id: &str, key: &mut Vec<u8>) {
    match Id::of(id) {
        Id::GeoNames(number) => {
            key.push(0);
            key.extend(number.to_be_bytes());
        }
        Id::Text(text) => {
            key.push(1);
            key.extend(text.bytes().filter(|&byte| byte != 0));
            key.push(0);
        }
    }
}

/// Length of the identifier's key that a key begins with.
fn id_length(key: &[u8]) -> usize {
    match key.first() {
        Some(0) => 5,
        _ => key.iter().position(|&byte| byte == 0).map_or(key.len(), |end| end + 1),
    }
}

/// Adds a part to those of its place.
pub(super) fn insert(parts: &mut Sorter, id: &str, part: &Part<'_>) -> io::Result<()> {
    let mut key = Vec::with_capacity(16);
    id_key(id, &mut key);
    let (kind, value) = match part {
        Part::Place(place) => (0, encode(place)?),
        Part::Name(name) => (1, encode(name)?),
        Part::Parent(parent) => (2, parent.as_bytes().to_vec()),
    };
    key.push(kind);
    key.extend(parts.count().to_be_bytes());
    parts.insert(&key, &value)
}

fn encode(value: &impl Serialize) -> io::Result<Vec<u8>> {
    postcard::to_allocvec(value).map_err(io::Error::other)
}

/// One place's parts, as they are met.
#[derive(Default)]
struct Met {
    key: Vec<u8>,
    place: Option<NewPlace>,
    parent: String,
}

/// Joins all parts by place.
pub(super) fn join(
    parts: Sorter,
    codes: &BTreeMap<String, String>,
    folder: &Path,
    written: &mut Written,
    step: &mut dyn FnMut(Step) -> ControlFlow<()>,
) -> Result<Sorted, Stopped> {
    let mut parts = parts.sorted()?;
    let mut ready = Sorter::new(folder);
    let mut met = Met::default();
    let (mut done, all) = (0, parts.count);
    while let Some((key, value)) = parts.next()? {
        let id = id_length(key);
        if key[..id] != met.key {
            settle(std::mem::take(&mut met), codes, &mut ready)?;
            met.key = key[..id].to_vec();
        }
        match (key.get(id), &mut met.place) {
            (Some(0), Some(_)) => written.repeated += 1,
            (Some(0), place) => *place = Some(postcard::from_bytes(value).map_err(io::Error::other)?),
            (Some(1), Some(place)) => {
                place.names.push(postcard::from_bytes(value).map_err(io::Error::other)?)
            }
            (Some(1), None) => written.orphaned += 1,
            _ if met.parent.is_empty() => met.parent = String::from_utf8_lossy(value).into_owned(),
            _ => {}
        }
        done += 1;
        tell(step, "joining names to places", done, all)?;
    }
    settle(met, codes, &mut ready)?;
    Ok(ready.sorted()?)
}

/// Settles a place and puts it among those that are ready.
fn settle(met: Met, codes: &BTreeMap<String, String>, ready: &mut Sorter) -> io::Result<()> {
    let Some(place) = met.place else { return Ok(()) };
    let names = folded(&place);
    let (class, code) = (place.feature_class, place.feature_code.as_str());
    let known = place
        .prominence
        .unwrap_or_else(|| prominence::prominence(class, code, place.population, names.len()))
        .clamp(0.0, 1.0);
    let radius = match place.radius_m {
        radius if radius > 0.0 => radius,
        _ => prominence::radius_m(class, code, place.population),
    };
    let units = |degrees: f64| (degrees * PER_DEGREE).round() as i32;
    let row = Ready {
        id: &place.id,
        name: &place.name,
        point: (units(place.lon), units(place.lat)),
        population: u32::try_from(place.population).unwrap_or(u32::MAX),
        country: place.country_code.as_bytes().try_into().unwrap_or_default(),
        class,
        code,
        radius: (radius / RADIUS_UNIT).round() as u16,
        bbox: place.bbox.map(|bbox| [bbox.west, bbox.south, bbox.east, bbox.north].map(units)),
        parent: parent(&place, &met.parent, codes),
        loose: place.loose,
        names: names.iter().map(|(name, code)| (name.as_str(), *code)).collect(),
    };
    // Rows come by prominence, so it is the key's beginning, the most prominent first.
    let mut key = (u16::MAX - (known * f32::from(u16::MAX)).round() as u16).to_be_bytes().to_vec();
    key.extend(met.key);
    ready.insert(&key, &encode(&row)?)
}

/// The names after folding, each once with its most telling sort: “UK” is an abbreviation and “Saudi” a demonym,
/// though some source lists both among the alternate names.
fn folded(place: &NewPlace) -> Vec<(String, u8)> {
    let telling = |kind: NameKind, code: u8| match kind {
        NameKind::Primary if u32::from(code) & !PLAIN == 0 => 0,
        NameKind::Demonym => 1,
        NameKind::Abbreviation => 2,
        NameKind::Primary => 3,
        NameKind::Alternate => 4,
    };
    let mut folded = Vec::new();
    for name in place.names.iter().take(NAMES) {
        let key = fold(&name.text);
        let shown = name.kind == NameKind::Primary && place.name.eq_ignore_ascii_case(&key);
        let code = (name_code(name.kind, name.usual) | if shown { PLAIN } else { 0 }) as u8;
        if let Some(bare) = key.strip_prefix("the ") {
            folded.push((bare.to_owned(), telling(name.kind, code), code));
        }
        if !key.is_empty() {
            folded.push((key, telling(name.kind, code), code));
        }
    }
    folded.sort_unstable();
    folded.dedup_by(|next, kept| next.0 == kept.0);
    folded.into_iter().map(|(name, _, code)| (name, code)).collect()
}

/// The identifier of the smallest place around this one that anybody names; empty for none.
fn parent<'p>(place: &'p NewPlace, said: &'p str, codes: &'p BTreeMap<String, String>) -> &'p str {
    if place.parent.contains(':') && place.parent != place.id {
        return &place.parent;
    }
    let mut code = place.parent.as_str();
    let own = |id: &&String| **id != place.id;
    let known = loop {
        if let Some(id) = codes.get(code).filter(own) {
            break Some(id);
        }
        match code.rsplit_once('.') {
            Some((shorter, _)) => code = shorter,
            None => break None,
        }
    };
    let said = (!said.is_empty() && said != place.id).then_some(said);
    // What a hierarchy says is nearer than a country.
    match (known, said) {
        (Some(id), None) => id,
        (Some(id), Some(_)) if code.contains('.') => id,
        (_, Some(said)) => said,
        (None, None) => codes.get(&place.country_code).filter(own).map_or("", String::as_str),
    }
}
