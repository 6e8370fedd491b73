//! The project behind the window: what is open is kept, what is corrected is on the disk before it is shown.
//! A collection that nobody has saved gets a project of its own in the program's folder with the first correction.

pub mod adding;
mod article;
pub mod banner;
mod closing;
mod correction;
mod history;
mod leaving;
mod leftovers;
mod opening;
mod projects;
mod recent;
mod removed;
mod renewing;
mod reopen;
mod sharing;
mod showing;

use std::path::{Path, PathBuf};

use egui::Context;

use crate::explore::{Collection, Written};
use crate::geoparse::Geoparser;
use crate::ingest::is_address;
use crate::jobs::keeper::{Change, From, Held, Keeper, News, Order, Person, Standing};
use crate::jobs::made;
use crate::model::Archive;
use crate::project::{About, EXTENSION, Head, Project, Shelf, State};

pub use adding::Open;
pub use banner::Banner;
use closing::Closing;
pub use correction::{Correction, Ruling, target};
pub use leftovers::Leftover;
pub use opening::{Came, Opened, Opening, name};
pub use projects::{Around, Projects, Sheet, Wish};
pub use recent::Recent;
pub use showing::{Showing, concerned};

/// What is open, as a project.
pub struct Keeping {
    keeper: Option<Keeper>,
    /// Where projects are kept that nobody has saved; none where the system has no such folder.
    folder: Option<PathBuf>,
    who: String,
    /// The files and folders that what is open was read from, a line each.
    read: String,
    /// Projects that were closed and finish what they were told.
    closing: Closing,
    /// Where it is being saved to.
    saving: Option<PathBuf>,
    /// Its articles, once there is a file.
    shelf: Option<Shelf>,
    /// What people have said, as it is on the disk.
    state: State,
    standing: Standing,
    /// Orders that are not answered yet.
    waiting: usize,
    /// Articles that it was told of.
    told: usize,
    /// What of corrections is to be seen yet.
    pub showing: Showing,
}

/// What the project told in one frame.
#[derive(Default)]
pub struct Told {
    /// What was done.
    pub held: Vec<Held>,
    /// Why something was not.
    pub refused: Vec<String>,
    /// Articles as they are to be seen now.
    pub ranked: Vec<crate::jobs::keeper::Ranked>,
    /// How many edits and orders to rank all has been found out that follows from.
    pub settled: usize,
    /// Where it was saved.
    pub saved: Option<PathBuf>,
    /// Where it could not be saved, and why.
    pub not_saved: Option<(PathBuf, String)>,
    /// The history, the first entry first, each with whether it is in force.
    pub history: Option<Vec<(Head, bool)>>,
    /// What was kept under a name, where that was asked for.
    pub recalled: Option<(&'static str, Option<Vec<u8>>)>,
}

impl Keeping {
    /// Nothing is kept yet; what nobody saves will be in this folder.
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self {
            keeper: None,
            folder,
            who: Person::here().0,
            read: String::new(),
            closing: Closing::default(),
            saving: None,
            shelf: None,
            state: State::default(),
            standing: Standing::default(),
            waiting: 0,
            told: 0,
            showing: Showing::default(),
        }
    }

    /// What people have said.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// How the project stands.
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// Whether there is a project.
    pub fn is_there(&self) -> bool {
        self.keeper.is_some()
    }

    /// Whether it is one that nobody has saved.
    pub fn is_unsaved(&self) -> bool {
        let unsaved = |folder: &Path| self.standing.path.starts_with(folder);
        self.folder.as_deref().is_some_and(unsaved)
    }

    /// Whether something was ordered that is not done yet.
    pub fn is_busy(&self) -> bool {
        self.waiting > 0 || !self.showing.is_idle()
    }

    /// Where projects are kept that nobody has saved.
    pub fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// Keeps them in another folder from now on.
    pub fn keep_in(&mut self, folder: PathBuf) {
        self.folder = Some(folder);
    }

    /// Notes what the articles that are open were read from.
    pub fn note_read(&mut self, paths: &[PathBuf]) {
        self.read = read_from(paths);
    }

    /// What the articles that are open were read from.
    pub fn read(&self) -> &str {
        &self.read
    }

    /// How it is kept, in a word, and in a sentence.
    pub fn kept(&self) -> Option<(String, String)> {
        self.keeper.as_ref()?;
        let path = self.standing.path.display();
        Some(match &self.standing.read_only {
            Some(reason) => ("read-only".to_owned(), format!("{path} can only be read: {reason}")),
            None if self.saving.is_some() => {
                ("saving…".to_owned(), "A whole copy is being written".to_owned())
            }
            None if self.waiting > 0 => {
                ("saving…".to_owned(), format!("The last edit is being written to {path}"))
            }
            None if self.is_unsaved() => (
                "autosaved".to_owned(),
                format!(
                    "Every correction is kept in {path}; “Save as…” gives them a name and a place of your own"
                ),
            ),
            None => ("saved".to_owned(), format!("Every correction is in {path}")),
        })
    }

    /// The project that is saved under a name of its own.
    pub fn project(&self) -> Option<&Path> {
        let path = self.standing.path.as_path();
        (self.is_there() && !self.is_unsaved() && !path.as_os_str().is_empty()).then_some(path)
    }

    /// The projects that were closed, to be waited for.
    pub(in crate::app) fn closing(&self) -> Closing {
        self.closing.clone()
    }

    /// Its articles, once there is a file.
    pub fn shelf(&self) -> Option<&Shelf> {
        self.shelf.as_ref()
    }

    /// Where it is being saved to.
    pub fn saving(&self) -> Option<&Path> {
        self.saving.as_deref()
    }

    /// Goes on in a project that was opened.
    pub fn take_up(
        &mut self,
        ctx: &Context,
        (project, written): (Project, Written),
        collection: &Collection,
        geoparser: Geoparser,
    ) {
        let articles = collection.archive().clone();
        self.close();
        (self.state, self.told) = (project.state().clone(), articles.len());
        self.standing = Standing::of(&project);
        self.shelf = Some(project.shelf());
        self.read.clone_from(&project.about().read);
        self.start(ctx, From::Open(Box::new(project), Box::new(written)), articles, geoparser);
    }

    /// Lets go of the project; what was ordered is finished behind the window.
    pub fn close(&mut self) {
        if let Some(keeper) = self.keeper.take() {
            self.closing.close(keeper);
        }
        (self.saving, self.shelf) = (None, None);
        self.read.clear();
        self.showing = Showing::default();
        (self.state, self.standing, self.waiting, self.told) = (State::default(), Standing::default(), 0, 0);
    }

    fn start(&mut self, ctx: &Context, from: From, articles: Archive, geoparser: Geoparser) {
        let ctx = ctx.clone();
        let wake = move || ctx.request_repaint();
        self.keeper = Some(Keeper::start(from, articles, geoparser, Person(self.who.clone()), wake));
    }

    /// Changes something. Where there is no project yet, one is made of what is open.
    ///
    /// # Errors
    ///
    /// A sentence where there is no folder to make one in.
    pub fn change(
        &mut self,
        ctx: &Context,
        collection: &Collection,
        geoparser: impl FnOnce() -> Geoparser,
        opened: &str,
        edit: Change,
        why: Option<String>,
    ) -> Result<(), String> {
        self.begin(ctx, collection, geoparser, opened)?;
        self.order(Order::Change { edit, why });
        Ok(())
    }

    /// Has a project made of what is open where there is none yet.
    ///
    /// # Errors
    ///
    /// A sentence where there is no folder to make one in.
    pub fn begin(
        &mut self,
        ctx: &Context,
        collection: &Collection,
        geoparser: impl FnOnce() -> Geoparser,
        opened: &str,
    ) -> Result<(), String> {
        if self.keeper.is_none() {
            let path = self.unsaved_path(opened).ok_or("There is no folder to keep corrections in")?;
            let geoparser = geoparser();
            let about = About { made: made(&geoparser), ..About::new(self.read.as_str(), &self.who) };
            self.told = collection.len();
            self.standing = Standing { path: path.clone(), ..Standing::default() };
            self.start(ctx, From::New(path, Box::new(about)), collection.archive().clone(), geoparser);
        }
        Ok(())
    }

    /// A path for a project that nobody has saved: its name and the time.
    fn unsaved_path(&self, opened: &str) -> Option<PathBuf> {
        let now = jiff::Zoned::now().strftime("%Y-%m-%d %H%M%S").to_string();
        let plain = |c: char| if c.is_alphanumeric() || " -_.".contains(c) { c } else { '_' };
        let name: String = opened.chars().map(plain).take(80).collect();
        Some(self.folder.as_ref()?.join(format!("{name} {now}.dateline")))
    }

    /// Orders something of the project that there is.
    pub fn order(&mut self, order: Order) {
        if let Order::SaveAs(path) = &order {
            self.saving = Some(path.clone());
        }
        let answered = !matches!(
            order,
            Order::Follow(_) | Order::RankWith(_) | Order::Rank(_) | Order::WriteDown(_) | Order::Keep(..)
        );
        let ranks = matches!(order, Order::Rank(_));
        if self.keeper.as_ref().is_some_and(|keeper| keeper.tell(order)) {
            self.waiting += usize::from(answered);
            if ranks {
                self.showing.expect();
            }
        }
    }

    /// Tells it of the articles that arrived since.
    pub fn follow(&mut self, collection: &Collection) {
        if self.keeper.is_some() && collection.len() > self.told {
            self.told = collection.len();
            self.order(Order::Follow(collection.archive().clone()));
        }
    }

    /// Takes in what it has to tell.
    pub fn poll(&mut self) -> Told {
        let mut told = Told::default();
        let Some(keeper) = &self.keeper else { return told };
        for news in keeper.poll() {
            match news {
                News::Held(held) => {
                    self.waiting = self.waiting.saturating_sub(usize::from(!held.more));
                    self.state = held.state.clone();
                    self.standing = held.standing.clone();
                    told.held.push(*held);
                }
                News::Refused(reason) => {
                    self.waiting = self.waiting.saturating_sub(1);
                    told.refused.push(reason);
                }
                News::Ranked(ranked) => told.ranked.extend(ranked),
                News::Settled(settled) => told.settled += settled,
                News::Made(shelf) => self.shelf = Some(shelf),
                News::Kept(standing) => self.standing = standing,
                News::Saved(standing) => {
                    self.waiting = self.waiting.saturating_sub(1);
                    self.saving = None;
                    told.saved = Some(standing.path.clone());
                    self.standing = standing;
                }
                News::NotSaved(path, reason) => {
                    self.waiting = self.waiting.saturating_sub(1);
                    self.saving = None;
                    told.not_saved = Some((path, reason));
                }
                News::Nothing => self.waiting = self.waiting.saturating_sub(1),
                News::History(history) => {
                    self.waiting = self.waiting.saturating_sub(1);
                    told.history = Some(history);
                }
                News::Recalled(name, bytes) => {
                    self.waiting = self.waiting.saturating_sub(1);
                    told.recalled = Some((name, bytes));
                }
            }
        }
        told
    }
}

impl Drop for Keeping {
    fn drop(&mut self) {
        // What was ordered is to be on the disk before the program is gone.
        self.close();
        self.closing.wait();
    }
}

/// Whether a file is a project, by its ending.
pub fn is_project(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}

/// A path with the ending of a project.
pub fn with_ending(path: PathBuf) -> PathBuf {
    if is_project(&path) {
        return path;
    }
    let mut path = path.into_os_string();
    path.push(".");
    path.push(EXTENSION);
    path.into()
}

/// Files and folders as a project tells that its articles were read from them, a line each; the sample where there are
/// none.
fn read_from(paths: &[PathBuf]) -> String {
    match paths {
        [] => "Sample".to_owned(),
        _ => paths.iter().map(|path| absolute(path).display().to_string()).collect::<Vec<_>>().join("\n"),
    }
}

/// A path from the root of its disk; an address as it is.
pub fn absolute(path: &Path) -> PathBuf {
    let whole = || std::path::absolute(path).ok();
    (!is_address(path)).then(whole).flatten().unwrap_or_else(|| path.to_owned())
}

/// A moment as people tell it: "12:03", "yesterday 12:03", "17 Oct 2016 12:03".
pub fn when(at: i64) -> String {
    let Ok(at) = jiff::Timestamp::from_second(at) else { return String::new() };
    let (at, now) = (at.to_zoned(jiff::tz::TimeZone::system()), jiff::Zoned::now());
    let time = at.strftime("%H:%M");
    let before = now.date().since(at.date()).map_or(i32::MAX, |span| span.get_days());
    match before {
        0 => format!("{time}"),
        1 => format!("yesterday {time}"),
        _ => format!("{} {time}", at.strftime("%-d %b %Y")),
    }
}

/// Where projects are kept that nobody has saved.
pub fn unsaved_folder() -> Option<PathBuf> {
    Some(dirs::data_local_dir()?.join("dateline").join("unsaved"))
}
