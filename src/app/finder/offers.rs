//! What the place search offers for the words typed so far.
//! Names that begin so are looked up with every letter; looser matches, which take longer, only where there
//! are none and somebody waits for them.

use crate::explore::Collection;
use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, Row, fold};
use crate::geoparse;
use crate::model::Place;

/// Places that are offered at once.
pub const SHOWN: usize = 8;
/// Places that are asked for, so that those of the articles can be preferred among them.
const ASKED: usize = 32;

/// A place that can be gone to.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The place.
    pub place: Place,
    /// What it lies in: "Maine, United States". Empty for what lies in nothing.
    pub within: String,
    /// By which name it was found, where that is not the one shown: "as “Bombay”".
    pub by: Option<String>,
    /// How many open articles mention it.
    pub articles: usize,
}

/// How far a search goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Names that begin so.
    Beginning,
    /// Where no name begins so: other spellings, and whatever else the gazetteer takes for the name.
    Alike,
}

/// The places for these words, those of the articles first, then the best known by such a name.
pub fn offers(gazetteer: &Gazetteer, collection: &Collection, words: &str, reach: Reach) -> Vec<Offer> {
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    if let Some(place) = geoparse::point(words, gazetteer) {
        let within = place.country.clone();
        return vec![Offer { place, within, by: None, articles: 0 }];
    }
    let mut hits = gazetteer.prefix(words, ASKED);
    if hits.is_empty() && reach == Reach::Alike {
        hits = gazetteer.lookup(words);
    }
    let called: Vec<Row> = gazetteer.named(words).iter().map(|hit| hit.row).collect();
    let mut offers: Vec<Offer> = hits
        .iter()
        .filter_map(|hit| {
            let place = gazetteer.place(hit.row)?;
            let whole = called.contains(&hit.row);
            let by = by(hit, &place, words, whole);
            let articles = mentioning(collection, &place.id);
            Some(Offer { within: within(&place), by, articles, place })
        })
        .collect();
    // Stable: among equals the gazetteer's order stands.
    offers.sort_by_key(|offer| offer.articles == 0);
    offers.truncate(SHOWN);
    tell_apart(&mut offers);
    offers
}

/// How many articles mention the place with this identifier.
fn mentioning(collection: &Collection, id: &str) -> usize {
    collection.place_key(id).map_or(0, |key| collection.articles_of(key) as usize)
}

/// What the place's label says after its name.
fn within(place: &Place) -> String {
    let label = place.label();
    label.strip_prefix(&place.name).map_or("", |rest| rest.trim_start_matches(", ")).to_owned()
}

/// Two lines that read the same get their divisions: the Springfields of one country.
fn tell_apart(offers: &mut [Offer]) {
    let names: Vec<String> = offers.iter().map(|offer| offer.place.label()).collect();
    for (number, offer) in offers.iter_mut().enumerate() {
        let Place { name, admin1, country, .. } = &offer.place;
        let twice = names.iter().filter(|label| **label == names[number]).count() > 1;
        if twice && !admin1.is_empty() && admin1 != name {
            let parts = [admin1.as_str(), country.as_str()];
            let parts = parts.into_iter().filter(|part| !part.is_empty());
            offer.within = parts.collect::<Vec<_>>().join(", ");
        }
    }
}

/// By which name a hit was found. The gazetteer does not hand out the name itself: where the words are
/// all of it they are told, else what sort of name it is.
fn by(hit: &Hit, place: &Place, words: &str, whole: bool) -> Option<String> {
    if fold(&place.name).starts_with(&fold(words)) {
        return None;
    }
    let said = match (hit.grade, hit.name) {
        _ if whole => return Some(format!("as “{words}”")),
        (Grade::Loose, _) => "spelt otherwise",
        (Grade::Fuzzy, _) => "a letter or two differ",
        (Grade::Part, _) => "named within these words",
        // “the Hague”: the article is not part of the key.
        (_, NameKind::Primary) => return None,
        (_, NameKind::Alternate) => "by another name",
        (_, NameKind::Demonym) => "by its people",
        (_, NameKind::Abbreviation) => "by its abbreviation",
    };
    Some(said.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(words: &str, reach: Reach) -> Option<Offer> {
        let gazetteer = Gazetteer::embedded().unwrap();
        offers(&gazetteer, &Collection::default(), words, reach).into_iter().next()
    }

    #[test]
    fn the_best_known_place_comes_first_and_says_what_it_lies_in() {
        let check = |words: &str, name: &str, within: &str, by: Option<&str>| {
            let offer = first(words, Reach::Beginning).unwrap_or_else(|| panic!("{words}"));
            assert_eq!(
                (offer.place.name.as_str(), offer.within.as_str(), offer.by.as_deref()),
                (name, within, by)
            );
        };
        check("alepp", "Aleppo", "Syria", None);
        check("SAIGON", "Ho Chi Minh City", "Vietnam", Some("as “SAIGON”"));
        check("36.2, 37.16", "36.2000, 37.1600", "Syria", None);
    }

    #[test]
    fn other_spellings_wait_until_they_are_asked_for() {
        assert!(first("Sevastopoll", Reach::Beginning).is_none());
        let found = first("Sevastopoll", Reach::Alike).unwrap();
        assert_eq!(found.place.name, "Sevastopol");
        assert!(found.by.is_some());
        assert!(first("", Reach::Alike).is_none());
        assert!(first("Qqqqxzv", Reach::Alike).is_none());
    }

    #[test]
    fn places_of_one_name_in_one_country_are_told_apart() {
        let gazetteer = Gazetteer::embedded().unwrap();
        let found = offers(&gazetteer, &Collection::default(), "Springfield", Reach::Beginning);
        let mut lines: Vec<String> =
            found.iter().map(|offer| format!("{}, {}", offer.place.name, offer.within)).collect();
        let all = lines.len();
        lines.sort();
        lines.dedup();
        assert!(all > 2 && lines.len() == all, "{lines:?}");
    }
}
