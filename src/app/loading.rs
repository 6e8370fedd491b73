//! The jobs that run behind the window, and how far they have come.
//! One reads and one writes; what they tell is taken once a frame, within a time that a frame has.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use crate::explore::Collection;
use crate::export::{Format, Options};
use crate::gazetteer::Gazetteer;
use crate::geoparse::Geoparser;
use crate::ingest;
use crate::jobs::{Event, Job, Shown, all_threads, let_go};
use crate::model::{Geoparsed, Problem};

use super::words;

/// Time that a frame spends on taking in articles.
const PER_FRAME: Duration = Duration::from_millis(4);

/// How far a job has come.
#[derive(Clone, Debug)]
pub struct Progress {
    verb: &'static str,
    done: usize,
    total: Option<usize>,
    started: Instant,
}

impl Progress {
    fn new(verb: &'static str, total: Option<usize>) -> Self {
        Self { verb, done: 0, total, started: Instant::now() }
    }

    /// "Reading: 1200 articles, 85 a second".
    pub fn words(&self) -> String {
        let done = words::number(self.done as u64);
        let of = self.total.map_or(String::new(), |total| format!(" of {}", words::number(total as u64)));
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = if seconds > 1.0 { (self.done as f64 / seconds).round() as u64 } else { 0 };
        let rate = if rate > 0 { format!(", {} a second", words::number(rate)) } else { String::new() };
        format!("{}: {done}{of} articles{rate}", self.verb)
    }
}

/// What the jobs told in one frame.
#[derive(Default)]
pub struct News {
    /// Whether reading came to its end.
    pub read: bool,
    /// What is open, geoparsed anew.
    pub placed: Option<Collection>,
    /// A sentence to show.
    pub notice: Option<String>,
    /// Why nothing could be written, and where.
    pub unwritten: Option<Problem>,
}

/// The jobs that run.
pub struct Loading {
    gazetteer: Gazetteer,
    geoparser: Option<Geoparser>,
    reading: Option<(Job, Progress)>,
    writing: Option<(Job, Progress)>,
    placing: Option<(Job, Progress, Collection)>,
    /// What is being read, should it have to be read anew.
    paths: Vec<PathBuf>,
}

impl Loading {
    /// No job yet; articles will be geoparsed with this gazetteer.
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self { gazetteer, geoparser: None, reading: None, writing: None, placing: None, paths: Vec::new() }
    }

    /// Reads files and folders; the sample where there are none. What was being read goes on first
    /// being cancelled: one pile at a time.
    pub fn open(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let gazetteer = &self.gazetteer;
        let geoparser = self.geoparser.get_or_insert_with(|| Geoparser::new(gazetteer.clone())).clone();
        let wake = waker(ctx);
        let_go((self.reading.take(), self.placing.take()));
        self.paths.clone_from(&paths);
        let job = if paths.is_empty() {
            let sample = ingest::sample();
            let progress = Progress::new("Reading", Some(sample.len()));
            (Job::articles(sample, geoparser, all_threads(), wake), progress)
        } else {
            (Job::start(paths, geoparser, all_threads(), wake), Progress::new("Reading", None))
        };
        self.reading = Some(job);
    }

    /// Geoparses with another gazetteer from now on. What is open is geoparsed anew behind the window, which
    /// shows it as it was until then, but for mentions that were read with their article: they stay what the
    /// file said. What is still being read must be read again, and is handed back.
    pub fn place_with(
        &mut self,
        ctx: &Context,
        gazetteer: Gazetteer,
        articles: &[Arc<Geoparsed>],
    ) -> Option<Vec<PathBuf>> {
        let geoparser = Geoparser::new(gazetteer.clone());
        (self.gazetteer, self.geoparser) = (gazetteer, Some(geoparser.clone()));
        let_go(self.placing.take());
        if self.reading.is_some() {
            return Some(self.paths.clone());
        }
        if !articles.is_empty() {
            let progress = Progress::new("Placing anew", Some(articles.len()));
            let job = Job::anew(articles.to_vec(), geoparser, all_threads(), waker(ctx));
            self.placing = Some((job, progress, Collection::default()));
        }
        None
    }

    /// Writes articles to a file.
    pub fn export(
        &mut self,
        ctx: &Context,
        shown: Vec<Shown>,
        path: PathBuf,
        format: Format,
        options: Options,
    ) {
        let progress = Progress::new("Writing", Some(shown.len()));
        self.writing = Some((Job::export(shown, path, format, options, waker(ctx)), progress));
    }

    /// Stops reading and writing; what was read stays.
    pub fn cancel(&mut self) {
        for (job, _) in self.reading.iter().chain(&self.writing) {
            job.cancel();
        }
        if let Some((job, ..)) = &self.placing {
            job.cancel();
        }
    }

    /// Ends every job without waiting for more of it.
    pub fn abandon(&mut self) {
        let_go((self.reading.take(), self.writing.take(), self.placing.take()));
    }

    /// How far the job in front has come.
    pub fn progress(&self) -> Option<&Progress> {
        let placing = self.placing.as_ref().map(|(_, progress, _)| progress);
        let others = self.reading.as_ref().or(self.writing.as_ref()).map(|(_, progress)| progress);
        others.or(placing)
    }

    /// Whether articles are still arriving.
    pub fn is_reading(&self) -> bool {
        self.reading.is_some()
    }

    /// Takes in what the jobs have to tell.
    pub fn poll(&mut self, ctx: &Context, collection: &mut Collection) -> News {
        let mut news = News::default();
        if let Some((job, progress)) = &mut self.reading
            && let Some(cancelled) = take_in(ctx, job, progress, collection)
        {
            news.read = true;
            if cancelled {
                let read = words::count(progress.done, "article was read", "articles were read");
                news.notice = Some(format!("Cancelled: {read}"));
            } else if progress.done == 0 {
                news.notice = Some("There was no article to read".to_owned());
            }
            self.reading = None;
        }
        self.poll_placing(ctx, &mut news);
        self.poll_writing(&mut news);
        if self.progress().is_some() {
            // The rate is told even while nothing arrives.
            ctx.request_repaint_after(Duration::from_millis(500));
        }
        news
    }

    fn poll_writing(&mut self, news: &mut News) {
        let Some((job, progress)) = &mut self.writing else {
            return;
        };
        let mut finished = false;
        for event in job.poll() {
            match event {
                Event::Progress { done, .. } => progress.done = done,
                Event::Exported { path, summary } => {
                    let rows = words::count(summary.mentions, "mention", "mentions");
                    news.notice = Some(format!("Wrote {rows} to {}", path.display()));
                }
                Event::Problem(problem) => news.unwritten = Some(problem),
                Event::Finished { .. } => finished = true,
                _ => {}
            }
        }
        if finished {
            self.writing = None;
        }
    }

    fn poll_placing(&mut self, ctx: &Context, news: &mut News) {
        let Some((job, progress, collection)) = &mut self.placing else {
            return;
        };
        let Some(cancelled) = take_in(ctx, job, progress, collection) else { return };
        let placed = self.placing.take().map(|(_, _, collection)| collection);
        if cancelled {
            let_go(placed);
            news.notice = Some("Cancelled: the articles keep the places that they had".to_owned());
        } else {
            news.placed = placed;
        }
    }
}

/// Takes articles and problems into a collection for as long as a frame allows; answers, where the job has ended,
/// whether it was cancelled.
fn take_in(
    ctx: &Context,
    job: &mut Job,
    progress: &mut Progress,
    collection: &mut Collection,
) -> Option<bool> {
    let begun = Instant::now();
    let mut ended = None;
    for event in job.poll() {
        match event {
            Event::Article(article) => {
                collection.add(Arc::from(article));
                progress.done += 1;
            }
            Event::Problem(problem) => collection.add_problem(problem),
            Event::Finished { cancelled } => ended = Some(cancelled),
            _ => {}
        }
        if begun.elapsed() > PER_FRAME {
            ctx.request_repaint();
            break;
        }
    }
    ended
}

fn waker(ctx: &Context) -> impl Fn() + Send + Sync + 'static {
    let ctx = ctx.clone();
    move || ctx.request_repaint()
}
