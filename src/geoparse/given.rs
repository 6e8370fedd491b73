//! Places the spans that a caller hands in, each as one mention, exactly as they are.
//! A span that is no name as it stands is tried in parts: without "the", without its type word, and at
//! last by the longest name inside it.

use super::lexicon::Lexicon;
use super::recognize::Toponym;
use super::tokens::{Form, Text};
use super::words::{FUNCTION_WORDS, ORG_HEADS, PLACE_NOUNS, STREET_HEADS, TYPE_WORDS};
use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, fold};
use crate::model::{Kind, Span};

/// Places that are offered for each part of a name.
const PLACES: usize = 24;
/// Score from which the place of an ordinary word is meant.
const MEANT: f32 = 0.4;

/// One toponym for each given span, in text order, and for each whether it was given: the names that
/// recognition finds besides are witnesses, who say which places the article speaks of.
pub(crate) fn toponyms(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    spans: &[Span],
    found: Vec<Toponym>,
) -> Vec<(Toponym, bool)> {
    let mut spans = spans.to_vec();
    spans.sort_unstable();
    // Spans may overlap each other: the furthest end so far tells whether one reaches into another.
    let mut ends: Vec<usize> = spans.iter().map(|span| span.end).collect();
    for i in 1..ends.len() {
        ends[i] = ends[i].max(ends[i - 1]);
    }
    let free = |this: &Toponym| {
        let before = spans.partition_point(|span| span.start < this.span.end);
        before.checked_sub(1).is_none_or(|last| ends[last] <= this.span.start)
    };
    let mut all: Vec<(Toponym, bool)> =
        found.into_iter().filter(free).map(|witness| (witness, false)).collect();
    all.extend(spans.iter().map(|&span| (toponym(text, gazetteer, span), true)));
    all.sort_by_key(|(toponym, given)| (toponym.span, !given));
    all
}

/// The words as one mention.
pub(super) fn toponym(text: &Text<'_>, gazetteer: &Gazetteer, span: Span) -> Toponym {
    let first = text.token_at(span.start).min(text.tokens.len().saturating_sub(1));
    // A span in a byline or a menu covers no token, and may stand before the first.
    let end = text.tokens.partition_point(|token| token.span.start < span.end).max(first + 1).max(1);
    let (name, hits, typed) = look_up(text, gazetteer, span, first, end);
    let demonym = hits.first().is_some_and(|hit| hit.name == NameKind::Demonym && hit.grade <= Grade::Folded);
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
        told: None,
    }
}

type Found = (String, Vec<Hit>, Option<String>);

fn look_up(text: &Text<'_>, gazetteer: &Gazetteer, span: Span, first: usize, end: usize) -> Found {
    let surface = span.of(text.text).trim();
    let whole = gazetteer.named(surface);
    if !whole.is_empty() {
        return (fold(surface), whole, None);
    }
    let words = words(text, first, end);
    let folded: Vec<&str> = words.iter().map(|&i| text.folded(i)).collect();
    let bare = without_type_word(gazetteer, &folded);
    bare.unwrap_or_else(|| (fold(surface), otherwise(text, gazetteer, first, end), None))
}

/// The tokens from `first` to `end` that are words or numbers.
fn words(text: &Text<'_>, first: usize, end: usize) -> Vec<usize> {
    (first..end.min(text.tokens.len()))
        .filter(|&i| !text.tokens[i].folded.is_empty() || text.tokens[i].form == Form::Number)
        .collect()
}

/// "Nyanza province" is Nyanza, "the city of Derna" is Derna, "River Avon" is the Avon.
fn without_type_word(gazetteer: &Gazetteer, folded: &[&str]) -> Option<Found> {
    let folded = folded.strip_prefix(&["the"]).unwrap_or(folded);
    let is_type = |word: &str| TYPE_WORDS.has(word) || PLACE_NOUNS.has(word);
    let named = |part: &[&str]| {
        let hits = if part.is_empty() { Vec::new() } else { gazetteer.named(&part.join(" ")) };
        (!hits.is_empty()).then(|| (part.join(" "), hits))
    };
    let (first, last) = (folded.first()?, folded.last()?);
    let found = named(folded).map(|found| (found, None));
    let found = found.or_else(|| {
        let rest = if is_type(last) { folded.get(..folded.len() - 1)? } else { return None };
        named(rest).map(|found| (found, Some(*last)))
    });
    let ((name, hits), typed) = found.or_else(|| {
        let rest = if is_type(first) { folded.get(1..)? } else { return None };
        named(rest.strip_prefix(&["of"]).unwrap_or(rest)).map(|found| (found, Some(*first)))
    })?;
    Some((name, hits, typed.map(str::to_owned)))
}

/// The places of a run of words that is no name in the gazetteer: those that are spelt nearly so, and those
/// that the longest names within it mean.
pub(crate) fn otherwise(text: &Text<'_>, gazetteer: &Gazetteer, first: usize, end: usize) -> Vec<Hit> {
    let words = words(text, first, end);
    let folded: Vec<&str> = words.iter().map(|&i| text.folded(i)).collect();
    let lexicon = Lexicon::embedded();
    let mut hits: Vec<Hit> = Vec::new();
    let mut at = 0;
    while at < folded.len() {
        let longest = (at + 1..=folded.len()).rev().find_map(|to| {
            let part = &folded[at..to];
            let noun = part.len() == 1 && folded.len() > 1 && !names_something(part[0]);
            let capital = text.tokens[words[at]].form != Form::Lower || part.len() == folded.len();
            let hits = if noun || !capital { Vec::new() } else { gazetteer.named(&part.join(" ")) };
            // The Reading of "Reading Council", but no Whole of "Whole Foods".
            let word = part.len() == 1 && lexicon.common_word(part[0]);
            let meant = !word || hits.first().is_some_and(|best| best.score >= MEANT);
            (!hits.is_empty() && meant).then_some((to, hits))
        });
        at = match longest {
            Some((to, found)) => {
                hits.extend(found.into_iter().take(PLACES).map(|hit| Hit { grade: Grade::Part, ..hit }));
                to
            }
            None => at + 1,
        };
    }
    let surface = match (words.first(), words.last()) {
        (Some(&first), Some(&last)) => &text.text[text.tokens[first].span.start..text.tokens[last].span.end],
        _ => "",
    };
    let spelt = gazetteer.lookup(surface).into_iter().filter(|hit| hit.grade < Grade::Part);
    hits.extend(spelt);
    hits.sort_by(|a, b| a.row.cmp(&b.row).then(a.grade.cmp(&b.grade)).then(b.score.total_cmp(&a.score)));
    hits.dedup_by_key(|hit| hit.row);
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.row.cmp(&b.row)));
    hits
}

/// Whether one word of a longer name can stand for it: the "Barclays" of "Barclays Center", not the
/// "Center".
fn names_something(word: &str) -> bool {
    let lists = [&PLACE_NOUNS, &ORG_HEADS, &STREET_HEADS, &TYPE_WORDS, &FUNCTION_WORDS];
    word.chars().count() > 1 && !lists.iter().any(|list| list.has(word))
}
