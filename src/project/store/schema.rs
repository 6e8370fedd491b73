//! The tables of a project file, its form's number, and the way from older forms.
//! A schema that is not to the letter what this version writes is not trusted with a single statement.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use crate::project::error::ProjectError;

/// "Date": by which the system's tools know the file.
const APPLICATION: i64 = 0x4461_7465;
/// The form that this version writes.
pub(super) const FORM: i64 = 1;
/// Bytes of a page: many articles of a thousand bytes or two fit one, and an edit writes two or three of them.
pub(super) const PAGE: i64 = 16 * 1024;

/// What is kept, table by table:
/// `fact`: what is said once, by name. `text`: an article's text, and the checksum of its words by which a copy is
/// known. `found`: what the program found in it, under the number of the results (high half) and of the article.
/// `results`: what made each. `journal`: what people did. `kept`: what can be worked out again.
const TABLES: [&str; 7] = [
    "CREATE TABLE fact (name TEXT PRIMARY KEY, bytes BLOB NOT NULL, sum INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE text (number INTEGER PRIMARY KEY, words INTEGER NOT NULL, bytes BLOB NOT NULL, sum INTEGER NOT NULL)",
    "CREATE INDEX words ON text (words)",
    "CREATE TABLE found (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL, sum INTEGER NOT NULL)",
    "CREATE TABLE results (number INTEGER PRIMARY KEY, accepted INTEGER NOT NULL, bytes BLOB NOT NULL, sum INTEGER NOT NULL)",
    "CREATE TABLE journal (number INTEGER PRIMARY KEY, head BLOB NOT NULL, sets BLOB NOT NULL, sum INTEGER NOT NULL)",
    "CREATE TABLE kept (name TEXT PRIMARY KEY, bytes BLOB NOT NULL, sum INTEGER NOT NULL)",
];

/// How many milliseconds a statement waits for another reader or writer.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// A connection to a file that is there.
pub(super) fn connect(path: &Path, write: bool) -> rusqlite::Result<Connection> {
    let how = if write { OpenFlags::SQLITE_OPEN_READ_WRITE } else { OpenFlags::SQLITE_OPEN_READ_ONLY };
    let connection = Connection::open_with_flags(path, how | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    settle(&connection)?;
    Ok(connection)
}

/// Nothing in a file may make SQLite run anything; pages are checked; an acknowledged change is on the disk.
fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_prepared_statement_cache_capacity(32);
    connection.execute_batch(
        "PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;",
    )
}

/// Makes the tables in an empty file.
pub(super) fn create(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    settle(&connection)?;
    connection.pragma_update(None, "page_size", PAGE)?;
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for table in TABLES {
        connection.execute_batch(table)?;
    }
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", FORM)?;
    connection.execute_batch("COMMIT")?;
    Ok(connection)
}

/// Whether a file is a project of a form that this version reads: its form.
pub(super) fn form(connection: &Connection, path: &Path) -> Result<i64, ProjectError> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let read = |pragma: &str| number(pragma).map_err(|error| ProjectError::reading(path, &error));
    if read("application_id")? != APPLICATION {
        return Err(ProjectError::Foreign(path.to_owned()));
    }
    let found = read("user_version")?;
    if found > FORM {
        return Err(ProjectError::Newer { path: path.to_owned(), found, known: FORM });
    }
    if found < 1 {
        return Err(damaged(path, "the number of its form makes no sense"));
    }
    Ok(found)
}

/// Brings a file to the form that this version writes, one step for each form since, all or nothing.
pub(super) fn migrate(connection: &Connection, path: &Path, from: i64) -> Result<(), ProjectError> {
    let steps: [fn(&Connection) -> rusqlite::Result<()>; FORM as usize - 1] = [];
    let steps = steps.iter().skip(from as usize - 1);
    let all = || {
        connection.execute_batch("BEGIN IMMEDIATE")?;
        steps.clone().try_for_each(|step| step(connection))?;
        connection.pragma_update(None, "user_version", FORM)?;
        connection.execute_batch("COMMIT")
    };
    all().map_err(|error| {
        connection.execute_batch("ROLLBACK").ok();
        ProjectError::writing(path, &error)
    })
}

/// Holds the tables of a file against those that this version writes.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<(), ProjectError> {
    let found = || -> rusqlite::Result<Vec<String>> {
        let mut all = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL")?;
        all.query_map([], |row| row.get(0))?.collect()
    };
    let mut found = found().map_err(|error| ProjectError::reading(path, &error))?;
    let mut tables = TABLES.map(str::to_owned).to_vec();
    found.sort_unstable();
    tables.sort_unstable();
    if found == tables { Ok(()) } else { Err(damaged(path, "its tables are not those of a project")) }
}

fn damaged(path: &Path, reason: &str) -> ProjectError {
    ProjectError::Damaged { path: path.to_owned(), reason: reason.to_owned() }
}
