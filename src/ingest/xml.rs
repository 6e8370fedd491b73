//! Documents in XML that are no feed: TEI, and whatever else holds text.
//! Entities are never looked up anywhere; elements become paragraphs by how they are used, not by what they are called.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::Event;

use super::{encoding, page, text};
use crate::model::{Article, DateEvidence, Span, one_line};

/// Largest document.
const LARGEST: usize = 64 << 20;
/// Elements within each other.
const DEEPEST: usize = 1000;

/// An article of the text of a document.
pub(super) fn article(id: &str, bytes: Vec<u8>) -> Result<Article, String> {
    if bytes.len() > LARGEST {
        return Err(format!("larger than {} MiB: too large for one article", LARGEST >> 20));
    }
    let declared = encoding::declared(&bytes);
    let source = encoding::decode_declared(bytes, declared)?;
    let reading = Reading::of(&source)?;
    if reading.text.trim().is_empty() {
        return Err("XML without any text in it".to_owned());
    }
    let mut article = Article { id: id.to_owned(), text: reading.text, ..Article::default() };
    if let Some(title) = reading.title {
        article.title_span = article.text.starts_with(&title).then(|| Span::new(0, title.len()));
        article.title = Some(title);
    }
    article.language = reading.language;
    article.date =
        reading.date.as_deref().and_then(|date| date.parse().ok().or_else(|| page::read_date(date)));
    article.date_evidence = article.date.map(|_| DateEvidence::Metadata);
    let findings = page::analyse(&article.text, page::Trust::Verbatim);
    text::fill(&mut article, findings);
    Ok(article)
}

/// What a document says.
#[derive(Default)]
struct Reading {
    text: String,
    title: Option<String>,
    date: Option<String>,
    language: Option<String>,
}

/// Elements that are parts of a line, in TEI, DocBook, JATS and NITF.
const INLINE: [&str; 44] = [
    "hi", "emph", "i", "b", "em", "strong", "a", "ref", "name", "persname", "placename", "orgname",
    "geogname", "settlement", "country", "region", "date", "time", "rs", "seg", "w", "pc", "c", "choice",
    "abbr", "expan", "sic", "corr", "orig", "reg", "lb", "term", "foreign", "q", "quote", "said", "italic",
    "bold", "xref", "location", "person", "org", "num", "chron",
];

impl Reading {
    fn of(source: &str) -> Result<Reading, String> {
        let mut reading = Reading::default();
        let mut reader = Reader::from_str(source);
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        let mut open: Vec<String> = Vec::new();
        let mut block = String::new();
        loop {
            match reader.read_event() {
                Ok(Event::Start(element)) => {
                    let name = local(element.name().as_ref());
                    reading.attributes(&name, &element, open.len());
                    reading.boundary(&name, &mut block, &open);
                    open.push(name);
                    if open.len() > DEEPEST {
                        return Err("XML whose elements lie too deep within each other".to_owned());
                    }
                }
                Ok(Event::End(_)) => {
                    if let Some(name) = open.last().cloned() {
                        reading.boundary(&name, &mut block, &open);
                    }
                    open.pop();
                }
                Ok(Event::Empty(element)) => {
                    let name = local(element.name().as_ref());
                    reading.boundary(&name, &mut block, &open);
                    block.push(' ');
                }
                Ok(Event::Text(text)) => block.push_str(&text),
                Ok(Event::CData(text)) => block.push_str(&text),
                Ok(Event::GeneralRef(name)) => block.push_str(&entity(&name)),
                Ok(Event::Eof) => break,
                Ok(_) => {}
                Err(_) if open.is_empty() && reading.text.is_empty() => {
                    return Err("XML that is damaged".to_owned());
                }
                // What was read until the damage is text all the same.
                Err(_) => break,
            }
        }
        reading.end(&mut block, &open);
        Ok(reading)
    }

    fn attributes(&mut self, name: &str, element: &quick_xml::events::BytesStart<'_>, depth: usize) {
        let value = |wanted: &str| {
            let mut read = element.attributes();
            let mut all = read.with_checks(false).take(64).flatten();
            let found = all.find(|attribute| attribute.key.as_ref() == wanted);
            found.map(|attribute| attribute.value.trim().to_owned())
        };
        if depth <= 2 && self.language.is_none() {
            self.language = value("xml:lang")
                .map(|code| code.split('-').next().unwrap_or(&code).to_lowercase())
                .filter(|code| (2..=3).contains(&code.len()));
        }
        if name == "date" && self.date.is_none() && self.text.is_empty() {
            self.date = value("when");
        }
    }

    fn boundary(&mut self, name: &str, block: &mut String, open: &[String]) {
        if !INLINE.contains(&name) {
            self.end(block, open);
        }
    }

    /// Ends a paragraph. The head of a TEI document is about the text, and gives its title.
    fn end(&mut self, block: &mut String, open: &[String]) {
        let line = one_line(&std::mem::take(block));
        if line.is_empty() {
            return;
        }
        let within = |name: &str| open.iter().any(|around| around == name);
        let called = open.last().map(String::as_str).unwrap_or_default();
        if self.title.is_none()
            && matches!(called, "title" | "headline" | "hl1" | "article-title" | "maintitle")
        {
            self.title = Some(line.clone());
        }
        if within("teiheader") {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        self.text.push_str(&line);
    }
}

/// A name without its namespace, in lower case.
fn local(name: &str) -> String {
    let name = name.to_lowercase();
    name.rsplit(':').next().unwrap_or_default().to_owned()
}

/// What an entity stands for; one that the document defines itself stands for nothing.
fn entity(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(c)) = name.resolve_char_ref() {
        return c.to_string();
    }
    resolve_predefined_entity(name).unwrap_or(" ").to_owned()
}
