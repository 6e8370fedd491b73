//! OpenDocument text (`.odt`, and `.fodt`, which is the same as one file of XML): its notes after the text.
//! Spaces are written as elements, and what was deleted with changes tracked stands before the text.

use std::collections::BTreeMap;

use super::draft::{Draft, Metadata, Role, day};
use super::xml::{Element, Node, Xml};
use crate::model::Article;

/// An article from an OpenDocument text.
pub(in crate::ingest) fn article(id: &str, bytes: Vec<u8>) -> Result<Article, String> {
    if !bytes.starts_with(b"PK") {
        let flat = encoding_rs::UTF_8.decode(&bytes).0;
        if !flat.contains("urn:oasis:names:tc:opendocument") {
            return Err("it is not an OpenDocument text".to_owned());
        }
        return read(&flat, "").article(id, metadata(&flat));
    }
    let mut package = super::package(bytes)?;
    let manifest = package.text("META-INF/manifest.xml").ok().flatten().unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err("it is locked with a password".to_owned());
    }
    let Some(content) = package.text("content.xml")? else {
        return Err("it is not an OpenDocument text: there is no text part in it".to_owned());
    };
    let mut beside = |name: &str| package.text(name).ok().flatten().unwrap_or_default();
    let (styles, meta) = (beside("styles.xml"), beside("meta.xml"));
    read(&content, &styles).article(id, metadata(&meta))
}

fn read(content: &str, styles: &str) -> Draft {
    let mut roles = BTreeMap::new();
    self::styles(styles, &mut roles);
    self::styles(content, &mut roles);
    let mut reader = Reader { styles: roles, ..Reader::default() };
    let mut xml = Xml::new(content);
    // Headers and footers stand among the styles of a flat file.
    let body = xml.by_ref().find(|node| matches!(node, Node::Open(element) if element.name() == "body"));
    if body.is_some() {
        reader.read(&mut xml);
    }
    for note in std::mem::take(&mut reader.notes) {
        reader.draft.paragraph(&note, Role::Body);
    }
    reader.draft
}

/// What a document says of itself.
fn metadata(part: &str) -> Metadata {
    let mut metadata = Metadata::default();
    let mut xml = Xml::new(part);
    while let Some(node) = xml.next() {
        match node {
            Node::Open(element) => match element.name() {
                "title" => metadata.title = Some(xml.text_within()),
                "creation-date" => metadata.date = day(&xml.text_within()),
                "language" => metadata.language = Some(xml.text_within().trim().to_owned()),
                // A picture's title is not the document's.
                "body" => break,
                _ => {}
            },
            Node::Close(name) if name == "meta" => break,
            _ => {}
        }
    }
    metadata
}

/// What each style makes of a paragraph: those of the document's own are named P1, P2, … and have a parent.
fn styles(part: &str, roles: &mut BTreeMap<String, Role>) {
    for node in Xml::new(part) {
        match node {
            Node::Open(element) if element.name() == "style" => {
                let Some(name) = element.attribute("name") else { continue };
                let parent = element.attribute("parent-style-name");
                let inherited = parent.as_ref().and_then(|parent| roles.get(parent).copied());
                let role = role_of_style(&name).or_else(|| parent.as_deref().and_then(role_of_style));
                if let Some(role) = role.or(inherited) {
                    roles.insert(name, role);
                }
            }
            Node::Open(element) if element.name() == "body" => return,
            _ => {}
        }
    }
}

fn role_of_style(name: &str) -> Option<Role> {
    match name {
        "Title" => Some(Role::Title),
        name if name.starts_with("Heading") => Some(Role::Heading),
        _ => None,
    }
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    words: String,
    role: Role,
}

/// Paragraphs within paragraphs, as text boxes and notes have them, that are told apart.
const DEEPEST: usize = 20;

/// Most spaces that one element may stand for.
const MOST_SPACES: usize = 100;

/// Reads the paragraphs of a text.
#[derive(Default)]
struct Reader {
    styles: BTreeMap<String, Role>,
    draft: Draft,
    open: Vec<Paragraph>,
    /// What text boxes hold, until the paragraph that they stand in is done.
    boxed: Vec<Paragraph>,
    notes: Vec<String>,
    /// How many notes, lists and tables of contents are open.
    in_note: usize,
    in_list: usize,
    in_contents: usize,
}

impl Reader {
    fn read(&mut self, xml: &mut Xml<'_>) {
        while let Some(node) = xml.next() {
            match node {
                Node::Open(element) => self.open(&element, xml),
                Node::Close(name) => self.close(&name),
                Node::Text(words) => self.write(&words),
            }
        }
        while !self.open.is_empty() {
            self.close_paragraph();
        }
    }

    fn open(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) {
        match element.name() {
            // What was deleted, what people remarked, what a note is called, what a picture shows in words.
            "tracked-changes"
            | "annotation"
            | "note-citation"
            | "forms"
            | "desc"
            | "ruby-text"
            | "sequence-decls"
            | "table-of-content-source"
            | "object"
            | "binary-data"
            | "event-listeners" => xml.pass_over(),
            "title" if element.full_name() == "svg:title" => xml.pass_over(),
            name @ ("p" | "h") if self.open.len() < DEEPEST => {
                let style = element.attribute("style-name").unwrap_or_default();
                let role = match name {
                    _ if self.in_contents > 0 => Role::Contents,
                    "h" => Role::Heading,
                    _ if self.in_list > 0 => Role::Item,
                    _ => self.styles.get(&style).copied().unwrap_or_default(),
                };
                self.open.push(Paragraph { words: String::new(), role });
            }
            "s" => {
                let count = element.attribute("c").and_then(|count| count.parse().ok()).unwrap_or(1usize);
                self.push(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "note" => self.in_note += 1,
            "list" => self.in_list += 1,
            "table-of-content" => self.in_contents += 1,
            "table" => self.draft.table(),
            "table-row" if self.open.is_empty() => self.draft.open_row(),
            "table-cell" if self.open.is_empty() => self.draft.open_cell(),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" | "h" => self.close_paragraph(),
            "note" => self.in_note = self.in_note.saturating_sub(1),
            "list" => self.in_list = self.in_list.saturating_sub(1),
            "table-of-content" => self.in_contents = self.in_contents.saturating_sub(1),
            "table-row" if self.open.is_empty() => self.draft.close_row(),
            "table" => self.draft.table(),
            _ => {}
        }
    }

    fn push(&mut self, words: &str) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.words.push_str(words);
        }
    }

    /// White space in the file is one space, and none at the beginning.
    fn write(&mut self, words: &str) {
        let Some(paragraph) = self.open.last_mut() else { return };
        for c in words.chars() {
            match c {
                ' ' | '\t' | '\n' | '\r' => {
                    if !paragraph.words.is_empty() && !paragraph.words.ends_with([' ', '\n', '\t']) {
                        paragraph.words.push(' ');
                    }
                }
                c => paragraph.words.push(c),
            }
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if self.in_note > 0 {
            self.notes.push(paragraph.words);
        } else if !self.open.is_empty() {
            self.boxed.push(paragraph);
        } else {
            let boxed = std::mem::take(&mut self.boxed);
            for paragraph in std::iter::once(paragraph).chain(boxed) {
                self.draft.paragraph(&paragraph.words, paragraph.role);
            }
        }
    }
}
