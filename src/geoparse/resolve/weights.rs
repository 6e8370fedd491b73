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
    (Feature::CommaInside, 4.0),
    (Feature::InInside, 2.5),
    (Feature::BeforeInside, 3.5),
    (Feature::CountryNamed, 1.0),
    (Feature::Governs, 2.0),
    (Feature::Wanted, 0.9),
];

const WEIGHTS: &[(Feature, f32)] = &[
    (Feature::Score, 2.516),
    (Feature::First, 0.223),
    (Feature::Behind, -2.516),
    (Feature::Population, 4.340),
    (Feature::Country, -1.160),
    (Feature::Division, -0.524),
    (Feature::District, -0.460),
    (Feature::Capital, -1.020),
    (Feature::Seat, -1.194),
    (Feature::Town, -0.938),
    (Feature::Section, -0.403),
    (Feature::Water, 2.534),
    (Feature::Land, 1.855),
    (Feature::Spot, 1.310),
    (Feature::Alternate, -2.205),
    (Feature::Demonym, 0.232),
    (Feature::CommaInside, 1.887),
    (Feature::InInside, -0.069),
    (Feature::BeforeInside, 0.083),
    (Feature::CommaOutside, -1.859),
    (Feature::HasSeat, -0.311),
    (Feature::Wanted, 0.741),
    (Feature::NotWanted, -0.741),
    (Feature::DivisionNamed, 1.436),
    (Feature::CountryNamed, 0.120),
    (Feature::DistrictNamed, 0.514),
    (Feature::CountryShare, 4.966),
    (Feature::DivisionShare, 3.544),
    (Feature::DistrictShare, 0.573),
    (Feature::Near, -0.215),
    (Feature::Around, 4.918),
    (Feature::Nearest, 1.970),
    (Feature::Contains, 2.515),
    (Feature::Governs, 1.076),
    (Feature::HomeCountry, 1.296),
    (Feature::NotHomeCountry, -1.296),
];
