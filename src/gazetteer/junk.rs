//! What in a source's list of names is worth looking up, and whose names are spelt in many ways.
//! Sources mix names with romanisations by machine and with codes; both match what is no place.

/// Whether an alternate name of a source is a name: it has a capital where its script has them, and is no
/// code. “al qahrt” and “EGCAI” are in GeoNames' list for Cairo.
pub(super) fn is_name(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let cased = text.chars().any(|c| c.is_lowercase() || c.is_uppercase());
    let capital = text.chars().any(char::is_uppercase);
    let code = letters <= 5 && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    letters > 0 && (!cased || capital) && !code
}

/// Whether names of this country reach English by transliteration, in several ways.
pub(super) fn transliterated(country: &str) -> bool {
    const COUNTRIES: &str = "AE AF AM AZ BD BG BH BY CN CY DJ DZ EG EH ER ET GE GR IL IN IQ IR JO KG KP KR KW KZ \
        LB LK LY MA MK MM MN MR NP OM PK PS QA RS RU SA SD SO SS SY TD TJ TM TN TW UA UZ XK YE";
    country.len() == 2 && country.bytes().all(|b| b.is_ascii_uppercase()) && COUNTRIES.contains(country)
}

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn some_countries_names_are_spelt_in_many_ways() {
        let check =
            |country: &str, expected: bool| assert_eq!(transliterated(country), expected, "{country}");
        check("EG", true);
        check("AE", true);
        check("YE", true);
        check("DE", false);
        check("E ", false);
        check("", false);
    }
}
