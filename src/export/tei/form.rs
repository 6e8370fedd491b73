//! What forms the scheme asks of text and of attributes.
//! They are XML's, and those of types that XML has no say in.

use super::super::row::PAGE_BREAK;

/// What XML calls white space, and what parts pages: nothing of a paragraph.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | PAGE_BREAK)
}

/// Whether it has the form of a tag of BCP 47, which is what schemas ask of languages.
pub(super) fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let fits = |part: &str, letters: bool| {
        let right = |c: char| if letters { c.is_ascii_alphabetic() } else { c.is_ascii_alphanumeric() };
        (1..=8).contains(&part.len()) && part.chars().all(right)
    };
    parts.next().is_some_and(|first| fits(first, true)) && parts.all(|part| fits(part, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_from_words() {
        let check = |tag: &str, expected: bool| assert_eq!(is_language(tag), expected, "{tag}");
        check("en", true);
        check("zh-Hant-TW", true);
        check("", false);
        check("old norse", false);
        check("en-", false);
    }
}
