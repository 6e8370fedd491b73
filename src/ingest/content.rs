//! What a file is by its first bytes, where they contradict its name: a PDF called `.txt` is a PDF.
//! What a zip archive or an old office document is, only the names inside it tell.

use std::io::{self, Read, SeekFrom};

use memchr::memmem;

use super::archive::entry;
use super::format::Format;
use super::source::{Input, LARGEST};
use super::{encoding, table};

/// How many of the first bytes are looked at.
const HEAD: usize = 8192;

/// What no reader is for, by its first bytes, and what a person can do about it.
const FOREIGN: [(&[u8], &str); 6] = [
    (b"7z\xBC\xAF\x27\x1C", "a 7-Zip archive, which cannot be unpacked here: unpack it first"),
    (b"Rar!\x1A\x07", "a RAR archive, which cannot be unpacked here: unpack it first"),
    (b"\xFD7zXZ\0", "a file packed with xz, which cannot be unpacked here: unpack it first"),
    (b"BZh", "a file packed with bzip2, which cannot be unpacked here: unpack it first"),
    (b"\x28\xB5\x2F\xFD", "a file packed with zstd, which cannot be unpacked here: unpack it first"),
    (b"SQLite format 3\0", "not text but a database"),
];

/// The format of what is in `input`, which its name takes for `named`; or why nothing reads it, as the end of a
/// sentence that begins with its name. The input stands at its beginning afterwards.
pub(super) fn format(named: Format, input: &mut dyn Input) -> io::Result<Result<Format, &'static str>> {
    let mut head = Vec::with_capacity(HEAD);
    input.take(HEAD as u64).read_to_end(&mut head)?;
    let told = match binary(named, &head) {
        Some(Binary::Is(format)) => Ok(format),
        Some(Binary::Foreign(reason)) => Err(reason),
        Some(Binary::Package) => package(named, input),
        Some(Binary::OldOffice) => old_office(input)?,
        None => Ok(of_text(named, &head)),
    };
    input.seek(SeekFrom::Start(0))?;
    Ok(told)
}

/// The format of a stream by its beginning alone, where that is text.
pub(super) fn of_head(head: &[u8]) -> Format {
    match binary(Format::Text, head) {
        Some(Binary::Is(format)) => format,
        _ => of_text(Format::Text, head),
    }
}

enum Binary {
    Is(Format),
    Package,
    OldOffice,
    Foreign(&'static str),
}

fn binary(named: Format, head: &[u8]) -> Option<Binary> {
    if let Some((_, reason)) = FOREIGN.iter().find(|(start, _)| head.starts_with(start)) {
        return Some(Binary::Foreign(reason));
    }
    let starts = |start: &[u8]| head.starts_with(start);
    if starts(b"PK\x03\x04") || starts(b"PK\x05\x06") || starts(b"PK\x07\x08") {
        return Some(Binary::Package);
    }
    if starts(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return Some(Binary::OldOffice);
    }
    let is = if starts(b"%PDF-") || starts(b"\xEF\xBB\xBF%PDF-") {
        Format::Pdf
    } else if starts(b"\x1F\x8B") {
        Format::Gzip
    } else if starts(b"PAR1") {
        Format::Parquet
    } else if starts(b"{\\rtf") {
        Format::Rtf
    } else if is_tar(head) && named != Format::Zip {
        Format::Tar
    } else {
        return None;
    };
    Some(Binary::Is(is))
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
        || has("\"type\":\"Feature\"")
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

fn header(line: &str) -> Option<&str> {
    let (name, _) = line.split_once(':')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    (!name.is_empty() && name.chars().all(plain)).then_some(name)
}
