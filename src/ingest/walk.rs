//! Inputs to files: folders are walked sorted by name, hidden files are passed over.
//! An id is the path relative to the argument it was found under, so moving a folder changes no id.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::{Ingested, Meter, Stamp, Step, Unopened, encoding, jsonl, markdown, text};
use crate::model::Problem;

/// What comes out of one input, lazily.
type Steps = Box<dyn Iterator<Item = Unopened> + Send>;

/// Largest text file that is read whole; a larger one is a database dump, not an article.
const LARGEST: u64 = 256 << 20;

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    JsonLines,
    /// Nothing to read in it, and nobody would expect it: images, fonts, programs.
    Ignored,
    /// A project, which holds the articles of such folders, and is read where it is named.
    Project,
    /// A document in a format that cannot be read.
    Unsupported,
}

/// Formats by extension, in lower case.
const EXTENSIONS: [(Format, &[&str]); 5] = [
    (Format::Text, &["txt", "text", ""]),
    (Format::Markdown, &["md", "markdown", "mdown", "mkd"]),
    (Format::JsonLines, &["jsonl", "ndjson", "json"]),
    (Format::Project, &["dateline"]),
    (
        Format::Ignored,
        &[
            "png", "jpg", "jpeg", "gif", "webp", "svg", "ico", "bmp", "tif", "tiff", "heic", "avif", "mp3",
            "wav", "ogg", "flac", "m4a", "mp4", "mov", "avi", "mkv", "webm", "ttf", "otf", "woff", "woff2",
            "css", "js", "map", "exe", "dll", "so", "o", "class", "pyc", "lock", "bak", "tmp", "swp", "log",
            "ini", "toml", "yaml", "yml", "sh", "py", "rs",
            // Maps, often Dateline's own, written beside the articles, and its projects.
            "geojson", "geojsonl", "geojsons", "dateline",
        ],
    ),
];

fn format_of(path: &Path) -> Format {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    EXTENSIONS
        .iter()
        .find(|(_, extensions)| extensions.contains(&extension.as_str()))
        .map_or(Format::Unsupported, |(format, _)| *format)
}

/// Everything in one argument of the command line.
pub(super) fn input(path: PathBuf, meter: &Arc<Meter>) -> Steps {
    if path.as_os_str() == "-" {
        return stream(BufReader::new(io::stdin()), "standard input");
    }
    if path.is_dir() {
        return Box::new(Folder::new(path, Arc::clone(meter)));
    }
    // A pipe of the shell's, `<(zcat articles.jsonl.gz)`, has no extension to go by.
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        let name = shown(&path);
        return match File::open(&path) {
            Ok(opened) => stream(BufReader::new(opened), &name),
            Err(error) => one(Err(problem(&name, because(&error)))),
        };
    }
    let id = path.file_name().map_or_else(|| shown(&path), |name| name.to_string_lossy().into_owned());
    // A file that was named is wanted: whatever its extension, it is tried.
    let format = match format_of(&path) {
        Format::Ignored | Format::Project | Format::Unsupported => Format::Text,
        format => format,
    };
    file(path, id, format, meter)
}

/// JSON Lines, or one plain text where it does not begin as JSON does.
fn stream(mut reader: impl BufRead + Send + 'static, name: &str) -> Steps {
    let start = match reader.fill_buf() {
        Ok(start) => start,
        Err(error) => return one(Err(problem(name, because(&error)))),
    };
    // A pipeline that found nothing hands on nothing, and nothing is wrong with it.
    if start.is_empty() {
        return Box::new(std::iter::empty());
    }
    let visible = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    if visible.first() == Some(&b'{') {
        return Box::new(jsonl::Reader::new(name.to_owned(), reader));
    }
    one(whole(reader, name).map(|text| as_step(text::article(name, text))))
}

/// One file in a known format.
fn file(path: PathBuf, id: String, format: Format, meter: &Arc<Meter>) -> Steps {
    let name = shown(&path);
    let opened = match File::open(&path) {
        Ok(opened) => opened,
        Err(error) => return one(Err(problem(&name, because(&error)))),
    };
    let opened = meter.begin(&name, opened);
    match format {
        Format::JsonLines => Box::new(jsonl::Reader::new(name, BufReader::new(opened))),
        Format::Markdown => one(whole(opened, &name).map(|text| as_step(markdown::article(&id, text)))),
        _ => one(whole(opened, &name).map(|text| as_step(text::article(&id, text)))),
    }
}

fn as_step(article: crate::model::Article) -> Ingested {
    Ingested::Article(Box::new(article))
}

fn one(step: Step) -> Steps {
    Box::new(std::iter::once(step.into()))
}

/// The whole text of a file.
fn whole(reader: impl Read, name: &str) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    reader.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| problem(name, because(&error)))?;
    if bytes.len() as u64 > LARGEST {
        let size = LARGEST >> 20;
        return Err(problem(name, format!("larger than {size} MiB: too large for one article")));
    }
    let text = encoding::decode(bytes).map_err(|reason| problem(name, reason))?;
    if text.trim().is_empty() {
        return Err(problem(name, "empty: there is no text in it".to_owned()));
    }
    Ok(text)
}

/// What lies in a folder, sorted by name, without what is hidden.
fn entries(root: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> + Send + use<> {
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    walk.filter_entry(|entry| entry.depth() == 0 || !is_hidden(entry))
}

/// How many bytes there are to read in one argument of the command line; `None` where that cannot be known.
pub(super) fn weight(path: &Path) -> Option<u64> {
    if !path.is_dir() {
        return path.metadata().ok().filter(|metadata| metadata.is_file()).map(|metadata| metadata.len());
    }
    let files = entries(path).filter_map(Result::ok).filter(is_read);
    Some(files.filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum())
}

/// Whether it is a file that is read where a folder is.
fn is_read(entry: &DirEntry) -> bool {
    let passed = [Format::Ignored, Format::Project, Format::Unsupported];
    entry.file_type().is_file() && !passed.contains(&format_of(entry.path()))
}

/// What of a folder is read: each file's path below it, its length in bytes, and when it was changed.
pub(super) fn listing(root: &Path) -> Result<BTreeMap<PathBuf, Stamp>, Problem> {
    // A folder that is there and cannot be read is not an empty one.
    std::fs::read_dir(root).map_err(|error| problem(&shown(root), because(&error)))?;
    let files = entries(root).filter_map(Result::ok).filter(is_read);
    let stamped = files.filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let path = entry.path().strip_prefix(root).ok()?.to_owned();
        Some((path, Stamp { bytes: metadata.len(), modified }))
    });
    Ok(stamped.collect())
}

/// Everything in some files of a folder, named by their paths below it, as it comes when the folder is read.
pub(super) fn within(root: &Path, below: &Path, meter: &Arc<Meter>) -> Steps {
    let path = root.join(below);
    let id = relative(&path, root);
    let format = format_of(&path);
    file(path, id, format, meter)
}

/// A folder's files, one after the other.
struct Folder {
    root: PathBuf,
    meter: Arc<Meter>,
    entries: Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>,
    /// Extensions that were reported already: a thousand PDF files are one problem, not a thousand.
    reported: BTreeSet<String>,
    current: Option<Steps>,
    found_any: bool,
    done: bool,
}

impl Folder {
    fn new(root: PathBuf, meter: Arc<Meter>) -> Self {
        let entries = Box::new(entries(&root));
        Self { root, meter, entries, reported: BTreeSet::new(), current: None, found_any: false, done: false }
    }

    /// What a directory entry gives; `None` where it is passed over.
    fn steps(&mut self, entry: walkdir::Result<DirEntry>) -> Option<Steps> {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return Some(one(Err(self.entry_problem(&error)))),
        };
        if !entry.file_type().is_file() {
            return None;
        }
        let path = entry.into_path();
        match format_of(&path) {
            Format::Ignored => None,
            Format::Project => {
                self.meter.pass_over(shown(&path));
                None
            }
            Format::Unsupported => self.report(&path).map(|problem| one(Err(problem))),
            format => {
                let id = relative(&path, &self.root);
                Some(file(path, id, format, &self.meter))
            }
        }
    }

    fn report(&mut self, path: &Path) -> Option<Problem> {
        let extension = path.extension()?.to_string_lossy().to_lowercase();
        let reason =
            format!("“.{extension}” files cannot be read; others like it in this folder are passed over too");
        self.reported.insert(extension).then(|| problem(&shown(path), reason))
    }

    fn entry_problem(&self, error: &walkdir::Error) -> Problem {
        let place = error.path().map_or_else(|| shown(&self.root), shown);
        if error.loop_ancestor().is_some() {
            return problem(&place, "a link that leads back to a folder above it".to_owned());
        }
        let reason = error.io_error().map_or_else(|| error.to_string(), because);
        problem(&place, reason)
    }
}

impl Iterator for Folder {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        loop {
            if let Some(step) = self.current.as_mut().and_then(Iterator::next) {
                self.found_any = true;
                return Some(step);
            }
            self.current = None;
            match self.entries.next() {
                Some(entry) => self.current = self.steps(entry),
                None if self.done || self.found_any => return None,
                None => {
                    self.done = true;
                    let reason = "no file in this folder can be read".to_owned();
                    return Some(Err(problem(&shown(&self.root), reason)).into());
                }
            }
        }
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().to_string_lossy().starts_with('.')
}

/// `path` below `root`, with `/` between its parts on every system.
fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.iter().map(|part| part.to_string_lossy()).collect();
    parts.join("/")
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn problem(place: &str, reason: String) -> Problem {
    Problem { place: place.to_owned(), reason }
}

/// An error of the system in plain words.
pub(super) fn because(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read: permission denied".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => format!("it could not be read: {error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn standard_input_is_json_lines_or_a_text() {
        let check = |input: &'static [u8], expected: &[&str]| {
            let steps = stream(input, "standard input").flat_map(Unopened::open).map(|step| match step {
                Ok(Ingested::Article(article)) => format!("{}: {}", article.id, article.text),
                Ok(Ingested::Geoparsed(_)) => "geoparsed".to_owned(),
                Err(problem) => format!("!{}: {}", problem.place, problem.reason),
            });
            assert_eq!(steps.collect::<Vec<_>>(), expected);
        };
        check(
            b"\xEF\xBB\xBF\n {\"text\":\"In Oslo.\"}\n{\"id\":\"b\",\"text\":\"In Rome.\"}",
            &["standard input:2: In Oslo.", "b: In Rome."],
        );
        check(b"In Oslo.", &["standard input: In Oslo."]);
        check(b" \n", &["!standard input: empty: there is no text in it"]);
        check(b"", &[]);
    }
}
