//! What a page's text says besides its story: title, outlet, date, dateline, and what is furniture.
//! Everything is a span of the text; the text itself is never changed.

mod after;
mod cues;
mod date;
mod dateline;
mod lines;
mod noise;
mod outlet;
mod published;
mod title;

use std::collections::BTreeSet;
use std::ops::Range;

use crate::model::{DateEvidence, Dateline, PartialDate, Span, one_line};
use lines::Line;

/// How far a text may be a web page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Copied from a page, furniture and all.
    Noisy,
    /// Given as an article's text: only what cannot be prose is marked.
    Verbatim,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Findings {
    pub title: Option<String>,
    pub title_span: Option<Span>,
    pub date: Option<PartialDate>,
    /// What the date was taken from.
    pub date_evidence: Option<DateEvidence>,
    pub source: Option<String>,
    pub dateline: Option<Dateline>,
    /// Sorted, not overlapping.
    pub boilerplate: Vec<Span>,
}

/// Lines of running text among which the dateline is looked for: a caption, a summary and a note
/// may come before the story.
const OPENINGS: usize = 4;

/// Reads a page.
pub(super) fn analyse(text: &str, trust: Trust) -> Findings {
    let lines = lines::split(text);
    let mut marked: Vec<bool> = lines
        .iter()
        .map(|line| noise::anywhere(line) && (trust == Trust::Noisy || !line.is_prose()))
        .collect();
    if trust == Trust::Noisy {
        after::mark_comments(&lines, &mut marked);
    }
    let body = body_of(&lines, &marked);
    let headline = headline(text, &lines, &marked, body.start);
    let title_line = headline.map(|headline| headline.line);
    if trust == Trust::Noisy {
        mark_around(text, &lines, &mut marked, body.clone(), headline);
    } else {
        mark_bylines(&lines, &mut marked, body.start, title_line);
    }
    let Start { dateline, agency, title_span } = start(text, &lines, &marked, headline);
    let layout = published::Layout {
        lines: &lines,
        marked: &marked,
        body_start: body.start,
        body_end: body.end,
        title: title_line,
        dateline: dateline.as_ref(),
    };
    let published = published::find(&layout);
    let site = headline.and_then(|headline| headline.site).map(|site| site.of(text));
    let source = site
        .and_then(outlet::from_site)
        .or_else(|| outlet::from_lines(&lines, |at| marked[at], body.start))
        .or(agency);
    if let Some(source) = source.as_deref().filter(|_| trust == Trust::Noisy) {
        for at in (0..lines.len()).filter(|at| !body.contains(at) && Some(*at) != title_line) {
            marked[at] = marked[at] || outlet::is_signed(&lines[at], source);
        }
    }
    Findings {
        title: title_span.map(|span| one_line(span.of(text))),
        title_span,
        date: published.map(|(date, _)| date),
        date_evidence: published.map(|(_, evidence)| evidence),
        source,
        dateline,
        boilerplate: boilerplate(text, &lines, &marked, headline),
    }
}

/// The date in a text that holds one, as pages print it.
pub(super) fn read_date(text: &str) -> Option<PartialDate> {
    date::find(text).first().map(|found| found.date)
}

/// From the first to the last line of running text that is not furniture.
fn body_of(lines: &[Line<'_>], marked: &[bool]) -> Range<usize> {
    let prose = |at: &usize| !marked[*at] && lines[*at].is_prose();
    let start = (0..lines.len()).find(prose).unwrap_or(lines.len());
    let end = (0..lines.len()).rev().find(prose).map_or(start, |last| last + 1);
    start..end
}

/// Lines among which a headline is looked for where no running text follows.
const HEAD: usize = 8;

fn headline(text: &str, lines: &[Line<'_>], marked: &[bool], body_start: usize) -> Option<title::Headline> {
    // A single line is a text without a title.
    if lines.len() < 2 {
        return None;
    }
    let candidates: Vec<usize> = (0..body_start.min(lines.len()).min(60))
        .filter(|&at| body_start < lines.len() || at < HEAD)
        .filter(|&at| !marked[at] && !noise::outside_body(&lines[at]) && !noise::is_pointer(&lines[at]))
        .filter(|&at| dateline::at_start(text, &lines[at]).dateline.is_none())
        .collect();
    title::find(text, lines, &candidates, body_start)
}

/// Marks the furniture of a web page around and within its text.
fn mark_around(
    text: &str,
    lines: &[Line<'_>],
    marked: &mut [bool],
    body: Range<usize>,
    headline: Option<title::Headline>,
) {
    let title = headline.map(|headline| headline.line);
    for (at, line) in lines.iter().enumerate() {
        let outside = !body.contains(&at) && Some(at) != title;
        marked[at] = marked[at]
            || outside && noise::outside_body(line)
            || Some(at) != title && noise::is_pointer(line);
    }
    mark_repeats(lines, marked, body.start, title, headline.map_or("", |headline| headline.span.of(text)));
    if let Some(title) = title {
        mark_headers(lines, marked, body.start, title);
    }
    if let Some(title) = title {
        mark_above(lines, marked, title);
    }
    for at in noise::menu_gaps(lines, marked, 0..body.start, title) {
        marked[at] = true;
    }
    after::mark(lines, marked);
}

/// What furniture divides from the headline below it is not the story's: names of sites, their
/// mottoes, headlines of other stories.
fn mark_above(lines: &[Line<'_>], marked: &mut [bool], title: usize) {
    if let Some(divider) = (0..title).rev().find(|&at| marked[at]) {
        for at in (0..divider).filter(|&at| !lines[at].is_prose()) {
            marked[at] = true;
        }
    }
}

/// Bylines and credits alone: what is left to mark in a text that is given as an article's.
fn mark_bylines(lines: &[Line<'_>], marked: &mut [bool], head_end: usize, title: Option<usize>) {
    for at in (0..head_end.min(lines.len())).filter(|&at| Some(at) != title) {
        marked[at] = marked[at] || noise::is_byline(&lines[at]);
    }
}

/// The second copy of a line above the story (a date, a caption, the title), and of a short line
/// anywhere (the header of every page of a scan).
fn mark_repeats(
    lines: &[Line<'_>],
    marked: &mut [bool],
    head_end: usize,
    title: Option<usize>,
    headline: &str,
) {
    let mut seen = BTreeSet::from([lines::key(headline)]);
    for (at, line) in lines.iter().enumerate().filter(|(at, _)| Some(*at) != title) {
        let short = line.words <= 8 && !line.ends_sentence();
        let judged = line.words > 0 && (at < head_end || short);
        if judged && !seen.insert(line.key.clone()) {
            marked[at] = true;
        }
    }
}

/// Site headers above the headline: "Opinion | The Daily Teller", or the name of the paper alone.
fn mark_headers(lines: &[Line<'_>], marked: &mut [bool], head_end: usize, title: usize) {
    for at in (0..head_end.min(lines.len())).filter(|&at| at != title) {
        let line = &lines[at];
        let barred = line.text.contains(" | ") && line.words <= 14 && !line.ends_sentence();
        marked[at] =
            marked[at] || at < title && barred || title::is_masthead(&line.key) && !line.ends_sentence();
    }
}

/// Where the story begins.
struct Start {
    dateline: Option<Dateline>,
    /// The wire agency, where one is named.
    agency: Option<String>,
    title_span: Option<Span>,
}

/// The dateline of the story, also one that follows the headline on the same line, which then is
/// the title where no line of its own is.
fn start(text: &str, lines: &[Line<'_>], marked: &[bool], headline: Option<title::Headline>) -> Start {
    let (mut dateline, agency) = opening(text, lines, marked, headline.map(|headline| headline.line));
    let mut title_span = headline.map(|headline| headline.span);
    let first = (0..lines.len()).find(|&at| !marked[at] && lines[at].is_prose());
    if dateline.is_none()
        && let Some(first) = first
    {
        dateline = dateline::after_headline(text, &lines[first]);
        let before = dateline.as_ref().and_then(|dateline| before_dateline(text, &lines[first], dateline));
        title_span = title_span.or(before);
    }
    let printed = dateline.as_ref().and_then(|dateline| dateline.agency.clone());
    let agency = agency.or_else(|| printed.filter(|name| dateline::is_agency(name)));
    Start { dateline, agency, title_span }
}

/// The headline that runs on into a dateline, without its full stop.
fn before_dateline(text: &str, line: &Line<'_>, dateline: &Dateline) -> Option<Span> {
    let before = Span::new(line.span.start, dateline.span.start);
    let words = before.of(text).trim_end().trim_end_matches(['.', ' ']);
    let headline = Span::new(before.start, before.start + words.len());
    // More than one sentence is no headline.
    (!words.is_empty() && !words.contains(". ")).then_some(headline)
}

/// The dateline of the first paragraph that has one, and the agency.
fn opening(
    text: &str,
    lines: &[Line<'_>],
    marked: &[bool],
    title: Option<usize>,
) -> (Option<Dateline>, Option<String>) {
    let first = title.map_or(0, |title| title + 1);
    let story = (first..lines.len()).filter(|&at| !marked[at]);
    let mut agency = None;
    for at in story.take(OPENINGS + 4) {
        let opening = dateline::at_start(text, &lines[at]);
        agency = agency.or(opening.agency.filter(|name| dateline::is_agency(name)));
        if opening.dateline.is_some() {
            return (opening.dateline, agency);
        }
    }
    let byline =
        (0..lines.len().min(first + OPENINGS)).find(|&at| marked[at] && dateline::is_agency(lines[at].text));
    (None, agency.or_else(|| byline.map(|at| lines[at].text.to_owned())))
}

/// The marked lines and parts of lines, sorted, those of neighbours kept apart.
fn boilerplate(
    text: &str,
    lines: &[Line<'_>],
    marked: &[bool],
    headline: Option<title::Headline>,
) -> Vec<Span> {
    let mut spans = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if marked[at] {
            spans.push(line.span);
        } else if let Some(headline) = headline.filter(|headline| headline.line == at) {
            // The name of the site beside the headline.
            spans.push(Span::new(line.span.start, headline.span.start));
            spans.push(Span::new(headline.span.end, line.span.end));
        } else {
            spans.extend(noise::trailing_credit(text, line));
        }
    }
    spans.retain(|span| !span.is_empty());
    spans
}
