//! The first articles as plain lists: what is read without scripts, and what is printed.
//! Bounded, so that a page of a hundred thousand mentions is not written twice; it says where it stops.

use std::collections::HashSet;
use std::fmt::Write;

use super::escape::{Html, SHORT, short};
use super::known::{Known, Shared};
use super::telling::{Mentioned, Telling, Told, reasons};
use crate::export::row::Row;
use crate::model::words::short_month;
use crate::model::{Candidate, How, Polarity};

/// The most articles, quotes and bytes of the lists.
const ARTICLES: usize = 400;
const QUOTES: usize = 1_500;
const BYTES: usize = 4 << 20;
/// The most rows of the table of places.
const PLACES: usize = 500;

/// The lists while they grow.
#[derive(Default)]
pub(super) struct Record {
    html: String,
    articles: usize,
    quotes: usize,
    full: bool,
}

impl Record {
    /// Takes in an article while there is room.
    pub(super) fn add(&mut self, telling: &Telling<'_>) {
        if telling.mentions.is_empty() && telling.events.is_empty() {
            return;
        }
        self.full |= self.articles >= ARTICLES || self.quotes >= QUOTES || self.html.len() >= BYTES;
        if self.full {
            return;
        }
        self.articles += 1;
        let room = QUOTES - self.quotes;
        let quotes = telling.mentions.len().min(room);
        self.quotes += quotes;
        // Writing to a string cannot fail.
        let _ = self.article(telling, quotes);
    }

    fn article(&mut self, telling: &Telling<'_>, quotes: usize) -> std::fmt::Result {
        let out = &mut self.html;
        write!(out, "<article><h4 dir=\"auto\">{}</h4>\n<p class=\"meta\">", Html(&telling.heading))?;
        meta(out, telling)?;
        out.push_str("</p>\n");
        let mut said = Said::default();
        let mut quoted = telling.mentions.iter().take(quotes).peekable();
        if quotes > 0 {
            out.push_str("<ul class=\"quotes\">\n");
        }
        while let Some(first) = quoted.next() {
            let sentence = Telling::sentence(&first.row);
            let mut here = vec![first];
            while let Some(next) = quoted.next_if(|next| Telling::sentence(&next.row) == sentence) {
                here.push(next);
            }
            sentence_with(out, &sentence, &here, &mut said)?;
            said.sentences.insert(sentence);
        }
        if quotes > 0 {
            out.push_str("</ul>\n");
        }
        let events = &telling.events[..telling.events.len().min(quotes.max(10))];
        if !events.is_empty() {
            out.push_str("<p class=\"sub\">Events</p>\n<ul class=\"quotes\">\n");
            events.iter().try_for_each(|told| event(out, told, telling, &said))?;
            out.push_str("</ul>\n");
        }
        out.push_str("</article>\n");
        Ok(())
    }

    /// Both lists: the places, and the articles with what they say.
    pub(super) fn html(&self, shared: &Shared) -> String {
        let places = shared.main_places();
        let mut out = String::from(
            "<section class=\"record\" aria-labelledby=\"record-places\"><h2 id=\"record-places\">Places</h2>\n",
        );
        let _ = table(&mut out, &places);
        out.push_str("</section>\n<section class=\"record\" aria-labelledby=\"record-articles\">");
        out.push_str("<h2 id=\"record-articles\">Articles and what they say</h2>\n");
        out.push_str(&self.html);
        let speaking = shared.articles - shared.silent;
        if self.full || self.articles < speaking {
            let _ = writeln!(
                out,
                "<p>These are the first {} of {speaking} articles with places. The others are in this file too, and are \
                 shown where scripts may run.</p>",
                self.articles
            );
        }
        out.push_str("</section>\n");
        out
    }
}

fn table(out: &mut String, places: &[&Known]) -> std::fmt::Result {
    if places.is_empty() {
        out.push_str("<p>No place was found.</p>\n");
        return Ok(());
    }
    out.push_str("<table><thead><tr><th scope=\"col\">Place</th><th scope=\"col\" class=\"n\">Mentions</th>");
    out.push_str("<th scope=\"col\" class=\"n\">Articles</th><th scope=\"col\">Latitude, longitude</th>");
    out.push_str("<th scope=\"col\">Identifier</th></tr></thead><tbody>\n");
    for place in places.iter().take(PLACES) {
        write!(out, "<tr><td dir=\"auto\">{}</td>", Html(&place.label))?;
        write!(
            out,
            "<td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"at\">",
            place.mentions, place.articles
        )?;
        if let Some((lat, lon)) = place.at {
            write!(out, "{lat}, {lon}")?;
        }
        writeln!(out, "</td><td>{}</td></tr>", Html(&place.id))?;
    }
    out.push_str("</tbody></table>\n");
    if places.len() > PLACES {
        writeln!(out, "<p>These are the {PLACES} most often mentioned of {} places.</p>", places.len())?;
    }
    Ok(())
}

/// Outlet, date, and the address as a link.
fn meta(out: &mut String, telling: &Telling<'_>) -> std::fmt::Result {
    if let Some(outlet) = &telling.outlet {
        write!(out, "<bdi>{}</bdi> ", Html(outlet))?;
    }
    if let Some(date) = &telling.date {
        write!(out, "<time>{}</time> ", Html(&spoken(date)))?;
    }
    if let Some(address) = telling.address {
        let shown = short(address, 80);
        write!(
            out,
            "<a href=\"{}\" rel=\"noopener noreferrer\"><bdi>{}</bdi></a>",
            Html(address),
            Html(&shown)
        )?;
    }
    Ok(())
}

fn quote(out: &mut String, row: &Row) -> std::fmt::Result {
    write!(
        out,
        "<blockquote dir=\"auto\">{}<mark>{}</mark>{}</blockquote>",
        Html(&row.quote_before),
        Html(&row.quote),
        Html(&row.quote_after)
    )
}

/// What an article's lists have said and need not say again.
#[derive(Default)]
struct Said {
    sentences: HashSet<String>,
    /// Words with the place that they were found to mean, and its score.
    decisions: HashSet<(String, String, String)>,
}

/// A sentence once, with all its places.
fn sentence_with(
    out: &mut String,
    sentence: &str,
    mentions: &[&Mentioned<'_>],
    said: &mut Said,
) -> std::fmt::Result {
    out.push_str("<li><blockquote dir=\"auto\">");
    let mut done = 0;
    for Mentioned { row, .. } in mentions {
        let start = row.quote_before.len();
        let end = start + row.quote.len();
        // Mentions stand in the order of the text and apart; what does not is marked no second time.
        if start < done {
            continue;
        }
        let (before, words) = (sentence.get(done..start), sentence.get(start..end));
        if let (Some(before), Some(words)) = (before, words) {
            write!(out, "{}<mark>{}</mark>", Html(before), Html(words))?;
            done = end;
        }
    }
    writeln!(out, "{}</blockquote>", Html(sentence.get(done..).unwrap_or_default()))?;
    mentions.iter().try_for_each(|mentioned| decision(out, mentioned, said))?;
    out.push_str("</li>\n");
    Ok(())
}

/// How it was decided which place is meant: in full where it is the first of its name.
fn decision(out: &mut String, mentioned: &Mentioned<'_>, said: &mut Said) -> std::fmt::Result {
    let Mentioned { row, mention } = mentioned;
    out.push_str("<p class=\"how\">");
    let others = match mention.chosen() {
        Some(chosen) => {
            let (label, score) = (label(chosen), score(chosen.score));
            write!(out, "<bdi class=\"place\">{}</bdi>, {} {score}. ", Html(&label), Html(&settled(row)))?;
            if !said.decisions.insert((row.quote.clone(), label, score)) {
                &[]
            } else {
                let reasons: Vec<String> = reasons(chosen).collect();
                if !reasons.is_empty() {
                    write!(out, "Why: {}. ", Html(&reasons.join("; ")))?;
                }
                &mention.candidates[1..]
            }
        }
        None => {
            write!(out, "<bdi>{}</bdi>: not placed. ", Html(&row.quote))?;
            &mention.candidates[..]
        }
    };
    if !others.is_empty() {
        let others = others.iter().map(|other| format!("{} ({})", label(other), score(other.score)));
        write!(out, "Also considered: <bdi>{}</bdi>.", Html(&others.collect::<Vec<_>>().join("; ")))?;
    }
    if let Some(note) = &row.note {
        write!(out, " Note: <bdi>{}</bdi>", Html(note))?;
    }
    out.push_str("</p>\n");
    Ok(())
}

/// An event, with its sentence where that was not quoted yet.
fn event(out: &mut String, told: &Told<'_>, telling: &Telling<'_>, said: &Said) -> std::fmt::Result {
    let Told { row, event, places, .. } = told;
    out.push_str("<li>");
    let quoted = said.sentences.contains(&Telling::sentence(row));
    if !quoted {
        quote(out, row)?;
    }
    write!(out, "<p class=\"how\"><b>{}</b>", Html(event.kind.title()))?;
    if let Some(subtype) = &row.event_subtype {
        write!(out, " ({})", Html(subtype))?;
    }
    if event.polarity != Polarity::Happened {
        write!(out, ", {}", event.polarity.title().to_lowercase())?;
    }
    if event.background {
        out.push_str(", background");
    }
    if let Some(date) = &row.event_date {
        write!(out, ", {}", Html(&spoken(date)))?;
    }
    let at = places.iter().filter_map(|&place| telling.mentions.get(place)?.mention.chosen());
    let at: Vec<String> = at.map(label).collect();
    if !at.is_empty() {
        write!(out, ", at <bdi>{}</bdi>", Html(&at.join("; ")))?;
    }
    if quoted {
        write!(out, ": “<bdi>{}</bdi>”", Html(&row.quote))?;
    }
    writeln!(out, ". Score {}.</p></li>", score(event.score))
}

fn label(candidate: &Candidate) -> String {
    short(&candidate.place.label(), SHORT)
}

fn score(score: f32) -> String {
    format!("{:.2}", crate::model::record::rounded_score(score))
}

/// Who settled it: "chosen by the program, score" and "confirmed by Ana; score".
fn settled(row: &Row) -> String {
    let by = row.decided_by.as_deref();
    match (row.status, by) {
        (How::Auto, _) => "chosen by the program, score".to_owned(),
        (how, Some(by)) => format!("{} by {by}, score", how.as_str()),
        (how, None) => format!("{}, score", how.as_str()),
    }
}

/// A date as people write it, where it is a whole one or a month: "17 Oct 2016". Others as they are.
pub(super) fn spoken(edtf: &str) -> String {
    let parts: Vec<&str> = edtf.split('-').collect();
    let number = |text: &str, digits: usize| {
        text.parse::<usize>()
            .ok()
            .filter(|_| text.len() == digits && text.bytes().all(|b| b.is_ascii_digit()))
    };
    let month = |text: &str| short_month(number(text, 2)?);
    let told = match parts[..] {
        [year, m] => number(year, 4).zip(month(m)).map(|(year, m)| format!("{m} {year}")),
        [year, m, day] => {
            let day = number(day, 2).filter(|day| (1..=31).contains(day));
            number(year, 4).zip(month(m)).zip(day).map(|((year, m), day)| format!("{day} {m} {year}"))
        }
        _ => None,
    };
    told.unwrap_or_else(|| edtf.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_as_people_write_them() {
        let check = |edtf: &str, expected: &str| assert_eq!(spoken(edtf), expected);
        check("2016-10-17", "17 Oct 2016");
        check("2016-10", "Oct 2016");
        check("2016", "2016");
        check("XXXX-10-31", "XXXX-10-31");
        check("2016-13-01", "2016-13-01");
        check("2016-10-17/2016-10-19", "2016-10-17/2016-10-19");
        check("", "");
    }
}
