//! From what is read to articles with their mentions, dates and events, on many threads.
//! Results come in the order of the inputs; a fault in one article is a problem in its place.

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::sync::atomic::AtomicBool;
use std::thread;

use super::ordered::{guarded, in_order};
use crate::geoparse::Geoparser;
use crate::ingest::{Ingested, Unopened};
use crate::model::{Article, Geoparsed, Problem, Role, When};
use crate::{dates, events};

/// An article with its mentions, or what kept one from being read.
pub type Outcome<T = Box<Geoparsed>> = Result<T, Problem>;

/// What a fault costs.
pub(super) const LEFT_OUT: &str = "this article was left out";
const NOT_READ: &str = "what follows was not read";

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
    /// Whether spans that come with an article are placed instead of what is recognised, and an article without any is a
    /// problem; without it they are ignored.
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

    /// Takes from an article that was geoparsed before what is not to be found in it.
    fn leave_out(self, geoparsed: &mut Geoparsed) {
        if !self.events {
            geoparsed.events.clear();
            let scenes = geoparsed.mentions.iter_mut().filter(|mention| mention.role == Role::Event);
            scenes.for_each(|mention| mention.role = Role::Mention);
        }
        if !self.dates {
            geoparsed.dates.clear();
            let dated = geoparsed.events.iter_mut().filter(|event| matches!(event.when, When::Date(_)));
            dated.for_each(|event| event.when = When::Unknown);
        }
    }
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
        emit: impl FnMut(Outcome<T>) -> ControlFlow<B>,
    ) -> Option<B> {
        let work = |input: Unopened, give: &mut dyn FnMut(Outcome<T>)| {
            // A line of a file gives problems beside its article.
            for step in open(input) {
                give(step.and_then(|input| self.geoparse(input, &prepare)));
            }
        };
        in_order(Reading::new(inputs), self.threads, cancel, work, emit)
    }

    /// Geoparses an article, unless it was read with its mentions.
    pub(super) fn geoparse<T>(&self, input: Ingested, prepare: impl Fn(Box<Geoparsed>) -> T) -> Outcome<T> {
        let mut article = match input {
            Ingested::Geoparsed(mut geoparsed) => {
                self.finds.leave_out(&mut geoparsed);
                let id = geoparsed.article.id.clone();
                return guarded(&id, LEFT_OUT, || prepare(geoparsed));
            }
            Ingested::Article(article) => article,
        };
        let id = article.id.clone();
        match (self.given_spans, &article.given) {
            (false, _) => article.given = None,
            (true, Some(_)) => {}
            (true, None) => {
                let reason = "no spans are given with it, so nothing can be placed: there are no “toponyms”";
                return Err(Problem { place: id, reason: reason.to_owned() });
            }
        }
        guarded(&id, LEFT_OUT, || prepare(Box::new(self.read(*article))))
    }

    /// All that is to be found in an article.
    pub(super) fn read(&self, article: Article) -> Geoparsed {
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

/// What is in an input.
pub(super) fn open(input: Unopened) -> Vec<Outcome<Ingested>> {
    guarded(&input.place(), LEFT_OUT, || input.open()).unwrap_or_else(|fault| vec![Err(fault)])
}

/// Inputs as they are read; a fault in reading is the last of them.
pub(super) struct Reading<I> {
    inputs: I,
    ended: bool,
}

impl<I> Reading<I> {
    pub(super) fn new(inputs: I) -> Self {
        Self { inputs, ended: false }
    }
}

impl<I: Iterator<Item: Into<Unopened>>> Iterator for Reading<I> {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        if self.ended {
            return None;
        }
        let next = guarded("reading", NOT_READ, || self.inputs.next());
        self.ended = next.is_err();
        next.map(|next| next.map(Into::into)).unwrap_or_else(|fault| Some(Err(fault).into()))
    }
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
