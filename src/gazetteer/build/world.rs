//! The places under construction, and the codes that refer to them.
//! A place may come in before it has a point: one that never gets one is left out.

use std::collections::BTreeMap;

use crate::gazetteer::{NameKind, NewName, NewPlace};

/// A place with what is needed only while building.
pub(super) struct Draft {
    pub(super) place: NewPlace,
    /// Whether latitude and longitude mean anything yet.
    pub(super) placed: bool,
    /// Rank 0 to 100 given by hand, in place of the computed prominence.
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
    pub(super) fn add(&mut self, draft: Draft) {
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
                lat: 0.0,
                lon: 0.0,
                country_code: country_code.to_owned(),
                feature_class: feature.0,
                feature_code: feature.1.to_owned(),
                population: 0,
                radius_m: 0.0,
                bbox: None,
                prominence: 0.0,
                parent: String::new(),
                names: Vec::new(),
                loose: false,
            },
            placed: false,
            rank: None,
        }
    }

    pub(super) fn at(mut self, lat: f64, lon: f64) -> Self {
        (self.place.lat, self.place.lon, self.placed) = (lat, lon, true);
        self
    }

    pub(super) fn name(&mut self, text: &str, kind: NameKind, usual: bool) {
        if !text.trim().is_empty() {
            self.place.names.push(NewName { text: text.trim().to_owned(), kind, usual });
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

/// Whether an alternate name of a source is a name: it has a capital where its script has them, and is
/// no code.
fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let cased = text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let capital = text.chars().any(char::is_uppercase);
    let code = letters <= 5 && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    letters > 0 && (!cased || capital) && !code
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn romanisations_and_codes_are_no_names() {
        let check = |text: &str, expected: bool| assert_eq!(is_name(text), expected, "{text}");
        check("Al Qāhirah", true);
        check("al-Qāhirah", true);
        check("'s-Gravenhage", true);
        check("القاهرة", true);
        check("カイロ", true);
        check("al qahrt", false);
        check("kailo", false);
        check("CAI", false);
        check("EGCAI", false);
        check("11511", false);
    }
}
