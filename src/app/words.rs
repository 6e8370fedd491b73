//! Numbers, dates and coordinates as people write them.

use crate::model::{PartialDate, Place, Precision};

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A number with thin spaces between its thousands.
pub fn number(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::with_capacity(digits.len() * 2);
    for (at, digit) in digits.chars().enumerate() {
        // From 10 000 up: four digits read well in one.
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits.len() > 4 {
            text.push('\u{2009}');
        }
        text.push(digit);
    }
    text
}

/// "1 place", "3 places".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", number(n as u64), if n == 1 { one } else { many })
}

/// "17 Oct 2016", "Sep 2004", "31 Oct".
pub fn date(date: PartialDate) -> String {
    let month = date.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    let parts = [
        date.day.filter(|_| month.is_some()).map(|day| day.to_string()),
        month.map(|&month| month.to_owned()),
        date.year.map(|year| year.to_string()),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "32.76704, 22.63669": latitude, longitude, as maps take them.
pub fn coordinates(lat: f64, lon: f64) -> String {
    format!("{lat:.5}, {lon:.5}")
}

/// What sort of place it is: "Capital city", "Region", "Sea".
pub fn sort_of(place: &Place) -> &'static str {
    let class = place.feature_class;
    match place.feature_code.as_str() {
        "PPLC" => "Capital city",
        "PPLX" => "Part of a town",
        "CONT" => "Continent",
        "SEA" => "Sea",
        "OCN" => "Ocean",
        "GULF" => "Gulf",
        "STRT" => "Strait",
        "LK" | "LKS" => "Lake",
        "RGN" => "Region",
        "PEN" => "Peninsula",
        "ISL" | "ISLS" => "Island",
        "DSRT" => "Desert",
        "MT" | "MTS" => "Mountains",
        "DAM" => "Dam",
        "AIRP" => "Airport",
        "CNL" => "Canal",
        code if class == 'A' && code.starts_with("PCL") => "Country",
        "ADM1" => "First-level division",
        "ADM2" => "Second-level division",
        _ => match (class, place.precision) {
            ('P', _) => "Town",
            ('H', _) => "Water",
            ('T', _) => "Landform",
            ('A', _) => "Division",
            (_, Precision::Point) => "Point",
            (_, Precision::Settlement) => "Settlement",
            (_, Precision::District) => "District",
            (_, Precision::Region) => "Region",
            (_, Precision::Country) => "Country",
            (_, Precision::Wider) => "Wider area",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_read_well() {
        let check = |n, expected: &str| assert_eq!(number(n), expected);
        check(7, "7");
        check(5400, "5400");
        check(54_000, "54\u{2009}000");
        check(1_234_567, "1\u{2009}234\u{2009}567");
        assert_eq!(count(1, "place", "places"), "1 place");
        assert_eq!(count(0, "place", "places"), "0 places");
        assert_eq!(date(PartialDate::ymd(2016, 10, 17)), "17 Oct 2016");
        assert_eq!(date(PartialDate { year: Some(2004), month: Some(9), day: None }), "Sep 2004");
        assert_eq!(date(PartialDate { year: None, month: Some(10), day: Some(31) }), "31 Oct");
        assert_eq!(date(PartialDate { year: Some(2004), month: None, day: Some(3) }), "2004");
    }
}
