//! Where tiles come from, beside the basemap inside the program: files of tiles, and servers.
//! The one part of this room that reads files or speaks to a network, and it does neither unless it is asked
//! for a tile; it hands on bytes as they are, and draws nothing.

mod mbtiles;
mod metadata;
pub mod online;
mod pmtiles;
mod unpack;

use std::path::Path;

use super::TileId;
use crate::model::{Bbox, Problem};

use mbtiles::MbTiles;
use online::Online;
use pmtiles::PmTiles;

/// The largest tile that is read, bytes, as it is and unpacked.
const LARGEST: usize = 24 << 20;

/// What the tiles of a source hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Pictures: PNG, JPEG or WebP.
    Raster,
    /// Shapes with what they are (Mapbox Vector Tiles), which are still to be drawn.
    Vector,
}

/// What a source says of itself.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// What it is called; empty where it does not say.
    pub title: String,
    /// Whom it is owed to, as plain text; empty where it does not say.
    pub attribution: String,
    /// What its tiles hold.
    pub format: Format,
    /// The farthest and the nearest level that there are tiles of.
    pub zooms: (u8, u8),
    /// Where there are tiles.
    pub bounds: Option<Bbox>,
    /// Length of a tile's side on the screen, points.
    pub side: u32,
}

/// What a source has for a tile.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// A picture, or an unpacked vector tile.
    Tile(Vec<u8>),
    /// Nothing there.
    Nothing,
    /// It may come: see [`Online::news`].
    Awaited,
}

/// A source that was opened, and stays so.
pub enum Source {
    /// A file in which every tile is found by its number.
    PmTiles(Box<PmTiles>),
    /// A database file with a row for every tile.
    MbTiles(MbTiles),
    /// A server.
    Online(Online),
}

impl Source {
    /// Opens a file of tiles; which kind it is tell its first bytes, not its name.
    pub fn open(path: &Path) -> Result<Source, Problem> {
        let refuse = |reason: String| Problem { place: path.display().to_string(), reason };
        let mut first = [0; 16];
        let read = std::fs::File::open(path).and_then(|mut file| {
            use std::io::Read;
            let mut filled = 0;
            while filled < first.len() {
                match file.read(&mut first[filled..])? {
                    0 => break,
                    more => filled += more,
                }
            }
            Ok(filled)
        });
        match read {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                return Err(refuse("there is no file at this path".to_owned()));
            }
            Err(error) => return Err(refuse(format!("cannot be read: {error}"))),
            Ok(_) => {}
        }
        if first.starts_with(b"PM") {
            PmTiles::open(path).map(|file| Source::PmTiles(Box::new(file))).map_err(refuse)
        } else if first.starts_with(b"SQLite format 3\0") {
            MbTiles::open(path).map(Source::MbTiles).map_err(refuse)
        } else {
            Err(refuse("neither PMTiles nor MBTiles".to_owned()))
        }
    }

    /// What it says of itself.
    pub fn about(&self) -> &About {
        match self {
            Source::PmTiles(file) => file.about(),
            Source::MbTiles(file) => file.about(),
            Source::Online(server) => server.about(),
        }
    }

    /// A tile's bytes; why it cannot be read, without the file's name.
    pub fn tile(&self, tile: TileId) -> Result<Found, String> {
        let (least, most) = self.about().zooms;
        if tile.z < least || tile.z > most {
            return Ok(Found::Nothing);
        }
        match self {
            Source::PmTiles(file) => file.tile(tile),
            Source::MbTiles(file) => file.tile(tile),
            Source::Online(server) => Ok(server.tile(tile)),
        }
    }
}

/// Whether the bytes begin as a picture does that can be decoded.
fn is_picture(bytes: &[u8]) -> bool {
    let webp = bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP");
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") || bytes.starts_with(&[0xFF, 0xD8, 0xFF]) || webp
}

/// Length of the side of a file's tiles on the screen, told by one of them: one of 512 pixels or more is drawn
/// for 512 points, any other for 256.
fn side_of(sample: Option<&[u8]>) -> u32 {
    let size = |bytes: &[u8]| {
        let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
        reader.into_dimensions().ok()
    };
    if sample.and_then(size).is_some_and(|(wide, _)| wide >= 512) { 512 } else { 256 }
}

#[cfg(test)]
mod tests;
