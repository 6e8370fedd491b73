//! Tiles of a server, fetched when they are wanted and kept on disk.
//! Asking for a tile never waits: what is not there yet is fetched by threads of the source's own, a few at a time,
//! and what has come is told. A server in trouble is left alone for longer and longer.

mod cache;
mod failure;
mod fetch;
mod template;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use super::{About, Format, Found};
use crate::basemap::TileId;
use crate::model::without_secrets;
pub use cache::TileCache;
use failure::Failure;
use fetch::{Fetched, Fetcher};
pub use template::Template;

/// Tiles that are asked for at a time: servers that are lent to everybody want no more.
const AT_ONCE: usize = 2;
/// Tiles that wait to be asked for; older wishes are forgotten.
const WAITING: usize = 256;
/// Pictures kept in memory, some dozens of kilobytes each.
const IN_MEMORY: usize = 256;
/// Tiles in a row that a server does not have before its address is called into question.
const MISSES: u32 = 12;

/// A server of tiles, as a person describes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    /// What it is called.
    pub title: String,
    /// Where its tiles are.
    pub template: Template,
    /// Whom they are owed to.
    pub attribution: String,
    /// The nearest level that it has tiles of.
    pub nearest: u8,
    /// Whether its tiles are drawn for 512 points and not for 256.
    pub wide: bool,
    /// Whether the display shows more than a pixel to a point.
    pub dense: bool,
}

/// An open source of online tiles.
pub struct Online {
    about: About,
    shared: Arc<Shared>,
    threads: Vec<JoinHandle<()>>,
}

struct Shared {
    server: Server,
    fetcher: Fetcher,
    state: Mutex<State>,
    woken: Condvar,
    /// Called when something came or went wrong.
    wake: Box<dyn Fn() + Send + Sync>,
}

#[derive(Default)]
struct State {
    /// The most wanted last.
    wanted: Vec<TileId>,
    asked: HashSet<TileId>,
    /// Pictures, and when each was last looked at.
    memory: HashMap<TileId, (Arc<[u8]>, u64)>,
    looks: u64,
    /// Tiles that the server does not have.
    nothing: HashSet<TileId>,
    /// What has come, or will not, since that was last asked.
    news: Vec<TileId>,
    /// Failures in a row.
    failures: u32,
    /// Tiles in a row that the server did not have, until it has one.
    misses: Option<u32>,
    resume: Option<Instant>,
    trouble: Option<Failure>,
    quit: bool,
}

impl Online {
    /// Makes ready to fetch; nothing is fetched before a tile is asked for. `wake` is called on another thread
    /// when something came.
    pub fn open(
        server: Server,
        cache: Option<Arc<TileCache>>,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Online {
        let about = About {
            title: server.title.clone(),
            attribution: server.attribution.clone(),
            format: Format::Raster,
            zooms: (0, server.nearest.min(24)),
            bounds: None,
            side: if server.wide { 512 } else { 256 },
        };
        let state = Mutex::new(State { misses: Some(0), ..State::default() });
        let (fetcher, wake) = (Fetcher::new(cache), Box::new(wake));
        let shared = Arc::new(Shared { server, fetcher, state, woken: Condvar::new(), wake });
        let begin = |_| {
            let shared = Arc::clone(&shared);
            let thread = std::thread::Builder::new().name("online tiles".to_owned());
            thread.spawn(move || work(&shared)).ok()
        };
        let threads = (0..AT_ONCE).filter_map(begin).collect();
        Online { about, shared, threads }
    }

    pub(super) fn about(&self) -> &About {
        &self.about
    }

    /// A tile if it is here; else it is wanted from now on.
    pub(super) fn tile(&self, tile: TileId) -> Found {
        let mut state = self.shared.lock();
        state.looks += 1;
        let look = state.looks;
        if let Some((bytes, looked)) = state.memory.get_mut(&tile) {
            *looked = look;
            return Found::Tile(bytes.to_vec());
        }
        if state.nothing.contains(&tile) {
            return Found::Nothing;
        }
        drop(state);
        // The disk is looked at without holding up the others.
        let kept = self.shared.fetcher.kept(&self.shared.url(tile));
        let mut state = self.shared.lock();
        let fresh = kept.as_ref().is_some_and(|(_, fresh)| *fresh);
        if !fresh {
            state.want(tile);
            self.shared.woken.notify_one();
        }
        match kept {
            Some((bytes, _)) => {
                state.remember(tile, Arc::clone(&bytes));
                Found::Tile(bytes.to_vec())
            }
            None => Found::Awaited,
        }
    }

    /// What has come, or will not, since this was last asked.
    pub fn news(&self) -> Vec<TileId> {
        std::mem::take(&mut self.shared.lock().news)
    }

    /// Forgets wishes for what is no longer looked at: all but these tiles and those above them. They count as
    /// news, so that they are wished for again when they are looked at again.
    pub fn only(&self, seen: &[TileId]) {
        let mut state = self.shared.lock();
        if state.wanted.is_empty() {
            return;
        }
        let above = |wanted: &TileId| seen.iter().any(|tile| wanted.is_above(*tile));
        let (left, gone) = std::mem::take(&mut state.wanted).into_iter().partition(above);
        state.wanted = left;
        let gone: Vec<TileId> = gone;
        state.news.extend(gone);
    }

    /// What is wrong, in words.
    pub fn trouble(&self) -> Option<String> {
        let state = self.shared.lock();
        let host = self.shared.server.template.host();
        let nowhere = state.misses.is_some_and(|misses| misses >= MISSES);
        let nowhere =
            || nowhere.then(|| format!("{host} has no tiles at this address (404). Is the address right?"));
        state.trouble.as_ref().map(|failure| failure.told(host)).or_else(nowhere)
    }

    /// Asks again at once.
    pub fn again(&self) {
        let mut state = self.shared.lock();
        let nothing: Vec<TileId> = state.nothing.drain().collect();
        state.news.extend(nothing);
        (state.resume, state.failures, state.trouble) = (None, 0, None);
        state.misses = state.misses.map(|_| 0);
        drop(state);
        self.shared.woken.notify_all();
    }
}

impl Drop for Online {
    fn drop(&mut self) {
        self.shared.lock().quit = true;
        self.shared.woken.notify_all();
        // Not waited for: a server may take half a minute to say nothing.
        self.threads.clear();
    }
}

impl Shared {
    /// A poisoned state is still one.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn url(&self, tile: TileId) -> String {
        self.server.template.url(tile, self.server.dense)
    }
}

impl State {
    fn want(&mut self, tile: TileId) {
        if self.asked.contains(&tile) || self.nothing.contains(&tile) {
            return;
        }
        self.wanted.retain(|wanted| *wanted != tile);
        self.wanted.push(tile);
        if self.wanted.len() > WAITING {
            let gone = self.wanted.remove(0);
            self.news.push(gone);
        }
    }

    fn remember(&mut self, tile: TileId, bytes: Arc<[u8]>) {
        if self.memory.len() >= IN_MEMORY {
            let mut looks: Vec<u64> = self.memory.values().map(|(_, look)| *look).collect();
            looks.sort_unstable();
            let half = looks[looks.len() / 2];
            self.memory.retain(|_, (_, look)| *look > half);
        }
        self.memory.insert(tile, (bytes, self.looks));
    }

    /// Takes in what came of asking.
    fn take(&mut self, tile: TileId, fetched: Result<Fetched, Failure>) {
        self.asked.remove(&tile);
        match fetched {
            Ok(fetched) => {
                (self.failures, self.trouble) = (0, None);
                match fetched {
                    Fetched::Tile(bytes) => {
                        self.misses = None;
                        let same = self.memory.get(&tile).is_some_and(|(kept, _)| *kept == bytes);
                        self.remember(tile, bytes);
                        if !same {
                            self.news.push(tile);
                        }
                    }
                    Fetched::Nothing => {
                        self.misses = self.misses.map(|misses| misses.saturating_add(1));
                        self.nothing.insert(tile);
                        self.news.push(tile);
                    }
                }
            }
            Err(failure) => {
                self.resume = Some(Instant::now() + failure.pause(self.failures));
                self.failures = self.failures.saturating_add(1);
                self.trouble = Some(failure);
                // Asked for again when the server is asked again, after what is wanted more by then.
                if !self.wanted.contains(&tile) {
                    self.wanted.insert(0, tile);
                }
            }
        }
    }
}

/// What the log says of a tile that did not come: the key of whoever fetches it is no part of it.
fn in_the_log(url: &str, failure: &Failure) -> String {
    format!("{}: {failure:?}", without_secrets(url))
}

fn work(shared: &Shared) {
    while let Some(tile) = next(shared) {
        let fetched = shared.fetcher.fetch(&shared.url(tile));
        if let Err(failure) = &fetched {
            log::debug!("{}", in_the_log(&shared.url(tile), failure));
        }
        let mut state = shared.lock();
        state.take(tile, fetched);
        if state.quit {
            return;
        }
        drop(state);
        (shared.wake)();
    }
}

/// Waits for the most wanted tile, and as long as the server is to be left alone; `None` at the end.
fn next(shared: &Shared) -> Option<TileId> {
    let mut state = shared.lock();
    loop {
        if state.quit {
            return None;
        }
        let now = Instant::now();
        let pause =
            state.resume.and_then(|resume| resume.checked_duration_since(now)).filter(|left| !left.is_zero());
        state = match pause {
            Some(left) => shared.woken.wait_timeout(state, left).unwrap_or_else(PoisonError::into_inner).0,
            None => match state.wanted.pop() {
                Some(tile) => {
                    state.asked.insert(tile);
                    return Some(tile);
                }
                None => shared.woken.wait(state).unwrap_or_else(PoisonError::into_inner),
            },
        };
    }
}
