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
    (Cue::Bias, 1.299),
    (Cue::Demonym, -0.444),
    (Cue::Country, -1.862),
    (Cue::Capital, 0.019),
    (Cue::Division, -0.118),
    (Cue::Seat, 0.710),
    (Cue::Nature, -0.272),
    (Cue::Opens, -0.806),
    (Cue::Headline, -1.192),
    (Cue::Row, 1.338),
    (Cue::In, 3.755),
    (Cue::From, 2.230),
    (Cue::To, 2.029),
    (Cue::Locative, 3.275),
    (Cue::Between, -1.614),
    (Cue::ToParty, -1.305),
    (Cue::OfPlace, 1.163),
    (Cue::OfParty, -0.845),
    (Cue::Of, 0.269),
    (Cue::Dealing, -0.589),
    (Cue::DealingVerb, -1.291),
    (Cue::DealingState, 0.908),
    (Cue::Direction, 0.667),
    (Cue::The, -0.123),
    (Cue::CommaBefore, 1.030),
    (Cue::ParenBefore, 1.307),
    (Cue::HyphenBefore, 0.039),
    (Cue::HyphenPlace, 0.830),
    (Cue::HyphenAfter, 0.269),
    (Cue::PossessiveSite, 0.428),
    (Cue::PossessiveParty, -0.647),
    (Cue::PossessivePartyPlaced, -2.056),
    (Cue::Role, -2.312),
    (Cue::RoleDemonym, -0.160),
    (Cue::Site, 1.563),
    (Cue::SiteDemonym, 1.053),
    (Cue::Noun, -1.413),
    (Cue::NounDemonym, -0.441),
    (Cue::Name, -0.306),
    (Cue::NameDemonym, 0.476),
    (Cue::End, 0.344),
    (Cue::Comma, 0.798),
    (Cue::Bracket, 0.415),
    (Cue::Preposition, -0.683),
    (Cue::Number, -1.100),
    (Cue::Acts, -1.328),
    (Cue::ActsInPlace, 0.535),
    (Cue::ActsState, -0.730),
    (Cue::Auxiliary, -0.783),
    (Cue::Past, 0.026),
    (Cue::Score, -0.213),
];
