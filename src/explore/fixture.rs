//! Small articles for the tests of this room: mentions are written in brackets.

use std::sync::Arc;

use crate::model::{
    Article, Candidate, Days, Decided, Event, EventType, Geoparsed, How, Kind, Mention, PartialDate, Place,
    Polarity, Precision, Role, Sense, Span, When,
};

/// The days from one date, year, month and day, to another.
pub fn days(from: (i16, u8, u8), to: (i16, u8, u8)) -> Days {
    let number = |(year, month, day)| Days::of(PartialDate::ymd(year, month, day)).unwrap().first;
    Days { first: number(from), last: number(to) }
}

/// A town.
pub fn place(id: &str, name: &str, country_code: &str, lat: f64, lon: f64) -> Arc<Place> {
    Arc::new(Place {
        id: id.to_owned(),
        name: name.to_owned(),
        lat,
        lon,
        country_code: country_code.to_owned(),
        country: country_code.to_owned(),
        admin1: String::new(),
        feature_class: 'P',
        feature_code: "PPL".to_owned(),
        population: 1000,
        precision: Precision::Settlement,
        radius_m: 5000.0,
        bbox: None,
    })
}

/// An article whose bracketed words mention the places, in order.
pub fn story(id: &str, marked: &str, places: &[&Arc<Place>]) -> Geoparsed {
    let mut text = String::new();
    let mut mentions = Vec::new();
    let mut start = 0;
    for c in marked.chars() {
        match c {
            '[' => start = text.len(),
            ']' => {
                let candidates = places.get(mentions.len()).map(|&place| Candidate {
                    place: Arc::clone(place),
                    score: 0.9,
                    reasons: vec!["The only place of this name".to_owned()],
                });
                mentions.push(Mention {
                    span: Span::new(start, text.len()),
                    kind: Kind::Name,
                    sense: Sense::Literal,
                    role: Role::Mention,
                    resolved: candidates.is_some(),
                    candidates: candidates.into_iter().collect(),
                    decided: None,
                });
            }
            c => text.push(c),
        }
    }
    Geoparsed { article: Article::from_text(id, text), mentions, ..Geoparsed::default() }
}

/// Settles a mention as somebody would: what is corrected is this place.
pub fn settled(mention: &mut Mention, how: How, place: &Arc<Place>) {
    mention.decided = (how != How::Auto).then(|| Box::new(Decided { how, ..Decided::default() }));
    if how == How::Corrected {
        mention.resolved = true;
        mention.candidates = vec![Candidate {
            place: Arc::clone(place),
            score: 1.0,
            reasons: vec!["Chosen by hand".to_owned()],
        }];
    }
}

/// A report of an event at some of an article's mentions, on the article's own day.
pub fn event(kind: EventType, places: &[usize]) -> Event {
    Event {
        trigger: Span::new(0, 0),
        kind,
        subtype: None,
        polarity: Polarity::Happened,
        background: false,
        places: places.to_vec(),
        when: When::Published,
        actors: Vec::new(),
        quote: Span::new(0, 0),
        score: 0.8,
        decided: None,
    }
}

/// A story with events.
pub fn report(id: &str, marked: &str, places: &[&Arc<Place>], events: Vec<Event>) -> Geoparsed {
    Geoparsed { events, ..story(id, marked, places) }
}
