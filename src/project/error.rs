//! Why something could not be done with a project. Nothing is changed then, on disk or in memory.
//! SQLite's own words are for programmers: what went wrong is told in sentences, and the file comes last.

use std::io;
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

/// Why a project could not be opened, read or changed. It is as it was before.
#[derive(Debug, thiserror::Error)]
pub enum ProjectError {
    /// It could not be opened.
    #[error("cannot open the project: {reason}: {}", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// The file is something else.
    #[error("this is no project of Dateline: {}", .0.display())]
    Foreign(PathBuf),
    /// A later version of the program made it.
    #[error(
        "this project was made by a newer version of Dateline (form {found}; this version reads up to {known}): {}",
        path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its form.
        found: i64,
        /// The latest form that this version reads.
        known: i64,
    },
    /// It is damaged so badly that it does not open; its articles can still be rescued one by one.
    #[error("the project is damaged: {reason}: {}", path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// It could not be written.
    #[error("cannot write the project: {reason}: {}", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It is open for reading only.
    #[error("the project can only be read: {reason}: {}", path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
        /// Why.
        reason: String,
    },
    /// It has been deleted, moved, or replaced by another file while it was open.
    #[error("the file of the project has gone or was replaced; “Save as…” writes it anew: {}", .0.display())]
    Gone(PathBuf),
    /// There is a file of that name already.
    #[error("there is a file of this name already: {}", .0.display())]
    Exists(PathBuf),
    /// Somebody else has it open.
    #[error("the project is open {by}: {}", path.display())]
    Held {
        /// The file.
        path: PathBuf,
        /// Where: "in another window (Ann, process 4711)".
        by: String,
    },
    /// There is an article of that number already.
    #[error("article {number} is in the project already: {}", path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// The article's number.
        number: u32,
    },
}

impl ProjectError {
    /// The file.
    pub fn path(&self) -> &Path {
        match self {
            Self::Foreign(path) | Self::Gone(path) | Self::Exists(path) => path,
            Self::Open { path, .. }
            | Self::Newer { path, .. }
            | Self::Damaged { path, .. }
            | Self::Write { path, .. }
            | Self::ReadOnly { path, .. }
            | Self::Held { path, .. }
            | Self::Twice { path, .. } => path,
        }
    }

    /// What went wrong while a file was opened or read.
    pub(super) fn reading(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::Foreign(path),
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, reason: told(error) },
            // A row that holds something else than it should.
            None => Self::Damaged { path, reason: "something else is where it should be".to_owned() },
            Some(_) => Self::Open { path, reason: told(error) },
        }
    }

    /// What went wrong while a file was written.
    pub(super) fn writing(path: &Path, error: &rusqlite::Error) -> Self {
        Self::Write { path: path.to_owned(), reason: told(error) }
    }

    /// What went wrong beside SQLite.
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Write { path: path.to_owned(), reason: plain(error) }
    }
}

/// SQLite's error in words.
pub(super) fn told(error: &rusqlite::Error) -> String {
    let words = match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseCorrupt) => "a part of the file makes no sense",
        Some(ErrorCode::NotADatabase) => "this is no project of Dateline",
        Some(ErrorCode::DiskFull) => "the disk is full",
        Some(ErrorCode::ReadOnly) => "the file or its folder cannot be written",
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => "another program is using it",
        Some(ErrorCode::CannotOpen) => "the file, or one beside it, cannot be opened",
        Some(ErrorCode::PermissionDenied | ErrorCode::AuthorizationForStatementDenied) => "it is not allowed",
        Some(ErrorCode::SystemIoFailure) => "the disk did not do as it was told",
        Some(ErrorCode::OutOfMemory | ErrorCode::TooBig) => "it takes more memory than there is",
        _ => return error.to_string(),
    };
    words.to_owned()
}

/// What the system says, without its number.
pub(super) fn plain(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it is not allowed".to_owned(),
        io::ErrorKind::ReadOnlyFilesystem => "the folder can only be read".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        io::ErrorKind::FileTooLarge => "the file became too large for the disk".to_owned(),
        _ => {
            let words = error.to_string();
            words.split(" (os error").next().unwrap_or_default().to_owned()
        }
    }
}
