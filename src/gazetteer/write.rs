//! Lays places out as a gazetteer file.
//! The same places give the same bytes, in whatever order they come.

use std::collections::BTreeMap;

use super::columns::{NONE, PER_DEGREE, RADIUS_UNIT, TEXT_ID};
use super::names::{name_code, name_weight};
use super::space::{HIGH, WIDE, cell};
use super::{GazetteerError, NameKind, file, fold, fold_loose};
use crate::model::Bbox;

/// A name of a place that goes into a gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct NewName {
    /// As it is written.
    pub text: String,
    /// What sort of name.
    pub kind: NameKind,
    /// Whether who writes it usually means this place, as far as the source tells: an English or official
    /// name does, an obscure alternate or the name of the state around a city of that name does not.
    pub usual: bool,
}

/// A place that goes into a gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub struct NewPlace {
    /// Identifier with prefix, at most 255 bytes: `geonames:360630`.
    pub id: String,
    /// The name to show; looked up by only where it is also among `names`.
    pub name: String,
    /// Latitude, degrees.
    pub lat: f64,
    /// Longitude, degrees.
    pub lon: f64,
    /// ISO 3166-1 alpha-2 code, or empty.
    pub country_code: String,
    /// GeoNames feature class.
    pub feature_class: char,
    /// GeoNames feature code, at most seven bytes.
    pub feature_code: String,
    /// Inhabitants; 0 where unknown. More than `u32::MAX` is stored as that.
    pub population: u64,
    /// Radius of a circle that covers most of it, metres; at most 6,553 km.
    pub radius_m: f64,
    /// Extent, where known.
    pub bbox: Option<Bbox>,
    /// How well known, 0 to 1.
    pub prominence: f32,
    /// Identifier of the smallest place around it; empty for none, and ignored where there is no such place.
    pub parent: String,
    /// Every name to look it up by.
    pub names: Vec<NewName>,
    /// Whether its names may also be met by another transliteration ([`fold_loose`]).
    pub loose: bool,
}

/// The file for these places. Fails where two places have one identifier, or none at all is given.
pub fn write(mut places: Vec<NewPlace>) -> Result<Vec<u8>, GazetteerError> {
    places.sort_by(|a, b| b.prominence.total_cmp(&a.prominence).then_with(|| a.id.cmp(&b.id)));
    let mut rows = BTreeMap::new();
    for (row, place) in places.iter().enumerate() {
        if rows.insert(place.id.as_str(), row as u32).is_some() {
            return Err(GazetteerError::Format(format!("two places have the identifier {}", place.id)));
        }
    }
    let mut sections = columns(&places, &rows)?;
    sections.extend(grid(&places));
    let mut lists = Vec::new();
    sections.push((*b"fst ", name_map(&places, false, &mut lists)?));
    sections.push((*b"fstl", name_map(&places, true, &mut lists)?));
    sections.push((*b"list", lists));
    Ok(file::assemble(*b"GAZ1", &sections))
}

type NamedSection = ([u8; 4], Vec<u8>);

fn columns(places: &[NewPlace], rows: &BTreeMap<&str, u32>) -> Result<Vec<NamedSection>, GazetteerError> {
    let degrees = |value: f64| ((value * PER_DEGREE).round() as i32).to_le_bytes();
    let column = |name: &[u8; 4], bytes: Vec<u8>| (*name, bytes);
    let each = |value: &dyn Fn(&NewPlace) -> Vec<u8>| places.iter().flat_map(value).collect::<Vec<u8>>();
    let (features, feature_table) = features(places)?;
    let mut sections = ids(places, rows);
    sections.extend([
        column(b"lat ", each(&|place| degrees(place.lat).to_vec())),
        column(b"lon ", each(&|place| degrees(place.lon).to_vec())),
        column(
            b"pop ",
            each(&|place| u32::try_from(place.population).unwrap_or(u32::MAX).to_le_bytes().to_vec()),
        ),
        column(
            b"cc  ",
            each(&|place| match place.country_code.as_bytes() {
                &[a, b] => vec![a, b],
                _ => vec![0, 0],
            }),
        ),
        column(b"feat", features),
        column(b"fnam", feature_table),
        column(
            b"prom",
            each(&|place| {
                ((place.prominence.clamp(0.0, 1.0) * f32::from(u16::MAX)).round() as u16)
                    .to_le_bytes()
                    .to_vec()
            }),
        ),
        column(
            b"rad ",
            each(&|place| ((place.radius_m / RADIUS_UNIT).round() as u16).to_le_bytes().to_vec()),
        ),
        column(
            b"par ",
            each(&|place| rows.get(place.parent.as_str()).copied().unwrap_or(NONE).to_le_bytes().to_vec()),
        ),
        column(b"name", each(&|place| place.name.as_bytes().to_vec())),
    ]);
    let mut end = 0;
    let ends = places.iter().flat_map(|place| {
        end += place.name.len() as u32;
        end.to_le_bytes()
    });
    sections.push(column(b"nend", ends.collect()));
    let boxed = || places.iter().enumerate().filter_map(|(row, place)| Some((row as u32, place.bbox?)));
    sections.push(column(b"boxr", boxed().flat_map(|(row, _)| row.to_le_bytes()).collect()));
    let edges = boxed().flat_map(|(_, bbox)| [bbox.west, bbox.south, bbox.east, bbox.north]);
    sections.push(column(b"box ", edges.flat_map(degrees).collect()));
    Ok(sections)
}

/// The identifiers, and the rows in the order of their numbers and of their texts.
fn ids(places: &[NewPlace], rows: &BTreeMap<&str, u32>) -> Vec<NamedSection> {
    let number = |id: &str| id.strip_prefix("geonames:").and_then(|digits| digits.parse::<u32>().ok());
    let (mut ids, mut texts) = (Vec::new(), Vec::new());
    let mut numbered = Vec::new();
    for (row, place) in places.iter().enumerate() {
        let id = match number(&place.id) {
            Some(number) => {
                numbered.push((number, row as u32));
                number
            }
            None => {
                let offset = texts.len() as u32;
                let text = &place.id.as_bytes()[..place.id.len().min(255)];
                texts.push(text.len() as u8);
                texts.extend_from_slice(text);
                offset | TEXT_ID
            }
        };
        ids.extend_from_slice(&id.to_le_bytes());
    }
    numbered.sort_unstable();
    let by_text = rows.iter().filter(|(id, _)| number(id).is_none()).flat_map(|(_, row)| row.to_le_bytes());
    vec![
        (*b"id  ", ids),
        (*b"tid ", texts),
        (*b"idn ", numbered.iter().flat_map(|(_, row)| row.to_le_bytes()).collect()),
        (*b"idt ", by_text.collect()),
    ]
}

/// The feature of each place as a number, and the table of those numbers.
fn features(places: &[NewPlace]) -> Result<(Vec<u8>, Vec<u8>), GazetteerError> {
    let mut numbers: BTreeMap<(char, &str), u8> =
        places.iter().map(|place| ((place.feature_class, place.feature_code.as_str()), 0)).collect();
    let mut table = Vec::new();
    for (number, ((class, code), slot)) in numbers.iter_mut().enumerate() {
        *slot = u8::try_from(number)
            .map_err(|_| GazetteerError::Format("more than 256 kinds of feature".to_owned()))?;
        table.extend_from_slice(format!("{}{code:<7.7}", class.to_ascii_uppercase()).as_bytes());
    }
    let column =
        places.iter().map(|place| numbers[&(place.feature_class, place.feature_code.as_str())]).collect();
    Ok((column, table))
}

fn grid(places: &[NewPlace]) -> [NamedSection; 2] {
    let mut cells = vec![Vec::new(); WIDE * HIGH];
    for (row, place) in places.iter().enumerate() {
        let (y, x) = cell(place.lat, place.lon);
        cells[y * WIDE + x].push(row as u32);
    }
    let (mut ends, mut rows, mut end) = (Vec::new(), Vec::new(), 0u32);
    for cell in cells {
        end += cell.len() as u32;
        ends.extend_from_slice(&end.to_le_bytes());
        rows.extend(cell.iter().flat_map(|row: &u32| row.to_le_bytes()));
    }
    [(*b"cend", ends), (*b"cell", rows)]
}

/// The finite-state map of all folded names, or of the loose ones; lists of places that share a name are
/// appended to `lists`.
fn name_map(places: &[NewPlace], loose: bool, lists: &mut Vec<u8>) -> Result<Vec<u8>, GazetteerError> {
    let mut postings: Vec<(String, u32, u32)> = Vec::new();
    for (row, place) in places.iter().enumerate().filter(|(_, place)| !loose || place.loose) {
        let usual = |name: &&NewName| !loose || name.usual || name.kind == NameKind::Primary;
        for name in place.names.iter().filter(usual) {
            let key = if loose { fold_loose(&name.text) } else { fold(&name.text) };
            let code = name_code(name.kind, name.usual);
            if let (false, Some(bare)) = (loose, key.strip_prefix("the ")) {
                postings.push((bare.to_owned(), row as u32, code));
            }
            if !key.is_empty() {
                postings.push((key, row as u32, code));
            }
        }
    }
    // Of a place's ways to bear one name the most telling counts: "UK" is an abbreviation and "Saudi" a
    // demonym, though some source lists both among the alternate names.
    let telling = |code: u32| match code >> 1 {
        _ if code == 0 => 0,
        2 => 1,
        3 => 2,
        kind => 3 + kind,
    };
    postings.sort_unstable_by(|a, b| (&a.0, a.1, telling(a.2), a.2).cmp(&(&b.0, b.1, telling(b.2), b.2)));
    postings.dedup_by(|next, kept| next.0 == kept.0 && next.1 == kept.1);
    let failed = |error: fst::Error| GazetteerError::Format(format!("its names cannot be written ({error})"));
    let mut map = fst::MapBuilder::memory();
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        let mut group: Vec<&(String, u32, u32)> = group.iter().collect();
        let score =
            |&&(_, row, code): &&(String, u32, u32)| places[row as usize].prominence * name_weight(code);
        group.sort_by(|a, b| score(b).total_cmp(&score(a)).then(a.1.cmp(&b.1)));
        let posting = |&&(_, row, code): &&(String, u32, u32)| row << 3 | code;
        let value = match group.as_slice() {
            [one] => u64::from(posting(one)) << 1 | 1,
            _ => {
                let offset = lists.len() as u64 / 4;
                lists.extend_from_slice(&(group.len() as u32).to_le_bytes());
                lists.extend(group.iter().flat_map(|one| posting(one).to_le_bytes()));
                offset << 1
            }
        };
        map.insert(&group[0].0, value).map_err(failed)?;
    }
    map.into_inner().map_err(failed)
}
