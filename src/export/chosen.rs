//! What of an article is written: which of its mentions, and which of its events.
//! One choice serves all tables, so that sums count what other rows show, and every event lies at a mention that is
//! written.

use std::collections::BTreeSet;

use super::{Format, Options, Rows};
use crate::model::{Event, Geoparsed, Mention};

/// Ascending numbers of an article's mentions and events. What people rejected is among them, since JSON Lines may
/// want it; no row is made of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Chosen {
    pub mentions: Vec<usize>,
    pub events: Vec<usize>,
}

impl Chosen {
    /// What of an article is asked for; `None` where the article itself is not. `keep` tells of events by number where
    /// the rows are events, and of mentions where they are anything else.
    pub(crate) fn of(
        article: &Geoparsed,
        format: Format,
        options: &Options,
        keep: impl Fn(usize) -> bool,
    ) -> Option<Chosen> {
        let only = &options.only;
        let by_event = options.rows == Rows::Events;
        if !by_event && !only.published(article) {
            return None;
        }
        let mentions = article.mentions.iter().enumerate().filter(|(number, mention)| {
            let asked = mention.is_rejected() || (only.place(mention) && (by_event || keep(*number)));
            asked && options.keeps(format, mention.kind)
        });
        let mut chosen =
            Chosen { mentions: mentions.map(|(number, _)| number).collect(), events: Vec::new() };
        let events = article.events.iter().enumerate().filter(|(number, event)| {
            let when = !by_event || only.in_period(article.days_of(event));
            let asked = when && only.is_sure(event.score, event.how()) && (!by_event || keep(*number));
            asked && chosen.has_place_of(article, event, !only.asks_for_places())
        });
        chosen.events = events.map(|(number, _)| number).collect();
        if by_event {
            let events = chosen.events.iter().filter_map(|&event| article.events.get(event));
            let scenes: BTreeSet<usize> = events.flat_map(|event| event.places.iter().copied()).collect();
            chosen.mentions.retain(|mention| scenes.contains(mention));
        }
        let left = if by_event {
            chosen.events_of(article).next().is_some()
        } else {
            chosen.mentions_of(article).next().is_some()
        };
        let narrowed = only.asks_for_places() || (by_event && (only.from.is_some() || only.to.is_some()));
        (left || !narrowed).then_some(chosen)
    }

    /// Whether an event happened at a mention that is chosen; `nowhere` where it happened at none.
    fn has_place_of(&self, article: &Geoparsed, event: &Event, nowhere: bool) -> bool {
        let stands = |&&place: &&usize| article.mentions.get(place).is_some_and(|place| !place.is_rejected());
        let mut places = event.places.iter().filter(stands).peekable();
        match places.peek() {
            None => nowhere,
            Some(_) => places.any(|&place| self.has(place)),
        }
    }

    /// The mentions that nobody rejected, with their numbers.
    pub(crate) fn mentions_of<'a>(
        &self,
        article: &'a Geoparsed,
    ) -> impl Iterator<Item = (usize, &'a Mention)> {
        let chosen = self.mentions.iter().filter_map(|&number| Some((number, article.mentions.get(number)?)));
        chosen.filter(|(_, mention)| !mention.is_rejected())
    }

    /// The events that nobody rejected, with their numbers.
    pub(crate) fn events_of<'a>(&self, article: &'a Geoparsed) -> impl Iterator<Item = (usize, &'a Event)> {
        let chosen = self.events.iter().filter_map(|&number| Some((number, article.events.get(number)?)));
        chosen.filter(|(_, event)| !event.is_rejected())
    }

    /// Whether a mention is among them.
    pub(crate) fn has(&self, mention: usize) -> bool {
        self.mentions.binary_search(&mention).is_ok()
    }
}
