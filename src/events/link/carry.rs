//! The place of an event whose own sentence names none: the text told it before, or its dateline does.
//! What is here was not learnt, for lack of annotated articles, and holds back: an event that the text only plans,
//! denies or recalls stays without a place.

use super::lists::{
    AT, COUNTRIES, DEPARTING, EXISTING, PLACING, PLAIN, POINTING, REGIONS, TOLD, TOWNS, VISITING,
};
use crate::geoparse::sense::classes::classes;
use crate::geoparse::tokens::{Form, Text};
use crate::geoparse::words::FUNCTION_WORDS;
use crate::model::{
    Event, EventClass, EventType, Geoparsed, Kind, Mention, Polarity, Precision, Role, Sense, Span, When,
};

/// How many adjectives may stand between "the" and an event.
const ADJECTIVES: usize = 2;
/// Up to how many tokens before an event's words a name may stand that it is called by.
const IN_NAME: usize = 3;
/// How many tokens after a crash its vehicle's departure may be told.
const IN_REACH: usize = 8;
/// How many letters two words of one stem share at least.
const STEM: usize = 4;

/// Gives places to events that are told without one.
pub(in crate::events) fn carry(text: &Text<'_>, geoparsed: &Geoparsed, events: &mut [Event]) {
    let article = Article::new(text, geoparsed, events);
    for event in &mut *events {
        let named = article.in_its_name(event).or_else(|| article.beside(event));
        if let Some(place) = named.or_else(|| article.set_out_from(event)) {
            event.places = vec![place];
        }
    }
    for i in 0..events.len() {
        if let Some(place) = article.met_in(events, i) {
            events[i].places = vec![place];
        }
        if article.is_anothers(events, i)
            && let Some(places) = article.told_before(events, i)
        {
            events[i].places = places;
        }
    }
    for i in 0..events.len() {
        let event = &events[i];
        if event.places.is_empty() && event.polarity == Polarity::Happened && !event.background {
            let places = article
                .pointed_at(events, i)
                .or_else(|| article.told_before(events, i))
                .or_else(|| article.in_the_headline(events, i))
                .or_else(|| article.going_on(events, i))
                .or_else(|| article.at_the_dateline(event));
            events[i].places = places.unwrap_or_default();
        }
    }
    // A headline is read first and explained last.
    for i in 0..events.len() {
        if events[i].places.is_empty() && !events[i].background && article.in_headline(events[i].trigger) {
            events[i].places = article.told_below(events, i).unwrap_or_default();
        }
    }
}

struct Article<'a> {
    text: &'a Text<'a>,
    geoparsed: &'a Geoparsed,
    /// The token that each mention begins with and its sentence, with the mention's number: in their order.
    by_token: Vec<(usize, usize)>,
    by_sentence: Vec<(usize, usize)>,
    datelines: Vec<usize>,
    /// What the last word of each event begins with.
    stems: Vec<String>,
}

impl<'a> Article<'a> {
    fn new(text: &'a Text<'a>, geoparsed: &'a Geoparsed, events: &[Event]) -> Self {
        let stem = |event: &Event| {
            let last = text.token_at(event.trigger.end.saturating_sub(1));
            text.folded(last).chars().take(STEM).collect()
        };
        let mut article = Self {
            text,
            geoparsed,
            by_token: Vec::new(),
            by_sentence: Vec::new(),
            datelines: Vec::new(),
            stems: events.iter().map(stem).collect(),
        };
        for (number, mention) in geoparsed.mentions.iter().enumerate() {
            article.by_token.push((article.token(mention.span), number));
            article.by_sentence.push((article.sentence(mention.span), number));
            if mention.role == Role::Dateline {
                article.datelines.push(number);
            }
        }
        article.by_token.sort_unstable();
        article.by_sentence.sort_unstable();
        article
    }

    /// The mentions that begin within these tokens.
    fn mentions_from(&self, tokens: std::ops::Range<usize>) -> impl Iterator<Item = (usize, &'a Mention)> {
        let mut numbers: Vec<usize> = within(&self.by_token, tokens).map(|&(_, number)| number).collect();
        numbers.sort_unstable();
        numbers.into_iter().map(|number| (number, &self.geoparsed.mentions[number]))
    }

    /// The mentions of a sentence.
    fn mentions_of(&self, sentence: usize) -> impl Iterator<Item = (usize, &'a Mention)> {
        within(&self.by_sentence, sentence..sentence + 1)
            .map(|&(_, number)| (number, &self.geoparsed.mentions[number]))
    }

    fn token(&self, span: Span) -> usize {
        self.text.token_at(span.start)
    }

    fn sentence(&self, span: Span) -> usize {
        self.text.tokens.get(self.token(span)).map_or(0, |token| token.sentence)
    }

    /// The tokens of a sentence.
    fn tokens(&self, sentence: usize) -> std::ops::Range<usize> {
        let tokens = &self.text.tokens;
        tokens.partition_point(|token| token.sentence < sentence)
            ..tokens.partition_point(|token| token.sentence <= sentence)
    }

    /// "The Cairo talks", "the 2004 Beslan school massacre": the town that an event is called by. A country that it is
    /// called by is what it is about: "Syria talks in Lausanne".
    fn in_its_name(&self, event: &Event) -> Option<usize> {
        let (first, end) = (self.token(event.trigger), self.text.token_at(event.trigger.end));
        let phrase = first.saturating_sub(IN_NAME)..end.max(first + 1);
        let named = self.mentions_from(phrase).find(|(_, mention)| {
            let to = self.text.token_at(mention.span.end.saturating_sub(1)) + 1;
            let rest = self.text.tokens.get(to..end).unwrap_or(&[]);
            mention.kind == Kind::Name
                && precision(mention).is_some_and(|precision| precision <= Precision::Settlement)
                && !rest.is_empty()
                && self.sentence(mention.span) == self.sentence(event.trigger)
                && rest.iter().all(|token| token.form == Form::Lower && !FUNCTION_WORDS.has(&token.folded))
                && !classes().is_verb(self.text.folded(end - 1))
                && !rest.iter().any(|token| classes().is_auxiliary(&token.folded))
        });
        // "Police in Cairo talks": a preposition before the name makes a place of it, and no part of a name.
        let named = named.filter(|(_, mention)| {
            let from = self.token(mention.span);
            let before = (1..=2).filter_map(|back| from.checked_sub(back)).map(|i| self.text.folded(i));
            !before.take(1).any(|word| PLACING.has(word))
        });
        named.map(|(number, _)| number)
    }

    /// "A visit to Egypt", "visited Kigali", "the talks in Kazakhstan".
    fn beside(&self, event: &Event) -> Option<usize> {
        let end = self.text.token_at(event.trigger.end.saturating_sub(1)) + 1;
        let visit = event.subtype.as_deref() == Some("visit");
        let from = match self.text.folded(end) {
            word if AT.has(word) || visit && VISITING.has(word) => end + 1,
            _ if visit => end,
            _ => return None,
        };
        let mut named = self.mentions_from(from..from + 1).filter(|(_, mention)| mention.kind == Kind::Name);
        named.next().filter(|_| event.places.is_empty()).map(|(number, _)| number)
    }

    /// "The presidents met their guests in the evening in Cairo": whoever meets does so where the rest of the sentence
    /// says, up to what else happens in it.
    fn met_in(&self, events: &[Event], this: usize) -> Option<usize> {
        let event = &events[this];
        if event.kind != EventType::Consult
            || event.polarity != Polarity::Happened
            || !event.places.is_empty()
        {
            return None;
        }
        let sentence = self.sentence(event.trigger);
        let next = events.get(this + 1).map_or(usize::MAX, |next| next.trigger.start);
        let met = self.mentions_of(sentence).find(|(_, mention)| {
            let from = self.token(mention.span);
            is_place(mention)
                && event.trigger.end <= mention.span.start
                && mention.span.end <= next
                && from.checked_sub(1).is_some_and(|before| AT.has(self.text.folded(before)))
                && precision(mention).is_some_and(|precision| precision <= Precision::Settlement)
        });
        met.map(|(number, _)| number)
    }

    /// "Crashed after taking off from Sanaa": near there, as far as the text says.
    fn set_out_from(&self, event: &Event) -> Option<usize> {
        if event.kind != EventType::Accident || !event.places.is_empty() {
            return None;
        }
        let end = self.text.token_at(event.trigger.end.saturating_sub(1)) + 1;
        let sentence = self.sentence(event.trigger);
        let told = |&i: &usize| self.text.folded(i) == "from" && DEPARTING.has(self.text.folded(i - 1));
        let from = (end + 1..end + IN_REACH).find(told)? + 1;
        let from = from + usize::from(self.text.folded(from) == "the");
        let mut named = self
            .mentions_from(from..from + 1)
            .filter(|(_, mention)| mention.kind == Kind::Name && self.sentence(mention.span) == sentence);
        named.next().map(|(number, _)| number)
    }

    /// "The air strikes came after gunmen had killed ten in Egypt": whether the words of another event stand between
    /// an event's own and its place.
    fn is_anothers(&self, events: &[Event], this: usize) -> bool {
        let event = &events[this];
        let place = event.places.first().and_then(|&place| self.geoparsed.mentions.get(place));
        place.is_some_and(|place| {
            let after = events[this + 1..].iter().skip_while(|other| other.trigger.start < event.trigger.end);
            after.into_iter().next().is_some_and(|other| other.trigger.end <= place.span.start)
        })
    }

    /// What the headline tells of, by its sort.
    fn in_the_headline(&self, events: &[Event], this: usize) -> Option<Vec<usize>> {
        let event = &events[this];
        let alike = |other: &&Event| {
            !other.places.is_empty()
                && event.subtype.is_some()
                && other.kind == event.kind
                && other.subtype == event.subtype
        };
        let headline = events[..this].iter().take_while(|other| self.in_headline(other.trigger));
        headline.into_iter().find(alike).map(|other| other.places.clone())
    }

    /// "There", "in the city": the place of that size that was named last, before the event's sentence.
    fn pointed_at(&self, events: &[Event], this: usize) -> Option<Vec<usize>> {
        let sentence = self.sentence(events[this].trigger);
        let text = self.text;
        for i in self.tokens(sentence) {
            let word = text.folded(i);
            if word == "there" && !EXISTING.has(text.folded(i + 1)) {
                return last_places(events, this).or_else(|| self.named_before(sentence, &|_| true));
            }
            let points = i > 0 && POINTING.has(word) && PLACING.has(text.folded(i - 1));
            if !points || text.folded(i + 2) == "of" || text.tokens.get(i + 2).is_some_and(|t| t.is_capital())
            {
                continue;
            }
            let noun = text.folded(i + 1);
            let fits = |precision: Precision| match () {
                () if TOWNS.has(noun) => precision <= Precision::Settlement,
                () if REGIONS.has(noun) => matches!(precision, Precision::District | Precision::Region),
                () if COUNTRIES.has(noun) => precision == Precision::Country,
                () => false,
            };
            if let Some(named) = self.named_before(sentence, &fits) {
                return Some(named);
            }
        }
        None
    }

    /// The place of some precision that was named last before a sentence.
    fn named_before(&self, sentence: usize, fits: &dyn Fn(Precision) -> bool) -> Option<Vec<usize>> {
        let from = self.text.tokens.get(self.tokens(sentence).start)?.span.start;
        let before = self.geoparsed.mentions.iter().enumerate().rev();
        let mut before = before.filter(|(_, mention)| mention.span.end <= from && is_place(mention));
        before.find(|(_, mention)| precision(mention).is_some_and(fits)).map(|(number, _)| vec![number])
    }

    /// "The crash": the crash that was told last with its place.
    fn told_before(&self, events: &[Event], this: usize) -> Option<Vec<usize>> {
        let first = self.token(events[this].trigger);
        let lead = (1..=ADJECTIVES + 1).map_while(|back| first.checked_sub(back));
        let told = lead.map(|i| self.text.folded(i)).find(|word| !PLAIN.has(word));
        let owned = first > 0 && self.text.tokens[first - 1].form == Form::Possessive;
        if !owned && !told.is_some_and(|word| TOLD.has(word)) {
            return None;
        }
        let mut before = (0..this).rev();
        let alike = |&other: &usize| !events[other].places.is_empty() && self.alike(events, other, this);
        before.find(alike).map(|other| events[other].places.clone())
    }

    /// Whether two events are told by the same word, or are of the same sort.
    fn alike(&self, events: &[Event], one: usize, other: usize) -> bool {
        let (stem, of_other) = (&self.stems[one], &self.stems[other]);
        let (one, other) = (&events[one], &events[other]);
        let same = one.subtype.is_some() && one.subtype == other.subtype;
        one.kind == other.kind && same || stem == of_other && stem.chars().count() == STEM
    }

    /// What the next sentence tells of the same sort of events, where it names no other place: "A bomb went off in
    /// Basra. Nine people were killed."
    fn going_on(&self, events: &[Event], this: usize) -> Option<Vec<usize>> {
        let before = &events[this.checked_sub(1)?];
        let (here, there) = (self.sentence(events[this].trigger), self.sentence(before.trigger));
        let follows = here - there.min(here) <= 1 && !self.in_headline(before.trigger);
        let event = &events[this];
        let follows_from = matches!(event.kind, EventType::Assault | EventType::Accident)
            && matches!(before.kind.class(), EventClass::Violence | EventClass::Misfortune);
        let dated = matches!(event.when, When::Date(_)) && event.when != before.when;
        let alike = (before.kind == event.kind || follows_from)
            && before.polarity == Polarity::Happened
            && !before.background
            && !dated;
        let mut other = self
            .mentions_of(here)
            .filter(|(number, mention)| is_place(mention) && !before.places.contains(number));
        let elsewhere = here != there && other.next().is_some();
        (follows && alike && !elsewhere && !before.places.is_empty()).then(|| before.places.clone())
    }

    /// An event of the first paragraph is where its dateline says; a press conference is wherever it is told.
    fn at_the_dateline(&self, event: &Event) -> Option<Vec<usize>> {
        let mut datelines = self.datelines.iter().map(|&number| (number, &self.geoparsed.mentions[number]));
        let (number, mention) = datelines.next()?;
        // "LEXINGTON, Ky.": the smaller one. A round-up has several.
        if datelines.any(|(_, other)| self.sentence(other.span).abs_diff(self.sentence(mention.span)) > 1) {
            return None;
        }
        let (from, to) = (self.token(mention.span), self.token(event.trigger));
        let tokens = self.text.tokens.get(from..to)?;
        let lead = tokens.iter().skip(1).all(|token| !token.opens_line);
        let told = event.subtype.as_deref() == Some("press conference");
        let remote = event.subtype.as_deref() == Some("phone call");
        let deed = event.kind.class() == EventClass::Violence
            || matches!(
                event.kind,
                EventType::Consult | EventType::Protest | EventType::Accident | EventType::Disaster
            );
        (told || lead && deed && !remote).then(|| vec![number])
    }

    fn in_headline(&self, span: Span) -> bool {
        let title = self.geoparsed.article.title_span;
        title.is_some_and(|title| title.contains(span))
    }

    /// The place of the first event below a headline that is the same.
    fn told_below(&self, events: &[Event], this: usize) -> Option<Vec<usize>> {
        let mut below = (this + 1..events.len()).filter(|&other| !self.in_headline(events[other].trigger));
        let alike = |&other: &usize| !events[other].places.is_empty() && self.alike(events, other, this);
        below.find(alike).map(|other| events[other].places.clone())
    }
}

/// Those of a list in order that stand in a range.
fn within(list: &[(usize, usize)], range: std::ops::Range<usize>) -> std::slice::Iter<'_, (usize, usize)> {
    let from = list.partition_point(|&(at, _)| at < range.start);
    let rest = list.get(from..).unwrap_or_default();
    rest.get(..rest.partition_point(|&(at, _)| at < range.end)).unwrap_or_default().iter()
}

/// The places of the last event before one that has any.
fn last_places(events: &[Event], this: usize) -> Option<Vec<usize>> {
    events[..this].iter().rev().find(|event| !event.places.is_empty()).map(|event| event.places.clone())
}

/// Whether the mention is of a place as such.
fn is_place(mention: &Mention) -> bool {
    mention.sense == Sense::Literal && mention.kind == Kind::Name
}

fn precision(mention: &Mention) -> Option<Precision> {
    mention.candidates.first().map(|candidate| candidate.place.precision)
}
