//! What of a new ranking is due to what people decided, and what to a program, gazetteer or list of homes that is not
//! the one by which the article was read.
//! The latter waits until somebody asks for it and has seen what it changes; a decision brings only what hangs on it.

use std::collections::BTreeSet;

use crate::gazetteer::fold;
use crate::geoparse::{Geoparser, Ruling, Told};
use crate::model::{Geoparsed, Mention, Span};

/// Leaves those mentions as they were found that mean something else now without any decision, too. An article in which
/// nothing changed is not looked at twice.
pub(super) fn keep_due(geoparser: &Geoparser, found: &Geoparsed, told: &Told, ranked: &mut Geoparsed) {
    let before = &found.mentions;
    let names = names(told, &ranked.article.text);
    let settled = |span: Span| {
        told.mentions.iter().any(|told| told.span.overlaps(span))
            || names.contains(&fold(span.of(&ranked.article.text)))
    };
    let spans: BTreeSet<Span> = before
        .iter()
        .chain(&ranked.mentions)
        .map(|mention| mention.span)
        .filter(|&span| !settled(span))
        .collect();
    let differs = |span: &Span| !alike(find(before, *span), find(&ranked.mentions, *span));
    let changed: Vec<Span> = spans.into_iter().filter(differs).collect();
    if changed.is_empty() {
        return;
    }
    let plain = geoparser.geoparse(found.article.clone());
    let undue = |span: &Span| alike(find(&plain.mentions, *span), find(&ranked.mentions, *span));
    let undue: Vec<Span> = changed.into_iter().filter(undue).collect();
    if undue.is_empty() {
        return;
    }
    ranked.mentions.retain(|mention| undue.binary_search(&mention.span).is_err());
    for mention in undue.iter().filter_map(|span| find(before, *span)) {
        if !ranked.mentions.iter().any(|other| other.span.overlaps(mention.span)) {
            ranked.mentions.push(mention.clone());
        }
    }
    ranked.mentions.sort_by_key(|mention| mention.span);
    ranked.areas = geoparser.areas(ranked);
}

/// The names whose mentions follow what people said, folded.
fn names(told: &Told, text: &str) -> BTreeSet<String> {
    let placed = told.mentions.iter().filter(|told| matches!(told.ruling, Ruling::Is(_)));
    let decided = placed.map(|told| fold(told.span.of(text)));
    decided.chain(told.names.iter().map(|(name, _)| name.clone())).collect()
}

fn find(mentions: &[Mention], span: Span) -> Option<&Mention> {
    let at = mentions.binary_search_by_key(&span, |mention| mention.span).ok()?;
    mentions.get(at)
}

/// Whether both are the same to somebody who looks at the map.
fn alike(a: Option<&Mention>, b: Option<&Mention>) -> bool {
    let seen = |mention: &Mention| {
        let place = mention.place().map(|place| place.id.clone());
        (place, mention.kind, mention.sense)
    };
    a.map(seen) == b.map(seen)
}
