//! The file of settings: TOML, read whole, written aside and renamed.
//! Comments, order, and keys that this version does not know stay as they are; such keys and values that mean nothing
//! are named, and settle nothing.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use toml_edit::{Array, DocumentMut, Item, Value, value};

use super::{Key, Settings, kinds, names};
use crate::export::{TargetFile, WriteError};
use crate::model::Problem;

/// A file of settings that is larger than this is none, bytes.
const LARGEST: u64 = 1 << 20;

/// Why settings could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The system names no folder for settings.
    #[error("this system has no folder for settings")]
    NoFolder,
    /// The file cannot be read, or is not TOML.
    #[error("{reason}: {}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// What was to be settled means nothing.
    #[error("{key}: {reason}")]
    Meaningless {
        /// The setting.
        key: &'static str,
        /// What is wrong with its value.
        reason: String,
    },
    /// The file could not be written.
    #[error(transparent)]
    Unwritten(#[from] WriteError),
}

/// The settings as they stand in a file, which need not be there yet.
#[derive(Clone, Debug)]
pub struct SettingsFile {
    path: PathBuf,
    document: DocumentMut,
}

impl SettingsFile {
    /// Where the file is: `dateline/config.toml` in the platform's folder for settings.
    ///
    /// # Errors
    ///
    /// On a system without such a folder.
    pub fn place() -> Result<PathBuf, SettingsError> {
        Ok(dirs::config_dir().ok_or(SettingsError::NoFolder)?.join("dateline").join("config.toml"))
    }

    /// Reads the file at [`SettingsFile::place`].
    ///
    /// # Errors
    ///
    /// As [`SettingsFile::open`].
    pub fn at_home() -> Result<Self, SettingsError> {
        Self::open(&Self::place()?)
    }

    /// Reads a file; one that is not there settles nothing.
    ///
    /// # Errors
    ///
    /// Where it is there and cannot be read, or is not TOML.
    pub fn open(path: &Path) -> Result<Self, SettingsError> {
        let path = path.to_owned();
        let text = match read(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
            Err(error) => {
                return Err(SettingsError::Unreadable { path, reason: format!("cannot be read: {error}") });
            }
        };
        match text.parse() {
            Ok(document) => Ok(Self { path, document }),
            Err(error) => {
                let error: toml_edit::TomlError = error;
                let line = error.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
                let reason = error.message().lines().collect::<Vec<_>>().join(", ");
                Err(SettingsError::Unreadable { path, reason: format!("line {line} is not TOML: {reason}") })
            }
        }
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is settled, and what in the file settles nothing.
    pub fn settings(&self) -> (Settings, Vec<Problem>) {
        let (mut settings, mut problems) = (Settings::default(), Vec::new());
        for (name, item) in self.document.iter() {
            let settled = name.parse::<Key>().and_then(|key| settings.put(key, &words(item)?));
            if let Err(reason) = settled {
                problems.push(Problem { place: format!("{}, {name}", self.path.display()), reason });
            }
        }
        (settings, problems)
    }

    /// Whether the file settles this: it says something of it that means something.
    pub fn says(&self, key: Key) -> bool {
        let said = |item| Settings::default().put(key, &words(item)?);
        self.document.get(key.as_str()).is_some_and(|item| said(item).is_ok())
    }

    /// Settles something by words, as [`Settings::put`] takes them.
    ///
    /// # Errors
    ///
    /// Where the words mean nothing for the key.
    pub fn set(&mut self, key: Key, words: &str) -> Result<(), SettingsError> {
        let meaningless = |reason| SettingsError::Meaningless { key: key.as_str(), reason };
        let mut settings = Settings::default();
        settings.put(key, words).map_err(meaningless)?;
        let mut new = match key {
            Key::Online => Value::from(settings.online),
            Key::Threads => Value::from(settings.threads.map_or(1, |threads| threads.get() as i64)),
            Key::Format => Value::from(settings.told(key).unwrap_or_default()),
            Key::Kinds => {
                Value::from(names(&kinds(words).map_err(meaningless)?).into_iter().collect::<Array>())
            }
        };
        match self.document.get_mut(key.as_str()) {
            // What stands beside the value, a comment, stays.
            Some(Item::Value(old)) => {
                *new.decor_mut() = old.decor().clone();
                *old = new;
            }
            _ => {
                self.document.insert(key.as_str(), value(new));
            }
        }
        Ok(())
    }

    /// Settles something no longer; whether it was settled.
    pub fn unset(&mut self, key: Key) -> bool {
        self.document.remove(key.as_str()).is_some()
    }

    /// Writes the file, whole or not at all.
    ///
    /// # Errors
    ///
    /// Where its folder cannot be made or the file not be written.
    pub fn save(&self) -> Result<(), SettingsError> {
        let failed = |error: io::Error| WriteError::new(&self.path, &error);
        if let Some(folder) = self.path.parent() {
            fs::create_dir_all(folder).map_err(failed)?;
        }
        let mut file = TargetFile::create(&self.path)?;
        file.write_all(self.document.to_string().as_bytes()).map_err(failed)?;
        Ok(file.commit()?)
    }
}

fn read(path: &Path) -> io::Result<String> {
    if fs::metadata(path)?.len() > LARGEST {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "it is too large for settings"));
    }
    fs::read_to_string(path)
}

/// A value of the file in the words that settle it.
fn words(item: &Item) -> Result<String, String> {
    let word = |value: &Value| match value {
        Value::String(text) => Some(text.value().clone()),
        Value::Integer(number) => Some(number.value().to_string()),
        Value::Boolean(whether) => Some(whether.value().to_string()),
        _ => None,
    };
    let all = match item {
        Item::Value(Value::Array(array)) => array.iter().map(word).collect::<Option<Vec<_>>>(),
        Item::Value(value) => word(value).map(|word| vec![word]),
        _ => None,
    };
    all.map(|words| words.join(","))
        .ok_or_else(|| "it is neither a word, a number, nor a list of words".to_owned())
}

#[cfg(test)]
mod tests {
    use std::num::NonZeroUsize;

    use proptest::prelude::*;

    use super::*;
    use crate::export::Format;
    use crate::model::Kind;

    fn file(text: &str) -> (tempfile::TempDir, SettingsFile) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a").join("config.toml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let file = SettingsFile::open(&path).unwrap();
        (folder, file)
    }

    #[test]
    fn what_is_said_is_settled_and_the_rest_is_named() {
        let check = |text: &str, expected: Settings, problems: &[&str]| {
            let (settings, found) = file(text).1.settings();
            assert_eq!(settings, expected, "{text}");
            assert_eq!(found.len(), problems.len(), "{found:?}");
            for (problem, part) in found.iter().zip(problems) {
                assert!(format!("{}: {}", problem.place, problem.reason).contains(part), "{problem:?}");
            }
        };
        let none = Settings::default;
        check("", none(), &[]);
        check("online = true", Settings { online: true, ..none() }, &[]);
        check("threads = 3\n", Settings { threads: NonZeroUsize::new(3), ..none() }, &[]);
        check(
            "kinds = ['name', 'demonym']",
            Settings { kinds: Some(vec![Kind::Name, Kind::Demonym]), ..none() },
            &[],
        );
        check("kinds = 'name'", Settings { kinds: Some(vec![Kind::Name]), ..none() }, &[]);
        check(
            "format = 'csv'\ncolour = 1",
            Settings { format: Some(Format::Csv), ..none() },
            &["toml, colour: “colour” is no"],
        );
        check("threads = 0\nformat = 'word'", none(), &["no number from 1", "“word” is no format"]);
        check("[online]\nx = 1\n", none(), &["online: it is neither a word"]);
        check("online = 'perhaps'", none(), &["neither true nor false"]);
    }

    #[test]
    fn what_is_not_toml_is_told_with_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        fs::write(&path, "online = true\nthreads = = 2\n").unwrap();
        let told = SettingsFile::open(&path).unwrap_err().to_string();
        assert!(told.starts_with("line 2 is not TOML") && told.ends_with("config.toml"), "{told}");
        fs::write(&path, [0xff, 0xfe]).unwrap();
        assert!(SettingsFile::open(&path).unwrap_err().to_string().contains("cannot be read"));
    }

    #[test]
    fn comments_and_unknown_keys_stay() {
        let (_folder, mut file) = file("# mine\nonline = false # not yet\ncolour = 'red'\n");
        file.set(Key::Online, "true").unwrap();
        file.set(Key::Kinds, "name, demonym").unwrap();
        file.save().unwrap();
        let expected = "# mine\nonline = true # not yet\ncolour = 'red'\nkinds = [\"name\", \"demonym\"]\n";
        assert_eq!(fs::read_to_string(file.path()).unwrap(), expected);
        assert!(file.unset(Key::Kinds) && !file.unset(Key::Kinds) && file.says(Key::Online));
        assert!(file.set(Key::Threads, "many").unwrap_err().to_string().starts_with("threads: “many”"));
    }

    proptest! {
        #[test]
        fn what_is_set_is_read_again(online: bool, threads in 1usize..1024, format in 0..Format::ALL.len(), kinds in 1usize..16) {
            let kinds: Vec<Kind> = (0..4).filter(|bit| kinds >> bit & 1 == 1).map(|bit| Kind::ALL[bit]).collect();
            let settings = Settings {
                online,
                threads: NonZeroUsize::new(threads),
                format: Some(Format::ALL[format]),
                kinds: Some(kinds),
            };
            let (_folder, mut file) = file("");
            for key in Key::ALL {
                if let Some(words) = settings.told(key) {
                    file.set(key, &words).unwrap();
                }
            }
            file.save().unwrap();
            let (again, problems) = SettingsFile::open(file.path()).unwrap().settings();
            prop_assert!(problems.is_empty());
            prop_assert_eq!(again, settings);
        }

        #[test]
        fn any_bytes_are_settings_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("config.toml");
            fs::write(&path, &bytes).unwrap();
            if let Ok(file) = SettingsFile::open(&path) {
                file.settings();
            }
        }
    }
}
