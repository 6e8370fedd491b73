//! What a page says of itself in its head: title, date, outlet, address, language.
//! The vocabularies are schema.org's (JSON-LD, or attributes), Open Graph's, Dublin Core's, and HTML's own.

use dom_query::{Document, Element};

use super::furniture::attribute;
use super::linked_data;
use crate::model::one_line;

/// What a page says of itself. Values are as they are written; of several, the first is the best.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Facts {
    /// Headlines, without the name of the site but for those in `<title>`.
    pub titles: Vec<String>,
    /// What `<title>` holds.
    pub page_title: Option<String>,
    pub published: Vec<String>,
    pub modified: Vec<String>,
    pub outlets: Vec<String>,
    pub urls: Vec<String>,
    pub language: Option<String>,
    /// The story, where JSON-LD has it.
    pub story: Option<String>,
}

/// Fields of `<meta>`, in lower case, the best first.
const TITLES: [&str; 8] = [
    "og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title",
    "sailthru.title", "title",
];
const PUBLISHED: [&str; 22] = [
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "date_published", "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued",
    "dc.date.created", "dcterms.created", "dc.date", "dcterms.date", "citation_publication_date",
    "publish_date", "publish-date", "publishdate", "publicationdate", "pubdate", "article.published",
    "originalpublicationdate", "date",
];
const MODIFIED: [&str; 6] = [
    "article:modified_time", "og:updated_time", "datemodified", "dcterms.modified", "dc.date.modified",
    "last-modified",
];
const OUTLETS: [&str; 9] = [
    "og:site_name", "dc.publisher", "dcterms.publisher", "citation_journal_title", "cre", "publisher",
    "source", "application-name", "apple-mobile-web-app-title",
];
const URLS: [&str; 3] = ["og:url", "parsely-link", "twitter:url"];

impl Facts {
    /// Reads the elements of a page, wherever they stand: many heads end early.
    pub(super) fn of(document: &Document, source: &str) -> Facts {
        let mut told = Told::default();
        for node in document.root().descendants_it() {
            let Some(element) = node.element_ref() else { continue };
            match &*element.name.local {
                "html" => {
                    let language = attribute(&element, "lang").or_else(|| attribute(&element, "xml:lang"));
                    told.language(language);
                }
                "title" if told.title.is_none() && !is_drawn(&element) => {
                    told.title = Some(one_line(&node.text())).filter(|title| !title.is_empty());
                }
                "meta" => told.meta(&element),
                "link" => {
                    let rel = attribute(&element, "rel").unwrap_or_default();
                    if rel.eq_ignore_ascii_case("canonical")
                        && let Some(address) = attribute(&element, "href")
                    {
                        told.canonical.get_or_insert_with(|| address.trim().to_owned());
                    }
                }
                "script"
                    if attribute(&element, "type")
                        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/ld+json")) =>
                {
                    told.linked.push(node.text().to_string());
                }
                "time" => told.time(&element, &node.text()),
                _ => told.property(&element, || one_line(&node.text())),
            }
        }
        told.facts(source)
    }
}

/// Whether it is the title of a drawing.
fn is_drawn(element: &Element) -> bool {
    !element.name.ns.ends_with("xhtml")
}

/// What the elements told, before it is put in order.
#[derive(Default)]
struct Told {
    title: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    meta: Vec<(String, String)>,
    linked: Vec<String>,
    /// `<time>` elements that say that they are the day of publication.
    times: Vec<String>,
    /// Values of schema.org's properties on elements.
    published: Vec<String>,
    modified: Vec<String>,
}

/// `<meta>` elements that are read; a page has some dozens.
const MOST_META: usize = 500;
/// Blocks of JSON-LD that are read.
const MOST_LINKED: usize = 20;

impl Told {
    fn language(&mut self, code: Option<&str>) {
        let code = code.map(|code| code.trim().replace('_', "-")).filter(|code| is_language(code));
        self.language = self.language.take().or(code);
    }

    fn meta(&mut self, element: &Element) {
        let name =
            ["property", "name", "itemprop", "http-equiv"].iter().find_map(|name| attribute(element, name));
        let (Some(name), Some(value)) = (name, attribute(element, "content")) else { return };
        let value = one_line(value);
        if self.meta.len() < MOST_META && !value.is_empty() {
            self.meta.push((name.trim().to_lowercase(), value));
        }
    }

    fn time(&mut self, element: &Element, text: &str) {
        let Some(value) = attribute(element, "datetime").map(str::to_owned).or_else(|| Some(one_line(text)))
        else {
            return;
        };
        let says = |words: &[&str]| {
            let named =
                ["itemprop", "class", "data-testid"].iter().filter_map(|name| attribute(element, name));
            named.map(str::to_lowercase).any(|named| words.iter().any(|word| named.contains(word)))
        };
        if says(&["modif", "updated", "update"]) && !says(&["published"]) {
            self.modified.push(value);
        } else if attribute(element, "pubdate").is_some()
            || says(&["publish", "pubdate", "entry-date", "posted", "dateline", "created"])
        {
            self.times.push(value);
        }
    }

    fn property(&mut self, element: &Element, text: impl Fn() -> String) {
        let Some(names) = attribute(element, "itemprop") else { return };
        let value = || {
            let given = ["content", "datetime"].iter().find_map(|name| attribute(element, name));
            given.map_or_else(&text, str::to_owned)
        };
        match names {
            "datePublished" | "dateCreated" => self.published.push(value()),
            "dateModified" => self.modified.push(value()),
            _ => {}
        }
    }

    fn values<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = String> + 'a {
        let named = |name: &'a str| self.meta.iter().filter(move |(field, _)| field == name);
        names.iter().flat_map(move |name| named(name)).map(|(_, value)| value.clone())
    }

    fn facts(self, source: &str) -> Facts {
        let mut facts = Facts { page_title: self.title.clone(), ..Facts::default() };
        let shown: Vec<String> = self.title.iter().cloned().chain(self.values(&TITLES)).collect();
        for linked in self.linked.iter().take(MOST_LINKED) {
            linked_data::read(linked, &shown, &mut facts);
        }
        facts.titles.extend(self.values(&TITLES));
        facts.published.extend(self.published.iter().cloned());
        facts.published.extend(self.values(&PUBLISHED));
        facts.published.extend(self.times.iter().cloned());
        facts.modified.extend(self.values(&MODIFIED));
        facts.modified.extend(self.modified.iter().cloned());
        facts.outlets.extend(self.values(&OUTLETS));
        let mut urls: Vec<String> = self.canonical.iter().cloned().chain(self.values(&URLS)).collect();
        urls.append(&mut facts.urls);
        urls.extend(saved_from(source));
        facts.urls = urls;
        let stated = || {
            self.values(&["og:locale", "content-language", "language", "dc.language", "dcterms.language"])
                .next()
        };
        let language = facts.language.take();
        facts.language = self
            .language
            .clone()
            .or_else(stated)
            .or(language)
            .map(|code| code.replace('_', "-"))
            .filter(|code| is_language(code));
        facts
    }
}

fn is_language(code: &str) -> bool {
    let primary = code.split('-').next().unwrap_or("");
    (2..=3).contains(&primary.len())
        && code.len() <= 35
        && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

/// The address in the comment that browsers write on top of a page that they save.
fn saved_from(source: &str) -> Option<String> {
    const MARK: &str = "<!-- saved from url=(";
    let mut end = source.len().min(1000);
    while !source.is_char_boundary(end) {
        end -= 1;
    }
    let (_, rest) = source.get(..end)?.split_once(MARK)?;
    let (_, rest) = rest.split_once(')')?;
    let (address, _) = rest.split_once("-->")?;
    Some(address.trim().to_owned())
}
