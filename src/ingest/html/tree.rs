//! HTML to a tree, whatever it holds.
//! Parsers of HTML take time and memory that grow with the square of some inputs (tags in tags in tags, a tag with
//! fifty thousand attributes, fonts that are opened anew in every paragraph). Such a page loses its tags and keeps its
//! words.

use dom_query::{Document, Tree};
use html5ever::driver::{ParseOpts, parse_document};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use memchr::memchr;

/// Elements within each other; browsers go no deeper than 512 either.
const DEEPEST: usize = 600;
/// Nodes of a tree.
const MOST_NODES: usize = 2_000_000;
/// Comparisons of a tag's attributes with each other.
const MOST_COMPARED: usize = 100_000_000;
/// Bytes that are parsed before it is looked at how much they made.
const PIECE: usize = 512;

/// The tree of a page.
pub(in crate::ingest) fn parse(html: &str) -> Document {
    whole(html).or_else(|| whole(&flattened(html))).unwrap_or_default()
}

fn whole(html: &str) -> Option<Document> {
    if compared(html)? > MOST_COMPARED {
        return None;
    }
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let text = StrTendril::from(html);
    let most = (html.len() + 1000).min(MOST_NODES);
    let between_looks = (html.len() / 128).max(8 << 10);
    let (mut from, mut next_look) = (0, between_looks);
    while from < html.len() {
        let mut to = (from + PIECE).min(html.len());
        while !html.is_char_boundary(to) {
            to += 1;
        }
        parser.process(text.subtendril(u32::try_from(from).ok()?, u32::try_from(to - from).ok()?));
        from = to;
        let tree = &parser.tokenizer.sink.sink.tree;
        if tree.len() > most {
            return None;
        }
        if from >= next_look || from == html.len() {
            next_look = from + between_looks;
            if is_too_deep(tree) {
                return None;
            }
        }
    }
    Some(parser.finish())
}

/// How often attributes are compared with others of their tag, at most; `None` where that cannot be told in time.
///
/// A tag is taken to begin wherever one could, also within scripts and comments: what really is a tag is among them.
fn compared(html: &str) -> Option<usize> {
    let bytes = html.as_bytes();
    let mut work = 8 * bytes.len() + (64 << 10);
    let (mut from, mut sum) = (0, 0usize);
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr(b'<', rest)) {
        from += at + 1;
        let tag = bytes.get(from..).unwrap_or_default();
        if tag.first().is_some_and(u8::is_ascii_alphabetic) {
            let (length, attributes) = attributes(tag, work)?;
            work -= length;
            sum = sum.saturating_add(attributes * attributes);
        }
    }
    Some(sum)
}

/// Where in a tag a character stands, as the standard for HTML has it.
#[derive(Clone, Copy)]
enum At {
    TagName,
    BeforeName,
    Name,
    AfterName,
    BeforeValue,
    Value,
}

/// The length of a tag and the number of its attributes; `None` where it is longer than `most`.
fn attributes(tag: &[u8], most: usize) -> Option<(usize, usize)> {
    let (mut attributes, mut state) = (0, At::TagName);
    let mut at = 0;
    while let Some(&byte) = tag.get(at).filter(|_| at < most) {
        state = match (state, byte) {
            (_, b'>') => return Some((at, attributes)),
            (At::Name | At::AfterName, b'=') => At::BeforeValue,
            (At::BeforeValue, b'"' | b'\'') => {
                at += 1 + memchr(byte, tag.get(at + 1..)?).unwrap_or(tag.len() - at - 1);
                At::BeforeName
            }
            (At::Name, b' ' | b'\t' | b'\n' | b'\r' | 0x0C) => At::AfterName,
            (At::BeforeValue | At::AfterName, b' ' | b'\t' | b'\n' | b'\r' | 0x0C) => state,
            (_, b' ' | b'\t' | b'\n' | b'\r' | 0x0C) => At::BeforeName,
            (At::TagName | At::BeforeName | At::Name | At::AfterName, b'/') => At::BeforeName,
            (At::BeforeName | At::AfterName, _) => {
                attributes += 1;
                At::Name
            }
            (At::BeforeValue | At::Value, _) => At::Value,
            (At::TagName | At::Name, _) => state,
        };
        at += 1;
    }
    (at < most).then_some((at, attributes))
}

fn is_too_deep(tree: &Tree) -> bool {
    let Some(root) = tree.get(&tree.root().id) else { return false };
    let (mut at, mut depth) = (root, 0usize);
    loop {
        if let Some(child) = at.first_child() {
            (at, depth) = (child, depth + 1);
            if depth > DEEPEST {
                return true;
            }
            continue;
        }
        loop {
            if depth == 0 {
                return false;
            }
            if let Some(next) = at.next_sibling() {
                at = next;
                break;
            }
            let Some(parent) = at.parent() else { return false };
            (at, depth) = (parent, depth - 1);
        }
    }
}

/// Elements whose content is no text of the page.
const UNSEEN: [&str; 6] = ["script", "style", "template", "noscript", "svg", "iframe"];
/// Elements within a line.
const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "em", "font", "i", "img", "ins", "mark", "nobr",
    "q", "s", "small", "span", "strong", "sub", "sup", "u", "wbr",
];

/// The page with paragraphs for all its tags.
fn flattened(html: &str) -> String {
    let mut flat = String::with_capacity(html.len());
    let mut rest = html;
    // Names of which no end tag follows, so that it is looked for once.
    let mut endless: Vec<String> = Vec::new();
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        flat.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let name = rest.strip_prefix('/').unwrap_or(rest);
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
            flat.push_str("&lt;");
            continue;
        }
        let end = name.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(name.len());
        let name = name[..end].to_ascii_lowercase();
        let closes = rest.starts_with('/');
        rest = rest.find('>').map_or("", |end| &rest[end + 1..]);
        if UNSEEN.contains(&name.as_str()) && !closes && !endless.contains(&name) {
            match after_end_of(rest, &name) {
                Some(after) => rest = after,
                // As in a browser, a script that does not end is all that is left of the page.
                None if matches!(name.as_str(), "script" | "style") => rest = "",
                None => endless.push(name.clone()),
            }
        }
        if !INLINE.contains(&name.as_str()) && !flat.ends_with("<p>") {
            flat.push_str("<p>");
        }
    }
    flat.push_str(rest);
    flat
}

/// What follows the end tag of a name, if there is one.
fn after_end_of<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = html;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        rest = &rest[at + 1..];
        let end = rest.strip_prefix('/').and_then(|rest| rest.get(..name.len()));
        if end.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return Some(rest.find('>').map_or("", |end| &rest[end + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_without_its_tags_keeps_its_words() {
        let check = |html: &str, expected: &str| assert_eq!(flattened(html), expected, "{html}");
        check("<div class='a'>In <b>Oslo</b></div>at 3 < 4", "<p>In Oslo<p>at 3 &lt; 4");
        check("a<!-- <p> --><script>x < '</p>'</script>b", "a<p>b");
        check("<svg><g>a<svg>b", "<p>a<p>b");
        check("a<style>b", "a<p>");
    }

    #[test]
    fn attributes_are_counted_as_browsers_do() {
        let check = |tag: &str, expected: usize| {
            assert_eq!(
                attributes(tag.as_bytes(), 1000).map(|(_, attributes)| attributes),
                Some(expected),
                "{tag}"
            );
        };
        check("a>", 0);
        check("a b c=d e = \">\" f='g h'i/j>", 6);
        check("a =b c>", 2);
        check("a b=c/d>", 1);
    }
}
