//! What the keeper's thread does: orders one after the other, and between them what takes longer.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, TryRecvError};

use super::following::Following;
use super::ranking::{Due, Ranking};
use super::{Change, From, Held, News, Order, Person, Standing, Way};
use crate::explore::Written;
use crate::geoparse::Geoparser;
use crate::jobs::opening::write_down;
use crate::model::Archive;
use crate::project::{About, Done, Edit, Project, ProjectError, State, What};

/// The project, or what it is to be made of.
enum Shelf {
    Open(Box<Project>),
    Unmade(PathBuf, Box<About>),
}

/// The thread's state.
pub(super) struct Desk {
    shelf: Shelf,
    articles: Archive,
    following: Following,
    ranking: Ranking,
    who: String,
    teller: Sender<News>,
    wake: Wake,
    /// What is written down of the collection.
    written: Written,
}

/// Called when there is news.
pub(super) type Wake = Arc<dyn Fn() + Send + Sync>;

impl Desk {
    pub fn new(
        from: From,
        articles: Archive,
        geoparser: Geoparser,
        who: Person,
        teller: Sender<News>,
        wake: Wake,
    ) -> Desk {
        let (shelf, kept, written) = match from {
            From::Open(project, written) => {
                let kept = project.len();
                (Shelf::Open(project), kept, *written)
            }
            From::New(path, about) => (Shelf::Unmade(path, about), 0, Written::default()),
        };
        let tell = telling(&teller, &wake);
        let (following, ranking) = (Following::from(kept), Ranking::start(geoparser, tell));
        Desk { shelf, articles, following, ranking, who: who.0, teller, wake, written }
    }

    /// Carries out orders until nobody gives any more, and then finishes what is to be kept.
    pub fn work(mut self, told: &Receiver<Order>) {
        loop {
            let order = if !self.follows() {
                told.recv().map_err(|_| TryRecvError::Disconnected)
            } else {
                told.try_recv()
            };
            match order {
                Ok(order) => self.carry_out(order),
                Err(TryRecvError::Empty) => self.go_on(),
                Err(TryRecvError::Disconnected) => break,
            }
        }
        while self.follows() {
            self.go_on();
        }
    }

    /// Whether there are articles that are not kept yet, in a project that is made.
    fn follows(&self) -> bool {
        let writes = matches!(&self.shelf, Shelf::Open(project) if project.read_only().is_none());
        writes && self.following.next(&self.articles).is_some()
    }

    fn tell(&self, news: News) {
        telling(&self.teller, &self.wake)(news);
    }

    fn rank(&self, due: Due) {
        match &self.shelf {
            Shelf::Open(project) => self.ranking.rank(due, &self.articles, project.state()),
            // Nobody has said anything that articles could hang on.
            Shelf::Unmade(..) => self.tell(News::Settled(1)),
        }
    }

    fn refuse(&self, error: &ProjectError) {
        self.tell(News::Refused(error.to_string()));
    }

    /// A little of what takes longer.
    fn go_on(&mut self) {
        let Shelf::Open(project) = &mut self.shelf else { return };
        if let Err(error) = self.following.step(&self.articles, project) {
            self.following.give_up();
            self.refuse(&error);
        } else if self.following.next(&self.articles).is_none() {
            self.tell(News::Kept(self.standing()));
        }
    }

    fn carry_out(&mut self, order: Order) {
        match order {
            Order::Change { edit, why } => self.change(edit, why),
            Order::Undo => self.step(|project, who| Ok(one(Way::Undone, project.undo(who)?))),
            Order::Redo => self.step(|project, who| Ok(one(Way::Redone, project.redo(who)?))),
            Order::GoTo(entry) => self.step(|project, who| {
                let steps = project.journal().steps_to(entry).unwrap_or_default();
                let back =
                    |what: &What| if matches!(what, What::Undo(_)) { Way::Undone } else { Way::Redone };
                let ways: Vec<Way> = steps.iter().map(back).collect();
                Ok(ways.into_iter().zip(project.go_to(entry, who)?).collect())
            }),
            Order::Follow(articles) => self.articles = articles,
            Order::Rank(articles) => self.rank(Due::articles(articles)),
            Order::WriteDown(collection) => {
                if let Shelf::Open(project) = &mut self.shelf {
                    write_down(project, &collection, &mut self.written);
                }
            }
            Order::RankWith(geoparser) => self.ranking.rank_with(*geoparser),
            Order::SaveAs(path) => {
                self.following.try_again();
                let saved = self.made().and_then(|project| project.save_as(&path));
                match saved {
                    Ok(()) => self.tell(News::Saved(self.standing())),
                    Err(error) => self.tell(News::NotSaved(path, error.to_string())),
                }
            }
            Order::With(with) => match self.keep_all() {
                Ok(()) => self.step(|project, who| {
                    let done = with(project, who)?;
                    Ok(done.into_iter().map(|done| (Way::Done, done)).collect())
                }),
                Err(error) => self.refuse(&error),
            },
            Order::History => {
                let Shelf::Open(project) = &self.shelf else { return self.tell(News::History(Vec::new())) };
                let history = project.journal().history().map(|(head, holds)| (head.clone(), holds));
                self.tell(News::History(history.collect()));
            }
            Order::Keep(name, bytes) => {
                if let Shelf::Open(project) = &mut self.shelf {
                    project.keep(name, &bytes);
                }
            }
            Order::Recall(name) => {
                let Shelf::Open(project) = &self.shelf else { return self.tell(News::Recalled(name, None)) };
                self.tell(News::Recalled(name, project.kept(name)));
            }
        }
    }

    /// The project, made now where it was not yet.
    fn made(&mut self) -> Result<&mut Project, ProjectError> {
        if let Shelf::Unmade(path, about) = &self.shelf {
            if let Some(folder) = path.parent() {
                // Where that fails, making the project tells why.
                std::fs::create_dir_all(folder).ok();
            }
            let project = Project::create(path, (**about).clone())?;
            let shelf = project.shelf();
            self.shelf = Shelf::Open(Box::new(project));
            self.tell(News::Made(shelf));
        }
        match &mut self.shelf {
            Shelf::Open(project) => Ok(project),
            Shelf::Unmade(path, _) => Err(ProjectError::Gone(path.clone())),
        }
    }

    fn change(&mut self, edit: Change, why: Option<String>) {
        let made = self.made().map(|project| edit(project.state()));
        match made {
            Ok(edit) if edit.sets.is_empty() => {
                self.tell(News::Refused("Nothing would be changed by that".to_owned()));
            }
            Ok(edit) => {
                let done = self.keep_first(&edit).and_then(|()| {
                    let who = self.who.clone();
                    self.made()?.apply(edit, &who, why)
                });
                match done {
                    Ok(done) => self.held(done, Way::Done, false),
                    Err(error) => self.refuse(&error),
                }
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Keeps every article that is not kept yet.
    fn keep_all(&mut self) -> Result<(), ProjectError> {
        self.made()?;
        self.following.try_again();
        let Shelf::Open(project) = &mut self.shelf else { return Ok(()) };
        while project.read_only().is_none() && self.following.next(&self.articles).is_some() {
            self.following.step(&self.articles, project)?;
        }
        Ok(())
    }

    /// Keeps the articles that an edit speaks of, where they are not kept yet: without them it would mean nothing.
    fn keep_first(&mut self, edit: &Edit) -> Result<(), ProjectError> {
        let Shelf::Open(project) = &mut self.shelf else { return Ok(()) };
        let wanted = edit.sets.iter().filter_map(|set| set.target.article());
        self.following.keep(wanted, &self.articles, project)
    }

    fn step(&mut self, step: impl FnOnce(&mut Project, &str) -> Result<Vec<(Way, Done)>, ProjectError>) {
        let who = self.who.clone();
        match self.made().and_then(|project| step(project, &who)) {
            Ok(done) if done.is_empty() => self.tell(News::Nothing),
            Ok(done) => {
                let last = done.len() - 1;
                for (number, (way, done)) in done.into_iter().enumerate() {
                    self.held(done, way, number < last);
                }
            }
            Err(error) => self.refuse(&error),
        }
    }

    /// Tells what was done, and has ranked anew what hangs on it; `more` of the same order follows.
    fn held(&mut self, done: Done, way: Way, more: bool) {
        let Shelf::Open(project) = &self.shelf else { return };
        let state: State = project.state().clone();
        let standing = self.standing();
        let Done { head, sets } = done;
        let due = Due::of(&sets);
        self.tell(News::Held(Box::new(Held { head, way, sets, state: state.clone(), standing, more })));
        // What follows from it is to be told after it.
        self.ranking.rank(due, &self.articles, &state);
    }

    fn standing(&self) -> Standing {
        match &self.shelf {
            Shelf::Open(project) => Standing { articles: self.following.kept(), ..Standing::of(project) },
            Shelf::Unmade(..) => Standing::default(),
        }
    }
}

fn one(way: Way, done: Option<Done>) -> Vec<(Way, Done)> {
    done.into_iter().map(|done| (way, done)).collect()
}

/// Tells the window something.
fn telling(teller: &Sender<News>, wake: &Wake) -> impl Fn(News) + Send + use<> {
    let (teller, wake) = (teller.clone(), Arc::clone(wake));
    move |news| {
        // The window may have gone by now.
        if teller.send(news).is_ok() {
            wake();
        }
    }
}
