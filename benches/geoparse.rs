//! How fast articles are geoparsed and their dates and events read, in one thread, on the sample, beside a plain scan for the names
//! to show: every run of up to four words is looked up in a set, and nothing is decided.
#![allow(clippy::unwrap_used, missing_docs)]

use std::collections::HashSet;
use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use dateline::gazetteer::{Gazetteer, Row, fold, fold_word};
use dateline::geoparse::Geoparser;
use dateline::model::{Article, Geoparsed, PartialDate};
use dateline::{dates, events};

fn sample(criterion: &mut Criterion) {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/seeds");
    let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let articles: Vec<Article> = paths
        .iter()
        .map(|path| Article {
            date: Some(PartialDate::ymd(2016, 10, 19)),
            ..Article::from_text("sample", std::fs::read_to_string(path).unwrap())
        })
        .collect();
    let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
    let gazetteer = Gazetteer::embedded().unwrap();
    let names: HashSet<String> =
        (0..gazetteer.len() as u32).map(|row| fold(gazetteer.name(Row(row)))).collect();
    let geoparser = Geoparser::new(gazetteer);
    let mut group = criterion.benchmark_group("geoparse");
    group.throughput(Throughput::Elements(words as u64));
    group.bench_function("sample", |bencher| {
        bencher.iter(|| {
            for article in &articles {
                black_box(geoparser.geoparse(article.clone()));
            }
        });
    });
    group.bench_function("dates of the sample", |bencher| {
        bencher.iter(|| articles.iter().map(|article| dates::find(article).len()).sum::<usize>());
    });
    let read: Vec<Geoparsed> = articles
        .iter()
        .map(|article| Geoparsed { dates: dates::find(article), ..geoparser.geoparse(article.clone()) })
        .collect();
    group.bench_function("events of the sample", |bencher| {
        bencher.iter_batched(
            || read.clone(),
            |mut read| read.iter_mut().for_each(events::read),
            BatchSize::SmallInput,
        );
    });
    group.bench_function("plain scan of the sample", |bencher| {
        bencher.iter(|| articles.iter().map(|article| plain_scan(&article.text, &names)).sum::<usize>());
    });
    group.finish();
}

/// How many runs of up to four words are names.
fn plain_scan(text: &str, names: &HashSet<String>) -> usize {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold_word).collect();
    let runs =
        (0..words.len()).flat_map(|from| (from + 1..=words.len().min(from + 4)).map(move |to| (from, to)));
    runs.filter(|&(from, to)| names.contains(&words[from..to].join(" "))).count()
}

criterion_group!(benches, sample);
criterion_main!(benches);
