//! The objects of a JSON document that are rows, one at a time: those of its list, or one a line.
//! The document is never held: brackets are counted as they stream by, and only an object of the list is kept, to be parsed
//! by itself.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::row::Raw;

/// Longest row, bytes: one has three quotes of a few hundred letters and a headline.
const LONGEST: usize = 4 << 20;

/// The names of lists whose objects are rows: GeoJSON's, and an annotation page's.
const LISTS: [&str; 2] = ["features", "items"];

/// As deep may the list lie: a page lies in its collection.
const DEEPEST: usize = 3;

/// The first line of a file, or as much as a row may have.
pub(super) fn first_line(input: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut line = Vec::new();
    io::BufReader::new(input).take(LONGEST as u64).read_until(b'\n', &mut line)?;
    Ok(line)
}

/// Whether a file has a feature a line, and is no document.
pub(super) fn is_lines(input: &mut impl Read) -> io::Result<bool> {
    #[derive(Deserialize)]
    struct Feature {
        r#type: String,
        properties: Option<IgnoredAny>,
    }
    let line = first_line(input)?;
    let feature = serde_json::from_slice::<Feature>(plain(&line));
    Ok(feature.is_ok_and(|feature| feature.r#type == "Feature" && feature.properties.is_some()))
}

/// A line without what may stand before and after its object: RFC 8142 begins each with a record separator.
fn plain(line: &[u8]) -> &[u8] {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    line.strip_prefix(b"\x1E").unwrap_or(line).trim_ascii()
}

/// An object a line.
pub(super) struct Lines<R> {
    input: R,
    ended: bool,
}

impl<R: BufRead> Lines<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, ended: false }
    }

    fn line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = (&mut self.input).take(LONGEST as u64).read_until(b'\n', &mut line)?;
        Ok((read > 0).then_some(line))
    }
}

impl<R: BufRead> Iterator for Lines<R> {
    type Item = Result<Raw, String>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            let line = match self.line() {
                Ok(Some(line)) => line,
                Ok(None) => break,
                Err(error) => {
                    self.ended = true;
                    return Some(Err(crate::ingest::walk::because(&error)));
                }
            };
            if line.len() == LONGEST && !line.ends_with(b"\n") {
                self.ended = true;
                return Some(Err(too_long()));
            }
            let line = plain(&line);
            if !line.is_empty() {
                return Some(Ok(Raw::Json(line.to_vec())));
            }
        }
        None
    }
}

/// The objects of a document's list.
pub(super) struct Elements<R> {
    input: R,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The list has not come yet.
    Before,
    Within,
    Ended,
}

impl<R: BufRead> Elements<R> {
    pub(super) fn new(input: R) -> Self {
        Self { input, state: State::Before }
    }

    fn byte(&mut self) -> io::Result<Option<u8>> {
        let byte = self.input.fill_buf()?.first().copied();
        if byte.is_some() {
            self.input.consume(1);
        }
        Ok(byte)
    }

    /// The next byte that is no white space.
    fn visible(&mut self) -> io::Result<Option<u8>> {
        loop {
            match self.byte()? {
                Some(byte) if byte.is_ascii_whitespace() || b"\xEF\xBB\xBF".contains(&byte) => {}
                byte => return Ok(byte),
            }
        }
    }

    /// Goes on to the list; whether there is one.
    fn find(&mut self) -> io::Result<bool> {
        let (mut depth, mut name) = (0, Vec::new());
        // What stands before a list's bracket: its name, and a colon.
        let mut named = false;
        while let Some(byte) = self.visible()? {
            match byte {
                b'"' => {
                    self.string(&mut name)?;
                    named = false;
                }
                b':' => named = LISTS.iter().any(|list| list.as_bytes() == name.as_slice()),
                b'[' if depth == 0 || (named && depth <= DEEPEST) => return Ok(true),
                b'[' | b'{' => {
                    depth += 1;
                    named = false;
                }
                b']' | b'}' if depth > 1 => depth -= 1,
                b']' | b'}' => return Ok(false),
                _ => named = false,
            }
            if byte != b'"' && byte != b':' {
                name.clear();
            }
        }
        Ok(false)
    }

    /// The rest of a string, of which no more is kept than a name has.
    fn string(&mut self, kept: &mut Vec<u8>) -> io::Result<()> {
        kept.clear();
        while let Some(byte) = self.byte()? {
            match byte {
                b'"' => return Ok(()),
                b'\\' => drop(self.byte()?),
                _ => {}
            }
            if kept.len() < 16 {
                kept.push(byte);
            }
        }
        Ok(())
    }

    /// The next object of the list; `None` behind the last.
    fn element(&mut self) -> io::Result<Result<Option<Raw>, String>> {
        let mut byte = self.visible()?;
        if byte == Some(b',') {
            byte = self.visible()?;
        }
        match byte {
            Some(b']') => return Ok(Ok(None)),
            Some(b'{') => {}
            None => return Ok(Err(broken())),
            Some(_) => return Ok(Err("something in its list is no object".to_owned())),
        }
        let mut bytes = vec![b'{'];
        let (mut depth, mut quoted, mut escaped) = (1_usize, false, false);
        while depth > 0 {
            let buffer = self.input.fill_buf()?;
            if buffer.is_empty() {
                return Ok(Err(broken()));
            }
            let mut taken = 0;
            for &byte in buffer {
                taken += 1;
                match byte {
                    _ if escaped => escaped = false,
                    b'\\' if quoted => escaped = true,
                    b'"' => quoted = !quoted,
                    b'{' | b'[' if !quoted => depth += 1,
                    b'}' | b']' if !quoted => depth -= 1,
                    _ => {}
                }
                if depth == 0 {
                    break;
                }
            }
            bytes.extend_from_slice(&buffer[..taken]);
            self.input.consume(taken);
            if bytes.len() > LONGEST {
                return Ok(Err(too_long()));
            }
        }
        Ok(Ok(Some(Raw::Json(bytes))))
    }

    fn advance(&mut self) -> io::Result<Result<Option<Raw>, String>> {
        if self.state == State::Before {
            if self.input.fill_buf()?.is_empty() {
                return Ok(Ok(None));
            }
            if !self.find()? {
                return Ok(Err(NOT_OURS.to_owned()));
            }
            self.state = State::Within;
        }
        self.element()
    }
}

impl<R: BufRead> Iterator for Elements<R> {
    type Item = Result<Raw, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.state == State::Ended {
            return None;
        }
        let advanced = self.advance().unwrap_or_else(|error| Err(crate::ingest::walk::because(&error)));
        if !matches!(advanced, Ok(Some(_))) {
            self.state = State::Ended;
        }
        advanced.transpose()
    }
}

/// What is said of a map or of annotations that others made.
pub(super) const NOT_OURS: &str = "it has no mentions or events that Dateline exported; a map of others can be \
                                   added as a layer";

fn broken() -> String {
    "it breaks off in the middle".to_owned()
}

fn too_long() -> String {
    format!("a row of it is longer than {} MiB", LONGEST >> 20)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &[&str]) {
        // A buffer of few bytes: what is sought may lie across two.
        for capacity in [3, 4096] {
            let input = io::BufReader::with_capacity(capacity, json.as_bytes());
            let elements: Vec<String> = Elements::new(input)
                .map(|element| match element {
                    Ok(Raw::Json(bytes)) => String::from_utf8(bytes).unwrap(),
                    Ok(_) => unreachable!(),
                    Err(reason) => format!("!{}", reason.split(';').next().unwrap()),
                })
                .collect();
            assert_eq!(elements, expected, "{json}");
        }
    }

    #[test]
    fn rows_are_the_objects_of_the_list() {
        check(r#"{"features":[{"a":1},{"b":[{}]}]}"#, &[r#"{"a":1}"#, r#"{"b":[{}]}"#]);
        check(r#"[{"a":"}"} , {"b":"\"]"}]"#, &[r#"{"a":"}"}"#, r#"{"b":"\"]"}"#]);
        check(r#"{"x":{"features":1},"first":{"items":[{}]}}"#, &["{}"]);
        check(r#"{"name":"features","x":["items",[{"no":1}]],"items":[]}"#, &[]);
        check(r#"{"features":[{"a":1},{"b":"#, &[r#"{"a":1}"#, "!it breaks off in the middle"]);
        check(r#"{"features":[1]}"#, &["!something in its list is no object"]);
        check(r#"{"a":{"type":"Feature"}}"#, &["!it has no mentions or events that Dateline exported"]);
        check("", &[]);
    }

    #[test]
    fn a_feature_a_line_is_told_from_a_document() {
        let check =
            |text: &str, expected| assert_eq!(is_lines(&mut text.as_bytes()).unwrap(), expected, "{text}");
        check("{\"type\":\"Feature\",\"properties\":{}}\n{}", true);
        check("\u{1e}{\"type\":\"Feature\",\"properties\":{}}", true);
        check("{\"type\":\"FeatureCollection\",\"features\":[]}", false);
        check("{\"type\":\"FeatureCollection\",\n\"features\":[]}", false);
        check("", false);
    }
}
