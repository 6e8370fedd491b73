//! What is kept of a report to tell which others tell the same event: a hundred bytes, whatever its sentence.
//! Words and actors are hashes, so nothing can be shown from a report; it only points back to its article.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use super::toll::Toll;
use crate::geoparse::tokens::{Form, Text};
use crate::geoparse::words::{CALENDAR, FUNCTION_WORDS, TITLES};
use crate::model::{Days, Event, EventType, Geoparsed, Part, Place, Polarity, Precision, Span, When};

/// How many words and actors of a report are kept.
const WORDS: usize = 14;
const ACTORS: usize = 4;
/// How much of a word is compared: "bombed", "bombing" and "bombs" begin alike.
const STEM: usize = 5;

/// Where a report says that it happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scene {
    /// The same for the same place: a hash of its identifier.
    pub key: u64,
    /// Latitude, degrees.
    pub lat: f32,
    /// Longitude, degrees.
    pub lon: f32,
    /// Radius of a circle that covers most of the place, kilometres.
    pub radius_km: f32,
    /// ISO 3166-1 alpha-2; two spaces for what lies in no one country.
    pub country: [u8; 2],
    /// How exactly it says where.
    pub precision: Precision,
}

/// What one article says once of one event. Written down, it is of no article and of no place: both are known
/// already where it is read again.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The article's number in its collection.
    #[serde(skip)]
    pub article: u32,
    /// What sort of event.
    pub kind: EventType,
    /// Whether it is said to have happened.
    pub polarity: Polarity,
    /// Whether it is told to explain the news.
    pub background: bool,
    /// Whether the text gives the date, and not the article's own day stands for it.
    pub dated: bool,
    /// Where.
    #[serde(skip)]
    pub scene: Option<Scene>,
    /// When.
    pub days: Option<Days>,
    /// How many died and were hurt, as the sentence says.
    pub toll: Toll,
    /// A hash of who did it: of the country, or else of the name; 0 where the text does not say.
    pub doer: u32,
    /// Hashes of names and countries of who took part, sorted; 0 is none.
    pub(super) actors: [u32; ACTORS],
    /// Hashes of the sentence's words, sorted; 0 is none.
    pub(super) words: [u16; WORDS],
}

/// What a sentence gives to every event that it tells.
#[derive(Clone, Copy)]
struct Sentence {
    words: [u16; WORDS],
    toll: Toll,
}

/// The reports of an article, one for each of its events, in the same order. `article` is its number.
pub fn reports(geoparsed: &Geoparsed, article: u32) -> Vec<Report> {
    let mut sentences: HashMap<(Span, Option<Span>), Sentence> = HashMap::new();
    geoparsed
        .events
        .iter()
        .map(|event| {
            let place = geoparsed.scene_of(event).map(|mention| mention.span);
            let sentence = *sentences
                .entry((event.quote, place))
                .or_insert_with(|| Sentence::read(&geoparsed.article.text, event.quote, place));
            let (doer, actors) = actors(geoparsed, event);
            Report {
                article,
                kind: event.kind,
                polarity: event.polarity,
                background: event.background,
                dated: matches!(event.when, When::Date(_)),
                scene: geoparsed
                    .scene_of(event)
                    .and_then(|mention| mention.place())
                    .map(|place| scene(place)),
                days: geoparsed.days_of(event),
                toll: sentence.toll,
                doer,
                actors,
                words: sentence.words,
            }
        })
        .collect()
}

impl Report {
    /// Puts it at another place, or at none.
    pub fn happen_at(&mut self, place: Option<&Place>) {
        self.scene = place.map(scene);
    }
}

impl Sentence {
    /// Reads a quote. The name of the place where it happened is no word of it: that places agree is weighed apart.
    fn read(article: &str, quote: Span, place: Option<Span>) -> Self {
        let text = Text::new(quote.of(article), &[]);
        let told = |i: &usize| {
            let token = &text.tokens[*i];
            let span = Span::new(token.span.start + quote.start, token.span.end + quote.start);
            token.is_word()
                && place.is_none_or(|place| !place.overlaps(span))
                && token.folded.len() > 2
                && !FUNCTION_WORDS.has(&token.folded)
                && !CALENDAR.has(&token.folded)
        };
        let mut hashes: Vec<u16> =
            (0..text.tokens.len()).filter(told).map(|i| word(text.folded(i))).collect();
        hashes.sort_unstable();
        hashes.dedup();
        // The smallest hashes are the same sample of the same words in every sentence.
        hashes.truncate(WORDS);
        let mut words = [0; WORDS];
        words[..hashes.len()].copy_from_slice(&hashes);
        words.sort_unstable();
        Self { words, toll: Toll::read(&text) }
    }
}

fn word(folded: &str) -> u16 {
    let end = folded.char_indices().nth(STEM).map_or(folded.len(), |(at, _)| at);
    ((xxh3_64(&folded.as_bytes()[..end]) & 0xffff) as u16).max(1)
}

fn scene(place: &Place) -> Scene {
    let code = place.country_code.as_bytes();
    Scene {
        key: xxh3_64(place.id.as_bytes()),
        lat: place.lat as f32,
        lon: place.lon as f32,
        radius_km: (place.radius_m / 1000.0) as f32,
        country: [code.first().copied().unwrap_or(b' '), code.get(1).copied().unwrap_or(b' ')],
        precision: place.precision,
    }
}

/// Who did it, and the last names and the countries of who took part: "Egyptian President Sisi" is Egypt and Sisi.
fn actors(geoparsed: &Geoparsed, event: &Event) -> (u32, [u32; ACTORS]) {
    let mut hashes = Vec::new();
    let mut doer = None;
    for actor in &event.actors {
        let text = Text::new(actor.span.of(&geoparsed.article.text), &[]);
        let name = |i: &usize| text.tokens[*i].is_capital() && !TITLES.has(text.folded(*i));
        let word = |i: &usize| text.tokens[*i].is_word() && text.tokens[*i].form != Form::Possessive;
        let head = (0..text.tokens.len()).rfind(name).or_else(|| (0..text.tokens.len()).rfind(word));
        let head = head.map(|i| hash(text.folded(i)));
        let country = actor.country.as_deref().map(hash);
        if actor.part == Part::Source {
            doer = doer.or(country).or(head);
        }
        hashes.extend(head.into_iter().chain(country));
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(ACTORS);
    let mut actors = [0; ACTORS];
    actors[..hashes.len()].copy_from_slice(&hashes);
    actors.sort_unstable();
    (doer.unwrap_or(0), actors)
}

fn hash(name: &str) -> u32 {
    ((xxh3_64(name.as_bytes()) >> 32) as u32).max(1)
}
