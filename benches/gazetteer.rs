//! How long the gazetteer takes to look names up, beside a hash map of the names to show: no look-up
//! is faster than that, which has to be filled first and knows no other spelling; and how long where they lie, beside
//! a look at every place.
//! `cargo bench --no-default-features --bench gazetteer`

use std::collections::HashMap;
use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use dateline::gazetteer::{Gazetteer, Row, fold, fold_word};
use dateline::model::Bbox;

fn lookups(criterion: &mut Criterion) {
    let Ok(gazetteer) = Gazetteer::embedded() else { return };
    criterion.bench_function("open", |bench| bench.iter(Gazetteer::embedded));
    criterion.bench_function("fold", |bench| bench.iter(|| fold(black_box("Sharm el-Sheikh"))));
    let mut names: HashMap<String, Vec<Row>> = HashMap::new();
    for row in (0..gazetteer.len() as u32).map(Row) {
        names.entry(fold(gazetteer.name(row))).or_default().push(row);
    }
    criterion.bench_function("one place, hash map", |bench| {
        bench.iter(|| names.get(&fold(black_box("Aleppo"))).map(Vec::len));
    });
    criterion.bench_function("one place", |bench| bench.iter(|| gazetteer.lookup(black_box("Aleppo"))));
    criterion
        .bench_function("many places", |bench| bench.iter(|| gazetteer.lookup(black_box("Springfield"))));
    let text = "The bomb in Deir ez-Zor killed at least twelve people, said the governor of New York City";
    let words: Vec<String> = text.split_whitespace().map(fold_word).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    criterion.bench_function("every word of a sentence", |bench| {
        bench.iter(|| (0..words.len()).map(|at| gazetteer.names_at(&words[at..]).len()).sum::<usize>());
    });
    criterion
        .bench_function("prefix of one letter", |bench| bench.iter(|| gazetteer.prefix(black_box("s"), 10)));
    criterion.bench_function("prefix", |bench| bench.iter(|| gazetteer.prefix(black_box("san"), 10)));
    criterion.bench_function("misspelt", |bench| bench.iter(|| gazetteer.lookup(black_box("Ouagadugou"))));
    criterion.bench_function("by identifier", |bench| {
        bench.iter(|| gazetteer.by_id(black_box("geonames:360630")))
    });
    let points: Vec<(f64, f64)> = (0..gazetteer.len() as u32).map(|row| gazetteer.point(Row(row))).collect();
    let metres = |(lat, lon): (f64, f64)| (lat - 30.0).hypot((lon - 31.0) * 30f64.to_radians().cos());
    criterion.bench_function("nearest, every place looked at", |bench| {
        bench.iter(|| points.iter().map(|&point| metres(black_box(point))).fold(f64::MAX, f64::min));
    });
    criterion.bench_function("nearest", |bench| bench.iter(|| gazetteer.nearest(black_box(30.0), 31.0, 10)));
    let delta = Bbox { west: 29.0, south: 29.5, east: 33.0, north: 32.0 };
    criterion
        .bench_function("best known in a box", |bench| bench.iter(|| gazetteer.within(black_box(delta), 50)));
}

criterion_group!(benches, lookups);
criterion_main!(benches);
