//! JSON Lines: one article a line, read one line at a time.
//! The text is taken verbatim, offsets count Unicode code points; a line that Dateline wrote with
//! its text opens with its mentions and is not geoparsed anew. Once a line was an article, those that follow are handed
//! out as they are: whoever wants them opens them, on a thread of its own.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::source::as_step;
use super::{Column, Ingested, Options, Step, Unopened, encoding, json, page, text, walk};
use crate::model::record::ArticleRecord;
use crate::model::{Article, CharIndex, CharSpan, DateEvidence, PartialDate, Problem, Span};

/// Longest line that is read; a longer one is no article, and must not fill the memory.
const LONGEST_LINE: u64 = 64 << 20;

/// After so many lines of which none is an article the file is something else: an indented JSON
/// document, a map of a thousand features. Each of its lines would be a problem.
const ENOUGH_TO_TELL: usize = 20;

/// A line that was not looked into yet.
#[derive(Debug)]
pub(super) struct Line {
    /// The file's name, for problems.
    name: Arc<str>,
    number: usize,
    bytes: Vec<u8>,
    options: Arc<Options>,
}

impl Line {
    /// The file's name with the number of the line.
    pub(super) fn place(&self) -> String {
        format!("{}:{}", self.name, self.number)
    }

    /// The article in it, with complaints about parts of it that were left out; or why there is none.
    pub(super) fn open(self) -> Vec<Step> {
        let line = self.bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&self.bytes).trim_ascii();
        if line.is_empty() {
            return Vec::new();
        }
        let place = self.place();
        let outcome = match std::str::from_utf8(line) {
            Ok(line) => parse_line(line, &place, &self.options),
            Err(_) => Err("the line is not UTF-8".to_owned()),
        };
        as_steps(outcome, &place)
    }
}

/// What was read, after what was left out of it.
type Outcome = Result<(Ingested, Vec<String>), String>;

fn as_steps(outcome: Outcome, place: &str) -> Vec<Step> {
    let problem = |reason: String| Err(Problem { place: place.to_owned(), reason });
    match outcome {
        Ok((ingested, complaints)) => complaints.into_iter().map(problem).chain([Ok(ingested)]).collect(),
        Err(reason) => vec![problem(reason)],
    }
}

/// The article in an object of a document; `place` is what problems call it.
pub(super) fn open_object(bytes: &[u8], id: &str, place: &str, options: &Options) -> Vec<Step> {
    let outcome = match std::str::from_utf8(bytes) {
        Ok(object) => parse_line(object, id, options),
        Err(_) => Err("it is not UTF-8".to_owned()),
    };
    as_steps(outcome, place)
}

/// The same of an object that was looked into already.
pub(super) fn open_fields(fields: Map<String, Value>, id: &str, place: &str, options: &Options) -> Vec<Step> {
    as_steps(parse_fields(fields, id, options), place)
}

/// Reads articles from lines.
pub(super) struct Reader<R> {
    /// The file's name, for problems.
    name: Arc<str>,
    lines: R,
    /// Number of the line read last, from 1.
    number: usize,
    /// Lines that were no article, until one was; `None` from then on.
    strange: Option<usize>,
    /// What the last line gave and was not handed out yet.
    waiting: VecDeque<Unopened>,
    ended: bool,
    options: Arc<Options>,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(name: String, lines: R) -> Self {
        Self::with_options(name, lines, &Arc::default())
    }

    pub(super) fn with_options(name: String, lines: R, options: &Arc<Options>) -> Self {
        Self {
            name: name.into(),
            lines,
            number: 0,
            strange: Some(0),
            waiting: VecDeque::new(),
            ended: false,
            options: Arc::clone(options),
        }
    }

    fn problem(&self, reason: String) -> Unopened {
        Err(Problem { place: format!("{}:{}", self.name, self.number), reason }).into()
    }

    /// The next line without its end; `None` at the end of the input.
    fn next_line(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut line = Vec::new();
        let read = (&mut self.lines).take(LONGEST_LINE).read_until(b'\n', &mut line)?;
        Ok((read > 0).then_some(line))
    }

    /// Reads on until a line gives something.
    fn advance(&mut self) {
        self.number += 1;
        let line = match self.next_line() {
            Ok(Some(line)) => line,
            Ok(None) => {
                self.ended = true;
                return;
            }
            Err(error) => {
                self.ended = true;
                let step = self.problem(walk::because(&error));
                return self.waiting.push_back(step);
            }
        };
        if line.len() as u64 == LONGEST_LINE && !line.ends_with(b"\n") {
            let step = self.problem(format!("the line is longer than {} MiB", LONGEST_LINE >> 20));
            self.waiting.push_back(step);
            return self.skip_line();
        }
        if self.number == 1 && encoding::begins_as_utf16(&line) {
            self.ended = true;
            let step = self.problem("JSON Lines must be UTF-8, and this is UTF-16".to_owned());
            return self.waiting.push_back(step);
        }
        self.take(line);
    }

    /// Passes over the rest of a line that is too long to be held.
    fn skip_line(&mut self) {
        loop {
            match self.next_line() {
                Ok(Some(rest)) if !rest.ends_with(b"\n") => {}
                Ok(_) => return,
                Err(_) => return self.ended = true,
            }
        }
    }

    /// Looks into a line while it is not known that the file holds articles.
    fn take(&mut self, bytes: Vec<u8>) {
        let (name, options) = (Arc::clone(&self.name), Arc::clone(&self.options));
        let line = Line { name, number: self.number, bytes, options };
        if self.strange.is_none() {
            return self.waiting.push_back(line.into());
        }
        let steps = line.open();
        let (any, read) = (!steps.is_empty(), steps.iter().any(Result::is_ok));
        self.waiting.extend(steps.into_iter().map(Unopened::from));
        if read {
            self.strange = None;
        } else if any {
            self.give_up_on_strangers();
        }
    }
}

impl<R> Reader<R> {
    /// Ends the reading of a file whose first lines were all no article.
    fn give_up_on_strangers(&mut self) {
        let Some(strange) = &mut self.strange else { return };
        *strange += 1;
        if *strange == ENOUGH_TO_TELL {
            self.ended = true;
            let reason =
                format!("none of its first {ENOUGH_TO_TELL} lines is an article; the rest is not read");
            let problem = Problem { place: self.name.to_string(), reason };
            self.waiting.push_back(Err(problem).into());
        }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        while self.waiting.is_empty() && !self.ended {
            self.advance();
        }
        self.waiting.pop_front()
    }
}

/// What a line holds, with complaints about parts of it that were left out; or why it holds nothing.
fn parse_line(line: &str, fallback_id: &str, options: &Options) -> Outcome {
    // What Dateline wrote is read without a detour; where that fails, the detour tells what is wrong with it.
    if line.contains("\"toponyms\"")
        && let Ok(record) = serde_json::from_str::<ArticleRecord>(line)
        && record.text.is_some()
    {
        let geoparsed = record.reopen()?;
        return Ok((Ingested::Geoparsed(Box::new(geoparsed)), Vec::new()));
    }
    let value: Value = serde_json::from_str(line).map_err(|error| not_json(&error))?;
    let Value::Object(fields) = value else {
        return Err("not a JSON object".to_owned());
    };
    parse_fields(fields, fallback_id, options)
}

/// What an object holds.
fn parse_fields(mut fields: Map<String, Value>, fallback_id: &str, options: &Options) -> Outcome {
    if fields.get("focus").is_some_and(Value::is_object) && fields.contains_key("toponyms") {
        return reopen(Value::Object(fields)).map(|ingested| (ingested, Vec::new()));
    }
    // Fields that are called otherwise, or that somebody chose.
    let ours =
        fields.get("text").is_some_and(Value::is_string) && !options.columns.contains_key(&Column::Text);
    if !ours && let Some(told) = json::foreign(&fields, options) {
        let id = told.id().unwrap_or_else(|| fallback_id.to_owned());
        return Ok((as_step(told.parts().article(&id, page::Trust::Verbatim)), Vec::new()));
    }
    let mut complaints = Vec::new();
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err("“text” is not a string".to_owned()),
        None => return Err("there is no “text”".to_owned()),
    };
    let id = match fields.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => id,
        Some(Value::Number(id)) => id.to_string(),
        Some(Value::Null) | None => fallback_id.to_owned(),
        Some(_) => return Err("“id” is neither a string nor a number".to_owned()),
    };
    let mut article = Article::from_text(id, text);
    article.title = string(&mut fields, "title", &mut complaints);
    article.source = string(&mut fields, "source", &mut complaints);
    article.url = string(&mut fields, "url", &mut complaints);
    article.language = string(&mut fields, "language", &mut complaints);
    article.date = string(&mut fields, "date", &mut complaints).and_then(|date| {
        let read = read_date(&date);
        if read.is_none() {
            complaints.push(format!("the date “{date}” is left out: it is not a date like 2016-10-17"));
        }
        read
    });
    article.date_evidence = article.date.map(|_| DateEvidence::Metadata);
    if let Some(toponyms) = fields.remove("toponyms") {
        article.given = Some(given(toponyms, &article.text, &mut complaints));
    }
    if let Some(event) = fields.remove("event") {
        let span =
            CharSpan::deserialize(&event).ok().and_then(|span| CharIndex::new(&article.text).bytes(span));
        article.event = span.filter(|span| !span.is_empty());
        if article.event.is_none() {
            complaints.push(format!("the event {event} is left out: no such span in the text"));
        }
    }
    json::complete(&mut article, &fields, options);
    article.title_span = article.title.as_deref().and_then(|title| opening(&article.text, title));
    let findings = page::analyse(&article.text, page::Trust::Verbatim);
    text::fill(&mut article, findings);
    // Who asks about an event takes the words around it for news.
    if let Some(event) = article.event {
        article.boilerplate.retain(|skipped| !skipped.overlaps(event));
    }
    Ok((Ingested::Article(Box::new(article)), complaints))
}

/// An article that Dateline wrote.
fn reopen(value: Value) -> Result<Ingested, String> {
    if value.get("text").is_none_or(Value::is_null) {
        return Err("Dateline wrote it without the article's text (--with-text), so it cannot be \
                    opened again"
            .to_owned());
    }
    let record = ArticleRecord::deserialize(value)
        .map_err(|error| format!("it looks like Dateline's own output, but {error}"))?;
    let geoparsed = record.reopen()?;
    Ok(Ingested::Geoparsed(Box::new(geoparsed)))
}

fn not_json(error: &serde_json::Error) -> String {
    if error.is_eof() {
        "not a whole JSON object: each line must be one".to_owned()
    } else {
        // serde counts lines within what it was given, which is always line 1 here.
        let text = error.to_string();
        let reason = text.split(" at line ").next().unwrap_or(&text);
        format!("not JSON: {reason} at column {}", error.column())
    }
}

/// A text field that may be missing, null or empty.
fn string(fields: &mut Map<String, Value>, name: &str, complaints: &mut Vec<String>) -> Option<String> {
    match fields.remove(name)? {
        Value::String(text) => Some(text).filter(|text| !text.trim().is_empty()),
        Value::Null => None,
        _ => {
            complaints.push(format!("“{name}” is left out: it is not a string"));
            None
        }
    }
}

/// A date as files have it: ISO 8601 first, else as a page would print it.
fn read_date(text: &str) -> Option<PartialDate> {
    text.parse().ok().or_else(|| page::read_date(text))
}

/// `[{"start", "end"}]` in code points. A span that does not fit the text is left out.
fn given(toponyms: Value, text: &str, complaints: &mut Vec<String>) -> Vec<Span> {
    let Value::Array(toponyms) = toponyms else {
        complaints.push("“toponyms” is left out: it is not a list".to_owned());
        return Vec::new();
    };
    let index = CharIndex::new(text);
    let mut spans = Vec::with_capacity(toponyms.len());
    for toponym in toponyms {
        let span = CharSpan::deserialize(&toponym).ok().and_then(|span| index.bytes(span));
        match span {
            Some(span) => spans.push(span),
            None => complaints.push(format!("the toponym {toponym} is left out: no such span in the text")),
        }
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// Where the text opens with its title, if it does.
fn opening(text: &str, title: &str) -> Option<Span> {
    let title = title.trim();
    let indent = text.len() - text.trim_start().len();
    text.get(indent..)?.starts_with(title).then(|| Span::new(indent, indent + title.len()))
}
