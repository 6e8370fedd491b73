//! Text and attributes as XML 1.0 takes them.
//! What it knows no way to write becomes one replacement character, so that code points still count the same.

use super::super::row::PAGE_BREAK;

/// Adds text.
pub(super) fn text(xml: &mut String, text: &str) {
    text.chars().for_each(|c| push(xml, c, false));
}

/// Adds an attribute, with the space before it.
pub(super) fn attribute(xml: &mut String, name: &str, value: &str) {
    xml.push(' ');
    xml.push_str(name);
    xml.push_str("=\"");
    value.chars().for_each(|c| push(xml, c, true));
    xml.push('"');
}

fn push(xml: &mut String, c: char, quoted: bool) {
    match c {
        '&' => xml.push_str("&amp;"),
        '<' => xml.push_str("&lt;"),
        '>' => xml.push_str("&gt;"),
        '"' if quoted => xml.push_str("&quot;"),
        '\t' | '\n' if quoted => xml.push(' '),
        // A parser would read it as the end of a line.
        '\r' => xml.push_str("&#13;"),
        c if is_legal(c) => xml.push(c),
        _ => xml.push('\u{fffd}'),
    }
}

/// XML 1.0, 2.2.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

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
    fn text_is_written_as_xml_takes_it() {
        let check = |plain: &str, expected: &str| {
            let mut xml = String::new();
            text(&mut xml, plain);
            assert_eq!(xml, expected);
        };
        check("a <b> & \"c\"", "a &lt;b&gt; &amp; \"c\"");
        check("]]>", "]]&gt;");
        check("a\r\nb", "a&#13;\nb");
        check("a\u{0}b\u{b}c\u{ffff}d🌊", "a\u{fffd}b\u{fffd}c\u{fffd}d🌊");
    }

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
