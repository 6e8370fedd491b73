//! What databases of newspapers hand out: many articles in one document, each between lines of a form of its own.
//! LexisNexis, Factiva and ProQuest are known by the lines that part their articles; an article's text is all that
//! stands between two of them, of which only headline and story are no furniture. Words that stand outside of these
//! lines are an article, too: an export that was cut or pasted lacks some of them.

mod factiva;
mod lexis;
mod line;
mod proquest;

use super::text::united;
use super::{language, page, text};
use crate::model::{Article, DateEvidence, PartialDate, Span, one_line};
use line::Line;

/// What stands where in one article of an export. Spans are bytes of the whole text.
#[derive(Debug, Default)]
struct Record {
    /// Where it begins: a list of all articles may stand before the first.
    start: usize,
    title: Option<Span>,
    story: Span,
    /// What is neither headline nor story and is to be read all the same: the place in the dateline, a summary.
    beside: Vec<Span>,
    date: Option<(PartialDate, Span)>,
    source: Option<String>,
    url: Option<String>,
    language: Option<String>,
}

/// The articles of an export; the article as it is where it is none.
pub(super) fn parted(article: Article) -> Vec<Article> {
    articles(&article.id, &article.text, &article.boilerplate).unwrap_or_else(|| vec![article])
}

/// The same of a text of which nothing is known yet.
pub(super) fn texts(id: &str, text: String) -> Vec<Article> {
    articles(id, &text, &[]).unwrap_or_else(|| vec![text::article(id, text)])
}

/// The articles of an export; `furniture` is known to be none of their words.
fn articles(id: &str, text: &str, furniture: &[Span]) -> Option<Vec<Article>> {
    let lines = line::split(text);
    let documents = documents(&lines);
    let mut parts: Vec<(&[Line<'_>], Option<Record>)> = Vec::new();
    let (mut known, mut marked) = (0, 0);
    for document in &documents {
        let record = read(text, document.lines);
        marked += usize::from(document.marked);
        known += usize::from(document.marked && record.is_some());
        let start = record.as_ref().map_or(usize::MAX, |record| record.start);
        let (before, rest) =
            document.lines.split_at(document.lines.partition_point(|line| line.span.start < start));
        let words = before.iter().any(Line::is_prose);
        if words || record.is_none() && document.marked {
            parts.push((before, None));
        }
        if record.is_some() {
            parts.push((rest, record));
        }
    }
    // A report may end with "End of document", too.
    if known == 0 || known * 2 < marked {
        return None;
    }
    let named = |number: usize| match parts.len() {
        1 => id.to_owned(),
        _ => format!("{id}#document={number}"),
    };
    let all = parts.iter().zip(1..).filter_map(|((lines, record), number)| {
        Some(match record {
            Some(record) => article(named(number), text, lines, record, furniture),
            None => text::article(&named(number), line::united(lines)?.of(text).to_owned()),
        })
    });
    Some(all.collect())
}

/// What parts articles from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    Begin,
    End,
}

fn mark(line: &Line<'_>) -> Option<Mark> {
    if line.text.len() > 80 || !line.text.to_ascii_lowercase().contains("o") {
        return None;
    }
    if line.text.eq_ignore_ascii_case("end of document") || factiva::is_end(line.text) {
        return Some(Mark::End);
    }
    is_number(line.text).then_some(Mark::Begin)
}

/// "3 of 25 DOCUMENTS", "Document 3 of 25", "Dokument 3 von 25".
fn is_number(line: &str) -> bool {
    let words: Vec<String> = line.split_whitespace().take(6).map(str::to_lowercase).collect();
    let named =
        |word: &String| ["document", "dokument", "documento"].iter().any(|name| word.starts_with(name));
    let numbers = match words.as_slice() {
        [first, number, of, all] if named(first) => Some((number, of, all)),
        [number, of, all, last] if named(last) => Some((number, of, all)),
        _ => None,
    };
    numbers.is_some_and(|(number, of, all)| {
        let (number, all) = (number.parse::<u32>(), all.parse::<u32>());
        let sound = matches!((number, all), (Ok(number), Ok(all)) if (1..=all).contains(&number));
        sound && ["of", "von", "de", "sur", "di", "van"].contains(&of.as_str())
    })
}

/// What stands between two marks.
struct Document<'a, 'b> {
    lines: &'b [Line<'a>],
    /// Whether a mark says that an article begins before it, or ends after it.
    marked: bool,
}

/// All lines but the marks, as the marks part them; none where there is no mark.
fn documents<'a, 'b>(lines: &'b [Line<'a>]) -> Vec<Document<'a, 'b>> {
    let mut documents = Vec::new();
    let (mut from, mut before) = (0, None);
    let marks = lines.iter().enumerate().filter_map(|(at, line)| Some((at, mark(line)?)));
    for (at, found) in marks.map(|(at, mark)| (at, Some(mark))).chain([(lines.len(), None)]) {
        let between = lines.get(from..at).unwrap_or_default();
        if !between.is_empty() && (before.is_some() || found.is_some()) {
            let marked = before == Some(Mark::Begin) || found == Some(Mark::End);
            documents.push(Document { lines: between, marked });
        }
        (from, before) = (at + 1, found);
    }
    documents
}

fn read(text: &str, lines: &[Line<'_>]) -> Option<Record> {
    factiva::read(lines).or_else(|| proquest::read(lines)).or_else(|| lexis::read(text, lines))
}

/// The article of a record. What pages say of themselves is looked for in headline and story alone.
fn article(id: String, text: &str, lines: &[Line<'_>], record: &Record, furniture: &[Span]) -> Article {
    let end = lines.last().map_or(record.start, |line| line.span.end);
    let moved = |span: Span| Span::new(span.start - record.start, span.end - record.start);
    let mut article = Article::from_text(id, Span::new(record.start, end).of(text));
    article.title = record.title.map(|span| one_line(span.of(text))).filter(|title| !title.is_empty());
    article.title_span = record.title.filter(|_| article.title.is_some()).map(moved);
    article.date = record.date.map(|(date, _)| date);
    article.date_evidence = record.date.map(|(_, span)| DateEvidence::Printed(moved(span)));
    article.source.clone_from(&record.source);
    article.url.clone_from(&record.url);

    let title = article.title.clone().unwrap_or_default();
    let story = format!("{title}\n\n{}", record.story.of(text));
    let before = title.len() + 2;
    let findings = page::analyse(&story, page::Trust::Verbatim);
    let in_story = |span: Span| {
        let start = record.story.start - record.start;
        (span.start >= before).then(|| Span::new(span.start - before + start, span.end - before + start))
    };
    article.dateline = findings.dateline.and_then(|mut dateline| {
        (dateline.span, dateline.place) = (in_story(dateline.span)?, in_story(dateline.place)?);
        Some(dateline)
    });
    article.source = article.source.take().or(findings.source);
    article.language = record.language.clone().or_else(|| language::of(record.story.of(text)));

    let kept = record.title.into_iter().chain([record.story]).chain(record.beside.iter().copied());
    let rest = outside(lines, &united(kept.collect()));
    let told = furniture.get(furniture.partition_point(|span| span.start < record.start)..);
    let told = told.unwrap_or_default().iter().take_while(|span| span.end <= end).copied();
    let marked =
        rest.into_iter().chain(told).map(moved).chain(findings.boilerplate.into_iter().filter_map(in_story));
    article.boilerplate = united(marked.collect());
    article
}

/// The parts of lines that are not kept. What is kept is in order and does not overlap: one pass is enough for
/// 20,000 lines that are kept each.
fn outside(lines: &[Line<'_>], kept: &[Span]) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut kept = kept.iter().peekable();
    for line in lines.iter().map(|line| line.span) {
        let mut from = line.start;
        while let Some(span) = kept.next_if(|span| span.end <= line.end) {
            parts.push(Span::new(from, span.start.max(from)));
            from = span.end.max(from);
        }
        // This one goes on in the next line.
        let until = kept.peek().map_or(line.end, |span| span.start.clamp(from, line.end));
        parts.push(Span::new(from, until));
    }
    parts
}

#[cfg(test)]
mod tests;
