//! Who did it, and to whom: the phrases around a trigger.
//! By the order of words alone: the subject and the object of a verb, turned about where it is passive; what owns an
//! event noun, what stands behind its prepositions, and the subject of the verb that it is done with. Whom a pronoun
//! means is said only of "he said that he …".

#[cfg(test)]
mod measure;
mod noun;
mod phrase;
#[cfg(test)]
mod tests;
mod verb;

use super::syntax::{Syntax, Tag};
use super::telling::OPPOSED;
use super::when::{Place, place};
use crate::model::{Actor, Event, Geoparsed, Kind, Part, Precision, Span};
use phrase::Phrases;

/// The actors of an event, in text order.
pub(super) fn of(syntax: &Syntax<'_, '_>, geoparsed: &Geoparsed, event: &Event) -> Vec<Actor> {
    let at = place(syntax, event.trigger);
    let phrases = Phrases::new(syntax, geoparsed, at, event.kind);
    let verb = (at.first..at.end).find(|&i| syntax.is_verb(i));
    let found = match verb {
        Some(verb) => verb::parties(&phrases, verb, at, event.kind),
        None => noun::parties(&phrases, at),
    };
    let mut actors: Vec<Actor> = Vec::new();
    for (phrase, part) in found {
        let span = phrases.span(phrase);
        let known = actors.iter().any(|actor| actor.span.overlaps(span));
        let told = verb.map_or(event.trigger, |verb| syntax.text.tokens[verb].span);
        if !known && !span.overlaps(told) {
            actors.push(Actor { span, part, country: country(geoparsed, span) });
        }
    }
    actors.sort_by_key(|actor| actor.span);
    actors
}

/// The country that a phrase names: by a people, by its own name, or by a city that stands for its government.
fn country(geoparsed: &Geoparsed, span: Span) -> Option<String> {
    let from = geoparsed.mentions.partition_point(|mention| mention.span.end <= span.start);
    let inside = geoparsed.mentions[from..].iter().take_while(|mention| mention.span.start < span.end);
    inside
        .filter(|mention| !is_opposed(&geoparsed.article.text[..mention.span.start]))
        .filter_map(|mention| Some((mention.kind, mention.place()?)))
        .filter(|(kind, place)| *kind != Kind::Embedded || place.precision == Precision::Country)
        .map(|(_, place)| place.country_code.clone())
        .find(|code| !code.is_empty())
}

/// Whether what stands before a people's name says that somebody is not of it: "anti-".
fn is_opposed(before: &str) -> bool {
    let word = before.strip_suffix(['-', '‐', '‑']).unwrap_or_default();
    let prefix = word.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    OPPOSED.has(&prefix.to_lowercase())
}

/// Who takes part, and how.
type Parties = Vec<(Place, Part)>;

fn all(phrases: Vec<Place>, part: Part) -> impl Iterator<Item = (Place, Part)> {
    phrases.into_iter().map(move |phrase| (phrase, part))
}

/// Whether a tag may be inside a noun phrase.
const fn nominal(tag: Tag) -> bool {
    matches!(tag, Tag::Noun | Tag::Owner | Tag::Hyphen)
}
