//! How often each sign went with yes where it was seen, as log-odds: a number that trees can ask for.
//! A sign that was seen too seldom has the rate of all.

use serde::{Deserialize, Serialize};

/// Steps of a unit of log-odds as it is kept.
const FINE: f32 = 16.0;

/// Rates by sign.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
pub(crate) struct Rates {
    /// The signs, ascending, and the log-odds of yes with each in sixteenths.
    signs: Vec<u32>,
    odds: Vec<i8>,
    /// The same whatever the sign.
    usual: i8,
}

impl Rates {
    /// The log-odds of yes with a sign.
    pub(crate) fn odds(&self, sign: u32) -> f32 {
        let known = self.signs.binary_search(&sign).ok().and_then(|i| self.odds.get(i));
        f32::from(*known.unwrap_or(&self.usual)) / FINE
    }
}

/// How often a sign must be seen to have a rate.
#[cfg(test)]
const FEWEST: f32 = 3.0;
/// By how many decisions of the usual rate each is drawn to it.
#[cfg(test)]
const USUAL: f32 = 10.0;

#[cfg(test)]
impl Rates {
    /// The rates of decisions, each with its signs and whether it is yes.
    pub(crate) fn count<S: Iterator<Item = u32>>(decisions: impl Iterator<Item = (S, bool)>) -> Self {
        let mut seen: std::collections::BTreeMap<u32, (f32, f32)> = std::collections::BTreeMap::new();
        let (mut yes, mut all) = (0.0f32, 0.0f32);
        for (signs, is) in decisions {
            let is = f32::from(u8::from(is));
            (yes, all) = (yes + is, all + 1.0);
            for sign in signs {
                let (with, times) = seen.entry(sign).or_default();
                (*with, *times) = (*with + is, *times + 1.0);
            }
        }
        let share = (yes + 0.5) / (all + 1.0);
        let odds = |with: f32, times: f32| {
            let (with, without) = (with + USUAL * share, times - with + USUAL * (1.0 - share));
            ((with / without).ln() * FINE).round() as i8
        };
        let often = seen.into_iter().filter(|(_, (_, times))| *times >= FEWEST);
        let (signs, odds_of) = often.map(|(sign, (with, times))| (sign, odds(with, times))).unzip();
        Self { signs, odds: odds_of, usual: odds(0.0, 0.0) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_has_its_rate_once_it_is_seen_often() {
        let decisions = (0..60).map(|n| (if n % 3 == 0 { &[1u32, 9][..] } else { &[2u32, 8] }, n % 3 == 0));
        let decisions = decisions.chain([(&[5u32][..], true)]);
        let rates = Rates::count(decisions.map(|(signs, yes)| (signs.iter().copied(), yes)));
        assert!(rates.odds(1) > 1.0 && rates.odds(1) == rates.odds(9));
        assert!(rates.odds(2) < -1.0);
        assert!(rates.odds(5) == rates.odds(7) && rates.odds(7).abs() < 1.0, "seen once, and never");
    }
}
