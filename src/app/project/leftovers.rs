//! Corrections that nobody has saved: projects in the program's own folder, each with what it was read from.
//! To look at them takes a while, and is done behind the window.

use std::path::{Path, PathBuf};

use crate::project::Project;

/// Corrections that were made and not saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// Their file.
    pub path: PathBuf,
    /// What they are about: files and folders, a line each.
    pub read: String,
    /// How many articles.
    pub articles: usize,
    /// How many edits are in force.
    pub edits: usize,
    /// When the last was made, seconds since 1970.
    pub at: i64,
}

impl Leftover {
    /// What they are called: the name of what was read.
    pub fn name(&self) -> String {
        let mut lines = self.read.lines();
        let first = lines.next().unwrap_or_default();
        let name = Path::new(first).file_name().map_or(first.into(), |name| name.to_string_lossy());
        match lines.count() {
            0 => name.into_owned(),
            more => format!("{name} and {more} more"),
        }
    }
}

/// The corrections in a folder, those made last first; those that were all taken back are none.
pub fn leftovers(folder: &Path) -> Vec<Leftover> {
    let Ok(files) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = files.flatten().map(|file| file.path());
    let projects = paths.filter(|path| super::is_project(path));
    let mut all: Vec<Leftover> = projects.filter_map(|path| leftover(&path)).collect();
    all.sort_by(|a, b| (b.at, &b.path).cmp(&(a.at, &a.path)));
    all
}

fn leftover(path: &Path) -> Option<Leftover> {
    let (project, _) = Project::read(path).ok()?;
    let edits = project.journal().in_force().count();
    let at = project.journal().in_force().map(|head| head.at).max()?;
    let read = project.about().read.clone();
    Some(Leftover { path: path.to_owned(), read, articles: project.len(), edits, at })
}
