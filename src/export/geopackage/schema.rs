//! The tables that make a database a GeoPackage, and ours.
//! Rows of mentions and events know their article, events the mention of their place, and both their place: joins need no
//! words. The triggers that keep an index true are the standard's to the letter, since programs know it by them.

use rusqlite::Connection;

use crate::export::table::Type;
use crate::export::{ATTRIBUTION, Rows};

/// The number of WGS 84 in the catalogue of coordinate systems.
pub(super) const WGS_84: i32 = 4326;

/// "GPKG" as a number: what makes a SQLite file one of these.
const APPLICATION: u32 = 0x4750_4B47;
/// Version 1.3.0.
const VERSION: u32 = 10300;

/// How pages are laid out has no bearing on what the file says, and all on how long it takes: nobody else sees it yet.
const QUICK: &str = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
    PRAGMA cache_size = -65536; PRAGMA foreign_keys = OFF;";

/// The tables of the standard.
const STANDARD: &str = "
    CREATE TABLE gpkg_spatial_ref_sys (
        srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
    CREATE TABLE gpkg_contents (
        table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
        CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
    CREATE TABLE gpkg_geometry_columns (
        table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
        srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
        CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
        CONSTRAINT uk_gc_table_name UNIQUE (table_name),
        CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
        CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
    CREATE TABLE gpkg_extensions (
        table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL,
        scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
    CREATE TABLE gpkg_metadata (
        id INTEGER CONSTRAINT m_pk PRIMARY KEY ASC NOT NULL, md_scope TEXT NOT NULL DEFAULT 'dataset',
        md_standard_uri TEXT NOT NULL, mime_type TEXT NOT NULL DEFAULT 'text/xml', metadata TEXT NOT NULL DEFAULT '');
    CREATE TABLE gpkg_metadata_reference (
        reference_scope TEXT NOT NULL, table_name TEXT, column_name TEXT, row_id_value INTEGER,
        timestamp DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
        md_file_id INTEGER NOT NULL, md_parent_id INTEGER,
        CONSTRAINT crmr_mfi_fk FOREIGN KEY (md_file_id) REFERENCES gpkg_metadata(id),
        CONSTRAINT crmr_mpi_fk FOREIGN KEY (md_parent_id) REFERENCES gpkg_metadata(id));
    INSERT INTO gpkg_spatial_ref_sys VALUES
        ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', 'undefined cartesian coordinate reference system'),
        ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', 'undefined geographic coordinate reference system');
";

/// WGS 84 in the well-known text of OGC 01-009.
const WGS_84_TEXT: &str = r#"GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]"#;

/// What keeps an index of places true when other programs edit a layer (annex F.3 of the standard).
const TRIGGERS: &str = "
    CREATE TRIGGER rtree_T_geom_insert AFTER INSERT ON T
        WHEN (NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))
        BEGIN INSERT OR REPLACE INTO rtree_T_geom VALUES
            (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
    CREATE TRIGGER rtree_T_geom_update1 AFTER UPDATE OF geom ON T
        WHEN OLD.fid = NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
        BEGIN INSERT OR REPLACE INTO rtree_T_geom VALUES
            (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
    CREATE TRIGGER rtree_T_geom_update2 AFTER UPDATE OF geom ON T
        WHEN OLD.fid = NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
        BEGIN DELETE FROM rtree_T_geom WHERE id = OLD.fid; END;
    CREATE TRIGGER rtree_T_geom_update3 AFTER UPDATE ON T
        WHEN OLD.fid != NEW.fid AND (NEW.geom NOTNULL AND NOT ST_IsEmpty(NEW.geom))
        BEGIN DELETE FROM rtree_T_geom WHERE id = OLD.fid; INSERT OR REPLACE INTO rtree_T_geom VALUES
            (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom)); END;
    CREATE TRIGGER rtree_T_geom_update4 AFTER UPDATE ON T
        WHEN OLD.fid != NEW.fid AND (NEW.geom ISNULL OR ST_IsEmpty(NEW.geom))
        BEGIN DELETE FROM rtree_T_geom WHERE id IN (OLD.fid, NEW.fid); END;
    CREATE TRIGGER rtree_T_geom_delete AFTER DELETE ON T
        WHEN OLD.geom NOT NULL
        BEGIN DELETE FROM rtree_T_geom WHERE id = OLD.fid; END;
";

/// Whether rows say of which article they are.
pub(super) const fn has_article(rows: Rows) -> bool {
    matches!(rows, Rows::Mentions | Rows::Events)
}

/// Whether rows say at which mention something happened.
pub(super) const fn has_mention(rows: Rows) -> bool {
    matches!(rows, Rows::Events)
}

/// The columns of a table, in their order: the key, the point, the keys of others, and the row.
pub(super) fn column_names(rows: Rows) -> Vec<&'static str> {
    let keys = [("article_fid", has_article(rows)), ("mention_fid", has_mention(rows))];
    let keys = keys.into_iter().filter(|&(_, has)| has).map(|(name, _)| name);
    let columns = rows.columns().iter().map(|column| column.name);
    ["fid", "geom"].into_iter().chain(keys).chain(columns).collect()
}

/// Makes an empty GeoPackage with our tables, and begins to fill it.
pub(super) fn begin(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(QUICK)?;
    connection.pragma_update(None, "application_id", APPLICATION)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    connection.execute_batch("BEGIN")?;
    connection.execute_batch(STANDARD)?;
    connection.execute(
        "INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84 geodetic', ?1, 'EPSG', ?1, ?2,
         'longitude/latitude coordinates in decimal degrees on the WGS 84 spheroid')",
        (WGS_84, WGS_84_TEXT),
    )?;
    Rows::ALL.into_iter().try_for_each(|rows| connection.execute_batch(&table(rows)))
}

/// A table with its index of places.
fn table(rows: Rows) -> String {
    let name = rows.as_str();
    let mut columns =
        vec!["fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL".to_owned(), "geom POINT".to_owned()];
    if has_article(rows) {
        columns.push("article_fid INTEGER REFERENCES articles(fid)".to_owned());
    }
    if has_mention(rows) {
        columns.push("mention_fid INTEGER REFERENCES mentions(fid)".to_owned());
    }
    for column in rows.columns() {
        let holds = match column.holds {
            Type::Text => "TEXT",
            Type::Integer => "INTEGER",
            Type::Real => "REAL",
            Type::Boolean => "BOOLEAN",
            Type::Timestamp => "DATETIME",
        };
        let key = match (rows, column.name) {
            (_, "id") => " NOT NULL",
            (Rows::Places, "place_id") => " UNIQUE",
            (_, "place_id") => " REFERENCES places(place_id)",
            _ => "",
        };
        columns.push(format!("{} {holds}{key}", column.name));
    }
    format!(
        "CREATE TABLE {name} ({});
         CREATE VIRTUAL TABLE rtree_{name}_geom USING rtree(id, minx, maxx, miny, maxy);",
        columns.join(", ")
    )
}

/// Tells of a table that is filled.
pub(super) fn describe(
    connection: &Connection,
    rows: Rows,
    bbox: Option<[f64; 4]>,
    last_change: &str,
) -> rusqlite::Result<()> {
    let name = rows.as_str();
    let [west, south, east, north] = bbox.map_or([None; 4], |bbox| bbox.map(Some));
    connection.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        (name, ATTRIBUTION, last_change, west, south, east, north, WGS_84),
    )?;
    connection.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', 'POINT', ?2, 0, 0)",
        (name, WGS_84),
    )?;
    connection.execute(
        "INSERT INTO gpkg_extensions VALUES
         (?1, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')",
        [name],
    )?;
    connection.execute_batch(
        &TRIGGERS.replace("_T_", &format!("_{name}_")).replace(" ON T", &format!(" ON {name}")),
    )
}

/// Says where it is from, and ends the filling.
pub(super) fn end(connection: &Connection, about: &str, last_change: &str) -> rusqlite::Result<()> {
    let keys = [("mentions", "article_fid"), ("events", "article_fid"), ("events", "mention_fid")];
    let places = [("mentions", "place_id"), ("events", "place_id"), ("articles", "place_id")];
    for (table, column) in keys.into_iter().chain(places) {
        connection.execute_batch(&format!("CREATE INDEX {table}_{column} ON {table} ({column})"))?;
    }
    connection.execute_batch(
        "INSERT INTO gpkg_extensions VALUES
         ('gpkg_metadata', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec120/#extension_metadata', 'read-write'),
         ('gpkg_metadata_reference', NULL, 'gpkg_metadata', 'http://www.geopackage.org/spec120/#extension_metadata',
          'read-write')",
    )?;
    connection.execute(
        "INSERT INTO gpkg_metadata VALUES (1, 'dataset', 'https://www.geonames.org', 'application/json', ?)",
        [about],
    )?;
    connection.execute(
        "INSERT INTO gpkg_metadata_reference VALUES ('geopackage', NULL, NULL, NULL, ?, 1, NULL)",
        [last_change],
    )?;
    connection.execute_batch("COMMIT")
}
