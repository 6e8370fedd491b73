//! Trains a network: stochastic gradient steps with rates of their own for every weight (Duchi et al. 2011).
//! The order of the samples and the signs that are hidden come from a fixed seed, so that the same samples
//! give the same weights.

use super::vectors::{Vectors, WIDTH};
use super::{FACTORS, HIDDEN, LINEAR, Net, Signs, add, chance};

/// One decision and its answer.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) signs: Signs,
    pub(crate) yes: bool,
    pub(crate) weight: f32,
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    pub(crate) seed: u64,
    pub(crate) rounds: usize,
    pub(crate) rate: f32,
    /// Share of sparse signs that a step does not see.
    pub(crate) hide: f32,
    /// Share of steps that do not see which name it is, so that names never seen are judged by their place
    /// in the sentence.
    pub(crate) unnamed: f32,
    /// What a weight loses a step, of itself.
    pub(crate) decay: f32,
}

/// A generator of numbers that are the same everywhere (splitmix64, Steele et al. 2014).
#[derive(Clone, Debug)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to under 1.
    pub(crate) fn share(&mut self) -> f32 {
        (self.roll() >> 40) as f32 / (1u64 << 24) as f32
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.roll() % n.max(1) as u64) as usize
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// One table with the sums of its squared gradients.
struct Rated {
    w: Vec<f32>,
    g: Vec<f32>,
}

impl Rated {
    fn new(w: Vec<f32>) -> Self {
        let g = vec![0.0; w.len()];
        Self { w, g }
    }

    fn step(&mut self, i: usize, gradient: f32, plan: &Plan) {
        let gradient = gradient + plan.decay * self.w[i];
        self.g[i] += gradient * gradient;
        self.w[i] -= plan.rate * gradient / (self.g[i].sqrt() + 1e-6);
    }

    /// A step of the weights from one sign to the hidden units, those that are at rest left alone.
    fn steps(&mut self, from: usize, back: &[f32; HIDDEN], x: f32, plan: &Plan) {
        for (j, &back) in back.iter().enumerate().filter(|&(_, &back)| back != 0.0) {
            self.step(from + j, back * x, plan);
        }
    }
}

/// Trains a network on the samples.
pub(crate) fn train(samples: &[&Sample], vectors: &Vectors, plan: &Plan) -> Net {
    let mut dice = Dice(plan.seed);
    let numbers = samples.first().map_or(0, |s| s.signs.numbers.len());
    let words = samples.first().map_or(0, |s| s.signs.words.len());
    let mut start =
        |n: usize, spread: f32| (0..n).map(|_| (dice.share() - 0.5) * spread).collect::<Vec<f32>>();
    let mut linear = Rated::new(vec![0.0; LINEAR]);
    let mut linear_numbers = Rated::new(vec![0.0; numbers]);
    let mut linear_words = Rated::new(vec![0.0; words * WIDTH]);
    let mut factors = Rated::new(vec![0.0; FACTORS * HIDDEN]);
    let mut hidden_numbers = Rated::new(start(numbers * HIDDEN, 0.2));
    let mut hidden_words = Rated::new(start(words * WIDTH * HIDDEN, 0.2));
    let mut hidden_bias = Rated::new(vec![0.1; HIDDEN]);
    let mut out = Rated::new(start(HIDDEN, 0.6));
    let mut bias = Rated::new(vec![0.0; 1]);
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut sparse: Vec<u32> = Vec::new();
    for round in 0..plan.rounds {
        dice.shuffle(&mut order);
        let plan = Plan { rate: plan.rate * (1.0 - 0.8 * round as f32 / plan.rounds as f32), ..*plan };
        for &n in &order {
            let sample = samples[n];
            sparse.clear();
            let named = dice.share() >= plan.unnamed;
            let seen = if named { sample.signs.sparse.len() } else { sample.signs.named };
            sparse.extend(sample.signs.sparse[..seen].iter().filter(|_| dice.share() >= plan.hide));
            let scale = 1.0 / (1.0 - plan.hide);
            let mut hidden = [0.0f32; HIDDEN];
            hidden.copy_from_slice(&hidden_bias.w);
            let mut sum = bias.w[0];
            for &sign in &sparse {
                sum += linear.w[sign as usize % LINEAR] * scale;
                let from = sign as usize % FACTORS * HIDDEN;
                add(&mut hidden, &factors.w[from..from + HIDDEN], scale);
            }
            for (i, &x) in sample.signs.numbers.iter().enumerate().filter(|&(_, &x)| x != 0.0) {
                sum += linear_numbers.w[i] * x;
                add(&mut hidden, &hidden_numbers.w[i * HIDDEN..(i + 1) * HIDDEN], x);
            }
            let each_word = |f: &mut dyn FnMut(usize, f32)| {
                for (position, &word) in sample.signs.words.iter().enumerate() {
                    for (k, &x) in vectors.vector(word).unwrap_or(&[]).iter().enumerate() {
                        f(position * WIDTH + k, x);
                    }
                }
            };
            each_word(&mut |i, x| {
                sum += linear_words.w[i] * x;
                add(&mut hidden, &hidden_words.w[i * HIDDEN..(i + 1) * HIDDEN], x);
            });
            sum += hidden.iter().zip(&out.w).map(|(&h, &o)| h.max(0.0) * o).sum::<f32>();
            let error = (chance(sum) - f32::from(u8::from(sample.yes))) * sample.weight;
            let mut back = [0.0f32; HIDDEN];
            for j in 0..HIDDEN {
                if hidden[j] > 0.0 {
                    back[j] = error * out.w[j];
                    out.step(j, error * hidden[j], &plan);
                }
                hidden_bias.step(j, back[j], &plan);
            }
            bias.step(0, error, &plan);
            for &sign in &sparse {
                linear.step(sign as usize % LINEAR, error * scale, &plan);
                let from = sign as usize % FACTORS * HIDDEN;
                factors.steps(from, &back, scale, &plan);
            }
            for (i, &x) in sample.signs.numbers.iter().enumerate().filter(|&(_, &x)| x != 0.0) {
                linear_numbers.step(i, error * x, &plan);
                hidden_numbers.steps(i * HIDDEN, &back, x, &plan);
            }
            each_word(&mut |i, x| {
                linear_words.step(i, error * x, &plan);
                hidden_words.steps(i * HIDDEN, &back, x, &plan);
            });
        }
    }
    Net {
        bias: bias.w[0],
        linear: linear.w,
        linear_numbers: linear_numbers.w,
        linear_words: linear_words.w,
        hidden_bias: hidden_bias.w,
        factors: factors.w,
        hidden_numbers: hidden_numbers.w,
        hidden_words: hidden_words.w,
        out: out.w,
    }
}
