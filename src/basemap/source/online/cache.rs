//! Tiles that were fetched, kept on disk under the rules that came with them.
//! One file a tile, written beside its name and renamed; when all of them are too large together, the oldest go.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_128;

use super::super::LARGEST;

/// The most bytes that are kept.
const MOST: u64 = 256 << 20;

/// A folder of fetched tiles.
#[derive(Debug)]
pub struct TileCache {
    folder: PathBuf,
    most: u64,
    /// Bytes kept, once they were counted.
    size: Mutex<Option<u64>>,
}

/// An answer of a server, with what it said of keeping it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub head: Head,
    pub body: Vec<u8>,
}

/// What is kept of an answer beside its body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Head {
    /// To be told from another address with the same sum.
    pub url: String,
    /// When it came or was last confirmed, seconds of the clock.
    pub seconds: u64,
    pub status: u16,
    pub headers: Vec<(String, String)>,
}

impl TileCache {
    /// The cache in the system's folder for such things; `None` on a system without one.
    pub fn at_home() -> Option<TileCache> {
        dirs::cache_dir().map(|folder| TileCache::new(folder.join("dateline").join("tiles")))
    }

    /// A cache in a folder, which need not be there yet.
    pub fn new(folder: PathBuf) -> TileCache {
        TileCache { folder, most: MOST, size: Mutex::new(None) }
    }

    #[cfg(test)]
    pub(super) fn of_at_most(folder: &Path, most: u64) -> TileCache {
        TileCache { most, ..TileCache::new(folder.to_owned()) }
    }

    /// Bytes that are kept; looks at every file.
    pub fn size(&self) -> u64 {
        let size = self.files().iter().map(|(_, size, _)| size).sum();
        *self.size.lock().unwrap_or_else(PoisonError::into_inner) = Some(size);
        size
    }

    /// Forgets every tile.
    pub fn clear(&self) -> std::io::Result<()> {
        *self.size.lock().unwrap_or_else(PoisonError::into_inner) = None;
        match fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }

    /// The answer that is kept for an address. A damaged one is none.
    pub(super) fn load(&self, url: &str) -> Option<Entry> {
        let path = self.path(url);
        if fs::metadata(&path).ok()?.len() > LARGEST as u64 {
            return None;
        }
        let bytes = fs::read(&path).ok()?;
        let end = bytes.iter().position(|&byte| byte == b'\n')?;
        let head: Head = serde_json::from_slice(&bytes[..end]).ok()?;
        (head.url == url).then(|| Entry { head, body: bytes[end + 1..].to_vec() })
    }

    /// Keeps an answer. A disk that is full or read-only only means that the tile is fetched again another time.
    pub(super) fn store(&self, entry: &Entry) {
        let path = self.path(&entry.head.url);
        match self.write(&path, entry) {
            Ok(written) => self.grown(written),
            Err(error) => log::debug!("{}: not kept: {error}", path.display()),
        }
    }

    fn write(&self, path: &Path, entry: &Entry) -> std::io::Result<u64> {
        let folder = path.parent().unwrap_or(&self.folder);
        fs::create_dir_all(folder)?;
        let head = serde_json::to_vec(&entry.head)?;
        let mut file = tempfile::NamedTempFile::new_in(folder)?;
        file.write_all(&head)?;
        file.write_all(b"\n")?;
        file.write_all(&entry.body)?;
        file.persist(path).map_err(|error| error.error)?;
        Ok((head.len() + 1 + entry.body.len()) as u64)
    }

    /// Lets the oldest go where there is too much.
    fn grown(&self, by: u64) {
        let mut size = self.size.lock().unwrap_or_else(PoisonError::into_inner);
        let known = match *size {
            Some(known) => known + by,
            None => self.files().iter().map(|(_, size, _)| size).sum(),
        };
        *size = Some(known);
        if known <= self.most {
            return;
        }
        let mut files = self.files();
        files.sort();
        let mut left: u64 = files.iter().map(|(_, size, _)| size).sum();
        for (_, bytes, path) in files {
            // A tenth less than the most, so that it is not done for every tile.
            if left <= self.most / 10 * 9 {
                break;
            }
            if fs::remove_file(path).is_ok() {
                left -= bytes;
            }
        }
        *size = Some(left);
    }

    /// Every file: when it was written, its bytes, its path.
    fn files(&self) -> Vec<(SystemTime, u64, PathBuf)> {
        let files = walkdir::WalkDir::new(&self.folder).min_depth(2).max_depth(2).into_iter().flatten();
        let told = files.filter_map(|file| {
            let metadata = file.metadata().ok().filter(fs::Metadata::is_file)?;
            let written = metadata.modified().unwrap_or(SystemTime::UNIX_EPOCH);
            Some((written, metadata.len(), file.into_path()))
        });
        told.collect()
    }

    fn path(&self, url: &str) -> PathBuf {
        let name = format!("{:032x}", xxh3_128(url.as_bytes()));
        self.folder.join(&name[..2]).join(&name[2..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(url: &str, bytes: usize) -> Entry {
        let head = Head { url: url.to_owned(), seconds: 7, status: 200, headers: Vec::new() };
        Entry { head, body: vec![b'\n'; bytes] }
    }

    #[test]
    fn what_is_kept_comes_back_until_it_is_cleared() {
        let folder = tempfile::tempdir().unwrap();
        let cache = TileCache::new(folder.path().join("tiles"));
        assert_eq!((cache.size(), cache.load("a")), (0, None));
        cache.store(&entry("a", 100));
        assert_eq!(cache.load("a"), Some(entry("a", 100)));
        assert_eq!(cache.load("b"), None);
        assert!(cache.size() > 100);
        cache.clear().unwrap();
        assert_eq!((cache.size(), cache.load("a")), (0, None));
        cache.clear().unwrap();
    }

    #[test]
    fn what_is_damaged_is_not_there() {
        let folder = tempfile::tempdir().unwrap();
        let cache = TileCache::new(folder.path().to_owned());
        cache.store(&entry("a", 10));
        for damage in [&b""[..], b"no head", b"{}\nbody", b"\n"] {
            fs::write(cache.path("a"), damage).unwrap();
            assert_eq!(cache.load("a"), None);
        }
    }

    #[test]
    fn it_never_grows_beyond_its_bounds() {
        let folder = tempfile::tempdir().unwrap();
        let cache = TileCache::of_at_most(folder.path(), 20_000);
        for number in 0..60 {
            cache.store(&entry(&number.to_string(), 1000));
        }
        assert!(cache.size() <= 20_000, "{}", cache.size());
        assert!(cache.load("59").is_some());
    }
}
