//! EPUB: an article for each chapter, or story of a newspaper.
//! A chapter is XML, and has nothing around its text as web pages do; covers and tables of contents are passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::vec;

use super::Unopened;
use super::office::{Draft, Element, Metadata, Node, Package, Role, Xml, day, resolved};
use super::source::{Source, Steps, as_step, later, one};
use crate::model::Problem;

/// Everything in a book.
pub(super) fn steps(mut source: Source) -> Steps {
    let opened = source.whole().and_then(|bytes| Book::open(bytes).map_err(|reason| source.problem(reason)));
    match opened {
        Ok(book) => Box::new(Chapters { book, id: source.id, name: source.name, found: false, done: false }),
        Err(problem) => one(Err(problem)),
    }
}

/// A book that is open.
struct Book {
    package: Package,
    metadata: Metadata,
    /// Names of the parts with text, in the order in which they are read.
    spine: vec::IntoIter<String>,
    /// What the table of contents calls them.
    labels: BTreeMap<String, String>,
    /// Parts that only who bought the book can read.
    locked: BTreeSet<String>,
}

impl Book {
    fn open(bytes: Vec<u8>) -> Result<Book, String> {
        let mut package = Package::open(bytes)?;
        let container = package.text("META-INF/container.xml")?.unwrap_or_default();
        let main = Xml::new(&container).find_map(|node| match node {
            Node::Open(element) if element.name() == "rootfile" => element.attribute("full-path"),
            _ => None,
        });
        let main = main.map(|path| resolved("", &path)).unwrap_or_default();
        let Some(text) = package.text(&main)? else {
            return Err("it is not a book: nothing in it tells in what order it is read".to_owned());
        };
        let listing = Listing::read(&main, &text);
        let mut labels = BTreeMap::new();
        for part in &listing.contents {
            let text = package.text(part).ok().flatten().unwrap_or_default();
            read_labels(part, &text, &mut labels);
        }
        let locks = package.text("META-INF/encryption.xml").ok().flatten().unwrap_or_default();
        let locked = Xml::new(&locks).filter_map(|node| match node {
            Node::Open(element) if element.name() == "CipherReference" => element.attribute("URI"),
            _ => None,
        });
        Ok(Book {
            labels,
            locked: locked.map(|part| resolved("", &part)).collect(),
            spine: listing.spine().into_iter(),
            metadata: listing.metadata,
            package,
        })
    }
}

/// The part of a book that lists the others.
#[derive(Default)]
struct Listing {
    metadata: Metadata,
    /// Parts by their ids.
    parts: BTreeMap<String, String>,
    order: Vec<String>,
    /// Tables of contents, the newer kind first.
    contents: Vec<String>,
    /// Parts that are no text of the book's: its cover, its table of contents.
    aside: BTreeSet<String>,
}

impl Listing {
    fn read(main: &str, text: &str) -> Listing {
        let mut listing = Listing::default();
        let mut xml = Xml::new(text);
        while let Some(node) = xml.next() {
            let Node::Open(element) = node else { continue };
            let metadata = &mut listing.metadata;
            match element.name() {
                "title" if metadata.source.is_none() => metadata.source = Some(one_line(&mut xml)),
                "language" if metadata.language.is_none() => metadata.language = Some(one_line(&mut xml)),
                "date" if metadata.date.is_none() => metadata.date = day(&xml.text_within()),
                "item" => listing.item(main, &element),
                "itemref" => listing.order.extend(element.attribute("idref")),
                "reference" => {
                    let kind = element.attribute("type").unwrap_or_default();
                    let part = element.attribute("href").map(|target| resolved(main, &target));
                    listing.aside.extend(part.filter(|_| is_aside(&kind)));
                }
                _ => {}
            }
        }
        listing.metadata.source = listing.metadata.source.filter(|title| !title.is_empty());
        listing
    }

    fn item(&mut self, main: &str, element: &Element<'_>) {
        let (Some(id), Some(target)) = (element.attribute("id"), element.attribute("href")) else { return };
        let part = resolved(main, &target);
        let kind = element.attribute("media-type").unwrap_or_default();
        if element
            .attribute("properties")
            .is_some_and(|properties| properties.split(' ').any(|it| it == "nav"))
        {
            self.contents.insert(0, part.clone());
            self.aside.insert(part.clone());
        } else if kind == "application/x-dtbncx+xml" {
            self.contents.push(part.clone());
        }
        if kind.contains("html") || kind.contains("xml") && !kind.contains("svg") {
            self.parts.insert(id, part);
        }
    }

    /// The parts with text in their order, each once.
    fn spine(&self) -> Vec<String> {
        let mut seen = BTreeSet::new();
        let parts = self.order.iter().filter_map(|id| self.parts.get(id));
        parts.filter(|part| !self.aside.contains(*part) && seen.insert(*part)).cloned().collect()
    }
}

fn one_line(xml: &mut Xml<'_>) -> String {
    crate::model::one_line(&xml.text_within())
}

/// Kinds of parts, as EPUB's vocabulary has them, that are none of a book's text.
fn is_aside(kinds: &str) -> bool {
    const ASIDE: [&str; 12] = [
        "cover", "titlepage", "title-page", "halftitlepage", "toc", "landmarks", "page-list",
        "copyright-page", "index", "colophon", "loi", "lot",
    ];
    kinds.split(' ').any(|kind| ASIDE.contains(&kind))
}

/// What a table of contents calls the parts that it points to: the first name for each.
fn read_labels(part: &str, text: &str, labels: &mut BTreeMap<String, String>) {
    let mut xml = Xml::new(text);
    let mut label = String::new();
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        let (target, name) = match element.name() {
            "a" => (element.attribute("href"), one_line(&mut xml)),
            "text" => {
                label = one_line(&mut xml);
                continue;
            }
            "content" => (element.attribute("src"), std::mem::take(&mut label)),
            _ => continue,
        };
        if let Some(target) = target.filter(|_| !name.is_empty()) {
            labels.entry(resolved(part, &target)).or_insert(name);
        }
    }
}

/// The chapters of a book, one after the other.
struct Chapters {
    book: Book,
    id: String,
    name: String,
    found: bool,
    done: bool,
}

impl Chapters {
    fn problem(&self, reason: &str) -> Unopened {
        Err(Problem { place: self.name.clone(), reason: reason.to_owned() }).into()
    }

    /// A chapter; `None` where there is nothing to read in it.
    fn chapter(&mut self, part: &str) -> Option<Unopened> {
        let place = format!("{}/{part}", self.name);
        let text = match self.book.package.text(part) {
            Ok(text) => text?,
            Err(reason) => return Some(Err(Problem { place, reason }).into()),
        };
        let draft = read(&text)?;
        let id = format!("{}#{part}", self.id);
        let metadata = Metadata { title: self.book.labels.get(part).cloned(), ..self.book.metadata.clone() };
        let named = place.clone();
        later(place, move || {
            let article = draft.article(&id, metadata);
            vec![article.map(as_step).map_err(|reason| Problem { place: named, reason })]
        })
        .next()
    }
}

impl Iterator for Chapters {
    type Item = Unopened;

    fn next(&mut self) -> Option<Unopened> {
        while let Some(part) = self.book.spine.next() {
            if self.book.locked.contains(&part) {
                self.book.spine = Vec::new().into_iter();
                self.done = true;
                return Some(
                    self.problem("it is locked: only the program that it was bought for can read it"),
                );
            }
            if let Some(step) = self.chapter(&part) {
                self.found = true;
                return Some(step);
            }
        }
        let empty = !self.found && !std::mem::replace(&mut self.done, true);
        empty.then(|| self.problem("there is no text in it"))
    }
}

/// Least characters of running text that make an article.
const LEAST: usize = 60;

/// The text of a chapter; `None` where it is a cover, or holds pictures alone.
fn read(text: &str) -> Option<Draft> {
    let mut chapter = Chapter::default();
    let mut xml = Xml::new(text);
    while let Some(node) = xml.next() {
        match node {
            Node::Open(element) => {
                let kinds = element.attribute("type").unwrap_or_default();
                match element.name() {
                    "head" | "script" | "style" | "nav" | "svg" | "math" | "rt" | "rp" | "template" => {
                        xml.pass_over()
                    }
                    // The number of a note, which stands close to the word before it.
                    "a" if kinds == "noteref" => xml.pass_over(),
                    "body" | "section" if is_aside(&kinds) => return None,
                    name => chapter.open(name),
                }
            }
            Node::Close(name) => chapter.close(&name),
            Node::Text(words) => chapter.write(&words),
        }
    }
    chapter.end_paragraph();
    (chapter.running >= LEAST).then_some(chapter.draft)
}

/// A chapter that is being read.
#[derive(Default)]
struct Chapter {
    draft: Draft,
    words: String,
    role: Role,
    /// Characters of text besides headings.
    running: usize,
}

impl Chapter {
    fn open(&mut self, name: &str) {
        match name {
            "br" => self.words.push('\n'),
            "table" => {
                self.end_paragraph();
                self.draft.table();
            }
            "tr" => {
                self.end_paragraph();
                self.draft.open_row();
            }
            "td" | "th" => {
                self.end_paragraph();
                self.draft.open_cell();
            }
            name if is_block(name) => {
                if !self.words.trim().is_empty() {
                    self.end_paragraph();
                }
                // A paragraph that an item begins with is the item.
                if self.role != Role::Item || role(name) == Role::Heading {
                    self.role = role(name);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "tr" => {
                self.end_paragraph();
                self.draft.close_row();
            }
            "table" => {
                self.end_paragraph();
                self.draft.table();
            }
            name if is_block(name) || matches!(name, "td" | "th") => self.end_paragraph(),
            _ => {}
        }
    }

    /// White space is one space; what a line break has made stays.
    fn write(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if !self.words.is_empty() && !self.words.ends_with([' ', '\n']) {
                        self.words.push(' ');
                    }
                }
                '\u{fe0e}' | '↩' => {}
                c => self.words.push(c),
            }
        }
    }

    fn end_paragraph(&mut self) {
        let words = std::mem::take(&mut self.words);
        let role = std::mem::take(&mut self.role);
        if role != Role::Heading {
            self.running += words.chars().filter(|c| c.is_alphanumeric()).count();
        }
        self.draft.paragraph(&words, role);
    }
}

fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 30] = [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "blockquote",
        "pre", "section", "article", "aside", "header", "footer", "figure", "figcaption", "hr", "body",
        "main", "address", "caption", "details", "summary",
    ];
    BLOCKS.contains(&name)
}

fn role(name: &str) -> Role {
    match name {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Heading,
        "li" => Role::Item,
        _ => Role::Body,
    }
}
