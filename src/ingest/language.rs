//! Which language a text is written in.
//! Only a confident answer counts: a wrong one would choose the wrong words for demonyms and dates.

use whatlang::{Lang, detect};

use crate::model::language_code;

/// Texts are judged by their first part; more would not change the answer.
const JUDGED: usize = 800;

/// BCP 47 code, by ISO 639-1 where it has a code for the language.
pub(super) fn of(text: &str) -> Option<String> {
    let mut end = text.len().min(JUDGED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let info = detect(text.get(..end)?)?;
    // Trigrams of a dozen words are chance; whatlang calls some of them reliable.
    let enough = text.chars().take(80).count() >= 40;
    (enough && info.is_reliable()).then(|| code(info.lang()).to_owned())
}

/// ISO 639-1 codes, in whatlang's spelling of the languages (ISO 639-3).
const CODES: [(Lang, &str); 70] = [
    (Lang::Epo, "eo"),
    (Lang::Eng, "en"),
    (Lang::Rus, "ru"),
    (Lang::Cmn, "zh"),
    (Lang::Spa, "es"),
    (Lang::Por, "pt"),
    (Lang::Ita, "it"),
    (Lang::Ben, "bn"),
    (Lang::Fra, "fr"),
    (Lang::Deu, "de"),
    (Lang::Ukr, "uk"),
    (Lang::Kat, "ka"),
    (Lang::Ara, "ar"),
    (Lang::Hin, "hi"),
    (Lang::Jpn, "ja"),
    (Lang::Heb, "he"),
    (Lang::Yid, "yi"),
    (Lang::Pol, "pl"),
    (Lang::Amh, "am"),
    (Lang::Jav, "jv"),
    (Lang::Kor, "ko"),
    (Lang::Nob, "nb"),
    (Lang::Dan, "da"),
    (Lang::Swe, "sv"),
    (Lang::Fin, "fi"),
    (Lang::Tur, "tr"),
    (Lang::Nld, "nl"),
    (Lang::Hun, "hu"),
    (Lang::Ces, "cs"),
    (Lang::Ell, "el"),
    (Lang::Bul, "bg"),
    (Lang::Bel, "be"),
    (Lang::Mar, "mr"),
    (Lang::Kan, "kn"),
    (Lang::Ron, "ro"),
    (Lang::Slv, "sl"),
    (Lang::Hrv, "hr"),
    (Lang::Srp, "sr"),
    (Lang::Mkd, "mk"),
    (Lang::Lit, "lt"),
    (Lang::Lav, "lv"),
    (Lang::Est, "et"),
    (Lang::Tam, "ta"),
    (Lang::Vie, "vi"),
    (Lang::Urd, "ur"),
    (Lang::Tha, "th"),
    (Lang::Guj, "gu"),
    (Lang::Uzb, "uz"),
    (Lang::Pan, "pa"),
    (Lang::Aze, "az"),
    (Lang::Ind, "id"),
    (Lang::Tel, "te"),
    (Lang::Pes, "fa"),
    (Lang::Mal, "ml"),
    (Lang::Ori, "or"),
    (Lang::Mya, "my"),
    (Lang::Nep, "ne"),
    (Lang::Sin, "si"),
    (Lang::Khm, "km"),
    (Lang::Tuk, "tk"),
    (Lang::Aka, "ak"),
    (Lang::Zul, "zu"),
    (Lang::Sna, "sn"),
    (Lang::Afr, "af"),
    (Lang::Lat, "la"),
    (Lang::Slk, "sk"),
    (Lang::Cat, "ca"),
    (Lang::Tgl, "tl"),
    (Lang::Hye, "hy"),
    (Lang::Cym, "cy"),
];

/// Codes of ISO 639-2 for catalogues, where they are not those that everybody else has.
const CATALOGUED: [(&str, &str); 12] = [
    ("alb", "sq"),
    ("arm", "hy"),
    ("baq", "eu"),
    ("chi", "zh"),
    ("cze", "cs"),
    ("dut", "nl"),
    ("fre", "fr"),
    ("geo", "ka"),
    ("ger", "de"),
    ("gre", "el"),
    ("per", "fa"),
    ("rum", "ro"),
];

/// The BCP 47 code of a language as data names it: "EN", "en_GB", "eng", "English", "Deutsch"; `None` for what names
/// none.
pub(super) fn named(told: &str) -> Option<String> {
    let told = told.trim().replace('_', "-").to_lowercase();
    if matches!(told.as_str(), "und" | "mul" | "zxx" | "nan" | "na") {
        return None;
    }
    if told.len() > 2 {
        let catalogued = CATALOGUED.iter().find(|(known, _)| *known == told).map(|(_, code)| *code);
        let lang = || Lang::all().iter().find(|lang| is_called(**lang, &told)).map(|lang| code(*lang));
        if let Some(code) = catalogued.or_else(|| language_code(&told)).or_else(lang) {
            return Some(code.to_owned());
        }
    }
    let (first, rest) =
        told.split_once('-').map_or((told.as_str(), None), |(first, rest)| (first, Some(rest)));
    let letters = |part: &str| part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let sound = (2..=3).contains(&first.len()) && first.chars().all(|c| c.is_ascii_alphabetic());
    if !sound || rest.is_some_and(|rest| rest.len() > 20 || !letters(rest)) {
        return None;
    }
    Some(tag(first, rest))
}

/// A code with its parts as they are mostly written: "pt-BR", "zh-Hans".
fn tag(first: &str, rest: Option<&str>) -> String {
    let mut tag = first.to_owned();
    for part in rest.into_iter().flat_map(|rest| rest.split('-')) {
        tag.push('-');
        match part.len() {
            2 => tag.push_str(&part.to_uppercase()),
            4 => tag.extend(
                part.chars().enumerate().map(|(at, c)| if at == 0 { c.to_ascii_uppercase() } else { c }),
            ),
            _ => tag.push_str(part),
        }
    }
    tag
}

/// Whether it is a name or the code of three letters of a language.
fn is_called(lang: Lang, told: &str) -> bool {
    lang.code() == told || lang.eng_name().to_lowercase() == told || lang.name().to_lowercase() == told
}

fn code(lang: Lang) -> &'static str {
    CODES.iter().find(|(known, _)| *known == lang).map_or(lang.code(), |(_, code)| code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_confident_answer_counts() {
        let check = |text: &str, expected: Option<&str>| {
            assert_eq!(of(text).as_deref(), expected, "{text}");
        };
        check("", None);
        check("Aleppo", None);
        check(
            "The ministers met in the capital on Monday and agreed that the talks would go on until \
             the end of the week, when a further statement is expected.",
            Some("en"),
        );
        check(
            "Le ministre des affaires étrangères a déclaré lundi que les pourparlers reprendraient \
             dans la capitale avant la fin de la semaine prochaine.",
            Some("fr"),
        );
        check(
            "Президент заявил в понедельник, что переговоры будут продолжены до конца недели, \
             после чего стороны сделают совместное заявление.",
            Some("ru"),
        );
        check(
            "قال وزير الخارجية يوم الاثنين إن المحادثات ستستأنف في العاصمة قبل نهاية الأسبوع المقبل",
            Some("ar"),
        );
    }

    #[test]
    fn languages_are_known_by_code_and_name() {
        let check =
            |told: &str, expected: Option<&str>| assert_eq!(named(told).as_deref(), expected, "{told}");
        check("EN", Some("en"));
        check("en_gb", Some("en-GB"));
        check("zh-hans", Some("zh-Hans"));
        check("eng", Some("en"));
        check("ger", Some("de"));
        check("English", Some("en"));
        check("GERMAN", Some("de"));
        check("Deutsch", Some("de"));
        check("Русский", Some("ru"));
        check("Chinese", Some("zh"));
        check("sq", Some("sq"));
        check("und", None);
        check("unheard of", None);
        check("", None);
    }

    #[test]
    fn every_language_has_a_code() {
        for &lang in Lang::all() {
            assert!(CODES.iter().any(|(known, _)| *known == lang), "{lang:?}");
        }
    }
}
