//! The packed basemap file, read in place.
//! Each level of detail is a square grid of cells, each with its share of every layer clipped to it,
//! so that a tile decodes only what it shows; points are deltas in small whole numbers.

use std::borrow::Cow;

use super::clip::Xy;

/// First bytes of the file.
pub(crate) const MAGIC: &[u8; 4] = b"DLBM";
/// Version of the layout.
pub(crate) const VERSION: u32 = 1;
/// Number of levels of detail.
pub(crate) const LEVELS: usize = 3;
/// Sections: the levels, coarse to fine, then the countries.
pub(crate) const SECTIONS: usize = LEVELS + 1;
/// Bytes before the first section.
#[cfg(feature = "assets")]
pub(crate) const HEADER: usize = 8 + SECTIONS * 8;

/// Shape of one level: what the packer and the painter must agree on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Level {
    /// Cells along each side of the world.
    pub grid: u32,
    /// Whole-number steps along each side of a cell.
    pub units: i32,
    /// How far a cell's content reaches over its sides, in those steps.
    pub buffer: i32,
}

/// Natural Earth's 1:110 million, 1:50 million and 1:10 million.
pub(crate) const LEVEL: [Level; LEVELS] = [
    Level { grid: 1, units: 8192, buffer: 64 },
    Level { grid: 8, units: 4096, buffer: 64 },
    Level { grid: 64, units: 8192, buffer: 128 },
];

/// What a run of points stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub(crate) enum Layer {
    /// Ring: dry land.
    Land = 0,
    /// Ring: a lake.
    Lake = 1,
    /// Line: a river.
    River = 2,
    /// Line: a first-level border.
    Division = 3,
    /// Line: a country's border.
    Border = 4,
    /// Line: a border that is not agreed on.
    Disputed = 5,
}

impl Layer {
    fn from_byte(byte: u8) -> Option<Layer> {
        use Layer::*;
        [Land, Lake, River, Division, Border, Disputed].get(usize::from(byte)).copied()
    }
}

/// What can be wrong with a basemap's bytes.
#[derive(Debug, thiserror::Error)]
pub enum BasemapError {
    /// The bytes are not a basemap of this version.
    #[error("not a basemap that this version reads: {0}")]
    Format(&'static str),
}

/// The basemap: embedded in the program, or any bytes of the same format.
#[derive(Clone, Debug)]
pub struct Basemap {
    bytes: Cow<'static, [u8]>,
    sections: [(usize, usize); SECTIONS],
}

/// One ring or line of a cell.
#[derive(Debug)]
pub(crate) struct Feature {
    pub layer: Layer,
    /// Least zoom (of a map whose world is 256 points wide at zoom 0) at which it is drawn.
    pub min_zoom: f32,
    /// In the cell's steps from its north-western corner.
    pub points: Vec<[i32; 2]>,
}

impl Basemap {
    /// The basemap inside the program.
    ///
    /// # Errors
    /// [`BasemapError::Format`] if the program was built with an asset of another version.
    pub fn embedded() -> Result<Basemap, BasemapError> {
        Basemap::from_bytes(Cow::Borrowed(include_bytes!(concat!(env!("OUT_DIR"), "/basemap.bin"))))
    }

    /// Reads the header of a packed basemap; the content stays where it is.
    ///
    /// # Errors
    /// [`BasemapError::Format`] when the bytes are something else, of another version, or cut short.
    pub fn from_bytes(bytes: Cow<'static, [u8]>) -> Result<Basemap, BasemapError> {
        if bytes.get(..4) != Some(MAGIC.as_slice()) {
            return Err(BasemapError::Format("it does not begin as one"));
        }
        let word = |at: usize| read_u32(&bytes, at).ok_or(BasemapError::Format("its header is cut short"));
        if word(4)? != VERSION {
            return Err(BasemapError::Format("it is of another version"));
        }
        let mut sections = [(0, 0); SECTIONS];
        for (index, section) in sections.iter_mut().enumerate() {
            let (start, length) = (word(8 + index * 8)? as usize, word(12 + index * 8)? as usize);
            let end = start.checked_add(length).filter(|&end| end <= bytes.len());
            *section = (start, end.ok_or(BasemapError::Format("it is cut short"))?);
        }
        Ok(Basemap { bytes, sections })
    }

    pub(crate) fn section(&self, index: usize) -> &[u8] {
        self.sections.get(index).and_then(|&(start, end)| self.bytes.get(start..end)).unwrap_or(&[])
    }

    /// The features of one cell. Damaged content ends the walk early; it never panics.
    pub(crate) fn cell(&self, level: usize, column: u32, row: u32) -> Features<'_> {
        let section = self.section(level);
        let grid = LEVEL[level].grid;
        let index = (row * grid + column) as usize;
        let table = (grid * grid + 1) as usize * 4;
        let bounds = read_u32(section, index * 4).zip(read_u32(section, index * 4 + 4));
        let bytes = bounds.and_then(|(start, end)| section.get(table + start as usize..table + end as usize));
        Features { bytes: bytes.unwrap_or(&[]) }
    }
}

/// Walks the features of a cell.
pub(crate) struct Features<'a> {
    bytes: &'a [u8],
}

impl Iterator for Features<'_> {
    type Item = Feature;

    fn next(&mut self) -> Option<Feature> {
        let (&[layer, zoom], rest) = self.bytes.split_first_chunk::<2>()?;
        self.bytes = rest;
        let points = read_points(&mut self.bytes)?;
        Some(Feature { layer: Layer::from_byte(layer)?, min_zoom: f32::from(zoom) / 10.0, points })
    }
}

/// A count, then so many points as zigzag deltas, all as variable-length numbers.
pub(crate) fn read_points(bytes: &mut &[u8]) -> Option<Vec<[i32; 2]>> {
    let count = read_varint(bytes)? as usize;
    // A damaged count must not reserve more than the bytes can hold.
    let mut points = Vec::with_capacity(count.min(bytes.len()));
    let mut at = [0i32; 2];
    for _ in 0..count {
        for axis in &mut at {
            *axis = axis.wrapping_add(unzigzag(read_varint(bytes)?));
        }
        points.push(at);
    }
    Some(points)
}

/// The reverse of [`read_points`].
#[cfg(any(test, feature = "assets"))]
pub(crate) fn write_points(points: &[[i32; 2]], out: &mut Vec<u8>) {
    write_varint(points.len() as u32, out);
    let mut at = [0i32; 2];
    for point in points {
        for axis in 0..2 {
            let delta = point[axis] - at[axis];
            write_varint(((delta << 1) ^ (delta >> 31)) as u32, out);
        }
        at = *point;
    }
}

#[cfg(any(test, feature = "assets"))]
fn write_varint(mut value: u32, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn read_varint(bytes: &mut &[u8]) -> Option<u32> {
    let mut value = 0u32;
    for shift in (0..32).step_by(7) {
        let (&byte, rest) = bytes.split_first()?;
        *bytes = rest;
        value |= u32::from(byte & 0x7F) << shift;
        if byte < 0x80 {
            return Some(value);
        }
    }
    None
}

fn unzigzag(value: u32) -> i32 {
    (value >> 1) as i32 ^ -((value & 1) as i32)
}

pub(crate) fn read_u32(bytes: &[u8], at: usize) -> Option<u32> {
    let word = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(word.try_into().ok()?))
}

/// From a cell's steps to the unit square.
pub(crate) fn to_world(level: &Level, column: u32, row: u32, [x, y]: [i32; 2]) -> Xy {
    let (grid, units) = (f64::from(level.grid), f64::from(level.units));
    [(f64::from(column) + f64::from(x) / units) / grid, (f64::from(row) + f64::from(y) / units) / grid]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_come_back_as_they_went() {
        let points = vec![[0, 0], [-64, 8256], [8192, -3], [8191, -3], [1 << 20, -(1 << 20)]];
        let mut bytes = Vec::new();
        write_points(&points, &mut bytes);
        assert_eq!(read_points(&mut bytes.as_slice()), Some(points));
    }

    #[test]
    fn bytes_that_are_no_basemap_are_refused() {
        let check = |bytes: &[u8]| assert!(Basemap::from_bytes(Cow::Owned(bytes.to_vec())).is_err());
        check(b"");
        check(b"PNG and so on");
        check(b"DLBM\x01\0\0\0");
        check(b"DLBM\x09\0\0\0");
    }

    #[test]
    fn cut_or_damaged_content_ends_early() {
        let Ok(whole) = Basemap::embedded() else { panic!("the embedded basemap opens") };
        let full: usize = (0..8).map(|column| whole.cell(1, column, 3).count()).sum();
        assert!(full > 50, "{full} features along the equator");
        assert_eq!(Features { bytes: &[0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 1] }.count(), 0);
    }
}
