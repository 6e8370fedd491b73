//! FlatGeobuf 3: features with typed columns and an index of where they are.
//! The index comes before the features, and they lie in its order: what is written waits in a temporary file, of which
//! memory holds a point and a length for each feature. Features without a place can be in no such index, and a file that
//! has any has none, as GDAL does it.

use std::fs::File;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};

use flatbuffers::FlatBufferBuilder;
use flatgeobuf::packed_r_tree::{NodeItem, PackedRTree, calc_extent, hilbert_sort};
use flatgeobuf::{
    Column, ColumnArgs, ColumnType, Crs, CrsArgs, Feature, FeatureArgs, Geometry, GeometryArgs, GeometryType,
    Header, HeaderArgs,
};

use super::form::Form;
use super::table::{Line, Type, Value};
use super::{ATTRIBUTION, Format, Options, Rows, about};

/// What the file begins with: the version is 3, its patch level 0.
const MAGIC: [u8; 8] = *b"fgb\x03fgb\x00";

/// WGS 84 with longitude first, as all programs that read the format take it.
const WGS_84: i32 = 4326;

/// A file while it is written.
pub(crate) struct Features<W> {
    out: W,
    rows: Rows,
    /// What it says of itself.
    about: String,
    /// Features, in the order in which they came.
    aside: BufWriter<File>,
    builder: FlatBufferBuilder<'static>,
    properties: Vec<u8>,
    /// Where each lies; the offset is its number.
    nodes: Vec<NodeItem>,
    /// Where in `aside` each begins, and where the last ends.
    starts: Vec<u64>,
    placed: usize,
}

impl<W: Write> Features<W> {
    pub(crate) fn start(out: W, options: &Options) -> io::Result<Self> {
        Ok(Self {
            out,
            rows: options.rows,
            about: about(Format::FlatGeobuf, options).to_string(),
            aside: BufWriter::new(tempfile::tempfile()?),
            builder: FlatBufferBuilder::new(),
            properties: Vec::new(),
            nodes: Vec::new(),
            starts: vec![0],
            placed: 0,
        })
    }

    fn feature(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.properties.clear();
        for (number, &value) in (0_u16..).zip(&line.values) {
            property(&mut self.properties, number, value);
        }
        let builder = &mut self.builder;
        builder.reset();
        let point = line.point();
        let geometry = point.map(|(lat, lon)| {
            let xy = Some(builder.create_vector(&[lon, lat]));
            Geometry::create(builder, &GeometryArgs { xy, ..GeometryArgs::default() })
        });
        let properties = Some(builder.create_vector(&self.properties));
        let feature =
            Feature::create(builder, &FeatureArgs { geometry, properties, ..FeatureArgs::default() });
        builder.finish_size_prefixed(feature, None);
        let bytes = builder.finished_data();
        self.aside.write_all(bytes)?;
        let (start, number) = (self.starts.last().copied().unwrap_or(0), self.nodes.len() as u64);
        self.starts.push(start + bytes.len() as u64);
        self.placed += usize::from(point.is_some());
        let (lat, lon) = point.unwrap_or_default();
        self.nodes.push(NodeItem { min_x: lon, min_y: lat, max_x: lon, max_y: lat, offset: number });
        Ok(())
    }

    /// Whether all features can be found by where they are.
    fn is_indexed(&self) -> bool {
        self.placed == self.nodes.len() && self.placed > 0
    }

    fn header(&self, extent: &NodeItem) -> Vec<u8> {
        let mut builder = FlatBufferBuilder::new();
        let columns: Vec<_> = self
            .rows
            .columns()
            .iter()
            .map(|column| {
                let name = Some(builder.create_string(column.name));
                let type_ = match column.holds {
                    Type::Text => ColumnType::String,
                    Type::Integer => ColumnType::Long,
                    Type::Real => ColumnType::Double,
                    Type::Boolean => ColumnType::Bool,
                    Type::Timestamp => ColumnType::DateTime,
                };
                Column::create(&mut builder, &ColumnArgs { name, type_, ..ColumnArgs::default() })
            })
            .collect();
        let columns = Some(builder.create_vector(&columns));
        let org = Some(builder.create_string("EPSG"));
        let crs = Some(Crs::create(&mut builder, &CrsArgs { org, code: WGS_84, ..CrsArgs::default() }));
        let sides = [extent.min_x, extent.min_y, extent.max_x, extent.max_y];
        let envelope = self.is_indexed().then(|| builder.create_vector(&sides));
        let header = HeaderArgs {
            name: Some(builder.create_string(self.rows.as_str())),
            description: Some(builder.create_string(ATTRIBUTION)),
            metadata: Some(builder.create_string(&self.about)),
            geometry_type: GeometryType::Point,
            features_count: self.nodes.len() as u64,
            index_node_size: if self.is_indexed() { PackedRTree::DEFAULT_NODE_SIZE } else { 0 },
            envelope,
            columns,
            crs,
            ..HeaderArgs::default()
        };
        let header = Header::create(&mut builder, &header);
        builder.finish_size_prefixed(header, None);
        builder.finished_data().to_vec()
    }

    fn write(mut self) -> io::Result<W> {
        let extent = calc_extent(&self.nodes);
        self.out.write_all(&MAGIC)?;
        let header = self.header(&extent);
        self.out.write_all(&header)?;
        let mut aside = self.aside.into_inner().map_err(io::IntoInnerError::into_error)?;
        if self.placed != self.nodes.len() || self.placed == 0 {
            aside.rewind()?;
            io::copy(&mut aside, &mut self.out)?;
            return Ok(self.out);
        }
        hilbert_sort(&mut self.nodes, &extent);
        let order: Vec<u64> = self.nodes.iter().map(|node| node.offset).collect();
        // The index wants of each feature how many bytes there are before it.
        let mut offset = 0;
        for node in &mut self.nodes {
            let (start, end) = span(&self.starts, node.offset);
            node.offset = offset;
            offset += end - start;
        }
        let tree = PackedRTree::build(&self.nodes, &extent, PackedRTree::DEFAULT_NODE_SIZE);
        tree.map_err(io::Error::other)?.stream_write(&mut self.out)?;
        let mut feature = Vec::new();
        for number in order {
            let (start, end) = span(&self.starts, number);
            feature.resize(usize::try_from(end - start).unwrap_or(usize::MAX), 0);
            aside.seek(SeekFrom::Start(start))?;
            aside.read_exact(&mut feature)?;
            self.out.write_all(&feature)?;
        }
        Ok(self.out)
    }
}

/// Where a feature begins and ends.
fn span(starts: &[u64], number: u64) -> (u64, u64) {
    let at = |number: u64| {
        usize::try_from(number).ok().and_then(|number| starts.get(number)).copied().unwrap_or(0)
    };
    (at(number), at(number + 1))
}

/// A value under the number of its column; null is nothing at all.
fn property(properties: &mut Vec<u8>, column: u16, value: Value<'_>) {
    if value == Value::Null {
        return;
    }
    properties.extend(column.to_le_bytes());
    match value {
        Value::Null => {}
        Value::Text(text) => {
            properties.extend(u32::try_from(text.len()).unwrap_or(u32::MAX).to_le_bytes());
            properties.extend(text.as_bytes());
        }
        Value::Integer(number) => properties.extend(number.to_le_bytes()),
        Value::Real(number) => properties.extend(number.to_le_bytes()),
        Value::Boolean(yes) => properties.push(u8::from(yes)),
    }
}

impl<W: Write> Form<W> for Features<W> {
    fn line(&mut self, line: &Line<'_>) -> io::Result<()> {
        self.feature(line)
    }

    /// Nothing is known of the file before its end.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<W> {
        self.write()
    }
}
