//! What a page shows, block by block, in order: paragraphs, headings, items of lists, cells, captions.
//! What is never shown (scripts, what is hidden, what forms hold) is not among them; what is shown and is not the story
//! is, and is said to be furniture.

use std::collections::HashSet;

use dom_query::{Document, Element, NodeData, NodeId, NodeRef};

use super::furniture;

/// What sort of block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A heading of this level, 1 to 6.
    Heading(u8),
    Paragraph,
    /// An item of a list, a cell of a table, a caption.
    Part,
    /// Text whose lines are kept as they are.
    Lines,
}

/// A block.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub kind: Kind,
    pub text: String,
    /// How many characters of it are not white space.
    pub size: usize,
    /// How many of those are links.
    pub linked: usize,
    /// The texts of the tree that it is made of.
    pub texts: Vec<NodeId>,
    /// The innermost element that it stands in, as a number of [`Page::containers`].
    pub container: usize,
}

/// An element that holds blocks.
#[derive(Clone, Copy, Debug)]
pub(super) struct Container {
    pub node: NodeId,
    /// The one around it; the first is its own.
    pub parent: usize,
    /// Whether it, or one around it, is no part of the story.
    pub furniture: bool,
    /// Whether it says that it is the story: `<article>`, `<main>`, `itemprop="articleBody"`.
    pub story: bool,
    /// Whether it, or one around it, says that it tells who wrote the story, and when.
    pub byline: bool,
    /// What the blocks in it are.
    kind: Kind,
}

/// What a page shows.
#[derive(Debug)]
pub(super) struct Page {
    pub blocks: Vec<Block>,
    /// Parents come before their children.
    pub containers: Vec<Container>,
}

impl Page {
    /// Reads what stands below a node.
    pub(super) fn of(document: &Document, root: NodeId) -> Page {
        let outermost = Container {
            node: root,
            parent: 0,
            furniture: false,
            story: false,
            byline: false,
            kind: Kind::Paragraph,
        };
        let page = Page { blocks: Vec::new(), containers: vec![outermost] };
        let mut walk = Walk { document, page, open: vec![0], block: Open::default(), link: 0, pre: 0 };
        walk.below(root);
        walk.flush();
        walk.page.settle_bylines();
        walk.page
    }

    /// What is called a byline and is long is none ("TRS_Editor" holds whole stories); what is in one is one.
    fn settle_bylines(&mut self) {
        let mut sizes = vec![0; self.containers.len()];
        for block in &self.blocks {
            sizes[block.container] += block.size;
        }
        for at in (1..sizes.len()).rev() {
            sizes[self.containers[at].parent] += sizes[at];
        }
        for (at, size) in sizes.into_iter().enumerate().skip(1) {
            let called = self.containers[at].byline && size <= LONGEST_BYLINE;
            self.containers[at].byline = called || self.containers[self.containers[at].parent].byline;
        }
    }

    /// Whether a block is no part of the story by where it stands.
    pub(super) fn is_furniture(&self, block: &Block) -> bool {
        self.containers.get(block.container).is_some_and(|container| container.furniture)
    }

    /// Whether a block tells who wrote the story, and when, by what it is called.
    pub(super) fn is_byline(&self, block: &Block) -> bool {
        let called = self.containers.get(block.container).is_some_and(|container| container.byline);
        called && !matches!(block.kind, Kind::Heading(_))
    }

    /// The containers around a block, from the innermost.
    pub(super) fn around(&self, container: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(container), |&at| {
            self.containers.get(at).map(|container| container.parent).filter(|&parent| parent != at)
        })
    }

    /// What is furniture, from the outside.
    pub(super) fn furniture(&self) -> impl Iterator<Item = NodeId> + '_ {
        let outermost = |container: &&Container| {
            container.furniture
                && !self.containers.get(container.parent).is_some_and(|parent| parent.furniture)
        };
        self.containers.iter().filter(outermost).map(|container| container.node)
    }
}

/// Characters of what tells who wrote a story, and when.
const LONGEST_BYLINE: usize = 200;

/// A block that is being read.
#[derive(Default)]
struct Open {
    text: String,
    size: usize,
    linked: usize,
    texts: Vec<NodeId>,
    breaks: usize,
    /// Whether an inline element ended or began after the last letter.
    seam: bool,
}

struct Walk<'a> {
    document: &'a Document,
    page: Page,
    /// Numbers of the containers around, the innermost last.
    open: Vec<usize>,
    block: Open,
    /// Links around.
    link: usize,
    /// Elements around in which lines are kept.
    pre: usize,
}

/// What an element does to the text around it.
enum Effect {
    /// Its text is not shown.
    Unseen,
    Block,
    Inline,
}

impl Walk<'_> {
    /// Goes through what is below a node without going back to itself, however deep.
    fn below(&mut self, root: NodeId) {
        let Some(first) = self.document.tree.first_child_of(&root) else { return };
        let mut at = first;
        loop {
            if self.enter(&at)
                && let Some(child) = at.first_child()
            {
                at = child;
                continue;
            }
            loop {
                self.leave(&at);
                if let Some(next) = at.next_sibling() {
                    at = next;
                    break;
                }
                match at.parent() {
                    Some(parent) if parent.id != root => at = parent,
                    _ => return,
                }
            }
        }
    }

    /// Whether what is in a node is to be read.
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        if node.is_text() {
            let texts = node.query_or(None, |node| match &node.data {
                NodeData::Text { contents } => Some(contents.clone()),
                _ => None,
            });
            if let Some(text) = texts {
                self.text(&text, node.id);
            }
            return false;
        }
        let Some(element) = node.element_ref() else { return false };
        match effect(&element) {
            Effect::Unseen => return false,
            Effect::Block => self.open_container(node, &element),
            Effect::Inline => match &*element.name.local {
                "br" => self.line_break(),
                "a" => self.link += 1,
                // Letters of formulas would stand one above the other.
                "math" => return false,
                _ => {}
            },
        }
        true
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(element) = node.element_ref() else { return };
        match effect(&element) {
            Effect::Block => {
                self.flush();
                self.open.pop();
                if keeps_lines(&element) {
                    self.pre -= 1;
                }
            }
            Effect::Inline => {
                // A new element behind the end of another, and nothing between.
                self.block.seam = node.next_sibling().is_some_and(|next| next.is_element());
                if &*element.name.local == "a" {
                    self.link -= 1;
                }
            }
            Effect::Unseen => {}
        }
    }

    fn open_container(&mut self, node: &NodeRef<'_>, element: &Element) {
        self.flush();
        let parent = self.innermost();
        let around = self.page.containers.get(parent).copied();
        let inside = around.is_some_and(|around| around.furniture);
        let furniture = inside || furniture::is_furniture(node, element);
        let story = furniture::says_story(element);
        let byline = furniture::says_byline(element);
        let heading = around.map(|around| around.kind).filter(|kind| matches!(kind, Kind::Heading(_)));
        let kind = heading.unwrap_or_else(|| kind_of(&element.name.local));
        self.open.push(self.page.containers.len());
        self.page.containers.push(Container { node: node.id, parent, furniture, story, byline, kind });
        if keeps_lines(element) {
            self.pre += 1;
        }
    }

    fn kind(&self) -> Kind {
        self.page.containers.get(self.innermost()).map_or(Kind::Paragraph, |container| container.kind)
    }

    fn innermost(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn text(&mut self, text: &str, node: NodeId) {
        if self.pre > 0 {
            return self.lines(text, node);
        }
        let mut any = false;
        for c in text.chars() {
            // A soft hyphen says where a word may be cut, and is not shown.
            if matches!(c, '\u{ad}' | '\u{feff}') {
                continue;
            }
            if c.is_whitespace() {
                self.space();
                continue;
            }
            self.past_breaks();
            self.past_seam(c);
            any = true;
            self.block.text.push(c);
            self.block.size += 1;
            self.block.linked += usize::from(self.link > 0);
        }
        if any {
            self.block.texts.push(node);
        }
    }

    fn space(&mut self) {
        if self.block.breaks == 0 && !self.block.text.is_empty() && !self.block.text.ends_with([' ', '\n']) {
            self.block.text.push(' ');
        }
    }

    /// Puts the line breaks that were read before the text that follows them.
    fn past_breaks(&mut self) {
        let heading = matches!(self.kind(), Kind::Heading(_));
        match std::mem::take(&mut self.block.breaks) {
            0 => {}
            _ if self.block.text.is_empty() => {}
            // A headline is one line, however it is set.
            _ if heading => self.space(),
            1 => {
                let trimmed = self.block.text.trim_end().len();
                self.block.text.truncate(trimmed);
                self.block.text.push('\n');
            }
            // What are paragraphs to the eye.
            _ => self.flush(),
        }
    }

    /// "Par Claire Vidal" and "Publié le 28 janvier" are kept apart by style sheets alone; "O" and "nce" are one word.
    fn past_seam(&mut self, next: char) {
        let apart = std::mem::take(&mut self.block.seam) && (next.is_uppercase() || next.is_ascii_digit());
        if apart && self.block.text.ends_with(char::is_lowercase) {
            self.block.text.push(' ');
        }
    }

    fn line_break(&mut self) {
        if self.pre > 0 {
            self.block.text.push('\n');
        } else {
            self.block.breaks += 1;
        }
    }

    fn lines(&mut self, text: &str, node: NodeId) {
        let shown = text.chars().filter(|c| !c.is_whitespace()).count();
        self.block.text.push_str(&text.replace("\r\n", "\n").replace(['\r', '\u{c}'], "\n"));
        self.block.size += shown;
        self.block.linked += if self.link > 0 { shown } else { 0 };
        if shown > 0 {
            self.block.texts.push(node);
        }
    }

    /// Ends the block that is being read.
    fn flush(&mut self) {
        let kind = self.kind();
        let block = std::mem::take(&mut self.block);
        if block.size > 0 {
            let text = block.text.trim_end();
            let lines = self.pre > 0;
            self.page.blocks.push(Block {
                kind: if lines { Kind::Lines } else { kind },
                text: if lines { text.trim_start_matches('\n') } else { text.trim_start() }.to_owned(),
                size: block.size,
                linked: block.linked,
                texts: block.texts,
                container: self.innermost(),
            });
        }
    }
}

fn kind_of(name: &str) -> Kind {
    match name {
        "h1" => Kind::Heading(1),
        "h2" => Kind::Heading(2),
        "h3" => Kind::Heading(3),
        "h4" => Kind::Heading(4),
        "h5" => Kind::Heading(5),
        "h6" => Kind::Heading(6),
        "li" | "td" | "th" | "caption" | "figcaption" | "dt" | "dd" => Kind::Part,
        _ => Kind::Paragraph,
    }
}

fn keeps_lines(element: &Element) -> bool {
    matches!(&*element.name.local, "pre" | "listing" | "xmp" | "plaintext")
}

fn effect(element: &Element) -> Effect {
    match &*element.name.local {
        "script" | "style" | "template" | "noscript" | "svg" | "iframe" | "object" | "embed" | "canvas"
        | "audio" | "video" | "select" | "datalist" | "button" | "input" | "textarea" | "dialog" | "head"
        | "title" | "map" | "progress" | "meter" | "rp" | "rt" | "noembed" | "noframes" => Effect::Unseen,
        _ if furniture::is_hidden(element) => Effect::Unseen,
        "address" | "article" | "aside" | "blockquote" | "body" | "center" | "dd" | "details" | "dir"
        | "div" | "dl" | "dt" | "fieldset" | "figcaption" | "figure" | "footer" | "form" | "h1" | "h2"
        | "h3" | "h4" | "h5" | "h6" | "header" | "hgroup" | "hr" | "html" | "legend" | "li" | "listing"
        | "main" | "menu" | "nav" | "ol" | "p" | "plaintext" | "pre" | "search" | "section" | "summary"
        | "table" | "caption" | "tbody" | "thead" | "tfoot" | "tr" | "td" | "th" | "ul" | "xmp"
        | "frameset" | "frame" => Effect::Block,
        // Elements of a page's own, "amp-img" and "story-card", are often boxes.
        name if name.contains('-') => Effect::Block,
        _ => Effect::Inline,
    }
}

/// The texts that some blocks are made of.
pub(super) fn texts<'a>(blocks: impl Iterator<Item = &'a Block>) -> HashSet<NodeId> {
    blocks.flat_map(|block| block.texts.iter().copied()).collect()
}
