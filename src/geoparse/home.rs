//! What an outlet's home says of the places in an article.
//! An outlet that no list knows is guessed at, by the country of its domain and by a town in its name; the town is
//! then a name among the article's own, and whether it is Columbus, Ohio, is settled with them.

use std::sync::Arc;

use super::homes::{Base, host};
use super::resolve::{self, Candidate, Group};
use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, Row, fold};
use crate::model::{Kind, Place};

/// Fewest letters of an outlet's name that are taken for a place.
const LETTERS: usize = 5;
/// Most letters of a place's name that are looked for.
const LONGEST: usize = 24;
/// How much the home of an outlet that writes for a country counts, beside that of a local one: it writes of the
/// world, too.
const NATIONAL: f32 = 0.5;

/// What is known of the outlet.
#[derive(Clone, Debug, Default)]
pub(crate) struct Home {
    /// ISO code of the country that it writes for, and how much that says, 0 to 1.
    pub(crate) country: Option<(String, f32)>,
    /// The town that it writes for.
    pub(crate) town: Option<Candidate>,
    /// A town that its name may name, folded, and the places of that name.
    guess: Option<(String, Vec<Hit>)>,
}

impl Home {
    /// What a known home says.
    pub(crate) fn known(gazetteer: &Gazetteer, base: &Base) -> Self {
        let row = match base {
            Base::International => return Self::default(),
            Base::Country(code) => {
                return Self { country: Some((code.clone(), NATIONAL)), ..Self::default() };
            }
            Base::Place(id) => gazetteer.by_id(id),
            Base::Point(lat, lon) => gazetteer.nearest(*lat, *lon, 1).first().map(|nearest| nearest.0),
        };
        let hit = |row: Row| Hit { row, name: NameKind::Primary, grade: Grade::Folded, score: 1.0 };
        Self::at(gazetteer, row.map(|row| Candidate::new(gazetteer, hit(row))))
    }

    /// What people said it is.
    pub(crate) fn told(gazetteer: &Gazetteer, place: &Arc<Place>) -> Self {
        Self::at(gazetteer, resolve::decided(gazetteer, place))
    }

    fn at(gazetteer: &Gazetteer, town: Option<Candidate>) -> Self {
        let strength = if town.as_ref().is_some_and(|town| town.is_country) { NATIONAL } else { 1.0 };
        let code = town.as_ref().map(|town| match &town.told {
            Some(place) => place.country_code.clone(),
            None => gazetteer.country_code(town.row()).to_owned(),
        });
        let code = code.filter(|code| !code.is_empty());
        Self {
            country: code.map(|code| (code, strength)),
            town: town.filter(|town| !town.is_country),
            guess: None,
        }
    }

    /// What the outlet's name and the article's address say of a home that is not known.
    pub(crate) fn guessed(gazetteer: &Gazetteer, source: Option<&str>, url: Option<&str>) -> Self {
        let name = source.unwrap_or("").trim();
        let is_domain = name.contains('.') && !name.contains(' ');
        let domain = if is_domain { host(name) } else { url.map(host).unwrap_or_default() };
        let guess = if name.is_empty() || is_domain {
            of_letters(gazetteer, &domain)
        } else {
            of_words(gazetteer, name)
        };
        Self { country: country(&domain).map(|code| (code, 1.0)), town: None, guess }
    }

    /// The place that the outlet's name begins with, as a name that the article's names are weighed
    /// with: the Columbus of "columbuslocalnews.com". None where the article has that name itself.
    pub(crate) fn group(&self, gazetteer: &Gazetteer, groups: &[Group]) -> Option<Group> {
        let (name, hits) = self.guess.as_ref()?;
        let known = groups.iter().any(|group| group.name == *name);
        (!known).then(|| Group::new(gazetteer, name.clone(), Kind::Name, hits))
    }

    /// Whether the outlet may be called after the place of this folded name.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        self.guess.as_ref().is_some_and(|(called, _)| called == name)
    }
}

/// The country of a domain. Two-letter domains that are sold to everybody say nothing.
fn country(domain: &str) -> Option<String> {
    match domain.rsplit('.').next()? {
        "uk" => Some("GB".to_owned()),
        "tv" | "io" | "me" | "co" | "fm" | "cc" | "ws" | "eu" | "su" | "ai" | "to" => None,
        code if code.len() == 2 && code.bytes().all(|b| b.is_ascii_lowercase()) => Some(code.to_uppercase()),
        _ => None,
    }
}

type Guess = Option<(String, Vec<Hit>)>;

/// The town that a domain begins with: "columbuslocalnews.com".
fn of_letters(gazetteer: &Gazetteer, domain: &str) -> Guess {
    let letters: String = domain.chars().filter(|c| c.is_alphanumeric()).collect();
    let letters = letters.strip_prefix("the").unwrap_or(&letters);
    let lengths = (LETTERS..letters.len()).rev().filter(|&n| letters.is_char_boundary(n));
    lengths.take(LONGEST).find_map(|n| town(gazetteer, &[&letters[..n]]))
}

/// The town that an outlet's name begins with: "The Santa Fe Reporter".
fn of_words(gazetteer: &Gazetteer, name: &str) -> Guess {
    let folded = fold(name);
    let words: Vec<&str> = folded.split(' ').filter(|word| *word != "the").collect();
    (1..words.len()).rev().find_map(|n| town(gazetteer, &words[..n]))
}

fn town(gazetteer: &Gazetteer, words: &[&str]) -> Guess {
    let name = words.join(" ");
    if name.len() < LETTERS {
        return None;
    }
    let (_, mut hits) = gazetteer.names_at(words).into_iter().find(|(count, _)| *count == words.len())?;
    hits.retain(|hit| gazetteer.feature(hit.row).0 == 'P');
    (!hits.is_empty()).then_some((name, hits))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The country, the town, and the name that is guessed at, as "GB 0.5, York, york".
    fn told(home: &Home, gazetteer: &Gazetteer) -> String {
        let country = home.country.as_ref().map_or("-".to_owned(), |(code, much)| format!("{code} {much}"));
        let town = home.town.as_ref().map_or("-", |town| gazetteer.name(town.row()));
        let guess = home.guess.as_ref().map_or("-", |(name, _)| name);
        format!("{country}, {town}, {guess}")
    }

    #[test]
    fn known_homes_say_a_country_and_a_town() {
        let gazetteer = Gazetteer::embedded().expect("the gazetteer inside the program");
        let check = |base: Base, expected: &str| {
            assert_eq!(told(&Home::known(&gazetteer, &base), &gazetteer), expected, "{base:?}");
        };
        check(Base::International, "-, -, -");
        check(Base::Country("GB".to_owned()), "GB 0.5, -, -");
        check(Base::Place("geonames:360630".to_owned()), "EG 1, Cairo, -");
        // A country is no town at the country's point.
        check(Base::Place("geonames:2635167".to_owned()), "GB 0.5, -, -");
        check(Base::Point(30.06, 31.25), "EG 1, Cairo, -");
        check(Base::Place("nothing:1".to_owned()), "-, -, -");
    }

    #[test]
    fn an_unknown_outlet_is_guessed_at() {
        let gazetteer = Gazetteer::embedded().expect("the gazetteer inside the program");
        let check = |source: &str, url: &str, expected: &str| {
            let home = Home::guessed(&gazetteer, Some(source), Some(url));
            assert_eq!(told(&home, &gazetteer), expected, "{source} {url}");
        };
        check("columbuslocalnews.com", "", "-, -, columbus");
        check("", "https://www.aberdeenvoice.co.uk/1", "GB 1, -, aberdeen");
        check("The Santa Fe Weekly", "", "-, -, santa fe");
        check("Voice of Nobody", "http://voice.tv", "-, -, -");
        check("", "", "-, -, -");
    }
}
