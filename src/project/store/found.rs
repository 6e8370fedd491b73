//! The form that an article has in a file: its text by itself, and what was found in it.
//! A place that many candidates stand for is written once in an article, and is one again when it is read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::model::{
    Area, Article, Candidate, DateMention, Decided, Event, Focus, Geoparsed, Kind, Mention, Place, Problem,
    Role, Sense, Span, shared,
};

/// What was found in an article, and what is known of it but its text.
#[derive(Serialize, Deserialize)]
struct Found<'a> {
    article: Article,
    places: Vec<Shared>,
    mentions: Vec<FoundMention<'a>>,
    areas: Cow<'a, [Area]>,
    focus: Cow<'a, Focus>,
    dates: Cow<'a, [DateMention]>,
    events: Cow<'a, [Event]>,
    problems: Cow<'a, [Problem]>,
    as_read: bool,
}

#[derive(Serialize, Deserialize)]
struct Shared(#[serde(with = "shared")] Arc<Place>);

#[derive(Serialize, Deserialize)]
struct FoundMention<'a> {
    span: Span,
    kind: Kind,
    sense: Sense,
    role: Role,
    resolved: bool,
    decided: Cow<'a, Option<Box<Decided>>>,
    candidates: Vec<FoundCandidate<'a>>,
}

/// Of a place by its number among those of the article.
#[derive(Serialize, Deserialize)]
struct FoundCandidate<'a> {
    place: u32,
    score: f32,
    reasons: Cow<'a, [String]>,
}

/// The places of an article, each once.
#[derive(Default)]
struct Places<'a> {
    all: Vec<Shared>,
    /// By identifier; some share one and differ.
    numbers: HashMap<&'a str, Vec<u32>>,
}

impl<'a> Places<'a> {
    fn number(&mut self, place: &'a Arc<Place>) -> u32 {
        let same = self.numbers.entry(&place.id).or_default();
        let known =
            |number: &&u32| self.all.get(**number as usize).is_some_and(|Shared(other)| other == place);
        if let Some(number) = same.iter().find(known) {
            return *number;
        }
        let number = self.all.len() as u32;
        same.push(number);
        self.all.push(Shared(Arc::clone(place)));
        number
    }
}

/// An article with all that was found in it, without its text.
pub(super) fn write(geoparsed: &Geoparsed) -> postcard::Result<Vec<u8>> {
    let mut places = Places::default();
    let mentions = geoparsed.mentions.iter().map(|mention| mention_found(mention, &mut places)).collect();
    postcard::to_allocvec(&Found {
        article: without_text(&geoparsed.article),
        mentions,
        places: places.all,
        areas: Cow::Borrowed(&geoparsed.areas),
        focus: Cow::Borrowed(&geoparsed.focus),
        dates: Cow::Borrowed(&geoparsed.dates),
        events: Cow::Borrowed(&geoparsed.events),
        problems: Cow::Borrowed(&geoparsed.problems),
        as_read: geoparsed.as_read,
    })
}

fn mention_found<'a>(mention: &'a Mention, places: &mut Places<'a>) -> FoundMention<'a> {
    let candidate = |candidate: &'a Candidate| FoundCandidate {
        place: places.number(&candidate.place),
        score: candidate.score,
        reasons: Cow::Borrowed(&candidate.reasons),
    };
    FoundMention {
        span: mention.span,
        kind: mention.kind,
        sense: mention.sense,
        role: mention.role,
        resolved: mention.resolved,
        decided: Cow::Borrowed(&mention.decided),
        candidates: mention.candidates.iter().map(candidate).collect(),
    }
}

fn without_text(article: &Article) -> Article {
    Article {
        id: article.id.clone(),
        text: String::new(),
        title: article.title.clone(),
        title_span: article.title_span,
        date: article.date,
        date_evidence: article.date_evidence,
        source: article.source.clone(),
        url: article.url.clone(),
        language: article.language.clone(),
        dateline: article.dateline.clone(),
        boilerplate: article.boilerplate.clone(),
        given: article.given.clone(),
        event: article.event,
    }
}

/// What was written, with its text; `None` where it makes no sense.
pub(super) fn read(bytes: &[u8], text: String) -> Option<Geoparsed> {
    let found: Found<'static> = postcard::from_bytes(bytes).ok()?;
    let mention = |mention: FoundMention<'static>| {
        let candidate = |candidate: FoundCandidate<'static>| {
            Some(Candidate {
                place: Arc::clone(&found.places.get(candidate.place as usize)?.0),
                score: candidate.score,
                reasons: candidate.reasons.into_owned(),
            })
        };
        Some(Mention {
            span: mention.span,
            kind: mention.kind,
            sense: mention.sense,
            role: mention.role,
            resolved: mention.resolved,
            decided: mention.decided.into_owned(),
            candidates: mention.candidates.into_iter().map(candidate).collect::<Option<_>>()?,
        })
    };
    Some(Geoparsed {
        article: Article { text, ..found.article },
        mentions: found.mentions.into_iter().map(mention).collect::<Option<_>>()?,
        areas: found.areas.into_owned(),
        focus: found.focus.into_owned(),
        dates: found.dates.into_owned(),
        events: found.events.into_owned(),
        problems: found.problems.into_owned(),
        as_read: found.as_read,
    })
}
