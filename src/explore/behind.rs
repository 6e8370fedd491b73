//! The thread that works out views behind the window.
//! The newest wish wins: a view that nobody wants any more is left off half done. When it has told a view, it goes on
//! with the groups of the zooms that the map does not show yet, and lets go of what gave way.

use std::any::Any;
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender, TryRecvError, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::clusters::{Clusters, MAX_ZOOM};
use super::{Collection, EventRef, Filter, Index, Scene, StoryCard, View, order, pass, stories};

/// A view that is wished for.
#[derive(Debug)]
struct Wish {
    serial: u64,
    collection: Collection,
    index: Index,
    filter: Filter,
}

/// A story that is wished for: that of an event.
#[derive(Debug)]
struct StoryWish {
    of: StoryOf,
    collection: Collection,
}

/// Which event a story is wanted of, and of which revision of the collection.
pub(super) type StoryOf = (EventRef, u64);

/// What lies between the window and the thread.
#[derive(Default)]
struct Desk {
    tray: Mutex<Tray>,
    rung: Condvar,
    /// Serial of the newest wish.
    newest: AtomicU64,
    /// The whole zoom that the map shows.
    level: AtomicU8,
}

/// What is to be let go of.
type Gone = Vec<Box<dyn Any + Send>>;

#[derive(Default)]
struct Tray {
    wish: Option<Wish>,
    story: Option<StoryWish>,
    gone: Gone,
    closed: bool,
}

/// What there is to do.
struct Work {
    wish: Option<Wish>,
    /// Only where no view is to be worked out.
    story: Option<StoryWish>,
    gone: Gone,
}

impl Desk {
    fn tray(&self) -> MutexGuard<'_, Tray> {
        self.tray.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stale(&self, serial: u64) -> bool {
        self.newest.load(Ordering::Relaxed) != serial
    }

    /// What is next to be done; `None` when the window has gone.
    fn next(&self) -> Option<Work> {
        let mut tray = self.tray();
        while tray.wish.is_none() && tray.story.is_none() && tray.gone.is_empty() && !tray.closed {
            tray = self.rung.wait(tray).unwrap_or_else(PoisonError::into_inner);
        }
        if tray.closed {
            return None;
        }
        let (wish, gone) = (tray.wish.take(), std::mem::take(&mut tray.gone));
        let story = if wish.is_none() { tray.story.take() } else { None };
        Some(Work { wish, story, gone })
    }
}

/// A view that was worked out.
pub(super) struct Worked {
    pub serial: u64,
    pub view: View,
    /// How long the thread was at it.
    pub took: Duration,
}

/// The window's end of the thread.
pub(super) struct Behind {
    desk: Arc<Desk>,
    views: Receiver<Worked>,
    stories: Receiver<(StoryOf, Option<StoryCard>)>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Behind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Behind").finish_non_exhaustive()
    }
}

impl Behind {
    /// Starts the thread; `wake` is called on it when there is something new to see.
    pub fn start(wake: impl Fn() + Send + 'static) -> Behind {
        let desk = Arc::new(Desk::default());
        let (sender, views) = channel();
        let (teller, stories) = channel();
        let shared = Arc::clone(&desk);
        // Without a thread nobody sends, and the views are worked out where they are asked for.
        let thread = thread::Builder::new().spawn(move || work(&shared, &sender, &teller, &wake)).ok();
        Behind { desk, views, stories, thread }
    }

    /// One without a thread that has told some views, for tests.
    #[cfg(test)]
    pub fn with(told: impl IntoIterator<Item = Worked>) -> Behind {
        let (sender, views) = channel();
        told.into_iter().for_each(|worked| sender.send(worked).unwrap());
        // Somebody goes on listening who tells nothing more.
        std::mem::forget(sender);
        Behind { desk: Arc::default(), views, stories: channel().1, thread: None }
    }

    /// Wishes for a view, instead of any that was wished for before. Serials grow.
    pub fn wish(&self, serial: u64, collection: Collection, index: Index, filter: Filter) {
        self.desk.newest.store(serial, Ordering::Relaxed);
        let before = self.desk.tray().wish.replace(Wish { serial, collection, index, filter });
        self.desk.rung.notify_one();
        drop(before);
    }

    /// The view that is ready, if one is; an error when there will be none any more. Several may be: whoever takes
    /// one asks for the next, for they need not wake once each.
    pub fn poll(&self) -> Result<Option<Worked>, ()> {
        match self.views.try_recv() {
            Ok(view) => Ok(Some(view)),
            Err(TryRecvError::Empty) => Ok(None),
            Err(TryRecvError::Disconnected) => Err(()),
        }
    }

    /// Wishes for the story of an event, instead of any that was wished for before.
    pub fn wish_for_story(&self, of: StoryOf, collection: Collection) {
        let before = self.desk.tray().story.replace(StoryWish { of, collection });
        self.desk.rung.notify_one();
        drop(before);
    }

    /// The stories that are ready.
    pub fn stories(&self) -> impl Iterator<Item = (StoryOf, Option<StoryCard>)> {
        self.stories.try_iter()
    }

    /// Tells which zoom the map shows.
    pub fn look_at(&self, zoom: f64) {
        self.desk.level.store(Clusters::level(zoom), Ordering::Relaxed);
    }

    /// Lets go of something large on the thread.
    pub fn let_go(&self, gone: impl Any + Send) {
        self.desk.tray().gone.push(Box::new(gone));
        self.desk.rung.notify_one();
    }
}

impl Drop for Behind {
    fn drop(&mut self) {
        self.desk.newest.store(u64::MAX, Ordering::Relaxed);
        self.desk.tray().closed = true;
        self.desk.rung.notify_one();
        if let Some(thread) = self.thread.take() {
            // It has the index of words in hand, whose folder is to be gone before the program is.
            let _ = thread.join();
        }
    }
}

fn work(
    desk: &Desk,
    views: &Sender<Worked>,
    stories: &Sender<(StoryOf, Option<StoryCard>)>,
    wake: &dyn Fn(),
) {
    while let Some(Work { wish, story, gone }) = desk.next() {
        if let Some(story) = story {
            tell(desk, story, stories, wake);
        }
        let scene = wish.and_then(|Wish { serial, collection, index, filter }| {
            let begun = Instant::now();
            let stopped = || desk.is_stale(serial);
            let view = pass::view(&collection, filter.clone(), index.hits(&filter.query), &stopped)?;
            let view = view.with_scene(&collection, serial, Scene::patient);
            view.scene.clusters.make(desk.level.load(Ordering::Relaxed), &stopped);
            if stopped() {
                return None;
            }
            let scene = Arc::clone(&view.scene);
            views.send(Worked { serial, view, took: begun.elapsed() }).ok()?;
            wake();
            Some((serial, collection, scene))
        });
        drop(gone);
        if let Some((serial, collection, scene)) = scene {
            group(desk, serial, &scene, wake);
            // The next view is sooner in order, if it is one of these places.
            if !desk.is_stale(serial) && collection.has_places_in_use() {
                order::learn(&collection);
            }
        }
    }
}

/// Works out a story; one that a view comes before has to wait for its turn.
fn tell(desk: &Desk, wish: StoryWish, told: &Sender<(StoryOf, Option<StoryCard>)>, wake: &dyn Fn()) {
    let newest = desk.newest.load(Ordering::Relaxed);
    let stopped = || desk.is_stale(newest);
    let card = stories::learn(&wish.collection, &stopped)
        .and_then(|grouped| StoryCard::of(&wish.collection, wish.of.0, grouped, &stopped));
    if stopped() {
        desk.tray().story.get_or_insert(wish);
        return;
    }
    if told.send((wish.of, card)).is_ok() {
        wake();
    }
}

/// Works out the groups of every zoom: that which the map shows, those further out, those nearer.
fn group(desk: &Desk, serial: u64, scene: &Scene, wake: &dyn Fn()) {
    let mut left: Vec<u8> = (0..=MAX_ZOOM).collect();
    while !left.is_empty() && !desk.is_stale(serial) {
        let shown = desk.level.load(Ordering::Relaxed);
        let key = |level: &u8| (level.abs_diff(shown) > 1, *level > shown, level.abs_diff(shown));
        let Some(at) = (0..left.len()).min_by_key(|&at| key(&left[at])) else { return };
        let level = left.remove(at);
        scene.clusters.make(level, &|| desk.is_stale(serial));
        if desk.level.load(Ordering::Relaxed) == level {
            wake();
        }
    }
}
