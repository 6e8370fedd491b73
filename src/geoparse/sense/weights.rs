//! How much each cue counts for the literal sense, as a logistic regression has it.

use std::sync::LazyLock;

use super::cues::{Cue, Cues};

static DENSE: LazyLock<[f32; Cue::COUNT]> = LazyLock::new(|| {
    let mut dense = [0.0; Cue::COUNT];
    for &(cue, weight) in WEIGHTS {
        dense[cue as usize] = weight;
    }
    dense
});

/// The chance that a mention with these cues is literal.
pub(crate) fn chance(cues: &Cues) -> f32 {
    let sum: f32 = cues.0.iter().zip(DENSE.iter()).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-sum).exp())
}

const WEIGHTS: &[(Cue, f32)] = &[
    (Cue::Bias, 1.237),
    (Cue::Demonym, -0.659),
    (Cue::Country, -1.735),
    (Cue::Capital, 0.165),
    (Cue::Division, -0.185),
    (Cue::Seat, 0.723),
    (Cue::Nature, -0.325),
    (Cue::Opens, -0.795),
    (Cue::Headline, -0.770),
    (Cue::Row, 1.329),
    (Cue::In, 3.691),
    (Cue::From, 2.179),
    (Cue::To, 1.983),
    (Cue::Locative, 3.225),
    (Cue::Between, -1.380),
    (Cue::ToParty, -1.293),
    (Cue::OfPlace, 1.154),
    (Cue::OfParty, -0.880),
    (Cue::Of, 0.244),
    (Cue::Dealing, -0.118),
    (Cue::DealingVerb, -1.188),
    (Cue::Befallen, 1.292),
    (Cue::CapitalParty, 0.000),
    (Cue::Direction, 0.677),
    (Cue::The, -0.089),
    (Cue::CommaBefore, 1.004),
    (Cue::ParenBefore, 1.321),
    (Cue::HyphenBefore, 0.013),
    (Cue::HyphenPlace, 0.743),
    (Cue::HyphenAfter, 0.307),
    (Cue::PossessiveSite, 0.380),
    (Cue::PossessiveParty, -0.650),
    (Cue::PossessivePartyPlaced, -2.050),
    (Cue::Role, -2.246),
    (Cue::Site, 1.615),
    (Cue::SiteDemonym, 1.161),
    (Cue::Noun, -1.389),
    (Cue::Name, -0.144),
    (Cue::End, 0.325),
    (Cue::Comma, 0.859),
    (Cue::Bracket, 0.375),
    (Cue::Preposition, -0.706),
    (Cue::Number, -1.223),
    (Cue::Acts, -1.495),
    (Cue::ActsInPlace, 0.610),
    (Cue::ActsState, -0.834),
    (Cue::Auxiliary, -0.823),
    (Cue::AuxiliaryState, 0.067),
    (Cue::Past, 0.058),
    (Cue::Score, -0.196),
];
