//! The sort of a place, from GeoNames' codes or from an everyday word for it.
//! A word that is not known says nothing: the place is kept, as a populated place.

use std::borrow::Cow;

/// Everyday words, singular, with GeoNames' class and code for them:
/// <https://www.geonames.org/export/codes.html>.
const WORDS: [(&str, char, &str); 74] = [
    ("airport", 'S', "AIRP"),
    ("ancient site", 'S', "ANS"),
    ("archaeological site", 'S', "ANS"),
    ("archipelago", 'T', "ISLS"),
    ("bay", 'H', "BAY"),
    ("border crossing", 'S', "PSTB"),
    ("bridge", 'S', "BDG"),
    ("camp", 'S', "CMP"),
    ("canal", 'H', "CNL"),
    ("cape", 'T', "CAPE"),
    ("capital", 'P', "PPLC"),
    ("castle", 'S', "CSTL"),
    ("cave", 'S', "CAVE"),
    ("cemetery", 'S', "CMTY"),
    ("church", 'S', "CH"),
    ("city", 'P', "PPL"),
    ("continent", 'L', "CONT"),
    ("country", 'A', "PCLI"),
    ("county", 'A', "ADM2"),
    ("dam", 'S', "DAM"),
    ("desert", 'T', "DSRT"),
    ("district", 'A', "ADM2"),
    ("farm", 'S', "FRM"),
    ("forest", 'V', "FRST"),
    ("fort", 'S', "FT"),
    ("glacier", 'H', "GLCR"),
    ("gulf", 'H', "GULF"),
    ("hamlet", 'P', "PPL"),
    ("harbor", 'H', "HBR"),
    ("harbour", 'H', "HBR"),
    ("hill", 'T', "HLL"),
    ("hospital", 'S', "HSP"),
    ("hotel", 'S', "HTL"),
    ("inhabited place", 'P', "PPL"),
    ("island", 'T', "ISL"),
    ("lake", 'H', "LK"),
    ("military base", 'L', "MILB"),
    ("mine", 'S', "MN"),
    ("monastery", 'S', "MSTY"),
    ("mosque", 'S', "MSQE"),
    ("mount", 'T', "MT"),
    ("mountain", 'T', "MT"),
    ("mountain range", 'T', "MTS"),
    ("municipality", 'A', "ADM3"),
    ("museum", 'S', "MUS"),
    ("neighborhood", 'P', "PPLX"),
    ("neighbourhood", 'P', "PPLX"),
    ("oasis", 'T', "OAS"),
    ("ocean", 'H', "OCN"),
    ("park", 'L', "PRK"),
    ("peninsula", 'T', "PEN"),
    ("place", 'P', "PPL"),
    ("populated place", 'P', "PPL"),
    ("port", 'L', "PRT"),
    ("prison", 'S', "PRN"),
    ("province", 'A', "ADM1"),
    ("refugee camp", 'S', "CMPRF"),
    ("region", 'L', "RGN"),
    ("river", 'H', "STM"),
    ("road", 'R', "RD"),
    ("ruin", 'S', "RUIN"),
    ("school", 'S', "SCH"),
    ("sea", 'H', "SEA"),
    ("settlement", 'P', "PPL"),
    ("state", 'A', "ADM1"),
    ("station", 'S', "RSTN"),
    ("strait", 'H', "STRT"),
    ("stream", 'H', "STM"),
    ("street", 'R', "ST"),
    ("temple", 'S', "TMPL"),
    ("town", 'P', "PPL"),
    ("valley", 'T', "VAL"),
    ("village", 'P', "PPL"),
    ("volcano", 'T', "VLC"),
];

/// Class and code from what stands under class and under feature, where either says anything: `P` and
/// `PPLA`, `P.PPLA`, `ADM1`, `Refugee camps`.
pub(super) fn feature(class: &str, feature: &str) -> Option<(char, Cow<'static, str>)> {
    let class = one_class(first(class));
    let feature = first(feature);
    let (prefix, code) = feature.split_once(['.', '/', ':']).unwrap_or(("", feature));
    let class = class.or_else(|| one_class(prefix));
    if let Some(found) = word(feature) {
        return Some(found);
    }
    if let Some(class) = one_class(code) {
        return Some((class, Cow::Borrowed(bare(class))));
    }
    if is_code(code)
        && let Some(class) = class.or_else(|| class_of(code))
    {
        return Some((class, Cow::Owned(code.to_owned())));
    }
    class.map(|class| (class, Cow::Borrowed(bare(class))))
}

/// The first of several.
fn first(text: &str) -> &str {
    text.split([';', '|', ',']).next().unwrap_or_default().trim()
}

fn one_class(text: &str) -> Option<char> {
    let mut letters = text.chars();
    letters.next().filter(|&c| letters.next().is_none() && "AHLPRSTUV".contains(c))
}

/// What a class stands for where no code is given.
fn bare(class: char) -> &'static str {
    match class {
        'A' => "ADMD",
        'H' => "STM",
        'L' => "AREA",
        'P' => "PPL",
        'R' => "RD",
        'S' => "BLDG",
        'T' => "MT",
        'U' => "UNDS",
        _ => "VEGL",
    }
}

fn is_code(text: &str) -> bool {
    (2..=7).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// The class of a code that stands alone, where it leaves no doubt.
fn class_of(code: &str) -> Option<char> {
    match code {
        _ if code.starts_with("PPL") || code == "STLMT" => Some('P'),
        _ if code.starts_with("ADM") || code.starts_with("PCL") || code == "TERR" => Some('A'),
        _ => WORDS.iter().find(|(_, _, known)| *known == code).map(|&(_, class, _)| class),
    }
}

fn word(text: &str) -> Option<(char, Cow<'static, str>)> {
    let text = text.to_lowercase().replace(['_', '-'], " ");
    let known = |word: &str| {
        let at = WORDS.binary_search_by(|(known, _, _)| (*known).cmp(word)).ok()?;
        Some((WORDS[at].1, Cow::Borrowed(WORDS[at].2)))
    };
    known(&text).or_else(|| known(text.strip_suffix("ies").map(|stem| format!("{stem}y"))?.as_str())).or_else(
        || known(text.strip_suffix("es").unwrap_or(&text)).or_else(|| known(text.strip_suffix('s')?)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_sorted() {
        assert!(WORDS.is_sorted_by_key(|(word, _, _)| word));
    }

    #[test]
    fn codes_and_words_tell_the_sort_of_a_place() {
        let check = |class: &str, text: &str, expected: Option<(char, &str)>| {
            let found = feature(class, text);
            let found = found.as_ref().map(|(class, code)| (*class, code.as_ref()));
            assert_eq!(found, expected, "{class} {text}");
        };
        check("P", "PPLA", Some(('P', "PPLA")));
        check("", "P.PPLA", Some(('P', "PPLA")));
        check("", "T/MT", Some(('T', "MT")));
        check("", "ADM1", Some(('A', "ADM1")));
        check("", "AIRP", Some(('S', "AIRP")));
        check("S", "ZZZZ", Some(('S', "ZZZZ")));
        check("", "ZZZZ", None);
        check("H", "", Some(('H', "STM")));
        check("", "P", Some(('P', "PPL")));
        check("P;A", "", Some(('P', "PPL")));
        check("", "Refugee Camps", Some(('S', "CMPRF")));
        check("", "cities", Some(('P', "PPL")));
        check("", "churches", Some(('S', "CH")));
        check("", "populated_place", Some(('P', "PPL")));
        check("", "river; stream", Some(('H', "STM")));
        check("", "whatever", None);
        check("", "", None);
    }
}
