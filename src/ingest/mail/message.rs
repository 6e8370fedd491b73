//! One message taken apart: its headers, its text, what is attached to it.
//! A letter that says in plain text only where to read it is read as HTML; one with both is read as plain text.

use std::borrow::Cow;

use chardetng::Iso2022JpDetection;
use encoding_rs::Encoding;
use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{MessageParser, MimeHeaders, PartType};
use memchr::memmem;

use super::{nesting, quoted};
use crate::ingest::parts::{self, Parts};
use crate::ingest::{encoding, html, page};
use crate::model::{Article, PartialDate, one_line};

/// Characters of plain text that may be no more than "see this letter in your browser".
const STUB: usize = 400;

/// A message taken apart.
pub(super) struct Message {
    /// `None` where it says nothing itself.
    pub letter: Option<Letter>,
    pub attached: Vec<Attached>,
}

/// A document that is attached, by the name that it was given.
pub(super) struct Attached {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What a message says.
pub(super) struct Letter {
    body: Body,
    subject: Option<String>,
    date: Option<PartialDate>,
    from: Option<String>,
    url: Option<String>,
    language: Option<String>,
    /// Whether it went to many: what such letters say around their news is marked too.
    bulk: bool,
}

enum Body {
    Plain(String),
    Html(String),
    /// A page that a browser saved.
    Page(String),
}

impl Message {
    /// Fails with the reason, as the end of a sentence that begins with its name.
    pub(super) fn read(bytes: &[u8]) -> Result<Message, String> {
        let bytes = nesting::bounded(bytes)?;
        let bytes = with_headers_decoded(&bytes);
        let read = MessageParser::default()
            .parse(bytes.as_ref())
            .ok_or("it is damaged: there is no message in it")?;
        let letter = Letter::of(&read);
        // What a browser saved beside a page are its frames and its scripts.
        let is_page = matches!(letter, Some(Letter { body: Body::Page(_), .. }));
        let attached = if is_page { Vec::new() } else { attached(&read) };
        Ok(Message { letter, attached })
    }
}

/// The message with headers that can be read: old programs wrote them as they wrote the letter, and did not say how.
fn with_headers_decoded(bytes: &[u8]) -> Cow<'_, [u8]> {
    let blank = |line: &[u8]| memmem::find(bytes, line);
    let end = blank(b"\n\n").into_iter().chain(blank(b"\n\r\n")).min().unwrap_or(bytes.len());
    let (head, rest) = bytes.split_at(end);
    if std::str::from_utf8(head).is_ok() {
        return Cow::Borrowed(bytes);
    }
    let told = encoding::declared(head).unwrap_or_else(|| encoding::guess(bytes, Iso2022JpDetection::Deny));
    match encoding::decode_declared(head.to_vec(), Some(told)) {
        Ok(head) => Cow::Owned([head.as_bytes(), rest].concat()),
        Err(_) => Cow::Borrowed(bytes),
    }
}

/// The words of a part. Where they are in another encoding than it says, or it says none, they tell it themselves.
fn words<'a>(
    message: &mail_parser::Message<'_>,
    part: &mail_parser::MessagePart<'_>,
    text: &'a str,
) -> Cow<'a, str> {
    if !text.contains(char::REPLACEMENT_CHARACTER) {
        return Cow::Borrowed(text);
    }
    let told = part.content_type().and_then(|told| told.attribute("charset"));
    let told = told.and_then(|charset| Encoding::for_label(charset.as_bytes()));
    let between = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
    let raw = message.raw_message().get(between).and_then(|raw| match part.encoding {
        mail_parser::Encoding::None => Some(raw.to_vec()),
        mail_parser::Encoding::Base64 => base64_decode(raw),
        mail_parser::Encoding::QuotedPrintable => quoted_printable_decode(raw),
    });
    let decoded = raw.and_then(|raw| encoding::decode_declared(raw, told).ok());
    decoded.map_or(Cow::Borrowed(text), Cow::Owned)
}

impl Letter {
    fn of(message: &mail_parser::Message<'_>) -> Option<Letter> {
        let text = |header: &str| {
            message
                .header(header.to_owned())
                .and_then(|value| value.as_text())
                .map(|text| text.trim().to_owned())
        };
        let from = message.from().or_else(|| message.sender()).and_then(|from| from.first());
        let name = from.and_then(|from| from.name()).map(one_line).filter(|name| !name.is_empty());
        let domain = || {
            from.and_then(|from| from.address()?.rsplit_once('@')).map(|(_, domain)| domain.to_lowercase())
        };
        let saved = text("Snapshot-Content-Location").or_else(|| {
            let page = message.root_part().is_content_type("multipart", "related") && message.to().is_none();
            page.then(|| message.root_part().content_location().map(str::to_owned)).flatten()
        });
        let saved_by = name.as_deref().is_some_and(|name| name.starts_with("Saved by")) || saved.is_some();
        let html = || html_of(message);
        let body = match (saved_by, plain_of(message)) {
            (true, _) => Body::Page(html()?),
            (false, Some(plain)) => match html().filter(|html| is_stub(&plain, html)) {
                Some(html) => Body::Html(html),
                None => Body::Plain(plain),
            },
            (false, None) => html().map_or_else(|| Body::Plain(String::new()), Body::Html),
        };
        let subject = message.subject().map(one_line).filter(|subject| !subject.is_empty());
        if matches!(&body, Body::Plain(plain) if plain.trim().is_empty()) && subject.is_none() {
            return None;
        }
        let date = message.date().filter(|date| date.is_valid() && (1970..=2200).contains(&date.year));
        Some(Letter {
            body,
            subject,
            date: date.and_then(|date| {
                Some(PartialDate::ymd(i16::try_from(date.year).ok()?, date.month, date.day))
            }),
            from: name.or_else(domain),
            url: saved
                .or_else(|| text("Archived-At"))
                .map(|url| url.trim_matches(['<', '>']).to_owned())
                .filter(|url| url.starts_with("http")),
            language: text("Content-Language")
                .and_then(|told| crate::ingest::language::named(told.split(',').next().unwrap_or_default())),
            bulk: ["List-Unsubscribe", "List-Id", "Precedence"]
                .iter()
                .any(|name| message.header((*name).to_owned()).is_some()),
        })
    }

    /// The letter as an article.
    pub(super) fn article(self, id: &str) -> Result<Article, String> {
        let (text, furniture) = match self.body {
            Body::Page(page) => {
                let mut article = html::document(id, &page)?;
                article.url = article.url.or(self.url);
                article.title = article.title.or(self.subject);
                return Ok(article);
            }
            Body::Html(html) => (html::fragment(&html), Vec::new()),
            Body::Plain(plain) => {
                let furniture = quoted::furniture(&plain);
                (plain, furniture)
            }
        };
        if text.trim().is_empty() && self.subject.is_none() {
            return Err("empty: there is no text in it".to_owned());
        }
        let parts = Parts {
            title: self.subject,
            text,
            date: self.date,
            source: self.from,
            url: self.url,
            language: self.language,
            furniture,
        };
        Ok(parts.article(id, if self.bulk { page::Trust::Noisy } else { page::Trust::Verbatim }))
    }
}

/// The parts that are plain text, one after the other.
fn plain_of(message: &mail_parser::Message<'_>) -> Option<String> {
    let mut all = String::new();
    for part in message.text_bodies() {
        let PartType::Text(text) = &part.body else { continue };
        let flowed = part
            .content_type()
            .and_then(|told| told.attribute("format"))
            .is_some_and(|format| format.eq_ignore_ascii_case("flowed"));
        let text = parts::plain_lines(&words(message, part, text));
        let text = if flowed { quoted::unfolded(&text) } else { text };
        if !all.is_empty() {
            all.push_str("\n\n");
        }
        all.push_str(text.trim_end());
    }
    (!all.trim().is_empty()).then_some(all)
}

/// The parts that are HTML.
fn html_of(message: &mail_parser::Message<'_>) -> Option<String> {
    let parts = message.html_bodies().filter_map(|part| match &part.body {
        PartType::Html(html) => Some(words(message, part, html)),
        _ => None,
    });
    let html = parts.collect::<Vec<_>>().join("\n");
    (!html.trim().is_empty()).then_some(html)
}

/// Whether plain text only points to the HTML beside it.
fn is_stub(plain: &str, html: &str) -> bool {
    plain.trim().len() < STUB && {
        let shown = html::fragment(html);
        shown.len() > plain.trim().len() * 4
    }
}

/// The documents that are attached, without pictures and whatever else has no text.
fn attached(message: &mail_parser::Message<'_>) -> Vec<Attached> {
    let mut all = Vec::new();
    for (number, part) in message.attachments().enumerate() {
        let bytes = match &part.body {
            PartType::Binary(bytes) => bytes.to_vec(),
            PartType::Text(text) | PartType::Html(text) => words(message, part, text).as_bytes().to_vec(),
            PartType::Message(inner) => letter(message, part, inner).to_vec(),
            PartType::InlineBinary(_) | PartType::Multipart(_) => continue,
        };
        let told = part.attachment_name().map(one_line).filter(|name| !name.is_empty());
        let is_letter = is_letter(part);
        let by_kind = || extension(part).map(|extension| format!("attachment {}.{extension}", number + 1));
        // Letters within a letter are called what they are about, which is no name of a file.
        let name = if is_letter { by_kind() } else { told.or_else(by_kind) };
        all.extend(name.map(|name| Attached { name, bytes }));
    }
    all
}

/// The bytes of a letter within a letter: those between the boundaries, or what was unpacked of them.
fn letter<'a>(
    outer: &'a mail_parser::Message<'_>,
    part: &mail_parser::MessagePart<'_>,
    inner: &'a mail_parser::Message<'_>,
) -> &'a [u8] {
    let between = part.raw_body_offset() as usize..part.raw_end_offset() as usize;
    match part.encoding {
        mail_parser::Encoding::None => outer.raw_message().get(between).unwrap_or(inner.raw_message()),
        _ => inner.raw_message(),
    }
}

/// Whether a part is a letter, which may have been packed for the way.
fn is_letter(part: &mail_parser::MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Message(_))
        || part.content_type().is_some_and(|told| told.ctype().eq_ignore_ascii_case(nesting::PACKED))
}

/// What a file of such a part would be called; `None` where nobody would read it.
fn extension(part: &mail_parser::MessagePart<'_>) -> Option<&'static str> {
    if is_letter(part) {
        return Some("eml");
    }
    let told = part.content_type()?;
    match (told.ctype().to_ascii_lowercase().as_str(), told.subtype()?.to_ascii_lowercase().as_str()) {
        ("application", "pdf") => Some("pdf"),
        ("application", "rtf") | ("text", "rtf") => Some("rtf"),
        ("application", "epub+zip") => Some("epub"),
        ("application", "zip") => Some("zip"),
        ("application", "vnd.openxmlformats-officedocument.wordprocessingml.document") => Some("docx"),
        ("application", "vnd.oasis.opendocument.text") => Some("odt"),
        ("text", "html") => Some("html"),
        ("text", "plain") => Some("txt"),
        ("text", "csv") => Some("csv"),
        ("text", "markdown") => Some("md"),
        _ => None,
    }
}
