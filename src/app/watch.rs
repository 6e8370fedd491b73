//! Watches how long frames take: in debug builds one that takes too long says what it did.
//! In other builds it never looks at the clock.

use std::time::{Duration, Instant};

/// Longest that a frame may take.
const LONGEST: Duration = Duration::from_millis(16);

/// What a frame has done so far, and how long each part of it took.
#[derive(Debug, Default)]
pub(super) struct Watch {
    stages: Vec<(&'static str, Duration)>,
    since: Option<Instant>,
}

impl Watch {
    /// A frame begins.
    pub fn begin(&mut self) {
        self.stages.clear();
        self.since = cfg!(debug_assertions).then(Instant::now);
    }

    /// What was done since the last word of it.
    pub fn did(&mut self, what: &'static str) {
        if let Some(since) = &mut self.since {
            let now = Instant::now();
            let took = now.duration_since(*since);
            *since = now;
            match self.stages.iter_mut().find(|(other, _)| *other == what) {
                Some((_, sum)) => *sum += took,
                None => self.stages.push((what, took)),
            }
        }
    }

    /// The frame is at its end.
    pub fn end(&mut self) {
        if let Some(told) = told(&self.stages) {
            log::warn!("{told}");
        }
    }
}

/// What a frame that took too long did, the longest first.
fn told(stages: &[(&'static str, Duration)]) -> Option<String> {
    let whole: Duration = stages.iter().map(|(_, took)| took).sum();
    if whole <= LONGEST {
        return None;
    }
    let mut stages = stages.to_vec();
    stages.sort_by_key(|&(_, took)| std::cmp::Reverse(took));
    let milliseconds = |took: Duration| took.as_secs_f64() * 1e3;
    let parts = stages.iter().map(|&(what, took)| (what, milliseconds(took)));
    let parts = parts.filter(|&(_, took)| took >= 0.1).map(|(what, took)| format!("{what} {took:.1}"));
    let parts: Vec<String> = parts.collect();
    Some(format!("a frame took {:.1} ms: {}", milliseconds(whole), parts.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_long_frame_is_told_of() {
        let check = |stages: &[(&'static str, u64)], expected: Option<&str>| {
            let stages: Vec<_> =
                stages.iter().map(|&(what, took)| (what, Duration::from_micros(took))).collect();
            assert_eq!(told(&stages).as_deref(), expected);
        };
        check(&[("news", 4_000), ("map", 12_000)], None);
        check(
            &[("news", 4_000), ("map", 12_500), ("status", 30)],
            Some("a frame took 16.5 ms: map 12.5, news 4.0"),
        );
        check(&[], None);
    }
}
