//! An article as ProQuest hands it out: every line has a label, the story "Full text".

use super::Record;
use super::line::{Line, Part, ending};
use crate::ingest::{language, page};
use crate::model::Span;

/// Labels of these exports.
const LABELS: [&str; 34] = [
    "full text", "abstract", "title", "author", "links", "subject", "business indexing term", "location",
    "people", "company / organization", "identifier / keyword", "classification", "credit",
    "publication title", "publication info", "publication year", "publication date", "publication subject",
    "pages", "first page", "place of publication", "country of publication", "publisher", "issn",
    "source type", "language of publication", "document type", "document feature", "proquest document id",
    "proquest document link", "document url", "copyright", "last updated", "database",
];

/// Of these those that a story may have as well: "Location: Bergen and the villages around it."
const LOOSE: [&str; 10] = [
    "full text", "abstract", "title", "author", "links", "subject", "location", "people", "classification",
    "pages",
];

/// The shortest line that is drawn between articles, in bytes; stories have shorter ones.
const SHORTEST_RULE: usize = 20;

pub(super) fn read(lines: &[Line<'_>]) -> Option<Record> {
    let labelled = |label: &str| {
        lines.iter().enumerate().find_map(|(at, line)| line.labelled(&[label]).map(|value| (at, value)))
    };
    let (at, value) = labelled("full text").or_else(|| labelled("abstract"))?;
    let tail = ending(lines, at + 1, part);
    let end = lines.get(tail.checked_sub(1)?)?.span.end;
    // The story may have lines that look like labels.
    let find = |label: &str| {
        let facts = lines.iter().enumerate().filter(|(line, _)| *line < at || *line >= tail);
        facts.filter_map(|(at, line)| line.labelled(&[label]).map(|value| (at, value))).next()
    };
    find("publication title").or_else(|| find("proquest document id"))?;
    let words = |label: &str| {
        let (at, value) = find(label)?;
        let line = lines.get(at)?;
        line.text.get(value.start - line.span.start..).map(|words| words.trim().to_owned())
    };
    let heading = lines.iter().find(|line| !is_rule(line));
    let title = heading.filter(|line| line.labelled(&LABELS).is_none()).map(|line| line.span);
    let date = find("publication date")
        .and_then(|(_, span)| Some((page::read_date(&words("publication date")?)?, span)));
    Some(Record {
        start: lines.first()?.span.start,
        title: title.or_else(|| find("title").map(|(_, value)| value)),
        story: Span::new(value.start, end),
        date,
        // "The Fjord; Oslo": the outlet and where it is printed.
        source: words("publication title")
            .and_then(|told| told.split(';').next().map(|name| name.trim().to_owned())),
        url: words("document url").filter(|url| url.starts_with("http")),
        language: words("language of publication").and_then(|told| language::named(&told)),
        ..Record::default()
    })
}

/// What a line is where it stands after the story.
fn part(line: &Line<'_>) -> Part {
    if line.text.len() >= SHORTEST_RULE && is_rule(line) {
        Part::Rule
    } else if line.labelled(&LOOSE).is_some() {
        Part::Label
    } else if line.labelled(&LABELS).is_some() || line.is_copyright() {
        Part::Sure
    } else {
        Part::Words
    }
}

/// A line that is drawn between articles.
fn is_rule(line: &Line<'_>) -> bool {
    line.text.chars().all(|c| matches!(c, '_' | '-' | '=' | '*' | '—'))
}
