//! The headline among the lines above a story.
//! A headline shares its words with the story; the name of a site or a section does not.

use std::collections::BTreeSet;

use super::cues::{OUTLET_WORDS, SECTION_WORDS};
use super::date::is_date_line;
use super::lines::{Line, key};
use super::noise::{begins_with_by, is_byline, is_section_name, is_stamp};
use crate::model::Span;

/// A headline and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Headline {
    /// Number of its line.
    pub line: usize,
    /// Without the site's name that may follow or precede it.
    pub span: Span,
    /// The site's name on the same line, with the marks between left out.
    pub site: Option<Span>,
}

/// The best of the lines `candidates` (those that nothing else explains), if any is good enough.
pub(super) fn find(
    text: &str,
    lines: &[Line<'_>],
    candidates: &[usize],
    body_start: usize,
) -> Option<Headline> {
    let body = vocabulary(lines.get(body_start..).unwrap_or_default());
    let mut best: Option<(i32, Headline)> = None;
    for (place, &at) in candidates.iter().enumerate() {
        let headline = split_site(text, at, &lines[at], lines);
        let words = headline.span.of(text);
        let Some(mut score) = score(&key(words), words, &body) else {
            continue;
        };
        score -= i32::try_from(place.min(6)).unwrap_or(6);
        if leads(lines, at, body_start) {
            score += 3;
        }
        // Right under a headline stands a second one that tells more.
        if place > 0 && candidates[place - 1] + 1 == at && lines[at - 1].words >= 4 {
            score -= 2;
        }
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, headline));
        }
    }
    best.map(|(_, headline)| headline)
}

/// Whether the story, its byline or its date stands right below, at most one line between.
fn leads(lines: &[Line<'_>], at: usize, body_start: usize) -> bool {
    (at + 1..=at + 2).any(|next| {
        let byline =
            |line: &Line<'_>| is_byline(line) || begins_with_by(line) || is_date_line(line) || is_stamp(line);
        next == body_start || lines.get(next).is_some_and(byline)
    })
}

/// Content words of the first paragraphs.
fn vocabulary(lines: &[Line<'_>]) -> BTreeSet<String> {
    let words = lines.iter().take(12).flat_map(|line| line.key.split(' '));
    words.filter(|word| is_content(word)).map(stem).collect()
}

fn is_content(word: &str) -> bool {
    word.chars().count() > 3
        && !["with", "that", "from", "this", "have", "will", "over", "after", "says"].contains(&word)
}

/// The beginning of a word, so that "Egypt" and "Egyptian" meet.
fn stem(word: &str) -> String {
    word.chars().take(5).collect()
}

/// How much like a headline by its own words; `None` where it is none.
fn score(key: &str, text: &str, body: &BTreeSet<String>) -> Option<i32> {
    let words = key.split(' ').filter(|word| !word.is_empty()).count();
    let dense = words < 3 && text.chars().count() >= 8 && !text.is_ascii();
    if words > 40 || words < 2 && !dense || is_section_name(key) {
        return None;
    }
    let content: Vec<&str> = key.split(' ').filter(|word| is_content(word)).collect();
    let shared = content.iter().filter(|word| body.contains(&stem(word))).count();
    let mut score = match words {
        4..=22 => 4,
        3 => 2,
        _ => 1,
    };
    score += 2 * i32::try_from(shared.min(4)).unwrap_or(4);
    // A tagline has words of its own; a headline hardly any.
    score += i32::try_from(3 * shared / content.len().max(1)).unwrap_or(0);
    if text.ends_with('.') && !text.ends_with("..") {
        score -= 2;
    }
    if text.ends_with(':') {
        score -= 3;
    }
    if is_masthead(key) {
        score -= 6;
    }
    Some(score)
}

/// "The Daily Teller": short, and named like an outlet.
pub(super) fn is_masthead(key: &str) -> bool {
    let words: Vec<&str> = key.split(' ').collect();
    words.len() <= 4 && words.iter().any(|word| OUTLET_WORDS.has(word))
}

/// How many lines from either end of a page may name its site.
const EDGE: usize = 60;

/// Cuts "Headline | The Daily Teller" and "BBC News - Headline" in two.
fn split_site(text: &str, at: usize, line: &Line<'_>, lines: &[Line<'_>]) -> Headline {
    let whole = Headline { line: at, span: unlabelled(line), site: None };
    let inner = line.text;
    let mut marks: Vec<(usize, usize, bool)> = Vec::new();
    for (mark, strong) in
        [(" | ", true), (" :: ", true), (" » ", true), (" – ", false), (" — ", false), (" - ", false)]
    {
        marks.extend(inner.match_indices(mark).map(|(at, mark)| (at, at + mark.len(), strong)));
    }
    marks.sort_unstable();
    let part = |from: usize, to: usize| Span::new(line.span.start + from, line.span.start + to);
    let (Some(&first), Some(&last)) = (marks.first(), marks.last()) else {
        return whole;
    };
    let tail = part(last.1, inner.len());
    let elsewhere = |name: &str| {
        let near = |n: usize| n < EDGE || n + EDGE >= lines.len();
        let mut others = lines.iter().enumerate().filter(|(n, _)| *n != at && near(*n));
        others.any(|(_, other)| other.words <= 12 && holds(&other.key, name))
    };
    if is_site(tail.of(text), last.2, elsewhere(&key(tail.of(text)))) {
        // "Headline | World | The Daily Teller": the sections between go with the site.
        let cut = marks
            .iter()
            .find(|mark| {
                is_section_name(&key(part(mark.1, inner.len()).of(text).split(" | ").next().unwrap_or("")))
            })
            .unwrap_or(&last);
        return Headline { line: at, span: part(0, cut.0), site: Some(tail) };
    }
    let head = part(0, first.0);
    let headline = part(first.1, inner.len());
    if key(headline.of(text)).split(' ').count() >= 4
        && is_site(head.of(text), first.2, elsewhere(&key(head.of(text))))
    {
        return Headline { line: at, span: headline, site: Some(head) };
    }
    whole
}

fn holds(key: &str, name: &str) -> bool {
    format!(" {key} ").contains(&format!(" {name} "))
}

/// "Title: …", "Subject: …" before the headline.
fn unlabelled(line: &Line<'_>) -> Span {
    for label in ["Title:", "TITLE:", "Headline:", "HEADLINE:", "Subject:", "SUBJECT:"] {
        if let Some(rest) = line.text.strip_prefix(label) {
            return Span::new(line.span.end - rest.trim_start().len(), line.span.end);
        }
    }
    line.span
}

/// Whether a part of a line is the site's name. After a bar anything short is; after a dash, which
/// also stands in headlines ("… visit - SANA"), it must be named like an outlet or stand elsewhere
/// on the page by itself.
fn is_site(name: &str, strong: bool, elsewhere: bool) -> bool {
    let key = key(name);
    let words: Vec<&str> = key.split(' ').filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > 8 || name.ends_with(['?', '!', '"', '”']) {
        return false;
    }
    let named = words.iter().any(|word| OUTLET_WORDS.has(word));
    let sections = words.iter().all(|word| SECTION_WORDS.has(word));
    let capital = name.trim().starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    if strong {
        return words.len() <= 8 && (capital || name.contains('.'));
    }
    words.len() <= 5
        && capital
        && (named && words.len() >= 2
            || elsewhere && !sections
            || name.contains(".com")
            || ["bbc", "cnn", "npr", "reuters", "dw"].contains(&key.as_str()))
}
