//! Which words are a dateline: "CAIRO (Reuters) -", "PARIS, May 3", "LEXINGTON, Neb. (AP)".
//! A page's reader finds most of them; this finds those of bare texts and of the parts of a round-up, and says which
//! mentions stand in one.

use super::recognize::Toponym;
use super::tokens::{Case, Form, Text};
use crate::model::Article;

/// Tokens after the place in which a dateline must end; fewer where the place is not in capitals.
const REACH: (usize, usize) = (9, 6);

/// Marks the toponyms that stand in a dateline: its town, and the state that is named with it.
pub(super) fn mark(text: &Text<'_>, article: &Article, toponyms: &mut [Toponym]) {
    let mut until = 0;
    for toponym in toponyms {
        if let Some(end) = end(text, toponym.first, toponym.end) {
            until = end;
        }
        let found = article.dateline.as_ref().is_some_and(|found| found.span.contains(toponym.span));
        toponym.dateline |= found || toponym.end <= until;
    }
}

/// Where the dateline ends that the place of these tokens opens: one past its last token.
pub(super) fn end(text: &Text<'_>, first: usize, end: usize) -> Option<usize> {
    let token = text.tokens.get(first)?;
    let upper = token.form == Form::Upper;
    if !token.opens || text.case(first) == Case::Title && !upper {
        return None;
    }
    let reach = if upper { REACH.0 } else { REACH.1 };
    for i in end..(end + reach).min(text.tokens.len()) {
        let mark = text.str(i);
        let dash = matches!(mark, "—" | "–" | "―") || mark == "-" && text.tokens[i].space;
        if dash || mark == "-" && text.str(i.saturating_sub(1)) == ")" || mark == ")" && upper {
            return Some(i + 1);
        }
        let agency = matches!(text.folded(i), "reuters" | "ap" | "afp" | "upi" | "xinhua" | "tass");
        let short = text.tokens[i].form == Form::Number
            || text.tokens[i].is_capital()
            || matches!(mark, "," | "(" | ")" | "." | "/");
        if !short && !agency {
            return None;
        }
    }
    None
}
