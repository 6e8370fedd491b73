//! A search in many articles: through the index, beside a look at every text in the same run.
//!
//!     cargo bench --bench search -- [ARTICLES] [WORDS]
//!
//! The articles are made up of words that are as frequent as those of a language are: the second half as frequent as
//! the first, and so on. Each query is asked many times; its median and its slowest time are told.

use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dateline::explore::{Arrival, Collection, Explorer, Filter, Index, View};
use dateline::jobs::kept_words;
use dateline::model::{Article, Geoparsed, PartialDate};

/// Different words there are.
const VOCABULARY: usize = 200_000;
/// How often each query is asked.
const TIMES: usize = 40;

const QUERIES: [(&str, &str); 12] = [
    ("a rare word", "w150000 "),
    ("a common word", "w12 "),
    ("the commonest word", "w0 "),
    ("two words", "w40 w900 "),
    ("five words", "w3 w8 w20 w55 w140 "),
    ("words in a row", "\"w1 w2\""),
    ("commonest in a row", "\"w0 w1 w0\""),
    ("a beginning", "w12*"),
    ("one letter being typed", "w"),
    ("in the headline", "title:w7 "),
    ("without a word", "w12 -w3 "),
    ("one or the other", "w300 OR w301 OR \"w1 w9\""),
];

/// Numbers by a fixed rule.
struct Dice(u64);

impl Dice {
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A word: the commoner, the lower its number (Zipf's law).
    fn word(&mut self) -> usize {
        ((VOCABULARY as f64).powf(self.share()) - 1.0) as usize
    }
}

fn article(number: usize, words: usize, dice: &mut Dice) -> Geoparsed {
    let mut text = String::with_capacity(words * 6);
    for at in 0..words {
        let end = if at % 15 == 14 { ". " } else { " " };
        text.push_str(&format!("w{}{end}", dice.word()));
    }
    let mut article = Article::from_text(format!("n{number}"), text);
    article.title = Some((0..8).map(|_| format!("w{} ", dice.word())).collect());
    article.source = Some(format!("Paper {}", number % 300));
    article.date = Some(PartialDate::ymd(2000 + (number % 24) as i16, 1 + (number % 12) as u8, 1));
    Geoparsed { article, ..Geoparsed::default() }
}

/// Resident memory, of which from files, megabytes.
fn memory() -> (u64, u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| {
        let line = status.lines().find(|line| line.starts_with(name))?;
        line.split_whitespace().nth(1)?.parse::<u64>().ok()
    };
    (line("VmRSS:").unwrap_or(0) / 1024, line("RssFile:").unwrap_or(0) / 1024)
}

fn median(mut times: Vec<Duration>) -> (Duration, Duration) {
    times.sort_unstable();
    (times[times.len() / 2], times[times.len() - 1])
}

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|arg| arg.parse().ok()).collect();
    let articles = numbers.first().copied().unwrap_or(100_000);
    let words = numbers.get(1).copied().unwrap_or(400);
    let mut explorer = Explorer::default();
    let folder = || {
        let folder = tantivy::directory::MmapDirectory::create_from_tempdir().ok()?;
        Some(Box::new(folder) as Box<dyn tantivy::Directory>)
    };
    explorer.index = Index::kept_in(Arc::new(folder));
    let mut dice = Dice(7);
    let begun = Instant::now();
    let mut bytes = 0;
    for number in 0..articles {
        let article = article(number, words, &mut dice);
        bytes += article.article.text.len();
        explorer.collection.add(Arc::new(article));
        if number % 1000 == 0 {
            explorer.index.follow(explorer.collection.archive());
        }
    }
    let megabytes = bytes as f64 / 1e6;
    println!("{articles} articles, {megabytes:.0} MB of text, taken in within {:.1?}", begun.elapsed());
    println!("memory: {:?} MB (resident, of which files)", memory());
    explorer.index.follow(explorer.collection.archive());
    let reached = |reach: usize| articles - reach < 64;
    while !reached(explorer.index.reach()) && begun.elapsed() < Duration::from_secs(1200) {
        std::thread::sleep(Duration::from_millis(20));
    }
    println!("indexed {:.1?} after the first came; {} of them", begun.elapsed(), explorer.index.reach());
    println!("memory: {:?} MB (resident, of which files)", memory());
    println!(
        "{:24} {:>8}  {:>10} {:>10}  {:>10}  {:>6}",
        "query", "found", "median", "slowest", "scan", "ratio"
    );
    for (what, query) in QUERIES {
        tell(what, query, &explorer.collection, &explorer.index);
    }
    let begun = Instant::now();
    explorer.filter = Filter { query: "w40 w900 ".to_owned(), ..Filter::default() };
    explorer.refresh();
    println!("the whole view of a query: {:.1?}, {} articles", begun.elapsed(), explorer.view.articles.len());
    let begun = Instant::now();
    let mut view = View::default();
    view.refresh(&explorer.collection, &explorer.filter);
    println!("the same without an index: {:.1?}, {} articles", begun.elapsed(), view.articles.len());
    match tempfile::tempdir() {
        Ok(folder) => keep(folder.path(), &mut explorer.collection),
        Err(error) => println!("no index is kept: {error}"),
    }
}

/// Keeps the index in a folder, takes it up again, and changes every tenth article of it.
fn keep(folder: &Path, collection: &mut Collection) {
    let made = taken_up(folder, collection);
    println!("the index that is kept is made within {made:.1?}");
    let begun = Instant::now();
    println!("and taken up again within {:.1?}", taken_up(folder, collection));
    println!("opened, asked and let go of within {:.1?}", begun.elapsed());
    let changed: Vec<usize> = (0..collection.len()).step_by(10).collect();
    for &number in &changed {
        let Some(article) = collection.article(number) else { continue };
        let mut article = (*article).clone();
        article.article.title = Some("w40 w900".to_owned());
        collection.change(number, Arrival::new(&article));
    }
    let took = taken_up(folder, collection);
    println!("{} articles that changed meanwhile are taken in anew within {took:.1?}", changed.len());
}

/// How long it is until everything is to be found in the index of a folder.
fn taken_up(folder: &Path, collection: &Collection) -> Duration {
    let begun = Instant::now();
    let mut index = Index::default();
    index.begin_kept(kept_words(folder.to_owned(), "bench"), collection);
    while index.reach() < collection.len() || index.outdated() > 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    let hits = index.hits("w40 w900 ");
    std::hint::black_box(hits.count());
    begun.elapsed()
}

/// Asks a query through the index and, once, by a look at every hundredth text.
fn tell(what: &str, query: &str, collection: &Collection, index: &Index) {
    let asked = (0..TIMES).map(|_| {
        let begun = Instant::now();
        let hits = index.hits(query);
        std::hint::black_box(&hits);
        begun.elapsed()
    });
    let (middle, slowest) = median(asked.collect());
    let found = index.hits(query).count();
    let begun = Instant::now();
    let scanned = Index::default().hits(query).count_among(collection, (0..collection.len()).step_by(100));
    std::hint::black_box(scanned);
    let scan = begun.elapsed() * 100;
    let ratio = scan.as_secs_f64() / middle.as_secs_f64();
    println!("{what:24} {found:>8}  {middle:>10.2?} {slowest:>10.2?}  {scan:>10.1?}  {ratio:>6.0}");
}
