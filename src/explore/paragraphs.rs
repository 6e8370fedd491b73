//! An article's text in paragraphs, as a reader wants them.
//! Every paragraph is a span of the text as it was read: spans of mentions keep their meaning, and
//! each character stays one character.

use crate::model::{Article, Span};

/// What a paragraph is in its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParagraphRole {
    /// The headline.
    Headline,
    /// Part of the article.
    Body,
    /// A point of a list: it begins with a bullet, or with a number.
    Item,
    /// Somebody else's words, behind an angle as in mail.
    Quote,
    /// Menus, share buttons, appeals: part of the file, not of the article.
    Boilerplate,
}

/// A paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands in the text, without white space at its ends.
    pub span: Span,
    /// What it is.
    pub role: ParagraphRole,
    /// Whether it goes on where the one before ends: a line of a whole book is shown in parts.
    pub joined: bool,
}

/// Most of a line that is shown as one paragraph, bytes: more than anybody writes, and little enough to set
/// in type within a frame.
const LONGEST: usize = 4000;

/// The paragraphs of an article in text order, except that the headline comes first. Lines broken
/// at a fixed width, as in plain-text wires, are joined up to the next blank line.
pub fn paragraphs(article: &Article) -> Vec<Paragraph> {
    let mut found: Vec<Paragraph> = Vec::new();
    for block in blocks(&article.text) {
        if is_hard_wrapped(&block, &article.text) && !block.iter().any(|&line| is_special(article, line)) {
            if let (Some(first), Some(last)) = (block.first(), block.last()) {
                let span = Span::new(first.start, last.end);
                found.push(Paragraph { span, role: ParagraphRole::Body, joined: false });
            }
        } else {
            found.extend(block.into_iter().map(|span| paragraph(article, span)));
        }
    }
    // Only the first line of a headline's span leads; a second copy stays where it is.
    if let Some(at) = found.iter().position(|paragraph| paragraph.role == ParagraphRole::Headline) {
        let headline = found.remove(at);
        found.insert(0, headline);
    }
    if found.iter().any(|paragraph| paragraph.span.len() > LONGEST) {
        found = found.into_iter().flat_map(|paragraph| parts(paragraph, &article.text)).collect();
    }
    found
}

/// A paragraph that is too long in parts, each but the last up to the space after a sentence, or to any space.
fn parts(paragraph: Paragraph, text: &str) -> Vec<Paragraph> {
    let mut parts = Vec::new();
    let Span { mut start, end } = paragraph.span;
    while end - start > LONGEST {
        let most = text.floor_char_boundary(start + LONGEST);
        let part = text.get(start..most).unwrap_or("");
        let late = |at: &usize| *at > LONGEST / 2;
        let sentence = part.rfind(". ").map(|at| at + 2).filter(late);
        let cut = sentence.or_else(|| part.rfind(' ').map(|at| at + 1).filter(late)).unwrap_or(part.len());
        let span = Span::new(start, start + cut);
        parts.push(Paragraph { span, joined: !parts.is_empty(), ..paragraph });
        start = span.end;
    }
    parts.push(Paragraph { span: Span::new(start, end), joined: !parts.is_empty(), ..paragraph });
    parts
}

/// A line as a paragraph; a headline without the signs that make it one in Markdown.
fn paragraph(article: &Article, line: Span) -> Paragraph {
    let role = role_of(article, line);
    let text = line.of(&article.text);
    let words = text.trim_start_matches('#');
    let marked = role == ParagraphRole::Headline && words.starts_with(' ');
    let signs = if marked { text.len() - words.trim_start().len() } else { 0 };
    Paragraph { span: Span::new(line.start + signs, line.end), role, joined: false }
}

/// The text's non-empty lines, trimmed, in groups that blank lines part.
fn blocks(text: &str) -> Vec<Vec<Span>> {
    let mut blocks = vec![Vec::new()];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            blocks.push(Vec::new());
        } else {
            let start = at + (line.len() - line.trim_start().len());
            if let Some(block) = blocks.last_mut() {
                block.push(Span::new(start, start + trimmed.len()));
            }
        }
        at += line.len();
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Whether every line but the last is about as long as the others: broken by a machine. Three lines
/// at least, so that two short paragraphs without a blank line between them stay two.
pub(super) fn is_hard_wrapped(lines: &[Span], text: &str) -> bool {
    let length = |line: &Span| line.of(text).chars().count();
    match lines.split_last() {
        Some((_, rest)) if rest.len() >= 2 => rest.iter().all(|line| (50..=90).contains(&length(line))),
        _ => false,
    }
}

fn is_special(article: &Article, line: Span) -> bool {
    role_of(article, line) != ParagraphRole::Body
}

fn role_of(article: &Article, line: Span) -> ParagraphRole {
    if article.title_span.is_some_and(|title| title.overlaps(line)) {
        return ParagraphRole::Headline;
    }
    let first = article.boilerplate.partition_point(|noise| noise.end <= line.start);
    let covered: usize = article.boilerplate[first..]
        .iter()
        .take_while(|noise| noise.start < line.end)
        .map(|noise| noise.end.min(line.end) - noise.start.max(line.start))
        .sum();
    // A line that is noise but for a comma or a stray bracket is noise.
    if covered * 10 >= line.len() * 9 {
        return ParagraphRole::Boilerplate;
    }
    let text = line.of(&article.text);
    if text.starts_with("> ") {
        ParagraphRole::Quote
    } else if is_item(text) {
        ParagraphRole::Item
    } else {
        ParagraphRole::Body
    }
}

/// Whether a line begins as points of a list do: "• ", "- ", "3. ", "12) ".
fn is_item(line: &str) -> bool {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match line.len() - rest.len() {
        0 => ["• ", "· ", "- ", "* ", "– ", "▪ "].iter().any(|bullet| line.starts_with(bullet)),
        1 | 2 => [". ", ") "].iter().any(|sign| rest.starts_with(sign)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(article: &Article, expected: &[(ParagraphRole, &str)]) {
        let found: Vec<_> = paragraphs(article).iter().map(|p| (p.role, p.span.of(&article.text))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn the_headline_leads_and_noise_is_known() {
        let text = "Menu\nDam bursts above Derna\n\n  Water fell. \nMore came.\nShare";
        let mut article = Article::from_text("a", text);
        article.title_span = Some(Span::new(5, 27));
        article.boilerplate = vec![Span::new(0, 4), Span::new(text.len() - 5, text.len())];
        use ParagraphRole::{Body, Boilerplate, Headline};
        check(
            &article,
            &[
                (Headline, "Dam bursts above Derna"),
                (Boilerplate, "Menu"),
                (Body, "Water fell."),
                (Body, "More came."),
                (Boilerplate, "Share"),
            ],
        );
    }

    #[test]
    fn a_headline_is_shown_without_its_signs() {
        let mut article = Article::from_text("a", "# Dam bursts\n\nAt #7, water.");
        article.title_span = Some(Span::new(2, 12));
        use ParagraphRole::{Body, Headline};
        check(&article, &[(Headline, "Dam bursts"), (Body, "At #7, water.")]);
    }

    #[test]
    fn lists_and_quotes_are_known() {
        use ParagraphRole::{Body, Item, Quote};
        let text = "• Water\n- Food\n12) Tents\n3. Roads\n> They waited.\n2016 was cold.\n-5 degrees";
        check(
            &Article::from_text("a", text),
            &[
                (Item, "• Water"),
                (Item, "- Food"),
                (Item, "12) Tents"),
                (Item, "3. Roads"),
                (Quote, "> They waited."),
                (Body, "2016 was cold."),
                (Body, "-5 degrees"),
            ],
        );
    }

    #[test]
    fn a_book_on_one_line_is_shown_in_parts() {
        let text = "It rained in Derna. ".repeat(1000);
        let article = Article::from_text("a", format!("{text}\nEnd. {}", "é".repeat(9000)));
        let found = paragraphs(&article);
        assert!(found.iter().all(|paragraph| paragraph.span.len() <= LONGEST));
        let joined: String = found.iter().map(|paragraph| paragraph.span.of(&article.text)).collect();
        assert_eq!(joined, article.text.replace(" \n", ""));
        assert_eq!(found.iter().filter(|paragraph| !paragraph.joined).count(), 2);
        assert!(found[0].span.of(&article.text).ends_with("Derna. "));
    }

    #[test]
    fn lines_of_one_length_are_one_paragraph() {
        let line = "The wire breaks its lines near the seventieth column, always so and";
        let text = format!("{line}\n{line}\n{line}\nthen stops.\n\nNext.");
        let joined = format!("{line}\n{line}\n{line}\nthen stops.");
        use ParagraphRole::Body;
        check(&Article::from_text("a", text), &[(Body, &joined), (Body, "Next.")]);
        check(&Article::from_text("a", "One.\nTwo."), &[(Body, "One."), (Body, "Two.")]);
        check(&Article::from_text("a", "\n \n"), &[]);
    }
}
