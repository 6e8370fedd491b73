//! The word lists: ordinary English words, given names, surnames.
//! A word is ordinary when a small dictionary has it in lower case, or when WordNet does and its authors met
//! it in the texts they tagged; the rest of WordNet holds too many words that nobody writes.

use std::collections::BTreeSet;
use std::path::Path;

use regex::Regex;

use super::{BuildError, Sources};
use crate::gazetteer::automaton::Builder;
use crate::gazetteer::{file, fold};

const DICTIONARY: &str = "deb/usr/share/dict/american-english-small";
const WORDNET: &str = "deb/usr/share/wordnet";
const PERSONS: &str = "w/faker/faker/providers/person";

/// The bytes of `lexicon.bin`.
pub(super) fn lexicon(sources: &Sources, tables: &Path) -> Result<Vec<u8>, BuildError> {
    let words = words(sources)?;
    let mut people = people(sources)?;
    let path = tables.join("given_names.txt");
    let own = std::fs::read_to_string(&path).map_err(|error| BuildError::new(&path, error))?;
    let own = own.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    people.given.extend(own.map(fold));
    let failed = |error: std::io::Error| BuildError::new(Path::new("lexicon.bin"), error);
    let set = |words: BTreeSet<String>| {
        let file = tempfile::tempfile()?;
        let mut builder = Builder::new(std::io::BufWriter::new(&file));
        for word in words.iter().filter(|word| !word.is_empty()) {
            builder.insert(word.as_bytes(), 0)?;
        }
        builder.finish()?;
        Ok::<_, std::io::Error>(file)
    };
    let sections: Result<Vec<_>, std::io::Error> =
        [(*b"word", words), (*b"givn", people.given), (*b"surn", people.family)]
            .into_iter()
            .map(|(name, words)| Ok((name, set(words)?)))
            .collect();
    let mut bytes = std::io::Cursor::new(Vec::new());
    file::assemble(*b"LEX1", sections.map_err(failed)?, &mut bytes).map_err(failed)?;
    Ok(bytes.into_inner())
}

fn words(sources: &Sources) -> Result<BTreeSet<String>, BuildError> {
    let is_word = |word: &&str| word.len() > 1 && word.chars().all(|c| c.is_lowercase());
    let (_, dictionary) = sources.text(DICTIONARY)?;
    let mut words: BTreeSet<String> = dictionary.lines().filter(is_word).map(fold).collect();
    // Lemmas that were met, all in lower case, so the word files must say which are lower-case words.
    let (_, counts) = sources.text(&format!("{WORDNET}/cntlist.rev"))?;
    let met: BTreeSet<&str> = counts.lines().filter_map(|line| Some(line.split_once('%')?.0)).collect();
    for part in ["noun", "verb", "adj", "adv"] {
        let (_, data) = sources.text(&format!("{WORDNET}/data.{part}"))?;
        for line in data.lines().filter(|line| !line.starts_with(' ')) {
            // offset, file, type, number of words (two hexadecimal digits), then word and sense by turns
            // (wndb(5WN)).
            let mut fields = line.split(' ').skip(3);
            let count = fields.next().and_then(|hex| usize::from_str_radix(hex, 16).ok()).unwrap_or(0);
            let lemmas = fields.step_by(2).take(count);
            words.extend(lemmas.filter(is_word).filter(|lemma| met.contains(lemma)).map(fold));
        }
    }
    Ok(words)
}

#[derive(Default)]
struct People {
    given: BTreeSet<String>,
    family: BTreeSet<String>,
}

/// The Latin-script names of Faker's providers: Python sources, of which the string literals are read
/// variable by variable.
fn people(sources: &Sources) -> Result<People, BuildError> {
    let folder = sources.path(PERSONS);
    let pattern = |text: &str| Regex::new(text).map_err(|error| BuildError::new(&folder, error));
    let variable = pattern(r"^    ([a-z_]+)\s*(?::[^=]*)?=")?;
    let literal = pattern(r#""([^"]+)"|'([^']+)'"#)?;
    let mut locales: Vec<String> = std::fs::read_dir(&folder)
        .map_err(|error| BuildError::new(&folder, error))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|locale| !locale.contains('.'))
        .collect();
    locales.sort();
    let mut people = People::default();
    for locale in locales {
        let (_, source) = sources.text(&format!("{PERSONS}/{locale}/__init__.py"))?;
        let mut kind = None;
        for line in source.lines() {
            if let Some(found) = variable.captures(line) {
                kind = kind_of(&found[1]);
            } else if line.starts_with("    ")
                && line[4..].starts_with(|c: char| c.is_alphabetic() || c == '@')
            {
                kind = None;
            }
            let Some(given) = kind else { continue };
            for found in literal.captures_iter(line) {
                let name = found.get(1).or_else(|| found.get(2)).map_or("", |name| name.as_str());
                if is_name(name) {
                    let names = if given { &mut people.given } else { &mut people.family };
                    names.insert(fold(name));
                }
            }
        }
    }
    Ok(people)
}

/// Whether a variable lists given names (`true`) or surnames.
fn kind_of(variable: &str) -> Option<bool> {
    let lists =
        |word: &str| variable.contains(word) && (variable.contains("name") || variable.contains("pairs"));
    if variable.contains("format") || variable.contains("prefix") || variable.contains("kana") {
        None
    } else if lists("last") {
        Some(false)
    } else if lists("first") || lists("middle") {
        Some(true)
    } else {
        None
    }
}

fn is_name(text: &str) -> bool {
    let latin = text.chars().all(|c| c < '\u{250}' || ('\u{1e00}'..'\u{1f00}').contains(&c));
    latin && text.starts_with(char::is_uppercase) && text.chars().filter(|c| c.is_alphabetic()).count() >= 2
}
