//! A file to import, plain or within a zip archive, opened as a stream of bytes as often as needed.
//! What it is is told from its content; a name may lie, as the alternate names of a country are called
//! `EG.txt` like its places.

use std::cell::Cell;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use zip::ZipArchive;

use super::intake::ImportError;
use super::recognise::{Kind, recognise};
use super::{Options, encoding};

/// Bytes that are looked at to tell what a source is.
const HEAD: u64 = 64 * 1024;

/// A file to import.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    /// Number of the file within the archive.
    entry: Option<usize>,
    /// What to call it in a report: `EG.zip/EG.txt`.
    pub(super) name: String,
    /// Its name without folder and extension.
    pub(super) stem: String,
    pub(super) kind: Kind,
    /// Bytes on disk.
    length: u64,
}

/// Counts what is read, for progress.
struct Counted<R> {
    inner: R,
    position: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.position.set(self.position.get() + count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Counted<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// Fails when more than so many bytes are read from one setting back of its count to the next: a row or a
/// feature without end takes no more memory than that.
pub(super) struct Limited<R> {
    inner: R,
    count: Rc<Cell<u64>>,
    most: u64,
}

impl<R: Read> Limited<R> {
    /// The reader, and the count to set back to 0 after each row.
    pub(super) fn new(inner: R, most: u64) -> (Rc<Cell<u64>>, Self) {
        let count = Rc::new(Cell::new(0));
        (Rc::clone(&count), Self { inner, count, most })
    }
}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.count.get() > self.most {
            let most = self.most >> 20;
            return Err(io::Error::other(format!(
                "a single row or feature goes on for more than {most} MB; is a quotation mark left open?"
            )));
        }
        let count = self.inner.read(buffer)?;
        self.count.set(self.count.get() + count as u64);
        Ok(count)
    }
}

impl Source {
    /// The file, or those within it that are worth importing where it is an archive.
    pub(super) fn open(path: &Path, options: &Options) -> Result<Vec<Source>, ImportError> {
        let failed = |reason: String| ImportError::Source { path: path.display().to_string(), reason };
        let unreadable = |error: io::Error| failed(error.to_string());
        let mut file = File::open(path).map_err(unreadable)?;
        let length = file.metadata().map_err(unreadable)?;
        if length.is_dir() {
            return Err(failed("it is a folder".to_owned()));
        }
        let source = |entry, within: Option<&str>, length| {
            let named = within.map_or(path, Path::new);
            Source {
                path: path.to_owned(),
                entry,
                name: within.map_or_else(
                    || path.display().to_string(),
                    |within| format!("{}/{within}", path.display()),
                ),
                stem: named.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
                kind: Kind::Table,
                length,
            }
        };
        let mut start = Vec::new();
        file.by_ref().take(4).read_to_end(&mut start).map_err(unreadable)?;
        let mut sources = Vec::new();
        if start == b"PK\x03\x04" {
            for (entry, name, length) in entries(file).map_err(failed)? {
                sources.push(source(Some(entry), Some(&name), length));
            }
        } else {
            sources.push(source(None, None, length.len()));
        }
        for source in &mut sources {
            source.kind = source.recognise(options)?;
        }
        Ok(sources)
    }

    fn recognise(&self, options: &Options) -> Result<Kind, ImportError> {
        self.bytes(Rc::default(), |reader| {
            let mut head = Vec::new();
            reader.take(HEAD).read_to_end(&mut head).map_err(|error| self.failed(error.to_string()))?;
            recognise(&head, options).map_err(|reason| self.failed(reason))
        })
    }

    pub(super) fn length(&self) -> u64 {
        self.length
    }

    fn failed(&self, reason: String) -> ImportError {
        ImportError::Source { path: self.name.clone(), reason }
    }

    /// Hands its bytes to `work`, in UTF-8 where it is of a kind that may come in other encodings.
    pub(super) fn read<T>(
        &self,
        position: Rc<Cell<u64>>,
        work: impl FnOnce(&mut dyn Read) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        if !self.kind.may_be_encoded() {
            return self.bytes(position, work);
        }
        let found =
            self.bytes(Rc::default(), |reader| encoding::find(reader).map_err(|reason| self.failed(reason)))?;
        self.bytes(position, |reader| work(&mut encoding::Decoded::new(reader, found)))
    }

    fn bytes<T>(
        &self,
        position: Rc<Cell<u64>>,
        work: impl FnOnce(&mut dyn Read) -> Result<T, ImportError>,
    ) -> Result<T, ImportError> {
        let file = File::open(&self.path).map_err(|error| self.failed(error.to_string()))?;
        let mut file = Counted { inner: file, position };
        let Some(entry) = self.entry else {
            return work(&mut file);
        };
        // The archive's reader asks for a few bytes at a time.
        let file = io::BufReader::with_capacity(1 << 16, file);
        let mut archive = ZipArchive::new(file).map_err(|error| self.failed(archive_reason(&error)))?;
        let mut entry = archive.by_index(entry).map_err(|error| self.failed(archive_reason(&error)))?;
        work(&mut entry)
    }
}

/// Number, name and packed length of the files in an archive that may be sources.
fn entries(file: File) -> Result<Vec<(usize, String, u64)>, String> {
    let mut archive = ZipArchive::new(io::BufReader::new(file)).map_err(|error| archive_reason(&error))?;
    if archive.file_names().any(|name| name.is_ok_and(|name| name == "[Content_Types].xml")) {
        return Err("it is an office document; save it as CSV and import that".to_owned());
    }
    let mut found = Vec::new();
    for number in 0..archive.len() {
        let entry = archive.by_index_raw(number).map_err(|error| archive_reason(&error))?;
        let name = entry.name().map_err(|error| archive_reason(&error))?;
        if entry.is_file() && may_be_source(&name) {
            found.push((number, name.into_owned(), entry.compressed_size()));
        }
    }
    if found.is_empty() { Err("the archive holds no table and no GeoJSON".to_owned()) } else { Ok(found) }
}

/// Every archive of GeoNames' postal codes and some others hold a readme; a Mac adds folders of its own.
fn may_be_source(name: &str) -> bool {
    let file = name.rsplit('/').next().unwrap_or(name).to_ascii_lowercase();
    let table = ["txt", "csv", "tsv", "tab", "json", "geojson", "jsonl", "ndjson", "geojsonl"];
    let extension = Path::new(&file).extension().and_then(|extension| extension.to_str());
    !name.starts_with("__MACOSX/")
        && !file.starts_with('.')
        && !file.starts_with("readme")
        // The dump of alternate names brings a list of languages along.
        && file != "iso-languagecodes.txt"
        && extension.is_some_and(|extension| table.contains(&extension))
}

fn archive_reason(error: &zip::result::ZipError) -> String {
    format!("the archive is damaged or cut short ({error})")
}
