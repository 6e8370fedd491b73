//! The sentence around a mention, and the mention that speaks best for a place.
//! "Best" is short and plain: a reader takes it in at one look from a card on the map.

use super::paragraphs::is_hard_wrapped;
use crate::model::{Geoparsed, Kind, Mention, Role, Sense, Span, one_line, sentence_starts};

/// A sentence parted around the words that mention a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quote {
    /// The sentence up to the mention, white space evened.
    pub before: String,
    /// The words of the mention.
    pub words: String,
    /// The rest of the sentence.
    pub after: String,
}

/// Longest part of a sentence kept on either side of a mention, characters.
const SIDE: usize = 110;

/// The sentence around a mention, shortened to about 110 characters on either side.
pub fn sentence(geoparsed: &Geoparsed, mention: &Mention) -> Quote {
    around(&geoparsed.article.text, mention.span)
}

/// The whole sentence in which words of a text stand, white space evened.
pub fn whole_sentence(text: &str, words: Span) -> String {
    even(sentence_bounds(text, words).of(text)).trim().to_owned()
}

/// Where the paragraph and, within it, the sentence stand that words of a text are in: bytes.
pub fn setting(text: &str, words: Span) -> [Span; 2] {
    [paragraph_bounds(text, words), sentence_bounds(text, words)]
}

/// The sentence around any words of a text, shortened as [`sentence`] is.
pub(super) fn around(text: &str, words: Span) -> Quote {
    let bounds = sentence_bounds(text, words);
    let before = Span::new(bounds.start, words.start).of(text);
    let after = Span::new(words.end, bounds.end).of(text);
    Quote {
        before: shorten_head(&even(before)),
        words: even(words.of(text)),
        after: shorten_tail(&even(after)),
    }
}

/// A passage of a text parted around words in it, whole.
pub(super) fn parted(text: &str, whole: Span, words: Span) -> Quote {
    let part = |start: usize, end: usize| even(text.get(start..end).unwrap_or(""));
    let (start, end) = (words.start.max(whole.start), words.end.min(whole.end));
    Quote {
        before: part(whole.start, start).trim_start().to_owned(),
        words: part(start, end),
        after: part(end, whole.end).trim_end().to_owned(),
    }
}

/// The paragraph in which a span stands: its line, or the lines up to blank ones where all are of one length,
/// as wires break them.
fn paragraph_bounds(text: &str, span: Span) -> Span {
    // No paragraph is longer, and a text may have none.
    const FAR: usize = 6000;
    let from = text.floor_char_boundary(span.start.saturating_sub(FAR));
    let to = text.ceil_char_boundary(text.len().min(span.end.saturating_add(FAR)));
    let (head, tail) = (text.get(from..span.start).unwrap_or(""), text.get(span.end..to).unwrap_or(""));
    let start = head.rfind("\n\n").map_or(from, |at| from + at + 2);
    let end = span.end + tail.find("\n\n").unwrap_or(tail.len());
    let mut lines = Vec::new();
    let mut at = start;
    for line in text.get(start..end).unwrap_or("").split('\n') {
        lines.push(Span::new(at, at + line.len()));
        at += line.len() + 1;
    }
    if is_hard_wrapped(&lines, text) {
        return Span::new(start, end);
    }
    let start = head.rfind('\n').map_or(from, |at| from + at + 1);
    Span::new(start, span.end + tail.find('\n').unwrap_or(tail.len()))
}

/// The sentence, within its paragraph, in which a span stands.
fn sentence_bounds(text: &str, span: Span) -> Span {
    let Span { start, end } = paragraph_bounds(text, span);
    // A line break ends a sentence, but not one that a machine has made.
    let paragraph = &text.get(start..end).unwrap_or("").replace('\n', " ");
    let mut bounds = Span::new(start, end);
    let starts = sentence_starts(paragraph);
    let ends = starts.iter().skip(1).copied().chain([paragraph.len()]);
    for (&from, to) in starts.iter().zip(ends) {
        let here = Span::new(start + from, start + to);
        if here.start <= span.start && span.start < here.end {
            bounds.start = here.start;
        }
        if here.start < span.end && span.end <= here.end {
            bounds.end = here.end;
        }
    }
    bounds
}

/// White space evened, with one space kept at each end where there was any.
fn even(text: &str) -> String {
    let mut evened = one_line(text);
    if text.starts_with(char::is_whitespace) && !evened.is_empty() {
        evened.insert(0, ' ');
    }
    if text.ends_with(char::is_whitespace) {
        evened.push(' ');
    }
    evened
}

fn shorten_head(text: &str) -> String {
    let text = text.trim_start();
    match text.char_indices().nth_back(SIDE) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let rest = &text[cut..];
            format!("… {}", rest.find(' ').map_or(rest, |at| rest[at..].trim_start()))
        }
    }
}

fn shorten_tail(text: &str) -> String {
    let text = text.trim_end();
    match text.char_indices().nth(SIDE) {
        None => text.to_owned(),
        Some((cut, _)) => {
            let rest = &text[..cut];
            format!("{} …", rest.rfind(' ').map_or(rest, |at| rest[..at].trim_end()))
        }
    }
}

/// How well a mention speaks for its place: literal before associative, plain names before names
/// in other names, datelines and what the article is about first, early in the text. How sure it is comes on top.
pub(super) fn worth(geoparsed: &Geoparsed, mention: &Mention) -> i16 {
    let mut worth = 0;
    if mention.sense == Sense::Literal {
        worth += 40;
    }
    worth += match mention.kind {
        Kind::Name | Kind::Coordinate => 30,
        Kind::Demonym => 5,
        Kind::Embedded => 0,
    };
    worth += match mention.role {
        Role::Event => 15,
        Role::Focus => 12,
        Role::Dateline => 8,
        Role::Mention => 0,
    };
    if geoparsed.article.title_span.is_some_and(|title| title.contains(mention.span)) {
        worth += 6;
    }
    worth - (mention.span.start / 400).min(10) as i16
}

#[cfg(test)]
mod tests {
    use super::super::fixture::story;
    use super::*;

    #[test]
    fn the_sentence_is_parted_around_the_mention() {
        let check = |marked: &str, expected: [&str; 3]| {
            let geoparsed = story("a", marked, &[]);
            let quote = sentence(&geoparsed, &geoparsed.mentions[0]);
            assert_eq!([&*quote.before, &*quote.words, &*quote.after], expected, "{marked:?}");
        };
        check(
            "Rain fell. It reached [Derna] at night. Nobody slept.",
            ["It reached ", "Derna", " at night."],
        );
        check("Headline\nTalks in [Lausanne] ended.\nMore", ["Talks in ", "Lausanne", " ended."]);
        check("[Cairo]", ["", "Cairo", ""]);
        check("All  of\tthe [Sinai\nPeninsula] shook.", ["All of the ", "Sinai Peninsula", " shook."]);
    }

    #[test]
    fn a_sentence_of_a_wire_goes_on_over_its_lines() {
        let line = "The wire breaks its lines near the seventieth column, always, as do";
        let marked = format!(
            "Title\n\n{line}\nall wires of [Cairo] that are sent by machine and read by machines.\nAll day. Then it ends."
        );
        let geoparsed = story("a", &marked, &[]);
        let whole = whole_sentence(&geoparsed.article.text, geoparsed.mentions[0].span);
        assert_eq!(
            whole,
            format!("{line} all wires of Cairo that are sent by machine and read by machines.")
        );
    }

    #[test]
    fn a_long_sentence_is_cut_between_words() {
        let marked = format!("{}in [Beslan] {}", "very ".repeat(60), "long ".repeat(60));
        let geoparsed = story("a", &marked, &[]);
        let quote = sentence(&geoparsed, &geoparsed.mentions[0]);
        assert!(quote.before.starts_with("… very") && quote.before.ends_with("in "));
        assert!(quote.after.ends_with("long …"));
        assert!(quote.before.chars().count() <= SIDE + 4);
    }
}
