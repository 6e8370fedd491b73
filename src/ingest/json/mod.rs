//! JSON of any shape: JSON Lines, a list of objects, one object, or the answer of a service with a list in it.
//! The first bytes tell whether it is read line by line or value by value; either way only one article is held.

mod document;
mod fields;
mod scan;

use std::io::BufRead;
use std::sync::Arc;

use super::source::{Steps, one};
use super::walk::because;
use super::{Options, jsonl};
use crate::model::Problem;

use document::Document;

pub(super) use fields::{complete, foreign};

/// What services call the list of their articles.
const LISTS: [&str; 16] = [
    "articles", "results", "items", "docs", "hits", "data", "entries", "news", "stories", "posts",
    "documents", "records", "rows", "response", "value", "feed",
];

/// What they put it into.
const WRAPPERS: [&str; 6] = ["response", "data", "hits", "result", "results", "feed"];

/// Everything in JSON; `name` is what problems call it.
pub(super) fn steps(
    id: String,
    name: String,
    mut input: impl BufRead + Send + 'static,
    options: &Arc<Options>,
) -> Steps {
    let start = match input.fill_buf() {
        Ok(start) => start,
        Err(error) => return one(Err(Problem { place: name, reason: because(&error) })),
    };
    match is_document(start) {
        true => Box::new(Document::new(id, name, input, options)),
        false => Box::new(jsonl::Reader::with_options(name, input, options)),
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
