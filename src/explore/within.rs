//! Where a few letters stand in a text, whatever their capitals and accents: what finding within an article
//! means, as opposed to the search for words that an index answers.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::model::Span;

use super::fold;

/// Where the letters of `needle` stand in a text one after the other, bytes, in order; white space is one space.
///
/// ```
/// use dateline::{explore::within, model::Span};
/// assert_eq!(within("alep", "From Aleppo\nand Álep"), [Span::new(5, 9), Span::new(16, 21)]);
/// ```
pub fn within(needle: &str, text: &str) -> Vec<Span> {
    let needle = fold(needle);
    if needle.is_empty() {
        return Vec::new();
    }
    let (folded, origins) = fold_with_origins(text);
    let places = folded.match_indices(&needle).filter_map(|(at, found)| {
        let first = origins.get(at)?;
        let last = origins.get(at + found.len() - 1)?;
        Some(Span::new(first.start, last.end))
    });
    places.collect()
}

/// The folded text, and for each of its bytes the character of the text that it comes from.
fn fold_with_origins(text: &str) -> (String, Vec<Span>) {
    let mut folded = String::with_capacity(text.len());
    let mut origins: Vec<Span> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let here = Span::new(at, at + c.len_utf8());
        if c.is_whitespace() {
            if !folded.ends_with(' ') {
                folded.push(' ');
                origins.push(here);
            }
            continue;
        }
        let before = folded.len();
        let parts = c.nfd().filter(|&c| !is_combining_mark(c));
        folded.extend(parts.flat_map(char::to_lowercase).filter(|&c| !is_combining_mark(c)));
        if folded.len() == before
            && let Some(last) = origins.last_mut()
        {
            // A mark is part of the letter that it stands on.
            last.end = here.end;
        }
        origins.resize(origins.len() + folded.len() - before, here);
    }
    (folded, origins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_found_where_they_stand() {
        let check = |needle: &str, text: &str, expected: &[&str]| {
            let found: Vec<&str> = within(needle, text).iter().map(|span| span.of(text)).collect();
            assert_eq!(found, expected, "{needle:?} in {text:?}");
        };
        check("derna", "Derna, DERNA and Dérna", &["Derna", "DERNA", "Dérna"]);
        check("erna", "Derna", &["erna"]);
        check("the dam", "under the\n dam", &["the\n dam"]);
        check("istanbul", "İstanbul", &["İstanbul"]);
        check("cafe", "a cafe\u{301} there", &["cafe\u{301}"]);
        check("حلب", "في حَلَب", &["حَلَب"]);
        check(" ", "a b", &[]);
    }
}
