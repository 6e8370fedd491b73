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

/// The text with a capital at its beginning: “cannot open it” becomes “Cannot open it”. One that begins with a
/// file's name stays as it is.
pub fn sentence(text: &str) -> String {
    if !text.split(' ').next().is_some_and(|word| word.chars().all(char::is_alphabetic)) {
        return text.to_owned();
    }
    let mut rest = text.chars();
    rest.next().map_or(String::new(), |first| first.to_uppercase().chain(rest).collect())
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

/// What sort of place it is: "Capital city", "Region", "Sea". The codes are GeoNames'.
pub fn sort_of(place: &Place) -> &'static str {
    let class = place.feature_class;
    let code = place.feature_code.as_str();
    if let Some((_, sort)) = SORTS.iter().find(|(codes, _)| codes.contains(&code)) {
        return sort;
    }
    match (class, place.precision) {
        ('A', _) if code.starts_with("PCL") => "Country",
        ('P', _) => match place.population {
            100_000.. => "City",
            1..1_000 => "Village",
            _ => "Town",
        },
        ('H', _) => "Water",
        ('T', _) => "Landform",
        ('A', _) => "Division",
        ('R', _) => "Road or railway",
        ('V', _) => "Forest or heath",
        ('S', _) => "Building or site",
        (_, Precision::Point) => "Point",
        (_, Precision::Settlement) => "Settlement",
        (_, Precision::District) => "District",
        (_, Precision::Region) => "Region",
        (_, Precision::Country) => "Country",
        (_, Precision::Wider) => "Wider area",
    }
}

/// Words for the codes that say more than their class does.
const SORTS: &[(&[&str], &str)] = &[
    (&["PPLC"], "Capital city"),
    (&["PPLX"], "Part of a town"),
    (&["PPLH", "PPLQ", "PPLW"], "Former town"),
    (&["COORD"], "Coordinates"),
    (&["CONT"], "Continent"),
    (&["PCLH"], "Former country"),
    (&["PCLD", "PCLS", "TERR", "PCLIX"], "Territory"),
    (&["ADM1"], "State or province"),
    (&["ADM2"], "County or district"),
    (&["ADM3", "ADM4", "ADM5", "ADMD"], "Division"),
    (&["ADM1H", "ADM2H", "ADM3H", "ADM4H", "ADMDH", "RGNH"], "Former division"),
    (&["OCN"], "Ocean"),
    (&["SEA"], "Sea"),
    (&["GULF"], "Gulf"),
    (&["BAY", "BAYS", "BGHT"], "Bay"),
    (&["STRT", "CHN", "CHNM", "SD"], "Strait"),
    (&["LK", "LKS", "LKN", "LKI", "LGN"], "Lake"),
    (&["RSV", "RSVI"], "Reservoir"),
    (&["STM", "STMS", "STMI"], "River"),
    (&["CNL", "CNLN"], "Canal"),
    (&["DLTA"], "Delta"),
    (&["GLCR"], "Glacier"),
    (&["RGN", "RGNE", "AREA"], "Region"),
    (&["PEN", "PENX"], "Peninsula"),
    (&["ISL", "ISLS", "ISLET", "ATOL"], "Island"),
    (&["DSRT", "ERG", "HMDA"], "Desert"),
    (&["MTS", "PLAT", "UPLD", "HLLS"], "Mountains"),
    (&["MT", "PK", "HLL", "VLC"], "Mountain"),
    (&["PASS"], "Pass"),
    (&["CAPE", "HDLD", "PT"], "Cape"),
    (&["VAL", "VALS"], "Valley"),
    (&["PRK", "RESN", "RESW"], "Park"),
    (&["MILB", "INSM", "NVB", "AIRB"], "Military base"),
    (&["CMPRF", "CMP", "CMPN"], "Camp"),
    (&["DAM"], "Dam"),
    (&["AIRP", "AIRF"], "Airport"),
    (&["PRT", "HBR"], "Port"),
    (&["PAL", "CSTL", "FT", "BDG", "MNMT", "MUS", "RUIN", "ARCH", "GOVL"], "Landmark"),
    (&["CH", "CTHL", "MSQE", "TMPL", "SHRN", "MSTY", "SYG"], "Place of worship"),
    (&["SCH", "SCHC", "UNIV"], "School"),
    (&["HSP", "HSPC"], "Hospital"),
    (&["PS", "PSH", "PSN"], "Power station"),
    (&["RSTN", "MTRO", "BUSTN"], "Station"),
    (&["BRDG", "TNL"], "Crossing"),
];

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
        assert_eq!(sentence("cannot open it"), "Cannot open it");
        assert_eq!(sentence("sites.csv: it is empty"), "sites.csv: it is empty");
        assert_eq!(count(0, "place", "places"), "0 places");
        assert_eq!(date(PartialDate::ymd(2016, 10, 17)), "17 Oct 2016");
        assert_eq!(date(PartialDate { year: Some(2004), month: Some(9), day: None }), "Sep 2004");
        assert_eq!(date(PartialDate { year: None, month: Some(10), day: Some(31) }), "31 Oct");
        assert_eq!(date(PartialDate { year: Some(2004), month: None, day: Some(3) }), "2004");
    }
}
