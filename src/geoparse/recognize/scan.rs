//! Finds every run of words that is a name in the gazetteer, in one pass over the tokens.
//! It judges only how a name is written, not what it means: "Reading" at the head of a sentence is found
//! here and judged by its clues.

use super::super::tokens::{Form, Text};
use super::super::words::{CALENDAR, CONNECTORS, TYPE_WORDS};
use crate::gazetteer::{Gazetteer, Hit, NameKind};
use crate::model::Span;

/// Longest name in tokens, hyphens not counted.
const LONGEST: usize = 9;

/// A run of tokens that is a name.
#[derive(Clone, Debug)]
pub(crate) struct Match {
    /// First token.
    pub(crate) first: usize,
    /// One past the last token.
    pub(crate) end: usize,
    /// Where it stands in the text.
    pub(crate) span: Span,
    /// Folded name.
    pub(crate) name: String,
    /// Places of the name, most prominent first.
    pub(crate) hits: Vec<Hit>,
    /// The capitalised type word that follows the name and belongs to it: "county".
    pub(crate) typed: Option<String>,
}

/// Every name in the text, by first token, longest first where several begin at one token.
pub(crate) fn scan(text: &Text<'_>, gazetteer: &Gazetteer) -> Vec<Match> {
    let mut matches = Vec::new();
    for first in 0..text.tokens.len() {
        if !may_begin(text, first) {
            continue;
        }
        let from = matches.len();
        names_from(text, gazetteer, first, &mut matches);
        matches[from..].reverse();
    }
    matches
}

fn may_begin(text: &Text<'_>, i: usize) -> bool {
    let token = &text.tokens[i];
    match token.form {
        Form::Capital | Form::Upper => !token.folded.is_empty(),
        // "al-Raqqa", "al Raqqa"
        Form::Lower => {
            token.folded == "al"
                && text.tokens.get(i + 1).is_some_and(|next| next.is_capital() || text.str(i + 1) == "-")
        }
        _ => false,
    }
}

fn names_from(text: &Text<'_>, gazetteer: &Gazetteer, first: usize, matches: &mut Vec<Match>) {
    let from = matches.len();
    let run = name_run(text, first);
    let bare: Vec<&str> = run.iter().map(|&i| text.folded(i)).collect();
    let mut found = gazetteer.names_at(&bare);
    // A possessive within a name belongs to it: "King's Lynn", "People's Republic of China".
    let inner = run.iter().rposition(|&i| is_possessive(text, i + 1)).filter(|&at| at + 1 < run.len());
    if inner.is_some() {
        let written: Vec<String> = run
            .iter()
            .map(|&i| format!("{}{}", text.folded(i), if is_possessive(text, i + 1) { "s" } else { "" }))
            .collect();
        let written: Vec<&str> = written.iter().map(String::as_str).collect();
        found.retain(|(n, _)| !run[..n.saturating_sub(1)].iter().any(|&i| is_possessive(text, i + 1)));
        let whole = gazetteer.names_at(&written);
        found.extend(whole.into_iter().filter(|&(n, _)| {
            n > 1
                && run[..n - 1].iter().any(|&i| is_possessive(text, i + 1))
                && !is_possessive(text, run[n - 1] + 1)
        }));
    }
    for (n, mut hits) in found {
        let Some(end) = n.checked_sub(1).and_then(|last| run.get(last)).map(|last| last + 1) else {
            continue;
        };
        let last = &text.tokens[end - 1];
        if !(last.is_capital() || last.form == Form::Number) || (n == 1 && CALENDAR.has(bare[0])) {
            continue;
        }
        filter_by_writing(text, gazetteer, first, end, n, &mut hits);
        if hits.is_empty() {
            continue;
        }
        let span = Span::new(text.tokens[first].span.start, last.span.end);
        matches.push(Match { first, end, span, name: bare[..n].join(" "), hits, typed: None });
    }
    extend_by_type(text, gazetteer, matches, first);
    // "al-Raqqa", which the gazetteer may know as Raqqa alone.
    let found = matches.len() > from;
    if let (false, "al", Some(next)) = (found, text.folded(first), joined(text, first)) {
        names_from(text, gazetteer, next, matches);
        for m in &mut matches[from..] {
            (m.first, m.span.start) = (first, text.tokens[first].span.start);
        }
    }
}

fn is_possessive(text: &Text<'_>, i: usize) -> bool {
    text.tokens.get(i).is_some_and(|token| token.form == Form::Possessive)
}

/// The words from `first` on that could make up one name.
pub(super) fn name_run(text: &Text<'_>, first: usize) -> Vec<usize> {
    let mut run = Vec::with_capacity(LONGEST);
    let mut i = first;
    while run.len() < LONGEST {
        let token = &text.tokens[i];
        let usable = match token.form {
            Form::Capital | Form::Upper => true,
            Form::Lower => i == first || CONNECTORS.has(&token.folded),
            Form::Number => i > first,
            _ => false,
        };
        if !usable || token.folded.is_empty() {
            break;
        }
        run.push(i);
        match joined(text, i) {
            Some(next) => i = next,
            None => break,
        }
    }
    run
}

/// The token that continues a name after `i`: the next word, over a hyphen, a slash-free gap or `'s`.
fn joined(text: &Text<'_>, i: usize) -> Option<usize> {
    let next = text.after(i)?;
    let token = &text.tokens[next];
    match token.form {
        Form::Possessive => text.after(next).filter(|&n| text.tokens[n].is_word() && text.tokens[n].space),
        Form::Punct if matches!(text.str(next), "-" | "‐" | "‑") && !token.space => {
            text.after(next).filter(|&n| text.tokens[n].is_word() && !text.tokens[n].space)
        }
        Form::Punct if matches!(text.str(next), "'" | "’") && !token.space => None,
        Form::Punct => None,
        _ => Some(next),
    }
}

/// Drops places whose sort of name is not written like this: "IS" is no town, "Ore" without its period
/// no state.
fn filter_by_writing(
    text: &Text<'_>,
    gazetteer: &Gazetteer,
    first: usize,
    end: usize,
    words: usize,
    hits: &mut Vec<Hit>,
) {
    let token = &text.tokens[first];
    let length = token.folded.chars().count();
    let abbreviated = words > 1 || token.dot || token.form == Form::Upper || length > 5;
    hits.retain(|hit| hit.name != NameKind::Abbreviation || abbreviated);
    if words == 1 && length <= 1 {
        hits.clear();
    }
    // Dotted capitals and a word with an abbreviation's period are nothing but abbreviations.
    let dotted = words == 1 && end == first + 1 && token.dot && text.str(first).len() > 2;
    let acronym = words == 1 && token.form == Form::Upper && length <= 3;
    if dotted || acronym {
        hits.retain(|hit| {
            hit.name == NameKind::Abbreviation
                || hit.score > 0.5 && gazetteer.feature(hit.row).1.starts_with("PCL")
        });
    }
    // "Dow Chemical Co."
    if token.dot
        && matches!(
            token.folded.as_str(),
            "co" | "no" | "inc" | "corp" | "dr" | "st" | "mt" | "ft" | "rd" | "ave"
        )
        && words == 1
    {
        hits.clear();
    }
}

/// Adds the variant with a capitalised type word: "Nile" + "River", "Licking" + "County".
fn extend_by_type(text: &Text<'_>, gazetteer: &Gazetteer, matches: &mut Vec<Match>, first: usize) {
    let Some(longest) = matches.last().filter(|m| m.first == first) else { return };
    let Some(next) = joined(text, longest.end - 1).filter(|&n| n == longest.end) else { return };
    let token = &text.tokens[next];
    let ends_typed = longest.end - longest.first > 1 && TYPE_WORDS.has(text.folded(longest.end - 1));
    if !token.is_capital() || !TYPE_WORDS.has(&token.folded) || ends_typed {
        return;
    }
    // "Benue State" is Benue; "Mississippi State" is a university.
    let american = longest.hits.first().is_some_and(|hit| gazetteer.country_code(hit.row) == "US");
    if token.folded == "state" && american {
        return;
    }
    let mut typed = longest.clone();
    typed.end = next + 1;
    typed.span.end = token.span.end;
    typed.typed = Some(token.folded.clone());
    typed.name = format!("{} {}", typed.name, token.folded);
    matches.push(typed);
}
