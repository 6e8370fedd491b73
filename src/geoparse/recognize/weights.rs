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
    (Clue::Bias, -1.071),
    (Clue::Fame, 1.594),
    (Clue::Famous, 1.383),
    (Clue::Known, 0.753),
    (Clue::Obscure, 0.045),
    (Clue::Long, 0.209),
    (Clue::Country, 0.478),
    (Clue::Division, 1.586),
    (Clue::Nature, -0.141),
    (Clue::Spot, -1.068),
    (Clue::Demonym, -0.469),
    (Clue::Abbreviation, 1.341),
    (Clue::Alternate, -1.515),
    (Clue::Typed, -1.409),
    (Clue::Common, -1.631),
    (Clue::Given, -0.035),
    (Clue::Surname, -1.023),
    (Clue::GivenAndSurname, 0.039),
    (Clue::Short, -1.144),
    (Clue::Opens, 0.075),
    (Clue::OpensCommon, -0.884),
    (Clue::OpensTitleCase, 0.405),
    (Clue::TitleCase, -0.972),
    (Clue::TitleCaseCommon, -0.145),
    (Clue::UpperCase, -0.867),
    (Clue::Acronym, -2.057),
    (Clue::AcronymFamous, 1.982),
    (Clue::LowerElsewhere, -0.886),
    (Clue::CapitalElsewhere, -0.020),
    (Clue::Locative, 0.804),
    (Clue::LocativeObscure, -0.321),
    (Clue::OfBefore, 0.332),
    (Clue::PlaceNounOf, 1.236),
    (Clue::TheBefore, -0.024),
    (Clue::DirectionBefore, -0.400),
    (Clue::TitleBefore, -1.126),
    (Clue::FirmTitleBefore, -0.540),
    (Clue::GivenBefore, -1.331),
    (Clue::InitialBefore, -1.134),
    (Clue::CapitalBefore, -1.658),
    (Clue::CapitalBeforeKnown, 0.457),
    (Clue::CapitalBeforeCommon, -0.721),
    (Clue::CommaPlaceBefore, 0.830),
    (Clue::HyphenBefore, -0.647),
    (Clue::OpenerBefore, -1.982),
    (Clue::AndBefore, 0.603),
    (Clue::NumberBefore, -0.512),
    (Clue::ParenBefore, -0.824),
    (Clue::CapitalAfter, -1.497),
    (Clue::CapitalAfterKnown, 0.030),
    (Clue::CapitalAfterCommon, 0.488),
    (Clue::SurnameAfter, -1.120),
    (Clue::SurnameAfterKnown, -0.261),
    (Clue::OrgAfter, -0.270),
    (Clue::OrgAfterFamous, -1.039),
    (Clue::OrgInRun, 0.096),
    (Clue::ContainerAfter, 0.542),
    (Clue::Contained, -0.138),
    (Clue::ContainedLocative, 0.491),
    (Clue::AlternateLocative, 0.589),
    (Clue::ContainsAfter, -1.233),
    (Clue::PossessiveAfter, -0.486),
    (Clue::FollowerAfter, 1.240),
    (Clue::SayingAfter, -1.394),
    (Clue::StreetAfter, -2.961),
    (Clue::HyphenAfter, -0.585),
    (Clue::AgeAfter, -0.987),
    (Clue::NumberAfter, -0.966),
    (Clue::CommaAfter, 0.421),
    (Clue::EndAfter, 0.542),
    (Clue::Dateline, 2.579),
    (Clue::InPerson, -0.865),
    (Clue::IsSurname, -2.695),
    (Clue::IsSurnameLocative, 0.006),
    (Clue::IsGiven, -1.351),
    (Clue::LocativeElsewhere, 0.912),
    (Clue::ContainerElsewhere, 0.698),
    (Clue::Often, -0.061),
    (Clue::Supported, 1.043),
    (Clue::SupportedCommon, -0.666),
    (Clue::SupportedObscure, 1.164),
    (Clue::InsideLonger, -2.778),
    (Clue::InsideLongerFame, -2.950),
    (Clue::Language, -0.123),
    (Clue::CapitalsRow, 0.350),
];
