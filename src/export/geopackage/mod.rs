//! GeoPackage 1.3 (OGC 12-128r18): a database with a table for each sort of row, and keys between them.
//! SQLite needs a file of its own, so that it is made as a temporary one and copied at the end. Nothing in it is from a
//! clock: a layer's last change is when the export says that it was made, or the beginning of 1970.

mod schema;

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};

use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, Value as Sql};

use super::bounds::Bounds;
use super::file::Scratch;
use super::form::Form;
use super::table::{Line, Type, Value};
use super::{Format, Options, Rows, about};

/// A database while it is written.
pub(crate) struct Database<W> {
    out: W,
    /// The database, on the list of what an interrupt clears away.
    scratch: Scratch,
    connection: Connection,
    layers: Vec<Layer>,
    /// The article that rows are of, and which of its mentions have which row.
    article: Option<i64>,
    mentions: HashMap<usize, i64>,
    last_change: String,
    /// What it says of itself.
    about: String,
}

/// A table with what is known of it so far.
struct Layer {
    rows: Rows,
    insert: String,
    index: String,
    count: i64,
    bounds: Bounds,
    /// Least and greatest longitude: the box of a layer may not cross the antimeridian here.
    longitudes: Option<(f64, f64)>,
}

/// What a layer's last change is where nothing tells.
const EPOCH: &str = "1970-01-01T00:00:00.000Z";

impl<W: Write> Database<W> {
    pub(crate) fn start(out: W, options: &Options) -> io::Result<Self> {
        let scratch = Scratch::new()?;
        let connection = Connection::open(scratch.path()).map_err(io::Error::other)?;
        let created = options.created.as_deref().and_then(moment).unwrap_or_else(|| EPOCH.to_owned());
        let database = Self {
            out,
            scratch,
            connection,
            layers: Rows::ALL.into_iter().map(Layer::new).collect(),
            article: None,
            mentions: HashMap::new(),
            last_change: created,
            about: about(Format::GeoPackage, options).to_string(),
        };
        schema::begin(&database.connection).map_err(io::Error::other)?;
        Ok(database)
    }

    fn insert(&mut self, line: &Line<'_>) -> rusqlite::Result<()> {
        let Some(layer) = self.layers.iter_mut().find(|layer| layer.rows == line.rows) else {
            return Ok(());
        };
        layer.count += 1;
        let fid = layer.count;
        let (article, mention) = match line.rows {
            Rows::Articles => {
                self.article = Some(fid);
                self.mentions.clear();
                (None, None)
            }
            Rows::Mentions => {
                self.mentions.extend(line.mention.map(|mention| (mention, fid)));
                (self.article, None)
            }
            Rows::Events => {
                (self.article, line.mention.and_then(|mention| self.mentions.get(&mention).copied()))
            }
            Rows::Places => (None, None),
        };
        let point = line.point();
        let mut values: Vec<ToSqlOutput<'_>> = vec![owned(fid), geometry(point)];
        if schema::has_article(line.rows) {
            values.push(owned(article));
        }
        if schema::has_mention(line.rows) {
            values.push(owned(mention));
        }
        let moments: Vec<Option<String>> = line
            .cells()
            .map(|(column, value)| {
                let text = value.text().filter(|_| column.holds == Type::Timestamp);
                text.and_then(moment)
            })
            .collect();
        for (&value, moment) in line.values.iter().zip(moments) {
            values.push(match (value, moment) {
                (_, Some(moment)) => owned(moment),
                (Value::Null, _) => owned(Sql::Null),
                (Value::Text(text), _) => ToSqlOutput::from(text),
                (Value::Integer(number), _) => owned(number),
                (Value::Real(number), _) => owned(number),
                (Value::Boolean(yes), _) => owned(yes),
            });
        }
        self.connection.prepare_cached(&layer.insert)?.execute(rusqlite::params_from_iter(values))?;
        if let Some((lat, lon)) = point {
            layer.bounds.add(lat, lon);
            let (west, east) = layer.longitudes.unwrap_or((lon, lon));
            layer.longitudes = Some((west.min(lon), east.max(lon)));
            self.connection.prepare_cached(&layer.index)?.execute((fid, lon, lon, lat, lat))?;
        }
        Ok(())
    }

    fn end(self) -> rusqlite::Result<(W, Scratch)> {
        for layer in &self.layers {
            let bbox = layer.bounds.bbox().zip(layer.longitudes);
            let bbox = bbox.map(|(bbox, (west, east))| [west, bbox.south, east, bbox.north]);
            schema::describe(&self.connection, layer.rows, bbox, &self.last_change)?;
        }
        schema::end(&self.connection, &self.about, &self.last_change)?;
        self.connection.close().map_err(|(_, error)| error)?;
        Ok((self.out, self.scratch))
    }
}

impl Layer {
    fn new(rows: Rows) -> Self {
        let names = schema::column_names(rows);
        let places = vec!["?"; names.len()].join(", ");
        let table = rows.as_str();
        Self {
            rows,
            insert: format!("INSERT INTO {table} ({}) VALUES ({places})", names.join(", ")),
            index: format!("INSERT INTO rtree_{table}_geom VALUES (?, ?, ?, ?, ?)"),
            count: 0,
            bounds: Bounds::default(),
            longitudes: None,
        }
    }
}

fn owned(value: impl Into<Sql>) -> ToSqlOutput<'static> {
    ToSqlOutput::Owned(value.into())
}

/// A timestamp as the format wants it, to the millisecond.
fn moment(timestamp: &str) -> Option<String> {
    let time = timestamp.parse::<jiff::Timestamp>().ok()?;
    Some(format!("{time:.3}"))
}

/// A point as a GeoPackage blob: the letters GP, version 0, little end first without a box, WGS 84, well-known binary.
fn geometry(point: Option<(f64, f64)>) -> ToSqlOutput<'static> {
    let Some((lat, lon)) = point else { return owned(Sql::Null) };
    let mut blob = b"GP\x00\x01".to_vec();
    blob.extend(schema::WGS_84.to_le_bytes());
    blob.extend([1, 1, 0, 0, 0]);
    blob.extend(lon.to_le_bytes());
    blob.extend(lat.to_le_bytes());
    owned(blob)
}

impl<W: Write> Form<W> for Database<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.insert(line).map_err(failed)
    }

    /// The file is not one before its end.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        let (mut out, scratch) = self.end().map_err(failed)?;
        io::copy(&mut File::open(scratch.path())?, &mut out)?;
        Ok(out)
    }
}

/// A full disk is told as one.
fn failed(error: rusqlite::Error) -> io::Error {
    match error.sqlite_error_code() {
        Some(rusqlite::ErrorCode::DiskFull) => io::ErrorKind::StorageFull.into(),
        _ => io::Error::other(error),
    }
}
