//! XML as documents have it: what opens, what closes, and the text between.
//! No entity but those of HTML is known, so that none can grow or fetch anything; what is cut short ends.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// A step through a document. Names are without their prefix: each format here has one vocabulary at heart.
#[derive(Debug)]
pub(in crate::ingest) enum Node<'a> {
    Open(Element<'a>),
    Close(String),
    Text(Cow<'a, str>),
}

/// What opened.
#[derive(Debug)]
pub(in crate::ingest) struct Element<'a>(BytesStart<'a>);

impl Element<'_> {
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The name with its prefix, where two vocabularies share it: "svg:title".
    pub fn full_name(&self) -> &str {
        self.0.name().into_inner()
    }

    /// The attribute of this name, whatever its prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut attributes = self.0.attributes();
        let found = attributes.with_checks(false).filter_map(Result::ok);
        let attribute =
            found.into_iter().find(|attribute| attribute.key.local_name().into_inner() == name)?;
        let value = attribute.normalized_value(XmlVersion::Explicit1_0);
        Some(value.map_or_else(|_| attribute.value.to_string(), Cow::into_owned))
    }
}

/// A document, step by step.
pub(in crate::ingest) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
}

impl<'a> Xml<'a> {
    pub fn new(text: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        Xml { reader }
    }

    /// The text up to where the element that has just opened closes.
    pub fn text_within(&mut self) -> String {
        let mut text = String::new();
        let mut depth = 0usize;
        for node in self {
            match node {
                Node::Open(_) => depth += 1,
                Node::Close(_) if depth == 0 => break,
                Node::Close(_) => depth -= 1,
                Node::Text(piece) => text.push_str(&piece),
            }
        }
        text
    }

    /// Passes over what the element that has just opened holds, and its end.
    pub fn pass_over(&mut self) {
        let mut depth = 0usize;
        for node in self {
            match node {
                Node::Open(_) => depth += 1,
                Node::Close(_) if depth == 0 => break,
                Node::Close(_) => depth -= 1,
                Node::Text(_) => {}
            }
        }
    }
}

impl<'a> Iterator for Xml<'a> {
    type Item = Node<'a>;

    fn next(&mut self) -> Option<Node<'a>> {
        loop {
            // What cannot be read on is read as far as it goes.
            return Some(match self.reader.read_event().ok()? {
                Event::Start(element) => Node::Open(Element(element)),
                Event::End(end) => Node::Close(end.local_name().into_inner().to_owned()),
                Event::Text(text) => Node::Text(text.xml10_content()),
                Event::CData(text) => Node::Text(text.xml10_content()),
                Event::GeneralRef(reference) => match reference.resolve_char_ref() {
                    Ok(Some(c)) => Node::Text(Cow::Owned(c.to_string())),
                    _ => {
                        Node::Text(Cow::Borrowed(resolve_html5_entity(&reference.into_inner()).unwrap_or("")))
                    }
                },
                Event::Eof => return None,
                _ => continue,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_what_stands_between() {
        let check = |source: &str, expected: &str| {
            let text = Xml::new(source).filter_map(|node| match node {
                Node::Text(text) => Some(text.into_owned()),
                _ => None,
            });
            assert_eq!(text.collect::<String>(), expected, "{source}");
        };
        check("<p>Oslo &amp; <b>Rome</b>&#x21;<![CDATA[<&>]]></p>", "Oslo & Rome!<&>");
        check(
            "<!DOCTYPE p [<!ENTITY a 'aaaa'><!ENTITY b SYSTEM 'file:///etc/passwd'>]><p>x&a;&b;y</p>",
            "xy",
        );
        check("<p>Oslo</p></p></q> and <unclosed", "Oslo and ");
        check("", "");
    }
}
