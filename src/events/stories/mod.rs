//! Reports of one event in several articles, together as one story.
//! Pure functions over a hundred bytes a report: who holds the articles makes the reports once, with [`reports`],
//! and asks again whenever there are more. Nothing hangs on the order in which they came but the stories' numbers.
//!
//! Two reports are of one event where place, day, type, words, actors and tolls agree enough; pairs are joined from
//! the strongest down, as long as the days and the places of a story agree. A report without a place or a date
//! joins only one that it agrees with in its words.
//!
//! [`copies`] tells which articles are one text, so that a wire report in twenty papers counts once.

mod agreement;
mod copies;
mod pairs;
mod report;
mod story;
#[cfg(test)]
mod tests;
mod toll;

pub use copies::{Sketch, copies};
pub use report::{Report, Scene, reports};
pub use story::{Differing, Story};
pub use toll::Toll;

use crate::model::Days;
use agreement::{APART, Weights};

/// Which reports tell one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stories {
    /// For each report, the number of its story.
    of: Vec<u32>,
    /// The reports by story, and where each story's begin.
    members: Vec<u32>,
    starts: Vec<u32>,
}

impl Stories {
    /// Groups reports. What it takes grows with their number, not with its square: each is
    /// compared with a few dozen others.
    pub fn of(reports: &[Report]) -> Self {
        Self::unless(&|| false, reports).unwrap_or_default()
    }

    /// The same for who may think better of it; `None` where it was stopped.
    pub fn unless(stopped: &dyn Fn() -> bool, reports: &[Report]) -> Option<Self> {
        let weights = Weights::new(reports);
        let pairs = pairs::pairs(reports, &weights, stopped)?;
        let mut joined = Joined::new(reports);
        for pair in pairs {
            joined.join(reports, pair.a, pair.b);
        }
        (!stopped()).then(|| joined.stories())
    }

    /// How many stories there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of a report's story. Stories are numbered by their first reports.
    pub fn story_of(&self, report: usize) -> Option<u32> {
        self.of.get(report).copied()
    }

    /// The reports of a story by their numbers, ascending.
    pub fn reports_of(&self, story: u32) -> &[u32] {
        let bounds = (self.starts.get(story as usize), self.starts.get(story as usize + 1));
        let (Some(&start), Some(&end)) = bounds else { return &[] };
        self.members.get(start as usize..end as usize).unwrap_or_default()
    }
}

/// Reports on the way to stories: a forest whose roots know the days and the place of their trees.
struct Joined {
    parent: Vec<u32>,
    /// From the first to the last of the exact days that a story's reports give.
    days: Vec<Option<Days>>,
    /// The report with the most exact place.
    placed: Vec<u32>,
}

impl Joined {
    fn new(reports: &[Report]) -> Self {
        let count = reports.len() as u32;
        let days = reports.iter().map(|report| report.days.filter(|_| report.exact())).collect();
        Self { parent: (0..count).collect(), days, placed: (0..count).collect() }
    }

    fn root(&mut self, mut report: u32) -> u32 {
        while self.parent[report as usize] != report {
            let above = self.parent[self.parent[report as usize] as usize];
            self.parent[report as usize] = above;
            report = above;
        }
        report
    }

    /// Makes one story of two reports', unless their days or places are too far apart.
    fn join(&mut self, reports: &[Report], a: u32, b: u32) {
        let (one, other) = (self.root(a), self.root(b));
        let (first, second) = (one.min(other) as usize, one.max(other) as usize);
        if first == second {
            return;
        }
        let days = match (self.days[first], self.days[second]) {
            (Some(one), Some(other)) => {
                let hull = Days { first: one.first.min(other.first), last: one.last.max(other.last) };
                if hull.last - hull.first > APART {
                    return;
                }
                Some(hull)
            }
            (one, other) => one.or(other),
        };
        let placed = [self.placed[first], self.placed[second]];
        let scenes = placed.map(|report| reports[report as usize].scene);
        if let [Some(one), Some(other)] = scenes
            && one.key != other.key
            && !one.near(&other)
        {
            return;
        }
        let exact = |scene: &Option<Scene>| scene.map(|scene| (scene.precision, scene.key));
        let kept = match (exact(&scenes[0]), exact(&scenes[1])) {
            (Some(one), Some(other)) if other < one => placed[1],
            (None, Some(_)) => placed[1],
            _ => placed[0],
        };
        self.parent[second] = first as u32;
        self.days[first] = days;
        self.placed[first] = kept;
    }

    fn stories(mut self) -> Stories {
        let mut numbers = vec![u32::MAX; self.parent.len()];
        let mut of = Vec::with_capacity(self.parent.len());
        let mut starts = vec![0u32];
        for report in 0..self.parent.len() as u32 {
            let root = self.root(report) as usize;
            if numbers[root] == u32::MAX {
                numbers[root] = starts.len() as u32 - 1;
                starts.push(0);
            }
            of.push(numbers[root]);
            starts[numbers[root] as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut members = vec![0; of.len()];
        for (report, &story) in of.iter().enumerate() {
            let at = &mut next[story as usize];
            members[*at as usize] = report as u32;
            *at += 1;
        }
        Stories { of, members, starts }
    }
}
