//! A text cut into paragraphs, with marks around some of its words.
//! Marks may lie in one another and across one another. XML knows only the former: what crosses is written in pieces, the
//! later of which point back to the first (`@prev`).

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::super::row::PAGE_BREAK;
use super::super::xml::{attribute, text};
use super::form::is_blank;
use crate::model::{Article, Span};

/// Words with an element around them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Mark {
    pub span: Span,
    /// Of marks of the same words the outer has the lower.
    pub layer: u8,
    pub element: &'static str,
    /// Unique in the file.
    pub id: Option<String>,
    pub attributes: Vec<(&'static str, String)>,
}

/// A paragraph of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Block {
    span: Span,
    heads: bool,
}

/// Adds what stands in the body of an article.
pub(super) fn body(xml: &mut String, article: &Article, marks: &[Mark]) {
    let blocks = blocks(&article.text, article.title_span);
    let (mut at, mut page, mut parted) = (0, 1, false);
    for block in &blocks {
        between(xml, Span::new(at, block.span.start).of(&article.text), &mut page);
        let element = if block.heads {
            xml.push_str("<div type=\"article\">");
            parted = true;
            "head"
        } else {
            "p"
        };
        xml.push_str(&format!("<{element}>"));
        words(xml, &article.text, block.span, marks);
        xml.push_str(&format!("</{element}>"));
        at = block.span.end;
    }
    if blocks.is_empty() {
        xml.push_str("<p/>");
    }
    between(xml, article.text.get(at..).unwrap_or_default(), &mut page);
    if parted {
        xml.push_str("</div>");
    }
}

/// White space between paragraphs.
fn between(xml: &mut String, blank: &str, page: &mut usize) {
    for (number, part) in blank.split(PAGE_BREAK).enumerate() {
        if number > 0 {
            *page += 1;
            xml.push_str("<pb");
            attribute(xml, "n", &page.to_string());
            xml.push_str("/>");
        }
        text(xml, part);
    }
}

/// Lines that follow one another without a blank one, or the headline by itself.
fn blocks(text: &str, title: Option<Span>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open: Option<Block> = None;
    let mut at = 0;
    for line in text.split_inclusive(['\n', PAGE_BREAK]) {
        let start = at + (line.len() - line.trim_start_matches(is_blank).len());
        let end = at + line.trim_end_matches(is_blank).len();
        at += line.len();
        if start >= end {
            blocks.extend(open.take());
            continue;
        }
        // A headline that shares its line with anything else is part of the paragraph.
        let heads = title.is_some_and(|title| {
            !title.is_empty() && title.start <= start && end <= title.end && !title.of(text).is_empty()
        });
        match &mut open {
            Some(block) if block.heads == heads => block.span.end = end,
            _ => {
                blocks.extend(open.take());
                open = Some(Block { span: Span::new(start, end), heads });
            }
        }
        if line.ends_with(PAGE_BREAK) {
            blocks.extend(open.take());
        }
    }
    blocks.extend(open);
    // One article has one headline.
    let first = blocks.iter().position(|block| block.heads);
    for (number, block) in blocks.iter_mut().enumerate() {
        block.heads &= Some(number) == first;
    }
    blocks
}

/// What was begun and is not ended yet.
struct Open {
    end: usize,
    element: &'static str,
}

/// Adds the words of a paragraph with the marks that are on them; `marks` are sorted.
fn words(xml: &mut String, whole: &str, block: Span, marks: &[Mark]) {
    let here = marks.iter().enumerate().filter(|(_, mark)| mark.span.overlaps(block));
    let piece = |start: usize, end: usize, number: usize, layer: u8| (start, Reverse(end), layer, number);
    let mut waiting: BTreeSet<_> = here
        .map(|(number, mark)| {
            let (start, end) = (mark.span.start.max(block.start), mark.span.end.min(block.end));
            piece(start, end, number, mark.layer)
        })
        .collect();
    let (mut at, mut stack): (usize, Vec<Open>) = (block.start, Vec::new());
    while let Some((start, Reverse(end), layer, number)) = waiting.pop_first() {
        close(xml, whole, &mut at, &mut stack, start);
        if let Some(outer) = stack.last()
            && outer.end < end
        {
            waiting.insert(piece(start, outer.end, number, layer));
            waiting.insert(piece(outer.end, end, number, layer));
            continue;
        }
        let Some(mark) = marks.get(number) else { continue };
        text(xml, Span::new(at, start).of(whole));
        at = start;
        begin(xml, mark, start);
        stack.push(Open { end, element: mark.element });
    }
    close(xml, whole, &mut at, &mut stack, usize::MAX);
    text(xml, Span::new(at, block.end).of(whole));
}

/// Ends what ends before `start`.
fn close(xml: &mut String, whole: &str, at: &mut usize, stack: &mut Vec<Open>, start: usize) {
    while let Some(open) = stack.pop_if(|open| open.end <= start) {
        text(xml, Span::new(*at, open.end).of(whole));
        *at = (*at).max(open.end);
        xml.push_str("</");
        xml.push_str(open.element);
        xml.push('>');
    }
}

fn begin(xml: &mut String, mark: &Mark, start: usize) {
    xml.push('<');
    xml.push_str(mark.element);
    match &mark.id {
        Some(id) if mark.span.start == start => attribute(xml, "xml:id", id),
        Some(id) => attribute(xml, "prev", &format!("#{id}")),
        None => {}
    }
    for (name, value) in &mark.attributes {
        attribute(xml, name, value);
    }
    xml.push('>');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: usize, end: usize, layer: u8, element: &'static str) -> Mark {
        let id = (element != "seg").then(|| format!("m{start}"));
        Mark { span: Span::new(start, end), layer, element, id, attributes: Vec::new() }
    }

    fn check(text: &str, title: Option<Span>, marks: Vec<Mark>, expected: &str) {
        let article = Article { title_span: title, ..Article::from_text("a", text) };
        let mut marks = marks;
        marks.sort();
        let mut xml = String::new();
        body(&mut xml, &article, &marks);
        assert_eq!(xml, expected);
    }

    #[test]
    fn paragraphs_stand_between_blank_lines() {
        check("", None, vec![], "<p/>");
        check("  \n", None, vec![], "<p/>  \n");
        check("One\ntwo\n\n\n three ", None, vec![], "<p>One\ntwo</p>\n\n\n <p>three</p> ");
        check(
            "One\u{c}two\u{c}\u{c}",
            None,
            vec![],
            "<p>One</p><pb n=\"2\"/><p>two</p><pb n=\"3\"/><pb n=\"4\"/>",
        );
    }

    #[test]
    fn the_headline_heads_what_follows() {
        let title = Some(Span::new(6, 11));
        check(
            "Skip\n\nTitle\nBody.\n",
            title,
            vec![],
            "<p>Skip</p>\n\n<div type=\"article\"><head>Title</head>\n<p>Body.</p>\n</div>",
        );
        check("Skip\n\nTitle and more", title, vec![], "<p>Skip</p>\n\n<p>Title and more</p>");
    }

    #[test]
    fn marks_lie_in_one_another_or_come_in_pieces() {
        let name = |start, end| mark(start, end, 3, "placeName");
        let seg = |start, end| mark(start, end, 0, "seg");
        check("a b c", None, vec![name(2, 3)], "<p>a <placeName xml:id=\"m2\">b</placeName> c</p>");
        check(
            "a b",
            None,
            vec![seg(0, 3), name(0, 3)],
            "<p><seg><placeName xml:id=\"m0\">a b</placeName></seg></p>",
        );
        check("a\n\nb", None, vec![seg(0, 4)], "<p><seg>a</seg></p>\n\n<p><seg>b</seg></p>");
        check(
            "a b c",
            None,
            vec![mark(0, 3, 2, "date"), name(2, 5)],
            "<p><date xml:id=\"m0\">a <placeName xml:id=\"m2\">b</placeName></date>\
             <placeName prev=\"#m2\"> c</placeName></p>",
        );
    }
}
