//! Inputs to files: folders are walked sorted by name, hidden files are passed over.
//! An id is the path relative to the argument it was found under, so moving a folder changes no id.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

use super::format::Format;
use super::open::open;
use super::source::{Source, Steps, one};
use super::{Meter, Options, Stamp, Unopened, content, exported, json, urls};
use crate::model::Problem;

/// Who reads, and how.
#[derive(Clone)]
pub(super) struct Walk {
    pub meter: Arc<Meter>,
    pub options: Arc<Options>,
}

impl Walk {
    pub(super) fn new(options: &Options, meter: &Arc<Meter>) -> Walk {
        Walk { meter: Arc::clone(meter), options: Arc::new(options.clone()) }
    }
}

/// Everything in one argument of the command line.
pub(super) fn input(path: PathBuf, walk: &Walk) -> Steps {
    if path.as_os_str() == "-" {
        return stream(BufReader::new(io::stdin()), "standard input", walk);
    }
    if let Some(address) = urls::address(&path) {
        return urls::fetched(address, &walk.options);
    }
    if path.is_dir() {
        return Box::new(Folder::new(path, walk.clone()));
    }
    // A pipe of the shell's, `<(zcat articles.jsonl.gz)`, has no extension to go by.
    if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
        let name = shown(&path);
        return match File::open(&path) {
            Ok(opened) => stream(BufReader::new(opened), &name, walk),
            Err(error) => one(Err(problem(&name, because(&error)))),
        };
    }
    let id = path.file_name().map_or_else(|| shown(&path), |name| name.to_string_lossy().into_owned());
    // A file that was named is wanted: whatever its extension, it is tried.
    let format = match Format::of(&path) {
        Format::Ignored | Format::Project | Format::Unsupported => Format::Text,
        format => format,
    };
    file(path, id, format, true, walk)
}

/// Most bytes that come without end, where they have to be there before they can be read.
const LONGEST_STREAM: u64 = 4 << 30;

/// Bytes of a stream that are held in memory; more of it lie in an unnamed file meanwhile.
const HELD: usize = 16 << 20;

/// JSON as it comes; anything else as soon as all of it is there.
fn stream(mut reader: impl BufRead + Send + 'static, name: &str, walk: &Walk) -> Steps {
    let start = match reader.fill_buf() {
        Ok(start) => start,
        Err(error) => return one(Err(problem(name, because(&error)))),
    };
    // A pipeline that found nothing hands on nothing, and nothing is wrong with it.
    if start.is_empty() {
        return Box::new(std::iter::empty());
    }
    let format = content::of_head(start);
    let visible = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    if format == Format::Json || format == Format::Text && visible.first() == Some(&b'{') {
        return json::steps(name.to_owned(), name.to_owned(), reader, &walk.options);
    }
    let mut all = tempfile::spooled_tempfile(HELD);
    let copied = io::copy(&mut reader.take(LONGEST_STREAM + 1), &mut all);
    match copied.and_then(|copied| all.seek(SeekFrom::Start(0)).map(|_| copied)) {
        Ok(copied) if copied > LONGEST_STREAM => {
            one(Err(problem(name, format!("longer than {} GiB: too long to be read", LONGEST_STREAM >> 30))))
        }
        Ok(_) => {
            open(Source::new(name.to_owned(), name.to_owned(), Box::new(all), &walk.options), Format::Text)
        }
        Err(error) => one(Err(problem(name, because(&error)))),
    }
}

/// One file in a known format, which a person `named` or which lay in a folder.
fn file(path: PathBuf, id: String, format: Format, named: bool, walk: &Walk) -> Steps {
    let name = shown(&path);
    let opened = match File::open(&path) {
        Ok(opened) => opened,
        Err(error) => return one(Err(problem(&name, because(&error)))),
    };
    let input = Box::new(walk.meter.begin(&name, opened));
    open(Source { named, ..Source::new(id, name, input, &walk.options) }, format)
}

/// One file of a folder. A list of addresses is what it is called; of any other file nobody knew that there was one.
fn found(path: PathBuf, root: &Path, format: Format, walk: &Walk) -> Steps {
    let id = relative(&path, root);
    file(path, id, format, format == Format::Urls, walk)
}

/// What lies in a folder, sorted by name, without what is hidden and what a browser put beside its pages.
pub(super) fn entries(root: &Path) -> impl Iterator<Item = walkdir::Result<DirEntry>> + Send + use<> {
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
    let folder = root.to_owned();
    walk.filter_entry(move |entry| {
        let of_page = || {
            let below = entry.path().strip_prefix(&folder);
            entry.file_type().is_file() && below.is_ok_and(|below| is_of_page(&folder, below))
        };
        entry.depth() == 0 || !is_hidden(entry) && !of_page()
    })
}

/// Whether a file is a script, a frame or a picture that a browser keeps for a page: in `rain_files` beside `rain.html`.
/// Documents that somebody put there are read.
fn is_of_page(folder: &Path, below: &Path) -> bool {
    let is_beside_its_page = |part: &Path| {
        let page = part.file_name().and_then(|name| name.to_str()?.strip_suffix("_files"));
        page.is_some_and(|page| {
            let at = |end: &str| folder.join(part).with_file_name(format!("{page}.{end}"));
            ["html", "htm"].into_iter().any(|end| at(end).is_file())
        })
    };
    let is_document = Format::of(below).is_read_in_folders()
        && Format::of(below) != Format::Html
        && below.extension().is_some()
        && !is_script_of_an_advertisement(below);
    !is_document && below.ancestors().skip(1).any(is_beside_its_page)
}

/// Google's servers call the scripts of advertisements "f.txt", and Chrome keeps them so: "f(1).txt".
fn is_script_of_an_advertisement(path: &Path) -> bool {
    let name = path.file_stem().unwrap_or_default().to_string_lossy();
    let number = name.strip_prefix("f(").and_then(|rest| rest.strip_suffix(')'));
    Format::of(path) == Format::Text
        && (name == "f" || number.is_some_and(|number| number.parse::<u32>().is_ok()))
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
    entry.file_type().is_file() && format_of(entry.path()).is_read_in_folders()
}

/// What a file of a folder is: where its name says nothing, its beginning may.
fn format_of(path: &Path) -> Format {
    let by_content = || content::document(&content::head(File::open(path).ok()?));
    match Format::of(path) {
        Format::Unsupported => by_content().unwrap_or(Format::Unsupported),
        format => format,
    }
}

/// Whether a file is read where a folder that it lies in is.
pub(super) fn is_read_in(folder: &Path, below: &Path) -> bool {
    let hidden = below.iter().any(|part| part.to_string_lossy().starts_with('.'));
    let path = folder.join(below);
    let format = format_of(&path);
    let passed_over = hidden || is_of_page(folder, below);
    !passed_over && format.is_read_in_folders() && !exported::is_ours(&path, format)
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
pub(super) fn within(root: &Path, below: &Path, walk: &Walk) -> Steps {
    let path = root.join(below);
    let format = format_of(&path);
    if exported::is_ours(&path, format) {
        walk.meter.pass_over(shown(&path), EXPORT);
        return Box::new(std::iter::empty());
    }
    found(path, root, format, walk)
}

/// What is passed over in folders: nobody asked for it by name.
const PROJECT: &str = "a project";
const EXPORT: &str = "an export of Dateline’s";

/// A folder's files, one after the other.
struct Folder {
    root: PathBuf,
    walk: Walk,
    entries: Box<dyn Iterator<Item = walkdir::Result<DirEntry>> + Send>,
    /// Extensions that were reported already: a thousand PDF files are one problem, not a thousand.
    reported: BTreeSet<String>,
    current: Option<Steps>,
    found_any: bool,
    done: bool,
}

impl Folder {
    fn new(root: PathBuf, walk: Walk) -> Self {
        let entries = Box::new(entries(&root));
        Self { root, walk, entries, reported: BTreeSet::new(), current: None, found_any: false, done: false }
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
            Format::Ignored | Format::Mentions => None,
            Format::Project => {
                self.walk.meter.pass_over(shown(&path), PROJECT);
                None
            }
            Format::Unsupported => self.report(&path).map(|problem| one(Err(problem))),
            _ => path.strip_prefix(&self.root).ok().map(|below| within(&self.root, below, &self.walk)),
        }
    }

    fn holds(&self, name: &str) -> bool {
        Path::new(name).starts_with(&self.root)
    }

    fn report(&mut self, path: &Path) -> Option<Problem> {
        let extension = path.extension()?.to_string_lossy().to_lowercase();
        let reason = unreadable(&extension, "folder");
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
                    let reason = match self.walk.meter.passed_over().iter().any(|(name, _)| self.holds(name))
                    {
                        true => "there is nothing in this folder but what is read where it is named: name it"
                            .to_owned(),
                        false => "no file in this folder can be read".to_owned(),
                    };
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

/// Why files with an extension are passed over, in a folder or an archive.
pub(super) fn unreadable(extension: &str, place: &str) -> String {
    format!("“.{extension}” files cannot be read; others like it in this {place} are passed over too")
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
    use super::super::Ingested;
    use super::*;

    fn walk() -> Walk {
        Walk { meter: Arc::default(), options: Arc::default() }
    }

    #[test]
    fn standard_input_is_json_lines_or_a_text() {
        let check = |input: &'static [u8], expected: &[&str]| {
            let steps =
                stream(input, "standard input", &walk()).flat_map(Unopened::open).map(|step| match step {
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
