//! What the odds of its rivals tell of a site: whether a better one is near, lies in it, or stands in a row with it.

use super::site::Site;
use crate::geoparse::learn::{self, Signs, both, sign};

/// Odds where there is nobody.
const NOBODY: f32 = -6.0;
/// Signs that are put before a site's own.
pub(super) const TOLD: usize = 4;

/// The sites near a trigger, and how they lie to each other.
#[derive(Debug)]
pub(super) struct Company {
    /// The tokens of each.
    tokens: Vec<(usize, usize)>,
    /// For each pair, whether the first holds the second.
    holds: Vec<bool>,
}

impl Company {
    pub(super) fn new(sites: &[Site<'_>], rivals: &[usize]) -> Self {
        let pairs = rivals.iter().flat_map(|&a| rivals.iter().map(move |&b| (a, b)));
        Self {
            tokens: rivals.iter().map(|&i| (sites[i].first, sites[i].end)).collect(),
            holds: pairs.map(|(a, b)| a != b && sites[a].holds(&sites[b])).collect(),
        }
    }

    fn holds(&self, a: usize, b: usize) -> bool {
        self.holds[a * self.tokens.len() + b]
    }

    /// Adds to the signs of a site what the odds of each by itself tell.
    pub(super) fn add(&self, signs: &mut Signs, odds: &[f32], this: usize) {
        let (first, end) = self.tokens[this];
        let own = odds[this];
        let best = |holds: &dyn Fn(usize, (usize, usize)) -> bool| {
            let others = self.tokens.iter().enumerate().filter(|&(i, _)| i != this);
            others.filter(|&(i, &at)| holds(i, at)).map(|(i, _)| odds[i]).fold(NOBODY, f32::max)
        };
        let overlaps = |at: (usize, usize)| at.0 < end && first < at.1;
        let rival = best(&|_, at| !overlaps(at));
        let inner = best(&|i, _| self.holds(this, i));
        let outer = best(&|i, _| self.holds(i, this));
        let before = best(&|_, at| at.1 <= first && first - at.1 <= 2);
        let after = best(&|_, at| at.0 >= end && at.0 - end <= 2);
        let same = best(&|_, at| overlaps(at));
        let rank = odds.iter().filter(|&&o| o > own).count();
        signs.numbers.extend([own, rival, own - rival, inner, outer, before, after, same].map(|x| x / 3.0));
        signs.numbers.push(odds.iter().map(|&o| learn::chance(o)).sum());
        signs.numbers.extend([learn::chance(own), learn::chance(rival)]);
        let bin = |x: f32| (x.clamp(-4.0, 4.0) + 4.0).round() as u64;
        let told: [u32; TOLD] = [
            sign(310, both(rank.min(3) as u64, bin(own))),
            sign(311, both(bin(rival), bin(own))),
            sign(312, both(bin(inner), bin(own))),
            sign(313, both(bin(before), both(bin(after), bin(own)))),
        ];
        signs.named += told.len();
        signs.sparse.splice(0..0, told);
    }
}
