//! An article as Factiva hands it out: lines in a fixed order, or with a tag of two letters each.
//! In the fixed order nothing says which line is which; the count of words stands in all of them.

use super::Record;
use super::line::{Line, united};
use crate::ingest::language;
use crate::model::Span;

/// Lines before the count of words.
const HEAD: usize = 8;

/// Words that count words.
const WORDS: [&str; 9] =
    ["words", "word", "mots", "wörter", "palabras", "palavras", "parole", "woorden", "слов"];

/// Whether a line ends an article: "Document GRDN000020161017ecah0004b".
pub(super) fn is_end(line: &str) -> bool {
    let line = line.strip_prefix("AN").map_or(line, str::trim_start);
    let Some(number) = line.strip_prefix("Document ").map(str::trim) else { return false };
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    (18..=40).contains(&number.len())
        && digits >= 8
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
}

pub(super) fn read(lines: &[Line<'_>]) -> Option<Record> {
    tagged(lines).or_else(|| in_order(lines))
}

/// Headline, author, count of words, day, time, outlet, its code, language, copyright, story.
fn in_order(lines: &[Line<'_>]) -> Option<Record> {
    let count = lines.iter().take(HEAD).position(is_count).filter(|&at| at > 0)?;
    let rest = lines.get(count + 1..)?;
    let day = rest.first().filter(|line| line.day().is_some())?;
    let time = |line: &&Line<'_>| {
        line.text.len() <= 12
            && line.text.starts_with(|c: char| c.is_ascii_digit())
            && line.text.contains(':')
    };
    let outlet = rest.iter().skip(1).position(|line| !time(&line))? + 1;
    let source = rest.get(outlet)?;
    let head = rest.get(outlet + 1..rest.len().min(outlet + 9)).unwrap_or_default();
    // A short story may end with a copyright of its own.
    let told = head.iter().take_while(|line| line.is_copyright() || !line.is_sentence()).count();
    let head = head.get(..told)?;
    let spoken = head.iter().position(|line| line.text.len() > 3 && language::named(line.text).is_some());
    let rights = head.iter().rposition(Line::is_copyright);
    let last = rights.or(spoken)?;
    let from = outlet + 1 + last + 1;
    let story = rest.get(from..)?;
    Some(Record {
        start: lines.first()?.span.start,
        title: headline(lines.get(..count)?).map(|line| line.span),
        story: united(story).unwrap_or_else(|| Span::new(source.span.end, source.span.end)),
        date: day.day().map(|date| (date, day.span)),
        source: Some(source.text.to_owned()),
        language: spoken.and_then(|at| language::named(head.get(at)?.text)),
        ..Record::default()
    })
}

fn is_count(line: &Line<'_>) -> bool {
    let mut words = line.text.split_whitespace();
    let number = words.next().is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()));
    number
        && words.next().is_some_and(|word| WORDS.contains(&word.to_lowercase().as_str()))
        && words.next().is_none()
}

/// The headline among the lines before the count: the section may stand above it, the author below.
fn headline<'a, 'b>(lines: &'b [Line<'a>]) -> Option<&'b Line<'a>> {
    let words = |line: &Line<'_>| line.text.split_whitespace().count();
    match lines {
        [section, headline, ..] if words(section) <= 3 && words(headline) > 3 && !is_byline(headline) => {
            Some(headline)
        }
        lines => lines.first(),
    }
}

fn is_byline(line: &Line<'_>) -> bool {
    ["by ", "von ", "par ", "por "].iter().any(|by| line.text.to_lowercase().starts_with(by))
}

/// Tags that stand before the story.
const BEFORE: [&str; 15] =
    ["HD", "HL", "SE", "CLM", "CR", "BY", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "LA", "CY"];

/// Tags that stand after it, in their order.
const AFTER: [&str; 11] = ["ART", "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN"];

/// Of these those with codes: "IN i764 : Railways".
const CODED: [&str; 4] = ["CO", "IN", "NS", "RE"];

/// The first word of a line, which may be a tag, and what stands behind it.
fn tag<'a>(line: &Line<'a>) -> (&'a str, &'a str) {
    let (tag, rest) = line.text.split_once(char::is_whitespace).unwrap_or((line.text, ""));
    (tag, rest.trim_start())
}

fn tagged(lines: &[Line<'_>]) -> Option<Record> {
    let outlet = lines.iter().position(|line| tag(line).0 == "SN")?;
    let lead = outlet + lines.get(outlet..)?.iter().position(|line| ["LP", "TD"].contains(&tag(line).0))?;
    let head = lines.get(..lead)?;
    // A value goes on until the next tag.
    let value = |wanted: &str| {
        let at = head.iter().position(|line| tag(line).0 == wanted)?;
        let more = head.get(at + 1..)?.iter().take_while(|line| !BEFORE.contains(&tag(line).0));
        let (line, last) = (head.get(at)?, more.last());
        let behind = (!tag(line).1.is_empty()).then(|| line.span.end - tag(line).1.len());
        let start = behind.or_else(|| last.and(head.get(at + 1)).map(|line| line.span.start))?;
        Some(Span::new(start, last.unwrap_or(line).span.end))
    };
    let (title, source) = (value("HD")?, value("SN")?);
    let first = lines.get(lead)?;
    let start = match tag(first).1 {
        "" => lines.get(lead + 1)?.span.start,
        words => first.span.end - words.len(),
    };
    let end = lines.get(after(lines, lead + 1) - 1)?.span.end;
    let of = |span: Span| line_of(lines, span);
    Some(Record {
        start: lines.first()?.span.start,
        title: Some(title),
        story: Span::new(start, end.max(start)),
        source: of(source),
        language: value("LA").and_then(of).and_then(|told| language::named(&told)),
        date: value("PD").and_then(|span| Some((crate::ingest::page::read_date(&of(span)?)?, span))),
        ..Record::default()
    })
}

/// The first line with a tag after the story, looked for from the end: stories have lines such as "IN BRIEF".
fn after(lines: &[Line<'_>], story: usize) -> usize {
    let (mut end, mut below) = (lines.len(), AFTER.len());
    for (at, line) in lines.iter().enumerate().skip(story).rev() {
        if line.is_sentence() {
            break;
        }
        let (tag, told) = tag(line);
        let told = if told.is_empty() { lines.get(at + 1).map_or("", |line| line.text) } else { told };
        let place = AFTER.iter().position(|after| *after == tag).filter(|place| *place < below);
        // Of those that have words, only the last ones may stand alone.
        let known = if CODED.contains(&tag) { is_coded(told) } else { below < AFTER.len() || is_last(tag) };
        if let Some(place) = place.filter(|_| known) {
            (end, below) = (at, place);
        }
    }
    end
}

fn is_last(tag: &str) -> bool {
    ["IPC", "IPD", "PUB", "AN"].contains(&tag)
}

/// "i764 : Railways | itsp : Transport".
fn is_coded(value: &str) -> bool {
    let (code, name) = value.split_once([' ', '\t', ':']).unwrap_or((value, ":"));
    let small = code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    let colon = value.get(code.len()..).is_some_and(|rest| rest.trim_start().starts_with(':'));
    small && !code.is_empty() && (colon || name == ":")
}

/// What of the first line that a span is in it has.
fn line_of(lines: &[Line<'_>], span: Span) -> Option<String> {
    let line = lines.iter().find(|line| line.span.contains(Span::new(span.start, span.start + 1)))?;
    line.text.get(span.start - line.span.start..).map(|words| words.trim().to_owned())
}
