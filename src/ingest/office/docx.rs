//! Word (`.docx`): the text that a reader of the document sees, its notes after it.
//! What was deleted with changes tracked is still in the file, and a text box stands in it twice.

use std::collections::BTreeMap;

use super::draft::{Draft, Metadata, Role, day};
use super::package::{Package, resolved};
use super::xml::{Element, Node, Xml};
use crate::model::Article;

/// An article from a Word document.
pub(in crate::ingest) fn article(id: &str, bytes: Vec<u8>) -> Result<Article, String> {
    let mut package = super::package(bytes)?;
    let (main, core) = locations(&mut package);
    let Some(document) = package.text(&main)? else {
        return Err("it is not a Word document: there is no text part in it".to_owned());
    };
    // What is beside the text may be damaged without the text being lost.
    let mut beside = |name: &str| package.text(&resolved(&main, name)).ok().flatten().unwrap_or_default();
    let styles = styles(&beside("styles.xml"));
    let notes = [("footnotes.xml", "footnote"), ("endnotes.xml", "endnote")]
        .map(|(part, kind)| notes(&beside(part), kind, &styles));
    let mut reader = Reader::new(&styles);
    reader.read(&document);
    let Reader { mut draft, cited, .. } = reader;
    for (kind, number) in cited {
        let kept = if kind == "footnote" { notes.first() } else { notes.get(1) };
        let note = kept.and_then(|notes| notes.get(&number));
        note.into_iter().flatten().for_each(|paragraph| draft.paragraph(paragraph, Role::Body));
    }
    let metadata = package.text(&core).ok().flatten().map(|part| core_properties(&part)).unwrap_or_default();
    draft.article(id, metadata)
}

/// Names of the part with the text, and of that with the title.
fn locations(package: &mut Package) -> (String, String) {
    let mut main = "word/document.xml".to_owned();
    let mut core = "docProps/core.xml".to_owned();
    let relations = package.text("_rels/.rels").ok().flatten().unwrap_or_default();
    for node in Xml::new(&relations) {
        let Node::Open(element) = node else { continue };
        let (Some(kind), Some(target)) = (element.attribute("Type"), element.attribute("Target")) else {
            continue;
        };
        match kind.rsplit('/').next() {
            Some("officeDocument") => main = resolved("", &target),
            Some("core-properties") => core = resolved("", &target),
            _ => {}
        }
    }
    (main, core)
}

/// What Word keeps of a document beside its text.
fn core_properties(part: &str) -> Metadata {
    let mut metadata = Metadata::default();
    let mut xml = Xml::new(part);
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "title" => metadata.title = Some(xml.text_within()),
            "created" => metadata.date = day(&xml.text_within()),
            "language" => metadata.language = Some(xml.text_within().trim().to_owned()),
            _ => {}
        }
    }
    metadata
}

/// What each style makes of a paragraph. Word shows the names of its own styles in the user's language, and writes
/// them in English.
fn styles(part: &str) -> BTreeMap<String, Role> {
    let mut names: BTreeMap<String, (Option<Role>, Option<String>)> = BTreeMap::new();
    let mut current = String::new();
    for node in Xml::new(part) {
        let Node::Open(element) = node else { continue };
        match element.name() {
            "style" => {
                current = element.attribute("styleId").unwrap_or_default();
                names.insert(current.clone(), (None, None));
            }
            name @ ("name" | "basedOn" | "outlineLvl" | "numPr") => {
                let Some((role, base)) = names.get_mut(&current) else { continue };
                let value = element.attribute("val").unwrap_or_default();
                match name {
                    "name" => *role = role_of_style(&value),
                    "basedOn" => *base = Some(value),
                    "numPr" => *role = role.or(Some(Role::Item)),
                    _ => *role = role.or(Some(Role::Heading)).filter(|_| value.len() == 1 && value != "9"),
                }
            }
            _ => {}
        }
    }
    let role = |id: &String| {
        let mut id = Some(id);
        // A style may be said to be based on itself.
        for _ in 0..10 {
            let (role, base) = names.get(id?)?;
            if role.is_some() {
                return *role;
            }
            id = base.as_ref();
        }
        None
    };
    names.keys().filter_map(|id| Some((id.clone(), role(id)?))).collect()
}

fn role_of_style(name: &str) -> Option<Role> {
    let name = name.to_lowercase();
    match name.as_str() {
        "title" => Some(Role::Title),
        name if name.starts_with("heading ") => Some(Role::Heading),
        name if name.starts_with("toc ") || name == "toc heading" => Some(Role::Contents),
        name if name.starts_with("list ") => Some(Role::Item),
        _ => None,
    }
}

/// The notes of a document by their numbers: their paragraphs.
fn notes(part: &str, kind: &str, styles: &BTreeMap<String, Role>) -> BTreeMap<String, Vec<String>> {
    let mut notes = BTreeMap::new();
    let mut xml = Xml::new(part);
    while let Some(node) = xml.next() {
        let Node::Open(element) = node else { continue };
        // The line between the text and its notes is a note, too, and has a type.
        if element.name() != kind || element.attribute("type").is_some_and(|kind| kind != "normal") {
            continue;
        }
        let Some(number) = element.attribute("id") else { continue };
        let mut reader = Reader::new(styles);
        reader.read_within(&mut xml, kind);
        notes.insert(number, reader.paragraphs);
    }
    notes
}

/// A paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    words: String,
    role: Role,
}

/// Paragraphs within paragraphs, as text boxes have them, that are told apart.
const DEEPEST: usize = 20;

/// Reads the paragraphs of a part.
struct Reader<'a> {
    styles: &'a BTreeMap<String, Role>,
    draft: Draft,
    /// The same, one by one.
    paragraphs: Vec<String>,
    /// The paragraphs that are open: one, and those of text boxes in it.
    open: Vec<Paragraph>,
    /// What text boxes hold, until the paragraph that they stand in is done.
    boxed: Vec<Paragraph>,
    /// Whether the run that is open is not to be seen.
    hidden: bool,
    /// Notes in the order in which the text refers to them: what kind, which number.
    cited: Vec<(String, String)>,
}

impl<'a> Reader<'a> {
    fn new(styles: &'a BTreeMap<String, Role>) -> Self {
        Reader {
            styles,
            draft: Draft::default(),
            paragraphs: Vec::new(),
            open: Vec::new(),
            boxed: Vec::new(),
            hidden: false,
            cited: Vec::new(),
        }
    }

    fn read(&mut self, part: &str) {
        self.read_within(&mut Xml::new(part), "document");
        while !self.open.is_empty() {
            self.close_paragraph();
        }
    }

    /// Reads up to the end of an element of this name.
    fn read_within(&mut self, xml: &mut Xml<'_>, name: &str) {
        while let Some(node) = xml.next() {
            match node {
                Node::Open(element) => self.open(&element, xml),
                Node::Close(closed) if closed == name => return,
                Node::Close(closed) => self.close(&closed),
                Node::Text(_) => {}
            }
        }
    }

    fn open(&mut self, element: &Element<'_>, xml: &mut Xml<'_>) {
        match element.name() {
            // Deleted or moved away with changes tracked; the same again for programs of another age.
            "del" | "moveFrom" | "Fallback" | "instrText" | "rPrChange" | "pPrChange" | "sectPr" => {
                xml.pass_over()
            }
            "p" if self.open.len() < DEEPEST => self.open.push(Paragraph::default()),
            "t" => {
                let words = xml.text_within();
                self.write(&words);
            }
            "tab" if self.is_in_run(element) => self.write("\t"),
            "br" | "cr" => self.write("\n"),
            "noBreakHyphen" => self.write("-"),
            "r" => self.hidden = false,
            "vanish" => self.hidden = !matches!(element.attribute("val").as_deref(), Some("0" | "false")),
            "pStyle" => self.style(&element.attribute("val").unwrap_or_default()),
            "numPr" => self.role(Role::Item),
            "outlineLvl" if element.attribute("val").is_some_and(|level| level != "9") => {
                self.role(Role::Heading);
            }
            kind @ ("footnoteReference" | "endnoteReference") => {
                let kind = kind.trim_end_matches("Reference").to_owned();
                self.cited.extend(element.attribute("id").map(|number| (kind, number)));
            }
            "tbl" => self.draft.table(),
            "tr" if self.open.is_empty() => self.draft.open_row(),
            "tc" if self.open.is_empty() => self.draft.open_cell(),
            _ => {}
        }
    }

    /// A stop for tabs is a tab as well, with a place where it stands.
    fn is_in_run(&self, element: &Element<'_>) -> bool {
        element.attribute("pos").is_none()
    }

    fn close(&mut self, name: &str) {
        match name {
            "p" => self.close_paragraph(),
            "r" => self.hidden = false,
            "tr" if self.open.is_empty() => self.draft.close_row(),
            "tbl" => self.draft.table(),
            _ => {}
        }
    }

    fn write(&mut self, words: &str) {
        if !self.hidden
            && let Some(paragraph) = self.open.last_mut()
        {
            paragraph.words.push_str(words);
        }
    }

    fn style(&mut self, id: &str) {
        if let Some(&role) = self.styles.get(id).as_ref() {
            self.role(*role);
        }
    }

    /// The first that is said of a paragraph holds, and its style is said first: a numbered heading is a heading.
    fn role(&mut self, role: Role) {
        if let Some(paragraph) = self.open.last_mut().filter(|paragraph| paragraph.role == Role::Body) {
            paragraph.role = role;
        }
    }

    fn close_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if !self.open.is_empty() {
            self.boxed.push(paragraph);
            return;
        }
        let boxed = std::mem::take(&mut self.boxed);
        for paragraph in std::iter::once(paragraph).chain(boxed) {
            self.draft.paragraph(&paragraph.words, paragraph.role);
            self.paragraphs.push(paragraph.words);
        }
    }
}
