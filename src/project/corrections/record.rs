//! The shape of a file of corrections. `assets/schema/corrections.schema.json` freezes it.
//! Offsets are code points here; identifiers of edits are 16 hexadecimal digits.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::CorrectionsError;
use crate::model::{EventType, Kind, Polarity, Precision, Sense};
use crate::project::edit::Field;

/// A file of corrections: every value that holds in a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Corrections {
    /// What it is: `dateline corrections`.
    pub format: String,
    /// The version of its form.
    pub version: u32,
    /// What wrote it: `dateline 0.1.0`.
    pub program: String,
    /// The project that it came from.
    #[serde(default)]
    pub project: String,
    /// The edits that put the values, in the order in which they were made.
    #[serde(default)]
    pub edits: Vec<EditRecord>,
    /// Every other edit that was made there: by them it is known what is newer than what.
    #[serde(default)]
    pub past: Vec<String>,
    /// Edits of which something is left out here: what of them is missing was not let go of.
    #[serde(default)]
    pub in_part: Vec<String>,
    /// The places that values name.
    #[serde(default)]
    pub places: BTreeMap<String, PlaceRecord>,
    /// What is said of articles, their mentions and events.
    #[serde(default)]
    pub articles: Vec<ArticleValues>,
    /// What is said of places.
    #[serde(default)]
    pub of_places: Vec<PlaceValues>,
    /// What is said of names in all articles.
    #[serde(default)]
    pub of_names: Vec<NameValues>,
    /// What is said of the collection.
    #[serde(default)]
    pub of_collection: Vec<Said>,
}

/// An edit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EditRecord {
    /// 16 hexadecimal digits.
    pub id: String,
    /// When: `2024-05-17T09:30:00Z`.
    pub at: String,
    /// Who.
    pub who: String,
    /// Why, where they said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// What it is called.
    pub title: String,
}

/// A place, whole.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceRecord {
    /// [`Place::id`](crate::model::Place::id).
    pub id: String,
    /// The name to show.
    pub name: String,
    /// Latitude, WGS 84 degrees.
    pub lat: f64,
    /// Longitude, WGS 84 degrees.
    pub lon: f64,
    /// ISO 3166-1 alpha-2; empty for what lies in no one country.
    #[serde(default)]
    pub country_code: String,
    /// Name of the country.
    #[serde(default)]
    pub country: String,
    /// Name of the first-level division.
    #[serde(default)]
    pub admin1: String,
    /// GeoNames feature class.
    pub feature_class: char,
    /// GeoNames feature code.
    #[serde(default)]
    pub feature_code: String,
    /// Inhabitants; 0 where unknown.
    #[serde(default)]
    pub population: u64,
    /// How exactly it says where.
    pub precision: Precision,
    /// Metres.
    pub radius_m: f64,
    /// West, south, east, north; degrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bbox: Option<[f64; 4]>,
}

/// What is said of one article.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ArticleValues {
    /// What it is called in its collection, for people.
    pub id: String,
    /// Its number there, to look first.
    pub number: u32,
    /// XXH3 of its text, 32 hexadecimal digits: what it is known by.
    pub content: String,
    /// Of the article itself.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<Said>,
    /// Of mentions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<WordsValues>,
    /// Of events.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub events: Vec<WordsValues>,
}

/// Words of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// First code point.
    pub start: usize,
    /// One past the last code point.
    pub end: usize,
    /// The words themselves, which must stand there.
    pub text: String,
}

/// What is said of a mention or an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct WordsValues {
    /// The words that it is known by.
    #[serde(flatten)]
    pub words: Words,
    /// What is said.
    pub values: Vec<Said>,
}

/// What is said of a place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlaceValues {
    /// Its identifier.
    pub id: String,
    /// What is said.
    pub values: Vec<Said>,
}

/// What is said of a name in all articles.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NameValues {
    /// The name, folded.
    pub name: String,
    /// What is said.
    pub values: Vec<Said>,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// What of it.
    pub field: Field,
    /// What is said.
    pub value: ValueRecord,
    /// The edit that put it.
    pub edit: String,
}

/// What is said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ValueRecord {
    /// The program is right: a key of [`Corrections::places`].
    Confirmed(String),
    /// A key of [`Corrections::places`].
    Place(String),
    /// It is none.
    Rejected,
    /// It is so.
    Yes,
    /// Other words.
    Words(Words),
    /// What sort of words.
    Kind(Kind),
    /// Literal or associative.
    Sense(Sense),
    /// What sort of event.
    Type(EventType),
    /// Whether it happened.
    Polarity(Polarity),
    /// Mentions, by the words that they are known by.
    Scene(Vec<Words>),
    /// EDTF; null: none.
    Date(Option<String>),
    /// A text.
    Text(String),
    /// Sorted.
    Tags(Vec<String>),
}

/// What comes first in a file, whatever its version.
#[derive(Deserialize)]
struct Front {
    format: String,
    version: u32,
}

impl Corrections {
    /// Reads a file.
    ///
    /// # Errors
    ///
    /// Where it is none, is damaged, or was made by a later version.
    pub fn from_json(bytes: &[u8]) -> Result<Corrections, CorrectionsError> {
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let front: Front = match serde_json::from_slice(bytes) {
            Ok(front) => front,
            Err(error) if error.is_data() => return Err(CorrectionsError::Foreign),
            Err(error) => return Err(CorrectionsError::Damaged(error.to_string())),
        };
        if front.format != super::FORMAT {
            return Err(CorrectionsError::Foreign);
        }
        if front.version > super::VERSION {
            return Err(CorrectionsError::Newer(front.version));
        }
        serde_json::from_slice(bytes).map_err(|error| CorrectionsError::Damaged(error.to_string()))
    }

    /// The file, in lines that people can read.
    pub fn to_json(&self) -> String {
        // Plain data into memory: there is nothing that could be refused.
        let mut json = serde_json::to_string_pretty(self).unwrap_or_default();
        json.push('\n');
        json
    }

    /// How many values it holds.
    pub fn len(&self) -> usize {
        let of_words = |all: &[WordsValues]| all.iter().map(|one| one.values.len()).sum::<usize>();
        let articles = self
            .articles
            .iter()
            .map(|one| one.values.len() + of_words(&one.mentions) + of_words(&one.events));
        let places = self.of_places.iter().map(|one| one.values.len());
        let names = self.of_names.iter().map(|one| one.values.len());
        articles.chain(places).chain(names).sum::<usize>() + self.of_collection.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
