//! Grows boosted trees: each is fitted to the slopes of the loss that those before it leave (Friedman 2001), its forks
//! found over numbers in a few dozen steps and its leaves held back by a ridge (Chen and Guestrin 2016).
//! The rows and numbers that a tree may see come from a fixed seed, so that the same rows give the same trees.

use super::{DEPTH, FORKS, LEAVES, Trees, leaf};
use crate::geoparse::learn::chance;
use crate::geoparse::learn::train::Dice;

/// Most steps that a number is told in.
const STEPS: usize = 128;
/// A fork that mends less is not made.
const LEAST_GAIN: f32 = 1e-3;

/// How to grow.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) trees: usize,
    pub(crate) rate: f32,
    /// Share of the rows, and of the numbers, that a tree sees.
    pub(crate) rows: f32,
    pub(crate) numbers: f32,
    /// Fewest rows on either side of a fork.
    pub(crate) fewest: usize,
    pub(crate) ridge: f32,
}

/// One number of all rows, in steps.
struct Stepped {
    /// For each row, how many steps lie below its number.
    step: Vec<u8>,
    /// The number of each step.
    most: Vec<f32>,
}

impl Stepped {
    fn new(numbers: &[f32]) -> Self {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f32::total_cmp);
        let mut most: Vec<f32> =
            (1..STEPS).map(|n| sorted[(sorted.len() * n / STEPS).min(sorted.len() - 1)]).collect();
        most.dedup();
        let step = numbers.iter().map(|&x| most.partition_point(|&m| m < x) as u8).collect();
        Self { step, most }
    }
}

/// Slope and curvature of the loss over some rows, and how many they are.
#[derive(Clone, Copy, Default)]
struct Sum {
    slope: f32,
    curve: f32,
    rows: usize,
}

impl Sum {
    fn add(&mut self, other: Sum) {
        self.slope += other.slope;
        self.curve += other.curve;
        self.rows += other.rows;
    }

    fn without(self, other: Sum) -> Sum {
        Sum { slope: self.slope - other.slope, curve: self.curve - other.curve, rows: self.rows - other.rows }
    }

    fn worth(self, ridge: f32) -> f32 {
        self.slope * self.slope / (self.curve + ridge)
    }
}

/// One tree as it grows.
struct Tree<'a> {
    numbers: &'a [Stepped],
    /// Those that this tree may ask for.
    seen: Vec<usize>,
    loss: &'a [Sum],
    plan: &'a Plan,
    asked: [u16; FORKS],
    most: [f32; FORKS],
    leaves: [f32; LEAVES],
}

impl Tree<'_> {
    fn sum(&self, rows: &[usize]) -> Sum {
        let mut sum = Sum::default();
        rows.iter().for_each(|&row| sum.add(self.loss[row]));
        sum
    }

    /// Forks some rows, or makes them a leaf.
    fn fork(&mut self, fork: usize, rows: &mut [usize]) {
        if fork >= FORKS {
            let sum = self.sum(rows);
            self.leaves[fork - FORKS] = -self.plan.rate * sum.slope / (sum.curve + self.plan.ridge);
            return;
        }
        let Some((number, step)) = self.best(rows) else {
            return self.fork(2 * fork + 1, rows);
        };
        self.asked[fork] = number as u16;
        self.most[fork] = self.numbers[number].most[step];
        let mut left = 0;
        for i in 0..rows.len() {
            if usize::from(self.numbers[number].step[rows[i]]) <= step {
                rows.swap(i, left);
                left += 1;
            }
        }
        let (left, right) = rows.split_at_mut(left);
        self.fork(2 * fork + 1, left);
        self.fork(2 * fork + 2, right);
    }

    /// The number and its last step to the left that tell some rows apart best.
    fn best(&self, rows: &[usize]) -> Option<(usize, usize)> {
        if rows.len() < 2 * self.plan.fewest {
            return None;
        }
        let ridge = self.plan.ridge;
        let all = self.sum(rows);
        let mut best = (all.worth(ridge) + LEAST_GAIN, None);
        for &number in &self.seen {
            let Stepped { step, most } = &self.numbers[number];
            let mut steps = [Sum::default(); STEPS];
            rows.iter().for_each(|&row| steps[usize::from(step[row])].add(self.loss[row]));
            let mut left = Sum::default();
            for (n, &sum) in steps.iter().enumerate().take(most.len()) {
                left.add(sum);
                let right = all.without(left);
                if left.rows < self.plan.fewest || right.rows < self.plan.fewest {
                    continue;
                }
                let worth = left.worth(ridge) + right.worth(ridge);
                if worth > best.0 {
                    best = (worth, Some((number, n)));
                }
            }
        }
        best.1
    }
}

/// Grows trees that tell which rows are yes. All rows have the same numbers in the same order.
pub(crate) fn grow(rows: &[Vec<f32>], yes: &[bool], plan: &Plan) -> Trees {
    let Some(first) = rows.first() else { return Trees::default() };
    let mut dice = Dice(plan.seed);
    let numbers: Vec<Stepped> =
        (0..first.len()).map(|n| Stepped::new(&rows.iter().map(|row| row[n]).collect::<Vec<_>>())).collect();
    let share = (yes.iter().filter(|&&yes| yes).count() as f32 + 0.5) / (yes.len() as f32 + 1.0);
    let mut trees = Trees { bias: (share / (1.0 - share)).ln(), ..Trees::default() };
    let mut odds = vec![trees.bias; rows.len()];
    for _ in 0..plan.trees {
        let loss: Vec<Sum> = odds
            .iter()
            .zip(yes)
            .map(|(&odds, &yes)| {
                let chance = chance(odds);
                Sum { slope: chance - f32::from(u8::from(yes)), curve: chance * (1.0 - chance), rows: 1 }
            })
            .collect();
        let mut some = |n: usize, share: f32| (0..n).filter(|_| dice.share() < share).collect::<Vec<_>>();
        let seen = some(numbers.len(), plan.numbers);
        let mut sample = some(rows.len(), plan.rows);
        let mut tree = Tree {
            numbers: &numbers,
            seen,
            loss: &loss,
            plan,
            asked: [0; FORKS],
            most: [f32::INFINITY; FORKS],
            leaves: [0.0; LEAVES],
        };
        tree.fork(0, &mut sample);
        for (odds, row) in odds.iter_mut().zip(rows) {
            *odds += tree.leaves[leaf(&tree.asked, &tree.most, row)];
        }
        trees.asked.extend(tree.asked);
        trees.most.extend(tree.most);
        trees.leaves.extend(tree.leaves);
    }
    debug_assert_eq!(trees.leaves.len(), plan.trees << DEPTH);
    trees
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: Plan = Plan { seed: 5, trees: 60, rate: 0.2, rows: 0.8, numbers: 1.0, fewest: 2, ridge: 1.0 };

    /// Yes where exactly one of two numbers is high: no sum of the two tells that.
    fn either() -> (Vec<Vec<f32>>, Vec<bool>) {
        let rows: Vec<Vec<f32>> = (0..400).map(|n| vec![(n % 20) as f32, (n / 20) as f32, 1.0]).collect();
        let yes = rows.iter().map(|row| (row[0] > 9.0) != (row[1] > 9.0)).collect();
        (rows, yes)
    }

    #[test]
    fn trees_learn_what_no_sum_tells() {
        let (rows, yes) = either();
        let trees = grow(&rows, &yes, &PLAN);
        let check = |a: f32, b: f32, expected: bool| {
            assert_eq!(trees.odds(&[a, b, 1.0]) > 0.0, expected, "{a} {b}");
        };
        check(2.0, 3.0, false);
        check(2.0, 15.0, true);
        check(15.0, 3.0, true);
        check(15.5, 14.5, false);
    }

    #[test]
    fn the_same_rows_give_the_same_trees() {
        let (rows, yes) = either();
        let trees = grow(&rows, &yes, &PLAN);
        assert_eq!(trees, grow(&rows, &yes, &PLAN));
        let bytes = postcard::to_allocvec(&trees).unwrap();
        assert_eq!(postcard::from_bytes::<Trees>(&bytes).unwrap(), trees);
    }

    #[test]
    fn rows_that_are_alike_are_not_forked() {
        let trees = grow(&vec![vec![1.0]; 30], &[vec![true; 10], vec![false; 20]].concat(), &PLAN);
        assert!((chance(trees.odds(&[1.0])) - 1.0 / 3.0).abs() < 0.05);
        assert!(grow(&[], &[], &PLAN).odds(&[1.0]).abs() < 1e-6);
    }
}
