//! JSON of any shape: JSON Lines, a list of objects, one object, or the answer of a service with a list in it.
//! The first bytes tell whether it is read line by line or value by value; either way only one article is held.

mod document;
mod fields;
mod lean;
mod scan;
mod strangers;

use std::borrow::Cow;
use std::io::{BufRead, BufReader};
use std::sync::Arc;

use encoding_rs::UTF_8;

use super::source::{Steps, one};
use super::transcode::Transcoded;
use super::walk::because;
use super::{Options, encoding, jsonl};
use crate::model::Problem;

use document::Document;

pub(super) use fields::{complete, foreign, is_silent};
pub(super) use lean::{MOST_VALUES, value};
pub(super) use strangers::{NO_TEXT, Strangers, Verdict};

/// What services call the list of their articles.
const LISTS: [&str; 17] = [
    "articles", "messages", "results", "items", "docs", "hits", "data", "entries", "news", "stories",
    "posts", "documents", "records", "rows", "response", "value", "feed",
];

/// What they put it into.
const WRAPPERS: [&str; 7] = ["response", "data", "hits", "result", "results", "feed", "articles"];

/// Everything in JSON; `name` is what problems call it.
pub(super) fn steps(
    id: String,
    name: String,
    mut input: impl BufRead + Send + 'static,
    options: &Arc<Options>,
) -> Steps {
    let wide =
        input.fill_buf().map(|start| encoding::unmistakable(start).is_some_and(|found| found != UTF_8));
    let mut input: Box<dyn BufRead + Send> = match wide {
        // Only UTF-16 cannot be cut into lines and values byte by byte.
        Ok(true) => Box::new(BufReader::new(Transcoded::new(input))),
        _ => Box::new(input),
    };
    let start = match input.fill_buf() {
        Ok(start) => start,
        Err(error) => return one(Err(Problem { place: name, reason: because(&error) })),
    };
    match is_document(start) {
        true => Box::new(Document::new(id, name, input, options)),
        false => Box::new(jsonl::Reader::of_file(id, name, input, options)),
    }
}

/// A line or an object as text. In one that is UTF-8 but for a few bytes these are lost; else it is in an older encoding.
pub(super) fn decoded(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let lossy = String::from_utf8_lossy(bytes);
    let lost = lossy.chars().filter(|&c| c == char::REPLACEMENT_CHARACTER).count();
    let whole = lossy.chars().filter(|c| !c.is_ascii()).count() - lost;
    match whole > lost {
        true => Ok(lossy),
        false => encoding::decode(bytes.to_vec()).map(Cow::Owned),
    }
}

/// Whether it is to be read value by value: a list, an object that goes on for lines, or one with a list of articles.
fn is_document(start: &[u8]) -> bool {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start).trim_ascii_start();
    if start.first() == Some(&b'[') {
        // A list of objects; one of anything else is what is wrong with a line of JSON Lines.
        return matches!(start.get(1..).map(<[u8]>::trim_ascii_start), Some([b'{' | b']', ..] | []));
    }
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or(start);
    if line.len() < start.len() && matches!(line.trim_ascii_end().last(), Some(b'{' | b'[' | b',')) {
        return true;
    }
    lists_before_text(line)
}

/// Whether a key that services have for their list comes before any text: {"status":"ok","articles":[{…
fn lists_before_text(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let text = line.find("\"text\"").unwrap_or(line.len());
    let sure = |list: &&&str| !matches!(**list, "data" | "entries" | "value" | "rows" | "records");
    LISTS.iter().filter(sure).any(|list| {
        let key = format!("\"{list}\"");
        let after =
            line.get(..text).and_then(|before| before.split_once(&key)).map(|(_, after)| after.trim_start());
        let value = after.and_then(|after| after.strip_prefix(':')).map(str::trim_start);
        let objects = |list: &str| list.trim_start().starts_with('{');
        value.is_some_and(|value| {
            value.strip_prefix('[').is_some_and(objects)
                || WRAPPERS.contains(list) && lists_before_text_in(value)
        })
    })
}

/// The same one level deeper.
fn lists_before_text_in(value: &str) -> bool {
    value.starts_with('{') && LISTS.iter().any(|list| value.contains(&format!("\"{list}\"")))
}

#[cfg(test)]
mod tests;
