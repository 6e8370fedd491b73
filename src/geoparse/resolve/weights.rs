//! How much each feature counts, as a conditional logistic regression has it.

use std::sync::LazyLock;

use super::features::{Feature, Numbers};

/// The weights in the features' order.
pub(crate) static DENSE: LazyLock<Numbers> = LazyLock::new(|| {
    let mut dense = [0.0; Feature::COUNT];
    for &(feature, weight) in WEIGHTS {
        dense[feature as usize] = weight;
    }
    for &(feature, least) in FLOORS {
        dense[feature as usize] = dense[feature as usize].max(least);
    }
    dense[Feature::HasSeat as usize] = dense[Feature::HasSeat as usize].min(-1.5);
    dense
});

/// The weighed sum of a candidate's numbers; its chance is the exponential over the sum of all.
pub(crate) fn sum(weights: &Numbers, numbers: &Numbers) -> f32 {
    numbers.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// What a text says outright wins, however seldom annotated articles need it: "the Libyan city of
/// Derna" is not in Romania.
const FLOORS: &[(Feature, f32)] = &[
    (Feature::CommaInside, 1.888),
    (Feature::InInside, -0.066),
    (Feature::BeforeInside, 0.083),
    (Feature::CountryNamed, 0.117),
    (Feature::Governs, 0.935),
    (Feature::Wanted, 0.746),
];

const WEIGHTS: &[(Feature, f32)] = &[
    (Feature::Score, 2.504),
    (Feature::First, 0.225),
    (Feature::Behind, -2.504),
    (Feature::Population, 4.344),
    (Feature::Country, -1.149),
    (Feature::Division, -0.539),
    (Feature::District, -0.467),
    (Feature::Capital, -0.993),
    (Feature::Seat, -1.201),
    (Feature::Town, -0.945),
    (Feature::Section, -0.406),
    (Feature::Water, 2.534),
    (Feature::Land, 1.858),
    (Feature::Spot, 1.309),
    (Feature::Alternate, -2.206),
    (Feature::Demonym, 0.231),
    (Feature::CommaInside, 1.887),
    (Feature::InInside, -0.069),
    (Feature::BeforeInside, 0.083),
    (Feature::CommaOutside, -1.861),
    (Feature::HasSeat, -0.307),
    (Feature::Wanted, 0.741),
    (Feature::NotWanted, -0.746),
    (Feature::DivisionNamed, 1.437),
    (Feature::CountryNamed, 0.120),
    (Feature::DistrictNamed, 0.524),
    (Feature::CountryShare, 4.960),
    (Feature::DivisionShare, 3.539),
    (Feature::DistrictShare, 0.553),
    (Feature::Near, -0.229),
    (Feature::Around, 4.917),
    (Feature::Nearest, 1.958),
    (Feature::Contains, 2.473),
    (Feature::Governs, 1.076),
    (Feature::HomeCountry, 1.389),
    (Feature::NotHomeCountry, -1.389),
];
