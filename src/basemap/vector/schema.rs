//! What a feature of a vector tile is to a map, in the words of the schemas that most tiles are made by:
//! OpenMapTiles, Protomaps and Shortbread.
//! Names of layers tell the schemas apart well enough; a layer that none of them has is not drawn.

use super::mvt::{Feature, Form};

/// Something to be drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Thing {
    Area(Area),
    Line(Line),
}

/// What fills a polygon, in the order in which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Area {
    Land,
    Built,
    Green,
    Wood,
    Sand,
    Ice,
    Water,
    Building,
}

impl Area {
    pub(super) const ALL: [Area; 8] = [
        Area::Land,
        Area::Built,
        Area::Green,
        Area::Wood,
        Area::Sand,
        Area::Ice,
        Area::Water,
        Area::Building,
    ];
}

/// What a line is, in the order in which they are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Line {
    Water,
    Ferry,
    Path,
    Rail,
    Minor,
    Secondary,
    Primary,
    Motorway,
    Division,
    Border,
    Disputed,
}

impl Line {
    pub(super) const ALL: [Line; 11] = [
        Line::Water,
        Line::Ferry,
        Line::Path,
        Line::Rail,
        Line::Minor,
        Line::Secondary,
        Line::Primary,
        Line::Motorway,
        Line::Division,
        Line::Border,
        Line::Disputed,
    ];
}

/// The first of the tags that schemas tell kinds by.
fn kind<'a>(feature: &Feature<'a>) -> &'a str {
    ["class", "kind", "pmap:kind"].iter().find_map(|key| feature.text(key)).unwrap_or_default()
}

/// The finer kind.
fn detail<'a>(feature: &Feature<'a>) -> &'a str {
    ["subclass", "kind_detail", "pmap:kind_detail"]
        .iter()
        .find_map(|key| feature.text(key))
        .unwrap_or_default()
}

/// What a feature is; `None` for what is not drawn.
pub(super) fn thing(layer: &str, feature: &Feature<'_>) -> Option<Thing> {
    match feature.form {
        Form::Polygon => area(layer, feature).map(Thing::Area),
        Form::Line => line(layer, feature).map(Thing::Line),
        Form::Point => None,
    }
}

fn area(layer: &str, feature: &Feature<'_>) -> Option<Area> {
    match layer {
        "water" | "ocean" | "water_polygons" => Some(Area::Water),
        "earth" => Some(Area::Land),
        "building" | "buildings" => Some(Area::Building),
        "park" => Some(Area::Green),
        "landcover" | "landuse" | "land" | "natural" | "sites" => cover(kind(feature), detail(feature)),
        _ => None,
    }
}

fn cover(kind: &str, detail: &str) -> Option<Area> {
    let of = |word: &str| match word {
        "wood" | "forest" | "scrub" | "heath" | "orchard" | "mangrove" => Some(Area::Wood),
        "grass" | "grassland" | "park" | "meadow" | "nature_reserve" | "national_park" | "garden"
        | "golf_course" | "cemetery" | "grave_yard" | "village_green" | "recreation_ground" | "wetland"
        | "pitch" | "playground" | "protected_area" | "marsh" | "allotments" | "swamp" | "bog" => {
            Some(Area::Green)
        }
        "sand" | "beach" | "desert" | "dune" | "barren" | "bare_rock" | "rock" | "shingle" => {
            Some(Area::Sand)
        }
        "ice" | "glacier" | "ice_shelf" => Some(Area::Ice),
        "residential" | "urban_area" | "commercial" | "industrial" | "retail" | "suburb"
        | "neighbourhood" | "quarter" | "railway" | "hospital" | "school" | "university" | "college"
        | "military" | "aerodrome" | "airfield" | "garages" | "brownfield" | "quarry" => Some(Area::Built),
        _ => None,
    };
    of(kind).or_else(|| of(detail))
}

fn line(layer: &str, feature: &Feature<'_>) -> Option<Line> {
    match layer {
        "waterway" | "water" | "water_lines" | "physical_line" => Some(Line::Water),
        "boundary" | "boundaries" => border(feature),
        "transportation" | "roads" | "transit" | "streets" | "ferries" => road(feature),
        _ => None,
    }
}

fn border(feature: &Feature<'_>) -> Option<Line> {
    if feature.is("maritime") {
        return None;
    }
    let level =
        ["admin_level", "kind_detail", "pmap:min_admin_level"].iter().find_map(|key| feature.number(key));
    let country = match kind(feature) {
        "country" => true,
        "region" | "macroregion" => false,
        _ => match level? {
            level if level <= 2.0 => true,
            level if level <= 4.0 => false,
            _ => return None,
        },
    };
    let disputed = feature.is("disputed") || matches!(kind(feature), "disputed" | "disputed_breakaway");
    Some(match (country, disputed) {
        (true, true) => Line::Disputed,
        (true, false) => Line::Border,
        (false, _) => Line::Division,
    })
}

fn road(feature: &Feature<'_>) -> Option<Line> {
    if feature.is("rail") || feature.is("tunnel") && kind(feature) == "transit" {
        return Some(Line::Rail);
    }
    match kind(feature) {
        "motorway" | "motorway_link" | "highway" => Some(Line::Motorway),
        "trunk" | "trunk_link" | "primary" | "primary_link" | "major_road" => {
            // Protomaps calls everything down to tertiary major.
            Some(if matches!(detail(feature), "secondary" | "tertiary") {
                Line::Secondary
            } else {
                Line::Primary
            })
        }
        "secondary" | "secondary_link" | "tertiary" | "tertiary_link" | "medium_road" => {
            Some(Line::Secondary)
        }
        "minor" | "minor_road" | "service" | "unclassified" | "residential" | "living_street" | "busway"
        | "pedestrian" => Some(Line::Minor),
        "path" | "track" | "footway" | "cycleway" | "bridleway" | "steps" => Some(Line::Path),
        "rail" | "transit" | "light_rail" | "subway" | "tram" | "narrow_gauge" | "funicular" => {
            Some(Line::Rail)
        }
        "ferry" => Some(Line::Ferry),
        _ => None,
    }
}
