//! Points and extents of countries and divisions, from Natural Earth's polygons.
//! A polygon belongs to the division that most of the towns within it belong to: names and codes differ
//! too much between the sources, and France's polygons are départements, its divisions regions.

use std::collections::{BTreeMap, BTreeSet};

use geo::{
    Area, BoundingRect, Centroid, Contains, GeodesicArea, InteriorPoint, Intersects, MapCoordsInPlace,
    MultiPolygon, Point, Polygon,
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
    owners: Vec<Option<Owner>>,
}

/// The division that most of the towns in a shape belong to.
struct Owner {
    id: String,
    /// Whether it reaches no farther than the shape shows. Kenya's shapes are the provinces of old, of which the
    /// counties are parts.
    whole: bool,
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
        let around = |(shape, _): &(&Shape, &Option<Owner>)| {
            shape.bounds.intersects(&point) && shape.polygons.contains(&point)
        };
        let owner = self.shapes.iter().zip(&self.owners).find(around)?.1.as_ref()?;
        owner.whole.then_some(owner.id.as_str())
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

/// Gives points, extents and names to countries and divisions, from their polygons.
pub(super) fn place_divisions(world: &mut World, map: &DivisionMap) {
    let mut parts: BTreeMap<String, Vec<Polygon>> = BTreeMap::new();
    let mut former = Vec::new();
    let shapes_of =
        |id: &str| map.owners.iter().flatten().filter(|owner| owner.whole && owner.id == id).count();
    for (shape, owner) in map.shapes.iter().zip(&map.owners) {
        let Some(Owner { id, whole }) = owner else { continue };
        let Some(division) = world.places.get(id) else { continue };
        let (country, code) = (division.place.parent.clone(), division.place.country_code.clone());
        parts.entry(country).or_default().extend(shape.polygons.0.iter().cloned());
        if *whole {
            parts.entry(id.clone()).or_default().extend(shape.polygons.0.iter().cloned());
        }
        if *whole && shapes_of(id) == 1 {
            name_division(world, id, &shape.name);
        } else {
            former.push((shape, code));
        }
    }
    add_former(world, &former);
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
}

/// Adds the shapes that are no division of today and have a name that nothing in their country has: Vietnam's
/// provinces before they were joined in 2025, Kenya's before 2013.
fn add_former(world: &mut World, shapes: &[(&Shape, String)]) {
    let mut known: BTreeSet<(String, String)> = BTreeSet::new();
    for draft in world.places.values().filter(|draft| matches!(draft.place.feature_class, 'A' | 'L' | 'T')) {
        let country = &draft.place.country_code;
        known.extend(draft.place.names.iter().map(|name| (fold(&name.text), country.clone())));
    }
    for (shape, country) in shapes {
        let name = plain(&shape.name);
        let key = fold(name);
        let titled =
            [key.clone(), format!("{key} province"), format!("{key} region"), format!("{key} county")];
        if key.is_empty() || titled.into_iter().any(|key| known.contains(&(key, country.clone()))) {
            continue;
        }
        let extent = Extent::of(shape.polygons.0.clone());
        let id = format!("naturalearth:{}-{}", key.replace(' ', "-"), country.to_lowercase());
        let mut draft = Draft::new(id, name, country, ('A', "ADM1H")).at(extent.lat, extent.lon);
        draft.place.bbox = Some(extent.bbox);
        draft.place.radius_m = extent.radius_m;
        draft.rank = Some(28.0);
        draft.place.parent = world.codes.get(country).cloned().unwrap_or_default();
        draft.name(name, NameKind::Primary, true);
        draft.name(&format!("{name} Province"), NameKind::Alternate, true);
        known.insert((key, country.clone()));
        world.add(draft);
    }
}

/// “Aleppo (Halab)” without its other name.
fn plain(name: &str) -> &str {
    name.split(" (").next().unwrap_or(name).trim()
}

/// Gives a division that is one shape the shape's name. It is the one to show where GeoNames knows it too:
/// “Chechnya”, not “Chechenskaya Respublika”.
fn name_division(world: &mut World, division: &str, name: &str) {
    let Some(draft) = world.places.get_mut(division) else {
        return;
    };
    let place = &mut draft.place;
    let name = plain(name);
    if fold(name).is_empty() {
        return;
    }
    // Ours is the name to show.
    if draft.rank.is_some() {
        return draft.name(name, NameKind::Alternate, true);
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
fn owners(world: &World, shapes: &[Shape]) -> Vec<Option<Owner>> {
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
        let all: usize = counts.values().sum();
        Some(Owner { id: (*best.0).to_owned(), whole: best.1 * 10 >= all * 6 })
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
        let mut main = MultiPolygon(main);
        let bbox = bbox(&main);
        // Fiji's Eastern Division lies on both sides of the 180th meridian, and its middle is there.
        if bbox.west > bbox.east {
            main.map_coords_in_place(|c| geo::Coord { x: c.x.rem_euclid(360.0), y: c.y });
        }
        // An archipelago's middle is in the sea; a crescent's point should not be.
        let inside = |centre: &Point| main.0.len() > 1 || main.contains(centre);
        let centre = main
            .centroid()
            .filter(inside)
            .or_else(|| main.interior_point())
            .unwrap_or_else(|| Point::new(0.0, 0.0));
        // By polygon and without its sign: a ring that runs clockwise encloses the rest of the globe.
        let area: f64 = main.0.iter().map(|part| part.geodesic_area_signed().abs()).sum();
        let radius_m = (area / std::f64::consts::PI).sqrt();
        let lon = if centre.x() >= 180.0 { centre.x() - 360.0 } else { centre.x() };
        Self { lat: centre.y(), lon, radius_m, bbox }
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
