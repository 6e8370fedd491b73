//! What hangs on decisions: the other mentions of the same articles, ranked anew.
//! What is ranked under a decision is worked out of what was found and of what holds, so that to undo a decision is
//! to rank once more. It is done on a thread of its own: no edit waits for it.

use std::collections::{BTreeSet, HashSet};
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

use super::News;
use crate::explore::Arrival;
use crate::gazetteer::fold;
use crate::geoparse::Geoparser;
use crate::jobs::ordered::guarded;
use crate::jobs::pipeline::LEFT_OUT;
use crate::jobs::under::{Names, Under, under};
use crate::jobs::{all_threads, by_number};
use crate::model::Archive;
use crate::project::{Field, Set, State, Target, aliases, overlaid};

/// Articles from one look at what else there is to rank to the next.
const BATCH: usize = 64;
/// Articles whose text is looked through for a name meanwhile.
const LOOKED: usize = 256;

/// An article under what was decided.
pub struct Ranked {
    /// Its number.
    pub number: usize,
    /// Whether the geoparser makes something else of it now than it found; else it is kept as it came.
    pub anew: bool,
    /// The article as it is to be seen, packed as the geoparser makes it now where that is something else.
    pub arrival: Arrival,
}

/// The desk's end of the thread that ranks. Dropping it leaves off what is not ranked yet.
pub(super) struct Ranking {
    orders: Option<Sender<Order>>,
    ends: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

/// What is to be ranked, and under what.
pub(super) struct Due {
    /// Articles by their numbers.
    pub articles: Vec<u32>,
    /// Names that mean something else now, folded.
    pub names: Vec<String>,
    /// Whether every article is due.
    pub all: bool,
}

enum Order {
    Rank(Due, Box<(Archive, State)>),
    With(Box<Geoparser>),
}

impl Due {
    /// What hangs on a change.
    pub fn of(sets: &[Set]) -> Due {
        let mut due = Due { articles: Vec::new(), names: Vec::new(), all: false };
        for set in sets {
            match &set.target {
                Target::Name(name) if set.field == Field::Means => due.names.push(name.clone()),
                Target::Collection if set.field == Field::Results => due.all = true,
                target => due.articles.extend(target.article()),
            }
        }
        due
    }

    /// Articles, whatever the reason.
    pub fn articles(articles: Vec<u32>) -> Due {
        Due { articles, names: Vec::new(), all: false }
    }
}

impl Ranking {
    /// Starts the thread; `tell` is called on it.
    pub fn start(geoparser: Geoparser, tell: impl Fn(News) + Send + 'static) -> Self {
        let (orders, told) = channel();
        let ends = Arc::new(AtomicBool::new(false));
        let theirs = Arc::clone(&ends);
        // Without a thread corrections hold all the same; what would follow from them does not.
        let work = move || Worker::new(geoparser, theirs, Box::new(tell)).work(&told);
        let thread = thread::Builder::new().name("ranking".to_owned()).spawn(work).ok();
        Self { orders: Some(orders), ends, thread }
    }

    /// Has articles ranked.
    pub fn rank(&self, due: Due, articles: &Archive, state: &State) {
        self.tell(Order::Rank(due, Box::new((articles.clone(), state.clone()))));
    }

    /// Ranks with another geoparser from now on.
    pub fn rank_with(&self, geoparser: Geoparser) {
        self.tell(Order::With(Box::new(geoparser)));
    }

    fn tell(&self, order: Order) {
        if let Some(orders) = &self.orders {
            // A thread that has gone ranks nothing.
            let _ = orders.send(order);
        }
    }
}

impl Drop for Ranking {
    fn drop(&mut self) {
        self.ends.store(true, Ordering::Relaxed);
        self.orders = None;
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been told on standard error and concerns nobody here.
            let _ = thread.join();
        }
    }
}

/// The thread's state: what is to be ranked still, under what holds now.
struct Worker {
    geoparser: Geoparser,
    articles: Archive,
    state: State,
    waiting: BTreeSet<u32>,
    /// Names that mean something else now, and the articles that were looked through for them.
    names: HashSet<String>,
    looked: usize,
    /// How much of what was due was not told yet to be done.
    untold: usize,
    ends: Arc<AtomicBool>,
    tell: Box<dyn Fn(News) + Send>,
}

impl Worker {
    fn new(geoparser: Geoparser, ends: Arc<AtomicBool>, tell: Box<dyn Fn(News) + Send>) -> Self {
        Self {
            geoparser,
            articles: Archive::default(),
            state: State::default(),
            waiting: BTreeSet::new(),
            names: HashSet::new(),
            looked: 0,
            untold: 0,
            ends,
            tell,
        }
    }

    fn work(mut self, orders: &Receiver<Order>) {
        loop {
            let idle = self.waiting.is_empty() && self.names.is_empty();
            let first = if idle { orders.recv().ok() } else { None };
            if idle && first.is_none() || self.ends.load(Ordering::Relaxed) {
                return;
            }
            first.into_iter().chain(orders.try_iter()).for_each(|order| self.take(order));
            self.look();
            self.rank_some();
            let done = self.waiting.is_empty() && self.names.is_empty();
            let settled = if done { std::mem::take(&mut self.untold) } else { 0 };
            if settled > 0 {
                (self.tell)(News::Settled(settled));
            }
        }
    }

    fn take(&mut self, order: Order) {
        match order {
            Order::With(geoparser) => self.geoparser = *geoparser,
            Order::Rank(due, under) => {
                (self.articles, self.state) = *under;
                self.waiting.extend(due.articles);
                self.untold += 1;
                if due.all {
                    self.waiting.extend(0..self.articles.len() as u32);
                }
                if !due.names.is_empty() {
                    self.names.extend(due.names);
                    self.looked = 0;
                }
            }
        }
    }

    /// Ranks some articles on all threads, and tells them one by one.
    fn rank_some(&mut self) {
        let some: Vec<u32> = std::iter::from_fn(|| self.waiting.pop_first()).take(BATCH).collect();
        if some.is_empty() {
            return;
        }
        let names: Names = aliases(&self.state).into();
        let Worker { geoparser, articles, state, .. } = &*self;
        let mut told = Vec::with_capacity(some.len());
        // One article is not worth a thread.
        if let [number] = some[..] {
            let work = || rank(geoparser, number, articles, state, &names);
            told.extend(guarded(&number.to_string(), LEFT_OUT, work).ok().flatten());
        } else {
            let work = |number| rank(geoparser, number, articles, state, &names);
            let broken: Option<()> =
                by_number(some.into_iter(), all_threads(), &self.ends, work, |_, ranked| {
                    told.extend(ranked.ok());
                    ControlFlow::Continue(())
                });
            debug_assert!(broken.is_none());
        }
        (self.tell)(News::Ranked(told));
    }

    /// Looks through some articles for the names that mean something else now.
    fn look(&mut self) {
        if self.names.is_empty() {
            return;
        }
        let end = self.articles.len().min(self.looked + LOOKED);
        for number in self.looked..end {
            let Some(article) = self.articles.found(number) else { continue };
            let text = fold(&article.article.text);
            if self.names.iter().any(|name| text.contains(name.as_str())) {
                self.waiting.insert(number as u32);
            }
        }
        self.looked = end;
        if end == self.articles.len() {
            self.names.clear();
        }
    }
}

/// An article as it is to be seen.
fn rank(
    geoparser: &Geoparser,
    number: u32,
    articles: &Archive,
    state: &State,
    names: &Names,
) -> Option<Ranked> {
    let found = articles.found(number as usize)?;
    if state.get(&Target::Article(number), Field::Removed).is_some() {
        let arrival = Arrival::again(&found, &overlaid(found.clone(), number, state)).left_out();
        return Some(Ranked { number: number as usize, anew: false, arrival });
    }
    let Under { ranked, seen } = under(geoparser, &found, number, state, names);
    let Some(ranked) = ranked else {
        let arrival = Arrival::again(&found, &seen);
        return Some(Ranked { number: number as usize, anew: false, arrival });
    };
    let arrival = Arrival::seen(&ranked, &seen);
    Some(Ranked { number: number as usize, anew: true, arrival })
}
