//! Names that mean a place in all articles because somebody said so: "the Strip".
//! They are found where recognition sees no place, too, and then have to be told from words that merely sound so.

use std::collections::HashMap;
use std::sync::Arc;

use super::lexicon::Lexicon;
use super::recognize::Toponym;
use super::tokens::{Case, Text};
use crate::gazetteer::{Gazetteer, fold};
use crate::model::{Place, Span};

/// Names with what they mean.
pub(super) struct Aliases<'a> {
    places: HashMap<&'a str, &'a Arc<Place>>,
    /// The names by their first word, longest first.
    openings: HashMap<&'a str, Vec<&'a str>>,
}

impl<'a> Aliases<'a> {
    /// Folded names; of one that is there twice, the first counts.
    pub(super) fn new(names: &'a [(String, Arc<Place>)]) -> Self {
        let mut places: HashMap<&str, &Arc<Place>> = HashMap::with_capacity(names.len());
        let mut openings: HashMap<&str, Vec<&str>> = HashMap::with_capacity(names.len());
        for (name, place) in names {
            let Some(opening) = name.split(' ').next().filter(|opening| !opening.is_empty()) else {
                continue;
            };
            if !places.contains_key(name.as_str()) {
                places.insert(name, place);
                openings.entry(opening).or_default().push(name);
            }
        }
        for names in openings.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        }
        Self { places, openings }
    }

    /// What a folded name means.
    pub(super) fn of(&self, name: &str) -> Option<&'a Arc<Place>> {
        self.places.get(name).copied()
    }

    /// Where the names stand that are no mention by themselves. A mention that reaches beyond the name keeps its
    /// words: "Gaza Strip" is no "Strip".
    pub(super) fn found(
        &self,
        text: &Text<'_>,
        gazetteer: &Gazetteer,
        lexicon: &Lexicon,
        all: &[(Toponym, bool)],
    ) -> Vec<(Span, &'a Arc<Place>)> {
        let taken = |span: Span| {
            let over = |other: Span| other.overlaps(span) && (other == span || !span.contains(other));
            all.iter().any(|(toponym, mentions)| *mentions && over(toponym.span))
        };
        let mut found: Vec<(Span, &Arc<Place>)> = Vec::new();
        let mut until = 0;
        for first in 0..text.tokens.len() {
            if text.tokens[first].span.start < until {
                continue;
            }
            let Some((name, end)) = self.at(text, first) else { continue };
            let span = Span::new(text.tokens[first].span.start, text.tokens[end - 1].span.end);
            if let Some(place) =
                self.of(name).filter(|_| !taken(span) && means(text, gazetteer, lexicon, first, name))
            {
                found.push((span, place));
                until = span.end;
            }
        }
        found
    }

    /// The longest name that begins at a token, and one past its last token.
    fn at(&self, text: &Text<'_>, first: usize) -> Option<(&'a str, usize)> {
        let opening = text.folded(first).split(' ').next()?;
        self.openings.get(opening)?.iter().find_map(|&name| Some((name, end_of(text, first, name)?)))
    }
}

/// One past the token with which a name ends that begins at `first`, where its words are all there.
fn end_of(text: &Text<'_>, first: usize, name: &str) -> Option<usize> {
    let mut last = first;
    loop {
        let words = fold(&text.text[text.tokens[first].span.start..text.tokens[last].span.end]);
        // "Strip's": what is said of the place is no part of its name.
        if words == name {
            return Some(last + 1);
        }
        if !name.starts_with(&words) {
            return None;
        }
        last = text.after(last)?;
    }
}

/// Whether words that recognition does not take for a place are the name. One word that the gazetteer knows may be
/// something else: nobody who says that Reading is in Pennsylvania means that reading is.
fn means(text: &Text<'_>, gazetteer: &Gazetteer, lexicon: &Lexicon, first: usize, name: &str) -> bool {
    if name.contains(' ') || gazetteer.named(name).is_empty() {
        return true;
    }
    let token = &text.tokens[first];
    let shown = !token.opens && text.case(first) == Case::Sentence || !lexicon.common_word(name);
    token.is_capital() && shown
}
