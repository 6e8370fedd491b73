//! The places under construction, and the codes that refer to them.
//! A place may come in before it has a point: one that never gets one is left out.

use std::collections::BTreeMap;

use crate::gazetteer::junk::{is_name, transliterated};
use crate::gazetteer::{NameKind, NewName, NewPlace};

/// A place with what is needed only while building.
pub(super) struct Draft {
    pub(super) place: NewPlace,
    /// Whether latitude and longitude mean anything yet.
    pub(super) placed: bool,
    /// Rank 0 to 100 given by hand: the least prominence, in hundredths.
    pub(super) rank: Option<f32>,
}

/// All places by identifier, and codes to identifiers.
#[derive(Default)]
pub(super) struct World {
    pub(super) places: BTreeMap<String, Draft>,
    /// `EG`, `US.ME`, `US.ME.019` to identifiers.
    pub(super) codes: BTreeMap<String, String>,
}

impl World {
    /// Adds a place under a clean name; one that is called by a number, or “Unnamed”, is left out.
    pub(super) fn add(&mut self, mut draft: Draft) {
        if is_marked(&draft.place.name) {
            draft.place.name = unmarked(&draft.place.name);
        }
        if is_marked(&draft.place.name) {
            return;
        }
        draft.place.loose = transliterated(&draft.place.country_code);
        self.places.insert(draft.place.id.clone(), draft);
    }

    pub(super) fn by_code(&mut self, code: &str) -> Option<&mut Draft> {
        self.places.get_mut(self.codes.get(code)?)
    }
}

impl Draft {
    /// A place without point and names.
    pub(super) fn new(id: String, name: &str, country_code: &str, feature: (char, &str)) -> Self {
        Self {
            place: NewPlace {
                id,
                name: name.to_owned(),
                country_code: country_code.to_owned(),
                feature_class: feature.0,
                feature_code: feature.1.to_owned(),
                ..NewPlace::default()
            },
            placed: false,
            rank: None,
        }
    }

    pub(super) fn at(mut self, lat: f64, lon: f64) -> Self {
        (self.place.lat, self.place.lon, self.placed) = (lat, lon, true);
        self
    }

    /// Shows it by another name; the one it had stays among the others.
    pub(super) fn renamed(mut self, name: &str) -> Self {
        name.clone_into(&mut self.place.name);
        for known in self.place.names.iter_mut().filter(|known| known.kind == NameKind::Primary) {
            known.kind = NameKind::Alternate;
        }
        self
    }

    /// Adds a name. A marked one is the sources' way to tell places apart, not a name: only a place's first is
    /// kept, cleaned, and as no usual one, since what is left of it is somewhere else's as well.
    pub(super) fn name(&mut self, text: &str, kind: NameKind, usual: bool) {
        if !is_marked(text) {
            self.place.names.push(NewName { text: text.trim().to_owned(), kind, usual });
        } else if kind == NameKind::Primary {
            self.place.names.push(NewName { text: unmarked(text), kind, usual: false });
        }
    }

    /// Adds a name of unknown worth, unless it is none: a romanisation by machine (“al qahrt”) or a code
    /// (“CAI”, “EGCAI”).
    pub(super) fn alternate(&mut self, text: &str) {
        if is_name(text) {
            self.name(text, NameKind::Alternate, false);
        }
    }
}

/// Whether a name bears a mark, is a markup entity, is without letters or says that there is none.
fn is_marked(name: &str) -> bool {
    name.contains(MARKS)
        || name.contains('&') && name.contains(';')
        || name.to_lowercase().starts_with("unnamed")
        || !name.chars().any(char::is_alphabetic)
}

const MARKS: [char; 18] =
    ['†', '‡', '*', '(', ')', '[', ']', '{', '}', '<', '>', '|', '=', '_', '#', '@', '\\', '^'];

/// A name without what is in brackets; of “Zürich (Kreis 7) / Witikon” the last part.
fn unmarked(name: &str) -> String {
    let part = name.rsplit(" / ").next().unwrap_or(name);
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in part.chars() {
        match c {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 && !MARKS.contains(&c) => kept.push(c),
            _ => {}
        }
    }
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_the_marks_of_their_source() {
        let check = |name: &str, expected: &str| {
            assert!(is_marked(name), "{name}");
            assert_eq!(unmarked(name), expected, "{name}");
        };
        check("Unterach (Attersee)", "Unterach");
        check("Zürich (Kreis 7) / Witikon", "Witikon");
        check("Zone (Zona) E", "Zone E");
        check("Lisbon†", "Lisbon");
        check("Ordzhonikidzevskiy Rayon))", "Ordzhonikidzevskiy Rayon");
        assert!(is_marked("11511") && is_marked("Unnamed Road") && is_marked("Tom &amp; Co"));
        for name in ["Donostia / San Sebastián", "St. John's", "T4", "القاهرة", "Bosnia & Herzegovina"]
        {
            assert!(!is_marked(name), "{name}");
        }
    }
}
