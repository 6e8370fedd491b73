//! Places the spans that a caller hands in, each as one mention, exactly as they are.
//! A span that is no name as it stands is tried in parts: without "the", without its type word, and at
//! last by the longest name inside it.

use super::recognize::Toponym;
use super::tokens::{Form, Text};
use super::words::{FUNCTION_WORDS, ORG_HEADS, PLACE_NOUNS, STREET_HEADS, TYPE_WORDS};
use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, fold};
use crate::model::{Kind, Span};

/// One toponym for each given span, in text order.
pub(crate) fn toponyms(text: &Text<'_>, gazetteer: &Gazetteer, spans: &[Span]) -> Vec<Toponym> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    spans.into_iter().map(|span| toponym(text, gazetteer, span)).collect()
}

fn toponym(text: &Text<'_>, gazetteer: &Gazetteer, span: Span) -> Toponym {
    let first = text.token_at(span.start).min(text.tokens.len().saturating_sub(1));
    // A span in a byline or a menu covers no token, and may stand before the first.
    let end = text.tokens.partition_point(|token| token.span.start < span.end).max(first + 1).max(1);
    let (name, hits, typed) = look_up(text, gazetteer, span, first, end);
    let demonym = hits.first().is_some_and(|hit| hit.name == NameKind::Demonym);
    Toponym {
        first,
        end,
        span,
        name,
        kind: if demonym { Kind::Demonym } else { Kind::Name },
        hits,
        typed,
        chance: 1.0,
        dateline: false,
    }
}

type Found = (String, Vec<Hit>, Option<String>);

fn look_up(text: &Text<'_>, gazetteer: &Gazetteer, span: Span, first: usize, end: usize) -> Found {
    let surface = span.of(text.text).trim();
    let mut whole = gazetteer.lookup(surface);
    // The parts of a name are better told from the words of the text, further down.
    whole.retain(|hit| hit.grade != Grade::Part);
    if whole.iter().any(|hit| hit.grade <= Grade::Folded) {
        return (fold(surface), whole, None);
    }
    let words: Vec<usize> = (first..end.min(text.tokens.len()))
        .filter(|&i| !text.tokens[i].folded.is_empty() || text.tokens[i].form == Form::Number)
        .collect();
    let folded: Vec<&str> = words.iter().map(|&i| text.folded(i)).collect();
    // Parts, longest first, and of equal ones the first: "Nyanza" of "Nyanza province".
    for length in (1..=folded.len()).rev() {
        for from in 0..=folded.len() - length {
            let part = &folded[from..from + length];
            let noun = length == 1 && folded.len() > 1 && !names_something(part[0]);
            let capital = text.tokens[words[from]].form != Form::Lower || folded.len() == length;
            if noun || !capital {
                continue;
            }
            let hits = gazetteer.named(&part.join(" "));
            if !hits.is_empty() {
                let typed = folded.get(from + length).map(|&word| word.to_owned());
                return (part.join(" "), hits, typed);
            }
        }
    }
    (fold(surface), whole, None)
}

/// Whether one word of a longer name can stand for it: the "Barclays" of "Barclays Center", not the
/// "Center".
fn names_something(word: &str) -> bool {
    let lists = [&PLACE_NOUNS, &ORG_HEADS, &STREET_HEADS, &TYPE_WORDS, &FUNCTION_WORDS];
    !lists.iter().any(|list| list.has(word))
}
