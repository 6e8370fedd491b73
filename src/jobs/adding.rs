//! Reading more articles into a collection that is there, without those that it has already.
//! What is known is told from its words, whatever it is called, and is not placed again: to read a folder a second time
//! takes as long as to read its files.

use std::collections::HashSet;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use xxhash_rust::xxh3::Xxh3Default;

use super::ordered::{guarded, in_order};
use super::pipeline::{Finds, LEFT_OUT, Outcome, Pipeline, Reading, open};
use super::{Job, STRIDE, Teller};
use crate::geoparse::Geoparser;
use crate::ingest::{self, Ingested, Meter, Unopened};
use crate::model::{Article, Geoparsed, Problem};

/// Where articles are to be added from.
#[derive(Clone, Debug, PartialEq)]
pub enum Sources {
    /// Files and folders, and how they are read.
    Paths(Vec<PathBuf>, ingest::Options),
    /// Words that are no file, under a name.
    Words(String, String),
    /// Some files of a folder, by their paths below it, and how they are read.
    Within(PathBuf, Vec<PathBuf>, ingest::Options),
}

impl Sources {
    fn paths(&self) -> Vec<PathBuf> {
        match self {
            Self::Paths(paths, _) => paths.clone(),
            Self::Words(..) => Vec::new(),
            Self::Within(folder, files, _) => files.iter().map(|file| folder.join(file)).collect(),
        }
    }

    fn read(self, meter: &Arc<Meter>) -> Box<dyn Iterator<Item = Unopened> + Send> {
        match self {
            Self::Paths(paths, options) => Box::new(ingest::read_unopened(&paths, &options, meter)),
            Self::Words(name, words) => {
                let options = ingest::Options::default();
                Box::new(ingest::in_memory(&name, words.into_bytes(), &options).map(Unopened::from))
            }
            Self::Within(folder, files, options) => {
                Box::new(ingest::read_within(&folder, files, &options, meter))
            }
        }
    }
}

/// How many articles came of what was read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// New ones.
    pub added: usize,
    /// Such as were known already, or came twice.
    pub known: usize,
    /// Such as could not be read.
    pub problems: usize,
}

impl Sum {
    fn all(self) -> usize {
        self.added + self.known + self.problems
    }
}

/// What adding tells.
#[derive(Clone, Debug, PartialEq)]
pub enum News<T> {
    /// A new article, in the order of the sources.
    New(T),
    /// The id of an article that was known already.
    Known(String),
    /// Something could not be read. Nothing else is lost by it.
    Problem(Problem),
    /// How many there were up to here.
    Progress(Sum),
    /// The last news.
    Finished {
        /// Whether it ended because it was told to.
        cancelled: bool,
    },
}

/// The words of articles that were told as new, so that none is told twice though nobody has kept it yet. A copy shares
/// them.
#[derive(Clone, Debug, Default)]
pub struct Words(Arc<Mutex<HashSet<u128>>>);

impl Words {
    fn lock(&self) -> MutexGuard<'_, HashSet<u128>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes the words of an article that came otherwise.
    pub fn note(&self, article: &Article) {
        self.lock().extend(words(article));
    }

    /// Whether an article of the same words is among them.
    pub fn knows(&self, article: &Article) -> bool {
        self.has(words(article))
    }

    fn has(&self, words: Option<u128>) -> bool {
        words.is_some_and(|words| self.lock().contains(&words))
    }

    /// Whether they are new. An article without words is.
    fn take(&self, words: Option<u128>) -> bool {
        words.is_none_or(|words| self.lock().insert(words))
    }
}

/// An article that was read.
struct Read<T> {
    id: String,
    /// Its words; none where it has none.
    words: Option<u128>,
    /// What was made of it, unless it is known.
    made: Option<T>,
}

/// The words of an article as a number: articles of the same words have the same, whatever stands between the words.
fn words(article: &Article) -> Option<u128> {
    let mut words = article.text.split_whitespace().peekable();
    words.peek()?;
    let mut sum = Xxh3Default::new();
    for word in words {
        sum.update(word.as_bytes());
        sum.update(b" ");
    }
    Some(sum.digest128())
}

/// Finds and places the mentions of the articles in `inputs` that `known` does not know, on `threads` threads, and
/// hands what `prepare` makes of them to `emit` in the order of the inputs, on the calling thread; of articles with the
/// same words, and of such as `told` holds, the first counts. `known` and `prepare` are asked on the threads that do the work. Ends early when
/// `cancel` becomes true or `emit` breaks; what it broke with is returned.
pub fn add<T: Send, B>(
    (geoparser, threads): (&Geoparser, NonZeroUsize),
    inputs: impl Iterator<Item: Into<Unopened>> + Send,
    cancel: &AtomicBool,
    (known, told): (impl Fn(&Article) -> bool + Sync, &Words),
    prepare: impl Fn(Box<Geoparsed>) -> T + Sync,
    mut emit: impl FnMut(News<T>) -> ControlFlow<B>,
) -> Option<B> {
    let pipeline = Pipeline { geoparser, threads, given_spans: false, finds: Finds::ALL };
    let make = |read: Ingested| {
        let article = match &read {
            Ingested::Article(article) => article,
            Ingested::Geoparsed(geoparsed) => &geoparsed.article,
        };
        let (id, words) = (article.id.clone(), words(article));
        let known = told.has(words) || guarded(&id, LEFT_OUT, || known(article))?;
        let made = if known { None } else { Some(pipeline.geoparse(read, &prepare)?) };
        Ok(Read { id, words, made })
    };
    let work = |input: Unopened, give: &mut dyn FnMut(Outcome<Read<T>>)| {
        open(input).into_iter().for_each(|step| give(step.and_then(make)));
    };
    in_order(Reading::new(inputs), threads, cancel, work, |outcome| {
        emit(match outcome {
            Ok(Read { made: Some(made), words, .. }) if told.take(words) => News::New(made),
            Ok(Read { id, .. }) => News::Known(id),
            Err(problem) => News::Problem(problem),
        })
    })
}

impl<T: Send + 'static> Job<News<T>> {
    /// Adds articles in the background ([`add`]).
    pub fn add(
        sources: Sources,
        (known, told): (impl Fn(&Article) -> bool + Send + Sync + 'static, Words),
        prepare: impl Fn(Box<Geoparsed>) -> T + Send + Sync + 'static,
        (geoparser, threads): (Geoparser, NonZeroUsize),
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Job<News<T>> {
        let meter = Arc::new(Meter::default());
        let metered = Arc::clone(&meter);
        let work = move |teller: &Teller<News<T>>| {
            // How much there is in a large folder takes a while to find out, and nothing waits for it.
            let (weighed, paths) = (Arc::clone(&metered), sources.paths());
            thread::spawn(move || weighed.weigh(&paths));
            let mut sum = Sum::default();
            let inputs = sources.read(&metered);
            add((&geoparser, threads), inputs, &teller.cancel, (known, &told), prepare, |news| {
                match &news {
                    News::New(_) => sum.added += 1,
                    News::Known(_) => sum.known += 1,
                    _ => sum.problems += 1,
                }
                teller.tell(news)?;
                if sum.all() % STRIDE == 0 {
                    teller.tell(News::Progress(sum))
                } else {
                    ControlFlow::Continue(())
                }
            });
            // Nobody listens any more: nobody misses it.
            let _ = teller.tell(News::Progress(sum));
        };
        let mut job = Job::begin(wake, work, |cancelled| News::Finished { cancelled });
        job.meter = Some(meter);
        job
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::gazetteer::Gazetteer;

    fn job(sources: Sources, known: &'static [&'static str], told: &Words) -> Vec<News<String>> {
        let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
        let knows = |article: &Article| {
            assert!(!article.text.contains("on purpose"), "on purpose");
            known.contains(&article.text.trim())
        };
        let prepare =
            |geoparsed: Box<Geoparsed>| format!("{}: {}", geoparsed.article.id, geoparsed.mentions.len());
        Job::add(sources, (knows, told.clone()), prepare, (geoparser, NonZeroUsize::new(3).unwrap()), || {})
            .wait()
            .collect()
    }

    fn told(news: &[News<String>]) -> Vec<String> {
        let line = |news: &News<String>| match news {
            News::New(made) => Some(format!("+ {made}")),
            News::Known(id) => Some(format!("= {id}")),
            News::Problem(problem) => Some(format!("! {}", problem.reason)),
            News::Progress(_) | News::Finished { .. } => None,
        };
        news.iter().filter_map(line).collect()
    }

    #[test]
    fn what_is_known_is_counted_and_not_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.txt", "Rain fell in Nairobi.");
        write("b.txt", "Snow fell in Oslo.");
        write("c.txt", "Rain  fell in\nNairobi.\n");
        write("d.txt", "");
        write("e.txt", "It happened on purpose.");
        write("f.txt", "Hail fell in Lima and Quito.");
        let words = Words::default();
        let news = job(
            Sources::Paths(vec![folder.path().to_owned()], ingest::Options::default()),
            &["Snow fell in Oslo."],
            &words,
        );
        let fault = "! a fault in Dateline (on purpose), please report it; this article was left out";
        let empty = "! empty: there is no text in it";
        assert_eq!(told(&news), ["+ a.txt: 1", "= b.txt", "= c.txt", empty, fault, "+ f.txt: 2"]);
        let sum = Sum { added: 2, known: 2, problems: 2 };
        assert_eq!(news[news.len() - 2..], [News::Progress(sum), News::Finished { cancelled: false }]);
        let again =
            job(Sources::Paths(vec![folder.path().join("f.txt")], ingest::Options::default()), &[], &words);
        assert_eq!(self::told(&again), ["= f.txt"]);
    }

    #[test]
    fn files_of_a_folder_are_called_as_when_it_is_read_whole() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("day")).unwrap();
        fs::write(folder.path().join("day/a.txt"), "Rain fell in Nairobi.").unwrap();
        fs::write(folder.path().join("b.txt"), "Snow fell in Oslo.").unwrap();
        let files = ["day/a.txt", "gone.txt"].map(PathBuf::from).to_vec();
        let news = job(
            Sources::Within(folder.path().to_owned(), files, ingest::Options::default()),
            &[],
            &Words::default(),
        );
        assert_eq!(told(&news), ["+ day/a.txt: 1", "! there is no such file or folder"]);
    }
}
