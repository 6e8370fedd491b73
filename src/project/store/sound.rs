//! Whether a file may be written: what is damaged in a way that would spread is only read.
//! A row that is damaged harms nothing else. A list of free pages that names pages in use does, and so does a file
//! whose length is not what it says: the next change would be written over what is there.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

/// Bytes of a file that is not looked at as a whole.
const LARGE: i64 = 64 << 20;

/// Why a file that was just opened must not be written.
pub(super) fn unsound(connection: &Connection, path: &Path) -> Option<String> {
    match look(connection, path) {
        Ok(true) => None,
        Ok(false) | Err(_) => Some(
            "its structure is damaged, and a change might destroy more; “Save as…” writes what can be read \
             into another file"
                .to_owned(),
        ),
    }
}

fn look(connection: &Connection, path: &Path) -> rusqlite::Result<bool> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let length = number("page_count")? * number("page_size")?;
    if fs::metadata(path).is_ok_and(|meta| i64::try_from(meta.len()) != Ok(length)) {
        return Ok(false);
    }
    // To look at all pages of a large file takes seconds. Of one without free pages a change writes the journal, and
    // what comes new.
    let large = length > LARGE && number("freelist_count")? == 0;
    let check = if large { "PRAGMA quick_check(journal)" } else { "PRAGMA quick_check(1)" };
    connection.query_row(check, [], |row| Ok(row.get::<_, String>(0)? == "ok"))
}
