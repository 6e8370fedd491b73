//! The thread that owns the project behind a window: it writes down what a person changes, and only then says so.
//! Whatever it tells has been on the disk before. What takes longer (keeping articles that were not kept yet, ranking
//! anew what hangs on a decision) it does between orders, a little at a time.

mod desk;
mod following;
mod ranking;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use crate::explore::{Collection, Written};
use crate::geoparse::Geoparser;
use crate::model::Archive;
use crate::project::{About, Done, Edit, EntryId, Head, Project, ProjectError, Set, Shelf, State};

use desk::Desk;
pub use ranking::Ranked;

/// Who makes edits here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person(pub String);

impl Person {
    /// Who sits at this computer, by the name that the system has for them.
    pub fn here() -> Person {
        let name = ["USER", "USERNAME", "LOGNAME"].iter().find_map(|name| std::env::var(name).ok());
        Person(name.filter(|name| !name.trim().is_empty()).unwrap_or_else(|| "someone".to_owned()))
    }
}

/// Makes an edit of what holds now.
pub type Change = Box<dyn FnOnce(&State) -> Edit + Send>;

/// Does something with the project, for whoever sits here, and tells what was changed by it.
pub type With = Box<dyn FnOnce(&mut Project, &str) -> Result<Vec<Done>, ProjectError> + Send>;

/// What the keeper is told to do.
pub enum Order {
    /// Change something.
    Change {
        /// What.
        edit: Change,
        /// Why, where the person said so.
        why: Option<String>,
    },
    /// Take the last change back.
    Undo,
    /// Do again what was taken back last.
    Redo,
    /// Go to a point of the history: after this entry, or before the first.
    GoTo(Option<EntryId>),
    /// Keep these articles, too.
    Follow(Archive),
    /// Write down the collection, so that it opens quickly. It is to be as it is after all that was ordered before, with
    /// all that follows from it.
    WriteDown(Box<Collection>),
    /// Rank these articles anew, too.
    Rank(Vec<u32>),
    /// Rank with this geoparser from now on.
    RankWith(Box<Geoparser>),
    /// Go on in a copy at this path.
    SaveAs(PathBuf),
    /// Tell the history.
    History,
    /// Do something with the project when all articles are kept.
    With(With),
    /// Keep something under a name that is no correction and may be lost.
    Keep(&'static str, Vec<u8>),
    /// Tell what is kept under a name.
    Recall(&'static str),
}

/// How the project stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Its file.
    pub path: PathBuf,
    /// Why nothing can be changed, where nothing can.
    pub read_only: Option<String>,
    /// What would be undone.
    pub undo: Option<String>,
    /// What would be done again.
    pub redo: Option<String>,
    /// Edits in the journal.
    pub entries: usize,
    /// Articles that are kept, without a gap before the last of them.
    pub articles: usize,
}

impl Standing {
    /// How a project stands.
    pub fn of(project: &Project) -> Standing {
        let journal = project.journal();
        Standing {
            path: project.path().to_owned(),
            read_only: project.read_only().map(str::to_owned),
            undo: journal.undoable().map(|head| head.title.clone()),
            redo: journal.redoable().map(|head| head.title.clone()),
            entries: journal.len(),
            articles: project.len(),
        }
    }
}

/// What was done, and is on the disk.
#[derive(Clone, Debug)]
pub struct Held {
    /// The edit concerned.
    pub head: Head,
    /// Which way.
    pub way: Way,
    /// What changed, in the direction in which it changed.
    pub sets: Vec<Set>,
    /// What holds now.
    pub state: State,
    /// How the project stands now.
    pub standing: Standing,
    /// Whether more was done by the same order, and follows.
    pub more: bool,
}

/// Which way an edit went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// It was made.
    Done,
    /// It was taken back.
    Undone,
    /// It was done again.
    Redone,
}

/// What the keeper tells.
pub enum News {
    /// An order was carried out.
    Held(Box<Held>),
    /// An order was not carried out, for this reason; all is as it was.
    Refused(String),
    /// There was nothing to undo or to do again.
    Nothing,
    /// Articles were ranked anew under what was decided.
    Ranked(Vec<Ranked>),
    /// All is ranked that so many changes and orders to rank had made due.
    Settled(usize),
    /// The project was made; its articles are on this shelf as soon as they are kept.
    Made(Shelf),
    /// All articles are kept.
    Kept(Standing),
    /// The project goes on in a file of this name.
    Saved(Standing),
    /// The project could not be saved at this path, for this reason; it goes on where it is.
    NotSaved(PathBuf, String),
    /// The history, the first entry first, each with whether it is in force.
    History(Vec<(Head, bool)>),
    /// What is kept under a name.
    Recalled(&'static str, Option<Vec<u8>>),
}

/// The window's end of the thread. Dropping it lets the thread finish what it was told, and waits for it.
pub struct Keeper {
    orders: Option<Sender<Order>>,
    news: Receiver<News>,
    thread: Option<JoinHandle<()>>,
}

/// Where the thread gets its project from.
pub enum From {
    /// It is open already, with what is written down of its collection.
    Open(Box<Project>, Box<Written>),
    /// It is to be made at this path when there is something to keep.
    New(PathBuf, Box<About>),
}

impl Keeper {
    /// Starts the thread over a project and the articles of a collection; `wake` is called on it when there is news.
    pub fn start(
        from: From,
        articles: Archive,
        geoparser: Geoparser,
        who: Person,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Keeper {
        let (orders, told) = channel();
        let (teller, news) = channel();
        let thread = thread::Builder::new().name("project".to_owned()).spawn(move || {
            Desk::new(from, articles, geoparser, who, teller, Arc::new(wake)).work(&told);
        });
        Keeper { orders: Some(orders), news, thread: thread.ok() }
    }

    /// Tells it to do something; answers whether there is anybody to do it.
    pub fn tell(&self, order: Order) -> bool {
        self.orders.as_ref().is_some_and(|orders| orders.send(order).is_ok())
    }

    /// What it has to tell; never waits.
    pub fn poll(&self) -> impl Iterator<Item = News> {
        self.news.try_iter()
    }

    /// What it has to tell next, waiting for it; `None` when it has gone.
    pub fn wait(&self) -> Option<News> {
        self.news.recv().ok()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // What was ordered is to be on the disk before the program is gone.
            let _ = thread.join();
        }
    }
}

#[cfg(test)]
mod tests;
