//! The tables among what is opened, and those that a problem speaks of, so that a person can be asked about their columns.
//! In folders a file's name tells what it is; of a file that was named itself, the first bytes do. Archives stay closed.

use std::fs::File;
use std::path::{Path, PathBuf};

use super::articles::NO_TEXT;
use super::layout::{NO_COLUMN, NO_WORDS};
use crate::ingest::format::Format;
use crate::ingest::walk::entries;
use crate::ingest::{content, urls};
use crate::model::Problem;

/// Entries of a folder that are looked at: who opens a disk does not wait for the table at its end.
const LOOKED_AT: usize = 200_000;

/// A table on a disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the folder in which it was found, or the file's name.
    pub name: String,
}

/// The first tables among files and folders, at most `most`, in the order in which they are read. What cannot be read is
/// none.
///
/// ```
/// # use std::fs;
/// use dateline::ingest::table;
/// let folder = tempfile::tempdir()?;
/// fs::create_dir(folder.path().join("may"))?;
/// fs::write(folder.path().join("may/news.csv"), "title,text\n")?;
/// fs::write(folder.path().join("notes.txt"), "It rained.\n")?;
/// let found = table::found(&[folder.path().to_owned()], 10);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].name, "may/news.csv");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn found(inputs: &[PathBuf], most: usize) -> Vec<Found> {
    inputs.iter().flat_map(|input| within(input)).take(most).collect()
}

/// The tables in one input.
fn within(input: &Path) -> Box<dyn Iterator<Item = Found>> {
    if !input.is_dir() {
        let named = input.is_file() && is_table(input);
        return Box::new(
            named.then(|| Found { path: input.to_owned(), name: name(input, None) }).into_iter(),
        );
    }
    let root = input.to_owned();
    let files = entries(input).take(LOOKED_AT).filter_map(Result::ok);
    let tables = files.filter(|entry| entry.file_type().is_file() && has_tables(Format::of(entry.path())));
    Box::new(tables.map(move |entry| {
        let path = entry.into_path();
        Found { name: name(&path, Some(&root)), path }
    }))
}

fn has_tables(format: Format) -> bool {
    matches!(format, Format::Csv | Format::Spreadsheet | Format::Parquet)
}

fn is_table(path: &Path) -> bool {
    let format = |mut file: File| content::format(Format::of(path), &mut file);
    matches!(File::open(path).and_then(format), Ok(Ok(format)) if has_tables(format))
}

fn name(path: &Path, root: Option<&Path>) -> String {
    let below = root.and_then(|root| path.strip_prefix(root).ok());
    below.unwrap_or_else(|| Path::new(path.file_name().unwrap_or(path.as_os_str()))).display().to_string()
}

/// The file of a problem that another choice of columns may solve: no column holds text, or one that was told is not
/// there. None for every other problem, and for tables that lie in an archive, in a letter, or on the web.
///
/// ```
/// use dateline::{ingest::table, model::Problem};
/// let problem = |place: &str, reason: &str| Problem { place: place.to_owned(), reason: reason.to_owned() };
/// let without = problem("news.ods#Sheet1", "none of its columns holds text: “a”, “b”");
/// assert_eq!(table::concerned(&without), Some("news.ods".into()));
/// assert_eq!(table::concerned(&problem("news.ods", "there is no such file or folder")), None);
/// ```
pub fn concerned(problem: &Problem) -> Option<PathBuf> {
    let Problem { place, reason } = problem;
    if ![NO_WORDS, NO_COLUMN, NO_TEXT].iter().any(|begin| reason.starts_with(begin)) {
        return None;
    }
    // "news.xlsx#Sheet1": a file's name may have such a sign, too.
    let files = place.match_indices('#').filter_map(|(at, _)| place.get(..at));
    let workbook = files.into_iter().find(|file| Format::of(Path::new(file)) == Format::Spreadsheet);
    let path = PathBuf::from(workbook.unwrap_or(place));
    let holds_files = |path: &Path| {
        use Format::{Gzip, Mail, Mbox, Tar, Zip};
        matches!(Format::of(path), Zip | Tar | Gzip | Mail | Mbox)
    };
    let inside = path.ancestors().any(|above| above.file_name().is_some() && holds_files(above));
    (!inside && urls::address(&path).is_none()).then_some(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_names_the_file_whose_columns_can_be_chosen() {
        let check = |place: &str, reason: &str, expected: Option<&str>| {
            let problem = Problem { place: place.to_owned(), reason: reason.to_owned() };
            assert_eq!(concerned(&problem), expected.map(PathBuf::from), "{place}: {reason}");
        };
        check("a/news.csv", "none of its columns holds text: “a”", Some("a/news.csv"));
        check("a/no#1.csv", "it has no column “b”; its columns are “a”", Some("a/no#1.csv"));
        check("no#1.xlsx#Sheet#2", NO_TEXT, Some("no#1.xlsx"));
        check("a/press.zip/news.csv", NO_WORDS, None);
        check("a/news.csv.gz", NO_WORDS, None);
        check("https://example.org/news.csv", NO_WORDS, None);
        check("a/news.csv", "empty: there is no row in it", None);
    }

    #[test]
    fn tables_are_found_by_name_in_folders_and_by_content_where_they_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::write(at("b.csv"), "title,text\n").unwrap();
        std::fs::write(at("a.tsv"), "title\ttext\n").unwrap();
        std::fs::write(at(".hidden.csv"), "title,text\n").unwrap();
        std::fs::write(at("list.txt"), "title,text\nRain,It rained.\n").unwrap();
        let check = |inputs: &[PathBuf], most: usize, expected: &[&str]| {
            let names: Vec<String> = found(inputs, most).into_iter().map(|found| found.name).collect();
            assert_eq!(names, expected);
        };
        check(&[folder.path().to_owned()], 9, &["a.tsv", "b.csv"]);
        check(&[folder.path().to_owned()], 1, &["a.tsv"]);
        check(&[at("list.txt"), at("b.csv"), at("none.csv")], 9, &["list.txt", "b.csv"]);
    }
}
