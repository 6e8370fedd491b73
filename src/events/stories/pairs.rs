//! Which reports are compared at all.
//! Reports are sorted by what one event's reports have in common, several times, and each is compared with a few that
//! follow (the sorted neighbourhood of Hernández and Stolfo, 1995): a million reports are some ten million pairs.

use super::agreement::{APART, ENOUGH, Weights, family};
use super::report::Report;

/// How many that follow a report are compared with it.
const WINDOW: usize = 8;

/// Reports from one look at whether the stories are still wanted to the next.
const STRIDE: usize = 4096;

/// Two reports of one event, and how much they agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) strength: u8,
    pub(super) a: u32,
    pub(super) b: u32,
}

/// Where a report stands in one of the orders: what must be equal, the day, what should be alike, and a mark of its
/// content, so that the order does not hang on how the reports came.
type Key = (u64, i32, u32, u64, u32);

/// The pairs that agree enough, the strongest first; equal ones in the order in which they were found. `None` where it
/// was stopped.
pub(super) fn pairs(reports: &[Report], weights: &Weights, stopped: &dyn Fn() -> bool) -> Option<Vec<Pair>> {
    let marks: Vec<u64> = reports.iter().map(mark).collect();
    let rare: Vec<[u16; 2]> = reports.iter().map(|report| weights.rare(report)).collect();
    let mut found = Vec::new();
    let mut pass =
        |same: &dyn Fn(usize, &Report) -> Option<u64>, alike: &dyn Fn(usize) -> u32, within: i32| {
            let key = |(i, report): (usize, &Report)| -> Option<Key> {
                let day = report.days.map_or(i32::MIN, |days| days.first);
                Some((same(i, report)?, day, alike(i), marks[i], i as u32))
            };
            let mut keys: Vec<Key> = reports.iter().enumerate().filter_map(key).collect();
            keys.sort_unstable();
            neighbours(reports, weights, &keys, within, stopped, &mut found)
        };
    let both = |i: usize| u32::from(rare[i][0]) << 16 | u32::from(rare[i][1]);
    pass(&|_, r| Some(mix(u64::from(r.article), family(r.kind))), &both, i32::MAX)?;
    pass(&|_, r| r.scene.map(|scene| mix(scene.key, family(r.kind))), &both, APART)?;
    pass(&|_, r| r.scene.map(|scene| mix(country(scene.country), family(r.kind))), &both, APART)?;
    for word in [0, 1] {
        let other = |i: usize| u32::from(rare[i][1 - word]);
        pass(
            &|i, r| (rare[i][word] > 0).then(|| mix(u64::from(rare[i][word]), family(r.kind))),
            &other,
            i32::MAX,
        )?;
    }
    Some(strongest_first(&found))
}

/// Of every report the pair that agrees best, of those before it and of those after it.
fn neighbours(
    reports: &[Report],
    weights: &Weights,
    keys: &[Key],
    within: i32,
    stopped: &dyn Fn() -> bool,
    found: &mut Vec<Pair>,
) -> Option<()> {
    let mut before: Vec<Option<Pair>> = vec![None; keys.len()];
    for (at, &(same, day, .., a)) in keys.iter().enumerate() {
        if at % STRIDE == 0 && stopped() {
            return None;
        }
        let next = keys[at + 1..].iter().take(WINDOW);
        let near = next.take_while(|key| key.0 == same && key.1.saturating_sub(day) <= within);
        let mut after: Option<Pair> = None;
        for (ahead, &(.., b)) in near.enumerate() {
            let Some(sum) = weights.agreement(reports, a as usize, b as usize).filter(|&sum| sum >= ENOUGH)
            else {
                continue;
            };
            let pair = Pair { strength: (sum * 16.0).clamp(0.0, 255.0) as u8, a, b };
            for best in [&mut after, &mut before[at + 1 + ahead]] {
                if best.is_none_or(|best| best.strength < pair.strength) {
                    *best = Some(pair);
                }
            }
        }
        found.extend(after);
        found.extend(before[at].filter(|&pair| found.last() != Some(&pair)));
    }
    Some(())
}

fn strongest_first(pairs: &[Pair]) -> Vec<Pair> {
    let mut starts = [0usize; 257];
    for pair in pairs {
        starts[256 - usize::from(pair.strength)] += 1;
    }
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut sorted = vec![Pair { strength: 0, a: 0, b: 0 }; pairs.len()];
    for &pair in pairs {
        let at = &mut starts[255 - usize::from(pair.strength)];
        sorted[*at] = pair;
        *at += 1;
    }
    sorted
}

fn mark(report: &Report) -> u64 {
    let words = report.words.iter().fold(0, |sum, &word| step(sum, u64::from(word)));
    let actors = report.actors.iter().fold(words, |sum, &actor| step(sum, u64::from(actor)));
    let days = report.days.map_or(0, |days| (i64::from(days.first) << 20) + i64::from(days.last));
    step(step(actors, days as u64), report.scene.map_or(0, |scene| scene.key) ^ report.kind as u64)
}

fn country(code: [u8; 2]) -> u64 {
    u64::from(u16::from_le_bytes(code))
}

fn mix(of: u64, family: u8) -> u64 {
    step(of, u64::from(family) + 1)
}

/// Mixes a number into a sum of numbers (the multiplier is that of Knuth's MMIX).
const fn step(sum: u64, next: u64) -> u64 {
    let mixed = (sum ^ next).wrapping_mul(6_364_136_223_846_793_005);
    mixed ^ (mixed >> 29)
}
