//! What a million mentions take to become a file, format by format.
//!
//!     cargo bench --no-default-features --bench exports -- [--articles N] [--rows mentions] [FORMAT…]
//!
//! The articles are made by a fixed rule as they are wanted, and the time that this takes alone stands first. Every format
//! is written by a process of its own, whose greatest memory is told.
#![allow(missing_docs)]

#[path = "window/pile.rs"]
#[allow(dead_code)]
mod pile;

use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use dateline::export::{Exporter, Format, Options, Rows};
use dateline::gazetteer::Gazetteer;
use pile::Pile;

type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;

/// Mentions in every article.
const MENTIONS: usize = 10;
/// Different places.
const PLACES: usize = 100_000;

fn main() -> Outcome {
    let (mut articles, mut rows, mut formats, mut alone) = (100_000, Rows::Mentions, Vec::new(), false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--articles" => articles = args.next().unwrap_or_default().parse()?,
            "--rows" => {
                let name = args.next().unwrap_or_default();
                rows = Rows::ALL.into_iter().find(|rows| rows.as_str() == name).ok_or("no such rows")?;
            }
            "--alone" => alone = true,
            "--bench" => {}
            name => formats.push(name.parse::<Format>()?),
        }
    }
    if alone {
        return write(articles, rows, formats.first().copied());
    }
    if formats.is_empty() {
        formats = Format::ALL.into_iter().filter(|format| format.is_table()).collect();
    }
    println!("{articles} articles, {} mentions, rows of {}", articles * MENTIONS, rows.as_str());
    let names = formats.iter().map(|format| format.as_str());
    for name in std::iter::once("").chain(names) {
        let mut one = Command::new(std::env::current_exe()?);
        one.args(["--alone", "--rows", rows.as_str(), "--articles", &articles.to_string()]);
        one.args(Some(name).filter(|name| !name.is_empty())).status()?;
    }
    Ok(())
}

/// Makes the articles, and writes them in a format, if one is told.
fn write(articles: usize, rows: Rows, format: Option<Format>) -> Outcome {
    let gazetteer = Gazetteer::embedded()?;
    let pile = Pile::new(&gazetteer, articles, PLACES, MENTIONS);
    let started = Instant::now();
    let Some(format) = format else {
        (0..articles).for_each(|number| drop(pile.article(number)));
        println!("{:>10}: {:6.1} s", "no format", started.elapsed().as_secs_f64());
        return Ok(());
    };
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("export").with_extension(format.extension());
    let out = BufWriter::new(std::fs::File::create(&path)?);
    let mut exporter = Exporter::start(out, format, Options { rows, ..Options::default() })?;
    for number in 0..articles {
        exporter.article(&pile.article(number))?;
    }
    let (mut out, summary) = exporter.finish()?;
    out.flush()?;
    let took = started.elapsed().as_secs_f64();
    let size = std::fs::metadata(&path)?.len() as f64 / 1e6;
    std::fs::remove_file(&path)?;
    let memory = peak().unwrap_or(0);
    println!(
        "{:>10}: {took:6.1} s, {size:7.1} MB, {memory} MB at most, {} rows",
        format.as_str(),
        summary.mentions
    );
    io::stdout().flush()?;
    Ok(())
}

/// The most memory that this process ever had, megabytes.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? / 1024)
}
