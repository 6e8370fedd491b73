//! What the outlet's home says for and against a candidate.
//! A place that no gazetteer has is where its anchor is, and is judged by it.

use super::features::{Feature, Numbers};
use super::{Candidate, Group};
use crate::gazetteer::Gazetteer;
use crate::geoparse::home::Home;

/// Adds what the home says that is known, or that the outlet is called the same.
pub(super) fn add(
    gazetteer: &Gazetteer,
    group: &Group,
    candidate: &Candidate,
    home: &Home,
    numbers: &mut Numbers,
) {
    if let Some((code, strength)) = &home.country {
        let same = gazetteer.country_code(candidate.row()) == code;
        numbers[if same { Feature::HomeCountry } else { Feature::NotHomeCountry } as usize] = *strength;
    }
    if let Some(town) = &home.town {
        add_town(candidate, town, 1.0, numbers);
    }
    if candidate.near.is_none() && home.is_called(&group.name) {
        numbers[Feature::Namesake as usize] =
            ((gazetteer.population(candidate.row()) as f32) + 1.0).ln() / 16.1;
    }
}

/// Adds that the outlet's town is near, as far as it is certain which town that is.
pub(super) fn add_town(candidate: &Candidate, town: &Candidate, certain: f32, numbers: &mut Numbers) {
    if candidate.is_country {
        return;
    }
    let mut add = |feature: Feature, value: f32| numbers[feature as usize] += certain * value;
    let km = candidate.km_to(town);
    add(Feature::HomeNear, 1.0 / (1.0 + (km / 30.0) * (km / 30.0)));
    add(Feature::HomeAround, 1.0 / (1.0 + (km / 150.0) * (km / 150.0)));
    if candidate.division.is_some() && candidate.division == town.division {
        add(Feature::HomeDivision, 1.0);
    }
}
