//! PMTiles files: one file, read where a tile lies.
//! Read through the file and not through a map of its memory: a file that shrinks while it is open is then an
//! error and not the end of the program.

use std::collections::HashMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use ::pmtiles::{
    AsyncBackend, AsyncPmTilesReader, BackendResponse, Compression, DirEntry, Directory, DirectoryCache,
    PmtError, PmtResult, TileCoord, TileType,
};

use super::{About, Format, Found, LARGEST, metadata, side_of, unpack};
use crate::basemap::TileId;

/// Directories kept unpacked. One is at most some hundred kilobytes, and a view needs two or three.
const DIRECTORIES: usize = 64;

/// An open PMTiles file.
pub struct PmTiles {
    reader: AsyncPmTilesReader<Handle, Directories>,
    /// Runs the reader's futures to their end on the thread that asks; none of them ever waits.
    runtime: tokio::runtime::Runtime,
    about: About,
}

impl PmTiles {
    pub(super) fn open(path: &Path) -> Result<PmTiles, String> {
        let file = File::open(path).map_err(|error| format!("cannot be read: {error}"))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .map_err(|error| format!("cannot be read: {error}"))?;
        let opened =
            AsyncPmTilesReader::try_from_cached_source(Handle(Mutex::new(file)), Directories::default());
        let reader = runtime.block_on(opened).map_err(|error| told(&error))?;
        let header = reader.get_header();
        if header.spec_version() != 3 {
            return Err(told(&PmtError::UnsupportedPmTilesVersion));
        }
        let format = match header.tile_type {
            TileType::Mvt => Format::Vector,
            TileType::Png | TileType::Jpeg | TileType::Webp => Format::Raster,
            TileType::Avif => return Err("its tiles are AVIF, which cannot be shown".to_owned()),
            TileType::Mlt => return Err("its tiles are MapLibre tiles, which cannot be shown".to_owned()),
            TileType::Unknown => return Err("it does not say what its tiles are".to_owned()),
        };
        if !matches!(header.tile_compression, Compression::None | Compression::Gzip | Compression::Unknown) {
            return Err(format!(
                "its tiles are packed with {:?}, which cannot be read",
                header.tile_compression
            ));
        }
        let zooms = (header.min_zoom, header.max_zoom.min(24));
        if zooms.0 > zooms.1 {
            return Err("its farthest level is nearer than its nearest".to_owned());
        }
        let box_of = [header.min_longitude, header.min_latitude, header.max_longitude, header.max_latitude];
        let bounds = metadata::bounds(box_of);
        // A file that says nothing more of itself is a map all the same.
        let said = runtime.block_on(reader.get_metadata()).unwrap_or_default();
        let said: serde_json::Value = serde_json::from_str(&said).unwrap_or_default();
        let text =
            |key: &str| metadata::plain(said.get(key).and_then(|value| value.as_str()).unwrap_or_default());
        let (title, attribution) = (text("name"), text("attribution"));
        let mut file = PmTiles {
            about: About { title, attribution, format, zooms, bounds, side: 512 },
            reader,
            runtime,
        };
        if format == Format::Raster {
            let sample = file.tile(middle(&file.about));
            let sample =
                sample.ok().and_then(|found| if let Found::Tile(bytes) = found { Some(bytes) } else { None });
            file.about.side = side_of(sample.as_deref());
        }
        Ok(file)
    }

    pub(super) fn about(&self) -> &About {
        &self.about
    }

    pub(super) fn tile(&self, tile: TileId) -> Result<Found, String> {
        let Ok(coord) = TileCoord::new(tile.z, tile.x, tile.y) else {
            return Ok(Found::Nothing);
        };
        let bytes = self.runtime.block_on(self.reader.get_tile(coord)).map_err(|error| told(&error))?;
        bytes.map_or(Ok(Found::Nothing), |bytes| unpack::unpacked(bytes.to_vec()).map(Found::Tile))
    }
}

/// The tile in the middle of the farthest level.
fn middle(about: &About) -> TileId {
    let z = about.zooms.0;
    let (lat, lon) = about
        .bounds
        .map_or((0.0, 0.0), |area| ((area.south + area.north) / 2.0, (area.west + area.east) / 2.0));
    let [x, y] = crate::model::mercator::project(lat, lon).map(|axis| axis * f64::from(z).exp2());
    TileId { z, x: x as u32, y: y as u32 }
}

/// The reason in words.
fn told(error: &PmtError) -> String {
    match error {
        PmtError::UnsupportedPmTilesVersion => "its version of PMTiles is not 3".to_owned(),
        PmtError::UnsupportedCompression(kind) => format!("it is packed with {kind:?}, which cannot be read"),
        PmtError::Reading(error) => format!("cannot be read: {error}"),
        other => format!("damaged: {other}"),
    }
}

/// The file, read at one place after another.
struct Handle(Mutex<File>);

impl AsyncBackend for Handle {
    async fn read(&self, offset: u64, length: usize) -> PmtResult<BackendResponse> {
        if length > LARGEST {
            return Err(PmtError::InvalidEntry);
        }
        let mut file = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::new();
        Read::by_ref(&mut *file).take(length as u64).read_to_end(&mut bytes)?;
        Ok(BackendResponse::new(bytes.into()))
    }
}

/// The directories met lately, by where they lie.
#[derive(Default)]
struct Directories(Mutex<HashMap<u64, Directory>>);

impl DirectoryCache for Directories {
    async fn get_dir_entry_or_insert(
        &self,
        offset: u64,
        tile: ::pmtiles::TileId,
        fetcher: impl Future<Output = PmtResult<Directory>> + Send,
    ) -> PmtResult<Option<DirEntry>> {
        if let Some(directory) = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&offset) {
            return Ok(directory.find_tile_id(tile).copied());
        }
        let directory = fetcher.await?;
        let entry = directory.find_tile_id(tile).copied();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= DIRECTORIES {
            kept.clear();
        }
        kept.insert(offset, directory);
        Ok(entry)
    }
}
