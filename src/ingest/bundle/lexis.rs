//! An article as LexisNexis hands it out, in its old form and in that of Nexis Uni.
//! The old one has outlet, day and headline, and ends with the copyright; the new one has headline, outlet, day and
//! copyright, and says where the story begins: "Body".

use super::Record;
use super::line::{Line, Part, ending, united};
use crate::ingest::language;
use crate::model::Span;

/// Labels between headline and story.
const HEAD: [&str; 10] =
    ["byline", "section", "length", "dateline", "headline", "highlight", "series", "body", "rubrik", "länge"];

/// Labels after the story.
const TAIL: [&str; 25] = [
    "load-date", "language", "graphic", "publication-type", "journal-code", "url", "correction",
    "correction-date", "subject", "company", "organization", "geographic", "person", "city", "state",
    "country", "category", "type", "document-type", "acc-no", "doc-number", "notes", "ticker", "industry",
    "update",
];

/// Of these those that no story has.
const SURE: [&str; 6] =
    ["load-date", "publication-type", "journal-code", "acc-no", "doc-number", "correction-date"];

/// Headings of Nexis Uni after the story, with labels below.
const HEADINGS: [&str; 2] = ["Classification", "Load-Date"];

/// Lines above the day that belong to a headline; where there are more a list of all articles stands before it.
const LONGEST_HEAD: usize = 4;

pub(super) fn read(text: &str, lines: &[Line<'_>]) -> Option<Record> {
    let first = lines.iter().position(|line| is_head(line))?;
    // Headline and all may stand behind the copyright.
    let day = lines.get(..first)?.iter().rposition(|line| line.day().is_some())?;
    let facts = lines.iter().filter(|line| is_head(line) || is_tail(line) || line.is_copyright()).count();
    // Reports have sections, countries and a copyright, too.
    if facts < 2 || !lines.iter().any(is_sure) {
        return None;
    }
    let mut record = Record { start: lines.first()?.span.start, ..Record::default() };
    let day_line = lines.get(day)?;
    record.date = day_line.day().map(|date| (date, day_line.span));
    let words =
        |line: &&Line<'_>| !line.is_copyright() && !line.text.eq_ignore_ascii_case("correction appended");
    let outlet = lines.get(..day)?.iter().rposition(|line| words(&line))?;
    record.source = Some(lines.get(outlet)?.text.to_owned());
    let below: Vec<Line<'_>> = lines.get(day + 1..first)?.iter().filter(words).copied().collect();
    let below = without_edition(&below);
    record.title = united(below);
    if below.is_empty() {
        let above = lines.get(..outlet)?;
        // The copyright of the list before it ends with the list.
        let above = if above.len() < LONGEST_HEAD { above } else { above.get(above.len() - 1..)? };
        record.title = united(above);
        record.start = record.title.map_or(record.start, |title| title.start);
    } else if lines.get(..outlet)?.iter().any(Line::is_prose) {
        record.start = lines.get(outlet)?.span.start;
    }
    let story = story(lines, first);
    let end = lines.last()?.span.end;
    record.story = united(lines.get(story..ending(lines, story, part)).unwrap_or_default())
        .unwrap_or_else(|| Span::new(end, end));
    for line in lines.get(first..).unwrap_or_default() {
        fill(&mut record, text, line);
    }
    Some(record)
}

/// What a line with a label tells.
fn fill(record: &mut Record, text: &str, line: &Line<'_>) {
    let before = line.span.end <= record.story.start;
    if !before && line.span.start < record.story.end {
        return;
    }
    if before && let Some(title) = line.labelled(&["headline"]) {
        record.title = Some(title);
    } else if before && let Some(told) = line.labelled(&["dateline", "highlight"]) {
        record.beside.push(told);
    } else if before && line.label().is_none() && line.is_prose() {
        // A summary goes on in the next line.
        record.beside.push(line.span);
    } else if let Some(told) = line.labelled(&["language"]).filter(|_| record.language.is_none()) {
        // "ENGLISH; Français": the first is that of the words.
        record.language = told.of(text).split([';', ',']).next().and_then(language::named);
    } else if let Some(told) = line.labelled(&["url"]).filter(|told| told.of(text).starts_with("http")) {
        record.url = Some(told.of(text).to_owned());
    }
}

fn is_head(line: &Line<'_>) -> bool {
    line.labelled(&HEAD).is_some() || line.text == "Body"
}

fn is_tail(line: &Line<'_>) -> bool {
    !matches!(part(line), Part::Words | Part::Unknown)
}

/// What only exports of LexisNexis have.
fn is_sure(line: &Line<'_>) -> bool {
    let counted = |value: Span| {
        let count = line.text.get(value.start - line.span.start..).unwrap_or_default();
        count.starts_with(|c: char| c.is_ascii_digit()) && count.split_whitespace().count() == 2
    };
    line.text == "Body"
        || line.labelled(&SURE).is_some()
        || line.labelled(&["length", "länge"]).is_some_and(counted)
}

/// What a line is where it stands after the story.
fn part(line: &Line<'_>) -> Part {
    if line.is_copyright() {
        return Part::Sure;
    }
    let Some((label, _)) = line.label() else {
        return match line.text {
            "Graphic" => Part::Heading,
            text if HEADINGS.contains(&text) => Part::Rule,
            _ => Part::Words,
        };
    };
    let lower = label.to_lowercase();
    match lower.as_str() {
        "graphic" => Part::Caption,
        lower if SURE.contains(&lower) => Part::Sure,
        lower if TAIL.contains(&lower) => Part::Label,
        _ if !label.contains(char::is_lowercase) => Part::Unknown,
        _ => Part::Words,
    }
}

/// Without the lines that name an edition, unless there are no others: "Late Edition - Final".
fn without_edition<'a, 'b>(lines: &'b [Line<'a>]) -> &'b [Line<'a>] {
    let edition = |line: &&Line<'_>| {
        let lower = line.text.to_lowercase();
        (lower.contains("edition") || lower.contains("ausgabe")) && lower.split_whitespace().count() <= 6
    };
    let editions = lines.iter().take_while(edition).count();
    if editions < lines.len() { lines.get(editions..).unwrap_or_default() } else { lines }
}

/// The line with which the story begins: after "Body", or after the last label and what goes on from it.
fn story(lines: &[Line<'_>], first: usize) -> usize {
    let body = |line: &Line<'_>| line.text == "Body" || line.text.eq_ignore_ascii_case("body:");
    if let Some(at) = lines.iter().take(first + 40).skip(first).position(body) {
        return first + at + 1;
    }
    // Where nothing is blank, a line is a paragraph.
    let wrapped = lines.iter().skip(first + 1).any(|line| line.apart);
    let mut at = first;
    while let Some(line) = lines.get(at) {
        if !is_head(line) && (!wrapped || line.apart) {
            break;
        }
        at += 1;
    }
    at
}
