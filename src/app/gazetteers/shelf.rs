//! What changes the shelf of gazetteers, and what the shelf then holds.
//! All of it reads or writes files, so it is done behind the window, one change after another.

use std::path::{Path, PathBuf};

use crate::app::words;
use crate::gazetteer::{About, Gazetteer, GazetteerError, Kept, Shelf, ShelfError};

/// A wish about the shelf; numbers are places in its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// Look again at what is there.
    Look,
    /// Put a file first.
    Add(PathBuf),
    /// Put a file first that was just made; it may have been there before.
    Put(PathBuf),
    /// Take one off.
    Remove(usize),
    /// Make the first number the second.
    Move(usize, usize),
    /// Look names up in it, or do not.
    Switch(usize, bool),
    /// Read the whole file and say whether it is undamaged.
    Verify(usize),
}

/// A gazetteer as the list shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// What it calls itself.
    pub title: String,
    /// Whose data it is and on what terms.
    pub attribution: String,
    /// The file; none for the one inside the program.
    pub file: Option<PathBuf>,
    /// Whether names are looked up in it.
    pub on: bool,
    /// How many places it holds.
    pub places: usize,
    /// Why it cannot be used.
    pub problem: Option<String>,
    /// Whether it was just read whole and found undamaged.
    pub verified: bool,
}

/// What came of a change.
#[derive(Debug)]
pub struct Changed {
    /// The shelf as it is now.
    pub shelf: Shelf,
    /// What is on it, in order, and last the gazetteer inside the program.
    pub entries: Vec<Entry>,
    /// What names are looked up in from now on, where that is another than before.
    pub gazetteer: Option<Gazetteer>,
    /// Why the change was not made.
    pub told: Option<String>,
}

/// Carries out a change. The shelf is kept on disk with it.
pub fn carry_out(mut shelf: Shelf, change: &Change) -> Changed {
    let mut verified = None;
    let done: Result<bool, ShelfError> = match change {
        Change::Look => Ok(false),
        Change::Add(file) => shelf.add(file).map(|()| true),
        Change::Put(file) => match shelf.add(file) {
            Err(ShelfError::Twice(_)) => Ok(true),
            added => added.map(|()| true),
        },
        Change::Remove(at) => shelf.remove(*at).map(|()| true),
        Change::Move(from, to) => shelf.move_to(*from, *to).map(|()| true),
        Change::Switch(at, on) => shelf.set_on(*at, *on).map(|()| true),
        Change::Verify(at) => {
            verified = shelf.kept().get(*at).map(|kept| (*at, Gazetteer::verify(&kept.file)));
            Ok(false)
        }
    };
    let mut entries: Vec<Entry> = shelf.kept().iter().map(of_file).collect();
    if let Some((at, found)) = verified
        && let Some(entry) = entries.get_mut(at)
    {
        entry.verified = found.is_ok();
        entry.problem = found.err().map(|error| error.to_string());
    }
    entries.push(embedded());
    let (mut gazetteer, mut told) = (None, None);
    match done.map(|changed| changed.then(|| shelf.load())) {
        Ok(Some(Ok((loaded, _)))) => gazetteer = Some(loaded),
        Ok(Some(Err(error))) => told = Some(error.to_string()),
        Ok(None) => {}
        Err(error) => told = Some(error.to_string()),
    }
    Changed { shelf, entries, gazetteer, told }
}

fn of_file(kept: &Kept) -> Entry {
    let entry = Entry { file: Some(kept.file.clone()), on: kept.on, ..Entry::default() };
    match Gazetteer::open(&kept.file) {
        Ok(gazetteer) => described(entry, &gazetteer, &title_of(kept)),
        Err(_) if !kept.file.exists() => {
            let gone = "The file is not there any more; put it back, or remove it here".to_owned();
            Entry { title: title_of(kept), problem: Some(gone), ..entry }
        }
        Err(error) => {
            let reason = words::sentence(&reason(error));
            Entry { title: title_of(kept), problem: Some(reason), ..entry }
        }
    }
}

/// What it called itself when it was added, else the file's name.
fn title_of(kept: &Kept) -> String {
    if kept.title.is_empty() { stem(&kept.file) } else { kept.title.clone() }
}

fn stem(file: &Path) -> String {
    file.file_stem().unwrap_or(file.as_os_str()).to_string_lossy().into_owned()
}

/// The one inside the program.
pub fn embedded() -> Entry {
    let entry = Entry { on: true, ..Entry::default() };
    match Gazetteer::embedded() {
        Ok(gazetteer) => described(entry, &gazetteer, "Dateline"),
        Err(error) => Entry { problem: Some(error.to_string()), ..entry },
    }
}

fn described(entry: Entry, gazetteer: &Gazetteer, title: &str) -> Entry {
    let About { title: own, attribution, .. } = gazetteer.about().into_iter().next().unwrap_or_default();
    let title = if own.is_empty() { title.to_owned() } else { own };
    Entry { title, attribution, places: gazetteer.len(), ..entry }
}

/// The reason alone: the list shows the file beside it.
fn reason(error: GazetteerError) -> String {
    match error {
        GazetteerError::Open { reason, .. } => reason,
        other => other.to_string(),
    }
}
