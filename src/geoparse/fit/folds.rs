//! Geoparsers whose recognition has not seen a share of the event locations, to measure what builds on it honestly:
//! recognition is trained on those sentences' places, too, and finds them more surely than any stranger's.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::super::Geoparser;
use super::super::learn::Model;
use super::super::lexicon::Lexicon;
use super::read;
use super::recognition::{Bench, fit};
use crate::gazetteer::Gazetteer;

/// For each fold a geoparser that was trained on all of `DATELINE_GOLD` but the texts of `events.jsonl` in that fold.
/// `DATELINE_FOLDS` may name a folder that keeps them from one run to the next.
pub(crate) fn geoparsers(folds: usize, fold_of: &(dyn Fn(&str) -> usize + Sync)) -> Vec<Geoparser> {
    let words = std::env::var("DATELINE_WORDS").expect("DATELINE_WORDS names a folder");
    let gazetteer = Gazetteer::embedded().unwrap();
    let golds = read(&gazetteer);
    let bench = Bench {
        golds: &golds,
        gazetteer: gazetteer.clone(),
        lexicon: Lexicon::embedded(),
        words: Path::new(&words),
    };
    let kept = std::env::var_os("DATELINE_FOLDS").map(PathBuf::from);
    let model = |fold: usize| {
        let kept = kept.as_ref().map(|folder| folder.join(format!("{fold}-of-{folds}.bin")));
        if let Some(bytes) = kept.as_ref().and_then(|file| std::fs::read(file).ok()) {
            return Model::unpack(&bytes).unwrap();
        }
        let seen = |n: usize| golds[n].corpus != "events" || fold_of(&golds[n].text) != fold;
        let model = fit(&bench, &seen);
        if let Some(file) = kept {
            std::fs::write(file, model.pack().unwrap()).unwrap();
        }
        model
    };
    let mut models: Vec<Model> = Vec::new();
    for pair in (0..folds).collect::<Vec<_>>().chunks(2) {
        models.extend(std::thread::scope(|scope| {
            let model = &model;
            let threads: Vec<_> = pair.iter().map(|&fold| scope.spawn(move || model(fold))).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect::<Vec<_>>()
        }));
    }
    let geoparser = |model| Geoparser { model: Arc::new(model), ..Geoparser::new(gazetteer.clone()) };
    models.into_iter().map(geoparser).collect()
}
