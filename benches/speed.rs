//! How many words a second go the whole way from text to ranked places, on one thread and on two, and whether one
//! long article takes the time of as many short ones.
//! `cargo bench --no-default-features --bench speed -- [ARTICLES]`, any files or folders; without them it is the sample.
//!
//! Each round measures one thread and two in turn, and medians are printed: what else the machine does in the meantime
//! weighs on both. Where Linux tells it, the processor's time is printed beside the clock's.
#![allow(missing_docs)]

use std::hint::black_box;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

use dateline::gazetteer::{Gazetteer, GazetteerError, Row};
use dateline::geoparse::Geoparser;
use dateline::ingest::{self, Ingested};
use dateline::jobs::{Finds, Pipeline};
use dateline::model::{Article, Problem};

/// Rounds of which the median counts.
const ROUNDS: usize = 7;
/// Words that a round goes through at least: less is over before it can be measured.
const WORDS: usize = 500_000;
/// Mentions in the long articles, each ten times the one before.
const MENTIONS: [usize; 3] = [1_000, 10_000, 100_000];
/// Bytes in the long articles of running text.
const BYTES: [usize; 3] = [100_000, 1_000_000, 10_000_000];
/// How often as long as its share an article may take before a longer one of the kind is not tried.
const PATIENCE: f64 = 4.0;

fn main() -> Result<(), GazetteerError> {
    let paths: Vec<PathBuf> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).map(PathBuf::from).collect();
    let mut articles = articles(&paths);
    let gazetteer = Gazetteer::embedded()?;
    let geoparser = Geoparser::new(gazetteer.clone());
    let text: String = articles.iter().map(|article| article.text.as_str()).collect::<Vec<_>>().join("\n\n");

    let count = |articles: &[Article]| -> usize {
        articles.iter().map(|article| article.text.split_whitespace().count()).sum()
    };
    while !articles.is_empty() && count(&articles) < WORDS {
        articles.extend_from_within(..);
    }
    println!("{} articles, {} words", articles.len(), count(&articles));
    threads(&geoparser, &articles, count(&articles));

    scaling("running text", &geoparser, &BYTES, |bytes| text.chars().cycle().take(bytes).collect());
    // Every name to show is as likely as any other: a fixed stride that is prime to the count.
    let town = |at: usize| gazetteer.name(Row(((at * 7_919_317) % gazetteer.len()) as u32));
    let long = |what, sentence: &dyn Fn(usize) -> String| {
        scaling(what, &geoparser, &MENTIONS, |mentions| (0..mentions).map(sentence).collect());
    };
    long("a sentence for each of many places", &|at| format!("A fire broke out in {} on Friday. ", town(at)));
    long("a list of many places", &|at| format!("{}, ", town(at)));
    long("one place, over and over", &|_| "Troops entered Aleppo. ".to_owned());
    long("persons with names of places", &|at| {
        format!("Mr {} met Anna {}. {} smiled. ", town(at), town(at + 1), town(at + 1))
    });
    long("coordinates", &|at| {
        format!("It lies at {}.{:04}, {}.{:04}. ", at % 90, at % 9_973, at % 180, at % 9_967)
    });
    long("distances from places", &|at| format!("It fell {} km north of {}. ", 2 + at % 90, town(at)));
    Ok(())
}

/// The articles of the files, or the sample.
fn articles(paths: &[PathBuf]) -> Vec<Article> {
    if paths.is_empty() {
        return ingest::sample();
    }
    let article = |read: Result<Ingested, Problem>| match read {
        Ok(Ingested::Article(article)) => Some(Article { given: None, ..*article }),
        Ok(Ingested::Geoparsed(geoparsed)) => Some(geoparsed.article),
        Err(problem) => {
            println!("left out: {}: {}", problem.place, problem.reason);
            None
        }
    };
    ingest::read(paths).filter_map(article).collect()
}

/// Words a second on one thread and on two.
fn threads(geoparser: &Geoparser, articles: &[Article], words: usize) {
    let on = |threads: NonZeroUsize| {
        let pipeline = Pipeline { geoparser, threads, given_spans: false, finds: Finds::PLACES };
        let inputs: Vec<_> =
            articles.iter().map(|article| Ok(Ingested::Article(Box::new(article.clone())))).collect();
        Took::by(|| {
            pipeline.run(inputs.into_iter(), &AtomicBool::new(false), |outcome| {
                let _ = black_box(outcome);
                ControlFlow::<()>::Continue(())
            });
        })
    };
    let (one, two) = (NonZeroUsize::MIN, NonZeroUsize::MIN.saturating_add(1));
    on(two);
    let rounds: Vec<(Took, Took)> = (0..ROUNDS).map(|_| (on(one), on(two))).collect();
    let median = |of: &dyn Fn(&(Took, Took)) -> f64| median(rounds.iter().map(of).collect());
    println!("words a second, medians of {ROUNDS} rounds:");
    let words = words as f64;
    println!("  one thread  {:9.0}  by the clock", words / median(&|(one, _)| one.clock));
    let measured = rounds.iter().all(|(one, two)| one.processor > 0.0 && two.processor > 0.0);
    if measured {
        println!("              {:9.0}  of the processor's time", words / median(&|(one, _)| one.processor));
    }
    println!("  two threads {:9.0}  by the clock", words / median(&|(_, two)| two.clock));
    println!("  two to one  {:9.2}  by the clock", median(&|(one, two)| one.clock / two.clock));
    if measured {
        // What two threads would reach on two processors that do nothing else.
        let at_best = median(&|(one, two)| 2.0 * one.processor / two.processor);
        println!("              {at_best:9.2}  at best: by the processor's time that a word takes on two");
    }
}

/// How long one article takes, for each size and for a byte.
fn scaling(what: &str, geoparser: &Geoparser, sizes: &[usize], text: impl Fn(usize) -> String) {
    println!("{what}, in one article:");
    let mut first = None;
    for &size in sizes {
        let text = text(size);
        let bytes = text.len() as f64;
        let article = Article::from_text("long", text);
        // Long runs are steady by themselves.
        let times = (1_000_000.0 / bytes).clamp(1.0, 5.0) as usize;
        let mut mentions = 0;
        let took = median(
            (0..times)
                .map(|_| {
                    let article = article.clone();
                    Took::by(|| mentions = geoparser.geoparse(article).mentions.len()).best()
                })
                .collect(),
        );
        let byte = took / bytes * 1e9;
        let share = byte / *first.get_or_insert(byte);
        println!(
            "  {:8.3} MB {mentions:7} mentions {took:8.3} s {byte:9.0} ns a byte, {share:.2} of the first",
            bytes / 1e6
        );
        if share > PATIENCE {
            println!("  not linear: longer ones are not tried");
            return;
        }
    }
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

/// Seconds that a piece of work took.
struct Took {
    clock: f64,
    /// Of all threads together; nought where the system does not tell.
    processor: f64,
}

impl Took {
    fn by(work: impl FnOnce()) -> Self {
        let (begun, spent) = (Instant::now(), processor());
        work();
        Self { clock: begun.elapsed().as_secs_f64(), processor: processor() - spent }
    }

    /// The processor's time, where it is long enough to be counted in hundredths of a second.
    fn best(&self) -> f64 {
        if self.processor > 0.2 { self.processor } else { self.clock }
    }
}

/// Seconds of processor that the program has used so far.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The second field is the program's name, which may hold anything; `utime` is the 14th.
    let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields);
    let ticks = fields.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}
