//! Plain text (`.txt`), mostly copied from web pages.
//! The whole file is the article's text; what is not the article is marked, not cut.

use super::{language, page};
use crate::model::{Article, Span};

/// An article from a page's text.
pub(super) fn article(id: &str, text: String) -> Article {
    let mut article = Article::from_text(id, text);
    let findings = page::analyse(&article.text, page::Trust::Noisy);
    fill(&mut article, findings);
    article
}

/// Puts what was found about the text into the article, where nothing better is known already.
pub(super) fn fill(article: &mut Article, findings: page::Findings) {
    if article.title.is_none() {
        article.title = findings.title;
        article.title_span = findings.title_span;
    }
    if article.date.is_none() {
        article.date = findings.date;
        article.date_evidence = findings.date_evidence;
    }
    article.source = article.source.take().or(findings.source);
    article.dateline = findings.dateline;
    article.boilerplate = findings.boilerplate;
    if article.language.is_none() {
        article.language = language::of(&without(&article.text, &article.boilerplate));
    }
}

/// Sorted, and those that overlap made one.
pub(super) fn united(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut apart: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().filter(|span| !span.is_empty()) {
        match apart.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => apart.push(span),
        }
    }
    apart
}

/// The text without the given spans.
fn without(text: &str, spans: &[Span]) -> String {
    let mut kept = String::new();
    let mut from = 0;
    for span in spans {
        kept.push_str(Span::new(from, span.start).of(text));
        from = span.end;
    }
    kept.push_str(Span::new(from, text.len()).of(text));
    kept
}
