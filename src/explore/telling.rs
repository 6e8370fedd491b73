//! One report of an event in words: what a card shows of it, taken out of its article.

use std::sync::Arc;

use crate::model::{Days, EventType, Geoparsed, Part, PartialDate, Place, Polarity, Span, When, one_line};

use super::quote::parted;
use super::{EventRef, Quote};

/// Somebody who takes part in an event, as the text calls them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// The words.
    pub words: String,
    /// What they do in it.
    pub part: Part,
    /// Their country, ISO 3166-1 alpha-2, where the words name one.
    pub country: Option<String>,
}

/// What one article says of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Telling {
    /// The event.
    pub at: EventRef,
    /// The article that has the same text and came first, where one does.
    pub copy_of: Option<usize>,
    /// The article's headline, or its first words.
    pub heading: String,
    /// Its outlet.
    pub source: Option<String>,
    /// Its date.
    pub published: Option<PartialDate>,
    /// The sentence that tells it, parted around the word or words that do.
    pub quote: Quote,
    /// What sort of event.
    pub kind: EventType,
    /// More exactly, where the words tell it.
    pub subtype: Option<String>,
    /// Whether the text says that it happened.
    pub polarity: Polarity,
    /// Whether it is told to explain the news.
    pub background: bool,
    /// Its main place, where it has one that is known.
    pub place: Option<Arc<Place>>,
    /// The words that say where.
    pub place_words: Option<String>,
    /// The words that say when; none where the article's own day stands for it, or it has no date.
    pub date_words: Option<String>,
    /// Whether the article's own day stands for it.
    pub on_own_day: bool,
    /// When, as EDTF.
    pub edtf: Option<String>,
    /// The days on which it may have happened.
    pub days: Option<Days>,
    /// Who takes part, in text order.
    pub actors: Vec<Acting>,
}

impl Telling {
    /// What an article says of one of its events.
    pub fn of(geoparsed: &Geoparsed, at: EventRef, copy_of: Option<usize>) -> Option<Telling> {
        let event = geoparsed.events.get(at.event)?;
        let article = &geoparsed.article;
        let words = |span: Span| Some(one_line(article.text.get(span.start..span.end)?));
        let scene = geoparsed.scene_of(event);
        let actors = event.actors.iter().filter_map(|actor| {
            Some(Acting { words: words(actor.span)?, part: actor.part, country: actor.country.clone() })
        });
        Some(Telling {
            at,
            copy_of,
            heading: article.heading().to_owned(),
            source: article.source.clone(),
            published: article.date,
            quote: parted(&article.text, event.quote, event.trigger),
            kind: event.kind,
            subtype: event.subtype.clone(),
            polarity: event.polarity,
            background: event.background,
            place: scene.and_then(|mention| mention.place()).cloned(),
            place_words: scene.and_then(|mention| words(mention.span)),
            date_words: geoparsed.date_of(event).and_then(|date| words(date.span)),
            on_own_day: event.when == When::Published && article.day().is_some(),
            edtf: geoparsed.edtf_of(event),
            days: geoparsed.days_of(event),
            actors: actors.collect(),
        })
    }

    /// Who does it, or else who takes part.
    pub(super) fn doer(&self) -> Option<&str> {
        let source = self.actors.iter().find(|actor| actor.part == Part::Source);
        source.or(self.actors.first()).map(|actor| actor.words.as_str())
    }
}
