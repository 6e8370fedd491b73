//! How well known a place is: from its feature, its people, and how many names the world has for it.
//! The number of names tells more than the population: Bethlehem is not a big town.

use std::collections::{BTreeMap, BTreeSet};

use super::world::World;
use crate::gazetteer::{NewPlace, fold};

/// Settles every place's prominence, then which of several places a shared name means.
pub(super) fn settle(world: &mut World) {
    world.places.retain(|_, draft| draft.placed);
    mend_parents(world);
    for draft in world.places.values_mut() {
        let mut names: Vec<String> = draft.place.names.iter().map(|name| fold(&name.text)).collect();
        names.sort_unstable();
        names.dedup();
        let fame = (names.len() as f32 + 1.0).log2() / 7.5;
        let fame = fame.min(1.0);
        let people = (draft.place.population as f32 + 1.0).log10() / 7.5;
        let place = &draft.place;
        let computed = match (place.feature_class, place.feature_code.as_str()) {
            ('L', "CONT") => 0.93,
            // A country's people go to a billion and a half.
            ('A', code) if code.starts_with("PCL") => {
                0.70 + 0.12 * fame + 0.18 * (people * 7.5 / 9.2).powi(2)
            }
            ('A', "ADM1") => 0.34 + 0.30 * fame + 0.16 * people,
            ('A', _) => 0.10 + 0.10 * fame + 0.26 * people,
            ('P', code) => town(code, people, fame),
            _ => 0.2,
        };
        draft.place.prominence = draft.rank.map_or(computed, |rank| rank / 100.0);
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

fn town(code: &str, people: f32, fame: f32) -> f32 {
    let seat = match code {
        "PPLC" => 0.10,
        "PPLA" => 0.03,
        "PPLX" | "PPLQ" | "PPLH" | "PPLW" => -0.08,
        _ => 0.0,
    };
    (0.02 + 0.40 * people + 0.36 * fame + seat).max(0.01)
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
