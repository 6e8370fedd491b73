//! Background work: reading and geoparsing on threads, told over a channel, with cancel.
//! A [`Job`] holds no state of what it made; dropping it cancels the work and waits for its end.

pub mod adding;
pub mod anew;
mod due;
mod export;
mod import;
pub mod keeper;
mod made;
pub mod opening;
mod ordered;
pub mod picture;
mod pipeline;
mod reading;
mod rerank;
mod tags;
mod task;
mod under;
#[cfg(feature = "gui")]
pub mod watch;
mod words;

use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::{self, JoinHandle};

use crate::explore::Arrival;
use crate::export::{Format, Options, Summary};
use crate::gazetteer::import::Report;
use crate::geoparse::Geoparser;
use crate::ingest::{self, Ingested, Meter, Unopened};
use crate::model::{Archive, Article, Geoparsed, Problem};

pub use export::Shown;
pub use import::Wanted;
pub use made::made;
pub use ordered::by_number;
pub use picture::{Sight, is_svg, write_picture};
pub use pipeline::{Finds, Pipeline, all_threads};
pub use reading::{Reading, inputs, is_project};
pub use rerank::{Changed, changes, rerank};
pub use tags::{change_tags, show_tags};
pub use task::{Answer, Task, let_go};
pub use under::{Names, Under, under};
pub use words::kept_words;

/// What a job tells.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// An article with its mentions, made ready for a collection, in the order of the inputs.
    Article(Box<Arrival>),
    /// Something could not be read or written. Nothing else is lost by it.
    Problem(Problem),
    /// How much is done.
    Progress {
        /// Articles, and problems in place of articles.
        done: usize,
        /// How many there are; not known while files are being read.
        total: Option<usize>,
    },
    /// The file is written, whole.
    Exported {
        /// What is in it.
        summary: Summary,
        /// Where it is.
        path: PathBuf,
    },
    /// The picture is written, whole.
    Pictured {
        /// Where it is.
        path: PathBuf,
    },
    /// How far an import has come.
    Importing {
        /// What is being done: `reading cities.txt`, `joining names to places`.
        doing: String,
        /// Rows read.
        rows: u64,
        /// Share that is done of it, 0 to 1.
        share: f64,
    },
    /// The gazetteer is made, whole.
    Imported {
        /// What became of the rows.
        report: Box<Report>,
        /// Where it is.
        path: PathBuf,
    },
    /// None of the articles is concerned by what was to be done anew: they stay what they are.
    Unchanged,
    /// The last event.
    Finished {
        /// Whether it ended because it was told to.
        cancelled: bool,
    },
}

/// Events that wait for a slow reader before the work does.
const WAITING: usize = 1024;

/// Articles from one telling of progress to the next.
const STRIDE: usize = 16;

/// Work on a thread of its own, which tells what it does.
#[derive(Debug)]
pub struct Job<E = Event> {
    /// `None` only while the job is dropped.
    events: Option<Receiver<E>>,
    thread: Option<JoinHandle<()>>,
    cancel: Arc<AtomicBool>,
    woken: Arc<AtomicBool>,
    meter: Option<Arc<Meter>>,
}

impl Job {
    /// Reads files and folders and geoparses the articles on `threads` threads. `wake` is called on
    /// another thread when events are there and none were before.
    pub fn start(
        inputs: Vec<PathBuf>,
        options: ingest::Options,
        geoparser: Geoparser,
        threads: NonZeroUsize,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Job {
        let meter = Arc::new(Meter::default());
        let metered = Arc::clone(&meter);
        let mut job = Job::spawn(wake, move |teller| {
            // How much there is in a large folder takes a while to find out, and nothing waits for it.
            let (weighed, paths) = (Arc::clone(&metered), inputs.clone());
            thread::spawn(move || weighed.weigh(&paths));
            geoparse(ingest::read_unopened(&inputs, &options, &metered), None, &geoparser, threads, teller);
        });
        job.meter = Some(meter);
        job
    }

    /// Geoparses articles that were already read: the sample.
    pub fn articles(
        articles: Vec<Article>,
        geoparser: Geoparser,
        threads: NonZeroUsize,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Job {
        Job::spawn(wake, move |teller| {
            let total = Some(articles.len());
            let inputs = articles.into_iter().map(|article| Ok(Ingested::Article(Box::new(article))));
            geoparse(inputs, total, &geoparser, threads, teller);
        })
    }

    /// Geoparses articles anew whose mentions were found with another gazetteer or other homes of outlets: those
    /// that `concerned` picks. The others, and those that were read with their mentions
    /// ([`Geoparsed::as_read`]), are told as they are; where there are no others, [`Event::Unchanged`] is.
    pub fn anew(
        articles: Archive,
        concerned: impl Fn(&Article) -> bool + Send + Sync + 'static,
        geoparser: Geoparser,
        threads: NonZeroUsize,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Job {
        Job::spawn(wake, move |teller| {
            let stays = |done: &Geoparsed| done.as_read || !concerned(&done.article);
            if articles.iter().all(|done| stays(&done) && !teller.cancel.load(Ordering::Relaxed)) {
                // Nobody listens any more: nobody misses it.
                let _ = teller.tell(Event::Unchanged);
                return;
            }
            let inputs = articles.iter().map(|done| {
                let stays = stays(&done);
                let (whole, bare) = (Ingested::Geoparsed, Ingested::Article);
                Ok(if stays { whole(Box::new(done)) } else { bare(Box::new(done.article)) })
            });
            geoparse(inputs, Some(articles.len()), &geoparser, threads, teller);
        })
    }

    /// Makes a gazetteer file of other lists. Tells [`Event::Importing`], then [`Event::Imported`] or a
    /// [`Event::Problem`].
    pub fn import(wanted: Wanted, wake: impl Fn() + Send + Sync + 'static) -> Job {
        Job::spawn(wake, move |teller| import::make(wanted, teller))
    }

    /// Writes to a file what `shown` answers, which is asked on the job's thread. Tells [`Event::Exported`] or a
    /// [`Event::Problem`].
    pub fn export(
        shown: impl FnOnce() -> Shown + Send + 'static,
        path: PathBuf,
        format: Format,
        options: Options,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Job {
        Job::spawn(wake, move |teller| export::write(&shown(), path, format, options, teller))
    }

    /// Draws a picture of the map and writes it to a file, as PNG or SVG by its name. Tells [`Event::Pictured`] or a
    /// [`Event::Problem`].
    pub fn picture(sight: Sight, path: PathBuf, wake: impl Fn() + Send + Sync + 'static) -> Job {
        Job::spawn(wake, move |teller| picture::draw(&sight, path, teller))
    }

    fn spawn(wake: impl Fn() + Send + Sync + 'static, work: impl FnOnce(&Teller) + Send + 'static) -> Job {
        Job::begin(wake, work, |cancelled| Event::Finished { cancelled })
    }
}

impl<E: Send + 'static> Job<E> {
    /// The events that are there; never waits. Taking them all makes the next one wake again.
    pub fn poll(&self) -> impl Iterator<Item = E> {
        self.woken.store(false, Ordering::SeqCst);
        self.events.iter().flat_map(Receiver::try_iter)
    }

    /// Every event to the last one, waiting for each.
    pub fn wait(&self) -> impl Iterator<Item = E> {
        self.events.iter().flat_map(Receiver::iter)
    }

    /// Which file is being read, and how much of all of them; for a job that reads files.
    pub fn meter(&self) -> Option<&Meter> {
        self.meter.as_deref()
    }

    /// Asks the job to end soon. [`Event::Finished`] tells that it has.
    pub fn cancel(&self) {
        self.cancel.store(true, Ordering::Relaxed);
    }

    /// Begins the work; `finished` makes the last event, which says whether the work was cancelled.
    fn begin(
        wake: impl Fn() + Send + Sync + 'static,
        work: impl FnOnce(&Teller<E>) + Send + 'static,
        finished: impl FnOnce(bool) -> E + Send + 'static,
    ) -> Job<E> {
        let (sender, events) = sync_channel(WAITING);
        let (cancel, woken) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
        let teller = Teller {
            events: sender,
            wake: Box::new(wake),
            cancel: Arc::clone(&cancel),
            woken: Arc::clone(&woken),
        };
        let thread = thread::spawn(move || {
            work(&teller);
            let cancelled = teller.cancel.load(Ordering::Relaxed);
            // Nobody listens any more: nobody misses it.
            let _ = teller.tell(finished(cancelled));
        });
        Job { events: Some(events), thread: Some(thread), cancel, woken, meter: None }
    }
}

impl<E> Drop for Job<E> {
    fn drop(&mut self) {
        self.cancel.store(true, Ordering::Relaxed);
        // Without a receiver no send waits, so the thread reaches its end.
        self.events = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been told on standard error and concerns nobody here.
            let _ = thread.join();
        }
    }
}

/// The job's end of the channel.
struct Teller<E = Event> {
    events: SyncSender<E>,
    wake: Box<dyn Fn() + Send + Sync>,
    cancel: Arc<AtomicBool>,
    /// Whether `wake` was called since the last poll.
    woken: Arc<AtomicBool>,
}

impl<E> Teller<E> {
    /// Breaks when nobody listens any more.
    fn tell(&self, event: E) -> ControlFlow<()> {
        if self.events.send(event).is_err() {
            return ControlFlow::Break(());
        }
        if !self.woken.swap(true, Ordering::SeqCst) {
            (self.wake)();
        }
        ControlFlow::Continue(())
    }
}

fn geoparse(
    inputs: impl Iterator<Item: Into<Unopened>> + Send,
    total: Option<usize>,
    geoparser: &Geoparser,
    threads: NonZeroUsize,
    teller: &Teller,
) {
    let mut done = 0;
    let pipeline = Pipeline { geoparser, threads, given_spans: false, finds: Finds::ALL };
    let prepare = |geoparsed: Box<Geoparsed>| Box::new(Arrival::new(&geoparsed));
    pipeline.run_with(inputs, &teller.cancel, prepare, |outcome| {
        done += 1;
        teller.tell(outcome.map_or_else(Event::Problem, Event::Article))?;
        if done % STRIDE == 0 {
            teller.tell(Event::Progress { done, total })
        } else {
            ControlFlow::Continue(())
        }
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;
    use crate::gazetteer::Gazetteer;

    fn job(articles: usize, wake: impl Fn() + Send + Sync + 'static) -> Job {
        let articles = (0..articles).map(|number| Article::from_text(number.to_string(), "Rain.")).collect();
        let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
        Job::articles(articles, geoparser, NonZeroUsize::new(3).unwrap(), wake)
    }

    #[test]
    fn every_article_is_told_in_order_and_then_the_end() {
        let events: Vec<_> = job(100, || {}).wait().collect();
        let ids: Vec<_> = events
            .iter()
            .filter_map(|event| match event {
                Event::Article(article) => article.article()?.article.id.parse::<usize>().ok(),
                _ => None,
            })
            .collect();
        assert_eq!(ids, (0..100).collect::<Vec<_>>());
        assert!(events.contains(&Event::Progress { done: 96, total: Some(100) }));
        assert_eq!(events.last(), Some(&Event::Finished { cancelled: false }));
    }

    #[test]
    fn mentions_that_were_read_are_not_found_anew() {
        let told = |as_read: bool| {
            let article = Article::from_text("flood", "Floods reached Nairobi on Monday.");
            let read = Geoparsed { article, as_read, ..Geoparsed::default() };
            let geoparser = Geoparser::new(Gazetteer::embedded().unwrap());
            let mut archive = Archive::default();
            archive.push(Arc::new(read));
            let job = Job::anew(archive, |_| true, geoparser, NonZeroUsize::MIN, || {});
            let articles = job.wait().filter_map(|event| match event {
                Event::Article(article) => Some(article.article().unwrap().mentions.len()),
                _ => None,
            });
            articles.collect::<Vec<_>>()
        };
        assert!(told(true).is_empty());
        assert_eq!(told(false), [1]);
    }

    #[test]
    fn a_cancelled_job_says_so() {
        let job = job(100_000, || {});
        job.cancel();
        assert_eq!(job.wait().last(), Some(Event::Finished { cancelled: true }));
    }

    #[test]
    fn a_dropped_job_ends() {
        drop(job(100_000, || {}));
    }

    #[test]
    fn it_wakes_once_for_events_that_nobody_took() {
        let wakes = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&wakes);
        let mut job = job(20, move || {
            counted.fetch_add(1, Ordering::SeqCst);
        });
        job.thread.take().unwrap().join().unwrap();
        assert_eq!(wakes.load(Ordering::SeqCst), 1);
        assert_eq!(job.poll().last(), Some(Event::Finished { cancelled: false }));
    }
}
