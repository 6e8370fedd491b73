//! What a project tells about itself: who began it and when, and what made the results in it.
//! Written as JSON with names, so that a later version can add to it.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// What made results: another model or another gazetteer finds other things.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Made {
    /// Version of the program.
    pub program: String,
    /// Version of what is learnt.
    pub model: String,
    /// The gazetteers, the first looked up first.
    pub gazetteers: Vec<String>,
}

/// What a project tells about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct About {
    /// By which it is known in every copy: 16 hexadecimal digits.
    pub id: String,
    /// When it was begun, seconds since 1970.
    pub created: i64,
    /// Who began it.
    pub author: String,
    /// What made its first results.
    pub made: Made,
    /// The files and folders that its articles were read from, as they are told to people.
    pub read: String,
}

impl About {
    /// A project that is begun now, under a new id, with articles from there.
    pub fn new(read: impl Into<String>, author: impl Into<String>) -> About {
        let id = format!("{:016x}", any_number());
        About { id, created: now(), author: author.into(), made: Made::default(), read: read.into() }
    }
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

/// A number that no other copy of a project comes upon: the standard library's keys for hashing are the system's
/// random numbers.
pub(super) fn any_number() -> u64 {
    let mut hasher = RandomState::new().build_hasher();
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    hasher.write_u128(since.as_nanos());
    hasher.write_u32(std::process::id());
    hasher.finish()
}
