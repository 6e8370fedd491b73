//! Which language a text is written in.
//! Only a confident answer counts: a wrong one would choose the wrong words for demonyms and dates.

use whatlang::{Lang, detect};

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
    fn every_language_has_a_code() {
        for &lang in Lang::all() {
            assert!(CODES.iter().any(|(known, _)| *known == lang), "{lang:?}");
        }
    }
}
