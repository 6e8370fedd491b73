//! What an article is about: its countries, divisions and towns by their share of its mentions.
//! Earlier mentions count for more, demonyms and embedded names for less.

use std::collections::BTreeMap;

use super::recognize::Toponym;
use super::resolve::Resolved;
use crate::gazetteer::{Gazetteer, Row};
use crate::model::{Focus, Kind};

/// Places kept at each level.
const MOST: usize = 5;

/// The article's focus, and the rows that it is about: the best place, and the best country.
pub(crate) fn focus(
    gazetteer: &Gazetteer,
    toponyms: &[Toponym],
    resolved: &Resolved,
    length: usize,
) -> (Focus, Vec<Row>) {
    let mut countries: BTreeMap<Row, f32> = BTreeMap::new();
    let mut divisions: BTreeMap<Row, f32> = BTreeMap::new();
    let mut places: BTreeMap<Row, f32> = BTreeMap::new();
    for (i, toponym) in toponyms.iter().enumerate() {
        let Some(group) = resolved.group_of.get(i).and_then(|&g| resolved.groups.get(g)) else { continue };
        let Some(best) = group.candidates.first() else { continue };
        let kind = match toponym.kind {
            Kind::Name | Kind::Coordinate => 1.0,
            Kind::Demonym => 0.5,
            Kind::Embedded => 0.3,
        };
        let early = 1.0 + 1.0 / (1.0 + 8.0 * toponym.span.start as f32 / length.max(1) as f32);
        let weight = kind * early * best.chance * toponym.chance.max(0.3);
        if let Some(country) = best.country {
            *countries.entry(country).or_default() += weight;
        }
        if let Some(division) = best.division.filter(|_| !best.is_country) {
            *divisions.entry(division).or_default() += weight;
        }
        if !best.is_division {
            *places.entry(best.row()).or_default() += weight;
        }
    }
    let focus = Focus {
        countries: best(gazetteer, &countries),
        divisions: best(gazetteer, &divisions),
        places: best(gazetteer, &places),
    };
    let top = |weights: &BTreeMap<Row, f32>| {
        weights.iter().max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(a.0))).map(|(&row, _)| row)
    };
    (focus, [top(&places), top(&countries)].into_iter().flatten().collect())
}

fn best(gazetteer: &Gazetteer, weights: &BTreeMap<Row, f32>) -> Vec<(String, String, f32)> {
    let total: f32 = weights.values().sum();
    let mut ranked: Vec<(Row, f32)> =
        weights.iter().map(|(&row, &weight)| (row, weight / total.max(f32::MIN_POSITIVE))).collect();
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    ranked.truncate(MOST);
    let named = |(row, share): (Row, f32)| gazetteer.place(row).map(|place| (place.id, place.name, share));
    ranked.into_iter().filter_map(named).collect()
}
