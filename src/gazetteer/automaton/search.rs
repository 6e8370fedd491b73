//! Searches over a whole map: names with a beginning, best first, and names within an edit distance.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use levenshtein_automata::{DFA, Distance, SINK_STATE};

use super::{Automaton, LONGEST, Node};

/// Nodes that a search looks at before it makes do with what it has found; a damaged file may hold more ways than
/// anybody can go.
const PATIENCE: usize = 2_000_000;

/// The values below a node, least first.
pub(in crate::gazetteer) struct Rising<'a> {
    heap: BinaryHeap<Reverse<Step<'a>>>,
    sequence: u64,
    patience: usize,
}

/// A value, or the least value below a node, and when it was found.
struct Step<'a> {
    least: u64,
    sequence: u64,
    depth: usize,
    node: Option<Node<'a>>,
}

impl PartialEq for Step<'_> {
    fn eq(&self, other: &Self) -> bool {
        (self.least, self.sequence) == (other.least, other.sequence)
    }
}

impl Eq for Step<'_> {}

impl PartialOrd for Step<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Step<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.least, self.sequence).cmp(&(other.least, other.sequence))
    }
}

impl<'a> Rising<'a> {
    /// The values of all names that go through the node.
    pub(in crate::gazetteer) fn below(node: Node<'a>) -> Self {
        let mut rising = Self { heap: BinaryHeap::new(), sequence: 0, patience: PATIENCE };
        rising.push(node.least, 0, Some(node));
        rising
    }

    fn push(&mut self, least: u64, depth: usize, node: Option<Node<'a>>) {
        self.sequence += 1;
        self.heap.push(Reverse(Step { least, sequence: self.sequence, depth, node }));
    }
}

impl Iterator for Rising<'_> {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        while let Some(Reverse(step)) = self.heap.pop() {
            let Some(mut node) = step.node else { return Some(step.least) };
            self.patience = self.patience.checked_sub(1)?;
            // A chain has one way to go and is gone along at once.
            let mut depth = step.depth;
            while let Some(next) = node.only_way().filter(|_| depth < LONGEST) {
                (node, depth) = (next, depth + 1);
            }
            if let Some(value) = node.value() {
                self.push(value, depth, None);
            }
            if depth < LONGEST {
                for (_, next) in node.ways() {
                    self.push(next.least, depth + 1, Some(next));
                }
            }
        }
        None
    }
}

impl Automaton {
    /// The values of the names that the edit automaton takes, with their distances. They begin with
    /// `beginning`, which the automaton has to take too: hardly anybody mistypes the first letter, and all the others would
    /// have to be looked through.
    pub(in crate::gazetteer) fn within(&self, dfa: &DFA, beginning: &[u8]) -> Vec<(u8, u64)> {
        let state = beginning.iter().fold(dfa.initial_state(), |state, &byte| dfa.transition(state, byte));
        let mut found = Vec::new();
        let Some(node) = self.root().walk(beginning) else { return found };
        let mut stack = vec![(node, state, beginning.len())];
        let mut patience = PATIENCE;
        while let Some((node, state, depth)) = stack.pop() {
            if let (Some(value), Distance::Exact(distance)) = (node.value(), dfa.distance(state)) {
                found.push((distance, value));
            }
            patience -= 1;
            if patience == 0 {
                break;
            }
            if depth >= LONGEST {
                continue;
            }
            for (byte, next) in node.ways() {
                let state = dfa.transition(state, byte);
                if state != SINK_STATE {
                    stack.push((next, state, depth + 1));
                }
            }
        }
        found
    }
}
