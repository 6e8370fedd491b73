//! What a person has settled for every run: whether the web may be asked, how many threads work, what is written.
//! One file in the platform's place for such, which the command line and the window read; a flag comes before it.

mod file;

use std::num::NonZeroUsize;
use std::str::FromStr;

pub use file::{SettingsError, SettingsFile};

use crate::export::Format;
use crate::model::Kind;

/// What is settled. What nobody has said is as [`Settings::default`] has it.
///
/// ```
/// let nothing_said = dateline::settings::Settings::default();
/// assert!(!nothing_said.online);
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// Whether addresses on the web may be read.
    pub online: bool,
    /// Articles to work on at once; all processors where nobody has said.
    pub threads: Option<NonZeroUsize>,
    /// The format where neither a flag nor a file's name tells it.
    pub format: Option<Format>,
    /// Kinds of mentions that are written; as the format has it where nobody has said.
    pub kinds: Option<Vec<Kind>>,
}

/// The name of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// [`Settings::online`].
    Online,
    /// [`Settings::threads`].
    Threads,
    /// [`Settings::format`].
    Format,
    /// [`Settings::kinds`].
    Kinds,
}

/// The most threads that can be settled.
const MOST_THREADS: usize = 1024;

impl Key {
    /// Every setting, in the order in which they are shown.
    pub const ALL: [Key; 4] = [Key::Online, Key::Threads, Key::Format, Key::Kinds];

    /// The word in the file and on the command line.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Online => "online",
            Self::Threads => "threads",
            Self::Format => "format",
            Self::Kinds => "kinds",
        }
    }

    /// What it settles, for a person.
    pub const fn means(self) -> &'static str {
        match self {
            Self::Online => "whether web addresses may be read: true or false",
            Self::Threads => "articles to work on at once",
            Self::Format => "format where neither a flag nor the name of a file tells it",
            Self::Kinds => "kinds of mentions to write, separated by commas, or all",
        }
    }
}

impl FromStr for Key {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        let named = Self::ALL.into_iter().find(|key| key.as_str() == name);
        named.ok_or_else(|| {
            let all = Self::ALL.map(Key::as_str).join(", ");
            format!("“{name}” is no setting: there are {all}")
        })
    }
}

impl Settings {
    /// What is settled for a key, in the words that [`Settings::put`] takes; `None` where nobody has said.
    pub fn told(&self, key: Key) -> Option<String> {
        match key {
            Key::Online => self.online.then(|| "true".to_owned()),
            Key::Threads => self.threads.map(|threads| threads.to_string()),
            Key::Format => self.format.map(|format| format.as_str().to_owned()),
            Key::Kinds => self.kinds.as_ref().map(|kinds| names(kinds).join(",")),
        }
    }

    /// Settles something by words, as `name,demonym` for [`Key::Kinds`].
    ///
    /// # Errors
    ///
    /// Where the words mean nothing for this key: why.
    pub fn put(&mut self, key: Key, words: &str) -> Result<(), String> {
        let words = words.trim();
        match key {
            Key::Online => {
                let online = words.parse();
                self.online = online.map_err(|_| format!("“{words}” is neither true nor false"))?;
            }
            Key::Threads => {
                let threads =
                    words.parse().ok().filter(|threads: &NonZeroUsize| threads.get() <= MOST_THREADS);
                let refused = || format!("“{words}” is no number from 1 to {MOST_THREADS}");
                self.threads = Some(threads.ok_or_else(refused)?);
            }
            Key::Format => {
                let all = || Format::ALL.map(Format::as_str).join(", ");
                let format =
                    words.parse().map_err(|_| format!("“{words}” is no format: there are {}", all()))?;
                self.format = Some(format);
            }
            Key::Kinds => self.kinds = Some(kinds(words)?),
        }
        Ok(())
    }
}

/// A list of kinds in words: `name,demonym`, or `all`.
///
/// # Errors
///
/// Where a word is no kind: which, and what there is.
///
/// ```
/// use dateline::model::Kind;
/// assert_eq!(dateline::settings::kinds("name, coordinate"), Ok(vec![Kind::Name, Kind::Coordinate]));
/// assert!(dateline::settings::kinds("nouns").is_err());
/// ```
pub fn kinds(list: &str) -> Result<Vec<Kind>, String> {
    let kind = |name: &str| match name {
        "all" => Ok(Kind::ALL.to_vec()),
        name => {
            Kind::ALL.into_iter().find(|kind| kind.as_str() == name).map(|kind| vec![kind]).ok_or_else(|| {
                format!("“{name}” is no kind: choose name, demonym, embedded, coordinate or all")
            })
        }
    };
    let kinds: Result<Vec<_>, _> = list.split(',').map(str::trim).map(kind).collect();
    Ok(kinds?.concat())
}

fn names(kinds: &[Kind]) -> Vec<&'static str> {
    kinds.iter().map(|kind| kind.as_str()).collect()
}
