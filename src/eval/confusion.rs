//! Where it goes wrong: by kind, by what sort of place, by sense.
//! Sorts of places are groups of GeoNames feature codes; a group is the marked place's, or, of what is spurious,
//! the predicted place's.

use std::collections::BTreeMap;

use serde::Serialize;

use super::gold::GoldToponym;
use super::judge::{Judged, is_near, kilometres};
use super::predicted::Predicted;
use super::score::told_senses;

/// What became of the mentions of one kind or of one sort of place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Which kind or sort.
    pub name: String,
    /// Marks that were found.
    pub found: usize,
    /// Marks that were not.
    pub missed: usize,
    /// Mentions that are no marks.
    pub spurious: usize,
    /// Found marks placed within 161 km.
    pub right: usize,
    /// Found marks placed elsewhere.
    pub wrong: usize,
    /// Found marks that have a place and were given none.
    pub unplaced: usize,
}

/// Senses marked and predicted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct SenseTally {
    /// What the gold says.
    pub gold: String,
    /// Found marks with that sense said to be literal.
    pub literal: usize,
    /// Those said to be associative.
    pub associative: usize,
    /// Those of which no sense was told, or another.
    pub silent: usize,
}

/// What went right and wrong, cut in several ways.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Confusion {
    /// By the gold's own kinds; nothing spurious has one.
    pub by_gold_kind: Vec<Tally>,
    /// By predicted kind; nothing missed has one.
    pub by_predicted_kind: Vec<Tally>,
    /// By sort of place, commonest first.
    pub by_feature: Vec<Tally>,
    /// Literal and associative; empty where senses are not told.
    pub senses: Vec<SenseTally>,
}

impl Tally {
    fn take(&mut self, mark: &GoldToponym, by: Option<&Predicted>) {
        let Some(by) = by else {
            self.missed += 1;
            return;
        };
        self.found += 1;
        match kilometres(mark, by) {
            Some(km) if is_near(km) => self.right += 1,
            Some(_) => self.wrong += 1,
            None => self.unplaced += usize::from(mark.point.is_some()),
        }
    }

    /// Everything that is counted in it once.
    fn size(&self) -> usize {
        self.found + self.missed + self.spurious
    }
}

/// Tallies by name.
#[derive(Default)]
struct Tallies(BTreeMap<String, Tally>);

impl Tallies {
    fn of(&mut self, name: &str) -> &mut Tally {
        self.0.entry(name.to_owned()).or_insert_with(|| Tally { name: name.to_owned(), ..Tally::default() })
    }

    /// Largest first; of equal ones by name.
    fn sorted(self) -> Vec<Tally> {
        let mut tallies: Vec<_> = self.0.into_values().collect();
        tallies.sort_by_key(|tally| std::cmp::Reverse(tally.size()));
        tallies
    }
}

const UNTOLD: &str = "not told";

pub(super) fn confusion(articles: &[Judged<'_>]) -> Confusion {
    let (mut gold, mut predicted, mut sorts) = <(Tallies, Tallies, Tallies)>::default();
    for article in articles {
        for (mark, by) in article.gold.iter().zip(article.found_by()) {
            gold.of(mark.kind.as_deref().unwrap_or(UNTOLD)).take(mark, by);
            sorts.of(sort_of_gold(mark)).take(mark, by);
            if let Some(by) = by {
                predicted.of(by.kind.as_deref().unwrap_or(UNTOLD)).take(mark, Some(by));
            }
        }
        for mention in article.spurious() {
            predicted.of(mention.kind.as_deref().unwrap_or(UNTOLD)).spurious += 1;
            sorts.of(sort_of_predicted(mention)).spurious += 1;
        }
    }
    Confusion {
        by_gold_kind: gold.sorted(),
        by_predicted_kind: predicted.sorted(),
        by_feature: sorts.sorted(),
        senses: senses(articles),
    }
}

fn senses(articles: &[Judged<'_>]) -> Vec<SenseTally> {
    let mut rows =
        ["literal", "associative"].map(|gold| SenseTally { gold: gold.to_owned(), ..SenseTally::default() });
    for (gold, said) in told_senses(articles) {
        let [literal, associative] = &mut rows;
        let row = if gold == "literal" { literal } else { associative };
        match said {
            Some("literal") => row.literal += 1,
            Some("associative") => row.associative += 1,
            _ => row.silent += 1,
        }
    }
    let told = rows.iter().any(|row| row.literal + row.associative + row.silent > 0);
    if told { rows.into() } else { Vec::new() }
}

fn sort_of_gold(mark: &GoldToponym) -> &'static str {
    match mark.point {
        None => "no place known",
        Some(_) => sort(mark.feature_class, mark.feature_code.as_deref()),
    }
}

fn sort_of_predicted(mention: &Predicted) -> &'static str {
    match mention.point {
        None => "no place known",
        Some(_) => sort(mention.feature_class, mention.feature_code.as_deref()),
    }
}

/// Commonest feature codes by class, for gold that tells the code alone.
const CLASSES: [(char, &[&str]); 4] = [
    (
        'H',
        &[
            "STM", "STMI", "LK", "LKS", "RSV", "SEA", "OCN", "BAY", "GULF", "HBR", "CHN", "STRT", "CNL",
            "FLLS", "SPNG", "INLT", "LGN",
        ],
    ),
    ('L', &["CONT", "RGN", "RGNE", "RGNH", "RGNL", "AREA", "PRK", "PRT", "RES", "RESF", "RESN", "LCTY"]),
    (
        'T',
        &[
            "ISL", "ISLS", "MT", "MTS", "PK", "HLL", "HLLS", "VAL", "CAPE", "PEN", "DSRT", "VLC", "PASS",
            "BCH", "PLN", "PT",
        ],
    ),
    ('S', &["AIRP", "SCH", "UNIV", "HSP", "BLDG", "MUS", "STDM", "DAM", "BDG", "PRN", "FRM", "HTL", "CMTY"]),
];

/// What sort of place has this feature class and code (<https://www.geonames.org/export/codes.html>).
fn sort(class: Option<char>, code: Option<&str>) -> &'static str {
    let code = code.unwrap_or("");
    match code {
        "ADM1" | "ADM1H" => return "first-level division",
        "ADM2" | "ADM2H" => return "second-level division",
        "PPLX" => return "part of a town",
        _ if code.starts_with("PCL") || code == "TERR" => return "country",
        _ if code.starts_with("ADM") => return "smaller division",
        _ if code.starts_with("PPL") => return "town",
        _ => {}
    }
    let listed = || CLASSES.iter().find(|(_, codes)| codes.contains(&code)).map(|(class, _)| *class);
    match class.or_else(listed) {
        Some('P') => "town",
        Some('A') => "other area of government",
        Some('H') => "water",
        Some('L') => "region, continent or park",
        Some('S' | 'R') => "building, road or spot",
        Some('T' | 'U' | 'V') => "island, mountain or other terrain",
        _ => "sort not known",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorts_of_places() {
        let check =
            |class, code, expected: &str| assert_eq!(sort(class, code), expected, "{class:?} {code:?}");
        check(Some('A'), Some("PCLI"), "country");
        check(None, Some("ADM1"), "first-level division");
        check(None, Some("ADMD"), "smaller division");
        check(None, Some("PPLC"), "town");
        check(Some('P'), Some("PPLX"), "part of a town");
        check(None, Some("STM"), "water");
        check(Some('S'), Some("COORD"), "building, road or spot");
        check(None, None, "sort not known");
    }
}
