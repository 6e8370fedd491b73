//! Where an event happened: which of the article's places, or none.
//! Every name near the trigger is weighed by itself, and once more knowing how its rivals did, since a village is
//! preferred to the province that it lies in and a name in a row with the place of the event is one, too; boosted trees
//! over both answers and what stands around the name have the last word.
//!
//! By `fit_linker` (CONTRIBUTING.md), on sentences that neither the linker nor the recognition before it was fitted to
//! (five folds by text, 6,856 events of which 53 % have a place): F1 of places .79 to .80 by how the folds are dealt,
//! events with exactly the right places .80 to .81 (the networks without the trees .01 less; the nearest name reaches
//! .46 and .51). Of the places 95 % are among the names that are weighed.

mod carry;
mod company;
#[cfg(test)]
mod fit;
mod lists;
mod pair;
mod signs;
mod site;
mod weights;
mod words;

use std::sync::Arc;

use super::telling::IRREGULAR;
use crate::geoparse::Doubt;
use crate::geoparse::learn::{Model, Signs};
use crate::geoparse::tokens::Text;
use crate::model::{Event, EventClass, EventType, Geoparsed, Span};
pub(super) use carry::carry;
use company::Company;
use pair::Trigger;
use signs::Reader;
use site::Site;
use weights::Weights;
pub(crate) use weights::learnt;
use words::Words;

/// Least chance of the first place of an event, and of every further one.
const FIRST: f32 = 0.38;
const FURTHER: f32 = 0.5;
/// The same for what is said rather than done: a name in its sentence is seldom where it was said.
const SAID: f32 = 0.5;

/// An article in which events are given their places.
pub(super) struct Scenery<'a> {
    reader: Reader<'a>,
    model: Arc<Model>,
    weights: Option<Arc<Weights>>,
}

/// The tokens of a trigger; none where boilerplate hides it.
fn trigger(text: &Text<'_>, span: Span) -> Option<Trigger> {
    let first = text.token_at(span.start);
    let end = text.tokens.partition_point(|token| token.span.start < span.end);
    (first < end).then_some(Trigger { first, end })
}

/// The sites in a trigger's sentence.
fn near(text: &Text<'_>, sites: &[Site<'_>], trigger: Trigger) -> Vec<usize> {
    let sentence = |token: usize| text.tokens.get(token).map_or(0, |token| token.sentence);
    let here = sentence(trigger.first);
    let from = sites.partition_point(|site| sentence(site.first) < here);
    let beyond = sites.partition_point(|site| sentence(site.first) <= here);
    (from..beyond).collect()
}

/// The rivals that are taken, likeliest first, none over another.
fn taken(chances: &[f32], spans: &[Span], first: f32, further: f32) -> Vec<usize> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|&a, &b| chances[b].total_cmp(&chances[a]).then(a.cmp(&b)));
    let mut taken: Vec<usize> = Vec::new();
    for i in order {
        if chances[i] < if taken.is_empty() { first } else { further } {
            break;
        }
        if !taken.iter().any(|&other| spans[other].overlaps(spans[i])) {
            taken.push(i);
        }
    }
    taken
}

impl<'a> Scenery<'a> {
    /// An article with its mentions, and with names that may be places besides.
    pub(super) fn new(text: &'a Text<'a>, geoparsed: &'a Geoparsed, doubts: &[Doubt]) -> Self {
        let reader = Reader::new(Words::new(text), site::sites(text, geoparsed, doubts));
        Self { reader, model: Model::embedded(), weights: Weights::embedded() }
    }

    /// The mentions where an event happened, the main place first.
    pub(super) fn places(&self, event: &Event) -> Vec<usize> {
        let said = !matches!(event.kind, EventType::Consult)
            && matches!(event.kind.class(), EventClass::Diplomacy | EventClass::Dispute);
        let mut scenes = self.scenes(event.trigger, if said { SAID } else { FIRST });
        // "An earthquake struck Nepal", "a bomb brought down the jet over Sinai": verbs are what it was taught.
        if let Some(verb) = self.verb_of(event.trigger).filter(|_| scenes.is_empty() && !said) {
            scenes = self.scenes(verb, FIRST);
        }
        scenes.into_iter().filter_map(|(site, _)| site.mention.map(|(number, _)| number)).collect()
    }

    /// The verb that follows a noun that is a trigger.
    fn verb_of(&self, trigger: Span) -> Option<Span> {
        let words = &self.reader.words;
        let last = words.text.token_at(trigger.end.saturating_sub(1));
        let is_verb = |i: usize| words.verbs[i] || IRREGULAR.has(words.text.folded(i));
        let next = words.text.after(last).filter(|&i| is_verb(i) && !words.auxiliaries[i])?;
        if words.verbs.get(last).copied().unwrap_or(true) {
            return None;
        }
        Some(words.text.tokens[next].span)
    }

    /// The same as spans, doubtful names among them.
    pub(super) fn spans(&self, trigger: Span) -> Vec<Span> {
        self.scenes(trigger, FIRST).into_iter().map(|(site, _)| site.span).collect()
    }

    /// The sites where the event of a trigger happened with their chances, likeliest first.
    fn scenes(&self, span: Span, least: f32) -> Vec<(&Site<'_>, f32)> {
        let Reader { words, sites, .. } = &self.reader;
        let Some(trigger) = trigger(words.text, span) else { return Vec::new() };
        let rivals = near(words.text, sites, trigger);
        let chances = self.chances(&rivals, trigger);
        let spans: Vec<Span> = rivals.iter().map(|&i| sites[i].span).collect();
        let taken = taken(&chances, &spans, least, FURTHER);
        taken.into_iter().map(|i| (&sites[rivals[i]], chances[i])).collect()
    }

    /// The chance of every rival to be a place of the event.
    fn chances(&self, rivals: &[usize], trigger: Trigger) -> Vec<f32> {
        let Some(weights) = &self.weights else { return vec![0.0; rivals.len()] };
        let vectors = &self.model.vectors;
        let signs: Vec<Signs> =
            rivals.iter().map(|&i| self.reader.read(i, trigger, rivals, vectors)).collect();
        weights.chances(signs, &Company::new(&self.reader.sites, rivals), vectors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_are_taken_and_none_over_another() {
        let check = |chances: &[f32], spans: &[(usize, usize)], expected: &[usize]| {
            let spans: Vec<Span> = spans.iter().map(|&(start, end)| Span::new(start, end)).collect();
            assert_eq!(taken(chances, &spans, 0.3, 0.5), expected, "{chances:?}");
        };
        check(&[], &[], &[]);
        check(&[0.2, 0.1], &[(0, 3), (5, 9)], &[]);
        check(&[0.1, 0.4], &[(0, 3), (5, 9)], &[1]);
        check(&[0.4, 0.6, 0.9], &[(0, 3), (5, 9), (10, 12)], &[2, 1]);
        check(&[0.9, 0.8, 0.7], &[(0, 9), (5, 9), (10, 12)], &[0, 2]);
    }
}
