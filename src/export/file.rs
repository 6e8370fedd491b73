//! A file that appears whole or not at all.
//! It is written under a hidden name in the same folder and renamed at the end, so whatever goes
//! wrong, what was there before is still there. Pipes and devices are written to directly.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{NamedTempFile, TempPath};

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

/// What every SQLite file begins with, and where it says what it is for.
const DATABASE: &[u8] = b"SQLite format 3\0";
const PURPOSE: usize = 68;

/// Whether what stands there is no export, and must not be replaced by one: a project, or any other database but a
/// GeoPackage.
pub fn is_kept(path: &Path) -> bool {
    // Of a pipe nothing may be read.
    if !path.is_file() {
        return false;
    }
    let mut head = [0; PURPOSE + 4];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut head));
    // Of a GeoPackage the purpose is "GPKG", and was "GP10" or "GP11" before.
    read.is_ok() && head.starts_with(DATABASE) && !head[PURPOSE..].starts_with(b"GP")
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
    fn of(path: &Path) -> Self {
        DRAFTS.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
        Self(path.to_owned())
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        DRAFTS.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.0);
    }
}

/// An empty file in the system's temporary folder, for what has to be made aside. It goes when it is dropped, and with
/// the drafts.
#[derive(Debug)]
pub(super) struct Scratch {
    path: TempPath,
    _draft: Draft,
}

impl Scratch {
    pub(super) fn new() -> io::Result<Self> {
        let path = hidden().tempfile()?.into_temp_path();
        Ok(Self { _draft: Draft::of(&path), path })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

/// Names that say whose they are, and that nobody reads where a folder is.
fn hidden() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dateline-").suffix(".part");
    builder
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
    /// Where the folder is missing or may not be written to, or `path` is a folder or something that no export replaces
    /// ([`is_kept`]).
    pub fn create(path: &Path) -> Result<Self, WriteError> {
        // Through a link the file it points to is replaced, not the link.
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if is_kept(&target) {
            let reason = "what is there is a project or another database, and is not replaced".to_owned();
            return Err(WriteError { reason, path: path.display().to_string() });
        }
        let sink = Sink::open(&target).map_err(|error| WriteError::new(path, &error))?;
        let draft = match &sink {
            Sink::Aside(file) => Some(Draft::of(file.path())),
            Sink::Direct(_) => None,
        };
        Ok(Self { path: target, _draft: draft, out: BufWriter::new(sink) })
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
                // A name that is there after a power cut, and has nothing in it, would be worse than the old file.
                file.as_file().sync_all().map_err(|error| WriteError::new(&path, &error))?;
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
        let mut builder = hidden();
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
