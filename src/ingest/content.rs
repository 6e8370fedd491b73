//! What a file is by its first bytes, where they contradict its name: a PDF called `.txt` is a PDF.
//! What a zip archive or an old office document is, only the names inside it tell.

use std::io::{self, Read, SeekFrom};

use memchr::memmem;

use super::archive::entry;
use super::format::Format;
use super::signature::{Known, Reader};
use super::source::{Input, LARGEST};
use super::{encoding, table};

/// How many of the first bytes are looked at.
const HEAD: usize = 8192;

/// The format of what is in `input`, which its name takes for `named`; or why nothing reads it, as the end of a
/// sentence that begins with its name. The input stands at its beginning afterwards.
pub(super) fn format(named: Format, input: &mut dyn Input) -> io::Result<Result<Format, String>> {
    let mut head = Vec::with_capacity(HEAD);
    input.take(HEAD as u64).read_to_end(&mut head)?;
    let told = match Known::by_head(&head) {
        Some(known) => match known.reader {
            Reader::Is(format) => Ok(format),
            Reader::Package => package(named, input).map_err(str::to_owned),
            Reader::OldOffice => old_office(input)?.map_err(str::to_owned),
            Reader::Nobody => Err(format!("not text but {}", known.what)),
        },
        None if is_tar(&head) && named != Format::Zip => Ok(Format::Tar),
        None if is_excel_xml(&head) => {
            Err("a workbook in the XML of Excel 2003, which cannot be read: save it as .xlsx".to_owned())
        }
        None => Ok(of_text(named, &head)),
    };
    input.seek(SeekFrom::Start(0))?;
    Ok(told)
}

/// The names that stand first in packed documents.
const FIRST: [&[u8]; 2] = [b"mimetype", b"[Content_Types].xml"];

/// The format of a document whose name tells none, where its beginning leaves no doubt: a page saved by the end of its
/// address ("article.php?id=12"), a message in a folder of mail, rich text called ".doc".
pub(super) fn document(head: &[u8]) -> Option<Format> {
    let format = match Known::by_head(head).map(|known| known.reader) {
        Some(Reader::Is(format)) => format,
        // Most of what else is packed so are programs.
        Some(Reader::Package) => {
            let name = head.get(30..)?;
            FIRST.iter().any(|first| name.starts_with(first)).then_some(Format::Zip)?
        }
        Some(_) => return None,
        None => of_text(Format::Unsupported, head),
    };
    let documents =
        [Format::Html, Format::Pdf, Format::Rtf, Format::Mail, Format::Mbox, Format::Feed, Format::Zip];
    documents.contains(&format).then_some(format)
}

/// The first bytes, as many as tell what it is. What is wrong with the input is met again when it is read.
pub(super) fn head(input: impl Read) -> Vec<u8> {
    let mut head = Vec::with_capacity(HEAD);
    let _ = input.take(HEAD as u64).read_to_end(&mut head);
    head
}

/// The format of a stream by its beginning alone, where that is text.
pub(super) fn of_head(head: &[u8]) -> Format {
    match Known::by_head(head) {
        Some(Known { reader: Reader::Is(format), .. }) => *format,
        None if is_tar(head) => Format::Tar,
        _ => of_text(Format::Text, head),
    }
}

/// Whether the first header of a tar archive stands there.
pub(super) fn is_tar(head: &[u8]) -> bool {
    head.get(257..262) == Some(b"ustar")
}

/// What a zip archive is by the names inside it. One that is damaged is what it is called.
fn package(named: Format, input: &mut dyn Input) -> Result<Format, &'static str> {
    let Ok(mut archive) = entry::directory(input) else {
        return Ok(if packed(named) { named } else { Format::Zip });
    };
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("word/document.xml") {
        return Ok(Format::Docx);
    }
    if has("xl/workbook.xml") || has("xl/workbook.bin") {
        return Ok(Format::Spreadsheet);
    }
    if has("ppt/presentation.xml") {
        return Err("a presentation, which cannot be read: save it as a PDF");
    }
    let Some(number) = archive.index_for_name("mimetype") else {
        return Ok(if matches!(named, Format::Docx | Format::Odt | Format::Epub | Format::Spreadsheet) {
            named
        } else {
            Format::Zip
        });
    };
    let limits = entry::Limits { largest: 200, ratio: 200, free: 200 };
    let kind = entry::read(&mut archive, number, limits).unwrap_or_default();
    let of_kind = |start: &str| kind.starts_with(start.as_bytes());
    Ok(if of_kind("application/epub+zip") {
        Format::Epub
    } else if of_kind("application/vnd.oasis.opendocument.text") {
        Format::Odt
    } else if of_kind("application/vnd.oasis.opendocument.spreadsheet") {
        Format::Spreadsheet
    } else if of_kind("application/vnd.oasis.opendocument.presentation") {
        return Err("a presentation, which cannot be read: save it as a PDF");
    } else {
        Format::Zip
    })
}

/// Whether such files are zip archives by nature.
const fn packed(format: Format) -> bool {
    matches!(format, Format::Docx | Format::Odt | Format::Epub | Format::Spreadsheet | Format::Zip)
}

/// What an office document from before 2007 is by the names of its streams.
fn old_office(input: &mut dyn Input) -> io::Result<Result<Format, &'static str>> {
    input.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    input.take(LARGEST).read_to_end(&mut bytes)?;
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memmem::find(&bytes, &wide).is_some()
    };
    Ok(if has("EncryptedPackage") {
        Err("it is locked with a password")
    } else if has("WordDocument") {
        Err("a Word document from before 2007, which cannot be read: save it as .docx")
    } else if has("PowerPoint Document") {
        Err("a presentation from before 2007, which cannot be read: save it as a PDF")
    } else if has("Workbook") || has("Book") {
        Ok(Format::Spreadsheet)
    } else if has("__substg1.0_") {
        Err("a message of Outlook's own, which cannot be read: save it as .eml")
    } else {
        Err("not text but an old office document")
    })
}

/// What a text is.
fn of_text(named: Format, head: &[u8]) -> Format {
    let text = encoding::beginning(head);
    let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    let open = matches!(named, Format::Text | Format::Ignored | Format::Project | Format::Unsupported);
    match named {
        // These begin with what another format may begin with too.
        Format::Mail | Format::Mbox | Format::Mentions | Format::Urls => return named,
        _ => {}
    }
    if let Some(format) = of_markup(named, text) {
        return format;
    }
    let json = text.starts_with(['{', '[']) && is_json(text);
    if json && (open || named == Format::Json) {
        return if is_mentions(text) { Format::Mentions } else { Format::Json };
    }
    if open && is_mbox(text) {
        return Format::Mbox;
    }
    if open && is_mail(text) {
        return Format::Mail;
    }
    // Many a site calls a table of tabs a workbook, so that it opens in one.
    let called_workbook = named == Format::Spreadsheet && !text.is_empty() && !text.contains('\0');
    if called_workbook || open && table::begins_as_table(text) {
        return Format::Csv;
    }
    if open { Format::Text } else { named }
}

/// What is marked up, by its root.
fn of_markup(named: Format, text: &str) -> Option<Format> {
    if !text.starts_with('<') {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let root = root(&lower);
    let page = matches!(root, "html" | "head" | "meta" | "body" | "style" | "table" | "div")
        || lower.starts_with("<!doctype html");
    if page && matches!(named, Format::Spreadsheet | Format::Csv) {
        return Some(Format::WebTable);
    }
    match root {
        "html" => Some(Format::Html),
        "rss" | "feed" | "rdf:rdf" => Some(Format::Feed),
        _ if lower.starts_with("<!doctype html") => Some(Format::Html),
        // XHTML may begin with its declaration, and a page may begin with anything.
        _ if matches!(named, Format::Html | Format::Feed | Format::Xml | Format::Markdown | Format::Odt) => {
            None
        }
        _ if lower.starts_with("<?xml") => Some(Format::Xml),
        _ => None,
    }
}

/// Whether it is a workbook as Excel wrote it in 2003 where it was to be XML.
fn is_excel_xml(head: &[u8]) -> bool {
    let text = encoding::beginning(head);
    let lower = text.trim_start_matches('\u{FEFF}').trim_start().to_ascii_lowercase();
    let name = root(&lower);
    name.rsplit(':').next() == Some("workbook")
        && lower.contains("urn:schemas-microsoft-com:office:spreadsheet")
}

/// The name of the first element, after declarations and comments.
fn root(text: &str) -> &str {
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let end = if rest.starts_with("<!--") {
            "-->"
        } else if rest.starts_with("<?") || rest.starts_with("<!") {
            ">"
        } else {
            break;
        };
        match rest.split_once(end) {
            Some((_, after)) => rest = after,
            None => return "",
        }
    }
    let name = rest.strip_prefix('<').unwrap_or("");
    name.split(|c: char| c.is_whitespace() || matches!(c, '>' | '/')).next().unwrap_or("")
}

/// Whether an object, or a list of them, begins there: not "[1] See below", nor "{{wiki}}".
fn is_json(text: &str) -> bool {
    let inner = text.strip_prefix('[').unwrap_or(text).trim_start();
    let inside = inner.strip_prefix('{').map(str::trim_start);
    inside.is_some_and(|inside| inside.is_empty() || inside.starts_with(['"', '}']))
}

/// Whether JSON holds places of mentions: GeoJSON, Web Annotations.
pub(super) fn is_mentions(text: &str) -> bool {
    let close: String = text.chars().filter(|c| !c.is_whitespace()).take(2000).collect();
    let has = |words: &str| close.contains(words);
    has("\"type\":\"FeatureCollection\"")
        // Some papers call their long reads features.
        || has("\"type\":\"Feature\"") && (has("\"geometry\":") || has("\"properties\":{"))
        || has("\"@context\"")
            && ["anno.jsonld", "AnnotationPage", "AnnotationCollection"].into_iter().any(has)
}

/// Whether a mailbox begins there: its first line is the postman's, its second a header.
fn is_mbox(text: &str) -> bool {
    let mut lines = text.lines();
    lines.next().is_some_and(super::mail::is_postmark)
        && lines.next().is_some_and(|line| header(line).is_some())
}

/// Whether a message begins there: headers, among them one that only programs write.
fn is_mail(text: &str) -> bool {
    let mut names = Vec::new();
    for line in text.lines() {
        if line.starts_with([' ', '\t']) && !names.is_empty() {
            continue;
        }
        let Some(name) = header(line) else { break };
        names.push(name.to_ascii_lowercase());
    }
    let has = |name: &str| names.iter().any(|known| known == name);
    has("from") && ["mime-version", "message-id", "received", "return-path"].into_iter().any(has)
}

/// The name of the header that a line begins.
pub(super) fn header(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!name.is_empty() && name.chars().all(plain)).then_some(name)
}
