//! MBTiles files: a database with a row for every tile.
//! Rows are counted from the south, as nobody else does. The file is opened for reading only and never changed.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, OptionalExtension, types::ValueRef};

use super::{About, Format, Found, LARGEST, is_picture, metadata, side_of, unpack};
use crate::basemap::TileId;

/// An open MBTiles file.
pub struct MbTiles {
    database: Mutex<Connection>,
    about: About,
}

impl MbTiles {
    pub(super) fn open(path: &Path) -> Result<MbTiles, String> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let database = Connection::open_with_flags(path, flags).map_err(told)?;
        let about = describe(&database)?;
        Ok(MbTiles { database: Mutex::new(database), about })
    }

    pub(super) fn about(&self) -> &About {
        &self.about
    }

    pub(super) fn tile(&self, TileId { z, x, y }: TileId) -> Result<Found, String> {
        let Some(row) = (1u64 << z).checked_sub(1 + u64::from(y)) else {
            return Ok(Found::Nothing);
        };
        const ASKED: &str = "SELECT tile_data FROM tiles \
             WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3 AND length(tile_data) <= ?4";
        let database = self.database.lock().unwrap_or_else(PoisonError::into_inner);
        let mut asked = database.prepare_cached(ASKED).map_err(told)?;
        let found: Option<Vec<u8>> = asked
            .query_row((z, x, row as i64, LARGEST as i64), |row| Ok(blob(row.get_ref(0)?)))
            .optional()
            .map_err(told)?;
        drop(asked);
        drop(database);
        match found {
            Some(bytes) if !bytes.is_empty() => unpack::unpacked(bytes).map(Found::Tile),
            _ => Ok(Found::Nothing),
        }
    }
}

/// The bytes of a column, whatever its type; empty where it holds none.
fn blob(value: ValueRef<'_>) -> Vec<u8> {
    match value {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => bytes.to_vec(),
        _ => Vec::new(),
    }
}

fn describe(database: &Connection) -> Result<About, String> {
    let said = |key: &str| {
        let text = database.query_row("SELECT value FROM metadata WHERE name = ?1", [key], |row| {
            Ok(match row.get_ref(0)? {
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => number.to_string(),
                value => String::from_utf8_lossy(&blob(value)).into_owned(),
            })
        });
        // Some files have no metadata at all, and are maps all the same.
        text.unwrap_or_default()
    };
    let sample: Option<Vec<u8>> = database
        .query_row("SELECT tile_data FROM tiles WHERE length(tile_data) > 0 LIMIT 1", [], |row| {
            Ok(blob(row.get_ref(0)?))
        })
        .optional()
        .map_err(told)?;
    let Some(sample) = sample else {
        return Err("it holds no tiles".to_owned());
    };
    let format = if is_picture(&sample) {
        Format::Raster
    } else if matches!(said("format").as_str(), "" | "pbf" | "mvt") {
        Format::Vector
    } else {
        return Err(format!("its tiles are {}, which cannot be shown", said("format")));
    };
    let end = |key: &str, order: &str| {
        let stated = said(key).trim().parse().ok();
        let found = || {
            let asked = format!("SELECT zoom_level FROM tiles ORDER BY zoom_level {order} LIMIT 1");
            database.query_row(&asked, [], |row| row.get::<_, u8>(0)).ok()
        };
        stated.or_else(found).unwrap_or(0).min(24)
    };
    let zooms = (end("minzoom", "ASC"), end("maxzoom", "DESC"));
    if zooms.0 > zooms.1 {
        return Err("its farthest level is nearer than its nearest".to_owned());
    }
    let numbers: Vec<f64> = said("bounds").split(',').filter_map(|part| part.trim().parse().ok()).collect();
    let bounds = <[f64; 4]>::try_from(numbers).ok().and_then(metadata::bounds);
    let side = if format == Format::Raster { side_of(Some(&sample)) } else { 512 };
    let (title, attribution) = (metadata::plain(&said("name")), metadata::plain(&said("attribution")));
    Ok(About { title, attribution, format, zooms, bounds, side })
}

/// The reason in words.
fn told(error: rusqlite::Error) -> String {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            "damaged: not a whole database".to_owned()
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            "another program is writing to it".to_owned()
        }
        _ if error.to_string().contains("no such table") => "a database, but not of tiles".to_owned(),
        _ => format!("cannot be read: {error}"),
    }
}
