//! Words of articles in a page that must stay words: what is written of content goes through here.
//! Nothing is ever taken for markup, for a script, or for the address of one; what is far too long is cut.

use std::fmt;

/// The most code points of a headline, a name, a note.
pub(super) const SHORT: usize = 300;
/// The longest address that is linked, bytes.
const LONGEST_ADDRESS: usize = 2000;

/// A text for the content of an element, or for an attribute in quotes.
pub(super) struct Html<'a>(pub(super) &'a str);

impl fmt::Display for Html<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut plain = 0;
        for (at, c) in self.0.char_indices() {
            let instead = match c {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                '\'' => "&#39;",
                c if is_refused(c) => "\u{FFFD}",
                _ => continue,
            };
            f.write_str(&self.0[plain..at])?;
            f.write_str(instead)?;
            plain = at + c.len_utf8();
        }
        f.write_str(&self.0[plain..])
    }
}

/// What a page of HTML must not have anywhere: controls but white space, and code points that are no characters.
fn is_refused(c: char) -> bool {
    let code = c as u32;
    let control = c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    control || (0xFDD0..=0xFDEF).contains(&code) || code & 0xFFFE == 0xFFFE
}

/// JSON for the content of a `<script>`: without a letter that could end it, or that a page must not have. It says the
/// same to whoever reads it as JSON.
pub(super) fn script(json: &str, out: &mut Vec<u8>) {
    let mut plain = 0;
    for (at, c) in json.char_indices() {
        if c != '<' && !is_refused(c) {
            continue;
        }
        out.extend_from_slice(&json.as_bytes()[plain..at]);
        let mut units = [0u16; 2];
        for unit in c.encode_utf16(&mut units) {
            out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
        }
        plain = at + c.len_utf8();
    }
    out.extend_from_slice(&json.as_bytes()[plain..]);
}

/// A text of at most so many code points, with an ellipsis where it is cut.
pub(super) fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
    }
}

/// The address, if it is one that a page may link to: of the web, and of a length that people send.
pub(super) fn linked(address: Option<&str>) -> Option<&str> {
    let address = address?.trim();
    let web = ["https://", "http://"]
        .iter()
        .any(|scheme| address.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)));
    let plain = !address.contains(|c: char| c.is_whitespace() || c.is_control());
    (web && plain && address.len() <= LONGEST_ADDRESS).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_is_no_markup() {
        let check = |text: &str, expected: &str| assert_eq!(Html(text).to_string(), expected);
        check("Derna", "Derna");
        check("</script><img onerror=\"x\">", "&lt;/script&gt;&lt;img onerror=&quot;x&quot;&gt;");
        check("R & D's", "R &amp; D&#39;s");
        check("a\0b\u{85}c\u{FFFF}d\ne", "a\u{FFFD}b\u{FFFD}c\u{FFFD}d\ne");
        check("", "");
    }

    #[test]
    fn json_in_a_script_says_the_same() {
        let check = |text: &str| {
            let json = serde_json::to_string(text).unwrap();
            let mut out = Vec::new();
            script(&json, &mut out);
            let written = String::from_utf8(out).unwrap();
            assert!(!written.contains('<') && !written.contains(is_refused), "{written:?}");
            assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        };
        check("</script><!--<script>");
        check("\u{202E}abc\u{2028}\u{85}\u{FFFE}\u{10FFFF}\0\u{1F600}");
        check("");
    }

    #[test]
    fn only_the_web_is_linked() {
        let check = |address: &str, expected: Option<&str>| assert_eq!(linked(Some(address)), expected);
        check("https://example.org/a?b=c&d", Some("https://example.org/a?b=c&d"));
        check(" HTTP://example.org", Some("HTTP://example.org"));
        check("javascript:alert(1)", None);
        check("java\nscript:alert(1)", None);
        check("data:text/html,x", None);
        check("//example.org", None);
        check("file:///etc/passwd", None);
        check("http://a b", None);
        check("é", None);
        check(&format!("https://{}", "a".repeat(3000)), None);
        assert_eq!(linked(None), None);
    }

    #[test]
    fn what_is_too_long_is_cut() {
        assert_eq!(short("Derna", 5), "Derna");
        assert_eq!(short("Ağrı Dağı", 5), "Ağrı…");
        assert_eq!(short("", 0), "");
    }
}
