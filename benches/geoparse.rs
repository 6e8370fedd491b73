//! How fast articles are geoparsed, in one thread, on the sample.
#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::model::Article;

fn sample(criterion: &mut Criterion) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let articles: Vec<Article> = paths
        .iter()
        .map(|path| Article::from_text("sample", std::fs::read_to_string(path).unwrap()))
        .collect();
    let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
    let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
    let mut group = criterion.benchmark_group("geoparse");
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("sample", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                black_box(geoparser.geoparse(article.clone()));
            }
        });
    });
    group.finish();
}

criterion_group!(benches, sample);
criterion_main!(benches);
