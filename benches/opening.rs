//! What a project of two million mentions takes to open, and its collection to change.
//!
//!     cargo bench --no-default-features --bench opening -- [--articles N]
//!
//! The project is made by a fixed rule beside the build, and kept. Times are of this machine, with as many threads as
//! it has processors.
#![allow(missing_docs)]

#[path = "window/pile.rs"]
#[allow(dead_code)]
mod pile;

use std::fs;
use std::path::Path;
use std::process;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use dateline::explore::{Arrival, Collection, Filter, MentionRef, View, Written};
use dateline::gazetteer::Gazetteer;
use dateline::geoparse::Geoparser;
use dateline::jobs::opening::{Opened, Opening, write_down};
use dateline::jobs::{Answer, all_threads};
use dateline::model::{Geoparsed, How};
use dateline::project::{About, Field, Project, Target, Value};
use pile::Pile;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Mentions in every article.
const MENTIONS: usize = 20;
/// Articles that are added at once.
const BATCH: usize = 128;
/// Mentions that are changed at once.
const MANY: usize = 50_000;

fn main() -> Outcome {
    let mut articles = 100_000;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--articles" => articles = args.next().unwrap_or_default().parse()?,
            "--memory" => return memory(Path::new(&args.next().unwrap_or_default())),
            _ => {}
        }
    }
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("opening-{articles}.dateline"));
    if !path.is_file() {
        make(&path, articles)?;
    }
    println!("{articles} articles, {} mentions, {:.1} MB", articles * MENTIONS, size(&path));

    let mut opened = timed("opened, every article read", || opened(&path))?;
    drop(std::mem::take(&mut opened.written));
    let mut written = Written::default();
    timed("written down", || write_down(&mut opened.project, &opened.collection, &mut written));
    println!("the file then: {:.1} MB", size(&path));
    drop((opened, written));

    // What this process has let go of it may still hold.
    process::Command::new(std::env::current_exe()?).arg("--memory").arg(&path).status()?;
    let mut opened = timed("opened as it was written down", || self::opened(&path))?;
    timed("a view of it", || View::default().refresh(&opened.collection, &Filter::default()));
    changes(&mut opened.collection);
    timed("what changed written down", || {
        write_down(&mut opened.project, &opened.collection, &mut opened.written);
    });
    drop(opened);

    decided(&path)?;
    timed("opened after an edit of a thousand mentions", || self::opened(&path))?;
    fs::remove_file(&path)?;
    Ok(())
}

/// Tells the memory that a project takes when it is open.
fn memory(path: &Path) -> Outcome {
    let before = resident();
    let opened = opened(path)?;
    println!("memory for {} mentions: {:.0} MB", opened.collection.mention_count(), resident() - before);
    Ok(())
}

/// Makes a project of a pile.
fn make(path: &Path, articles: usize) -> Outcome {
    let gazetteer = Gazetteer::embedded()?;
    let pile = Pile::new(&gazetteer, articles, articles * 2, MENTIONS);
    let mut project = Project::create(path, About::new("a pile", "bench"))?;
    for start in (0..articles).step_by(BATCH) {
        let batch: Vec<(u32, Geoparsed)> = (start..articles.min(start + BATCH))
            .map(|number| (number as u32, pile.article(number)))
            .collect();
        project.add(&batch.iter().map(|(number, article)| (*number, article)).collect::<Vec<_>>())?;
    }
    Ok(())
}

fn opened(path: &Path) -> Outcome<Box<Opened>> {
    let geoparser = Geoparser::new(Gazetteer::embedded()?);
    let opening = Opening::start(path.to_owned(), geoparser, all_threads(), || {});
    loop {
        match opening.poll() {
            Answer::Here(opened) => return opened?.ok_or_else(|| "it was left off".into()),
            Answer::Lost => return Err("it failed".into()),
            Answer::Awaited => thread::sleep(Duration::from_millis(1)),
        }
    }
}

/// Changes many mentions, and one article, as a window does that has a copy elsewhere.
fn changes(collection: &mut Collection) {
    let place = collection.place(0).map(|entry| Arc::clone(&entry.place));
    let step = collection.len().div_ceil(MANY).max(1);
    let at = |article: usize| MentionRef { article, mention: article % MENTIONS };
    let places: Vec<_> = (0..collection.len())
        .step_by(step)
        .map(|number| (at(number), place.clone(), How::Corrected))
        .collect();
    let snapshot = collection.snapshot();
    let replaced = timed(&format!("{} mentions in as many articles changed", places.len()), || {
        collection.replace(&places)
    });
    drop(snapshot);
    let snapshot = collection.snapshot();
    timed("and put back", || collection.put_back(replaced));
    drop(snapshot);
    for number in [1, collection.len() / 2] {
        let Some(article) = collection.article(number) else { continue };
        let mut fewer = article.as_ref().clone();
        fewer.mentions.pop();
        let arrival = Arrival::again(&article, &fewer);
        let snapshot = collection.snapshot();
        timed("one mention changed", || collection.replace(&places[number / step..=number / step]));
        drop(snapshot);
        let snapshot = collection.snapshot();
        timed("one article changed", || collection.change(number, arrival));
        drop(snapshot);
    }
}

/// Rejects the first mention of a thousand articles.
fn decided(path: &Path) -> Outcome {
    let (mut project, _) = Project::open(path)?;
    let shelf = project.shelf();
    let first = |number: u32| Some((number, shelf.get(number)?.mentions.first()?.key()));
    let count = project.len().min(1000) as u32;
    let targets: Vec<_> = (0..count).filter_map(first).collect();
    let sets = targets
        .into_iter()
        .map(|(number, key)| (Target::Mention(number, key), Field::Place, Some(Value::Rejected)));
    let edit = project.state().edit("Reject", sets);
    project.apply(edit, "bench", None)?;
    Ok(())
}

fn timed<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let made = work();
    println!("{what}: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    made
}

fn size(path: &Path) -> f64 {
    fs::metadata(path).map_or(0.0, |file| file.len() as f64 / 1e6)
}

/// Memory that the program holds, megabytes; 0 where the system does not say.
fn resident() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok()).unwrap_or(0.0) / 1e3
}
