//! How much each feature counts, as a conditional logistic regression has it.

use std::sync::LazyLock;

use super::calibrate::{Sign, Signs};
use super::features::{Feature, Numbers};

/// The weights in the features' order.
pub(crate) static DENSE: LazyLock<Numbers> = LazyLock::new(|| {
    let mut dense = [0.0; Feature::COUNT];
    for &(feature, weight) in WEIGHTS {
        dense[feature as usize] = weight;
    }
    bounded(&dense)
});

/// The weights within their bounds.
pub(crate) fn bounded(weights: &Numbers) -> Numbers {
    let mut bounded = *weights;
    for &(feature, least) in FLOORS {
        bounded[feature as usize] = bounded[feature as usize].max(least);
    }
    for &(feature, most) in CEILINGS {
        bounded[feature as usize] = bounded[feature as usize].min(most);
    }
    bounded
}

/// The weighed sum of a candidate's numbers; its chance is the exponential over the sum of all.
pub(crate) fn sum(weights: &Numbers, numbers: &Numbers) -> f32 {
    numbers.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

/// The chance that the first candidate is right, as a logistic regression has it.
pub(crate) fn trust(signs: &Signs) -> f32 {
    let sum: f32 = TRUST.iter().map(|&(sign, weight)| signs[sign as usize] * weight).sum();
    1.0 / (1.0 + (-sum).exp())
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
    (Feature::AnchorCapital, 2.0),
];

/// A division that shares its name with a town in it is not meant by the bare name; an embassy or
/// a ministry is not the country itself.
const CEILINGS: &[(Feature, f32)] =
    &[(Feature::HasSeat, -1.5), (Feature::InNamesake, -1.5), (Feature::Represented, -4.0)];

const WEIGHTS: &[(Feature, f32)] = &[
    (Feature::Score, 2.472),
    (Feature::First, 0.493),
    (Feature::Behind, -1.809),
    (Feature::FameShare, 1.758),
    (Feature::Ratio, 2.260),
    (Feature::Population, 2.002),
    (Feature::Country, -0.616),
    (Feature::Division, 0.201),
    (Feature::District, 0.178),
    (Feature::Capital, -0.508),
    (Feature::Seat, -0.707),
    (Feature::Town, -1.129),
    (Feature::Section, -0.797),
    (Feature::Water, 0.887),
    (Feature::Land, 2.075),
    (Feature::Spot, 0.942),
    (Feature::ScoreTown, 0.638),
    (Feature::Alternate, -1.635),
    (Feature::Demonym, -0.673),
    (Feature::Abbreviation, 0.076),
    (Feature::Loose, -0.760),
    (Feature::Fuzzy, -0.429),
    (Feature::Part, -0.225),
    (Feature::WeakScore, -0.707),
    (Feature::WeakAround, -0.053),
    (Feature::Represented, -4.000),
    (Feature::CommaInside, 4.000),
    (Feature::InInside, 2.500),
    (Feature::BeforeInside, 3.500),
    (Feature::CommaOutside, -1.618),
    (Feature::HasSeat, -1.500),
    (Feature::Wanted, 0.900),
    (Feature::NotWanted, -0.772),
    (Feature::DivisionNamed, 1.519),
    (Feature::CountryNamed, 1.000),
    (Feature::DistrictNamed, 0.010),
    (Feature::CountryShare, 0.859),
    (Feature::DivisionShare, 0.485),
    (Feature::DistrictShare, -0.339),
    (Feature::DivisionPossible, 0.117),
    (Feature::DistrictPossible, 0.717),
    (Feature::ClosePossible, 1.414),
    (Feature::Near, -0.736),
    (Feature::Around, 2.755),
    (Feature::Nearest, 0.734),
    (Feature::BesideCountry, 3.139),
    (Feature::BesideDivision, 2.414),
    (Feature::BesideNear, 0.815),
    (Feature::Contains, 0.229),
    (Feature::DatelineNear, 0.780),
    (Feature::InNamesake, -1.500),
    (Feature::HasSeatHere, 0.743),
    (Feature::Adjective, 0.204),
    (Feature::OpensKnown, 1.006),
    (Feature::Governs, 2.000),
    (Feature::HomeCountry, 0.774),
    (Feature::NotHomeCountry, -0.774),
    (Feature::HomeNear, 1.536),
    (Feature::HomeAround, 1.283),
    (Feature::HomeDivision, 1.871),
    (Feature::Namesake, -1.561),
    (Feature::Anchored, 1.414),
    (Feature::AnchoredKnown, -1.939),
    (Feature::AnchoredSite, 0.611),
    (Feature::AnchorChance, -1.831),
    (Feature::AnchorSentence, -0.115),
    (Feature::AnchorBefore, 0.227),
    (Feature::AnchorBeside, 0.570),
    (Feature::AnchorFocus, -0.746),
    (Feature::AnchorDateline, -0.164),
    (Feature::AnchorHome, -1.560),
    (Feature::AnchorContainer, 2.309),
    (Feature::AnchorCapital, 2.000),
    (Feature::AnchorDistrict, 0.169),
    (Feature::AnchorDivision, 1.608),
    (Feature::AnchorCountry, 0.017),
];

const TRUST: &[(Sign, f32)] = &[
    (Sign::Bias, 0.838),
    (Sign::Odds, 1.279),
    (Sign::OddsEven, 0.901),
    (Sign::OddsGood, 0.542),
    (Sign::OddsSure, -0.089),
    (Sign::Alone, 2.293),
    (Sign::Rivals, -0.124),
    (Sign::Fame, -0.216),
    (Sign::Country, -0.362),
    (Sign::SureCountry, 1.400),
    (Sign::Division, -0.404),
    (Sign::Nature, -2.161),
    (Sign::Anchored, 0.026),
    (Sign::AnchoredBroad, -2.186),
    (Sign::AnchorChance, -0.360),
    (Sign::Part, 0.263),
    (Sign::Spelt, -2.643),
    (Sign::Alternate, -0.399),
    (Sign::Demonym, 0.487),
    (Sign::Repeated, 0.468),
    (Sign::Company, 0.536),
];
