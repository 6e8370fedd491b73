//! Points and extents of countries and divisions, from Natural Earth's polygons and from towns.
//! A polygon belongs to the division that most of the towns within it belong to: names and codes differ
//! too much between the sources, and France's polygons are départements, its divisions regions.

use std::collections::BTreeMap;

use geo::{
    Area, BoundingRect, Centroid, Contains, GeodesicArea, InteriorPoint, Intersects, MultiPolygon, Point,
    Polygon,
};
use rayon::prelude::*;

use super::world::{Draft, World};
use super::{BuildError, Sources};
use crate::gazetteer::{NameKind, fold};
use crate::model::Bbox;

const MAP: &str = "deb/usr/share/qgis/resources/data/world_map.gpkg";

struct Shape {
    /// What Natural Earth calls it, mostly in English.
    name: String,
    polygons: MultiPolygon,
    bounds: geo::Rect,
}

/// Natural Earth's first-level polygons and the division that each belongs to.
pub(super) struct DivisionMap {
    shapes: Vec<Shape>,
    owners: Vec<Option<String>>,
}

impl DivisionMap {
    pub(super) fn read(world: &World, sources: &Sources) -> Result<Self, BuildError> {
        let shapes = read_shapes(sources)?;
        let owners = owners(world, &shapes);
        Ok(Self { shapes, owners })
    }

    /// The first-level division that a point lies in.
    fn division_at(&self, lat: f64, lon: f64) -> Option<&str> {
        let point = Point::new(lon, lat);
        let around = |(shape, _): &(&Shape, &Option<String>)| {
            shape.bounds.intersects(&point) && shape.polygons.contains(&point)
        };
        self.shapes.iter().zip(&self.owners).find(around)?.1.as_deref()
    }

    /// Puts small places that have at most a country into the division around them: lakes, landmarks,
    /// airports.
    pub(super) fn contain(&self, world: &mut World) {
        const SMALL: f64 = 40_000.0;
        let mut containers = Vec::new();
        for (id, draft) in &world.places {
            let place = &draft.place;
            let country = world.codes.get(&place.country_code);
            let open = place.parent.is_empty() || Some(&place.parent) == country;
            if open && draft.placed && place.radius_m < SMALL && !matches!(place.feature_class, 'A' | 'P') {
                let division = self.division_at(place.lat, place.lon).and_then(|id| world.places.get(id));
                let fits = |division: &&Draft| {
                    place.country_code.is_empty() || place.country_code == division.place.country_code
                };
                if let Some(division) = division.filter(fits) {
                    let country = division.place.country_code.clone();
                    containers.push((id.clone(), division.place.id.clone(), country));
                }
            }
        }
        for (id, division, country) in containers {
            if let Some(draft) = world.places.get_mut(&id) {
                draft.place.parent = division;
                draft.place.country_code = country;
            }
        }
    }
}

/// Gives points, extents and names to countries and divisions, from their polygons or their towns.
pub(super) fn place_divisions(world: &mut World, map: &DivisionMap) {
    let DivisionMap { shapes, owners } = map;
    let mut parts: BTreeMap<String, Vec<Polygon>> = BTreeMap::new();
    for (shape, owner) in shapes.iter().zip(owners) {
        if let Some(division) = owner.clone() {
            if owners.iter().flatten().filter(|other| **other == division).count() == 1 {
                name_division(world, &division, &shape.name);
            }
            if let Some(country) = world.places.get(&division).map(|draft| draft.place.parent.clone()) {
                parts.entry(country).or_default().extend(shape.polygons.0.iter().cloned());
            }
            parts.entry(division).or_default().extend(shape.polygons.0.iter().cloned());
        }
    }
    for (id, polygons) in parts {
        if let Some(draft) = world.places.get_mut(&id) {
            let extent = Extent::of(polygons);
            draft.place.bbox = Some(extent.bbox);
            if draft.place.feature_code == "ADM1" {
                draft.place.radius_m = extent.radius_m;
            }
            if !draft.placed {
                (draft.place.lat, draft.place.lon, draft.placed) = (extent.lat, extent.lon, true);
            }
        }
    }
    place_by_towns(world);
}

/// Gives a division that is one shape the shape's name. It is the one to show where GeoNames knows it too:
/// “Chechnya”, not “Chechenskaya Respublika”.
fn name_division(world: &mut World, division: &str, name: &str) {
    let Some(draft) = world.places.get_mut(division) else {
        return;
    };
    let place = &mut draft.place;
    // “Aleppo (Halab)”
    let name = name.split(" (").next().unwrap_or(name).trim();
    if fold(name).is_empty() {
        return;
    }
    let known = place.names.iter().any(|known| fold(&known.text) == fold(name));
    let russian = ["oblast'", "kray", "Respublika"].iter().any(|word| place.name.contains(word));
    let full = match place.name.rsplit_once(' ') {
        Some((_, "oblast'")) => format!("{name} Oblast"),
        Some((_, "kray")) => format!("{name} Krai"),
        _ => name.to_owned(),
    };
    let titled =
        place.name.ends_with("blast") || place.name.ends_with("Krai") || place.name.ends_with("Governorate");
    if (known && !titled && fold(name) != fold(&place.name)) || russian {
        full.clone_into(&mut place.name);
    }
    if known && !titled {
        for known in place.names.iter_mut().filter(|known| known.kind == NameKind::Primary) {
            known.kind = NameKind::Alternate;
        }
        draft.name(name, NameKind::Primary, true);
    } else {
        draft.name(name, NameKind::Alternate, true);
    }
}

/// Which first-level division each shape belongs to.
fn owners(world: &World, shapes: &[Shape]) -> Vec<Option<String>> {
    let mut buckets: BTreeMap<(i32, i32), Vec<usize>> = BTreeMap::new();
    for (number, shape) in shapes.iter().enumerate() {
        let (low, high) = (shape.bounds.min(), shape.bounds.max());
        for y in low.y.floor() as i32..=high.y.floor() as i32 {
            for x in low.x.floor() as i32..=high.x.floor() as i32 {
                buckets.entry((y, x)).or_default().push(number);
            }
        }
    }
    let towns: Vec<(&str, Point)> = world
        .places
        .values()
        .filter(|draft| draft.place.feature_class == 'P')
        .filter_map(|draft| {
            let division = division_of(world, &draft.place.parent)?;
            Some((division, Point::new(draft.place.lon, draft.place.lat)))
        })
        .collect();
    let votes: Vec<(usize, &str)> = towns
        .par_iter()
        .flat_map_iter(|&(division, point)| {
            let near = buckets.get(&(point.y().floor() as i32, point.x().floor() as i32));
            near.into_iter()
                .flatten()
                .filter(move |&&number| shapes[number].polygons.contains(&point))
                .map(move |&number| (number, division))
        })
        .collect();
    let mut counts = vec![BTreeMap::<&str, usize>::new(); shapes.len()];
    for (shape, division) in votes {
        *counts[shape].entry(division).or_default() += 1;
    }
    let most = |counts: BTreeMap<&str, usize>| {
        let best = counts.iter().max_by_key(|&(id, count)| (*count, std::cmp::Reverse(*id)))?;
        Some((*best.0).to_owned())
    };
    counts.into_iter().map(most).collect()
}

/// The first-level division at or above a place.
fn division_of<'w>(world: &'w World, mut id: &'w str) -> Option<&'w str> {
    for _ in 0..4 {
        let place = &world.places.get(id)?.place;
        if place.feature_code == "ADM1" {
            return Some(id);
        }
        id = &place.parent;
    }
    None
}

/// What the polygons of a place say of it.
struct Extent {
    lat: f64,
    lon: f64,
    radius_m: f64,
    bbox: Bbox,
}

impl Extent {
    fn of(polygons: Vec<Polygon>) -> Self {
        let mut sized: Vec<(f64, Polygon)> =
            polygons.into_iter().map(|polygon| (polygon.unsigned_area(), polygon)).collect();
        sized.sort_by(|a, b| b.0.total_cmp(&a.0));
        let whole: f64 = sized.iter().map(|(area, _)| area).sum();
        // Far islets say nothing of where a country lies: the parts that make up 97 % of it do.
        let mut seen = 0.0;
        let main: Vec<Polygon> = sized
            .into_iter()
            .take_while(|(area, _)| {
                let begun = seen < 0.97 * whole || seen == 0.0;
                seen += area;
                begun
            })
            .map(|(_, polygon)| polygon)
            .collect();
        let main = MultiPolygon(main);
        // An archipelago's middle is in the sea; a crescent's point should not be.
        let inside = |centre: &Point| main.0.len() > 1 || main.contains(centre);
        let centre = main
            .centroid()
            .filter(inside)
            .or_else(|| main.interior_point())
            .unwrap_or_else(|| Point::new(0.0, 0.0));
        let bbox = bbox(&main);
        // By polygon and without its sign: a ring that runs clockwise encloses the rest of the globe.
        let area: f64 = main.0.iter().map(|part| part.geodesic_area_signed().abs()).sum();
        let radius_m = (area / std::f64::consts::PI).sqrt();
        Self { lat: centre.y(), lon: centre.x(), radius_m, bbox }
    }
}

/// The box around the parts, across the antimeridian where that is narrower.
fn bbox(parts: &MultiPolygon) -> Bbox {
    let bounds: Vec<geo::Rect> = parts.0.iter().filter_map(BoundingRect::bounding_rect).collect();
    let fold = |value: &dyn Fn(&geo::Rect) -> f64, pick: fn(f64, f64) -> f64, start: f64| {
        bounds.iter().map(value).fold(start, pick)
    };
    let (south, north) = (fold(&|b| b.min().y, f64::min, 90.0), fold(&|b| b.max().y, f64::max, -90.0));
    let (west, east) = (fold(&|b| b.min().x, f64::min, 180.0), fold(&|b| b.max().x, f64::max, -180.0));
    let turned = |x: f64| if x < 0.0 { x + 360.0 } else { x };
    let far_west = fold(&|b| turned(b.min().x), f64::min, 360.0);
    let far_east = fold(
        &|b| {
            if b.max().x <= 0.0 { b.max().x + 360.0 } else { b.max().x }
        },
        f64::max,
        0.0,
    );
    if far_east - far_west < east - west && far_east > 180.0 && far_west < 180.0 {
        Bbox { west: far_west, south, east: far_east - 360.0, north }
    } else {
        Bbox { west, south, east, north }
    }
}

/// Divisions and countries that no polygon fell to: the middle of their towns; and of all divisions the
/// people of their towns.
fn place_by_towns(world: &mut World) {
    let mut members: BTreeMap<String, Vec<(f64, f64)>> = BTreeMap::new();
    let mut people: BTreeMap<String, u64> = BTreeMap::new();
    for draft in world.places.values().filter(|draft| draft.place.feature_class == 'P') {
        let mut id = draft.place.parent.as_str();
        while let Some(container) = world.places.get(id).filter(|draft| draft.place.feature_class == 'A') {
            members.entry(id.to_owned()).or_default().push((draft.place.lat, draft.place.lon));
            // Parts of towns are counted with the town.
            if draft.place.feature_code != "PPLX" {
                *people.entry(id.to_owned()).or_default() += draft.place.population;
            }
            id = container.place.parent.as_str();
        }
    }
    for (id, towns) in members {
        let Some(draft) = world.places.get_mut(&id) else {
            continue;
        };
        if draft.place.population == 0 {
            draft.place.population = people.get(&id).copied().unwrap_or(0);
        }
        if !draft.placed {
            let middle = |pick: fn(&(f64, f64)) -> f64| {
                let mut values: Vec<f64> = towns.iter().map(pick).collect();
                values.sort_by(f64::total_cmp);
                values[values.len() / 2]
            };
            (draft.place.lat, draft.place.lon, draft.placed) =
                (middle(|town| town.0), middle(|town| town.1), true);
        }
        if draft.place.radius_m == 0.0 {
            draft.place.radius_m = 20_000.0;
        }
    }
}

fn read_shapes(sources: &Sources) -> Result<Vec<Shape>, BuildError> {
    let path = sources.path(MAP);
    let failed = |error: rusqlite::Error| BuildError::new(&path, error);
    let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
    let map = rusqlite::Connection::open_with_flags(&path, flags).map_err(failed)?;
    let mut query = map.prepare("select geom, name from states_provinces order by fid").map_err(failed)?;
    let rows = query
        .query_map([], |row| Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Option<String>>(1)?)))
        .map_err(failed)?;
    let mut shapes = Vec::new();
    for row in rows {
        let (blob, name) = row.map_err(failed)?;
        let polygons =
            multi_polygon(&blob).ok_or_else(|| BuildError::new(&path, "a geometry is malformed"))?;
        if let Some(bounds) = polygons.bounding_rect() {
            shapes.push(Shape { name: name.unwrap_or_default(), polygons, bounds });
        }
    }
    Ok(shapes)
}

/// The multipolygon in a GeoPackage blob: a header with an envelope, then well-known binary
/// (<https://www.geopackage.org/spec/#gpb_format>).
fn multi_polygon(blob: &[u8]) -> Option<MultiPolygon> {
    let envelope = match (blob.get(3)? >> 1) & 7 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return None,
    };
    let mut reader = Wkb { bytes: blob.get(8 + envelope..)? };
    reader.header(6)?;
    let mut polygons = Vec::new();
    for _ in 0..reader.count()? {
        reader.header(3)?;
        let mut rings = Vec::new();
        for _ in 0..reader.count()? {
            let points: Option<Vec<geo::Coord>> = (0..reader.count()?)
                .map(|_| Some(geo::Coord { x: reader.double()?, y: reader.double()? }))
                .collect();
            rings.push(geo::LineString(points?));
        }
        let mut rings = rings.into_iter();
        polygons.push(Polygon::new(rings.next()?, rings.collect()));
    }
    Some(MultiPolygon(polygons))
}

/// Little-endian well-known binary.
struct Wkb<'b> {
    bytes: &'b [u8],
}

impl Wkb<'_> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.bytes.split_first_chunk::<N>()?;
        self.bytes = rest;
        Some(*head)
    }

    fn header(&mut self, kind: u32) -> Option<()> {
        (self.take::<1>()? == [1] && self.count()? == kind).then_some(())
    }

    fn count(&mut self) -> Option<u32> {
        self.take().map(u32::from_le_bytes)
    }

    fn double(&mut self) -> Option<f64> {
        self.take().map(f64::from_le_bytes)
    }
}
