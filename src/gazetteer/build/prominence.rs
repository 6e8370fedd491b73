//! How well known a place is: from its feature, its people, and how many names the world has for it.
//! The number of names tells more than the population: Bethlehem is not a big town.

use std::collections::{BTreeMap, BTreeSet};

use super::world::World;
use crate::gazetteer::prominence::prominence;
use crate::gazetteer::{NewPlace, fold};

/// Settles every place's prominence, then which of several places a shared name means.
pub(super) fn settle(world: &mut World) {
    world.places.retain(|_, draft| draft.placed);
    mend_parents(world);
    for draft in world.places.values_mut() {
        let mut names: Vec<String> = draft.place.names.iter().map(|name| fold(&name.text)).collect();
        names.sort_unstable();
        names.dedup();
        let place = &draft.place;
        let computed = match place.feature_class {
            'A' | 'P' => prominence(place.feature_class, &place.feature_code, place.population, names.len()),
            _ if place.feature_code == "CONT" => prominence('L', "CONT", 0, 0),
            _ if draft.rank.is_none() => 0.2,
            _ => 0.0,
        };
        draft.place.prominence = Some(draft.rank.map_or(computed, |rank| computed.max(rank / 100.0)));
    }
    cede_names_to_towns(world);
}

/// Puts what lies in a division that fell out into its country.
fn mend_parents(world: &mut World) {
    let known: BTreeSet<String> = world.places.keys().cloned().collect();
    for (id, draft) in &mut world.places {
        let place = &mut draft.place;
        if !known.contains(&place.parent) {
            let country = world.codes.get(&place.country_code).filter(|country| *country != id);
            place.parent = country.cloned().unwrap_or_default();
        }
    }
}

/// The bare name of a division that holds a considerable town of that name means the town: Aleppo, but not
/// Washington, which lies elsewhere.
fn cede_names_to_towns(world: &mut World) {
    let mut towns: BTreeMap<(String, String), u64> = BTreeMap::new();
    for draft in world.places.values().filter(|draft| draft.place.feature_class == 'P') {
        let names = called(&draft.place);
        let mut id = draft.place.parent.as_str();
        while let Some(division) = world.places.get(id).filter(|draft| is_division(&draft.place)) {
            for name in &names {
                let people = towns.entry((id.to_owned(), name.clone())).or_default();
                *people = draft.place.population.max(*people);
            }
            id = division.place.parent.as_str();
        }
    }
    for (id, draft) in world.places.iter_mut().filter(|(_, draft)| is_division(&draft.place)) {
        let least = if draft.place.feature_code == "ADM1" { 50_000 } else { 500 };
        for name in &mut draft.place.names {
            let town = towns.get(&(id.clone(), fold(&name.text)));
            if town.is_some_and(|&people| people >= least) {
                name.usual = false;
            }
        }
    }
}

fn is_division(place: &NewPlace) -> bool {
    place.feature_class == 'A' && place.feature_code.starts_with("ADM")
}

/// The folded names that usually mean the town. Québec is “Quebec City”, and bare “Quebec” its province.
fn called(town: &NewPlace) -> Vec<String> {
    let mut names: Vec<String> =
        town.names.iter().filter(|name| name.usual).map(|name| fold(&name.text)).collect();
    let city = format!("{} city", fold(&town.name));
    if names.contains(&city) {
        names.retain(|name| *name == city);
    }
    names
}
