//! The gazetteers in use, changed and added to from the window.
//! Files are touched behind the window only; when names are to be looked up elsewhere, the news of it is
//! handed to whoever looks names up.

mod form;
mod list;
mod report;
mod shelf;

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Instant;

use egui::Context;

use crate::gazetteer::import::Report;
use crate::gazetteer::{Gazetteer, Shelf, ShelfError};
use crate::jobs::{Answer, Event, Job, Task, Wanted};

use super::command::{Act, Command};
use super::{dialog, words};
use form::Form;
pub use shelf::Change;
use shelf::{Changed, Entry, carry_out};

/// What the window shows of its gazetteers.
enum Page {
    List,
    Import,
    /// What became of the last import.
    Report,
}

/// How far an import has come.
struct Importing {
    job: Job,
    doing: String,
    rows: u64,
    share: f64,
    started: Instant,
}

/// What happened behind the window.
#[derive(Default)]
pub struct News {
    /// A sentence to show.
    pub notice: Option<String>,
    /// Whether an import failed, and the window says why.
    pub refused: bool,
    /// What names are looked up in from now on.
    pub gazetteer: Option<Gazetteer>,
}

/// The gazetteers, and the window that lists them.
pub struct Gazetteers {
    shelf: Result<Shelf, String>,
    entries: Vec<Entry>,
    /// What is being done to the shelf.
    change: Option<(Change, Task<Changed>)>,
    waiting: VecDeque<Change>,
    importing: Option<Importing>,
    imported: Option<(PathBuf, Report)>,
    /// Why the last change was not made.
    told: Option<String>,
    /// The path of a file to add, as far as it is typed.
    path: String,
    page: Page,
    form: Form,
    /// Whether the cursor was put where typing begins in the list.
    asked: bool,
}

impl Gazetteers {
    /// The gazetteers of a shelf; with a reason instead of a shelf there is only the one inside the program.
    pub fn new(shelf: Result<Shelf, ShelfError>) -> Self {
        Self {
            shelf: shelf.map_err(|error| error.to_string()),
            entries: Vec::new(),
            change: None,
            waiting: VecDeque::new(),
            importing: None,
            imported: None,
            told: None,
            path: String::new(),
            page: Page::List,
            form: Form::default(),
            asked: false,
        }
    }

    /// What names are looked up in at the beginning, and a sentence on what is missing of it.
    pub fn load(&self) -> Result<(Gazetteer, Option<String>), crate::gazetteer::GazetteerError> {
        let Ok(shelf) = &self.shelf else {
            return Ok((Gazetteer::embedded()?, None));
        };
        let (gazetteer, problems) = shelf.load()?;
        let told = match problems.as_slice() {
            [] => None,
            [one] => Some(words::sentence(one)),
            many => Some(format!("{} gazetteers cannot be opened: see File, Gazetteers…", many.len())),
        };
        Ok((gazetteer, told))
    }

    /// Begins with the list, as it is now on disk.
    pub fn open(&mut self, ctx: &Context) {
        self.page = Page::List;
        (self.told, self.asked) = (None, false);
        self.change(ctx, Change::Look);
    }

    /// Begins with the choice of lists to import.
    pub fn open_import(&mut self, ctx: &Context) {
        self.open(ctx);
        self.turn_to_form();
    }

    fn turn_to_form(&mut self) {
        self.form.focus();
        self.page = Page::Import;
    }

    /// Changes the shelf, after what was asked for before.
    pub fn change(&mut self, ctx: &Context, change: Change) {
        self.waiting.push_back(change);
        self.next(ctx);
    }

    fn next(&mut self, ctx: &Context) {
        if self.change.is_some() {
            return;
        }
        let Some(change) = self.waiting.pop_front() else {
            return;
        };
        let shelf = match &self.shelf {
            Ok(shelf) => shelf.clone(),
            Err(reason) => {
                self.told = Some(words::sentence(reason));
                self.entries = vec![shelf::embedded()];
                return;
            }
        };
        let ctx = ctx.clone();
        let wish = change.clone();
        let task = Task::start(move || ctx.request_repaint(), move || carry_out(shelf, &wish));
        self.change = Some((change, task));
    }

    /// Takes files into the choice of lists to import.
    pub fn choose_sources(&mut self, paths: Vec<PathBuf>) {
        paths.into_iter().for_each(|path| self.form.add(path));
    }

    /// Makes a gazetteer of other lists and adds it.
    pub fn import(&mut self, ctx: &Context, wanted: Wanted) {
        let ctx = ctx.clone();
        self.page = Page::List;
        (self.imported, self.told) = (None, None);
        self.importing = Some(Importing {
            job: Job::import(wanted, move || ctx.request_repaint()),
            doing: String::new(),
            rows: 0,
            share: 0.0,
            started: Instant::now(),
        });
    }

    /// Stops an import; nothing is left of it.
    pub fn cancel(&mut self) {
        if let Some(importing) = &self.importing {
            importing.job.cancel();
        }
    }

    /// How far an import has come: "Importing: 12 000 rows, 8500 a second".
    pub fn progress(&self) -> Option<String> {
        self.importing.as_ref().map(Importing::words)
    }

    /// Whether a change or an import is under way.
    pub fn is_busy(&self) -> bool {
        self.change.is_some() || self.importing.is_some()
    }

    /// Takes in what happened behind the window.
    pub fn poll(&mut self, ctx: &Context) -> News {
        let mut news = News::default();
        if let Some((change, task)) = &self.change {
            match task.poll() {
                Answer::Awaited => {}
                Answer::Here(changed) => {
                    if let (Change::Add(file), Some(_)) = (change, &changed.told)
                        && self.path.is_empty()
                    {
                        // To be put right where it was typed.
                        self.path = file.display().to_string();
                    }
                    self.change = None;
                    self.take(changed, &mut news);
                }
                Answer::Lost => {
                    self.change = None;
                    self.told = Some("The gazetteers could not be looked at".to_owned());
                }
            }
        }
        self.poll_import(ctx, &mut news);
        self.next(ctx);
        news
    }

    fn take(&mut self, changed: Changed, news: &mut News) {
        self.shelf = Ok(changed.shelf);
        self.entries = changed.entries;
        news.gazetteer = changed.gazetteer;
        self.told = changed.told.as_deref().map(words::sentence);
    }

    fn poll_import(&mut self, ctx: &Context, news: &mut News) {
        let Some(importing) = &mut self.importing else {
            return;
        };
        let (mut made, mut refused, mut ended) = (None, None, None);
        for event in importing.job.poll() {
            match event {
                Event::Importing { doing, rows, share } => {
                    (importing.doing, importing.rows, importing.share) = (doing, rows, share);
                }
                Event::Imported { report, path } => made = Some((path, *report)),
                Event::Problem(problem) => refused = Some(problem.reason),
                Event::Finished { cancelled } => ended = Some(cancelled),
                _ => {}
            }
        }
        if let Some((path, report)) = made {
            news.notice = Some(report::summary(&report));
            if report.refused_count > 0 {
                self.page = Page::Report;
            }
            self.change(ctx, Change::Put(path.clone()));
            self.imported = Some((path, report));
            self.form = Form::default();
        }
        if let Some(reason) = refused {
            // Back to where it was said what to import: nothing of that is lost.
            self.form.refuse(words::sentence(&reason));
            (self.page, news.refused) = (Page::Import, true);
        }
        if let Some(cancelled) = ended {
            self.importing = None;
            if cancelled && self.imported.is_none() {
                news.notice = Some("Cancelled: nothing was imported".to_owned());
                self.turn_to_form();
            }
        } else {
            // The rate is told even while nothing arrives.
            ctx.request_repaint_after(std::time::Duration::from_millis(500));
        }
    }

    /// Draws the window while `open`. `choose` asks the system's own dialog for files.
    pub fn ui(
        &mut self,
        ctx: &Context,
        open: &mut bool,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        let title = match self.page {
            Page::List => "Gazetteers",
            Page::Import => "Import places",
            Page::Report => "Imported",
        };
        let room = ctx.content_rect().size();
        dialog::window(title, open).show(ctx, |ui| {
            ui.set_width((room.x - 96.0).clamp(280.0, 560.0));
            let high = (room.y - 260.0).clamp(120.0, 420.0);
            let back = match self.page {
                Page::List => {
                    match self.list(ui, high, choose, acts) {
                        Some(Page::Import) => self.turn_to_form(),
                        Some(page) => self.page = page,
                        None => {}
                    }
                    false
                }
                Page::Import => self.form.ui(ui, self.importing.is_some(), choose, acts),
                Page::Report => match &self.imported {
                    Some((path, imported)) => report::ui(ui, path, imported, high),
                    None => true,
                },
            };
            if back {
                (self.page, self.asked) = (Page::List, false);
            }
        });
    }
}

impl Importing {
    fn words(&self) -> String {
        let seconds = self.started.elapsed().as_secs_f64();
        let rate = if seconds > 1.0 { (self.rows as f64 / seconds).round() as u64 } else { 0 };
        let rate = if rate > 0 { format!(", {} a second", words::number(rate)) } else { String::new() };
        let rows = usize::try_from(self.rows).unwrap_or(usize::MAX);
        format!("Importing: {}{rate}", words::count(rows, "row", "rows"))
    }
}
