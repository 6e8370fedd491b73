//! What is learnt of where events happen, and how it weighs names: two networks, and trees that have the last word.
//! The trees see what the networks say of each name and its rivals, how often what stands around it went with the
//! place of an event, and the plain numbers.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::company::Company;
use super::{company, signs};
use crate::geoparse::learn::rates::Rates;
use crate::geoparse::learn::trees::Trees;
use crate::geoparse::learn::vectors::{Vectors, WIDTH};
use crate::geoparse::learn::{self, Net, Signs};

static LINKER: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/linker.bin"));

/// Which of what is learnt is inside the program: another has another number.
pub(crate) fn learnt() -> u64 {
    xxh3_64(LINKER)
}

/// Signs that stand at the same place whatever the name, and that are numbers to the trees by their rates.
const RATED: usize = company::TOLD + signs::FIXED;

/// What is learnt of where events happen.
#[derive(Debug)]
pub(super) struct Weights {
    pub(super) nets: Nets,
    pub(super) rates: Rates,
    pub(super) trees: Trees,
}

/// The two networks.
#[derive(Debug)]
pub(super) struct Nets {
    /// Weighs a name by itself.
    pub(super) alone: Net,
    /// Weighs it knowing the others.
    pub(super) among: Net,
}

/// What the networks say of the rivals for one trigger.
#[derive(Clone, Debug)]
pub(super) struct Said {
    /// The signs of each, what the odds of the others tell among them.
    signs: Vec<Signs>,
    /// The log-odds of each by itself, and among the others.
    alone: Vec<f32>,
    among: Vec<f32>,
}

/// The weights as they are stored.
#[derive(Debug, Deserialize, Serialize)]
struct Packed<'a> {
    nets: &'a [u8],
    rates: Rates,
    trees: Trees,
}

impl Weights {
    /// The weights inside the program; none where they are of another version of it.
    pub(super) fn embedded() -> Option<Arc<Self>> {
        static WEIGHTS: LazyLock<Option<Arc<Weights>>> =
            LazyLock::new(|| Some(Arc::new(Weights::unpack(LINKER)?)));
        WEIGHTS.clone()
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let Packed { nets, rates, trees } = postcard::from_bytes(bytes).ok()?;
        let mut nets = learn::unpack(nets)?.into_iter();
        Some(Self { nets: Nets { alone: nets.next()?, among: nets.next()? }, rates, trees })
    }

    /// The chance of every rival to be a place of the event.
    pub(super) fn chances(&self, signs: Vec<Signs>, company: &Company, vectors: &Vectors) -> Vec<f32> {
        let said = self.nets.weigh(signs, company, vectors);
        let odds = |this: usize| self.trees.odds(&said.numbers(this, &self.rates, vectors));
        (0..said.signs.len()).map(|this| learn::chance(odds(this))).collect()
    }
}

#[cfg(test)]
impl Weights {
    /// The weights' bytes. Those of the networks lose all but their leading seven bits.
    pub(super) fn pack(&self) -> Result<Vec<u8>, String> {
        let nets = learn::pack(&[&self.nets.alone, &self.nets.among])?;
        let (rates, trees) = (self.rates.clone(), self.trees.clone());
        postcard::to_allocvec(&Packed { nets: &nets, rates, trees }).map_err(|error| error.to_string())
    }
}

impl Nets {
    /// Weighs every rival twice.
    pub(super) fn weigh(&self, mut signs: Vec<Signs>, company: &Company, vectors: &Vectors) -> Said {
        let alone: Vec<f32> = signs.iter().map(|signs| self.alone.odds(signs, vectors)).collect();
        for (this, signs) in signs.iter_mut().enumerate() {
            company.add(signs, &alone, this);
        }
        let among = signs.iter().map(|signs| self.among.odds(signs, vectors)).collect();
        Said { signs, alone, among }
    }
}

impl Said {
    /// The signs of one rival that are told to the trees by their rates, the two of the name itself last.
    pub(super) fn rated(&self, this: usize) -> impl Iterator<Item = u32> {
        let Signs { sparse, named, .. } = &self.signs[this];
        sparse.iter().take(RATED).chain(sparse.iter().skip(*named)).copied()
    }

    /// What the trees ask for of one rival.
    pub(super) fn numbers(&self, this: usize, rates: &Rates, vectors: &Vectors) -> Vec<f32> {
        let signs = &self.signs[this];
        let mean = |i: usize| (self.alone[i] + self.among[i]) / 2.0;
        let own = mean(this);
        let others = || (0..self.alone.len()).filter(|&i| i != this).map(mean);
        let best = others().fold(-8.0, f32::max);
        let mut numbers = Vec::with_capacity(256);
        numbers.extend([self.alone[this], self.among[this], own, best, own - best, own.max(best)]);
        numbers.push(others().filter(|&other| other > own).count() as f32);
        numbers.push(others().map(learn::chance).sum::<f32>() + learn::chance(own));
        numbers.push(self.alone.len() as f32);
        numbers.extend(&signs.numbers);
        numbers.extend(self.rated(this).map(|sign| rates.odds(sign)));
        for &word in &signs.words {
            numbers.extend(vectors.vector(word).unwrap_or(&[0.0; WIDTH]));
        }
        numbers
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_inside_the_program_are_whole() {
        assert!(Weights::embedded().is_some());
        assert!(Weights::unpack(&[]).is_none());
        assert!(Weights::unpack(&[7; 100]).is_none());
    }
}
