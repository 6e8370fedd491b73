//! Where the words of a query stand in a text, to be shown there.
//! A word whose beginning was asked for is shown whole.

use crate::model::{Geoparsed, Span};

use super::super::quote::{Quote, around};
use super::page::{needle, occurrences};
use super::query::{Field, Query};
use super::words::Words;

/// How much of an article is looked through for a passage, bytes.
const LOOKED_THROUGH: usize = 200_000;

/// Where the words of a query stand in a text, bytes, in order; overlapping ones as they come. Words that are asked for
/// in the name of an outlet, and words that must not be there, are not looked for.
///
/// ```
/// use dateline::{explore::found, model::Span};
/// assert_eq!(found("sao tome", "São Tomé e Príncipe"), [Span::new(0, 4), Span::new(5, 10)]);
/// ```
pub fn found(query: &str, text: &str) -> Vec<Span> {
    if query.trim().is_empty() {
        return Vec::new();
    }
    places_of(&Query::new(query), text, |field| field != Some(Field::Source))
}

/// The sentence of an article in which a query's words stand first, below its headline.
pub fn passage(query: &str, geoparsed: &Geoparsed) -> Option<Quote> {
    let text = &geoparsed.article.text;
    let start = geoparsed.article.title_span.map_or(0, |title| title.end);
    let mut end = text.len().min(start + LOOKED_THROUGH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let body = text.get(start..end)?;
    let in_text = |field: Option<Field>| field.is_none_or(|field| field == Field::Text);
    let first = *places_of(&Query::new(query), body, in_text).first()?;
    Some(around(text, Span::new(first.start + start, first.end + start)))
}

fn places_of(query: &Query, text: &str, shown: impl Fn(Option<Field>) -> bool) -> Vec<Span> {
    let mut spans = Vec::new();
    let needles: Vec<(String, usize)> = query
        .wanted()
        .filter(|term| shown(term.field))
        .map(|term| (needle(term), term.words.len()))
        .collect();
    if needles.is_empty() {
        return spans;
    }
    // The words with spaces around them, where the space before each stands, and where the word stood.
    let mut folded = String::from(" ");
    let mut stood: Vec<(usize, Span)> = Vec::new();
    let mut words = Words::of(text);
    while let Some(span) = words.advance() {
        stood.push((folded.len() - 1, span));
        folded.push_str(&words.word);
        folded.push(' ');
    }
    for (needle, length) in &needles {
        for at in occurrences(&folded, needle) {
            let first = stood.partition_point(|&(begins, _)| begins < at);
            let last = first + length - 1;
            if let (Some(&(_, first)), Some(&(_, last))) = (stood.get(first), stood.get(last)) {
                spans.push(Span::new(first.start, last.end));
            }
        }
    }
    spans.sort_unstable();
    spans.dedup();
    spans
}

#[cfg(test)]
mod tests {
    use super::super::super::fixture::story;
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        let check = |query: &str, text: &str, expected: &[&str]| {
            let words: Vec<&str> = found(query, text).iter().map(|span| span.of(text)).collect();
            assert_eq!(words, expected, "{query:?} in {text:?}");
        };
        check("derna", "Derna, DERNA and Dérna\u{301}", &["Derna", "DERNA", "Dérna\u{301}"]);
        check("\"the dam\"", "under the\n dam", &["the\n dam"]);
        check("river flood", "Flood on the river", &["Flood", "river"]);
        check("riv flo", "Flood on the river", &["Flood"]);
        check("", "anything", &[]);
        check("istanbul", "İstanbul", &["İstanbul"]);
        check("开罗", "在开罗，开罗。", &["开罗", "开罗"]);
        check("dam dam ", "dam dam dam", &["dam", "dam", "dam"]);
        check("\"dam dam\"", "dam dam dam", &["dam dam", "dam dam"]);
        check("-dam source:dam place:river ", "dam river", &["river"]);
        check("strasse", "Groß ist die Straße", &["Straße"]);
    }

    #[test]
    fn a_passage_is_below_the_headline() {
        let mut story = story("a", "Dam breaks\nNobody slept. The dam held until noon.", &[]);
        story.article.title_span = Some(Span::new(0, 10));
        let quote = passage("dam", &story).unwrap();
        assert_eq!((&*quote.before, &*quote.words, &*quote.after), ("The ", "dam", " held until noon."));
        assert_eq!(passage("breaks", &story), None);
        assert_eq!(passage("title:dam", &story), None);
    }
}
