//! What the words of a name make it: a street, a school, an embassy, a ministry.
//! No gazetteer has them all, so such a name is rather a place near the town that is spoken of than the
//! far-away town that bears a part of the name: "Royal Street" is not Royal City.

use super::super::words::{ORG_HEADS, STREET_HEADS};

/// What sort of site a name means by its own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    /// A street, a road, a motorway by its number.
    Road,
    /// An embassy or consulate: it stands in another country than the one it names.
    Embassy,
    /// A ministry, a parliament: it stands in the capital of the country it names.
    Government,
    /// A school, a hospital, a theatre, a shop.
    Building,
    /// A park, a square, a hill.
    Ground,
}

impl Site {
    /// Reads a folded name of more than one word.
    pub(super) fn of(name: &str) -> Option<Site> {
        if is_numbered_road(name) {
            return Some(Site::Road);
        }
        let mut words = name.split([' ', '-']);
        let first = words.next()?;
        let last = words.next_back()?;
        let any = |sort: &[&str]| name.split([' ', '-']).any(|word| sort.contains(&word));
        if any(&["embassy", "consulate", "embassies"]) {
            Some(Site::Embassy)
        } else if any(&["ministry", "parliament", "government"]) {
            Some(Site::Government)
        } else if STREET_HEADS.has(last)
            || matches!(first, "rue" | "calle" | "via" | "avenida" | "interstate")
        {
            Some(Site::Road)
        } else if GROUNDS.contains(&last) {
            Some(Site::Ground)
        } else if ORG_HEADS.has(last)
            || BUILDINGS.contains(&last)
            || BUILDINGS.contains(&first)
            || ORG_HEADS.has(first)
        {
            Some(Site::Building)
        } else {
            None
        }
    }

    /// GeoNames' feature class and code.
    pub(super) fn feature(site: Option<Site>) -> (char, &'static str) {
        match site {
            Some(Site::Road) => ('R', "RD"),
            Some(Site::Embassy) => ('S', "DIPL"),
            Some(Site::Government) => ('S', "GOVL"),
            Some(Site::Building) => ('S', "BLDG"),
            Some(Site::Ground) | None => ('L', "LCTY"),
        }
    }
}

/// Last words of open ground and small features.
const GROUNDS: &[&str] = &[
    "park", "square", "plaza", "garden", "gardens", "field", "fields", "hill", "point", "bend", "crossing",
    "corner", "gate", "canal", "pier", "wharf", "quay", "trail", "course", "cemetery", "estate", "farm",
    "farms", "ranch", "plantation", "green", "grove", "heights", "common", "junction", "landing", "pond",
];

/// Words of buildings that are no words of organisations.
const BUILDINGS: &[&str] = &[
    "building", "tower", "towers", "bridge", "station", "airport", "elementary", "high", "middle", "primary",
    "restaurant", "cafe", "bar", "pub", "shop", "store", "market", "house", "hall", "castle", "palace",
    "fort", "apartments", "factory", "plant", "mill", "furnaces", "terminal", "museum", "university",
    "college", "hospital", "church", "arena", "stadium", "mosque", "temple", "inn", "lodge", "manor",
    "block", "gallery", "playhouse",
];

/// "a417", "m4", "i 95", "us 50"
fn is_numbered_road(name: &str) -> bool {
    let number = name.trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == ' ' || c == '-');
    let letters = &name[..name.len() - number.len()];
    let letters = letters.trim_end_matches([' ', '-']);
    (1..=3).contains(&number.len())
        && number.bytes().all(|b| b.is_ascii_digit())
        && matches!(letters, "a" | "b" | "m" | "n" | "i" | "us" | "route" | "highway" | "interstate" | "sr")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_their_sort() {
        let check = |name: &str, expected: Option<Site>| assert_eq!(Site::of(name), expected, "{name}");
        check("royal street", Some(Site::Road));
        check("a417", Some(Site::Road));
        check("i 95", Some(Site::Road));
        check("rue casa calvo", Some(Site::Road));
        check("russian embassy", Some(Site::Embassy));
        check("british embassy tokyo", Some(Site::Embassy));
        check("russian foreign ministry", Some(Site::Government));
        check("robert trent jones golf club", Some(Site::Building));
        check("patriot high", Some(Site::Building));
        check("washington square", Some(Site::Ground));
        check("paris", None);
        check("street", None);
        check("new york", None);
        check("b", None);
        check("", None);
    }
}
