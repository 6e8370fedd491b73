//! What is learnt of a language: its words, and the networks over them.
//! It is a data file, so that another language is another file; `dateline assets train` writes it.

use std::sync::{Arc, LazyLock};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::vectors::{self, Vectors};
use super::{Net, PackedNet};

/// What is learnt of a language.
#[derive(Debug, Default)]
pub(crate) struct Model {
    /// Its words.
    pub(crate) vectors: Vectors,
    /// Weights of recognition's clues, in their order.
    pub(crate) clues: Vec<f32>,
    /// Tells whether a name is a place. None before it is trained: then the clues alone tell.
    pub(crate) places: Option<Net>,
}

/// Which model is inside the program: another one has another number.
pub(crate) fn learnt() -> u64 {
    xxh3_64(ENGLISH)
}

/// A model as it is stored.
#[derive(Debug, Deserialize, Serialize)]
struct Packed<'a> {
    #[serde(borrow)]
    vectors: vectors::Packed<'a>,
    clues: Vec<f32>,
    #[serde(borrow)]
    places: PackedNet<'a>,
}

static ENGLISH: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/english.bin"));

impl Model {
    /// The English model inside the program.
    pub(crate) fn embedded() -> Arc<Self> {
        static MODEL: LazyLock<Arc<Model>> =
            LazyLock::new(|| Arc::new(Model::unpack(ENGLISH).unwrap_or_default()));
        Arc::clone(&MODEL)
    }

    /// Reads a model; none where the bytes are not one of this version of the program.
    pub(crate) fn unpack(bytes: &[u8]) -> Option<Self> {
        let packed: Packed<'_> = postcard::from_bytes(bytes).ok()?;
        let places = Net::unpack(&packed.places)?;
        Some(Self { vectors: Vectors::unpack(&packed.vectors), clues: packed.clues, places: Some(places) })
    }
}

#[cfg(test)]
impl Model {
    /// The model's bytes. Weights lose all but their leading seven bits.
    pub(crate) fn pack(&self) -> Result<Vec<u8>, String> {
        let places = self.places.as_ref().ok_or("the network is not trained")?;
        let tables = places.tables().map(super::quantized);
        let values = super::quantized(self.vectors.values());
        let packed = Packed {
            vectors: self.vectors.packed(super::Table { scale: values.0, bytes: &values.1 }),
            clues: self.clues.clone(),
            places: PackedNet::new(places, &tables),
        };
        postcard::to_allocvec(&packed).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geoparse::learn::train::{Plan, Sample, train};
    use crate::geoparse::learn::{Signs, sign};

    #[test]
    fn the_model_inside_the_program_is_whole() {
        let model = Model::embedded();
        assert!(model.places.is_some());
        let lies = |word: &str| model.vectors.row(vectors::hash(word)) != vectors::NONE;
        assert!(lies("village") && lies("said") && !lies("qqqq"));
    }

    #[test]
    fn what_was_learnt_survives_packing() {
        let plan = Plan { seed: 3, rounds: 20, rate: 0.1, hide: 0.0, unnamed: 0.0, decay: 0.0 };
        let signs = |n: u64| Signs { sparse: vec![sign(1, n), sign(2, n / 2)], ..Signs::default() };
        let samples: Vec<Sample> =
            (0..40).map(|n| Sample { signs: signs(n), yes: n % 3 == 0, weight: 1.0 }).collect();
        let vectors = Vectors::new(vec![(7, [0.5; vectors::WIDTH])]);
        let net = train(&samples.iter().collect::<Vec<_>>(), &vectors, &plan);
        let model = Model { vectors, clues: vec![1.0, -2.0], places: Some(net) };
        let again = Model::unpack(&model.pack().unwrap()).unwrap();
        assert_eq!(again.clues, model.clues);
        for sample in &samples {
            let odds = |model: &Model| model.places.as_ref().unwrap().odds(&sample.signs, &model.vectors);
            assert_eq!(odds(&model) > 0.0, sample.yes);
            assert!((odds(&model) - odds(&again)).abs() < 0.2);
        }
    }

    #[test]
    fn other_bytes_are_no_model() {
        assert!(Model::unpack(&[]).is_none());
        assert!(Model::unpack(&[7; 100]).is_none());
    }
}
