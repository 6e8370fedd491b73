//! The names that a vector tile carries, with where they stand and how much they matter.
//! Which of them fit beside each other is for whoever places labels to say.

use std::collections::HashMap;

use super::mvt::{Feature, Form, Layer};
use crate::basemap::TileId;
use crate::basemap::clip::Xy;

/// What a name on a tile is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelKind {
    /// A country.
    Country,
    /// A first-level division.
    Division,
    /// A city, or a country's capital.
    City,
    /// A town.
    Town,
    /// A sea, a lake or a river.
    Water,
    /// A village, or a part of a town.
    Village,
    /// A road or a street.
    Road,
}

/// A name on a tile.
#[derive(Clone, Debug, PartialEq)]
pub struct TileLabel {
    /// In the map's language, if the tile has that, else as it is called there.
    pub text: String,
    /// As it is called there.
    pub local: String,
    /// Where, on the unit square.
    pub at: Xy,
    /// What it is of.
    pub kind: LabelKind,
    /// How much it matters among its kind: the least is first.
    pub rank: u32,
    /// How far from it the same name is that of something else, on the unit square.
    pub apart: f64,
}

impl TileLabel {
    /// The names of several tiles as one list, the most important first. A name that neighbours both carry, or
    /// that a long thing bears again and again, is there once.
    pub fn gather<'a>(all: impl Iterator<Item = &'a TileLabel>) -> Vec<TileLabel> {
        let mut all: Vec<&TileLabel> = all.collect();
        all.sort_by(|a, b| {
            let place = |label: &TileLabel| label.at.map(f64::to_bits);
            (a.kind, a.rank, &a.local, place(a)).cmp(&(b.kind, b.rank, &b.local, place(b)))
        });
        let mut kept: Vec<TileLabel> = Vec::with_capacity(all.len());
        let mut places: HashMap<(LabelKind, &str), Vec<(Xy, f64)>> = HashMap::new();
        for label in all {
            let places = places.entry((label.kind, &label.local)).or_default();
            let near = |&(at, apart): &(Xy, f64)| {
                (at[0] - label.at[0]).abs().max((at[1] - label.at[1]).abs()) < apart.max(label.apart)
            };
            if !places.iter().any(near) {
                places.push((label.at, label.apart));
                kept.push(label.clone());
            }
        }
        kept
    }
}

/// Adds the names of a layer. Those outside the tile belong to its neighbours.
pub(super) fn collect(layer: &Layer<'_>, tile: TileId, zoom: f64, into: &mut Vec<TileLabel>) {
    let Some(named) = Named::of(layer.name) else {
        return;
    };
    for feature in layer.features() {
        let Some((kind, rank)) = named.rank(&feature, zoom) else {
            continue;
        };
        let Some(local) = ["name", "pgf:name", "name_int"].iter().find_map(|key| feature.text(key)) else {
            continue;
        };
        let text =
            ["name:en", "name_en", "name:latin"].iter().find_map(|key| feature.text(key)).unwrap_or(local);
        let Some(at) = anchor(&feature, layer.extent) else {
            continue;
        };
        let tiles = f64::from(tile.z).exp2();
        let at = [(f64::from(tile.x) + at[0]) / tiles, (f64::from(tile.y) + at[1]) / tiles];
        let apart = apart(kind) / tiles;
        into.push(TileLabel { text: text.to_owned(), local: local.to_owned(), at, kind, rank, apart });
    }
}

/// In sides of a tile.
fn apart(kind: LabelKind) -> f64 {
    match kind {
        LabelKind::Country | LabelKind::Division => 4.0,
        LabelKind::Water => 1.5,
        LabelKind::Road => 0.6,
        LabelKind::City | LabelKind::Town | LabelKind::Village => 0.1,
    }
}

/// Where a name stands, in shares of the tile; `None` outside it.
fn anchor(feature: &Feature<'_>, extent: u32) -> Option<Xy> {
    let parts = feature.parts();
    let at = match feature.form {
        Form::Point => *parts.first()?.first()?,
        Form::Line => {
            let longest = parts.iter().max_by(|a, b| length(a).total_cmp(&length(b)))?;
            halfway(longest)?
        }
        Form::Polygon => return None,
    };
    let at = at.map(|axis| axis / f64::from(extent));
    at.iter().all(|axis| (0.0..1.0).contains(axis)).then_some(at)
}

fn length(line: &[Xy]) -> f64 {
    line.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum()
}

fn halfway(line: &[Xy]) -> Option<Xy> {
    let mut left = length(line) / 2.0;
    for pair in line.windows(2) {
        let step = (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1]);
        if step >= left && step > 0.0 {
            let share = left / step;
            return Some([0, 1].map(|axis| pair[0][axis] + share * (pair[1][axis] - pair[0][axis])));
        }
        left -= step;
    }
    line.first().copied()
}

/// A layer that names things.
#[derive(Clone, Copy)]
enum Named {
    Places,
    Boundaries,
    Waters,
    Roads,
}

impl Named {
    fn of(layer: &str) -> Option<Named> {
        match layer {
            "place" | "places" | "place_labels" => Some(Named::Places),
            "boundary_labels" => Some(Named::Boundaries),
            "water_name" | "water" | "water_polygons_labels" | "physical_point" => Some(Named::Waters),
            "transportation_name" | "roads" | "street_labels" => Some(Named::Roads),
            _ => None,
        }
    }

    /// The kind and the rank of a name that belongs on the map at this zoom.
    fn rank(self, feature: &Feature<'_>, zoom: f64) -> Option<(LabelKind, u32)> {
        let kind =
            ["class", "kind", "pmap:kind"].iter().find_map(|key| feature.text(key)).unwrap_or_default();
        let detail =
            ["kind_detail", "pmap:kind_detail"].iter().find_map(|key| feature.text(key)).unwrap_or_default();
        match self {
            Named::Places => place(kind, detail, feature, zoom),
            Named::Boundaries => match feature.number("admin_level") {
                Some(level) if level <= 2.0 => Some((LabelKind::Country, 0)),
                Some(level) if level <= 4.0 => Some((LabelKind::Division, 0)),
                _ => None,
            },
            Named::Waters => Some((LabelKind::Water, if matches!(kind, "ocean" | "sea") { 0 } else { 5 })),
            Named::Roads if zoom >= 14.0 => {
                let rank = match kind {
                    "motorway" | "highway" | "trunk" => 0,
                    "primary" | "major_road" => 1,
                    "secondary" | "tertiary" | "medium_road" => 2,
                    _ if zoom >= 15.5 => 3,
                    _ => return None,
                };
                Some((LabelKind::Road, rank))
            }
            Named::Roads => None,
        }
    }
}

fn place(kind: &str, detail: &str, feature: &Feature<'_>, zoom: f64) -> Option<(LabelKind, u32)> {
    // Each schema has a scale of its own; all of them run from the greatest to the least.
    let least = feature.number("population_rank").or_else(|| feature.number("pmap:population_rank"));
    let by_people = feature.number("population").map(|people| 20.0 - people.max(1.0).log10() * 2.0);
    let rank = feature.number("rank").or_else(|| least.map(|rank| 20.0 - rank)).or(by_people);
    let rank = rank.unwrap_or(18.0).clamp(0.0, 30.0) as u32;
    let sort = if kind == "locality" { detail } else { kind };
    let (kind, from) = match sort {
        "country" => (LabelKind::Country, 0.0),
        "state" | "province" | "region" => (LabelKind::Division, 4.0),
        "city" | "capital" | "state_capital" => (LabelKind::City, 0.0),
        "town" | "" => (LabelKind::Town, 7.0),
        "village" => (LabelKind::Village, 10.0),
        "suburb" | "quarter" | "neighbourhood" | "hamlet" | "island" | "isolated_dwelling" | "farm"
        | "borough" => (LabelKind::Village, 12.5),
        _ => return None,
    };
    (zoom >= from).then_some((kind, rank))
}
