//! What somebody goes by: the name in a phrase, or what is left of it without articles and numbers.
//! It is for lists and choices; the phrase itself stands in the article.

use crate::geoparse::tokens::{Form, Text};
use crate::geoparse::words::{FUNCTION_WORDS, TITLES};

/// Longest word between two parts of a name that is none itself: "of", "bin", "van".
const LINK: usize = 3;

/// The words of a phrase that its people go by.
///
/// ```
/// use dateline::events::name_in;
/// assert_eq!(name_in("Chilean Foreign Minister Rosa de la Cruz"), "Rosa de la Cruz");
/// assert_eq!(name_in("at least 12 Chilean soldiers"), "Chilean soldiers");
/// ```
pub fn name_in(phrase: &str) -> &str {
    let text = Text::new(phrase, &[]);
    let count = text.tokens.len();
    let word = |&i: &usize| text.tokens[i].is_word();
    // "US" is no "us".
    let plain = |i: usize| text.tokens[i].form != Form::Upper && FUNCTION_WORDS.has(text.folded(i));
    let named = |i: usize| text.tokens[i].is_capital() && !TITLES.has(text.folded(i)) && !plain(i);
    let Some(last) = (0..count).rfind(word) else { return phrase.trim() };
    let first = if named(last) {
        let mut first = last;
        let mut at = last;
        while let Some(before) = at.checked_sub(1) {
            let token = &text.tokens[before];
            let linked = !text.tokens[at].space || token.folded.chars().count() <= LINK;
            if token.form == Form::Possessive || TITLES.has(&token.folded) {
                break;
            } else if named(before) {
                first = before;
            } else if !linked || token.form == Form::Number {
                break;
            }
            at = before;
        }
        first
    } else {
        // "at least 12 soldiers" are soldiers; a "61-year-old man" is as old as that.
        let counted = |&i: &usize| text.tokens[i].form == Form::Number && text.tokens[i + 1].space;
        let counted = (0..last).rfind(counted);
        let told = |&i: &usize| text.tokens[i].form == Form::Number || word(&i) && !plain(i);
        (counted.map_or(0, |number| number + 1)..last).find(told).unwrap_or(last)
    };
    phrase.get(text.tokens[first].span.start..text.tokens[last].span.end).unwrap_or(phrase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_go_by_their_names() {
        let check = |phrase: &str, expected: &str| assert_eq!(name_in(phrase), expected, "{phrase}");
        check("Sergei Lavrov", "Sergei Lavrov");
        check("Russian Foreign Minister Sergei Lavrov", "Sergei Lavrov");
        check("Egyptian President Abdel Fattah al-Sisi", "Abdel Fattah al-Sisi");
        check("The Bank of England", "Bank of England");
        check("the police", "police");
        check("The police", "police");
        check("at least 12 suspected militants", "suspected militants");
        check("a 61-year-old man", "61-year-old man");
        check("Egypt's army", "Egypt's army");
        check("Egypt's President Sisi", "Sisi");
        check("US-led coalition", "US-led coalition");
        check("the UN", "UN");
        check("الجيش", "الجيش");
        check("31", "31");
        check("", "");
    }
}
