//! Watching folders: what is new or changed in them is told once it has been left alone for a moment.
//! The system's notices only say when to look; what there is is found by looking, so that a notice that is lost, as on
//! a network drive, costs time and nothing else.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use serde::{Deserialize, Serialize};

use crate::ingest::{self, Stamp};
use crate::model::Problem;

/// How often a look may be taken, by how long it takes: a folder of a hundred thousand files is not walked all day.
const LEISURE: u32 = 10;

/// How long it is waited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// For how long a file has to be as it is before it is told: it may be being written.
    pub quiet: Duration,
    /// After which a look is taken though the system gave no notice.
    pub look: Duration,
    /// The same for folders of which it gives none.
    pub unnoticed: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        let seconds = Duration::from_secs;
        Self { quiet: seconds(2), look: seconds(60), unnoticed: seconds(10) }
    }
}

/// The files of a folder that were told, as they were then. Kept beside a collection, it saves reading them all again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen(BTreeMap<PathBuf, Stamp>);

/// What a watch tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News {
    /// Files that are new or changed, sorted, by their paths below the folder.
    Ready {
        /// The folder.
        folder: PathBuf,
        /// Its files.
        files: Vec<PathBuf>,
    },
    /// The folder cannot be looked into any more. It is looked for again and again.
    Missing(Problem),
    /// The folder that was missing is there.
    Back(PathBuf),
}

/// What is known of a folder.
#[derive(Debug, Default)]
struct Folder {
    path: PathBuf,
    seen: Seen,
    /// Files that are new or changed, as they were when they were first seen so, and when that was.
    waiting: BTreeMap<PathBuf, (Stamp, Duration)>,
    missing: bool,
}

impl Folder {
    /// Takes a look at what there is: what is ready now. `now` is any time that goes on.
    fn look(
        &mut self,
        now: Duration,
        quiet: Duration,
        listed: Result<BTreeMap<PathBuf, Stamp>, Problem>,
    ) -> Vec<News> {
        let listed = match listed {
            Ok(listed) => listed,
            Err(_) if self.missing => return Vec::new(),
            Err(problem) => {
                self.missing = true;
                return vec![News::Missing(problem)];
            }
        };
        let mut news = Vec::new();
        if std::mem::take(&mut self.missing) {
            news.push(News::Back(self.path.clone()));
        }
        // What is gone is not awaited; what was told and comes back as it was is not told again.
        self.waiting.retain(|file, _| listed.contains_key(file));
        let mut ready = Vec::new();
        for (file, stamp) in listed {
            if self.seen.0.get(&file) == Some(&stamp) {
                self.waiting.remove(&file);
                continue;
            }
            let since = match self.waiting.get(&file) {
                Some((before, since)) if *before == stamp => *since,
                _ => now,
            };
            if now.saturating_sub(since) >= quiet {
                self.waiting.remove(&file);
                self.seen.0.insert(file.clone(), stamp);
                ready.push(file);
            } else {
                self.waiting.insert(file, (stamp, since));
            }
        }
        if !ready.is_empty() {
            news.push(News::Ready { folder: self.path.clone(), files: ready });
        }
        news
    }
}

/// What wakes the thread that looks.
enum Stir {
    /// Something has happened in a folder.
    Notice,
    /// Nobody listens any more.
    Stop,
}

/// Folders that are looked after on a thread of their own; dropping it ends that.
#[derive(Debug)]
pub struct Watch {
    news: Receiver<News>,
    stirs: Sender<Stir>,
    folders: Arc<Mutex<Vec<Folder>>>,
    thread: Option<JoinHandle<()>>,
}

impl Watch {
    /// Watches folders, of each of which some files may have been told before. Files that are there already and were
    /// not are told as new ones are. `wake` is called on another thread when there is news.
    pub fn start(
        folders: Vec<(PathBuf, Seen)>,
        pace: Pace,
        wake: impl Fn() + Send + Sync + 'static,
    ) -> Watch {
        let (sender, news) = channel();
        let (stirs, stirred) = channel();
        let folder = |(path, seen)| Folder { path, seen, ..Folder::default() };
        let folders: Arc<Mutex<Vec<Folder>>> =
            Arc::new(Mutex::new(folders.into_iter().map(folder).collect()));
        let (watched, notices) = (Arc::clone(&folders), stirs.clone());
        let thread = thread::spawn(move || {
            let mut notices = Notices::new(notices);
            let tell = |told: News| {
                let listened = sender.send(told).is_ok();
                wake();
                listened
            };
            watch(&watched, pace, &mut notices, &stirred, tell);
        });
        Watch { news, stirs, folders, thread: Some(thread) }
    }

    /// The news that are there; never waits.
    pub fn poll(&self) -> impl Iterator<Item = News> {
        self.news.try_iter()
    }

    /// Every news, waiting for each.
    pub fn wait(&self) -> impl Iterator<Item = News> {
        self.news.iter()
    }

    /// What was told of each folder up to now.
    pub fn seen(&self) -> Vec<(PathBuf, Seen)> {
        let folders = self.folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.iter().map(|folder| (folder.path.clone(), folder.seen.clone())).collect()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // Where it has ended by itself, nobody is told.
        let _ = self.stirs.send(Stir::Stop);
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The system's notices of what happens in folders.
struct Notices {
    watcher: Option<RecommendedWatcher>,
    noticed: Vec<PathBuf>,
}

impl Notices {
    fn new(stirs: Sender<Stir>) -> Self {
        let stir = move |event: notify::Result<notify::Event>| {
            // To be read changes nothing, and we read.
            if !event.is_ok_and(|event| matches!(event.kind, EventKind::Access(_))) {
                let _ = stirs.send(Stir::Notice);
            }
        };
        Self { watcher: notify::recommended_watcher(stir).ok(), noticed: Vec::new() }
    }

    /// Asks for notices of a folder that is there; whether they come.
    fn of(&mut self, folder: &Path) -> bool {
        if self.noticed.iter().any(|noticed| noticed == folder) {
            return true;
        }
        let watcher = self.watcher.as_mut();
        let noticed = watcher.is_some_and(|watcher| watcher.watch(folder, RecursiveMode::Recursive).is_ok());
        if noticed {
            self.noticed.push(folder.to_owned());
        }
        noticed
    }

    /// What was asked about a folder that is gone holds no more.
    fn forget(&mut self, folder: &Path) {
        if let Some(at) = self.noticed.iter().position(|noticed| noticed == folder) {
            self.noticed.swap_remove(at);
            let _ = self.watcher.as_mut().map(|watcher| watcher.unwatch(folder));
        }
    }
}

/// Looks again and again until somebody says to stop, or nobody listens.
fn watch(
    folders: &Mutex<Vec<Folder>>,
    pace: Pace,
    notices: &mut Notices,
    stirred: &Receiver<Stir>,
    mut tell: impl FnMut(News) -> bool,
) {
    let start = Instant::now();
    let paths: Vec<PathBuf> = {
        let folders = folders.lock().unwrap_or_else(PoisonError::into_inner);
        folders.iter().map(|folder| folder.path.clone()).collect()
    };
    loop {
        let began = start.elapsed();
        let mut next = pace.look;
        for (number, path) in paths.iter().enumerate() {
            // Asked before the look, so that nothing falls between the two.
            let noticed = notices.of(path);
            let listed = ingest::listing(path);
            if listed.is_err() {
                notices.forget(path);
            }
            let mut folders = folders.lock().unwrap_or_else(PoisonError::into_inner);
            let Some(folder) = folders.get_mut(number) else { continue };
            let news = folder.look(start.elapsed(), pace.quiet, listed);
            if !noticed || folder.missing {
                next = next.min(pace.unnoticed);
            }
            if !folder.waiting.is_empty() {
                next = next.min(pace.quiet);
            }
            drop(folders);
            if !news.into_iter().all(&mut tell) {
                return;
            }
        }
        let took = start.elapsed().saturating_sub(began);
        if !rest(stirred, (pace.quiet / 2).max(took * LEISURE), next.max(took * LEISURE)) {
            return;
        }
    }
}

/// Waits until something happens, and for so long at least and at most; whether to go on.
fn rest(stirred: &Receiver<Stir>, least: Duration, most: Duration) -> bool {
    let began = Instant::now();
    let mut until = most.max(least);
    loop {
        let left = until.saturating_sub(began.elapsed());
        if left.is_zero() {
            return true;
        }
        match stirred.recv_timeout(left) {
            Ok(Stir::Notice) => until = least,
            Ok(Stir::Stop) | Err(RecvTimeoutError::Disconnected) => return false,
            Err(RecvTimeoutError::Timeout) => return true,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const QUIET: Duration = Duration::from_secs(2);

    fn folder() -> Folder {
        Folder { path: PathBuf::from("news"), ..Folder::default() }
    }

    /// "a.txt 10" is a file of ten bytes.
    fn listed(files: &[&str]) -> BTreeMap<PathBuf, Stamp> {
        let file = |line: &&str| {
            let (name, bytes) = line.split_once(' ').unwrap();
            (PathBuf::from(name), Stamp { bytes: bytes.parse().unwrap(), modified: None })
        };
        files.iter().map(file).collect()
    }

    /// At a second, what there is, or nothing where the folder is missing; and what is told.
    type Look<'a> = (u64, Option<&'a [&'a str]>, &'a [&'a str]);

    fn check(looks: &[Look<'_>]) {
        let mut folder = folder();
        for (second, files, expected) in looks {
            let gone = Problem { place: "news".into(), reason: "gone".into() };
            let listed = files.map(listed).ok_or(gone);
            let news = folder.look(Duration::from_secs(*second), QUIET, listed);
            let told: Vec<String> = news
                .into_iter()
                .flat_map(|news| match news {
                    News::Ready { files, .. } => {
                        files.iter().map(|file| file.display().to_string()).collect()
                    }
                    News::Missing(_) => vec!["missing".to_owned()],
                    News::Back(_) => vec!["back".to_owned()],
                })
                .collect();
            assert_eq!(told, *expected, "at {second}");
        }
    }

    #[test]
    fn a_file_is_told_once_it_was_left_alone() {
        check(&[
            (0, Some(&["a.txt 5"]), &[]),
            (1, Some(&["a.txt 9"]), &[]),
            (2, Some(&["a.txt 9", "b.txt 3"]), &[]),
            (3, Some(&["a.txt 9", "b.txt 3"]), &["a.txt"]),
            (4, Some(&["a.txt 9", "b.txt 3"]), &["b.txt"]),
            (9, Some(&["a.txt 9", "b.txt 3"]), &[]),
            (10, Some(&["a.txt 12", "b.txt 3"]), &[]),
            (12, Some(&["a.txt 12", "b.txt 3"]), &["a.txt"]),
        ]);
    }

    #[test]
    fn what_is_gone_is_not_awaited_and_a_renamed_file_is_a_new_one() {
        check(&[
            (0, Some(&["a.txt 5", "b.txt 5"]), &[]),
            (1, Some(&["a.txt 5"]), &[]),
            (2, Some(&["a.txt 5"]), &["a.txt"]),
            (3, Some(&["c.txt 5"]), &[]),
            (5, Some(&["c.txt 5"]), &["c.txt"]),
            // As it was when it was told.
            (6, Some(&["a.txt 5", "c.txt 5"]), &[]),
            (9, Some(&["a.txt 5", "c.txt 5"]), &[]),
        ]);
    }

    #[test]
    fn a_folder_may_be_missing_for_a_while() {
        check(&[
            (0, None, &["missing"]),
            (1, None, &[]),
            (2, Some(&["a.txt 5"]), &["back"]),
            (4, Some(&["a.txt 5"]), &["a.txt"]),
            (5, None, &["missing"]),
            (9, Some(&["a.txt 5"]), &["back"]),
            (20, Some(&["a.txt 5"]), &[]),
        ]);
    }

    /// Every wait here is for something that comes, however long it takes.
    #[test]
    fn files_are_told_as_they_come() {
        let pace = Pace {
            quiet: Duration::from_millis(1),
            look: Duration::from_millis(5),
            unnoticed: Duration::from_millis(5),
        };
        let outer = tempfile::tempdir().unwrap();
        let folder = outer.path().join("news");
        let watch = Watch::start(vec![(folder.clone(), Seen::default())], pace, || {});
        let mut news = watch.wait();
        assert!(matches!(news.next(), Some(News::Missing(_))));
        fs::create_dir(&folder).unwrap();
        assert_eq!(news.next(), Some(News::Back(folder.clone())));
        let names: Vec<PathBuf> = (0..2000).map(|number| PathBuf::from(format!("{number:04}.txt"))).collect();
        for name in &names {
            fs::write(folder.join(name), "Rain.").unwrap();
        }
        fs::write(folder.join("picture.png"), "no text").unwrap();
        let mut told: Vec<PathBuf> = Vec::new();
        while told.len() < names.len() {
            match news.next() {
                Some(News::Ready { files, .. }) => told.extend(files),
                other => panic!("{other:?}"),
            }
            // A file that is told while it is being written is told again.
            told.sort();
            told.dedup();
        }
        assert_eq!(told, names);
        drop(news);
        let seen = watch.seen();
        assert_eq!(seen[0].1.0.len(), names.len());
        drop(watch);
        // What was told before is not told again.
        fs::write(folder.join("later.txt"), "Snow.").unwrap();
        let watch = Watch::start(seen, pace, || {});
        let later = News::Ready { folder, files: vec![PathBuf::from("later.txt")] };
        assert_eq!(watch.wait().next(), Some(later));
    }
}
