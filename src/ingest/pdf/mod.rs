//! PDF: the text of its pages in the order in which it is read, a form feed between pages.
//! The format knows letters and where they stand, and neither words nor lines nor columns: all of that is found here.

mod bombs;
mod furniture;
mod letters;
mod lines;
mod order;
mod prose;

use std::collections::BTreeMap;

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use hayro_interpret::InterpreterCache;
use hayro_interpret::hayro_syntax::object::{Dict, Stream};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::office::{Metadata, Node, Xml, day, finish, meaningful};
use super::{page, text};
use crate::model::{Article, DateEvidence, PartialDate, Span, one_line};
use furniture::Page;
use letters::{Letter, Share, Sheet};
use lines::Line;
use prose::Prose;

/// Pages that are read of one document.
const MOST_PAGES: usize = 20_000;

/// An article from a PDF file.
pub(super) fn article(id: &str, bytes: Vec<u8>) -> Result<Article, String> {
    bombs::check(&bytes)?;
    let size = bytes.len() as u64;
    let pdf = Pdf::new(bytes).map_err(reason)?;
    let pages = read(&pdf, size)?;
    let Prose { text, furniture, headline } = prose::of(pages);
    let metadata = metadata(&pdf);
    drop(pdf);
    let mut article = Article::from_text(id, text);
    article.title = metadata.title.as_deref().and_then(meaningful);
    article.title_span = article.title.as_deref().and_then(|title| shown(&article.text, title, headline));
    if let Some(span) = headline.filter(|_| article.title.is_none()) {
        article.title = Some(one_line(span.of(&article.text)));
        article.title_span = Some(span);
    }
    finish(&mut article, metadata);
    // A file may have been made by printing the page years later.
    if article.date_evidence == Some(DateEvidence::Metadata)
        && let Some((date, span)) = masthead(&article.text)
    {
        article.date = Some(date);
        article.date_evidence = Some(DateEvidence::Printed(span));
    }
    article.boilerplate.extend(furniture);
    article.boilerplate = text::united(std::mem::take(&mut article.boilerplate));
    Ok(article)
}

/// Lines among which a newspaper has the day of its issue, and words beside it.
const MASTHEAD: usize = 8;
const MASTHEAD_WORDS: usize = 6;

/// The day that stands alone over the first story: "No. 4112 | Tuesday, 12 March 2019 | Price 2 crowns".
fn masthead(text: &str) -> Option<(PartialDate, Span)> {
    let lines = text.lines().filter(|line| !line.is_empty()).take(MASTHEAD);
    let heads = lines.take_while(|line| line.len() < 200);
    heads.flat_map(|line| line.split('\t')).find_map(|cell| {
        let date = page::read_date(cell).filter(|date| date.is_whole())?;
        let start = cell.as_ptr() as usize - text.as_ptr() as usize;
        (cell.split_whitespace().count() <= MASTHEAD_WORDS)
            .then_some((date, Span::new(start, start + cell.len())))
    })
}

/// Where the text shows its title, broken into lines or not.
fn shown(text: &str, title: &str, headline: Option<Span>) -> Option<Span> {
    if let Some(span) = headline.filter(|span| one_line(span.of(text)) == title) {
        return Some(span);
    }
    let at = text.find(title)?;
    let whole = text.get(..at)?.is_empty() || text.get(..at)?.ends_with(['\n', '\u{c}']);
    whole.then(|| Span::new(at, at + title.len()))
}

fn reason(error: LoadPdfError) -> String {
    match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => "it is locked with a password",
        LoadPdfError::Decryption(_) => "it is locked in a way that is not known",
        LoadPdfError::Invalid => "it is damaged or cut short: no page of it can be found",
    }
    .to_owned()
}

/// What the pages show. Fails with the reason where that is no text.
fn read(pdf: &Pdf, size: u64) -> Result<Vec<Page>, String> {
    let cache = InterpreterCache::new();
    let mut share = Share { steps: 500_000 + 8 * size, letters: 1_000_000 + 4 * size };
    let mut contents = (8 << 20) + 16 * size;
    let mut pages = Vec::new();
    let (mut known, mut unknown, mut pictures) = (0, 0, false);
    for page in pdf.pages().iter().take(MOST_PAGES) {
        contents = contents.saturating_sub(page.page_stream().map_or(0, <[u8]>::len) as u64);
        let sheet = (contents > 0).then(|| letters::read(page, &cache, &mut share)).flatten();
        let Some(sheet) = sheet else {
            return Err("there is more on its pages than on any that people print".to_owned());
        };
        known += sheet.letters.iter().filter(|letter| letter.letter != ' ').count();
        unknown += sheet.unknown;
        pictures |= sheet.pictures;
        pages.push(laid_out(sheet));
    }
    if known == 0 || unknown > known {
        return Err(match (unknown > known, pictures) {
            (true, _) => "its letters are drawn, and nothing in it tells which they are".to_owned(),
            (_, true) => "its pages are pictures: there is no text in it".to_owned(),
            _ => "empty: there is no text in it".to_owned(),
        });
    }
    furniture::mark(&mut pages);
    Ok(pages)
}

/// A page in the order in which it is read: first what stands upright, then what is turned.
fn laid_out(sheet: Sheet) -> Page {
    let mut turned: BTreeMap<i16, Vec<Letter>> = BTreeMap::new();
    for letter in sheet.letters {
        turned.entry(letter.turn).or_default().push(letter);
    }
    let mut groups: Vec<(i16, Vec<Letter>)> = turned.into_iter().collect();
    groups.sort_by_key(|(_, letters)| std::cmp::Reverse(letters.len()));
    let blocks = groups.into_iter().flat_map(|(_, letters)| {
        let mut found = lines::lines(&letters);
        mirror(&mut found);
        order::ordered(found)
    });
    Page { blocks: blocks.collect(), height: sheet.height }
}

/// Where most is read from the right, columns and lines begin there: the page is laid out as in a mirror.
fn mirror(lines: &mut [Line]) {
    let left = lines.iter().filter(|line| lines::runs_left(&line.text)).count();
    if left * 2 > lines.len() {
        for line in lines {
            (line.left, line.right) = (-line.right, -line.left);
        }
    }
}

/// What the document says of itself: in its own table, else in the newer one, which is XML.
fn metadata(pdf: &Pdf) -> Metadata {
    let info = pdf.metadata();
    let date = info.creation_date.and_then(|time| {
        let year = i16::try_from(time.year).ok().filter(|year| *year > 1980)?;
        Some(PartialDate::ymd(year, time.month, time.day))
    });
    let title = info.title.as_deref().map(decoded).filter(|title| meaningful(title).is_some());
    let newer = newer_metadata(pdf).unwrap_or_default();
    Metadata { title: title.or(newer.title), date: date.or(newer.date), ..Metadata::default() }
}

fn newer_metadata(pdf: &Pdf) -> Option<Metadata> {
    let root: Dict<'_> = pdf.xref().get(pdf.xref().root_id())?;
    let stream: Stream<'_> = root.get(b"Metadata".as_slice())?;
    let bytes = stream.decoded_data().ok()?;
    let text = UTF_8.decode(&bytes).0;
    let mut metadata = Metadata::default();
    let mut xml = Xml::new(&text);
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.full_name() {
            "dc:title" => metadata.title = Some(xml.text_within()),
            "xmp:CreateDate" => metadata.date = day(&xml.text_within()),
            _ => metadata.date = metadata.date.or_else(|| day(&element.attribute("CreateDate")?)),
        }
    }
    Some(metadata)
}

/// A text of the document's table: UTF-16 or UTF-8 with a mark, else nearly Latin.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xFE, 0xFF, rest @ ..] => UTF_16BE.decode_without_bom_handling(rest).0.into_owned(),
        [0xFF, 0xFE, rest @ ..] => UTF_16LE.decode_without_bom_handling(rest).0.into_owned(),
        [0xEF, 0xBB, 0xBF, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => WINDOWS_1252.decode_without_bom_handling(bytes).0.into_owned(),
    }
}
