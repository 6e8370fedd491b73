//! One article of Dateline's JSON Lines: what is written, and what opens again.
//! Offsets are code points here and numbers are rounded to what they mean, so a record that is read
//! and written again is the same to the byte. `assets/schema/dateline.schema.json` freezes it.

mod convert;
mod rounding;
mod settled;

use serde::{Deserialize, Serialize};

use super::{CharSpan, DateKind, EventType, How, Kind, Part, Polarity, Precision, Role, Sense};
pub(crate) use rounding::{known, rounded_metres, rounded_point, rounded_score};
pub(crate) use settled::Settled;

/// An article with its toponyms, as one line of JSON.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleRecord {
    /// [`Article::id`](super::Article::id).
    pub id: String,
    /// [`Article::title`](super::Article::title).
    pub title: Option<String>,
    /// [`Article::date`](super::Article::date) as EDTF: `2016-10-17`, `2004-09`, `XXXX-10-31`.
    pub date: Option<String>,
    /// [`Article::date_evidence`](super::Article::date_evidence); older lines lack it.
    #[serde(default)]
    pub date_evidence: Option<EvidenceRecord>,
    /// [`Article::source`](super::Article::source).
    pub source: Option<String>,
    /// [`Article::url`](super::Article::url).
    pub url: Option<String>,
    /// [`Article::language`](super::Article::language), BCP 47.
    pub language: Option<String>,
    /// [`Article::dateline`](super::Article::dateline).
    pub dateline: Option<DatelineRecord>,
    /// [`Geoparsed::focus`](super::Geoparsed::focus).
    pub focus: FocusRecord,
    /// [`Geoparsed::mentions`](super::Geoparsed::mentions), in text order.
    pub toponyms: Vec<ToponymRecord>,
    /// [`Geoparsed::areas`](super::Geoparsed::areas).
    pub areas: Vec<AreaRecord>,
    /// [`Geoparsed::dates`](super::Geoparsed::dates), in text order.
    pub dates: Vec<DateRecord>,
    /// [`Geoparsed::events`](super::Geoparsed::events), in text order.
    pub events: Vec<EventRecord>,
    /// [`Geoparsed::problems`](super::Geoparsed::problems).
    pub problems: Vec<ProblemRecord>,
    /// [`Article::text`](super::Article::text), where it was asked for: with it the line opens without geoparsing anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// [`Article::title_span`](super::Article::title_span); only beside `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title_span: Option<CharSpan>,
    /// [`Article::boilerplate`](super::Article::boilerplate); only beside `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub boilerplate: Option<Vec<CharSpan>>,
}

/// What the date was taken from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EvidenceRecord {
    /// `metadata`, `printed`, `dateline`, `text` or `set`.
    pub kind: String,
    /// The words that give it, code points; null for `metadata` and `set`.
    pub span: Option<CharSpan>,
}

/// The dateline as printed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DatelineRecord {
    /// First code point of [`Dateline::span`](super::Dateline::span).
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// The place's name within it.
    pub place: CharSpan,
    /// The date printed in it, EDTF.
    pub date: Option<String>,
    /// The agency printed in it.
    pub agency: Option<String>,
}

/// What the article is about.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FocusRecord {
    /// Countries, best first.
    pub countries: Vec<ShareRecord>,
    /// First-level divisions, best first.
    pub divisions: Vec<ShareRecord>,
    /// Towns and other small places, best first.
    pub places: Vec<ShareRecord>,
}

/// A place's share of an article's attention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShareRecord {
    /// [`Place::id`](super::Place::id).
    pub place_id: String,
    /// [`Place::name`](super::Place::name).
    pub name: String,
    /// 0 to 1.
    pub share: f64,
}

/// A mention. What is known of its place is null where it was not resolved.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ToponymRecord {
    /// First code point of the mention in the article's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// What sort of words.
    pub kind: Kind,
    /// Literal or associative.
    pub sense: Sense,
    /// What it does in the article.
    pub role: Role,
    /// Latitude, WGS 84 degrees; null where unresolved.
    pub lat: Option<f64>,
    /// Longitude, WGS 84 degrees; null where unresolved.
    pub lon: Option<f64>,
    /// [`Place::name`](super::Place::name).
    pub name: Option<String>,
    /// [`Place::id`](super::Place::id).
    pub place_id: Option<String>,
    /// ISO 3166-1 alpha-2; null for what lies in no one country.
    pub country_code: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// GeoNames feature class.
    pub feature_class: Option<String>,
    /// GeoNames feature code.
    pub feature_code: Option<String>,
    /// How exactly the place says where.
    pub precision: Option<Precision>,
    /// Metres.
    pub radius_m: Option<u64>,
    /// 0 to 1.
    pub score: Option<f64>,
    /// Why this place, strongest reason first; empty where unresolved.
    pub reasons: Vec<String>,
    /// The best places it may stand for, at most five, best first.
    pub candidates: Vec<CandidateRecord>,
    /// [`Mention::how`](super::Mention::how); older lines lack this and what follows.
    #[serde(default)]
    pub status: How,
    /// Who settled it: a person, or the program with its version; null where that is not known.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// What a person noted.
    #[serde(default)]
    pub note: Option<String>,
    /// A person's tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A place that a mention may stand for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CandidateRecord {
    /// Latitude, WGS 84 degrees.
    pub lat: f64,
    /// Longitude, WGS 84 degrees.
    pub lon: f64,
    /// [`Place::name`](super::Place::name).
    pub name: String,
    /// [`Place::id`](super::Place::id).
    pub place_id: String,
    /// ISO 3166-1 alpha-2; null for what lies in no one country.
    pub country_code: Option<String>,
    /// Name of the country.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// GeoNames feature class.
    pub feature_class: String,
    /// GeoNames feature code.
    pub feature_code: String,
    /// Inhabitants; null where unknown.
    pub population: Option<u64>,
    /// How exactly the place says where.
    pub precision: Precision,
    /// Metres.
    pub radius_m: u64,
    /// West, south, east, north in degrees; null where unknown.
    pub bbox: Option<[f64; 4]>,
    /// 0 to 1.
    pub score: f64,
    /// Why, strongest first.
    pub reasons: Vec<String>,
}

/// An area described relative to a mention.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AreaRecord {
    /// First code point of the phrase.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The phrase.
    pub text: String,
    /// The toponym that it is relative to.
    pub anchor: CharSpan,
    /// Latitude of the centre, degrees.
    pub lat: f64,
    /// Longitude of the centre, degrees.
    pub lon: f64,
    /// Metres.
    pub radius_m: u64,
}

/// Words that say when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateRecord {
    /// First code point of the words in the article's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words.
    pub text: String,
    /// What sort of time.
    pub kind: DateKind,
    /// [`DateMention::edtf`](super::DateMention::edtf).
    pub value: String,
    /// First day that it may mean, ISO 8601; null where no day is known.
    pub first: Option<String>,
    /// Last day that it may mean.
    pub last: Option<String>,
}

/// One report of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventRecord {
    /// First code point of the trigger in the article's text.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The trigger's words.
    pub text: String,
    /// What sort of event: PLOVER's types, `accident`, `disaster`.
    #[serde(rename = "type")]
    pub kind: EventType,
    /// More closely, where the words tell it.
    pub subtype: Option<String>,
    /// Whether the text says that it happened.
    pub polarity: Polarity,
    /// Whether it explains the news and is none.
    pub background: bool,
    /// The toponyms where it happened, the main one first.
    pub locations: Vec<CharSpan>,
    /// When, EDTF; null where the text does not say.
    pub date: Option<String>,
    /// The words of the text that say when; null where the day is the article's.
    pub date_span: Option<CharSpan>,
    /// Who takes part in it.
    pub actors: Vec<ActorRecord>,
    /// The sentence that tells it.
    pub quote: CharSpan,
    /// 0 to 1.
    pub score: f64,
    /// [`Event::how`](super::Event::how); older lines lack this and what follows.
    #[serde(default)]
    pub status: How,
    /// Who settled it: a person, or the program with its version; null where that is not known.
    #[serde(default)]
    pub decided_by: Option<String>,
    /// What a person noted.
    #[serde(default)]
    pub note: Option<String>,
    /// A person's tags.
    #[serde(default)]
    pub tags: Vec<String>,
}

/// Who takes part in an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActorRecord {
    /// First code point of the phrase.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The phrase.
    pub text: String,
    /// What they do in it.
    pub part: Part,
    /// ISO 3166-1 alpha-2; null where the phrase names no country.
    pub country_code: Option<String>,
}

/// What could not be worked out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProblemRecord {
    /// [`Problem::place`](super::Problem::place): the file or article concerned.
    pub at: String,
    /// What went wrong.
    pub reason: String,
}
