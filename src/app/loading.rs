//! The jobs that run behind the window, and how far they have come.
//! One reads and one writes; what they tell is taken once a frame, within a time that a frame has.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use egui::Context;

use crate::explore::Collection;
use crate::export::{Format, Options, Rows};
use crate::gazetteer::Gazetteer;
use crate::geoparse::{Foreign, Geoparser, Homes};
use crate::ingest::{self, Meter, Tables};
use crate::jobs::{Event, Job, Shown, Sight, all_threads, let_go};
use crate::model::{Article, Problem};

use super::words;

/// How long what a job tells may wait for a frame: to draw one for every article leaves little time to read them.
const PATIENCE: Duration = Duration::from_millis(40);
/// Time that a frame spends on taking in articles.
const PER_FRAME: Duration = Duration::from_millis(4);

/// How far a job has come.
#[derive(Clone, Debug)]
pub struct Progress {
    /// The file that is being read, or written.
    pub file: Option<String>,
    /// How much of it all is done, 0 to 1, where that is known.
    pub share: Option<f32>,
    /// Articles a second, once there is something to tell it by.
    pub rate: Option<f64>,
    /// How long the rest will take, once there is something to tell it by.
    pub left: Option<Duration>,
    verb: &'static str,
    done: usize,
    total: Option<usize>,
    started: Instant,
    foreign: Foreign,
}

impl Progress {
    fn new(verb: &'static str, total: Option<usize>) -> Self {
        let (file, share, rate, left) = (None, None, None, None);
        let (started, foreign) = (Instant::now(), Foreign::default());
        Self { file, share, rate, left, verb, done: 0, total, started, foreign }
    }

    /// "Reading: 1,200 of 5,000 articles".
    pub fn words(&self) -> String {
        let done = words::number(self.done as u64);
        let of = self.total.map_or(String::new(), |total| format!(" of {}", words::number(total as u64)));
        let rate = self.rate.map_or(0, |rate| rate.round() as u64);
        let rate = if rate > 0 { format!(", {} a second", words::number(rate)) } else { String::new() };
        format!("{}: {done}{of} articles{rate}", self.verb)
    }

    /// Takes in what a job told of itself.
    fn tell(&mut self, done: usize, total: Option<usize>) {
        (self.done, self.total) = (done, total.or(self.total));
        if let Some(total) = self.total.filter(|&total| total > 0) {
            self.share = Some((done as f32 / total as f32).min(1.0));
        }
        self.estimate();
    }

    /// Takes in how much of which file is read.
    fn tell_of(&mut self, reading: &Meter) {
        self.file = reading.file();
        self.share = reading.share().or(self.share);
        self.estimate();
    }

    /// Rate and time left, from the second second on: before that they would be a guess.
    fn estimate(&mut self) {
        let seconds = self.started.elapsed().as_secs_f64();
        if seconds < 1.0 {
            return;
        }
        self.rate = Some(self.done as f64 / seconds);
        let share = self.share.map(f64::from).filter(|&share| share > 0.01);
        self.left = share.and_then(|share| Duration::try_from_secs_f64(seconds * (1.0 - share) / share).ok());
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
    /// Homes of outlets beside those that every geoparser knows.
    homes: Homes,
    geoparser: Option<Geoparser>,
    reading: Option<(Job, Progress)>,
    writing: Option<(Job, Progress)>,
    placing: Option<(Job, Progress, Collection)>,
    /// How files are read.
    pub options: ingest::Options,
    /// What is to be known of tables once it is settled that they are read again ([`ingest::Options::tables`]).
    pub awaiting: Option<Tables>,
    /// Whether addresses that are opened may be asked, whatever the options say of all else.
    web_allowed: bool,
    /// What was opened, should it have to be read anew.
    pub paths: Vec<PathBuf>,
    /// What was added to it since.
    pub added: Vec<PathBuf>,
}

impl Loading {
    /// No job yet; articles will be geoparsed with this gazetteer.
    pub fn new(gazetteer: Gazetteer) -> Self {
        Self {
            gazetteer,
            homes: Homes::default(),
            geoparser: None,
            reading: None,
            writing: None,
            placing: None,
            options: ingest::Options::default(),
            awaiting: None,
            web_allowed: false,
            paths: Vec::new(),
            added: Vec::new(),
        }
    }

    /// What articles are geoparsed with.
    pub fn geoparser(&mut self) -> Geoparser {
        let make = || Geoparser::new(self.gazetteer.clone()).with_homes(self.homes.clone());
        self.geoparser.get_or_insert_with(make).clone()
    }

    /// Whether addresses that are opened may be asked.
    pub fn may_ask_web(&self) -> bool {
        self.options.online || self.web_allowed
    }

    /// Lets addresses that are opened be asked from now on; lists of them in files are not asked for that.
    pub fn allow_web(&mut self) {
        self.web_allowed = true;
    }

    /// How these are read.
    pub fn options_for(&self, paths: &[PathBuf]) -> ingest::Options {
        let addresses = !paths.is_empty() && paths.iter().all(|path| ingest::is_address(path));
        ingest::Options {
            online: self.options.online || self.web_allowed && addresses,
            ..self.options.clone()
        }
    }

    /// Reads files and folders; the sample where there are none. What was being read goes on first
    /// being cancelled: one pile at a time.
    pub fn open(&mut self, ctx: &Context, paths: Vec<PathBuf>) {
        let geoparser = self.geoparser();
        let wake = waker(ctx);
        let_go((self.reading.take(), self.placing.take()));
        self.paths.clone_from(&paths);
        if let Some(tables) = self.awaiting.take() {
            self.options.tables = tables;
        }
        let options = self.options_for(&paths);
        let job = if paths.is_empty() {
            let sample = ingest::sample();
            let progress = Progress::new("Reading", Some(sample.len()));
            (Job::articles(sample, geoparser, all_threads(), wake), progress)
        } else {
            (Job::start(paths, options, geoparser, all_threads(), wake), Progress::new("Reading", None))
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
        articles: &Collection,
    ) -> Option<Vec<PathBuf>> {
        (self.gazetteer, self.geoparser) = (gazetteer, None);
        self.place_anew(ctx, articles, |_| true)
    }

    /// Geoparses with other homes of outlets from now on. Of what is open, articles of the outlets concerned are
    /// geoparsed anew, as in [`Loading::place_with`].
    pub fn home_with(&mut self, ctx: &Context, homes: Homes, articles: &Collection) -> Option<Vec<PathBuf>> {
        if homes == self.homes {
            return None;
        }
        let before = self.geoparser();
        (self.homes, self.geoparser) = (homes.clone(), None);
        let concerned = move |article: &Article| before.differs(article, &homes);
        // What is being placed anew is placed with the homes before.
        let unfinished = self.placing.is_some();
        self.place_anew(ctx, articles, move |article| unfinished || concerned(article))
    }

    fn place_anew(
        &mut self,
        ctx: &Context,
        articles: &Collection,
        concerned: impl Fn(&Article) -> bool + Send + Sync + 'static,
    ) -> Option<Vec<PathBuf>> {
        let_go(self.placing.take());
        if self.reading.is_some() {
            return Some(self.paths.clone());
        }
        if !articles.is_as_read() {
            let progress = Progress::new("Placing anew", Some(articles.len()));
            let job =
                Job::anew(articles.archive().clone(), concerned, self.geoparser(), all_threads(), waker(ctx));
            self.placing = Some((job, progress, Collection::default()));
        }
        None
    }

    /// Goes by other homes of outlets without a look at what is open; answers whether they are others.
    pub fn forget_homes(&mut self, homes: Homes) -> bool {
        let others = homes != self.homes;
        if others {
            (self.homes, self.geoparser) = (homes, None);
        }
        others
    }

    /// Geoparses with another gazetteer from now on, without a look at what is open.
    pub fn look_up_in(&mut self, gazetteer: Gazetteer) {
        (self.gazetteer, self.geoparser) = (gazetteer, None);
    }

    /// Writes articles to a file.
    pub fn export(
        &mut self,
        ctx: &Context,
        shown: impl FnOnce() -> Shown + Send + 'static,
        path: PathBuf,
        format: Format,
        options: Options,
    ) {
        let mut progress = Progress::new("Writing", None);
        progress.file = Some(path.display().to_string());
        self.writing = Some((Job::export(shown, path, format, options, waker(ctx)), progress));
    }

    /// Draws a picture of the map to a file.
    pub fn draw(&mut self, ctx: &Context, sight: Sight, path: PathBuf) {
        let mut progress = Progress::new("Drawing", None);
        progress.file = Some(path.display().to_string());
        self.writing = Some((Job::picture(sight, path, waker(ctx)), progress));
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

    /// Remembers what is added to what was opened.
    pub fn note_added(&mut self, paths: &[PathBuf]) {
        self.added.retain(|path| !paths.contains(path));
        self.added.extend_from_slice(paths);
    }

    /// Ends every job without waiting for more of it, and forgets what was opened.
    pub fn abandon(&mut self) {
        (self.paths, self.added) = (Vec::new(), Vec::new());
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
            } else if progress.done == 0 && collection.problems().is_empty() {
                news.notice = Some("There was no article to read".to_owned());
            } else {
                news.notice = progress.foreign.told();
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
                Event::Progress { done, total } => progress.tell(done, total),
                Event::Exported { path, summary } => {
                    let rows = match summary.rows {
                        Rows::Mentions => words::count(summary.mentions, "mention", "mentions"),
                        Rows::Events => words::count(summary.mentions, "event", "events"),
                        Rows::Places => words::count(summary.mentions, "place", "places"),
                        Rows::Articles => words::count(summary.mentions, "article", "articles"),
                    };
                    news.notice = Some(format!("Wrote {rows} to {}", path.display()));
                }
                Event::Pictured { path } => {
                    news.notice = Some(format!("Drew the map to {}", path.display()));
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
        let (unchanged, placed) = match self.placing.take() {
            Some((_, _, collection)) => (collection.is_empty(), Some(collection)),
            None => (true, None),
        };
        if cancelled {
            let_go(placed);
            news.notice = Some("Cancelled: the articles keep the places that they had".to_owned());
        } else if !unchanged {
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
    if let Some(meter) = job.meter() {
        progress.tell_of(meter);
    }
    for event in job.poll() {
        match event {
            Event::Article(article) => {
                progress.foreign.note(article.language.as_deref());
                collection.take_in(*article);
                progress.done += 1;
            }
            Event::Problem(problem) => collection.add_problem(problem),
            Event::Progress { total, .. } => progress.tell(progress.done, total),
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
    move || ctx.request_repaint_after(PATIENCE)
}
