//! Boosted trees over plain numbers: each asks of a few of them whether they are at most so much, and the sum of what
//! the answers lead to is the log-odds of yes. They find what only holds together, which a sum does not.
//! All are of one depth, so that a chance costs the same whatever is asked.

#[cfg(test)]
pub(crate) mod grow;

use serde::{Deserialize, Serialize};

/// Questions from the root of a tree to its leaf.
pub(crate) const DEPTH: usize = 5;
/// Questions of a tree, and its leaves.
const FORKS: usize = (1 << DEPTH) - 1;
const LEAVES: usize = 1 << DEPTH;

/// Trees that were grown one after another, each to mend what those before it got wrong.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub(crate) struct Trees {
    /// The log-odds of yes before any question.
    bias: f32,
    /// For each fork, which number is asked for and the most that leads left: the root first, then its two, then
    /// their four. A fork that asks nothing leads left.
    asked: Vec<u16>,
    most: Vec<f32>,
    /// What each leaf adds.
    leaves: Vec<f32>,
}

impl Trees {
    /// The log-odds of yes for numbers in the order that the trees were grown to; one that is missing counts as none.
    pub(crate) fn odds(&self, numbers: &[f32]) -> f32 {
        let trees = self.asked.chunks_exact(FORKS).zip(self.most.chunks_exact(FORKS));
        let leaves = self.leaves.chunks_exact(LEAVES);
        self.bias
            + trees.zip(leaves).map(|((asked, most), leaves)| leaves[leaf(asked, most, numbers)]).sum::<f32>()
    }
}

/// The leaf of one tree that numbers lead to.
fn leaf(asked: &[u16], most: &[f32], numbers: &[f32]) -> usize {
    let mut fork = 0;
    while fork < FORKS {
        let number = numbers.get(usize::from(asked[fork])).copied().unwrap_or(0.0);
        fork = 2 * fork + 1 + usize::from(number > most[fork]);
    }
    fork - FORKS
}
