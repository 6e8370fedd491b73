//! Scripts: which one a name is written in, and which ones a country's names are.
//! The Latin script is everybody's and therefore none here.

/// Another script than the Latin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    Arabic,
    Armenian,
    Cyrillic,
    Ethiopic,
    Georgian,
    Greek,
    Han,
    Hangul,
    Hebrew,
    /// Devanagari and the scripts of India and Sri Lanka that follow it in Unicode.
    Indic,
    Kana,
    Khmer,
    Lao,
    Mongolian,
    Myanmar,
    Thaana,
    Thai,
    Tibetan,
    Tifinagh,
    Other,
}

use Script::*;

/// The script of the first letter of a name that is not Latin; `None` for a name in Latin letters.
pub(super) fn of_name(name: &str) -> Option<Script> {
    name.chars().find_map(of_letter)
}

/// Blocks as in the Unicode Standard's `Blocks.txt`.
fn of_letter(c: char) -> Option<Script> {
    Some(match u32::from(c) {
        ..0x370 | 0x1e00..0x1f00 | 0x2000..0x2c00 | 0x2c60..0x2c80 | 0xa720..0xa800 | 0xfb00..0xfb07 => {
            return None;
        }
        0x370..0x400 | 0x1f00..0x2000 => Greek,
        0x400..0x530 | 0x1c80..0x1c90 | 0x2de0..0x2e00 | 0xa640..0xa6a0 => Cyrillic,
        0x530..0x590 => Armenian,
        0x590..0x600 => Hebrew,
        0x600..0x700 | 0x750..0x780 | 0x8a0..0x900 | 0xfb50..0xfe00 | 0xfe70..0xff00 => Arabic,
        0x780..0x7c0 => Thaana,
        0x900..0xe00 => Indic,
        0xe00..0xe80 => Thai,
        0xe80..0xf00 => Lao,
        0xf00..0x1000 => Tibetan,
        0x1000..0x10a0 | 0xa9e0..0xaa00 | 0xaa60..0xaa80 => Myanmar,
        0x10a0..0x1100 | 0x1c90..0x1cc0 | 0x2d00..0x2d30 => Georgian,
        0x1100..0x1200 | 0x3130..0x3190 | 0xac00..0xd7b0 => Hangul,
        0x1200..0x13a0 | 0x2d80..0x2de0 | 0xab00..0xab30 => Ethiopic,
        0x1780..0x1800 | 0x19e0..0x1a00 => Khmer,
        0x1800..0x18b0 => Mongolian,
        0x2d30..0x2d80 => Tifinagh,
        0x3040..0x3100 | 0x31f0..0x3200 => Kana,
        0x3400..0x4dc0 | 0x4e00..0xa000 | 0xf900..0xfb00 | 0x20000..0x32000 => Han,
        _ => Other,
    })
}

/// The scripts that signs and papers of a country are in, beside the Latin.
pub(super) fn of_country(code: &str) -> &'static [Script] {
    match code {
        "AE" | "AF" | "BH" | "DJ" | "EG" | "IQ" | "IR" | "JO" | "KM" | "KW" | "LB" | "OM" | "PK" | "PS"
        | "QA" | "SA" | "SD" | "SO" | "SY" | "TD" | "TN" | "YE" => &[Arabic],
        "DZ" | "EH" | "LY" | "MA" | "ML" | "MR" | "NE" => &[Arabic, Tifinagh],
        "IL" => &[Hebrew, Arabic],
        "AM" => &[Armenian],
        "GE" => &[Georgian, Cyrillic],
        "BA" | "BG" | "BY" | "KG" | "KZ" | "MD" | "ME" | "MK" | "RS" | "RU" | "TJ" | "TM" | "UA" | "UZ"
        | "XK" | "AZ" => &[Cyrillic],
        "MN" => &[Cyrillic, Mongolian],
        "CY" | "GR" => &[Greek],
        "ER" | "ET" => &[Ethiopic],
        "BD" | "IN" | "LK" | "NP" => &[Indic, Arabic],
        "BT" => &[Tibetan],
        "CN" => &[Han, Tibetan, Mongolian, Arabic],
        "HK" | "MO" | "TW" => &[Han],
        "SG" | "MY" => &[Han, Indic, Arabic],
        "JP" => &[Han, Kana],
        "KP" | "KR" => &[Hangul, Han],
        "KH" => &[Khmer],
        "LA" => &[Lao],
        "MM" => &[Myanmar],
        "MV" => &[Thaana],
        "TH" => &[Thai],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_show_their_script() {
        let check = |name: &str, expected: Option<Script>| assert_eq!(of_name(name), expected, "{name}");
        check("São Paulo", None);
        check("Bắc Giang", None);
        check("’s-Hertogenbosch", None);
        check("Москва", Some(Cyrillic));
        check("حلب", Some(Arabic));
        check("東京", Some(Han));
        check("さいたま市", Some(Kana));
        check("Αθήνα", Some(Greek));
        check("서울", Some(Hangul));
    }
}
