//! Writing what a window shows, in the background.
//! The file appears only when it is whole; a cancelled export leaves what was there before.

use std::io;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use super::{Event, STRIDE, Teller};
use crate::export::{Exporter, Format, Options, Summary, TargetFile, WriteError};
use crate::model::{Archive, Problem};

/// Articles as a filter leaves them.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// Where they are kept.
    pub archive: Archive,
    /// Their numbers, each with which of its mentions or events, whatever the rows stand for: ascending numbers into
    /// [`Geoparsed::mentions`](crate::model::Geoparsed::mentions) or
    /// [`Geoparsed::events`](crate::model::Geoparsed::events).
    pub articles: Vec<(usize, Vec<usize>)>,
}

/// Writes the file and tells how it went.
pub(super) fn write(shown: &Shown, path: PathBuf, format: Format, options: Options, teller: &Teller) {
    let event = match write_file(shown, &path, format, options, teller) {
        Ok(Some(summary)) => Event::Exported { summary, path },
        Ok(None) => return,
        Err(error) => Event::Problem(Problem { place: error.path, reason: error.reason }),
    };
    // Nobody listens any more: the file is written all the same.
    let _ = teller.tell(event);
}

/// `None` when it was cancelled.
fn write_file(
    shown: &Shown,
    path: &std::path::Path,
    format: Format,
    options: Options,
    teller: &Teller,
) -> Result<Option<Summary>, WriteError> {
    let failed = |error: io::Error| WriteError::new(path, &error);
    let mut exporter = Exporter::start(TargetFile::create(path)?, format, options).map_err(failed)?;
    for (done, (number, mentions)) in shown.articles.iter().enumerate() {
        if teller.cancel.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let progress = Event::Progress { done, total: Some(shown.articles.len()) };
        if done % STRIDE == 0 && teller.tell(progress).is_break() {
            return Ok(None);
        }
        let Some(article) = shown.archive.get(*number) else {
            continue;
        };
        let listed = |number: usize| mentions.binary_search(&number).is_ok();
        exporter.article_where(&article, listed).map_err(failed)?;
    }
    let (file, summary) = exporter.finish().map_err(failed)?;
    file.commit()?;
    Ok(Some(summary))
}
