//! Text search that does not mind capitals and accents.
//! A plain scan: at tens of thousands of articles it answers within a frame or two.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::Span;

/// Lower case without diacritics; any run of white space becomes one space.
///
/// ```
/// assert_eq!(dateline::explore::fold("Šar  Éire\nİzmir"), "sar eire izmir");
/// ```
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.nfd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        if c.is_whitespace() {
            gap = true;
        } else if !is_combining_mark(c) {
            if gap && !folded.is_empty() {
                folded.push(' ');
            }
            gap = false;
            folded.push(c);
        }
    }
    folded
}

/// A query: every word has to be found, words in quotation marks as one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    terms: Vec<String>,
}

impl Query {
    pub(super) fn new(query: &str) -> Self {
        let mut terms = Vec::new();
        for (number, part) in query.replace(['“', '”'], "\"").split('"').enumerate() {
            let part = fold(part);
            if number % 2 == 1 {
                terms.push(part);
            } else {
                terms.extend(part.split(' ').map(str::to_owned));
            }
        }
        terms.retain(|term| !term.is_empty());
        Self { terms }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// Whether every term stands in the folded text.
    pub(super) fn matches(&self, folded: &str) -> bool {
        self.terms.iter().all(|term| folded.contains(term.as_str()))
    }
}

/// Where the words of a query stand in a text, bytes, in order; overlapping ones as they come.
///
/// ```
/// use dateline::{explore::found, model::Span};
/// assert_eq!(found("sao tome", "São Tomé e Príncipe"), [Span::new(0, 4), Span::new(5, 10)]);
/// ```
pub fn found(query: &str, text: &str) -> Vec<Span> {
    let query = Query::new(query);
    if query.is_empty() {
        return Vec::new();
    }
    let (folded, origin) = fold_with_origin(text);
    let mut spans: Vec<Span> = Vec::new();
    for term in &query.terms {
        spans.extend(folded.match_indices(term.as_str()).map(|(at, term)| {
            let last = origin[at + term.len() - 1];
            Span::new(origin[at].start, last.end)
        }));
    }
    spans.sort_unstable();
    spans
}

/// The folded text, and for each of its bytes the character of the text that it comes from.
fn fold_with_origin(text: &str) -> (String, Vec<Span>) {
    let mut folded = String::with_capacity(text.len());
    let mut origin: Vec<Span> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let here = Span::new(at, at + c.len_utf8());
        if c.is_whitespace() {
            if !folded.ends_with(' ') {
                folded.push(' ');
                origin.push(here);
            }
            continue;
        }
        let before = folded.len();
        let parts = c.nfd().filter(|&c| !is_combining_mark(c));
        folded.extend(parts.flat_map(char::to_lowercase).filter(|&c| !is_combining_mark(c)));
        origin.resize(origin.len() + folded.len() - before, here);
    }
    (folded, origin)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_find() {
        let check = |query: &str, text: &str, expected: bool| {
            assert_eq!(Query::new(query).matches(&fold(text)), expected, "{query:?} in {text:?}");
        };
        check("aleppo", "Talks on ALEPPO stall", true);
        check("são", "Sao Paulo", true);
        check("sao", "São Paulo", true);
        check("talks aleppo", "Aleppo: talks stall", true);
        check("\"aleppo talks\"", "Aleppo: talks stall", false);
        check("“talks stall”", "Aleppo: talks  stall", true);
        check("lausanne", "Aleppo", false);
        check("  ", "anything", true);
    }
    #[test]
    fn words_are_found_where_they_stand() {
        let check = |query: &str, text: &str, expected: &[&str]| {
            let words: Vec<&str> = found(query, text).iter().map(|span| span.of(text)).collect();
            assert_eq!(words, expected, "{query:?} in {text:?}");
        };
        check("derna", "Derna, DERNA and Dérna\u{301}", &["Derna", "DERNA", "Dérna"]);
        check("\"the dam\"", "under the\n dam", &["the\n dam"]);
        check("river flood", "Flood on the river", &["Flood", "river"]);
        check("", "anything", &[]);
        check("istanbul", "İstanbul", &["İstanbul"]);
    }
}
