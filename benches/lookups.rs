//! What a gazetteer takes to open and to answer, look-up by look-up, and how much of it stays in memory: the median
//! and the slowest hundredth tell more of a look-up than a mean. Without a file it is the embedded gazetteer.
//! `cargo bench --no-default-features --bench lookups -- [FILE.gazetteer]`

use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use dateline::gazetteer::{Gazetteer, GazetteerError, Row, fold};

/// Look-ups of each sort that are timed.
const TIMED: usize = 200_000;
/// Look-ups after which memory is measured.
const MANY: usize = 1_000_000;

fn main() -> Result<(), GazetteerError> {
    let file = std::env::args().skip(1).find(|arg| !arg.starts_with("--")).map(PathBuf::from);
    let open = || file.as_deref().map_or_else(Gazetteer::embedded, Gazetteer::open);
    let before = resident_mb();
    let begun = Instant::now();
    let gazetteer = open()?;
    println!("open: {:.3} ms for {} places", begun.elapsed().as_secs_f64() * 1e3, gazetteer.len());

    // Every name to show is as likely as any other, wherever it lies: a fixed stride that is prime to the count.
    let row = |at: usize| Row(((at * 7_919_317) % gazetteer.len()) as u32);
    let names: Vec<String> = (0..TIMED).map(|at| gazetteer.name(row(at)).to_owned()).collect();
    let points: Vec<(f64, f64)> = (0..TIMED / 10).map(|at| gazetteer.point(row(at))).collect();
    let folded: Vec<String> = names.iter().map(|name| fold(name)).collect();
    let beginnings: Vec<String> = names
        .iter()
        .take(TIMED / 10)
        .enumerate()
        .map(|(at, name)| name.chars().take(1 + at % 5).collect())
        .collect();
    let misspelt: Vec<String> = names.iter().take(2_000).map(|name| format!("{name}zq")).collect();

    time("look-up", &names, |name| gazetteer.lookup(name).len());
    time("look-up, folded beforehand", &folded, |name| gazetteer.names_at(&[name]).len());
    time("prefix, ten places", &beginnings, |name| gazetteer.prefix(name, 10).len());
    time("nearest, ten places", &points, |&(lat, lon)| gazetteer.nearest(lat, lon, 10).len());
    time("misspelt", &misspelt, |name| gazetteer.lookup(name).len());
    time("fold", &names, |name| fold(name).len());

    let found: usize = (0..MANY).map(|at| gazetteer.lookup(&names[at % names.len()]).len()).sum();
    println!(
        "memory: {:.1} MB after {MANY} look-ups ({:.1} MB before; {found} places found)",
        resident_mb(),
        before
    );
    Ok(())
}

/// Times every call and prints the median, the 99th percentile and the slowest, microseconds.
fn time<T>(what: &str, inputs: &[T], call: impl Fn(&T) -> usize) {
    inputs.iter().for_each(|input| {
        black_box(call(input));
    });
    let mut times: Vec<u128> = inputs
        .iter()
        .map(|input| {
            let begun = Instant::now();
            black_box(call(black_box(input)));
            begun.elapsed().as_nanos()
        })
        .collect();
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize] as f64 / 1e3;
    println!(
        "{what}: median {:.2} µs, 99th percentile {:.2} µs, slowest {:.1} µs",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

/// Resident memory of this process; 0 where the system does not tell.
fn resident_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
