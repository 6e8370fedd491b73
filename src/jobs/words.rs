//! Where the index of a project's words lives between one run of the program and the next: a folder of its own, of
//! which nothing is missed when it is deleted.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Directory;
use tantivy::directory::MmapDirectory;

use crate::explore::Kept;

/// What is written into the folder, so that nothing else is ever deleted from one.
const SIGN: &str = "dateline-words";

/// The index of a project's words in a folder, which is made where there is none. `of` is what the project is known by
/// in every copy. A folder that holds anything else is left alone, and then the index is made anew each time.
pub fn kept_words(folder: PathBuf, of: &str) -> Kept {
    let own = folder.clone();
    let empty = move || {
        let emptied = emptied(&folder).and_then(|()| opened(&folder));
        emptied.inspect_err(|error| log::warn!("the index of words is not kept: {error}")).ok()
    };
    Kept { folder: Arc::new(move || opened(&own).ok()), emptied: Arc::new(empty), of: of.to_owned() }
}

fn opened(folder: &Path) -> io::Result<Box<dyn Directory>> {
    if !folder.join(SIGN).exists() {
        return Err(io::ErrorKind::NotFound.into());
    }
    Ok(Box::new(MmapDirectory::open(folder).map_err(io::Error::other)?))
}

fn emptied(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let sign = folder.join(SIGN);
    if !sign.exists() && fs::read_dir(folder)?.next().is_some() {
        return Err(io::Error::other(format!("there are other files in {}", folder.display())));
    }
    fs::write(&sign, [])?;
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_file() && entry.path() != sign {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::thread;
    use std::time::{Duration, Instant};

    use super::*;
    use crate::explore::{Collection, Index};
    use crate::model::{Article, Geoparsed};

    fn index(folder: &Path, collection: &Collection) -> Index {
        let mut index = Index::default();
        index.begin_kept(kept_words(folder.to_owned(), "a"), collection);
        let begun = Instant::now();
        while index.reach() < collection.len() && begun.elapsed() < Duration::from_secs(60) {
            thread::sleep(Duration::from_millis(5));
        }
        assert_eq!(index.hits("rain ").count(), 300);
        index
    }

    fn files(folder: &Path) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    #[test]
    fn a_folder_is_made_and_taken_up_again() {
        let mut collection = Collection::default();
        for id in 0..300 {
            let article = Article::from_text(id.to_string(), format!("Rain on day {id}."));
            collection.add(Arc::new(Geoparsed { article, ..Geoparsed::default() }));
        }
        let held = tempfile::tempdir().unwrap();
        let folder = held.path().join("own").join("words");
        drop(index(&folder, &collection));
        let first = files(&folder);
        assert!(first.len() > 3, "{first:?}");
        drop(index(&folder, &collection));
        assert_eq!(files(&folder), first, "nothing was made anew");
        fs::remove_dir_all(&folder).unwrap();
        drop(index(&folder, &collection));
        assert!(files(&folder).len() > 3);
        // Somebody else's folder.
        let other = held.path().join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("letter.txt"), "Dear").unwrap();
        drop(index(&other, &collection));
        assert_eq!(files(&other), [other.join("letter.txt")]);
    }
}
