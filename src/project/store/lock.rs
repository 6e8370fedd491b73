//! One writer to a project: a hidden file beside it that the system locks, and lets go of when its holder ends.
//! The project's own file is not locked this way: on Unix, SQLite's locks on a file end when the process closes
//! any other handle of it.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::project::error::plain;

/// Longest name of a holder that is shown.
const HOLDER: u64 = 200;

/// The right to write a project. It ends with the value, or with the process.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

/// Why there is no right to write.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoLock {
    /// Another instance has it: who.
    Held(String),
    /// No file can be made or locked beside the project: why.
    Refused(String),
}

impl Lock {
    /// Takes the right to write the project at `path`, which need not exist.
    pub(super) fn take(path: &Path) -> Result<Lock, NoLock> {
        let beside = beside(path).ok_or_else(|| NoLock::Refused("the file has no name".to_owned()))?;
        let refused = |error: &std::io::Error| NoLock::Refused(plain(error));
        loop {
            let mut options = OpenOptions::new();
            let file = options.read(true).write(true).create(true).truncate(false).open(&beside);
            let mut file = file.map_err(|error| refused(&error))?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    Read::take(&file, HOLDER).read_to_string(&mut holder).ok();
                    return Err(NoLock::Held(holder.trim().to_owned()));
                }
                Err(TryLockError::Error(error)) => return Err(refused(&error)),
            }
            // Whoever had it may have taken the file away between the two steps: then this is another one.
            if !same_file(&file, &beside) {
                continue;
            }
            let holder = format!("{}process {}", user(), std::process::id());
            let named = file.set_len(0).and_then(|()| file.rewind());
            named.and_then(|()| file.write_all(holder.as_bytes())).map_err(|error| refused(&error))?;
            return Ok(Lock { path: beside, file });
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // While it is still locked, so that nobody else's is taken away.
        fs::remove_file(&self.path).ok();
        self.file.unlock().ok();
    }
}

/// Whoever is at the computer, with a comma.
fn user() -> String {
    let name = std::env::var("USER").or_else(|_| std::env::var("USERNAME")).unwrap_or_default();
    if name.is_empty() { name } else { format!("{name}, ") }
}

fn beside(path: &Path) -> Option<PathBuf> {
    let name = path.file_name()?.to_str()?;
    Some(path.with_file_name(format!(".{name}-lock")))
}

#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let (Ok(open), Ok(named)) = (file.metadata(), fs::metadata(path)) else { return false };
    (open.dev(), open.ino()) == (named.dev(), named.ino())
}

/// Elsewhere a file that is open is not taken away.
#[cfg(not(unix))]
fn same_file(_: &File, _: &Path) -> bool {
    true
}
