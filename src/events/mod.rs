//! Mentions and dates to events: what happened where, when, and who did it.
//! A trigger tells that something happened; a linker tells which of the article's places it happened at.

mod actors;
mod background;
mod link;
mod names;
#[cfg(test)]
mod show;
pub mod stories;
mod syntax;
mod telling;
mod triggers;
mod when;
#[cfg(test)]
mod when_tests;
#[cfg(test)]
mod written;

pub(crate) use link::learnt;
pub use names::name_in;

use crate::geoparse::Geoparser;
use crate::geoparse::tokens::Text;
use crate::model::{Geoparsed, Role, Span};
use syntax::Syntax;

/// Finds the events of a geoparsed article, and marks the mentions where one happened.
pub fn read(geoparsed: &mut Geoparsed) {
    let text = Text::new(&geoparsed.article.text, &geoparsed.article.boilerplate);
    let mut events = triggers::find(&text, geoparsed);
    let scenery = link::Scenery::new(&text, geoparsed, &[]);
    for event in &mut events {
        event.places = scenery.places(event);
    }
    drop(scenery);
    let syntax = Syntax::read(&text);
    when::date(&syntax, geoparsed, &mut events);
    background::mark(&syntax, geoparsed, &mut events);
    link::carry(&text, geoparsed, &mut events);
    for event in &mut events {
        event.actors = actors::of(&syntax, geoparsed, event);
    }
    drop(text);
    for &place in events.iter().flat_map(|event| &event.places) {
        if let Some(mention) = geoparsed.mentions.get_mut(place)
            && mention.role != Role::Dateline
        {
            mention.role = Role::Event;
        }
    }
    geoparsed.events = events;
}

/// Where one event happened that a caller has found: the spans of its places in the article's text, the main place
/// first; none where the text does not say. `trigger` are the words that tell it, bytes. Here a name may be a place
/// though no mention was found there.
pub fn scenes(geoparser: &Geoparser, geoparsed: &Geoparsed, trigger: Span) -> Vec<Span> {
    let text = Text::new(&geoparsed.article.text, &geoparsed.article.boilerplate);
    let doubts = geoparser.doubts(&text, geoparsed);
    link::Scenery::new(&text, geoparsed, &doubts).spans(trigger)
}
