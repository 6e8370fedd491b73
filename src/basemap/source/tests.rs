//! Tile files made byte by byte, whole and damaged.

use std::io::Write;
use std::path::PathBuf;

use flate2::Compression;
use flate2::write::GzEncoder;
use rusqlite::Connection;
use tempfile::TempDir;

use super::*;
use crate::basemap::picture::tests::quarters;
use crate::basemap::vector::make::{Make, tile};

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

fn at(z: u8, x: u32, y: u32) -> TileId {
    TileId { z, x, y }
}

/// A database of tiles, with rows as the format counts them.
fn mbtiles(folder: &TempDir, metadata: &[(&str, &str)], tiles: &[(TileId, Vec<u8>)]) -> PathBuf {
    let path = folder.path().join("made.mbtiles");
    let database = Connection::open(&path).unwrap();
    database
        .execute_batch(
            "CREATE TABLE metadata (name text, value text);
             CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, tile_data blob);
             CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row);",
        )
        .unwrap();
    for pair in metadata {
        database.execute("INSERT INTO metadata VALUES (?1, ?2)", *pair).unwrap();
    }
    for (tile, bytes) in tiles {
        let row = (1 << tile.z) - 1 - tile.y;
        database.execute("INSERT INTO tiles VALUES (?1, ?2, ?3, ?4)", (tile.z, tile.x, row, bytes)).unwrap();
    }
    path
}

fn varint(mut number: u64, into: &mut Vec<u8>) {
    while number >= 0x80 {
        into.push(number as u8 | 0x80);
        number >>= 7;
    }
    into.push(number as u8);
}

/// A directory of entries: number, length, offset, and how many tiles it stands for (0: another directory).
fn directory(entries: &[(u64, usize, usize, u64)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    varint(entries.len() as u64, &mut bytes);
    let mut before = 0;
    for entry in entries {
        varint(entry.0 - before, &mut bytes);
        before = entry.0;
    }
    entries.iter().for_each(|entry| varint(entry.3, &mut bytes));
    entries.iter().for_each(|entry| varint(entry.1 as u64, &mut bytes));
    entries.iter().for_each(|entry| varint(entry.2 as u64 + 1, &mut bytes));
    bytes
}

/// The bytes of a PMTiles file whose root leads to one other directory with all its tiles.
fn pmtiles_bytes(kind: u8, zooms: (u8, u8), metadata: &str, tiles: &[(TileId, Vec<u8>)]) -> Vec<u8> {
    let number = |tile: &TileId| {
        ::pmtiles::TileId::from(::pmtiles::TileCoord::new(tile.z, tile.x, tile.y).unwrap()).value()
    };
    let mut tiles: Vec<_> = tiles.iter().map(|(tile, bytes)| (number(tile), bytes)).collect();
    tiles.sort();
    let mut content = Vec::new();
    let mut entries = Vec::new();
    for (number, bytes) in tiles {
        entries.push((number, bytes.len(), content.len(), 1));
        content.extend_from_slice(bytes);
    }
    let leaf = gzip(&directory(&entries));
    let root = gzip(&directory(&[(entries.first().map_or(0, |entry| entry.0), leaf.len(), 0, 0)]));
    let metadata = gzip(metadata.as_bytes());
    let mut bytes = b"PMTiles\x03".to_vec();
    let mut offset = 127;
    for length in [root.len(), metadata.len(), leaf.len(), content.len()] {
        bytes.extend((offset as u64).to_le_bytes());
        bytes.extend((length as u64).to_le_bytes());
        offset += length;
    }
    (0..3).for_each(|_| bytes.extend((entries.len() as u64).to_le_bytes()));
    bytes.extend([1, 2, 2, kind, zooms.0, zooms.1]);
    for degrees in [-180.0, -85.0, 180.0, 85.0_f64] {
        bytes.extend(((degrees * 1e7) as i32).to_le_bytes());
    }
    bytes.extend([0; 9]);
    assert_eq!(bytes.len(), 127);
    [bytes, root, metadata, leaf, content].concat()
}

fn written(folder: &TempDir, name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    path
}

fn roads() -> Vec<u8> {
    tile(&[Make::layer("roads", &[Make::line(&[[0, 0], [4096, 4096]], &[("kind", "highway")])])])
}

#[test]
fn a_database_of_tiles_tells_of_itself_and_counts_from_the_south() {
    let folder = tempfile::tempdir().unwrap();
    let metadata = [
        ("name", "Town &amp; country"),
        ("attribution", "&copy; <a href='https://example.org'>Somebody</a>"),
        ("bounds", "-10,-20,30,40"),
        ("maxzoom", "1"),
        ("minzoom", "0"),
    ];
    let tiles = [(at(0, 0, 0), quarters(256)), (at(1, 1, 0), quarters(256))];
    let source = Source::open(&mbtiles(&folder, &metadata, &tiles)).unwrap();
    assert_eq!(
        *source.about(),
        About {
            title: "Town & country".to_owned(),
            attribution: "© Somebody".to_owned(),
            format: Format::Raster,
            zooms: (0, 1),
            bounds: Some(Bbox { west: -10.0, south: -20.0, east: 30.0, north: 40.0 }),
            side: 256,
        }
    );
    assert_eq!(source.tile(at(1, 1, 0)), Ok(Found::Tile(quarters(256))));
    assert_eq!(source.tile(at(1, 1, 1)), Ok(Found::Nothing));
    assert_eq!(source.tile(at(2, 0, 0)), Ok(Found::Nothing));
}

#[test]
fn a_database_that_says_nothing_is_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = [(at(3, 1, 2), gzip(&roads())), (at(5, 1, 2), gzip(&roads()))];
    let source = Source::open(&mbtiles(&folder, &[], &tiles)).unwrap();
    let about = source.about();
    assert_eq!((about.format, about.zooms, about.side), (Format::Vector, (3, 5), 512));
    assert_eq!(source.tile(at(3, 1, 2)), Ok(Found::Tile(roads())));
}

#[test]
fn a_file_of_numbered_tiles_is_read_through_its_directories() {
    let folder = tempfile::tempdir().unwrap();
    let metadata = r#"{"name": "World", "attribution": "<b>Natural</b> Earth"}"#;
    let tiles = [(at(0, 0, 0), gzip(&roads())), (at(1, 0, 1), roads()), (at(4, 7, 9), gzip(&roads()))];
    let path = written(&folder, "made.pmtiles", &pmtiles_bytes(1, (0, 4), metadata, &tiles));
    let source = Source::open(&path).unwrap();
    let about = source.about();
    assert_eq!((about.title.as_str(), about.attribution.as_str()), ("World", "Natural Earth"));
    assert_eq!((about.format, about.zooms, about.side), (Format::Vector, (0, 4), 512));
    for (tile, _) in tiles {
        assert_eq!(source.tile(tile), Ok(Found::Tile(roads())), "{tile:?}");
    }
    assert_eq!(source.tile(at(4, 7, 8)), Ok(Found::Nothing));
    assert_eq!(source.tile(at(9, 7, 8)), Ok(Found::Nothing));
}

#[test]
fn pictures_tell_how_large_they_are_meant() {
    let folder = tempfile::tempdir().unwrap();
    let check = |pixels: u32, expected: u32| {
        let bytes = pmtiles_bytes(2, (0, 0), "{}", &[(at(0, 0, 0), quarters(pixels))]);
        let source = Source::open(&written(&folder, "made.pmtiles", &bytes)).unwrap();
        assert_eq!(source.about().side, expected);
    };
    check(256, 256);
    check(512, 512);
}

#[test]
fn what_is_no_tile_file_is_refused_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let check = |bytes: &[u8], expected: &str| {
        let path = written(&folder, "other", bytes);
        let problem = Source::open(&path).err().expect(expected);
        assert_eq!(problem.place, path.display().to_string());
        assert!(problem.reason.contains(expected), "{}", problem.reason);
    };
    check(b"", "neither PMTiles nor MBTiles");
    check(b"{\"type\": \"FeatureCollection\"}", "neither PMTiles nor MBTiles");
    let mut second = pmtiles_bytes(1, (0, 0), "{}", &[]);
    second[7] = 4;
    check(&second, "is not 3");
    check(b"PM\x02\0", "is not 3");
    check(b"PMTiles\x03and so on", "damaged");
    check(b"SQLite format 3\0and so on", "damaged");
    check(&pmtiles_bytes(5, (0, 0), "{}", &[]), "AVIF");
    check(&pmtiles_bytes(1, (5, 2), "{}", &[]), "farthest level");
    let empty = mbtiles(&folder, &[], &[]);
    assert!(Source::open(&empty).err().unwrap().reason.contains("holds no tiles"));
    let other = folder.path().join("other.mbtiles");
    Connection::open(&other).unwrap().execute_batch("CREATE TABLE people (name text)").unwrap();
    assert!(Source::open(&other).err().unwrap().reason.contains("not of tiles"));
    let gone = Source::open(&folder.path().join("none.pmtiles")).err().unwrap();
    assert_eq!(gone.reason, "there is no file at this path");
}

#[test]
fn a_tile_that_grows_without_end_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let bomb = gzip(&vec![0; LARGEST + 1]);
    assert!(bomb.len() < LARGEST / 100);
    let path = written(&folder, "bomb.pmtiles", &pmtiles_bytes(1, (0, 0), "{}", &[(at(0, 0, 0), bomb)]));
    assert!(Source::open(&path).unwrap().tile(at(0, 0, 0)).unwrap_err().contains("larger than"));
}

/// Looks at everything that can be looked at.
fn look(path: &std::path::Path) {
    if let Ok(source) = Source::open(path) {
        for tile in [at(0, 0, 0), at(1, 0, 1), at(4, 7, 9), at(24, 0, 0), at(3, 900, 900)] {
            let _ = source.tile(tile);
        }
    }
}

#[test]
fn damaged_files_never_do_more_than_fail() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = [(at(0, 0, 0), gzip(&roads())), (at(1, 0, 1), roads()), (at(4, 7, 9), gzip(&roads()))];
    let whole = pmtiles_bytes(1, (0, 4), "{}", &tiles);
    for end in (0..whole.len()).step_by(7) {
        look(&written(&folder, "cut.pmtiles", &whole[..end]));
    }
    for index in 0..whole.len() {
        for damage in [0xFF, 0x01, 0x80] {
            let mut damaged = whole.clone();
            damaged[index] ^= damage;
            look(&written(&folder, "damaged.pmtiles", &damaged));
        }
    }
    let whole = std::fs::read(mbtiles(&folder, &[("maxzoom", "4")], &tiles)).unwrap();
    for index in (0..whole.len()).step_by(41) {
        let mut damaged = whole.clone();
        damaged[index] ^= 0xFF;
        look(&written(&folder, "damaged.mbtiles", &damaged));
        look(&written(&folder, "cut.mbtiles", &whole[..index]));
    }
}

#[test]
fn a_picture_with_shapes_over_it_is_drawn_anew_at_every_size() {
    use std::sync::Arc;

    use crate::basemap::{Basemap, Ground, Lain, Order, Overlay, Style};

    let folder = tempfile::tempdir().unwrap();
    let mut opaque = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(256, 256, image::Rgb([9, 90, 9]));
    picture.write_to(&mut opaque, image::ImageFormat::Png).unwrap();
    let path = mbtiles(&folder, &[("format", "png")], &[(at(0, 0, 0), opaque.into_inner())]);
    let source = Arc::new(Source::open(&path).unwrap());
    let ground = Ground::new(Arc::new(Basemap::embedded().unwrap()), Some(source));
    let order = Order { tile: at(0, 0, 0), style: Style::LIGHT, pixels: 512, hundredths: 100 };
    assert!(ground.draw(&order).fixed);
    let line = br#"{"type": "LineString", "coordinates": [[-90, 0], [90, 0]]}"#;
    let overlay = Arc::new(Overlay::read(line).unwrap());
    let under = ground.clone().under([Lain { overlay, colour: 0 }].into());
    assert!(!under.draw(&order).fixed);
    assert!(under.is_same(&under.clone()) && !under.is_same(&ground));
}
