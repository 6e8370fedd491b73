//! A file that is about to be read, wherever it lies: on a disk, in an archive, in a message, on the web.
//! Whatever reads it gives a problem that names it, and never a panic.

use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::archive::Allowance;
use super::walk::because;
use super::{Ingested, Options, Step, Unopened};
use crate::model::{Article, Problem};

/// What comes out of one source, lazily.
pub(super) type Steps = Box<dyn Iterator<Item = Unopened> + Send>;

/// Largest file that is held whole; a larger one is a database dump, not an article.
pub(super) const LARGEST: u64 = 256 << 20;

/// Bytes that can be read in any order.
pub(super) trait Input: Read + Seek + Send {}

impl<T: Read + Seek + Send> Input for T {}

/// A file by what its article will be called.
pub(super) struct Source {
    /// What the article's id is, or begins with where there are several.
    pub id: String,
    /// What problems call it.
    pub name: String,
    pub input: Box<dyn Input>,
    /// How many archives, or messages, it lies in.
    pub depth: u8,
    /// Whether a person named it, and with it the addresses that it lists: what lies in archives and messages, or is
    /// sent by a server, asks the web for nothing.
    pub named: bool,
    pub options: Arc<Options>,
    /// What may still come out of the outermost archive, or message, that it lies in.
    pub allowance: Option<Arc<Allowance>>,
}

impl Source {
    /// A file that lies in no other.
    pub(super) fn new(id: String, name: String, input: Box<dyn Input>, options: &Arc<Options>) -> Source {
        Source { id, name, input, depth: 0, named: true, options: Arc::clone(options), allowance: None }
    }

    /// What lies in this one under a name of its own, already unpacked.
    pub(super) fn inner(&self, name: &str, bytes: Vec<u8>) -> Source {
        self.within(name, Box::new(Cursor::new(bytes)))
    }

    /// What lies in this one under a name of its own, wherever its bytes are.
    pub(super) fn within(&self, name: &str, input: Box<dyn Input>) -> Source {
        Source {
            id: format!("{}/{name}", self.id),
            name: format!("{}/{name}", self.name),
            input,
            depth: self.depth + 1,
            named: false,
            options: Arc::clone(&self.options),
            allowance: self.allowance.clone(),
        }
    }

    /// How many bytes there are of it.
    pub(super) fn size(&mut self) -> io::Result<u64> {
        let size = self.input.seek(SeekFrom::End(0))?;
        self.input.seek(SeekFrom::Start(0))?;
        Ok(size)
    }

    /// A problem of it.
    pub(super) fn problem(&self, reason: impl Into<String>) -> Problem {
        Problem { place: self.name.clone(), reason: reason.into() }
    }

    /// All its bytes.
    pub(super) fn whole(&mut self) -> Result<Vec<u8>, Problem> {
        let mut bytes = Vec::new();
        let read = (&mut self.input).take(LARGEST + 1).read_to_end(&mut bytes);
        read.map_err(|error| self.problem(because(&error)))?;
        if bytes.len() as u64 > LARGEST {
            return Err(self.problem(format!("larger than {} MiB: too large for one article", LARGEST >> 20)));
        }
        Ok(bytes)
    }

    /// One article: its bytes are read now, and looked into on the thread that wants it. `read` is told the id.
    pub(super) fn article(
        self,
        read: impl FnOnce(&str, Vec<u8>) -> Result<Article, String> + Send + 'static,
    ) -> Steps {
        self.articles(|id, bytes| Ok(vec![read(id, bytes)?]))
    }

    /// The same of a file that may hold several, of which none is known before all of it is looked into.
    pub(super) fn articles(
        mut self,
        read: impl FnOnce(&str, Vec<u8>) -> Result<Vec<Article>, String> + Send + 'static,
    ) -> Steps {
        let bytes = match self.whole() {
            Ok(bytes) => bytes,
            Err(problem) => return one(Err(problem)),
        };
        let (id, name) = (self.id, self.name);
        let place = name.clone();
        later(place, move || match read(&id, bytes) {
            Ok(articles) => articles.into_iter().map(as_step).map(Ok).collect(),
            Err(reason) => vec![Err(Problem { place: name, reason })],
        })
    }
}

/// What is worked out on the thread that wants it; a fault of a reader is a problem of what it reads.
pub(super) fn later(place: String, open: impl FnOnce() -> Vec<Step> + Send + 'static) -> Steps {
    let guarded = guarded(place.clone(), open);
    Box::new(std::iter::once(Unopened::elsewhere(place, guarded)))
}

/// The same as it is, but that a fault in it is a problem of `place`.
pub(super) fn guarded(place: String, open: impl FnOnce() -> Vec<Step>) -> impl FnOnce() -> Vec<Step> {
    move || {
        catch_unwind(AssertUnwindSafe(open))
            .unwrap_or_else(|_| vec![Err(Problem { place, reason: DAMAGED.to_owned() })])
    }
}

/// What a reader's own fault is called.
pub(super) const DAMAGED: &str = "it is damaged in a way that could not be read around";

pub(super) fn as_step(article: Article) -> Ingested {
    Ingested::Article(Box::new(article))
}

pub(super) fn one(step: Step) -> Steps {
    Box::new(std::iter::once(step.into()))
}
