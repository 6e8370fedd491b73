//! Places that are named within a longer name: Cavan in “Cavan Institute”, Aleppo in “Aleppo City”.
//! Somebody who asks for a school or a barracks that no gazetteer has is helped by the town it is called after.

use super::{Gazetteer, Grade, Hit, Lexicon, fold_word};

/// Weight of a place that is named in part.
const PART_WEIGHT: f32 = 0.3;
/// Words of a name that are looked at.
const WORDS: usize = 12;
/// Places that are offered for each part.
const PLACES: usize = 24;
/// Score from which the place of an ordinary word is meant: the Reading of “Reading Council”, but no Street.
const MEANT: f32 = 0.4;

/// The places that the longest names within `name` mean, but none that all of it means.
pub(super) fn named_within(gazetteer: &Gazetteer, name: &str) -> Vec<Hit> {
    let words: Vec<&str> = name.split(|c: char| c.is_whitespace() || "/–—".contains(c)).take(WORDS).collect();
    let folded: Vec<String> =
        words.iter().map(|word| fold_word(word.trim_end_matches("’s").trim_end_matches("'s"))).collect();
    let folded: Vec<&str> = folded.iter().map(String::as_str).collect();
    let lexicon = Lexicon::embedded().ok();
    let mut hits = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let longest = if is_part(words[at]) { gazetteer.names_at(&folded[at..]).pop() } else { None };
        let Some((count, found)) = longest.filter(|(count, _)| *count < words.len()) else {
            at += 1;
            continue;
        };
        let word = count == 1 && lexicon.as_ref().is_some_and(|lexicon| lexicon.is_common_word(folded[at]));
        if !word || found.first().is_some_and(|best| best.score >= MEANT) {
            hits.extend(found.into_iter().take(PLACES).map(in_part));
        }
        at += count;
    }
    if hits.is_empty() {
        hits = spelt_otherwise(gazetteer, &folded);
    }
    hits
}

/// The places that the longest run of words means in another transliteration: “Deir Ezzor Airport”.
fn spelt_otherwise(gazetteer: &Gazetteer, folded: &[&str]) -> Vec<Hit> {
    for count in (1..folded.len()).rev() {
        for part in folded.windows(count) {
            let part = part.join(" ");
            let hits =
                gazetteer.gather(|store, mut take| store.names.loose(&store.columns, &part, &mut take));
            if !hits.is_empty() {
                return hits.into_iter().take(PLACES).map(in_part).collect();
            }
        }
    }
    Vec::new()
}

fn in_part(hit: Hit) -> Hit {
    Hit { grade: Grade::Part, score: hit.score * PART_WEIGHT, ..hit }
}

/// Whether a name within a name may begin so: not with “of” or “de”.
fn is_part(word: &str) -> bool {
    let long = word.chars().filter(|c| c.is_alphanumeric()).count() >= 3;
    let capitals = word.chars().filter(|c| c.is_uppercase()).count() >= 2;
    !word.starts_with(char::is_lowercase) && (long || capitals)
}
