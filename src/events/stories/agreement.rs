//! How much two reports agree, as a sum over place, day, type, words, actors and tolls.
//! The parts are like logarithms of odds, set by hand: two of them may make up for a third, and no single one suffices.

use super::report::{Report, Scene};
use crate::model::{EventClass, EventType, Polarity, Precision};

/// With so much agreement two reports are of one event.
pub(super) const ENOUGH: f32 = 4.5;
/// Two days apart are two outlets' ways to date one event; more are two events.
pub(super) const APART: i32 = 2;
/// Up to so many days a date is exact enough to keep two events apart.
const EXACT: i32 = 3;

/// What the words of a collection weigh: a word that few reports have weighs more.
pub(super) struct Weights {
    of: Vec<f32>,
    /// How many reports have the word.
    counts: Vec<u32>,
    /// The length of each report's vector.
    lengths: Vec<f32>,
}

/// Types of one family may be two ways to tell one event: the crash of a plane that a bomb brought down.
pub(super) fn family(kind: EventType) -> u8 {
    match kind.class() {
        EventClass::Diplomacy => 0,
        EventClass::Help => 1,
        EventClass::Dispute => 2,
        EventClass::Pressure => 3,
        EventClass::Violence | EventClass::Misfortune => 4,
    }
}

impl Report {
    /// Whether its days are few enough to tell it from another event of the same sort.
    pub(super) fn exact(&self) -> bool {
        self.days.is_some_and(|days| days.last - days.first < EXACT)
    }
}

impl Weights {
    pub(super) fn new(reports: &[Report]) -> Self {
        let mut counts = vec![0u32; 1 << 16];
        for &word in reports.iter().flat_map(|report| &report.words).filter(|&&word| word > 0) {
            counts[usize::from(word)] += 1;
        }
        // Of a handful of reports about one event all have its words: they still weigh something.
        let all = reports.len().max(1000) as f32;
        let mut of: Vec<f32> = counts.iter().map(|&n| (1.0 + all / (n.max(1) as f32)).ln()).collect();
        of[0] = 0.0;
        let square = |word: &u16| of[usize::from(*word)] * of[usize::from(*word)];
        let lengths =
            reports.iter().map(|report| report.words.iter().map(square).sum::<f32>().sqrt()).collect();
        Self { of, counts, lengths }
    }

    /// The words of a report that fewest others have, but some: by these its like are found.
    pub(super) fn rare(&self, report: &Report) -> [u16; 2] {
        let mut words: Vec<u16> =
            report.words.iter().copied().filter(|&word| self.counts[usize::from(word)] > 1).collect();
        words.sort_unstable_by_key(|&word| (self.counts[usize::from(word)], word));
        [words.first().copied().unwrap_or(0), words.get(1).copied().unwrap_or(0)]
    }

    /// Cosine of two reports' words.
    fn cosine(&self, reports: &[Report], a: usize, b: usize) -> f32 {
        let (left, right) = (&reports[a].words, &reports[b].words);
        let (mut i, mut k, mut shared) = (0, 0, 0.0);
        while i < left.len() && k < right.len() {
            match left[i].cmp(&right[k]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => k += 1,
                std::cmp::Ordering::Equal => {
                    let weight = self.of[usize::from(left[i])];
                    shared += weight * weight;
                    i += 1;
                    k += 1;
                }
            }
        }
        let lengths = self.lengths[a] * self.lengths[b];
        if lengths > 0.0 { shared / lengths } else { 0.0 }
    }

    /// How much two reports agree; `None` where they cannot be of one event.
    pub(super) fn agreement(&self, reports: &[Report], a: usize, b: usize) -> Option<f32> {
        let (left, right) = (&reports[a], &reports[b]);
        let kinds = match (left.kind, right.kind) {
            (one, other) if one == other => 1.0,
            (one, other) if one.class() == other.class() => 0.0,
            (one, other) if family(one) == family(other) => -0.5,
            _ => return None,
        };
        let told = scenes(left.scene, right.scene)? + days(left, right)? + kinds;
        let here = if left.article == right.article { 1.0 } else { 0.0 };
        let sum = told + here + actors(left, right) + tolls(left, right) + polarities(left, right);
        // Words of two sentences that have nothing to do with one another agree by a little, too.
        Some(sum + 8.0 * (self.cosine(reports, a, b) - 0.15))
    }
}

/// What it is worth that two places agree; `None` where they are two.
fn scenes(left: Option<Scene>, right: Option<Scene>) -> Option<f32> {
    let (Some(left), Some(right)) = (left, right) else { return Some(-0.5) };
    if left.key == right.key {
        return Some(match left.precision {
            Precision::Point | Precision::Settlement => 2.0,
            Precision::District | Precision::Region => 1.2,
            Precision::Country | Precision::Wider => 0.4,
        });
    }
    left.near(&right).then_some(0.3)
}

impl Scene {
    /// Whether one may lie in the other, or they are parts of one town.
    pub(super) fn near(&self, other: &Scene) -> bool {
        let wide = |scene: &Scene| scene.precision >= Precision::Country;
        if wide(self) || wide(other) {
            return self.country == other.country;
        }
        // Two towns are two places, however large they are.
        let reach = match (self.precision, other.precision) {
            (Precision::Point | Precision::Settlement, Precision::Point | Precision::Settlement) => {
                6f32.max(self.radius_km.max(other.radius_km)).min(20.0)
            }
            _ => self.radius_km.max(other.radius_km),
        };
        self.country == other.country && self.distance_km(other) <= reach
    }

    /// Kilometres, on a plane: only near places are asked about.
    fn distance_km(&self, other: &Scene) -> f32 {
        const DEGREE_KM: f32 = 111.2;
        let across = (self.lon - other.lon + 540.0).rem_euclid(360.0) - 180.0;
        let x = across * ((self.lat + other.lat) / 2.0).to_radians().cos();
        (x * x + (self.lat - other.lat).powi(2)).sqrt() * DEGREE_KM
    }
}

/// What it is worth that two dates agree; `None` where they are two.
fn days(left: &Report, right: &Report) -> Option<f32> {
    let (Some(one), Some(other)) = (left.days, right.days) else { return Some(-0.5) };
    if one.overlaps(other) {
        let widest = (one.last - one.first).max(other.last - other.first) + 1;
        return Some(2.0 / (1.0 + (widest as f32).log2()));
    }
    let gap = (one.first - other.last).max(other.first - one.last);
    // "on Friday" is the day before the article's own day, or the one before that.
    (gap <= APART && left.exact() && right.exact()).then_some(if left.dated && right.dated {
        -0.5 - 0.5 * gap as f32
    } else {
        0.5 - 0.5 * gap as f32
    })
}

fn actors(left: &Report, right: &Report) -> f32 {
    let known = |report: &Report| report.actors.iter().any(|&actor| actor > 0);
    let shared = left.actors.iter().filter(|&&actor| actor > 0 && right.actors.contains(&actor)).count();
    match shared {
        0 if known(left) && known(right) => -0.3,
        0 => 0.0,
        1 => 1.0,
        _ => 1.6,
    }
}

fn tolls(left: &Report, right: &Report) -> f32 {
    match (left.toll.dead, right.toll.dead) {
        (Some(one), Some(other)) if one == other => {
            if one > 2 {
                1.0
            } else {
                0.3
            }
        }
        (Some(one), Some(other)) if one.max(other) > 3 * one.min(other).max(1) => -1.0,
        _ => 0.0,
    }
}

fn polarities(left: &Report, right: &Report) -> f32 {
    match (left.polarity, right.polarity) {
        (one, other) if one == other => 0.0,
        (Polarity::Happened | Polarity::Planned, Polarity::Happened | Polarity::Planned) => -0.3,
        _ => -0.6,
    }
}
