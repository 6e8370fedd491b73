//! GeoParquet 1.1: a table in columns, with points as WKB.
//! Rows are held until there are enough for a group of them, and each group is written column by column: memory is that
//! of one group, however many there are.

use std::io::{self, Write};
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, TimeUnit, Type as Physical, ZstdLevel};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type as Schema;
use serde_json::json;

use super::bounds::Bounds;
use super::form::Form;
use super::table::{Line, Type, Value};
use super::{ATTRIBUTION, Format, GENERATOR, LICENSE, Options, Rows};

/// A group is full at so many rows, or at so many bytes of text: quotes may be long.
const ROWS: usize = 50_000;
const TEXT: usize = 24 << 20;

/// The name that GeoParquet proposes for its column.
const GEOMETRY: &str = "geometry";

/// A table while it is written.
pub(crate) struct Table<W> {
    out: W,
    /// Writes into memory, which is emptied into `out` after each group.
    file: SerializedFileWriter<Vec<u8>>,
    columns: Vec<Held>,
    points: Cells<ByteArray>,
    rows: usize,
    text: usize,
    bounds: Bounds,
}

/// A column of the group that is being held: whether there is a value in each row, and the values.
struct Cells<T> {
    there: Vec<i16>,
    values: Vec<T>,
}

enum Held {
    Text(Cells<ByteArray>),
    Integer(Cells<i64>),
    Real(Cells<f64>),
    Boolean(Cells<bool>),
    /// Milliseconds since 1970, in UTC.
    Timestamp(Cells<i64>),
}

impl<T> Cells<T> {
    const fn new() -> Self {
        Self { there: Vec::new(), values: Vec::new() }
    }

    fn push(&mut self, value: Option<T>) {
        self.there.push(i16::from(value.is_some()));
        self.values.extend(value);
    }
}

impl Held {
    const fn of(holds: Type) -> Self {
        match holds {
            Type::Text => Self::Text(Cells::new()),
            Type::Integer => Self::Integer(Cells::new()),
            Type::Real => Self::Real(Cells::new()),
            Type::Boolean => Self::Boolean(Cells::new()),
            Type::Timestamp => Self::Timestamp(Cells::new()),
        }
    }

    fn push(&mut self, value: Value<'_>) {
        match (self, value) {
            (Self::Text(cells), value) => {
                cells.push(value.text().map(|text| text.as_bytes().to_vec().into()));
            }
            (Self::Integer(cells), Value::Integer(number)) => cells.push(Some(number)),
            (Self::Integer(cells), _) => cells.push(None),
            (Self::Real(cells), value) => cells.push(value.real()),
            (Self::Boolean(cells), Value::Boolean(yes)) => cells.push(Some(yes)),
            (Self::Boolean(cells), _) => cells.push(None),
            (Self::Timestamp(cells), value) => cells.push(value.text().and_then(milliseconds)),
        }
    }

    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<()> {
        match self {
            Self::Text(cells) => cells.write::<ByteArrayType>(column),
            Self::Integer(cells) | Self::Timestamp(cells) => cells.write::<Int64Type>(column),
            Self::Real(cells) => cells.write::<DoubleType>(column),
            Self::Boolean(cells) => cells.write::<BoolType>(column),
        }
    }
}

impl<T> Cells<T> {
    /// Writes what is held, and holds nothing more.
    fn write<D: DataType<T = T>>(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<()> {
        column.typed::<D>().write_batch(&self.values, Some(&self.there), None)?;
        *self = Self::new();
        Ok(())
    }
}

/// A timestamp as it is counted from 1970.
fn milliseconds(timestamp: &str) -> Option<i64> {
    timestamp.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

/// A point in the well-known binary form: little end first, longitude before latitude.
fn well_known_binary(lat: f64, lon: f64) -> ByteArray {
    let mut bytes = vec![1, 1, 0, 0, 0];
    bytes.extend(lon.to_le_bytes());
    bytes.extend(lat.to_le_bytes());
    bytes.into()
}

/// The schema of a table: every column may be null.
fn schema(rows: Rows) -> Result<Schema> {
    let field = |name: &str, holds: Physical, logical: Option<LogicalType>| {
        let field = Schema::primitive_type_builder(name, holds).with_repetition(Repetition::OPTIONAL);
        field.with_logical_type(logical).build().map(Arc::new)
    };
    let mut fields = Vec::new();
    for column in rows.columns() {
        let (holds, logical) = match column.holds {
            Type::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Type::Integer => (Physical::INT64, None),
            Type::Real => (Physical::DOUBLE, None),
            Type::Boolean => (Physical::BOOLEAN, None),
            Type::Timestamp => (Physical::INT64, Some(LogicalType::timestamp(true, TimeUnit::MILLIS))),
        };
        fields.push(field(column.name, holds, logical)?);
    }
    fields.push(field(GEOMETRY, Physical::BYTE_ARRAY, None)?);
    Schema::group_type_builder("schema").with_fields(fields).build()
}

impl<W: Write> Table<W> {
    pub(crate) fn start(out: W, options: &Options) -> io::Result<Self> {
        let rows = options.rows;
        let mut about = vec![
            KeyValue::new("name".to_owned(), rows.as_str().to_owned()),
            KeyValue::new("license".to_owned(), LICENSE.to_owned()),
            KeyValue::new("attribution".to_owned(), ATTRIBUTION.to_owned()),
        ];
        let narrowed = options.narrowed(Format::GeoParquet);
        about.extend(narrowed.map(|told| KeyValue::new("description".to_owned(), told)));
        about.extend(options.created.clone().map(|created| KeyValue::new("created".to_owned(), created)));
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_created_by(GENERATOR.to_owned())
            .set_key_value_metadata(Some(about))
            .build();
        let schema = schema(rows).map_err(failed)?;
        let file = SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties));
        Ok(Self {
            out,
            file: file.map_err(failed)?,
            columns: rows.columns().iter().map(|column| Held::of(column.holds)).collect(),
            points: Cells::new(),
            rows: 0,
            text: 0,
            bounds: Bounds::default(),
        })
    }

    /// Writes the rows that are held.
    fn group(&mut self) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut group = self.file.next_row_group()?;
        for held in &mut self.columns {
            let Some(mut column) = group.next_column()? else { break };
            held.write(&mut column)?;
            column.close()?;
        }
        if let Some(mut column) = group.next_column()? {
            self.points.write::<ByteArrayType>(&mut column)?;
            column.close()?;
        }
        group.close()?;
        self.file.flush()?;
        self.out.write_all(&std::mem::take(self.file.inner_mut()))?;
        (self.rows, self.text) = (0, 0);
        Ok(())
    }

    /// What makes a GeoParquet of it. Coordinates are those of OGC:CRS84, which is meant where none are named.
    fn geo(&self) -> String {
        let mut column = json!({ "encoding": "WKB", "geometry_types": ["Point"] });
        if let Some(bbox) = self.bounds.bbox() {
            column["bbox"] = json!([bbox.west, bbox.south, bbox.east, bbox.north]);
        }
        json!({ "version": "1.1.0", "primary_column": GEOMETRY, "columns": { GEOMETRY: column } }).to_string()
    }
}

impl<W: Write> Form<W> for Table<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        for (held, &value) in self.columns.iter_mut().zip(&line.values) {
            self.text += value.text().map_or(0, str::len);
            held.push(value);
        }
        let point = line.point();
        if let Some((lat, lon)) = point {
            self.bounds.add(lat, lon);
        }
        self.points.push(point.map(|(lat, lon)| well_known_binary(lat, lon)));
        self.rows += 1;
        if self.rows >= ROWS || self.text >= TEXT {
            self.group().map_err(failed)?;
        }
        Ok(())
    }

    /// A group that is not full is worth more later.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<W> {
        self.group().map_err(failed)?;
        self.file.append_key_value_metadata(KeyValue::new("geo".to_owned(), self.geo()));
        let rest = self.file.into_inner().map_err(failed)?;
        self.out.write_all(&rest)?;
        Ok(self.out)
    }
}

/// What went wrong with the output stays known as such: whether a pipe was closed is asked of it.
fn failed(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(error) => match error.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(error) => io::Error::other(error),
        },
        other => io::Error::other(other),
    }
}
