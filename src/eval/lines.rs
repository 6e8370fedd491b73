//! JSON Lines with the number of each line, for gold and for predictions.
//! The first line that cannot be read is an error: figures over a part of a corpus would look like figures over
//! the whole of it.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::error::Category;
use serde_json::{Number, Value};

/// Why a file cannot be measured with: the file, the line where there is one, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{place}: {reason}")]
pub struct EvalError {
    place: String,
    reason: String,
}

impl EvalError {
    /// An error of a file as a whole.
    pub(super) fn file(name: &str, reason: impl Into<String>) -> Self {
        Self { place: name.to_owned(), reason: reason.into() }
    }

    /// An error of one line, counted from 1.
    pub(super) fn line(name: &str, number: usize, reason: impl Into<String>) -> Self {
        Self { place: format!("{name}:{number}"), reason: reason.into() }
    }
}

/// What tells an article from the others: a string, or a number taken for one.
#[derive(Deserialize)]
#[serde(untagged, expecting = "“id” is neither a string nor a number")]
pub(super) enum Id {
    Text(String),
    Number(Number),
}

impl Id {
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(number) => number.to_string(),
        }
    }
}

/// What every line holds, with its number; empty lines are passed over.
pub(super) fn read<T: DeserializeOwned>(
    name: &str,
    text: &str,
) -> impl Iterator<Item = Result<(usize, T), EvalError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let numbered = text.split('\n').map(str::trim).enumerate().filter(|(_, line)| !line.is_empty());
    numbered.map(move |(before, line)| {
        let number = before + 1;
        match serde_json::from_str(line) {
            Ok(value) => Ok((number, value)),
            Err(error) => Err(EvalError::line(name, number, because(&error))),
        }
    })
}

/// What only describes, and is passed over where it is not of the type that says something.
pub(super) fn told<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Value::deserialize(deserializer).map(|value| serde_json::from_value(value).ok())
}

/// serde counts lines within what it was given, which is always line 1 here.
fn because(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let reason = text.split(" at line ").next().unwrap_or(&text).replace('`', "\"");
    match error.classify() {
        Category::Eof => "not a whole JSON object: each line must be one".to_owned(),
        Category::Data if error.column() == 0 => reason,
        Category::Data => format!("{reason} at column {}", error.column()),
        Category::Syntax | Category::Io => format!("not JSON: {reason} at column {}", error.column()),
    }
}
