//! JSON Lines: one article a line, read one line at a time.
//! The text is taken verbatim, offsets count Unicode code points; a line that Dateline wrote with
//! its text opens with its mentions and is not geoparsed anew. Once a line was an article, those that follow are handed
//! out as they are: whoever wants them opens them, on a thread of its own.

use std::collections::VecDeque;
use std::io::{self, BufRead, Read};
use std::sync::Arc;

use serde::Deserialize;
use serde_json::{Map, Value};

use super::dates::{self, Order};
use super::json::{Strangers, Verdict};
use super::source::as_step;
use super::{Column, Ingested, Options, Step, Unopened, encoding, json, language, page, text, walk};
use crate::model::record::ArticleRecord;
use crate::model::{Article, CharIndex, CharSpan, DateEvidence, Problem, Span};

/// Longest line that is read; a longer one is no article, and must not fill the memory.
const LONGEST_LINE: u64 = 64 << 20;

/// What lines are called where they are counted.
const KIND: &str = "lines";

/// How an article gets its id.
#[derive(Clone, Debug)]
pub(super) struct Naming {
    /// What ids stand behind: two answers of a service have an article 1 each.
    pub file: String,
    /// The id where it has none.
    pub fallback: String,
    /// Whether it is a line of JSON Lines. In our own form its id is meant for the whole collection, and is kept.
    pub line: bool,
}

impl Naming {
    fn id(&self, own: Option<String>, ours: bool) -> String {
        match own {
            Some(own) if ours => own,
            Some(own) => format!("{}#{own}", self.file),
            None => self.fallback.clone(),
        }
    }
}

/// A line that was not looked into yet.
#[derive(Debug)]
pub(super) struct Line {
    /// The file's name, for problems.
    name: Arc<str>,
    /// What the ids of its articles begin with.
    file: Arc<str>,
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
        let naming = Naming { file: self.file.to_string(), fallback: place.clone(), line: true };
        as_steps(json::decoded(line).and_then(|line| parse_line(&line, &naming, &self.options)), &place)
    }
}

/// What was read, with complaints about what was left out of it; nothing where there is nothing to read.
type Outcome = Result<Option<(Ingested, Vec<String>)>, String>;

fn as_steps(outcome: Outcome, place: &str) -> Vec<Step> {
    let problem = |reason: String| Err(Problem { place: place.to_owned(), reason });
    match outcome {
        Ok(Some((ingested, complaints))) => {
            complaints.into_iter().map(problem).chain([Ok(ingested)]).collect()
        }
        Ok(None) => Vec::new(),
        Err(reason) => vec![problem(reason)],
    }
}

/// The article in an object of a document; `place` is what problems call it.
pub(super) fn open_object(bytes: &[u8], naming: &Naming, place: &str, options: &Options) -> Vec<Step> {
    as_steps(json::decoded(bytes).and_then(|object| parse_line(&object, naming, options)), place)
}

/// The same of an object that was looked into already.
pub(super) fn open_fields(
    fields: Map<String, Value>,
    naming: &Naming,
    place: &str,
    options: &Options,
) -> Vec<Step> {
    as_steps(parse_fields(fields, naming, options), place)
}

/// Reads articles from lines.
pub(super) struct Reader<R> {
    /// The file's name, for problems.
    name: Arc<str>,
    /// What the ids of its articles begin with.
    file: Arc<str>,
    lines: R,
    /// Number of the line read last, from 1.
    number: usize,
    /// Lines that were no article, until one was.
    strangers: Strangers,
    /// What the last line gave and was not handed out yet.
    waiting: VecDeque<Unopened>,
    ended: bool,
    options: Arc<Options>,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn new(name: String, lines: R) -> Self {
        Self::of_file(name.clone(), name, lines, &Arc::default())
    }

    /// Of a file; `id` is what the ids of its articles begin with.
    pub(super) fn of_file(id: String, name: String, lines: R, options: &Arc<Options>) -> Self {
        Self {
            name: name.into(),
            file: id.into(),
            lines,
            number: 0,
            strangers: Strangers::default(),
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
                if let Some(reason) = self.strangers.end(KIND) {
                    self.tell_of_file(reason);
                }
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
        let (name, file, options) =
            (Arc::clone(&self.name), Arc::clone(&self.file), Arc::clone(&self.options));
        let line = Line { name, file, number: self.number, bytes, options };
        if self.strangers.is_over() {
            return self.waiting.push_back(line.into());
        }
        let mut steps = line.open();
        let verdict = self.strangers.judge(&mut steps, KIND);
        if let Verdict::On(Some(reason)) = &verdict {
            self.tell_of_file(reason.clone());
        }
        self.waiting.extend(steps.into_iter().map(Unopened::from));
        if let Verdict::Enough(reason) = verdict {
            self.ended = true;
            self.tell_of_file(reason);
        }
    }

    fn tell_of_file(&mut self, reason: String) {
        self.waiting.push_back(Err(Problem { place: self.name.to_string(), reason }).into());
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
fn parse_line(line: &str, naming: &Naming, options: &Options) -> Outcome {
    // What Dateline wrote is read without a detour; where that fails, the detour tells what is wrong with it.
    if line.contains("\"toponyms\"")
        && let Ok(record) = serde_json::from_str::<ArticleRecord>(line)
        && record.text.is_some()
    {
        let geoparsed = record.reopen()?;
        return Ok(Some((Ingested::Geoparsed(Box::new(geoparsed)), Vec::new())));
    }
    let value = json::value(line, &mut json::MOST_VALUES.clone()).map_err(|error| not_json(&error))?;
    let Value::Object(fields) = value else {
        return Err("not a JSON object".to_owned());
    };
    parse_fields(fields, naming, options)
}

/// What an object holds.
fn parse_fields(mut fields: Map<String, Value>, naming: &Naming, options: &Options) -> Outcome {
    if fields.get("focus").is_some_and(Value::is_object) && fields.contains_key("toponyms") {
        return reopen(Value::Object(fields)).map(|ingested| Some((ingested, Vec::new())));
    }
    let silent = !naming.line && json::is_silent(&fields);
    // Fields that are called otherwise, or that somebody chose.
    let ours = fields.get("text").is_some_and(Value::is_string)
        && !silent
        && !options.columns.contains_key(&Column::Text);
    if !ours && let Some(told) = json::foreign(&fields, options) {
        let article = told.parts().article(&naming.id(told.id(), false), page::Trust::Verbatim);
        return Ok(Some((as_step(article), told.undated().map(undated).into_iter().collect())));
    }
    if silent {
        return Ok(None);
    }
    let mut complaints = Vec::new();
    let text = match fields.remove("text") {
        Some(Value::String(text)) => text,
        Some(_) => return Err("“text” is not a string".to_owned()),
        None => return Err(json::NO_TEXT.to_owned()),
    };
    let id = match fields.remove("id") {
        Some(Value::String(id)) if !id.is_empty() => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(Value::Null | Value::String(_)) | None => None,
        Some(_) => return Err("“id” is neither a string nor a number".to_owned()),
    };
    let annotated = fields.contains_key("toponyms") || fields.contains_key("event");
    let mut article = Article::from_text(naming.id(id, naming.line || annotated), text);
    article.title = string(&mut fields, "title");
    article.source = string(&mut fields, "source");
    article.url = string(&mut fields, "url");
    article.language = fields.get("language").and_then(Value::as_str).and_then(language::named);
    let date = string(&mut fields, "date");
    article.date = date.as_deref().and_then(|date| dates::read(date, Order::Unknown));
    article.date_evidence = article.date.map(|_| DateEvidence::Metadata);
    complaints.extend(date.filter(|_| article.date.is_none()).map(undated));
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
    complaints.extend(unread(&article, &fields));
    article.title_span = article.title.as_deref().and_then(|title| opening(&article.text, title));
    let findings = page::analyse(&article.text, page::Trust::Verbatim);
    text::fill(&mut article, findings);
    // Who asks about an event takes the words around it for news.
    if let Some(event) = article.event {
        article.boilerplate.retain(|skipped| !skipped.overlaps(event));
    }
    Ok(Some((Ingested::Article(Box::new(article)), complaints)))
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

/// A field that is a text and not empty; anything else stays where it is.
fn string(fields: &mut Map<String, Value>, name: &str) -> Option<String> {
    let text = fields.get(name)?.as_str()?.to_owned();
    fields.remove(name);
    Some(text).filter(|text| !text.trim().is_empty())
}

fn undated(date: String) -> String {
    format!("the date “{date}” is left out: it is not a date like 2016-10-17")
}

/// Fields with our names that tell nothing that could be read.
fn unread(article: &Article, fields: &Map<String, Value>) -> impl Iterator<Item = String> + use<> {
    let known = [
        ("title", article.title.is_some()),
        ("source", article.source.is_some()),
        ("url", article.url.is_some()),
        ("date", article.date.is_some()),
    ];
    let left = known.map(|(name, known)| {
        let left = !known && fields.get(name).is_some_and(|value| !value.is_null() && !value.is_string());
        left.then(|| format!("“{name}” is left out: it is not a string"))
    });
    left.into_iter().flatten()
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
