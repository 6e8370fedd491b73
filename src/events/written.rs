//! Articles for tests, written with their places, dates and events: `[On Friday=2017-05-26] <Russian=RU> jets
//! {bombed} <Idlib@SY>`. A place is `=` a people, `~` a government, `@` the place itself; an event may have a type
//! and a polarity (`{meet:consult:planned}`) and is an assault that happened otherwise; a date may be a duration.

use std::sync::Arc;

use crate::geoparse::tokens::Text;
use crate::model::{
    Article, Candidate, DateKind, DateMention, Days, Event, EventType, Geoparsed, Kind, Mention, PartialDate,
    Place, Polarity, Precision, Role, Sense, Span, When,
};

/// An article with its marks read, without when and who.
pub(super) fn written(marked: &str, day: &str) -> (Geoparsed, Vec<Event>) {
    let mut geoparsed = Geoparsed { article: Article::from_text("a", ""), ..Geoparsed::default() };
    geoparsed.article.date = day.parse().ok();
    let mut marks: Vec<(Span, String)> = Vec::new();
    let mut text = String::new();
    let mut rest = marked;
    while let Some(at) = rest.find(['{', '[', '<']) {
        text.push_str(&rest[..at]);
        let close = at + rest[at..].find(['}', ']', '>']).unwrap();
        let inside = &rest[at + 1..close];
        let words = inside.find(['=', '~', '@', ':']).unwrap_or(inside.len());
        let span = Span::new(text.len(), text.len() + words);
        text.push_str(&inside[..words]);
        let said = inside[words..].to_owned();
        match &rest[at..=at] {
            "[" => geoparsed.dates.push(date(span, &said[1..], geoparsed.article.day())),
            "<" => geoparsed.mentions.push(mention(span, &said)),
            _ => marks.push((span, said)),
        }
        rest = &rest[close + 1..];
    }
    text.push_str(rest);
    geoparsed.article.text = text;
    let tokens = Text::new(&geoparsed.article.text, &[]);
    let events = marks.iter().map(|(span, said)| event(&tokens, &geoparsed, *span, said)).collect();
    (geoparsed, events)
}

fn event(text: &Text<'_>, geoparsed: &Geoparsed, trigger: Span, said: &str) -> Event {
    let mut words = said.split(':').skip(1);
    let kind = words.next().filter(|word| !word.is_empty());
    let polarity = words.next();
    let sentence = text.tokens[text.token_at(trigger.start)].sentence;
    let inside: Vec<Span> =
        text.tokens.iter().filter(|token| token.sentence == sentence).map(|token| token.span).collect();
    let quote = Span::new(inside[0].start, inside[inside.len() - 1].end);
    let here = |mention: &Mention| mention.sense == Sense::Literal && quote.overlaps(mention.span);
    Event {
        trigger,
        kind: EventType::ALL.into_iter().find(|of| Some(of.as_str()) == kind).unwrap_or(EventType::Assault),
        subtype: None,
        polarity: Polarity::ALL.into_iter().find(|of| Some(of.as_str()) == polarity).unwrap_or_default(),
        background: false,
        places: geoparsed.mentions.iter().position(here).into_iter().collect(),
        when: When::Unknown,
        actors: Vec::new(),
        quote,
        score: 1.0,
        decided: None,
    }
}

fn date(span: Span, edtf: &str, today: Option<PartialDate>) -> DateMention {
    let part = |text: &str| text.parse::<PartialDate>().ok().and_then(Days::of);
    let today = today.and_then(Days::of);
    let (kind, days) = match edtf.split_once('/') {
        Some((from, "..")) => (
            DateKind::Range,
            part(from)
                .map(|from| Days { first: from.first, last: today.map_or(from.last, |today| today.last) }),
        ),
        Some((from, to)) => (
            DateKind::Range,
            part(from).zip(part(to)).map(|(from, to)| Days { first: from.first, last: to.last }),
        ),
        None if edtf.starts_with('P') => (DateKind::Duration, None),
        None => (DateKind::Date, part(edtf)),
    };
    DateMention { span, kind, edtf: edtf.to_owned(), days }
}

fn mention(span: Span, said: &str) -> Mention {
    let (kind, sense) = match &said[..1] {
        "=" => (Kind::Demonym, Sense::Associative),
        "~" => (Kind::Name, Sense::Associative),
        _ => (Kind::Name, Sense::Literal),
    };
    let place = Place {
        id: format!("test:{}", &said[1..]),
        name: String::new(),
        lat: 0.0,
        lon: 0.0,
        country_code: said[1..].to_owned(),
        country: String::new(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: String::new(),
        population: 0,
        precision: Precision::Settlement,
        radius_m: 0.0,
        bbox: None,
    };
    let candidates = vec![Candidate { place: Arc::new(place), score: 1.0, reasons: Vec::new() }];
    Mention { span, kind, sense, role: Role::Mention, candidates, resolved: true, decided: None }
}
