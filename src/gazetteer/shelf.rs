//! The gazetteer files that a person keeps in use: in order, each on or off, kept in a small JSON file.
//! The shelf keeps paths, not places. A file that has gone stays on it, is told of, and stops nothing.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Gazetteer, GazetteerError};

/// The file in the folder of the shelf.
const FILE: &str = "gazetteers.json";
/// What the file says of its form; a shelf of a later one is left alone.
const VERSION: u32 = 1;

/// A gazetteer on the shelf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// The file, as an absolute path.
    pub file: PathBuf,
    /// What it called itself when it was added, for when it cannot be read any more.
    #[serde(default)]
    pub title: String,
    /// Whether names are looked up in it.
    #[serde(default = "on")]
    pub on: bool,
}

fn on() -> bool {
    true
}

/// What the file holds.
#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    gazetteers: Vec<Kept>,
}

/// Why the shelf could not be read or changed. It is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum ShelfError {
    /// The system names no folder for the data of this user.
    #[error("there is no folder to keep the list of gazetteers in")]
    NoFolder,
    /// The list could not be read.
    #[error("cannot read the list of gazetteers: {reason}: {}", path.display())]
    Read {
        /// The list.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The list could not be written.
    #[error("cannot keep the list of gazetteers: {reason}: {}", path.display())]
    Write {
        /// The list.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// What was to be added is no gazetteer.
    #[error(transparent)]
    Gazetteer(#[from] GazetteerError),
    /// What was to be added is on the shelf already.
    #[error("it is in use already: {}", .0.display())]
    Twice(PathBuf),
}

/// The gazetteers in use, the first of them looked up first, before the one inside the program. Every change
/// is kept at once.
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use dateline::gazetteer::Shelf;
/// let folder = tempfile::tempdir()?;
/// let shelf = Shelf::open(folder.path().to_owned())?;
/// let (gazetteer, problems) = shelf.load()?;
/// assert!(problems.is_empty() && !gazetteer.lookup("Cairo").is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Shelf {
    folder: PathBuf,
    kept: Vec<Kept>,
}

impl Shelf {
    /// The shelf of whoever runs the program, in `dateline/` of their data folder
    /// (`$XDG_DATA_HOME`, `~/Library/Application Support`, `%APPDATA%`).
    ///
    /// # Errors
    ///
    /// Where there is no such folder, or as [`Shelf::open`].
    pub fn at_home() -> Result<Shelf, ShelfError> {
        Self::open(dirs::data_dir().ok_or(ShelfError::NoFolder)?.join("dateline"))
    }

    /// The shelf kept in a folder; an empty one where nothing is kept there yet.
    ///
    /// # Errors
    ///
    /// Where the list is damaged or from a later version. It is not touched then.
    pub fn open(folder: PathBuf) -> Result<Shelf, ShelfError> {
        let path = folder.join(FILE);
        let failed = |reason: String| ShelfError::Read { path: path.clone(), reason };
        let text = match fs::read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Self { folder, kept: Vec::new() });
            }
            Err(error) => return Err(failed(error.to_string())),
        };
        let stored: Stored = serde_json::from_slice(&text).map_err(|error| failed(error.to_string()))?;
        if stored.version != VERSION {
            return Err(failed(format!("it is from another version ({}) of the program", stored.version)));
        }
        Ok(Self { folder, kept: stored.gazetteers })
    }

    /// What is on the shelf, in order.
    pub fn kept(&self) -> &[Kept] {
        &self.kept
    }

    /// Puts a gazetteer file first on the shelf, switched on.
    ///
    /// # Errors
    ///
    /// Where the file is no gazetteer, is on the shelf already, or the list could not be written.
    pub fn add(&mut self, file: &Path) -> Result<(), ShelfError> {
        let gazetteer = Gazetteer::open(file)?;
        // A relative path would be another file tomorrow.
        let file = std::path::absolute(file).unwrap_or_else(|_| file.to_owned());
        let same = |kept: &Kept| fs::canonicalize(&kept.file).ok() == fs::canonicalize(&file).ok();
        if self.kept.iter().any(|kept| kept.file == file || same(kept)) {
            return Err(ShelfError::Twice(file));
        }
        let title = gazetteer.about().into_iter().next().map(|about| about.title).unwrap_or_default();
        self.change(|kept| kept.insert(0, Kept { file, title, on: true }))
    }

    /// Takes number `at` off the shelf; the file stays where it is.
    ///
    /// # Errors
    ///
    /// Where the list could not be written.
    pub fn remove(&mut self, at: usize) -> Result<(), ShelfError> {
        self.change(|kept| {
            if at < kept.len() {
                kept.remove(at);
            }
        })
    }

    /// Moves number `from` so that it becomes number `to`.
    ///
    /// # Errors
    ///
    /// Where the list could not be written.
    pub fn move_to(&mut self, from: usize, to: usize) -> Result<(), ShelfError> {
        self.change(|kept| {
            if from < kept.len() {
                let moved = kept.remove(from);
                kept.insert(to.min(kept.len()), moved);
            }
        })
    }

    /// Switches number `at` on or off.
    ///
    /// # Errors
    ///
    /// Where the list could not be written.
    pub fn set_on(&mut self, at: usize, on: bool) -> Result<(), ShelfError> {
        self.change(|kept| {
            if let Some(kept) = kept.get_mut(at) {
                kept.on = on;
            }
        })
    }

    /// The gazetteers that are on, in order, and then the one inside the program, as one; and a sentence for
    /// each that could not be opened.
    ///
    /// # Errors
    ///
    /// Where the gazetteer inside the program cannot be read.
    pub fn load(&self) -> Result<(Gazetteer, Vec<String>), GazetteerError> {
        let (mut opened, mut problems) = (Vec::new(), Vec::new());
        for kept in self.kept.iter().filter(|kept| kept.on) {
            match Gazetteer::open(&kept.file) {
                Ok(gazetteer) => opened.push(gazetteer),
                Err(error) => problems.push(error.to_string()),
            }
        }
        opened.push(Gazetteer::embedded()?);
        Ok((Gazetteer::stack(opened)?, problems))
    }

    /// Changes the list on disk, then in memory.
    fn change(&mut self, change: impl FnOnce(&mut Vec<Kept>)) -> Result<(), ShelfError> {
        let mut kept = self.kept.clone();
        change(&mut kept);
        let stored = Stored { version: VERSION, gazetteers: kept };
        self.store(&stored)
            .map_err(|error| ShelfError::Write { path: self.folder.join(FILE), reason: error.to_string() })?;
        self.kept = stored.gazetteers;
        Ok(())
    }

    fn store(&self, stored: &Stored) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut file = tempfile::NamedTempFile::new_in(&self.folder)?;
        serde_json::to_writer_pretty(&mut file, stored)?;
        file.write_all(b"\n")?;
        file.persist(self.folder.join(FILE))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gazetteer::{About, NewPlace, write};

    /// A folder with a gazetteer of one place for each name.
    fn folder(names: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for name in names {
            let place = NewPlace { id: format!("own:{name}"), name: (*name).into(), ..NewPlace::default() };
            fs::write(folder.path().join(name), write(About::default(), &[place]).unwrap()).unwrap();
        }
        folder
    }

    fn files(shelf: &Shelf) -> Vec<(String, bool)> {
        let name = |kept: &Kept| kept.file.file_name().unwrap().to_str().unwrap().to_owned();
        shelf.kept().iter().map(|kept| (name(kept), kept.on)).collect()
    }

    #[test]
    fn a_shelf_keeps_files_in_order_each_on_or_off() {
        let folder = folder(&["a", "b", "c"]);
        let mut shelf = Shelf::open(folder.path().join("not yet/there")).unwrap();
        let check = |shelf: &Shelf, expected: &[(&str, bool)]| {
            let expected: Vec<_> = expected.iter().map(|(name, on)| ((*name).to_owned(), *on)).collect();
            assert_eq!(files(shelf), expected);
            assert_eq!(files(&Shelf::open(folder.path().join("not yet/there")).unwrap()), expected);
        };
        for name in ["a", "b", "c"] {
            shelf.add(&folder.path().join(name)).unwrap();
        }
        check(&shelf, &[("c", true), ("b", true), ("a", true)]);
        shelf.move_to(2, 0).unwrap();
        shelf.set_on(1, false).unwrap();
        check(&shelf, &[("a", true), ("c", false), ("b", true)]);
        shelf.move_to(0, 99).unwrap();
        shelf.remove(0).unwrap();
        check(&shelf, &[("b", true), ("a", true)]);
        for at in [2, 99] {
            shelf.remove(at).unwrap();
            shelf.set_on(at, false).unwrap();
            shelf.move_to(at, 0).unwrap();
        }
        check(&shelf, &[("b", true), ("a", true)]);
    }

    #[test]
    fn what_is_no_gazetteer_or_there_already_is_not_added() {
        let folder = folder(&["a"]);
        fs::write(folder.path().join("letter.txt"), "Dear Sir").unwrap();
        let mut shelf = Shelf::open(folder.path().to_owned()).unwrap();
        shelf.add(&folder.path().join("a")).unwrap();
        let mut check = |name: &str, reason: &str| {
            let told = shelf.add(&folder.path().join(name)).unwrap_err().to_string();
            assert!(told.contains(reason) && told.contains(name), "{told}");
        };
        check("a", "in use already");
        check("letter.txt", "not a gazetteer");
        check("gone", "cannot open");
        assert_eq!(files(&shelf), [("a".to_owned(), true)]);
    }

    #[test]
    fn a_file_that_has_gone_is_told_of_and_stops_nothing() {
        let folder = folder(&["a"]);
        let mut shelf = Shelf::open(folder.path().to_owned()).unwrap();
        shelf.add(&folder.path().join("a")).unwrap();
        fs::remove_file(folder.path().join("a")).unwrap();
        let (gazetteer, problems) = shelf.load().unwrap();
        assert!(!gazetteer.lookup("Cairo").is_empty());
        assert_eq!(problems.len(), 1);
        assert!(problems[0].contains("cannot open"), "{problems:?}");
        shelf.set_on(0, false).unwrap();
        assert!(shelf.load().unwrap().1.is_empty());
    }

    #[test]
    fn a_damaged_list_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        for text in ["{", "[]", r#"{"version":2,"gazetteers":[]}"#] {
            fs::write(folder.path().join(FILE), text).unwrap();
            let told = Shelf::open(folder.path().to_owned()).unwrap_err().to_string();
            assert!(told.contains(FILE), "{told}");
            assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), text);
        }
    }
}
