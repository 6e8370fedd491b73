//! Names that no gazetteer has: runs of capitalised words, which the words around them must show to be
//! places. "Kelleyland fire", "the 600 block of Henrico Boulevard", "the A417".

use super::super::tokens::{Case, Form, Text};
use super::super::words::{CALENDAR, FOLLOWERS, FUNCTION_WORDS, TITLES};
use super::scan::{Match, name_run};
use crate::model::Span;

/// Longest run that is looked at.
const LONGEST: usize = 7;

/// Adds the runs that are no match yet; the matches stay in order of their first token, longest first.
pub(super) fn add(text: &Text<'_>, matches: &mut Vec<Match>) {
    let mut first = 0;
    let mut found = Vec::new();
    while first < text.tokens.len() {
        if !text.tokens[first].is_capital() || text.case(first) != Case::Sentence {
            first += 1;
            continue;
        }
        let run = trimmed(text, name_run(text, first));
        let Some((&from, &last)) = run.first().zip(run.last()) else {
            first += 1;
            continue;
        };
        for (from, end) in parts(text, &run) {
            // "Fighting against Islamists", "the Sunni neighborhood"
            if end - from == 1 && FOLLOWERS.has(text.folded(from)) {
                continue;
            }
            found.push(unknown(text, from, end));
        }
        first = last.max(from) + 1;
    }
    let known: std::collections::HashSet<(usize, usize)> = matches.iter().map(|m| (m.first, m.end)).collect();
    matches.extend(found.into_iter().filter(|m| !known.contains(&(m.first, m.end))));
    matches.sort_by_key(|m| (m.first, usize::MAX - m.end));
}

/// The run without what only its place in the sentence capitalises, and without a trailing small word.
fn trimmed(text: &Text<'_>, mut run: Vec<usize>) -> Vec<usize> {
    let idle = |i: usize| {
        let folded = text.folded(i);
        FUNCTION_WORDS.has(folded) || TITLES.has(folded) || CALENDAR.has(folded) || folded.is_empty()
    };
    while run.first().is_some_and(|&i| idle(i)) {
        run.remove(0);
    }
    while run.last().is_some_and(|&i| text.tokens[i].form == Form::Lower || CALENDAR.has(text.folded(i))) {
        run.pop();
    }
    run
}

/// The parts of a run that may be a name: what begins or ends a piece of it that no small word divides,
/// and all of it.
fn parts(text: &Text<'_>, run: &[usize]) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    for piece in run.split(|&i| text.tokens[i].form == Form::Lower) {
        let Some((&from, &last)) = piece.first().zip(piece.last()) else { continue };
        let piece = &piece[..piece.len().min(LONGEST)];
        parts.extend(piece.iter().map(|&i| (from, i + 1)));
        parts.extend(piece.iter().skip(1).filter(|&&i| text.tokens[i].is_capital()).map(|&i| (i, last + 1)));
    }
    if run.len() <= LONGEST {
        parts.push((run[0], run[run.len() - 1] + 1));
    }
    parts.sort_unstable();
    parts.dedup();
    parts
}

fn unknown(text: &Text<'_>, first: usize, end: usize) -> Match {
    let words: Vec<&str> = (first..end).map(|i| text.folded(i)).filter(|folded| !folded.is_empty()).collect();
    let span = Span::new(text.tokens[first].span.start, text.tokens[end - 1].span.end);
    Match { first, end, span, name: words.join(" "), hits: Vec::new(), typed: None }
}
