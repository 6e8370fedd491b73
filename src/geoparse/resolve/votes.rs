//! Whose word counts for whom: the names that each name is weighed with, and what they say for now.
//! In a long article a name listens to those around it and to those that the article repeats most, so that
//! the time it takes grows with the article's length and no faster.

use super::super::home::Home;
use super::{Candidate, Group};
use crate::model::Kind;

/// Names before and after in the text that a name listens to.
const WINDOW: usize = 32;
/// Names of the whole article, the most frequent first, that every name listens to.
const LOUDEST: usize = 24;
/// Likeliest places of a name that are heard.
const HEARD: usize = 6;
/// Chance below which a place is not heard.
const FAINT: f32 = 0.02;

/// The names that count for others.
pub(super) struct Others {
    /// For each name, the numbers of those that it listens to.
    heard: Vec<Vec<usize>>,
    /// The name that the outlet may be called after.
    pub(super) namesake: Option<usize>,
}

impl Others {
    /// Chosen by order in the text and by weight.
    pub(super) fn of(groups: &[Group], home: &Home) -> Self {
        let mut loudest: Vec<usize> = (0..groups.len()).collect();
        loudest.sort_by(|&a, &b| {
            let opens = |i: usize| groups[i].dateline || groups[i].mentions.is_empty();
            let (a_opens, b_opens) = (opens(a), opens(b));
            b_opens.cmp(&a_opens).then(groups[b].weight.total_cmp(&groups[a].weight)).then(a.cmp(&b))
        });
        loudest.truncate(LOUDEST);
        loudest.sort_unstable();
        let listens = |i: usize| {
            let window = i.saturating_sub(WINDOW)..(i + WINDOW + 1).min(groups.len());
            let far = loudest.iter().copied().filter(|j| !window.contains(j));
            window.clone().chain(far).filter(|&j| j != i).collect()
        };
        let namesake = |group: &Group| group.kind == Kind::Name && home.is_called(&group.name);
        Self { heard: (0..groups.len()).map(listens).collect(), namesake: groups.iter().position(namesake) }
    }

    /// Those that name `number` listens to.
    pub(super) fn of_group(&self, number: usize) -> &[usize] {
        self.heard.get(number).map_or(&[], Vec::as_slice)
    }
}

/// A likely place of a name.
pub(super) struct Vote {
    /// The place.
    pub(super) place: Candidate,
    /// Its chance.
    pub(super) chance: f32,
    /// Its chance times the name's weight.
    pub(super) share: f32,
}

/// What each name says. A place that is only near another one has no word: it would repeat its anchor's.
pub(super) fn votes(groups: &[Group]) -> Vec<Vec<Vote>> {
    let of_group = |group: &Group| {
        let mut places: Vec<&Candidate> =
            group.candidates.iter().filter(|c| c.near.is_none() && c.chance >= FAINT).collect();
        places.sort_by(|a, b| b.chance.total_cmp(&a.chance).then(a.row().cmp(&b.row())));
        let vote = |place: &&Candidate| Vote {
            place: (*place).clone(),
            chance: place.chance,
            share: place.chance * group.weight,
        };
        places.iter().take(HEARD).map(vote).collect()
    };
    groups.iter().map(of_group).collect()
}
