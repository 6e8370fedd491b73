//! Where outlets are at home: the list inside the program, and what a user adds to it or corrects.
//! A domain stands for all that ends in it, so “news.bbc.co.uk” is at home where “bbc.co.uk” is.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};

use super::home::Home;
use crate::gazetteer::{Gazetteer, Grade, Hit, NameKind, Row, fold};
use crate::model::Article;

/// What stands in a list of homes for an outlet without one.
const INTERNATIONAL: &str = "international";

/// The list inside the program: outlets with their home as it is written there.
static SHIPPED: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let rows = include_str!("../../assets/tables/homes.tsv").lines().filter(|line| !line.starts_with('#'));
    let rows = rows.skip(1).filter_map(|line| line.split_once('\t'));
    rows.flat_map(|(outlets, home)| outlets.split('|').map(move |outlet| (key(outlet), home))).collect()
});

/// Where an outlet is at home.
#[derive(Clone, Debug, PartialEq)]
pub enum Base {
    /// Nowhere: its place says nothing of what it writes about.
    International,
    /// In a country, for which it writes, and of the world: ISO 3166-1 alpha-2 code.
    Country(String),
    /// In a town, for which it writes: the place's identifier.
    Place(String),
    /// At a point, WGS 84 degrees: latitude, longitude.
    Point(f64, f64),
}

/// What is wrong with a list of homes, and in which line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HomesError {
    /// A line cannot be read.
    #[error("line {line}: {reason}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// Why, as a sentence for a person.
        reason: String,
    },
    /// The list is JSON that cannot be read, or whose entry cannot.
    #[error("{0}")]
    Json(String),
}

/// Homes of outlets: a user's own before those inside the program. Cloning is cheap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Homes {
    own: Arc<BTreeMap<String, Base>>,
}

impl Homes {
    /// Reads a list of homes: an outlet's domain or name, a tab, and its home, line by line, or one JSON object of
    /// outlets with their homes. A home is `international`, a country's ISO code, `lat,lon` in degrees, a place's
    /// identifier, or its name, if need be with what it lies in: “Alexandria, Louisiana”. Several outlets of one
    /// home may stand before it, with `|` between; empty lines and those that begin with `#` count for nothing.
    ///
    /// # Errors
    ///
    /// The first line or entry that says no home, and why: of a mistyped list nothing is half used.
    ///
    /// ```
    /// use dateline::{gazetteer::Gazetteer, geoparse::Homes};
    /// let gazetteer = Gazetteer::embedded()?;
    /// assert!(Homes::read("thetowntalk.com\tAlexandria, Louisiana\n", &gazetteer).is_ok());
    /// let refused = Homes::read("thetowntalk.com\tAlexandria, Lousiana\n", &gazetteer);
    /// assert_eq!(refused.unwrap_err().to_string(), "line 1: there is no place called “Alexandria, Lousiana”");
    /// # Ok::<(), dateline::gazetteer::GazetteerError>(())
    /// ```
    pub fn read(text: &str, gazetteer: &Gazetteer) -> Result<Homes, HomesError> {
        let text = text.trim_start_matches('\u{feff}');
        let mut own = BTreeMap::new();
        if text.trim_start().starts_with('{') {
            let entries: BTreeMap<String, String> =
                serde_json::from_str(text).map_err(|error| HomesError::Json(error.to_string()))?;
            for (outlet, home) in entries {
                let named = |reason| HomesError::Json(format!("{outlet}: {reason}"));
                add(&mut own, &outlet, &home, gazetteer).map_err(named)?;
            }
            return Ok(Homes { own: Arc::new(own) });
        }
        for (number, line) in text.lines().enumerate() {
            if line.starts_with('#') || line.trim().is_empty() || line == "outlet\thome" {
                continue;
            }
            let wrong = |reason| HomesError::Line { line: number + 1, reason };
            let (outlet, home) = line
                .split_once('\t')
                .ok_or_else(|| wrong("there is no tab between an outlet and its home".to_owned()))?;
            add(&mut own, outlet, home, gazetteer).map_err(wrong)?;
        }
        Ok(Homes { own: Arc::new(own) })
    }

    /// These homes and one more, which counts before what was known of the outlet.
    #[must_use]
    pub fn with(mut self, outlet: &str, base: Base) -> Homes {
        Arc::make_mut(&mut self.own).insert(key(outlet), base);
        self
    }

    /// The known home of an outlet, by its name and by the address of an article; `None` where it is in no list.
    pub fn base(&self, gazetteer: &Gazetteer, source: Option<&str>, url: Option<&str>) -> Option<Base> {
        let keys: Vec<String> = [source, url].into_iter().flatten().map(key).collect();
        let own = |name: &str| self.own.get(name).cloned();
        let shipped = |name: &str| SHIPPED.get(name).and_then(|home| base(home, gazetteer).ok());
        let found = keys.iter().find_map(|key| of_suffixes(key, own));
        found.or_else(|| keys.iter().find_map(|key| of_suffixes(key, shipped)))
    }

    /// All that is known of an outlet, whether it is in a list or not.
    pub(crate) fn home(&self, gazetteer: &Gazetteer, source: Option<&str>, url: Option<&str>) -> Home {
        match self.base(gazetteer, source, url) {
            Some(base) => Home::known(gazetteer, &base),
            None => Home::guessed(gazetteer, source, url),
        }
    }
}

fn add(
    own: &mut BTreeMap<String, Base>,
    outlets: &str,
    home: &str,
    gazetteer: &Gazetteer,
) -> Result<(), String> {
    let base = base(home, gazetteer)?;
    for outlet in outlets.split('|') {
        let key = key(outlet);
        if key.is_empty() {
            return Err("the outlet has no name".to_owned());
        }
        own.insert(key, base.clone());
    }
    Ok(())
}

/// What the outlet of an article is called: its name, or the host of the article's address.
pub fn outlet(article: &Article) -> Option<String> {
    let name = article.source.as_deref().map(str::trim).filter(|name| !name.is_empty());
    let host = || article.url.as_deref().map(host).filter(|host| !host.is_empty());
    name.map(str::to_owned).or_else(host)
}

/// What an outlet is looked up by: its host name, or its folded name without “the”.
pub(super) fn key(outlet: &str) -> String {
    let outlet = outlet.trim();
    if outlet.contains('.') && !outlet.contains(char::is_whitespace) {
        return host(outlet);
    }
    let folded = fold(outlet);
    folded.strip_prefix("the ").map(str::to_owned).unwrap_or(folded)
}

/// The host of an address or a domain: “nola.com” of “https://www.nola.com/news/1.html”.
pub(super) fn host(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':', '?']).next().unwrap_or("").trim_start_matches("www.").to_lowercase()
}

/// What is known of the name, or of the longest domain that it ends in.
fn of_suffixes<T>(name: &str, known: impl Fn(&str) -> Option<T>) -> Option<T> {
    let mut rest = Some(name);
    while let Some(name) = rest {
        if let Some(found) = known(name) {
            return Some(found);
        }
        rest = name.split_once('.').map(|(_, rest)| rest);
    }
    None
}

/// A home as it is written in a list.
fn base(home: &str, gazetteer: &Gazetteer) -> Result<Base, String> {
    let home = home.trim();
    if home.eq_ignore_ascii_case(INTERNATIONAL) {
        return Ok(Base::International);
    }
    if is_code(home) {
        let known = gazetteer.country_by_code(home).is_some();
        return known
            .then(|| Base::Country(home.to_owned()))
            .ok_or_else(|| format!("there is no country with the code {home}"));
    }
    let numbers = home.split_once(',').map(|(lat, lon)| (lat.trim().parse(), lon.trim().parse()));
    if let Some((Ok(lat), Ok(lon))) = numbers {
        let on_earth = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        return on_earth
            .then_some(Base::Point(lat, lon))
            .ok_or_else(|| format!("{home} is no latitude and longitude in degrees"));
    }
    let row = gazetteer.by_id(home).or_else(|| named(home, gazetteer));
    let place = row.and_then(|row| gazetteer.place(row));
    let place = place.ok_or_else(|| format!("there is no place called “{home}”"))?;
    Ok(if place.feature_code.starts_with("PCL") && !place.country_code.is_empty() {
        Base::Country(place.country_code)
    } else {
        Base::Place(place.id)
    })
}

fn is_code(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The best known place of a name that lies in all that is named after it; towns before anything else.
fn named(home: &str, gazetteer: &Gazetteer) -> Option<Row> {
    let mut parts = home.split(',').map(str::trim);
    let hits = gazetteer.named(parts.next()?);
    let containers: Vec<Vec<Hit>> = parts.map(|part| containers(part, gazetteer)).collect();
    let lies = |row: Row| {
        containers
            .iter()
            .all(|hits| hits.iter().any(|hit| hit.row != row && contains(gazetteer, hit.row, row)))
    };
    let of_class = |town: bool| {
        hits.iter()
            .find(|hit| (gazetteer.feature(hit.row).0 == 'P') == town && lies(hit.row))
            .map(|hit| hit.row)
    };
    of_class(true).or_else(|| of_class(false))
}

fn containers(part: &str, gazetteer: &Gazetteer) -> Vec<Hit> {
    let country = is_code(part).then(|| gazetteer.country_by_code(part)).flatten();
    let hit = |row| Hit { row, name: NameKind::Abbreviation, grade: Grade::Folded, score: 1.0 };
    country.map_or_else(|| gazetteer.named(part), |row| vec![hit(row)])
}

fn contains(gazetteer: &Gazetteer, container: Row, row: Row) -> bool {
    [gazetteer.country(row), gazetteer.admin1(row), gazetteer.admin2(row)].contains(&Some(container))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gazetteer() -> Gazetteer {
        Gazetteer::embedded().expect("the gazetteer inside the program")
    }

    #[test]
    fn every_home_of_the_list_is_a_place() {
        let gazetteer = gazetteer();
        let table = include_str!("../../assets/tables/homes.tsv");
        let rows = table.lines().filter(|line| !line.starts_with('#')).skip(1);
        let wrong: Vec<String> = rows
            .filter_map(|line| match line.split_once('\t') {
                Some((_, home)) => base(home, &gazetteer).err(),
                None => Some(format!("no tab: {line}")),
            })
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn an_outlet_is_listed_once() {
        let table = include_str!("../../assets/tables/homes.tsv");
        let mut seen = std::collections::BTreeSet::new();
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            for outlet in line.split('\t').next().unwrap_or("").split('|') {
                assert!(seen.insert(key(outlet)), "{outlet} is listed twice");
            }
        }
    }

    #[test]
    fn outlets_are_known_by_domain_and_name() {
        let gazetteer = gazetteer();
        let check = |source: &str, url: &str, expected: &str| {
            let base = Homes::default().base(&gazetteer, Some(source), Some(url));
            let told = match &base {
                Some(Base::Place(id)) => {
                    let row = gazetteer.by_id(id).expect("in the gazetteer");
                    gazetteer.place(row).expect("a place").label()
                }
                other => format!("{other:?}"),
            };
            assert_eq!(told, expected, "{source} {url}");
        };
        check("nola.com", "", "New Orleans, Louisiana, United States");
        check("The Times-Picayune", "", "New Orleans, Louisiana, United States");
        check("", "https://www.thetowntalk.com/article/1?x=y", "Alexandria, Louisiana, United States");
        check("The Town Talk", "", "Alexandria, Louisiana, United States");
        check("news.bbc.co.uk", "", "Some(Country(\"GB\"))");
        check("Moscow Times", "", "Some(Country(\"RU\"))");
        check("The Moscow Times", "", "Some(Country(\"RU\"))");
        check("Reuters", "https://nola.com/wire", "Some(International)");
        check("theparisnews.com", "", "Paris, Texas, United States");
        check("lfpress.com", "", "London, Ontario, Canada");
        check("co.uk", "", "None");
        check("", "", "None");
        check("An unknown paper", "https://unknown.example/1", "None");
    }

    #[test]
    fn own_homes_count_before_those_inside_the_program() {
        let gazetteer = gazetteer();
        let list = "# mine\n\nThe Gazette|gazette.example\tSpringfield, Illinois\nnola.com\tinternational\n\
                    reuters.com\t51.5,-0.12\nbbc.co.uk\tgeonames:2655603\nle.example\tFrance\n";
        let homes = Homes::read(list, &gazetteer).expect("a good list");
        let base = |source: &str| homes.base(&gazetteer, Some(source), None);
        assert!(matches!(base("Gazette"), Some(Base::Place(_))));
        assert_eq!(base("gazette.example"), base("THE GAZETTE"));
        assert_eq!(base("nola.com"), Some(Base::International));
        assert_eq!(base("reuters.com"), Some(Base::Point(51.5, -0.12)));
        assert_eq!(base("bbc.co.uk"), Some(Base::Place("geonames:2655603".to_owned())));
        assert_eq!(base("le.example"), Some(Base::Country("FR".to_owned())));
        let json = "{\"nola.com\": \"international\"}";
        let homes = Homes::read(json, &gazetteer).expect("a good list");
        assert_eq!(homes.base(&gazetteer, Some("nola.com"), None), Some(Base::International));
        let homes = homes.with("www.nola.com", Base::Country("US".to_owned()));
        assert_eq!(homes.base(&gazetteer, Some("nola.com"), None), Some(Base::Country("US".to_owned())));
    }

    #[test]
    fn a_list_that_says_no_home_is_refused() {
        let gazetteer = gazetteer();
        let check = |list: &str, expected: &str| {
            let refused = Homes::read(list, &gazetteer).expect_err(list).to_string();
            assert!(refused.contains(expected), "{list:?}: {refused}");
        };
        check("nola.com New Orleans", "line 1: there is no tab between an outlet and its home");
        check("# x\nnola.com\tXyzzyville", "line 2: there is no place called “Xyzzyville”");
        check("nola.com\tParis, Louisiana, FR", "line 1: there is no place called “Paris, Louisiana, FR”");
        check("nola.com\tQQ", "line 1: there is no country with the code QQ");
        check("nola.com\t91,0", "line 1: 91,0 is no latitude and longitude in degrees");
        check("nola.com\t", "line 1: there is no place called “”");
        check("|\tParis", "line 1: the outlet has no name");
        check("{\"nola.com\": 3}", "invalid type");
        check("{\"nola.com\": \"Xyzzyville\"}", "nola.com: there is no place called “Xyzzyville”");
    }
}
