//! How much each clue counts, as a logistic regression has it.

use std::sync::LazyLock;

use super::clues::{Clue, Clues};

static DENSE: LazyLock<[f32; Clue::COUNT]> = LazyLock::new(|| {
    let mut dense = [0.0; Clue::COUNT];
    for &(clue, weight) in WEIGHTS {
        dense[clue as usize] = weight;
    }
    dense
});

/// The chance that a run of words with these clues mentions a place.
pub(crate) fn chance(clues: &Clues) -> f32 {
    let sum: f32 = clues.0.iter().zip(DENSE.iter()).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}

const WEIGHTS: &[(Clue, f32)] = &[
    (Clue::Bias, -0.994),
    (Clue::Fame, 1.585),
    (Clue::Famous, 1.355),
    (Clue::Known, 0.722),
    (Clue::Obscure, 0.030),
    (Clue::Long, 0.194),
    (Clue::Country, 0.477),
    (Clue::Division, 1.604),
    (Clue::Nature, -0.143),
    (Clue::Spot, -1.066),
    (Clue::Demonym, -0.451),
    (Clue::Abbreviation, 1.356),
    (Clue::Alternate, -1.523),
    (Clue::Typed, -1.432),
    (Clue::Common, -1.651),
    (Clue::Given, 0.005),
    (Clue::Surname, -1.014),
    (Clue::GivenAndSurname, 0.030),
    (Clue::Short, -1.153),
    (Clue::Opens, 0.083),
    (Clue::OpensCommon, -0.903),
    (Clue::OpensTitleCase, -0.617),
    (Clue::TitleCase, -1.146),
    (Clue::TitleCaseCommon, 0.010),
    (Clue::UpperCase, -0.631),
    (Clue::Acronym, -2.019),
    (Clue::AcronymFamous, 1.937),
    (Clue::LowerElsewhere, -0.882),
    (Clue::CapitalElsewhere, -0.014),
    (Clue::Locative, 0.787),
    (Clue::LocativeObscure, -0.309),
    (Clue::OfBefore, 0.301),
    (Clue::PlaceNounOf, 1.229),
    (Clue::TheBefore, -0.031),
    (Clue::DirectionBefore, -0.390),
    (Clue::TitleBefore, -1.111),
    (Clue::FirmTitleBefore, -0.538),
    (Clue::GivenBefore, -1.343),
    (Clue::InitialBefore, -1.152),
    (Clue::CapitalBefore, -1.652),
    (Clue::CapitalBeforeKnown, 0.448),
    (Clue::CapitalBeforeCommon, -0.703),
    (Clue::CommaPlaceBefore, 0.824),
    (Clue::HyphenBefore, -0.687),
    (Clue::OpenerBefore, -1.957),
    (Clue::AndBefore, 0.635),
    (Clue::NumberBefore, -0.546),
    (Clue::ParenBefore, -0.865),
    (Clue::CapitalAfter, -1.519),
    (Clue::CapitalAfterKnown, -0.007),
    (Clue::CapitalAfterCommon, 0.526),
    (Clue::SurnameAfter, -1.130),
    (Clue::SurnameAfterKnown, -0.227),
    (Clue::OrgAfter, -0.305),
    (Clue::OrgAfterFamous, -0.936),
    (Clue::OrgInRun, 0.085),
    (Clue::ContainerAfter, 0.543),
    (Clue::Contained, -0.129),
    (Clue::ContainedLocative, 0.505),
    (Clue::AlternateLocative, 0.579),
    (Clue::ContainsAfter, -1.171),
    (Clue::PossessiveAfter, -0.928),
    (Clue::PossessiveKnown, 0.621),
    (Clue::FollowerAfter, 1.239),
    (Clue::SayingAfter, -1.397),
    (Clue::StreetAfter, -2.987),
    (Clue::HyphenAfter, -0.590),
    (Clue::AgeAfter, -0.821),
    (Clue::NumberAfter, -0.982),
    (Clue::CommaAfter, 0.428),
    (Clue::EndAfter, 0.572),
    (Clue::Dateline, 2.562),
    (Clue::InPerson, -0.904),
    (Clue::IsSurname, -2.703),
    (Clue::IsSurnameLocative, 0.033),
    (Clue::IsGiven, -1.370),
    (Clue::LocativeElsewhere, 0.917),
    (Clue::ContainerElsewhere, 0.728),
    (Clue::Often, -0.089),
    (Clue::Supported, 0.991),
    (Clue::SupportedCommon, -0.658),
    (Clue::SupportedObscure, 1.156),
    (Clue::InsideLonger, -2.763),
    (Clue::InsideLongerFame, -2.942),
    (Clue::Language, -0.117),
    (Clue::CapitalsRow, 0.373),
];
