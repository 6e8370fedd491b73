//! The file of a project: one SQLite database, one writer, every row with a checksum.
//! Each change is one transaction that is on the disk when it returns, or that has changed nothing.

mod articles;
mod beside;
mod carve;
mod found;
mod lines;
mod lock;
mod pack;
mod rescue;
mod results;
mod schema;
mod sets;
mod shelf;
mod sound;

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, Transaction as Change, TransactionBehavior, params};
use tempfile::TempDir;

use self::beside::FileId;
use self::lock::{Lock, NoLock};
use self::pack::{Dictionary, Of, sum_named};
use self::shelf::Packers;
use super::about::About;
use super::error::ProjectError;

pub(super) use self::lines::Line;
pub use self::shelf::Shelf;

/// Name of the fact how many articles and edits there are: what is lost at the end leaves no gap.
const EXTENT: &str = "extent";

/// Names of the facts that hold the dictionaries, each with its copy.
const OF_TEXTS: [&str; 2] = ["dictionary of texts", "dictionary of texts, again"];
const OF_FINDINGS: [&str; 2] = ["dictionary of findings", "dictionary of findings, again"];

/// Name of a project in a folder of its own.
const PROJECT: &str = "project.dateline";

/// An open project file.
pub(super) struct Store {
    path: PathBuf,
    connection: Connection,
    /// What is read in its place, where it cannot be completed after a crash.
    _copy: Option<TempDir>,
    /// Held while this writes.
    lock: Option<Lock>,
    read_only: Option<String>,
    file: Option<FileId>,
    /// SQLite's count of what others changed.
    version: i64,
    shelf: Shelf,
    extent: Extent,
}

impl Store {
    /// A new file, which appears whole.
    pub(super) fn create(path: &Path, about: &About) -> Result<Store, ProjectError> {
        let path = beside::whole(path)?;
        let lock = beside::take(&path)?;
        let part = beside::part(&path)?;
        let made = schema::create(part.path()).and_then(|connection| {
            write_fact(&connection, "about", &serde_json::to_vec(about).unwrap_or_default())?;
            connection.close().map_err(|(_, error)| error)
        });
        made.map_err(|error| ProjectError::writing(&path, &error))?;
        beside::name(part, &path, false)?;
        Self::settled(path, Ok(lock))
    }

    /// A file that is there: for writing where it can be, else for reading.
    pub(super) fn open(path: &Path) -> Result<Store, ProjectError> {
        let path = there(path)?;
        let lock = Lock::take(&path).map_err(|no| match no {
            NoLock::Held(by) => format!("it is open {}", beside::elsewhere(&by)),
            NoLock::Refused(why) => format!("nothing can be written in its folder ({why})"),
        });
        Self::settled(path, lock)
    }

    /// A file that is there, for reading: nothing is written, beside it neither, and whoever writes it goes on.
    pub(super) fn read(path: &Path) -> Result<Store, ProjectError> {
        Self::settled(there(path)?, Err("it was opened to be read".to_owned()))
    }

    /// Opens a file, with the right to write it or a reason why there is none.
    fn settled(path: PathBuf, lock: Result<Lock, String>) -> Result<Store, ProjectError> {
        let failed = |error: rusqlite::Error| ProjectError::reading(&path, &error);
        if lock.is_ok() {
            beside::clear(&path);
        }
        let (connection, copy) = connection(&path, lock.is_ok())?;
        let form = schema::form(&connection, &path)?;
        let mut read_only = lock.as_ref().err().cloned();
        if read_only.is_none() && connection.is_readonly("main").map_err(failed)? {
            read_only = Some("the file cannot be written".to_owned());
        }
        let read_only = read_only.or_else(|| sound::unsound(&connection, &path));
        if form < schema::FORM {
            if let Some(reason) = read_only {
                let reason =
                    format!("an older version made it, and it cannot be brought up to date: {reason}");
                return Err(ProjectError::Open { path, reason });
            }
            schema::migrate(&connection, &path, form)?;
        }
        schema::check(&connection, &path)?;
        if read_only.is_none() {
            // Kept and emptied at each change: emptying it is what makes a change hold.
            connection.execute_batch("PRAGMA journal_mode = TRUNCATE").map_err(failed)?;
        }
        let dictionary =
            |names: [&str; 2]| names.iter().find_map(|name| fact(&connection, name)).map(Dictionary::new);
        let packers = Packers::new(dictionary(OF_TEXTS), dictionary(OF_FINDINGS));
        let extent = Extent::read(&connection).map_err(failed)?;
        let version = data_version(&connection).map_err(failed)?;
        let file = FileId::of(&path);
        let read = copy.as_ref().map_or(path.clone(), |copy| copy.path().join(PROJECT));
        let shelf = Shelf::new(&read, packers, 0);
        Ok(Store { path, connection, _copy: copy, lock: lock.ok(), read_only, file, version, shelf, extent })
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// Why it cannot be written.
    pub(super) fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    pub(super) fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// How many articles there are.
    pub(super) fn articles(&self) -> u32 {
        self.extent.articles
    }

    /// What the project tells about itself; `None` where it is damaged.
    pub(super) fn about(&self) -> Option<About> {
        serde_json::from_slice(&fact(&self.connection, "about")?).ok()
    }

    pub(super) fn set_about(&mut self, about: &About) -> Result<(), ProjectError> {
        let bytes = serde_json::to_vec(about).unwrap_or_default();
        self.write(|to| write_fact(to, "about", &bytes))
    }

    /// Keeps what can be worked out again.
    pub(super) fn keep(&mut self, all: &[(&str, &[u8])]) -> Result<(), ProjectError> {
        self.write(|to| {
            let mut statement =
                to.prepare_cached("INSERT OR REPLACE INTO kept (name, bytes, sum) VALUES (?1, ?2, ?3)")?;
            for (name, bytes) in all {
                statement.execute(params![name, bytes, sum_named(Of::Kept, name, bytes)])?;
            }
            Ok(())
        })
    }

    pub(super) fn kept(&self, name: &str) -> Option<Vec<u8>> {
        shelf::kept(&self.connection, name)
    }

    /// Writes a whole copy and goes on in it.
    pub(super) fn save_as(&mut self, path: &Path) -> Result<(), ProjectError> {
        let path = beside::whole(path)?;
        let same = path == self.path;
        if same && self.file == FileId::of(&path) {
            return self.writable();
        }
        // Under its old name, when the file has gone, the right to write it is held already.
        let lock = if same { self.lock.take() } else { None };
        let lock = lock.map_or_else(|| beside::take(&path), Ok)?;
        match self.copy_to(&path) {
            Ok(()) => {}
            Err(error) => {
                self.lock = self.lock.take().or(same.then_some(lock));
                return Err(error);
            }
        }
        let mut fresh = Self::settled(path, Ok(lock))?;
        self.shelf.move_to(&fresh.path);
        fresh.shelf = self.shelf.clone();
        *self = fresh;
        Ok(())
    }

    fn copy_to(&self, path: &Path) -> Result<(), ProjectError> {
        let part = beside::part(path)?;
        let name = part.path().to_str().ok_or_else(|| ProjectError::Write {
            path: path.to_owned(),
            reason: "its name is no text".to_owned(),
        })?;
        let copied = self.connection.execute("VACUUM INTO ?1", [name]);
        copied.map_err(|error| ProjectError::writing(path, &error))?;
        beside::name(part, path, true)
    }

    fn writable(&self) -> Result<(), ProjectError> {
        match &self.read_only {
            Some(reason) => Err(ProjectError::ReadOnly { path: self.path.clone(), reason: reason.clone() }),
            None => Ok(()),
        }
    }

    /// From now on it is only read.
    fn only_read(&mut self, reason: &str) {
        self.read_only.get_or_insert_with(|| reason.to_owned());
    }

    fn unpacked(&self) -> ProjectError {
        let reason = "an article could not be packed".to_owned();
        ProjectError::Write { path: self.path.clone(), reason }
    }

    /// One change, on the disk when this returns.
    fn write<T>(
        &mut self,
        change: impl FnOnce(&Change<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, ProjectError> {
        self.writable()?;
        let path = &self.path;
        if self.file.is_none() || FileId::of(path) != self.file {
            return Err(ProjectError::Gone(path.clone()));
        }
        let failed = |error: rusqlite::Error| ProjectError::writing(path, &error);
        let begin = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let transaction = begin.map_err(failed)?;
        if data_version(&transaction).map_err(failed)? != self.version {
            return Err(ProjectError::Gone(path.clone()));
        }
        let answer = change(&transaction).map_err(failed)?;
        transaction.commit().map_err(failed)?;
        Ok(answer)
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.read_only.is_none() {
            // Nothing stays beside the file.
            self.connection.execute_batch("PRAGMA journal_mode = DELETE").ok();
        }
    }
}

/// How many articles and edits there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Extent {
    articles: u32,
    edits: i64,
}

impl Extent {
    /// As it is written; of a damaged file, as far as there are articles.
    fn read(connection: &Connection) -> rusqlite::Result<Extent> {
        let written =
            fact(connection, EXTENT).and_then(|bytes| postcard::from_bytes::<(u32, i64)>(&bytes).ok());
        let (articles, edits) = written.unwrap_or_default();
        let found = articles::count(connection)?;
        Ok(Extent { articles: articles.max(found), edits })
    }

    fn write(self, to: &Connection) -> rusqlite::Result<()> {
        let bytes = postcard::to_allocvec(&(self.articles, self.edits)).unwrap_or_default();
        write_fact(to, EXTENT, &bytes)
    }
}

/// A connection that can read, and the copy that it reads where it must not write what has to be completed.
fn connection(path: &Path, write: bool) -> Result<(Connection, Option<TempDir>), ProjectError> {
    let connect = |path: &Path, write: bool| -> rusqlite::Result<Connection> {
        let connection = schema::connect(path, write)?;
        connection.pragma_query_value(None, "schema_version", |_| Ok(()))?;
        Ok(connection)
    };
    let failed = |error: rusqlite::Error| ProjectError::reading(path, &error);
    let error = match connect(path, write) {
        Ok(connection) => return Ok((connection, None)),
        Err(error) => error,
    };
    let left = beside::way_back(path);
    let incomplete = matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen));
    if !incomplete || !left.exists() {
        return Err(failed(error));
    }
    let copied = || {
        let folder = tempfile::tempdir()?;
        let copy = folder.path().join(PROJECT);
        fs::copy(path, &copy)?;
        fs::copy(&left, beside::way_back(&copy))?;
        for file in [&copy, &beside::way_back(&copy)] {
            fs::set_permissions(file, fs::metadata(folder.path())?.permissions())?;
        }
        Ok((copy, folder))
    };
    let (copy, folder) = copied().map_err(|error: std::io::Error| {
        let why = super::error::plain(&error);
        let reason = format!(
            "a crash left it half written, it cannot be completed where it is, and a copy could not be made ({why})"
        );
        ProjectError::Open { path: path.to_owned(), reason }
    })?;
    Ok((connect(&copy, true).map_err(failed)?, Some(folder)))
}

fn data_version(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "data_version", |row| row.get(0))
}

/// The whole path of a file that may be a project.
fn there(path: &Path) -> Result<PathBuf, ProjectError> {
    let failed = |error: std::io::Error| ProjectError::Open {
        path: path.to_owned(),
        reason: super::error::plain(&error),
    };
    let path = fs::canonicalize(path).map_err(failed)?;
    let meta = fs::metadata(&path).map_err(failed)?;
    if meta.is_file() && meta.len() > 0 { Ok(path) } else { Err(ProjectError::Foreign(path)) }
}

fn fact(connection: &Connection, name: &str) -> Option<Vec<u8>> {
    let row = connection.query_row("SELECT bytes, sum FROM fact WHERE name = ?1", [name], |row| {
        Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, i64>(1)?))
    });
    let (bytes, written) = row.ok()?;
    (sum_named(Of::Fact, name, &bytes) == written).then_some(bytes)
}

fn write_fact(connection: &Connection, name: &str, bytes: &[u8]) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("INSERT OR REPLACE INTO fact (name, bytes, sum) VALUES (?1, ?2, ?3)")?;
    statement.execute(params![name, bytes, sum_named(Of::Fact, name, bytes)])?;
    Ok(())
}
