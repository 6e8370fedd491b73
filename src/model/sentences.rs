//! Where the sentences of a text begin, for quoting them.
//! Unicode's rules (UAX #29) know no abbreviations: they would part "U.S. Secretary of State" and "Gen. Haftar".

use unicode_segmentation::UnicodeSegmentation;

/// What a period follows without ending a sentence, besides initials and "U.S.".
const SHORTENED: [&str; 34] = [
    "Mr", "Mrs", "Ms", "Dr", "St", "Gen", "Col", "Maj", "Capt", "Lt", "Sgt", "Adm", "Sen", "Rep", "Gov",
    "Prof", "Rev", "Hon", "Jr", "Sr", "No", "vs", "Jan", "Feb", "Mar", "Apr", "Aug", "Sept", "Sep", "Oct",
    "Nov", "Dec", "Mt", "Ft",
];

/// Bytes at which the sentences begin, ascending; 0 first, for any text but the empty one.
///
/// ```
/// use dateline::model::sentence_starts;
/// let text = "John Kerry, the U.S. Secretary of State, left. Gen. Haftar stayed.";
/// assert_eq!(sentence_starts(text), [0, 47]);
/// ```
pub fn sentence_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    for (at, _) in text.split_sentence_bound_indices() {
        if starts.is_empty() || !shortened(&text[..at]) {
            starts.push(at);
        }
    }
    starts
}

/// Words of a text with one space between them, and none around.
///
/// ```
/// assert_eq!(dateline::model::one_line(" New\n  York"), "New York");
/// ```
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether what was read so far ends in an abbreviation on the same line, which may be the last of a page.
fn shortened(before: &str) -> bool {
    let Some(word) = before.trim_end_matches([' ', '\u{c}']).strip_suffix('.') else { return false };
    let word = word.rsplit(|c: char| c.is_whitespace() || "(“\"‘".contains(c)).next().unwrap_or("");
    let initials =
        word.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_uppercase));
    initials || SHORTENED.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_runs_over_the_end_of_a_page() {
        let check = |text: &str, expected: &[usize]| assert_eq!(sentence_starts(text), expected, "{text:?}");
        check("The road from Derna\u{c}to Tobruk is closed. Nobody knows why.", &[0, 41]);
        check("The road is closed.\n\n\u{c}Nobody knows why.", &[0, 20, 21]);
        check("Gen.\u{c}Haftar stayed.", &[0]);
    }
}
