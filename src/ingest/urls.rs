//! Addresses on the web, one by one or in a list: read where the network is switched on, and only then.
//! They are asked one after the other, each once, as they are wanted; no link in what comes back is followed.

use std::collections::BTreeSet;
use std::io::{Cursor, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::Arc;

use super::format::Format;
use super::open::open;
use super::source::{Source, Steps, one};
use super::{Options, encoding, html};
use crate::model::Problem;
use crate::online::{self, Answer};

/// Addresses of one list.
const MOST: usize = 10_000;
/// Largest list, in bytes.
const LARGEST: u64 = 4 << 20;
/// Longest address, in bytes.
const LONGEST: usize = 4096;

/// What to do where the network is off.
const OFF: &str = "the web is not asked unless that is switched on: with --online, by the setting “online”, or in the window where addresses are opened";

/// The address that an argument of the command line is, if it is none of a file.
pub(super) fn address(path: &Path) -> Option<&str> {
    path.to_str().filter(|path| names_address(path))
}

/// Whether a path that somebody named is an address on the web.
///
/// ```
/// use std::path::Path;
/// use dateline::ingest::is_address;
/// assert!(is_address(Path::new("https://example.org/news")));
/// assert!(!is_address(Path::new("/home/me/news")));
/// ```
pub fn is_address(path: &Path) -> bool {
    address(path).is_some()
}

fn names_address(text: &str) -> bool {
    let schemes = ["http://", "https://"];
    let start = text.get(..8).or(text.get(..7)).unwrap_or_default().to_ascii_lowercase();
    schemes.iter().any(|scheme| start.starts_with(scheme) && text.len() > scheme.len())
        && text.len() <= LONGEST
        && !text.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// What is at an address.
pub(super) fn fetched(address: &str, options: &Arc<Options>) -> Steps {
    if !options.online {
        return one(Err(Problem { place: named(address), reason: OFF.to_owned() }));
    }
    // A name and a password in an address go nowhere, not even into a problem.
    match online::fetch(address) {
        Ok(answer) => answered(address, answer, options),
        Err(reason) => one(Err(Problem { place: named(address), reason })),
    }
}

/// An address without the name and the password in it.
fn named(address: &str) -> String {
    let Some((scheme, rest)) = address.split_once("://") else { return address.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest.get(..end).and_then(|authority| authority.rfind('@')) {
        Some(at) => format!("{scheme}://{}", rest.get(at + 1..).unwrap_or_default()),
        None => address.to_owned(),
    }
}

fn answered(address: &str, answer: Answer, options: &Arc<Options>) -> Steps {
    // Servers call many a feed a page.
    let is_feed = super::feed::is_feed(&answer.bytes);
    let format = if is_feed { Format::Feed } else { format(address, &answer.kind) };
    let input = Box::new(Cursor::new(answer.bytes));
    let source =
        Source { named: false, ..Source::new(address.to_owned(), address.to_owned(), input, options) };
    if format != Format::Html {
        return open(source, format);
    }
    source.article(move |id, bytes| {
        let mut article = html::sent(id, bytes, answer.charset.as_deref())?;
        article.url.get_or_insert_with(|| id.to_owned());
        Ok(article)
    })
}

/// What a server's answer is, by what the server calls it, or by the end of its address where that says nothing.
fn format(address: &str, kind: &str) -> Format {
    match kind {
        "text/html" | "application/xhtml+xml" => Format::Html,
        "application/rss+xml" | "application/atom+xml" | "application/feed+json" => Format::Feed,
        "text/xml" | "application/xml" | "application/rdf+xml" => Format::Xml,
        "application/json" | "application/x-ndjson" => Format::Json,
        "application/pdf" => Format::Pdf,
        "text/csv" | "text/tab-separated-values" => Format::Csv,
        "application/epub+zip" => Format::Epub,
        "message/rfc822" => Format::Mail,
        _ => {
            let path = address.split(['?', '#']).next().unwrap_or_default();
            match Format::of(Path::new(path.trim_end_matches('/'))) {
                Format::Ignored | Format::Project | Format::Unsupported | Format::Urls | Format::Text => {
                    Format::Text
                }
                format => format,
            }
        }
    }
}

/// A list of addresses, one a line; what follows an address on its line, and lines that begin with `#`, are passed over.
pub(super) fn steps(mut source: Source) -> Steps {
    let mut bytes = Vec::new();
    if let Err(error) = (&mut source.input).take(LARGEST + 1).read_to_end(&mut bytes) {
        return one(Err(source.problem(super::walk::because(&error))));
    }
    if bytes.len() as u64 > LARGEST {
        return one(Err(
            source.problem(format!("larger than {} MiB: too large for a list of addresses", LARGEST >> 20))
        ));
    }
    match encoding::decode(bytes) {
        Ok(text) => list(&source, addresses(&text)),
        Err(reason) => one(Err(source.problem(reason))),
    }
}

fn addresses(text: &str) -> Vec<String> {
    let lines = text.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    let mut seen = BTreeSet::new();
    let words = lines.filter_map(|line| line.split_whitespace().next());
    words.filter(|word| names_address(word) && seen.insert(word.to_owned())).map(str::to_owned).collect()
}

/// What is at the addresses of a text that holds nothing else; otherwise the source stands at its beginning again.
pub(super) fn listed(source: &mut Source) -> Option<Steps> {
    let mut bytes = Vec::new();
    let read = (&mut source.input).take(LARGEST).read_to_end(&mut bytes);
    source.input.seek(SeekFrom::Start(0)).ok()?;
    read.ok()?;
    let start = bytes.trim_ascii_start();
    if !start.get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"http")) {
        return None;
    }
    let text = std::str::from_utf8(&bytes).ok()?;
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.all(names_address).then(|| list(source, addresses(text)))
}

fn list(source: &Source, addresses: Vec<String>) -> Steps {
    if addresses.is_empty() {
        return one(Err(source.problem("a list without any address on the web")));
    }
    let count = addresses.len();
    let what = if count == 1 { "an address".to_owned() } else { format!("a list of {count} addresses") };
    if !source.named {
        return one(Err(source.problem(format!(
            "{what} on the web, which nobody named: to read what is there, open the list by itself"
        ))));
    }
    if !source.options.online {
        return one(Err(source.problem(format!("{what} on the web, which is not asked unless that is switched on: with --online, or the setting “online”"))));
    }
    let too_many = (addresses.len() > MOST).then(|| {
        Err(source.problem(format!("it has more than {MOST} addresses; the rest is not read"))).into()
    });
    let options = Arc::clone(&source.options);
    let read = addresses.into_iter().take(MOST).flat_map(move |address| fetched(&address, &options));
    Box::new(too_many.into_iter().chain(read))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_files() {
        let check = |text: &str, expected: bool| assert_eq!(names_address(text), expected, "{text}");
        check("https://example.org/a", true);
        check("HTTP://example.org", true);
        check("http://", false);
        check("file:///etc/passwd", false);
        check("https.txt", false);
        check("https://example.org/a b", false);
    }

    #[test]
    fn a_password_is_not_told() {
        let check = |address: &str, expected: &str| assert_eq!(named(address), expected);
        check("https://me:secret@example.org/a@b", "https://example.org/a@b");
        check("https://example.org/a@b", "https://example.org/a@b");
        check("https://example.org?to=a@b", "https://example.org?to=a@b");
    }

    #[test]
    fn the_network_is_asked_only_where_it_is_switched_on() {
        let mut steps = fetched("https://me:secret@example.org/", &Arc::default());
        let step = steps.next().unwrap().open().remove(0);
        let problem = step.unwrap_err();
        assert_eq!(problem.place, "https://example.org/");
        assert!(problem.reason.contains("--online"), "{}", problem.reason);
    }

    #[test]
    fn only_what_a_person_named_is_asked_for() {
        let addresses = "https://a.example/x\nhttps://b.example/y\n".as_bytes();
        let check = |name: &str, named: bool, expected: &str| {
            let options = Arc::new(Options { online: !named, ..Options::default() });
            let input = Box::new(Cursor::new(addresses.to_vec()));
            let source = Source::new("a".to_owned(), "a".to_owned(), input, &options);
            let source = if named { source } else { source.inner(name, addresses.to_vec()) };
            let read: Vec<_> =
                open(source, Format::of(Path::new(name))).flat_map(|step| step.open()).collect();
            assert_eq!(read.len(), 1, "{name}");
            let problem = read[0].as_ref().unwrap_err();
            assert!(problem.reason.contains(expected), "{}", problem.reason);
        };
        for name in ["l.urls", "l.txt", "l"] {
            check(name, true, "a list of 2 addresses on the web, which is not asked unless");
            check(name, false, "a list of 2 addresses on the web, which nobody named");
        }
    }

    #[test]
    fn a_list_has_an_address_on_each_line() {
        let text = "# mine\nhttps://a.example/feed \"news\"\n\nnot one\nhttps://a.example/feed\nhttp://b.example/x\n";
        assert_eq!(addresses(text), ["https://a.example/feed", "http://b.example/x"]);
    }
}
