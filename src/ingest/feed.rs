//! RSS, Atom and JSON Feed: an article for each entry. And XML that may be a feed, a TEI document, or anything else.
//! Of an entry the longest that it has is read, its content or its summary; most feeds carry the beginnings of their
//! stories alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::{Builder, Parser};

use super::source::{Source, Steps, as_step, one};
use super::{Step, Unopened, html, page, text, xml};
use crate::model::{Article, DateEvidence, PartialDate, Problem, Span, one_line, without_secrets};

/// Entries of one feed that are read; a year of a busy agency's has fewer.
const MOST: usize = 20_000;
/// Largest feed.
const LARGEST: usize = 64 << 20;

/// The entries of a feed, or the text of a document in XML.
pub(super) fn steps(mut source: Source) -> Steps {
    let bytes = match source.whole() {
        Ok(bytes) => bytes,
        Err(problem) => return one(Err(problem)),
    };
    if !is_feed(&bytes) {
        let (id, name) = (source.id, source.name);
        return super::source::later(name.clone(), move || {
            vec![xml::article(&id, bytes).map(as_step).map_err(|reason| Problem { place: name, reason })]
        });
    }
    entries(source, &bytes)
}

/// Whether the beginning of a file says that it is a feed.
pub(super) fn is_feed(bytes: &[u8]) -> bool {
    let start = bytes.get(..4096).unwrap_or(bytes);
    let start = String::from_utf8_lossy(start);
    if start.trim_start_matches('\u{feff}').trim_start().starts_with('{') {
        return start.contains("https://jsonfeed.org/version/");
    }
    let mut rest = start.as_ref();
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        if !rest.starts_with(['?', '!']) {
            let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == ':').collect();
            let name = name.rsplit(':').next().unwrap_or(&name);
            return match name {
                "rss" => true,
                "feed" | "entry" => rest.contains("/Atom") || rest.contains("purl.org/atom"),
                "RDF" => rest.contains("purl.org/rss") || rest.contains("my.netscape.com/rdf"),
                _ => false,
            };
        }
    }
    false
}

fn entries(source: Source, bytes: &[u8]) -> Steps {
    if bytes.len() > LARGEST {
        return one(Err(source.problem(format!("larger than {} MiB: too large for a feed", LARGEST >> 20))));
    }
    let mut first: Vec<Step> = Vec::new();
    let feed = match parser().parse(bytes) {
        Ok(feed) => feed,
        Err(error) => match mended(bytes).and_then(|whole| parser().parse(whole.as_slice()).ok()) {
            Some(feed) if !feed.entries.is_empty() => {
                let reason = format!("it is damaged; {} are read", count(feed.entries.len()));
                first.push(Err(source.problem(reason)));
                feed
            }
            _ => {
                log::debug!("{}: {error}", without_secrets(&source.name));
                return one(Err(source.problem("a feed that cannot be read: its XML is damaged")));
            }
        },
    };
    if feed.entries.is_empty() {
        return one(Err(source.problem("a feed without entries")));
    }
    if feed.entries.len() > MOST {
        first.push(Err(source.problem(format!("it has more than {MOST} entries; the rest is not read"))));
    }
    let (name, outlet) = (source.name, Arc::new(About::of(&feed)));
    let ids = ids(&source.id, &feed.entries);
    let entries = feed.entries.into_iter().take(MOST).zip(ids).map(move |(entry, id)| {
        let (outlet, place) = (Arc::clone(&outlet), format!("{name}#{}", id.1));
        Unopened::elsewhere(place.clone(), move || {
            vec![article(id.0, &entry, &outlet).map(as_step).map_err(|reason| Problem { place, reason })]
        })
    });
    Box::new(first.into_iter().map(Unopened::from).chain(entries))
}

fn count(entries: usize) -> String {
    if entries == 1 { "its first entry".to_owned() } else { format!("its first {entries} entries") }
}

/// A parser that makes nothing up: what has no id is numbered, and times keep the day they were written with.
fn parser() -> Parser {
    Builder::new().id_generator(|_, _, _| String::new()).build()
}

/// A feed that ends in the middle of an entry, ended after the last one that is whole.
fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let ends: [(&[u8], &[u8]); 3] =
        [(b"</item>", b"</channel></rss>"), (b"</entry>", b"</feed>"), (b"</item>", b"</rdf:RDF>")];
    let rdf = memchr::memmem::find(bytes.get(..4096).unwrap_or(bytes), b"<rdf:RDF").is_some();
    let fits = ends.iter().filter(|(_, end)| rdf == end.ends_with(b"RDF>"));
    let cut = |(entry, end): &(&[u8], &[u8])| {
        let at = memchr::memmem::rfind(bytes, entry)? + entry.len();
        Some([bytes.get(..at)?, end].concat())
    };
    fits.filter_map(cut).next()
}

/// What holds for all entries.
struct About {
    title: Option<String>,
    language: Option<String>,
}

impl About {
    fn of(feed: &Feed) -> About {
        let title = feed.title.as_ref().map(plain).filter(|title| !title.is_empty());
        About { title, language: feed.language.clone() }
    }
}

/// An id for each entry, and what follows the file's name in it: its own id, or its number.
fn ids(file: &str, entries: &[Entry]) -> Vec<(String, String)> {
    let mut seen = BTreeSet::new();
    let named = entries.iter().zip(1..).map(|(entry, number)| {
        let own = one_line(&entry.id);
        let fits = !own.is_empty() && own.chars().count() <= 300 && seen.insert(own.clone());
        let name = if fits { own } else { format!("entry={number}") };
        (format!("{file}#{name}"), name)
    });
    named.collect()
}

/// A line of text that may be HTML.
fn plain(text: &Text) -> String {
    match text.content_type.subty().as_str() {
        "html" | "xhtml+xml" | "xhtml" => one_line(&html::fragment(&text.content)),
        // Many feeds escape their titles twice.
        _ if text.content.contains('&') => one_line(&html::fragment(&text.content.replace('<', "&lt;"))),
        _ => one_line(&text.content),
    }
}

fn article(id: String, entry: &Entry, about: &About) -> Result<Article, String> {
    let title = entry.title.as_ref().map(plain).filter(|title| !title.is_empty());
    let bodies = [
        entry.content.as_ref().and_then(|content| content.body.as_deref()),
        entry.summary.as_ref().map(|summary| summary.content.as_str()),
    ];
    let bodies = bodies.into_iter().flatten().map(html::fragment);
    let body = bodies.max_by_key(String::len).unwrap_or_default();
    let mut article = Article { id, ..Article::default() };
    let shown = title.as_deref().filter(|title| !body.starts_with(title));
    article.text = match (shown, body.is_empty()) {
        (Some(title), true) => title.to_owned(),
        (Some(title), false) => format!("{title}\n\n{body}"),
        (None, _) => body,
    };
    if article.text.trim().is_empty() {
        return Err("an entry without text".to_owned());
    }
    article.title_span = title.as_ref().map(|title| Span::new(0, title.len()));
    article.title = title;
    let time = entry.published.or(entry.updated);
    article.date = time.and_then(|time| time.format("%Y-%m-%d").to_string().parse::<PartialDate>().ok());
    article.date_evidence = article.date.map(|_| DateEvidence::Metadata);
    article.source = about.title.clone();
    article.url = entry
        .links
        .iter()
        .filter(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"))
        .map(|link| link.href.trim())
        .find(|href| href.starts_with("http://") || href.starts_with("https://"))
        .map(str::to_owned);
    let findings = page::analyse(&article.text, page::Trust::Noisy);
    text::fill(&mut article, findings);
    let named = entry.language.as_ref().or(about.language.as_ref());
    article.language = article
        .language
        .or_else(|| named.map(|code| code.split(['-', '_']).next().unwrap_or(code).to_lowercase()));
    if let Some(title) = article.title_span {
        article.boilerplate.retain(|span| !span.overlaps(title));
    }
    Ok(article)
}
