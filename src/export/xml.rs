//! Text and attributes as XML 1.0 takes them.
//! What it knows no way to write, most control characters, becomes U+FFFD: one for one, so that code points count the
//! same and no text makes a file that nothing can read.

use std::borrow::Cow;

/// Adds text between tags.
pub(crate) fn text(xml: &mut String, text: &str) {
    text.chars().for_each(|c| push(xml, c, false));
}

/// Adds an attribute, with the space before it.
pub(crate) fn attribute(xml: &mut String, name: &str, value: &str) {
    xml.push(' ');
    xml.push_str(name);
    xml.push_str("=\"");
    value.chars().for_each(|c| push(xml, c, true));
    xml.push('"');
}

/// A text that may stand between tags and in attributes, its white space kept to the letter.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| is_legal(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r' | '\n' | '\t')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    text.chars().for_each(|c| push(&mut out, c, true));
    Cow::Owned(out)
}

fn push(xml: &mut String, c: char, quoted: bool) {
    match c {
        '&' => xml.push_str("&amp;"),
        '<' => xml.push_str("&lt;"),
        '>' => xml.push_str("&gt;"),
        '"' if quoted => xml.push_str("&quot;"),
        '\'' if quoted => xml.push_str("&#39;"),
        // Readers make a space of these in attributes.
        '\t' if quoted => xml.push_str("&#9;"),
        '\n' if quoted => xml.push_str("&#10;"),
        // They would read it as the end of a line.
        '\r' => xml.push_str("&#13;"),
        c if is_legal(c) => xml.push(c),
        _ => xml.push(char::REPLACEMENT_CHARACTER),
    }
}

/// XML 1.0, 2.2.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_can_stand_in_xml() {
        let check = |text: &str, expected: &str| assert_eq!(escaped(text), expected);
        check("Derna", "Derna");
        check("<a href='x'>\"&amp;", "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;");
        check("]]>", "]]&gt;");
        check("a\u{0}b\u{1b}[31m\u{fffe}", "a\u{fffd}b\u{fffd}[31m\u{fffd}");
        check("a\r\n\tb", "a&#13;&#10;&#9;b");
        check("🌊 نهر", "🌊 نهر");
    }

    #[test]
    fn text_between_tags_stays_readable() {
        let check = |plain: &str, expected: &str| {
            let mut xml = String::new();
            text(&mut xml, plain);
            assert_eq!(xml, expected);
        };
        check("a <b> & \"c\"", "a &lt;b&gt; &amp; \"c\"");
        check("]]>", "]]&gt;");
        check("a\r\nb", "a&#13;\nb");
        check("a\u{0}b\u{b}c\u{ffff}d🌊", "a\u{fffd}b\u{fffd}c\u{fffd}d🌊");
        let mut xml = String::new();
        attribute(&mut xml, "key", "a \"b\"\nc");
        assert_eq!(xml, " key=\"a &quot;b&quot;&#10;c\"");
    }
}
