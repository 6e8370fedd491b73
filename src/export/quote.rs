//! The sentence around a mention.
//! A sentence ends at every line break too; one ended early shortens a quote and never moves the mention.

use crate::model::{Span, sentence_starts};

/// The most code points of a sentence that are quoted on either side of the mention: tables of
/// names and pages without punctuation are one endless sentence.
const REACH: usize = 240;

/// A sentence in three parts that read on from one another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quote {
    /// The sentence up to the mention, with the space before it.
    pub before: String,
    /// The mention's own words.
    pub exact: String,
    /// The rest of the sentence.
    pub after: String,
}

/// A text's sentences, found once for all its mentions.
pub(crate) struct Sentences<'a> {
    text: &'a str,
    /// Byte at which each sentence begins, ascending.
    starts: Vec<usize>,
}

impl<'a> Sentences<'a> {
    pub(crate) fn of(text: &'a str) -> Self {
        Self { text, starts: sentence_starts(text) }
    }

    /// The sentence around a span, with runs of white space made one space.
    pub(crate) fn around(&self, span: Span) -> Quote {
        let first = self.starts.partition_point(|&start| start <= span.start).saturating_sub(1);
        let next = self.starts.partition_point(|&start| start < span.end);
        let start = self.starts.get(first).copied().unwrap_or(0);
        let end = self.starts.get(next).copied().unwrap_or(self.text.len()).max(span.end);
        let before = even(Span::new(start, span.start).of(self.text));
        let after = even(Span::new(span.end, end).of(self.text));
        Quote {
            before: last_words(before.trim_start()),
            exact: even(span.of(self.text)),
            after: first_words(after.trim_end()),
        }
    }
}

/// Every run of white space as one space.
pub(crate) fn even(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

/// The end of a text that is too long, from the beginning of a word.
fn last_words(text: &str) -> String {
    match text.char_indices().rev().nth(REACH) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let tail = &text[cut..];
            let word = tail.find(' ').map_or(tail, |space| &tail[space + 1..]);
            format!("…{word}")
        }
    }
}

/// The beginning of a text that is too long, to the end of a word.
fn first_words(text: &str) -> String {
    match text.char_indices().nth(REACH) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let head = &text[..cut];
            let word = head.rfind(' ').map_or(head, |space| &head[..space]);
            format!("{word}…")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, mention: &str, before: &str, after: &str) {
        let start = text.find(mention).unwrap();
        let quote = Sentences::of(text).around(Span::new(start, start + mention.len()));
        assert_eq!((quote.before.as_str(), quote.after.as_str()), (before, after), "in {text:?}");
        assert_eq!(quote.exact, even(mention));
    }

    #[test]
    fn the_sentence_around_a_mention() {
        check("It rained. Floods hit Derna on Sunday. He fled.", "Derna", "Floods hit ", " on Sunday.");
        check("Derna", "Derna", "", "");
        check("A headline about Derna\n\nThe body.", "Derna", "A headline about ", "");
        check("Floods\thit  Derna", "Derna", "Floods hit ", "");
        check("« À Tunis, il pleut, dit-on », lit-on.", "Tunis", "« À ", ", il pleut, dit-on », lit-on.");
        check("He went to New\nYork again.", "New\nYork", "He went to ", " again.");
    }

    #[test]
    fn an_endless_sentence_is_cut_between_words() {
        let text = format!("{} Derna {}", "word ".repeat(200), "word ".repeat(200));
        let start = text.find("Derna").unwrap();
        let quote = Sentences::of(&text).around(Span::new(start, start + 5));
        assert!(quote.before.starts_with("…word ") && quote.after.ends_with(" word…"), "{quote:?}");
        assert!(quote.before.chars().count() <= REACH + 2 && quote.after.chars().count() <= REACH + 2);
    }

    #[test]
    fn spans_that_do_not_fit_quote_nothing() {
        assert_eq!(Sentences::of("short").around(Span::new(50, 60)), Quote::default());
    }
}
