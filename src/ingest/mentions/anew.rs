//! Rows of one article to the article: its mentions and events as the rows have them.
//! A row of an event tells where the event's words stand and not where its place's do, a row of a mention the other way
//! about: those are looked for in the sentence, and stand behind the text where they are not in it. Days that no single
//! date means stand there, too, as their value.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::sync::Arc;

use super::rebuild::Rebuilt;
use super::row::{About, Raw, Row, Spot, Told};
use crate::ingest::{Ingested, Step};
use crate::model::record::Settled;
use crate::model::{
    Actor, Article, Candidate, DateEvidence, DateKind, DateMention, Days, Decided, Event, Geoparsed, Kind,
    Mention, Part, PartialDate, Place, Problem, Role, Sense, Span, When,
};

/// The article of some rows, and why others are left out.
pub(super) fn article(name: &str, rows: Vec<Raw>) -> Vec<Step> {
    let mut steps = Vec::new();
    let mut read: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows {
        match row.fields().and_then(Row::of) {
            Ok(row) => read.push(row),
            Err(reason) => steps.push(Err(Problem {
                place: name.to_owned(),
                reason: format!("a row is left out: {reason}"),
            })),
        }
    }
    read.sort_by_key(|row| (row.start, row.end));
    let Some(about) = read.first().map(|row| row.article.clone()) else { return steps };
    match Making::of(about, read) {
        Ok(geoparsed) => steps.push(Ok(Ingested::Geoparsed(Box::new(geoparsed)))),
        Err(reason) => steps.push(Err(Problem { place: name.to_owned(), reason })),
    }
    steps
}

/// An article while it is made; places in the text are code points until the text is whole.
struct Making {
    article: Article,
    rebuilt: Rebuilt,
    mentions: Vec<Mention>,
    dates: Vec<DateMention>,
    events: Vec<Event>,
}

impl Making {
    fn of(about: About, rows: Vec<Row>) -> Result<Geoparsed, String> {
        let article = article_of(about)?;
        let rebuilt = Rebuilt::of(&rows);
        let mut making =
            Making { article, rebuilt, mentions: Vec::new(), dates: Vec::new(), events: Vec::new() };
        // In a row of a mention its words are quoted, in a row of an event those that tell it.
        if rows.iter().any(|row| row.mention != row.quote) {
            making.events(&rows);
        } else {
            making.mentions(&rows);
        }
        Ok(making.whole())
    }

    fn mentions(&mut self, rows: &[Row]) {
        let mut known: HashMap<(usize, String), usize> = HashMap::new();
        for row in rows {
            // Words within words are no mention beside theirs.
            if self.mentions.last().is_some_and(|last| row.start < last.span.end) {
                continue;
            }
            let number = self.mentions.len();
            self.mentions.push(mention(row, row.start..row.end, decided(&row.settled)));
            let Some(told) = &row.event else { continue };
            let sentence = sentence(row);
            let trigger = self.rebuilt.find(&told.trigger, sentence.clone(), row.start);
            // Two events whose words are not in the sentence are one if all is the same that is told of them.
            let key = (trigger.as_ref().map_or(usize::MAX, |trigger| trigger.start), format!("{told:?}"));
            match known.get(&key).and_then(|&event| self.events.get_mut(event)) {
                Some(event) => event.places.push(number),
                None => {
                    let trigger = trigger.unwrap_or_else(|| self.rebuilt.add(&told.trigger));
                    let event = self.event(told, trigger, &sentence, vec![number]);
                    known.insert(key, self.events.len());
                    self.events.push(event);
                }
            }
        }
    }

    fn events(&mut self, rows: &[Row]) {
        // The event of each mention, to be told its number when all are sorted.
        let mut scenes: Vec<(usize, Mention)> = Vec::new();
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        // Of one event there is a row for each place.
        let same = |a: &Row, b: &Row| (a.start, a.end) == (b.start, b.end) && a.event == b.event;
        for rows in rows.chunk_by(same) {
            let Some((first, told)) = rows.first().and_then(|row| Some((row, row.event.as_ref()?))) else {
                continue;
            };
            let mut event = self.event(told, first.start..first.end, &sentence(first), Vec::new());
            // What nobody said of the event was said of its places.
            let of_event = rows.iter().all(|row| row.settled == first.settled);
            event.decided = decided(&first.settled).filter(|_| of_event);
            self.events.push(event);
            for row in rows.iter().filter(|row| row.kind.is_some() && !row.mention.is_empty()) {
                let decided = decided(&row.settled).filter(|_| !of_event);
                let mut scene = mention(row, 0..0, decided);
                let found = self.rebuilt.find(&row.mention, sentence(row), row.start);
                let fits = |words: &Range<usize>| {
                    scene.span = Span::new(words.start, words.end);
                    let before = taken.range(..words.end).next_back().filter(|(_, end)| **end > words.start);
                    before.is_none() || scenes.iter().any(|(_, known)| *known == scene)
                };
                let words = found.filter(fits).unwrap_or_else(|| self.rebuilt.add(&row.mention));
                scene.span = Span::new(words.start, words.end);
                taken.insert(words.start, words.end);
                scenes.push((self.events.len() - 1, scene));
            }
        }
        self.settle(scenes);
    }

    /// Puts the mentions of events in order, each of them once.
    fn settle(&mut self, scenes: Vec<(usize, Mention)>) {
        let mut order: Vec<usize> = (0..scenes.len()).collect();
        order.sort_by_key(|&number| scenes.get(number).map(|(_, mention)| mention.span));
        let mut numbers = vec![0; scenes.len()];
        for at in order {
            let (Some((_, mention)), Some(number)) = (scenes.get(at), numbers.get_mut(at)) else { continue };
            if self.mentions.last() != Some(mention) {
                self.mentions.push(mention.clone());
            }
            *number = self.mentions.len() - 1;
        }
        for ((event, _), number) in scenes.iter().zip(numbers) {
            if let Some(event) = self.events.get_mut(*event) {
                event.places.push(number);
            }
        }
    }

    fn event(
        &mut self,
        told: &Told,
        trigger: Range<usize>,
        within: &Range<usize>,
        places: Vec<usize>,
    ) -> Event {
        let mut actors = self.actors(told.actors.as_deref(), Part::Source, within, trigger.start);
        actors.extend(self.actors(told.targets.as_deref(), Part::Target, within, trigger.start));
        let inside = within.start <= trigger.start && trigger.end <= within.end;
        let quote = if inside { within.clone() } else { trigger.clone() };
        Event {
            trigger: Span::new(trigger.start, trigger.end),
            kind: told.kind,
            subtype: told.subtype.clone(),
            polarity: told.polarity,
            background: told.background,
            places,
            when: self.when(told),
            actors,
            quote: Span::new(quote.start, quote.end.min(self.rebuilt.text.len())),
            score: told.score as f32,
            decided: None,
        }
    }

    fn actors(
        &mut self,
        phrases: Option<&str>,
        part: Part,
        within: &Range<usize>,
        near: usize,
    ) -> Vec<Actor> {
        // An event has a few actors; a list without end is no reason to look for each.
        const SOUGHT: usize = 16;
        let phrases = phrases.into_iter().flat_map(|phrases| phrases.split("; "));
        let phrases = phrases.filter(|phrase| !phrase.is_empty()).enumerate();
        let spans = phrases.map(|(number, phrase)| {
            let sought = if number < SOUGHT { within.clone() } else { 0..0 };
            let found = self.rebuilt.find(phrase, sought, near);
            let range = found.unwrap_or_else(|| self.rebuilt.add(phrase));
            Actor { span: Span::new(range.start, range.end), part, country: None }
        });
        spans.collect()
    }

    /// When an event was: on the article's day, on a date, or on days that are written behind the text.
    fn when(&mut self, told: &Told) -> When {
        let Some(edtf) = &told.date else { return When::Unknown };
        let day = |timestamp: &Option<String>| {
            let date: PartialDate = timestamp.as_deref()?.parse().ok()?;
            Some(Days::of(date)?.first)
        };
        let days = day(&told.start).zip(day(&told.end));
        let days = days.map(|(first, last)| Days { first, last: last.max(first) });
        let means = |date: &PartialDate| date.to_string() == *edtf && Days::of(*date) == days;
        if self.article.day().is_some_and(|day| means(&day)) {
            return When::Published;
        }
        if let Some(date) = edtf.parse().ok().filter(means) {
            return When::Set(date);
        }
        let known = self.dates.iter().position(|date| date.edtf == *edtf && date.days == days);
        When::Date(known.unwrap_or_else(|| {
            let words = self.rebuilt.add(edtf);
            let kind = match edtf {
                range if range.contains('/') => DateKind::Range,
                length if length.starts_with('P') => DateKind::Duration,
                _ => DateKind::Date,
            };
            let span = Span::new(words.start, words.end);
            self.dates.push(DateMention { span, kind, edtf: edtf.clone(), days });
            self.dates.len() - 1
        }))
    }

    /// Everything in bytes of the text.
    fn whole(mut self) -> Geoparsed {
        let mut bytes: Vec<usize> = Vec::with_capacity(self.rebuilt.text.len() + 1);
        let mut text = String::with_capacity(self.rebuilt.text.len());
        for &c in &self.rebuilt.text {
            bytes.push(text.len());
            text.push(c);
        }
        bytes.push(text.len());
        let place = |span: &mut Span| {
            let at = |number: usize| bytes.get(number).copied().unwrap_or(text.len());
            *span = Span::new(at(span.start), at(span.end));
        };
        self.mentions.iter_mut().for_each(|mention| place(&mut mention.span));
        self.dates.iter_mut().for_each(|date| place(&mut date.span));
        for event in &mut self.events {
            place(&mut event.trigger);
            place(&mut event.quote);
            event.actors.iter_mut().for_each(|actor| place(&mut actor.span));
            in_text_order(&mut event.actors);
        }
        self.events.sort_by_key(|event| event.trigger);
        self.article.text = text;
        Geoparsed {
            article: self.article,
            mentions: self.mentions,
            dates: self.dates,
            events: self.events,
            as_read: true,
            ..Geoparsed::default()
        }
    }
}

/// Puts actors in text order, unless that would tell those of one part in another order than the row did.
fn in_text_order(actors: &mut [Actor]) {
    let sorted = |part: Part| {
        let of_part = actors.iter().filter(|actor| actor.part == part);
        of_part.is_sorted_by_key(|actor| actor.span)
    };
    if sorted(Part::Source) && sorted(Part::Target) {
        actors.sort_by_key(|actor| actor.span);
    }
}

/// The article without its text.
fn article_of(about: About) -> Result<Article, String> {
    let date = about.published.as_deref().map(str::parse::<PartialDate>).transpose();
    let date = date.map_err(|error| format!("its date is none: {error}"))?;
    Ok(Article {
        id: about.id,
        title: about.title,
        date,
        date_evidence: date.map(|_| DateEvidence::Metadata),
        source: about.source,
        url: about.url,
        language: about.language,
        ..Article::default()
    })
}

/// The sentence of a row's words, and a little more where it has wider spaces; no more than is ever quoted.
fn sentence(row: &Row) -> Range<usize> {
    const SLACK: usize = 16;
    const MOST: usize = 256;
    let (before, after) = (row.before.chars().take(MOST).count(), row.after.chars().take(MOST).count());
    row.start.saturating_sub(before + SLACK)..row.end.min(row.start + MOST) + after + SLACK
}

fn mention(row: &Row, words: Range<usize>, decided: Option<Box<Decided>>) -> Mention {
    let candidates: Vec<Candidate> = row.place.iter().map(candidate).collect();
    Mention {
        span: Span::new(words.start, words.end),
        kind: row.kind.unwrap_or(Kind::Name),
        sense: row.sense.unwrap_or(Sense::Literal),
        role: row.role.unwrap_or(Role::Mention),
        resolved: !candidates.is_empty(),
        candidates,
        decided,
    }
}

fn candidate(spot: &Spot) -> Candidate {
    let place = Place {
        id: spot.id.clone(),
        name: spot.name.clone(),
        lat: spot.lat,
        lon: spot.lon,
        country_code: spot.country_code.clone(),
        country: String::new(),
        admin1: spot.admin1.clone(),
        feature_class: spot.feature_class,
        feature_code: spot.feature_code.clone(),
        population: 0,
        precision: spot.precision,
        radius_m: spot.radius_m,
        bbox: None,
    };
    Candidate { place: Arc::new(place), score: spot.score as f32, reasons: Vec::new() }
}

fn decided(settled: &Settled) -> Option<Box<Decided>> {
    settled.clone().decided()
}
