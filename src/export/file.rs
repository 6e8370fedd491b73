//! A file that appears whole or not at all.
//! It is written under a hidden name in the same folder and renamed at the end, so whatever goes
//! wrong, what was there before is still there. Pipes and devices are written to directly.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::NamedTempFile;

/// The hidden names of the files that are being written.
static DRAFTS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Removes what is written of files that have not got their names yet. For a program that is about to end without
/// dropping them: an interrupt may come in the middle of anything.
pub fn remove_drafts() {
    let drafts = std::mem::take(&mut *DRAFTS.lock().unwrap_or_else(PoisonError::into_inner));
    for draft in drafts {
        // One that has got its name by now is no longer there.
        let _ = fs::remove_file(draft);
    }
}

/// Why a file could not be written.
#[derive(Debug, thiserror::Error)]
#[error("cannot write the file: {reason}: {path}")]
pub struct WriteError {
    /// What went wrong.
    pub reason: String,
    /// The file.
    pub path: String,
}

/// A file being written.
#[derive(Debug)]
pub struct TargetFile {
    path: PathBuf,
    out: BufWriter<Sink>,
    _draft: Option<Draft>,
}

/// A hidden name on the list of drafts, for as long as there is a file under it.
#[derive(Debug)]
struct Draft(PathBuf);

impl Draft {
    fn of(sink: &Sink) -> Option<Self> {
        let Sink::Aside(file) = sink else { return None };
        let path = file.path().to_owned();
        DRAFTS.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        Some(Self(path))
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        DRAFTS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

#[derive(Debug)]
enum Sink {
    /// Becomes the file at the end.
    Aside(NamedTempFile),
    /// A pipe or device, which a rename would replace.
    Direct(File),
}

impl TargetFile {
    /// Begins a file. What stands at `path` stays until [`TargetFile::commit`].
    ///
    /// # Errors
    ///
    /// Where the folder is missing or may not be written to, or `path` is a folder.
    pub fn create(path: &Path) -> Result<Self, WriteError> {
        // Through a link the file it points to is replaced, not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let sink = Sink::open(&target).map_err(|error| WriteError::new(path, &error))?;
        Ok(Self { path: target, _draft: Draft::of(&sink), out: BufWriter::new(sink) })
    }

    /// Puts the file in its place.
    ///
    /// # Errors
    ///
    /// Where the rest could not be written or the file not be renamed.
    pub fn commit(self) -> Result<(), WriteError> {
        let path = self.path;
        let sink = self.out.into_inner().map_err(|error| WriteError::new(&path, error.error()))?;
        match sink {
            Sink::Aside(file) => {
                file.persist(&path).map(drop).map_err(|error| WriteError::new(&path, &error.error))
            }
            Sink::Direct(_) => Ok(()),
        }
    }
}

impl WriteError {
    /// What the system's error means for a file at `path`.
    pub fn new(path: &Path, error: &io::Error) -> Self {
        let reason = match error.kind() {
            io::ErrorKind::NotFound => "its folder does not exist".to_owned(),
            io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
            io::ErrorKind::StorageFull => "the disk is full".to_owned(),
            io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
            _ => error.to_string(),
        };
        Self { reason, path: path.display().to_string() }
    }
}

impl Sink {
    fn open(path: &Path) -> io::Result<Self> {
        let present = fs::metadata(path).ok();
        if let Some(present) = &present {
            if present.is_dir() {
                return Err(io::ErrorKind::IsADirectory.into());
            }
            if !present.is_file() {
                return File::options().write(true).open(path).map(Self::Direct);
            }
        }
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".dateline-").suffix(".part");
        // A file that is replaced keeps its permissions; a new one gets those of any new file.
        if let Some(permissions) = present.map(|file| file.permissions()).or_else(new_file_permissions) {
            builder.permissions(permissions);
        }
        builder.tempfile_in(folder).map(Self::Aside)
    }
}

/// What the system gives a new file before the user's mask; a temporary file would be private.
#[cfg(unix)]
fn new_file_permissions() -> Option<fs::Permissions> {
    Some(std::os::unix::fs::PermissionsExt::from_mode(0o666))
}

/// Elsewhere a new file's permissions are the folder's affair.
#[cfg(not(unix))]
fn new_file_permissions() -> Option<fs::Permissions> {
    None
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Aside(file) => file.write(bytes),
            Self::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Aside(file) => file.flush(),
            Self::Direct(file) => file.flush(),
        }
    }
}

impl Write for TargetFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
