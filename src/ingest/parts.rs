//! An article whose title, text and the rest come apart: a row of a table, a message, a record of an archive of news.
//! The title is put before the text, as a page would print it, and every offset counts from there.

use super::{html, page, text};
use crate::model::{Article, DateEvidence, PartialDate, Span};

/// What is known of an article beside its name.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Parts {
    pub title: Option<String>,
    pub text: String,
    pub date: Option<PartialDate>,
    pub source: Option<String>,
    pub url: Option<String>,
    pub language: Option<String>,
    /// Spans of `text` that are not the article's: what a message quotes, its signature.
    pub furniture: Vec<Span>,
}

impl Parts {
    /// The article, with what its words tell where nothing else does.
    pub(super) fn article(self, id: &str, trust: page::Trust) -> Article {
        let words = self.text.trim_start();
        let indent = self.text.len() - words.len();
        let title =
            self.title.map(|title| crate::model::one_line(title.trim())).filter(|title| !title.is_empty());
        let (text, title_span, shift) = match &title {
            Some(title) if words.starts_with(title.as_str()) => {
                (words.to_owned(), Some(Span::new(0, title.len())), 0)
            }
            Some(title) if words.is_empty() => (title.clone(), Some(Span::new(0, title.len())), 0),
            Some(title) => (format!("{title}\n\n{words}"), Some(Span::new(0, title.len())), title.len() + 2),
            None => (words.to_owned(), None, 0),
        };
        let mut article = Article { title, title_span, ..Article::from_text(id, text) };
        article.date = self.date;
        article.date_evidence = self.date.map(|_| DateEvidence::Metadata);
        article.source = self.source;
        article.url = self.url;
        article.language = self.language;
        let findings = page::analyse(&article.text, trust);
        text::fill(&mut article, findings);
        let moved = |span: Span| {
            Span::new(span.start.saturating_sub(indent) + shift, span.end.saturating_sub(indent) + shift)
        };
        let furniture = self.furniture.into_iter().map(moved);
        article.boilerplate = text::united(article.boilerplate.drain(..).chain(furniture).collect());
        article
    }
}

/// Words as a person would read them: of HTML what it shows, of anything else its lines with plain ends.
pub(super) fn plain(words: &str) -> String {
    if is_html(words) { html::fragment(words) } else { plain_lines(words) }
}

/// Lines with plain ends.
pub(super) fn plain_lines(words: &str) -> String {
    match words.contains('\r') {
        true => words.replace("\r\n", "\n").replace('\r', "\n"),
        false => words.to_owned(),
    }
}

/// Whether words are marked up: "<p>Rain fell.</p>", and not "x < y".
fn is_html(words: &str) -> bool {
    let tags = ["p", "/p", "br", "div", "span", "a", "/a", "html"];
    words.match_indices('<').take(200).any(|(at, _)| {
        let tag = words.get(at + 1..).unwrap_or_default();
        let end = tag.find(|c: char| c == '>' || c.is_whitespace() || c == '/' && !tag.starts_with('/'));
        let name = end.or_else(|| tag.find('>')).and_then(|end| tag.get(..end));
        name.is_some_and(|name| tags.iter().any(|tag| name.eq_ignore_ascii_case(tag)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_stands_first_and_once() {
        let check = |title: Option<&str>, text: &str, expected: &str, furniture: &str| {
            let at = text.find("> Rain").map(|at| Span::new(at, at + 6));
            let parts = Parts {
                title: title.map(str::to_owned),
                text: text.to_owned(),
                furniture: at.into_iter().collect(),
                ..Parts::default()
            };
            let article = parts.article("a", page::Trust::Verbatim);
            assert_eq!(article.text, expected);
            assert_eq!(article.title_span.map(|span| span.of(&article.text)), title.map(str::trim));
            let marked = article.boilerplate.first().map_or("", |span| span.of(&article.text));
            assert_eq!(marked, furniture);
        };
        check(Some("Rain in Oslo"), "It fell all day.", "Rain in Oslo\n\nIt fell all day.", "");
        check(Some(" Rain in Oslo "), "  \nRain in Oslo\nIt fell.", "Rain in Oslo\nIt fell.", "");
        check(Some("Rain in Oslo"), "", "Rain in Oslo", "");
        check(None, "  It fell in Oslo.", "It fell in Oslo.", "");
        check(Some("Re: Oslo"), " It did.\n> Rain", "Re: Oslo\n\nIt did.\n> Rain", "> Rain");
    }

    #[test]
    fn only_what_is_marked_up_is_html() {
        let check = |words: &str, expected: bool| assert_eq!(is_html(words), expected, "{words}");
        check("<P>Rain fell.</P>", true);
        check("Rain<br/>fell", true);
        check("x < y, y > z", false);
        check("<pale> and <bright>", false);
    }
}
