//! A small network over signs of a text, for questions that no rule answers: is this a place, is it meant.
//! One hidden layer over hashed sparse signs, plain numbers and the vectors of words nearby, beside a linear
//! model of the same signs; each is a sum, so that a chance costs microseconds. Hashing and factors after
//! Weinberger et al. 2009 and Rendle 2010.

mod model;
pub(crate) mod rates;
#[cfg(test)]
pub(crate) mod train;
pub(crate) mod trees;
pub(crate) mod vectors;

pub(crate) use model::{Model, learnt};
use serde::{Deserialize, Serialize};
use vectors::{Vectors, WIDTH};

/// Slots of the linear part, a power of two.
pub(crate) const LINEAR: usize = 1 << 18;
/// Slots that the hidden layer sees, a power of two.
pub(crate) const FACTORS: usize = 1 << 15;
/// Units of the hidden layer.
pub(crate) const HIDDEN: usize = 16;

/// What is seen of one decision.
#[derive(Clone, Debug, Default)]
pub(crate) struct Signs {
    /// Hashes of what is there: [`sign`].
    pub(crate) sparse: Vec<u32>,
    /// From which of them on they tell the name itself and not what is around it: training hides those at times.
    pub(crate) named: usize,
    /// Numbers, always the same ones in the same order.
    pub(crate) numbers: Vec<f32>,
    /// Words in always the same positions, by their row in the vectors; [`vectors::NONE`] where there is none.
    pub(crate) words: Vec<u32>,
}

/// The hash of a sign: a template's number and what fills it.
pub(crate) fn sign(template: u32, filling: u64) -> u32 {
    let mixed = (filling ^ u64::from(template).wrapping_mul(0x9e37_79b9_7f4a_7c15))
        .wrapping_mul(0xd6e8_feb8_6659_fd93);
    let mixed = (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (mixed >> 32) as u32
}

/// Two hashes as one, order counting.
pub(crate) fn both(a: u64, b: u64) -> u64 {
    a.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ b.wrapping_add(0x7f4a_7c15)
}

/// Weights of a network.
#[derive(Clone, Debug)]
pub(crate) struct Net {
    bias: f32,
    linear: Vec<f32>,
    linear_numbers: Vec<f32>,
    linear_words: Vec<f32>,
    hidden_bias: Vec<f32>,
    factors: Vec<f32>,
    hidden_numbers: Vec<f32>,
    hidden_words: Vec<f32>,
    out: Vec<f32>,
}

/// Weights in bytes: 127ths of the largest.
#[derive(Debug, Default, Deserialize, Serialize)]
pub(crate) struct Table<'a> {
    scale: f32,
    #[serde(borrow)]
    bytes: &'a [u8],
}

impl Table<'_> {
    fn unpacked(&self) -> Vec<f32> {
        self.bytes.iter().map(|&byte| f32::from(byte.cast_signed()) * self.scale).collect()
    }
}

/// A network as it is stored.
#[derive(Debug, Deserialize, Serialize)]
struct PackedNet<'a> {
    bias: f32,
    #[serde(borrow)]
    tables: [Table<'a>; 8],
}

impl Net {
    fn unpack(packed: &PackedNet<'_>) -> Option<Self> {
        let [linear, linear_numbers, linear_words, hidden_bias, factors, hidden_numbers, hidden_words, out] =
            packed.tables.each_ref().map(Table::unpacked);
        let fits = linear.len() == LINEAR
            && factors.len() == FACTORS * HIDDEN
            && hidden_bias.len() == HIDDEN
            && out.len() == HIDDEN
            && hidden_numbers.len() == linear_numbers.len() * HIDDEN
            && hidden_words.len() == linear_words.len() * HIDDEN;
        fits.then_some(Self {
            bias: packed.bias,
            linear,
            linear_numbers,
            linear_words,
            hidden_bias,
            factors,
            hidden_numbers,
            hidden_words,
            out,
        })
    }

    /// The log-odds of yes.
    pub(crate) fn odds(&self, signs: &Signs, vectors: &Vectors) -> f32 {
        let mut hidden = [0.0f32; HIDDEN];
        hidden.copy_from_slice(&self.hidden_bias);
        let mut sum = self.bias;
        for &sign in &signs.sparse {
            sum += self.linear[sign as usize % LINEAR];
            let from = sign as usize % FACTORS * HIDDEN;
            add(&mut hidden, &self.factors[from..from + HIDDEN], 1.0);
        }
        let numbers = signs.numbers.iter().take(self.linear_numbers.len());
        for (i, &x) in numbers.enumerate().filter(|&(_, &x)| x != 0.0) {
            sum += self.linear_numbers[i] * x;
            add(&mut hidden, &self.hidden_numbers[i * HIDDEN..(i + 1) * HIDDEN], x);
        }
        for (position, &word) in signs.words.iter().take(self.linear_words.len() / WIDTH).enumerate() {
            let Some(vector) = vectors.vector(word) else { continue };
            for (k, &x) in vector.iter().enumerate() {
                let i = position * WIDTH + k;
                sum += self.linear_words[i] * x;
                add(&mut hidden, &self.hidden_words[i * HIDDEN..(i + 1) * HIDDEN], x);
            }
        }
        sum + hidden.iter().zip(&self.out).map(|(&h, &o)| h.max(0.0) * o).sum::<f32>()
    }
}

/// Networks by themselves, as [`pack`] wrote them; none where the bytes are not of this version of the program.
pub(crate) fn unpack(bytes: &[u8]) -> Option<Vec<Net>> {
    let packed: Vec<PackedNet<'_>> = postcard::from_bytes(bytes).ok()?;
    packed.iter().map(Net::unpack).collect()
}

/// The bytes of networks by themselves. Weights lose all but their leading seven bits.
#[cfg(test)]
pub(crate) fn pack(nets: &[&Net]) -> Result<Vec<u8>, String> {
    let tables: Vec<_> = nets.iter().map(|net| net.tables().map(quantized)).collect();
    let packed: Vec<PackedNet<'_>> =
        nets.iter().zip(&tables).map(|(net, tables)| PackedNet::new(net, tables)).collect();
    postcard::to_allocvec(&packed).map_err(|error| error.to_string())
}

#[cfg(test)]
impl<'a> PackedNet<'a> {
    fn new(net: &Net, tables: &'a [(f32, Vec<u8>); 8]) -> Self {
        Self {
            bias: net.bias,
            tables: tables.each_ref().map(|(scale, bytes)| Table { scale: *scale, bytes }),
        }
    }
}

#[cfg(test)]
impl Net {
    fn tables(&self) -> [&[f32]; 8] {
        [
            &self.linear, &self.linear_numbers, &self.linear_words, &self.hidden_bias, &self.factors,
            &self.hidden_numbers, &self.hidden_words, &self.out,
        ]
    }

    /// The same, every log-odds by so much higher.
    pub(crate) fn raised(self, by: f32) -> Self {
        Self { bias: self.bias + by, ..self }
    }
}

/// Numbers as bytes, and what a byte's one is worth.
#[cfg(test)]
fn quantized(numbers: &[f32]) -> (f32, Vec<u8>) {
    let most = numbers.iter().fold(0.0f32, |most, x| most.max(x.abs()));
    let scale = if most > 0.0 { most / 127.0 } else { 1.0 };
    (scale, numbers.iter().map(|x| ((x / scale).round() as i8).cast_unsigned()).collect())
}

fn add(hidden: &mut [f32; HIDDEN], weights: &[f32], x: f32) {
    for (h, &w) in hidden.iter_mut().zip(weights) {
        *h += w * x;
    }
}

/// The chance of log-odds.
pub(crate) fn chance(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}
