//! Articles to records and back.
//! A candidate without a point on Earth is left out, and a mention of which it was the choice is
//! written as unresolved.

use std::sync::Arc;

use super::{
    ActorRecord, AreaRecord, ArticleRecord, CandidateRecord, DateRecord, DatelineRecord, EventRecord,
    EvidenceRecord, FocusRecord, ProblemRecord, Settled, ShareRecord, ToponymRecord, known, rounded_metres,
    rounded_point, rounded_score,
};
use crate::model::{
    Actor, Area, Article, Bbox, Candidate, CharIndex, CharSpan, DateEvidence, DateMention, Dateline, Days,
    Event, Focus, Geoparsed, How, Kind, Mention, PartialDate, Place, Problem, Span, When,
};

impl ArticleRecord {
    /// The record of an article; `with_text` adds what is needed to open it again.
    pub fn new(geoparsed: &Geoparsed, with_text: bool) -> Self {
        let article = &geoparsed.article;
        let text = article.text.as_str();
        let index = &CharIndex::new(text);
        let chars = |span| index.chars(span);
        Self {
            id: article.id.clone(),
            title: article.title.clone(),
            date: article.date.map(|date| date.to_string()),
            date_evidence: article.date_evidence.map(|evidence| EvidenceRecord {
                kind: evidence.as_str().to_owned(),
                span: evidence.span().map(chars),
            }),
            source: article.source.clone(),
            url: article.url.clone(),
            language: article.language.clone(),
            dateline: article.dateline.as_ref().map(|dateline| dateline_record(dateline, text, index)),
            focus: focus_record(&geoparsed.focus),
            toponyms: geoparsed.mentions.iter().map(|mention| toponym_record(mention, text, index)).collect(),
            areas: geoparsed.areas.iter().filter_map(|area| area_record(area, text, index)).collect(),
            dates: geoparsed.dates.iter().map(|date| date_record(date, text, index)).collect(),
            events: geoparsed.events.iter().map(|event| event_record(geoparsed, event, index)).collect(),
            problems: geoparsed.problems.iter().map(problem_record).collect(),
            text: with_text.then(|| text.to_owned()),
            title_span: article.title_span.filter(|_| with_text).map(chars),
            boilerplate: with_text.then(|| article.boilerplate.iter().copied().map(chars).collect()),
        }
    }

    /// The article as it was.
    ///
    /// # Errors
    ///
    /// A sentence that says what is missing, or where the record contradicts itself: no `text`, a
    /// span outside it, a date that is none, a place that is not on Earth.
    pub fn reopen(self) -> Result<Geoparsed, String> {
        let text = self.text.ok_or("the article's text is missing")?;
        let index = &CharIndex::new(&text);
        let article = Article {
            id: self.id,
            title: self.title,
            title_span: self.title_span.map(|span| bytes(span, index)).transpose()?,
            date: self.date.as_deref().map(date).transpose()?,
            date_evidence: self.date_evidence.map(|record| evidence(record, index)).transpose()?,
            source: self.source,
            url: self.url,
            language: self.language,
            dateline: self.dateline.map(|record| dateline(record, index)).transpose()?,
            boilerplate: each(self.boilerplate.unwrap_or_default(), |span| bytes(span, index))?,
            given: None,
            event: None,
            text: String::new(),
        };
        let mut mentions = each(self.toponyms, |record| mention(record, index))?;
        // Every room counts on text order, and a file may have been edited.
        mentions.sort_by_key(|mention| mention.span);
        let areas = each(self.areas, |record| area(record, index))?;
        let mut dates = each(self.dates, |record| date_mention(record, index))?;
        dates.sort_by_key(|date| date.span);
        let found = Found { mentions: &mentions, dates: &dates, day: article.day(), index };
        let mut events = each(self.events, |record| event(record, &found))?;
        events.sort_by_key(|event| event.trigger);
        let problems = self
            .problems
            .into_iter()
            .map(|record| Problem { place: record.at, reason: record.reason })
            .collect();
        Ok(Geoparsed {
            article: Article { text, ..article },
            mentions,
            areas,
            focus: focus(self.focus),
            dates,
            events,
            problems,
            as_read: true,
        })
    }
}

fn dateline_record(dateline: &Dateline, text: &str, index: &CharIndex) -> DatelineRecord {
    let CharSpan { start, end } = index.chars(dateline.span);
    DatelineRecord {
        start,
        end,
        text: dateline.span.of(text).to_owned(),
        place: index.chars(dateline.place),
        date: dateline.date.map(|date| date.to_string()),
        agency: dateline.agency.clone(),
    }
}

fn focus_record(focus: &Focus) -> FocusRecord {
    let shares = |places: &[(String, String, f32)]| {
        let share = |(id, name, share): &(String, String, f32)| ShareRecord {
            place_id: id.clone(),
            name: name.clone(),
            share: rounded_score(*share),
        };
        places.iter().map(share).collect()
    };
    FocusRecord {
        countries: shares(&focus.countries),
        divisions: shares(&focus.divisions),
        places: shares(&focus.places),
    }
}

fn toponym_record(mention: &Mention, text: &str, index: &CharIndex) -> ToponymRecord {
    let CharSpan { start, end } = index.chars(mention.span);
    let candidates: Vec<_> =
        mention.candidates.iter().filter_map(|candidate| candidate_record(candidate, mention.kind)).collect();
    let chosen = mention.chosen().and_then(|candidate| candidate_record(candidate, mention.kind));
    let Settled { status, decided_by, note, tags } = Settled::of(mention.decided.as_deref());
    let mut record = ToponymRecord {
        start,
        end,
        text: mention.span.of(text).to_owned(),
        kind: mention.kind,
        sense: mention.sense,
        role: mention.role,
        lat: None,
        lon: None,
        name: None,
        place_id: None,
        country_code: None,
        admin1: None,
        feature_class: None,
        feature_code: None,
        precision: None,
        radius_m: None,
        score: None,
        reasons: Vec::new(),
        candidates,
        status,
        decided_by,
        note,
        tags,
    };
    if let Some(chosen) = chosen {
        record.lat = Some(chosen.lat);
        record.lon = Some(chosen.lon);
        record.name = Some(chosen.name);
        record.place_id = Some(chosen.place_id);
        record.country_code = chosen.country_code;
        record.admin1 = chosen.admin1;
        record.feature_class = Some(chosen.feature_class);
        record.feature_code = Some(chosen.feature_code);
        record.precision = Some(chosen.precision);
        record.radius_m = Some(chosen.radius_m);
        record.score = Some(chosen.score);
        record.reasons = chosen.reasons;
    }
    record
}

fn candidate_record(candidate: &Candidate, kind: Kind) -> Option<CandidateRecord> {
    let place = &candidate.place;
    let (lat, lon) = rounded_point(place.lat, place.lon, kind)?;
    Some(CandidateRecord {
        lat,
        lon,
        name: place.name.clone(),
        place_id: place.id.clone(),
        country_code: known(&place.country_code),
        country: known(&place.country),
        admin1: known(&place.admin1),
        feature_class: place.feature_class.to_string(),
        feature_code: place.feature_code.clone(),
        population: Some(place.population).filter(|&population| population > 0),
        precision: place.precision,
        radius_m: rounded_metres(place.radius_m),
        bbox: place.bbox.and_then(bbox_record),
        score: rounded_score(candidate.score),
        reasons: candidate.reasons.clone(),
    })
}

fn bbox_record(bbox: Bbox) -> Option<[f64; 4]> {
    let (south, west) = rounded_point(bbox.south, bbox.west, Kind::Name)?;
    let (north, east) = rounded_point(bbox.north, bbox.east, Kind::Name)?;
    Some([west, south, east, north])
}

fn area_record(area: &Area, text: &str, index: &CharIndex) -> Option<AreaRecord> {
    let CharSpan { start, end } = index.chars(area.span);
    let (lat, lon) = rounded_point(area.lat, area.lon, Kind::Name)?;
    Some(AreaRecord {
        start,
        end,
        text: area.span.of(text).to_owned(),
        anchor: index.chars(area.anchor),
        lat,
        lon,
        radius_m: rounded_metres(area.radius_m),
    })
}

fn date_record(date: &DateMention, text: &str, index: &CharIndex) -> DateRecord {
    let CharSpan { start, end } = index.chars(date.span);
    let day = |number| Days::date(number).map(|day| day.to_string());
    DateRecord {
        start,
        end,
        text: date.span.of(text).to_owned(),
        kind: date.kind,
        value: date.edtf.clone(),
        first: date.days.and_then(|days| day(days.first)),
        last: date.days.and_then(|days| day(days.last)),
    }
}

fn event_record(geoparsed: &Geoparsed, event: &Event, index: &CharIndex) -> EventRecord {
    let text = geoparsed.article.text.as_str();
    let CharSpan { start, end } = index.chars(event.trigger);
    let places = event.places.iter().filter_map(|&place| geoparsed.mentions.get(place));
    let Settled { status, decided_by, note, tags } = Settled::of(event.decided.as_deref());
    EventRecord {
        start,
        end,
        text: event.trigger.of(text).to_owned(),
        kind: event.kind,
        subtype: event.subtype.clone(),
        polarity: event.polarity,
        background: event.background,
        locations: places.map(|mention| index.chars(mention.span)).collect(),
        date: geoparsed.edtf_of(event),
        date_span: geoparsed.date_of(event).map(|date| index.chars(date.span)),
        actors: event.actors.iter().map(|actor| actor_record(actor, text, index)).collect(),
        quote: index.chars(event.quote),
        score: rounded_score(event.score),
        status,
        decided_by,
        note,
        tags,
    }
}

fn actor_record(actor: &Actor, text: &str, index: &CharIndex) -> ActorRecord {
    let CharSpan { start, end } = index.chars(actor.span);
    ActorRecord {
        start,
        end,
        text: actor.span.of(text).to_owned(),
        part: actor.part,
        country_code: actor.country.clone(),
    }
}

fn problem_record(problem: &Problem) -> ProblemRecord {
    ProblemRecord { at: problem.place.clone(), reason: problem.reason.clone() }
}

/// Every record reopened, or the first reason why one cannot be.
fn each<R, T>(records: Vec<R>, reopen: impl FnMut(R) -> Result<T, String>) -> Result<Vec<T>, String> {
    records.into_iter().map(reopen).collect()
}

fn bytes(span: CharSpan, index: &CharIndex) -> Result<Span, String> {
    let outside = || format!("the span {} to {} does not lie in the text", span.start, span.end);
    index.bytes(span).ok_or_else(outside)
}

fn date(text: &str) -> Result<PartialDate, String> {
    text.parse().map_err(|error: crate::model::DateError| error.to_string())
}

fn evidence(record: EvidenceRecord, index: &CharIndex) -> Result<DateEvidence, String> {
    let span = || {
        let span = record.span.ok_or_else(|| format!("the date's evidence “{}” has no span", record.kind))?;
        bytes(span, index)
    };
    match record.kind.as_str() {
        "metadata" => Ok(DateEvidence::Metadata),
        "set" => Ok(DateEvidence::Set),
        "printed" => span().map(DateEvidence::Printed),
        "dateline" => span().map(DateEvidence::Dateline),
        "text" => span().map(DateEvidence::Text),
        other => Err(format!("“{other}” is no evidence of a date")),
    }
}

fn dateline(record: DatelineRecord, index: &CharIndex) -> Result<Dateline, String> {
    Ok(Dateline {
        span: bytes(CharSpan { start: record.start, end: record.end }, index)?,
        place: bytes(record.place, index)?,
        date: record.date.as_deref().map(date).transpose()?,
        agency: record.agency,
    })
}

fn focus(record: FocusRecord) -> Focus {
    let shares = |records: Vec<ShareRecord>| {
        records.into_iter().map(|record| (record.place_id, record.name, record.share as f32)).collect()
    };
    Focus {
        countries: shares(record.countries),
        divisions: shares(record.divisions),
        places: shares(record.places),
    }
}

fn mention(record: ToponymRecord, index: &CharIndex) -> Result<Mention, String> {
    let span = bytes(CharSpan { start: record.start, end: record.end }, index)?;
    let candidates = each(record.candidates, candidate)?;
    let ToponymRecord { status, decided_by, note, tags, .. } = record;
    // What was rejected has no place in the file, and its first candidate's where somebody takes it back.
    let resolved = record.lat.is_some() || status == How::Rejected;
    Ok(Mention {
        span,
        kind: record.kind,
        sense: record.sense,
        role: record.role,
        resolved: resolved && !candidates.is_empty(),
        candidates,
        decided: Settled { status, decided_by, note, tags }.decided(),
    })
}

fn candidate(record: CandidateRecord) -> Result<Candidate, String> {
    on_earth(record.lat, record.lon)?;
    let place = Place {
        id: record.place_id,
        name: record.name,
        lat: record.lat,
        lon: record.lon,
        country_code: record.country_code.unwrap_or_default(),
        country: record.country.unwrap_or_default(),
        admin1: record.admin1.unwrap_or_default(),
        feature_class: record.feature_class.chars().next().unwrap_or(' '),
        feature_code: record.feature_code,
        population: record.population.unwrap_or(0),
        precision: record.precision,
        radius_m: record.radius_m as f64,
        bbox: record.bbox.map(|[west, south, east, north]| Bbox { west, south, east, north }),
    };
    let score = record.score.clamp(0.0, 1.0) as f32;
    Ok(Candidate { place: Arc::new(place), score, reasons: record.reasons })
}

fn on_earth(lat: f64, lon: f64) -> Result<(), String> {
    match rounded_point(lat, lon, Kind::Coordinate) {
        Some(_) => Ok(()),
        None => Err(format!("latitude {lat}, longitude {lon} is no point on Earth")),
    }
}

fn area(record: AreaRecord, index: &CharIndex) -> Result<Area, String> {
    on_earth(record.lat, record.lon)?;
    Ok(Area {
        span: bytes(CharSpan { start: record.start, end: record.end }, index)?,
        anchor: bytes(record.anchor, index)?,
        lat: record.lat,
        lon: record.lon,
        radius_m: record.radius_m as f64,
    })
}

fn date_mention(record: DateRecord, index: &CharIndex) -> Result<DateMention, String> {
    let day = |text: &str| match text.parse::<jiff::civil::Date>() {
        Ok(day) => Ok(Days::number(day)),
        Err(_) => Err(format!("“{text}” is not a day like 2016-10-17")),
    };
    let first = record.first.as_deref().map(day).transpose()?;
    let last = record.last.as_deref().map(day).transpose()?;
    Ok(DateMention {
        span: bytes(CharSpan { start: record.start, end: record.end }, index)?,
        kind: record.kind,
        edtf: record.value,
        days: first.zip(last).map(|(first, last)| Days { first, last: last.max(first) }),
    })
}

/// What the events of an article refer to.
struct Found<'a> {
    mentions: &'a [Mention],
    dates: &'a [DateMention],
    /// The article's own day.
    day: Option<PartialDate>,
    index: &'a CharIndex,
}

fn event(record: EventRecord, found: &Found<'_>) -> Result<Event, String> {
    let here = |span| bytes(span, found.index);
    let EventRecord { status, decided_by, note, tags, .. } = record;
    let place = |span: CharSpan| {
        let span = here(span)?;
        let number = found.mentions.iter().position(|mention| mention.span == span);
        number.ok_or_else(|| "an event lies at a toponym that is not listed".to_owned())
    };
    let when = match record.date_span {
        Some(span) => {
            let span = here(span)?;
            let number = found.dates.iter().position(|date| date.span == span);
            When::Date(number.ok_or("an event has a date that is not listed")?)
        }
        None => match record.date.as_deref() {
            // Only an article's own day says when without words of the text, or a person.
            Some(text) => match date(text)? {
                date if found.day == Some(date) => When::Published,
                date => When::Set(date),
            },
            None => When::Unknown,
        },
    };
    Ok(Event {
        trigger: here(CharSpan { start: record.start, end: record.end })?,
        kind: record.kind,
        subtype: record.subtype,
        polarity: record.polarity,
        background: record.background,
        places: each(record.locations, place)?,
        when,
        actors: each(record.actors, |record| actor(record, found.index))?,
        quote: here(record.quote)?,
        score: record.score.clamp(0.0, 1.0) as f32,
        decided: Settled { status, decided_by, note, tags }.decided(),
    })
}

fn actor(record: ActorRecord, index: &CharIndex) -> Result<Actor, String> {
    let span = bytes(CharSpan { start: record.start, end: record.end }, index)?;
    Ok(Actor { span, part: record.part, country: record.country_code })
}
