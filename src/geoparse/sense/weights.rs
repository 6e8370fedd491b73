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
    (Cue::Bias, 1.212),
    (Cue::Demonym, -0.641),
    (Cue::Country, -1.711),
    (Cue::Capital, 0.191),
    (Cue::Division, -0.130),
    (Cue::Seat, 0.755),
    (Cue::Nature, -0.276),
    (Cue::Opens, -0.745),
    (Cue::Headline, -0.773),
    (Cue::Row, 1.315),
    (Cue::In, 3.700),
    (Cue::From, 2.193),
    (Cue::To, 1.994),
    (Cue::Locative, 3.240),
    (Cue::Between, -1.374),
    (Cue::ToParty, -1.265),
    (Cue::OfPlace, 1.160),
    (Cue::OfParty, -0.878),
    (Cue::Of, 0.225),
    (Cue::Dealing, -0.108),
    (Cue::DealingVerb, -1.175),
    (Cue::Befallen, 1.291),
    (Cue::CapitalParty, 0.000),
    (Cue::Direction, 0.676),
    (Cue::The, -0.080),
    (Cue::CommaBefore, 0.979),
    (Cue::ParenBefore, 1.323),
    (Cue::HyphenBefore, 0.035),
    (Cue::HyphenPlace, 0.748),
    (Cue::HyphenAfter, 0.302),
    (Cue::PossessiveSite, 0.382),
    (Cue::PossessiveParty, -0.662),
    (Cue::PossessivePartyPlaced, -2.047),
    (Cue::Role, -2.333),
    (Cue::Site, 1.585),
    (Cue::SiteDemonym, 1.079),
    (Cue::Noun, -1.463),
    (Cue::Name, -0.038),
    (Cue::End, 0.324),
    (Cue::Comma, 0.849),
    (Cue::Bracket, 0.379),
    (Cue::Preposition, -0.709),
    (Cue::Number, -1.220),
    (Cue::Acts, -1.336),
    (Cue::ActsInPlace, 0.555),
    (Cue::ActsState, -0.789),
    (Cue::Auxiliary, -0.824),
    (Cue::AuxiliaryState, 0.077),
    (Cue::Past, 0.035),
    (Cue::Score, -0.230),
];
