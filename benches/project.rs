//! What a project takes: its file beside what compressing it as one stream would take, and how long it takes to open,
//! to edit, to undo.
//!
//!     cargo bench --no-default-features --bench project -- [FILE.jsonl] [--articles N] [--keep PROJECT]
//!
//! Without a file it is a pile of 100,000 articles with two million mentions, made by a fixed rule. Times are the
//! machine's: beside each stands that of writing as many bytes and having them on the disk.
#![allow(missing_docs)]

#[path = "window/pile.rs"]
#[allow(dead_code)]
mod pile;

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dateline::gazetteer::Gazetteer;
use dateline::ingest::{self, Ingested};
use dateline::model::Geoparsed;
use dateline::model::record::ArticleRecord;
use dateline::project::{About, Field, Project, Target, Value};
use pile::Pile;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Mentions in every article of the pile.
const MENTIONS: usize = 20;
/// Articles that are added at once.
const BATCH: usize = 128;
/// Mentions that are decided at once.
const EVERYWHERE: usize = 50_000;
/// How often what is quick is done.
const TIMES: usize = 50;

fn main() -> Outcome {
    let (mut file, mut articles, mut keep) = (None, 100_000, None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--articles" => articles = args.next().unwrap_or_default().parse()?,
            "--keep" => keep = args.next().map(PathBuf::from),
            "--bench" => {}
            path => file = Some(PathBuf::from(path)),
        }
    }
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let path = keep.unwrap_or_else(|| folder.path().join("pile.dateline"));
    let mut project = Project::create(&path, About::new("a pile", "bench"))?;
    match file {
        Some(file) => filled(&mut project, read(&file))?,
        None => {
            let gazetteer = Gazetteer::embedded()?;
            let pile = Pile::new(&gazetteer, articles, articles * 2, MENTIONS);
            filled(&mut project, (0..articles).map(|number| pile.article(number)))?;
        }
    }
    edited(&mut project, folder.path())?;
    drop(project);
    opened(&path)
}

/// The articles of a file that has their texts and mentions.
fn read(file: &Path) -> impl Iterator<Item = Geoparsed> {
    ingest::read(&[file.to_owned()]).filter_map(|read| match read {
        Ok(Ingested::Geoparsed(article)) => Some(*article),
        _ => None,
    })
}

/// Puts articles into a project, and tells what it takes beside other ways to keep them.
fn filled(project: &mut Project, articles: impl Iterator<Item = Geoparsed>) -> Outcome {
    let mut stream = zstd::Encoder::new(Vec::new(), 3)?;
    let (mut text, mut lines, mut mentions, mut number) = (0, 0, 0, 0);
    let mut spent = Duration::ZERO;
    let mut articles = articles.peekable();
    while articles.peek().is_some() {
        let batch: Vec<_> = articles.by_ref().take(BATCH).collect();
        for article in &batch {
            let mut line = serde_json::to_vec(&ArticleRecord::new(article, true))?;
            line.push(b'\n');
            stream.write_all(&line)?;
            lines += line.len();
            text += article.article.text.len();
            mentions += article.mentions.len();
        }
        let numbered: Vec<_> =
            batch.iter().enumerate().map(|(at, article)| (number + at as u32, article)).collect();
        let start = Instant::now();
        project.add(&numbered)?;
        spent += start.elapsed();
        number += batch.len() as u32;
    }
    let stream = stream.finish()?.len() as f64;
    let file = fs::metadata(project.path())?.len() as f64;
    println!("{number} articles, {mentions} mentions, {} of text", bytes(text as f64));
    println!("added in {:.1} s", spent.as_secs_f64());
    println!(
        "file {}, {:.2} times JSON Lines in one stream of zstd -3 ({})",
        bytes(file),
        file / stream,
        bytes(stream)
    );
    println!("{:.3} times JSON Lines as they are ({})", file / lines as f64, bytes(lines as f64));
    Ok(())
}

/// One decision, many at once, undone and done again, and a copy of the whole.
fn edited(project: &mut Project, folder: &Path) -> Outcome {
    let shelf = project.shelf();
    let mentions = (0..project.len() as u32).flat_map(|number| {
        let mentions = shelf.get(number).map(|article| article.mentions).unwrap_or_default();
        mentions.into_iter().map(move |mention| Target::Mention(number, mention.key()))
    });
    let mentions: Vec<Target> = mentions.take(EVERYWHERE).collect();
    let resolved = |number| shelf.get(number)?.mentions.iter().find_map(|mention| mention.place().cloned());
    let place = (0..project.len() as u32).find_map(resolved).ok_or("no place in any article")?;
    let place = Value::Place(place);
    let edit = |project: &Project, targets: &[Target], value: &Value| {
        let values = targets.iter().map(|target| (target.clone(), Field::Place, Some(value.clone())));
        project.state().edit("Derna is Darnah, Libya", values)
    };
    let mut single = Vec::new();
    for target in mentions.iter().take(TIMES) {
        let edit = edit(project, std::slice::from_ref(target), &Value::Rejected);
        let start = Instant::now();
        project.apply(edit, "bench", None)?;
        single.push(start.elapsed());
    }
    let synced = (0..TIMES).map(|_| on_disk(folder, 4096)).collect::<io::Result<Vec<_>>>()?;
    println!("one edit {}; 4 kB written and on the disk {}", times(single), times(synced));
    let before = fs::metadata(project.path())?.len();
    let edit = edit(project, &mentions, &place);
    let start = Instant::now();
    let done = project.apply(edit, "bench", None)?;
    let (applied, count) = (start.elapsed(), done.sets.len());
    let start = Instant::now();
    project.undo("bench")?;
    let undone = start.elapsed();
    let start = Instant::now();
    project.redo("bench")?;
    let again = start.elapsed();
    let grown = (fs::metadata(project.path())?.len() - before) as usize;
    let synced = on_disk(folder, grown.max(1))?;
    println!(
        "{count} values at once {applied:.1?}, undone {undone:.1?}, done again {again:.1?}; the file grew by {}, which \
         alone is on the disk in {synced:.1?}",
        bytes(grown as f64)
    );
    let start = Instant::now();
    project.save_as(&folder.join("copy.dateline"))?;
    let saved = start.elapsed();
    let start = Instant::now();
    fs::copy(project.path(), folder.join("copied"))?;
    File::open(folder.join("copied"))?.sync_all()?;
    println!("saved as another file in {saved:.1?}; copied in {:.1?}", start.elapsed());
    Ok(())
}

/// A project opened, an article read, and all of them.
fn opened(path: &Path) -> Outcome {
    let start = Instant::now();
    let (project, problems) = Project::open(path)?;
    println!("opened in {:.1?}, {} problems", start.elapsed(), problems.len());
    let (shelf, count) = (project.shelf(), project.len() as u32);
    let mut one = Vec::new();
    for number in 0..TIMES as u32 {
        let start = Instant::now();
        shelf.get(number * 7919 % count).ok_or("an article is missing")?;
        one.push(start.elapsed());
    }
    let start = Instant::now();
    let mentions: usize =
        (0..count).filter_map(|number| shelf.get(number)).map(|article| article.mentions.len()).sum();
    println!(
        "one article {}; all with {mentions} mentions on one thread {:.1?}",
        times(one),
        start.elapsed()
    );
    Ok(())
}

/// How long it takes to have so many bytes on the disk.
fn on_disk(folder: &Path, bytes: usize) -> io::Result<Duration> {
    let start = Instant::now();
    let mut file = File::create(folder.join("bytes"))?;
    file.write_all(&vec![7; bytes])?;
    file.sync_all()?;
    Ok(start.elapsed())
}

/// Median and slowest.
fn times(mut times: Vec<Duration>) -> String {
    times.sort_unstable();
    format!("{:.1?} (slowest {:.1?})", times[times.len() / 2], times[times.len() - 1])
}

fn bytes(count: f64) -> String {
    format!("{:.1} MB", count / 1e6)
}
