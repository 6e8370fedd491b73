//! Work on many threads whose results come out in the order in which the work went in.
//! Workers take the next input and a place in the queue of results in one step; the queue is bounded,
//! so however long the input and however slow one article, only a few results wait in memory.

use std::any::Any;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::geoparse::Geoparser;
use crate::ingest::{Ingested, Unopened};
use crate::model::{Article, Geoparsed, Problem};
use crate::{dates, events};

/// An article with its mentions, or what kept one from being read.
pub type Outcome<T = Box<Geoparsed>> = Result<T, Problem>;

/// How many results may wait for each thread.
const AHEAD: usize = 8;

/// As many threads as the machine runs at once.
pub fn all_threads() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// How inputs are worked on.
#[derive(Clone, Copy, Debug)]
pub struct Pipeline<'a> {
    /// Finds and places the mentions.
    pub geoparser: &'a Geoparser,
    /// How many articles are worked on at once.
    pub threads: NonZeroUsize,
    /// Whether spans that come with an article are placed instead of what is recognised; without it
    /// they are ignored.
    pub given_spans: bool,
    /// What is found beside the places.
    pub finds: Finds,
}

/// What is found in articles beside their places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Finds {
    /// The dates.
    pub dates: bool,
    /// The events; without dates they have none but the article's own.
    pub events: bool,
}

impl Finds {
    /// All there is.
    pub const ALL: Finds = Finds { dates: true, events: true };
    /// Places alone.
    pub const PLACES: Finds = Finds { dates: false, events: false };
}

impl Pipeline<'_> {
    /// Geoparses what `inputs` gives and hands every result to `emit` in the order of the inputs, on
    /// the calling thread. Ends early when `cancel` becomes true or `emit` breaks; what it broke with
    /// is returned. An article on which the geoparser fails becomes a problem.
    pub fn run<B>(
        &self,
        inputs: impl Iterator<Item: Into<Unopened>> + Send,
        cancel: &AtomicBool,
        emit: impl FnMut(Outcome) -> ControlFlow<B>,
    ) -> Option<B> {
        self.run_with(inputs, cancel, |geoparsed| geoparsed, emit)
    }

    /// The same with what `prepare` makes of every article, on the thread that geoparsed it.
    pub fn run_with<T: Send, B>(
        &self,
        inputs: impl Iterator<Item: Into<Unopened>> + Send,
        cancel: &AtomicBool,
        prepare: impl Fn(Box<Geoparsed>) -> T + Sync,
        mut emit: impl FnMut(Outcome<T>) -> ControlFlow<B>,
    ) -> Option<B> {
        let prepare = &prepare;
        let (queue, results) = sync_channel(self.threads.get() * AHEAD);
        let source = Arc::new(Mutex::new(Source { inputs, queue, ended: false }));
        thread::scope(|scope| {
            for _ in 0..self.threads.get() {
                let source = Arc::clone(&source);
                scope.spawn(move || self.work(&source, cancel, prepare));
            }
            // The queue ends when the last worker drops its share of the source.
            drop(source);
            for result in results {
                if cancel.load(Ordering::Relaxed) {
                    break;
                }
                // A sender that was dropped unused belongs to a worker that was cancelled.
                for outcome in Receiver::iter(&result) {
                    if let ControlFlow::Break(reason) = emit(outcome) {
                        return Some(reason);
                    }
                }
            }
            // Leaving drops the queue's receiver, at which workers end.
            None
        })
    }

    fn work<I, T>(
        &self,
        source: &Mutex<Source<I, T>>,
        cancel: &AtomicBool,
        prepare: &impl Fn(Box<Geoparsed>) -> T,
    ) where
        I: Iterator<Item: Into<Unopened>>,
    {
        while !cancel.load(Ordering::Relaxed) {
            let next = source.lock().unwrap_or_else(PoisonError::into_inner).next();
            let Some((input, result)) = next else { return };
            let place = input.place();
            let steps = guarded(&place, || input.open()).unwrap_or_else(|fault| vec![Err(fault)]);
            // A line of a file gives problems beside its article.
            for step in steps {
                // Nobody awaits the result any more when the run was broken off.
                let _ = result.send(step.and_then(|input| self.geoparse(input, prepare)));
            }
        }
    }

    fn geoparse<T>(&self, input: Ingested, prepare: impl Fn(Box<Geoparsed>) -> T) -> Outcome<T> {
        let mut article = match input {
            Ingested::Geoparsed(geoparsed) => {
                let id = geoparsed.article.id.clone();
                return guarded(&id, || prepare(geoparsed));
            }
            Ingested::Article(article) => article,
        };
        if self.given_spans {
            article.given.get_or_insert_default();
        } else {
            article.given = None;
        }
        let id = article.id.clone();
        guarded(&id, || prepare(Box::new(self.read(*article))))
    }
}

impl Pipeline<'_> {
    /// All that is to be found in an article.
    fn read(&self, article: Article) -> Geoparsed {
        let mut geoparsed = self.geoparser.geoparse(article);
        if self.finds.dates {
            geoparsed.dates = dates::find(&geoparsed.article);
        }
        if self.finds.events {
            events::read(&mut geoparsed);
        }
        geoparsed
    }
}

/// Where the workers take their inputs from, one at a time.
struct Source<I, T> {
    inputs: I,
    /// Takes the receiving end of each result, in input order.
    queue: SyncSender<Receiver<Outcome<T>>>,
    ended: bool,
}

impl<I: Iterator<Item: Into<Unopened>>, T> Source<I, T> {
    /// The next input and where its result is awaited; `None` at the end.
    fn next(&mut self) -> Option<(Unopened, Sender<Outcome<T>>)> {
        if self.ended {
            return None;
        }
        let input = match catch_unwind(AssertUnwindSafe(|| self.inputs.next())) {
            Ok(Some(input)) => input.into(),
            Ok(None) => {
                self.ended = true;
                return None;
            }
            Err(panic) => {
                self.ended = true;
                Err(fault("reading", &*panic, "what follows was not read")).into()
            }
        };
        let (result, awaited) = channel();
        self.queue.send(awaited).ok()?;
        Some((input, result))
    }
}

/// Does what is done for one article, so that a fault in it costs no other.
fn guarded<T>(place: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| fault(place, &*panic, "this article was left out"))
}

/// A fault of the program itself, with what it said of it.
fn fault(place: &str, panic: &(dyn Any + Send), consequence: &str) -> Problem {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    let reason = format!("a fault in Dateline ({said}), please report it; {consequence}");
    Problem { place: place.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::Gazetteer;

    fn article(number: usize) -> Result<Ingested, Problem> {
        Ok(Ingested::Geoparsed(Box::new(Geoparsed {
            article: Article::from_text(number.to_string(), ""),
            ..Geoparsed::default()
        })))
    }

    fn geoparser() -> Geoparser {
        Geoparser::new(Gazetteer::embedded().unwrap())
    }

    fn ids(
        inputs: impl Iterator<Item = Result<Ingested, Problem>> + Send,
        threads: usize,
        cancel: &AtomicBool,
    ) -> Vec<String> {
        let mut ids = Vec::new();
        let geoparser = geoparser();
        let threads = NonZeroUsize::new(threads).unwrap();
        let pipeline = Pipeline { geoparser: &geoparser, threads, given_spans: false, finds: Finds::ALL };
        let broken: Option<()> = pipeline.run(inputs, cancel, |outcome| {
            ids.push(outcome.map_or_else(|problem| problem.reason, |article| article.article.id));
            ControlFlow::Continue(())
        });
        assert_eq!(broken, None);
        ids
    }

    #[test]
    fn results_come_in_input_order() {
        let expected: Vec<_> = (0..500).map(|number| number.to_string()).collect();
        for threads in [1, 2, 7] {
            assert_eq!(ids((0..500).map(article), threads, &AtomicBool::new(false)), expected);
        }
    }

    #[test]
    fn a_problem_loses_nothing_else() {
        let problem = Err(Problem { place: "b".into(), reason: "unreadable".into() });
        let inputs = [article(0), problem, article(2)];
        assert_eq!(ids(inputs.into_iter(), 2, &AtomicBool::new(false)), ["0", "unreadable", "2"]);
    }

    #[test]
    fn an_endless_input_is_read_no_further_than_wanted() {
        let mut left = 100;
        let geoparser = geoparser();
        let pipeline = Pipeline {
            geoparser: &geoparser,
            threads: NonZeroUsize::MIN,
            given_spans: false,
            finds: Finds::ALL,
        };
        let stopped = pipeline.run((0..).map(article), &AtomicBool::new(false), |_| {
            left -= 1;
            if left == 0 { ControlFlow::Break("enough") } else { ControlFlow::Continue(()) }
        });
        assert_eq!(stopped, Some("enough"));
    }

    #[test]
    fn a_cancelled_run_ends() {
        assert!(ids((0..).map(article), 2, &AtomicBool::new(true)).is_empty());
    }

    #[test]
    fn a_fault_in_one_article_loses_nothing_else() {
        let (geoparser, mut ids) = (geoparser(), Vec::new());
        let threads = NonZeroUsize::new(2).unwrap();
        let pipeline = Pipeline { geoparser: &geoparser, threads, given_spans: false, finds: Finds::ALL };
        let prepare = |geoparsed: Box<Geoparsed>| {
            assert!(geoparsed.article.id != "1", "on purpose");
            geoparsed.article.id
        };
        let broken: Option<()> =
            pipeline.run_with((0..3).map(article), &AtomicBool::new(false), prepare, |outcome| {
                ids.push(outcome.unwrap_or_else(|problem| format!("{}: {}", problem.place, problem.reason)));
                ControlFlow::Continue(())
            });
        assert_eq!((broken, &*ids[0], &*ids[2]), (None, "0", "2"));
        assert!(ids[1].starts_with('1') && ids[1].contains("(on purpose)"), "{ids:?}");
    }

    #[test]
    fn a_fault_while_reading_is_a_problem() {
        let inputs = (0..3).map(|number| if number < 2 { article(number) } else { panic!("on purpose") });
        let ids = ids(inputs, 1, &AtomicBool::new(false));
        assert_eq!(ids[..2], ["0", "1"]);
        assert!(ids[2].contains("(on purpose)"), "{ids:?}");
    }
}
