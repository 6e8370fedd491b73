//! How names are set on the map: by what they name, as in an atlas.
//! Sizes and spacing alone; the window and the picture each lay the letters out with a toolkit of their own.

use super::toponyms::{Sort, Toponym};

/// How a name is set.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Hand {
    /// Beside a mark; strong for what is selected or under the pointer.
    Mark { strong: bool },
    /// Beside a group of marks.
    #[cfg(feature = "gui")]
    Group,
    /// Over a country, wider the larger it is.
    Country { large: bool },
    /// Over a division.
    Division,
    /// Over a division of a division.
    District,
    /// On the sea.
    Sea { large: bool },
    /// On a lake.
    Lake,
    /// Over a range, an island, a desert.
    Land,
    /// Beside a town's dot; larger for one of more people, semibold for a capital.
    Town { points: f32, capital: bool },
    /// Over a part of a town, or beside a site's dot.
    Quarter,
}

impl Hand {
    pub fn of(toponym: &Toponym, across: f32) -> Hand {
        let people = (toponym.population.max(1) as f32).log10();
        let points = 11.0 + (people - 4.0).clamp(0.0, 3.0) * 0.6;
        match toponym.sort {
            Sort::Division => Hand::Division,
            Sort::District => Hand::District,
            Sort::Sea => Hand::Sea { large: across > 420.0 },
            Sort::Lake => Hand::Lake,
            Sort::Land => Hand::Land,
            Sort::Capital => Hand::Town { points: points.max(12.0), capital: true },
            Sort::Town => Hand::Town { points, capital: false },
            Sort::Quarter | Sort::Site => Hand::Quarter,
        }
    }

    /// The type that it is set in.
    pub fn manner(self) -> Manner {
        let (points, spacing, semibold, capitals, slanted) = self.form();
        Manner { points, spacing, semibold, capitals, slanted }
    }

    /// Points, share of them between letters, whether semibold, whether in capitals, whether slanted.
    fn form(self) -> (f32, f32, bool, bool, bool) {
        match self {
            Hand::Mark { strong: true } => (13.0, 0.0, true, false, false),
            Hand::Mark { strong: false } => (12.5, 0.0, false, false, false),
            #[cfg(feature = "gui")]
            Hand::Group => (12.0, 0.0, false, false, false),
            Hand::Country { large: true } => (12.0, 0.2, true, true, false),
            Hand::Country { large: false } => (10.5, 0.12, true, true, false),
            Hand::Division => (10.0, 0.14, false, true, false),
            Hand::District => (10.5, 0.06, false, false, false),
            Hand::Sea { large: true } => (13.0, 0.24, false, false, true),
            Hand::Sea { large: false } => (11.5, 0.08, false, false, true),
            Hand::Lake => (11.0, 0.03, false, false, true),
            Hand::Land => (10.5, 0.16, false, false, true),
            Hand::Town { points, capital } => (points, 0.0, capital, false, false),
            Hand::Quarter => (10.5, 0.04, false, false, false),
        }
    }
}

/// The type that a name is set in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Manner {
    /// Size of the letters, points.
    pub points: f32,
    /// Share of that between letters.
    pub spacing: f32,
    pub semibold: bool,
    pub capitals: bool,
    pub slanted: bool,
}

impl Manner {
    /// Points between the letters of a name: letters that are joined, and signs that stand for words, are not set
    /// apart.
    pub fn apart(&self, name: &str) -> f32 {
        let apart = name.chars().all(|c| u32::from(c) < 0x530 || ('\u{1e00}'..'\u{2100}').contains(&c));
        if apart { self.points * self.spacing } else { 0.0 }
    }

    /// The name as it is written.
    pub fn written(&self, name: &str) -> String {
        if self.capitals { name.to_uppercase() } else { name.to_owned() }
    }
}
