//! What the report tells of one article: its mentions and its events, as far as they are chosen.
//! What is written of content is cut here where it would fill the page.

use super::super::form::{Wanted, Written};
use super::super::row::{ArticleRows, Row};
use super::super::{Options, Rows};
use super::escape::{SHORT, linked, short};
use crate::model::{Candidate, Days, Event, Mention};

/// The most code points of the words of a mention, and of those that tell an event.
const WORDS: usize = 400;
/// The most code points of a note.
const NOTE: usize = 1000;
/// The most of the reasons of a candidate, and the most code points of each.
const REASONS: usize = 12;

/// An article as the report has it.
pub(super) struct Telling<'a> {
    /// Headline, or what stands for it.
    pub heading: String,
    pub outlet: Option<String>,
    /// Its date as EDTF, with the days that it may be.
    pub date: Option<String>,
    pub days: Option<Days>,
    pub address: Option<&'a str>,
    pub language: Option<&'a str>,
    pub mentions: Vec<Mentioned<'a>>,
    pub events: Vec<Told<'a>>,
    pub text: Option<&'a str>,
    /// How many rows were made of it, of the sort that is asked for.
    pub written: Written,
}

/// A mention with its row.
pub(super) struct Mentioned<'a> {
    pub row: Row,
    pub mention: &'a Mention,
}

/// An event with its row.
pub(super) struct Told<'a> {
    pub row: Row,
    pub event: &'a Event,
    pub days: Option<Days>,
    /// Where: numbers among the mentions of the [`Telling`].
    pub places: Vec<usize>,
}

impl<'a> Telling<'a> {
    pub(super) fn of(wanted: &Wanted<'a>, options: &Options) -> Telling<'a> {
        let made = ArticleRows::new(wanted.article, wanted.key);
        let shows = |row: &Row| options.unresolved || row.latitude.is_some();
        let mut numbers = Vec::new();
        let mut mentions = Vec::new();
        for (number, mention) in wanted.chosen.mentions_of(wanted.article) {
            if let Some(row) = made.mention(number).filter(shows) {
                numbers.push(number);
                mentions.push(Mentioned { row: trimmed(row), mention });
            }
        }
        let of_mentions = Written::of(mentions.iter().map(|mentioned: &Mentioned<'_>| &mentioned.row));
        let mut of_events = Written::default();
        let mut events = Vec::new();
        for (number, event) in wanted.chosen.events_of(wanted.article) {
            let rows = made.event(number, wanted.chosen).into_iter();
            let rows: Vec<(Option<usize>, Row)> = rows.filter(|(_, row)| shows(row)).collect();
            let here = Written::of(rows.iter().map(|(_, row)| row));
            of_events.rows += here.rows;
            of_events.placed += here.placed;
            let places =
                rows.iter().filter_map(|(place, _)| numbers.binary_search(&(*place)?).ok()).collect();
            let days = wanted.article.days_of(event);
            let row = rows.into_iter().next().map(|(_, row)| trimmed(row));
            events.extend(row.map(|row| Told { row, event, days, places }));
        }
        let article = &wanted.article.article;
        Telling {
            heading: short(&one_line(article.heading()), SHORT),
            outlet: article.source.as_deref().map(|outlet| short(&one_line(outlet), SHORT)),
            date: article.date.map(|date| date.to_string()),
            days: article.date.and_then(Days::of),
            address: linked(article.url.as_deref()),
            language: article.language.as_deref().filter(|language| language.len() <= 35),
            mentions,
            events,
            text: options.with_text.then_some(article.text.as_str()),
            written: if options.rows == Rows::Events { of_events } else { of_mentions },
        }
    }
}

/// Without what would fill the page: a table without a full stop is one endless name to whoever marks it as one.
fn trimmed(mut row: Row) -> Row {
    row.mention = short(&row.mention, WORDS);
    row.quote = short(&row.quote, WORDS);
    for (text, most) in [
        (&mut row.note, NOTE),
        (&mut row.tags, SHORT),
        (&mut row.decided_by, SHORT),
        (&mut row.event_actors, SHORT),
        (&mut row.event_targets, SHORT),
        (&mut row.event_subtype, SHORT),
        (&mut row.event_date, SHORT),
    ] {
        *text = text.take().map(|text| short(&text, most));
    }
    row
}

/// The reasons of a candidate, the strongest first.
pub(super) fn reasons(candidate: &Candidate) -> impl Iterator<Item = String> {
    candidate.reasons.iter().take(REASONS).map(|reason| short(reason, SHORT))
}

/// Every run of white space as one space, without any at the ends.
fn one_line(text: &str) -> String {
    // Of a text of one endless line nothing is looked at that would be cut.
    let head: String = text.chars().take(SHORT * 4).collect();
    head.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl Telling<'_> {
    /// The sentence of a row: what stands before its words, they, and what follows.
    pub(super) fn sentence(row: &Row) -> String {
        [row.quote_before.as_str(), &row.quote, &row.quote_after].concat()
    }
}
