//! What was open before: projects, files and folders, the last first.
//! Only paths are kept; whether they are still there is looked up when somebody asks.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{absolute, is_project};

/// Most that are remembered.
const MOST: usize = 12;

/// What was opened at once.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Before {
    /// One project, or files and folders.
    pub paths: Vec<PathBuf>,
    /// Of a project the folders that are watched for new articles.
    pub watched: Vec<PathBuf>,
}

impl Before {
    /// Whether it is a project.
    pub fn is_project(&self) -> bool {
        matches!(self.paths.as_slice(), [path] if is_project(path))
    }
}

/// What was open before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Recent(Vec<Before>);

impl Recent {
    /// The last first.
    pub fn all(&self) -> &[Before] {
        &self.0
    }

    /// Remembers what is open now.
    pub fn remember(&mut self, paths: &[PathBuf]) {
        let paths: Vec<PathBuf> = paths.iter().map(|path| absolute(path)).collect();
        if paths.is_empty() {
            return;
        }
        let watched = self.0.iter().find(|before| before.paths == paths).map(|before| before.watched.clone());
        self.forget(&paths);
        self.0.insert(0, Before { paths, watched: watched.unwrap_or_default() });
        self.0.truncate(MOST);
    }

    /// Remembers it no more.
    pub fn forget(&mut self, paths: &[PathBuf]) {
        self.0.retain(|before| before.paths != paths);
    }

    /// The folders that are watched for a project.
    pub fn watched(&self, project: &Path) -> &[PathBuf] {
        let before = self.0.iter().find(|before| before.paths == [project]);
        before.map_or(&[], |before| &before.watched)
    }

    /// Watches a folder for a project, or no more.
    pub fn watch(&mut self, project: &Path, folder: PathBuf, on: bool) {
        let Some(before) = self.0.iter_mut().find(|before| before.paths == [project]) else { return };
        before.watched.retain(|other| *other != folder);
        if on {
            before.watched.push(folder);
        }
    }

    /// The same without what cannot be opened.
    pub fn mend(&mut self) {
        self.0.retain(|before| !before.paths.is_empty());
        self.0.truncate(MOST);
    }

    /// The folder of the project that was open last.
    pub fn folder(&self) -> Option<&Path> {
        self.0.iter().find(|before| before.is_project())?.paths.first()?.parent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_open_is_remembered_once_the_last_first() {
        let mut recent = Recent::default();
        let path = |name: &str| vec![std::path::absolute(name).unwrap()];
        for number in 0..MOST + 3 {
            recent.remember(&[PathBuf::from(format!("{number}.dateline"))]);
        }
        recent.remember(&[PathBuf::from("8.dateline")]);
        recent.remember(&[]);
        assert_eq!(recent.all().len(), MOST);
        assert_eq!(recent.all()[0].paths, path("8.dateline"));
        assert_eq!(recent.all()[1].paths, path(&format!("{}.dateline", MOST + 2)));
        recent.forget(&path("8.dateline"));
        assert!(recent.all().iter().all(|before| before.paths != path("8.dateline")));
        assert!(recent.all()[0].is_project() && recent.folder().is_some());
    }
}
