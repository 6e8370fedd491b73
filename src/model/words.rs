//! Numbers and months as people write them, the same wherever something is told.

/// Months, January first.
pub(crate) const MONTHS: [&str; 12] = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
];

/// A month by its number from 1, as its first three letters.
pub(crate) fn short_month(number: usize) -> Option<&'static str> {
    MONTHS.get(number.checked_sub(1)?)?.get(..3)
}

/// A number with narrow spaces between its thousands, from five digits on: four read well in one.
pub(crate) fn grouped(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            out.push('\u{202f}');
        }
        out.push(digit);
    }
    out
}

/// "1 article", "12 345 articles".
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_parted_from_five_digits_on() {
        let check = |number: usize, expected: &str| assert_eq!(grouped(number), expected);
        check(7, "7");
        check(1000, "1000");
        check(12_345, "12\u{202f}345");
        check(1_000_000, "1\u{202f}000\u{202f}000");
    }

    #[test]
    fn what_is_counted_is_one_or_many() {
        assert_eq!([0, 1, 2].map(|count| counted(count, "place")), ["0 places", "1 place", "2 places"]);
        assert_eq!([0, 1, 5, 12, 13].map(short_month), [None, Some("Jan"), Some("May"), Some("Dec"), None]);
    }
}
