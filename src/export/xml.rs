//! Text in XML.
//! XML has no way at all to write most control characters: they become U+FFFD, so that no text makes a file that nothing
//! can read.

use std::borrow::Cow;

/// Text as it stands between tags and in attributes.
pub(crate) fn escaped(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| is_legal(c) && !matches!(c, '&' | '<' | '>' | '"' | '\'' | '\r' | '\n' | '\t')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Readers make a space, or a line feed, of these where they stand by themselves.
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", c as u32)),
            c if is_legal(c) => out.push(c),
            _ => out.push(char::REPLACEMENT_CHARACTER),
        }
    }
    Cow::Owned(out)
}

/// Whether XML 1.0 has the character.
fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
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
        check("a\r\nb", "a&#13;&#10;b");
        check("🌊 نهر", "🌊 نهر");
    }
}
