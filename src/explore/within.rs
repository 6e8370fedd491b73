//! Where a few letters stand in a text, whatever their capitals and accents: what finding within an article
//! means, as opposed to the search for words that an index answers.

use crate::model::Span;

use super::search::{belongs, fold_into};

/// Where the letters of `needle` stand in a text one after the other, bytes, in order; white space is one space.
///
/// ```
/// use dateline::{explore::within, model::Span};
/// assert_eq!(within("alep", "From Aleppo\nand Álep"), [Span::new(5, 9), Span::new(16, 21)]);
/// ```
pub fn within(needle: &str, text: &str) -> Vec<Span> {
    let (needle, _) = folded(needle.trim());
    if needle.is_empty() {
        return Vec::new();
    }
    let (folded, origins) = folded(text);
    let places = folded.match_indices(&needle).filter_map(|(at, found)| {
        let first = origins.get(at)?;
        let last = origins.get(at + found.len() - 1)?;
        Some(Span::new(first.start, last.end))
    });
    let mut places: Vec<Span> = places.collect();
    // Of the two letters that ß stands for, either is all of it.
    places.dedup();
    places
}

/// A text in small letters without accents, its signs as they are, and for each byte of that the character that it
/// comes from.
fn folded(text: &str) -> (String, Vec<Span>) {
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
        match c {
            _ if belongs(c) => fold_into(c, &mut folded),
            // Set in type they are curved, and typed they are not.
            '‘' | '’' => folded.push('\''),
            '“' | '”' => folded.push('"'),
            _ => folded.push(c),
        }
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
        check("开罗", "在开罗，开罗。", &["开罗", "开罗"]);
        check("cease-fire", "A Cease-fire, no cease fire", &["Cease-fire"]);
        check("1,000", "1,000 or 1000", &["1,000"]);
        check("Straße", "Die Straße, STRASSE", &["Straße", "STRASSE"]);
        check("s", "ß", &["ß"]);
        check("Sana'a ", "in Sana’a.", &["Sana’a"]);
        check("“no”", "He said \"No\".", &["\"No\""]);
        check("½", "½ — 1⁄2", &["½"]);
    }
}
