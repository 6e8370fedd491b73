//! What lies beside a project's file for a while: the copy that becomes it, and what SQLite keeps for the way back.
//! A way back that was left behind by an older file of the same name would spoil the new one, so it goes first.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::lock::{Lock, NoLock};
use super::schema;
use crate::project::error::ProjectError;

const PART: &str = ".part";

/// The absolute path of a file that need not be there, in a folder that must be.
pub(super) fn whole(path: &Path) -> Result<PathBuf, ProjectError> {
    let failed = |error: io::Error| ProjectError::io(path, &error);
    let path = std::path::absolute(path).map_err(failed)?;
    match (path.parent(), path.file_name()) {
        (Some(folder), Some(name)) => Ok(fs::canonicalize(folder).map_err(failed)?.join(name)),
        _ => Err(ProjectError::Write { path: path.clone(), reason: "it has no name".to_owned() }),
    }
}

/// Where an instance runs that holds a project.
pub(super) fn elsewhere(by: &str) -> String {
    if by.is_empty() { "in another window".to_owned() } else { format!("in another window ({by})") }
}

/// The right to write a file that is not open yet.
pub(super) fn take(path: &Path) -> Result<Lock, ProjectError> {
    Lock::take(path).map_err(|no| match no {
        NoLock::Held(by) => ProjectError::Held { path: path.to_owned(), by: elsewhere(&by) },
        NoLock::Refused(reason) => ProjectError::Write { path: path.to_owned(), reason },
    })
}

/// A file beside another, to be given its name when it is whole. Whoever makes one holds the lock.
pub(super) fn part(path: &Path) -> Result<NamedTempFile, ProjectError> {
    let (folder, start) = family(path);
    let mut builder = tempfile::Builder::new();
    builder.prefix(&start).suffix(PART);
    // As other files are made: who else may read it is for the system to say.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let part = builder.tempfile_in(folder);
    part.map_err(|error| ProjectError::io(path, &error))
}

/// Takes away parts that were left behind when the program was ended. Whoever does so holds the lock.
pub(super) fn clear(path: &Path) {
    let (folder, start) = family(path);
    let Ok(files) = fs::read_dir(folder) else { return };
    for file in files.filter_map(Result::ok) {
        let name = file.file_name();
        let middle = name.to_str().and_then(|name| name.strip_prefix(&start)?.strip_suffix(PART));
        if middle.is_some_and(|middle| !middle.contains('.')) {
            fs::remove_file(file.path()).ok();
        }
    }
}

/// The folder of a file, and how the names of its parts begin.
fn family(path: &Path) -> (&Path, String) {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    (path.parent().unwrap_or(Path::new(".")), format!(".{name}."))
}

/// What SQLite keeps beside a file for the way back.
pub(super) fn way_back(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push("-journal");
    path.with_file_name(name)
}

/// Gives a part its name, in the place of another file where it may be. Both are on the disk when this returns.
pub(super) fn name(part: NamedTempFile, path: &Path, replace: bool) -> Result<(), ProjectError> {
    let failed = |error: io::Error| ProjectError::io(path, &error);
    part.as_file().sync_all().map_err(failed)?;
    let way_back = way_back(path);
    if way_back.exists() {
        // The older file goes its way back first: this may yet fail, and then it is still there, and whole.
        if let Ok(older) = schema::connect(path, true) {
            older.pragma_query_value(None, "schema_version", |_| Ok(())).ok();
        }
        match fs::remove_file(&way_back) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    let named = if replace { part.persist(path) } else { part.persist_noclobber(path) };
    named.map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => ProjectError::Exists(path.to_owned()),
        _ => failed(error.error),
    })?;
    #[cfg(unix)]
    if let Some(folder) = path.parent() {
        fs::File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
    }
    Ok(())
}

/// Which file has a name: another one may have taken it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FileId(u64, u64);

impl FileId {
    #[cfg(unix)]
    pub(super) fn of(path: &Path) -> Option<FileId> {
        use std::os::unix::fs::MetadataExt;
        let meta = fs::metadata(path).ok()?;
        Some(FileId(meta.dev(), meta.ino()))
    }

    /// Elsewhere an open file is neither deleted nor replaced.
    #[cfg(not(unix))]
    pub(super) fn of(path: &Path) -> Option<FileId> {
        fs::metadata(path).ok().map(|_| FileId(0, 0))
    }
}
