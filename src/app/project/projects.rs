//! Projects as a whole: what is open was opened from, what was open before, and the dialogs about it.
//! A dialog is open while [`Dialogs`](crate::app::dialog::Dialogs) has its name; what it shows is kept here.

use std::path::{Path, PathBuf};

use egui::Context;

use super::adding::Adding;
use super::article::ArticleForm;
use super::history::History;
use super::leftovers::{Leftover, leftovers};
use super::opening::Opening;
use super::recent::Recent;
use super::renewing::Renewing;
use super::reopen::Reopen;
use super::sharing::Sharing;
use super::{Banner, Keeping, adding, removed};
use crate::app::command::{Act, Command};
use crate::explore::Collection;
use crate::jobs::{Answer, Task};
use crate::project::EntryId;

/// A dialog about the project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// What was open before.
    Recent,
    /// Every edit.
    History,
    /// Corrections are kept though nobody has saved them: said before the program ends.
    Leaving,
    /// What an article is called, and the like.
    Article,
    /// The articles that were left out.
    Removed,
    /// Articles to add, and watched folders.
    Adding,
    /// Whether to add what was opened, or to open it instead.
    AddOrOpen,
    /// What would be found differently now.
    Renewing,
    /// Corrections to hand out.
    Export,
    /// Corrections to take in.
    Import,
}

/// What a person wishes of projects.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// To see everything as it was right after an edit, or before the first.
    GoTo(Option<EntryId>),
    /// To take something off the list of what was open before.
    Forget(Vec<PathBuf>),
    /// To delete corrections that nobody has saved.
    DeleteLeftover(PathBuf),
    /// To go on with corrections that nobody has saved.
    GoOn(PathBuf),
    /// Not to go on with them.
    NotNow,
    /// To open the project again, as another window may have closed it.
    TryAgain,
    /// To add files and folders to what is open.
    Add(Vec<PathBuf>),
    /// To open them in place of what is open.
    OpenInstead(Vec<PathBuf>),
    /// To watch a folder for new articles.
    Watch(PathBuf),
    /// To watch it no more.
    Unwatch(PathBuf),
    /// To see what would be found differently now.
    LookAnew,
    /// To have that hold.
    Accept,
    /// To leave everything as it was found.
    KeepFound,
    /// To write corrections to this file.
    HandOut(PathBuf),
    /// To see what the corrections of others would change.
    LookAt(PathBuf),
    /// To have that hold.
    TakeIn,
    /// To leave it.
    LeaveIt,
    /// To end the program though nobody has saved the corrections.
    Leave,
}

/// What the dialogs show of the window.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// What was open before.
    pub recent: &'a Recent,
    /// What is open.
    pub collection: &'a Collection,
    /// How it is kept.
    pub keeping: &'a Keeping,
    /// What it is called.
    pub name: &'a str,
}

/// What there is about projects beside the one that is open.
#[derive(Default)]
pub struct Projects {
    /// The one that is being opened.
    pub opening: Option<Opening>,
    /// The dialog of what was open before.
    pub reopen: Reopen,
    /// The dialog of every edit.
    pub history: History,
    /// The form of an article.
    pub article: ArticleForm,
    /// What adds articles.
    pub adding: Adding,
    /// What was opened while a project is.
    pub asked: Vec<PathBuf>,
    /// What finds places anew.
    pub renewing: Renewing,
    /// What hands out corrections and takes them in.
    pub sharing: Sharing,
    /// Where the indexes of projects' words outlive the program; nowhere in tests.
    pub words: Option<PathBuf>,
    /// Whether somebody knows that corrections are kept, and wants to go.
    pub leaves: bool,
    looking: Option<Task<Vec<Leftover>>>,
    deleting: Vec<Task<Option<String>>>,
    /// Corrections of what is open that were made before.
    before: Option<Leftover>,
}

impl Projects {
    /// Whether something is being opened or looked up.
    pub fn is_busy(&self) -> bool {
        let looking = self.looking.is_some() || self.reopen.is_busy();
        let working = self.adding.is_busy() || self.renewing.is_busy() || self.sharing.is_busy();
        self.opening.is_some() || looking || working || !self.deleting.is_empty()
    }

    /// Looks for corrections of what is being read, behind the window.
    pub fn look(&mut self, ctx: &Context, folder: Option<&Path>, read: &str) {
        (self.before, self.looking) = (None, None);
        let Some(folder) = folder.map(Path::to_owned) else { return };
        let (read, ctx) = (read.to_owned(), ctx.clone());
        let look = move || {
            let mut all = leftovers(&folder);
            all.retain(|leftover| leftover.read == read);
            all
        };
        self.looking = Some(Task::start(move || ctx.request_repaint(), look));
    }

    /// Offers no corrections of before any more.
    pub fn offer_nothing(&mut self) {
        (self.before, self.looking) = (None, None);
    }

    /// Deletes corrections that nobody has saved, behind the window.
    pub fn delete(&mut self, ctx: &Context, path: PathBuf) {
        if self.before.as_ref().is_some_and(|leftover| leftover.path == path) {
            self.before = None;
        }
        let ctx = ctx.clone();
        let delete = move || {
            let reason = std::fs::remove_file(&path).err()?;
            Some(format!("The corrections could not be deleted: {reason}: {}", path.display()))
        };
        self.deleting.push(Task::start(move || ctx.request_repaint(), delete));
    }

    /// Takes in what was looked up; answers what was deleted, or why it was not.
    pub fn poll(&mut self) -> Vec<Option<String>> {
        self.reopen.poll();
        match self.looking.as_ref().map(Task::poll) {
            Some(Answer::Here(found)) => (self.before, self.looking) = (found.into_iter().next(), None),
            Some(Answer::Lost) => self.looking = None,
            None | Some(Answer::Awaited) => {}
        }
        let mut deleted = Vec::new();
        self.deleting.retain(|task| match task.poll() {
            Answer::Awaited => true,
            Answer::Here(told) => {
                deleted.push(told);
                false
            }
            Answer::Lost => false,
        });
        deleted
    }

    /// What is to be said over the panes.
    pub fn banner(&self, keeping: &Keeping) -> Option<Banner> {
        match &keeping.standing().read_only {
            Some(reason) if keeping.is_there() => Some(Banner::ReadOnly(reason.clone())),
            _ if keeping.is_there() => None,
            _ => self.before.clone().map(Banner::GoOn),
        }
    }

    /// Draws the dialog that is open.
    pub fn ui(
        &mut self,
        ctx: &Context,
        sheet: &mut Option<Sheet>,
        around: Around<'_>,
        choose: &mut dyn FnMut(Command),
        acts: &mut Vec<Act>,
    ) {
        let Some(shown) = *sheet else { return };
        let mut open = true;
        let Around { recent, collection, keeping, name } = around;
        match shown {
            Sheet::Article => self.article.ui(ctx, &mut open, collection, acts),
            Sheet::Removed => removed::ui(ctx, &mut open, (collection, keeping.state()), acts),
            Sheet::Adding => self.adding.ui(ctx, &mut open, keeping.project().is_some(), choose, acts),
            Sheet::AddOrOpen => adding::add_or_open(ctx, &mut open, (name, &self.asked), acts),
            Sheet::Renewing => self.renewing.ui(ctx, &mut open, collection, acts),
            Sheet::Export => self.sharing.out_ui(ctx, &mut open, choose, acts),
            Sheet::Import => self.sharing.ui(ctx, &mut open, choose, acts),
            Sheet::Recent => self.reopen.ui(ctx, &mut open, recent, acts),
            Sheet::History => self.history.ui(ctx, &mut open, acts),
            Sheet::Leaving => super::leaving::ui(ctx, &mut open, acts),
        }
        if !open {
            *sheet = None;
        }
    }
}
