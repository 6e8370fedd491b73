//! Bytes to articles: one file per format.
//! Reading streams in input order; what cannot be read is a [`Problem`] and loses nothing else.

mod archive;
mod bundle;
mod content;
mod dates;
mod encoding;
mod epub;
mod exported;
mod feed;
mod format;
mod html;
mod json;
mod jsonl;
mod language;
mod mail;
mod markdown;
mod mentions;
mod meter;
mod office;
mod open;
mod options;
mod page;
mod parts;
mod pdf;
mod rtf;
mod signature;
mod source;
pub mod table;
mod text;
mod transcode;
mod urls;
mod walk;
mod xml;

use std::collections::BTreeMap;
use std::io::{BufRead, Cursor};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::model::{Article, Geoparsed, Problem};

use format::Format;
use source::Source;
use walk::Walk;

pub use meter::Meter;
pub use options::{Column, Options, Tables};
pub use urls::is_address;

/// What an input gives.
#[derive(Clone, Debug)]
pub enum Ingested {
    /// An article to geoparse.
    Article(Box<Article>),
    /// Dateline's own JSON Lines with text: already geoparsed.
    Geoparsed(Box<Geoparsed>),
}

/// One step of reading: something read, or the reason why it could not be.
type Step = Result<Ingested, Problem>;

/// What reading a file gives before anybody has looked into it: to open it takes longer than to read it, and can be
/// done on many threads.
pub struct Unopened(Inside);

enum Inside {
    Step(Step),
    Line(jsonl::Line),
    Elsewhere { place: String, open: Box<dyn FnOnce() -> Vec<Step> + Send> },
}

impl Unopened {
    /// What somebody else keeps, and gets out when it is asked for; `place` is what problems call it.
    pub fn elsewhere(
        place: String,
        open: impl FnOnce() -> Vec<Result<Ingested, Problem>> + Send + 'static,
    ) -> Self {
        Unopened(Inside::Elsewhere { place, open: Box::new(open) })
    }

    /// Where it stands, as a problem would name it.
    pub fn place(&self) -> String {
        match &self.0 {
            Inside::Step(Ok(Ingested::Article(article))) => article.id.clone(),
            Inside::Step(Ok(Ingested::Geoparsed(geoparsed))) => geoparsed.article.id.clone(),
            Inside::Step(Err(problem)) => problem.place.clone(),
            Inside::Line(line) => line.place(),
            Inside::Elsewhere { place, .. } => place.clone(),
        }
    }

    /// What is in it: an article, problems, or both.
    pub fn open(self) -> Vec<Result<Ingested, Problem>> {
        match self.0 {
            Inside::Step(step) => vec![step],
            Inside::Line(line) => line.open(),
            Inside::Elsewhere { open, .. } => open(),
        }
    }
}

impl From<Result<Ingested, Problem>> for Unopened {
    fn from(step: Result<Ingested, Problem>) -> Self {
        Unopened(Inside::Step(step))
    }
}

impl From<jsonl::Line> for Unopened {
    fn from(line: jsonl::Line) -> Self {
        Unopened(Inside::Line(line))
    }
}

/// Reads files, folders and `-` (standard input), in order. Folders are walked sorted by name.
/// `progress` totals are not known beforehand: count what comes.
///
/// Only one file is open at a time, and of JSON Lines only one line is held, so memory does not
/// grow with the collection.
pub fn read(inputs: &[PathBuf]) -> impl Iterator<Item = Result<Ingested, Problem>> + Send + use<> {
    read_unopened(inputs, &Options::default(), &Arc::default()).flat_map(Unopened::open)
}

/// The same, but leaves it to others to look into what is read, and tells a meter how far it has come.
pub fn read_unopened(
    inputs: &[PathBuf],
    options: &Options,
    meter: &Arc<Meter>,
) -> impl Iterator<Item = Unopened> + Send + use<> {
    // The iterator outlives the slice, so that it can be moved to another thread.
    let (inputs, walk) = (inputs.to_vec(), Walk::new(options, meter));
    inputs.into_iter().flat_map(move |input| walk::input(input, &walk))
}

/// The extensions of files that are read, in lower case and without the dot.
///
/// ```
/// assert!(dateline::ingest::extensions().any(|extension| extension == "docx"));
/// ```
pub fn extensions() -> impl Iterator<Item = &'static str> {
    format::extensions()
}

/// By what a file that was changed is told from what it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its length.
    pub bytes: u64,
    /// When it was changed last, since 1970, where that is known.
    pub modified: Option<Duration>,
}

/// The files that are read where a folder is, by their paths below it.
///
/// # Errors
///
/// Where the folder is not there or cannot be read; what cannot be read inside it is left out.
pub fn listing(folder: &Path) -> Result<BTreeMap<PathBuf, Stamp>, Problem> {
    walk::listing(folder)
}

/// Whether a file is read where the folder that it lies in is, by its path below that.
pub fn is_read_in(folder: &Path, below: &Path) -> bool {
    walk::is_read_in(folder, below)
}

/// Reads some files of a folder, by their paths below it, in order: each as it comes when the whole folder is read.
pub fn read_within(
    folder: &Path,
    files: Vec<PathBuf>,
    options: &Options,
    meter: &Arc<Meter>,
) -> impl Iterator<Item = Unopened> + Send + use<> {
    let (folder, walk) = (folder.to_owned(), Walk::new(options, meter));
    files.into_iter().flat_map(move |file| walk::within(&folder, &file, &walk))
}

/// Reads articles from JSON Lines that come from elsewhere than a file of their own; `name` is what problems
/// call them.
pub fn json_lines(
    name: &str,
    lines: impl BufRead + Send,
) -> impl Iterator<Item = Result<Ingested, Problem>> + Send {
    jsonl::Reader::new(name.to_owned(), lines).flat_map(Unopened::open)
}

/// Reads what is no file: the clipboard, what a program holds. `name` tells the format as a file's name does, as long as
/// the bytes say nothing else.
///
/// ```
/// use dateline::ingest::{Ingested, Options, in_memory};
/// let page = b"<html><title>Rain</title><p>Rain fell in Oslo on Monday, and the river rose.</p></html>";
/// let read: Vec<_> = in_memory("page.html", page.to_vec(), &Options::default()).collect();
/// assert!(matches!(&read[..], [Ok(Ingested::Article(article))] if article.text.contains("Oslo")));
/// ```
pub fn in_memory(
    name: &str,
    bytes: Vec<u8>,
    options: &Options,
) -> impl Iterator<Item = Result<Ingested, Problem>> + Send + use<> {
    let (options, input) = (Arc::new(options.clone()), Box::new(Cursor::new(bytes)));
    let source = Source::new(name.to_owned(), name.to_owned(), input, &options);
    open::open(source, Format::of(Path::new(name))).flat_map(Unopened::open)
}

/// An article from plain text as it comes from the web: finds title, outlet, date, dateline and
/// marks what is not the article. The text is kept as it is.
///
/// ```
/// let article = dateline::ingest::plain_text(
///     "news.txt",
///     "Bridge reopens\n\nShare this story\n\nOSLO (Reuters) - The old bridge over the river carried \
///      traffic again on Monday."
///         .to_owned(),
/// );
/// assert_eq!(article.title.as_deref(), Some("Bridge reopens"));
/// assert_eq!(article.boilerplate[0].of(&article.text), "Share this story");
/// ```
pub fn plain_text(id: &str, text: String) -> Article {
    text::article(id, text)
}

/// The sample collection, embedded: five articles, their ids are their file names in `seeds/`.
pub fn sample() -> Vec<Article> {
    const FILES: [(&str, &str); 5] = [
        (
            "putin-sisi-security-cooperation.txt",
            include_str!("../../seeds/putin-sisi-security-cooperation.txt"),
        ),
        ("russia-egypt-extremism-accord.txt", include_str!("../../seeds/russia-egypt-extremism-accord.txt")),
        ("sisi-putin-cairo-talks.txt", include_str!("../../seeds/sisi-putin-cairo-talks.txt")),
        (
            "sisi-receives-russian-ministers.txt",
            include_str!("../../seeds/sisi-receives-russian-ministers.txt"),
        ),
        ("syrian-security-chief-cairo.txt", include_str!("../../seeds/syrian-security-chief-cairo.txt")),
    ];
    FILES.iter().map(|&(name, text)| plain_text(name, text.to_owned())).collect()
}
