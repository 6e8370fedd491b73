//! The day a page was published.
//! What the page states outright wins; the date of a picture counts only if the story itself says
//! that its news is of that weekday. No date is better than a wrong one.

use super::cues::CAPTION_WORDS;
use super::date::{self, Found, to_civil};
use super::lines::{Line, key};
use crate::model::{DateEvidence, Dateline, PartialDate, Span};

/// Where the parts of a page are.
pub(super) struct Layout<'a, 'b> {
    /// Its lines.
    pub lines: &'b [Line<'a>],
    /// Which of them are furniture.
    pub marked: &'b [bool],
    /// First line of running text.
    pub body_start: usize,
    /// One past the last line of running text.
    pub body_end: usize,
    /// Line of the headline.
    pub title: Option<usize>,
    /// The story's dateline.
    pub dateline: Option<&'b Dateline>,
}

/// The best-founded date, with what it was taken from: stated as published, on a line of its own, in the dateline,
/// beside the byline, in the headline, stated as updated, and last that of a picture.
pub(super) fn find(page: &Layout<'_, '_>) -> Option<(PartialDate, DateEvidence)> {
    let printed = |found: Option<Found>| found.map(|found| (found.date, DateEvidence::Printed(found.span)));
    let of_dateline = || {
        let dateline = page.dateline?;
        Some((dateline.date?, DateEvidence::Dateline(dateline.span)))
    };
    let founded = [
        printed(page.stated(FIRST)),
        printed(page.stated(PUBLISHED)),
        printed(page.own_line()),
        of_dateline(),
        printed(page.beside_byline()),
        printed(page.in_title()),
        printed(page.stated(UPDATED)),
        page.of_picture().map(|found| (found.date, DateEvidence::Text(found.span))),
    ];
    let mut dates = founded.into_iter().flatten();
    let (best, evidence) = dates.next()?;
    let whole = dates.map(|(date, _)| date).find(|date| date.is_whole());
    Some((completed(best, whole), evidence))
}

/// A dateline's "Nov 24" with the year of the page's "Updated: November 26, 2015", if that is at
/// most a month later: nobody goes on with a story for longer. And "05/06/2021", of which only the
/// year is known, by a whole date of that year.
fn completed(date: PartialDate, whole: Option<PartialDate>) -> PartialDate {
    let Some(later) = whole.filter(|_| !date.is_whole()) else {
        return date;
    };
    if date.year.is_some() {
        return if date.year == later.year { later } else { date };
    }
    let same_year = PartialDate { year: later.year, ..date };
    let days = to_civil(later).zip(to_civil(same_year)).map(|(later, date)| (later - date).get_days());
    if days.is_some_and(|days| (0..=31).contains(&days)) { same_year } else { later }
}

impl Layout<'_, '_> {
    /// Lines about the story: all before it, its first, and those that follow it at once. What comes
    /// later on a page are the dates of other stories and of comments.
    fn near(&self) -> impl Iterator<Item = (usize, &Line<'_>)> {
        let near = |at: usize| at < self.body_start + 3 || at >= self.body_end && at < self.body_end + 6;
        self.lines.iter().enumerate().filter(move |(at, _)| near(*at))
    }

    fn stated(&self, labels: &[&str]) -> Option<Found> {
        let short = |line: &Line<'_>| !line.is_prose() && line.words <= 24;
        self.near().filter(|(_, line)| short(line)).find_map(|(_, line)| labelled(line, labels))
    }

    fn own_line(&self) -> Option<Found> {
        let updated = |line: &Line<'_>| UPDATED.iter().any(|label| line.key.starts_with(label));
        let mut lines = self.near().filter(|(_, line)| date::is_date_line(line) && !updated(line));
        lines.find_map(|(_, line)| first_date(line))
    }

    /// A date among the furniture above the story: "By Jane Doe | March 3, 2020".
    fn beside_byline(&self) -> Option<Found> {
        let head = self.lines.iter().zip(self.marked).take(self.body_start);
        head.filter(|(line, marked)| **marked && line.words <= 22).find_map(|(line, _)| first_date(line))
    }

    /// "Situation Report No. 5, 12 March 2019". A date within the words ("the attack of 11 September
    /// 2001 remembered") is not the headline's.
    fn in_title(&self) -> Option<Found> {
        let line = self.lines.get(self.title?)?;
        let text = line.text;
        let found = date::find(text).pop().filter(|found| found.date.is_whole())?;
        let before = text.get(..found.span.start)?.trim_end();
        let after = text.get(found.span.end..)?;
        let apart = before.ends_with([',', '|', '(', '-', '–', '—', ':']) || before.ends_with("as of");
        (apart && after.trim_matches([')', '.', ' ']).is_empty()).then(|| in_page(line, found))
    }

    /// The date in a caption, if the first paragraphs name its weekday: a caption "in Cairo, Feb. 10,
    /// 2015" above "at talks in Cairo on Tuesday" dates the story to that Tuesday, because papers
    /// call a day by its weekday only within the week.
    fn of_picture(&self) -> Option<Found> {
        let top = self.lines.iter().enumerate().take(self.body_start + 2);
        let captions = top.filter(|(at, _)| Some(*at) != self.title && self.is_caption(*at));
        let dates = captions
            .flat_map(|(_, line)| date::find(line.text).into_iter().map(|found| in_page(line, found)));
        let story = (self.body_start..self.lines.len()).filter(|&at| !self.is_caption(at)).take(4);
        let named: Vec<_> = story
            .flat_map(|at| self.lines[at].key.split(' '))
            .filter(|word| word.len() > 5)
            .filter_map(date::weekday)
            .collect();
        dates.into_iter().find(|found| to_civil(found.date).is_some_and(|day| named.contains(&day.weekday())))
    }

    /// Whether a line describes a picture.
    fn is_caption(&self, at: usize) -> bool {
        let Some(line) = self.lines.get(at) else {
            return false;
        };
        let before = at.checked_sub(1).and_then(|before| self.lines.get(before));
        let ends_in_date = || {
            date::find(line.text).last().is_some_and(|found| {
                let rest = line.text.get(found.span.end..).unwrap_or("");
                line.words >= 6 && rest.trim_matches(['.', ')', ' ']).is_empty()
            })
        };
        before.is_some_and(|before| before.key.ends_with("caption"))
            || CAPTION_WORDS.within(&line.key)
            || ends_in_date()
    }
}

fn first_date(line: &Line<'_>) -> Option<Found> {
    date::find(line.text).first().map(|found| in_page(line, *found))
}

/// A date of a line as one of the page.
fn in_page(line: &Line<'_>, found: Found) -> Found {
    let start = line.span.start;
    Found { span: Span::new(start + found.span.start, start + found.span.end), ..found }
}

/// A page may say when it was posted there and when the story first came out.
const FIRST: &[&str] = &["originally published", "first published"];
const PUBLISHED: &[&str] = &[
    "published", "posted", "publication date", "date published", "release date", "issued", "date",
    "publish date",
];
const UPDATED: &[&str] = &["updated", "last updated", "last modified", "modified"];

/// "Published: 3 May 2019 | Updated …" gives the date that follows the label.
fn labelled(line: &Line<'_>, labels: &[&str]) -> Option<Found> {
    let found = date::find(line.text);
    found
        .iter()
        .find(|found| {
            let before = key(line.text.get(..found.span.start).unwrap_or(""));
            let mut words: Vec<&str> = before.split(' ').collect();
            while words.last().is_some_and(|word| {
                date::weekday(word).is_some()
                    || matches!(*word, "on" | "at")
                    || word.starts_with(|c: char| c.is_ascii_digit())
                    || matches!(*word, "am" | "pm" | "gmt")
            }) {
                words.pop();
            }
            let before = words.join(" ");
            labels.iter().any(|label| before == *label || before.ends_with(&format!(" {label}")))
        })
        .map(|found| in_page(line, *found))
}
