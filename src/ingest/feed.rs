//! RSS, Atom and JSON Feed: an article for each entry. And XML that may be a feed, a TEI document, or anything else.
//! Of an entry the longest that it has is read, its content or its summary; most feeds carry the beginnings of their
//! stories alone.

use std::collections::BTreeSet;
use std::sync::Arc;

use feed_rs::model::{Entry, Feed, Text};
use feed_rs::parser::{Builder, Parser};

use super::dates::{self, Order};
use super::office::{Node, Xml};
use super::source::{Source, Steps, as_step, one};
use super::{Step, Unopened, encoding, html, language, page, text, xml};
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
    let outlets = outlets(bytes).into_iter().chain(std::iter::repeat(None));
    let entries =
        feed.entries.into_iter().take(MOST).zip(outlets).zip(ids).map(move |((mut entry, own), id)| {
            entry.source = own.or(entry.source);
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
    Builder::new()
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(|time| noon(time)?.parse().ok())
        .build()
}

/// The day that a time is written with, as a time in UTC that is on the same day: what was printed on Monday night in New
/// York is of Monday.
fn noon(time: &str) -> Option<String> {
    let date = dates::read(time, Order::Unknown).filter(|date| date.is_whole())?;
    Some(format!("{date}T12:00:00Z"))
}

/// The outlets of the items of an RSS feed, in order: feeds that gather news have one with each.
fn outlets(bytes: &[u8]) -> Vec<Option<String>> {
    let mut outlets = Vec::new();
    if memchr::memmem::find(bytes, b"<source").is_none() {
        return outlets;
    }
    let declared = encoding::declared(bytes);
    let text = encoding::decode_declared(bytes.to_vec(), declared).unwrap_or_default();
    let mut xml = Xml::new(&text);
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.full_name() {
            "item" => outlets.push(None),
            "source" => {
                let name = one_line(&xml.text_within());
                if let Some(outlet) = outlets.last_mut().filter(|_| !name.is_empty()) {
                    *outlet = Some(name);
                }
            }
            _ => {}
        }
    }
    outlets
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

/// A headline without the outlet behind it: "Rain in Oslo - The Fjord".
fn without_outlet(title: String, outlet: Option<&str>) -> String {
    let bare =
        outlet.and_then(|outlet| title.strip_suffix(outlet)?.trim_end().strip_suffix(['-', '–', '—', '|']));
    bare.map(str::trim_end).filter(|bare| !bare.is_empty()).map(str::to_owned).unwrap_or(title)
}

fn article(id: String, entry: &Entry, about: &About) -> Result<Article, String> {
    let outlet =
        entry.source.as_deref().map(one_line).filter(|name| !name.is_empty() && !name.contains("://"));
    let title = entry.title.as_ref().map(plain).filter(|title| !title.is_empty());
    let title = title.map(|title| without_outlet(title, outlet.as_deref()));
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
    article.source = outlet.or_else(|| about.title.clone());
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
    article.language = article.language.or_else(|| language::named(named?.split(['-', '_']).next()?));
    if let Some(title) = article.title_span {
        article.boilerplate.retain(|span| !span.overlaps(title));
    }
    Ok(article)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::ingest::Ingested;

    #[test]
    fn outlets_and_days_are_those_of_the_entries() {
        let check = |items: &str, expected: &[&str]| {
            let feed = format!(
                "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>“flood” - Google News</title>{items}</channel></rss>"
            );
            let source = Source::new(
                "a.rss".to_owned(),
                "a.rss".to_owned(),
                Box::new(Cursor::new(feed)),
                &Arc::default(),
            );
            let read: Vec<String> = steps(source)
                .flat_map(Unopened::open)
                .map(|step| match step {
                    Ok(Ingested::Article(article)) => {
                        let date = article.date.map(|date| date.to_string()).unwrap_or_default();
                        let [title, source] = [article.title, article.source].map(Option::unwrap_or_default);
                        format!("{title}|{source}|{date}|{}", article.text)
                    }
                    other => format!("{other:?}"),
                })
                .collect();
            assert_eq!(read, expected, "{items}");
        };
        check(
            "<item><title>Rain in Oslo - The Fjord &amp; Sea</title><pubDate>Mon, 17 Oct 2016 23:30:00 -0500</pubDate>\
             <description>&lt;a href=\"https://example.org\"&gt;Rain in Oslo&lt;/a&gt; The Fjord &amp;amp; Sea</description>\
             <source url=\"https://example.org\">The Fjord &amp; Sea</source></item>\
             <item><title>Snow - in Rome</title><pubDate>Mon, 17 Oct 2016 23:30 -0500</pubDate></item>\
             <item><title>Hail</title><pubDate>Mon, 17 Oct 16 08:00:00 GMT</pubDate></item>",
            &[
                "Rain in Oslo|The Fjord & Sea|2016-10-17|Rain in Oslo The Fjord & Sea",
                "Snow - in Rome|“flood” - Google News|2016-10-17|Snow - in Rome",
                "Hail|“flood” - Google News|2016-10-17|Hail",
            ],
        );
    }
}
