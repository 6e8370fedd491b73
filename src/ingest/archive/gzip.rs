//! What is packed with gzip: one file, or a tar archive.
//! A file that is cut short gives what there is of it, and a problem.

use std::io::{self, BufReader, Read};

use flate2::read::MultiGzDecoder;

use super::Files;
use super::limits::{Broken, Counted, unpacked};
use super::tar::Tar;
use crate::ingest::content;
use crate::ingest::format::Format;
use crate::ingest::open::open;
use crate::ingest::source::{Source, Steps};
use crate::model::Problem;

pub(super) fn steps(mut source: Source) -> Result<Steps, Problem> {
    let allowance = super::admitted(&mut source)?;
    let input = std::mem::replace(&mut source.input, Box::new(io::Cursor::new(Vec::new())));
    let mut packed = BufReader::new(Counted::new(MultiGzDecoder::new(BufReader::new(input)), &allowance));
    let head = content::head(&mut packed);
    let packed = io::Cursor::new(head.clone()).chain(packed);
    if content::is_tar(&head) {
        return Ok(Files::steps(source, |_| Tar::new(packed)));
    }
    let format = match named(&source.id) {
        // What was named is wanted, whatever it is called.
        Format::Unsupported if !source.named => {
            content::document(&head).ok_or_else(|| source.problem("such files cannot be read"))?
        }
        format => format,
    };
    let (input, broken) = unpacked(packed, format);
    let problem = broken.as_ref().map(|broken| source.problem(broken.reason()));
    if let (Some(Broken::Bomb), Some(problem)) = (&broken, &problem) {
        return Err(problem.clone());
    }
    let problem = problem.map(|problem| Err(problem).into());
    // It is the one file in it, and keeps its name.
    let inner = Source { input, depth: source.depth + 1, named: false, ..source };
    Ok(Box::new(open(inner, format).chain(problem)))
}

/// What the name says without what says that it is packed.
fn named(id: &str) -> Format {
    let lower = id.to_lowercase();
    let stem = lower.strip_suffix(".gz").or_else(|| lower.strip_suffix(".gzip"));
    stem.map_or(Format::Text, |stem| Format::of(stem.as_ref()))
}
