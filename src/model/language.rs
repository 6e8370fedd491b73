//! What languages are called, by their codes.

/// What a language is called in English: "Arabic" for "ar" (BCP 47); the code itself where it is a rare one.
///
/// ```
/// use dateline::model::language_name;
/// assert_eq!(language_name("ar"), "Arabic");
/// assert_eq!(language_name("zh-Hant"), "Chinese");
/// assert_eq!(language_name("tlh"), "tlh");
/// ```
pub fn language_name(code: &str) -> String {
    let base = code.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    let known = LANGUAGES.iter().find(|(codes, _)| codes.contains(&base.as_str()));
    known.map_or_else(|| code.to_owned(), |&(_, name)| name.to_owned())
}

/// The code of a language by its code of three letters or its name in English, in lower case: "ar" for "ara" and "arabic".
pub(crate) fn language_code(told: &str) -> Option<&'static str> {
    let known = |(codes, name): &&(&[&str], &str)| codes.contains(&told) || name.to_lowercase() == told;
    LANGUAGES.iter().find(known).and_then(|(codes, _)| codes.first().copied())
}

/// Languages by their codes of two and of three letters.
const LANGUAGES: &[(&[&str], &str)] = &[
    (&["af", "afr"], "Afrikaans"),
    (&["am", "amh"], "Amharic"),
    (&["ar", "ara"], "Arabic"),
    (&["bg", "bul"], "Bulgarian"),
    (&["bn", "ben"], "Bengali"),
    (&["ca", "cat"], "Catalan"),
    (&["cs", "ces"], "Czech"),
    (&["da", "dan"], "Danish"),
    (&["de", "deu"], "German"),
    (&["el", "ell"], "Greek"),
    (&["en", "eng"], "English"),
    (&["es", "spa"], "Spanish"),
    (&["fa", "fas", "pes"], "Persian"),
    (&["fi", "fin"], "Finnish"),
    (&["fr", "fra"], "French"),
    (&["he", "heb", "iw"], "Hebrew"),
    (&["hi", "hin"], "Hindi"),
    (&["hr", "hrv"], "Croatian"),
    (&["hu", "hun"], "Hungarian"),
    (&["hy", "hye"], "Armenian"),
    (&["id", "ind"], "Indonesian"),
    (&["it", "ita"], "Italian"),
    (&["ja", "jpn"], "Japanese"),
    (&["ka", "kat"], "Georgian"),
    (&["ko", "kor"], "Korean"),
    (&["ku", "kur", "ckb"], "Kurdish"),
    (&["my", "mya"], "Burmese"),
    (&["nb", "nob", "no", "nor"], "Norwegian"),
    (&["nl", "nld"], "Dutch"),
    (&["pl", "pol"], "Polish"),
    (&["ps", "pus"], "Pashto"),
    (&["pt", "por"], "Portuguese"),
    (&["ro", "ron"], "Romanian"),
    (&["ru", "rus"], "Russian"),
    (&["so", "som"], "Somali"),
    (&["sr", "srp"], "Serbian"),
    (&["sv", "swe"], "Swedish"),
    (&["sw", "swa"], "Swahili"),
    (&["ta", "tam"], "Tamil"),
    (&["th", "tha"], "Thai"),
    (&["ti", "tir"], "Tigrinya"),
    (&["tr", "tur"], "Turkish"),
    (&["uk", "ukr"], "Ukrainian"),
    (&["ur", "urd"], "Urdu"),
    (&["vi", "vie"], "Vietnamese"),
    (&["zh", "zho", "cmn"], "Chinese"),
];
