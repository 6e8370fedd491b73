//! How much each clue counts for the literal sense, as a logistic regression has it
//! (`assets/tables/sense_weights.txt`, written by `fit/sense.rs`).

use std::collections::HashMap;
use std::sync::LazyLock;

use super::classes::classes;
use super::evidence::{Circumstance, Clue};
use super::phrase::Slot;

/// A place in the table for every class in every slot under every circumstance.
static DENSE: LazyLock<Vec<f32>> =
    LazyLock::new(|| read(include_str!("../../../assets/tables/sense_weights.txt")));

/// What the clues say in sum: above 0 for the literal sense.
pub(super) fn score(clues: &[Clue]) -> f32 {
    clues.iter().filter_map(|&clue| DENSE.get(index(clue))).sum()
}

fn index((when, slot, class): Clue) -> usize {
    (when.number() * Slot::ALL.len() + slot as usize) * classes().names().len() + usize::from(class)
}

/// Reads lines of a slot, a class, and circumstances with their weights.
fn read(table: &str) -> Vec<f32> {
    let known = classes();
    let mut names: HashMap<String, Circumstance> = HashMap::new();
    names.extend(Circumstance::PLAIN.map(|when| (when.name(), when)));
    for class in (0..known.names().len()).filter_map(|i| u8::try_from(i).ok()) {
        let when = Circumstance::Governed(class);
        names.insert(when.name(), when);
    }
    let circumstances = Circumstance::PLAIN.len() + known.names().len();
    let mut dense = vec![0.0; circumstances * Slot::ALL.len() * known.names().len()];
    let mut entry = |line: &str| -> Option<()> {
        let mut words = line.split_whitespace();
        let (slot, class) = (words.next()?, words.next()?);
        let slot = *Slot::ALL.iter().find(|known| format!("{known:?}") == slot)?;
        let class = known.number(class);
        for pair in words {
            let (when, weight) = pair.split_once('=')?;
            *dense.get_mut(index((*names.get(when)?, slot, class)))? = weight.parse().ok()?;
        }
        Some(())
    };
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        // A line that cannot be read tells nothing; a test reads them all.
        let _ = entry(line);
    }
    dense
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_weight_has_its_place() {
        let table = include_str!("../../../assets/tables/sense_weights.txt");
        let written =
            table.lines().filter(|line| !line.starts_with('#')).flat_map(|line| line.matches('=')).count();
        let kept = DENSE.iter().filter(|weight| **weight != 0.0).count();
        assert!(written > 500 && written == kept, "{written} weights written, {kept} kept");
    }
}
